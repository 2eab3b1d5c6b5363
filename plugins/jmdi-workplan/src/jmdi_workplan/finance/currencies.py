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

__all__ = ["Sign", "minor_unit", "read_sign", "sign_pattern", "tenders"]

DOLLARS = (
    "USD",
    "ARS",
    "AUD",
    "BBD",
    "BMD",
    "BND",
    "BSD",
    "BZD",
    "CAD",
    "CLP",
    "COP",
    "CUP",
    "DOP",
    "FJD",
    "GYD",
    "HKD",
    "JMD",
    "KYD",
    "LRD",
    "MXN",
    "NAD",
    "NZD",
    "SBD",
    "SGD",
    "SRD",
    "TTD",
    "TWD",
    "UYU",
    "XCD",
)
POUNDS = ("GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP")
RUPEES = ("INR", "LKR", "MUR", "NPR", "PKR", "SCR")
PESOS = ("ARS", "CLP", "COP", "CUP", "DOP", "MXN", "PHP", "UYU")
DINARS = ("BHD", "DZD", "IQD", "JOD", "KWD", "LYD", "RSD", "TND")
FRANCS = ("BIF", "CDF", "CHF", "DJF", "GNF", "KMF", "RWF", "XAF", "XOF", "XPF")
CFA = ("XOF", "XAF")

_FIXED = {
    "EUR": "€",
    "USD": "us$ usd$ $us $usd u$s u$d us-$ us_$ $_us $_usd usd_$",
    "PHP": "₱",
    "CRC": "₡",
    "DOP": "rd$",
    "BRL": "r$",
    "PEN": "s/. s/",
    "PAB": "b/.",
    "PYG": "₲",
    "NPR": "nrs npr/",
    "INR": "₹",
    "HTG": "gdes",
    "HNL": "lps",
    "TND": "dt d.t.",
    "MXN": "mx$ mex$",
    "COP": "col$",
    "ARS": "ar$",
    "UYU": "$u",
    "CAD": "ca$ can$",
    "AUD": "a$ au$",
    "NZD": "nz$",
    "HKD": "hk$",
    "TWD": "nt$",
    "JMD": "j$",
    "TTD": "tt$",
    "BZD": "bz$",
    "XCD": "ec$",
    "BBD": "bds$",
    "GYD": "g$",
    "SGD": "s$",
    "GBP": "gb£",
    "EGP": "e£",
    "CHF": "sfr",
    "NGN": "₦",
    "GHS": "gh₵ gh¢ ₵ ghc",
    "AOA": "akz",
    "KES": "ksh kshs",
    "UGX": "ugshs ushs",
    "TZS": "tshs tsh",
    "BDT": "৳",
    "VND": "₫",
    "THB": "฿",
    "KHR": "៛",
    "LAK": "₭",
    "MNT": "₮",
    "ILS": "₪",
    "TRY": "₺",
    "UAH": "₴",
    "KZT": "₸",
    "RUB": "₽",
    "GEL": "₾",
    "AZN": "₼",
    "AFN": "؋",
    "PLN": "zł",
}
_FIXED_OF = {sign: code for code, signs in _FIXED.items() for sign in signs.split()}
_FIXED_OF |= {
    Folded.of(name.word).low.replace(" ", "_"): name.meaning for name in words_of("currency")
}
"""The currency of each sign, abbreviation and name that means one only; ``_`` is a blank."""

_SHARED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("$", "dollar", "dollars", "dolar", "dolares", "دولار", "دولارات"), DOLLARS),
    **dict.fromkeys(("£",), POUNDS),
    **dict.fromkeys(("rs", "₨", "रू", "रु", "rupee", "rupees", "roupies", "rupias"), RUPEES),
    **dict.fromkeys(("peso", "pesos"), PESOS),
    **dict.fromkeys(
        ("dinar", "dinars", "dinares", "دينار", "بالدينار", "دنانير", "الدنانير"), DINARS
    ),
    **dict.fromkeys(
        ("dh", "dhs", "dirham", "dirhams", "درهم", "بالدرهم", "دراهم", "الدراهم"), ("MAD", "AED")
    ),
    **dict.fromkeys(("franc", "francs", "francos"), FRANCS),
    **dict.fromkeys(
        (
            "fcfa",
            "cfa",
            "f_cfa",
            "f.cfa",
            "cfaf",
            "franc_cfa",
            "francs_cfa",
            "cfa_francs",
            "franco_cfa",
            "francos_cfa",
            "f.cfa.",
        ),
        CFA,
    ),
    **dict.fromkeys(("shilling", "shillings"), ("KES", "SOS", "TZS", "UGX")),
    **dict.fromkeys(("colones",), ("CRC", "SVC")),
    "¥": ("JPY", "CNY"),
    "₩": ("KRW", "KPW"),
    **dict.fromkeys(("جنيه", "جنيها", "جنيهات"), POUNDS),
    **dict.fromkeys(("ليرة", "ليره", "ليرات"), ("LBP", "SYP", "TRY")),
    **dict.fromkeys(("ريال", "ريالا"), ("SAR", "YER", "QAR", "OMR", "IRR")),
    "c$": ("NIO", "CAD"),
    "bs": ("BOB", "VES"),
    **dict.fromkeys(("leu", "lei"), ("MDL", "RON")),
    "kr": ("DKK", "ISK", "NOK", "SEK"),
}

_ONLY_WITH_COUNTRY: Mapping[str, tuple[str, ...]] = {
    "Q": ("GTQ",),
    "P": ("PHP", "BWP"),
    "L": ("HNL",),
    "F": ("XOF", "XAF", "RWF", "BIF"),
    "DA": ("DZD",),
    "D": ("GMD", "TND"),
    "N": ("NGN",),
    "LE": ("EGP",),
    "L.E.": ("EGP",),
    "LL": ("LBP",),
    "L.L.": ("LBP",),
    "R": ("ZAR",),
    "Gs": ("PYG",),
    "G": ("HTG", "PYG"),
    "UM": ("MRU",),
    "Le": ("SLE",),
    "MT": ("MZN",),
    "MTn": ("MZN",),
    "Mt": ("MZN",),
    "Mts": ("MZN",),
    "escudo": ("CVE",),
    "escudos": ("CVE",),
    "د": DINARS,
    "JD": ("JOD",),
    "JDs": ("JOD",),
    "Kz": ("AOA",),
    "Db": ("STN",),
    "Tk": ("BDT",),
    "Br": ("ETB", "BYN"),
    "Ft": ("HUF",),
    "Fr": ("CHF",),
    "FG": ("GNF",),
    "Ar": ("MGA",),
    "Sh": ("KES", "TZS", "UGX", "SOS"),
    "gourdes": ("HTG",),
    "guaranies": ("PYG",),
    "soles": ("PEN",),
}
"""Letters and words that are a sign only in the countries that use them, and in this case."""

_IN_HEADS = word_set("Q Gs MT MTn Mt Mts Kz Db Tk JD JDs guaranies gourdes")
"""Of these, those that the head of a column of money says without its country, too."""

_WORDS_TOO = word_set(
    "ALL AMD ANG ARS BAM BOB COP CUP ERN GEL LAK MAD MOP MUR NAD NIO PEN RON SAR SOS TOP TRY WST"
)
"""Codes that are words of a language when they are not in capitals."""

_NEVER_BEFORE = word_set("ALL AMD CUP MOP PEN SOS TOP TRY")
"""Codes that are words even in capitals: before a figure they need their country."""

_IGNORED = {("HT", "$")}
"""Signs that the tender of a country does not settle: a Haitian dollar is five gourdes."""


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
def _minor_units() -> Mapping[str, int]:
    return {row["code"]: int(row["minor_unit"]) for row in table("currencies.csv")}


@cache
def _tenders() -> Mapping[str, tuple[str, ...]]:
    rows = table("country_currencies.csv")
    return {row["country"]: tuple(row["currencies"].split(";")) for row in rows}


def minor_unit(code: str) -> int:
    """How many decimal places a currency has; 2 for a code that is not known."""
    return _minor_units().get(code, 2)


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
    if typed in _ONLY_WITH_COUNTRY:
        found = _shared(typed, _ONLY_WITH_COUNTRY[typed], country)
        if found.currency is None and country is None and head and typed in _IN_HEADS:
            (only,) = _ONLY_WITH_COUNTRY[typed]
            return Sign(only, note=f"{typed} read as {only}, which alone is written so")
        return found if found.currency else None
    if code in _minor_units() and (typed == code or code not in _WORDS_TOO):
        if before and code in _NEVER_BEFORE and code not in tenders(country):
            return None
        return Sign(code)
    key = re.sub(r" +", "_", typed.lower())
    key = key if key in _FIXED_OF or key in _SHARED else key.rstrip(".")
    if key in _FIXED_OF:
        return Sign(_FIXED_OF[key])
    return _shared(typed, _SHARED[key], country) if key in _SHARED else None


def _spellings() -> Iterator[str]:
    """All signs as regular expressions that ignore case, but for letters of a country."""
    for sign in (*_FIXED_OF, *_SHARED):
        yield sign
    for code in _minor_units():
        yield code.lower()
    for sign in _ONLY_WITH_COUNTRY:
        yield sign.lower()


@cache
def sign_pattern() -> re.Pattern[str]:
    """What may be a sign, longest first; `read_sign` says whether it is one."""
    patterns = []
    for sign in sorted(set(_spellings()), key=lambda sign: (-len(sign), sign)):
        inner = re.escape(sign).replace("_", " {1,2}")
        end = r"(?![^\W\d_])" if sign[-1].isalpha() else ""
        patterns.append(f"{inner}{end}")
    return re.compile("|".join(patterns), re.IGNORECASE)
