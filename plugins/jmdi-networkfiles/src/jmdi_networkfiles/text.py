"""The text of a network file, whatever its encoding and the ends of its lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from jmdi import ImportContext, Where
from jmdi.files.encodings import byte_order_mark
from jmdi_networkfiles.codes import refused

__all__ = ["lines_of", "shown", "text_of"]


def text_of(stream: BinaryIO, context: ImportContext) -> str:
    """All text of a file, without its byte-order mark.

    It is in the encoding of its mark, else in UTF-8, else in Windows-1252, which is reported.

    Raises:
        FormatError: If it is larger than the limits allow, or is not in the encoding of its mark.
    """
    data = stream.read(context.limits.size + 1)
    where = Where(file=context.name)
    if len(data) > context.limits.size:
        message = f"it has more than {context.limits.size:,} bytes"
        raise refused("N102", message, where, "split it, or raise limits.size")
    encoding, mark = byte_order_mark(data[:4]) or ("utf-8", 0)
    try:
        return data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        if mark:
            message = f"it begins with the mark of {encoding} and is none: {error.reason}"
            raise refused("N101", message, where, "save it in UTF-8") from None
        line = data.count(b"\n", 0, error.start) + 1
    context.problem(
        "networkfiles:N103",
        "the text is no UTF-8; it was read as Windows-1252",
        where=Where(file=context.name, line=line),
        cure="save it in UTF-8 if names look wrong",
    )
    return data.decode("cp1252", "replace")


def lines_of(stream: BinaryIO, context: ImportContext) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1, each without its end and blanks around it.

    Lines end as on Windows, Unix or the Macintosh of old, also mixed; empty ones are left out.

    Raises:
        FormatError: As for `text_of`; or if a line is longer than the limits allow.
    """
    most = context.limits.line
    for number, line in enumerate(io.StringIO(text_of(stream, context), newline=None), start=1):
        if len(line) > most:
            message = f"the line has more than {most:,} characters"
            where = Where(file=context.name, line=number)
            raise refused("N102", message, where, "split the line, or raise limits.line")
        if bare := line.strip():
            yield number, bare


def shown(text: str) -> str:
    """A piece of a file as a message quotes it: on one line, and not too long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
