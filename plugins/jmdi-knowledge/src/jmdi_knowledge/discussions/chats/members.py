"""Members of objects in JSON of unknown origin: of the type that is expected, or not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jmdi.files.strict_json import first_members
from jmdi_knowledge.discussions.building import clean

__all__ = ["flag", "looks_like", "number", "objects", "text"]


def looks_like(head: bytes, members: set[bytes], own: re.Pattern[bytes], tool: str) -> bool | str:
    """Whether a file begins with an object that has messages of a tool, else why not.

    Args:
        head: The first bytes.
        members: Names of which its first members have one.
        own: What only this tool writes.
        tool: Its name.
    """
    known = first_members(head) & members
    return bool(known and own.search(head)) or f"it has no messages of {tool}"


def text(found: Mapping[str, Any], *names: str) -> str:
    """The first of these members that is a text with words, else an empty one."""
    for name in names:
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            return clean(value)
    return ""


def number(found: Mapping[str, Any], name: str) -> int | None:
    """A member that is a whole number."""
    value = found.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(found: Mapping[str, Any], name: str) -> bool | None:
    """``True`` where a member says so; ``None`` where it does not."""
    return True if found.get(name) is True else None


def objects(found: object) -> Iterator[Mapping[str, Any]]:
    """The objects in a list; nothing if it is none."""
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))
