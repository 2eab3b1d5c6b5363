"""Where an action happens."""

from __future__ import annotations

from functools import lru_cache

from jmdi_workplan.places import PlaceMention, mentions_in, read_places
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.plan.marks import is_mark

__all__ = ["places", "places_in_words"]


def places_in_words(under: Under) -> tuple[PlaceMention, ...]:
    """The places that the words of an action name, in a table without a column for places.

    One that names none happens where the heading of its table says.
    """
    known, words = under.context, under.words("action")
    if "activity" in under.meant:
        words = f"{under.words('activity')}\n{words}".strip()
    return mentions_in(words, known.country) or known.places


def places(under: Under) -> tuple[PlaceMention, ...]:
    """The places of a place column, or those whose own columns are marked.

    An action that names none happens where the heading of its table says.
    """
    country, year = under.context.country, under.context.calendar_year
    found: list[PlaceMention] = []
    for column, cell, words in under.cells("at-place"):
        if is_mark(words, cell.fill):
            found += _named(column.header.rpartition(" / ")[2], country, year)
    for column, _, words in under.cells("place"):
        if column.meaning == "place":
            found += _named(words, country, year)
        else:
            found += mentions_in(words, country, abroad=True)
    return tuple(found) or under.context.places


@lru_cache(maxsize=4096)
def _named(words: str, country: str | None, year: int | None) -> tuple[PlaceMention, ...]:
    """The places that words name; many cells of a long table say the same."""
    return tuple(read_places(words, country=country, year=year))
