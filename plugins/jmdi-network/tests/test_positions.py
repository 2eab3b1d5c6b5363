"""Structural equivalence and positions, by hand and as R has them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from network_helpers import measure, net, random_net
from test_parity_r import TABLE, network

from jmdi.errors import BadParameter


@pytest.mark.parametrize("call", TABLE["equivalence"])
def test_equivalence_of_r(call: str) -> None:
    about = TABLE["equivalence"][call]
    for name, expected in about["values"].items():
        found = measure(
            network(name, "weighted"), "structural-equivalence", measure=about["measure"]
        )
        mine = [number for row in (found.values or {}).values() for number in row.values()]
        assert mine == pytest.approx(expected, rel=1e-8, abs=1e-9)


def together(labels: Sequence[object]) -> set[frozenset[int]]:
    """Who is with whom, whatever the groups are called."""
    return {frozenset(i for i, label in enumerate(labels) if label == each) for each in set(labels)}


@pytest.mark.parametrize("call", TABLE["positions"])
def test_positions_of_r(call: str) -> None:
    about = TABLE["positions"][call]
    for name, expected in about["values"].items():
        made = network(name, "weighted")
        found = measure(made, "positions", **about["parameters"])
        assert found.value == pytest.approx(expected["explained"])
        labels = [(found.values or {})[id] for id in made.nodes]
        assert together(labels) == together(expected["positions"])


def test_equivalence_by_hand() -> None:
    """Leaves of a star are equivalent; so are two that are tied to each other and to one more."""
    star = net([(0, 1), (0, 2), (0, 3)])
    found = measure(star, "structural-equivalence").values or {}
    assert dict(found["1"]) == {"0": pytest.approx(2), "2": 0, "3": 0}
    pair = net([(0, 1), (0, 2), (1, 2), (2, 3)])
    assert (measure(pair, "structural-equivalence", actors="0").values or {})["0"]["1"] == 0
    one = measure(pair, "structural-equivalence", actors=["3"], measure="correlation")
    assert list(one.values or {}) == ["3"]


@pytest.mark.parametrize("directed", [False, True])
def test_pair_by_pair(directed: bool) -> None:
    made = random_net(3, 9, 0.4, directed=directed, weights=True)
    at = {id: i for i, id in enumerate(made.nodes)}
    ties = np.zeros((9, 9))
    for edge in made.edges:
        ties[at[edge.source], at[edge.target]] = edge.weight
        if not directed:
            ties[at[edge.target], at[edge.source]] = edge.weight
    far = measure(made, "structural-equivalence").values or {}
    alike = measure(made, "structural-equivalence", measure="correlation").values or {}
    for a, i in at.items():
        for b, j in at.items():
            if i == j:
                continue
            third = [k for k in range(9) if k not in (i, j)]
            x, y = (np.concatenate([ties[v, third], ties[third, v]]) for v in (i, j))
            assert far[a][b] == pytest.approx(float(np.linalg.norm(x - y)))
            constant = min(np.ptp(x), np.ptp(y)) == 0
            expected = 0.0 if constant else float(np.corrcoef(x, y)[0, 1])
            assert alike[a][b] == pytest.approx(expected)


def test_blocks_are_found() -> None:
    """Two groups in which nobody is tied, and each is tied to most of the other."""
    ties = [(i, j) for i in range(4) for j in range(4, 8) if (i, j) not in ((0, 4), (3, 6))]
    for given in (
        {"splits": 1},
        {"method": "average", "count": 2},
        {"method": "complete", "count": 2},
    ):
        found = measure(net(ties, 9), "positions", **given)
        labels = found.values or {}
        assert [labels[str(i)] for i in range(9)] == [0, 0, 0, 0, 1, 1, 1, 1, None]
        assert found.notes["undefined_actors"] == {"zero_denominator": 1}
        assert found.n_used == 8
    far = measure(net(ties, 9), "positions", method="complete", measure="euclidean", count=3)
    assert (far.values or {})["8"] is not None


def test_who_cannot_be_told_apart_stays_together() -> None:
    ring = net([(i, (i + 1) % 6) for i in range(6)])
    found = measure(ring, "positions")
    assert found.notes["not_split"] >= 1
    other = net([(j, i) for i, j in [(k, (k + 1) % 6) for k in range(6)]])
    assert found.values == measure(other, "positions").values


def test_what_has_no_positions() -> None:
    assert measure(net([], 4), "positions").undefined == "zero_denominator"
    assert measure(net([(0, 1)], 2), "positions").undefined == "too_few_actors"
    full = net([(i, j) for i in range(4) for j in range(i)])
    given = {"method": "complete", "measure": "euclidean"}
    assert measure(full, "positions", **given).undefined == "zero_denominator"
    with pytest.raises(BadParameter, match="CONCOR"):
        measure(full, "positions", measure="euclidean")
    large = net([(0, 1)], 10_001)
    assert "10,000" in measure(large, "positions").why
    some = net([(0, 1), (1, 2)], 2001)
    with pytest.raises(BadParameter, match="actors="):
        measure(some, "structural-equivalence")
    assert len((measure(some, "structural-equivalence", actors="0").values or {})["0"]) == 2000


@pytest.mark.parametrize(
    "given", [{"count": 3}, {"method": "complete", "splits": 1}, {"method": "single", "splits": 2}]
)
def test_what_does_not_apply_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadParameter, match=r"not (count|splits)="):
        measure(net([(0, 1), (1, 2), (2, 3)], 4), "positions", **given)
