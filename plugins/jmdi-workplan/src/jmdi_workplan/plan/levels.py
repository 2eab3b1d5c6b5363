"""The governance level that a heading or a cell names."""

from __future__ import annotations

from jmdi import Code
from jmdi_workplan.plan.title_block import read_level

__all__ = ["level_code"]

LEVELS = {
    "1": "global",
    "2": "supranational_region",
    "3": "multinational",
    "4": "national",
    "5": "multi_first_admin",
    "6": "first_admin",
    "7": "second_admin",
    "8": "single_location",
}
"""Codes of IATI's ActivityScope in the vocabulary ``governance-level``."""


def level_code(words: str, country: str | None) -> Code | None:
    """The governance level that a heading or cell names; ``None`` if it names none for sure."""
    level = read_level(words, country=country) if words.strip() else None
    if level is None:
        return None
    return Code("governance-level", LEVELS.get(level, level), words.strip())
