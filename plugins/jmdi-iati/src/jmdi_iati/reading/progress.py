"""How far reading is, in bytes as they lie on disk, packed or not."""

from __future__ import annotations

from typing import BinaryIO

import attrs

from jmdi import ImportContext

__all__ = ["Progress"]


@attrs.define(slots=True)
class Progress:
    """Says to a context how many bytes were read.

    Attributes:
        context: The context.
        total: Bytes of all files, where they are known.
        before: Bytes of the files that are done.
        file: The file that is read now; its position is what counts, where it has one.
        done: The number that was said last; it never becomes less.
    """

    context: ImportContext
    total: int | None = None
    before: int = 0
    file: BinaryIO | None = None
    done: int = 0

    def begin(self, file: BinaryIO) -> None:
        """A file is opened."""
        self.file = file if file.seekable() else None

    def end(self, size: int) -> None:
        """A file of so many bytes is done."""
        self.before += size
        self.file = None
        self._advance(self.before)

    def read(self, size: int) -> None:
        """So many bytes of a document were read."""
        self._advance(self.done + size if self.file is None else self.before + self.file.tell())

    def _advance(self, done: int) -> None:
        self.done = max(self.done, done)
        self.context.advance(self.done, self.total)
