"""The words, numbers and marks of a timeline, each with what it can mean in a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from attrs import evolve, frozen

from jmdi.words.folding import Folded, fold
from jmdi.words.placeholders import Missing, placeholder_pattern
from jmdi_workplan.timeline.words import (
    DOTTED_MONTHS,
    FIRST_WORDS,
    FREQUENCIES,
    LONGEST_PHRASE,
    OFTEN,
    WORDS,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Date",
    "Token",
    "are_quarters",
    "of_another_calendar",
    "tokens_of",
]

FIRST_YEAR, LAST_YEAR = 1900, 2060
"""Years that are read; 2072 is rather a year of another calendar."""

_FAR_YEARS = range(LAST_YEAR + 1, 2101)

_TOKEN = re.compile(
    r"""
      (?P<iso>(?<![\d./-])\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?
          (?:z|[+-]\d\d:?\d\d)?)?(?!\d))
    | (?P<isoweek>(?<![\w-])\d{4}-?w\d\d(?!\w))
    | (?P<ymd>(?<![\d./-])\d{4}(?P<s1>[./-])\d{1,2}(?P=s1)\d{1,2}(?!\d))
    | (?P<dmy>(?<![\d./])\d{1,2}(?P<s2>[./-]|[ ]/[ ])\d{1,2}(?P=s2)(?:\d{4}|\d\d)
          (?![\d]|(?P=s2)\d)(?:[ ]\d\d:\d\d(?::\d\d)?)?)
    | (?P<ym>(?<![\d./-])\d{4}[/–-]\d{1,2}(?!\d))
    | (?P<my>(?<![\d./])\d{1,2}[./-]\d{4}(?!\d))
    | (?P<dm>(?<![\d./])\d{1,2}/\d{1,2}(?![\d/]))
    | (?P<time>\d{1,2}(?::|[ ]?h)\d\d(?::\d\d)?(?!\d))
    | (?P<fused>(?:(?<![\w'])|(?<=\d{4}))
          (?:(?P<letter>[qtsh])[ ]?(?P<nth>[1-4])|(?P<nth2>[1-4])(?P<letter2>[qts]))
          (?=\d{4}(?!\d)|(?!\w)))
    | (?P<relative>(?<!\w)[my]\d{1,3}(?!\w))
    | (?P<number>\d{1,3}(?:[ ,.']\d{3})+(?!\d)(?:[.,]\d+)?|\d+\.\d+)
    | (?P<short>(?<!\w)'\d\d(?!\w))
    | (?P<digits>\d+)(?P<suffix>(?:st|nd|rd|th|ers?|eres?|res?|nde?|emes?|es?|ros?|ras?|do|da|to|ta
          |o|a|\.?[º°ª]|\.(?:er|ere|a|o)|ᵉʳ?)(?![\w]))?
    | (?P<dotted>(?:[^\W\d_]\.){2,})
    | (?P<word>[^\W\d_]+'?)
    | (?P<break>[\n;•·▪●■|◦])
    | (?P<mark>\S)
    """,
    re.VERBOSE,
)

_MARKS = {
    ",": "comma",
    ":": "colon",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    "-": "dash",
    "–": "dash",
    "→": "dash",
    "/": "slash",
    "&": "and",
    "+": "and",
    "?": "unsure",
    "~": "approx",
    "≈": "approx",
    "±": "approx",
    ".": "stop",
    "%": "count",
    "$": "money",
    "€": "money",
    "£": "money",
    "₱": "money",
    "¥": "money",
    "₨": "money",
    "₹": "money",
    "₦": "money",
    "#": "word",
}

_PLACEHOLDERS: dict[str, tuple[Missing, ...]] = {
    "unsure": ("to_be_confirmed",),
    "tbd": ("to_be_determined", "not_stated"),
}

_HAS_PARTS = frozenset(("ordinal", "unit", "month", "day", "group", "part", "length", "relative"))
"""What is followed by what it is a part of: "the first quarter of", in Arabic "الربع الأول من"."""

_AND = "و"
_LETTERS = {"q": "quarter", "t": "quarter", "s": "semester", "h": "semester"}


@frozen
class Date:
    """A date in figures.

    Attributes:
        year: The year, when there is one.
        month: The month, when it is known which number it is.
        day: The day.
        either: Day and month in either order, when that is not known.
        short: Whether the year is typed with two digits.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    either: tuple[int, int] | None = None
    short: bool = False


@frozen
class Token:
    """One word, phrase, number or mark.

    Attributes:
        kind: What it does in a date.
        text: As folded.
        start: Where it starts in the folded text.
        end: Where it ends.
        number: Its number: of a day, year, month, quarter or season.
        unit: Its unit: quarter, semester, day, week, …
        date: Its date, when it is one in figures.
    """

    kind: str
    text: str
    start: int
    end: int
    number: int = 0
    unit: str = ""
    date: Date | None = None


_YEARS = frozenset(("year", "faryear", "fardate", "split", "number"))
"""Kinds of tokens that can be years."""


def tokens_of(folded: Folded) -> list[Token]:
    """Every word, number and mark of a text, from left to right."""
    raw = [one for match in _TOKEN.finditer(folded.low) for one in _apart(_raw(match, folded))]
    tokens = list(_phrases(raw, folded))
    for at, token in enumerate(tokens):
        if token.kind == "since or of":
            within = at and tokens[at - 1].kind in _HAS_PARTS
            tokens[at] = evolve(token, kind="of" if within else "since")
    return _without_counts(tokens)


def are_quarters(text: str) -> bool:
    """Whether a text names quarters and nothing else: "Q1-Q3", "T1 et T2"."""
    found = tokens_of(Folded.of(text))
    between = frozenset(("dash", "slash", "comma", "and", "range", "soft"))
    groups = [token for token in found if token.kind not in between]
    return bool(groups) and all(
        token.kind == "group" and token.unit == "quarter" for token in groups
    )


def of_another_calendar(text: str) -> bool:
    """Whether the year of a text is said to be of another calendar: "2016 E.C.", "2080 BS".

    >>> of_another_calendar("Annual work plan 2016 E.C."), of_another_calendar("EC-UNDP 2016")
    (True, False)
    """
    found = tokens_of(Folded.of(text))
    return any(year.kind in _YEARS and mark.kind == "calendar" for year, mark in pairwise(found))


def _apart(token: Token) -> Iterator[Token]:
    """A word, in Arabic without the "and" that is written with it: وسبتمبر is "and September"."""
    if token.kind == "word" and token.text[0] == _AND and token.text not in FIRST_WORDS:
        rest = token.text[1:]
        if rest in FIRST_WORDS:
            yield evolve(token, text=_AND, end=token.start + 1)
            token = evolve(token, text=rest, start=token.start + 1)
    yield token


def _raw(match: re.Match[str], folded: Folded) -> Token:
    """What the pattern found, with its number."""
    kind, text = str(match.lastgroup), match[0]
    token = Token(kind, text, match.start(), match.end())
    if kind == "mark":
        return evolve(token, kind=_MARKS.get(text, "mark"))
    if kind == "fused":
        number = int(match["nth"] or match["nth2"])
        unit = _LETTERS[match["letter"] or match["letter2"]]
        fits = number <= 2 or unit == "quarter"
        return evolve(token, kind="group" if fits else "word", number=number, unit=unit)
    if kind in ("digits", "suffix"):
        return _digits(token, match["digits"], suffixed=match["suffix"] is not None)
    if kind == "short":
        return evolve(token, kind="year", number=2000 + int(text[1:]))
    if kind == "dotted":
        return evolve(token, kind="word", text=text.replace(".", ""))
    if kind in ("iso", "ymd", "dmy", "ym", "my", "dm"):
        return _figures(token)
    return token


def _digits(token: Token, digits: str, *, suffixed: bool) -> Token:
    """A number by what its size allows: a day, a year, or just a number."""
    number = int(digits) if len(digits) <= 4 else 0
    if suffixed:
        return evolve(token, kind="ordinal" if 0 < number <= 31 else "number", number=number)
    if len(digits) <= 2 and 0 < number <= 31:
        return evolve(token, kind="day", number=number)
    if len(digits) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return evolve(token, kind="year", number=number)
    if len(digits) == 4 and number in _FAR_YEARS:
        return evolve(token, kind="faryear", number=number)
    return evolve(token, kind="number", number=number)


def _figures(token: Token) -> Token:
    """A date in figures; a number if they are none, such as 2015-00."""
    parts = [int(part) for part in re.findall(r"\d+", token.text)[:3]]
    date: Date | None = None
    if token.kind in ("iso", "ymd"):
        date = Date(parts[0], parts[1], parts[2])
    elif token.kind == "dmy":
        year = parts[2] if len(re.findall(r"\d+", token.text)[2]) == 4 else 2000 + parts[2]
        date = _day_and_month(parts[0], parts[1], year, short=parts[2] < 100)
    elif token.kind == "dm":
        date = _day_and_month(parts[0], parts[1], None) if token.text != "24/7" else None
    elif token.kind == "my":
        date = Date(parts[1], parts[0]) if 1 <= parts[0] <= 12 else None
    elif token.kind == "ym":
        return _year_and_number(token, *parts)
    if date is None:
        return evolve(token, kind="number")
    if date.year is not None and not FIRST_YEAR <= date.year <= LAST_YEAR:
        return evolve(token, kind="fardate" if date.year in _FAR_YEARS else "number")
    return evolve(token, kind="date", date=date)


def _day_and_month(one: int, other: int, year: int | None, *, short: bool = False) -> Date | None:
    """Day and month in the order that their size shows, if it does."""
    if one == other and 1 <= one <= 12:
        return Date(year, one, one, (one, one), short)
    if 1 <= one <= 12 < other <= 31:
        return Date(year, one, other, (one, other), short)
    if 1 <= other <= 12 < one <= 31:
        return Date(year, other, one, (one, other), short)
    if 1 <= one <= 12 and 1 <= other <= 12:
        return Date(year, None, None, (one, other), short)
    return None


def _year_and_number(token: Token, year: int, number: int) -> Token:
    """``2015-10`` is a month, ``2015/16`` two years, ``2010-11`` either, ``2015-30`` neither."""
    follows = number == (year + 1) % 100
    if year in _FAR_YEARS:
        return evolve(token, kind="fardate")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return evolve(token, kind="number")
    if 1 <= number <= 12:
        date = None if follows else Date(year, number)
        return evolve(token, kind="unclear" if follows else "date", number=year, date=date)
    return evolve(token, kind="split" if follows else "unclear", number=year)


def _phrases(raw: list[Token], folded: Folded) -> Iterator[Token]:
    """The tokens with words and phrases looked up, the longest first."""
    at = 0
    while at < len(raw):
        token = raw[at]
        if often := _often(token, folded):
            yield often
            at = next((n for n in range(at, len(raw)) if raw[n].start >= often.end), len(raw))
            continue
        if token.kind != "word" or token.text == "#":
            yield token
            at += 1
            continue
        if placeholder := _placeholder(raw, at, folded):
            yield placeholder
            at = next((n for n in range(at, len(raw)) if raw[n].start >= placeholder.end), len(raw))
            continue
        count = 0
        while count < LONGEST_PHRASE and at + count < len(raw):
            if raw[at + count].kind != "word":
                break
            count += 1
        found = next((n for n in range(count, 0, -1) if _phrase(raw, at, n) in WORDS), 0)
        last = raw[at + max(found, 1) - 1]
        yield _meant(raw, at, found, folded)
        at += max(found, 1)
        dot = raw[at] if at < len(raw) else None
        if dot and dot.kind == "stop" and dot.start == last.end and _shortens(last.text):
            at += 1


def _often(token: Token, folded: Folded) -> Token | None:
    """A frequency with a figure or hyphen in it: "2 times a year", "half-yearly"."""
    match = OFTEN.match(folded.low, token.start)
    if match is None:
        return None
    unit = FREQUENCIES[fold(match[0])]
    return Token("each", match[0], match.start(), match.end(), unit=unit)


def _placeholder(raw: list[Token], at: int, folded: Folded) -> Token | None:
    """The words from here on that say that a date is missing or may change."""
    start = raw[at].start
    for kind, meanings in _PLACEHOLDERS.items():
        if match := placeholder_pattern(*meanings).match(folded.low, start):
            return Token(kind, match[0], start, match.end())
    return None


def _phrase(raw: list[Token], at: int, count: int) -> str:
    return " ".join(token.text for token in raw[at : at + count])


def _shortens(word: str) -> bool:
    """Whether a dot after a word may belong to it."""
    return word in DOTTED_MONTHS or (len(word) <= 6 and word in WORDS)


def _meant(raw: list[Token], at: int, count: int, folded: Folded) -> Token:
    """A word or phrase with what it means."""
    token = raw[at]
    after = raw[at + 1].kind if at + 1 < len(raw) else ""
    alone = at == 0 and len(raw) == 2 and after == "year"
    if token.text in DOTTED_MONTHS and (after == "stop" or alone or _in_range(raw, at)):
        return evolve(token, kind="month", number=DOTTED_MONTHS[token.text])
    if token.text == "des" and "è" in folded.words(token.start, token.end).casefold():
        return evolve(token, kind="since")
    if not count:
        return token
    kind, value = WORDS[_phrase(raw, at, count)]
    token = evolve(token, kind=kind, text=_phrase(raw, at, count), end=raw[at + count - 1].end)
    return evolve(token, number=value) if isinstance(value, int) else evolve(token, unit=value)


def _in_range(raw: list[Token], at: int) -> bool:
    """Whether a word is one of several months: "Jul-Set 2024", but not "May - Set up".

    Nor is it in English: "Set to March".
    """
    begins = at + 2 < len(raw) and _joins(raw[at + 1]) and _is_month(raw[at + 2])
    begins = begins and raw[at + 1].text != "to" and (at == 0 or raw[at - 1].kind != "word")
    ends = at >= 2 and _joins(raw[at - 1]) and _is_month(raw[at - 2])
    return begins or (ends and (at + 1 == len(raw) or raw[at + 1].kind != "word"))


def _joins(token: Token) -> bool:
    if token.kind in ("dash", "slash", "comma", "and"):
        return True
    return WORDS.get(token.text, ("",))[0] in ("range", "soft", "and")


def _is_month(token: Token) -> bool:
    return token.text in DOTTED_MONTHS or WORDS.get(token.text, ("",))[0] == "month"


def _without_counts(tokens: list[Token]) -> list[Token]:
    """The tokens, with a number that counts people, things or money as no more than a number."""
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        if token.kind not in ("year", "faryear", "day"):
            continue
        after = tokens[at + 1].kind if at < last else ""
        before = tokens[at - 1].kind if at else ""
        counted = after in ("count", "money") or (after == "length" and token.kind != "day")
        if counted or before == "money":
            tokens[at] = evolve(token, kind="number")
    return tokens
