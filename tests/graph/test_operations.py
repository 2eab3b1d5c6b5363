"""Everyday operations: what nobody knew before is no fact afterwards, and R agrees."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import jmdi
from jmdi.graph.network import Network

NAN = math.nan
KINDS = ("aid", "advice", None)


@st.composite
def networks(
    draw: st.DrawFn, *, directed: bool | None = None, most: int = 5, disputes: bool = False
) -> Network:
    """Parallel edges, loops, every state, unknown weights and kinds, unobserved pairs."""
    n = draw(st.integers(1, 4))
    end = st.integers(0, n - 1)
    rows = draw(
        st.lists(
            st.tuples(
                end,
                end,
                st.sampled_from([1.0, 2.0, 3.0, NAN, 0.0]),
                st.sampled_from([None, "absent", "unobserved"]),
                st.sampled_from(KINDS),
                st.sampled_from([None, None, True]),
            ),
            max_size=most,
        )
    )
    return Network(
        "n",
        [f"n{i}" for i in range(n)],
        [row[0] for row in rows],
        [row[1] for row in rows],
        weight=[row[2] for row in rows] if draw(st.booleans()) else None,
        directed=draw(st.booleans()) if directed is None else directed,
        unobserved=draw(st.lists(st.tuples(end, end), max_size=2)),
        node_attributes={"group": draw(st.lists(st.sampled_from("xy"), min_size=n, max_size=n))},
        edge_attributes={
            "state": [row[3] for row in rows],
            "kind": [row[4] for row in rows],
            **({"disputed": [row[5] for row in rows]} if disputes else {}),
        },
        notes={"before": 1},
    )


def worlds(network: Network) -> Iterator[dict[tuple[int, int], float]]:
    """The weights of all pairs in each case that is possible, taking 1 or 3 for an unknown weight.

    An unobserved tie is there with one of these weights, or not; so is one that is disputed.
    """
    fixed: dict[tuple[int, int], float] = {}
    unknown: list[tuple[tuple[int, int], tuple[float, ...]]] = []
    states = jmdi.graph.pairs.edge_states(network) or ["present"] * network.n_edges
    said = network.edge_attributes.get("disputed", (None,) * network.n_edges)
    for edge, state, disputed in zip(network.edges, states, said, strict=True):
        i, j = network.index[edge.source], network.index[edge.target]
        pair = (i, j) if network.directed or i < j else (j, i)
        if disputed and state != "unobserved":
            weight = edge.weight if state == "present" and edge.weight else None
            unknown.append((pair, (0.0, 1.0, 3.0) if weight is None else (0.0, weight)))
        elif state == "present" and edge.weight is None:
            unknown.append((pair, (1.0, 3.0)))
        elif state == "present":
            fixed[pair] = fixed.get(pair, 0) + float(edge.weight or 0)
    unknown += [(pair, (0.0, 1.0, 3.0)) for pair in network.unobserved_ties]
    for values in itertools.product(*(choices for _, choices in unknown)):
        world = dict(fixed)
        for (pair, _), value in zip(unknown, values, strict=True):
            world[pair] = world.get(pair, 0) + value
        yield {pair: weight for pair, weight in world.items() if weight and pair[0] != pair[1]}


def ties(network: Network) -> set[tuple[int, int]]:
    return {(i, j) if network.directed or i < j else (j, i) for i, j in network._ties() if i != j}


def certain_and_possible(network: Network) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    sure, disputed = ties(network), set(network.disputed)
    return sure - disputed, sure | set(network.unobserved) | disputed


RULES = {
    "max": lambda a, b: max(a, b),
    "min": lambda a, b: min(a, b) if a and b else 0,
    "mean": lambda a, b: (a + b) / 2,
    "sum": lambda a, b: a + b,
}


@pytest.mark.parametrize("rule", RULES)
@given(network=networks(directed=True, disputes=True))
def test_symmetrize_says_what_holds_in_all_worlds(rule: str, network: Network) -> None:
    made = network.symmetrize(rule)  # type: ignore[arg-type]
    assert not made.directed
    assert made.notes["before"] == 1
    found = []
    for world in worlds(network):
        pairs = {(min(pair), max(pair)) for pair in world}
        one = {(i, j): RULES[rule](world.get((i, j), 0), world.get((j, i), 0)) for i, j in pairs}
        found.append({pair: weight for pair, weight in one.items() if weight})
    sure, possible = certain_and_possible(made)
    assert sure == set.intersection(*map(set, found))
    assert possible == set.union(*map(set, found))
    if True in network.edge_attributes["disputed"]:
        return  # what reports disagree on weighs what the rule of the projection says
    for edge in made.simple().edges:
        pair = (made.index[edge.source], made.index[edge.target])
        values = {world.get(pair, 0) for world in found}
        if edge.weight is not None and made.weight is not None and pair in sure:
            assert values == {edge.weight}


@given(networks(disputes=True), st.sampled_from([0.5, 1, 2, 3.5]), st.booleans())
def test_dichotomize_says_what_holds_in_all_worlds(
    network: Network, at: float, above: bool
) -> None:
    made = network.dichotomize(at, above=above)
    assert made.weight is None
    found = [
        {pair for pair, weight in world.items() if (weight > at if above else weight >= at)}
        for world in worlds(network)
    ]
    sure, possible = certain_and_possible(made)
    assert sure <= set.intersection(*found)
    assert possible >= set.union(*found)
    assert sure <= ties(network)


def test_dichotomize_refuses_a_tie_that_is_none() -> None:
    net = Network.from_edges([("a", "b", 2)])
    with pytest.raises(ValueError, match="weighs 0"):
        net.dichotomize(0)
    assert net.dichotomize(0, above=True).n_edges == 1


@given(networks(), st.sampled_from(["aid", "advice"]))
def test_a_filter_by_kind_is_a_layer(network: Network, kind: str) -> None:
    assume(kind in network.edge_attributes["kind"])
    made, layer = network.filter(edges={"kind": kind}), network.layer(kind, by="kind")
    assert (ties(made), made.unobserved) == (ties(layer), layer.unobserved)
    assert made.nodes == network.nodes


@given(networks())
def test_a_filter_by_weight_leaves_open_what_has_none(network: Network) -> None:
    made = network.filter(min_weight=2)
    assert all(edge.weight is not None and edge.weight >= 2 for edge in made.edges)
    unknown = {
        tuple(sorted((edge.source, edge.target)))
        for edge, state in zip(
            network.edges,
            jmdi.graph.pairs.edge_states(network) or ["present"] * network.n_edges,
            strict=True,
        )
        if edge.weight is None and state == "present" and edge.source != edge.target
    }
    open_ = {tuple(sorted((made.nodes[i], made.nodes[j]))) for i, j in made.unobserved_ties}
    assert unknown <= open_


@given(networks())
def test_filters_of_everything_change_nothing(network: Network) -> None:
    assert network.filter() is network
    assert network.filter(nodes=lambda node: True) == network
    same = network.filter(edges=lambda edge: True)
    assert (same.n_edges, same.unobserved) == (network.n_edges, network.unobserved)
    assert network.filter(nodes={"group": "x"}) == network.subnetwork(
        [
            node
            for node, group in zip(network.nodes, network.node_attributes["group"], strict=True)
            if group == "x"
        ]
    )


def test_filter_by_attributes_and_day() -> None:
    rows = [
        {"source": "a", "target": "b", "period": "2010/2012", "year": 2010},
        {"source": "b", "target": "c", "period": "2013/2014", "year": 2013},
        {"source": "c", "target": "d", "period": None, "year": None},
    ]
    nodes = {"a": {"type": "ngo"}, "b": {"type": "ngo"}, "c": {"type": "union"}, "d": {}}
    net = Network.from_edges(rows, nodes=nodes)
    at = net.filter(as_of="2011-06-01")
    assert ([(e.source, e.target) for e in at.edges], at.unobserved) == ([("a", "b")], ((2, 3),))
    assert at.notes["ties_unknown"] == 1
    assert net.filter(edges={"year": lambda year: year > 2011}).unobserved == ((2, 3),)
    some = net.filter({"type": ["ngo", "union"]})
    assert (some.nodes, some.notes["nodes_unknown_left_out"]) == (("a", "b", "c"), 1)
    assert net.filter(lambda node: node["id"] in "ab").nodes == ("a", "b")
    waves = Network.from_edges([{**row, "wave": row["year"]} for row in rows])
    assert waves.filter(as_of=2013).edges[0].source == "b"
    with pytest.raises(jmdi.NotFound, match=r"as_of=\.\.\."):
        Network.from_edges([("a", "b")]).filter(as_of="2011-01-01")
    with pytest.raises(jmdi.NotFound, match="type"):
        net.filter({"typ": "ngo"})
    with pytest.raises(ValueError, match="looked for"):
        net.filter({"type": None})


def test_ego_components_and_isolates_follow_ties_and_count_what_is_open() -> None:
    net = Network.from_edges(
        [("a", "b"), ("b", "c"), {"source": "c", "target": "d", "state": "unobserved"}],
        nodes=["a", "b", "c", "d", "e"],
        directed=True,
    )
    assert net.ego("a").nodes == ("a", "b")
    assert net.ego("c", direction="out").nodes == ("c",)
    assert net.ego("c", 2, direction="in").nodes == ("a", "b", "c")
    assert net.ego("b", 2).notes["nodes_possibly_near"] == 1
    largest = net.largest_component()
    assert (largest.nodes, largest.notes["nodes_possibly_joined"]) == (("a", "b", "c"), 1)
    assert "components_as_large" not in largest.notes
    pieces = [(0, 1), (1, 2), (3, 4), (5, 6)]
    apart = Network("x", list("abcdefg"), *zip(*pieces, strict=True), unobserved=[(4, 5)])
    assert "nodes_possibly_joined" not in apart.largest_component().notes
    tied = net.without_isolates()
    assert tied.nodes == ("a", "b", "c", "d")
    assert (tied.notes["isolates_left_out"], tied.notes["isolates_unknown"]) == (1, 1)
    with pytest.raises(jmdi.NotFound):
        net.ego("x")
    with pytest.raises(jmdi.NotFound, match="ids are text, such as '0'"):
        Network.from_edges([("0", "1")]).ego(0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps"):
        net.ego("a", -1)
    assert Network("none", []).largest_component().nodes == ()


@given(networks(), st.sampled_from(["sum", "mean", "density"]))
def test_the_image_says_what_holds_in_all_worlds(network: Network, weight: str) -> None:
    image = network.contract("group", weight=weight)  # type: ignore[arg-type]
    groups = network.node_attributes["group"]
    sizes = dict(zip(image.nodes, image.node_attributes["size"], strict=True))
    assert sizes == {name: groups.count(name) for name in set(groups)}
    totals = []
    for world in worlds(network):
        one: dict[tuple[str, str], float] = {}
        for (i, j), value in world.items():
            a, b = groups[i], groups[j]
            pair = (a, b) if network.directed or a <= b else (b, a)
            one[pair] = one.get(pair, 0) + value
        totals.append(one)
    blocks = {(edge.source, edge.target): edge for edge in image.edges}
    for pair in {pair for world in totals for pair in world}:
        edge = blocks[pair]
        values = {world.get(pair, 0) for world in totals}
        if weight == "sum":
            assert edge.weight is None or values == {edge.weight}
    states = image.edge_attributes.get("state", (None,) * image.n_edges)
    for edge, state in zip(image.edges, states, strict=True):
        sure = all(world.get((edge.source, edge.target), 0) for world in totals)
        assert sure == (state in (None, "present"))


def test_an_image_has_densities_with_bounds_and_counts_unknown_groups() -> None:
    net = Network.from_edges(
        [
            ("a", "b", 2),
            ("a", "c", 3),
            {"source": "b", "target": "c", "state": "unobserved"},
            ("c", "d", 1),
        ],
        nodes={"a": {"g": 1.0}, "b": {"g": 1.0}, "c": {"g": 2.0}, "d": {"g": NAN}},
    )
    image = net.contract("g")
    assert image.nodes == ("1", "2")
    assert [(e.source, e.target, e.weight) for e in image.edges] == [
        ("1", "1", 2.0),
        ("1", "2", None),
    ]
    columns = {name: column[1] for name, column in image.edge_attributes.items()}
    assert (columns["ties"], columns["pairs"], columns["unobserved"]) == (1, 2, 1)
    assert (columns["density"], columns["density_lower"], columns["density_upper"]) == (1, 0.5, 1)
    assert image.notes["nodes_of_unknown_group"] == image.notes["ties_of_unknown_group"] == 1
    assert image.contract({"1": "all", "2": "all"}).nodes == ("all",)
    with pytest.raises(ValueError, match="3 values for 4"):
        net.contract([1, 2, 3])
    with pytest.raises(jmdi.NotFound):
        net.contract("h")


SOCIOMATRIX = ((0, 3, 0, NAN), (1, 0, 0, 2), (2, 2, 0, 0), (5, NAN, 0, 0))


def sociomatrix() -> Network:
    cells = [(i, j, w) for i, row in enumerate(SOCIOMATRIX) for j, w in enumerate(row) if w]
    return Network(
        "m",
        "abcd",
        [i for i, j, w in cells if w == w],
        [j for i, j, w in cells if w == w],
        weight=[w for *_, w in cells if w == w],
        directed=True,
        unobserved=[(i, j) for i, j, w in cells if w != w],
    )


def test_values_of_sna() -> None:
    """``symmetrize``, ``event2dichot`` and ``blockmodel`` of sna 2.8 (R) on the same matrix."""
    net = sociomatrix()
    weak, strong = net.symmetrize("max"), net.symmetrize("min")
    pairs = {"ab", "ac", "ad", "bc", "bd"}
    assert {"".join(sorted(e.source + e.target)) for e in weak.edges} == pairs
    assert not weak.unobserved
    assert {e.source + e.target for e in strong.edges} == {"ab"}
    assert strong.unobserved == ((0, 3), (1, 3))  # NA of symmetrize(rule="strong")
    cut = net.dichotomize(1, above=True)
    assert {e.source + e.target for e in cut.edges} == {"ab", "bd", "ca", "cb", "da"}
    assert cut.unobserved == ((0, 3), (3, 1))
    mean = net.contract([1, 1, 2, 2], weight="mean")
    blocks = {e.source + e.target: e.weight for e in mean.edges}
    assert blocks == pytest.approx({"11": 2, "12": 2 / 3, "21": 3})
    total = {e.source + e.target: e.weight for e in net.contract([1, 1, 2, 2]).edges}
    assert total == {"11": 4, "12": None, "21": None}  # sna leaves NA out: 2 and 9


def test_what_a_network_came_from_stays_with_all_of_them() -> None:
    tie = jmdi.Tie(id="t", source="a", target="b", strength=2, directed=True)
    dataset = jmdi.dataset([jmdi.Actor(id="a"), jmdi.Actor(id="b"), tie])
    net = dataset.project("actors", directed=True)
    for made in (
        net.filter(min_weight=1),
        net.symmetrize("mean"),
        net.dichotomize(1),
        net.ego("a"),
        net.largest_component(),
        net.without_isolates(),
        net.contract({"a": "x", "b": "y"}),
    ):
        assert made.dataset is dataset
        assert made.model is net.model
        assert made.records(0) == (tie,)
        assert made.notes.items() >= net.notes.items()


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (lambda net: net.dichotomize(math.nan), "NaN"),
        (lambda net: net.dichotomize("3"), "at is a number"),
        (lambda net: net.filter(min_weight="3"), "min_weight is a number"),
        (lambda net: net.filter(max_weight=math.nan), "NaN"),
        (lambda net: net.ego("a", 1.5), "whole number"),
        (lambda net: net.contract(len), "mapping by id"),
        (lambda net: net.compare("net"), "compared with a network"),
        (lambda net: net.table([3]), "name a metric"),
    ],
)
def test_what_is_no_operation_is_said(operation, said):
    net = jmdi.Network.from_edges([("a", "b", 2), ("b", "c", 5)])
    with pytest.raises((TypeError, ValueError), match=said):
        operation(net)


def test_one_node_may_be_given_as_text():
    net = jmdi.Network.from_edges([("actor/a", "b")])
    assert net.subnetwork("actor/a").nodes == ("actor/a",)
