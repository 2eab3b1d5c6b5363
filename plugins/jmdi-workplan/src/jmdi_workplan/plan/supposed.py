"""The column that holds the actions where no head in a document says so.

A row with several known heads, a time or money among them, is the header of a plan even if the
head of its actions is not known: "Projet / Program". One column of texts that differ from row to
row, under a head that is not known, must then be what the rows are about. Where several could be,
none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jmdi.words.folding import as_typed, fold
from jmdi_workplan.plan.columns import ACTION_LIKE, NOT_TELLING, Column
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.plan.header_rows import distinct, is_name
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.inferred import are_organisations
from jmdi_workplan.plan.labels import label_kind

__all__ = ["supposed_action"]

NAMED = 2
"""Known heads of different meanings that make a row a header."""

PLANNED = frozenset(("timeline", "start", "end", "finance"))
"""One of them is there in a plan; a list of persons or of results has none."""

ROWS = 2
"""Fewest rows below a header that show what a column holds."""

LONGEST = 80
"""Longest head."""


def supposed_action(
    tables: Mapping[str, Sequence[Sequence[str]]], read: Sequence[Sequence[Column]] = ()
) -> str | None:
    """The head of the column that must hold the actions.

    Args:
        tables: The rows of each table or sheet: the text under each column.
        read: The columns of tables of the document that have a head for the actions. Another one
            is only taken if its columns are the same.

    Returns:
        The head as typed; ``None`` if no column can hold them, or several can.
    """
    found = {fold(head): head for rows in tables.values() for head in _candidates(rows, read)}
    return found.popitem()[1] if len(found) == 1 else None


def _is_like(row: Sequence[str], column: int, read: Sequence[Column]) -> bool:
    """Whether heads mean what those of a table mean, but for the one that has the actions there."""
    if len(row) != len(read) or (read[column].meaning or "") not in ACTION_LIKE:
        return False
    others = [(head, one) for head, one in zip(row, read, strict=True) if one.index != column]
    return all((_meaning(head) if is_name(head) else None) == _kind_of(one) for head, one in others)


def _kind_of(column: Column) -> str | None:
    return "timeline" if column.period or column.yearly else column.meaning


def _candidates(rows: Sequence[Sequence[str]], read: Sequence[Sequence[Column]]) -> Iterator[str]:
    """The heads that are not known, of the first row that is a header, and stand over titles.

    Who does something, when and for how much stands behind what is done. So of several columns
    those left of all that are known come first, and one right of them all has remarks.
    """
    for number, row in enumerate(rows):
        if _is_header(row):
            known = [column for column, head in enumerate(row) if is_name(head) and _tells(head)]
            below = rows[number + 1 :]
            found = [
                column
                for column, head in enumerate(row[: known[-1]])
                if _is_unknown(head) and _are_titles(below, column)
            ]
            first = [column for column in found if column < known[0]]
            if read:
                found = first = [
                    c for c in first or found if any(_is_like(row, c, r) for r in read)
                ]
            yield from (row[column] for column in first or found)
            return


def _is_unknown(head: str) -> bool:
    """Whether a head says nothing; one for names or telephone numbers of persons does."""
    return bool(head.strip()) and not is_name(head) and label_kind(head, "mark") != "contact"


def _is_header(row: Sequence[str]) -> bool:
    """Whether a row names what a plan has, in half of its columns or more."""
    texts = distinct(row)
    if any(len(text) > LONGEST for text in texts):
        return False
    names = [text for text in texts if is_name(text)]
    meant = {_meaning(text) for text in names if _tells(text)}
    return 2 * len(names) >= len(texts) and len(meant) >= NAMED and bool(meant & PLANNED)


def _meaning(name: str) -> str:
    return "timeline" if read_period(as_typed(name)) else meanings(name)[0][0]


def _tells(name: str) -> bool:
    return _meaning(name) not in NOT_TELLING


def _are_titles(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column has titles of actions: most rows have one, of some words, each its own.

    Numbers and codes have one word, a group or a person stands in many rows, and remarks in few.
    Organisations are not what the rows are about.
    """
    own = [row for row in rows if len(distinct(row)) > 1]
    texts = [text for row in own if (text := row[column].strip() if column < len(row) else "")]
    worded = sum(len(fold(text).split()) > 1 and not text[0].isdigit() for text in texts)
    filled = len(texts) >= ROWS and 3 * len(texts) >= 2 * len(own)
    named = filled and are_organisations(texts)
    return filled and not named and 2 * min(worded, len(set(texts))) > len(texts)
