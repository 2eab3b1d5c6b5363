"""JSON pointers: names as segments of them, and back."""

from __future__ import annotations

__all__ = ["escape", "segments"]


def escape(name: str) -> str:
    """A member's name as a segment of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def segments(pointer: str) -> tuple[str, ...]:
    """The names that a JSON pointer leads through, from the outermost on.

    >>> segments("/names/en")
    ('names', 'en')
    """
    return tuple(s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:])
