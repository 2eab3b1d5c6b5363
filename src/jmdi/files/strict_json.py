"""JSON read strictly: nothing is taken that could not be written again as it was."""

from __future__ import annotations

import collections
import json
import math
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

__all__ = ["BadJson", "first_members", "parse_json", "parse_written"]


class BadJson(ValueError):
    """A text is not JSON as this format allows it; the message says why."""


def _number(text: str) -> float | Decimal:
    """A number as float where that loses nothing, else as Decimal."""
    # Programs expect floats; a Decimal is only what a float would round.
    number = float(text)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        raise BadJson(f"the number {text:.40} is too large") from None
    if math.isfinite(number) and Decimal(repr(number)) == exact:
        return number
    return exact


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = collections.Counter(name for name, _ in pairs)
        twice = next(name for name, count in counts.items() if count > 1)
        raise BadJson(f"member {twice!r:.60} is duplicated in one object")
    return members


def _constant(name: str) -> Any:
    raise BadJson(f"{name} is not a JSON number")


_decoder = json.JSONDecoder(
    object_pairs_hook=_members, parse_float=_number, parse_constant=_constant
)


def parse_json(data: bytes) -> Any:
    """Parses JSON strictly.

    Raises:
        BadJson: If it is not UTF-8, not JSON, nested too deeply, or holds what cannot be
            written again.
    """
    try:
        text = data.decode("utf-8")
        value = _decoder.decode(text)
        # Only an escape can make half a surrogate pair, which no file in UTF-8 could hold.
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson(f"byte {error.start + 1} is not UTF-8") from None
    except UnicodeEncodeError:
        raise BadJson("a string holds half a surrogate pair") from None
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise BadJson(f"not JSON: {error.msg} at {line}column {error.colno}") from None
    except RecursionError:
        raise BadJson("nested too deeply") from None
    except ValueError as error:
        raise BadJson(str(error)) from None
    return value


_written = json.JSONDecoder(parse_float=_number)


def parse_written(lines: Sequence[bytes]) -> list[Any]:
    """Parses lines of JSON that this library wrote: what is never in them is not looked for.

    Raises:
        BadJson: If one is nested too deeply.
    """
    try:
        found: list[Any] = _written.decode("[" + b",".join(lines).decode() + "]")
    except RecursionError:
        raise BadJson("nested too deeply") from None
    return found


_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]', re.DOTALL)


def first_members(head: bytes) -> frozenset[bytes]:
    """The names of the members of a JSON object of which only the first bytes are known.

    Nothing for what does not begin as an object. Names within its members do not count, so
    that a text that speaks of another format is not taken for it.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        return frozenset()
    found, depth = set(), 0
    for token in _TOKEN.finditer(start):
        if token[0] in (b"{", b"["):
            depth += 1
        elif token[0] in (b"}", b"]"):
            depth -= 1
        elif depth == 1 and token[2]:
            found.add(token[1])
        if depth == 0:
            break
    return frozenset(found)
