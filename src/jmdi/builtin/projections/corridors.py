"""Corridors: from places of origin to places of destination, by initiatives on both sides."""

from __future__ import annotations

import math
from array import array
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Literal

import attrs

from jmdi.builtin.projections.sketch import AsOf, node_columns
from jmdi.graph.network import Network
from jmdi.metrics.types import Moment
from jmdi.model.kinds import Actor, Initiative, Territory
from jmdi.model.records import Record
from jmdi.model.relations import Participates

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["corridors"]

SIDES = {"origin": (True, False), "destination": (False, True), "both": (True, True)}
ELSEWHERE = frozenset({"transit", "third"})
COUNTED: tuple[str, ...] = (
    "initiatives",
    "without_both_sides",
    "unknown_sides",
    "other_sides",
    "unknown_places",
)
"""What the notes count."""


@attrs.define(slots=True)
class _Places:
    """Where the two sides of one initiative are, with the participations that say so.

    Attributes:
        origin: The participations on the side of origin, by place.
        destination: Those on the side of destination.
        sure: For each place on either side whether it is known to be in force.
    """

    origin: dict[str, list[Record]] = attrs.field(factory=dict)
    destination: dict[str, list[Record]] = attrs.field(factory=dict)
    sure: dict[tuple[str, str], bool] = attrs.field(factory=dict)

    def add(self, side: str, place: str, record: Record, sure: bool) -> None:
        """Adds a participation on the side ``origin`` or ``destination``."""
        getattr(self, side).setdefault(place, []).append(record)
        self.sure[side, place] = sure or self.sure.get((side, place), False)

    def pairs(self, *, sure: bool) -> list[tuple[str, str]]:
        """The pairs of places that it joins, or those of which that is not known."""
        return [
            (o, d)
            for o, d in product(self.origin, self.destination)
            if (self.sure["origin", o] and self.sure["destination", d]) is sure
        ]


@attrs.define(slots=True)
class _Corridor:
    """One pair of places: what it rests on, and which of its counts are known."""

    initiatives: list[str] = attrs.field(factory=list)
    share: Fraction = Fraction(0)
    records: list[Record] = attrs.field(factory=list)
    whole_known: bool = True
    share_known: bool = True


def corridors(
    dataset: Dataset,
    *,
    by: Literal["country", "territory"] = "country",
    count: Literal["whole", "fractional"] = "whole",
    as_of: Moment | None = None,
) -> Network:
    """From origin to destination, directed, between countries or territories.

    An initiative counts for the corridor from ``o`` to ``d`` when it has a participant on the
    side of origin in ``o`` and one on the side of destination in ``d``; a participant on
    ``both`` sides counts for both. ``whole`` adds 1 to each of its corridors, so the sum can
    exceed the number of initiatives; ``fractional`` shares 1 out among them equally. Each
    edge has both as attributes, and the notes have both totals.

    The country of an actor is its own, or that of its territory. Participations whose side or
    place is not known are counted in the notes, and corridors within one place are
    ``internal``.

    Args:
        dataset: The records.
        by: ``country`` or ``territory``.
        count: Which of the two counts is the weight.
        as_of: The day that participations must be in force.

    Raises:
        ValueError: If ``by`` or ``count`` is neither of its choices.
    """
    if by not in ("country", "territory") or count not in ("whole", "fractional"):
        raise ValueError("by is 'country' or 'territory', count is 'whole' or 'fractional'")
    on = AsOf(as_of, dataset)
    places, notes = _sides(dataset, by, on)
    found: dict[tuple[str, str], _Corridor] = {}
    nodes: dict[str, None] = {}
    for initiative in dataset.of(Initiative):
        sides = places.pop(initiative.id, None)
        if sides is None:
            notes["without_both_sides"] += 1
            continue
        nodes.update(dict.fromkeys([*sides.origin, *sides.destination]))
        pairs, unsure = sides.pairs(sure=True), sides.pairs(sure=False)
        notes["initiatives"] += bool(pairs)
        notes["without_both_sides"] += not (pairs or unsure)
        for o, d in pairs:
            corridor = found.setdefault((o, d), _Corridor())
            corridor.initiatives.append(initiative.id)
            corridor.share += Fraction(1, len(pairs))
            corridor.share_known &= not unsure
            corridor.records += [initiative, *sides.origin[o], *sides.destination[d]]
        for pair in unsure:
            corridor = found.setdefault(pair, _Corridor())
            corridor.whole_known = corridor.share_known = False
    notes["whole_total"] = sum(len(c.initiatives) for c in found.values())
    fractional = sum((c.share for c in found.values()), Fraction(0))
    internal = sum(len(c.initiatives) for (o, d), c in found.items() if o == d)
    return _network(
        dataset,
        by,
        count,
        list(nodes),
        found,
        {
            "by": by,
            "count": count,
            **notes,
            "fractional_total": float(fractional),
            "internal": internal,
            **on.notes(),
        },
    )


def _sides(dataset: Dataset, by: str, on: AsOf) -> tuple[dict[str, _Places], dict[str, int]]:
    """Where each initiative has participants on either side, and what is not known."""
    notes: dict[str, int] = dict.fromkeys(COUNTED, 0)
    places: dict[str, _Places] = {}
    for relation in dataset.of(Participates):
        if dataset.find(relation.target, Initiative) is None:
            continue
        held = on.holds(relation)
        if held is False:
            continue
        side = None if relation.side is None else relation.side.code
        if side in ELSEWHERE:
            notes["other_sides"] += 1
        elif side not in SIDES:
            notes["unknown_sides"] += 1
        elif (place := _place(dataset, relation.source, by)) is None:
            notes["unknown_places"] += 1
        else:
            sides = places.setdefault(relation.target, _Places())
            for name, there in zip(("origin", "destination"), SIDES[side], strict=True):
                if there:
                    sides.add(name, place, relation, held is True)
    return places, notes


def _place(dataset: Dataset, id: str, by: str) -> str | None:
    """The country or territory of an actor, as far as its records say."""
    actor = dataset.find(id, Actor)
    if actor is None or by == "territory":
        return actor.territory if actor is not None else None
    if actor.country:
        return actor.country
    seen: set[str] = set()
    territory = dataset.find(actor.territory or "", Territory)
    while territory is not None and territory.id not in seen:
        if territory.country:
            return territory.country
        seen.add(territory.id)
        territory = dataset.find(territory.within or "", Territory)
    return None


def _network(
    dataset: Dataset,
    by: str,
    count: str,
    nodes: list[str],
    found: dict[tuple[str, str], _Corridor],
    notes: dict[str, object],
) -> Network:
    index = {place: i for i, place in enumerate(nodes)}
    every = sorted(found, key=lambda pair: (index[pair[0]], index[pair[1]]))
    pairs = [pair for pair in every if found[pair].initiatives]
    corridors = [found[pair] for pair in pairs]
    whole = [len(c.initiatives) if c.whole_known else None for c in corridors]
    fractional = [float(c.share) if c.share_known else None for c in corridors]
    weights = whole if count == "whole" else fractional
    return Network(
        "corridors",
        nodes,
        [index[o] for o, _ in pairs],
        [index[d] for _, d in pairs],
        directed=True,
        weight=array("d", [math.nan if weight is None else weight for weight in weights]),
        unobserved=[(index[o], index[d]) for o, d in every if not found[o, d].initiatives],
        node_attributes=_attributes(dataset, by, nodes),
        edge_attributes={
            "kind": ["corridor"] * len(pairs),
            "whole": whole,
            "fractional": fractional,
            "initiatives": [tuple(corridor.initiatives) for corridor in corridors],
        },
        behind=lambda edge: tuple({id(r): r for r in corridors[edge].records}.values()),
        dataset=dataset,
        notes=notes,
    )


def _attributes(dataset: Dataset, by: str, nodes: list[str]) -> dict[str, object]:
    if by == "country":
        names = {
            t.code.code: t.label()
            for t in dataset.of(Territory)
            if t.code is not None and t.code.scheme == "iso-3166-1"
        }
        return {"kind": ["country"] * len(nodes), "label": [names.get(n, n) for n in nodes]}
    records = [dataset.find(node) for node in nodes]
    return node_columns(records, dict.fromkeys(type(r) for r in records if r is not None))
