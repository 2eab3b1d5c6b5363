"""Headings inside a table, one below the other: "Outcome 1", then "Output 1.1"."""

from __future__ import annotations

import re

import attrs

from jmdi.words.folding import fold

__all__ = ["Sections", "number_of"]

NUMBERED = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3}){0,3})[.)]?(?:\s|\Z)")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*|\b[ivx]{1,5}\b|\b[a-z]\b")


def number_of(text: str) -> str:
    """The number that a text is, or begins with: "1.2", "1.2 Training"; "" if it has none."""
    found = NUMBERED.match(text)
    return found[1] if found else ""


@attrs.define
class _Heading:
    words: str
    sort: str
    used: bool = False
    counted: bool = False


@attrs.define
class Sections:
    """The headings that hold for the next row, the outermost first.

    A heading of the same sort ends the one before it, with all below: "Outcome 2" ends "Outcome 1".
    One of another sort right below a heading stands under it; after actions, it ends them all
    unless one of its sort is open.
    """

    path: list[_Heading] = attrs.field(factory=list)
    fresh: bool = False

    def open(self, words: str) -> list[str]:
        """Begins a heading; returns those that end without an action."""
        sort = _sort(words)
        at = next((n for n, heading in enumerate(self.path) if heading.sort == sort), None)
        if at is None or (self.fresh and not sort):
            at = len(self.path) if self.fresh else 0
        ended = [heading.words for heading in self.path[at:] if not heading.used]
        self.path[at:] = [_Heading(words, sort)]
        self.fresh = True
        return ended

    def named(self) -> str | None:
        """The headings of an action, as one text; ``None`` if there is none."""
        if not self.path:
            return None
        for heading in self.path:
            heading.used = True
        self.fresh = False
        return " / ".join(heading.words for heading in self.path) or None

    @property
    def counts(self) -> bool:
        """Whether the innermost heading has a number, which those of its actions go on with."""
        return bool(self.path) and number_of(self.path[-1].words) != ""

    def leave(self, words: str) -> bool:
        """Ends the innermost heading if an action is numbered beside it: 2 below 1, 1.1 and 1.2.

        Args:
            words: The first cell of the action.

        Returns:
            Whether it has ended.
        """
        heading, number = self.path[-1], number_of(words)
        within = number.startswith(f"{number_of(heading.words)}.")
        heading.counted = heading.counted or within
        if within or not (number and heading.counted):
            return False
        self.path.pop()
        return True

    def unused(self) -> list[str]:
        """The headings that no action came under."""
        return [heading.words for heading in self.path if not heading.used]


def _sort(words: str) -> str:
    """What tells the sorts of headings apart: the word before the number, and its depth."""
    start = words[:80].casefold()
    number = NUMBER.search(start)
    if number is None:
        return ""
    depth = number[0].count(".") if number[0][0].isdigit() else -1
    return f"{fold(start[: number.start()])} {depth}"
