"""Names, e-mail addresses and telephone numbers in a text, replaced, with where each stood."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterator

import attrs

from jmdi.display.privacy import ADDRESS, EMAIL, NUMBER, PHONE
from jmdi.words.folding import fold

__all__ = ["Edit", "Hidden", "Names", "contacts_in", "replaced"]

WORD = re.compile(r"[^\W_]+")
MENTION = re.compile(r"(?<![\w@])@(\d{8,15})(?!\w)")
"""How chats mention somebody of whom they know the telephone number only."""
APART = 3
"""Characters that may stand between two words of a name."""

PREFIXES = frozenset("\u0648\u0641\u0628\u0644\u0643")
PREFIX = re.compile(r"(?=.)[\u0648\u0641]?[\u0628\u0644\u0643]?\u0640?")
"""Words of one letter that Arabic writes onto the next one: *and*, *so*, *by*, *for*, *like*."""


@attrs.frozen(slots=True)
class Edit:
    """One part of a text that was replaced; positions count code points of the original.

    Attributes:
        start: Where the part begins.
        stop: Where it ends, exclusive.
        by: What stands there now.
    """

    start: int
    stop: int
    by: str


@attrs.frozen(slots=True)
class Hidden:
    """A text in which people are hidden.

    Attributes:
        text: The text as it is now.
        edits: What was replaced, in order.
    """

    text: str
    edits: tuple[Edit, ...] = ()

    def position(self, original: int, *, end: bool = False) -> int:
        """Where a position of the original text is now.

        A position within a replaced part goes to its beginning, as the end of a span to its end.
        """
        at = bisect.bisect_right(self.edits, original, key=lambda edit: edit.stop)
        if at < len(self.edits) and (within := self.edits[at]).start < original:
            begin = within.start + self._shifts[at]
            return begin + len(within.by) if end else begin
        return original + self._shifts[at]

    @functools.cached_property
    def _shifts(self) -> tuple[int, ...]:
        """By how much the text after each number of edits has moved."""
        moves = (len(edit.by) - (edit.stop - edit.start) for edit in self.edits)
        return tuple(itertools.accumulate(moves, initial=0))


@functools.lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return fold(word)


class Names:
    """Names to be found in texts, compared without case, accents and punctuation."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._known: set[tuple[str, ...]] = set()

    def add(self, name: str, by: str) -> None:
        """Adds a name and what is to stand for it; a single short word or number is no name."""
        words = tuple(fold(name).split())
        if not words or words in self._known:
            return
        if len(words) == 1 and (len(words[0]) < 3 or words[0].isdigit()):
            return
        self._known.add(words)
        longest_first = self._by_first.setdefault(words[0], [])
        longest_first.append((words, by))
        longest_first.sort(key=lambda entry: -len(entry[0]))

    def found(self, text: str) -> Iterator[Edit]:
        """The names in a text, from left to right, the longest where several fit."""
        tokens = list(WORD.finditer(text)) if self._by_first else []
        folded = [_folded(token[0]) for token in tokens]
        end = 0
        for at, word in enumerate(folded):
            if at < end:
                continue
            if word not in self._by_first and word[:1] not in PREFIXES:
                continue
            for skip in _beginnings(tokens[at][0]):
                first = _folded(tokens[at][0][skip:]) if skip else word
                if first not in self._by_first:
                    continue
                edit, taken = self._at(tokens, folded, at, first)
                if edit is not None:
                    yield attrs.evolve(edit, start=edit.start + skip)
                    end = at + taken
                    break

    def _at(
        self, tokens: list[re.Match[str]], folded: list[str], at: int, first: str
    ) -> tuple[Edit | None, int]:
        """The longest name that begins with a word, and how many words it has."""
        for words, by in self._by_first[first]:
            if tuple(folded[at + 1 : at + len(words)]) != words[1:]:
                continue
            part = tokens[at : at + len(words)]
            if any(b.start() - a.end() > APART for a, b in itertools.pairwise(part)):
                continue
            # "will" is a verb, "Will" may be a person; a handle such as user2 is one anyway.
            if len(words) == 1 and part[0][0].islower() and part[0][0].isalpha():
                continue
            return Edit(part[0].start(), part[-1].end(), by), len(words)
        return None, 1


def _beginnings(word: str) -> Iterator[int]:
    """Where a name can begin in a word: at its beginning, or behind a prefix of Arabic."""
    yield 0
    for length in (3, 2, 1):  # the longest first: a stroke that only stretches belongs to it
        if length < len(word) and PREFIX.fullmatch(word[:length]):
            yield length


def contacts_in(text: str) -> Iterator[Edit]:
    """The e-mail addresses and telephone numbers in a text."""
    if "@" in text:
        yield from (Edit(*found.span(), EMAIL) for found in ADDRESS.finditer(text))
        yield from (Edit(*found.span(1), PHONE) for found in MENTION.finditer(text))
    if "+" in text:
        yield from (Edit(*found.span(), PHONE) for found in NUMBER.finditer(text))


def replaced(text: str, edits: list[Edit]) -> Hidden:
    """A text with edits made; of those that overlap the first, and of these the longest."""
    kept: list[Edit] = []
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda one: (one.start, -one.stop)):
        if edit.start >= end:
            kept.append(edit)
            parts += (text[end : edit.start], edit.by)
            end = edit.stop
    return Hidden("".join([*parts, text[end:]]), tuple(kept))
