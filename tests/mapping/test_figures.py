"""Numbers and days are read where they can mean one thing, and refused where they can mean two."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.files.mapping.figures import day_of, number_of
from jmdi.model.writing import Refused


@pytest.mark.parametrize(
    ("text", "decimal", "plain"),
    [
        ("12", None, "12"),
        ("1 200", None, "1200"),
        ("1 200 300,5", None, "1200300.5"),
        ("1'200", None, "1200"),
        ("- 3", None, "-3"),
        ("\u22123", ",", "-3"),
        ("12", ",", "12"),
        ("1.200,50", None, "1200.50"),
        ("1,200.50", None, "1200.50"),
        ("1.200", ",", "1200"),
        ("1.200", ".", "1.200"),
        ("0,5", None, "0.5"),
        ("0.125", None, "0.125"),
        ("-3", None, "-3"),
        ("\u0661\u0662", None, "12"),
        ("1\u202f200", ",", "1200"),
    ],
)
def test_numbers(text: str, decimal: str | None, plain: str) -> None:
    assert number_of(text, decimal) == plain


def test_a_stated_unit_is_taken_away() -> None:
    assert number_of("25 people", None, ["people"]) == "25"
    assert number_of("50 %", None, ["%"]) == "50"


@pytest.mark.parametrize(
    "text",
    [
        "1.200",
        "1,200",
        "12 or 13",
        "",
        "1.2.3",
        "x",
        "25 people",
        "1 5",
        "2015 2016",
        "10 200 30",
        "--1",
        "+-1",
        "1 2 3",
        "_",
        "1__000",
        "-",
    ],
)
def test_what_is_no_number_or_two_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        number_of(text, None)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-04", None, "2026-03-04"),
        ("25/03/2026", None, "2026-03-25"),
        ("03/25/2026", None, "2026-03-25"),
        ("03/04/2026", "day-first", "2026-04-03"),
        ("03/04/2026", "month-first", "2026-03-04"),
        ("26/03/04", "year-first", "2026-03-04"),
        ("3 de marzo de 2026", None, "2026-03-03"),
        ("March 3rd, 2026", None, "2026-03-03"),
        ("1er mars 2026", None, "2026-03-01"),
        ("12/2026", None, "2026-12"),
        ("marzo 2026", None, "2026-03"),
    ],
)
def test_days(text: str, order: str | None, day: str) -> None:
    assert day_of(text, order)[0] == day


@pytest.mark.parametrize("text", ["03/04/2026", "31/02/2026", "soon", "13/13/2026", "", "2026-13"])
def test_what_is_no_day_or_two_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        day_of(text, None)


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31)))
def test_a_day_comes_back_from_every_stated_order(day: datetime.date) -> None:
    assert day_of(day.isoformat(), None) == (day.isoformat(), False)
    assert day_of(day.strftime("%d/%m/%Y"), "day-first")[0] == day.isoformat()
    assert day_of(day.strftime("%m/%d/%y"), "month-first")[0] == day.isoformat()
    assert day_of(f"{day.isoformat()}T10:20:30Z", None) == (day.isoformat(), True)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read, how in ((day_of, "day-first"), (number_of, ","), (day_of, None), (number_of, None)):
        try:
            read(text, how)
        except Refused:
            continue
