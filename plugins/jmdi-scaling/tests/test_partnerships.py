"""Partnerships by hand and with unknowns: sectors, isolation, consensus, trust."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scaling_helpers import CSO, LG, SECTORS, actor, part, rate, tie, whole

import jmdi
from jmdi import Period, code


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
    strong = tie(
        "c1",
        "l1",
        formality=code("tie-formality", "mou"),
        intensity=4,
        period=Period("2012/2015"),
        type=code("tie-kind", "advocacy"),
    )
    weak = tie(
        "c2",
        "l1",
        formality=code("tie-formality", "informal"),
        intensity=1,
        period=Period("2012-01/2012-03"),
        type=code("tie-kind", "advocacy"),
    )
    vague = tie("c1", "l2")
    found = measure([*SECTORS[:5], strong, weak, vague], "strategic-partnerships")
    assert found.value == 0.5
    assert (found.n_used, found.n_eligible) == (2, 3)
    assert found.lower == pytest.approx(1 / 3)
    assert found.upper == pytest.approx(2 / 3)
    assert found.values["c1 – l1"]["met"] == 3
    nothing = measure([*SECTORS[:5], vague], "strategic-partnerships")
    assert (nothing.status, nothing.lower, nothing.upper) == ("interval", 0, 1)
    assert {"about": vague.id, "field": "/formality"} in nothing.notes["missing"]
    assert not any(fact["about"] == strong.id for fact in found.notes["missing"])
    assert measure(SECTORS[:5], "strategic-partnerships").undefined == "no_ties"


def test_isolation(measure):
    records = [
        *(actor(x, LG) for x in "abcf"),
        *(whole(f"i{k}") for k in range(4)),
        part("a", "i0"),
        part("a", "i1"),
        part("b", "i2"),
        *(part("f", f"i{k}", role="funding") for k in range(4)),
    ]
    found = measure(records, "isolation")
    # Without roles a and b may be funders, who do not join.
    assert (found.value, found.lower, found.upper) == (0.5, 0.5, 1)
    assert found.values["fragmentation"] == pytest.approx(5 / 6)
    assert found.notes["excluded_actors"] == ("f",)
    assert measure(records, "isolation", exclude_roles="").value == 0
    assert measure(records, "isolation", exclude="f", exclude_roles="").lower == 0.5
    assert measure([jmdi.Initiative(id="i")], "isolation").undefined == "too_few_actors"


def test_isolation_against_chance(measure):
    records = [
        *(actor(x) for x in "abcdef"),
        *(whole(f"i{k}") for k in range(4)),
        part("a", "i0"),
        part("b", "i0"),
        part("a", "i1"),
        part("b", "i1"),
        part("c", "i2"),
        part("d", "i2"),
        part("e", "i3"),
        part("f", "i3"),
    ]
    found = measure(records, "isolation", draws=99, seed=4)
    assert found.value == 0.5
    assert found.seed == 4
    assert found.notes["null"]["mean"] < 0.5
    assert 0.01 <= found.notes["null"]["p"] <= 1
    again = measure(list(reversed(records)), "isolation", draws=99, seed=4)
    assert again.notes["null"] == found.notes["null"]


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


def test_rated_consensus(measure):
    found = measure(
        [rate("a", "c", 4, "mission_support"), rate("b", "c", 3, "mission_support")],
        "goal-consensus",
        variant="ratings",
    )
    assert found.value == pytest.approx(5 / 6)
    assert found.values["c"]["r_wg"] == pytest.approx(1 - 0.5 / (15 / 12))


def test_trust(measure):
    records = [actor(x) for x in "abc"] + [
        rate("a", "b", 4),
        rate("c", "b", 2),
        rate("a", "b", 1, "openness"),
        rate("b", "b", 4),
        rate("b", "c", None),
    ]
    found = measure(records, "trust")
    assert found.value == pytest.approx((3 + 1) / 2)
    assert found.notes["self_ratings_dropped"] == 1
    assert found.notes["density"] == 0
    assert (found.lower, found.upper) == (1.5, 3)
    assert measure([], "trust").undefined == "missing_input"


def test_criticality(measure):
    records = [*(actor(x) for x in "abc"), tie("a", "b"), tie("b", "c")]
    found = measure(records, "partner-criticality", metric="density")
    assert found.contributing == ("b",)
    assert found.value == pytest.approx(-2 / 3)
    two = measure(records[:2], "partner-criticality", metric="density")
    assert set(two.notes["transitions"]) == {"a", "b"}
    new = measure(records, "partner-criticality", metric="density", change="new ties")
    assert new.notes["best"] == ("a – c",)
    assert new.value == pytest.approx(1 / 3)


def scored(a, b, score, low=None, high=None, name=""):
    ends = {k: None if v is None else Decimal(v) for k, v in (("low", low), ("high", high))}
    return jmdi.Rates(
        id=f"rate/{a}-{b}{name}",
        source=a,
        target=b,
        score=Decimal(score),
        **ends,
        dimension=code("rating-dimension", "mission_support"),
    )


def test_scales_of_ratings_are_read_as_stated(measure):
    def consensus(*records):
        return measure(records, "goal-consensus", variant="ratings")

    assert consensus(scored("a", "b", 2, 0, 4)).value == 0.5  # a scale from 0, not from 1
    assert measure([scored("a", "b", 2, 0, 4)], "trust").value == 2.5
    for wrong in (scored("a", "b", 9, 1, 4), scored("a", "b", 4, 4, 4)):
        for name, given in (("goal-consensus", {"variant": "ratings"}), ("trust", {})):
            alone = measure([wrong], name, **given)
            assert alone.undefined == "missing_input" and alone.n_eligible == 1
            found = measure([wrong, scored("c", "b", 3)], name, **given)
            assert found.notes["off_scale"] == 1 and found.coverage == 0.5
            assert found.lower < found.value < found.upper


def test_agreement_is_between_raters(measure):
    def agreed(*records):
        return measure(records, "goal-consensus", variant="ratings").values["c"]

    once = agreed(scored("a", "c", 1), scored("a", "c", 4, name="again"))
    assert (once["r_wg"], once["raters"]) == (None, 1)
    mixed = agreed(scored("a", "c", 1), scored("b", "c", 1, 0, 10))
    assert (mixed["r_wg"], mixed["raters"]) == (None, 2)


def test_null_models_say_what_they_are(measure):
    records = [
        *(actor(x) for x in "abcdef"),
        *(whole(f"i{k}") for k in range(4)),
        part("a", "i0"),
        part("b", "i0"),
        part("a", "i1"),
        part("b", "i1"),
        part("c", "i2"),
        part("d", "i2"),
        part("e", "i3"),
        part("f", "i3"),
    ]
    null = measure(records, "isolation", draws=99).notes["null"]
    assert null["z"] == pytest.approx((0.5 - null["mean"]) / null["sd"])
    assert null["p_upper"] <= null["p"] <= 1
    assert null["model"].startswith("ties of each node of both modes kept")
    goals = {"a": ["1", "2"], "b": ["2"]}
    found = measure(
        [*(actor(x) for x in "abcdef"), tie("a", "b")], "goal-consensus", goals=goals, draws=99
    )
    assert 0 < found.notes["undefined_draws"] < 99
    for name in ("isolation", "goal-consensus"):
        with pytest.raises(jmdi.JmdiError, match="takes draws as a whole number, at least 0"):
            measure(records, name, draws=-1)
    with pytest.raises(jmdi.NotFound, match="nobody"):
        measure(records, "isolation", exclude="nobody")


def test_what_goes_on_has_lasted_until_the_day(measure):
    memo = code("tie-formality", "mou")
    records = [
        actor("c", CSO),
        actor("l", LG),
        tie("c", "l", period=Period("2010/.."), intensity=4, formality=memo),
    ]

    def lasts(records=records, **time):
        (found,) = measure(records, "strategic-partnerships", **time).values.values()
        return found["duration"]

    assert lasts(as_of="2016-01-01") is True
    assert lasts(as_of="2010-06-01") is None  # it may go on for longer
    assert lasts() is None
    ended = [*records[:2], tie("c", "l", period=Period("2010-01/2010-03"))]
    assert lasts(ended, as_of="2010-02-01") is False
    assert lasts([*records[:2], tie("c", "l", period=Period("2010/"))], as_of="2016-01-01") is None


def test_shared_resources_are_of_the_time_looked_at(measure):
    gifts = [
        jmdi.Contributes(id=f"g/{a}", source=a, target="i0", period=Period("2015")) for a in "cl"
    ]
    records = [actor("c", CSO), actor("l", LG), tie("c", "l"), jmdi.Initiative(id="i0"), *gifts]
    for day, shared in (("2014-01-01", None), ("2015-06-01", True)):
        (found,) = measure(records, "strategic-partnerships", as_of=day).values.values()
        assert found["resources"] is shared


def test_new_ties_are_those_that_are_absent_too(measure):
    found = measure(
        SECTORS, "partner-criticality", metric="scaling:cross-sector-density", change="new ties"
    )
    assert "c1 – l2" in found.values and "c2 – l2" not in found.values  # absent; unobserved
    ended = [*(actor(x) for x in "ab"), tie("a", "b", period=Period("2010"))]
    then = measure(
        ended,
        "partner-criticality",
        metric="scaling:goal-consensus",
        change="new ties",
        as_of="2014-01-01",
    )
    assert set(then.values) == {"a – b"} and then.as_of == "2014-01-01"


def test_criticality_of_a_random_metric_has_its_seed(measure):
    found = measure(
        SECTORS,
        "partner-criticality",
        metric="scaling:cascade",
        parameters={"seed": 7, "replicates": 20},
    )
    assert found.seed == 7


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"steps": 0}, "takes steps as"),
        ({"candidates": "c1,l2"}, "pairs of two actors"),
        ({"candidates": [("c1", "c1")]}, "pairs of two actors"),
        ({"candidates": [("c1", "zz")]}, "zz"),
    ],
)
def test_new_ties_that_cannot_be(measure, given, error):
    with pytest.raises(jmdi.JmdiError, match=error):
        measure(SECTORS, "partner-criticality", metric="density", change="new ties", **given)


def test_unobserved_pairs_bound_the_coverage(measure):
    found = measure(SECTORS, "cross-sector-density")
    assert found.values["coverage_x"] == 0.5
    assert found.notes["coverage_bounds"] == {"coverage_x": (0.5, 1), "coverage_y": (0.5, 1)}


def test_whatever_may_decide_a_pair_is_named_as_missing(measure):
    open_ = {"formality": code("tie-formality", "mou"), "period": Period(reason="not_stated")}
    records = [
        *(actor(name, CSO) for name in ("c1", "c2")),
        *(actor(name, LG) for name in ("l1", "l2")),
        tie("c1", "l1", **open_, intensity=4, type=code("tie-kind", "funding")),
        tie("c2", "l2", "unobserved", intensity=4),
        jmdi.Partnership(
            id="p",
            parties=(jmdi.Party(actor="c1"), jmdi.Party(actor="l2")),
            formality=code("tie-formality", "mou"),
            intensity=1,
            period=Period("2010/2015"),
        ),
    ]
    found = measure(records, "strategic-partnerships")
    named = {(fact["about"], fact["field"]) for fact in found.notes["missing"]}
    assert named == {
        (records[4].id, "/period"),
        *((records[5].id, f"/{name}") for name in ("state", "formality", "period", "type")),
        ("p", "/kinds"),
        ("p", "/shared_resources"),
    }
