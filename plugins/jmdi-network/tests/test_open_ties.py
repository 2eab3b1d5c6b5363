"""A tie that was not observed between two that have another tie: what they weigh is open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_helpers import MODEL
from test_unobserved import fits

from jmdi import Dataset, Network, code
from jmdi.model.kinds import Actor
from jmdi.model.relations import Tie
from jmdi.model.values import Period

NODES = "abcd"
UNSEEN = "unobserved"

WEIGHTED: dict[str, tuple[dict[str, Any], ...]] = {
    "strength": ({}, {"direction": "out"}, {"alpha": 0.5}, {"alpha": 2.0}),
    "pagerank": ({},),
    "harmonic": ({"length": "inverse"},),
    "clustering": ({"weighted": True},),
    "modularity": ({"weighted": True, "groups": ["x", "y", "x", "y"]},),
    "transitivity": ({"mean": "arithmetic"},),
    "degree": ({},),
    "fragmentation": ({},),
}


def network(rows: list[tuple[str, str, str | None]], *, directed: bool = False) -> Network:
    edges = [{"source": a, "target": b, "state": state} for a, b, state in rows]
    return Network.from_edges(edges, nodes=NODES, directed=directed, model=MODEL)


def completions(rows: list[tuple[str, str, str | None]], directed: bool) -> Iterator[Network]:
    known = [row for row in rows if row[2] is None]
    unseen = [(a, b, None) for a, b, state in rows if state]
    for size in range(len(unseen) + 1):
        for some in itertools.combinations(unseen, size):
            yield network([*known, *some], directed=directed)


PAIRS = list(itertools.permutations(NODES, 2))
ROWS = st.tuples(
    st.lists(st.sampled_from(PAIRS), min_size=2, max_size=7),
    st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3),
).map(lambda both: [(*p, None) for p in both[0]] + [(*p, UNSEEN) for p in both[1]])


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(
    ("name", "parameters"), [(name, some) for name, every in WEIGHTED.items() for some in every]
)
@settings(max_examples=15, deadline=None)
@given(rows=ROWS)
def test_bounds_hold_whatever_ties_there_are(
    name: str, parameters: dict[str, Any], directed: bool, rows: list[Any]
) -> None:
    found = network(rows, directed=directed).metric(f"network:{name}", **parameters)
    if found.no_bounds:
        return
    every = completions(rows, directed)
    assert all(fits(found, one.metric(f"network:{name}", **parameters)) for one in every)


def test_each_open_tie_of_a_pair_may_add_its_weight() -> None:
    made = network([("a", "b", None), ("b", "a", UNSEEN), ("a", "b", UNSEEN), ("c", "d", UNSEEN)])
    found = made.metric("network:strength")
    assert found.bounds == {"a": (1, 3), "b": (1, 3), "c": (0, 1), "d": (0, 1)}
    assert made.unobserved == ((2, 3),) and found.notes["pairs_with_open_ties"] == 1
    assert made.unobserved_ties == ((0, 1), (0, 1), (2, 3))
    degrees = made.metric("network:degree")
    assert degrees.bounds["a"] == (1, 1) and "pairs_with_open_ties" not in degrees.notes


def of_layers(**more: Any) -> Dataset:
    ties = [
        Tie(id="t1", source="a", target="b", type=code("tie-kind", "funding"), **more),
        Tie(
            id="t2",
            source="a",
            target="b",
            type=code("tie-kind", "advocacy"),
            state=code("presence", UNSEEN),
        ),
        Tie(id="t3", source="a", target="c", type=code("tie-kind", "funding"), **more),
    ]
    return Dataset([*(Actor(id=id) for id in NODES), *ties], model=MODEL)


def test_an_open_tie_of_another_layer_leaves_the_weight_of_its_pair_open() -> None:
    found = of_layers().project("actors").metric("network:strength")
    assert found.bounds == {"a": (2, 3), "b": (1, 2), "c": (1, 1), "d": (0, 0)}
    layer = of_layers().project("actors").layer("funding").metric("network:strength")
    assert layer.values == {"a": 2, "b": 1, "c": 1, "d": 0} and not layer.bounds


def test_an_open_tie_has_any_weight_of_the_scale_of_the_others() -> None:
    found = of_layers(intensity=3).project("actors", weight="intensity")
    assert found.metric("network:strength").bounds["b"] == (3, 8)


def test_an_open_tie_has_no_bounds_where_weights_have_no_scale() -> None:
    found = of_layers(strength="2.5").project("actors").metric("network:strength")
    assert found.no_bounds.startswith("the weight of 1 of ")


def test_a_disputed_tie_beside_another_may_not_be_there() -> None:
    rows = [
        {"source": "a", "target": "b"},
        {"source": "a", "target": "b", "disputed": True},
    ]
    made = Network.from_edges(rows, model=MODEL)
    found = made.metric("network:strength")
    assert found.values == {"a": 2, "b": 2} and found.bounds == {"a": (1, 2), "b": (1, 2)}


def test_a_tie_that_several_were_asked_about_and_none_answered_is_one() -> None:
    ties = [
        Tie(id=f"t{by}", source="a", target="b", reported_by=by, state=code("presence", UNSEEN))
        for by in ("a", "b")
    ]
    made = Dataset([*(Actor(id=id) for id in NODES), *ties], model=MODEL).project("actors")
    assert made.unobserved_ties == ((0, 1),)


@pytest.mark.parametrize("format", ["graphml", "gexf", "node-link", "cytoscape"])
def test_open_ties_of_tied_pairs_come_through_files(format: str, tmp_path: Any) -> None:
    path = tmp_path / "net.out"
    made = of_layers().project("actors")
    made.write(path, format=format)
    back = MODEL.read(path, format=format).project("actors")
    assert back.unobserved_ties == made.unobserved_ties == ((0, 1),)
    assert back.metric("network:strength").bounds == made.metric("network:strength").bounds


def test_an_open_tie_may_be_of_another_kind() -> None:
    found = of_layers().project("actors").metric("network:multiplexity")
    assert found.value == 1 and (found.lower, found.upper) == (1, 1.5)
    assert found.bounds["multiplex_share"] == (0, 0.5)


def test_pairs_within_a_mode_are_not_open() -> None:
    mode = [0, 0, 0, 1, 1]
    unseen = [(0, 1), (0, 4)]
    made = Network("n", "abcde", [0, 1], [3, 4], mode=mode, unobserved=unseen, model=MODEL)
    found = made.metric("network:bipartite-density")
    assert found.value == pytest.approx(2 / 5) and (found.lower, found.upper) == (2 / 6, 3 / 6)
    mixing = made.metric("network:mixing", groups=["x", "x", "y", "y", "x"])
    assert mixing.values["x – x"] == {"ties": 1, "pairs": 2, "density": 1.0}
    assert mixing.bounds["x – x"]["density"] == (0.5, 1.0)


def test_an_open_pair_of_the_other_network_is_said() -> None:
    closed, open_ = network([("a", "b", None)]), network([("a", "b", None), ("c", "d", UNSEEN)])
    found = closed.metric("network:qap", other=open_, draws=5)
    assert found.no_bounds.startswith("the network other has pairs that were not observed")


def test_entries_and_exits_have_bounds() -> None:
    closed, open_ = network([("a", "b", None)]), network([("a", "b", None), ("c", "b", UNSEEN)])
    found = closed.metric("network:entries-exits", other=open_)
    assert found.values == {"entries": 0, "exits": 0, "stayed": 2}
    assert found.bounds == {"entries": (0, 1), "exits": (0, 0), "stayed": (2, 2)}
    assert open_.metric("network:entries-exits", other=closed).bounds["exits"] == (0, 1)


def test_change_takes_disputed_ties_for_either() -> None:
    rows = [{"source": "a", "target": "b"}, {"source": "b", "target": "c", "disputed": True}]
    first = Network.from_edges(rows, model=MODEL)
    second = Network.from_edges(rows[:1], nodes="abc", model=MODEL)
    found = first.metric("network:change", other=second)
    assert (found.value, found.lower, found.upper) == (0.5, 0.5, 1)
    assert found.notes["pairs_disputed"] == 1


def test_mixing_keeps_apart_groups_whose_names_look_like_pairs() -> None:
    made = network([("a", "b", None), ("b", "c", None)])
    found = made.metric("network:mixing", groups=["x", "y – z", "x – y", "z"])
    assert len(found.values) == 10 and found.values['"x" – "y – z"']["ties"] == 1
    named = made.metric("network:mixing", groups=["(unknown)", None, "(unknown)", "x"])
    assert len(named.values) == 6 and named.values['"(unknown)" – (unknown)']["ties"] == 2


def test_an_edge_that_is_no_tie_is_no_corridor() -> None:
    rows = [{"source": "X", "target": "Y"}, {"source": "X", "target": "Z", "state": "absent"}]
    made = Network.from_edges(rows, directed=True, name="corridors", model=MODEL)
    assert made.metric("network:corridor-effective-number").value == 1
    unknown = [("X", "Y", 2.0), ("X", "Z", None)]
    made = Network.from_edges(unknown, directed=True, name="corridors", model=MODEL)
    assert made.metric("network:corridor-concentration").undefined == "missing_input"


def test_a_pair_with_a_settled_tie_is_not_disputed_when_ties_are_merged() -> None:
    rows = [{"source": "a", "target": "b"}, {"source": "a", "target": "b", "disputed": True}]
    made = Network.from_edges(rows, model=MODEL)
    assert made.disputed == made.simple().disputed == ()
    both = Network.from_edges([rows[1], rows[1]], model=MODEL)
    assert both.disputed == both.simple().disputed == ((0, 1),)


def test_a_tie_both_ways_lasts_as_long_as_one_tie() -> None:
    spans = [("a", "b", True, "2010/2011"), ("b", "c", None, "2010/2015"), ("c", "d", None, "2012")]
    ties = [
        Tie(id=f"t{a}", source=a, target=b, directed=way, period=Period(when))
        for a, b, way, when in spans
    ]
    data = Dataset([*(Actor(id=id) for id in NODES), *ties], model=MODEL)
    found = data.project("actors").metric("network:survival", as_of="2020-01-01")
    assert data.project("actors").n_edges == 5 and found.n_used == 3
    one_way = data.project("actors", directed=False)
    assert found.values == one_way.metric("network:survival", as_of="2020-01-01").values
