"""What three users write: type checkers accept it, and `test_run.py` runs it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, BinaryIO, assert_type

import jmdi
from jmdi import (
    Actor,
    CheckReport,
    Contributes,
    Facet,
    Identifier,
    Money,
    Records,
    Relation,
    hookimpl,
)

log = logging.getLogger(__name__)


# A developer embeds it.


def embed(path: Path) -> None:
    model = jmdi.Model.build([])
    ds = model.read(path, on_error="keep")
    problems = ds.problems
    assert_type(ds, jmdi.Dataset)
    assert_type(problems, tuple[jmdi.Problem, ...])
    for problem in problems:
        log.warning("%s", problem, extra=problem.log_extra())
    if any(problem.is_error for problem in problems):
        log.error(jmdi.problems_to_json(problems))
    trust = Actor(
        id=jmdi.make_id("actor", "ke-nco", "OP.218"),
        names={"en": "Maji Trust"},
        type=jmdi.code("actor-type", "national_ngo"),
        country="KE",
        identifiers=(Identifier(scheme="ke-nco", value="OP.218"),),
    )
    donor = ds.get("actor/6f1c", Actor)
    assert_type(donor, Actor)
    assert_type(donor.country, str | None)
    project = ds.get("x", jmdi.Initiative)
    gift = Contributes(
        id=jmdi.make_id("contributes", donor.id, project.id, "2024"),
        source=donor.id,
        target=project.id,
        amount=Money(Decimal("12000.00"), "EUR"),
    )
    tie = jmdi.Tie(id="t", source=trust.id, target=donor.id, strength=1)
    assert_type(tie.strength, Decimal | None)
    assert_type(Money("12.50", "EUR").amount, Decimal | None)
    ds = ds.with_records(trust, gift)
    assert_type(ds.out(donor.id, Contributes), tuple[Contributes, ...])
    assert_type(ds.find("x", jmdi.Initiative), jmdi.Initiative | None)
    assert_type(ds.get("x"), jmdi.Record)
    report = model.check(ds)
    assert_type(report, CheckReport)
    report.raise_for_errors()
    model.write(ds, "partners.jsonl")
    result = ds.metric("density", projection="actors")
    assert_type(result.coverage, float | None)
    assert_type(result.to_dict(), dict[str, Any])
    assert_type(result.status, jmdi.metrics.Status)
    assert_type(ds.to_dicts(), list[dict[str, Any]])
    assert_type(model.record(trust.to_dict()), jmdi.Record)
    assert_type(model.read(path), jmdi.Dataset)
    assert_type(jmdi.evolve(trust, country="UG"), Actor)


# A researcher explores.


def explore() -> None:
    ds = jmdi.datasets.load("jmdi")
    print(ds.summary())
    orgs = ds.of(Actor)
    assert_type(orgs, Records[Actor])
    assert_type([actor.label("fr") for actor in orgs], list[str])
    net = ds.project("co-participation", weight="count")
    assert_type(net, jmdi.Network)
    rank: dict[str, float] = {id: degree / len(net) for id, degree in net.degree().items()}
    graph = net.to_networkx(multi=True)
    print(graph)
    table = orgs.table("id", "names.en", "country", rank=rank, degree=net.degree())
    assert_type(table, jmdi.Table)
    table.write_csv("rank.csv")

    def is_late(initiative: jmdi.Initiative) -> bool:
        start = initiative.period.start if initiative.period else None
        return start is not None and start.year >= 2020

    late = ds.where(jmdi.Initiative, is_late)
    late.project("co-participation").write("late.graphml")
    for edge in net.edges:
        print(edge.source, edge.weight, net.records(edge.index))
    print(ds.digest(), [status.name for status in ds.model.catalog.plugins])
    print(float(net.metric("density")), ds.merge(late, on_conflict="keep").diff(ds).to_dict())


class Stream:
    """A frame of a library that is not installed, but speaks Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return requested_schema


def bring_frames() -> None:
    columns = {"from": ["a", "b"], "to": ["b", "c"]}
    net = jmdi.Network.from_frame(columns, source="from", target="to", directed=True)
    assert_type(net, jmdi.Network)
    assert_type(jmdi.Network.from_edges(Stream(), nodes=["a"]), jmdi.Network)
    jmdi.Network.from_frame([{"source": "a", "target": "b"}], nodes=Stream())
    jmdi.Network.from_edges([("a", "b", 2.0), ("b", "c", None)], two_mode=False)
    jmdi.Network.from_matrix([[0, 1, None], [1, 0, 0]], "ab", columns="xyz")
    some = net.filter({"type": {"ngo"}}, lambda edge: edge["weight"], min_weight=2)
    assert_type(some.symmetrize("min").dichotomize(2).ego("a", 2), jmdi.Network)
    assert_type(net.contract("type", weight="density").without_isolates(), jmdi.Network)
    nodes, edges = net.to_frames()
    assert_type(nodes, jmdi.Table)
    print(edges.to_latex(digits=2), nodes.to_markdown())


# An author extends it.

JMDI_API = 1


@jmdi.define("acme:bank", v=2)
class Bank(Actor):
    """An institution licensed to take deposits.

    Attributes:
        licence: Number of its licence.
    """

    licence: str | None = None


@jmdi.define("acme:guarantees", ends=(Bank, Actor), label="guarantees for")
class Guarantees(Relation):
    """A bank stands in for the obligations of an actor.

    Attributes:
        ceiling: Up to this amount.
        through: The bank that it goes through.
    """

    ceiling: Money | None = None
    through: jmdi.Ref[Bank] | None = None


@jmdi.facet("acme:risk", on=Actor)
class Risk(Facet):
    """Risk score from the annual review.

    Attributes:
        score: 0 to 10.
    """

    score: int


def rename_permit(raw: dict[str, Any]) -> dict[str, Any]:
    block = dict(raw.get("acme:bank", {}))
    if "permit" in block:
        block["licence"] = block.pop("permit")
    return raw | {"acme:bank": block}


def read_csv(stream: BinaryIO, context: jmdi.ImportContext) -> Iterator[jmdi.Record]:
    for number, line in enumerate(stream.read().decode().splitlines(), start=1):
        if line:
            yield Bank(id=jmdi.make_id("actor", line), names={"und": line}, licence="1")
        else:
            where = jmdi.Where(file=context.name, line=number)
            context.problem("acme:A1", "the line is empty", where=where, cure="delete it")


def write_csv(dataset: jmdi.Dataset, stream: BinaryIO, *, limit: int = 10) -> None:
    for actor in dataset.of(Actor)[:limit]:
        stream.write(f"{actor.label()}\n".encode())


def scored(actor: Actor, dataset: jmdi.Dataset) -> Iterator[jmdi.Problem]:
    risk = actor.facet(Risk)
    assert_type(risk, Risk | None)
    if risk is not None and risk.score > 10:
        yield jmdi.Problem("acme:A2", jmdi.Severity.ERROR, "the score is above 10")


@jmdi.metric(
    "acme:ties-per-actor",
    "Ties per actor",
    range=(0, None),
    polarity="higher",
    convention=lambda least: f"actors with {least} ties or more",
)
def ties_per_actor(
    network: jmdi.Network, *, least: Annotated[int, jmdi.AtLeast(0)] = 0
) -> jmdi.Result | float:
    if not network.n_nodes:
        return jmdi.undefined("empty_graph")
    return network.n_edges / network.n_nodes


def guarantors(dataset: jmdi.Dataset) -> jmdi.Network:
    ties = ((g.source, g.target) for g in dataset.of(Guarantees))
    return jmdi.Network.from_edges(ties, directed=True)


@hookimpl
def jmdi_kinds() -> list[type[jmdi.Record]]:
    return [Bank, Guarantees]


@hookimpl
def jmdi_facets() -> list[type[Facet]]:
    return [Risk]


@hookimpl
def jmdi_migrations() -> list[jmdi.Migration]:
    return [jmdi.Migration("acme:bank", 1, 2, rename_permit)]


@hookimpl
def jmdi_importers() -> list[jmdi.Importer]:
    options = [jmdi.Parameter("country", "Country of actors that name none.")]
    return [
        jmdi.Importer("acme:csv", (".acme.csv",), read_csv, options=options),
        jmdi.Importer("acme:lazy", (".acme",), read="jmdi_acme.importers:read_csv"),
    ]


@hookimpl
def jmdi_exporters() -> list[jmdi.Exporter]:
    return [jmdi.Exporter("acme:csv", (".acme.csv",), write_csv, lossless=False)]


@hookimpl
def jmdi_checks() -> list[jmdi.Check]:
    return [jmdi.Check("acme:A2", Actor, scored), jmdi.Check("acme:A3", None, lambda ds: iter(()))]


@hookimpl
def jmdi_projections() -> Iterable[jmdi.Projection]:
    yield jmdi.Projection("acme:guarantors", guarantors, "Who guarantees for whom.")


@hookimpl
def jmdi_metrics() -> list[jmdi.Metric]:
    return [*jmdi.metrics_of(__name__), jmdi.Metric("acme:ties", ties_per_actor, range=(0, None))]


class Acme(jmdi.Plugin):
    """The same as a class."""

    @hookimpl
    def jmdi_vocabularies(self) -> list[jmdi.Vocabulary]:
        concept = jmdi.Concept("bank", {"en": "Bank"}, broader="financial_institution")
        return [jmdi.Vocabulary("actor-type", [concept])]


def guarantees(dataset: jmdi.Dataset, limit: int) -> int:
    return len(dataset.of(Guarantees)[:limit])


def extend() -> None:
    model = jmdi.Model.build([Acme()])
    bank = Bank(id="b", names={"en": "First Bank"}, licence="12").with_facet(Risk(score=3))
    assert_type(bank, Bank)
    assert_type(bank.licence, str | None)
    loan = Guarantees(id="g", source=bank.id, target="a", ceiling=Money(Decimal(5), "EUR"))
    assert_type(guarantees(model.dataset([bank, loan]), 3), int)
