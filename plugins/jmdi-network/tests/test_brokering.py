"""Brokerage of Everett & Valente and of Hamilton, Hileman & Bodin, by hand and pair by pair."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from network_helpers import measure, net, random_net


def test_everett_valente_by_hand() -> None:
    """The centre of a star joins as many as it has ties; on a path it is (2 b + n - 1) / 2."""
    star = net([(0, i) for i in range(1, 5)])
    assert dict(measure(star, "everett-valente").values or {}) == {
        "0": pytest.approx((2 * 6 + 4) / 4),
        **{str(i): 0 for i in range(1, 5)},
    }
    path = net([(0, 1), (1, 2), (2, 3)])
    assert (measure(path, "everett-valente").values or {})["1"] == pytest.approx((2 * 2 + 3) / 2)
    line = net([(0, 1), (1, 2), (3, 1)], directed=True)
    found = {d: measure(line, "everett-valente", direction=d).values or {} for d in ("in", "out")}
    assert found["in"]["1"] == (2 + 2) / 2 and found["out"]["1"] == (2 + 1) / 1
    assert (measure(line, "everett-valente").values or {})["1"] == 2.5


@pytest.mark.parametrize("seed", range(6))
def test_everett_valente_against_networkx(seed: int) -> None:
    made = random_net(seed, 9, 0.25, directed=True)
    graph = nx.DiGraph()
    graph.add_nodes_from(made.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in made.edges)
    between = nx.betweenness_centrality(graph, normalized=False)
    found = measure(made, "everett-valente").values or {}
    for node in made.nodes:
        if between[node] == 0:
            assert found[node] == 0
            continue
        into = (between[node] + len(nx.ancestors(graph, node))) / graph.in_degree(node)
        out = (between[node] + len(nx.descendants(graph, node))) / graph.out_degree(node)
        assert found[node] == pytest.approx((into + out) / 2)


def test_brokering_by_hand() -> None:
    """0 and 3 both join 1 and 2, so that nobody does alone; 1 alone joins 4 to 0 and to 3."""
    made = net([(0, 1), (0, 2), (3, 1), (3, 2), (1, 4)])
    found = measure(made, "brokering").values or {}
    assert dict(found["0"]) == {"activity": 2, "exclusivity": 0}
    assert dict(found["1"]) == {"activity": 6, "exclusivity": 4}
    some = measure(made, "brokering", groups=["a", "a", "b", "a", None]).values or {}
    assert dict(some["0"]) == {"activity": 2, "exclusivity": 0}
    assert dict(some["1"]) == {"activity": 0, "exclusivity": 0}


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_brokering_pair_by_pair(seed: int, directed: bool) -> None:
    made = random_net(seed, 9, 0.3, directed=directed)
    ties = {(edge.source, edge.target) for edge in made.edges}
    ties |= set() if directed else {(b, a) for a, b in ties}
    group = {node: int(node) % 3 for node in made.nodes}
    found = measure(made, "brokering", groups=group).values or {}
    activity, exclusivity = dict.fromkeys(made.nodes, 0), dict.fromkeys(made.nodes, 0)
    for a, b in itertools.permutations(made.nodes, 2):
        if (a, b) in ties or group[a] == group[b]:
            continue
        brokers = [v for v in made.nodes if (a, v) in ties and (v, b) in ties]
        for v in brokers:
            activity[v] += 1
            exclusivity[v] += len(brokers) == 1
    assert {node: row["activity"] for node, row in found.items()} == activity
    assert {node: row["exclusivity"] for node, row in found.items()} == exclusivity


def test_activity_is_the_total_of_gould_and_fernandez() -> None:
    made = random_net(2, 10, 0.3, directed=True)
    roles = measure(made, "brokerage", groups=["a"] * 10).values or {}
    found = measure(made, "brokering").values or {}
    assert [row["activity"] for row in found.values()] == [row["total"] for row in roles.values()]
