"""Words compared without case, accents and punctuation."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache, lru_cache

from attrs import field, frozen

__all__ = ["Folded", "as_typed", "first_word", "fold", "without_footnote"]

_DASHES = {"‐": "-", "‑": "-", "‒": "–", "—": "–", "―": "–", "﹣": "-"}
_QUOTES = dict.fromkeys("’ʼ‘′´`", "'")
_JOINED = {"œ": "oe", "Œ": "OE"}
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029\x1c\x1d\x1e")
_ARABIC = str.maketrans(
    {"ة": "ه", "ى": "ي", "ـ": ""}
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)}
)
"""Letters that people type for one another, the stretched line, and digits."""
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN = bytes(number if chr(number).isalnum() else 32 for number in range(128)).lower().ljust(256)
"""Of each ASCII character its small letter or digit, else a blank."""
_BLANK = re.compile(r"\s+")
_FOOTNOTE = re.compile(r"(?:\s?(?:[*†‡§¹²³⁴-⁹]|\[\d{1,2}\]|\(\d{1,2}\)))+$")
# Only the end of a text is searched for footnote marks, so that the pattern stays linear.
_MARKS_AT_MOST = 40


def fold(text: str) -> str:
    """Return words in lower case, without accents and punctuation, one blank between them.

    >>> fold("Région  d’Île-de-France")
    'region d ile de france'
    """
    if text.isascii():
        letters = text.replace("&", " and ").encode("ascii").translate(_PLAIN)
        return b" ".join(letters.split()).decode("ascii")
    spread = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold().replace("œ", "oe"))
    plain = "".join(itertools.filterfalse(unicodedata.combining, spread))
    if not plain.isascii():
        plain = plain.translate(_ARABIC)
    return _NOT_WORD.sub(" ", plain).strip()


def first_word(text: str) -> str:
    """Return the first word of a text, folded; empty if it has none.

    Texts begin with the same few words: this one is found without folding the others.
    """
    typed = text.split(None, 1)
    first = _first_of(typed[0]) if typed else ""
    return first or fold(text).partition(" ")[0]


@lru_cache(maxsize=4096)
def _first_of(typed: str) -> str:
    return fold(typed).partition(" ")[0]


def as_typed(text: str) -> str:
    """Return the text on one line: white space folded, nothing else changed."""
    return _BLANK.sub(" ", text).strip()


def without_footnote(text: str) -> str:
    """Return the text without trailing footnote marks: ``Budget*``, ``Lieu (1)``, ``Plazo²``."""
    text = text.rstrip()
    head, tail = text[:-_MARKS_AT_MOST], text[-_MARKS_AT_MOST:]
    return head + _FOOTNOTE.sub("", tail)


@frozen
class Folded:
    """A text for comparing: digits of all scripts as 0-9, no accents, plain marks.

    Attributes:
        typed: The text as typed.
        plain: The folded text, with its case.
        low: The same in lower case, character by character.
        index: For each folded character, and for the end, its position in the typed text.
    """

    typed: str
    plain: str
    low: str
    index: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Folded:
        """Fold a text."""
        if text.isascii():
            plain = text.translate(_ascii())
            return cls(text, plain, plain.lower(), tuple(range(len(text) + 1)))
        marks: list[str] = []
        index: list[int] = []
        for position, mark in enumerate(text):
            for folded in _fold_mark(mark):
                marks.append(folded)
                index.append(position)
        plain = "".join(marks)
        low = "".join(m.lower() if len(m.lower()) == 1 else m for m in marks)
        return cls(text, plain, low, (*index, len(text)))

    def words(self, start: int, end: int) -> str:
        """What was typed between two places of the folded text."""
        return self.typed[self.index[start] : self.index[end]].strip()


@cache
def _ascii() -> dict[int, str]:
    """What each ASCII character becomes: one character always."""
    return {number: _fold_mark(chr(number)) for number in range(128)}


def _fold_mark(mark: str) -> str:
    """One typed character, folded; empty for marks that only join or accent."""
    digit = unicodedata.decimal(mark, None)
    if digit is not None:
        return str(digit)
    if mark in _BREAKS:
        return "\n"
    if mark.isspace():
        return " "
    if "！" <= mark <= "～":
        return chr(ord(mark) - 0xFEE0)
    if mark == "٬":
        return "'"
    if mark in _JOINED:
        return _JOINED[mark]
    mark = _DASHES.get(mark, _QUOTES.get(mark, mark))
    if mark.isascii():
        return mark
    if unicodedata.category(mark) in ("Cf", "Mn"):
        return ""
    return "".join(m for m in unicodedata.normalize("NFD", mark) if unicodedata.category(m) != "Mn")
