"""Words that stand where an answer should: "to be determined", "non précisé", "n/a", "none".

They are rows of the topic ``placeholder``; the meaning says why there is no answer. In a row, a
``*`` at the end of a word means any ending, and alone for one more word or none. A word that
begins with ``=`` counts only where nothing else was typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, TypeAlias

from jmdi.words.folding import Folded
from jmdi.words.tables import words_of

__all__ = ["ALL", "UNDECIDED", "Missing", "placeholder_pattern", "says_something", "whole"]

Missing: TypeAlias = Literal[
    "to_be_determined", "to_be_confirmed", "not_stated", "not_applicable", "nothing"
]
"""Why an answer is missing. Where it is to be confirmed, there is one, but it may change."""

ALL: tuple[Missing, ...] = (
    "to_be_determined",
    "to_be_confirmed",
    "not_stated",
    "not_applicable",
    "nothing",
)
UNDECIDED: tuple[Missing, ...] = ("to_be_determined", "to_be_confirmed")

_EDGES = " \t\r\n.,;:!?*()[]{}–—-/\"'"


def _expression(word: str) -> str:
    """A row as a regular expression."""
    parts = []
    for part in word.split():
        if part == "*":
            parts.append(r"(?:\w{1,20} {1,2})?")
        else:
            ending = r"\w*" if part.endswith("*") else ""
            parts.append(re.escape(part.removesuffix("*")) + ending + " {1,2}")
    return "".join(parts).removesuffix(" {1,2}")


@cache
def placeholder_pattern(*meanings: Missing) -> re.Pattern[str]:
    """What finds the placeholders with some meanings in folded text, the longest first."""
    rows = [
        Folded.of(word.word).low
        for word in words_of("placeholder")
        if word.meaning in meanings and not word.word.startswith("=")
    ]
    rows.sort(key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, rows))})(?!\w)")


@cache
def _alone() -> dict[str, str]:
    return {
        Folded.of(word.word).low.removeprefix("=").strip(_EDGES): word.meaning
        for word in words_of("placeholder")
        if word.word.startswith("=")
    }


def whole(text: str) -> str | None:
    """Why an answer is missing where a text is a placeholder and nothing else; else ``None``."""
    low = Folded.of(text).low.strip(_EDGES)
    if low in _alone():
        return _alone()[low]
    found = (m for m in ALL[:-1] if placeholder_pattern(m).fullmatch(low))
    return next(found, None)


def says_something(text: str | None) -> bool:
    """Whether words say something once placeholders and punctuation are taken away."""
    low = Folded.of(text or "").low
    if low.strip(_EDGES) in _alone():
        return False
    return any(mark.isalnum() for mark in placeholder_pattern(*ALL[:-1]).sub("", low))
