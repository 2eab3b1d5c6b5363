"""Words that are typed almost right: one slip of the finger, or a word that a line end cuts.

A word is corrected only if no table of words has it, if it has five letters or more, and if one
known word alone is nearest, or several that mean the same: one letter too many, missing, wrong or
in the wrong place, or two of them from eleven letters on. The first letter must be right. The
measure is from F. J. Damerau, "A technique for computer detection and correction of spelling
errors", Communications of the ACM 7, 1964.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import combinations

from jmdi.words.folding import fold

__all__ = ["Speller"]

_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"([^\W\d_]+)(?:[-‐‑\u00ad]\s*|\s+)([^\W\d_]+)")
_SHORTEST, _TWO_SLIPS = 5, 11
_LONGEST = 16
# A header is short; a cell of text is not searched for slips.
_MOST_WORDS = 8
_AND = "و"
"""The Arabic "and", which is written together with the next word."""


class Speller:
    """Corrects the words of a short text towards the words of one topic.

    Args:
        phrases: What each phrase of the topic means, folded.
        known: Other words that are right as they are.
    """

    def __init__(self, phrases: Mapping[str, object], known: Collection[str] = ()) -> None:
        self.phrases = phrases
        self.right = frozenset(word for phrase in phrases for word in phrase.split())
        self.known = self.right | frozenset(known)

    def corrected(self, text: str) -> str:
        """The text with its near words as they should be; the text itself where nothing is near."""
        if not 1 <= len(_WORD.findall(text)) <= _MOST_WORDS:
            return text
        joined = _HYPHENATED.sub(self._joined, text)
        return _WORD.sub(lambda match: self._word(match[0]), joined)

    def _joined(self, match: re.Match[str]) -> str:
        left, right = fold(match[1]), fold(match[2])
        if left + right in self.right and not (left in self.known and right in self.known):
            return left + right
        return match[0]

    def _word(self, typed: str) -> str:
        word = fold(typed)
        if word in self.known or len(word) > _LONGEST:
            return typed
        if word.startswith(_AND) and word[1:] in self.right:
            return f"{_AND} {word[1:]}"
        if len(word) < _SHORTEST:
            return typed
        most = 2 if len(word) >= _TWO_SLIPS else 1
        near = {right: slips(word, right) for right in self._like(word, most)}
        least = min(near.values(), default=most + 1)
        best = sorted(right for right, count in near.items() if count == least <= most)
        same = best and len({self.phrases.get(right, right) for right in best}) == 1
        return best[0] if same else typed

    def _like(self, word: str, most: int) -> set[str]:
        found = {right for key in _shortened(word, most) for right in self._index.get(key, ())}
        return {right for right in found if right[0] == word[0]}

    @cached_property
    def _index(self) -> Mapping[str, tuple[str, ...]]:
        """Known words by each way to leave out up to two of their letters."""
        found: dict[str, list[str]] = {}
        for right in sorted(self.right):
            if _SHORTEST <= len(right) <= _LONGEST:
                for key in _shortened(right, 2 if len(right) >= _TWO_SLIPS else 1):
                    found.setdefault(key, []).append(right)
        return {key: tuple(words) for key, words in found.items()}


def _shortened(word: str, most: int) -> Iterator[str]:
    yield word
    for count in range(1, most + 1):
        for places in combinations(range(len(word)), count):
            yield "".join(mark for place, mark in enumerate(word) if place not in places)


def slips(one: str, other: str) -> int:
    """How many letters to insert, leave out, replace or swap with their neighbour.

    The optimal string alignment distance: no letter is changed twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
