"""Scaling by hand and with unknowns: reach, out, up, outreach, vector."""

from __future__ import annotations

import datetime
import math

import attrs
import pytest
from scaling_helpers import LAND, LG, actor, adopts, evidence, part, reached, tie, whole

import jmdi
from jmdi import Period, Place, code
from jmdi_scaling.metrics.institutions import CRITERIA


def test_reach(measure):
    base = [jmdi.Indicator(id="ind", unit="people"), jmdi.Initiative(id="i0")]
    records = [
        *base,
        reached("actual", 30, "women"),
        reached("actual", 90, "men"),
        reached("target", 50, "women"),
        reached("target", 50, "men"),
    ]
    found = measure(records, "reach")
    assert found.value == pytest.approx(1.2)
    assert found.values["dissimilarity"] == pytest.approx(0.25)
    assert found.notes["above_target"] == ("i0",)
    assert measure(base, "reach").undefined == "missing_input"
    zero = [*base, reached("actual", 3), reached("target", 0)]
    assert measure(zero, "reach").undefined == "zero_denominator"


def test_scaling_out(measure):
    records = [
        *LAND,
        actor("l", LG, territory="t1"),
        adopts("t0", year=2013),
        adopts("l", year=2015),
        adopts("t2"),
    ]
    targets = "t0,t1,t2,t3"
    found = measure(records, "out", targets=targets, as_of="2014-06-01")
    assert found.value == pytest.approx(1 / 3)
    assert (found.lower, found.upper) == (0.25, 0.5)
    assert measure(records, "out", targets=targets).value == 0.75
    assert measure(records, "out").undefined == "missing_input"
    assert measure(LAND, "out", targets=targets).undefined == "missing_input"
    late = measure(records, "out", targets=targets, window="2015-01-01/2016-01-01")
    assert late.notes["adopted"] == ("t1",)


def replicates(a, b):
    return jmdi.Relates(
        id=f"r/{a}-{b}", source=a, target=b, type=code("initiative-relation", "replicates")
    )


def test_replication_depth_and_circles(measure):
    plans = [jmdi.Initiative(id=f"i{k}", period=Period(str(2010 + k))) for k in range(3)]
    chain = [*LAND, adopts("t0", year=2012), *plans, replicates("i2", "i1"), replicates("i1", "i0")]
    found = measure(chain, "out", targets="t0", as_of="2014-01-01")
    assert found.values["replication_depth"] == 2
    assert found.values["onward"] == pytest.approx(2 / 3)
    circle = measure([*chain, replicates("i0", "i2")], "out", targets="t0")
    assert circle.values["replication_depth"] is None
    assert circle.notes["replication_cycle"] == ("i0", "i1", "i2")


def test_scaling_up(measure):
    records = [
        *LAND,
        actor("a"),
        actor("b"),
        adopts("a", level="single_location"),
        adopts("b", level="national"),
        adopts("t0", level="regional"),
        tie("a", "b"),
    ]
    found = measure(records, "up")
    assert found.value == pytest.approx(2 / 3)
    assert (found.lower, found.upper) == (pytest.approx(2 / 3), 1)
    assert found.values["highest"] == 3
    assert found.values["tied_upward"] == 1
    assert found.notes["level_unknown"] == 1
    vague = measure([*LAND, adopts("t0", level="regional")], "up")
    assert (vague.status, vague.lower, vague.upper) == ("interval", 0, pytest.approx(1 / 3))
    assert vague.notes["missing"] == ({"about": "adopts/t0-practice/p", "field": "/level"},)


def test_the_level_of_an_adopter_is_a_reading_and_counted(measure):
    records = [
        *LAND,
        actor("a", level=code("governance-level", "local")),
        adopts("a"),
        adopts("t0", level="national"),
    ]
    found = measure(records, "up")
    assert found.value == found.lower == found.upper == pytest.approx(2 / 3)
    assert found.notes["level_of_adopter"] == 1 and found.notes["level_unknown"] == 0
    assert not found.notes["missing"]


def test_of_complete_lists_nobody_has_adopted_before_the_first(measure):
    records = [*LAND, adopts("t0", level="national")]
    vague = measure(records, "up", as_of="2010-01-01")
    assert (vague.lower, vague.upper) == (0, pytest.approx(1 / 3))
    later = measure([*LAND, adopts("t0", level="national", year=2015)], "up", as_of="2010-01-01")
    assert later.value == 0 and later.values["highest"] == 0
    assert measure(LAND, "up", as_of="2010-01-01").undefined == "missing_input"


@pytest.mark.parametrize("metric", ["up", "out"])
def test_who_may_take_part_may_have_adopted(measure, metric):
    """An adopter that is not in the list of an initiative, and one that may be too late for it."""
    records = [
        *LAND,
        actor("a", LG, territory="t0"),
        actor("b", LG, territory="t1"),
        adopts("a", level="local", year=2011),
        adopts("b", level="national", year=2011),
        part("a", "i0"),
    ]
    given = {"initiative": "i0", "as_of": "2012-01-01"}
    given |= {"targets": "t0"} if metric == "out" else {"levels": "local"}
    known = measure([*records, whole("i0")], metric, **given)
    assert (known.lower, known.upper) == (0, 1)
    given["as_of"] = None
    assert measure([*records, whole("i0")], metric, **given).lower == 1
    given |= {"levels": "national"} if metric == "up" else {"targets": "t1"}
    assert measure([*records, whole("i0")], metric, **given).value == 0
    assert measure([*records, jmdi.Initiative(id="i0")], metric, **given).upper == 1


def test_functional(measure):
    themes = ("theme/data", "theme/partnerships")
    even = [jmdi.Initiative(id="i", themes=themes)]
    assert measure(even, "functional").value == pytest.approx(2)
    uneven = [*even, jmdi.Initiative(id="j", themes=themes[:1], period=Period("2014"))]
    expected = math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    assert measure(uneven, "functional").value == pytest.approx(expected)
    found = measure(uneven, "functional", as_of="2015-01-01", baseline="2012-01-01")
    assert found.notes["baseline"] == pytest.approx(2)
    assert measure([jmdi.Initiative(id="i")], "functional").undefined == "missing_input"


def test_outreach_of_the_example_plan(measure):
    names = ("I", "III", "IV-A", "V", "VI", "VII", "XI", "NCR")
    header = ("I", "IV-A", "V", "VI", "XI", "NCR")
    records = [
        *(jmdi.Territory(id=name) for name in names),
        jmdi.WorkPlan(id="plan", territories=header),
        jmdi.Action(id="a1", workplan="plan", places=tuple(Place(n) for n in ("III", "VII", "XI"))),
    ]
    found = measure(records, "outreach", of="territories")
    assert found.value == pytest.approx(2 / 3)
    assert found.notes["territories_beyond"] == ("III", "VII")
    assert measure(records, "outreach").undefined == "missing_input"


def test_outreach_to_actors(measure):
    records = [
        actor("a"),
        actor("b"),
        jmdi.KnowledgeProduct(id="k"),
        whole("i"),
        part("a", "i", role="implementing"),
        *(jmdi.Disseminated(id=f"d/{x}", source="k", target=x) for x in "ab"),
    ]
    assert measure(records, "outreach").value == 0.5
    # Without a role on record it may be the target audience, which is beyond.
    vague = measure([r for r in records if r.id != "part/a-i-None-implementing"], "outreach")
    assert vague.value == 1
    found = measure([*records, part("b", "i")], "outreach")
    assert (found.lower, found.upper) == (0, 0.5)


def test_vector(measure):
    records = [
        *LAND,
        adopts("t0", level="local"),
        *(evidence("t0", criterion, "present") for criterion in CRITERIA),
        *(evidence("t1", criterion, "absent") for criterion in CRITERIA),
        jmdi.Indicator(id="ind"),
        jmdi.Initiative(id="i0", themes=("theme/data",)),
        reached("actual", 30),
        reached("target", 20),
    ]
    found = measure(records, "vector", targets="t0,t1", practice="practice/p")
    assert found.value is None
    assert dict(found.values) == {
        "reach": 1.5,
        "out": 0.5,
        "up": pytest.approx(1 / 3),
        "functional": 1,
        "institutional": 0.5,
    }
    low = measure(records, "vector", targets="t0,t1", aggregate="minimum")
    assert low.value == pytest.approx(1 / 7)
    assert low.notes["bottleneck"] == ("functional",)
    part_only = measure(records[:-1], "vector", targets="t0,t1", aggregate="geometric")
    assert part_only.undefined == "missing_input"
    assert "reach" in part_only.why


def test_vector_deep_only_from_evidence(measure):
    norm = [
        jmdi.Evidence(
            id=f"norm/{t}",
            of=t,
            criterion=code("acme:norms", "welcome"),
            state=code("presence", state),
        )
        for t, state in (("t0", "present"), ("t1", "absent"), ("t2", "unknown"))
    ]
    targets = "t0,t1,t2,t3"
    found = measure([*LAND, *norm], "vector", targets=targets, deep="welcome")
    assert found.values["deep"] == 0.5
    assert tuple(found.notes["bounds"]["deep"]) == (0.25, 0.75)
    assert "norm/t0" in found.contributing
    tied = [*LAND, *norm, *(actor(x) for x in "abc"), tie("a", "b"), tie("b", "c")]
    assert measure(tied, "vector", targets=targets, deep="welcome").values["deep"] == 0.5
    assert "deep" not in measure([*LAND, adopts("t0")], "vector", targets=targets).values
    asked = measure([*LAND, adopts("t0")], "vector", targets=targets, deep="welcome")
    assert asked.values["deep"] is None
    assert "no evidence" in asked.notes["undefined"]["deep"]
    alone = measure([*LAND, norm[0]], "vector", targets=targets, deep="welcome")
    assert alone.values["deep"] is None and alone.bounds["deep"] == (0.25, 1)
    assert "no evidence of absence" in alone.notes["intervals"]["deep"]


def test_observations_that_contradict_one_another_are_unknown(measure):
    target = reached("target", 100)
    says = [reached("actual", 50, name="o1"), reached("actual", 80, name="o2")]
    for records in (says, says[::-1]):
        found = measure([target, *records], "reach")
        assert found.undefined == "missing_input" and "contradict" in found.why
        assert found.notes["contradicted"] == ("ind i0",)
    assert measure([target, says[0], attrs.evolve(says[0], id="same")], "reach").value == 0.5
    later = attrs.evolve(says[1], period=Period("2015"))
    assert measure([target, later, says[0]], "reach").value == 0.8


def test_reach_is_of_any_place_of_the_initiative(measure):
    places = (Place(territory="t1"), Place(territory="t2"))
    initiative = jmdi.Initiative(id="i0", places=places)
    records = [*LAND, reached("actual", 1), reached("target", 2), initiative]
    assert measure(records, "reach", territory="t2").value == 0.5
    assert measure(records, "reach", territory="t3").undefined == "missing_input"


def test_values_of_places_are_parts_of_a_whole(measure):
    parts = [
        jmdi.evolve(reached("actual", number, name=place), places=(Place(place),))
        for place, number in (("t0", 10), ("t1", 7))
    ]
    records = [*LAND, *parts, reached("target", 34), jmdi.Initiative(id="i0")]
    found = measure(records, "reach")
    assert (found.value, found.values["reached"]) == (0.5, 17)


def test_outreach_of_a_window_is_what_was_sent_in_it(measure):
    sent = [
        jmdi.Disseminated(id=f"d{y}", source="k", target=f"a{y}", date=datetime.date(y, 1, 1))
        for y in (2010, 2014)
    ]
    records = [jmdi.KnowledgeProduct(id="k"), actor("a2010"), actor("a2014"), *sent]
    found = measure(records, "outreach", window="2014-01-01/2015-01-01")
    assert found.notes["actors_beyond"] == ("a2014",)
    assert measure(records, "outreach", as_of="2014-06-01").n_used == 2


def test_levels_that_may_not_be_reached_yet_are_no_zero(measure):
    undated = measure([*LAND, adopts("t1", level="national")], "up", as_of="2014-06-30")
    assert (undated.status, undated.lower) == ("interval", 0)
    assert undated.upper == pytest.approx(1 / 3)
    records = [*LAND, adopts("t1", level="national"), adopts("t2", level="national", year=2013)]
    found = measure(records, "up", as_of="2014-06-30")
    assert found.n_used == 1 and found.coverage == 0.5
    with pytest.raises(jmdi.NotFound, match="t99"):
        measure(records, "up", territory="t99")


def test_chains_of_replication_grow_with_time(measure):
    records = [
        *LAND,
        adopts("t1", year=2010),
        replicates("b", "a"),
        replicates("c", "b"),
        *(
            jmdi.Initiative(id=name, period=Period(year))
            for name, year in (("a", "2010"), ("b", "2012"), ("c", "2014"))
        ),
    ]
    depth = [
        measure(records, "out", targets="t1", as_of=day).values["replication_depth"]
        for day in ("2011-01-01", "2013-01-01", "2015-01-01")
    ]
    assert depth == [0, 1, 2]


def test_scaling_out_names_its_targets_and_what_other_lists_give(measure):
    records = [
        *LAND,
        whole("i0", places=(Place("t0"), Place("t1"))),
        actor("l", LG, territory="t1"),
        actor("m", LG, territory="t2"),
        adopts("l", year=2012),
    ]
    found = measure(records, "out")
    assert (found.value, found.notes["targets"]) == (0.5, ("t0", "t1"))
    assert found.notes["targets_from"] == "places of initiatives"
    assert found.notes["other_targets"] == {
        "territories of actors": {"territories": 2, "adopted": 1},
        "all territories on record": {"territories": 5, "adopted": 2},
    }
    given = measure(records, "out", targets="t1,t2,t3")
    assert given.notes["targets_from"] == "given" and given.value == pytest.approx(1 / 3)
    assert given.notes["other_targets"]["places of initiatives"] == {
        "territories": 2,
        "adopted": 1,
    }


def test_scaling_of_adopters_that_may_be_missing(measure):
    cut = [r for r in LAND if r.id != "practice/p"]
    records = [*cut, jmdi.Practice(id="practice/p"), adopts("t0", level="local")]
    out, up = measure(records, "out", targets="t0,t1"), measure(records, "up")
    assert (out.status, out.lower, out.upper) == ("interval", 0.5, 1)
    assert (up.status, up.lower, up.upper) == ("interval", pytest.approx(1 / 3), 1)
    assert up.bounds["highest"] == (1, 3)
    assert out.notes["missing"] == ({"about": "practice/p", "field": "/adopters_complete"},)
    assert measure(records, "out", targets="t0,t1", closed_world=True).value == 0.5
    every = [adopts(f"t{k}", level=x) for k, x in enumerate(("local", "first_admin", "national"))]
    assert measure([*records[:-1], *every], "up").value == 1  # nobody can add to all levels


def test_themes_of_initiatives_and_what_they_are_coded_to_count(measure):
    themes = jmdi.Initiative(id="i", themes=("theme/data",))
    bare = jmdi.Initiative(id="j")
    coded = jmdi.Coded(id="c", source="j", target="theme/partnerships")
    assert measure([themes, coded, bare], "functional").value == pytest.approx(2)
    found = measure([themes, bare], "functional")
    # It may have the same theme, or the other six in equal parts: exp((ln 2 + ln 12) / 2).
    assert (found.value, found.lower, found.upper) == (1, 1, pytest.approx(math.sqrt(24)))
    assert found.notes["missing"] == ({"about": "j", "field": "/themes"},)


def test_an_aggregate_of_intervals_is_one(measure):
    records = [
        *LAND[:-1],
        jmdi.Practice(id="practice/p"),
        adopts("t0", level="local"),
        jmdi.Indicator(id="ind"),
        jmdi.Initiative(id="i0", themes=("theme/data",)),
        reached("actual", 30),
        reached("target", 20),
        *(evidence("t0", criterion, "present") for criterion in CRITERIA),
    ]
    found = measure(records, "vector", targets="t0", aggregate="minimum")
    assert (found.value, found.lower, found.upper) == (None, *[pytest.approx(1 / 7)] * 2)
    assert "up" in found.notes["intervals"] and found.bounds["up"] == (pytest.approx(1 / 3), 1)
