"""What a place name can mean: countries of ISO 3166-1, subdivisions of ISO 3166-2.

The tables are read on first use. A name may have several readings; choosing among them, or
refusing to, is the work of `places`.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from jmdi.words.folding import first_word, fold
from jmdi_workplan.data import table
from jmdi_workplan.words.lexicon import group, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "first_words",
    "MUNICIPALITY",
    "Reading",
    "after_links",
    "alpha2",
    "common_names",
    "country_codes",
    "country_name",
    "fits_kind",
    "is_division",
    "kind_words",
    "pcode",
    "readings",
    "strip_kind",
    "subdivision_name",
]

MUNICIPALITY = "municipality"
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "las", "los", "l"))
_DIGITS = re.compile(r"\d+\Z")


@frozen
class Reading:
    """One thing that a name can mean.

    Attributes:
        country: ISO 3166-1 alpha-2.
        code: ISO 3166-2, or None for a country or a place that has no code.
        name: The name to show.
        kind: "country", "region", "city", …; "" where the list does not say.
        note: Why there is no code, or "".
        until: The last year in which there was such a place; None for one of today.
    """

    country: str
    code: str | None
    name: str
    kind: str
    note: str = ""
    until: int | None = None


@cache
def country_codes() -> Mapping[str, str]:
    """Return alpha-2 codes by folded name; "" where several countries share the name."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    arabic = {row["code"]: row["names"].split(";") for row in table("countries_ar.csv")}
    for row in table("countries.csv"):
        names = [row["en"], row["fr"], row["es"], *row["other"].split(";")]
        names += arabic.get(row["code"], ())
        for key in (fold(name) for name in names if name):
            if not row["code"]:
                shared.add(key)
            if found.setdefault(key, row["code"]) != row["code"]:
                shared.add(key)
    return MappingProxyType({key: "" if key in shared else code for key, code in found.items()})


def country_names() -> tuple[str, ...]:
    """Return the English, French and Spanish names of all countries."""
    rows = table("countries.csv")
    return tuple(dict.fromkeys(row[name] for row in rows for name in ("en", "fr", "es")))


@cache
def _country_names() -> Mapping[str, str]:
    names = {}
    for row in table("countries.csv"):
        names[row["code"]] = names[row["alpha3"]] = row["en"]
    names.pop("", None)
    return MappingProxyType(names)


def country_name(code: str) -> str | None:
    """Return the English name of an alpha-2 or alpha-3 code in capitals, None if unlisted."""
    return _country_names().get(code)


@cache
def _alpha2() -> Mapping[str, str]:
    rows = [row for row in table("countries.csv") if row["code"]]
    found = {code: row["code"] for row in rows for code in (row["code"], row["alpha3"]) if code}
    return MappingProxyType(found)


def alpha2(code: str) -> str | None:
    """Return the alpha-2 code of an alpha-2 or alpha-3 code in capitals, None if unlisted."""
    return _alpha2().get(code)


@cache
def common_names() -> frozenset[str]:
    """Return names too common to be taken for a place inside a sentence."""
    return frozenset(row["name"] for row in table("common_names.csv"))


def kind_words() -> Mapping[str, str]:
    """Return the kind that each folded type word means: "gouvernorats" → "governorate"."""
    return lexicon("place-kind")


@cache
def _kinds_of_country() -> Mapping[tuple[str, bool], tuple[str, ...]]:
    rules: dict[tuple[str, bool], tuple[str, ...]] = {}
    for row in table("place_kinds.csv"):
        kinds = tuple(row["kinds"].split(";"))
        if row["codes"] != "letters":
            rules[row["country"], True] = kinds
        if row["codes"] != "digits":
            rules[row["country"], False] = kinds
    return MappingProxyType(rules)


def fits_kind(reading: Reading, kind: str) -> bool:
    """Whether a place can be called a region, province, … as typed.

    A Senegalese *département* of Dakar is not the region of that name, a *commune* never is. For
    countries whose kinds are not listed every kind but a municipality fits.
    """
    if reading.kind == "country":
        return False
    if reading.code is None:
        return not reading.kind or reading.kind == kind
    digits = bool(_DIGITS.match(reading.code[3:]))
    listed = _kinds_of_country().get((reading.country, digits))
    if listed is not None:
        return kind in listed
    return kind != MUNICIPALITY


def strip_kind(key: str) -> tuple[tuple[str, ...], str | None]:
    """Split a folded name from its type word.

    Returns:
        The possible names without the type word, and its kind: "departamento de la paz" gives
        ("de la paz", "la paz", "paz") and "department". Without a type word, the name and None.
    """
    words = key.split()
    if len(words) > 2 and words[0] in _ARTICLES and words[1] in kind_words():
        words = words[1:]
    if len(words) < 2:
        return (key,), None
    if words[0] in kind_words():
        return after_links(words[1:]), kind_words()[words[0]]
    if words[-1] in kind_words():
        return (" ".join(words[:-1]),), kind_words()[words[-1]]
    return (key,), None


def after_links(words: Sequence[str]) -> tuple[str, ...]:
    """Return a name with and without the small words before it: "du kef" → ("du kef", "kef")."""
    lengths = range(1, min(4, len(words)))
    linked = [length for length in lengths if " ".join(words[:length]) in group("place", "link")]
    return tuple(" ".join(words[length:]) for length in [0, *linked])


def _all_readings() -> Iterable[tuple[str, Reading]]:
    names: dict[str, str] = {}
    for row in table("subdivisions.csv"):
        names[row["code"]] = row["name"]
        reading = Reading(row["country"], row["code"], row["name"], "")
        key = fold(row["name"])
        yield key, reading
        bare, kind = strip_kind(key)
        if kind not in (None, MUNICIPALITY) and bare[-1] not in common_names():
            yield bare[-1], reading
    for row in table("place_names.csv"):
        for text in row["names"].split(";"):
            code = row["code"] or None
            shown = names.get(row["code"], text)
            kind = "" if code else row["kind"]
            until = int(row["until"]) if row["until"] else None
            yield fold(text), Reading(row["country"], code, shown, kind, row["note"], until)
    for key, code in country_codes().items():
        if code:
            yield key, Reading(code, None, country_name(code) or code, "country")


@cache
def readings() -> Mapping[str, tuple[Reading, ...]]:
    """Return every reading of every folded name, in the order of the tables, none twice."""
    found: dict[str, list[Reading]] = {}
    for key, reading in _all_readings():
        known = found.setdefault(key, [])
        same = (reading.country, reading.code, reading.kind)
        if all(same != (one.country, one.code, one.kind) for one in known):
            known.append(reading)
    return MappingProxyType({key: tuple(known) for key, known in found.items()})


@cache
def first_words() -> frozenset[str]:
    """The words that the names of places begin with."""
    return frozenset(key.partition(" ")[0] for key in readings())


def is_division(name: str) -> bool:
    """Whether a whole name is that of a part of some country that has a code."""
    return first_word(name) in first_words() and any(
        reading.code for reading in readings().get(fold(name), ())
    )


@cache
def _subdivisions() -> Mapping[str, str]:
    return MappingProxyType({row["code"]: row["name"] for row in table("subdivisions.csv")})


def subdivision_name(code: str) -> str | None:
    """Return the name of an ISO 3166-2 code, None if unlisted."""
    return _subdivisions().get(code)


@cache
def _pcodes() -> Mapping[str, Reading]:
    found = {}
    for row in table("pcodes.csv"):
        name = (subdivision_name(row["iso"]) if row["iso"] else None) or row["name"]
        found[row["code"]] = Reading(row["country"], row["iso"] or row["code"], name, "")
    return MappingProxyType(found)


def pcode(words: str) -> Reading | None:
    """Return what a P-code of OCHA names, with its ISO 3166-2 code where there is one."""
    return _pcodes().get(words)
