"""What a line without a label says above a plan: whose it is, of which country, place and time.

"Republic of Malawi, Ministry of Homeland Security" names a country and an organisation, "Town Hall
of Naga, 2024" an organisation and a year. An organisation is known by its head noun: the first word
in French, Spanish, Portuguese and Arabic; in English the last one, or that before "of".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

import attrs

from jmdi.words.folding import as_typed, fold
from jmdi_workplan.places.gazetteer import MUNICIPALITY, strip_kind
from jmdi_workplan.places.names import find_country, resolve
from jmdi_workplan.timeline import of_another_calendar, read_timeline
from jmdi_workplan.words.lexicon import group, indefinite, lexicon, words_of

__all__ = [
    "YEARS",
    "Piece",
    "country_of",
    "fold_digits",
    "is_letterhead",
    "is_like_plan",
    "is_organisation",
    "names_plan",
    "office_in",
    "period_in",
    "pieces",
    "territory_of",
]

Kind = Literal["country", "organisation", "territory", "period", ""]

LONGEST = 300
SHORTEST = 4
MOST_WORDS = 16
"""Words of the longest name of an organisation."""

CUT = re.compile(r"\s+[-–—]+\s+|\s*[\n|;؛]\s*|(?<=\w\w\w)\.\s+(?=[^\W\d_a-z])|\s*[()][\s.,–-]*")
"""What ends a part of a line for sure."""

COMMA = re.compile(r"\s*[,،]\s*")
NOT_OF_NAMES = re.compile(r"[:;?!•…]|\d|\.\Z")
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)\d\d(?!\d)|[-–/]\d\d(?!\d))?(?!\d)")
WORD = re.compile(r"(?<![^\s(])[^\s(]")
"""Where a word begins."""

MOST_BEFORE = 7
"""Words before a year that may belong to its period: "from 1 January to 31 December 2017"."""

SPAN = re.compile(r"\d{4}(?:-\d\d)?|\d[^/]*/\d[^/]*")
"""A year, month, quarter or semester, or a span, in EDTF; a day is none."""


@attrs.frozen
class Piece:
    """A part of a line, and what it says as a whole.

    Attributes:
        kind: What it names; "" if it is none of these.
        words: Its words as typed.
    """

    kind: Kind
    words: str


@lru_cache(maxsize=256)
def pieces(line: str) -> tuple[Piece, ...]:
    """The parts of a line: between dashes, bars and sentences, and between commas where one tells.

    A comma ends a part only beside a country, a place or a time, so that "Ministry of Labour,
    Employment and Social Security" is one.
    """
    if len(line) > LONGEST:
        return (Piece("", line),)
    if _is_period(line):
        return (Piece("period", line),)
    if find_country(line):  # "Guatemala, C.A."
        return (Piece("country", line),)
    found: list[Piece] = []
    for part in CUT.split(line):
        found += _at_commas(as_typed(part).strip("*")) if part.strip(" *") else ()
    return tuple(found)


def _at_commas(part: str) -> Iterator[Piece]:
    head, colon, rest = part.partition(":")
    if colon and (names_plan(rest) or is_like_plan(rest)):
        yield Piece(_kind(head.strip()), head.strip())
        yield Piece("", rest.strip())
        return
    between = list(_between(part))
    lands = {land for _, words in between if (land := country_of(words))}
    land = lands.pop() if len(lands) == 1 else None
    parts = [
        (mark, words, _kind(words) or _of_country(mark, words, land)) for mark, words in between
    ]
    waiting = ""
    for mark, words, kind in parts:
        if kind in ("country", "territory", "period"):
            if waiting:
                yield Piece(_kind(waiting), waiting)
            yield Piece(kind, words)
            waiting = ""
        else:
            waiting = f"{waiting}{mark}{words}" if waiting else words
    if waiting:
        yield Piece(_kind(waiting), waiting)


def _of_country(mark: str, words: str, land: str | None) -> Kind:
    """Whether words behind a comma are a part of a country: "Town Hall of Huajuapan, Oaxaca".

    The country that stands in the same line tells which: "Council, Victoria, Australia".
    """
    place = resolve(words, land) if mark and len(words) > SHORTEST else None
    return "territory" if place is not None and place.code is not None else ""


def _between(part: str) -> Iterator[tuple[str, str]]:
    """The words between commas, with the comma before them."""
    mark, reached = "", 0
    for comma in COMMA.finditer(part):
        yield mark, part[reached : comma.start()]
        mark, reached = comma[0], comma.end()
    yield mark, part[reached:]


def is_letterhead(line: str) -> bool:
    """Whether a line only says whose, where or of when something is."""
    return all(piece.kind for piece in pieces(line))


@lru_cache(maxsize=1024)
def _kind(words: str) -> Kind:
    if len(words) < SHORTEST:
        return ""
    if country_of(words):
        return "country"
    if _is_period(words):
        return "period"
    if territory_of(words, None):
        return "territory"
    return "organisation" if is_organisation(words) else ""


def country_of(words: str) -> str | None:
    """The country that words name, with or without "government of" before it."""
    if len(words) < SHORTEST:
        return None
    found = find_country(words)
    key = fold(words).split()
    for name in group("state", "government"):
        first, last = key[: len(name.split())], key[-len(name.split()) :]
        if not found and " ".join(first) == name:
            rest = key[len(first) :]
            while rest and rest[0] in group("small-word", "of") | group("state", "word"):
                rest = rest[1:]
            found = find_country(" ".join(rest)) if rest else None
        elif not found and " ".join(last) == name:
            found = find_country(" ".join(key[: -len(last)]))
    return found


def territory_of(words: str, country: str | None) -> bool:
    """Whether words are a part of a country after its kind: "Province of Iloilo"."""
    names, kind = strip_kind(fold(words))
    if kind is None or kind == MUNICIPALITY or not names:
        return False
    place = resolve(words, country)
    return place is not None and place.code is not None


@cache
def _heads(language: str) -> frozenset[str]:
    """The head nouns of organisations, in English or in the other languages."""
    known = (word for word in words_of("organisation") if word.meaning in ("body", "unit"))
    own = (word for word in words_of("letterhead") if word.meaning not in ("none", "known"))
    english = language == "en"
    found = {fold(word.word) for word in (*known, *own) if (word.language == "en") is english}
    return frozenset(found - _none(language))


@cache
def _none(language: str) -> frozenset[str]:
    """The words that make no name of an organisation, in English or in the other languages."""
    return frozenset(
        fold(word.word)
        for word in words_of("letterhead")
        if word.meaning == "none" and (word.language == "en") is (language == "en")
    )


def is_organisation(words: str) -> bool:
    """Whether words are the name of an organisation."""
    typed = words.split()
    if fold(words) in group("letterhead", "known"):
        return True
    if NOT_OF_NAMES.search(words) or not 1 < len(typed) <= MOST_WORDS or typed[0][:1].islower():
        return False
    return _begins(words) or _ends_in_english(words) or _is_known(typed)


def _begins(words: str) -> bool:
    """Whether the head noun comes first, behind titles of honour: "H. Ayuntamiento de …"."""
    key = fold(words).split()
    while len(key) > 2 and key[0] in group("letterhead-word", "honour"):
        key = key[1:]
    firsts = [" ".join(key[:count]) for count in (3, 2, 1)]
    firsts += [indefinite(one) for one in firsts]
    none = _none("").intersection(firsts)
    return len(key) > 1 and not none and not _heads("").isdisjoint(firsts)


def _ends_in_english(words: str) -> bool:
    """Whether it is an English name: its last word, or that before "of", is the head noun."""
    key = fold(words).split()
    links = group("letterhead-word", "link")
    cut = next((at for at, word in enumerate(key) if at and word in links), len(key))
    lasts = {" ".join(key[max(cut - count, 0) : cut]) for count in (3, 2, 1)}
    if not key or key[0] in lexicon("deed") or lasts & _none("en") or not _is_title_case(words):
        return False
    if cut < len(key):
        return not _heads("en").isdisjoint(lasts)
    alone = _heads("en") - group("letterhead", "body of")
    return not alone.isdisjoint(lasts) and group("letterhead-word", "far").isdisjoint(key)


def _is_title_case(words: str) -> bool:
    """Whether all words but small ones begin with a capital."""
    small = group("letterhead-word", "link") | group("small-word", "filler")
    return all(
        word[:1].isupper() or not word[:1].isalpha() or fold(word) in small
        for word in re.split(r"[\s/]+", words)
    )


def _is_known(typed: list[str]) -> bool:
    """Whether it is an organisation of the world in a country: "UNDP Moldova"."""
    return office_in(" ".join(typed)) is not None


def office_in(words: str) -> str | None:
    """The country of an office of an organisation of the world: "UNDP Moldova"."""
    first, _, rest = words.partition(" ")
    known = first.isupper() and fold(first) in group("payer", "funder")
    return find_country(rest) if known else None


@lru_cache(maxsize=256)
def _is_period(words: str) -> bool:
    """Whether words are a year or span of years or months, and nothing else."""
    year = YEARS.search(fold_digits(words))
    if year is None or ":" in words:
        return False
    before = fold(fold_digits(words)[: year.start()]).split()
    rest = fold_digits(words)[year.end() :].strip(" .")
    if rest or len(before) > MOST_BEFORE:
        return False
    if _calendar(" ".join(before)) <= {"year", "fiscal", "filler"}:
        return True
    found = fold(period_in(words) or "")
    small = fold(words).removesuffix(found).split()
    return bool(found) and group("small-word", "filler").issuperset(small)


def _calendar(words: str) -> set[str]:
    return {lexicon("calendar").get(one, "") for one in fold(words).split()}


def fold_digits(words: str) -> str:
    """A text with the digits of all scripts as 0-9, as long as before."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in words)


def period_in(title: str) -> str | None:
    """The period that a title says, as typed: "2016-2018", "1.º semestre de 2017"."""
    years = list(YEARS.finditer(fold_digits(title[:LONGEST])))
    if not years:
        return None
    if of_another_calendar(title):
        return title[years[0].start() :]
    begin, year = years[0].start(), title[years[0].start() : years[0].end()]
    starts = [match.start() for match in WORD.finditer(title, 0, begin)]
    before = title[starts[-1] : begin] if starts else ""
    if not year.isdigit() and "fiscal" in _calendar(before):
        return before + year  # "FY 2016/17"
    best: str | None = year
    for end in dict.fromkeys((years[0].end(), years[-1].end())):
        whole = _edtf(year)
        for start in reversed(starts[-MOST_BEFORE:]):
            words = title[start:end]
            edtf = "" if "fiscal" in _calendar(words) else _edtf(words)
            if edtf and edtf != whole:
                whole, best = edtf, words if SPAN.fullmatch(edtf) else None
    return best


def _edtf(words: str) -> str:
    return read_timeline(words).edtf or ""


def names_plan(line: str) -> bool:
    """Whether a line calls itself a plan."""
    folded = f" {fold(line)} "
    return any(f" {name} " in folded for name in lexicon("plan-title"))


def is_like_plan(line: str) -> bool:
    """Whether a line has a noun of plans and says of when or of which kind: "Calendar 2018"."""
    words = fold(line).split()
    if len(words) > MOST_WORDS or line.endswith("."):
        return False
    nouns, kinds = group("plan-word", "noun"), group("plan-word", "kind")
    named = any(word in nouns or indefinite(word) in nouns for word in words)
    return named and (bool(YEARS.search(fold_digits(line))) or not kinds.isdisjoint(words))
