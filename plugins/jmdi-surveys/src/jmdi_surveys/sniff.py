"""Whether a file looks like a survey or a who-does-what-where table, from its first bytes."""

from __future__ import annotations

__all__ = ["table"]


def table(head: bytes) -> bool | str:
    """Whether the first bytes are those of an export that is known."""
    return "say what its columns mean, with the option mapping; 'jmdi mapping' proposes it"
