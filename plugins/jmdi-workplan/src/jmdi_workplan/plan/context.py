"""What is known when a cell is read: first of the plan, then of its table, then of its column.

A context is a value. Whoever knows more makes a new one with `attrs.evolve`, so that what a table
says holds in that table only. An option of the caller comes before what the document says.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from jmdi import Code, FormatError, Period, Problem, Severity
from jmdi.errors import suggest
from jmdi.words.folding import fold
from jmdi_workplan.finance import Unit, unit_of
from jmdi_workplan.finance.currencies import Sign
from jmdi_workplan.places import PlaceMention, find_country, mentions_in
from jmdi_workplan.places.gazetteer import country_names
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.plan.dates_shown import dates_in, day_order, has_short_years, years_in
from jmdi_workplan.plan.figures_shown import currency_of, decimal_mark
from jmdi_workplan.plan.fiscal import begins_in, fiscal_label, start_of
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.plan.levels import level_code
from jmdi_workplan.plan.marks import crosses_out, grounds
from jmdi_workplan.plan.segments import is_numbered
from jmdi_workplan.plan.tables import Table
from jmdi_workplan.plan.title_block import PlanHeader
from jmdi_workplan.timeline import of_another_calendar, read_timeline
from jmdi_workplan.words.lexicon import lexicon

__all__ = ["Context", "of_plan", "of_section", "of_table", "year_in"]

YEAR = re.compile(r"(?<!\d)(?<!\d[./–-])(?:19|20)\d\d(?!\d)(?![./–-]\d)")

PAID = ("finance", "actual-finance")
"""Meanings of columns with amounts."""

STARTS = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?")
"""A month or day in EDTF: a period begins with it. A year alone says nothing of the month."""


OWN_CODES = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes of countries that ISO 3166-1 leaves to users."""

BRACKETS = re.compile(r"\(([^()]{1,60})\)")
"""Where a title may say the unit of all amounts: "Budget 2022 (in thousands of USD)"."""

UNKNOWN = Unit()
OF_AMOUNTS = frozenset({"amount", "value"})
"""Sorts of words for amounts."""

LONGEST = 80
"""Letters of the longest line that states the unit of all amounts."""


@attrs.frozen(slots=True)
class Context:
    """What is known, progressively: ``None`` is not known.

    Attributes:
        country: ISO 3166-1 alpha-2 code of the plan's country.
        language: Language of its words; ``und`` when not said.
        year: Year of dates in words that name none.
        calendar_year: Year of calendar columns that name none.
        day_first: Whether 03/04/2015 is in April.
        short_years: Whether "Jan-24" is January 2024.
        covered: The first and last year that the plan covers.
        fiscal_year_start: Month in which the fiscal year begins.
        fiscal_year: The fiscal year of calendar columns that name none: "2023/2024".
        unit: Currency and scale of amounts that name none.
        decimal_mark: The sign before decimals, where other figures of the table show it.
        table_currency: ISO 4217 code that all other amounts of the table name.
        level: The governance level that actions are planned for.
        places: The places of actions that name none, as the heading of the table says.
        begins: The day on which the project begins, for columns that count from it.
        grounds: Columns of the table with a colour that is their background, not a mark.
        crossed: Whether a cross under its calendar says that nothing happens then.
    """

    country: str | None = None
    language: str = "und"
    year: int | None = None
    calendar_year: int | None = None
    day_first: bool | None = None
    short_years: bool = False
    covered: tuple[int, int] | None = None
    fiscal_year_start: int | None = None
    fiscal_year: str = ""
    unit: Unit = UNKNOWN
    decimal_mark: str | None = None
    table_currency: str | None = None
    level: Code | None = None
    places: tuple[PlaceMention, ...] = ()
    begins: datetime.date | None = None
    grounds: frozenset[tuple[int, str]] = frozenset()
    crossed: bool = False


def of_plan(header: PlanHeader, options: Mapping[str, Any], lines: Sequence[str] = ()) -> Context:
    """What is known of a plan: options first, then the title block.

    Args:
        header: What the title block says.
        options: What the caller says.
        lines: The lines outside the tables, which show whether a year is a fiscal one.

    Raises:
        FormatError: If the caller names a country that no list has.
    """
    year, country = options.get("default_year"), _country(options) or header.country
    covered = read_timeline(header.period_words or "").edtf
    begins = options.get("fiscal_year_start") or begins_in(covered) or start_of(country)
    named = year or year_in(header.title, begins) or _year_of_period(header, begins, lines)
    unit = _unit_stated(lines, country)
    if header.currency:
        unit = attrs.evolve(unit, sign=Sign(header.currency), source="the title block")
    return Context(
        country=country,
        language=options.get("language") or "und",
        year=year or (named if _within(header.period_words, named) else None),
        calendar_year=named,
        day_first=options.get("day_first"),
        covered=_years(covered) or ((named, named) if named else None),
        fiscal_year_start=begins,
        fiscal_year=_fiscal_year(header, begins),
        unit=unit,
        begins=_begins(header.start_words or header.period_words, options.get("day_first")),
    )


def _country(options: Mapping[str, Any]) -> str | None:
    """The code of the country that the caller names, by its name or a code.

    Codes that ISO 3166-1 leaves to users, such as XA, are taken as they are.

    Raises:
        FormatError: If no list has such a country; it names the near ones.
    """
    given = options.get("country")
    if not given:
        return None
    found = find_country(given) or find_country(given.upper())
    if found is None and not OWN_CODES.fullmatch(given):
        near = suggest(given, country_names())
        meant = f"did you mean {' or '.join(near)}?" if near else "give its code, such as PH"
        message = f"no country is called {given!r}"
        raise FormatError([Problem("workplan:W216", Severity.ERROR, message, cure=meant)])
    return found or given


def _unit_stated(lines: Sequence[str], country: str | None) -> Unit:
    """The unit of all amounts, as a line says it: "All amounts in USD", "(en milliers de FCFA)".

    Such a line, or what stands in its brackets, has no figure. It names amounts, or a scale beside
    the currency. Lines that differ say nothing.
    """
    found = set()
    for line in (part for whole in lines for part in (whole, *BRACKETS.findall(whole))):
        if len(line) > LONGEST or any(map(str.isdigit, line)):
            continue
        unit = unit_of(line, country)
        amounts = any(sorts_of(word) & OF_AMOUNTS for word in fold(line).split())
        if (unit.sign or unit.power) and (amounts or (unit.sign and unit.power)):
            found.add((unit.sign, unit.power))
    sign, power = found.pop() if len(found) == 1 else (None, 0)
    return Unit(sign, power, "a line outside the table")


def _fiscal_year(header: PlanHeader, begins: int | None) -> str:
    """The one fiscal year that the title or the period of a plan is, or that it covers."""
    said = fiscal_label(header.title, begins) or fiscal_label(header.period_words or "", begins)
    covered = read_timeline(header.period_words or "").edtf
    when = Period(covered)
    if said or begins_in(covered) in (None, 1) or when.start is None:
        return said
    return f"{when.start.year}/{when.start.year + 1}"


def _begins(words: str | None, day_first: bool | None) -> datetime.date | None:
    """The day that a period begins on; none if its start is a year or not known exactly."""
    edtf = read_timeline(words or "", day_first=day_first).edtf or ""
    first = edtf.partition("/")[0]
    return Period(first).start if STARTS.fullmatch(first) else None


def _within(words: str | None, year: int | None) -> bool:
    """Whether the period of a plan, if it is known, lies in a year."""
    when = Period(read_timeline(words or "", default_year=year).edtf)
    return all(day is None or day.year == year for day in (when.start, when.end))


def _year_of_period(header: PlanHeader, begins: int | None, lines: Sequence[str]) -> int | None:
    """The calendar year that the period of a plan lies in, unless its line says a fiscal year."""
    words = header.period_words
    if not words:
        return None
    typed = next((line for line in lines if words in line), words)
    when = Period(read_timeline(words).edtf)
    if when.start is None or when.end is None or when.start.year != when.end.year:
        return None
    return None if _is_fiscal(typed, begins) else when.start.year


def _is_fiscal(text: str, begins: int | None) -> bool:
    """Whether a text names a fiscal year that may begin in another month than January."""
    return begins != 1 and "fiscal" in _calendar_words(text)


def _calendar_words(text: str) -> set[str]:
    return {lexicon("calendar").get(word, "") for word in fold(text).split()}


def year_in(text: str, fiscal_year_start: int | None = None) -> int | None:
    """The only calendar year that a title, heading or name of a sheet says.

    None if there are several, or if the year is a fiscal one that may begin in another month, or
    one that is aimed at: "Agenda 2030".

    >>> year_in("Annual work plan 2016"), year_in("Plan 2016-2018"), year_in("FY 2016")
    (2016, None, None)
    """
    if "goal" in _calendar_words(text) or _is_fiscal(text, fiscal_year_start):
        return None
    if of_another_calendar(text):
        return None
    years = {int(year) for year in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def of_table(table: Table, plan: Context, above: Context | None) -> Context:
    """What is known of a table: the headings above it say its level, territory and year.

    Where they name a part of the country, actions that name no place happen there.
    A table without a heading goes on with the level of the table before. So does one that has only
    a number and a title, "Table 2: Training", if a heading gave the level.

    So does its sheet for the year. Dates in words that name no year are in that year, unless
    others of the table name another one. Its dates show which number is the day, and its rows
    which colours are no marks.

    Args:
        table: The table.
        plan: What is known of the plan.
        above: What is known of the table before.
    """
    captions = table.captions
    named = (level_code(words, plan.country) for words in (*captions[::-1], table.sheet))
    level = next((code for code in named if code is not None), None)
    if level is None and above is not None and above.level is not None:
        headed = not is_numbered(above.level.words or "")
        if not captions or (headed and all(map(is_numbered, captions))):
            level = above.level
    years = (year_in(words, plan.fiscal_year_start) for words in (*captions[::-1], table.sheet))
    entries = [row.entry for row in table.rows]
    dates, planned = dates_in(entries, table.columns)
    order = day_order(dates) if plan.day_first is None else plan.day_first
    unit = _unit_stated(captions, plan.country)
    year = next(filter(None, years), None)
    begins = plan.fiscal_year_start or begins_in(None, _months(table.columns))
    labels = (fiscal_label(words, begins) for words in (*captions[::-1], table.sheet))
    own = year or plan.year
    mark, currency = _of_amounts(table, plan.country)
    return attrs.evolve(
        plan,
        fiscal_year=next(filter(None, labels), plan.fiscal_year),
        fiscal_year_start=begins,
        decimal_mark=mark,
        table_currency=currency,
        year=own if set(years_in(planned)) <= {own} else None,
        level=level,
        places=_places(captions, plan.country),
        calendar_year=year or plan.calendar_year,
        day_first=order,
        short_years=has_short_years(dates, _covered(year, plan)),
        unit=unit if unit.sign or unit.power else plan.unit,
        grounds=grounds(entries, table.columns),
        crossed=crosses_out(entries, table.columns),
    )


def _years(edtf: str | None) -> tuple[int, int] | None:
    """The first and last year of a period."""
    when = Period(edtf)
    return (when.start.year, when.end.year) if when.start and when.end else None


def _covered(year: int | None, plan: Context) -> tuple[int, int] | None:
    """The first and last year that a table can be about: its own, else those of the plan."""
    return (year, year) if year else plan.covered


def _months(columns: Sequence[Column]) -> list[int | None]:
    """The months of the columns of a calendar, in their order."""
    months = (one.yearly or "" for one in columns if one.meaning == "month")
    return [int(one[-2:]) if one[-2:].isdigit() else None for one in months]


def _of_amounts(table: Table, country: str | None) -> tuple[str | None, str | None]:
    """The decimal mark and the currency that the amounts of a table show."""
    paid = [n for meaning in PAID for n in table.meant.get(meaning, ())]
    texts = [[row.entry.words(n) for row in table.rows] for n in paid]
    totals = [[line[n] for line in table.totals if n < len(line)] for n in paid]
    return decimal_mark(texts, totals), currency_of(
        (text for group in (*texts, *totals) for text in group), country
    )


def of_section(section: str | None, table: Context) -> Context:
    """What is known of the actions under a heading row: "2017" says their year."""
    named = read_period(section) if section else None
    if named is None or named.unit != "year" or not (named.period or "").isdigit():
        return table
    year = int(named.period or 0)
    return attrs.evolve(table, year=year, calendar_year=year)


def _places(captions: Sequence[str], country: str | None) -> tuple[PlaceMention, ...]:
    """The parts of the plan's country that headings name: "Actions in Region V"."""
    if country is None:
        return ()
    found = (place for words in captions for place in mentions_in(words, country))
    return tuple(place for place in found if place.country == country and "-" in (place.code or ""))
