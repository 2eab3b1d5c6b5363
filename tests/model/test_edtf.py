from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi.model.edtf import Edtf, EdtfError, parse, parse_or_none

D = datetime.date


def shown(date: Edtf) -> tuple[str, str | None, str | None]:
    bounds = [str(day) if day else None for day in (date.lower(), date.upper())]
    return (date.precision, *bounds)


BOUNDS = [
    ("2015", "year", "2015-01-01", "2015-12-31"),
    ("2015-10", "month", "2015-10-01", "2015-10-31"),
    ("2016-02", "month", "2016-02-01", "2016-02-29"),
    ("2015-10-19", "day", "2015-10-19", "2015-10-19"),
    ("2015-10-19T09:30:00", "time", "2015-10-19", "2015-10-19"),
    ("2015-10-19T23:59:59Z", "time", "2015-10-19", "2015-10-19"),
    ("2015-10-19T00:00:00+08:00", "time", "2015-10-19", "2015-10-19"),
    ("2015-10-19T00:00:00-05", "time", "2015-10-19", "2015-10-19"),
    ("2015-10/2016-03", "interval", "2015-10-01", "2016-03-31"),
    ("2015/2015-06", "interval", "2015-01-01", "2015-06-30"),
    ("2015-10/2015", "interval", "2015-10-01", "2015-12-31"),
    ("201X/2012", "interval", "2010-01-01", "2012-12-31"),
    ("../2015-10-19", "interval", None, "2015-10-19"),
    ("2015-10-19/..", "interval", "2015-10-19", None),
    ("/2015", "interval", None, "2015-12-31"),
    ("2015/", "interval", "2015-01-01", None),
    ("../..", "interval", None, None),
    ("2015-11?/2015-12?", "interval", "2015-11-01", "2015-12-31"),
    ("201X", "decade", "2010-01-01", "2019-12-31"),
    ("20XX", "century", "2000-01-01", "2099-12-31"),
    ("2015-XX", "year", "2015-01-01", "2015-12-31"),
    ("2015-1X", "year", "2015-10-01", "2015-12-31"),
    ("2015-02-XX", "month", "2015-02-01", "2015-02-28"),
    ("2015-02-2X", "month", "2015-02-20", "2015-02-28"),
    ("2015-XX-31", "year", "2015-01-31", "2015-12-31"),
    ("2015-XX-XX", "year", "2015-01-01", "2015-12-31"),
    ("201X-02-29", "decade", "2012-02-29", "2016-02-29"),
    ("19XX-02-29", "century", "1904-02-29", "1996-02-29"),
    ("15XX-12-25", "century", "1500-12-25", "1599-12-25"),
    ("XXXX-12-XX", "millennium", None, "9999-12-31"),
    ("0000", "year", None, None),
    ("-1985", "year", None, None),
    ("-0044-03-15", "day", None, None),
    ("Y170000002", "year", None, None),
    ("Y-170000002", "year", None, None),
    ("-0044/2015", "interval", None, "2015-12-31"),
    ("2015-21", "season", "2015-03-01", "2015-11-30"),
    ("2015-24", "season", "2015-06-01", "2016-02-29"),
    ("2015-25", "season", "2015-03-01", "2015-05-31"),
    ("2015-30", "season", "2015-12-01", "2016-02-29"),
    ("2015-31", "season", "2015-03-01", "2015-05-31"),
    ("2015-33", "quarter", "2015-01-01", "2015-03-31"),
    ("2015-34", "quarter", "2015-04-01", "2015-06-30"),
    ("2015-35", "quarter", "2015-07-01", "2015-09-30"),
    ("2015-36", "quarter", "2015-10-01", "2015-12-31"),
    ("2015-37", "quadrimester", "2015-01-01", "2015-04-30"),
    ("2015-38", "quadrimester", "2015-05-01", "2015-08-31"),
    ("2015-39", "quadrimester", "2015-09-01", "2015-12-31"),
    ("2015-40", "semester", "2015-01-01", "2015-06-30"),
    ("2016-41~", "semester", "2016-07-01", "2016-12-31"),
    ("{2015-10-19,2015-10-21}", "set", "2015-10-19", "2015-10-21"),
    ("{2016,2015-03}", "set", "2015-03-01", "2016-12-31"),
    ("[1667,1668,1670..1672]", "set", "1667-01-01", "1672-12-31"),
    ("[..1760-12-03]", "set", None, "1760-12-03"),
    ("[1760-12..]", "set", "1760-12-01", None),
    ("{2015-01..2015-03,2016-05}", "set", "2015-01-01", "2016-05-31"),
]

REFUSED = [
    ("", 0, "a date is missing"),
    ("soon", 0, "four digits"),
    ("2015-2", 4, "two digits"),
    ("2015-13", 5, "no month 13"),
    ("2015-00", 5, "no month 00"),
    ("2015-42", 5, "no month 42"),
    ("2015-2X", 5, "no month 2X"),
    ("2015-02-30", 5, "no day 2015-02-30"),
    ("2015-02-00", 5, "no day 00"),
    ("2015-02-3X", 5, "no day 2015-02-3X"),
    ("2015-01-4X", 5, "no day 4X"),
    ("2015-02-29", 5, "no day 2015-02-29"),
    ("XX15-02-29", 5, "no day XX15-02-29"),
    ("2015-35-01", 8, "a quarter has no numbered days"),
    ("-0000", 0, "without a minus"),
    ("Y2015", 0, "5 to 18 digits"),
    ("Y017000", 0, "5 to 18 digits"),
    ("Y17000-01", 6, "two digits"),
    ("2015?~", 5, "one qualifier"),
    ("2015?-10", 4, "after the whole date"),
    ("?2015", 0, "after the whole date"),
    ("2015-10-19T09:30", 10, "a time comes after a day"),
    ("2015-10-19T24:00:00", 10, "a time comes after a day"),
    ("2015-10T09:30:00", 7, "a time comes after a day"),
    ("2015-10-XXT09:30:00", 0, "without X"),
    ("2015-10-19T09:30:00/2016", 10, "without a time"),
    ("2015-10-19Z", 10, "should end before 'Z'"),
    ("1950S2", 4, "exponents"),
    ("2015/2014", 5, "ends before it starts"),
    ("2015-11/2015-10", 8, "ends before it starts"),
    ("2015-36/2015-33", 8, "ends before it starts"),
    ("2015/2016/2017", 9, "one slash"),
    ("/", 0, "a start or an end"),
    ("2015..2016", 4, "two dots"),
    ("{2015", 5, "ends with }"),
    ("{2015]", 6, "ends with }"),
    ("{", 1, "ends with }"),
    ("{}", 1, "a date is missing"),
    ("{2015,}", 6, "a date is missing"),
    ("{{2015}}", 1, "a set is the whole date"),
    ("{2015/2016}", 5, "should end before '/'"),
    ("[2016..2015]", 7, "ends before it starts"),
    ("[2015..2016-03]", 5, "alike"),
    ("[2015,..2016]", 6, "only the first"),
    ("[2015..,2016]", 5, "only the first"),
    ("{..}", 1, "only the first"),
    (" 2015", 0, "four digits"),
    ("2015\n", 4, "should end"),
    ("２０１５", 0, "four digits"),
]


@pytest.mark.parametrize(("text", "precision", "lower", "upper"), BOUNDS)
def test_bounds(text: str, precision: str, lower: str | None, upper: str | None) -> None:
    assert shown(parse(text)) == (precision, lower, upper)


@pytest.mark.parametrize(("text", "position", "reason"), REFUSED)
def test_refusals_say_where_and_why(text: str, position: int, reason: str) -> None:
    with pytest.raises(EdtfError, match=re.escape(reason)) as caught:
        parse(text)
    assert (caught.value.text, caught.value.position) == (text, position)
    assert parse_or_none(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2015", "known", "known"),
        ("../2015", "open", "known"),
        ("/2015", "unknown", "known"),
        ("2015/..", "known", "open"),
        ("2015/", "known", "unknown"),
        ("../", "open", "unknown"),
        ("[..2015]", "open", "known"),
        ("{2015..}", "known", "open"),
    ],
)
def test_an_unknown_end_is_not_an_open_one(text: str, start: str, end: str) -> None:
    date = parse(text)
    assert (date.start_state, date.end_state) == (start, end)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2015", False, False),
        ("2015?", True, False),
        ("2015-10~", False, True),
        ("2015-10-19%", True, True),
        ("2015?/2016~", True, True),
        ("2015/2016?", True, False),
        ("{2015,2016~}", False, True),
        ("Y17000?", True, False),
    ],
)
def test_qualifiers(text: str, uncertain: bool, approximate: bool) -> None:
    date = parse(text)
    assert (date.uncertain, date.approximate) == (uncertain, approximate)
    assert date.certain is not (uncertain or approximate)


def test_the_dates_of_a_set() -> None:
    date = parse("{2014, 2015-10..2015-12,  2016-33,2017..}")
    assert date.text == str(date) == "{2014,2015-10..2015-12,2016-33,2017..}"
    assert [one.text for one in date.dates()] == ["2014", "2015-10/2015-12", "2016-33", "2017/.."]
    assert parse("2015").dates() == (parse("2015"),)


def test_limits() -> None:
    assert parse("{" + ",".join(["2015"] * 100) + "}").precision == "set"
    with pytest.raises(EdtfError, match="at most 100 dates"):
        parse("{" + ",".join(["2015"] * 101) + "}")
    with pytest.raises(EdtfError, match="at most 1,000 characters"):
        parse("2015" * 1000)


def test_a_date_is_a_value() -> None:
    assert len({parse("2015"), parse("2015"), parse("[2015]"), parse("{2015}")}) == 3
    with pytest.raises(AttributeError):
        parse("2015").text = "2016"  # type: ignore[misc]
    assert repr(parse("2015-10")) == "<Edtf 2015-10>"


years = st.integers(1, 9999).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates().map(str)
groups = st.builds("{}-{}".format, years, st.integers(21, 41))
exact = years | months | days | groups
marked = st.builds("{}{}".format, exact, st.sampled_from(["", "?", "~", "%"]))
ends = marked | st.sampled_from(["..", ""])
sets = st.lists(marked, min_size=1, max_size=4).map(",".join)
legal = marked | st.builds("{}/{}".format, ends, ends) | sets.map("{{{}}}".format)
legal |= sets.map("[{}]".format)


@given(legal)
def test_what_parses_reads_back_the_same(text: str) -> None:
    date = parse_or_none(text)
    if date is None:
        assert "/" in text
        return
    assert date.text == text
    assert parse(date.text) == date
    lower, upper = date.lower(), date.upper()
    if lower and upper:
        assert lower <= upper


@given(st.dates(), st.dates())
def test_intervals_hold_both_ends(one: D, other: D) -> None:
    start, end = sorted([one, other])
    date = parse(f"{start}/{end}")
    assert (date.lower(), date.upper()) == (start, end)
    assert (parse_or_none(f"{end}/{start}") is None) is (start != end)


@given(st.dates(), st.lists(st.integers(0, 9), max_size=8))
def test_unspecified_digits_hold_the_day(day: D, hidden: list[int]) -> None:
    text = "".join("X" if i in hidden and c != "-" else c for i, c in enumerate(str(day)))
    date = parse(text)
    assert date.first is not None
    assert date.first <= (day.year, day.month, day.day)
    assert date.upper() is not None
    assert day <= (date.upper() or day)


@given(
    st.text(st.sampled_from("0123459X-/.,[]{}?~%YTZ:+ "), max_size=30)
    | st.text(max_size=30)
    | st.builds("{}{}{}".format, legal, st.sampled_from("-/?~%.XT,}]"), legal)
)
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        date = parse(text)
    except EdtfError as error:
        assert 0 <= error.position <= len(text)
        assert error.reason
    else:
        assert parse(date.text) == date
        assert date.lower() is None or isinstance(date.lower(), D)


plain = years | months | days
shared = plain | st.builds("{}-{}".format, years, st.integers(33, 41))
shared |= st.builds("{}/{}".format, plain, plain)
shared |= st.lists(plain, min_size=2, max_size=4).map(",".join).map("{{{}}}".format)


@settings(deadline=None, max_examples=60)
@given(shared)
def test_bounds_agree_with_the_edtf_package(text: str) -> None:
    """Left out is where it differs: open ends, seasons without a hemisphere, more in sets."""
    edtf = pytest.importorskip("edtf")
    date = parse_or_none(text)
    if date is None:
        assert "/" in text
        return
    theirs = edtf.parse_edtf(text)
    assert date.first == theirs.lower_strict()[:3]
    assert date.last == theirs.upper_strict()[:3]
