"""Names before a colon: which of them are speakers, and which are words of a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from jmdi.words.folding import as_typed, fold
from jmdi_knowledge.words import words

__all__ = ["LABEL", "is_name", "is_role", "label_of", "speakers_among"]

LABEL = re.compile(r"\s*(?P<name>[^\s:<>\[\](][^:<>\n]{0,60}?)\s?:(?:[ \t\u00a0]+|\Z|(?=\n))")
LETTER = re.compile(r"[A-Za-z\u0633\u062c]\d{0,2}")
"""A letter for a role, such as question or answer, and a number; names may have two letters."""
NUMBER = re.compile(r"\d{1,2}|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten")
SHORTEST_PARTICLE = 4
"""A word in small letters within a name, such as "de", has fewer letters than this."""
MOST_WORDS = 5


def label_of(text: str) -> str | None:
    """What stands before the colon at the start of a text, if it can be a speaker."""
    found = LABEL.match(text)
    return as_typed(found["name"]) if found and is_name(found["name"]) else None


def is_name(label: str) -> bool:
    """Whether all words but particles begin with a capital, or have none in their script."""
    parts = label.split()
    if fold(label) in words("field"):
        return False
    if not 0 < len(parts) <= MOST_WORDS or not parts[0][0].isalpha():
        return False
    small = [part for part in parts if part[0].islower()]
    return parts[0] not in small and all(len(part) < SHORTEST_PARTICLE for part in small)


def is_role(label: str) -> bool:
    """Whether a label says what somebody does, not who it is: interviewer, speaker 2, Q, R1."""
    parts = fold(label).split()
    if LETTER.fullmatch(label):
        return True
    if not parts or len(parts) > 2 or parts[0] not in words("role"):
        return False
    return len(parts) == 1 or NUMBER.fullmatch(parts[1]) is not None


def speakers_among(labels: Iterable[str | None]) -> set[str]:
    """The labels of a file that are speakers, of all that stand before a colon.

    One that occurs once and is one word may as well be "Yes:", unless it is a role.
    """
    counts = Counter(filter(None, labels))
    return {
        label
        for label, times in counts.items()
        if times > 1 or len(label.split()) > 1 or is_role(label) or label.isupper()
    }
