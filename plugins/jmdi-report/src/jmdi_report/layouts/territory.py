"""The territory layout: a disc for each place, in it a sector for each type of actor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jmdi_report.layouts.discs import placed
from jmdi_report.layouts.positions import Floats, Integers, Layout, quantised

__all__ = ["territory"]

GOLDEN = (5**0.5 - 1) / 2
SPACING = 1.3
"""The distance of neighbours in the unit in which a disc of n actors has radius √n."""


def territory(
    types: Sequence[int] | Integers,
    places: Sequence[int] | Integers,
    degrees: Sequence[int] | Integers,
    centres: Sequence[tuple[float, float] | None] | None = None,
) -> Layout:
    """Positions of actors by place and type; nothing is drawn by chance.

    The area of a disc is proportional to its actors. It stands near its geographic centre, pushed
    from others until the gap between two discs is at least 8 % of both radii. Types are sectors,
    in the order of their indices clockwise from 12 o'clock, each as wide as it has actors; a
    type without actors has none. The best connected actor of a sector is nearest to the centre,
    the others follow in a sunflower's spacing. Actors of equal degree keep their order.

    Args:
        types: The sector of each actor, as the index of its look; -1 where it is not known,
            which is the last sector.
        places: The place of each actor as an index; -1 where it is not known, which is a disc of
            its own.
        degrees: How many ties each actor has.
        centres: Longitude and latitude of each place in degrees, or ``None`` for a place that is
            on no map: its disc stands below those that are. Where no place has a centre the
            discs are packed, the largest in the middle.

    Raises:
        ValueError: If the arrays differ in length or a place has no item in ``centres``.
    """
    kind, place, degree = (np.asarray(given, np.int64) for given in (types, places, degrees))
    if not len(kind) == len(place) == len(degree):
        raise ValueError("there must be a type, a place and a degree for each actor")
    ids, disc, counts = np.unique(place, return_inverse=True, return_counts=True)
    if centres is not None and len(ids) and int(ids[-1]) >= len(centres):
        raise ValueError(f"place {int(ids[-1])} has no item in centres")
    radii = np.sqrt(counts)
    middle = placed(radii, _centres(ids, centres))
    at = _within(np.where(kind < 0, kind.max(initial=0) + 1, kind), disc, degree, counts)
    inside = np.maximum(radii - SPACING / 2, 0)  # so that no mark is over the rim
    at = middle[disc] + at * inside[disc, None]
    discs = np.column_stack([middle, radii])
    return quantised(at, discs, ids, SPACING)


def _centres(ids: Integers, centres: Sequence[tuple[float, float] | None] | None) -> Floats:
    """x and y of each disc on a plain map, y down; NaN where it is on none."""
    known = np.full((len(ids), 2), np.nan)
    for row, place in enumerate(ids.tolist()):
        found = centres[place] if centres is not None and place >= 0 else None
        if found is not None:
            known[row] = found[0], -found[1]
    return known


def _within(kind: Integers, disc: Integers, degree: Integers, counts: Integers) -> Floats:
    """The position of each actor in a disc of radius 1, float64 of shape (actors, 2).

    Turning by the golden ratio while the covered area grows evenly keeps neighbours apart
    however narrow a sector is.
    """
    n = len(kind)
    if not n:
        return np.zeros((0, 2))
    order = np.lexsort((-degree, kind, disc))
    d, k = disc[order], kind[order]
    new = np.ones(n, bool)
    new[1:] = (d[1:] != d[:-1]) | (k[1:] != k[:-1])
    first = np.flatnonzero(new)  # of each sector
    sector = np.cumsum(new) - 1
    size = np.diff(np.append(first, n))[sector]
    rank = np.arange(n) - first[sector]
    before = first[sector] - np.concatenate([[0], np.cumsum(counts)[:-1]])[d]
    turn = (before + size * ((rank * GOLDEN + 0.5) % 1)) / counts[d] * 2 * np.pi
    radius = np.where(counts[d] == 1, 0.0, np.sqrt((rank + 0.5) / size))
    at = np.empty((n, 2))
    at[order] = np.column_stack([np.sin(turn), -np.cos(turn)]) * radius[:, None]
    return at
