"""The encoding of a text, by its byte-order mark or its bytes."""

from __future__ import annotations

import codecs

__all__ = ["byte_order_mark", "decoded"]

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


def decoded(data: bytes) -> tuple[str, int | None]:
    """A text without its byte-order mark, and the line from which it was taken for Windows-1252.

    It is in the encoding of its mark, else in UTF-8, else in Windows-1252; a byte that this does
    not have becomes U+FFFD.

    Raises:
        UnicodeDecodeError: If it is not in the encoding of its mark.
    """
    encoding, mark = byte_order_mark(data[:4]) or ("utf-8", 0)
    try:
        return data[mark:].decode(encoding), None
    except UnicodeDecodeError as error:
        if mark:
            raise
        return data.decode("cp1252", "replace"), data.count(b"\n", 0, error.start) + 1
