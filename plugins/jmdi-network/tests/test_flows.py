from __future__ import annotations

import math

import attrs
import pytest
from network_helpers import MODEL, karate, measure, net

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor, Initiative
from jmdi.model.relations import Participates, Tie
from jmdi.running.measuring import run
from jmdi_network import methods_statement, null


def programme() -> Dataset:
    records: list[jmdi.Record] = []
    actors = {
        "a": ("MA", "local_authority"),
        "b": ("ES", "local_authority"),
        "c": ("ES", "national_ngo"),
        "d": ("FR", "local_authority"),
    }
    for id, (country, kind) in actors.items():
        records.append(
            Actor(id=f"jmdi:actor/{id}", country=country, type=jmdi.code("actor-type", kind))
        )
    parts = [
        ("1", "a", "origin"),
        ("1", "b", "destination"),
        ("2", "a", "origin"),
        ("2", "c", "destination"),
        ("2", "d", None),
        ("3", "a", "origin"),
    ]
    records += [Initiative(id=f"jmdi:initiative/{i}", participants_complete=True) for i in "123"]
    for place, (initiative, actor, side) in enumerate(parts):
        records.append(
            Participates(
                id=f"jmdi:participates/{place}",
                source=f"jmdi:actor/{actor}",
                target=f"jmdi:initiative/{initiative}",
                side=None if side is None else jmdi.code("side", side),
            )
        )
    return Dataset(records, model=MODEL)


CUT = {f"jmdi:initiative/{i}" for i in "123"}


def test_corridors() -> None:
    data = programme()
    matrix = data.metric("network:corridor-matrix", closed_world=True)
    assert {k: dict(v) for k, v in (matrix.values or {}).items()} == {
        "MA → ES": {"whole": 2, "fractional": 2}
    }
    assert data.metric("network:corridor-concentration").value == 1
    assert data.metric("network:corridor-effective-number").value == 1


def test_corridors_of_lists_that_may_be_incomplete() -> None:
    cut = [
        attrs.evolve(record, participants_complete=False) if record.id in CUT else record
        for record in programme()
    ]
    data = Dataset(cut, model=MODEL)
    found = data.metric("network:corridor-concentration")
    assert repr(found) == (
        "network:corridor-concentration = 0–1   (no list of participants is complete; "
        "3 initiatives; read as complete: 1)"
    )
    number = data.metric("network:corridor-effective-number")
    assert (number.status, number.lower, number.upper) == ("interval", 1, None)
    matrix = data.metric("network:corridor-matrix")
    assert matrix.bounds["MA → ES"] == {"whole": (2, 3), "fractional": (0, 3)}
    assert data.metric("network:corridor-matrix", closed_world=True).values["MA → ES"]["whole"] == 2
    alike = data.metric("network:corridor-alignment", shares={"MA": {"ES": 1}})
    assert (alike.status, alike.lower, alike.upper) == ("interval", 0, 1)


def test_concentration_of_a_weighted_network() -> None:
    made = Network.from_edges([("MA", "ES", 3), ("MA", "FR", 1)], directed=True)
    found = measure(made, "corridor-concentration")
    assert found.value == pytest.approx((9 + 1) / 16)
    entropy = -(0.75 * math.log(0.75) + 0.25 * math.log(0.25))
    assert measure(made, "corridor-effective-number").value == pytest.approx(math.exp(entropy))
    assert measure(net([], 2, directed=True), "corridor-matrix").undefined == "missing_input"


def test_projections_of_a_dataset() -> None:
    shared = programme().project("network:shared", weight="newman")
    assert {e.weight for e in shared.edges} == {1.0, 0.5}
    assert ("jmdi:initiative/1",) in shared.edge_attributes["shared"]
    backbone = programme().project("network:backbone", alpha=0.5)
    assert set(backbone.nodes) == set(shared.nodes)


def test_states_of_ties_in_a_dataset() -> None:
    ids = [f"jmdi:actor/{i}" for i in "abc"]
    ties = [
        Tie(id="jmdi:tie/1", source=ids[0], target=ids[1], reported_by=ids[0]),
        Tie(
            id="jmdi:tie/2", source=ids[1], target=ids[2], state=jmdi.code("presence", "unobserved")
        ),
    ]
    network = Dataset([*(Actor(id=id) for id in ids), *ties], model=MODEL).project("actors")
    found = run(MODEL, "density", network, {})
    assert (found.value, found.lower, found.upper) == (0.5, 1 / 3, 2 / 3)
    isolated = run(MODEL, "isolates", network, {})
    assert (isolated.lower, isolated.upper) == (0, pytest.approx(1 / 3))
    answered = run(MODEL, "network:response-rate", network, {})
    assert answered.value == pytest.approx(1 / 3) and answered.contributing == tuple(ids[1:])


def test_response_rate_of_named_respondents() -> None:
    made = net([(0, 1)], 4)
    found = measure(made, "response-rate", respondents=["0", "1", "elsewhere"])
    assert found.value == 0.5 and found.notes["respondents_not_in_network"] == 1
    assert measure(made, "response-rate").undefined == "missing_input"


def test_bounds_of_reciprocity_by_trying_all() -> None:
    import itertools

    rows = [
        ("a", "b", "present"),
        ("b", "a", "unobserved"),
        ("a", "c", "unobserved"),
        ("c", "a", "unobserved"),
        ("b", "c", "unobserved"),
        ("d", "a", "present"),
        ("a", "d", "present"),
    ]
    made = Network.from_edges(
        [{"source": a, "target": b, "state": s} for a, b, s in rows], directed=True
    )
    open_ = [(a, b) for a, b, s in rows if s == "unobserved"]
    for measure_ in ("edgewise", "confirmation"):
        every = []
        for bits in itertools.product((0, 1), repeat=len(open_)):
            extra = [pair for pair, on in zip(open_, bits, strict=True) if on]
            whole = Network.from_edges(
                [(a, b) for a, b, s in rows if s == "present"] + extra, directed=True
            )
            every.append(float(measure(whole, "reciprocity", measure=measure_)))
        found = measure(made, "reciprocity", measure=measure_)
        assert (found.lower, found.upper) == (pytest.approx(min(every)), pytest.approx(max(every)))


def test_methods_statement() -> None:
    made = karate()
    density = measure(made, "density")
    test = null(made, "network:transitivity", model="rewire", draws=20, seed=4)
    about = {"boundary": "All members of a club"}
    text = methods_statement(made, density, test, about=about)
    for part in (
        "34 nodes and 78 ties",
        "undirected and one-mode",
        "club (100 % known)",
        "Wasserman & Faust 1994",
        "Seed 4",
        "20 networks",
        "All members of a club.",
        "Not stated: how and by whom",
        "numpy",
        "density 0.139), 0 isolates and 1 component.",
    ):
        assert part in text
    assert text == methods_statement(made, density, test, about=about)


def test_alignment_with_migrant_stock() -> None:
    made = Network.from_edges([("MA", "ES", 3), ("MA", "FR", 1)], directed=True)
    stock = {"MA": {"ES": 50, "IT": 50}}
    found = measure(made, "corridor-alignment", shares=stock)
    assert found.value == pytest.approx((abs(0.75 - 0.5) + 0.25 + 0.5) / 2)
    assert found.notes["corridors_without_share"] == ("MA → FR",)
    pairs = {("MA", "ES"): 1, ("MA", "IT"): 1}
    assert measure(made, "corridor-alignment", shares=pairs).value == found.value
    same = {("MA", "ES"): 300, ("MA", "FR"): 100}
    assert measure(made, "corridor-alignment", shares=same).value == 0
    strangers = {("Morocco", "Spain"): 1}
    assert measure(made, "corridor-alignment", shares=strangers).undefined == "missing_input"
    for bad in ("MA", {"MA": 3}, {("MA", "ES"): -1}, {("MA", "ES"): "many"}):
        with pytest.raises(BadParameter, match="shares"):
            measure(made, "corridor-alignment", shares=bad)
    assert programme().metric("network:corridor-alignment", shares={"MA": {"ES": 1}}).value == 0


@pytest.mark.parametrize(
    ("nodes", "unseen", "said"),
    [
        (5, [(0, 1)], "1 pair (10.0 %) was not observed"),
        (2, [(0, 1)], "1 pair (100.0 %) was not observed"),
        (120, [(0, 1)], "1 pair (below 0.1 %) was not observed"),
        (5, [(0, 1), (2, 3)], "2 pairs (20.0 %) were not observed"),
    ],
)
def test_the_share_of_pairs_not_observed_is_said(
    nodes: int, unseen: list[tuple[int, int]], said: str
) -> None:
    names = [f"n{i}" for i in range(nodes)]
    made = Network("x", names, (), (), unobserved=unseen)
    assert said in methods_statement(made)


def test_a_number_that_is_none_is_not_known() -> None:
    made = Network("x", ["a", "b", "c"], [0], [1], node_attributes={"size": [math.nan, None, 3.0]})
    assert "size (33 % known)" in methods_statement(made)
