"""The numbers of a group that count people or organisations, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from attrs import frozen

from jmdi.words.folding import Folded
from jmdi_workplan.audience.terms import LOOSE_NUMBERS, NOT_COUNTED, NOT_SIZED, NUMBER_WORDS
from jmdi_workplan.finance.terms import BEFORE, ENUMERATORS
from jmdi_workplan.finance.tokens import Token, tokens
from jmdi_workplan.words.lexicon import group
from jmdi_workplan.words.numerals import exact, read_number

__all__ = ["Number", "numbers_in"]

_LONGEST_NUMBER = 8
"""Tokens of a number in words."""
_DASHES = frozenset("-–−")
_RANGE_WORDS = frozenset(("to", "a", "al", "and", "et", "y", "e"))


@frozen
class Number:
    """A number of people or organisations in a group.

    Attributes:
        start: Where it begins in the folded text.
        end: Where it ends.
        low: The number, or the lower end of a range.
        high: The upper end of a range.
        loose: Whether the word for it is one for about as many.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None = None
    loose: bool = False


def numbers_in(text: Folded, start: int, end: int) -> Iterator[Number]:
    """The numbers of a group that count people or organisations, left to right."""
    parts = tokens(text, start, end, None)
    i = 0
    while i < len(parts):
        number = _digits(parts, i) if parts[i].kind == "number" else _in_words(parts, i)
        if number is not None:
            yield number
        while number is not None and i + 1 < len(parts) and parts[i + 1].start < number.end:
            i += 1
        i += 1


def _value(parts: Sequence[Token], i: int) -> tuple[Decimal, int] | None:
    """The whole number at token ``i``, and the token behind it and its scale word."""
    scaled = i + 1 < len(parts) and parts[i + 1].kind == "scale"
    power = parts[i + 1].power if scaled else 0
    if power is None:
        return None
    value = read_number(parts[i].text, 0, scaled=power > 0)
    if not isinstance(value, Decimal):
        return None
    value = exact(value, power)
    return (value, i + (2 if scaled else 1)) if value == value.to_integral_value() else None


def _digits(parts: Sequence[Token], i: int) -> Number | None:
    """The number in digits at token ``i``, if it counts people or bodies."""
    first = _value(parts, i)
    if first is None or not _may_count(parts, i):
        return None
    low, after = first
    high = None
    if after + 1 < len(parts) and parts[after + 1].kind == "number":
        joins = parts[after].text in _DASHES or parts[after].text.lower() in _RANGE_WORDS
        second = _value(parts, after + 1) if joins else None
        if second is not None and second[0] > low:
            scale = parts[after + 2].power if second[1] == after + 3 else None
            if scale and parts[i].end == parts[after - 1].end:
                low = exact(low, scale) if exact(low, scale) <= second[0] else low
            high, after = second
    after = _behind_words(parts, after)
    if not _counts(parts, i, after):
        return None
    return Number(parts[i].start, parts[after - 1].end, low, high)


def _behind_words(parts: Sequence[Token], at: int) -> int:
    """The token behind a number again in words, as officials write it: "03 (trois) ateliers"."""
    if at >= len(parts) or parts[at].text != "(":
        return at
    inside = list(takewhile(lambda token: token.text != ")", parts[at + 1 : at + _LONGEST_NUMBER]))
    closed = at + 1 + len(inside)
    said = any(token.text.lower() in NUMBER_WORDS for token in inside)
    plain = all(token.kind in ("word", "scale") or token.text == "-" for token in inside)
    return closed + 1 if said and plain and closed < len(parts) - 1 else at


def _may_count(parts: Sequence[Token], i: int) -> bool:
    """Whether what stands before a number lets it count: not "Region 3", not "COVID-19"."""
    if i == 0:
        return True
    previous = parts[i - 1]
    if previous.kind == "sign":
        return False
    if previous.kind == "word":
        word = previous.text.lower()
        year = re.fullmatch(r"(?:19|20)\d\d", parts[i].text) is not None
        return not (word in ENUMERATORS or word in NOT_SIZED or (year and word in NOT_COUNTED))
    tight = previous.end == parts[i].start
    return not (tight and (previous.text in _DASHES or previous.text in "#/.°") and i > 1)


def _counts(parts: Sequence[Token], i: int, after: int) -> bool:
    """Whether what stands behind a number lets it count: a noun, or nothing after a colon."""
    behind = parts[after] if after < len(parts) else None
    if behind is not None and behind.kind in ("word", "sign"):
        return behind.kind == "word" and behind.text.lower() not in NOT_COUNTED
    if behind is not None and behind.kind in ("number", "code", "scale"):
        return False
    if behind is not None and behind.text in "+×":
        return True
    alone = i == 0 and (behind is None or (behind.text == "(" and _bracketed_count(parts, after)))
    marked = i > 0 and parts[i - 1].text in (":", "=", "(", "~", "≈")
    closed = behind is None or behind.text in "),;.*" or behind.text == "("
    return (alone or marked or _vague_before(parts, i)) and closed


def _bracketed_count(parts: Sequence[Token], opened: int) -> bool:
    """Whether a bracket has a number in digits, as the parts of a sum have: "60 (30 F, 30 M)"."""
    inside = takewhile(lambda token: token.text != ")", parts[opened + 1 :])
    return any(token.kind == "number" for token in inside)


def _vague_before(parts: Sequence[Token], i: int) -> bool:
    """Whether a word such as "about" begins the group before a number."""
    return i > 0 and any(p.search(parts[i - 1].text.lower()) for _, p in BEFORE)


def _in_words(parts: Sequence[Token], i: int) -> Number | None:
    """The number in words at token ``i``: "deux", "a dozen", "une centaine"."""
    word = parts[i].text.lower()
    behind = parts[i + 1] if i + 1 < len(parts) else None
    if parts[i].kind != "word" or behind is None or behind.kind != "word":
        return None
    follower = behind.text.lower()
    if follower in NUMBER_WORDS or follower in LOOSE_NUMBERS or follower in ("cents", "cent"):
        return None
    previous = parts[i - 1] if i else None
    article = previous is not None and previous.text.lower() in ("a", "un", "une", "una", "one")
    if word in LOOSE_NUMBERS and article and previous is not None:
        return Number(previous.start, parts[i].end, Decimal(LOOSE_NUMBERS[word]), loose=True)
    is_noun = follower not in NOT_COUNTED and _may_count(parts, i) and not _links(parts, i)
    if word in NUMBER_WORDS and is_noun and (previous is None or previous.kind != "number"):
        return Number(parts[i].start, parts[i].end, Decimal(NUMBER_WORDS[word]))
    return None


def _links(parts: Sequence[Token], i: int) -> bool:
    """Whether a number in words is a small word of another language: "jovens dos bairros".

    It is none at the beginning, behind another small word or a verb: "capacitar dos grupos".
    """
    small = group("small-word", "of") | group("small-word", "before-place")
    if i == 0 or parts[i].text.lower() not in small or parts[i - 1].kind != "word":
        return False
    before = parts[i - 1].text.lower()
    return before not in small and not before.endswith("r")
