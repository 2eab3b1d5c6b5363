"""Coefficients against published values, and against other libraries on any data."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jmdi_knowledge.agreement.coefficients import alpha, cohen, fleiss, patterns

N = None
A = patterns([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]])
B = patterns([[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]])
C = patterns(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]
)
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(
    ("units", "level", "value"),
    [
        (A, "nominal", 0.095238),
        (B, "nominal", 0.691964),
        (C, "nominal", 1 - 312 / 1216),
        (C, "ordinal", 0.815388),
        (C, "interval", 0.849107),
        (C, "ratio", 0.797403),
        (patterns([[3] * 5] * 4 + [[3, 3, 1, 3, 3]]), "nominal", 0),
        (patterns([["A", "B"], ["B", "A"]]), "nominal", -0.5),
    ],
)
def test_published_values_of_alpha(units, level, value):
    assert alpha(units, level).value == pytest.approx(value, abs=5e-7)


def test_what_alpha_rests_on():
    found = alpha(C)
    assert (found.units, found.eligible, found.coders, found.pairable) == (11, 12, 4, 40)
    assert sum(found.prevalence.values()) == pytest.approx(1)


def test_alpha_is_undefined_with_the_reason():
    assert alpha(patterns([[3, 3], [3, 3]])).why == "only one value is in use"
    assert alpha(patterns([[1, N], [N, 2]])).why == "no unit was seen by two coders"
    assert alpha({}).value is None
    with pytest.raises(ValueError, match="compares numbers"):
        alpha(patterns([["a"], ["b"]]), "ordinal")


def spread(counts):
    """The units of a table of how many raters gave each category."""
    return Counter(tuple(k for k, n in enumerate(row) for _ in range(n)) for row in counts)


def test_published_values_of_kappa():
    assert fleiss(spread(FLEISS)).value == pytest.approx(0.209931, abs=5e-7)
    for (a, b, c, d), value in {
        (20, 5, 10, 15): 0.4,
        (45, 15, 25, 15): 0.130435,
        (25, 35, 5, 35): 0.259259,
    }.items():
        units = {(1, 1): a, (1, 0): b, (0, 1): c, (0, 0): d}
        assert cohen(units).value == pytest.approx(value, abs=5e-7)
    with pytest.raises(ValueError, match="two coders"):
        cohen(C)


VALUES = st.one_of(st.none(), st.integers(1, 4))


@settings(max_examples=60)
@given(
    st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[VALUES] * n), min_size=1, max_size=9)),
    st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_alpha_is_that_of_krippendorff(units, level):
    krippendorff = pytest.importorskip("krippendorff")
    found = alpha(Counter(units), level)
    table = np.array(units, dtype=float).T
    try:
        with np.errstate(all="ignore"):
            other = krippendorff.alpha(reliability_data=table, level_of_measurement=level)
    except ValueError:
        assert found.value is None
        return
    if np.isnan(other) or found.value is None:
        assert found.value is None
        return
    assert found.value == pytest.approx(other, abs=1e-9)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_kappas_are_those_of_statsmodels(units):
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    assume(len({value for unit in units for value in unit}) > 1)
    table = np.zeros((4, 4))
    for one, other in units:
        table[one, other] += 1
    with np.errstate(all="ignore"):
        other = inter_rater.cohens_kappa(table).kappa
    assert cohen(Counter(units)).value == pytest.approx(other)
    counts, _ = inter_rater.aggregate_raters(np.array(units))
    assert fleiss(Counter(units)).value == pytest.approx(inter_rater.fleiss_kappa(counts))


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=8), st.integers(2, 3))
def test_alpha_counts_alike_units_as_one_pattern(units, times):
    """A pattern that is there twice is two units."""
    found = alpha(Counter(units * times))
    assert found.pairable == times * alpha(Counter(units)).pairable
    assert found.value is None or found.value <= 1
