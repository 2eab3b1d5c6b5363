"""Text, languages, dates and numbers as IATI files have them, read without guessing."""

from __future__ import annotations

import datetime
import functools
import html
import re
from decimal import Context, Decimal
from typing import Any

import attrs

from jmdi import Code

__all__ = [
    "EXACT",
    "Day",
    "amount",
    "clean",
    "day",
    "language",
    "percentage",
    "period_edtf",
    "text_of",
    "words_of",
]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UNKNOWN = "und"
EXACT = Context(prec=100)
"""Sums of money keep all their digits."""

_LONG_CODES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "deu": "de",
    "ger": "de",
    "por": "pt",
    "ara": "ar",
    "nld": "nl",
    "dut": "nl",
    "ita": "it",
    "nep": "ne",
    "dan": "da",
    "swe": "sv",
    "nor": "no",
    "fin": "fi",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "jpn": "ja",
    "kor": "ko",
    "english": "en",
    "french": "fr",
    "spanish": "es",
}
TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|ul|ol|li|div|span|a|h[1-6]|td|tr|table)\b[^<>]*/?>", re.IGNORECASE
)
NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})")
GROUPED = re.compile(r"([+-]?\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(\.\d{1,20})?")
ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:?\d\d|T.*)?")
DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|er)?\s+)?([^\W\d]+)\.?,?\s+(\d{4})")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier enero",
            "february feb février fevrier febrero",
            "march mar mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juin junio",
            "july jul juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct octobre octubre",
            "november nov novembre noviembre",
            "december dec décembre decembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
PLAUSIBLE = range(1901, 2061)


def language(code: str | None, default: str) -> str:
    """A language code as jmdi writes it; the default where there is none."""
    return _language(code) or default if code else default


@functools.lru_cache(maxsize=1024)
def _language(code: str) -> str:
    first, dash, rest = code.strip().replace("_", "-").partition("-")
    first = first.lower()
    return _LONG_CODES.get(first, first)[:8] + (f"-{rest[:16]}" if dash and rest else "")


@functools.lru_cache(maxsize=8192)
def _short(text: str) -> str:
    return _clean(text)


def clean(text: str) -> str:
    """Words on one line: doubly escaped entities, tags and odd spaces are resolved."""
    return _short(text) if len(text) < 80 else _clean(text)


def _clean(text: str) -> str:
    if "&" in text or "<" in text or "\u200b" in text:
        text = html.unescape(html.unescape(text)) if "&" in text else text
        text = TAG.sub(" ", text).replace("\u200b", "")
    if text.isprintable() and "  " not in text:  # no other space than single ones
        return text.strip()
    return " ".join(text.split())


def words_of(element: Any) -> str:
    """The words of an element without children, or of all within it."""
    text = element.text if len(element) == 0 else "".join(element.itertext())
    return clean(text) if text else ""


def text_of(element: Any, default: str) -> dict[str, str]:
    """The narratives of an element by language; of several in one language the first.

    An element without narratives but with words of its own, as in 1.x, gives those.
    """
    found: dict[str, str] = {}
    for narrative in element:
        if narrative.tag == "narrative":
            words = narrative.text
            if words and (words := clean(words if len(narrative) == 0 else words_of(narrative))):
                code = narrative.get(XML_LANG)
                found.setdefault(language(code, default) if code else default, words)
    if not found and element.text and (words := clean(element.text)):
        found[language(element.get(XML_LANG), default)] = words
    return found


@attrs.frozen(slots=True)
class Day:
    """A date as read.

    Attributes:
        edtf: In EDTF; ``None`` when it was not understood.
        date: The day, when it is one.
        words: What was typed, when it was not simply the day.
        odd: Whether the year is implausible.
    """

    edtf: str | None = None
    date: datetime.date | None = None
    words: str | None = None
    odd: bool = False


NO_DAY = Day()


@functools.lru_cache(maxsize=8192)
def day(text: str) -> Day:
    """A date: ``xs:date`` with or without zone, or words that can mean only one."""
    text = text.strip()
    if not text:
        return NO_DAY
    if found := ISO_DAY.fullmatch(text):
        return _ymd(int(found[1]), int(found[2]), int(found[3]), text)
    return _spoken(text[:60])


def _ymd(year: int, month: int, number: int, text: str) -> Day:
    try:
        date = datetime.date(year, month, number)
    except ValueError:
        return Day(words=text)
    iso = date.isoformat()
    return Day(iso, date, None if text == iso else text, year not in PLAUSIBLE)


def _spoken(text: str) -> Day:
    """``2010``, ``2010-03``, ``31/12/2010``, ``31 March 2010``, ``March 2010``."""
    if found := re.fullmatch(r"(\d{4})(?:[-/](\d\d))?", text):
        if found[2] and not 1 <= int(found[2]) <= 12:
            return Day(words=text)
        edtf = f"{found[1]}-{found[2]}" if found[2] else found[1]
        return Day(edtf, None, text, int(found[1]) not in PLAUSIBLE)
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        first, second = int(found[1]), int(found[2])
        if first > 12 or first == second:
            return _ymd(int(found[3]), second, first, text)
        return _ymd(int(found[3]), first, second, text) if second > 12 else Day(words=text)
    if found := DAY_FIRST.fullmatch(text):
        return _named(found[3], found[2], found[1], text)
    if found := MONTH_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2], text)
    return Day(words=text)


def _named(year: str, month: str, number: str | None, text: str) -> Day:
    known = MONTHS.get(month.lower())
    if known is None:
        return Day(words=text)
    if number:
        return _ymd(int(year), known, int(number), text)
    return Day(f"{year}-{known:02}", None, text, int(year) not in PLAUSIBLE)


def period_edtf(start: str | None, end: str | None) -> str | None:
    """An interval in EDTF; an end that is not known is empty, never open."""
    if start is None and end is None:
        return None
    return f"{start or ''}/{end or ''}"


def amount(text: str | None) -> tuple[Decimal | None, bool]:
    """A number, and whether thousands separators were left out; ``None`` if it is none."""
    if not text:
        return None, False
    text = text.strip()
    if NUMBER.fullmatch(text):
        return Decimal(text), False
    if found := GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[^\d+-]", "", found[1]) + (found[2] or "")), True
    return None, False


@functools.lru_cache(maxsize=4096)
def percentage(text: str) -> Decimal | None:
    """A percentage as a number; ``None`` if it is none."""
    return amount(text.rstrip("% "))[0]


@functools.lru_cache(maxsize=8192)
def coded(scheme: str, code: str, words: str | None = None) -> Code:
    """A code; the same ones are made once."""
    return Code(scheme, code, words)
