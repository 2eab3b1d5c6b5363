"""Pairs of actors by what they take part in together, and what each pair weighs."""

from __future__ import annotations

import itertools
import math
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from jmdi.builtin.projections.sketch import AsOf, memberships
from jmdi.classes import define
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Joint", "joint_of"]


@define
class Joint:
    """Pairs of actors that take part in something together.

    Attributes:
        source: The first actor of each pair.
        target: The second.
        weight: The weight of each pair.
        events: For each pair the indices of what they share.
        names: Id of each activity.
        behind: The records by which an actor takes part, by activity and actor.
        unsure: For each activity the actors of which it is not known whether they take part.
        inferred: For each activity the actor that is counted only because it publishes it.
        unseen: Pairs of which it is not known whether they share anything.
        notes: What was left out.
    """

    source: array[int] = attrs.field(factory=lambda: array("i"))
    target: array[int] = attrs.field(factory=lambda: array("i"))
    weight: array[float] = attrs.field(factory=lambda: array("d"))
    events: list[list[int]] = attrs.field(factory=list)
    names: list[str] = attrs.field(factory=list)
    behind: list[dict[int, list[Record]]] = attrs.field(factory=list)
    unsure: list[set[int]] = attrs.field(factory=list)
    inferred: list[set[int]] = attrs.field(factory=list)
    unseen: list[tuple[int, int]] = attrs.field(factory=list)
    notes: dict[str, int] = attrs.field(factory=dict)

    def add_reverse(self) -> None:
        """Adds each pair once more with its ends swapped."""
        self.source, self.target = self.source + self.target, self.target + self.source
        self.weight, self.events = self.weight * 2, self.events * 2
        self.unseen += [(j, i) for i, j in self.unseen]

    def shared(self) -> tuple[tuple[str, ...], ...]:
        """What each pair shares, as ids."""
        return tuple(tuple(self.names[event] for event in events) for events in self.events)

    def inferred_pairs(self) -> tuple[bool, ...]:
        """Which pairs share nothing but by one of both being counted as a publisher."""
        return tuple(
            not any(self.inferred[event].isdisjoint(pair) for event in events)
            for *pair, events in zip(self.source, self.target, self.events, strict=True)
        )

    def records(self, edge: int) -> tuple[Record, ...]:
        """The records by which a pair takes part in what it shares."""
        pair = (self.source[edge], self.target[edge])
        found = [r for event in self.events[edge] for i in pair for r in self.behind[event][i]]
        return tuple({id(record): record for record in found}.values())


def incomplete(dataset: Dataset, ids: Iterable[str]) -> dict[str, int]:
    """The note of a network that counts what says itself that some who take part are missing."""
    found = (dataset.find(id) for id in ids)
    cut = sum(getattr(record, "participants_complete", None) is False for record in found)
    return {"lists_incomplete": cut} if cut else {}


def joint_of(
    dataset: Dataset,
    index: dict[str, int],
    on: AsOf,
    kinds: Sequence[str],
    weight: str,
    *,
    publishers: bool = False,
) -> Joint:
    """The pairs of actors that take part in the same records of these kinds."""
    joint = Joint()
    events: dict[str, int] = {}
    outside = 0
    for membership in memberships(dataset, kinds, on, publishers=publishers):
        actor = index.get(membership.actor)
        if actor is None:
            outside += not membership.inferred
            continue
        event = events.setdefault(membership.of, len(events))
        if event == len(joint.behind):
            joint.behind.append({})
            joint.unsure.append(set())
            joint.inferred.append(set())
        records = joint.behind[event].setdefault(actor, [])
        if membership.inferred and not records:
            joint.inferred[event].add(actor)
        if membership.sure:
            joint.unsure[event].discard(actor)
        elif not records:
            joint.unsure[event].add(actor)
        records.append(membership.record)
    if outside:
        joint.notes["participations_outside"] = outside
    if publishers:
        joint.notes["publishers_inferred"] = sum(map(len, joint.inferred))
    joint.names = list(events)
    joint.notes.update(incomplete(dataset, events))
    pairs: dict[tuple[int, int], list[int]] = {}
    possible: set[tuple[int, int]] = set()
    for event, members in enumerate(joint.behind):
        for pair in itertools.combinations(sorted(members), 2):
            if joint.unsure[event].isdisjoint(pair):
                pairs.setdefault(pair, []).append(event)
            else:
                possible.add(pair)
    for i, j in sorted(pairs):
        joint.source.append(i)
        joint.target.append(j)
        joint.events.append(pairs[i, j])
    joint.unseen = sorted(possible.difference(pairs))
    joint.weight = array("d", _weights(joint, weight))
    if any(joint.unsure):
        unknown = _unknown_weights(joint, weight, possible)
        joint.weight = array(
            "d", [math.nan if u else w for u, w in zip(unknown, joint.weight, strict=True)]
        )
        if missing := sum(unknown):
            joint.notes["shared_weights_missing"] = missing
    return joint


def _unknown_weights(joint: Joint, weight: str, possible: set[tuple[int, int]]) -> list[bool]:
    """Of which pairs the weight depends on who takes part, which is not known.

    Args:
        joint: The pairs.
        weight: What they weigh.
        possible: The pairs that may share something more.
    """
    alone = set[int]().union(*joint.unsure)
    rows = zip(joint.source, joint.target, joint.events, strict=True)
    if weight == "jaccard":
        return [i in alone or j in alone for i, j, _ in rows]
    if weight == "newman":
        return [(i, j) in possible or any(joint.unsure[e] for e in events) for i, j, events in rows]
    return [(i, j) in possible for i, j, _ in rows]


def _weights(joint: Joint, weight: str) -> Iterable[float]:
    if weight == "count":
        return (float(len(events)) for events in joint.events)
    if weight == "newman":
        sizes = [len(members) for members in joint.behind]
        return (sum(1 / (sizes[e] - 1) for e in events) for events in joint.events)
    counts: dict[int, int] = {}
    for members in joint.behind:
        for actor in members:
            counts[actor] = counts.get(actor, 0) + 1
    rows = zip(joint.source, joint.target, joint.events, strict=True)
    return (len(e) / (counts[i] + counts[j] - len(e)) for i, j, e in rows)
