"""How far reading is, in bytes as they lie on disk, packed or not."""

from __future__ import annotations

from typing import Any

import attrs

from jmdi import ImportContext

__all__ = ["Progress"]


@attrs.define(slots=True)
class Progress:
    """Tells a context how many bytes were read.

    Attributes:
        context: The context.
        total: Bytes of all files, where they are known.
        before: Bytes of the files that are done.
        file: The file that is read now; its position is what counts, where it has one.
        told: What was told last; it never becomes less.
    """

    context: ImportContext
    total: int | None = None
    before: int = 0
    file: Any = None
    told: int = 0

    def begin(self, file: Any) -> None:
        """A file is opened."""
        self.file = file if file is not None and file.seekable() else None

    def end(self, size: int) -> None:
        """A file of so many bytes is done."""
        self.before += size
        self.file = None
        self._tell(self.before)

    def read(self, size: int) -> None:
        """So many bytes of a document were read."""
        done = self.told + size if self.file is None else self.before + self.file.tell()
        self._tell(done)

    def _tell(self, done: int) -> None:
        self.told = max(self.told, done)
        self.context.advance(self.told, self.total)
