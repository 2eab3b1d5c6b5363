"""One place name: what it means, or that it means several things or none.

Names are compared whole, after folding case, accents and punctuation, with or without a type word
(Region, Gouvernorat de, Departamento de, …). Nothing is matched by likeness: a misspelt name stays
words, and a name with two readings stays words and says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from jmdi.words.folding import as_typed, fold
from jmdi.words.placeholders import whole
from jmdi_workplan.places.gazetteer import (
    MUNICIPALITY,
    Reading,
    after_links,
    alpha2,
    common_names,
    country_codes,
    country_name,
    fits_kind,
    pcode,
    readings,
    strip_kind,
    subdivision_name,
)
from jmdi_workplan.words.lexicon import group

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PlaceMention", "find_country", "plain_words", "resolve"]

# A longer text is no name: official names of countries have fewer than 60 letters.
LONGEST_NAME = 120
_ISO_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}\Z")
NUMERAL = r"(?:[IVX]{1,5}|\d{1,2})(?:\s?[-‑–]?\s?[AB])?"
"""A numeral of a region: "XI", "IV-A", "4B"."""

_NUMBERED = re.compile(r"(?:region|province) (?:no )?(?:[ivx]+|\d+)\b")
_TURNED = re.compile(r"(?P<name>[^(),]+?)(?: ?\(|, ?)(?P<after>(?:the\b)?[^(),]{0,60}?)\)?")


@frozen
class PlaceMention:
    """One place of a text.

    Attributes:
        words: The words as typed, on one line.
        country: ISO 3166-1 alpha-2 of the place, None if unknown.
        code: ISO 3166-2, else the P-code that was typed; None for a whole country or where no code
            follows from the words.
        name: The listed name, or the words.
        rule: None for a plain match or plain words; otherwise how it was read: "unique" (no country
            known, the only listed place of that name), "nationwide", "online", "unstated",
            "municipality", "ambiguous: …", "elsewhere: …" (listed in other countries only),
            "no-code: …" (known place without a current code), "common word".
    """

    words: str
    country: str | None
    code: str | None
    name: str
    rule: str | None = None

    @property
    def known(self) -> bool:
        """Whether the words were found in a list: a code, a country or a rule."""
        return self.rule is not None or self.country is not None


def find_country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country name or code; None if unknown or shared.

    >>> find_country("República del Ecuador"), find_country("SEN"), find_country("Phillipines")
    ('EC', 'SN', None)
    """
    words = text.strip()
    if len(words) > LONGEST_NAME:
        return None
    if words.isalpha() and words.isupper() and len(words) in (2, 3):
        code = alpha2(words)
        if code is not None:
            return code
    for key in _country_keys(words):
        if key in country_codes():
            return country_codes()[key] or None
    return None


def _country_keys(words: str) -> Iterable[str]:
    """The ways a list may write a name: "Korea (the Republic of)", "Bahamas, the"."""
    key = fold(words)
    yield key
    turned = _TURNED.fullmatch(words)
    if turned:
        before = fold(turned["after"]).removeprefix("the").strip()
        yield f"{before} {fold(turned['name'])}".strip()
    yield key.removeprefix("the ")
    yield _plain(key)
    if key.startswith("saint "):
        yield "st" + key.removeprefix("saint")


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    """A folded name without the formal words before it: "people s republic of bangladesh"."""
    words = key.split()
    nouns, others = group("state", "noun"), group("state", "word") | group("small-word", "of")
    at, noun = 0, -1
    while at < len(words) - 1 and (words[at] in nouns or words[at] in others):
        noun = at if words[at] in nouns else noun
        at += 1
    linked = noun >= 0 and (not key.isascii() or not others.isdisjoint(words[noun + 1 : at]))
    return " ".join(words[at:]) if linked else key


def plain_words(words: str) -> PlaceMention:
    """Return a mention that is words and nothing more."""
    return PlaceMention(words, None, None, words)


def resolve(
    words: str, country: str | None, kind: str | None = None, year: int | None = None
) -> PlaceMention | None:
    """Read one name; None if no list knows it.

    Args:
        words: The name as typed, with or without a type word.
        country: The country to look in first.
        kind: The type word of the list that the name stands in.
        year: The year that is spoken of, in which a name is of no place that was abolished before.
    """
    words = as_typed(words)
    key = fold(words)
    if not key or len(words) > LONGEST_NAME:
        return None
    if whole(words):
        return PlaceMention(words, None, None, words, "unstated")
    for rule in ("nationwide", "online"):
        if key in group("place", rule):
            at = country if rule == "nationwide" else None
            name = country_name(at) if at else None
            return PlaceMention(words, at, None, name or words, rule)
    if _ISO_CODE.match(words) and subdivision_name(words):
        return PlaceMention(words, words[:2], words, subdivision_name(words) or words)
    if (coded := pcode(words)) is not None and country in (None, coded.country):
        return PlaceMention(words, coded.country, coded.code, coded.name)
    options, own_kind = _options(words, key, country, kind)
    if year is not None:
        options = tuple(one for one in options if not one.until or year <= one.until) or options
    if options:
        return _choose(words, key, options, country, own_kind)
    if key in country_codes():
        return PlaceMention(words, None, None, words, "ambiguous: several countries")
    if own_kind == MUNICIPALITY and not set("(,") & set(words):
        return PlaceMention(words, None, None, words, "municipality")
    return _one_of_two(words, key, country)


def _options(
    words: str, key: str, country: str | None, list_kind: str | None
) -> tuple[tuple[Reading, ...], str | None]:
    """Every reading that agrees with the type word, and that type word's kind."""
    names, own = strip_kind(key)
    kind = own or list_kind
    if own is None and list_kind is not None:
        names = after_links(key.split())
    if kind is not None:
        if numbered := _inside(f"{kind} {names[-1]}", country):
            return numbered, kind
    elif re.fullmatch(NUMERAL, words) and (numbered := _inside(f"region {key}", country)):
        return numbered, None
    if _NUMBERED.match(key):
        return _inside(key, country), kind
    options = readings().get(key, ())
    if kind is None:
        return options or readings().get(_plain(key), ()), None
    if own is not None and options:
        return options, kind
    for name in names:
        fitting = tuple(one for one in readings().get(name, ()) if fits_kind(one, kind))
        if fitting:
            return fitting, kind
    return (), kind


def _inside(key: str, country: str | None) -> tuple[Reading, ...]:
    return tuple(one for one in readings().get(key, ()) if one.country == country)


def _choose(
    words: str, key: str, options: Iterable[Reading], country: str | None, kind: str | None
) -> PlaceMention:
    """Take the only reading there is; refuse to choose among several."""
    every = list(options)
    inside = [one for one in every if one.country == country]
    left = inside or every
    if not inside and country is not None and all(one.kind != "country" for one in left):
        codes = " or ".join(one.code or one.country for one in left)
        return PlaceMention(words, None, None, words, f"elsewhere: {codes}")
    lands = {one.country for one in left}
    if len(left) > 1:
        land = left[0].country if len(lands) == 1 else None
        codes = " or ".join(one.code or f"{one.country} ({one.kind})" for one in left)
        return PlaceMention(words, land, None, words, f"ambiguous: {codes}")
    one = left[0]
    if one.kind == "country":
        return PlaceMention(words, one.country, None, one.name)
    if one.code is None:
        return PlaceMention(words, one.country, None, one.name, f"no-code: {one.note}")
    if country is None and kind is None and key in common_names():
        return PlaceMention(words, None, None, words, "common word")
    return PlaceMention(words, one.country, one.code, one.name, None if inside else "unique")


def _one_of_two(words: str, key: str, country: str | None) -> PlaceMention | None:
    """Read a place named twice: "III (Central Luzon)", "Region IV-A CALABARZON"."""
    parts = key.split()
    if not 2 <= len(parts) <= 10 or country is None:
        return None
    typed = re.findall(r"[^\W_]+", words)
    if len(typed) != len(parts):
        return None
    for at in range(1, len(parts)):
        left, right = " ".join(typed[:at]), " ".join(typed[at:])
        first = {one.code for one in _at_home(left, country)}
        both = [one for one in _at_home(right, country) if one.code and one.code in first]
        if len(both) == 1:
            return PlaceMention(words, country, both[0].code, both[0].name)
    return None


def _at_home(words: str, country: str) -> list[Reading]:
    options, _ = _options(words, fold(words), country, None)
    return [one for one in options if one.country == country]
