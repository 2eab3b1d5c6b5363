"""Whom an action addresses, who carries it out, who is a partner and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jmdi import Audience
from jmdi.words.folding import fold
from jmdi.words.placeholders import whole
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.words.lexicon import group, lexicon
from jmdi_workplan.words.listed import items
from jmdi_workplan.words.pieces import is_blank

__all__ = ["actors", "audience", "is_acronym"]

ROLES = {"responsible": "implementing", "partner": "partner", "funding-source": "funding"}
"""The role on the action of those whom a column names."""

SPLIT_NAMES = re.compile(r"\s*(?:[;\n]|\s/\s|(?<=\)),(?=\s*[^\W\d_]))\s*")
"""What ends a name for sure: a comma, only behind a bracket."""

ACRONYM = r"[A-Z][A-Za-z-]*[A-Z][A-Z-]*"
ACRONYMS = re.compile(rf"{ACRONYM}(?:\s*(?:[,/&+]|\b(?:and|et|y|e)\b)\s*{ACRONYM})+\.?")
"""Acronyms one after the other: "IOM, UNDP", "DOLE/OWWA"."""

SPLIT_LIST = re.compile(r"\s*[,،]\s*(?:(?:and|et|y|e)\s+)?|\s+(?:and|et|y|e)\s+|\s+و(?=\S{3})")
SPLIT_ACRONYMS = re.compile(r"\s*(?:[,/&+]|\b(?:and|et|y|e)\b)\s*")


def audience(under: Under) -> Iterator[Audience]:
    """The groups that the audience cells name."""
    for _, _, words in under.cells("audience"):
        yield from _read(words, under.context.language)


@lru_cache(maxsize=4096)
def _read(words: str, language: str) -> tuple[Audience, ...]:
    """Whom words name; many cells of a long table say the same."""
    return tuple(read_audience("\n".join(items(words)), language=language))


def actors(under: Under) -> Iterator[tuple[str, str | None]]:
    """Who takes part in an action: the words, and the role that the column states.

    A column for two roles leaves the role open. Money and words such as "regular budget" in a
    column of funding sources name nobody.
    """
    if ROLES.keys().isdisjoint(under.meant):
        return
    for meaning, role in ROLES.items():
        for column, _, words in under.cells(meaning):
            roles = ROLES.keys() & {*(column.meaning or "").split("+")}
            if len(roles) > 1 and meaning != min(roles):
                continue  # once for both
            for name in _names(words):
                if meaning != "funding-source" or _is_funder(name):
                    yield name, role if len(roles) == 1 else None


@lru_cache(maxsize=4096)
def _names(words: str) -> tuple[str, ...]:
    """The names that a cell lists, without placeholders; many cells of a table name the same."""
    parts = (part for item in items(words) for part in SPLIT_NAMES.split(item))
    names = (name.strip() for part in parts for name in _listed(part.strip()))
    return tuple(n for n in names if n and not is_blank(n) and whole(n) is None)


def _listed(text: str) -> list[str]:
    """The names that a text lists with commas or "and", as far as its words show that it does.

    Acronyms show it, and kinds of organisations that begin each name: "Red Cross, University of
    Cape Coast". "Ministry of Labour, Employment and Social Security" is one name, as are "DILG,
    Region V" and "Directorate of Youth, Ministry of Sports".
    """
    if ACRONYMS.fullmatch(text):
        return SPLIT_ACRONYMS.split(text)
    for parts in (SPLIT_LIST.split(text), re.split(r"\s*[,،]\s*", text)):
        if len(parts) > 1 and _are_bodies(parts):
            return parts
    parts = re.split(r"\s*[,،]\s*", text)
    named = all(part[:1].isupper() and not _is_place(part) for part in parts)
    return parts if named and any(map(is_acronym, parts)) else [text]


def _are_bodies(parts: Sequence[str]) -> bool:
    """Whether each name is that of an organisation, or each that of a part of one."""
    found = {_kind_of_body(part) for part in parts}
    return found in ({"body"}, {"unit"})


@lru_cache(maxsize=4096)
def _kind_of_body(name: str) -> str | None:
    """What the first word of a name says it is, or the last in English: "Youth Council"."""
    if is_acronym(name):
        return "body"
    words = fold(name).split()
    known = lexicon("organisation")
    firsts = (" ".join(words[:length]) for length in (2, 1))
    found = next((known[first] for first in firsts if first in known), None)
    if found or not words or _is_place(name):
        return found
    return "body" if words[-1] in group("organisation", "body") else None


def _is_place(text: str) -> bool:
    """Whether a text begins or ends with a kind of territory: "Region V"."""
    words = fold(text).split()
    return bool(words) and bool({words[0], words[-1]} & lexicon("place-kind").keys())


def is_acronym(name: str) -> bool:
    """Whether a name is one word in capitals, which may be a fund as well as an actor."""
    return re.fullmatch(ACRONYM, name) is not None


@lru_cache(maxsize=4096)
def _is_funder(name: str) -> bool:
    """Whether words in a column of funding sources name somebody who pays."""
    key = fold(name)
    if key in group("people", "no funder") or group("people", "budget") & {*key.split()}:
        return False
    return not any(money.known or money.reason != "unreadable" for money in read_finance(name))
