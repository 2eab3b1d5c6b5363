"""Agreements between twin towns: a kind, and the relation of those who signed."""

import datetime
from collections.abc import Iterator

import jmdi

JMDI_API = 1


@jmdi.define("twinning:agreement")
class Agreement(jmdi.Entity):
    """An agreement by which towns of different countries become twins; ``period`` is its term.

    Attributes:
        themes: What the towns want to do together.
        renewable: Whether it goes on unless someone ends it.
    """

    themes: tuple[jmdi.Ref[jmdi.Theme], ...] = ()
    renewable: bool | None = None


@jmdi.define("twinning:signed", ends=(jmdi.Actor, Agreement), label="signed")
class Signed(jmdi.Relation):
    """A town signed an agreement.

    Attributes:
        date: When.
        office: The office that signed, not the person.
    """

    date: datetime.date | None = None
    office: str | None = None


def two_signed(agreement: Agreement, dataset: jmdi.Dataset) -> Iterator[jmdi.Problem]:
    """An agreement that fewer than two towns signed."""
    towns = {signed.source for signed in dataset.in_(agreement.id, Signed)}
    if len(towns) < 2:
        where = jmdi.Where(record=agreement.id, kind=agreement.kind)
        message = f"twins are two, and {len(towns)} signed"
        yield jmdi.Problem("twinning:T1", jmdi.Severity.WARNING, message, where)


def twins(dataset: jmdi.Dataset) -> jmdi.Network:
    """Towns, and an edge for each agreement that two of them signed."""
    nodes = dict.fromkeys(signed.source for signed in dataset.of(Signed))
    edges = []
    for agreement in dataset.of(Agreement):
        towns = list(dict.fromkeys(s.source for s in dataset.in_(agreement.id, Signed)))
        edges += [(a, b) for i, a in enumerate(towns) for b in towns[i + 1 :]]
    return jmdi.Network.from_edges(edges, nodes=nodes, name="twinning:towns")


@jmdi.hookimpl
def jmdi_kinds() -> list[type[jmdi.Record]]:
    """The agreement and the relation."""
    return [Agreement, Signed]


@jmdi.hookimpl
def jmdi_checks() -> list[jmdi.Check]:
    """One rule."""
    doc = "At least two towns signed an agreement."
    return [jmdi.Check("twinning:T1", Agreement, two_signed, jmdi.Severity.WARNING, doc)]


@jmdi.hookimpl
def jmdi_projections() -> list[jmdi.Projection]:
    """The network of twins."""
    return [jmdi.Projection("twinning:towns", twins, "Towns that signed the same agreement.")]


@jmdi.hookimpl
def jmdi_problem_codes() -> list[jmdi.ProblemCode]:
    """What `jmdi explain twinning:T1` says."""
    title, why = "agreement without two towns", "It joins nobody."
    return [jmdi.ProblemCode("twinning:T1", title, why, "Add who signed it.")]
