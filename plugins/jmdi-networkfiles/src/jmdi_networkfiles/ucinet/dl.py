"""Reads UCINET's language DL: matrices, halves of them, lists of edges and nodes, blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import attrs

from jmdi import Record, Where
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.drafts import MISSING, Draft, Layer
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.records import records_of
from jmdi_networkfiles.text import first_lines, numbered, shown, text_of
from jmdi_networkfiles.ucinet.blocks import block_cells
from jmdi_networkfiles.ucinet.header import Header, header_of, words_of
from jmdi_networkfiles.ucinet.lists import Names
from jmdi_networkfiles.ucinet.matrices import axes_of, kind_of, note_modes

__all__ = ["read", "sniff"]

_START = re.compile(r"dl(?:[\s,]|$)", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:n[rcm]?\s*=|format\s*=|data\s*:|labels\b)", re.IGNORECASE)
UNKNOWN = frozenset({"na", ".", "?"})
"""What stands for a value that is not known."""


def sniff(head: bytes) -> bool | str:
    """Whether a file begins as one in DL does: with its name, and a command after it."""
    text = "\n".join(first_lines(head))
    if _START.match(text) is None:
        return "it does not begin with DL"
    return _GOES_ON.search(text) is not None or "no command of DL follows"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a file in DL.

    Each matrix is a kind of tie, by its label. A cell that is 0 is no tie, one that is missing
    a tie that was not observed. Rows and columns with other labels make a network of two modes.

    Raises:
        FormatError: If it is not in DL, or too large.
    """
    text = text_of(stream, context)
    if _START.match(text.lstrip()) is None:
        where = Where(file=context.name, line=1)
        raise refused("N101", "it does not begin with DL", where, "name its format")
    notes = Notes(context)
    header = header_of(text, context, notes)
    data = _Data(header, context, notes)
    draft = data.lists() if header.format.startswith(("edge", "node")) else data.matrices()
    notes.finish()
    yield from records_of(draft, context)


@attrs.frozen(slots=True)
class _Data:
    """Makes a draft of the data.

    Attributes:
        header: What the header says.
        context: Limits, and where problems go.
        notes: Where what cannot be read goes.
    """

    header: Header
    context: ImportContext
    notes: Notes

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines of the data with their numbers."""
        return numbered(self.header.data, self.context, self.header.line)

    def layers(self, directed: bool | None) -> list[Layer]:
        """A layer for each matrix; those of several that have no label get their number."""
        count = self.header.matrices
        names = [kind_of(label) for label in self.header.labels.get("matrix", ())][:count]
        names += [f"relation {k + 1}" if count > 1 else "" for k in range(len(names), count)]
        return [Layer(name, directed) for name in names]

    def matrices(self) -> Draft:
        """Matrices, halves of them, and matrices in blocks."""
        header = self.header
        height, width = self._size()
        half = header.format in ("lowerhalf", "upperhalf")
        layers = self.layers(False if half else None)
        rows, columns = header.labels_of("row"), header.labels_of("column")
        if header.format == "blockmatrix":
            cells = block_cells(self.lines(), height, width, self.context, self.notes)
            for (row, column), (value, line) in cells.items():
                layers[0].add(row, column, value, line)
        else:
            words = ((line, word) for line, text in self.lines() for word in words_of(text))
            for layer in layers:
                found = self._matrix(words, layer, height, width)
                rows, columns = found[0] or rows, found[1] or columns
            if left := next(words, None):
                self.notes.bad("values stand beyond the last cell", left[0], "correct the sizes")
        square = header.square or half
        axes = axes_of(rows[:height], columns[:width], height, width, square=square)
        note_modes(axes, self.context)
        for layer in layers:
            axes.take(layer)
        for axis, labels, count in (("row", rows, height), ("column", columns, width)):
            if len(labels) > count:
                self.notes.bad(
                    f"there are {count:,} {axis}s, and {len(labels):,} labels of them", 1
                )
        return axes.draft

    def _size(self) -> tuple[int, int]:
        """How many rows and columns there are, by their number or else by their labels."""
        header = self.header
        height, width = header.rows, header.columns
        height = len(header.labels_of("row")) if height is None else height
        width = (len(header.labels_of("column")) or height) if width is None else width
        if not height or not width:
            message = "the header does not say how many vertices there are"
            raise refused("N101", message, Where(file=self.context.name, line=1), "write N=")
        return height, width

    def _matrix(
        self, words: Iterator[tuple[int, str]], layer: Layer, height: int, width: int
    ) -> tuple[Sequence[str], Sequence[str]]:
        """Reads one matrix cell by cell, whatever its lines; gives the labels that stand in it."""
        rows: list[str] = []
        columns: list[str] = []
        line = self.header.line
        for row in range(-1 if "column" in self.header.embedded else 0, height):
            if row >= 0 and "row" in self.header.embedded:
                rows += [word for _, (_, word) in zip(range(1), words, strict=False)]
            for column in self._columns(row, width):
                line, word = next(words, (line, None))
                if word is None:
                    message = f"the data ends in row {row + 1:,} of {height:,}"
                    self.notes.bad(message, line, "correct the sizes, or complete the data")
                    return rows, columns
                if row < 0:
                    columns.append(word)
                elif word != "0":  # most cells of most matrices
                    self._cell(word, row, column, layer, line)
        return rows, columns

    def _columns(self, row: int, width: int) -> Iterable[int]:
        """The columns of which a row has a cell; the row of labels, -1, has all."""
        gap = 0 if self.header.diagonal else 1
        if row < 0:
            return range(width)
        if self.header.format == "lowerhalf":
            return range(min(row + 1 - gap, width))
        if self.header.format == "upperhalf":
            return range(row + gap, width)
        return range(width) if not gap else (k for k in range(width) if k != row)

    def _cell(self, word: str, row: int, column: int, layer: Layer, line: int) -> None:
        value = self._value(word, line)
        if value is not None and not is_zero(value):
            layer.add(row, column, value, line)

    def _value(self, word: str, line: int) -> str | None:
        """A value as decimal text, or that it is missing; ``None`` after a problem was reported."""
        if word.casefold() in UNKNOWN:
            return MISSING
        value = number_of(word)
        if value is None:
            self.notes.bad(f"{shown(word)} is no number", line)
        return value

    def lists(self) -> Draft:
        """Lists of edges, of nodes, and of edges with a value in each matrix."""
        header = self.header
        two = header.format.endswith("2") or not header.square
        embedded = bool(header.embedded)
        if header.format == "nodelist1b" and embedded:
            where = Where(file=self.context.name, line=header.line)
            message = "rows of nodelist1b are numbered, so that labels cannot be embedded"
            raise refused("N101", message, where, "list them below labels:")
        rows = Names(header.labels_of("row"), header.rows, embedded, self.notes)
        columns = rows
        if two:
            columns = Names(header.labels_of("column"), header.columns, embedded, self.notes)
        layers = self.layers(directed=not two)
        place = row = 0
        for line, text in self.lines():
            if text == "!":
                place, row = min(place + 1, len(layers) - 1), 0
                continue
            words = words_of(text)
            if header.format == "nodelist1b":
                words, row = self._numbered(words, row, line), row + 1
            if len(words) < 2 and not header.format.startswith("node"):
                self.notes.bad("the line names one vertex, not two", line, "add the other end")
            elif header.format.startswith("node"):
                self._node(words, rows, columns, layers[place], line)
            else:
                several = header.format.startswith("edgearray")
                self._edge(words, rows, columns, layers if several else [layers[place]], line)
        draft = Draft(size=rows.size, labels=rows.labels())
        if two:
            draft.size, draft.first = rows.size + columns.size, rows.size
            draft.labels |= {rows.size + k: label for k, label in columns.labels().items()}
            for layer in layers:
                for tie, column in enumerate(layer.target):
                    layer.target[tie] = rows.size + column
        draft.layers = layers
        return draft

    def _edge(
        self, words: Sequence[str], rows: Names, columns: Names, layers: Sequence[Layer], line: int
    ) -> None:
        source, target = rows.place(words[0], line), columns.place(words[1], line)
        if source is None or target is None:
            return
        several = len(layers) > 1
        for layer, word in zip(layers, [*words[2:], *[None] * len(layers)], strict=False):
            value = None if word is None else self._value(word, line)
            if (word is None and not several) or (
                value is not None and not (several and is_zero(value))
            ):
                layer.add(source, target, value, line)
        if len(words) > 2 + len(layers):
            self.notes.skip("a value beyond that of the last matrix", len(words) - 2 - len(layers))

    def _numbered(self, words: Sequence[str], row: int, line: int) -> list[str]:
        """A line of a list of nodes that begins with how many follow, with its row before these.

        The rows stand in order, and none is left out.
        """
        if words[0] != str(len(words) - 1):
            what = f"{shown(words[0])} is not how many vertices follow, {len(words) - 1}"
            self.notes.bad(what, line, "correct the number, or write format=nodelist1")
        return [str(row + 1), *words[1:]]

    def _node(
        self, words: Sequence[str], rows: Names, columns: Names, layer: Layer, line: int
    ) -> None:
        source = rows.place(words[0], line)
        for word in words[1:]:
            target = columns.place(word, line)
            if source is not None and target is not None:
                layer.add(source, target, None, line)
