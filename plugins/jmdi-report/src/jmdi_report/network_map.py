"""What the map shows: actors with their looks and places, and the ties between them."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from jmdi import Actor, Network
from jmdi.graph.columns import own_column, own_names
from jmdi.graph.pairs import edge_states
from jmdi_report.facts import Facts
from jmdi_report.layouts.positions import Integers
from jmdi_report.palette import Look, looks
from jmdi_report.privacy import is_contact

__all__ = ["ABSENT", "DISPUTED", "PRESENT", "UNOBSERVED", "NetworkMap", "Ties"]

PRESENT, DISPUTED, UNOBSERVED, ABSENT = range(4)
"""States of a tie; ties that are absent are not shown."""

ATTRIBUTES = 12
"""At most how many own attributes can be filtered by."""


@attrs.frozen(eq=False)
class Ties:
    """The ties of a map; parallel ties of one layer, direction and state are one.

    Attributes:
        source: int64, index of the actor at one end of each.
        target: int64, index of the actor at its other end.
        layer: int64, index of its layer.
        directed: int64, 1 if it goes from source to target only.
        state: int64, `PRESENT`, `DISPUTED` or `UNOBSERVED`.
        weight: The weight of each, ``None`` where it is not known; empty where all count 1.
        layers: Names of the layers.
    """

    source: Integers
    target: Integers
    layer: Integers
    directed: Integers
    state: Integers
    weight: list[float | None]
    layers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.source)


class NetworkMap:
    """The map of a Dataset.

    Args:
        facts: What the page is made from.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.network: Network = facts.network
        self.actors = [self.network.node(i) for i in range(self.network.n_nodes)]
        vocabulary = facts.dataset.model.catalog.vocabularies.get("actor-type")
        codes = [_type(actor) for actor in self.actors]
        found = looks(codes, vocabulary)
        self.looks: tuple[Look, ...] = tuple({id(look): look for look in found.values()}.values())
        number = {id(look): i for i, look in enumerate(self.looks)}
        self.types = np.array([number[id(found[code])] for code in codes], np.int64)
        seats = [actor.country if isinstance(actor, Actor) else None for actor in self.actors]
        known = Counter(seat for seat in seats if seat)
        order = sorted(known, key=lambda code: (-known[code], code))
        self.place_codes: tuple[str, ...] = (*order, "") if None in seats else tuple(order)
        at = {code: i for i, code in enumerate(self.place_codes)}
        self.places = np.array([at[seat or ""] for seat in seats], np.int64)

    def __len__(self) -> int:
        return len(self.actors)

    @property
    def aggregated(self) -> bool:
        """Whether there are more actors than are drawn one by one."""
        return len(self) > self.facts.settings.max_nodes

    def look_label(self, look: Look) -> str:
        """What the actors of a look are called."""
        return self.facts.plain(look.labels)

    def place_label(self, code: str) -> str:
        """What a place is called."""
        return self.facts.country(code) if code else self.facts.text("unknown")

    @functools.cached_property
    def labels(self) -> list[str]:
        """What each actor is called."""
        return [
            self.facts.label(actor) if actor is not None else node
            for actor, node in zip(self.actors, self.network.nodes, strict=True)
        ]

    @functools.cached_property
    def ids(self) -> list[str]:
        """The id of each actor."""
        return list(self.network.nodes)

    @functools.cached_property
    def ties(self) -> Ties:
        """The ties that are present, disputed or unobserved."""
        return _ties(self.facts, self.network)

    @functools.cached_property
    def pairs(self) -> Integers:
        """The tied pairs: int64 of shape (pairs, 2), loops left out, the smaller index first."""
        there = self.ties.state != UNOBSERVED
        ends = np.column_stack([self.ties.source[there], self.ties.target[there]])
        ends = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
        return np.unique(ends, axis=0) if len(ends) else ends.reshape(0, 2)

    @functools.cached_property
    def degrees(self) -> Integers:
        """How many partners each actor has."""
        return np.bincount(self.pairs.ravel(), minlength=len(self)).astype(np.int64)

    def between(self, groups: Integers, number: int) -> Integers:
        """How many tied pairs there are between groups: int64 of shape (number, number)."""
        a, b = groups[self.pairs[:, 0]], groups[self.pairs[:, 1]]
        counts = np.zeros((number, number), np.int64)
        np.add.at(counts, (a, b), 1)
        return np.asarray(counts + counts.T - np.diag(np.diag(counts)))

    @functools.cached_property
    def attributes(self) -> dict[str, tuple[str, list[Any]]]:
        """Own attributes of the actors: ``number`` or ``text``, and a value for each."""
        found: dict[str, tuple[str, list[Any]]] = {}
        for name in own_names(self.actors):
            if is_contact(name) and not self.facts.settings.include_contacts:
                continue
            values = [_plain(value) for value in own_column(self.actors, name)]
            there = [value for value in values if value is not None]
            numbers = bool(there) and all(isinstance(v, (int, float)) for v in there)
            if not numbers:
                values = [None if v is None else str(v) for v in values]
            found[name] = ("number" if numbers else "text", values)
            if len(found) == ATTRIBUTES:
                break
        return found


def _type(actor: Any) -> str | None:
    return actor.type.code if isinstance(actor, Actor) and actor.type is not None else None


def _plain(value: Any) -> Any:
    """A value that JSON can hold."""
    if value is None or isinstance(value, (bool, str)):
        return None if value is None else str(value).lower() if value in (True, False) else value
    return int(value) if value == int(value) else float(value)


def _ties(facts: Facts, network: Network) -> Ties:
    count = network.n_edges
    nothing: Sequence[Any] = (None,) * count
    columns = network.edge_attributes
    names: dict[str, int] = {}
    layer = [
        names.setdefault(_layer(type_, kind), len(names))
        for type_, kind in zip(
            columns.get("type", nothing), columns.get("kind", nothing), strict=True
        )
    ]
    halves = columns.get("directed", nothing)
    one_way = [int(network.directed and half is not False) for half in halves]
    states = edge_states(network)
    state = [PRESENT] * count if states is None else [_STATE[s] for s in states]
    for edge, disputed in enumerate(columns.get("disputed", ())):
        if disputed is True and state[edge] == PRESENT:
            state[edge] = DISPUTED
    unseen = [pair for pair in network.unobserved_ties if pair[0] != pair[1]]
    unseen_layer = names.setdefault("tie", len(names)) if unseen else 0
    source = np.array([*network.source, *(i for i, _ in unseen)], np.int64)
    target = np.array([*network.target, *(j for _, j in unseen)], np.int64)
    layers = np.array([*layer, *[unseen_layer] * len(unseen)], np.int64)
    directed = np.array([*one_way, *[0] * len(unseen)], np.int64)
    states_ = np.array([*state, *[UNOBSERVED] * len(unseen)], np.int64)
    weight = np.ones(count) if network.weight is None else np.asarray(network.weight)
    weights = np.concatenate([weight, np.full(len(unseen), np.nan)])
    both = directed == 0
    source, target = (
        np.where(both, np.minimum(source, target), source),
        np.where(both, np.maximum(source, target), target),
    )
    table = np.column_stack([source, target, layers, directed, states_])
    there = states_ != ABSENT
    table, weights = table[there], weights[there]
    rows, first = (
        np.unique(table, axis=0, return_index=True)
        if len(table)
        else (table.reshape(0, 5), np.zeros(0, np.int64))
    )
    kept = weights[first]
    shown = (
        [] if network.weight is None else [None if w != w else round(w, 4) for w in kept.tolist()]
    )
    return Ties(
        rows[:, 0],
        rows[:, 1],
        rows[:, 2],
        rows[:, 3],
        rows[:, 4],
        shown,
        tuple(_layer_label(facts, name) for name in names),
    )


_STATE = {"present": PRESENT, "unobserved": UNOBSERVED, "absent": ABSENT}


def _layer(type_: Any, kind: Any) -> str:
    value = type_ if type_ is not None else kind
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "tie")


def _layer_label(facts: Facts, name: str) -> str:
    key = f"layer.{name}"
    if key in facts.texts:
        return facts.text(key)
    vocabulary = facts.dataset.model.catalog.vocabularies.get("tie-kind")
    concepts = [vocabulary.get(part) if vocabulary else None for part in name.split(", ")]
    words = [
        facts.plain(c.labels) if c else p for c, p in zip(concepts, name.split(", "), strict=True)
    ]
    return ", ".join(words)
