from __future__ import annotations

import itertools
import math
from typing import Any

import igraph as ig
import networkx as nx
import numpy as np
import pytest
from network_helpers import all_graphs, karate, measure, net, random_net, value

from jmdi.errors import BadParameter, NotFound


def test_karate_by_club() -> None:
    found = measure(karate(), "ei-index", groups="club")
    assert found.values is not None
    assert (found.values["external"], found.values["internal"]) == (11, 67)
    assert float(found) == pytest.approx(-0.717949, abs=1e-6)
    assert value(karate(), "assortativity", groups="club") == pytest.approx(0.717531, abs=1e-6)


def test_mixing_keeps_the_unknown_apart() -> None:
    made = net([(0, 1), (1, 2), (2, 3), (0, 3)])
    found = measure(made, "mixing", groups={"0": "a", "1": "a", "2": "b"})
    assert found.values is not None
    assert dict(found.values["a – a"]) == {"ties": 1, "pairs": 1, "density": 1.0}
    assert dict(found.values["b – b"]) == {"ties": 0, "pairs": 0, "density": None}
    assert dict(found.values["a – (unknown)"]) == {"ties": 1}
    assert found.coverage == 0.5 and found.notes["group_unknown"] == 1


def test_mixing_has_bounds_under_unobserved_pairs() -> None:
    from jmdi.graph.network import Network

    made = Network.from_edges(
        [
            {"source": "a", "target": "b", "state": "present"},
            {"source": "a", "target": "c", "state": "unobserved"},
            {"source": "b", "target": "c", "state": "absent"},
        ],
        nodes={"a": {"g": "x"}, "b": {"g": "y"}, "c": {"g": "y"}},
    )
    mixing = measure(made, "mixing", groups="g")
    assert (mixing.values or {})["x – y"] == {"ties": 1, "pairs": 2, "density": 1.0}
    assert mixing.bounds["x – y"] == {"ties": (1, 2), "density": (0.5, 1.0)}
    density = measure(made, "density")
    assert (density.value, density.lower, density.upper) == (0.5, 1 / 3, 2 / 3)
    assert density.coverage == pytest.approx(2 / 3)
    ei = measure(made, "ei-index", groups="g")
    assert (ei.value, ei.lower, ei.upper) == (1, 1, 1)
    observed = measure(made, "observation")
    assert dict(observed.values or {}) == {"present": 1, "absent": 1, "unobserved": 1}


def test_expectation_of_ei_is_exact() -> None:
    made = net([(0, 1), (1, 2), (3, 4)], 5)
    labels = "aabbb"
    groups = dict(zip(made.nodes, labels, strict=True))
    expected = (measure(made, "ei-index", groups=groups).values or {})["expected"]
    every = [
        value(made, "ei-index", groups=dict(zip(made.nodes, order, strict=True)))
        for order in itertools.permutations(labels)
    ]
    assert expected == pytest.approx(sum(every) / len(every))


def test_draws_without_use_are_refused() -> None:
    made, groups = net([(0, 1), (1, 2)]), ["a", "a", "b"]
    for metric, level in (("ei-index", "node"), ("ei-index", "group"), ("brokerage", "node")):
        with pytest.raises(BadParameter, match="take level='network'"):
            measure(made, metric, groups=groups, level=level, draws=9)


def test_levels_of_ei() -> None:
    made = net([(0, 1), (1, 0), (0, 2), (3, 0)], directed=True)
    groups = ["a", "a", "b", "b"]
    assert value(made, "ei-index", groups=groups) == 0
    nodes = measure(made, "ei-index", groups=groups, level="node").values or {}
    assert dict(nodes) == {"0": pytest.approx(1 / 3), "1": -1, "2": 1, "3": 1}
    out = measure(made, "ei-index", groups=groups, level="node", ties="out").values or {}
    assert dict(out) == {"0": 0, "1": -1, "2": None, "3": 1}
    by_group = measure(made, "ei-index", groups=groups, level="group").values or {}
    assert dict(by_group) == {"a": 0, "b": 1}
    sent = measure(made, "ei-index", groups=groups, level="group", ties="out").values or {}
    assert dict(sent) == {"a": pytest.approx(-1 / 3), "b": 1}


def test_ei_with_weights_and_by_row_sums() -> None:
    """Internal 0→1 of 2 and 1→0 of 1; external 0→2 of 4 and 3→0 of 1; 2→3 of 2 is internal."""
    made = net([(0, 1, 2), (1, 0, 1), (0, 2, 4), (3, 0, 1), (2, 3, 2)], directed=True)
    groups = ["a", "a", "b", "b"]

    def ei(**more: Any) -> dict[str, Any]:
        return dict(measure(made, "ei-index", groups=groups, **more).values or {})

    assert value(made, "ei-index", groups=groups, weighted=True) == 0  # 5 and 5
    assert value(made, "ei-index", groups=groups) == pytest.approx(-1 / 5)
    rows = ei(level="node", count="rows")
    assert rows == {"0": 0, "1": -1, "2": 0, "3": 0}  # 0: 2 and 2, where once is 2 and 1
    assert ei(level="node")["0"] == pytest.approx(1 / 3)
    assert ei(level="node", weighted=True)["0"] == pytest.approx((5 - 3) / 8)
    assert ei(level="node", weighted=True, ties="out")["0"] == pytest.approx((4 - 2) / 6)
    by_group = ei(level="group", weighted=True)
    assert by_group == {"a": pytest.approx(2 / 8), "b": pytest.approx(3 / 7)}
    assert ei(level="group", count="rows") == {"a": pytest.approx(-1 / 3), "b": 0}
    assert ei(level="group", count="rows", ties="out")["a"] == pytest.approx(-1 / 3)
    plain = net([(0, 1), (0, 2)])
    both = measure(plain, "ei-index", groups=["a", "a", "b"], level="group", count="rows")
    assert dict(both.values or {}) == {"a": pytest.approx(-1 / 3), "b": 1}


def test_ei_with_weights_needs_them_above_0_and_keeps_its_expectation() -> None:
    with pytest.raises(BadParameter, match="weights above 0"):
        measure(net([(0, 1, -1)]), "ei-index", groups=["a", "b"], weighted=True)
    made = random_net(3, 6, 0.6, weights=True)
    groups = list("aabbbb")
    found = measure(made, "ei-index", groups=groups, weighted=True).values or {}
    every = [
        value(made, "ei-index", groups=list(order), weighted=True)
        for order in set(itertools.permutations(groups))
    ]
    assert found["expected"] == pytest.approx(sum(every) / len(every))


def test_ei_with_p() -> None:
    found = measure(karate(), "ei-index", groups="club", draws=200)
    assert found.values is not None and found.seed == 1
    assert found.values["p"] == pytest.approx(2 / 201)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_assortativity_against_networkx_and_igraph(seed: int, directed: bool) -> None:
    made = random_net(seed, 12, 0.3, directed=directed)
    graph = made.to_networkx()
    groups = {node: int(node) % 3 for node in made.nodes}
    nx.set_node_attributes(graph, groups, "g")
    assert value(made, "assortativity", groups=groups) == pytest.approx(
        nx.attribute_assortativity_coefficient(graph, "g")
    )
    edges = [(int(e.source), int(e.target)) for e in made.edges]
    other = ig.Graph(12, edges, directed=directed)
    numbers = [float(i % 5) for i in range(12)]
    assert value(made, "assortativity", groups=numbers, kind="numbers") == pytest.approx(
        other.assortativity(numbers)
    )
    # igraph takes the out-degree of the source and the in-degree of the target
    assert value(made, "assortativity", groups="degree", kind="numbers") == pytest.approx(
        other.assortativity_degree(directed=directed)
    )


def test_one_unlabelled_actor_is_no_group() -> None:
    made = net([(0, 1)])
    found = measure(made, "assortativity", groups={"0": "a"})
    assert found.undefined == "no_ties"
    assert measure(made, "assortativity", groups=["a", "a"]).undefined == "single_category"
    assert measure(made, "ei-index", groups=[None, None]).undefined == "no_known_group"


def test_yule_q_and_its_bound() -> None:
    made = net([(0, 1), (2, 3), (1, 2)])
    found = measure(made, "yule-q", groups=list("aabb"))
    assert found.value == 1.0
    assert found.values is not None and found.values["odds_ratio"] is None
    assert found.values["odds_ratio_at_least"] == pytest.approx(2 * 3 / (1 * 1))
    apart = measure(net([(0, 2), (1, 3)], 4), "yule-q", groups=list("aabb"))
    assert (apart.value, (apart.values or {})["odds_ratio"]) == (-1.0, 0.0)
    mixed = net([(0, 1), (1, 2), (0, 3)], 4)
    table = measure(mixed, "yule-q", groups=list("aabb"))
    assert table.values is not None
    assert table.values["odds_ratio"] == pytest.approx((1 * 2) / (1 * 2))
    assert measure(made, "yule-q", groups=list("aaaa")).undefined == "single_category"


def test_coleman_by_both_expectations() -> None:
    made = net([(0, 1), (1, 0), (0, 2), (2, 3)], directed=True)
    groups = list("aabb")
    found = measure(made, "coleman-homophily", groups=groups).values or {}
    assert found["a"] == pytest.approx((2 - 1) / (3 - 1))
    assert found["b"] == pytest.approx((1 - 1 / 3) / (1 - 1 / 3))
    other = measure(made, "coleman-homophily", groups=groups, expectation="n").values or {}
    assert other["a"] == pytest.approx((2 - 1.5) / (3 - 1.5))


def test_heterogeneity() -> None:
    made = net([(0, 1), (0, 2), (0, 3)], 5)
    groups = ["a", "a", "b", "b", "c"]
    found = measure(made, "heterogeneity", groups=groups)
    centre = (found.values or {})["0"]
    assert centre["blau"] == pytest.approx(4 / 9)
    assert centre["iqv"] == pytest.approx(4 / 9 / (2 / 3))
    assert centre["effective"] == pytest.approx(
        math.exp(-(1 / 3 * math.log(1 / 3) + 2 / 3 * math.log(2 / 3)))
    )
    assert (found.values or {})["4"] is None
    whole = measure(made, "heterogeneity", groups=groups, of="actors")
    assert whole.value == pytest.approx(1 - (4 + 4 + 1) / 25)


def test_a_group_attribute_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="club"):
        measure(karate(), "ei-index", groups="clubs")


def test_mixing_counts_every_tie_of_every_graph() -> None:
    for made in all_graphs(4):
        found = measure(made, "mixing", groups=list("aabc")).values or {}
        assert sum(block["ties"] for block in found.values()) == made.n_edges


def test_numbers_that_are_none_are_told_and_no_group_is_called_nan() -> None:
    made = net([(0, 1), (1, 2)], 3)
    for wrong in ("2", float("inf")):
        with pytest.raises(BadParameter, match="node '1' has"):
            measure(made, "assortativity", kind="numbers", groups=[1, wrong, 3])
    groups = [np.float32("nan"), "a", "b"]
    assert measure(made, "mixing", groups=groups).notes["group_unknown"] == 1


def test_numbers_in_an_array_are_numbers() -> None:
    made = net([(0, 1), (1, 2), (2, 3)])
    numbers = [1, 2, 2, 4]
    wanted = measure(made, "assortativity", groups=numbers, kind="numbers").value
    assert measure(made, "assortativity", groups=np.array(numbers), kind="numbers").value == wanted


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_assortativity_of_numbers_is_the_same_in_any_unit(scale: float) -> None:
    made = net([(0, 1), (1, 2), (2, 3)])
    numbers = [scale * number for number in (1, 2, 2, 4)]
    found = measure(made, "assortativity", groups=numbers, kind="numbers")
    plain = measure(made, "assortativity", groups=[1, 2, 2, 4], kind="numbers")
    assert found.value == pytest.approx(plain.value)
    same = measure(made, "assortativity", groups=[scale] * 4, kind="numbers")
    assert same.undefined == "single_category"
