"""Members of objects in JSON of unknown origin: of the type that is expected, or not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jmdi_knowledge.discussions.building import clean

__all__ = ["flag", "number", "objects", "text"]


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
