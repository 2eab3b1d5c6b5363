"""The columns of a work-plan table by their meaning, whatever their order and wording."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from jmdi.words.folding import as_typed, fold, without_footnote
from jmdi_workplan.plan.gantt import MONTH_INITIALS, read_period, read_periods
from jmdi_workplan.plan.given import DEEPEST, NOTHING
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.labels import is_label
from jmdi_workplan.words.lexicon import group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jmdi_workplan.plan.gantt import PeriodColumn
    from jmdi_workplan.plan.given import Given

__all__ = [
    "COUNTER",
    "Column",
    "by_meaning",
    "columns_of",
    "distinct",
    "header_depth",
    "headers",
    "header_rows",
    "is_plan_table",
    "join_headers",
    "is_header",
    "is_name",
    "match_columns",
]

# Below the first score a header says too little to give its column a meaning; the second is what
# another column with the same meaning loses, so that only a plain header may repeat one.
_ENOUGH = 0.45
_REPEATED = 0.35
_PLAIN = 0.9
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
_UNDER = {
    "timeline": ("start", "end", "timeline"),
    "finance": ("finance", "funding-source", "budget-line"),
    "responsible": ("responsible",),
}
"""What the lower names say below a name that reaches over several columns."""

_BY_PERIOD = frozenset(("finance", "actual-finance", "baseline", "target", "actual"))
"""What a plan says period by period: an amount or a value under each year."""

_ACTION_LIKE = frozenset(("action", "activity"))
_NOT_TELLING = frozenset(("number", "remarks", "status", "level", "actual"))
_WIDEST = 400
_HEADER_DEPTH = 6
_LONGEST_HEADER = 200
COUNTER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]?\Z")
_ENDS = re.compile(r"\d\W?\s*\Z")
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{2,}|\d[.,]\d{2,}")
"""A number of two figures or more that is no year: data, unless the text is a period."""
_YEAR = re.compile(r"(?<!\d)(?<!\d[./–-])(?:19|20)\d\d(?!\d)(?![./–-]\d)")
_NUMBERS = tuple(map(str, range(1, 54)))
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@frozen
class Column:
    """What one column of a table holds.

    Attributes:
        index: Its place, from 0.
        header: The header as typed, on one line.
        meaning: "action", "objective", "audience", "activity", "place", "timeline", "start", "end",
            "finance", "funding-source", "budget-line", "responsible", "partner", "indicator",
            "baseline", "target", "actual", "verification", "output", "level", "number", "status",
            "remarks", "actual-start", "actual-end", "actual-timeline", "actual-finance"; two
            joined by "+" where the header names two; "month", "quarter", "semester", "week",
            "year" or these after "relative-" for a calendar column; "drop" where the caller wants
            it left out; None if not understood.
        score: How sure, from 0 to 1; 0 without a meaning.
        period: EDTF of a dated calendar column, or of the period that amounts or values are for.
        yearly: The period of a calendar column that names no year, for `gantt.in_year`.
    """

    index: int
    header: str
    meaning: str | None
    score: float
    period: str | None = None
    yearly: str | None = None


def match_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), given: Given = NOTHING
) -> tuple[Column, ...]:
    """Give every column its meaning, the best over the whole table.

    Two columns share a meaning only if both say so plainly: "Activities" beside "Action" is the
    type of activity, "Activities" alone is the action.

    Args:
        header: One text per column; several header rows joined by `` / `` from the top.
        rows: Rows below it; they only tell a column of running numbers that has no header.
        given: What the caller says that columns mean.

    Returns:
        One `Column` per header, in order.
    """
    typed = [as_typed(text) for text in header]
    periods = read_periods(typed[:_WIDEST]) + (None,) * max(0, len(typed) - _WIDEST)
    choices = [
        _given_choices(fold(text), given)
        if fold(text) in given.meanings
        else _choices(text, raw, period)
        for text, raw, period in zip(typed, header, periods, strict=True)
    ]
    if any(one and one[0][0] in ("indicator", "baseline") for one in choices):
        choices = [_measured(one) for one in choices]
    chosen = _assign(choices, typed)
    found = []
    for index, (text, period) in enumerate(zip(typed, periods, strict=True)):
        meaning, score = chosen[index]
        if meaning is None and not text and _counts(rows, index):
            meaning, score = "number", 0.5
        when: tuple[str | None, ...] = ()
        if meaning in _BY_PERIOD:
            years = set(_YEAR.findall(text))
            when = (period.period if period else years.pop() if len(years) == 1 else None,)
        elif meaning is not None and period is not None and fold(text) not in given.meanings:
            when = (period.period, period.yearly)
        found.append(Column(index, text, meaning, min(round(score, 3), 1.0), *when))
    return tuple(found)


def _given_choices(folded: str, given: Given) -> list[tuple[str, float]]:
    """The meaning of a column as the caller says it, which comes before any other's."""
    meaning = given.meanings[folded]
    return [] if meaning is None else [(meaning, _GIVEN)]


def _choices(text: str, raw: str, period: PeriodColumn | None) -> list[tuple[str, float]]:
    """Possible meanings of one column, best first."""
    if len(raw) > 4 * _LONGEST_HEADER:
        return []
    last = raw.rsplit(" / ", 1)[-1]
    plain = len(as_typed(last)) == 1 or read_period(as_typed(last)) or not meanings(last)
    above = raw.rpartition(" / ")[0]
    if period is not None and plain and (held := _held(above)):
        return [held]
    if period is not None and plain:
        sure = 1.0 if period.period or period.unit.startswith("relative") else 0.8
        return [(period.unit, sure)]
    named = [pair for pair in meanings(raw) if pair[1] >= _ENOUGH]
    if period is not None:
        named = [pair for pair in named if pair[0] != "timeline"] or [(period.unit, 0.8)]
    return named


def _measured(choices: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Beside an indicator, a "cible" is the value that is aimed at, and no audience."""
    meant = {meaning for meaning, _ in choices}
    if not {"target", "audience"} <= meant:
        return choices
    return [pair for pair in choices if pair[0] != "audience"]


def _held(above: str) -> tuple[str, float] | None:
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


def _counts(rows: Sequence[Sequence[str]], index: int) -> bool:
    texts = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    return len(texts) > 1 and all(COUNTER.match(text) for text in texts)


def join_headers(grid_texts: Sequence[Sequence[str]], depth: int) -> tuple[str, ...]:
    """Join the header rows of each column by `` / ``, from the top, each text once.

    A year or other period that stands over the first of its columns only, as in a CSV file, is
    taken for the columns to its right up to the next text. A row with a single text is a title
    and left out.
    """
    rows = [list(row) for row in grid_texts[:depth]]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    rows = [row for row in rows if len(distinct(row)) != 1 or _is_span(row)] or rows
    for upper, lower in pairwise(rows):
        for column in range(1, width):
            blank = not upper[column].strip() and lower[column].strip()
            if blank and _reaches_over(upper[column - 1], lower[column]):
                upper[column] = upper[column - 1]
    return tuple(" / ".join(distinct(column)) for column in zip(*rows, strict=True))


def _is_span(row: Sequence[str]) -> bool:
    """Whether the one text of a row is a period that stands over others: ",2016,,"."""
    texts = distinct(row)
    return bool(texts) and not row[0].strip() and all(map(_spans, texts))


def _reaches_over(upper: str, lower: str) -> bool:
    """Whether a name of a header also stands over the column to its right."""
    if _spans(upper) and _below(lower):
        return True
    if _held(upper) and (fold(lower) in group("row", "total") or read_period(as_typed(lower))):
        return True
    top, own = meanings(upper)[:1], meanings(lower)[:1]
    return bool(top and own) and own[0][0] in _UNDER.get(top[0][0], ())


def _spans(text: str) -> bool:
    timed = any(meaning == "timeline" and score > 0.7 for meaning, score in meanings(text))
    return read_period(as_typed(text)) is not None or timed


def _below(text: str) -> bool:
    """Whether a header can stand below a period."""
    word = as_typed(text)
    return len(word) <= 2 or fold(word) in _ROMAN or _sub_header(word)


def distinct(texts: Sequence[str]) -> list[str]:
    """What some cells say, each text once, without empty ones."""
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def header_rows(grid_texts: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top of a grid are its header, 0 if there is none.

    Args:
        grid_texts: Rows of cell texts; merged cells repeat their text or are empty.
    """
    main = next(
        (number for number, row in enumerate(grid_texts[:_HEADER_DEPTH]) if is_header(row)), None
    )
    if main is None or not _lead(grid_texts[:main], grid_texts[main]):
        return 0
    depth = main + 1
    while depth < min(len(grid_texts), main + 4) and _continues(
        grid_texts[depth - 1], grid_texts[depth]
    ):
        depth += 1
    return depth


def is_header(row: Sequence[str]) -> bool:
    """Whether a row names at least two columns, or one and twelve months, and mostly names."""
    texts = distinct(row[:_WIDEST])
    if not _mostly_names(texts, 2):
        short = sum(len(text) < 5 for text in texts) > 1
        if not (short and any(_names_action(text) for text in texts if is_name(text))):
            return False
        counters = _counters(row[:_WIDEST])
        texts = distinct([text for n, text in enumerate(row[:_WIDEST]) if n not in counters])
        if not _mostly_names(texts, 1 if len(counters) >= len(MONTH_INITIALS[0]) else 2):
            return False
    acting = any(_names_action(text) for text in texts if is_name(text))
    return acting and not _is_labelled(row)


def _mostly_names(texts: Sequence[str], enough: int) -> bool:
    """Whether enough texts, and half of all, are names of columns.

    Short texts are looked at first: most rows are seen to be none before their long texts are read.
    """
    most = len(texts)
    if most < enough or sum(len(text) > _LONGEST_HEADER for text in texts) * 2 > most:
        return False
    others = 0
    for text in sorted(texts, key=len):
        others += not is_name(text)
        if others * 2 > most or most - others < enough:
            return False
    return True


def _names_action(text: str) -> bool:
    """Whether a text is the name of an action column, not "Activity 1" in a row below."""
    best = meanings(text)[:1]
    acting = bool(best) and not _ACTION_LIKE.isdisjoint(best[0][0].split("+"))
    return acting and not _ENDS.search(without_footnote(text))


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Whether a text is the name of a column or a period."""
    if len(text) > _LONGEST_HEADER:
        return False
    if _FIGURE.search(text):
        return read_period(as_typed(text)) is not None
    sure = meanings(text)
    return bool(sure and sure[0][1] >= 0.55) or read_period(as_typed(text)) is not None


def _lead(above: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Whether rows can stand above the header: a title at the top, then names that span others."""
    lower = [*above[1:], header]
    for number, row in enumerate(above):
        texts = distinct(row[:_WIDEST])
        if len(texts) < 2 and not _is_span(row):
            if number:
                return False
            continue
        named = all(map(is_name, texts)) and not _is_labelled(row)
        if not (named and _stands_over(row, lower[number])):
            return False
    return True


def _stands_over(row: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether each period of a row has something below it that is part of a period."""
    return all(
        not text.strip()
        or not _spans(text)
        or _is_part(text, lower[column])
        or column in _counters(lower)
        for column, text in enumerate(row[: len(lower)])
    )


def _is_part(upper: str, lower: str) -> bool:
    same = upper.strip() == lower.strip()
    return same or not lower.strip() or _reaches_over(upper, lower)


def _is_labelled(row: Sequence[str]) -> bool:
    """Whether a row is a line of the title block: "Territory", "regions of Kolda and Sédhiou"."""
    texts = distinct(row[:_WIDEST])
    if len(texts) < 2 or len(texts) % 2 or not all(map(is_label, texts[::2])):
        return False
    return all(not meanings(text) or meanings(text)[0][1] < _PLAIN for text in texts[1::2])


def _continues(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is a lower header row: names, periods or counters, where there is room.

    That is below blank cells and names that span columns, or anywhere in a row into which a
    name reaches down. Short cells alone make no header: "A", "B" are data.
    """
    if len(row) > _WIDEST:
        return False
    upper = {text.strip() for text in above}
    counters = _counters(row)
    fresh = {place: text for place, text in enumerate(row) if text.strip() not in upper | {""}}
    if len(distinct(row)) < 2 or not fresh:
        return False
    merged = any(a.strip() and a.strip() == b.strip() for a, b in zip(above, row, strict=False))
    if not (merged or fresh.keys() <= _spanned(above, len(row))):
        return False
    if any(
        place not in counters and not is_name(text) and not _sub_header(text)
        for place, text in fresh.items()
    ):
        return False
    return len(distinct([*fresh.values()])) > 1 or any(map(_sub_header, fresh.values()))


def _spanned(above: Sequence[str], width: int) -> set[int]:
    """The columns below blank cells, and below texts that reach over more than one column."""
    texts = [text.strip() for text in above[:width]]
    spanned = {place for place in range(width) if place >= len(texts) or not texts[place]}
    for place, (left, right) in enumerate(pairwise(texts)):
        if left and right in ("", left):
            spanned |= {place, place + 1}
    return spanned


def _counters(row: Sequence[str]) -> set[int]:
    """The columns of neighbours that count: 1 2 3, I II III, J F M; a lone letter is none."""
    found: set[int] = set()
    words = [fold(text).lstrip("0") if 0 < len(text) < 10 else "" for text in row]
    for left, right in pairwise(range(len(words))):
        if _follows(words[left], words[right]):
            found |= {left, right}
    return found


@lru_cache(maxsize=4096)
def _follows(left: str, right: str) -> bool:
    """Whether a counter comes right after another, or begins the next round: 4, then 1."""
    for counts in (_NUMBERS, _ROMAN):
        if left in counts and right in counts and left != right:
            return counts.index(right) in (counts.index(left) + 1, 0)
    return len(left) == len(right) == 1 and any(left + right in 2 * run for run in MONTH_INITIALS)


def _sub_header(text: str) -> bool:
    if read_period(as_typed(text)) is not None:
        return True
    return fold(text) in group("small-word", "sub-header") | group("row", "total")


def is_plan_table(columns: Sequence[Column]) -> bool:
    """Whether columns are those of a work plan: one for the action and one that tells about it."""
    named = [set(column.meaning.split("+")) for column in columns if column.meaning]
    acting = [parts for parts in named if parts & _ACTION_LIKE]
    if not acting:
        return False
    others = [parts for parts in named if parts is not acting[0]]
    telling = any(parts - _NOT_TELLING for parts in others)
    return telling or len(acting[0] - _ACTION_LIKE) > 0


def headers(texts: Sequence[Sequence[str]], given: Given = NOTHING) -> Iterator[tuple[int, int]]:
    """Where the headers of tables of actions begin in a grid, and how many rows they have."""
    reached = 0
    for main in [n for n, row in enumerate(texts) if is_header(row) or given.names(row)]:
        for number in range(max(reached, main - _HEADER_DEPTH + 1), main + 1):
            depth = _given_depth(texts, number, given) or header_depth(texts, number)
            if depth:
                yield number, depth
                reached = number + depth
                break


def _given_depth(texts: Sequence[Sequence[str]], number: int, given: Given) -> int:
    """How many rows from a row on are a header that the caller names; 0 if they are not."""
    if not given.meanings or len(distinct(texts[number])) < 2:
        return 0
    for depth in range(1, DEEPEST + 1):
        rows = texts[number : number + depth]
        if given.enough(join_headers(rows, len(rows))):
            below = rows[1:]
            return 0 if below and given.enough(join_headers(below, len(below))) else depth
    return 0


def header_depth(texts: Sequence[Sequence[str]], number: int) -> int:
    """How many rows from a row on are the header of a table of actions; 0 if they are not."""
    row = texts[number]
    if len(distinct(row)) < 2 and not _is_span(row):
        return 0
    depth = header_rows(texts[number : number + 8])
    return depth if depth and is_plan_table(columns_of(texts, number, depth)) else 0


def columns_of(
    texts: Sequence[Sequence[str]], number: int, depth: int, given: Given = NOTHING
) -> tuple[Column, ...]:
    """The columns under a header of one or more rows."""
    below = texts[number + depth : number + depth + 50]
    return match_columns(join_headers(texts[number : number + depth], depth), below, given)


def by_meaning(columns: Sequence[Column]) -> dict[str, list[int]]:
    """The places of the columns of each meaning; a column of two meanings is under both."""
    found: dict[str, list[int]] = {}
    for position, column in enumerate(columns):
        for meaning in (column.meaning or "").split("+"):
            found.setdefault(meaning, []).append(position)
    return found
