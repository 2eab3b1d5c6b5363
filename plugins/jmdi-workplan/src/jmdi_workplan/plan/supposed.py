"""The column that holds the actions where no head in a document says so.

A row with several known heads, a time or money among them, is the header of a plan even if the
head of its actions is not known: "Projet / Program". One column of texts that differ from row to
row, under a head that is not known, must then be what the rows are about. Where several could be,
that whose texts begin with verbs is, else none is taken. In a document that calls itself a plan,
what stands below a head counts as much as its words. Where no column can hold actions, rows are
about the outputs, objectives or milestones that they name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import attrs

from jmdi.words.folding import as_typed, fold
from jmdi_workplan.plan.columns import ACTION_LIKE, NOT_TELLING, Column
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.plan.header_rows import distinct, is_labelled, is_name
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.inferred import are_organisations, begins_with_verb, infer
from jmdi_workplan.plan.labels import label_kind
from jmdi_workplan.plan.upright import titled_action

__all__ = ["supposed_action"]

NAMED = 2
"""Known heads of different meanings that make a row a header."""

PLANNED = frozenset(("timeline", "start", "end", "finance"))
"""One of them is there in a plan; a list of persons or of results has none."""

CARRIED_OUT = PLANNED | {"responsible", "partner", "audience", "at-place", "status"}
"""One of them is there in a table of a document that calls itself a plan."""

RESULTS = ("output", "objective", "indicator")
"""What rows are about where no column can hold actions, the finest first."""

ROWS = 2
"""Fewest rows below a header that show what a column holds."""

DEEPEST = 40
"""Rows from the top that may be the header."""

LONGEST = 80
"""Longest head."""

MOST = 0.75
"""Share of texts that begin with a verb in a column of actions; in others the rest at most."""


def supposed_action(
    tables: Mapping[str, Sequence[Sequence[str]]],
    read: Sequence[Sequence[Column]] = (),
    *,
    stated: bool = False,
) -> str | None:
    """The head of the column that must hold the actions.

    Args:
        tables: The rows of each table or sheet: the text under each column.
        read: The columns of tables of the document that have a head for the actions. Another one
            is only taken if its columns are the same.
        stated: Whether the document says that it is a plan.

    Returns:
        The head as typed; ``None`` if no column can hold them, or several can.
    """
    found: dict[str, str] = {}
    for rows in tables.values():
        found |= {fold(head): head for head in _candidates(rows, read, stated=stated)}
    return found.popitem()[1] if len(found) == 1 else None


def _is_like(row: Sequence[str], column: int, read: Sequence[Column]) -> bool:
    """Whether heads mean what those of a table mean, but for the one that has the actions there."""
    if len(row) != len(read) or (read[column].meaning or "") not in ACTION_LIKE:
        return False
    others = [(head, one) for head, one in zip(row, read, strict=True) if one.index != column]
    return all((_meaning(head) if is_name(head) else None) == _kind_of(one) for head, one in others)


def _kind_of(column: Column) -> str | None:
    return "timeline" if column.period or column.yearly else column.meaning


def _candidates(
    rows: Sequence[Sequence[str]], read: Sequence[Sequence[Column]], *, stated: bool
) -> Iterator[str]:
    """The heads that are not known, of the first row that is a header, and stand over titles.

    Who does something, when and for how much stands behind what is done. So of several columns
    those left of all that are known come first, and one right of them all has remarks.
    """
    for number, row in enumerate(rows[:DEEPEST]):
        below = rows[number + 1 :]
        heads = _Heads.of(row, below if stated else ())
        if heads is None:
            continue
        if numbered := [column for column in range(len(row)) if _are_numbered(below, column)]:
            yield row[numbered[0]]
            return
        if not heads.are_of_a_plan(stated=stated):
            continue
        if heads.acting:
            yield from (row[column] for column in heads.acting[:1] if _are_titles(below, column))
            return
        known = heads.telling
        found = [
            column
            for column, head in enumerate(row[: known[-1]])
            if heads.meant[column] is None and _is_unknown(head) and _are_titles(below, column)
        ]
        first = [column for column in found if column < known[0]]
        if read:
            found = first = [c for c in first or found if any(_is_like(row, c, r) for r in read)]
        found = _of_verbs(below, found) or first or found
        found = found or ([] if read else _results(heads, below))
        yield from (row[column] for column in found)
        if found:
            return


def _results(heads: _Heads, rows: Sequence[Sequence[str]]) -> list[int]:
    """The column of results that rows are about where nothing else is: "Milestone", "Output"."""
    named = (n for one in RESULTS for n, own in enumerate(heads.meant) if own == one)
    return list(islice((n for n in named if _are_titles(rows, n)), 1))


@attrs.frozen
class _Heads:
    """A row that may be a header.

    Attributes:
        texts: Its different texts.
        names: Those of them that are known heads.
        meant: What each column holds, by its head or by what stands below it.
    """

    texts: Sequence[str]
    names: Sequence[str]
    meant: Sequence[str | None]

    @classmethod
    def of(cls, row: Sequence[str], below: Sequence[Sequence[str]]) -> _Heads | None:
        """What the heads of a row mean; ``None`` for a row that is no header."""
        texts = distinct(row)
        if len(texts) < NAMED or any(len(text) > LONGEST for text in texts) or is_labelled(row):
            return None
        meant = [_meaning(head) if is_name(head) else None for head in row]
        unknown = [
            column for column, one in enumerate(meant) if one is None and row[column].strip()
        ]
        for column, meaning in infer(unknown, meant, row, below).items() if below else ():
            meant[column] = meaning
        return cls(texts, [text for text in texts if is_name(text)], meant)

    @property
    def telling(self) -> list[int]:
        """The columns whose meaning says that a table may be one of actions."""
        return [n for n, one in enumerate(self.meant) if one and one not in NOT_TELLING]

    @property
    def acting(self) -> list[int]:
        """The columns whose head names the actions, where too few others are known."""
        return [n for n, one in enumerate(self.meant) if one and {*one.split("+")} & ACTION_LIKE]

    def are_of_a_plan(self, *, stated: bool) -> bool:
        """Whether they name what a plan has, in half of the columns or more."""
        meant = {one for one in self.meant if one and one not in NOT_TELLING}
        if len(meant) < NAMED or (self.acting and not stated):
            return False
        if 2 * len(self.names) >= len(self.texts) and meant & PLANNED:
            return True
        understood = sum(one is not None for one in self.meant)
        return stated and bool(meant & CARRIED_OUT) and 2 * understood >= len(self.meant)


def _is_unknown(head: str) -> bool:
    """Whether a head says nothing; one for names or telephone numbers of persons does."""
    return bool(head.strip()) and not is_name(head) and label_kind(head, "mark") != "contact"


def _meaning(name: str) -> str:
    return "timeline" if read_period(as_typed(name)) else meanings(name)[0][0]


def _are_numbered(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether cells of a column say that they are actions: "Activity 1.1: Train mayors"."""
    texts = [row[column] for row in rows if column < len(row) and ":" in row[column][:LONGEST]]
    return len(texts) >= ROWS and sum(titled_action(text) is not None for text in texts) >= ROWS


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


def _of_verbs(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[int]:
    """Of several columns the only one whose texts begin with verbs, as those of no other do."""
    shares = {}
    for column in columns:
        texts = [row[column] for row in rows if column < len(row) and len(row[column].split()) > 1]
        shares[column] = sum(map(begins_with_verb, texts)) / max(1, len(texts))
    most = [column for column, share in shares.items() if share >= MOST]
    few = [column for column, share in shares.items() if share <= 1 - MOST]
    return most if len(most) == 1 and len(few) == len(columns) - 1 else []
