"""What a row of a work-plan table is: an action, a heading, a total, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

import attrs

from jmdi.words.folding import first_word, fold
from jmdi_workplan.plan.columns import COUNTER, Column
from jmdi_workplan.plan.entries import leading
from jmdi_workplan.plan.gantt import CALENDAR, read_period
from jmdi_workplan.plan.grids import GridRow
from jmdi_workplan.plan.header_rows import distinct
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.marks import NO_COLOUR
from jmdi_workplan.plan.sections import number_of
from jmdi_workplan.plan.upright import titled_action
from jmdi_workplan.words.lexicon import group, lexicon

__all__ = ["RowRole", "heads_section", "row_role", "row_roles"]

RowRole: TypeAlias = Literal[
    "action", "section", "total", "note", "repeat-header", "empty", "numbered empty"
]

LONGEST = 200
LONGEST_TOTAL = 8
"""Words of the longest line that "total" heads: "Total budget for the local level"."""

NOTE_MARK = re.compile(r"(?:[*†‡§]+|\(\*+\)|\[\d{1,2}\])\s*\S")
ORDINAL = re.compile(r"\d{1,2}|[ivx]{1,5}|[a-h]")
LABEL = re.compile(r"(?P<label>[A-Z]|[IVX]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3})[.)\-–: ]\s*(?=\S)")


LETTERED = re.compile(r"\(?(?:[IVX]{1,5}|[A-Z])[.)]?\Z")
"""What a row may be numbered with above rows with numbers: "II", "B."."""

CODE = re.compile(r"\(?[^\W\d_]{1,4}[ .-]?\d{1,2}(?:\.\d{1,2})*[.):]?")
"""A code of a heading: "R1", "OE 2"."""

SUMMED = frozenset((None, "timeline", "start", "end", "finance", "status"))
"""What the summary of the rows below it says."""

MOST_BELOW = 40
LABELLED = 40
"""Longest label before a colon."""


def row_roles(rows: Sequence[GridRow], columns: Sequence[Column]) -> list[RowRole]:
    """What each row below a header is; the rows around it decide where its words do not.

    Args:
        rows: The rows of a table below its header.
        columns: The columns of the table.
    """
    header = _Header.of([column.header for column in columns])
    times = [n for n, column in enumerate(columns) if column.period or _is_calendar(column)]
    lead = leading(columns)
    mixed = _are_mixed(rows, lead)
    found: list[RowRole] = []
    for number, row in enumerate(rows):
        role = "note" if not number and _counts(row) else _role(row.texts, row.words, header)
        if role in ("empty", "section") and times and _marked(row, times, lead):
            role = "action"
        elif role == "action" and len(row.words) <= 2:
            role = _short(rows, number, columns, lead)
            if role != "action" and times and _marked(row, times, lead):
                role = "action"
        elif role == "action" and (
            (mixed and _is_section(row.texts[lead])) or _sums_up(rows, number, columns, lead)
        ):
            role = "section"
        found.append(role)
    for number in reversed(range(len(rows))):
        if _closes(rows, found, number):
            found[number] = "note"
        elif found[number] not in ("empty", "note"):
            break
    return found


def _are_mixed(rows: Sequence[GridRow], lead: int) -> bool:
    """Whether a column has results and actions that say which they are: "Output 1: …"."""
    said = [row.texts[lead] for row in rows if ":" in row.texts[lead][:LABELLED]]
    return bool(said) and sum(titled_action(text) is not None for text in said) > 1


def _closes(rows: Sequence[GridRow], roles: Sequence[RowRole], number: int) -> bool:
    """Whether a row below the last total is a label and no action: "Approved by: the council"."""
    words = rows[number].words
    lone = roles[number] == "action" and len(words) == 1 and ":" in words[0][:40]
    return lone and "total" in roles[:number]


def _counts(row: GridRow) -> bool:
    """Whether a row right below the header numbers the columns: (1), (2), (3), or A, B, C."""
    signs = [text.strip(" ()[].").casefold() for text in row.words]
    short = all(len(sign) < 3 and (sign.isdecimal() or len(sign) == 1) for sign in signs)
    if not short or len(signs) < 3:
        return False
    counts = [int(sign) if sign.isdecimal() else ord(sign) for sign in signs]
    return counts == list(range(counts[0], counts[0] + len(counts)))


def _is_calendar(column: Column) -> bool:
    return (column.meaning or "").removeprefix("relative-") in CALENDAR


def _marked(row: GridRow, times: Sequence[int], lead: int) -> bool:
    """Whether a colour under a calendar column says something; that of the whole row does not."""
    first = row.cells[lead]
    ground = first.fill if first is not None else None
    fills = {cell.fill for cell in (row.cells[n] for n in times) if cell is not None}
    return any(fill and fill.upper() not in NO_COLOUR and fill != ground for fill in fills)


def _short(rows: Sequence[GridRow], number: int, columns: Sequence[Column], lead: int) -> RowRole:
    """What a row is that holds one text, perhaps with a number before it."""
    row = rows[number]
    places = [n for n, text in enumerate(row.texts) if text.strip()]
    counter = row.words[0] if COUNTER.match(row.words[0]) else ""
    below = (rows[n] for n in range(number + 1, len(rows)))
    following = next((other for other in below if other.words), None)
    if len(row.words) == 2 and following is not None and _is_within(following, row.words[0]):
        return "section"
    if len(row.words) == 1:
        if counter and columns[places[0]].meaning == "number":
            return "numbered empty"
        text = row.words[0]
    elif counter or LETTERED.match(row.words[0]) or _numbers_section(row.words):
        text = row.words[1]
    elif _is_labelled_section(row.words):
        return "section"
    else:
        return "action"
    where = next(n for n in places if row.texts[n].strip() == text)
    cell = row.cells[where]
    wide = cell is not None and cell.column_span > 1 and 2 * cell.column_span >= len(columns)
    if wide or _is_section(text):
        return "section"
    if following is None or len(following.words) < 2:
        return "action"
    if where < lead and columns[where].meaning != "number":
        return "section"
    if counter and following.words[0].startswith(counter.rstrip(".)") + "."):
        return "section"
    if places[0] < lead and LETTERED.match(row.words[0]) and COUNTER.match(following.words[0]):
        return "section"
    return "section" if _heads(text, following.texts[lead]) else "action"


def _is_within(row: GridRow, code: str) -> bool:
    """Whether a row has a code below another: 3000-1-01 below 3000, A/2 below A."""
    parts = tuple(code.strip().rstrip(".)") + sign for sign in ".-/")
    return len(row.words) > 2 and row.words[0].startswith(parts)


def _numbers_section(words: Sequence[str]) -> bool:
    """Whether the first of two texts is the code of a heading: "R1", "Result 1: More jobs"."""
    return CODE.fullmatch(words[0]) is not None and _is_section(words[1])


def _is_labelled_section(words: Sequence[str]) -> bool:
    """Whether the first of two texts is the number of a heading: "Objective 2:", "More jobs"."""
    rest = _behind_section_word(words[0]) or []
    numbered = len(rest) == 1 and heads_section(words[0])
    return numbered and any(map(str.isalpha, words[1]))


def _sums_up(rows: Sequence[GridRow], number: int, columns: Sequence[Column], lead: int) -> bool:
    """Whether a numbered row only heads those numbered below it: 1 above 1.1.

    It says no more than when and how much, and rows below say that, too.
    """
    own = number_of(rows[number].words[0])
    if not own:
        return False
    below = [row for row in rows[number + 1 : number + 1 + MOST_BELOW] if row.words]
    if not below or not number_of(below[0].words[0]).startswith(f"{own}."):
        return False
    filled = {n for n, text in enumerate(rows[number].texts) if text.strip() and n != lead}
    filled -= {n for n in filled if columns[n].meaning == "number" or n < lead}
    parts = [row for row in below if number_of(row.words[0]).startswith(f"{own}.")]
    told = {n for row in parts for n, text in enumerate(row.texts) if text.strip()}
    return filled <= told and all(columns[n].meaning in SUMMED for n in filled)


def _heads(text: str, below: str) -> bool:
    """Whether a lone text is a heading of what follows: "A. Training", "1 Training", "TRAINING"."""
    if text.isupper() and len(text) > 3 and not below.isupper():
        return bool(below.strip())
    own, other = LABEL.match(text), LABEL.match(below)
    if own is None:
        return False
    if other is None:
        return bool(below.strip()) and not own["label"].isdigit()
    return other["label"].startswith(own["label"] + ".")


def row_role(texts: Sequence[str], header: Sequence[str] = ()) -> RowRole:
    """Say what a row of a work-plan table is.

    Args:
        texts: The cell texts; a merged cell repeats its text or is followed by empty ones.
        header: The header texts, to recognise a header repeated on the next page.

    Returns:
        "action", "section" (one text over the whole row), "total", "note" (a footnote),
        "repeat-header" or "empty".
    """
    return _role(texts, distinct(texts), _Header.of(header))


@attrs.frozen
class _Header:
    """The names of a header.

    Attributes:
        names: They, folded: joined ones whole and in their parts.
        starts: The first words of rows that repeat it, or have totals.
    """

    names: frozenset[str]
    starts: frozenset[str]

    @classmethod
    def of(cls, header: Sequence[str]) -> _Header:
        """The names of columns as typed."""
        parts = [part for text in header for part in [text, *text.split(" / ")]]
        names = frozenset(map(fold, parts))
        return cls(names, frozenset(n.partition(" ")[0] for n in names | group("row", "total")))


def _role(texts: Sequence[str], words: Sequence[str], header: _Header) -> RowRole:
    if not words:
        return "empty"
    first = words[0]
    begins = first_word(first)
    if len(words) > 1 and header.names and begins not in header.starts and begins.isalpha():
        return "action"  # as most rows: they begin with another word, and with no number
    if _is_total(first) or (len(words) > 1 and COUNTER.match(first) and _is_total(words[1])):
        return "total"
    if len(words) > 1:
        return "repeat-header" if _repeats(words, header.names) else "action"
    if NOTE_MARK.match(first) or _first_words(first, "note", ":"):
        return "note"
    spanning = len(texts) > 2 and sum(text.strip() == first for text in texts) == len(texts)
    return "section" if spanning or _is_section(first) else "action"


def _is_total(text: str) -> bool:
    words = fold(text.split(":")[0][:80]).split()
    return (
        bool(words)
        and any(" ".join(words[:length]) in group("row", "total") for length in (1, 2, 3))
        and (len(words) <= LONGEST_TOTAL or words[0] not in ("sum", "suma", "total"))
    )


def _is_section(text: str) -> bool:
    """Whether a lone text is a heading: "Phase 2: …", "Outcome 1", "Niveau local", "2016"."""
    period = read_period(text)
    if period is not None and period.unit == "year":
        return True
    rest = _behind_section_word(text)
    return rest is not None and (not rest or heads_section(text) or ":" in text)


def heads_section(text: str) -> bool:
    """Whether a line is a numbered heading: "Goal 2: Economic reintegration", "Axe 1"."""
    rest = _behind_section_word(text)
    if not rest:
        return False
    if len(rest[0]) == 1 and rest[0].isalpha():  # "Axe A : …", not "Programme d'activités"
        marked = rf"\b{rest[0]}\b\s*(?:[.:)–—-]|\Z)"
        return re.search(marked, text, re.IGNORECASE) is not None
    return ORDINAL.fullmatch(rest[0]) is not None or rest[0] in lexicon("ordinal")


def _behind_section_word(text: str) -> list[str] | None:
    """The words behind one for headings that a text begins with; ``None`` if it begins so not."""
    words = fold(text[:80]).split()
    lengths = (n for n in (3, 2, 1) if " ".join(words[:n]) in group("row", "section"))
    length = next(lengths, 0)
    return words[length:] if length else None


def _first_words(text: str, role: str, mark: str) -> bool:
    head, found, _ = text[:40].partition(mark)
    return bool(found) and fold(head) in group("row", role)


def _repeats(words: Sequence[str], header: frozenset[str]) -> bool:
    if header:
        return all(fold(text) in header for text in words)
    if len(words) < 3:
        return False
    return all(
        len(text) <= LONGEST and (meanings(text) or (("", 0.0),))[0][1] >= 0.9 for text in words
    )
