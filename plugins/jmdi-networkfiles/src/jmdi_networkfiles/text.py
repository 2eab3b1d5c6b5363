"""The text of a network file, whatever its encoding and the ends of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jmdi import ImportContext, Where
from jmdi.files.encodings import byte_order_mark, decoded
from jmdi_networkfiles.codes import refused

__all__ = ["first_lines", "numbered", "shown", "text_of"]

BETWEEN = 4096
"""After how many lines it is asked again whether reading is to stop."""


def text_of(stream: BinaryIO, context: ImportContext) -> str:
    """All text of a file, without its byte-order mark; each line ends with a line feed.

    It is in the encoding of its mark, else in UTF-8, else in Windows-1252, which is reported.

    Raises:
        FormatError: If it is larger than the limits allow, or is not in the encoding of its mark.
    """
    try:
        text, line = decoded(context.whole(stream))
    except UnicodeDecodeError as error:
        message = f"it begins with the mark of {error.encoding} and is none: {error.reason}"
        raise refused("N101", message, Where(file=context.name), "save it in UTF-8") from None
    if line is not None:
        context.problem(
            "networkfiles:N103",
            "the text is no UTF-8; it was read as Windows-1252",
            where=Where(file=context.name, line=line),
            cure="save it in UTF-8 if names look wrong",
        )
    # As on Windows and on the Macintosh of old; some files mix all three.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def numbered(text: str, context: ImportContext, first: int = 1) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, without blanks around them; empty ones are left out.

    Args:
        text: The text, whose lines end with a line feed.
        context: Limits, and whether reading is to stop.
        first: The number of the first line.

    Raises:
        FormatError: If a line is longer than the limits allow.
    """
    start, number = 0, first
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if stop - start > context.limits.line:
            message = f"has a line of more than {context.limits.line:,} characters"
            raise context.beyond(message, "line", number)
        if bare := text[start:stop].strip():
            yield number, bare
        if number % BETWEEN == 0:
            context.keep_going()
        start, number = stop + 1, number + 1


def first_lines(head: bytes) -> list[str]:
    """The first lines of a file for a sniffer, without blanks around them; no empty ones."""
    encoding, mark = byte_order_mark(head[:4]) or ("utf-8", 0)
    text = head[mark:].decode(encoding, "replace")
    lines = text.replace("\r", "\n").split("\n")
    return [bare for line in lines if (bare := line.strip())]


def shown(text: str) -> str:
    """A piece of a file as a message quotes it: on one line, and not too long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
