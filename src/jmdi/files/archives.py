"""Members of zip archives that may be hostile: names that lead out, and shared bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from zipfile import ZipInfo

__all__ = ["leads_out", "overlapping"]

HEADER = 30
"""Bytes of the shortest header of a member, which its name and its content follow."""


def leads_out(name: str) -> bool:
    """Whether the name of a member leads out of its archive."""
    steps = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\0" in name


def overlapping(members: Iterable[ZipInfo]) -> str | None:
    """The name of a member that shares bytes with the one after it; ``None`` if none does.

    A few kilobytes that many members share can unpack to more than any disk holds.
    """
    ordered = sorted(members, key=lambda member: member.header_offset)
    for member, following in itertools.pairwise(ordered):
        if member.header_offset + HEADER + member.compress_size > following.header_offset:
            return member.filename
    return None
