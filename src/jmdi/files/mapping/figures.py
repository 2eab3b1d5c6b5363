"""Numbers and days as people type them, read only where they can mean one thing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache

from jmdi.model.writing import Refused
from jmdi.words.folding import Folded, fold
from jmdi.words.tables import words_of

__all__ = ["day_of", "number_of"]

# Between digits a blank stands before three: "1 5" and "2015 2016" are two numbers.
_BLANKS = re.compile(r"(?<=\d)[\s'_](?=\d{3}(?!\d))|(?<=^[+-])\s+")
_PLAIN = re.compile(r"[+-]?\d{1,400}(?:\.\d{1,400})?")
# 1.234 and 1,234 are a thousand to some people and a little more than one to others.
_BOTH = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3}){1,100}(?:\.\d{1,400})?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){1,100}(?:,\d{1,400})?"),
}
_COMMA = re.compile(r"[+-]?\d{1,400}(?:,\d{1,400})?")

_TIME = re.compile(r"[\sT,]+\d{1,2}[:.]\d{2}.{0,30}", re.DOTALL)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_THREE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_SMALL = frozenset({"de", "del", "do", "da", "of", "le", "el", "the", "st", "nd", "rd", "th", "er"})


def number_of(text: str, decimal: str | None, units: Iterable[str] = ()) -> str:
    """A number in its plain form: digits, a sign, a point.

    Args:
        text: The words of a cell.
        decimal: The decimal mark; ``None`` if it is not known.
        units: Words beside the number that are taken away.

    Raises:
        Refused: If it is no number, or can be two.
    """
    plain = Folded.of(text).plain.strip()
    for unit in units:
        wanted = Folded.of(unit).plain.strip()
        if wanted and plain.casefold().endswith(wanted.casefold()):
            plain = plain[: len(plain) - len(wanted)].rstrip()
        elif wanted and plain.casefold().startswith(wanted.casefold()):
            plain = plain[len(wanted) :].lstrip()
    plain = _BLANKS.sub("", plain.replace("\u2212", "-"))
    if decimal is None and _BOTH.fullmatch(plain):
        cure = 'say the decimal mark in the mapping: decimal = "." or decimal = ","'
        raise Refused(f"{text!r:.40} can be two numbers", text, cure)
    if decimal != "," and _PLAIN.fullmatch(plain):
        return _tidy(plain)
    for mark, other in ((".", ","), (",", ".")):
        if decimal in (mark, None) and _GROUPED[mark].fullmatch(plain):
            return _tidy(plain.replace(other, "").replace(",", "."))
    if decimal != "." and _COMMA.fullmatch(plain):
        return _tidy(plain.replace(",", "."))
    raise Refused(f"{text!r:.40} is not a number", text)


def _tidy(plain: str) -> str:
    sign = "-" if plain.startswith("-") else ""
    whole, point, rest = plain.lstrip("+-").partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{rest}"


def day_of(text: str, order: str | None) -> tuple[str, bool]:
    """A day, or a month, in ISO form, and whether the words say a time of day besides.

    Args:
        text: The words of a cell.
        order: ``day-first``, ``month-first`` or ``year-first``; ``None`` if it is not known.
            A year of two digits is one from 1969 to 2068, as POSIX has it.

    Raises:
        Refused: If it is no day, or can be two.
    """
    words = Folded.of(text).plain.strip()
    time = _TIME.search(words)
    if time is not None and time.end() == len(words):
        words = words[: time.start()]
    if match := _ISO.fullmatch(words):
        return _day(text, *match.groups()), time is not None
    if match := _THREE.fullmatch(words):
        return _day(text, *_ordered(text, match.groups(), order)), time is not None
    if match := _MONTH.fullmatch(words):
        return _day(text, match[2], match[1], None), False
    return _day(text, *_in_words(text, words)), time is not None


def _ordered(text: str, parts: tuple[str, ...], order: str | None) -> tuple[str, str, str]:
    first, second, last = parts
    if order == "year-first" and len(last) == 2:
        return _year(first), second, last
    if order is None and int(first) != int(second) and int(first) <= 12 and int(second) <= 12:
        cure = 'say the order in the mapping: date = "day-first" or date = "month-first"'
        raise Refused(f"{text!r:.40} can be two days", text, cure)
    month_first = order == "month-first" or (order is None and int(second) > 12)
    day, month = (second, first) if month_first else (first, second)
    return _year(last), month, day


def _in_words(text: str, words: str) -> tuple[str, str, str | None]:
    """Year, month and day of words such as *3 de marzo de 2026* or *March 3, 2026*."""
    tokens = [token for token in map(fold, _WORDS.findall(words)) if token not in _SMALL]
    names = [token for token in tokens if token in _months()]
    numbers = [token for token in tokens if token.isdecimal()]
    years = [number for number in numbers if len(number) == 4] or numbers[1:]
    days = [number for number in numbers if number not in years]
    if len(names) != 1 or len(years) != 1 or len(tokens) != 1 + len(numbers) or len(days) > 1:
        raise Refused(f"{text!r:.40} is not a day", text)
    return _year(years[0]), _months()[names[0]], days[0] if days else None


@cache
def _months() -> dict[str, str]:
    return {fold(word.word): word.meaning for word in words_of("month")}


def _year(digits: str) -> str:
    if len(digits) > 2:
        return digits
    return str(int(digits) + (2000 if int(digits) < 69 else 1900))


def _day(text: str, year: str, month: str, day: str | None) -> str:
    try:
        found = datetime.date(int(year), int(month), int(day or "1"))
    except ValueError:
        raise Refused(f"{text!r:.40} is not a day", text) from None
    return found.isoformat() if day is not None else found.isoformat()[:7]
