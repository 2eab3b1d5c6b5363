"""Numbers, dates and money as a language writes them."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from jmdi import Money, Period
from jmdi.panels import Country, Range

__all__ = ["Localised", "bounded", "country_names", "interval"]

ARABIC = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
PART = re.compile(
    r"(?P<year>-?\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d).*)?)?)?"
)
OWN_USE = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")
"""Codes that ISO 3166-1 leaves to its users, but XK, which all use for one country; the names
that babel has for them are those of tests."""
VAGUE = "?~%XuU"
QUARTERS = {"33": 1, "34": 2, "35": 3, "36": 4}
GROUPS = {"37": (1, 4), "38": (5, 8), "39": (9, 12), "40": (1, 6), "41": (7, 12)}
"""First and last month of thirds and halves of a year."""


@attrs.frozen(slots=True)
class Localised:
    """Writes numbers and dates in one language.

    Attributes:
        language: Its code.
        digits: ``latn`` or ``arab``, which counts in Arabic only.
    """

    language: str
    digits: str = "latn"

    @property
    def system(self) -> str:
        """The digits, as babel names them."""
        return "arab" if self.digits == "arab" and self.language == "ar" else "latn"

    def number(self, value: float | Decimal, decimals: int | None = None) -> str:
        """A number; without ``decimals`` with about three digits that count."""
        places = _places(value) if decimals is None else decimals
        if float(value) == int(value) and decimals is None:
            places = 0
        pattern = "#,##0" + ("." + "0" * places if places else "")
        locale = _locale(self.language)
        return self._shown(format_decimal(value, pattern, locale, numbering_system=self.system))

    def percent(self, value: float | Decimal, decimals: int | None = None) -> str:
        """A share as a percentage."""
        places = _share_places(value) if decimals is None else decimals
        locale = _locale(self.language)
        plain = str(locale.percent_formats[None].pattern)
        pattern = plain.replace("#,##0", "#,##0" + ("." + "0" * places if places else ""), 1)
        return self._shown(format_percent(value, pattern, locale, numbering_system=self.system))

    def day(self, value: datetime.date) -> str:
        """A day, such as *15 Jun 2015*."""
        return self._shown(_day(self.language, value))

    def dates(self, edtf: str) -> str:
        """A date of EDTF in words, its interval or set part by part; a question mark if unsure."""
        if edtf.startswith(("[", "{")):
            return ", ".join(map(self.dates, edtf.strip("[]{}").replace("..", "/").split(",")))
        ends = [self._end(part) for part in edtf.split("/")]
        return " – ".join(dict.fromkeys(ends))

    def _end(self, part: str) -> str:
        if part in ("", ".."):
            return "…"
        plain = part.strip(VAGUE)
        found = PART.fullmatch(plain)
        if found is None:
            return self._shown(part)
        year, month, day = int(found["year"]), found["month"], found["day"]
        unsure = "?" if plain != part else ""
        if not month:
            text = f"{year}"
        elif month in QUARTERS:
            text = _quarter(self.language, year, QUARTERS[month])
        elif month in GROUPS:
            text = " – ".join(_month(self.language, year, m) for m in GROUPS[month])
        elif not 1 <= int(month) <= 12:
            text = plain
        elif day:
            try:
                text = _day(self.language, datetime.date(year, int(month), int(day)))
                text += f", {found['time']}" if found["time"] else ""
            except ValueError:
                text = part
        else:
            text = _month(self.language, year, int(month))
        return self._shown(text) + unsure

    def period(self, period: Period | None) -> str:
        """A period in words; empty if it has no date."""
        if period is None:
            return ""
        if period.edtf is None:
            return period.words or ""
        season = re.search(r"-(2[1-9]|3[0-2])\b", period.edtf)
        return period.words or period.edtf if season else self.dates(period.edtf)

    def money(self, money: Money) -> str:
        """An amount as it is known; empty if there is none."""
        if money.amount is None:
            return ""
        text = self.number(money.amount)
        if money.upper is not None:
            text += f" – {self.number(money.upper)}"
        about = {"approximate": "≈ ", "at_most": "≤ ", "at_least": "≥ "}.get(
            money.qualifier or "", ""
        )
        currency = money.currency or "/".join(money.candidates) or ""
        return f"{about}{text} {currency}".strip()

    def country(self, code: str) -> str:
        """The name of a country; its code if it is not known or free for anybody's own use."""
        if OWN_USE.fullmatch(code):
            return code
        name = _locale(self.language).territories.get(code)
        return str(name) if name else code

    def _shown(self, text: str) -> str:
        return text.translate(ARABIC) if self.system == "arab" else text


@functools.cache
def _locale(language: str) -> Any:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@functools.lru_cache(4096)
def _day(language: str, day: datetime.date) -> str:
    return str(format_date(day, "d MMM y", _locale(language)))


@functools.lru_cache(4096)
def _month(language: str, year: int, month: int) -> str:
    return str(format_skeleton("yMMM", datetime.date(year, month, 1), locale=_locale(language)))


@functools.lru_cache(1024)
def _quarter(language: str, year: int, quarter: int) -> str:
    day = datetime.date(year, 3 * quarter - 2, 1)
    return str(format_skeleton("yQQQ", day, locale=_locale(language)))


def _places(value: float | Decimal) -> int:
    """How many decimals show about three digits that count."""
    size = abs(float(value))
    if size >= 100 or size == 0:
        return 0
    if size >= 10:
        return 1
    return 2 if size >= 0.1 else 4


def _share_places(value: float | Decimal) -> int:
    percent = abs(float(value)) * 100
    return 0 if percent >= 10 or percent in (0, 1, 2, 5) else 1


def country_names(country: Country, languages: Iterable[str]) -> Mapping[str, str]:
    """The names of a country by language; its own where its code is free for anybody's use."""
    if OWN_USE.fullmatch(country.code):
        return country
    found = ((one, _locale(one).territories.get(country.code)) for one in languages)
    return {**country, **{language: str(name) for language, name in found if name}}


def bounded(found: Range | None, write: Callable[[Any], str]) -> str:
    """A number with its bounds, or what is known of it; empty if nothing is."""
    if found is None:
        return ""
    ends = interval(found.low, found.high, write)
    if found.value is None:
        return ends
    value = write(found.value)
    return f"{value} [{ends}]" if ends not in ("", value) else value


def interval(low: Any, high: Any, write: Callable[[Any], str]) -> str:
    """Two bounds; where one is not known, a sign says on which side it is open."""
    if low is not None and high is not None:
        return " – ".join(dict.fromkeys((write(low), write(high))))
    if low is not None:
        return f"≥ {write(low)}"
    return "" if high is None else f"≤ {write(high)}"
