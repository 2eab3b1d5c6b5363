"""Numbers as people type them, and the words for thousands and more.

Reading is exact or refused: a separator that can be a decimal mark as well as a mark of
thousands is not guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jmdi_workplan.words.lexicon import lexicon

__all__ = ["AMBIGUOUS", "NUMBER", "SCALE", "exact", "read_number", "scale_of", "word_set"]

# More digits are a telephone or account number, not an amount.
_MAX_DIGITS = 15

NUMBER = re.compile(
    r"(?<!\$)\d{1,3}(?:[. ]?\d{3})*\$\d\d(?!\d)|"
    r"\d{1,3}(?: \d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,'٫]\d+)*"
)
"""A number in folded text, its separators included; escudos have theirs before cents: 1.500$00."""

ESCUDOS = str.maketrans({".": None, " ": None, "$": "."})

_LETTERS = {"k": 3, "mm": 6, "M": 6, "MM": 6, "B": 9}
"""Letters for thousands and more. A small "m" or "b" can mean several, so it has no number."""

_WORDS = {word: int(power) for word, power in lexicon("scale").items()}

SCALE = re.compile(
    rf" {{0,2}}(?:(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))}|mm|m|k|b)"
    r"(?![^\W\d_])\.?|(?P<joined>mm|m|k)"
    r"(?=f ?cfa|usd|eur|us\$|xof|xaf|php|mad|tnd|(?:dhs?|dt|da)(?!\w)|[$€£₱]))"
    r"(?: {0,2}(?:de |d'|of ))?",
    re.IGNORECASE,
)
"""A scale word after a number, with the word that joins it to a currency."""


def word_set(words: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(words.split())


def scale_of(match: re.Match[str]) -> int | None:
    """The power of ten of a scale word; ``None`` when the letter can mean several."""
    word = match["word"] or match["joined"]
    if word in ("MD", "mD"):
        return None  # in Tunisia millions or thousands of dinars, and no "Md", milliards
    of = match[0].lower().rstrip()
    if word.lower() in ("billion", "billions") and of.endswith((" de", " d'")):
        return None  # French "billion" is a million millions; few who type it mean that
    return _LETTERS.get(word, _LETTERS.get(word.lower(), _WORDS.get(word.lower())))


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


def read_number(
    digits: str, places: int, *, scaled: bool = False, mark: str | None = None
) -> Decimal | str | None:
    """Read digits with their separators.

    Args:
        digits: What `NUMBER` matched.
        places: How many decimal places are usual for what is counted: the minor unit of a
            currency, 0 for people, 3 when that is not known.
        scaled: Whether a scale word follows, which makes any number of places possible.
        mark: The sign before decimals, where other figures show it.

    Returns:
        The number; ``AMBIGUOUS`` when the last separator can be read in two ways; ``None``
        when this is no number, such as a date or a code.
    """
    if sum(mark.isdigit() for mark in digits) > _MAX_DIGITS:
        return None
    if "$" in digits:
        return Decimal(digits.translate(ESCUDOS))
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
        return _mixed(parts, marks, decimal, places, scaled=scaled or last == mark)
    if last == "٫" or len(parts[1]) != 3 or parts[0] == "0":
        return decimal
    can_group, can_be_decimal = _is_grouped(parts, last), scaled or places >= 3
    if can_group and can_be_decimal and mark is not None:
        return decimal if last == mark else whole
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
