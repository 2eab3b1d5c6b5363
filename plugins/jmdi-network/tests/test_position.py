from __future__ import annotations

import random
from itertools import combinations

import igraph as ig
import networkx as nx
import pytest
from network_helpers import karate, measure, net, random_net

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network.arrays import graph_of


def column(made: Network, name: str, **parameters: object) -> list[float]:
    return list((measure(made, name, **parameters).values or {}).values())


def igraph_of(made: Network) -> ig.Graph:
    other = ig.Graph(
        len(made), [(int(e.source), int(e.target)) for e in made.edges], directed=made.directed
    )
    other.es["weight"] = [e.weight for e in made.edges]
    return other


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_against_igraph(seed: int, directed: bool) -> None:
    made = random_net(seed, 14, 0.22, directed=directed, weights=True)
    other = igraph_of(made)
    assert column(made, "degree") == other.degree()
    assert column(made, "strength") == other.strength(weights="weight")
    assert column(made, "betweenness") == pytest.approx(other.betweenness())
    lengths = [graph_of(made).weight.mean() / e.weight for e in made.edges]
    assert column(made, "betweenness", length="inverse") == pytest.approx(
        other.betweenness(weights=lengths)
    )
    assert column(made, "harmonic") == pytest.approx(other.harmonic_centrality(mode="out"))
    assert column(made, "harmonic", length="inverse", direction="in") == pytest.approx(
        other.harmonic_centrality(mode="in", weights=lengths)
    )
    assert column(made, "pagerank", tolerance=1e-14) == pytest.approx(
        other.pagerank(weights="weight"), abs=1e-8
    )
    raised = graph_of(made).weight ** 0.5
    assert column(made, "betweenness", length="inverse", alpha=0.5) == pytest.approx(
        other.betweenness(weights=(raised.mean() / raised).tolist())
    )
    local = other.transitivity_local_undirected(mode="nan") if not directed else None
    if local:
        mine = column(made, "clustering")
        assert [x if x is not None else -1 for x in mine] == pytest.approx(
            [x if x == x else -1 for x in local]
        )


def test_closeness_against_networkx() -> None:
    made = random_net(4, 15, 0.12, directed=True)
    expected = nx.closeness_centrality(made.to_networkx().reverse())
    mine = measure(made, "closeness", unconnected="scaled").values or {}
    for node, score in expected.items():
        assert (mine[node] or 0.0) == pytest.approx(score)
    whole = karate()
    expected = nx.closeness_centrality(whole.to_networkx())
    assert measure(whole, "closeness").values == pytest.approx(expected)
    assert measure(made, "closeness").notes["undefined_actors"]["disconnected"] > 0


@pytest.mark.parametrize("normalized", [False, True])
def test_closeness_is_one_where_all_are_reached(normalized: bool) -> None:
    whole = karate()
    plain = measure(whole, "closeness", normalized=normalized)
    for unconnected in ("component", "scaled", "zero"):
        found = measure(whole, "closeness", normalized=normalized, unconnected=unconnected)
        assert found.values == pytest.approx(plain.values)
    apart = measure(net([(0, 1)], 3), "closeness", normalized=normalized, unconnected="scaled")
    assert (apart.values or {})["0"] == pytest.approx(1 / 2)  # one of two others, at distance 1
    assert "times how many it reaches" in apart.convention


def test_eigenvector_against_igraph() -> None:
    assert column(karate(), "eigenvector") == pytest.approx(
        igraph_of(karate()).eigenvector_centrality()
    )
    cycle = net([(0, 1), (1, 2)], directed=True)
    assert measure(cycle, "eigenvector").undefined == "zero_denominator"
    big = random_net(1, 420, 0.02)
    assert column(big, "eigenvector") == pytest.approx(
        igraph_of(big).eigenvector_centrality(), abs=1e-8
    )
    two = net([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)])
    assert measure(two, "eigenvector").undefined == "disconnected"
    assert measure(two, "eigenvector", weighted=True).undefined == "disconnected"


def test_eigenvector_that_numbers_alone_would_miss() -> None:
    rng = random.Random(1)
    order = rng.sample(range(600), 600)
    ties = [(order[a], order[b]) for a, b in combinations(range(600), 2) if rng.random() < 0.01]
    assert measure(net(ties, 600, directed=True), "eigenvector").undefined == "zero_denominator"
    pairs = net([(0, 1), (1, 0), (1, 2), (2, 3), (3, 2)], directed=True)
    assert measure(pairs, "eigenvector").undefined == "disconnected"


def test_pagerank_that_does_not_settle_is_undefined() -> None:
    made = net([(0, 1), (1, 2), (2, 0), (2, 3), (3, 0)], 300, directed=True)
    found = measure(made, "pagerank", tolerance=0.0)
    assert found.undefined == "network:not_converged" and "tolerance" in found.why


def test_strength_with_alpha_lies_between() -> None:
    made = net([(0, 1, 4), (0, 2, 2)])
    assert column(made, "strength", alpha=0.5)[0] == pytest.approx((2 * 6) ** 0.5)
    assert column(made, "strength", alpha=0) == [2, 1, 1]


def test_lengths_must_be_named_and_known() -> None:
    made = Network.from_edges(
        [{"source": "a", "target": "b", "km": 2.0}, {"source": "b", "target": "c"}]
    )
    with pytest.raises(BadParameter, match="km"):
        measure(made, "betweenness", length="km")
    with pytest.raises(BadParameter, match="no attribute"):
        measure(made, "betweenness", length="miles")
    full = Network.from_edges(
        [
            {"source": "a", "target": "b", "km": 2.0},
            {"source": "b", "target": "c", "km": 2.0},
            {"source": "a", "target": "c", "km": 5.0},
        ]
    )
    assert column(full, "betweenness", length="km") == [0, 1, 0]
    assert column(full, "betweenness") == [0, 0, 0]


def test_degrees_can_be_normalized_and_directed() -> None:
    made = net([(0, 1), (1, 0), (0, 2)], directed=True)
    assert column(made, "degree") == [3, 2, 1]
    assert column(made, "degree", direction="out", normalized=True) == [1.0, 0.5, 0.0]


def test_directed_stars_and_what_an_actor_without_a_path_has() -> None:
    star = net([(0, i) for i in range(1, 5)], directed=True)
    assert measure(star, "closeness-centralization").undefined == "disconnected"
    zero = measure(star, "closeness-centralization", unconnected="zero")
    assert zero.value == pytest.approx(5 / 4)
    assert measure(star, "closeness-centralization", variant="harmonic").value == 1
    found = measure(star, "closeness", unconnected="zero").values or {}
    assert dict(found) == {"0": 1, "1": 0, "2": 0, "3": 0, "4": 0}
    assert dict(measure(star, "eccentricity").values or {}) == {
        "0": 1,
        "1": 0,
        "2": 0,
        "3": 0,
        "4": 0,
    }


def test_eigenvector_by_sent_ties_is_that_of_the_reverse() -> None:
    made = random_net(8, 9, 0.4, directed=True)
    back = net([(e.target, e.source) for e in made.edges], 9, directed=True)
    assert dict(measure(made, "eigenvector", direction="out").values or {}) == pytest.approx(
        dict(measure(back, "eigenvector").values or {})
    )
