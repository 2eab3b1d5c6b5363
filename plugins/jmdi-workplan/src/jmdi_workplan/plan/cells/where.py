"""Where an action happens."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi_workplan.places import PlaceMention, mentions_in, read_places
from jmdi_workplan.plan.cells.under import Under

__all__ = ["places"]


def places(under: Under) -> Iterator[PlaceMention]:
    """The places of a place column; without one, those that the action's words name."""
    country = under.context.country
    if not any(True for _ in under.places("place")):
        words = "\n".join(filter(None, (under.words("activity"), under.words("action"))))
        yield from mentions_in(words, country)
    for column, _, words in under.cells("place"):
        if column.meaning == "place":
            yield from read_places(words, country=country)
        else:
            yield from mentions_in(words, country, abroad=True)
