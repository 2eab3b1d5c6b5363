"""Partnerships by hand and with unknowns: sectors, anchorage, isolation, consensus, trust."""

from __future__ import annotations

import pytest
from scaling_helpers import CSO, LG, SECTORS, actor, anchored, part, rate, tie

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
