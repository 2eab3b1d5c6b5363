"""What holds for all cards of the programme: order, bounds, territories, nothing known."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scaling_helpers import (
    CSO,
    LAND,
    LG,
    SECTORS,
    actor,
    adopts,
    anchored,
    evidence,
    part,
    rate,
    reached,
    tie,
    whole,
)

import jmdi
from jmdi import Place


def test_a_territory_narrows(measure):
    records = [
        *LAND,
        actor("l0", LG, territory="t0"),
        actor("l1", LG, territory="t1"),
        actor("a", LG, country="IT"),
        tie("l0", "l1"),
        rate("a", "l0", 4),
        rate("a", "l1", 2),
        *(
            whole(f"i{k}", places=(Place(f"t{k}"),), themes=("theme/data",) * (k == 0))
            for k in range(2)
        ),
        part("l0", "i0", "origin"),
        part("a", "i0", "destination"),
        part("l1", "i1", "origin"),
        part("c", "i1", "destination"),
        actor("c", CSO),
    ]
    for place, share, rated in (("t0", 1, 4), ("t1", 0, 2), ("land", 0.5, 3)):
        assert measure(records, "anchorage", territory=place).value == share
        assert measure(records, "trust", territory=place).value == rated
    assert measure(records, "isolation", territory="t1").n_eligible == 1
    assert measure(records, "functional", territory="t1").undefined == "missing_input"
    assert measure(records, "functional", territory="t0").value == 1
    assert measure(records, "outreach", territory="t1").undefined == "missing_input"
    assert measure(records, "goal-consensus", territory="t0").undefined == "no_ties"
    assert measure(records, "trust", initiative="i0").value == 4


NAMES = (
    "cross-sector-density",
    "strategic-partnerships",
    "anchorage",
    "isolation",
    "reach",
    "out",
    "up",
    "functional",
    "institutionalization",
    "ownership",
    "outreach",
    "trust",
    "vector",
)
EVERYTHING = [
    *LAND,
    *SECTORS,
    *anchored()[4:],
    actor("home", LG, territory="t0"),
    adopts("t0", year=2013),
    adopts("home", level="national"),
    evidence("t0", "plan", "present", "2013"),
    evidence("t1", "unit", "absent"),
    rate("c1", "l1", 3),
    jmdi.Indicator(id="ind"),
    reached("actual", 3),
    reached("target", 7),
]


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.permutations(EVERYTHING), st.sampled_from(NAMES), st.sampled_from([None, "2014-01-01"]))
def test_order_of_records_does_not_matter(measure, records, name, day):
    one = measure(EVERYTHING, name, as_of=day)
    other = measure(records, name, as_of=day)
    assert (one.value, one.lower, one.upper, one.undefined) == (
        other.value,
        other.lower,
        other.upper,
        other.undefined,
    )
    if one.value is not None and one.lower is not None:
        assert one.lower - 1e-12 <= one.value <= one.upper + 1e-12


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.sampled_from(["present", "absent", "unknown"]), min_size=1, max_size=4),
    st.integers(0, 3),
)
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


RECORDS = [*LAND, actor("l", LG), actor("c", CSO), tie("c", "l"), adopts("l", year="2014-05")]


@pytest.mark.parametrize(
    ("name", "options", "error"),
    [
        ("anchorage", {"local_government": "local_authorty"}, "local_authorty.*local_authority"),
        ("cross-sector-density", {"civil_society": "ngo,nagional_ngo"}, "ngo"),
        ("isolation", {"exclude_roles": "fundin"}, "fundin.*funding"),
        ("exposure", {"no_ties": "abc"}, "no_ties"),
        ("exposure", {"no_ties": 3}, "no_ties"),
        ("infectiousness", {"span": 0}, "span"),
        ("susceptibility", {"discount": -1}, "discount"),
        ("out", {"horizon": -1.0, "targets": "t1"}, "horizon"),
        ("partner-criticality", {"metric": "density", "parameters": "x"}, "parameters"),
        ("goal-consensus", {"goals": "x"}, "goals"),
    ],
)
def test_what_is_misspelt_or_means_nothing_is_named(measure, name, options, error):
    with pytest.raises(jmdi.JmdiError, match=error) as refused:
        measure(RECORDS, name, **options)
    assert type(refused.value).__name__ in ("BadParameter", "NotFound")


def test_types_and_roles_on_record_need_no_vocabulary(measure):
    records = [
        actor("a", "town_council"),
        whole("i0"),
        whole("i1"),
        part("a", "i0", "both", "patron"),
        part("a", "i1", "both", "funding"),
    ]
    assert measure(records, "anchorage", local_government="town_council").value == 1
    for roles in ("patron,funding", "patron,1"):
        assert measure(records, "isolation", exclude_roles=roles).undefined == "missing_input"


def test_dates_too_coarse_for_the_period_are_said_to_be(measure):
    found = measure(RECORDS, "adoption-curve", period="day")
    assert found.undefined == "missing_input" and "longer period" in found.why
