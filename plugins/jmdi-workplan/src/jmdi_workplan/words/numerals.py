"""Numbers as people type them in English, French and Spanish, and the text they stand in.

Reading is exact or refused: a separator that can be a decimal mark as well as a mark of
thousands is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from attrs import field, frozen

__all__ = ["AMBIGUOUS", "NUMBER", "SCALE", "Folded", "exact", "read_number", "scale_of", "word_set"]

_DASHES = {"‐": "-", "‑": "-", "‒": "–", "—": "–", "―": "–", "﹣": "-"}
_QUOTES = dict.fromkeys("’ʼ‘′´`", "'")
_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029\x1c\x1d\x1e")
_MAX_DIGITS = 15

NUMBER = re.compile(r"\d{1,3}(?: \d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,'٫]\d+)*")
"""A number in folded text, its separators included."""

SCALE = re.compile(
    r" {0,2}(?:(?P<word>mil millones|thousands?|mille|milliers?|mil|millions?|millones|millon|mln|"
    r"mn|mio|milliards?|mrd|mds?|billions?|bn|billones|billon|lakhs?|lacs?|crores?|cr|mm|m|k|b)"
    r"(?![^\W\d_])\.?|(?P<joined>mm|m|k)(?=fcfa|f cfa|usd|eur|us\$|dt(?!\w)|[$€£₱]))"
    r"(?: {0,2}(?:de |d'|of ))?",
    re.IGNORECASE,
)
"""A scale word after a number, with the word that joins it to a currency."""

_SCALES = {
    "thousand": 3,
    "thousands": 3,
    "mille": 3,
    "millier": 3,
    "milliers": 3,
    "mil": 3,
    "k": 3,
    "lakh": 5,
    "lakhs": 5,
    "lac": 5,
    "lacs": 5,
    "million": 6,
    "millions": 6,
    "millon": 6,
    "millones": 6,
    "mln": 6,
    "mn": 6,
    "mio": 6,
    "M": 6,
    "mm": 6,
    "MM": 6,
    "crore": 7,
    "crores": 7,
    "cr": 7,
    "milliard": 9,
    "milliards": 9,
    "mrd": 9,
    "md": 9,
    "mds": 9,
    "billion": 9,
    "billions": 9,
    "bn": 9,
    "B": 9,
    "mil millones": 9,
    "billon": 12,
    "billones": 12,
}


def word_set(words: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(words.split())


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
    mark = _DASHES.get(mark, _QUOTES.get(mark, mark))
    if mark.isascii():
        return mark
    if unicodedata.category(mark) in ("Cf", "Mn"):
        return ""
    return "".join(m for m in unicodedata.normalize("NFD", mark) if unicodedata.category(m) != "Mn")


def scale_of(match: re.Match[str]) -> int | None:
    """The power of ten of a scale word; ``None`` when the letter can mean several."""
    word = match["word"] or match["joined"]
    of = match[0].lower().rstrip()
    if word.lower() in ("billion", "billions") and of.endswith((" de", " d'")):
        return None  # French "billion" is a million millions; few who type it mean that
    return _SCALES.get(word, _SCALES.get(word.lower()) if word.lower() not in "mb" else None)


def exact(number: Decimal, power: int = 0) -> Decimal:
    """A number times a power of ten, without an exponent and without new zeros."""
    if not power:
        return number
    scaled: Decimal = number * 10**power
    whole = scaled.to_integral_value()
    return whole if scaled == whole else scaled.normalize()


AMBIGUOUS = "ambiguous"
"""What `read_number` returns for digits that can be read in two ways."""


def _is_grouped(groups: list[str], separator: str) -> bool:
    """Whether digits are grouped by thousands, or by lakhs and crores."""
    first, *middle, last = groups
    if len(last) != 3 or first.startswith("0"):
        return False
    western = 1 <= len(first) <= 3 and all(len(group) == 3 for group in middle)
    indian = separator == "," and 1 <= len(first) <= 2 and all(len(g) == 2 for g in middle)
    return western or indian


def read_number(digits: str, places: int, *, scaled: bool = False) -> Decimal | str | None:
    """Read digits with their separators.

    Args:
        digits: What `NUMBER` matched.
        places: How many decimal places are usual for what is counted: the minor unit of a
            currency, 0 for people, 3 when that is not known.
        scaled: Whether a scale word follows, which makes any number of places possible.

    Returns:
        The number; ``AMBIGUOUS`` when the last separator can be read in two ways; ``None``
        when this is no number, such as a date or a code.
    """
    if sum(mark.isdigit() for mark in digits) > _MAX_DIGITS:
        return None
    marks = [mark for mark in digits if not mark.isdigit()]
    parts = re.split(r"[ .,'٫]", digits)
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    whole = Decimal("".join(parts))
    decimal = Decimal("".join(parts[:-1]) + "." + parts[-1])
    if len(set(marks)) == 1 and (len(marks) > 1 or last in " '"):
        return whole if last != "٫" and _is_grouped(parts, last) else None
    if len(marks) > 1:
        return _mixed(parts, marks, decimal, places, scaled=scaled)
    if last == "٫" or len(parts[1]) != 3 or parts[0] == "0":
        return decimal
    can_group, can_be_decimal = _is_grouped(parts, last), scaled or places >= 3
    if can_group == can_be_decimal:
        return AMBIGUOUS
    return whole if can_group else decimal


def _mixed(
    parts: list[str], marks: list[str], decimal: Decimal, places: int, *, scaled: bool
) -> Decimal | str | None:
    """A number with marks of thousands and, last and different, a decimal mark."""
    *groups, last = marks
    if len(set(groups)) != 1 or last in groups or last in " '" or groups[0] == "٫":
        return None
    if not _is_grouped(parts[:-1], groups[0]):
        return None
    if len(parts[-1]) == 3 and places < 3 and not scaled and last != "٫":
        return AMBIGUOUS
    return decimal
