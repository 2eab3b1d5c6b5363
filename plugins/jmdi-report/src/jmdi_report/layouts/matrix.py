"""The order of actors in a matrix."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from jmdi_report.layouts.positions import Integers

__all__ = ["Blocks", "matrix"]


@attrs.frozen(eq=False)
class Blocks:
    """Actors in the order of the rows and columns of a matrix.

    Attributes:
        order: int64, the index of the actor in each row.
        blocks: The place of each block of rows, its first row, and the row after its last;
            place -1 is the actors whose place is not known.
    """

    order: Integers
    blocks: tuple[tuple[int, int, int], ...]


def matrix(
    types: Sequence[int] | Integers,
    places: Sequence[int] | Integers,
    degrees: Sequence[int] | Integers,
) -> Blocks:
    """Actors by place, in a place by type, among those of a type the best connected first.

    What is not known comes last, and actors that are alike in all keep their order.

    Args:
        types: The type of each actor as the index of its look; -1 where it is not known.
        places: The place of each actor as an index; -1 where it is not known.
        degrees: How many ties each actor has.

    Raises:
        ValueError: If the arrays differ in length.
    """
    kind, place, degree = (np.asarray(given, np.int64) for given in (types, places, degrees))
    if not len(kind) == len(place) == len(degree):
        raise ValueError("there must be a type, a place and a degree for each actor")
    order = np.lexsort((-degree, kind, kind < 0, place, place < 0))
    sorted_places = place[order]
    first = np.flatnonzero(np.diff(sorted_places, prepend=sorted_places[:1] - 1))
    ends = [*first.tolist(), len(order)][1:]
    rows = zip(sorted_places[first].tolist(), first.tolist(), ends, strict=True)
    return Blocks(order, tuple(rows))
