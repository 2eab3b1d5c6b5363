"""The words of dates in every language, and what they do in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from jmdi_workplan.words.lexicon import lexicon, phrases

__all__ = [
    "DOTTED_MONTHS",
    "FIRST_WORDS",
    "FREQUENCIES",
    "LONGEST_PHRASE",
    "OFTEN",
    "ROMAN",
    "WORDS",
]

_NUMBERED = ("month", "ordinal", "season")
_NAMED = ("unit", "length", "each", "part")

DOTTED_MONTHS = MappingProxyType(
    {
        word.removesuffix(" ."): int(number)
        for word, number in phrases("month").items()
        if word.endswith(" .")
    }
)
"""Short months that are words of another language too: months only with a dot after them."""

ROMAN = MappingProxyType({"i": 1, "ii": 2, "iii": 3, "iv": 4})


def _has_figure(phrase: str) -> bool:
    return not phrase.replace(" ", "").isalpha()


def _as_typed(phrase: str) -> str:
    """A phrase as a pattern; a hyphen may be a blank."""
    return re.escape(phrase).replace(r"\ \-\ ", "[- ]")


def _words() -> Mapping[str, tuple[str, str | int]]:
    """Kind and value of each word and phrase; the first meaning of a word holds.

    The order of the topics decides what "may", "second" or "fin" mean first of all.
    """
    words: dict[str, tuple[str, str | int]] = {}
    for topic in ("month", "ordinal", "unit", "season", "length", "each", "part", "weekday"):
        for word, meaning in phrases(topic).items():
            value = int(meaning) if topic in _NUMBERED else meaning if topic in _NAMED else ""
            words.setdefault(word, (topic, value))
    for word, kind in phrases("date").items():
        words.setdefault(word, (kind, ""))
    return MappingProxyType(words)


WORDS = _words()
"""Kind and value of each word and phrase."""

FREQUENCIES = lexicon("each")
"""How often each frequency is."""

_FIGURED = "|".join(_as_typed(phrase) for phrase in phrases("each") if _has_figure(phrase))
OFTEN = re.compile(rf"(?<!\w)(?:{_FIGURED})(?!\w)")
"""The frequencies with a figure or hyphen in them: "2 times a year", "half-yearly"."""

FIRST_WORDS = frozenset(phrase.partition(" ")[0] for phrase in WORDS)
"""What a word or phrase begins with."""

LONGEST_PHRASE = max(len(phrase.split()) for phrase in WORDS)
