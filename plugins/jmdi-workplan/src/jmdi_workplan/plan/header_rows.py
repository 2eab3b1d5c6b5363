"""Where the headers of tables of actions stand in a grid, and the names of their columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from jmdi.words.folding import as_typed, fold, without_footnote
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.plan.calendar_heads import MONTH_INITIALS, SPAN, ordinal_in
from jmdi_workplan.plan.columns import (
    ACTION_LIKE,
    WIDEST,
    Column,
    held,
    is_currency,
    is_plan_table,
    match_columns,
)
from jmdi_workplan.plan.gantt import CALENDAR, THIRDS, read_period, units
from jmdi_workplan.plan.given import DEEPEST, NOTHING, Given
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.labels import is_label, split_labels
from jmdi_workplan.plan.summed import with_payers
from jmdi_workplan.words.lexicon import group

__all__ = [
    "columns_of",
    "distinct",
    "header_depth",
    "header_rows",
    "headers",
    "is_header",
    "is_labelled",
    "is_name",
    "join_headers",
]

_PLAIN = 0.9
_CLEAR = 0.7
"""A name scores more if most of its words say what the column holds."""
_UNDER = {
    "timeline": ("start", "end", "timeline"),
    "finance": ("finance", "funding-source", "budget-line"),
    "responsible": ("responsible",),
}
"""What the lower names say below a name that reaches over several columns."""
_PAID = frozenset(("finance", "funding-source"))
_PAYERS = frozenset(("partner", "status"))
"""What names of those who pay look like: "Budget" over "State" and "Partners"."""
_HEADER_DEPTH = 6
_SPREAD = 4
"""Columns that a heading inside a table covers at least."""

_LONGEST_HEADER = 200
_ENDS = re.compile(r"\d\W?\s*\Z")
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{2,}|\d[.,]\d{2,}")
"""A number of two figures or more that is no year: data, unless the text is a period."""
_NAMES: dict[str, bool | None] = {}
"""Of texts seen last, whether they are names; ``None`` of one that was seen once and not read.

Unlike a cache, it can be asked what it knows."""
_MOST_NAMES = 8192
_NUMBERS = tuple(map(str, range(1, 54)))
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


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
    if held(upper) and (fold(lower) in group("row", "total") or read_period(as_typed(lower))):
        return True
    top, own = meanings(upper)[:1], meanings(lower)[:1]
    if top and top[0][0] == "finance" and lower.strip() and (not own or own[0][0] in _PAYERS):
        return True
    budgets = not group("people", "budget").isdisjoint(fold(lower).split())
    if top and top[0][0] in _PAID and (budgets or (lower.strip() and not own)):
        return True
    return bool(top and own) and own[0][0] in _UNDER.get(top[0][0], ())


def _spans(text: str) -> bool:
    """Whether a text can stand over periods: it is one, or asks when, or names parts of a year."""
    if any(units().get(word, ("", 0))[0] in CALENDAR for word in fold(text).split()):
        return True
    timed = any(meaning == "timeline" and score >= _CLEAR for meaning, score in meanings(text))
    return read_period(as_typed(text)) is not None or timed


def _below(text: str) -> bool:
    """Whether a header can stand below a period."""
    word = as_typed(text)
    return len(word) <= 2 or fold(word) in _ROMAN or _sub_header(word) or bool(ordinal_in(word))


def distinct(texts: Sequence[str]) -> list[str]:
    """What some cells say, each text once, without empty ones."""
    found = dict.fromkeys(map(str.strip, texts))
    found.pop("", None)
    return list(found)


def header_rows(grid_texts: Sequence[Sequence[str]], supposed: str | None = None) -> int:
    """Return how many rows at the top of a grid are its header, 0 if there is none.

    Args:
        grid_texts: Rows of cell texts; merged cells repeat their text or are empty.
        supposed: A folded text that is taken for the name of the action column.
    """
    top = enumerate(grid_texts[:_HEADER_DEPTH])
    main = next((number for number, row in top if is_header(row, supposed)), None)
    if main is None or not _lead(grid_texts[:main], grid_texts[main]):
        return 0
    depth = main + 1
    while depth < min(len(grid_texts), main + 4) and _continues(
        grid_texts[depth - 1], grid_texts[depth]
    ):
        depth += 1
    return depth


def is_header(row: Sequence[str], supposed: str | None = None) -> bool:
    """Whether a row names at least two columns, or one and twelve months, and mostly names.

    One of them is the action, by what it says or as it is supposed. Parts of a country that stand
    side by side are columns of a calendar of places, and count neither way.
    """
    texts = distinct(row[:WIDEST])
    if supposed is not None and len(texts) > 1 and supposed in map(fold, texts):
        return not is_labelled(row)
    if not _mostly_names(texts, 2):
        short = sum(len(text) < 5 for text in texts) > 1
        places = {n for n, text in enumerate(row[:WIDEST]) if is_division(text)}
        several = len({row[n] for n in places}) > 1
        acting = any(_names_action(text, supposed) for text in texts) if short or several else False
        if not acting:
            return False
        counters = _counters(row[:WIDEST])
        left_out = counters | places if several else counters
        texts = distinct([text for n, text in enumerate(row[:WIDEST]) if n not in left_out])
        alone = several or len(counters) >= len(MONTH_INITIALS[0])
        if not _mostly_names(texts, 1 if alone else 2):
            return False
    acting = any(_names_action(text, supposed) for text in texts)
    return acting and not (is_labelled(row) or all(map(is_label, texts)))


def _mostly_names(texts: Sequence[str], enough: int) -> bool:
    """Whether enough texts, and half of all, are names of columns.

    Texts that were seen before are looked at first, then short ones: most rows are seen to be none
    before their long texts are read.
    """
    most = len(texts)
    if most < enough:
        return False
    others = 0
    for text in sorted(texts, key=lambda text: (_NAMES.get(text) is None, len(text))):
        others += not is_name(text)
        if others * 2 > most or most - others < enough:
            return False
    return True


def _names_action(text: str, supposed: str | None) -> bool:
    """Whether a text is the name of an action column, not "Activity 1" in a row below."""
    if not is_name(text):
        return fold(text) == supposed
    best = meanings(text)[:1]
    acting = bool(best) and not {*ACTION_LIKE, "project"}.isdisjoint(best[0][0].split("+"))
    return acting and not _ENDS.search(without_footnote(text))


def is_name(text: str) -> bool:
    """Whether a text is the name of a column or a period."""
    if len(text) > _LONGEST_HEADER:
        return False
    known = _NAMES.get(text)
    if known is None:
        known = _is_name(text)
        _remember(text, known)
    return known


def _remember(text: str, known: bool | None) -> None:
    if len(_NAMES) >= _MOST_NAMES:
        _NAMES.clear()
    _NAMES[text] = known


def _is_name(text: str) -> bool:
    if _FIGURE.search(text):
        return read_period(as_typed(text)) is not None
    sure = meanings(text)
    return bool(sure and sure[0][1] >= 0.55) or read_period(as_typed(text)) is not None


def _lead(above: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Whether rows can stand above the header: a title at the top, then names that span others."""
    lower = [*above[1:], header]
    for number, row in enumerate(above):
        texts = distinct(row[:WIDEST])
        if len(texts) < 2 and not _is_span(row):
            if number:
                return False
            continue
        named = all(map(is_name, texts)) and not (is_labelled(row) or any(map(_answers, texts)))
        if not (named and _stands_over(row, lower[number])):
            return False
    return True


def _answers(text: str) -> bool:
    """Whether a text is a label with its value: "Country: Nepal"."""
    return any(value for _, value in split_labels(text) or ())


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


def is_labelled(row: Sequence[str]) -> bool:
    """Whether a row is a line of the title block: "Territory", "regions of Kolda and Sédhiou"."""
    texts = distinct(row[:WIDEST])
    if len(texts) < 2 or len(texts) % 2 or not all(map(is_label, texts[::2])):
        return False
    return all(not meanings(text) or meanings(text)[0][1] < _PLAIN for text in texts[1::2])


def _continues(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row is a lower header row: names, periods or counters, where there is room.

    That is below blank cells and names that span columns, or anywhere in a row into which a
    name reaches down. Short cells alone make no header: "A", "B" are data.
    """
    if len(row) > WIDEST:
        return False
    upper = {text.strip() for text in above}
    counters = _counters(row)
    fresh = {place: text for place, text in enumerate(row) if text.strip() not in upper | {""}}
    if len(distinct(row)) < 2 or not fresh:
        return False
    if _hangs(above, row, fresh) or _hangs_below_blanks(above, row, fresh):
        return True
    merged = any(a.strip() and a.strip() == b.strip() for a, b in zip(above, row, strict=False))
    if not (merged or fresh.keys() <= _spanned(above, len(row))):
        return False
    if any(
        place not in counters and not is_name(text) and not _sub_header(text)
        for place, text in fresh.items()
    ):
        return False
    return len(distinct([*fresh.values()])) > 1 or any(map(_sub_header, fresh.values()))


def _hangs(above: Sequence[str], row: Sequence[str], fresh: Mapping[int, str]) -> bool:
    """Whether merged cells show that a row is of the header, whatever its words.

    It has words below names that span columns, and in all other columns what stands above.
    """
    upper = [text.strip() for text in above]
    spanning = {n for n in fresh if n < len(upper) and upper[n] and upper[n] in _beside(upper, n)}
    others = [text.strip() for n, text in enumerate(row) if n not in fresh and text.strip()]
    named = any(is_name(text) or _sub_header(text) for text in fresh.values())
    enough = len(others) > 1 or (named and bool(others))
    return len(fresh) > 1 and enough and spanning == fresh.keys()


def _hangs_below_blanks(above: Sequence[str], row: Sequence[str], fresh: Mapping[int, str]) -> bool:
    """The same where nothing is merged, as in a CSV file: "Amount,,", and "PS,MOOE,CO" below it.

    All other columns are blank, the first with a name too, which in a row of an action has one.
    """
    spanned = _spanned(above, len(row))
    own = [n for n, text in enumerate(above[: len(row)]) if text.strip() and n not in spanned]
    if not own or any(row[n].strip() for n in own) or not fresh.keys() <= spanned:
        return False
    named = [is_name(text) or _sub_header(text) for text in fresh.values()]
    return any(named) and len(fresh) > 1 and not any(map(_FIGURE.search, fresh.values()))


def _beside(texts: Sequence[str], place: int) -> Sequence[str]:
    """The texts of the columns on both sides of a column."""
    return [*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2]]


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
    left, right = (ordinal_in(word) or word for word in (left, right))
    for counts in (_NUMBERS, _ROMAN):
        if left in counts and right in counts and left != right:
            return counts.index(right) in (counts.index(left) + 1, 0)
    return len(left) == len(right) == 1 and any(left + right in 2 * run for run in MONTH_INITIALS)


def _sub_header(text: str) -> bool:
    typed = as_typed(text)
    if read_period(typed) is not None or is_currency(typed) or is_division(typed):
        return True
    named = group("small-word", "sub-header") | group("row", "total")
    return fold(text) in named or any(one.fullmatch(typed) for one in (SPAN, THIRDS))


def headers(texts: Sequence[Sequence[str]], given: Given = NOTHING) -> Iterator[tuple[int, int]]:
    """Where the headers of tables of actions begin in a grid, and how many rows they have."""
    reached, supposed = 0, given.supposed
    mains = [
        number
        for number, row in enumerate(texts)
        if (given.meanings and given.names(row))
        or ((supposed is not None or not _names_no_action(row)) and is_header(row, supposed))
    ]
    lead = 0
    for main in mains:
        again = reached > 0 and texts[main] == texts[mains[0]]  # with as many rows above it
        sure = again or not reached or given.names(texts[main])
        if not (sure or _is_plain(texts[main], given.supposed)):
            continue
        above = lead if again else _HEADER_DEPTH - 1
        for number in range(max(reached, main - above), main + 1):
            depth = _given_depth(texts, number, given) or header_depth(texts, number, given)
            if depth:
                yield number, depth
                lead = lead if reached else main - number
                reached = number + depth
                break


def _is_plain(row: Sequence[str], supposed: str | None) -> bool:
    """Whether half of a row and more, the action among it, says plainly that it is a header.

    Below a header, a row of an action may hold some words of heads: "The centre works every day",
    or "Works" and one date, "May 2024".
    """
    texts = distinct(row[:WIDEST])
    if supposed is not None and supposed in map(fold, texts):
        return True
    best = [meanings(text)[:1] for text in texts]
    plain = [one[0][0] for one in best if one and one[0][1] > _CLEAR]
    periods = sum(read_period(as_typed(text)) is not None for text in texts)
    acting = any(not {*ACTION_LIKE, "project"}.isdisjoint(one.split("+")) for one in plain)
    named = len(plain) + (periods if periods > 1 else 0)
    return acting and named > 1 and 2 * named >= len(texts)


def _names_no_action(row: Sequence[str]) -> bool:
    """Whether it is plain, before a new text is read, that no text names an action column.

    So it is in most rows of a long table: their texts are long, end in a figure, or come again
    and again. Only a text that is seen for the second time is worth reading here.
    """
    plain = True
    for text in map(str.strip, row):
        known = _NAMES.get(text)
        if known is False or not text or text[-1] in "0123456789" or len(text) > _LONGEST_HEADER:
            continue
        if known is None and text not in _NAMES:
            _remember(text, None)
            plain = False
        elif is_name(text):
            plain = False
    return plain


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


def header_depth(texts: Sequence[Sequence[str]], number: int, given: Given = NOTHING) -> int:
    """How many rows from a row on are the header of a table of actions; 0 if they are not."""
    row = texts[number]
    if len(distinct(row)) < 2 and not _is_span(row):
        return 0
    depth = header_rows(texts[number : number + 8], given.supposed)
    known = Given(supposed=given.supposed)
    return depth if depth and is_plan_table(columns_of(texts, number, depth, known)) else 0


def _spreads(row: Sequence[str]) -> bool:
    """Whether one text covers half of a row and more, as a heading does, which is in no column."""
    most = max(Counter(text for text in row if text.strip()).values(), default=0)
    return most >= _SPREAD and 2 * most >= len(row)


def columns_of(
    texts: Sequence[Sequence[str]], number: int, depth: int, given: Given = NOTHING
) -> tuple[Column, ...]:
    """The columns under a header of one or more rows."""
    rows = texts[number + depth : number + depth + 50]
    again = texts[number : number + depth]
    below = [row for row in rows if len(distinct(row)) > 1 and not (_spreads(row) or row in again)]
    columns = match_columns(join_headers(texts[number : number + depth], depth), below, given)
    return with_payers(columns, below)
