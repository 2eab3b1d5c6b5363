"""Centralization of two modes, against all connected networks of few nodes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import networkx as nx
import pytest
from network_helpers import measure

from jmdi.graph.network import Network

SCORES = ("degree", "normalized-degree", "closeness", "betweenness")


def network(ties: Iterable[tuple[int, int]], rows: int, columns: int) -> Network:
    nodes = [f"r{i}" for i in range(rows)] + [f"c{j}" for j in range(columns)]
    pairs = list(ties)
    return Network(
        "two",
        nodes,
        [i for i, _ in pairs],
        [rows + j for _, j in pairs],
        mode=[0] * rows + [1] * columns,
    )


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3), (3, 2), (3, 3)])
def test_one_is_the_most_of_all_connected_networks(sizes: tuple[int, int]) -> None:
    cells = list(itertools.product(range(sizes[0]), range(sizes[1])))
    most: dict[tuple[str, str], float] = {}
    for bits in itertools.product((0, 1), repeat=len(cells)):
        made = network([cell for cell, on in zip(cells, bits, strict=True) if on], *sizes)
        if measure(made, "components").value != 1:
            continue
        for score, over in itertools.product(SCORES, ("same", "both")):
            found = measure(made, "two-mode-centralization", score=score, over=over).value
            assert isinstance(found, float)
            most[score, over] = max(most.get((score, over), 0), found)
    assert most == {key: pytest.approx(1) for key in itertools.product(SCORES, ("same", "both"))}


def test_by_hand() -> None:
    """r0 – c0, c1, c2; r1 – c0; r2 – c0, so that the maximum of the second mode is (3-1)(3-1)."""
    made = network([(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)], 3, 3)

    def found(**more: Any) -> float:
        return float(measure(made, "two-mode-centralization", **more))

    assert found() == found(mode=1) == 1
    assert found(over="both") == pytest.approx((3 * 6 - 10) / (6 * 3 - 2 * 5))
    # r0 is between 2 pairs more than c0 has: 1 of c1, c2 and 3 + 3 of each to the rest
    assert found(score="betweenness") == pytest.approx((7 + 7) / (2 * 8))
    assert found(score="closeness") == pytest.approx(2 * (1 - 7 / 11) / (2 * (1 - 7 / 13)))


def test_davis_as_r_has_it() -> None:
    """By R: rowSums, colSums, igraph's betweenness and distances, over maxima in closed form.

    With s, t = divmod(n1 - 1, n2) that of betweenness is (n1 - 1) (n2² (s+1)² + n2 (s+1) (2t-s-1)
    - t (2s-t+3)) / 2, and that of degree (n1 - 1) (n2 - 1) or n2 (n1 + n2) - 2 (n1 + n2 - 1).
    """
    davis = Network.from_networkx(nx.davis_southern_women_graph())
    expected = {
        ("degree", 0, "same"): 0.2488688,
        ("degree", 1, "same"): 0.4841629,
        ("degree", 0, "both"): 0.2020725,
        ("degree", 1, "both"): 0.5252918,
        ("betweenness", 0, "same"): 0.08140456,
        ("betweenness", 1, "same"): 0.2021596,
        ("closeness", 0, "same"): 1.799856195 / (6 * (1 - 48 / 104) + 11 * (1 - 48 / 106)),
    }
    for (score, mode, over), number in expected.items():
        found = measure(davis, "two-mode-centralization", score=score, mode=mode, over=over)
        assert found.value == pytest.approx(number, rel=1e-6)


def test_pieces_and_too_few() -> None:
    apart = network([(0, 0), (1, 1)], 2, 2)
    assert measure(apart, "two-mode-centralization", score="closeness").undefined == "disconnected"
    assert measure(apart, "two-mode-centralization").value == 0
    lone = network([(0, 0)], 1, 1)
    assert measure(lone, "two-mode-centralization").undefined == "zero_denominator"
