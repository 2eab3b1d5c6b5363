"""The unit of bare figures, as the head of their column says it: "in thousand USD", "k€"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from attrs import frozen

from jmdi.words.folding import Folded
from jmdi_workplan.finance.currencies import Sign, read_sign, sign_pattern
from jmdi_workplan.words.lexicon import lexicon
from jmdi_workplan.words.numerals import SCALE, scale_of

__all__ = ["Unit", "unit_of", "without_unit"]

_ZEROS = re.compile(
    r"(?:'|\( ?(?:[^\W\d_]{1,4}|[$€£₱]) ?|\( ?|(?<=\bin )|(?<=\ben )|(?<=\bem )|[x×*] ?)"
    r"(?:1[ .,']?)?000(?P<more>[ .,']?000)?(?:'?s)?(?![.,]?\d)"
)
_POWER = re.compile(r"(?<!\d)10(?: ?\^ ?(?P<typed>[36])|(?P<raised>[³⁶]))")
_RUNS_ON = re.compile(r"[^\W\d_]$")
_LEADS = re.compile(r"(?<![^\W\d_])(?:[kK]|[mM]{1,2}|ب?ال|ب|لل)$")
"""What may stand right before a word: a letter for thousands, an Arabic article."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
_OPENS = re.compile(r"\(\s*\Z")
_ROMAN = frozenset({"CL"})
"""Countries whose accounts say M$ for thousands of pesos, and MM$ for millions."""
_SHORT = 2
"""Scale words up to this length, such as "k" and "mn", count only beside a currency."""


@frozen
class Unit:
    """What figures that name no unit are in.

    Attributes:
        sign: Their currency; ``None`` if it is not said.
        power: Their power of ten: 3 for thousands; ``None`` if the letter can mean several.
        source: Where that is stated.
        mark: The sign before decimals, where other figures of the table show it.
    """

    sign: Sign | None = None
    power: int | None = 0
    source: str = "the head of the column"
    mark: str | None = None


_NO_UNIT = Unit()


@lru_cache(maxsize=256)
def unit_of(header: str, country: str | None = None) -> Unit:
    """The unit that a head states.

    Args:
        header: The head of the column as typed.
        country: ISO 3166-1 alpha-2 code of the country of the plan; it decides what "$" means.

    Returns:
        The currency and the scale that the head names. Of several currencies, none is chosen.
    """
    text = Folded.of(header)
    found = list(_signs(text, country))
    signs = list({sign.currency or sign.candidates: sign for _, _, sign in found}.values())
    codes = tuple(dict.fromkeys(sign.currency for sign in signs if sign.currency))
    if len(codes) > 1:
        signs = [Sign(None, codes)]
    elif codes:
        signs = [sign for sign in signs if sign.currency]
    powers = set(_powers(text, [(start, end) for start, end, _ in found], country))
    return Unit(
        sign=signs[0] if len(signs) == 1 else None,
        power=powers.pop() if len(powers) == 1 else None if powers else 0,
    )


def without_unit(head: str) -> str:
    """A head without the unit behind it in brackets; empty if it names nothing else.

    >>> without_unit("Ministry (€)"), without_unit("US dollars"), without_unit("Own share (20 %)")
    ('Ministry', '', 'Own share (20 %)')
    """
    bare = _ASIDE.sub("", head).strip() if unit_of(head) != _NO_UNIT else head
    return "" if unit_of(bare) != _NO_UNIT else bare


def _signs(text: Folded, country: str | None) -> Iterator[tuple[int, int, Sign]]:
    """The currencies of a head and where they stand; a lone letter must stand in brackets."""
    position = 0
    while match := sign_pattern().search(text.plain, position):
        start, end = match.span()
        position = end
        before, typed = text.plain[:start], match[0]
        if typed[0].isalpha() and _RUNS_ON.search(before) and not _LEADS.search(before):
            position = start + 1
            continue
        closed = text.plain[end:].lstrip(". ").startswith(")")
        bracketed = closed and _OPENS.search(before) is not None
        bracketed = bracketed or (closed and _is_scaled(text.low[:start]))
        bracketed = bracketed or (end == len(text.plain) and start > 0 and typed.isupper())
        if len(typed) == 1 and typed.isalpha() and not bracketed:
            continue
        sign = read_sign(typed, country, before=not bracketed, head=True)
        if sign is not None:
            yield start, end, sign


def _is_scaled(before: str) -> bool:
    """Whether a bracket has opened that says a scale: "(in thousands of"."""
    _, opened, inside = before.rpartition("(")
    return bool(opened) and _scale().search(inside) is not None


def _powers(
    text: Folded, signs: Sequence[tuple[int, int]], country: str | None
) -> Iterator[int | None]:
    """The scales of a head: in words, in letters beside a currency, and in zeros."""
    for match in _scale().finditer(text.low):
        start, end = match.span()
        before = text.plain[:start]
        if _RUNS_ON.search(before) and not _LEADS.search(before):
            continue
        beside = any(not text.plain[min(end, b) : max(start, a)].strip(" ./") for a, b in signs)
        if len(match[0]) > _SHORT or beside:
            yield _power(text.plain[start:end], country)
    for start, _ in signs:
        if joined := re.search(r"(?<![^\W\d_])(?:[kK]|[mM]{1,2})$", text.plain[:start]):
            yield _power(joined[0], country)
    for match in _ZEROS.finditer(text.low):
        yield 6 if match["more"] else 3
    for match in _POWER.finditer(text.typed):
        yield 6 if "6" in match[0] or "⁶" in match[0] else 3


def _power(word: str, country: str | None) -> int | None:
    """The power of ten of a scale word or letter."""
    if word == "M" and country in _ROMAN:
        return 3
    known = lexicon("head-scale").get(word.lower())
    match = SCALE.match(word)
    return int(known) if known else scale_of(match) if match else None


@cache
def _scale() -> re.Pattern[str]:
    """A scale word or letter, which no letter follows."""
    words = sorted({*lexicon("scale"), *lexicon("head-scale"), "k", "m", "mm"}, key=len)
    return re.compile(rf"(?:{'|'.join(map(re.escape, reversed(words)))})(?![^\W\d_])")
