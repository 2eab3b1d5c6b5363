"""The governance level that a heading or a cell names."""

from __future__ import annotations

from collections.abc import Sequence

from jmdi import Code
from jmdi.words.folding import fold
from jmdi_workplan.words.lexicon import group, lexicon
from jmdi_workplan.words.numerals import word_set

__all__ = ["level_code", "read_level"]

_LONGEST_HEADING = 200
# Countries whose first-level units are regions, so that "regional" is first-level there.
_REGIONS_FIRST = word_set(
    "BF CI CL CM DJ ET FR GH GN GY IT MA MG ML MR NA NE NZ PE PH SA SN SZ TG TZ"
)

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


def read_level(heading: str, *, country: str | None = None) -> str | None:
    """Return the governance level that a heading names.

    Args:
        heading: "Local level", "Niveau national :", "Plan – nivel municipal", …
        country: ISO 3166-1 alpha-2; decides what "regional" means.

    Returns:
        An IATI ActivityScope code ("4" national, "6" first and "7" second administrative level,
        "8" single location, …); "local" for a local level that is not further said; None if no
        level, several levels, or a "regional" that may be above or below the state.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = fold(heading).split()
    named: list[str] = []
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if phrase in lexicon("level") and len(words[at : at + length]) == length:
                # A lone word inside a longer line ("national migration council") is no level.
                if length > 1 or _plain_heading(words):
                    named.append(lexicon("level")[phrase])
                at += length - 1
                break
        at += 1
    if len(set(named)) != 1:
        return None
    level = named[0]
    if level == "regional":
        return "6" if country in _REGIONS_FIRST else None
    return level


def _plain_heading(words: Sequence[str]) -> bool:
    plain = group("small-word", "around-level") | lexicon("level").keys()
    return plain.issuperset(words)
