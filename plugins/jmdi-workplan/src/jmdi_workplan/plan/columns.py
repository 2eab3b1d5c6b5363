"""The columns of a work-plan table by their meaning, whatever their order and wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from jmdi.words.folding import as_typed, fold
from jmdi_workplan.finance import unit_of, without_unit
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.plan.calendar_heads import read_periods
from jmdi_workplan.plan.checked import COUNTER, checked, counts
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.plan.figures_shown import adds_up
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.plan.given import NOTHING
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.inferred import infer
from jmdi_workplan.words.lexicon import group, indefinite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jmdi_workplan.plan.gantt import PeriodColumn
    from jmdi_workplan.plan.given import Given

__all__ = [
    "ACTION_LIKE",
    "COUNTER",
    "NOT_TELLING",
    "WIDEST",
    "Column",
    "by_meaning",
    "held",
    "is_currency",
    "is_plan_table",
    "match_columns",
]

# Below the first score a header says too little to give its column a meaning; the second is what
# another column with the same meaning loses, so that only a plain header may repeat one.
_ENOUGH = 0.45
_REPEATED = 0.35
_PLAIN = 0.9
_PAIR = 2
"""A table of so many columns with a meaning is one of a plan only if heads say both."""

_COUNTED = frozenset(("target", "baseline", "actual"))
"""Meanings of columns whose numbers are of a unit."""

_GIVEN = 2.0
"""What a caller says counts more than any header."""
_SINGLE = frozenset(
    (
        "action",
        "activity",
        "activity+place",
        "place",
        "timeline",
        "start",
        "end",
        "level",
        "number",
        "status",
    )
)
_BY_PERIOD = frozenset(("finance", "actual-finance", "baseline", "target", "actual"))
"""What a plan says period by period: an amount or a value under each year."""

ACTION_LIKE = frozenset(("action", "activity"))
NOT_TELLING = frozenset(("number", "remarks", "status", "level", "actual", "section"))
"""Meanings that many tables have, not only plans."""
WIDEST = 400
"""How many columns of a table are looked at."""
WIDEST_UNKNOWN = 12
"""How many columns whose heads are not known have their cells looked at."""
_AMOUNT = re.compile(r"\W{0,3}\d[\d\s.,']*\W{0,3}|[-–—]+")
_YEAR = re.compile(r"(?<!\d)(?<!\d[./–-])(?:19|20)\d\d(?!\d)(?![./–-]\d)")
_LONGEST_HEADER = 200
_SHORT = 12
"""A currency alone is no longer than this: "US dollars"."""


@frozen
class Column:
    """What one column of a table holds.

    Attributes:
        index: Its place, from 0.
        header: The header as typed, on one line.
        meaning: "action", "objective", "audience", "activity", "place", "timeline", "start", "end",
            "finance", "currency", "funding-source", "budget-line", "responsible", "partner",
            "indicator", "baseline", "target", "actual", "verification", "output", "level",
            "number", "status", "section", "remarks", "actual-start", "actual-end",
            "actual-timeline", "actual-finance"; "at-place" where the header is a place and marks
            say what happens there; two joined by "+" where the header names two; one of
            `gantt.CALENDAR`, perhaps after "relative-", for a calendar column;
            "drop" where the caller wants it left out; None if not understood.
        score: How sure, from 0 to 1; 0 without a meaning.
        period: EDTF of a dated calendar column, or of the period that amounts or values are for.
        yearly: The period of a calendar column that names no year, for `gantt.in_year`.
        since: Of a column that counts from the start of a project, for `gantt.since_start`.
        fiscal: Of a calendar column in a fiscal year, that year, or "?".
        supposed: Whether no word of the header says what it holds, only what stands below it.
        payer: Who pays its amounts, where they are parts of those of another column.
        total: Whether its amounts are the sums of such parts.
    """

    index: int
    header: str
    meaning: str | None
    score: float
    period: str | None = None
    yearly: str | None = None
    since: tuple[int, int] | None = None
    fiscal: str = ""
    supposed: bool = False
    payer: str = ""
    total: bool = False

    @property
    def is_part_of_year(self) -> bool:
        """Whether it is of a month, a quarter or the like."""
        return "-" in (self.period or self.yearly or "")


def match_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), given: Given = NOTHING
) -> tuple[Column, ...]:
    """Give every column its meaning, the best over the whole table.

    Two columns share a meaning only if both say so plainly: "Activities" beside "Action" is the
    type of activity, "Activities" alone is the action. An end that stands alone is a deadline.

    Args:
        header: One text per column; several header rows joined by `` / `` from the top.
        rows: Rows below it; they only tell a column of running numbers that has no header.
        given: What the caller says that columns mean.

    Returns:
        One `Column` per header, in order.
    """
    typed = [as_typed(text) for text in header]
    periods = read_periods(typed[:WIDEST]) + (None,) * max(0, len(typed) - WIDEST)
    choices = _possible(header, rows, periods, given)
    chosen = _assign(_in_company(checked(choices, header, rows, fixed=_GIVEN), typed), typed)
    inferred = _inferred(chosen, header, rows, given)
    found = []
    for index, (text, period) in enumerate(zip(typed, periods, strict=True)):
        meaning, score = chosen[index]
        told = fold(text) in given.meanings
        if meaning is None and not text and counts(rows, index):
            meaning, score = "number", 0.5
        if index in inferred:
            meaning, score = inferred[index], _ENOUGH
        supposed = fold(text) == given.supposed or index in inferred
        column = Column(index, text, meaning, min(round(score, 3), 1.0), supposed=supposed)
        found.append(_timed(column, period, told=told))
    times = {column.meaning for column in found} & {"start", "end", "timeline"}
    deadline = "timeline" if times == {"end"} and not given.meanings else "end"
    return tuple(evolve(one, meaning=deadline) if one.meaning == "end" else one for one in found)


def _possible(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    periods: Sequence[PeriodColumn | None],
    given: Given,
) -> list[list[tuple[str, float]]]:
    """The possible meanings of each column by itself: as the caller, its head or its cells say."""
    told = given.meanings.keys() | {given.supposed}
    summed = _summed(header, rows, periods)
    found = []
    for index, (text, period) in enumerate(zip(header, periods, strict=True)):
        typed = as_typed(text)
        paid = index in summed or (period is not None and _is_paid(rows, index))
        if paid or _is_source(text, rows, index):
            found.append([("finance", 1.0)])
        elif _is_place(text, rows, index):
            found.append([("at-place", _PLAIN)])
        elif fold(typed) in told:
            found.append(_given_choices(fold(typed), given))
        else:
            found.append(_choices(typed, text, period))
    return found


def _inferred(
    chosen: Sequence[tuple[str | None, float]],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    given: Given,
) -> dict[int, str]:
    """The meanings of columns whose heads say none, in a table that has actions."""
    known = [meaning for meaning, _ in chosen]
    meant = frozenset(part for one in known for part in (one or "").split("+"))
    if not meant & ACTION_LIKE:
        return {}
    unknown = [n for n, text in enumerate(header) if known[n] is None and as_typed(text)]
    free = [n for n in unknown if fold(as_typed(header[n])) not in given.meanings]
    return infer(free[:WIDEST_UNKNOWN], known, header, rows)


def _timed(column: Column, period: PeriodColumn | None, *, told: bool) -> Column:
    """A column with the time that its head says: of what happens, or of its amounts and values.

    Args:
        column: The column.
        period: What its head says of time.
        told: Whether the caller says what it holds.
    """
    if column.meaning in _BY_PERIOD:
        years = set(_YEAR.findall(column.header))
        if period is None:
            return evolve(column, period=years.pop() if len(years) == 1 else None)
        return evolve(column, period=period.period, yearly=period.yearly, fiscal=period.fiscal)
    if period is None or column.meaning is None:
        return column
    if not told:
        column = evolve(column, period=period.period, yearly=period.yearly)
    if column.meaning != period.unit:
        return column
    return evolve(column, since=period.since, fiscal=period.fiscal)


def _given_choices(folded: str, given: Given) -> list[tuple[str, float]]:
    """The meaning of a column as the caller says it, which comes before any other's."""
    meaning = given.meanings.get(folded) if folded in given.meanings else "action"
    return [] if meaning is None else [(meaning, _GIVEN)]


def _choices(text: str, raw: str, period: PeriodColumn | None) -> list[tuple[str, float]]:
    """Possible meanings of one column, best first."""
    if len(raw) > 4 * _LONGEST_HEADER:
        return []
    last = raw.rsplit(" / ", 1)[-1]
    plain = len(as_typed(last)) == 1 or read_period(as_typed(last)) or not meanings(last)
    above = raw.rpartition(" / ")[0]
    if period is not None and plain and (under := held(above)):
        return [under]
    if period is not None and plain:
        sure = 1.0 if period.period or period.unit.startswith("relative") else 0.8
        return [(period.unit, sure)]
    named = [pair for pair in meanings(raw) if pair[1] >= _ENOUGH]
    if not named and is_currency(text):
        return [("finance", _PLAIN)]
    if period is not None:
        named = [pair for pair in named if pair[0] != "timeline"] or [(period.unit, 0.8)]
    return named


def is_currency(text: str) -> bool:
    """Whether a header is a currency and nothing else: "USD", "(FCFA)"."""
    named = len(text) <= _SHORT and unit_of(text).sign is not None
    return named and not without_unit(text)


def _in_company(
    choices: Sequence[list[tuple[str, float]]], heads: Sequence[str]
) -> list[list[tuple[str, float]]]:
    """The meanings of columns that depend on the others.

    A project is the action where nothing else is, else a heading of actions, as an area to their
    left is. "Stakeholders" are those responsible. A unit of measure is the indicator where nothing
    else is; "unit" alone is one beside a number of them. A "source" is that of the money, but that
    of figures where they stand alone. Beside the actions, a
    "description" is theirs. Beside an indicator, a "cible" is the value that is aimed at,
    and no audience. Beside a planned date, a "date de réalisation" is that of what was done, and
    beside a target, the "situation in 2023" is where it starts from.
    """
    choices = _with_units(choices)
    best = [one[0][0] if one else "" for one in choices]
    found = []
    for index, one in enumerate(choices):
        meant = {meaning for meaning, _ in one}
        others = {*best[:index], *best[index + 1 :]}
        acting = others & {"action", "project"} and "activity" not in others
        if not one and acting and _describes(heads[index]):
            one = [("activity", _ENOUGH)]
        if {"number", "baseline"} <= meant and others & {"indicator", "target"}:
            one = [pair for pair in one if pair[0] != "number"]
        measured = others & {"indicator", "baseline", "target"} or _YEAR.search(heads[index])
        if {"target", "audience"} <= meant and measured:
            other = "target" if "target" in others else "audience"
            one = [pair for pair in one if pair[0] != other]
        if meant == {"status"} and "target" in others and _YEAR.search(heads[index]):
            one = [("baseline", score) for _, score in one]
        if {"responsible", "partner"} <= meant and "responsible" in others:
            one = [pair for pair in one if pair[0] != "responsible"]
        if "project" in meant:
            surest = max(dict(other).get("project", 0.0) for other in choices)
            alone = not others & ACTION_LIKE and dict(one)["project"] == surest
            own = "action" if alone else "section"
            one = [(own, max(score, _ENOUGH)) for meaning, score in one if meaning == "project"]
        if {"section", "place"} <= meant:
            left = any(other in {*ACTION_LIKE, "project"} for other in best[index + 1 :])
            one = [pair for pair in one if pair[0] != ("place" if left else "section")]
        if {"start", "responsible"} <= meant and "end" in others:
            one = [pair for pair in one if pair[0] != "responsible"]
        if {"audience", "responsible"} <= meant and "responsible" not in others:
            one = [pair for pair in one if pair[0] != "audience"]
        if {"funding-source", "verification"} <= meant:
            proof = "indicator" in others and "finance" not in others
            one = [
                pair for pair in one if pair[0] == ("verification" if proof else "funding-source")
            ]
        if {"timeline", "actual-timeline"} <= meant and others & {"timeline", "start", "end"}:
            one = [pair for pair in one if pair[0] != "timeline"]
        if {"finance", "actual-finance"} <= meant and "finance" in others:
            one = [pair for pair in one if pair[0] != "finance"]
        found.append(one)
    return found


def _describes(head: str) -> bool:
    """Whether a head only says that something is described: "Short description", "Détails"."""
    words = {indefinite(word) for word in fold(head).split()}
    small = group("small-word", "of") | group("small-word", "filler")
    others = words - set(map(indefinite, group("small-word", "describing"))) - small
    return len(others) < len(words - small) and all(sorts_of(one) == {"plain"} for one in others)


def _with_units(choices: Sequence[list[tuple[str, float]]]) -> list[list[tuple[str, float]]]:
    """Columns of units of measure: the indicator where nothing else is, else a remark."""
    best = [one[0][0] if one else "" for one in choices]
    found = []
    for index, one in enumerate(choices):
        others = {*best[:index], *best[index + 1 :]}
        known = dict(one)
        if "unit" in known and (len(known) == 1 or others & {*_COUNTED, "responsible"}):
            found.append([("remarks" if "indicator" in others else "indicator", known["unit"])])
        else:
            found.append([pair for pair in one if pair[0] != "unit"])
    return found


def _is_paid(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column of a calendar has amounts and no marks: figures of four digits or more."""
    texts = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    large = sum(sum(map(str.isdigit, text)) > 3 for text in texts)
    return 2 * large > len(texts) and all(map(_AMOUNT.fullmatch, texts))


def _summed(
    header: Sequence[str], rows: Sequence[Sequence[str]], periods: Sequence[PeriodColumn | None]
) -> frozenset[int]:
    """The columns of years or parts of them whose amounts sum up to one of money or a total."""
    parts = [n for n, one in enumerate(periods) if one is not None]
    plain = [n for n in parts if not held(header[n].rpartition(" / ")[0])]
    large = any(len(row[n].strip()) > 1 for row in rows[:50] for n in parts if n < len(row))
    if len(plain) < _PAIR or plain != parts or not large:
        return frozenset()
    for n, text in enumerate(header):
        best = meanings(text)[:1] if n not in parts else ()
        whole = fold(text) in group("row", "total") or (best and best[0][0] == "finance")
        sure = any(len(row[n]) > len("99") for row in rows[:1] if n < len(row))
        if whole and adds_up(rows, n, parts, fewest=1 if sure else 2):
            return frozenset((*parts, n))
    return frozenset()


def _is_source(header: str, rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column has the amounts of who stands below money: "Sources of funding / State"."""
    above, _, own = header.rpartition(" / ")
    paid = {meaning for meaning, score in meanings(above)[:1] if above and score >= _ENOUGH}
    asked = paid & {"finance", "funding-source"} or (above and unit_of(above).sign)
    other = held(own) and group("people", "budget").isdisjoint(fold(own).split())
    if not asked or other or read_period(as_typed(own)):
        return False
    texts = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    return 2 * sum(map(bool, map(_AMOUNT.fullmatch, texts))) > len(texts)


def _is_place(header: str, rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column is for one part of the country, and has marks where actions happen."""
    if not is_division(as_typed(header.rpartition(" / ")[2])):
        return False
    texts = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    return bool(texts) and all(len(text) < 3 and not text.isdigit() for text in texts)


def held(above: str) -> tuple[str, float] | None:
    """What columns of periods hold below a name that is none of time: "Budget" over "2016"."""
    best = meanings(above)[:1] if above else ()
    return best[0] if best and best[0][0] in _BY_PERIOD and best[0][1] >= _ENOUGH else None


def _assign(
    choices: Sequence[Sequence[tuple[str, float]]], typed: Sequence[str]
) -> list[tuple[str | None, float]]:
    """Give meanings out, the most decided column first; a second use of one must be plain."""

    def margin(index: int) -> float:
        own = choices[index]
        return own[0][1] - (own[1][1] if len(own) > 1 else 0.0)

    chosen: list[tuple[str | None, float]] = [(None, 0.0)] * len(choices)
    used: set[str] = set()
    order = sorted(
        (index for index in range(len(choices)) if choices[index]),
        key=lambda index: (-margin(index), -choices[index][0][1], fold(typed[index]), index),
    )
    for index in order:
        weighed = [
            (score - (_REPEATED if meaning in used and meaning in _SINGLE else 0.0), meaning, score)
            for meaning, score in choices[index]
        ]
        value, meaning, score = max(weighed, key=lambda item: (item[0], item[1]))
        if value > 0:
            chosen[index] = (meaning, min(score, value) if meaning in _SINGLE else score)
            used.add(meaning)
            used.update(meaning.split("+"))
    return chosen


def is_plan_table(columns: Sequence[Column]) -> bool:
    """Whether columns are those of a work plan: one for the action and one that tells about it."""
    several = sum(one.meaning is not None for one in columns) > _PAIR
    sure = [one for one in columns if several or not one.supposed]
    named = [set(column.meaning.split("+")) for column in sure if column.meaning]
    acting = [parts for parts in named if parts & ACTION_LIKE]
    if not acting:
        return False
    others = [parts for parts in named if parts is not acting[0]]
    telling = any(parts - NOT_TELLING for parts in others)
    return telling or len(acting[0] - ACTION_LIKE) > 0


def by_meaning(columns: Sequence[Column]) -> dict[str, list[int]]:
    """The places of the columns of each meaning; a column of two meanings is under both."""
    found: dict[str, list[int]] = {}
    for position, column in enumerate(columns):
        for meaning in (column.meaning or "").split("+"):
            found.setdefault(meaning, []).append(position)
    return found
