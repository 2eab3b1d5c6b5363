"""The text of a GML file as lists of keys and values."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TypeAlias

from jmdi import ImportContext, Where
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.text import shown

__all__ = ["Pair", "Value", "pairs_of"]

Value: TypeAlias = "str | int | float | list[Pair]"
"""What a key has: a text, a number, or a list of its own."""

Pair: TypeAlias = tuple[str, Value, int]
"""A key, its value, and the line of the key."""

_TOKEN = re.compile(
    r"""\s*+(?:\#[^\n]*+\s*+)*(?:(?P<mark>[\[\]])|"(?P<text>[^"]*+)"|(?P<bare>[^\s\[\]"#][^\s\[\]"]*+)|"""
    r"""(?P<open>"))"""
)
_INT = re.compile(r"[+-]?[0-9]{1,300}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]{1,300}\.?[0-9]{0,300}|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def pairs_of(text: str, context: ImportContext) -> list[Pair]:
    """The keys of a file with their values, those of lists within them.

    Raises:
        FormatError: If a bracket, a quote or a value is missing, or lists are nested too deep.
    """
    stack: list[list[Pair]] = [[]]
    keys: list[tuple[str, int]] = []
    key: tuple[str, int] | None = None
    line, at = 1, 0
    for match in _tokens(text):
        line += text.count("\n", at, match.end())
        at = match.end()
        if match["open"]:
            raise _refused("a quote never ends", line, context)
        if match["mark"] == "]":
            if key is not None or not keys:
                what = f"{key[0]!r} has no value" if key else "a bracket closes nothing"
                raise _refused(what, line, context)
            name, begun = keys.pop()
            closed = stack.pop()
            stack[-1].append((name, closed, begun))
        elif match["mark"] == "[":
            if key is None:
                raise _refused("a list has no key", line, context)
            if len(stack) > context.limits.depth:
                raise context.beyond("is nested too deep", "depth", line)
            keys.append(key)
            stack.append([])
            key = None
        elif key is not None:
            stack[-1].append((key[0], _value(match), key[1]))
            key = None
        elif match["bare"] and (match["bare"][0].isalpha() or match["bare"][0] == "_"):
            key = match["bare"], line
        else:
            raise _refused(f"{shown(match[0].strip())} is no key", line, context)
        if len(stack[-1]) % 4096 == 0:
            context.keep_going()
    if key is not None or keys:
        name, begun = key or keys[-1]
        raise _refused(f"{shown(name)} is not closed", begun, context)
    return stack[0]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _TOKEN.match(text, at):
        yield match
        at = match.end()


def _value(match: re.Match[str]) -> str | int | float:
    """A text with its entities resolved, or a number."""
    bare = match["bare"]
    if bare is None:
        return _ENTITY.sub(lambda found: html.unescape(found[0]), match["text"])
    if _INT.fullmatch(bare):
        return int(bare)
    return float(bare) if _FLOAT.fullmatch(bare) and abs(float(bare)) < 1e300 else bare


def _refused(message: str, line: int, context: ImportContext) -> Exception:
    return refused("N101", message, Where(file=context.name, line=line), "correct the file")
