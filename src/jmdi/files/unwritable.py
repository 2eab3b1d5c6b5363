"""Finds the texts that a file cannot hold, so that an error names their records and members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jmdi.errors import Problem, Severity, Where
from jmdi.files.safe_xml import XML, legal
from jmdi.model.json_pointer import escape

__all__ = ["texts_within", "unwritable_text", "unwritable_texts"]

AROUND = 20
"""How many characters of the text are shown on each side of the one that is wrong."""


def unwritable_texts(value: Any, encoding: str, where: Where) -> Iterator[Problem]:
    """A problem for each text in a JSON value, names of members included, that cannot be written.

    Args:
        value: The value.
        encoding: The encoding of the file, as the `UnicodeEncodeError` names it.
        where: The record or node that has the value.
    """
    for pointer, text in texts_within(value):
        try:
            legal(text) if encoding == XML else text.encode(encoding)
        except UnicodeEncodeError as error:
            yield unwritable_text(error, where, pointer)


def unwritable_text(error: UnicodeEncodeError, where: Where, pointer: str = "") -> Problem:
    """The problem of one text that cannot be written."""
    character = error.object[error.start]
    half = "\ud800" <= character <= "\udfff"
    what = "half a surrogate pair" if half else f"the character U+{ord(character):04X}"
    around = error.object[max(0, error.start - AROUND) : error.end + AROUND]
    return Problem(
        "J208",
        Severity.ERROR,
        f"{around!a} holds {what}, which cannot be written as {error.encoding.upper()}",
        where,
        path=pointer or None,
        value=ascii(character),
        cure="give the text whole" if half else "leave it out of the text, or write jsonl",
    )


def texts_within(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """The texts in a JSON value, each with the pointer to it."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield pointer, str(key)
            yield from texts_within(part, f"{pointer}/{escape(str(key))}")
    elif isinstance(value, (list, tuple)):
        for number, part in enumerate(value):
            yield from texts_within(part, f"{pointer}/{number}")
