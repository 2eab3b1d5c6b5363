"""The content of a file of unknown origin as text or as JSON."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import attrs

from jmdi import FormatError, ImportContext, Problem, Severity, Where
from jmdi.files.encodings import byte_order_mark
from jmdi_documents.office.archive import Archive
from jmdi_documents.reading import Reading
from jmdi_documents.text.decode import decode

__all__ = ["archive_in", "json_in", "bad_json", "json_of", "start_of", "text_in"]


MOST = 500_000_000
"""Bytes of a chat or workspace; those of documents are fewer."""


def _reading(context: ImportContext) -> Reading:
    reading = Reading(context.name, context.report, plugin="knowledge", limits=context.limits)
    size, expanded = (min(MOST, most) for most in (context.limits.size, context.limits.expanded))
    reading.limits = attrs.evolve(reading.limits, size=size, expanded=expanded)
    return reading


def start_of(head: bytes) -> str:
    """The first bytes of a file as text, for finding out what it is."""
    marked = byte_order_mark(head)
    if marked:
        return head[marked[1] :].decode(marked[0], "ignore")
    try:
        return head[: head.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")


def text_in(stream: BinaryIO, context: ImportContext) -> str:
    """The text of a file, its lines ended by line feeds.

    Raises:
        FormatError: If it is too large, or the option ``encoding`` names none.
    """
    reading = _reading(context)
    data = reading.read_all(stream)
    text = decode(data, reading, context.options.get("encoding")) if data else ""
    reading.close()
    return text.replace("\r\n", "\n").replace("\r", "\n")


def archive_in(stream: BinaryIO, context: ImportContext) -> Archive:
    """A zip archive.

    Raises:
        FormatError: If it is too large, damaged or unsafe.
    """
    reading = _reading(context)
    return Archive(reading.read_all(stream), reading)


def json_in(stream: BinaryIO, context: ImportContext) -> Any:
    """The value in a file of JSON.

    Raises:
        FormatError: If it is too large or not JSON.
    """
    return json_of(_reading(context).read_all(stream), context)


def json_of(data: bytes, context: ImportContext, member: str | None = None) -> Any:
    """The value of JSON text, also where halves of letters stand in it.

    Raises:
        FormatError: If it is not JSON.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise bad_json(reason, context, member) from None


def bad_json(reason: str, context: ImportContext, member: str | None = None) -> FormatError:
    """The error for JSON that is not what it should be."""
    where = Where(file=context.name, cell=member)
    cure = "export the discussion again"
    return FormatError(
        [Problem("knowledge:M111", Severity.ERROR, f"is no export: {reason}", where, cure=cure)]
    )
