"""The cards of the programme, by hand, with unknowns, and whatever the order of the records."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jmdi
from jmdi import Money, Period, Place, code

CSO, LG = "migrant_association", "local_authority"


def actor(name, kind=None, **more):
    return jmdi.Actor(id=name, type=code("actor-type", kind) if kind else None, **more)


def tie(a, b, state=None, **more):
    name = f"tie/{a}-{b}-{more.get('period')}"
    presence = code("presence", state) if state else None
    return jmdi.Tie(id=name, source=a, target=b, state=presence, **more)


def part(a, i, side=None, role=None, period=None):
    return jmdi.Participates(
        id=f"part/{a}-{i}-{side}-{role}", source=a, target=i, period=period,
        side=code("side", side) if side else None,
        role=code("organisation-role", role) if role else None,
    )  # fmt: skip


def adopts(a, practice="practice/p", level=None, year=None, route=None):
    return jmdi.Adopts(
        id=f"adopts/{a}-{practice}", source=a, target=practice,
        level=code("governance-level", level) if level else None,
        route=code("adoption-route", route) if route else None,
        period=Period(str(year)) if year else None,
    )  # fmt: skip


SECTORS = [
    actor("c1", CSO), actor("c2", "national_ngo"), actor("l1", LG), actor("l2", LG),
    actor("u", "academia"), tie("c1", "l1"), tie("l1", "c1", period=Period("2014")),
    tie("c2", "l2", "unobserved"), tie("c1", "l2", "absent"), tie("c1", "u"),
]  # fmt: skip


def test_cross_sector_density(measure):
    found = measure(SECTORS, "cross-sector-density")
    assert found.value == pytest.approx(1 / 3)
    assert (found.lower, found.upper) == (0.25, 0.5)
    assert found.values["coverage_x"] == found.values["coverage_y"] == 0.5
    assert found.values["lift"] == pytest.approx((1 / 3) / (2 / 9))
    assert set(found.contributing) == {"tie/c1-l1-None", SECTORS[6].id}


def test_cross_sector_density_undefined(measure):
    assert measure([], "cross-sector-density").undefined == "no_known_group"
    assert measure([actor("c", CSO)], "cross-sector-density").undefined == "zero_denominator"
    unseen = [actor("c", CSO), actor("l", LG), tie("c", "l", "unobserved")]
    found = measure(unseen, "cross-sector-density")
    assert found.undefined == "missing_input"
    assert (found.lower, found.upper) == (0, 1)
    both = measure(SECTORS, "cross-sector-density", civil_society=f"{CSO},{LG}")
    assert both.notes["in_both_sets"] == ("l1", "l2")


def test_strategic_partnerships(measure):
    strong = tie("c1", "l1", formality=code("tie-formality", "mou"), intensity=4,
                 period=Period("2012/2015"), type=code("tie-kind", "advocacy"))  # fmt: skip
    weak = tie("c2", "l1", formality=code("tie-formality", "informal"), intensity=1,
               period=Period("2012-01/2012-03"), type=code("tie-kind", "advocacy"))  # fmt: skip
    vague = tie("c1", "l2")
    found = measure([*SECTORS[:5], strong, weak, vague], "strategic-partnerships")
    assert found.value == 0.5
    assert (found.n_used, found.n_eligible) == (2, 3)
    assert found.lower == pytest.approx(1 / 3)
    assert found.upper == pytest.approx(2 / 3)
    assert found.values["c1 – l1"]["met"] == 3
    nothing = measure([*SECTORS[:5], vague], "strategic-partnerships")
    assert nothing.undefined == "missing_input"
    assert (nothing.lower, nothing.upper) == (0, 1)
    assert measure(SECTORS[:5], "strategic-partnerships").undefined == "no_ties"


def anchored():
    return [
        actor("l1", LG, country="SN"), actor("l2", LG, country="IT"), actor("c", CSO),
        actor("x"), *(jmdi.Initiative(id=f"i{k}") for k in range(5)),
        part("l1", "i0", "origin", "accountable"), part("l2", "i0", "destination", "funding"),
        part("l1", "i1", "origin"), part("c", "i1", "destination"),
        part("l1", "i2"), part("x", "i3", "origin"), part("c", "i3", "destination"),
    ]  # fmt: skip


def test_anchorage(measure):
    found = measure(anchored(), "anchorage")
    assert found.value == 0.5
    assert (found.n_used, found.n_eligible) == (2, 5)
    assert found.values["origin_only"] == 0.5
    assert found.values["balance"] == 0.5
    assert found.notes["unknown"] == ("i2", "i3", "i4")
    assert (found.lower, found.upper) == (0.2, 0.8)
    assert measure(anchored(), "anchorage", strong=True).value == 1
    assert measure(anchored(), "anchorage", initiative="i4").undefined == "missing_input"
    assert measure([], "anchorage").undefined == "missing_input"


def test_sides_of_which_nothing_is_known_are_no_finding(measure):
    records = [actor("a", CSO), jmdi.Initiative(id="i"), part("a", "i")]
    found = measure(records, "anchorage")
    assert found.undefined == "missing_input"
    assert (found.n_used, found.n_eligible) == (0, 1)


def test_internal_migration_is_flagged(measure):
    records = [actor("a", LG, country="PH"), actor("b", LG, country="PH"),
               jmdi.Initiative(id="i"), part("a", "i", "origin"),
               part("b", "i", "destination")]  # fmt: skip
    assert measure(records, "anchorage").notes["internal_migration"] == ("i",)


def test_isolation(measure):
    records = [
        *(actor(x, LG) for x in "abcf"), *(jmdi.Initiative(id=f"i{k}") for k in range(4)),
        part("a", "i0"), part("a", "i1"), part("b", "i2"),
        *(part("f", f"i{k}", role="funding") for k in range(4)),
    ]  # fmt: skip
    found = measure(records, "isolation")
    assert found.value == pytest.approx(1 / 3)
    assert found.values["fragmentation"] == pytest.approx(2 / 3)
    assert found.notes["excluded_actors"] == ("f",)
    assert (found.lower, found.upper) == (0, 0.5)
    assert measure(records, "isolation", exclude_roles="").value == 0
    assert measure([jmdi.Initiative(id="i")], "isolation").undefined == "too_few_actors"


def reached(role, value, group=None, name="o"):
    return jmdi.Observation(
        id=f"{name}/{role}/{group}", indicator="ind", of="i0", value=Decimal(value),
        role=code("observation-role", role), group={"en": group} if group else {},
    )  # fmt: skip


def test_reach(measure):
    base = [jmdi.Indicator(id="ind", unit="people"), jmdi.Initiative(id="i0")]
    records = [*base, reached("actual", 30, "women"), reached("actual", 90, "men"),
               reached("target", 50, "women"), reached("target", 50, "men")]  # fmt: skip
    found = measure(records, "reach")
    assert found.value == pytest.approx(1.2)
    assert found.values["dissimilarity"] == pytest.approx(0.25)
    assert found.notes["above_target"] == ("i0",)
    assert measure(base, "reach").undefined == "missing_input"
    zero = [*base, reached("actual", 3), reached("target", 0)]
    assert measure(zero, "reach").undefined == "zero_denominator"


LAND = [jmdi.Territory(id="land"), *(jmdi.Territory(id=f"t{k}", within="land") for k in range(4)),
        jmdi.Practice(id="practice/p")]  # fmt: skip


def test_scaling_out(measure):
    records = [*LAND, actor("l", LG, territory="t1"), adopts("t0", year=2013),
               adopts("l", year=2015), adopts("t2")]  # fmt: skip
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
    return jmdi.Relates(id=f"r/{a}-{b}", source=a, target=b,
                        type=code("initiative-relation", "replicates"))  # fmt: skip


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
    records = [*LAND, actor("a"), actor("b"), adopts("a", level="single_location"),
               adopts("b", level="national"), adopts("t0", level="regional"),
               tie("a", "b")]  # fmt: skip
    found = measure(records, "up")
    assert found.value == pytest.approx(2 / 3)
    assert (found.lower, found.upper) == (pytest.approx(2 / 3), 1)
    assert found.values["highest"] == 3
    assert found.values["tied_upward"] == 1
    assert found.notes["level_unknown"] == 1
    assert measure([*LAND, adopts("t0", level="regional")], "up").undefined == "missing_input"


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


def evidence(territory, criterion, state, edtf=None):
    return jmdi.Evidence(
        id=f"e/{territory}/{criterion}/{state}", of=territory, state=code("presence", state),
        criterion=code("institutionalisation", criterion), period=Period(edtf) if edtf else None,
    )  # fmt: skip


def test_institutionalization(measure):
    records = [*LAND, evidence("t0", "plan", "present"), evidence("t0", "unit", "absent"),
               evidence("t1", "plan", "absent"), evidence("t2", "plan", "unknown")]  # fmt: skip
    found = measure(records, "institutionalization", targets="t0,t1,t2")
    assert found.value == 0.5
    assert found.values["t0"]["value"] == 0.5
    assert found.values["t0"]["routinisation"] == 1
    assert found.values["t0"]["saturation"] == 0
    assert (found.lower, found.upper) == (0, 1)
    assert found.values["t0"]["lower"] == pytest.approx(1 / 7)
    assert measure(LAND, "institutionalization", targets="t0").undefined == "missing_input"
    assert measure([], "institutionalization").undefined == "missing_input"


def test_institutionalization_over_time(measure):
    records = [*LAND, evidence("t0", "plan", "absent", "2012/2013"),
               evidence("t0", "plan", "present", "2014/..")]  # fmt: skip

    def value(**more):
        return measure(records, "institutionalization", targets="t0", **more).value

    assert value(as_of="2013-01-01") == 0
    assert value(as_of="2016-01-01") == 1
    assert value(as_of="2016-01-01", hold=1) == 1
    assert value(as_of="2016-01-01", hold=3) == 0
    clash = [*LAND, evidence("t0", "plan", "absent"), evidence("t0", "plan", "present")]
    found = measure(clash, "institutionalization", targets="t0")
    assert found.undefined == "missing_input"
    assert found.notes["conflicts"] == ("t0 plan",)


def gift(a, amount, currency="EUR", **more):
    return jmdi.Contributes(id=f"gift/{a}-{amount}-{currency}", source=a, target="i",
                            amount=Money(amount, currency, **more))  # fmt: skip


def test_ownership(measure):
    base = [*LAND, actor("home", LG, territory="t0"), actor("away", CSO, territory="t1"),
            jmdi.Initiative(id="i", places=(Place("t0"),)),
            part("home", "i", role="accountable")]  # fmt: skip
    found = measure([*base, gift("home", 60), gift("away", 40)], "ownership")
    assert found.value == pytest.approx(0.6)
    assert found.values["t0"] == {"share": 0.6, "lower": 0.6, "upper": 0.6,
                                  "stewardship": True, "owned": True}  # fmt: skip
    open_ended = [*base, gift("home", 60), gift("away", 40),
                  gift("away", None, None, reason="in_kind")]  # fmt: skip
    unknown = measure(open_ended, "ownership")
    assert (unknown.value, unknown.lower, unknown.upper) == (0.6, 0, 0.6)
    assert unknown.notes["in_kind_without_value"] == 1
    abroad = [*LAND[1:], jmdi.Territory(id="land", country="SN"), *base[len(LAND):],
              actor("far", LG, country="IT"), actor("lost", LG), gift("home", 60)]  # fmt: skip
    assert measure([*abroad, gift("far", 40)], "ownership").value == pytest.approx(0.6)
    assert measure([*abroad, gift("lost", 40)], "ownership").lower == pytest.approx(0.6)
    mixed = measure([*base, gift("home", 60), gift("away", 40, "USD")], "ownership")
    assert mixed.undefined == "scaling:mixed_currencies"
    assert measure(base, "ownership").undefined == "missing_input"


def test_goal_consensus(measure):
    goals = {"a": ["1", "2"], "b": ["2", "3"], "c": ["9"]}
    records = [actor(x) for x in "abc"] + [tie("a", "b")]
    found = measure(records, "goal-consensus", goals=goals, draws=199)
    assert found.value == pytest.approx(1 / 3)
    assert found.values["all"] == pytest.approx(1 / 9)
    assert 0.2 < found.values["p"] < 0.5
    assert found.seed == 0
    assert measure(records[:3], "goal-consensus").undefined == "no_ties"
    assert measure(records, "goal-consensus").undefined == "missing_input"


def rate(a, b, score, dimension="reliability"):
    return jmdi.Rates(id=f"rate/{a}-{b}-{dimension}", source=a, target=b,
                      score=None if score is None else Decimal(score),
                      low=Decimal(1), high=Decimal(4), reason=None if score else "refused",
                      dimension=code("rating-dimension", dimension))  # fmt: skip


def test_rated_consensus(measure):
    found = measure([rate("a", "c", 4, "mission_support"), rate("b", "c", 3, "mission_support")],
                    "goal-consensus", variant="ratings")  # fmt: skip
    assert found.value == pytest.approx(5 / 6)
    assert found.values["c"]["r_wg"] == pytest.approx(1 - 0.5 / (15 / 12))


def test_trust(measure):
    records = [actor(x) for x in "abc"] + [
        rate("a", "b", 4), rate("c", "b", 2), rate("a", "b", 1, "openness"),
        rate("b", "b", 4), rate("b", "c", None),
    ]  # fmt: skip
    found = measure(records, "trust")
    assert found.value == pytest.approx((3 + 1) / 2)
    assert found.notes["self_ratings_dropped"] == 1
    assert found.notes["density"] == 0
    assert (found.lower, found.upper) == (1.5, 3)
    assert measure([], "trust").undefined == "missing_input"


def test_outreach_of_the_example_plan(measure):
    names = ("I", "III", "IV-A", "V", "VI", "VII", "XI", "NCR")
    header = ("I", "IV-A", "V", "VI", "XI", "NCR")
    records = [*(jmdi.Territory(id=name) for name in names),
               jmdi.WorkPlan(id="plan", territories=header),
               jmdi.Action(id="a1", workplan="plan",
                           places=tuple(Place(n) for n in ("III", "VII", "XI")))]  # fmt: skip
    found = measure(records, "outreach", of="territories")
    assert found.value == pytest.approx(2 / 3)
    assert found.notes["territories_beyond"] == ("III", "VII")
    assert measure(records, "outreach").undefined == "missing_input"


def test_outreach_to_actors(measure):
    records = [actor("a"), actor("b"), jmdi.KnowledgeProduct(id="k"), jmdi.Initiative(id="i"),
               part("a", "i"),
               *(jmdi.Disseminated(id=f"d/{x}", source="k", target=x) for x in "ab")]  # fmt: skip
    assert measure(records, "outreach").value == 0.5


def test_vector(measure):
    records = [*LAND, adopts("t0", level="local"), evidence("t0", "plan", "present"),
               jmdi.Indicator(id="ind"), jmdi.Initiative(id="i0", themes=("theme/data",)),
               reached("actual", 30), reached("target", 20)]  # fmt: skip
    found = measure(records, "vector", targets="t0,t1", practice="practice/p")
    assert found.value is None
    assert dict(found.values) == {
        "reach": 1.5, "out": 0.5, "up": pytest.approx(1 / 3), "functional": 1,
        "institutional": 1,
    }  # fmt: skip
    low = measure(records, "vector", targets="t0,t1", aggregate="minimum")
    assert low.value == pytest.approx(1 / 7)
    assert low.notes["bottleneck"] == ("functional",)
    part_only = measure(records[:-1], "vector", targets="t0,t1", aggregate="geometric")
    assert part_only.undefined == "missing_input"
    assert "reach" in part_only.why


def test_a_territory_narrows(measure):
    records = [
        *LAND, actor("l0", LG, territory="t0"), actor("l1", LG, territory="t1"),
        actor("a", LG, country="IT"), tie("l0", "l1"), rate("a", "l0", 4), rate("a", "l1", 2),
        *(jmdi.Initiative(id=f"i{k}", places=(Place(f"t{k}"),), themes=("theme/data",) * (k == 0))
          for k in range(2)),
        part("l0", "i0", "origin"), part("a", "i0", "destination"), part("l1", "i1", "origin"),
        part("c", "i1", "destination"), actor("c", CSO),
    ]  # fmt: skip
    for place, anchored, rated in (("t0", 1, 4), ("t1", 0, 2), ("land", 0.5, 3)):
        assert measure(records, "anchorage", territory=place).value == anchored
        assert measure(records, "trust", territory=place).value == rated
    assert measure(records, "isolation", territory="t1").n_eligible == 1
    assert measure(records, "functional", territory="t1").undefined == "missing_input"
    assert measure(records, "functional", territory="t0").value == 1
    assert measure(records, "outreach", territory="t1").undefined == "missing_input"
    assert measure(records, "goal-consensus", territory="t0").undefined == "no_ties"
    assert measure(records, "trust", initiative="i0").value == 4


def test_vector_deep_only_from_evidence(measure):
    norm = [jmdi.Evidence(id=f"norm/{t}", of=t, criterion=code("acme:norms", "welcome"),
                          state=code("presence", state))
            for t, state in (("t0", "present"), ("t1", "absent"), ("t2", "unknown"))]  # fmt: skip
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


def test_isolation_against_chance(measure):
    records = [*(actor(x) for x in "abcdef"), *(jmdi.Initiative(id=f"i{k}") for k in range(4)),
               part("a", "i0"), part("b", "i0"), part("a", "i1"), part("b", "i1"),
               part("c", "i2"), part("d", "i2"), part("e", "i3"), part("f", "i3")]  # fmt: skip
    found = measure(records, "isolation", draws=99, seed=4)
    assert found.value == 0.5
    assert found.seed == 4
    assert found.notes["null"]["mean"] < 0.5
    assert 0.01 <= found.notes["null"]["p"] <= 1
    again = measure(list(reversed(records)), "isolation", draws=99, seed=4)
    assert again.notes["null"] == found.notes["null"]


def test_cost_per_participant(measure):
    people = jmdi.Audience({"en": "people"}, size=jmdi.Quantity(100, per="total"))

    def action(k, plan, place, year):
        return jmdi.Action(id=f"a{k}", workplan=plan, audience=(people,), places=(Place(place),),
                           finance=(Money(1000 * (k + 1), "EUR", per="total"),),
                           timeline=Period(year))  # fmt: skip

    records = [*LAND, jmdi.Initiative(id="i0"), jmdi.WorkPlan(id="w0", initiatives=("i0",)),
               jmdi.WorkPlan(id="w1"), action(0, "w0", "t0", "2014"),
               action(1, "w1", "t1", "2016"), action(2, "w0", "t1", "2016")]  # fmt: skip
    whole = measure(records, "cost-per-participant")
    assert whole.upper == 20
    assert measure(records, "cost-per-participant", initiative="i0").upper == 20
    assert measure(records, "cost-per-participant", workplan="w1").upper == 20
    assert measure(records, "cost-per-participant", territory="t0").upper == 10
    early = measure(records, "cost-per-participant", as_of="2015-06-01")
    assert early.upper == 10
    assert early.notes["adherence"]["undefined"]
    assert measure([], "cost-per-participant").undefined == "missing_input"


def test_criticality(measure):
    records = [*(actor(x) for x in "abc"), tie("a", "b"), tie("b", "c")]
    found = measure(records, "criticality", metric="density")
    assert found.contributing == ("b",)
    assert found.value == pytest.approx(-2 / 3)
    two = measure(records[:2], "criticality", metric="density")
    assert set(two.notes["transitions"]) == {"a", "b"}
    new = measure(records, "criticality", metric="density", change="new ties")
    assert new.notes["best"] == ("a – c",)
    assert new.value == pytest.approx(1 / 3)


NAMES = ("cost-per-participant", "cross-sector-density", "strategic-partnerships", "anchorage",
         "isolation", "reach", "out", "up", "functional", "institutionalization", "ownership",
         "outreach", "trust",
         "vector")  # fmt: skip
EVERYTHING = [
    *LAND, *SECTORS, *anchored()[4:], actor("home", LG, territory="t0"), adopts("t0", year=2013),
    adopts("home", level="national"), evidence("t0", "plan", "present", "2013"),
    evidence("t1", "unit", "absent"), rate("c1", "l1", 3), jmdi.Indicator(id="ind"),
    reached("actual", 3), reached("target", 7),
]  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture],
          deadline=None)  # fmt: skip
@given(st.permutations(EVERYTHING), st.sampled_from(NAMES), st.sampled_from([None, "2014-01-01"]))
def test_order_of_records_does_not_matter(measure, records, name, day):
    one = measure(EVERYTHING, name, as_of=day)
    other = measure(records, name, as_of=day)
    assert (one.value, one.lower, one.upper, one.undefined) == (
        other.value, other.lower, other.upper, other.undefined)  # fmt: skip
    if one.value is not None and one.lower is not None:
        assert one.lower - 1e-12 <= one.value <= one.upper + 1e-12


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture],
          deadline=None)  # fmt: skip
@given(st.lists(st.sampled_from(["present", "absent", "unknown"]), min_size=1, max_size=4),
       st.integers(0, 3))  # fmt: skip
def test_more_knowledge_narrows_the_bounds(measure, states, which):
    which %= len(states)

    def found(given):
        records = [*LAND, *(evidence(f"t{k}", "plan", s) for k, s in enumerate(given))]
        targets = ",".join(f"t{k}" for k in range(len(given)))
        return measure(records, "institutionalization", targets=targets, weights={"plan": 1})

    before = found(states)
    if states[which] == "unknown":
        after = found([*states[:which], "present", *states[which + 1 :]])
        assert after.lower >= before.lower
        assert after.upper <= before.upper


@pytest.mark.parametrize("name", NAMES)
def test_empty_dataset_is_undefined(measure, name):
    found = measure([], name)
    assert found.value is None
    assert found.undefined
    assert found.citation
    assert found.convention


def test_sets_of_actor_types_are_those_of_the_core():
    from jmdi.builtin import vocabularies
    from jmdi_scaling import facts

    assert facts.CIVIL_SOCIETY == vocabularies.CIVIL_SOCIETY
    assert facts.LOCAL_GOVERNMENT == vocabularies.LOCAL_GOVERNMENT
