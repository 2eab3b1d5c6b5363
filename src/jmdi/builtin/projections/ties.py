"""Ties as edges: which are there, which way they go, and what they weigh."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.builtin.projections.sketch import AsOf
from jmdi.errors import BadParameter
from jmdi.graph.columns import own_names
from jmdi.graph.pairs import state_of, unobserved_of
from jmdi.metrics.types import Ids
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["SHARED", "Ties", "ties_between", "weights_of"]

SHARED = ("count", "newman", "jaccard")
"""What a shared activity can add to a weight; any other name says what a tie weighs."""


@attrs.frozen(slots=True)
class Ties:
    """Ties with the indices of their ends.

    Attributes:
        directed: Whether any tie of the dataset is directed, of the kinds asked for; so all days
            of a dataset have networks that can be compared.
        records: The ties, one for each edge.
        source: Index of the actor that each edge goes from, ``array('i')``.
        target: Index of the actor that each edge goes to, ``array('i')``.
        unseen: Ties of which nobody knows whether they are there.
    """

    directed: bool
    records: Sequence[Tie]
    source: array[int]
    target: array[int]
    unseen: Sequence[Tie] = ()

    def both_ways(self, *, unless: Collection[bool | None]) -> Ties:
        """The ties, each followed by one the other way, unless its direction is one of these."""
        records: list[Tie] = []
        source, target = array("i"), array("i")
        for tie, i, j in zip(self.records, self.source, self.target, strict=True):
            records.append(tie)
            source.append(i)
            target.append(j)
            if tie.directed not in unless and i != j:
                records.append(tie)
                source.append(j)
                target.append(i)
        return attrs.evolve(self, records=records, source=source, target=target)

    def unobserved(
        self, index: Mapping[str, int], *, directed: bool, one_way: Collection[bool | None]
    ) -> tuple[tuple[int, int], ...]:
        """The pairs of these actors that were not observed; see `unobserved_of`."""
        return tuple(unobserved_of(self.unseen, index, directed=directed, one_way=one_way))


def ties_between(
    dataset: Dataset, index: dict[str, int], on: AsOf, tie_kinds: Ids | None
) -> tuple[Ties, dict[str, Any]]:
    """The ties that are there between these actors, and counts of those left out.

    Of some kinds, a tie whose kind is not known may be one of them or not: its pair was not
    observed.
    """
    wanted = {tie_kinds} if isinstance(tie_kinds, str) else set(tie_kinds or ())
    notes: dict[str, Any] = {}
    ties: Sequence[Tie] = dataset.of(Tie)
    unseen: list[Tie] = []
    if wanted:
        unseen = [tie for tie in ties if tie.type is None and state_of(tie) != "absent"]
        if unseen:
            notes["ties_of_unknown_kind"] = len(unseen)
        ties = [tie for tie in ties if tie.type is not None and tie.type.code in wanted]
    directed = any(map(attrgetter("directed"), ties))
    if _may_be_absent(ties):
        states = [state_of(tie) for tie in ties]
        unseen += [tie for tie, s in zip(ties, states, strict=True) if s == "unobserved"]
        there = [tie for tie, s in zip(ties, states, strict=True) if s == "present"]
        if len(there) < len(ties):
            notes["ties_not_present"] = len(ties) - len(there)
        ties = there
    if on.moment is not None:
        ties = [tie for tie in ties if on.holds(tie)]
        unseen = [tie for tie in unseen if on.covers(tie) is not False]
    try:
        return Ties(directed, ties, *_ends(ties, index), unseen), notes
    except KeyError:
        inside = [tie for tie in ties if tie.source in index and tie.target in index]
        notes["ties_outside"] = len(ties) - len(inside)
        return Ties(directed, inside, *_ends(inside, index), unseen), notes


def _may_be_absent(ties: Iterable[Tie]) -> bool:
    """Whether any tie says something about its state; at the speed of C, as most do not."""
    return (
        any(map(attrgetter("state"), ties))
        or 0 in map(attrgetter("intensity"), ties)
        or 0 in map(attrgetter("strength"), ties)
    )


def _ends(ties: Iterable[Tie], index: dict[str, int]) -> tuple[array[int], array[int]]:
    """The indices of sources and targets; loops at the speed of C."""
    find = index.__getitem__
    source = array("i", list(map(find, map(attrgetter("source"), ties))))
    return source, array("i", list(map(find, map(attrgetter("target"), ties))))


def weights_of(
    ties: Sequence[Tie], weight: str | None
) -> tuple[array[float] | None, dict[str, Any]]:
    """What each tie weighs, and what was taken for it; ``None`` when each weighs 1.

    Args:
        ties: The ties.
        weight: ``count``, or the name of a field or own attribute; ``strength`` by default.

    Raises:
        BadParameter: If no tie has numbers of that name; it names those that there are.
    """
    if weight == "count":
        return None, {}
    name = "strength" if weight is None or weight in SHARED else weight
    if name != weight and not any(map(attrgetter(name), ties)):
        return None, {}
    values = array("d", [_number(tie, name) for tie in ties])
    missing = sum(map(math.isnan, values))
    if missing == len(ties):
        if name in ("strength", "intensity"):
            return values, {}
        known = ", ".join(["strength", "intensity", *own_names(ties)])
        raise BadParameter(
            f"no tie has numbers named {weight!r}: weight is count, newman, jaccard, or of ties "
            f"one of {known}"
        )
    notes = {"tie_weight": name}
    return values, {**notes, "weights_missing": missing} if missing else notes


def _number(tie: Tie, name: str) -> float:
    """A field or own attribute of a tie as a number; NaN where it has none."""
    value = tie.extra.get(name, getattr(tie, name, None))
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return float(value)
    return math.nan
