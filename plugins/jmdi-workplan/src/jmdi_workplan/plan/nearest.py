"""Which row is most like a header, where none was found, and the options that would read it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence

import attrs

from jmdi_workplan.plan.header_rows import is_name
from jmdi_workplan.plan.header_words import corrected, meanings
from jmdi_workplan.plan.segments import Line, Segment

__all__ = ["Nearest", "nearest_header", "unread", "unread_tables"]

LOOSE = ("title block", "text", "caption")
WIDE = 3
"""Cells of a row, and rows of a table, from which on it may be one of actions."""

NAMED = 2
"""Names of columns that make a row look like a header."""

LONGEST = 60
"""Longest text of a cell that a header may have."""


@attrs.frozen(slots=True)
class Nearest:
    """The row that is most like a header.

    Attributes:
        line: The row.
        known: What each of its heads was understood as; ``None`` where it was not.
    """

    line: Line
    known: tuple[str | None, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The heads that are not known."""
        pairs = zip(self.line.cells, self.known, strict=True)
        return tuple(" ".join(head.split()) for head, meaning in pairs if meaning is None)

    @property
    def words(self) -> str:
        """Where it stands, and the heads that are not known."""
        heads = ", ".join(map(repr, self.unknown)) or "none"
        return f"{self.line.place}, not understood: {heads}"

    @property
    def options(self) -> dict[str, str]:
        """The options that would read the table, as they are typed on the command line."""
        row = {"header_row": self.line.place}
        if not self.unknown:
            return row
        return row | {"columns": json.dumps({self.unknown[0]: "action"}, ensure_ascii=False)}

    @property
    def cure(self) -> str:
        """What to do, in Python and on the command line."""
        say = f"header_row={json.dumps(self.line.place, ensure_ascii=False)}"
        if "columns" in self.options:
            say += f", columns={self.options['columns']}"
        typed = " ".join(f"--option {shlex.quote(f'{k}={v}')}" for k, v in self.options.items())
        return (
            "if that is the header, say so, and which column has the actions (others can be named, "
            f"too: objective, audience, place, timeline, finance, …): {say}; on the command line: "
            f"{typed}"
        )


def nearest_header(segments: Sequence[Segment]) -> Nearest | None:
    """The row that is most like a header, of those that no table has; ``None`` if there is none."""
    lines = [line for lines in unread(segments).values() for line in lines]
    return _nearest(lines) if lines else None


def unread_tables(segments: Sequence[Segment]) -> Iterator[Nearest]:
    """The tables that are none of actions, but have a row that names some columns of such a one."""
    for lines in unread(segments).values():
        wide = [line for line in lines if len(line.cells) >= WIDE]
        nearest = _nearest(wide) if len(wide) >= WIDE else None
        if nearest is not None and len(nearest.known) - nearest.known.count(None) >= NAMED:
            yield nearest


def unread(segments: Sequence[Segment]) -> dict[str, list[Line]]:
    """The rows of more than one cell that no table has, by the grid they stand in."""
    found: dict[str, list[Line]] = {}
    for line in (line for one in segments if one.kind in LOOSE for line in one.lines):
        if len(line.cells) > 1 and line.texts:
            found.setdefault(line.place.rpartition(", row ")[0], []).append(line)
    return found


def _nearest(lines: Sequence[Line]) -> Nearest:
    """The row with the most names of columns; else the most short texts, the first of them."""
    line = max(lines, key=lambda one: (*_likeness(one), -lines.index(one)))
    return Nearest(line, tuple(map(_meaning, line.cells)))


def _likeness(line: Line) -> tuple[int, int]:
    short = sum(len(cell) <= LONGEST and not any(map(str.isdigit, cell)) for cell in line.cells)
    named = sum(_meaning(cell) is not None for cell in line.cells)
    return (named if 2 * named >= len(line.cells) or short == len(line.cells) else 0), short


def _meaning(head: str) -> str | None:
    """What a head is understood as; one that is only nearly a name is not, far from a table."""
    best = meanings(head)[:1]
    return best[0][0] if best and is_name(head) and corrected(head) is None else None
