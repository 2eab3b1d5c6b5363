from __future__ import annotations

import itertools
import math
from statistics import fmean, pstdev

import igraph as ig
import networkx as nx
import pytest
from network_helpers import all_graphs, karate, measure, net, random_net

from jmdi.graph.network import Network

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def roles_by_definition(made: Network, groups: dict[str, str]) -> dict[str, list[int]]:
    tied = {(e.source, e.target) for e in made.edges}
    if not made.directed:
        tied |= {(b, a) for a, b in tied}
    found = {node: [0] * 5 for node in made.nodes}
    for a, v, b in itertools.permutations(made.nodes, 3):
        if (a, v) in tied and (v, b) in tied and (a, b) not in tied:
            x, y, z = groups[a], groups[v], groups[b]
            if x == y == z:
                role = 0
            elif x == z:
                role = 1
            elif y == z:
                role = 2
            elif x == y:
                role = 3
            else:
                role = 4
            found[v][role] += 1
    return found


def test_karate_by_club() -> None:
    whole = measure(karate(), "brokerage", groups="club", level="network").values or {}
    assert [whole[name]["count"] for name in ROLES] == [510, 20, 128, 128, 0]
    nodes = measure(karate(), "brokerage", groups="club").values or {}
    assert [nodes["0"][name] for name in ROLES] == [174, 0, 15, 15, 0]
    assert [nodes["33"][name] for name in ROLES] == [156, 6, 40, 40, 0]


@pytest.mark.parametrize("directed", [False, True])
def test_all_graphs_by_definition(directed: bool) -> None:
    for made in all_graphs(4, directed=directed)[:: 9 if directed else 1]:
        groups = dict(zip(made.nodes, "aabc", strict=True))
        found = measure(made, "brokerage", groups=groups).values or {}
        for node, expected in roles_by_definition(made, groups).items():
            assert [found[node][name] for name in ROLES] == expected


@pytest.mark.parametrize("directed", [False, True])
def test_moments_against_all_networks_of_as_many_ties(directed: bool) -> None:
    pairs = list((itertools.permutations if directed else itertools.combinations)(range(5), 2))
    ties = 3 if directed else 5
    groups = list("aabbc")
    every = [net(chosen, 5, directed=directed) for chosen in itertools.combinations(pairs, ties)]
    tables = [
        measure(made, "brokerage", groups=groups, level="network").values or {}
        for made in every[:1]
    ]
    by = dict(zip(map(str, range(5)), groups, strict=True))
    counted = [roles_by_definition(made, by) for made in every]
    for place, name in enumerate(ROLES):
        drawn = [sum(rows[place] for rows in one.values()) for one in counted]
        assert tables[0][name]["expected"] == pytest.approx(fmean(drawn))
        assert tables[0][name]["sd"] == pytest.approx(pstdev(drawn), abs=1e-6)
    totals = [sum(map(sum, one.values())) for one in counted]
    assert tables[0]["total"]["expected"] == pytest.approx(fmean(totals))
    assert tables[0]["total"]["sd"] == pytest.approx(pstdev(totals))
    nodes = measure(every[0], "brokerage", groups=groups).values or {}
    for node in ("0", "4"):
        drawn = [sum(one[node]) for one in counted]
        assert nodes[node]["total_expected"] == pytest.approx(fmean(drawn))
        if nodes[node]["total_z"] is not None:
            z = (nodes[node]["total"] - fmean(drawn)) / pstdev(drawn)
            assert nodes[node]["total_z"] == pytest.approx(z)


def test_exact_expectation_and_that_of_sna() -> None:
    made = net([(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)], directed=True)
    groups = list("aabb")
    exact = (measure(made, "brokerage", groups=groups).values or {})["0"]
    assert exact["total_expected"] == pytest.approx(0.636364, abs=1e-6)
    assert exact["gatekeeper_expected"] == pytest.approx(0.212121, abs=1e-6)
    sna = (measure(made, "brokerage", groups=groups, null="bernoulli").values or {})["0"]
    assert sna["total_expected"] == pytest.approx(0.607639, abs=1e-6)
    assert sna["gatekeeper_expected"] == pytest.approx(0.202546, abs=1e-6)


def test_p_by_simulation() -> None:
    made = random_net(2, 9, 0.3, directed=True)
    found = measure(made, "brokerage", groups=list("aaabbbccc"), level="network", draws=50)
    assert found.seed == 1
    for row in (found.values or {}).values():
        assert 0 < row["p"] <= 1


def test_division_among_alternative_brokers() -> None:
    made = net([("a", "x"), ("a", "y"), ("x", "b"), ("y", "b")], "axyb", directed=True)
    found = measure(made, "brokerage", groups=list("gggg"), divided=True).values or {}
    assert found["x"]["coordinator"] == found["y"]["coordinator"] == 0.5


def test_unknown_groups_are_left_out_and_counted() -> None:
    made = net([(0, 1), (1, 2)])
    found = measure(made, "brokerage", groups={"0": "a", "1": "a"})
    assert found.notes["triples_of_unknown_group"] == 2
    assert found.values is not None and found.values["2"] is None
    assert found.values["1"]["total"] == 0


@pytest.mark.parametrize(
    ("made", "node", "expected"),
    [
        (net(itertools.combinations(range(3), 2)), "0", 1.125),
        (net(itertools.combinations(range(4), 2)), "0", 0.925926),
        (net(itertools.combinations(range(5), 2)), "0", 0.765625),
        (net([(0, 1), (0, 2), (0, 3), (0, 4)]), "0", 0.25),
        (net([(0, 1), (0, 2), (0, 3), (0, 4)]), "1", 1.0),
    ],
)
def test_constraint(made: Network, node: str, expected: float) -> None:
    found = measure(made, "constraint").values or {}
    assert found[node] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_constraint_against_igraph_and_effective_size_by_definition(
    seed: int, directed: bool, weighted: bool
) -> None:
    made = random_net(seed, 10, 0.25, directed=directed, weights=True)
    edges = [(int(e.source), int(e.target)) for e in made.edges]
    other = ig.Graph(10, edges, directed=directed)
    expected = other.constraint(weights=[e.weight for e in made.edges] if weighted else None)
    found = measure(made, "constraint", weighted=weighted).values or {}
    for score, other_score in zip(found.values(), expected, strict=True):
        if score is None:
            assert math.isnan(other_score)
        else:
            assert score == pytest.approx(other_score)
    sizes = measure(made, "effective-size", weighted=weighted).values or {}
    for node, size in sizes.items():
        assert size == (
            None if found[node] is None else pytest.approx(by_definition(made, node, weighted))
        )


def by_definition(made: Network, node: str, weighted: bool) -> float:
    tie: dict[tuple[str, str], float] = {}
    for e in made.edges:
        for pair in ((e.source, e.target), (e.target, e.source)):
            tie[pair] = tie.get(pair, 0.0) + (e.weight if weighted else 1)
    contacts = [b for a, b in tie if a == node]
    strength = sum(tie[node, j] for j in contacts)
    size = 0.0
    for j in contacts:
        strongest = max(w for (a, _), w in tie.items() if a == j)
        size += 1 - sum(
            tie[node, q] / strength * tie.get((j, q), 0.0) / strongest for q in contacts if q != j
        )
    return size


def test_effective_size_without_weights_is_borgattis() -> None:
    made = karate()
    assert measure(made, "effective-size").values == pytest.approx(
        nx.effective_size(made.to_networkx())
    )
    sizes = measure(made, "effective-size").values or {}
    for node, share in (measure(made, "efficiency").values or {}).items():
        assert share == pytest.approx(sizes[node] / made.degree()[node])


def test_hierarchy() -> None:
    equal = net(itertools.combinations(range(4), 2))
    assert (measure(equal, "hierarchy").values or {})["0"] == pytest.approx(0, abs=1e-12)
    leaf = measure(net([(0, 1)]), "hierarchy")
    assert leaf.undefined == "zero_denominator"
    assert all(
        0 <= x <= 1 for x in (measure(karate(), "hierarchy").values or {}).values() if x is not None
    )


def gefura_by_definition(made: Network, groups: dict[str, str]) -> dict[str, float]:
    graph = made.to_networkx()
    scores = dict.fromkeys(made.nodes, 0.0)
    for s, t in itertools.combinations(made.nodes, 2):
        if groups[s] != groups[t] and nx.has_path(graph, s, t):
            paths = list(nx.all_shortest_paths(graph, s, t))
            for path in paths:
                for v in path[1:-1]:
                    scores[v] += 1 / len(paths)
    return scores


@pytest.mark.parametrize("seed", range(4))
def test_gefura_by_definition(seed: int) -> None:
    made = random_net(seed, 11, 0.2)
    groups = {node: "abc"[int(node) % 3] for node in made.nodes}
    found = measure(made, "gefura", groups=groups).values or {}
    assert dict(found) == pytest.approx(gefura_by_definition(made, groups))
    alone = {node: node for node in made.nodes}
    betweenness = measure(made, "betweenness").values
    assert measure(made, "gefura", groups=alone).values == pytest.approx(betweenness)
    local = measure(made, "gefura", groups=groups, scope="local").values or {}
    assert all(local[v] <= found[v] + 1e-9 for v in made.nodes)
    shares = measure(made, "gefura", groups=groups, normalized=True).values or {}
    assert all(0 <= x <= 1 + 1e-9 for x in shares.values())


def test_gefura_needs_two_groups() -> None:
    assert measure(net([(0, 1)]), "gefura", groups=["a", "a"]).undefined == "single_category"


def test_sd_of_each_actor_is_that_of_snas_formula() -> None:
    made = random_net(4, 11, 0.3, directed=True)
    labels = list("aaaabbbbccc")
    found = measure(made, "brokerage", groups=labels, null="bernoulli").values or {}
    d, n, own = made.n_edges / 110, 11, 4
    cov = d**3 * (1 - d) ** 3
    q = d**2 * (1 - d)
    within = q * 3 * 2 * (1 - q) + 2 * 3 * 2 * 1 * cov
    total = q * 10 * 9 * (1 - q) + 2 * 10 * 9 * 8 * cov
    both = q * (n - own) * 3 * (1 - q) + 2 * (3 * math.comb(7, 2) + 7 * math.comb(3, 2)) * cov
    row = found["0"]
    for name, variance in (("coordinator", within), ("total", total), ("gatekeeper", both)):
        z = (row[name] - row[f"{name}_expected"]) / variance**0.5
        assert row[f"{name}_z"] == pytest.approx(z)


def test_sd_of_the_network_by_all_networks_of_independent_ties() -> None:
    groups = dict(zip("0123", "aabb", strict=True))
    made = net([(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)], 4, directed=True)
    found = measure(made, "brokerage", groups=groups, level="network", null="bernoulli")
    d = 5 / 12
    mean = square = 0.0
    for other in all_graphs(4, directed=True):
        chance = d**other.n_edges * (1 - d) ** (12 - other.n_edges)
        total = sum(map(sum, roles_by_definition(other, groups).values()))
        mean += chance * total
        square += chance * total**2
    row = (found.values or {})["total"]
    assert row["expected"] == pytest.approx(mean)
    # R's sna gives another sd here: its closed form for the network misses some overlaps
    assert row["sd"] == pytest.approx((square - mean**2) ** 0.5)


def test_constraint_with_weights_can_exceed_that_of_a_triangle() -> None:
    made = net([(0, 1, 1), (0, 2, 1), (1, 2, 100)])
    found = (measure(made, "constraint").values or {})["0"]
    assert 1.125 < found < 2


def test_local_gefura_of_an_actor_of_unknown_group_is_unknown() -> None:
    made = net([(0, 1), (1, 2), (2, 3)], 4)
    found = measure(made, "gefura", groups={"0": "a", "2": "a", "3": "b"}, scope="local")
    assert (found.values or {})["1"] is None
    assert found.notes["undefined_actors"] == {"no_known_group": 1}


def test_too_many_groups_for_an_expectation_are_told() -> None:
    made = net([(i, i + 1) for i in range(44)], 45)
    groups = {id: f"group {id}" for id in made.nodes}
    assert "40 groups" in measure(made, "brokerage", groups=groups).notes["no_expectation"]
