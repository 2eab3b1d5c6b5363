"""Columns that ask for one end of a time only."""

from __future__ import annotations

import io

import pytest

import jmdi


def when(head: str, row: str) -> str | None:
    text = f"النشاط,{head},الجهة المسؤولة\nملتقى,{row},بلدية إربد\n"
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    return found.of(jmdi.Action)[0].timeline.edtf


@pytest.mark.parametrize(
    "head", ["تاريخ الانتهاء", "Completion date", "الموعد النهائي", "Deadline"]
)
def test_an_end_that_stands_alone_is_a_deadline(head):
    assert when(head, "2023-06-30") == "2023-06-30"


@pytest.mark.parametrize("head", ["تاريخ الانتهاء", "Completion date"])
def test_an_end_beside_a_start_is_an_end(head):
    assert when(f"Start,{head}", "2023-06-01,2023-06-30") == "2023-06-01/2023-06-30"
    assert when(f"Start,{head}", ",2023-06-30") == "/2023-06-30"


def test_an_end_that_nobody_asks_for_is_open():
    assert when("Date de début", "2015-03") == "2015-03/.."
    assert when("Start,End", "2015-03,") == "2015-03/"


@pytest.mark.parametrize("words", ["في موعد أقصاه 30 يونيو 2023", "آخر أجل 30 يونيو 2023"])
def test_an_arabic_deadline_is_read_as_others_are(words):
    assert when("الجدول الزمني", words) == "../2023-06-30"
