"""Reads NCOL and LGL: a tie or a neighbour on each line, with a weight behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jmdi import ImportContext, Record
from jmdi.files.delimited import DELIMITERS
from jmdi_networkfiles.decimals import number_of
from jmdi_networkfiles.drafts import Draft, Layer
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.records import records_of
from jmdi_networkfiles.sheets.cells import is_unlabelled
from jmdi_networkfiles.text import first_lines, numbered, shown, text_of

__all__ = ["read_lgl", "read_ncol", "sniff_lgl", "sniff_ncol"]

CURE = "names cannot have blanks; a weight is a number"


def read_ncol(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads NCOL: two names on each line and perhaps a weight; ties have no direction.

    A weight that is not there is not known. Names without ties cannot be written in this format.

    Raises:
        FormatError: If it goes beyond the limits.
    """
    draft, layer, notes = _begun(context)
    for line, text in numbered(text_of(stream, context), context):
        source, *rest = text.split()
        if rest:
            _add(draft, layer, notes, source, rest, line)
        else:
            notes.bad(f"{shown(text)} names one end of a tie only", line, CURE)
    notes.finish()
    yield from records_of(draft, context)


def read_lgl(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads LGL: ``# name``, then a line for each of its neighbours, perhaps with a weight.

    Ties have no direction. A weight that is not there is not known.

    Raises:
        FormatError: If it goes beyond the limits.
    """
    draft, layer, notes = _begun(context)
    source: str | None = None
    for line, text in numbered(text_of(stream, context), context):
        parts = text.removeprefix("#").split()
        if text.startswith("#"):
            source = parts[0] if len(parts) == 1 else None
            if source is None:
                notes.bad(f"{shown(text)} names no vertex", line, "write # and one name")
            else:
                draft.vertex(source, line)
        elif source is None:
            notes.bad(f"{shown(text)} is a neighbour of no vertex", line, "write # name above it")
        else:
            _add(draft, layer, notes, source, parts, line)
    notes.finish()
    yield from records_of(draft, context)


def _begun(context: ImportContext) -> tuple[Draft, Layer, Notes]:
    layer = Layer(directed=False, otherwise=None)
    return Draft(layers=[layer]), layer, Notes(context)


def _add(draft: Draft, layer: Layer, notes: Notes, source: str, rest: list[str], line: int) -> None:
    """Adds a tie to the first of the words that are left; the second is its weight."""
    target, *weights = rest
    numbers = [number_of(weight) for weight in weights]
    if len(weights) > 1 or None in numbers:
        notes.bad(f"{shown(' '.join(weights))} is no weight", line, CURE)
        return
    layer.add(
        draft.vertex(source, line), draft.vertex(target, line), next(iter(numbers), None), line
    )


def sniff_ncol(head: bytes) -> bool | str:
    """Whether every line has two names and perhaps a number."""
    rows = [line.split() for line in first_lines(head)[:-1] or first_lines(head)]
    fits = rows and all(len(row) == 2 or (len(row) == 3 and number_of(row[2])) for row in rows)
    fits = fits and not is_unlabelled(rows)
    return bool(fits and b"\0" not in head) or "its lines are not two names and a number"


def sniff_lgl(head: bytes) -> bool | str:
    """Whether it begins with ``# name``, and other lines are a name and perhaps a number.

    A remark above a table looks so too; commas, semicolons and bars between words show it.
    """
    lines = first_lines(head)[:-1] or first_lines(head)
    first = bool(lines) and lines[0].startswith("#")
    fits = first and all(map(_is_lgl, lines))
    return bool(fits and b"\0" not in head) or "it does not begin with # and the name of a vertex"


def _is_lgl(line: str) -> bool:
    words = line.removeprefix("#").split()
    if line.startswith("#"):
        return len(words) <= 1
    weighted = len(words) == 2 and number_of(words[1]) is not None
    return (len(words) == 1 or weighted) and not any(mark in words[0] for mark in DELIMITERS)
