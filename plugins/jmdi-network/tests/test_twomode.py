from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction

import attrs
import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from network_helpers import measure, net, random_net, value

import jmdi_network
from jmdi.errors import BadParameter, ModelError
from jmdi.graph.network import Network
from jmdi_network import disparity_backbone, fdsm_backbone, onto, sdsm_backbone
from jmdi_network.projections.backbone import (
    _exact_tail,
    _poisson_binomial,
    _refined_normal,
    adjusted,
    bicm,
)


def davis() -> Network:
    return Network.from_networkx(nx.davis_southern_women_graph())


def random_two(seed: int, rows: int = 6, columns: int = 7, p: float = 0.4) -> Network:
    rng = random.Random(seed)
    graph = nx.Graph()
    graph.add_nodes_from((f"a{i}" for i in range(rows)), bipartite=0)
    graph.add_nodes_from((f"i{j}" for j in range(columns)), bipartite=1)
    for i, j in itertools.product(range(rows), range(columns)):
        if rng.random() < p:
            graph.add_edge(f"a{i}", f"i{j}")
    return Network.from_networkx(graph)


def test_davis() -> None:
    made = davis()
    assert (made.mode or ()).count(0) == 18 and made.n_edges == 89
    assert value(made, "bipartite-density") == pytest.approx(0.353175, abs=1e-6)
    newman = onto(made, weight="newman")
    weights = {(e.source, e.target): e.weight for e in newman.edges}
    assert weights["Evelyn Jefferson", "Laura Mandeville"] == pytest.approx(1.562637, abs=1e-6)


def test_projections_by_definition_and_with_what_is_shared() -> None:
    made = davis()
    graph = made.to_networkx()
    women = [n for n, m in zip(made.nodes, made.mode or (), strict=True) if m == 0]
    for weight in ("count", "newman", "hyperbolic", "jaccard"):
        projected = onto(made, weight=weight)
        for place, edge in enumerate(projected.edges):
            a, b = set(graph[edge.source]), set(graph[edge.target])
            shared = a & b
            assert set(projected.edge_attributes["shared"][place]) == shared
            expected = {
                "count": len(shared),
                "newman": sum(1 / (len(graph[e]) - 1) for e in shared),
                "hyperbolic": sum(1 / len(graph[e]) for e in shared),
                "jaccard": len(shared) / len(a | b),
            }[weight]
            assert edge.weight == pytest.approx(expected)
        assert projected.nodes == tuple(women)
        pairs = itertools.combinations(women, 2)
        assert projected.n_edges == sum(bool(set(graph[a]) & set(graph[b])) for a, b in pairs)


@pytest.mark.parametrize("seed", range(5))
def test_newmans_strength_is_the_number_of_initiatives_with_others(seed: int) -> None:
    made = random_two(seed)
    graph = made.to_networkx()
    strength = measure(onto(made, weight="newman"), "strength").values or {}
    for node, found in strength.items():
        assert found == pytest.approx(sum(len(graph[e]) > 1 for e in graph[node]))


@pytest.mark.parametrize("seed", range(5))
def test_redundancy_against_networkx(seed: int) -> None:
    made = random_two(seed)
    graph = made.to_networkx()
    for node, found in (measure(made, "redundancy").values or {}).items():
        if len(graph[node]) < 2:
            assert found is None
        else:
            assert found == pytest.approx(nx.bipartite.node_redundancy(graph, [node])[node])


def test_one_mode_is_not_two() -> None:
    found = measure(net([(0, 1)]), "bipartite-density")
    assert found.not_applicable and "one mode" in found.why
    with pytest.raises(ModelError):
        onto(net([(0, 1)]))
    with pytest.raises(BadParameter, match="mode is 0 or 1"):
        onto(net([(0, 1)]), mode=2)


@pytest.mark.parametrize("directed", [False, True])
def test_disparity_by_definition(directed: bool) -> None:
    made = random_net(6, 9, 0.4, directed=directed, weights=True)
    graph = made.to_networkx()

    def tail(weights: list[float], w: float) -> float:
        return (1 - w / sum(weights)) ** (len(weights) - 1) if len(weights) > 1 else 1.0

    found = measure(made, "disparity").values or {}
    edges = sorted(graph.edges(data="weight"), key=lambda e: sorted_pair(e, directed))
    for (a, b, w), p in zip(edges, found.values(), strict=True):
        if directed:
            ends = (
                [x for _, _, x in graph.out_edges(a, data="weight")],
                [x for _, _, x in graph.in_edges(b, data="weight")],
            )
        else:
            ends = tuple([x for _, _, x in graph.edges(v, data="weight")] for v in (a, b))
        assert p == pytest.approx(min(tail(end, w) for end in ends))
    kept = disparity_backbone(made, alpha=0.2)
    assert kept.n_edges == sum(p < 0.2 for p in found.values())
    assert len(kept) == len(made) and max(kept.edge_attributes["p"]) < 0.2


def sorted_pair(edge: tuple[str, str, float], directed: bool) -> tuple[int, int]:
    a, b = int(edge[0]), int(edge[1])
    return (a, b) if directed else (min(a, b), max(a, b))


def test_a_leaf_is_never_kept_by_its_own_end() -> None:
    made = net([(0, 1, 5)])
    assert list((measure(made, "disparity").values or {}).values()) == [1.0]


@pytest.mark.parametrize("seed", range(8))
def test_bicm_has_the_degrees(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.random((7, 9)) < 0.1 + 0.1 * seed
    p = bicm(matrix.sum(axis=1), matrix.sum(axis=0))
    assert p.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)
    assert p.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)
    assert (p >= 0).all() and (p <= 1).all()


def test_poisson_binomial() -> None:
    p = np.array([0.2, 0.5, 0.9])
    exact = [0.0] * 4
    for bits in itertools.product((0, 1), repeat=3):
        exact[sum(bits)] += math.prod(q if b else 1 - q for q, b in zip(p, bits, strict=True))
    assert _poisson_binomial(p, 9) == pytest.approx(exact)
    assert _poisson_binomial(p, 1) == pytest.approx(exact[:2])
    tails = [sum(exact[k:]) for k in range(4)]
    assert _exact_tail(p, np.arange(4)) == pytest.approx(tails)


def one_by_one(p: list[float], counts: list[int]) -> list[Fraction]:
    """P(at least as many successes), a trial at a time, in fractions."""
    chances = [Fraction(1)]
    for q in map(Fraction, p):
        longer = [*chances, Fraction(0)]
        chances = [
            (1 - q) * here + q * below
            for here, below in zip(longer, [Fraction(0), *chances], strict=True)
        ]
    return [sum(chances[k:], Fraction(0)) for k in counts]


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 1e-9, 0.01, 0.3, 0.5, 0.999, 1.0]), st.integers(1, 40)),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_the_exact_tail_is_that_of_fractions_however_small(
    groups: list[tuple[float, int]], data: st.DataObject
) -> None:
    p = [chance for chance, times in groups for _ in range(times)]
    counts = data.draw(st.lists(st.integers(0, len(p)), min_size=1, max_size=3))
    found = _exact_tail(np.array(p), np.array(counts))
    for mine, right in zip(found.tolist(), one_by_one(p, counts), strict=True):
        assert mine == pytest.approx(float(right), rel=1e-9, abs=1e-300)


def test_sdsm_keeps_pairs_that_share_much() -> None:
    graph = nx.Graph()
    for i, j in itertools.product(range(3), range(10)):
        graph.add_edge(f"a{i}", f"i{j}")
    for i, j in itertools.product(range(3, 9), range(10, 40)):
        if (i + j) % 6 < 2:
            graph.add_edge(f"a{i}", f"i{j}")
    nx.set_node_attributes(graph, {n: int(n[0] == "i") for n in graph}, "bipartite")
    made = Network.from_networkx(graph)
    kept = sdsm_backbone(made, alpha=0.01, correction="fdr")
    pairs = {frozenset((e.source, e.target)) for e in kept.edges}
    assert {frozenset(p) for p in itertools.combinations(("a0", "a1", "a2"), 2)} <= pairs
    assert len(kept.edge_attributes["shared"][0]) == 10
    assert kept.notes["pairs"] == 36
    strict = sdsm_backbone(made, alpha=0.01, correction="bonferroni")
    assert strict.n_edges <= kept.n_edges


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(0, 5))
def test_corrections(values: list[float], more: int) -> None:
    p = np.array(values)
    tests = len(p) + more
    bonferroni, holm, fdr = (adjusted(p, c, tests) for c in ("bonferroni", "holm", "fdr"))
    assert (p <= fdr + 1e-12).all() and (fdr <= holm + 1e-12).all()
    assert (holm <= bonferroni + 1e-12).all() and (bonferroni <= 1).all()
    full = np.append(p, np.ones(more))
    for name in ("holm", "fdr"):
        assert adjusted(p, name, tests) == pytest.approx(adjusted(full, name)[: len(p)])


def test_corrections_by_scipy() -> None:
    from scipy.stats import false_discovery_control

    p = np.array([0.001, 0.02, 0.03, 0.04, 0.5])
    assert adjusted(p, "fdr") == pytest.approx(false_discovery_control(p))
    assert adjusted(p, "holm") == pytest.approx([0.005, 0.08, 0.09, 0.09, 0.5])


def two_modes_of(rows: list[str]) -> Network:
    """A network of actors by initiatives, from rows of 0 and 1."""
    nodes = [f"a{i}" for i in range(len(rows))] + [f"i{j}" for j in range(len(rows[0]))]
    cells = [
        (i, len(rows) + j) for i, row in enumerate(rows) for j, x in enumerate(row) if x == "1"
    ]
    mode = [0] * len(rows) + [1] * len(rows[0])
    return Network("two", nodes, [i for i, _ in cells], [j for _, j in cells], mode=mode)


def test_fdsm_against_all_matrices_with_these_margins() -> None:
    rows = ["1100", "1010", "0111", "1001"]
    made = two_modes_of(rows)
    sums = [row.count("1") for row in rows]
    columns = [sum(row[j] == "1" for row in rows) for j in range(4)]
    every = [
        [set(row) for row in chosen]
        for chosen in itertools.product(*(itertools.combinations(range(4), k) for k in sums))
        if [sum(j in row for row in chosen) for j in range(4)] == columns
    ]
    assert len(every) > 3
    observed = [{j for j, x in enumerate(row) if x == "1"} for row in rows]
    found = measure(made, "fdsm", draws=4000, seed=2)
    for name, p in (found.values or {}).items():
        i, j = (int(end[1:]) for end in name.split(" – "))
        share = len(observed[i] & observed[j])
        exact = np.mean([len(state[i] & state[j]) >= share for state in every])
        assert p == pytest.approx(exact, abs=0.04)
    one, two = (measure(made, "fdsm", draws=50, workers=w) for w in (1, 2))
    assert attrs.evolve(one, parameters={}) == attrs.evolve(two, parameters={})
    kept = fdsm_backbone(made, alpha=0.9, draws=200)
    assert 0 < kept.n_edges < 7 and kept.notes["method"] == "FDSM"
    assert measure(two_modes_of(["10", "01"]), "fdsm", draws=5).undefined == "no_ties"


def test_the_refined_normal_tail_is_near_the_exact_one() -> None:
    p = np.random.default_rng(1).random(80)
    every = np.arange(81)
    exact, near = _exact_tail(p, every), _refined_normal(p, every)
    assert near == pytest.approx(exact, abs=2e-3)
    sure = np.array([1.0, 1.0, 0.0])
    assert (_refined_normal(sure, np.arange(4)) == [1, 1, 1, 0]).all()
    made = two_modes_of(["110010", "101010", "011101", "100111"])
    one = measure(made, "sdsm").values or {}
    two = measure(made, "sdsm", tail="refined-normal").values or {}
    assert dict(one) == pytest.approx(dict(two), abs=0.05) and dict(one) != dict(two)


def test_pairs_within_a_mode_cannot_be_tied() -> None:
    plain = Network.from_edges([("a", "p"), ("b", "p"), ("b", "q")], nodes=["a", "b", "c"])
    made = Network("two", plain.nodes, plain.source, plain.target, mode=[0, 0, 0, 1, 1])
    assert dict(measure(made, "observation").values or {})["absent"] == 3
    groups = {"a": "x", "b": "x", "c": "y", "p": "x", "q": "y"}
    blocks = measure(made, "mixing", groups=groups).values or {}
    assert {name: (block["ties"], block["pairs"]) for name, block in blocks.items()} == {
        "x – x": (2, 2),
        "x – y": (1, 3),
        "y – y": (0, 1),
    }
    later = Network("two", plain.nodes, plain.source[:2], plain.target[:2], mode=made.mode)
    assert value(later, "change", measure="formation", other=made) == 1 / 4
    assert "(density of two modes 0.5)" in jmdi_network.methods_statement(made)


def test_normalized_positions_know_of_two_modes() -> None:
    plain = Network.from_edges([("a", "p"), ("b", "p"), ("b", "q")], nodes=["a", "b", "c"])
    made = Network("two", plain.nodes, plain.source, plain.target, mode=[0, 0, 0, 1, 1])
    graph = made.to_networkx()
    found = dict(measure(made, "degree", normalized=True).values or {})
    assert found == pytest.approx(nx.bipartite.degree_centrality(graph, ["a", "b", "c"]))
    with pytest.raises(BadParameter, match="onto"):
        measure(made, "betweenness", normalized=True)


@given(st.lists(st.sampled_from("01?"), min_size=12, max_size=12))
def test_what_is_not_known_of_two_modes_stays_unknown_in_one(states: list[str]) -> None:
    pairs = list(itertools.product("abcd", "xyz"))
    unsure = [pair for pair, state in zip(pairs, states, strict=True) if state == "?"]
    assume(len(unsure) <= 6)
    sure = [pair for pair, state in zip(pairs, states, strict=True) if state == "1"]

    def two_mode(edges: list[tuple[str, str]], unseen: list[tuple[str, str]]) -> Network:
        place = {id: k for k, id in enumerate("abcdxyz")}
        source, target = [place[a] for a, _ in edges], [place[x] for _, x in edges]
        unobserved = [(place[a], place[x]) for a, x in unseen]
        mode = [0] * 4 + [1] * 3
        return Network("two", place, source, target, mode=mode, unobserved=unobserved)

    for weight in ("count", "newman", "hyperbolic", "jaccard"):
        made = onto(two_mode(sure, unsure), weight=weight)
        tied: dict[frozenset[str], set[float | None]] = {}
        filled = list(itertools.product((False, True), repeat=len(unsure)))
        for bits in filled:
            more = [pair for pair, there in zip(unsure, bits, strict=True) if there]
            for edge in onto(two_mode(sure + more, []), weight=weight).edges:
                pair = frozenset((edge.source, edge.target))
                tied.setdefault(pair, set()).add(edge.weight)
        unseen = {frozenset((made.nodes[i], made.nodes[j])) for i, j in made.unobserved}
        known = {frozenset((edge.source, edge.target)): edge.weight for edge in made.edges}
        assert known.keys() | unseen == tied.keys() and not known.keys() & unseen
        for pair, weight_ in known.items():
            if weight_ is not None:
                assert {round(float(w or 0), 9) for w in tied[pair]} == {round(weight_, 9)}
            else:
                assert len({round(float(w or 0), 9) for w in tied[pair]}) > 1 or weight == "jaccard"
