"""What the built-in kinds take when they are made."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

import jmdi


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_float_that_is_no_number_has_a_cure_that_works(number):
    for make in (lambda: jmdi.Money(number, "EUR"), lambda: _tie(number)):
        with pytest.raises(jmdi.BadValue, match="leave out what is not known"):
            make()


def _tie(strength):
    return jmdi.Tie(id="t", source="a", target="b", strength=strength)


def test_a_number_is_exact_and_a_float_is_refused():
    assert jmdi.Tie(id="t", source="a", target="b", strength=1).strength == Decimal(1)
    assert jmdi.Observation(id="o", value="1.50").value == Decimal("1.50")
    assert jmdi.Rates(id="r", source="a", target="b", score=4, low=0, high=5).high == Decimal(5)
    with pytest.raises(jmdi.BadValue, match=r"got number 1\.5"):
        jmdi.Tie(id="t", source="a", target="b", strength=1.5)


PARTICIPANTS = [jmdi.Initiative, jmdi.Partnership, jmdi.Programme, jmdi.WorkPlan, jmdi.Action]


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        *((cls, "participants_complete") for cls in PARTICIPANTS),
        (jmdi.Practice, "adopters_complete"),
    ],
)
def test_an_absence_counts_only_where_the_list_is_complete(cls, name):
    said = {c: cls(id="x", **{name: c}) for c in (None, False, True)}
    assert [jmdi.absence_counts(record) for record in said.values()] == [False, False, True]
    assert all(jmdi.absence_counts(record, closed_world=True) for record in said.values())
    assert not jmdi.absence_counts(jmdi.Actor(id="a"), closed_world=True)


def test_a_wave_is_no_day():
    period = jmdi.Period(wave=2)
    assert (period.start, period.end, period.covers(datetime.date(2015, 1, 1))) == (None,) * 3
    assert jmdi.Period("2015", wave=2).covers(datetime.date(2015, 1, 1))


def test_an_initiative_says_of_whom_there_are_none_though_others_may_be_missing():
    local, abroad = jmdi.code("actor-type", "local_authority"), jmdi.code("side", "destination")
    said = jmdi.Initiative(id="i", absences=(jmdi.Absence(type=local, side=abroad),))
    wanted = {"types": ("local_authority",), "side": "destination"}
    assert jmdi.absence_counts(said, **wanted)
    assert not jmdi.absence_counts(said)
    assert not jmdi.absence_counts(said, types=("local_authority",))
    assert not jmdi.absence_counts(said, types=("local_authority", "ingo"), side="destination")
    assert not jmdi.absence_counts(said, types=("local_authority",), side="origin")
    nobody = jmdi.evolve(said, absences=(jmdi.Absence(side=abroad),))
    assert jmdi.absence_counts(nobody, **wanted) and not jmdi.absence_counts(nobody, side="origin")
    assert jmdi.absence_counts(jmdi.evolve(said, absences=(jmdi.Absence(),)))
