"""Observed diffusion: by hand, and through a dataset."""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pytest
from scaling_helpers import LG, actor, adopts, practice, tie

import jmdi
from jmdi import Period, code
from jmdi_scaling.diffusion.adoption import (
    Adoption,
    at_adoption,
    categories,
    divided,
    exposure,
    hazard,
    infectiousness,
    susceptibility,
)

CHAIN = Adoption.of(
    [("b", "a"), ("c", "b"), ("c", "a"), ("d", "c"), ("d", "e")],
    {"a": 1, "b": 2, "c": 3, "d": 4, "e": None},
)


def test_exposure_by_hand():
    found = exposure(CHAIN)
    assert np.isnan(found[:, 0]).all()
    assert np.isnan(found[0]).all() and np.isnan(found[4]).all()
    assert found[1, 1:].tolist() == [1, 1, 1]
    assert found[2, 1:].tolist() == [0.5, 1, 1]
    assert found[3, 1:].tolist() == [0, 0, 0.5]
    now = exposure(CHAIN, lag=0, no_ties=0)
    assert now[:, 0].tolist() == [0, 1, 0.5, 0, 0]
    assert exposure(CHAIN, direction="in")[0, 1:].tolist() == [0, 0.5, 1]


def test_thresholds_by_hand():
    found = at_adoption(CHAIN, exposure(CHAIN))
    assert np.isnan(found[[0, 4]]).all()
    assert found[1:4].tolist() == [1, 1, 0.5]


def test_valued_exposure():
    net = Adoption.of([("b", "a", 3), ("b", "c", 1)], {"a": 1, "b": 2, "c": None})
    assert at_adoption(net, exposure(net, valued=True))[1] == 0.75
    assert at_adoption(net, exposure(net))[1] == 0.5


def test_dynamic_ties_are_those_of_the_period_observed():
    net = Adoption.of([("b", "a", 1, 1), ("b", "c", 1, 2)], {"a": 1, "b": 2, "c": None})
    assert net.dynamic
    assert at_adoption(net, exposure(net))[1] == 1
    assert at_adoption(net, exposure(net, lag=0))[1] == 0


def test_infectiousness_and_susceptibility_by_hand():
    a, b, c, d, e = infectiousness(CHAIN)
    assert (a, b, c) == (0.5, 1, 1)
    assert np.isnan([d, e]).all()
    assert infectiousness(CHAIN, span=2)[0] == pytest.approx((1 + 0.5) / (2 + 0.5))
    a, b, c, d, e = susceptibility(CHAIN)
    assert np.isnan([a, e]).all()
    assert (b, c, d) == (1, 0.5, 1)


def test_weights_of_periods():
    found = infectiousness(CHAIN, span=2, discount=1)[0]
    assert found == pytest.approx((1 + 0.5) / (2 + 0.5))
    assert infectiousness(CHAIN, span=2, discount=0)[0] == pytest.approx(2 / 3)
    wide = Adoption.of([("b", "a"), ("c", "a"), ("x", "a")], {"a": 1, "b": 2, "c": 2, "x": None})
    assert infectiousness(wide)[0] == 1
    assert infectiousness(wide, never_at_risk=True)[0] == pytest.approx(2 / 3)
    assert infectiousness(wide, valued=True)[0] == 1


def test_never_adopters_are_no_earlier_adopters():
    net = Adoption.of([("b", "a"), ("b", "x")], {"a": 1, "b": 2, "x": None})
    assert susceptibility(net)[1] == 1


def test_categories():
    net = Adoption.of([], {f"n{k}": t for k, t in enumerate([1, 5, 5, 5, 5, 5, 9])} | {"z": None})
    found = categories(net)
    assert found[:2] == ("early adopters", "late majority")
    assert found[6:] == ("laggards", None)
    assert categories(Adoption.of([], {"a": 1, "b": 1})) is None
    assert categories(Adoption.of([], {"a": 1})) is None


def test_hazard_respects_the_end():
    net = Adoption.of([], {"a": 1, "b": 2, "c": 2}, periods=[1, 2, 3])
    found = hazard(net)
    assert found[1] == 1
    assert np.isnan(found[[0, 2]]).all()


def records():
    names = "abcde"
    years = {"a": "2001", "b": "2002-05", "c": "2003", "d": "2004"}
    yield from (jmdi.Actor(id=x) for x in names)
    yield practice("p")
    for a, b in ("ba", "cb", "ca", "dc", "de"):
        yield jmdi.Tie(id=f"tie/{a}{b}", source=a, target=b, directed=True)
    for name, year in years.items():
        yield jmdi.Adopts(id=f"ad/{name}", source=name, target="p", period=Period(year))


@pytest.mark.parametrize("stage", ["advocated", "planned", "started"])
def test_a_practice_that_is_only_considered_is_not_adopted(measure, stage):
    adopted = list(records())
    late = jmdi.Considers(
        id="co/e",
        source="e",
        target="p",
        period=Period("2004"),
        stage=jmdi.code("consideration-stage", stage),
    )
    for name in ("adoption-curve", "threshold", "hazard", "exposure", "out", "up", "tipping"):
        without, with_it = measure(adopted, name), measure([*adopted, late], name)
        assert (with_it.value, with_it.values) == (without.value, without.values), name


def test_through_a_dataset(measure):
    ds = list(records())
    found = measure(ds, "threshold")
    assert dict(found.values) == {"b": 1, "c": 1, "d": 0.5}
    assert found.coverage == 0.75
    assert found.notes["censored"] == 1
    assert measure(ds, "hazard").values["2002"] == 0.25
    assert measure(ds, "adoption-curve").value == 0.8
    assert measure(ds, "infectiousness").values["a"] == 0.5
    assert measure(ds, "susceptibility").values["c"] == 0.5
    assert measure(ds, "exposure").values["d"] == 0.5
    assert sum(measure(ds, "adopter-categories").values.values()) == 4
    assert measure(list(reversed(ds)), "threshold").values == found.values
    assert measure(ds, "adoption-curve", as_of="2002-12-31").value == 0.4


def test_unknown_dates_make_the_bounds(measure):
    ds = [*records(), jmdi.Adopts(id="x", source="e", target="p", period=Period("2001/2003"))]
    vague = [*records(), jmdi.Adopts(id="x", source="e", target="p")]
    assert measure(ds, "adoption-curve").value == 1
    found = measure(vague, "adoption-curve")
    assert (found.value, found.lower, found.upper) == (1, 0.8, 1)
    assert found.notes["adopters_undated"] == 1


def test_dated_ties_of_a_dataset(measure):
    ds = [r for r in records() if r.id != "tie/dc"]
    ds.append(
        jmdi.Tie(id="tie/dc", source="d", target="c", directed=True, period=Period("2004/2005"))
    )
    assert measure(ds, "threshold").values["d"] == 0
    assert measure(ds, "threshold", lag=0).values["d"] == 0.5


def test_undefined(measure):
    assert measure([], "threshold").undefined == "empty_graph"
    assert measure([jmdi.Actor(id="a")], "hazard").undefined == "missing_input"


def test_what_happens_after_the_day_is_not_observed(measure):
    records = [
        practice(),
        *(actor(f"a{k}", LG) for k in range(4)),
    ]
    records += [adopts("a0", year="2013"), adopts("a1", year="2014-10-01")]
    found = measure(records, "adoption-curve", as_of="2014-06-30")
    assert (found.value, found.lower, found.upper) == (0.25, 0.25, 0.25)
    vague = measure([*records, adopts("a2", year="2014")], "adoption-curve", as_of="2014-06-30")
    assert (vague.value, vague.lower, vague.upper) == (1 / 3, 0.25, 0.5)
    assert vague.notes["adopters_undated"] == 1
    early = measure(records, "adoption-curve", as_of="2004-06-30")
    assert (early.value, early.lower, early.upper, dict(early.values)) == (0, 0, 0, {"2004": 0})
    before = measure(records, "adoption-curve", window="2002-01-01/2005-01-01")
    assert dict(before.values) == {"2002": 0, "2003": 0, "2004": 0}
    assert measure(records, "crossing", as_of="2004-06-30").value == 0
    for name in ("hazard", "adopter-categories", "exposure", "threshold", "diffusion-fit"):
        assert measure(records, name, as_of="2004-06-30").undefined, name


def test_the_first_of_several_adoptions_counts(measure):
    def twice(first, second):
        more = [adopts("a0", year=first), adopts("a1", year="2012-05")]
        again = jmdi.Adopts(
            id="again", source="a0", target="practice/p", period=Period(second) if second else None
        )
        records = [
            practice(),
            actor("a0", LG),
            actor("a1", LG),
            *more,
            again,
        ]
        return measure(records, "adoption-curve", period="month").notes["adopters_undated"]

    assert twice("2012-03", "2014") == 0  # the later one cannot come before
    assert twice("2012-03", "2012") == 1
    assert twice("2012-03", None) == 1


def test_kinds_of_tie_as_text(measure):
    kind = code("tie-kind", "funding")
    records = [
        practice(),
        actor("a0", LG),
        actor("a1", LG),
        tie("a1", "a0", type=kind, directed=True),
        adopts("a0", year=2012),
        adopts("a1", year=2013),
    ]
    found = measure(records, "exposure", tie_kinds="advocacy, funding")
    assert found.values == {"a1": 1.0}
    net = measure(records, "vulnerability", tie_kinds="advocacy,funding")
    assert net.values["mean_degree"] == 1


def test_a_moment_is_its_day_and_windows_are_two_days(measure):
    records = [
        practice(),
        actor("a0", LG),
        adopts("a0", year=2012),
    ]
    noon = datetime.datetime(2013, 1, 1, 12)
    assert measure(records, "adoption-curve", as_of=noon).as_of == "2013-01-01"
    with pytest.raises(jmdi.JmdiError, match="takes window as"):
        measure(records, "adoption-curve", window=2012)


def test_who_adopted_outside_the_periods():
    adopted = {"a": 1999, "b": 2001, "c": 2005, "d": None}
    found = Adoption.of([("b", "a")], adopted, range(2000, 2003))
    assert found.time.tolist() == [0, 1, -1, -1]
    with pytest.raises(ValueError, match="'b' adopted in 2001"):
        Adoption.of([], adopted, (2000, 2002))


def test_adopters_before_a_window_have_no_place_in_it(measure):
    records = [
        practice(),
        *(actor(f"a{k}", LG) for k in range(5)),
        *(adopts(f"a{k}", year=y) for k, y in enumerate((1990, 2012, 2013, 2014))),
        tie("a1", "a0"),
        tie("a2", "a0"),
        tie("a2", "a1"),
    ]
    window = {"window": "2012-01-01/2016-01-01"}
    found = measure(records, "adopter-categories", **window)
    assert "a0" not in found.notes["categories"] and found.n_used == 3
    assert found.notes["adopted_before"] == 1
    assert (
        found.values
        == measure(
            [r for r in records if r.id != "adopts/a0-practice/p"], "adopter-categories", **window
        ).values
    )
    assert set(measure(records, "infectiousness", **window).values) == {"a1"}


@pytest.mark.parametrize("name", ["exposure", "infectiousness", "cascade", "best-seeds"])
def test_negative_strengths_cannot_weigh(measure, name):
    ties = [tie("a1", "a0", strength=Decimal(-1)), tie("a2", "a0", strength=Decimal(3))]
    records = [
        practice(),
        *(actor(f"a{k}", LG) for k in range(3)),
        *ties,
        *(adopts(f"a{k}", year=2010 + k) for k in range(3)),
    ]
    found = measure(records, name, valued=True)
    assert found.undefined == "scaling:negative_strength" and "negative" in found.why
    assert measure(records, name).undefined is None


@pytest.mark.parametrize("name", ["exposure", "susceptibility", "moran", "cascade"])
def test_a_tie_without_a_strength_has_no_known_weight(measure, name):
    ties = [tie("a1", "a0"), tie("a2", "a0", strength=Decimal(3))]
    people = [practice(), *(actor(f"a{k}", LG) for k in range(3))]
    records = [*people, *ties, *(adopts(f"a{k}", year=2010 + k) for k in range(3))]
    found = measure(records, name, valued=True)
    assert found.undefined == "missing_input" and "no strength" in found.why
    assert measure(records, name).undefined is None


def test_what_two_report_of_one_tie_weighs_once(measure):
    def reported(by, strength):
        more = {"strength": Decimal(strength), "reported_by": by, "directed": False}
        return jmdi.Tie(id=f"tie/{by}", source="c", target="a", **more)

    people = [practice(), *(actor(x) for x in "abc"), adopts("a", year=2001)]
    ds = [*people, adopts("c", year=2002), tie("c", "b", strength=Decimal(3))]
    for reports in ([reported("a", 1)], [reported("a", 1), reported("c", 1)]):
        assert measure([*ds, *reports], "exposure", valued=True).values["c"] == 0.25
    twice = measure([*ds, reported("a", 1), reported("c", 3)], "exposure", valued=True)
    assert twice.values["c"] == 0.5 and twice.notes["ties"] == 2
    assert twice.notes["reports_disputed"] == 1
    assert "strengths weigh, the highest of several reports" in twice.convention


def test_who_is_not_recorded_as_an_adopter_may_have_adopted(measure):
    cut = [r for r in records() if not isinstance(r, jmdi.Practice)] + [jmdi.Practice(id="p")]
    found = measure(cut, "adoption-curve")
    assert (found.status, found.lower, found.upper) == ("interval", 0.8, 1)
    assert found.bounds["2001"] == (0.2, 1) and found.values["2001"] is None
    assert found.notes["closed_world"]["value"] == 0.8
    assert measure(cut, "adoption-curve", closed_world=True).value == 0.8
    for name in ("exposure", "threshold", "hazard", "infectiousness", "susceptibility"):
        one, closed = measure(cut, name), measure(cut, name, closed_world=True)
        assert "list of adopters" in one.no_bounds and not closed.no_bounds
        assert one.values == closed.values == measure(list(records()), name).values


@pytest.mark.parametrize("direction", ["out", "in", "both"])
def test_who_follows_whom_against_a_loop_over_pairs(measure, direction):
    ties = [("b", "a", True), ("c", "b", False), ("d", "a", None), ("d", "c", True)]
    years = {"a": 2001, "b": 2002, "c": 2003, "d": 2003, "e": None}
    ds = [
        practice("p"),
        *(jmdi.Actor(id=x) for x in years),
        *(jmdi.Tie(id=f"{a}{b}", source=a, target=b, directed=way) for a, b, way in ties),
        *(adopts(x, "p", year=year) for x, year in years.items() if year),
    ]
    names = {(a, b) for a, b, _ in ties} | {(b, a) for a, b, way in ties if not way}
    sees = {
        x: {
            y
            for y in years
            if (direction != "in" and (x, y) in names) or (direction != "out" and (y, x) in names)
        }
        for x in years
    }
    infects, follows = {}, {}
    for x, year in years.items():
        if not year:
            continue
        later = [years[y] for y in years if x in sees[y] and years[y] and years[y] > year]
        if later:
            infects[x] = later.count(year + 1) / len(later)
        before = [years[y] for y in sees[x] if years[y] and years[y] < year]
        if before:
            follows[x] = before.count(year - 1) / len(before)
    assert measure(ds, "infectiousness", direction=direction).values == infects
    assert measure(ds, "susceptibility", direction=direction).values == follows


def test_a_tie_that_is_not_directed_weighs_as_much_as_one_that_is(measure):
    ties = [
        tie("a", "b", directed=True, strength=Decimal(2)),
        tie("c", "a", directed=False, strength=Decimal(2)),
    ]
    ds = [practice(), *(actor(x) for x in "abc"), *ties, adopts("b", year=2001)]
    ds.append(adopts("c", year=2002))
    for valued in (False, True):
        found = measure(ds, "exposure", direction="both", valued=valued)
        assert found.values["a"] == 0.5


def test_exposure_as_a_number_by_hand(measure):
    found = exposure(CHAIN, normalized=False)
    assert np.isnan(found[:, 0]).all()
    assert found[:, 1:].tolist() == [[0, 0, 0], [1, 1, 1], [1, 2, 2], [0, 0, 1], [0, 0, 0]]
    strong = Adoption.of([("b", "a", 3), ("b", "c", 1)], {"a": 1, "b": 2, "c": None})
    assert exposure(strong, valued=True, normalized=False)[1, 1] == 3
    ds = list(records())
    one = measure(ds, "exposure", normalized=False)
    assert dict(one.values) == {"a": 0, "b": 1, "c": 2, "d": 1, "e": 0}
    assert (one.value, one.value_is, one.range) == (0.8, "mean number of adopters", (0, None))
    assert measure(ds, "exposure").range == (0, 1)
    assert dict(measure(ds, "threshold", normalized=False).values) == {"b": 1, "c": 2, "d": 1}
    with pytest.raises(jmdi.JmdiError, match="no_ties is a share"):
        measure(ds, "exposure", normalized=False, no_ties=0)


def test_ties_not_observed_bound_a_number_of_adopters(measure):
    open_ = jmdi.Tie(
        id="tie/db", source="d", target="b", directed=True, state=code("presence", "unobserved")
    )
    found = measure([*records(), open_], "exposure", normalized=False)
    assert found.values["d"] is None and found.bounds["d"] == (1, 2)
    assert (found.lower, found.upper, found.range) == (0.8, 1.0, (0, None))


def test_cuts_of_categories_by_hand(measure):
    # Times 1, 2, 3: mean 2; the sample's standard deviation is 1, the population's 0.816.
    ds = [practice(), *(actor(x) for x in "abc")]
    ds += [adopts(x, year=year) for x, year in zip("abc", (2001, 2002, 2003), strict=True)]

    def groups(**given):
        return list(measure(ds, "adopter-categories", **given).notes["categories"].values())

    assert groups() == ["early majority", "late majority", "laggards"]
    assert groups(sd="population") == ["early adopters", "late majority", "laggards"]
    assert groups(cuts=[-2, -1.5, 0.5]) == ["late majority", "late majority", "laggards"]
    assert groups(kind="rogers", cuts=[-0.5, 0, 0.5, 2])[0] == "innovators"
    for wrong in ([0, 1], [1, 0, -1], [0, 0, 1]):
        with pytest.raises(jmdi.JmdiError, match="cuts are 3 ascending numbers"):
            measure(ds, "adopter-categories", cuts=wrong)


def test_categories_by_threshold_by_hand(measure):
    # Thresholds of b, c and d are 1, 1 and 0.5: mean 0.833, sample sd 0.289, population's 0.236.
    ds = list(records())
    found = measure(ds, "threshold-categories")
    assert dict(found.values) == {"very low": 1, "low": 0, "high": 2, "very high": 0}
    assert found.notes["categories"] == {"b": "high", "c": "high", "d": "very low"}
    assert (found.n_used, found.n_eligible) == (3, 4)
    # Times 1 to 4: mean 2.5, sd 1.29; the cuts are 1.21, 2.5 and 3.79.
    table = found.notes["by_time"]
    assert table["early majority"]["high"] == table["late majority"]["high"] == 1
    assert table["laggards"]["very low"] == 1 and sum(table["early adopters"].values()) == 0
    near = measure(ds, "threshold-categories", cuts=[-2, -1, 0.5])
    assert near.notes["categories"] == {"b": "very high", "c": "very high", "d": "low"}
    assert measure(ds[:-1], "threshold-categories").undefined == "single_category"
    assert measure([*records()][:9], "threshold-categories").undefined


def test_a_threshold_at_the_mean_is_high_however_it_is_rounded():
    thresholds = np.array([0.1, 0.3, 0.3, 0.3, 0.5])
    assert divided(thresholds, "threshold")[1:4] == ("high",) * 3
    assert divided(np.full(3, 0.1), "threshold") is None


def test_influence_over_all_adopters_by_hand(measure):
    # b names a and x; c, d and e name b. Of those exposed to b, c adopts right after it, and of
    # all, c and x do.
    years = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 4, "x": 3}
    ties = [("b", "a"), ("b", "x"), ("c", "b"), ("d", "b"), ("e", "b")]
    net = Adoption.of(ties, years)
    assert infectiousness(net)[1] == pytest.approx(1 / 3)
    assert infectiousness(net, normalized=True)[1] == pytest.approx(1 / 3 / 2)
    # Two periods: above 1 + 2/2, below 3 + 2/2; all adopters of both 2 + 2/2.
    assert infectiousness(net, span=2)[1] == pytest.approx(2 / 4)
    assert infectiousness(net, span=2, normalized=True)[1] == pytest.approx(2 / 4 / 3)
    # With a rate of 0.5 the second period weighs 1/1.5.
    w = 1 / 1.5
    slow = infectiousness(net, span=2, discount=0.5, normalized=True)[1]
    assert slow == pytest.approx((1 + 2 * w) / (3 + 2 * w) / (2 + 2 * w))
    # d follows b, two periods before: nobody whom it names adopted in 3, where two did.
    assert susceptibility(net, span=2, discount=0.5)[3] == pytest.approx(w / (1 + w))
    late = susceptibility(net, span=2, discount=0.5, normalized=True)[3]
    assert late == pytest.approx(w / (1 + w) / (2 + w))
    assert susceptibility(net, normalized=True)[3] == 0
    ds = [practice(), *(actor(x) for x in years)]
    ds += [tie(x, y, directed=True) for x, y in ties]
    ds += [adopts(x, year=2000 + year) for x, year in years.items()]
    found = measure(ds, "infectiousness", span=2, discount=0.5, normalized=True)
    assert found.values["b"] == slow and found.range == (0, None)
    assert "over the number of all" in found.convention
    assert measure(ds, "susceptibility", span=2, normalized=True).values["d"] > 0
    assert measure(ds, "infectiousness").range == (0, 1)
