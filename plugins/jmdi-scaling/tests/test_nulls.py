"""Metrics of a programme beside random programmes."""

from __future__ import annotations

import pytest
from scaling_helpers import CSO, LG, actor, adopts, anchored, part, tie

import jmdi


@pytest.fixture(scope="module")
def model():
    import jmdi_network.plugin
    import jmdi_scaling.plugin

    return jmdi.Model.build([jmdi_network.plugin, jmdi_scaling.plugin])


def test_anchorage_beside_programmes_with_the_same_participations(model):
    made = model.dataset(anchored())
    observed = made.metric("scaling:anchorage")
    found = made.null("scaling:anchorage", draws=99)
    assert found.parameters["model"] == "participates" and found.seed == 1
    assert found == made.null("scaling:anchorage", draws=99)
    ends = {"lower": observed.lower, "upper": observed.upper}
    for end, number in ends.items():
        row = found.values[end]
        assert row["observed"] == number and 0 < row["p"] <= 1
        assert row["quantiles"] and row["draws"] == 99
    assert found.lower <= found.upper
    assert "the observed metric an interval" in found.convention


@pytest.mark.parametrize("name", ["actor.type", "participates.side"])
def test_all_ways_to_exchange_types_or_sides(model, name):
    records = [
        *(actor(k, LG if k in "ab" else CSO) for k in "abcd"),
        *(jmdi.Initiative(id=k) for k in "ij"),
        part("a", "i", "origin"),
        part("b", "i", "destination"),
        part("c", "j", "origin"),
        part("d", "j", "destination"),
    ]
    found = model.dataset(records).null("scaling:anchorage", model=name)
    assert found.notes["exact"] and found.n_used == 6 and found.seed is None
    reading = model.dataset(records).metric("scaling:anchorage").convention
    assert reading in found.convention


def test_a_model_that_anchorage_does_not_read_gives_one(model):
    made = model.dataset([*anchored(), tie("l1", "c"), tie("l2", "x")])
    found = made.null("scaling:anchorage", model="tie")
    assert found.value in (1, None) and found.lower in (1, None) and found.upper in (1, None)
    assert found.notes["fixed"] == "p is 1: without tie the metric is the same"


def test_exposure_beside_rewired_ties_and_exchanged_times(model):
    records = [
        jmdi.Practice(id="practice/p"),
        *(actor(k) for k in "abcdef"),
        *(adopts(k, year=year) for k, year in zip("abcde", range(2010, 2015), strict=True)),
        *(tie(x, y) for x, y in ("ab", "bc", "cd", "de", "ef", "fa", "ac")),
    ]
    made = model.dataset(records)
    for name in ("tie", "adopts.period"):
        found = made.null("scaling:exposure", model=name, draws=50, exact=0)
        assert found.defined and found.values["sd"] > 0
    curve = made.null("scaling:adoption-curve", model="adopts.period", draws=50)
    assert "same in all" in curve.notes["fixed"]


def test_a_structure_test_is_a_null_model_of_ties(model):
    """netdiffuseR's ``struct_test``: thresholds where ties are rewired and degrees kept."""
    records = [
        jmdi.Practice(id="practice/p", adopters_complete=True),
        *(actor(k) for k in "abcdef"),
        *(adopts(k, year=year) for k, year in zip("abcde", range(2010, 2015), strict=True)),
        *(tie(x, y, directed=True) for x, y in ("ba", "cb", "dc", "ed", "fe", "ca", "eb")),
    ]
    made = model.dataset(records)
    found = made.null("scaling:threshold", model="tie", draws=99, keep=True)
    assert found.values["observed"] == made.metric("scaling:threshold").value
    tails = found.values["p_lower"], found.values["p_upper"]
    assert found.value == pytest.approx(min(1, 2 * min(tails)))
    assert found.value_is == "two-sided p" and "each record keeps how many" in found.convention
