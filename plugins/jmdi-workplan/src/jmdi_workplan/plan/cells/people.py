"""Whom an action addresses, and who is responsible for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jmdi import Audience
from jmdi.words.placeholders import whole
from jmdi_workplan.audience import read_audience
from jmdi_workplan.plan.cells.under import Under, items
from jmdi_workplan.words.pieces import is_blank

__all__ = ["actors", "audience"]

SPLIT_NAMES = re.compile(r"\s*(?:[;\n]|\s/\s)\s*")


def audience(under: Under) -> Iterator[Audience]:
    """The groups that the audience cells name."""
    for _, _, words in under.cells("audience"):
        yield from _read(words, under.context.language)


@lru_cache(maxsize=4096)
def _read(words: str, language: str) -> tuple[Audience, ...]:
    """Whom words name; many cells of a long table say the same."""
    return tuple(read_audience(words, language=language))


def actors(under: Under) -> Iterator[tuple[str, str | None]]:
    """Who is responsible: the words, and the role that the column states."""
    for column, _, words in under.cells("responsible"):
        header = column.header.casefold()
        partner = any(
            word in header
            for word in ("partner", "partenaire", "socio", "aliad", "parceir", "شريك", "شركاء")
        )
        role = None if partner else "implementing"
        for item in items(words):
            for name in SPLIT_NAMES.split(item):
                if name.strip() and not is_blank(name) and whole(name) is None:
                    yield name.strip(), role
