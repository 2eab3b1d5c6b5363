"""Whom an action addresses, who carries it out, who is a partner and who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jmdi import Audience, evolve
from jmdi.words.folding import fold
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance
from jmdi_workplan.plan.cells.names import names
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.words.lexicon import group, indefinite
from jmdi_workplan.words.listed import items
from jmdi_workplan.words.pieces import is_blank

__all__ = ["actors", "audience"]

NUMBER = re.compile(r"\s*\d[\d\s.,']*")
"""A number alone."""

ROLES = {"responsible": "implementing", "partner": "partner", "funding-source": "funding"}
"""The role on the action of those whom a column names."""


def audience(under: Under) -> Iterator[Audience]:
    """The groups that the audience cells name.

    A number under a head of its own is the size of the only group that another column names.
    """
    cells = [(words, _read(words, under.context.language)) for *_, words in under.cells("audience")]
    named = [group for words, found in cells if not NUMBER.fullmatch(words) for group in found]
    counted = [found for words, found in cells if NUMBER.fullmatch(words)]
    if len(named) == len(counted) == 1 and len(counted[0]) == 1 and named[0].size is None:
        yield evolve(named[0], size=counted[0][0].size)
    else:
        yield from (group for _, found in cells for group in found)


@lru_cache(maxsize=4096)
def _read(words: str, language: str) -> tuple[Audience, ...]:
    """Whom words name, a dash nobody; many cells of a long table say the same."""
    return (
        () if is_blank(words) else tuple(read_audience("\n".join(items(words)), language=language))
    )


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
            for name in names(words):
                if meaning != "funding-source" or _is_funder(name):
                    yield name, role if len(roles) == 1 else None


@lru_cache(maxsize=4096)
def _is_funder(name: str) -> bool:
    """Whether words in a column of funding sources name somebody who pays."""
    key = fold(name)
    if key in group("people", "no funder") or group("people", "budget") & {*key.split()}:
        return False
    if _is_purse({word for word in map(indefinite, key.split()) if not word.isdigit()}):
        return False
    return not any(money.known or money.reason != "unreadable" for money in read_finance(name))


def _is_purse(words: set[str]) -> bool:
    """Whether words say no more than that there is a fund: "General Fund", "recursos propios"."""
    purses, small = group("people", "purse"), group("small-word", "of")
    known = purses | group("people", "of a purse") | small
    return bool(words & set(map(indefinite, purses))) and words <= set(map(indefinite, known))
