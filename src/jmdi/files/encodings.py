"""The byte-order mark that a text may begin with."""

from __future__ import annotations

import codecs

__all__ = ["byte_order_mark"]

# UTF-32 comes before UTF-16: the mark of the one begins with that of the other.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def byte_order_mark(head: bytes) -> tuple[str, int] | None:
    """The encoding that the mark of a text names, and the bytes of the mark; ``None`` without."""
    return next(((name, len(mark)) for mark, name in MARKS if head.startswith(mark)), None)
