"""A small plugin that adds one of everything, to be installed beside others in tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from jmdi.errors import DataError, FormatError, Problem, Severity, Where
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.declare import metric, metrics_of
from jmdi.metrics.result import Result, undefined
from jmdi.model.declare import define, facet
from jmdi.model.ids import make_id
from jmdi.model.kinds import Actor
from jmdi.model.records import Entity, Facet, Record, Relation
from jmdi.model.relations import Tie
from jmdi.model.vocabularies import Concept, Vocabulary
from jmdi.plugins.context import ImportContext
from jmdi.plugins.hookspecs import hookimpl
from jmdi.plugins.specs import Check, Exporter, Importer, Metric, Migration, ProblemCode, Projection

__all__ = ["Bank", "Ledger", "Lends", "Risk"]

JMDI_API = 1


@define("loopback:ledger")
class Ledger(Entity):
    """A book of accounts: a kind that derives from none of the core's.

    Attributes:
        pages: How many pages it has.
    """

    pages: int = 0


@define("loopback:bank", v=2)
class Bank(Actor):
    """An institution that takes deposits: a subkind.

    Attributes:
        licence: Number of its licence; version 1 called it a permit.
    """

    licence: str | None = None


@define("loopback:lends", ends=(Bank, Actor), label="lends to")
class Lends(Relation):
    """A bank lends to an actor.

    Attributes:
        rate: Interest per year.
    """

    rate: float | None = None


@facet("loopback:risk", on=Actor)
class Risk(Facet):
    """What the annual review says of an actor.

    Attributes:
        score: 0 to 10.
    """

    score: int


@hookimpl
def jmdi_kinds() -> Iterable[type[Record]]:
    """A kind, a subkind and a relation."""
    return [Ledger, Bank, Lends]


@hookimpl
def jmdi_facets() -> Iterable[type[Facet]]:
    """A facet."""
    return [Risk]


@hookimpl
def jmdi_vocabularies() -> Iterable[Vocabulary]:
    """A code list."""
    return [Vocabulary("loopback:colour", [Concept("red", {"en": "Red"})])]


@hookimpl
def jmdi_migrations() -> Iterable[Migration]:
    """The step from the bank's first version."""
    return [Migration("loopback:bank", 1, 2, _rename_permit)]


def _rename_permit(raw: dict[str, Any]) -> dict[str, Any]:
    block = dict(raw.get("loopback:bank", {}))
    if "permit" in block:
        block["licence"] = block.pop("permit")
    return {**raw, "loopback:bank": block}


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Names of actors, one per line."""
    return [Importer("loopback:names", (".names",), _read, _sniff, doc="names of actors")]


def _sniff(head: bytes) -> bool | str:
    return True if head.startswith(b"#names\n") else "it does not begin with #names"


def _read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    data = stream.read(context.limits.size)
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        where = Where(file=context.name)
        message = f"byte {error.start + 1} is not UTF-8"
        raise FormatError([Problem("loopback:L1", Severity.ERROR, message, where)]) from None
    seen = set()
    for number, name in enumerate(lines, 1):
        if number == 1 or not name:
            continue
        if name in seen:
            where = Where(file=context.name, line=number)
            context.problem("loopback:L2", f"{name!r:.60} stands twice", where=where)
            continue
        seen.add(name)
        yield Actor(id=make_id("actor", name), names={"und": name})


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """The same names."""
    return [Exporter("loopback:names", (".names",), _write, doc="names of actors")]


def _write(dataset: Dataset, stream: BinaryIO) -> None:
    names = sorted({actor.label() for actor in dataset.of(Actor)})
    if odd := [name for name in names if "\n" in name]:
        message = f"the name {odd[0]!r:.60} has two lines"
        raise DataError([Problem("loopback:L3", Severity.ERROR, message, cure="shorten it")])
    stream.write("\n".join(["#names", *names, ""]).encode("utf-8"))


@hookimpl
def jmdi_checks() -> Iterable[Check]:
    """A rule over records."""
    return [Check("loopback:C1", Bank, _licensed, Severity.WARNING, "Banks have a licence.")]


def _licensed(bank: Bank, dataset: Dataset) -> Iterator[Problem]:
    if bank.licence is None:
        where = Where(record=bank.id, kind=bank.kind)
        yield Problem("loopback:C1", Severity.WARNING, "a bank has no licence", where)


@hookimpl
def jmdi_projections() -> Iterable[Projection]:
    """Actors and what joins them."""
    return [Projection("loopback:ties", _ties)]


def _ties(dataset: Dataset) -> Network:
    """Actors; ties and loans."""
    joins = [*dataset.of(Tie), *dataset.of(Lends)]
    edges = [(r.source, r.target) for r in joins if r.source in dataset and r.target in dataset]
    return Network.from_edges(edges, nodes=[actor.id for actor in dataset.of(Actor)])


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """A metric of networks, and one that draws random numbers."""
    return metrics_of(__name__)


@metric(
    "loopback:ties-per-node",
    "Ties per node",
    value_is="mean",
    range=(0, None),
    citation="jmdi, for tests",
)
def _ties_per_node(network: Network) -> Result:
    """m / n."""
    n = network.n_nodes
    if not n:
        return undefined("empty_graph")
    return Result(value=network.n_edges / n, n_used=n, n_eligible=n, of="nodes")


@metric(
    "loopback:sampled-degree",
    "Degree of a random node",
    on="loopback:ties",
    value_is="count",
    range=(0, None),
    citation="jmdi, for tests",
)
def _sampled_degree(network: Network, *, seed: int = 0) -> Result:
    """Degree of a node drawn uniformly.

    Args:
        network: The network.
        seed: Seed of the random numbers.
    """
    import random

    n = network.n_nodes
    if not n:
        return undefined("empty_graph", seed=seed)
    drawn = random.Random(seed).choice(sorted(network.nodes))
    value = network.degree()[drawn]
    return Result(value=value, n_used=1, n_eligible=n, of="nodes", seed=seed)


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What the codes mean."""
    return [
        ProblemCode("loopback:C1", "no licence", "A bank needs one.", "Give its number."),
        ProblemCode("loopback:L1", "not UTF-8", "It cannot be read.", "Save it as UTF-8."),
        ProblemCode("loopback:L2", "name stands twice", "It is read once.", "Delete one."),
        ProblemCode("loopback:L3", "name of two lines", "A line is a name.", "Shorten it."),
    ]


@hookimpl
def jmdi_strategies() -> Mapping[type, Any]:
    """How risks are drawn."""
    from hypothesis import strategies as st

    return {Risk: st.builds(Risk, score=st.integers(0, 10))}
