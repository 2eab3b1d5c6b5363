"""Initiatives between a place of origin and one of destination."""

from __future__ import annotations

from collections import Counter
from typing import Any

from jmdi import Dataset, Territory
from jmdi.metrics.rows import ARROWS
from jmdi.panels import Country, Matrix, Words
from jmdi_network.panels import MOST, say
from jmdi_network.panels.naming import country_names

__all__ = ["corridors"]


def corridors(dataset: Dataset) -> Matrix | None:
    """Numbers of initiatives on record in each corridor; what is not on record is not known.

    Args:
        dataset: The records.
    """
    found = dataset.metric("network:corridor-matrix")
    numbers: dict[tuple[str, str], int] = {}
    for key, block in (found.values or {}).items():
        origin, _, destination = str(key).partition(ARROWS[0])
        known = _at_least(block["whole"], found.bounds.get(key) if found.bounds else None)
        if known and destination:
            numbers[origin, destination] = known
    if not numbers:
        return None
    origins, destinations = _most(numbers, 0), _most(numbers, 1)
    names = country_names(dataset)
    left = {place for pair in numbers for place in pair} - {*origins, *destinations}
    return Matrix(
        rows=[_place(place, names, dataset) for place in origins],
        columns=[_place(place, names, dataset) for place in destinations],
        values=[[numbers.get((o, d)) for d in destinations] for o in origins],
        unit=say("initiatives"),
        row_title=say("origin"),
        column_title=say("destination"),
        note=say("corridors_note", without=int(found.notes.get("without_both_sides", 0))),
        left_out=len(left),
    )


def _at_least(whole: Any, bounds: Any) -> int:
    """The number of a corridor, or the lower bound where others are not known."""
    low = whole if whole is not None else bounds["whole"][0] if bounds else None
    return 0 if low is None else int(low)


def _most(numbers: dict[tuple[str, str], int], end: int) -> list[str]:
    """The places at one end with the most initiatives, in order of their codes."""
    total: Counter[str] = Counter()
    for pair, number in numbers.items():
        total[pair[end]] += number
    return sorted(sorted(total, key=lambda place: (-total[place], place))[:MOST])


def _place(place: str, names: dict[str, Words], dataset: Dataset) -> Words:
    territory = dataset.find(place, Territory)
    if territory is not None and territory.names:
        return territory.names
    return names.get(place, Country(place) if len(place) == 2 else place)
