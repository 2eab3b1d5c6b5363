"""Moran's I of adoption times: by hand, and its moments by all permutations."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal

import numpy as np
import pytest
from scaling_helpers import actor, adopts, practice, tie
from scipy import sparse

import jmdi
from jmdi_scaling.diffusion.autocorrelation import moran, over_rows

NAMES = "abcd"
PAIRS = ("ab", "bc", "cd")


def records(pairs=PAIRS):
    """A chain whose actors adopt one after another, and one who has not."""
    yield practice()
    yield from (actor(x) for x in (*NAMES, "e"))
    yield from (tie(x, y) for x, y in pairs)
    yield from (adopts(x, year=2001 + k) for k, x in enumerate(NAMES))


def by_loops(x, w):
    n, mean = len(x), sum(x) / len(x)
    pairs = [(i, j) for i in range(n) for j in range(n)]
    above = sum(w[i][j] * (x[i] - mean) * (x[j] - mean) for i, j in pairs)
    return n / sum(map(sum, w)) * above / sum((y - mean) ** 2 for y in x)


@pytest.mark.parametrize("normalized", [True, False])
def test_moments_are_those_of_all_permutations(normalized):
    random = np.random.default_rng(2)
    numbers = np.array([1.0, 2, 2, 4, 7, 3])
    plain = sparse.csr_array(random.random((6, 6)) * (random.random((6, 6)) < 0.5))
    plain = sparse.csr_array(plain - sparse.diags_array(plain.diagonal()))
    weights = over_rows(plain) if normalized else plain
    dense = weights.toarray().tolist()
    found = moran(numbers, weights)
    assert found.value == pytest.approx(by_loops(numbers, dense))
    every = [by_loops(dealt, dense) for dealt in itertools.permutations(numbers.tolist())]
    assert found.expected == pytest.approx(np.mean(every))
    assert found.sd == pytest.approx(np.std(every))
    assert found.z == pytest.approx((found.value - found.expected) / found.sd)
    assert found.p == pytest.approx(math.erfc(abs(found.z) / 2**0.5))


def test_all_tied_to_all_vary_in_nothing():
    weights = sparse.csr_array(1 - np.eye(5))
    found = moran(np.array([1.0, 2, 3, 4, 9]), weights)
    assert found.value == pytest.approx(-0.25) and found.sd is None and found.p is None


def test_a_chain_by_hand(measure):
    # Deviations are -1.5, -0.5, 0.5 and 1.5, their squares 5. With rows that sum to 1 a has
    # -1.5·-0.5 = 0.75, b -0.5·(-1.5 + 0.5)/2 = 0.25, c 0.25, d 0.75. I = 4/4 · 2/5.
    found = measure(list(records()), "moran")
    assert found.value == pytest.approx(0.4)
    assert (found.n_used, found.n_eligible) == (4, 5)
    assert found.notes["expected"] == pytest.approx(-1 / 3) and found.notes["sd"] > 0
    # Weights as they are: 2·(0.75 - 0.25 + 0.75) = 2.5, and 6 weights. I = 4/6 · 2.5/5.
    assert measure(list(records()), "moran", normalized=False).value == pytest.approx(1 / 3)
    # One over the steps: a-c and b-d are two apart, a-d three.
    near = measure(list(records()), "moran", nearness="inverse-geodesics", normalized=False)
    weights = 2 * (3 + 2 / 2 + 1 / 3)
    above = 2 * (0.75 - 0.25 + 0.75 + (-0.75 - 0.75) / 2 - 2.25 / 3)
    assert near.value == pytest.approx(4 / weights * above / 5)


def test_what_cannot_be_computed(measure):
    assert measure(list(records(())), "moran").undefined == "no_ties"
    assert measure(list(records(("ae", "eb"))), "moran").undefined == "no_ties"
    through = measure(list(records(("ae", "eb"))), "moran", nearness="inverse-geodesics")
    assert through.value == pytest.approx(4 / 2 * 2 * 0.75 / 5)
    with pytest.raises(jmdi.JmdiError, match="steps along ties have no strength"):
        measure(list(records()), "moran", nearness="inverse-geodesics", valued=True)
    same = [practice(), *(actor(x) for x in "ab"), tie("a", "b")]
    same += [adopts(x, year=2001) for x in "ab"]
    assert measure(same, "moran").undefined == "single_category"
    assert measure(same[:-1], "moran").undefined == "too_few_actors"


def test_ties_not_observed_make_the_bounds(measure):
    whole, without = (measure(list(records(p)), "moran").value for p in (PAIRS, PAIRS[:2]))
    found = measure([*records(PAIRS[:2]), tie("c", "d", "unobserved")], "moran")
    assert found.value is None
    assert (found.lower, found.upper) == pytest.approx((min(whole, without), max(whole, without)))


def test_strengths_and_dated_ties(measure):
    def strong(x, y, strength, period=None):
        when = jmdi.Period(period) if period else None
        return tie(x, y, directed=True, strength=Decimal(strength), period=when)

    people = [r for r in records(()) if not isinstance(r, jmdi.Tie)]
    dated = [strong("b", "a", 3, "2001"), strong("b", "a", 1, "2003"), strong("b", "d", 1, "2002")]
    # b's ties weigh 3 and 1: I = 4/1 · (3·0.75 - 0.75)/4 / 5; without strengths 1 and 1.
    assert measure([*people, *dated], "moran", valued=True).value == pytest.approx(0.3)
    assert measure([*people, *dated], "moran").value == pytest.approx(0)
