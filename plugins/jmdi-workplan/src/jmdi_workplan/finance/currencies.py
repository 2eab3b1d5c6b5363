"""What a currency sign can mean: codes, symbols, names, and the country that decides.

Codes and minor units are those of ISO 4217, the tender of a country that of CLDR (see
tools/make_currencies.py). A sign that several currencies share is read only where the
country decides; else it stays ambiguous, with the currencies it can mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from attrs import frozen

from jmdi.words.folding import Folded
from jmdi_workplan.data import table
from jmdi_workplan.words.lexicon import words_of
from jmdi_workplan.words.numerals import word_set

__all__ = [
    "Sign",
    "decimal_mark",
    "minor_unit",
    "of_a_country",
    "read_sign",
    "sign_pattern",
    "tenders",
]


_WORDS_TOO = word_set(
    "ALL AMD ANG ARS BAM BOB COP CUP ERN GEL LAK MAD MOP MUR NAD NIO PEN RON SAR SOS TOP TRY WST"
)
"""Codes that are words of a language when they are not in capitals."""

_NEVER_BEFORE = word_set("ALL AMD CUP MOP PEN SOS TOP TRY")
"""Codes that are words even in capitals: before a figure they need their country."""

_POINT = word_set("BHD IQD JOD KWD OMR")
"""Currencies of three decimals whose countries write 120,000 for thousands."""

_IGNORED = {("HT", "$")}
"""Signs that the tender of a country does not settle: a Haitian dollar is five gourdes."""

ANYWHERE, IN_HEADS = "anywhere", "its country or a head"
"""Where a sign is one, in the table of them; else only where the country uses the currency."""


@frozen
class Sign:
    """What a sign was read as.

    Attributes:
        currency: ISO 4217 code; ``None`` when the sign is ambiguous.
        candidates: What an ambiguous sign can mean.
        note: How the country decided, where it did.
    """

    currency: str | None
    candidates: tuple[str, ...] = ()
    note: str | None = None

    @property
    def places(self) -> int:
        """The most decimal places that any of its currencies has."""
        codes = (self.currency,) if self.currency else self.candidates
        return max((minor_unit(code) for code in codes), default=3)


@cache
def _signs() -> Mapping[str, tuple[str, ...]]:
    """What each sign, abbreviation and name can mean; a blank is written ``_``."""
    named = {name.word.replace(" ", "_"): (name.meaning,) for name in words_of("currency")}
    rows = [row for row in table("currency_signs.csv") if row["where"] == ANYWHERE]
    typed = {sign: _codes(row) for row in rows for sign in row["signs"].split()}
    return {Folded.of(sign).low: codes for sign, codes in (named | typed).items()}


@cache
def _signs_of_countries() -> Mapping[str, tuple[tuple[str, ...], bool]]:
    """The same of signs that are one in their countries only, and in this case.

    With each is said whether the head of a column of money says it without a country, too.
    """
    rows = [row for row in table("currency_signs.csv") if row["where"] != ANYWHERE]
    return {
        sign: (_codes(row), row["where"] == IN_HEADS)
        for row in rows
        for sign in row["signs"].split()
    }


def _codes(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row["currencies"].split())


@cache
def _minor_units() -> Mapping[str, int]:
    return {row["code"]: int(row["minor_unit"]) for row in table("currencies.csv")}


@cache
def _tenders() -> Mapping[str, tuple[str, ...]]:
    rows = table("country_currencies.csv")
    return {row["country"]: tuple(row["currencies"].split(";")) for row in rows}


def minor_unit(code: str) -> int:
    """How many decimal places a currency has; 2 for a code that is not known."""
    return _minor_units().get(code, 2)


def decimal_mark(code: str | None) -> str | None:
    """The sign before the three decimals of a currency, where its countries all write the same."""
    return "." if code in _POINT else None


def tenders(country: str | None) -> tuple[str, ...]:
    """The currencies of a country (ISO 3166-1 alpha-2), the main one first; none if unknown."""
    return _tenders().get((country or "").upper(), ())


def _shared(typed: str, candidates: tuple[str, ...], country: str | None) -> Sign:
    """A sign of several currencies, settled by the country where only one of them is its own."""
    own = tuple(code for code in tenders(country) if code in candidates)
    country = (country or "").upper()
    if len(own) == 1 and (country, typed) not in _IGNORED:
        return Sign(own[0], note=f"{typed} read as {own[0]}, the currency of {country}")
    return Sign(None, own or candidates)


def read_sign(
    typed: str, country: str | None, *, before: bool = False, head: bool = False
) -> Sign | None:
    """What a sign means in a country.

    Args:
        typed: The sign, without accents, with its case, without a closing full stop.
        country: ISO 3166-1 alpha-2 code of the country that the text is about.
        before: Whether it stands before a figure, where words in capitals may stand too.
        head: Whether it stands in the head of a column.

    Returns:
        Its reading, or ``None`` when it is not a sign of a currency there.
    """
    typed = typed.strip()
    code = typed.upper()
    if typed in _signs_of_countries():
        codes, in_heads = _signs_of_countries()[typed]
        found = _shared(typed, codes, country)
        if found.currency is None and country is None and head and in_heads:
            note = f"{typed} read as {codes[0]}, which alone is written so"
            return Sign(codes[0], note=note)
        if found.currency or typed.lower() not in _signs():
            return found if found.currency else None
    if code in _minor_units() and (typed == code or code not in _WORDS_TOO):
        if before and code in _NEVER_BEFORE and code not in tenders(country):
            return None
        return Sign(code)
    key = re.sub(r" +", "_", typed.lower())
    codes = _signs().get(key) or _signs().get(key.rstrip("."), ())
    if len(codes) < 2:
        return Sign(codes[0]) if codes else None
    return _shared(typed, codes, country)


def of_a_country(typed: str) -> Sign | None:
    """What a capital before an amount can mean where the country is not known: "R1 200 000"."""
    single = len(typed) == 1 and typed.isupper()
    codes, _ = _signs_of_countries().get(typed, ((), False)) if single else ((), False)
    return Sign(None, codes) if codes else None


def _spellings() -> Iterator[str]:
    """All signs as regular expressions that ignore case, but for letters of a country."""
    yield from _signs()
    yield from (sign.lower() for sign in (*_minor_units(), *_signs_of_countries()))


@cache
def sign_pattern() -> re.Pattern[str]:
    """What may be a sign, longest first; `read_sign` says whether it is one."""
    patterns = []
    for sign in sorted(set(_spellings()), key=lambda sign: (-len(sign), sign)):
        inner = re.escape(sign).replace("_", " {1,2}")
        end = r"(?![^\W\d_])" if sign[-1].isalpha() else ""
        patterns.append(f"{inner}{end}")
    return re.compile("|".join(patterns), re.IGNORECASE)
