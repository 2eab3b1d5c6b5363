"""One reading of one file: its limits, what was spent of them, and where problems go."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, NoReturn

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.plugins.context import FirstFew, Limits
from jmdi_documents.codes import CODES

__all__ = ["CEILING", "Reading", "bounded"]

CEILING = Limits(size=32_000_000, ratio=200, members=10_000, depth=64, cells=250_000)
"""What a typed document never exceeds, whatever limits the caller sets."""

LISTED = 100
"""How many problems of one code are listed one by one, unless the limits say it."""

CHUNK = 1 << 16


def bounded(limits: Limits) -> Limits:
    """The lower of the given limits and the ceiling, member by member."""
    names = ("size", "ratio", "members", "depth", "line", "cells")
    lower = {name: min(getattr(limits, name), getattr(CEILING, name)) for name in names}
    return attrs.evolve(limits, **lower)


class Reading:
    """Reports the problems of one file and keeps its limits.

    Attributes:
        name: Name of the file as the user gave it.
        plugin: Name of the plugin that reads it; the codes of problems begin with it.
        limits: Bounds on what may be read.
        hidden: Whether hidden and struck-out content is read like any other.
    """

    def __init__(
        self,
        name: str,
        emit: Callable[[Problem], None],
        *,
        plugin: str,
        limits: Limits | None = None,
        hidden: bool = False,
    ) -> None:
        self.name = name
        self.hidden = hidden
        self.plugin = plugin
        self.limits = bounded(limits or Limits())
        self._few = FirstFew(self.limits, LISTED)
        self._emit = emit
        self._cells = 0

    def problem(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = Severity.WARNING,
        place: str | None = None,
        line: int | None = None,
        value: str | None = None,
    ) -> None:
        """Reports a problem; of one code only the first ones, then their number at the end."""
        if self._few.takes(code):
            where = Where(file=self.name, line=line, cell=place)
            self._emit(self._problem(code, severity, message, where, value))

    def left_out(self, code: str, words: str, place: str) -> None:
        """Reports words that are hidden (D134) or struck out (D135), if there are any."""
        if words.strip():
            what = "hidden" if code == "D134" else "struck-out"
            self.problem(code, f"{what} words are left out", place=place or None, value=words)

    def fail(
        self, code: str, message: str, *, place: str | None = None, cure: str | None = None
    ) -> NoReturn:
        """Stops reading the file; the cure is that of the code unless one is given.

        Raises:
            FormatError: Always, with the one problem.
        """
        where = Where(file=self.name, cell=place)
        problem = self._problem(code, Severity.ERROR, message, where, None, cure)
        raise FormatError([problem], str(problem))

    def close(self) -> None:
        """Says how many problems were not listed."""
        for code, more in sorted(self._few.rest().items()):
            message = f"{more:,} more of the same: {CODES[code].title}"
            where = Where(file=self.name)
            self._emit(self._problem(code, Severity.INFO, message, where, None))

    def spend_cells(self, number: int = 1) -> None:
        """Counts cells, a merged one as many as it covers.

        Raises:
            FormatError: If the document has too many.
        """
        self._cells += number
        if self._cells > self.limits.cells:
            self.fail("D110", f"more than {self.limits.cells:,} cells")

    def check_grid(self, rows: int, columns: int, place: str | None = None) -> None:
        """Stops where a table is too long or too wide.

        Raises:
            FormatError: If it is.
        """
        for what, number in (("rows", rows), ("columns", columns)):
            most = getattr(self.limits, what)
            if number > most:
                message = f"a table of {number:,} {what}; limits.{what} is {most:,}"
                self.fail("D110", message, place=place or None)

    def check_depth(self, depth: int, place: str | None = None) -> None:
        """Stops where containers are nested too deep.

        Raises:
            FormatError: If ``depth`` is over the limit.
        """
        if depth > self.limits.depth:
            message = f"containers nested more than {self.limits.depth} deep"
            self.fail("D108", message, place=place)

    def read_all(self, stream: BinaryIO) -> bytes:
        """All bytes of a stream.

        Raises:
            FormatError: If there are too many.
        """
        pieces: list[bytes] = []
        size = 0
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > self.limits.size:
                self.fail("D105", f"the file is larger than {self.limits.size:,} bytes")
            pieces.append(piece)
        return b"".join(pieces)

    def _problem(
        self,
        code: str,
        severity: Severity,
        message: str,
        where: Where,
        value: str | None,
        cure: str | None = None,
    ) -> Problem:
        return Problem(
            f"{self.plugin}:{code}",
            severity,
            message,
            where,
            value=value,
            cure=cure or CODES[code].cure,
            plugin=self.plugin,
        )
