"""Headers that are typed almost right are read, and it is reported."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi_workplan.plan.header_words import corrected, meanings
from jmdi_workplan.words.spelling import Speller, slips

WORDS = st.text("abcé", max_size=9)


@pytest.mark.parametrize(
    ("header", "right", "meaning"),
    [
        ("Actvity", "activity", "action"),
        ("Respon- sible", "responsible", "responsible"),
        ("Respon-sible", "responsible", "responsible"),
        ("Objec-\ntive", "objective", "objective"),
        ("Tar-\nget group", "target group", "audience"),
        ("Acti\u00advity", "activity", "action"),
        ("Bugdet (USD)", "budget (USD)", "finance"),
        ("Activity, Sub-activitiy", "Activity, Sub-activity", "action"),
        ("Bénéficaires", "beneficiaires", "audience"),
        ("Calandrier", "calendrier", "timeline"),
        ("Cronograna", "cronograma", "timeline"),
        ("Presuspuesto", "presupuesto", "finance"),
        ("Orçameto", "orcamento", "finance"),
        ("الميزانبة", "الميزانيه", "finance"),
    ],
)
def test_a_slip_is_corrected(header: str, right: str, meaning: str) -> None:
    assert corrected(header) == right
    assert meanings(header)[0][0] == meaning


@pytest.mark.parametrize(
    "header",
    ["Activity", "Contact", "Sector", "Issues", "Theme", "Objection", "Community", "Training", ""],
)
def test_other_words_stay(header: str) -> None:
    assert corrected(header) is None


def test_what_was_corrected_is_reported() -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["Actvity", "Objec- tive", "Timeline"], ["Fair", "Inform", "2016"]])
    ds = jmdi.read(io.BytesIO(text.getvalue().encode()), format="workplan:csv", on_error="keep")
    (action,) = ds.of(jmdi.Action)
    assert action.names == {"und": "Fair"}
    assert action.objectives == ({"und": "Inform"},)
    reported = [problem.message for problem in ds.problems if problem.code == "workplan:W206"]
    assert reported == [
        "column 'Actvity' was read as 'activity'",
        "column 'Objec- tive' was read as 'objective'",
    ]


def test_arabic_is_compared_as_people_type_it() -> None:
    assert meanings("الفئات المستهدفه") == meanings("الفئـات المستهدفة")
    assert meanings("نوع النشاط والمكان")[0] == ("activity+place", 1.0)
    assert meanings("جدول زمني") == meanings("الجدول الزمني")


def test_two_words_that_are_as_near_decide_nothing() -> None:
    speller = Speller({"planta": "a", "planto": "b"})
    assert speller.corrected("plante") == "plante"
    assert speller.corrected("plannta") == "planta"


@given(WORDS, WORDS, WORDS)
def test_slips_are_a_distance(one: str, other: str, third: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))
    assert slips(one + third, other + third) <= slips(one, other)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_header_is_read(header: str) -> None:
    right = corrected(header)
    assert right is None or corrected(right) is None
