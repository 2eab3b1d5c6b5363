"""Columns that are named after partners: one question for each organisation of a roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from jmdi.words.folding import fold
from jmdi.words.tables import is_summary, words_of
from jmdi_surveys.proposing.candidates import ColumnSeen
from jmdi_surveys.proposing.presets import preset

__all__ = ["ANSWERS", "Roster", "rosters"]

_ASKED = preset("roster").cells
ANSWERS = frozenset(
    map(
        fold,
        (
            *(word.word for word in words_of("answer")),
            *(_ASKED.yes or ()),
            *(_ASKED.no or ()),
            *(_ASKED.unknown or ()),
            *(_ASKED.not_asked or ()),
        ),
    )
)
"""The words of all languages, and of the preset, for yes, no, not known and not asked."""


@attrs.frozen
class Roster:
    """Columns of one question for several partners.

    Attributes:
        before: What stands before the name of the partner in their headers.
        after: What stands behind it.
        partners: The names, as the headers have them.
        columns: The columns.
    """

    before: str
    after: str
    partners: tuple[str, ...]
    columns: tuple[ColumnSeen, ...]

    @property
    def question(self) -> str:
        """The words of the header without the partner, folded."""
        return fold(f"{self.before} {self.after}")

    @property
    def pattern(self) -> str:
        """The header in a mapping."""
        return f"{self.before}{{partner}}{self.after}"


def rosters(columns: Sequence[ColumnSeen], names: Iterable[str]) -> list[Roster]:
    """The rosters among the columns of a table.

    Two columns with a known name and the same words around it make one. Others with the same words
    belong to it, too, as who did not answer is on a roster and not among the respondents; where
    no words are around a name, those that stand beside and have the same answers.

    Args:
        columns: The columns of the table.
        names: The names or codes of those who answered, and of others that are known.
    """
    known = {name for name in names if len(name) > 1 and not is_summary(name)}
    longest = sorted(known, key=len, reverse=True)
    found: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        if (parts := _parts(column.header, longest)) is not None:
            found.setdefault((parts[0], parts[2]), []).append(parts[1])
    made = []
    taken: set[str] = set()
    others = {
        before + name + after
        for (before, after), partners in found.items()
        if len(partners) > 1 and (before or after)
        for name in partners
    }
    for (before, after), partners in sorted(found.items(), key=lambda one: -len(one[1])):
        if len(partners) < 2:
            continue
        member = _members(columns, before, after, partners, taken, others)
        if not member:
            continue
        taken.update(column.header for column in member)
        made.append(
            Roster(
                before,
                after,
                tuple(c.header[len(before) : len(c.header) - len(after)] for c in member),
                tuple(member),
            )
        )
    return made


def _parts(header: str, known: Sequence[str]) -> tuple[str, str, str] | None:
    """A header as what is before a known name, the name, and what is behind it."""
    folded = header.casefold()
    for name in known:
        at = folded.find(name.casefold())
        if at < 0:
            continue
        end = at + len(name)
        if _bounded(header, at, end):
            return header[:at], header[at:end], header[end:]
    return None


def _bounded(header: str, start: int, end: int) -> bool:
    """Whether a name stands alone in a header, not within a longer word."""
    before = start == 0 or not header[start - 1].isalnum()
    return before and (end == len(header) or not header[end].isalnum())


def _members(
    columns: Sequence[ColumnSeen],
    before: str,
    after: str,
    partners: Sequence[str],
    taken: set[str],
    others: set[str],
) -> list[ColumnSeen]:
    """The columns of a roster; those that other rosters are sure of do not only stand beside it."""
    sure = [
        column
        for column in columns
        if column.header not in taken
        and column.header[len(before) : len(column.header) - len(after) or None] in partners
        and column.header.startswith(before)
        and column.header.endswith(after)
    ]
    if not sure:  # another roster has them all
        return []
    answers = frozenset(fold(cell) for column in sure for cell in column.cells)
    numbers = any(answer.isdecimal() for answer in answers)
    places = [number for number, column in enumerate(columns) if column in sure]
    members = []
    for number, column in enumerate(columns):
        same = column.header.startswith(before) and column.header.endswith(after)
        longer = len(column.header) > len(before) + len(after)
        beside = min(places) - 1 <= number <= max(places) + 1
        alike = all(
            (word := fold(cell)) in answers or word in ANSWERS or (numbers and word.isdecimal())
            for cell in column.cells
        )
        worded = bool(before or after)
        free = column.header not in taken and same and longer and not is_summary(column.header)
        near = alike and beside and column.header not in others
        if column in sure or (free and (worded or near)):
            members.append(column)
    return members
