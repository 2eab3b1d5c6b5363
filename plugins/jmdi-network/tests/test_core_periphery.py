"""Core and periphery against all divisions, each compared with the ideal pair by pair."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from network_helpers import karate, measure, net, random_net

from jmdi.errors import NotFound
from jmdi.graph.network import Network
from jmdi_network.kernels import core_fit

IDEALS: dict[str, tuple[Any, Any, Any]] = {
    "ignored": (0, None, 1),
    "both": (0, 0, 1),
    "either": (0, 1, 1),
}
"""What the ideal has for a pair with no, one or both ends in the core."""


def by_pairs(made: Network, core: Iterable[str], ideal: str) -> tuple[int, float | None]:
    """Errors and correlation of a division."""
    inside = set(core)
    ties = {frozenset((edge.source, edge.target)) for edge in made.edges}
    pairs = [
        (float({a, b} in ties), IDEALS[ideal][(a in inside) + (b in inside)])
        for a, b in itertools.combinations(made.nodes, 2)
    ]
    found = np.array([(tied, wanted) for tied, wanted in pairs if wanted is not None], float)
    wrong = int((found[:, 0] != found[:, 1]).sum()) if len(found) else 0
    varies = len(found) and (found.min(axis=0) < found.max(axis=0)).all()
    return wrong, float(np.corrcoef(found.T)[0, 1]) if varies else None


def test_by_hand() -> None:
    """A star: the centre is the core, and the ideal with ties to it fits perfectly."""
    star = net([(0, i) for i in range(1, 5)])
    found = measure(star, "core-periphery", ideal="either", measure="correlation")
    assert found.value == pytest.approx(1) and found.contributing == ("0",)
    assert measure(star, "core-periphery", ideal="either").value == 0
    assert measure(star, "core-periphery", ideal="either", core="1").value == 6
    given = measure(star, "core-periphery", core=["0", "1"], measure="correlation", ideal="both")
    assert given.value == pytest.approx((10 * 1 - 4) / (4 * 6 * 9) ** 0.5)
    assert dict(given.values or {})["Z"] == 3 and "the core given" in given.convention


@pytest.mark.parametrize("ideal", IDEALS)
@pytest.mark.parametrize("seed", range(8))
def test_the_best_of_all_divisions(seed: int, ideal: str) -> None:
    made = random_net(seed, 2 + seed % 6, 0.5)
    cores = [c for k in range(len(made) + 1) for c in itertools.combinations(made.nodes, k)]
    every = [by_pairs(made, core, ideal) for core in cores]
    assert measure(made, "core-periphery", ideal=ideal).value == min(wrong for wrong, _ in every)
    known = [r for _, r in every if r is not None]
    found = measure(made, "core-periphery", ideal=ideal, measure="correlation")
    if not known:
        assert found.undefined == "zero_denominator"
        return
    assert found.value == pytest.approx(max(known))
    wrong, r = by_pairs(made, found.contributing, ideal)
    assert (found.values or {})["Z"] == wrong and found.value == pytest.approx(r)


def test_the_search_is_as_good_as_trying_all(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [random_net(seed, 12, 0.3) for seed in range(6)]
    choices = [{"ideal": i, "measure": "correlation"} for i in IDEALS] + [{"ideal": "both"}]
    exact = [measure(one, "core-periphery", **choice).value for one in made for choice in choices]
    monkeypatch.setattr(core_fit, "ALL_TRIED", 0)
    found = [measure(one, "core-periphery", **choice).value for one in made for choice in choices]
    assert sum(a == pytest.approx(b) for a, b in zip(exact, found, strict=True)) >= 23


def test_karate() -> None:
    found = measure(karate(), "core-periphery", ideal="either", measure="correlation")
    assert found.contributing == ("0", "1", "2", "32", "33") and found.notes["search"] == "local"
    assert found.value == pytest.approx(by_pairs(karate(), found.contributing, "either")[1])


def test_a_core_of_nobody_we_know() -> None:
    with pytest.raises(NotFound, match="99"):
        measure(karate(), "core-periphery", core=["0", "99"])
