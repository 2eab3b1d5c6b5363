from __future__ import annotations

import itertools
from typing import Any

import igraph as ig
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_helpers import MODEL, all_graphs, karate, measure, net, random_net, value

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network.arrays import graph_of
from jmdi_network.kernels.components import component_sizes

STAR = net([(0, i) for i in range(1, 5)])
CYCLE = net([(i, (i + 1) % 6) for i in range(6)])


def kite() -> Network:
    return Network.from_networkx(nx.krackhardt_kite_graph())


def florentine(pucci: bool = False) -> Network:
    graph = nx.florentine_families_graph()
    if pucci:
        graph.add_node("Pucci")
    return Network.from_networkx(graph)


@pytest.mark.parametrize(
    ("made", "density", "degree", "between", "close"),
    [
        (STAR, 0.4, 1, 1, 1),
        (CYCLE, 0.4, 0, 0, 0),
        (kite(), 0.4, 0.333333, 0.296296, 0.270375),
        (karate(), 0.139037, 0.399621, 0.405557, 0.298195),
        (florentine(), 0.190476, 0.274725, 0.436813, 0.322452),
    ],
)
def test_classical_graphs(
    made: Network, density: float, degree: float, between: float, close: float
) -> None:
    assert value(made, "density") == pytest.approx(density, abs=1e-6)
    assert value(made, "degree-centralization") == pytest.approx(degree, abs=1e-6)
    assert value(made, "betweenness-centralization") == pytest.approx(between, abs=1e-6)
    assert value(made, "closeness-centralization") == pytest.approx(close, abs=1e-6)


def test_isolates_are_nodes() -> None:
    made = florentine(pucci=True)
    assert value(made, "density") == pytest.approx(0.166667, abs=1e-6)
    assert value(made, "degree-centralization") == pytest.approx(0.266667, abs=1e-6)
    assert measure(made, "closeness-centralization").undefined == "disconnected"
    assert value(made, "closeness-centralization", variant="harmonic") > 0
    assert measure(made, "isolates").contributing == ("Pucci",)


def test_igraphs_convention_of_centralization() -> None:
    assert value(karate(), "degree-centralization", loops=True) == pytest.approx(0.376114, abs=1e-6)


def test_star_is_most_central_by_every_reading() -> None:
    assert value(STAR, "closeness-centralization", variant="harmonic") == pytest.approx(1)
    out = net([(0, i) for i in range(1, 5)], directed=True)
    assert value(out, "degree-centralization", direction="out") == pytest.approx(1)
    assert value(out, "closeness-centralization", variant="harmonic") == pytest.approx(1)


def test_fragmentation() -> None:
    made = net([(0, 1), (2, 3), (3, 4)], 6)
    assert value(made, "fragmentation") == pytest.approx(0.733333, abs=1e-6)
    assert value(made, "fragmentation", connectedness=True) == pytest.approx(1 - 0.733333, abs=1e-6)
    assert value(made, "distance-fragmentation") == pytest.approx(0.766667, abs=1e-6)
    parts = measure(made, "components")
    assert parts.value == 3 and (parts.values or {})["largest_share"] == 0.5


def test_strong_components_by_hand() -> None:
    """Two cycles that meet in 1, and a tie to 3 that does not lead back."""
    made = net([(0, 1), (1, 0), (1, 2), (2, 1), (2, 3)], directed=True)
    assert measure(made, "cut-points", kind="strong").contributing == ("1",)
    assert measure(made, "cut-points").contributing == ("1", "2")
    parts = measure(made, "components", kind="strong")
    assert parts.value == 2 and list((parts.values or {})["sizes"]) == [3, 1]
    assert value(made, "fragmentation", kind="strong") == pytest.approx(1 - 6 / 12)
    assert value(made, "fragmentation") == 0


@pytest.mark.parametrize("seed", range(30))
def test_strong_components_and_cut_points_against_networkx(seed: int) -> None:
    made = random_net(seed, 2 + seed % 9, (0.2, 0.35, 0.5)[seed % 3], directed=True)
    graph = nx.DiGraph()
    graph.add_nodes_from(made.nodes)
    graph.add_edges_from((e.source, e.target) for e in made.edges)
    sizes = sorted(map(len, nx.strongly_connected_components(graph)), reverse=True)

    def parts_without(node: str) -> int:
        rest: nx.DiGraph = graph.subgraph(set(graph) - {node})
        return int(nx.number_strongly_connected_components(rest))

    found = measure(made, "components", kind="strong").values or {}
    assert list(found["sizes"]) == sizes
    cuts = tuple(node for node in made.nodes if parts_without(node) > len(sizes))
    assert measure(made, "cut-points", kind="strong").contributing == cuts


def test_core_periphery_of_karate() -> None:
    found = measure(karate(), "core-periphery")
    assert found.value == 23
    assert set(found.contributing) == {"0", "1", "2", "3", "32", "33"}
    assert found.values is not None
    fits = [found.values[f"fit_{name}"] for name in ("either", "both", "ignored")]
    assert fits == pytest.approx([0.4017, 0.1889, 0.3929], abs=1e-4)


def _errors(made: Network, core: tuple[str, ...]) -> int:
    inside = set(core)
    missing = len(core) * (len(core) - 1) // 2
    outer = 0
    for edge in made.edges:
        both = (edge.source in inside) + (edge.target in inside)
        missing -= both == 2
        outer += both == 0
    return missing + outer


@pytest.mark.parametrize("seed", range(12))
def test_core_periphery_is_optimal(seed: int) -> None:
    made = random_net(seed, 2 + seed % 6, 0.5)
    found = measure(made, "core-periphery")
    every = [
        _errors(made, core)
        for k in range(len(made) + 1)
        for core in itertools.combinations(made.nodes, k)
    ]
    assert found.value == min(every)
    for optimum in found.notes["optima"]:
        assert _errors(made, optimum["core"]) == min(every)


def test_fit_is_pearsons_r_and_has_no_value_for_a_constant_pattern() -> None:
    complete = net(itertools.combinations(range(4), 2))
    found = measure(complete, "core-periphery")
    assert [o["size"] for o in found.notes["optima"]] == [3, 4]
    assert found.notes["optima"][1]["fit"] == {"either": None, "both": None, "ignored": None}


def test_all_undirected_graphs_of_five_against_networkx_and_igraph() -> None:
    for made in all_graphs(5)[::5]:
        graph = made.to_networkx()
        other = ig.Graph(5, [(int(e.source), int(e.target)) for e in made.edges])
        assert value(made, "density") == pytest.approx(nx.density(graph))
        assert value(made, "cut-points") == len(list(nx.articulation_points(graph)))
        assert measure(made, "bridges").notes["bridges"] == tuple(
            tuple(pair) for pair in sorted(tuple(sorted(p)) for p in nx.bridges(graph))
        )
        assert measure(made, "core-number").values == nx.core_number(graph)
        assert value(made, "distance-fragmentation") == pytest.approx(
            1 - nx.global_efficiency(graph)
        )
        transitivity = measure(made, "transitivity")
        expected = other.transitivity_undirected()
        if expected == expected:
            assert transitivity.value == pytest.approx(expected)
            assert value(made, "transitivity", kind="local-zero") == pytest.approx(
                nx.average_clustering(graph)
            )
        else:
            assert transitivity.undefined == "zero_denominator"
        if other.ecount():
            assert value(made, "diameter") == other.diameter()
            assert value(made, "mean-distance") == pytest.approx(other.average_path_length())


def test_all_directed_graphs_of_three_against_igraph() -> None:
    for made in all_graphs(3, directed=True):
        other = ig.Graph(3, [(int(e.source), int(e.target)) for e in made.edges], directed=True)
        _same_as_igraph(made, other)


@pytest.mark.parametrize("seed", range(8))
def test_directed_against_igraph(seed: int) -> None:
    made = random_net(seed, 12, 0.1 + seed * 0.06, directed=True)
    other = ig.Graph(12, [(int(e.source), int(e.target)) for e in made.edges], directed=True)
    _same_as_igraph(made, other)
    census = measure(made, "triad-census").values
    assert census == nx.triadic_census(made.to_networkx())
    assert list(census.values()) == [census[name] for name in census]


def _same_as_igraph(made: Network, other: Any) -> None:
    assert list((measure(made, "core-number").values or {}).values()) == other.coreness(mode="all")
    for mode in ("in", "out"):
        found = measure(made, "core-number", direction=mode).values or {}
        assert list(found.values()) == other.coreness(mode=mode)
    if other.ecount():
        assert value(made, "reciprocity") == pytest.approx(other.reciprocity())
    mutual, one, none = (
        other.dyad_census().as_tuple()
        if hasattr(other.dyad_census(), "as_tuple")
        else tuple(other.dyad_census())
    )
    assert dict(measure(made, "dyad-census").values or {}) == {
        "mutual": mutual,
        "asymmetric": one,
        "null": none,
    }


def test_three_reciprocities() -> None:
    made = net([(0, 1), (1, 0), (1, 2)], 4, directed=True)
    assert value(made, "reciprocity") == pytest.approx(2 / 3)
    assert value(made, "reciprocity", measure="dyadic") == pytest.approx(5 / 6)
    assert value(made, "reciprocity", measure="confirmation") == pytest.approx(1 / 2)
    assert measure(net([], 3, directed=True), "reciprocity").undefined == "no_ties"


def test_weak_transitivity_by_definition() -> None:
    made = random_net(3, 9, 0.35, directed=True)
    tied = {(e.source, e.target) for e in made.edges}
    paths = [(a, c) for a, b in tied for d, c in tied if b == d and a != c]
    expected = sum(pair in tied for pair in paths) / len(paths)
    assert value(made, "transitivity", kind="weak") == pytest.approx(expected)


def test_reach_and_distances() -> None:
    path = net([(0, 1), (1, 2), (2, 3)])
    assert value(path, "reach", steps=1) == pytest.approx(6 / 12)
    assert value(path, "reach", steps=2) == pytest.approx(10 / 12)
    assert dict(measure(path, "distances").values or {}) == {
        "1": 6,
        "2": 4,
        "3": 2,
        "unreachable": 0,
    }
    assert dict(measure(path, "distances", source="0").values or {}) == {
        "0": 0,
        "1": 1,
        "2": 2,
        "3": 3,
    }
    loose = measure(net([(0, 1)], 3), "diameter", unconnected="undefined")
    assert loose.undefined == "disconnected"


def test_multiplexity() -> None:
    made = Network.from_edges(
        [
            {"source": "a", "target": "b", "type": "advocacy"},
            {"source": "b", "target": "a", "type": "funding"},
            {"source": "b", "target": "c", "type": "funding"},
            {"source": "c", "target": "d"},
        ],
        directed=True,
    )
    found = measure(made, "multiplexity")
    assert found.value == 1.5 and found.values == {"mean_kinds": 1.5, "multiplex_share": 0.5}
    assert (found.n_used, found.n_eligible) == (2, 3)


def test_communities_repeat_and_are_good() -> None:
    first, second = measure(karate(), "communities"), measure(karate(), "communities")
    assert first.values == second.values and first.seed == 1
    assert float(first) == pytest.approx(0.41979, abs=2e-3)
    assert value(karate(), "modularity", groups=first.values) == pytest.approx(float(first))


@pytest.mark.parametrize("gamma", [0.0, -1.0, float("inf")])
def test_communities_need_a_resolution(gamma: float) -> None:
    with pytest.raises(BadParameter, match="above 0"):
        measure(karate(), "communities", gamma=gamma)


def test_modularity() -> None:
    assert value(karate(), "modularity", groups="club") == pytest.approx(0.358235, abs=1e-6)
    assert measure(net([], 3), "modularity", groups=["a", "b", "a"]).undefined == "no_ties"
    made = random_net(5, 10, 0.3, directed=True, weights=True)
    groups = {node: str(int(node) % 3) for node in made.nodes}
    parts = [{n for n in made.nodes if groups[n] == g} for g in "012"]
    for weight in ("weight", None):
        assert value(made, "modularity", groups=groups, weighted=bool(weight)) == pytest.approx(
            nx.community.modularity(made.to_networkx(), parts, weight=weight)
        )


@pytest.mark.parametrize(
    ("name", "few", "reason"),
    [
        ("density", 1, "too_few_actors"),
        ("degree-centralization", 2, "too_few_actors"),
        ("betweenness-centralization", 2, "too_few_actors"),
        ("isolates", 0, "empty_graph"),
        ("fragmentation", 1, "too_few_actors"),
        ("core-number", 0, "empty_graph"),
        ("communities", 0, "empty_graph"),
    ],
)
def test_too_small(name: str, few: int, reason: str) -> None:
    assert measure(net([], few), name).undefined == reason
    assert measure(net([], 0), name).undefined == "empty_graph"


WHOLE = (
    "density",
    "degree-centralization",
    "betweenness-centralization",
    "isolates",
    "fragmentation",
    "distance-fragmentation",
    "components",
    "reciprocity",
    "transitivity",
    "cut-points",
    "bridges",
    "core-periphery",
    "reach",
    "mean-distance",
)


@st.composite
def messy(draw: st.DrawFn) -> tuple[list[tuple[int, int]], int, bool]:
    n = draw(st.integers(3, 8))
    ends = st.integers(0, n - 1)
    return draw(st.lists(st.tuples(ends, ends), max_size=20)), n, draw(st.booleans())


@settings(max_examples=40, deadline=None)
@given(messy(), st.randoms(use_true_random=False))
def test_names_order_duplicates_and_loops_do_not_matter(
    case: tuple[list[tuple[int, int]], int, bool], rng: Any
) -> None:
    edges, n, directed = case
    base = net([e for e in dict.fromkeys(edges) if e[0] != e[1]], n, directed=directed)
    names = rng.sample(range(n), n)
    again = [(names[a], names[b]) for a, b in edges * 2] + [(names[0], names[0])]
    rng.shuffle(again)
    nodes = [str(i) for i in range(n)]
    rng.shuffle(nodes)
    other = net(again, nodes, directed=directed)  # type: ignore[arg-type]
    for name in WHOLE:
        first, second = measure(base, name), measure(other, name)
        assert first.undefined == second.undefined
        assert first.value == pytest.approx(second.value, abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(messy())
def test_an_isolate_changes_no_count_of_breaks(
    case: tuple[list[tuple[int, int]], int, bool],
) -> None:
    edges, n, directed = case
    base, wider = net(edges, n, directed=directed), net(edges, n + 1, directed=directed)
    for name in ("cut-points", "bridges"):
        assert value(base, name) == value(wider, name)
    assert value(wider, "fragmentation") >= value(base, "fragmentation") - 1e-12
    assert measure(wider, "core-number").values[str(n)] == 0  # type: ignore[index]


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "maximum", "minimum"])
@pytest.mark.parametrize("directed", [False, True])
def test_transitivity_with_weights_by_definition(mean: str, directed: bool) -> None:
    made = random_net(5, 9, 0.35, directed=directed, weights=True)
    tie = {(e.source, e.target): e.weight for e in made.edges}
    if not directed:
        tie |= {(b, a): w for (a, b), w in tie.items()}
    of = {
        "arithmetic": lambda x, y: (x + y) / 2,
        "geometric": lambda x, y: (x * y) ** 0.5,
        "maximum": max,
        "minimum": min,
    }[mean]
    every = closed = 0.0
    for a, v, b in itertools.permutations(made.nodes, 3):
        if (a, v) in tie and (v, b) in tie:
            every += of(tie[a, v], tie[v, b])
            closed += of(tie[a, v], tie[v, b]) if (a, b) in tie else 0.0
    kind = "weak" if directed else "global"
    assert value(made, "transitivity", kind=kind, mean=mean) == pytest.approx(closed / every)


def test_clustering_with_weights_against_igraph() -> None:
    made = random_net(6, 12, 0.35, weights=True)
    edges = [(int(e.source), int(e.target)) for e in made.edges]
    other = ig.Graph(12, edges).transitivity_local_undirected(
        weights=[e.weight for e in made.edges]
    )
    found = measure(made, "clustering", weighted=True).values or {}
    assert [x for x in found.values() if x is not None] == pytest.approx(
        [x for x in other if x == x]
    )


def test_krackhardt_of_a_chain_of_command() -> None:
    tree = net([(0, 1), (0, 2), (1, 3), (1, 4)], directed=True)
    found = measure(tree, "krackhardt").values or {}
    assert dict(found) == {"connectedness": 1, "hierarchy": 1, "efficiency": 1}
    assert measure(karate(), "krackhardt").value == 0
    assert measure(net([], 3), "krackhardt").undefined == "no_ties"


def test_components_against_networkx() -> None:
    for seed in range(20):
        made = random_net(seed, 25, 0.05, directed=seed % 2 == 1)
        parts = list(nx.weakly_connected_components(nx.DiGraph(made.to_networkx())))
        found = component_sizes(graph_of(made)).tolist()
        assert found == sorted(map(len, parts), reverse=True)


def test_numbers_of_communities_have_no_bounds() -> None:
    ties = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    rows = [{"source": a, "target": b} for a, b in ties]
    rows += [{"source": "g", "target": end, "state": "unobserved"} for end in "ad"]
    made = Network.from_edges(rows, nodes="abcdefg", model=MODEL)
    found = made.metric("network:communities")
    assert found.interval and not found.bounds and set(found.values.values()) == {None}
    assert found.notes["together_in_all"] == (("a", "b", "c"), ("d", "e", "f"))
    with pytest.raises(BadParameter, match="only number groups"):
        measure(made, "null", metric="communities", entry="a")
    certain = Network.from_edges([*rows[:6], {**rows[0], "state": "unobserved"}], model=MODEL)
    assert certain.metric("network:communities").values == {
        **dict.fromkeys("abc", 0),
        **dict.fromkeys("def", 1),
    }


@pytest.mark.parametrize(
    "name", ["betweenness", "everett-valente", "brokering", "cut-points", "triad-census"]
)
def test_who_stands_between_others_needs_two_others(name: str) -> None:
    few = Network.from_edges([("a", "b")]).metric(f"network:{name}")
    assert few.undefined == "too_few_actors"
    assert "needs 3 actors, not 2" in few.why
    alone = Network.from_edges([], nodes=["a", "b", "c"]).metric(f"network:{name}")
    assert alone.defined
