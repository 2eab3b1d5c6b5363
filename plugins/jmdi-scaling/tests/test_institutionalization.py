"""Institutionalization by hand and with unknowns."""

from __future__ import annotations

import math

import pytest
from scaling_helpers import LAND, evidence

import jmdi


def test_institutionalization(measure):
    records = [
        *LAND,
        evidence("t0", "plan", "present"),
        evidence("t0", "unit", "absent"),
        evidence("t1", "plan", "absent"),
        evidence("t2", "plan", "unknown"),
    ]
    found = measure(records, "institutionalization", targets="t0,t1,t2")
    assert found.value == 0.5
    assert found.values["t0"]["value"] == 0.5
    assert found.values["t0"]["routinisation"] == 1
    assert found.values["t0"]["saturation"] == 0
    assert (found.lower, found.upper) == (0, 1)
    assert found.values["t0"]["lower"] == pytest.approx(1 / 7)
    nothing = measure(LAND, "institutionalization", targets="t0")
    assert (nothing.status, nothing.lower, nothing.upper) == ("interval", 0, 1)
    assert measure([], "institutionalization").undefined == "missing_input"


def test_presences_alone_are_no_sample_of_the_territories(measure):
    """House, section 5: where only presences are recorded their mean, 1, is no estimate."""
    given = {"targets": "t0,t1,t2", "weights": {"plan": 1.0}}
    told = [*LAND, evidence("t0", "plan", "present"), evidence("t1", "plan", "present")]
    found = measure(told, "institutionalization", **given)
    assert (found.value, found.lower, found.upper) == (None, 2 / 3, 1)
    assert found.why == "no evidence of absence is on record in any target territory"
    absent = [*told[:-1], evidence("t1", "plan", "absent")]
    assert measure(absent, "institutionalization", **given).value == 0.5
    every = [*told, evidence("t2", "plan", "present")]
    assert measure(every, "institutionalization", **given).value == 1


def test_presences_alone_give_no_sub_score_but_of_criteria_that_are_all_known(measure):
    people = [evidence("t0", name, "present") for name in ("unit", "staff", "coordination_body")]
    told = [*LAND, evidence("t0", "plan", "present"), *people]
    found = measure(told, "institutionalization", targets="t0").values["t0"]
    assert (found["value"], found["routinisation"], found["saturation"]) == (None, None, 1)
    absent = [*told, evidence("t0", "ordinance", "absent")]
    found = measure(absent, "institutionalization", targets="t0").values["t0"]
    assert (found["value"], found["routinisation"], found["saturation"]) == (0.8, 0.5, 1)


def test_institutionalization_over_time(measure):
    records = [
        *LAND,
        evidence("t0", "plan", "absent", "2012/2013"),
        evidence("t0", "plan", "present", "2014/.."),
    ]

    def value(**more):
        given = {"targets": "t0", "weights": {"plan": 1}, **more}
        return measure(records, "institutionalization", **given).value

    assert value(as_of="2013-01-01") == 0
    assert value(as_of="2016-01-01") == 1
    assert value(as_of="2016-01-01", hold=1) == 1
    assert value(as_of="2016-01-01", hold=3) == 0
    clash = [*LAND, evidence("t0", "plan", "absent"), evidence("t0", "plan", "present")]
    found = measure(clash, "institutionalization", targets="t0")
    assert (found.status, found.lower, found.upper) == ("interval", 0, 1)
    assert found.notes["conflicts"] == ("t0 plan",)


def test_what_may_have_held_is_not_denied(measure):
    def held(since, until="2016-06-30"):
        records = [*LAND, evidence("t1", "plan", "present", f"{since}/..")]
        given = {"targets": "t1", "weights": {"plan": 1}}
        return measure(records, "institutionalization", as_of=until, hold=2.0, **given)

    assert held("2014-01").value == 1
    assert held("2014").status == "interval"  # before or after 30 June 2014
    assert held("2015").value == 0


@pytest.mark.parametrize(
    "given",
    [{"weights": {"plan": "x"}}, {"weights": {"plan": math.nan}}, {"weights": {}}, {"hold": -1.0}],
)
def test_weights_are_numbers(measure, given):
    with pytest.raises(jmdi.JmdiError, match=next(iter(given))):
        measure(LAND, "institutionalization", targets="t1", **given)


def test_presences_alone_are_no_level(measure):
    records = [*LAND, evidence("t0", "plan", "present"), evidence("t0", "unit", "present")]
    found = measure(records, "institutionalization", targets="t0,t1", theta=0.25)
    # Two of seven criteria are enough for t0, but t1 says nothing.
    assert (found.value, found.lower, found.upper) == (None, 0.5, 1)
    assert found.values["t0"]["value"] is None
    closed = measure(records, "institutionalization", targets="t0,t1", closed_world=True)
    assert closed.value == 0 and closed.values["t0"]["value"] == pytest.approx(2 / 7)


def test_evidence_that_does_not_say_which_may_have_begun_last(measure):
    told = [*LAND, evidence("t0", "plan", "present", "2013/..")]
    given = {"targets": "t0", "weights": {"plan": 1}}
    assert measure(told, "institutionalization", **given).lower == 1
    found = measure([*told, evidence("t0", "plan", "unknown")], "institutionalization", **given)
    assert (found.value, found.lower, found.upper) == (None, 0, 1)
