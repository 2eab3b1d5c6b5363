"""How a row of money divides: by year, country, sector, initiative and side."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.builtin.money.counted import Row
from jmdi.model.kinds import Initiative, Territory
from jmdi.model.money import Transaction
from jmdi.model.values import Place, Share

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Dimension", "Key", "Known", "divided", "is_possible"]

Dimension: TypeAlias = Literal["year", "country", "sector", "initiative", "provider", "receiver"]
"""What money can be divided by."""

Known: TypeAlias = str | frozenset[str] | None
"""What a part of a row is of: one thing, one of several, or nobody knows."""

Key: TypeAlias = tuple[Known, ...]

TOLERANCE = Decimal("0.005")
"""How far shares may be from 1 in all: publishers round each of them."""

LONGEST = 200
"""Years of a period that are told apart."""


def divided(
    row: Row, by: Sequence[Dimension], dataset: Dataset, sectors: str
) -> Iterator[tuple[Key, Decimal]]:
    """The parts of a row with their shares, of 1; unknown parts are one, of which nobody knows.

    Args:
        row: The transaction or budget.
        by: What it is divided by.
        dataset: The records.
        sectors: The vocabulary of sectors.
    """
    parts = [_PARTS[dimension](row, dataset, sectors) for dimension in by]
    for combined in itertools.product(*parts):
        share = Decimal(1)
        for _, one in combined:
            share *= one
        yield tuple(what for what, _ in combined), share


def is_possible(known: Known, value: Known) -> bool:
    """Whether a part may be of a value."""
    return known is None or value == known or (isinstance(known, frozenset) and value in known)


Parts: TypeAlias = Sequence[tuple[Known, Decimal]]

WHOLE = Decimal(1)
UNKNOWN: Parts = ((None, WHOLE),)


def _year(row: Row, _: Dataset, __: str) -> Parts:
    """The year; of a period that lies across years the years that it has a day in."""
    period = row.date if isinstance(row, Transaction) else row.period
    start = None if period is None else period.start
    end = None if period is None else period.end
    if start is None or end is None or end.year - start.year > LONGEST:
        return UNKNOWN
    years = frozenset(f"{year:04}" for year in range(start.year, end.year + 1))
    return [(next(iter(years)) if len(years) == 1 else years, WHOLE)]


def _country(row: Row, dataset: Dataset, _: str) -> Parts:
    """Recipient countries and regions of the row, else of its initiative."""
    places: Iterable[Place] = row.places
    if not row.places and (initiative := _initiative(row, dataset)) is not None:
        places = initiative.places
    shares: list[tuple[str, Decimal]] = []
    for place in places:
        territory = dataset.find(place.territory, Territory) if place.territory else None
        scheme = "" if territory is None or territory.code is None else territory.code.scheme
        if place.share is None or territory is None or scheme.startswith("iati-region-"):
            continue  # a place within, or a region of a list that divides the whole once more
        of = territory.country
        if of is None and scheme == "iati-region" and territory.code is not None:
            of = territory.code.code
        shares.append((of or territory.id, place.share))
    return _whole(shares)


def _sector(row: Row, dataset: Dataset, scheme: str) -> Parts:
    """Sectors of the row, else of its initiative."""
    shares: Iterable[Share] = row.sector_shares if isinstance(row, Transaction) else ()
    found = [(s.code.code, s.share) for s in shares if s.code.scheme == scheme]
    if not found and (initiative := _initiative(row, dataset)) is not None:
        found = [
            (s.code.code, s.share) for s in initiative.sector_shares if s.code.scheme == scheme
        ]
    return _whole([(code, share) for code, share in found if share is not None])


def _whole(shares: Sequence[tuple[str, Decimal]]) -> Parts:
    """Shares that add up to 1, each thing once; unknown if they do not."""
    sums: dict[str, Decimal] = {}
    for of, share in shares:
        sums[of] = sums.get(of, Decimal()) + share
    if abs(sum(sums.values()) - WHOLE) > TOLERANCE:
        return UNKNOWN
    return list(sums.items())


def _initiative(row: Row, dataset: Dataset) -> Initiative | None:
    return dataset.find(row.initiative, Initiative) if row.initiative else None


_PARTS: Mapping[Dimension, Callable[[Row, Dataset, str], Parts]] = {
    "year": _year,
    "country": _country,
    "sector": _sector,
    "initiative": lambda row, _, __: [(row.initiative, WHOLE)],
    "provider": lambda row, _, __: [(row.provider, WHOLE)],
    "receiver": lambda row, _, __: [(row.receiver, WHOLE)],
}
