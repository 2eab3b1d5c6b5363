"""Nodes of a Network as a figure needs them: looks, places, colours, sizes and labels."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np

from jmdi import Code, NotFound, Result, Territory
from jmdi.display.privacy import HIDDEN, is_personal
from jmdi.graph.network import Network
from jmdi.graph.pairs import edge_states
from jmdi.model.records import pick
from jmdi_report.layouts import SIDE, Layout, centres, force, territory
from jmdi_report.layouts.positions import Floats, Integers
from jmdi_report.localised import Localised
from jmdi_report.palette import FAMILIES, GREY, UNKNOWN, Look, looks
from jmdi_report.plots.saying import drawn
from jmdi_report.plots.styles import STYLES
from jmdi_report.privacy import PERSON
from jmdi_report.words import texts_of

__all__ = ["Actors", "Values", "arranged", "grouped", "is_number", "scaled", "values_of"]

Values: TypeAlias = str | Result | Mapping[str, Any] | Sequence[Any]
"""A value for each node: name of an attribute, a Result, values by id, or one after the other."""

LARGEST = SIDE / 16
"""How far apart nodes seem to be at most, so that few nodes do not fill the picture."""

PLAIN = Look("", {}, "circle", STYLES["light"].mark, STYLES["dark"].mark)
"""The look of all nodes where none has a type."""


@attrs.frozen(eq=False)
class Actors:
    """Nodes with what is drawn of them.

    Attributes:
        network: The network.
        language: The language of labels.
        looks: The looks that occur, in the order of sectors.
        types: int64, the look of each node.
        places: int64, the place of each node.
        place_codes: The country of each place, most nodes first; the last is "" if some have none.
        degrees: int64, how many others each node is tied with.
        pairs: int64 of shape (pairs, 2), the tied pairs without loops, the smaller index first.
    """

    network: Network
    language: str
    looks: tuple[Look, ...]
    types: Integers
    places: Integers
    place_codes: tuple[str, ...]
    degrees: Integers
    pairs: Integers

    @classmethod
    def of(cls, network: Network, language: str = "en") -> Actors:
        """What is drawn of the nodes of a network."""
        codes = [
            _code(type_) if kind in (None, "actor") else kind
            for type_, kind in zip(_column(network, "type"), _column(network, "kind"), strict=True)
        ]
        vocabulary = network.model.catalog.vocabularies.get("actor-type")
        found = looks(codes, vocabulary) if any(codes) else {None: PLAIN}
        kept = tuple({id(look): look for look in found.values()}.values())
        number = {id(look): i for i, look in enumerate(kept)}
        seats = [str(value) if value else "" for value in _column(network, "country")]
        counts = Counter(seat for seat in seats if seat)
        order = sorted(counts, key=lambda seat: (-counts[seat], seat))
        place_codes = (*order, "") if "" in seats else tuple(order)
        at = {code: i for i, code in enumerate(place_codes)}
        pairs = _pairs(network)
        return cls(
            network,
            language,
            kept,
            np.array([number[id(found[code])] for code in codes], np.int64),
            np.array([at[seat] for seat in seats], np.int64),
            place_codes,
            np.bincount(pairs.ravel(), minlength=len(network)).astype(np.int64),
            pairs,
        )

    def label(self, i: int) -> str:
        """What a node is called; people have no name here, as on the page."""
        record = self.network.node(i)
        if _code(_column(self.network, "type")[i]) == PERSON or is_personal(self.network.nodes[i]):
            return HIDDEN
        if record is not None:
            names = getattr(record, "names", None) or {}
            return drawn(pick(names, self.language) or record.label())
        column = _column(self.network, "label")
        return drawn(str(column[i]) if column[i] else self.network.nodes[i])

    def place_label(self, place: int) -> str:
        """What a place is called: a country in the language, else the territory of its code."""
        code = self.place_codes[place]
        if not code:
            return texts_of(self.language)["unknown"]
        found = Localised(self.language).country(code)
        if found != code:
            return found
        dataset = self.network.dataset
        for land in dataset.of(Territory) if dataset is not None else ():
            if land.country == code and land.code is not None and land.code.code == code:
                return drawn(pick(land.names, self.language) or land.label())
        return code


def arranged(actors: Actors, layout: str, seed: int) -> Layout:
    """The positions of nodes, the same as those of the page."""
    if layout == "force":
        return force(len(actors.network), actors.pairs[:, 0], actors.pairs[:, 1], seed)
    lands = centres(actors.place_codes)
    return territory(actors.types, actors.places, actors.degrees, lands)


def values_of(actors: Actors, values: Values) -> list[Any]:
    """A value for each node; ``None`` where it is not known.

    Raises:
        NotFound: If the nodes have no such attribute.
        ValueError: If a sequence has another length.
    """
    network = actors.network
    if isinstance(values, str):
        if values == "degree":
            return list(actors.degrees.tolist())
        if values not in network.node_attributes:
            raise NotFound("attribute", values, (*network.node_attributes, "degree"))
        return [_code(value) for value in network.node_attributes[values]]
    if isinstance(values, Result):
        if values.values is None:
            raise ValueError(f"{values.metric or 'the result'} has no values per element")
        values = values.values
    if isinstance(values, Mapping):
        return [values.get(node) for node in network.nodes]
    if len(values) != len(network):
        raise ValueError(f"there are {len(values)} values for {len(network)} nodes")
    return list(values)


def grouped(actors: Actors, values: Iterable[Any]) -> tuple[tuple[Look, ...], Integers]:
    """A look for each of the values, the most frequent first; those beyond eight are grey.

    Returns:
        The looks, and int64 with the look of each node.
    """
    named = [None if value is None else str(value) for value in values]
    counts = Counter(value for value in named if value is not None)
    order = sorted(counts, key=lambda value: (-counts[value], value))
    kept = [
        attrs.evolve(family, code=value, labels={"en": value})
        for family, value in zip(FAMILIES, order, strict=False)
    ]
    at = {look.code: i for i, look in enumerate(kept)}
    if len(order) > len(kept):
        others = f"{len(order) - len(kept)} others"
        at |= dict.fromkeys(order[len(kept) :], len(kept))
        kept.append(Look("", {"en": others}, "star", *GREY))
    if None in named:
        kept.append(attrs.evolve(UNKNOWN, labels={"en": "not known"}))
    index = [len(kept) - 1 if value is None else at[value] for value in named]
    return tuple(kept), np.array(index, np.int64)


def scaled(values: Sequence[Any], spacing: float, n: int) -> Floats:
    """Radii of marks whose areas are as the values; float64, an item for each node.

    A node whose value is not known or not above 0 has the smallest mark.
    """
    known = [float(v) for v in values if is_number(v) and float(v) > 0]
    top = max(known, default=1.0)
    most = min(spacing, LARGEST) * (0.5 if n > 400 else 0.7)
    sizes = [math.sqrt(float(v) / top) if is_number(v) and float(v) > 0 else 0.0 for v in values]
    return np.asarray(np.maximum(np.array(sizes), 0.4) * most)


def is_number(value: object) -> bool:
    """Whether a value is a finite number."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, tuple, Mapping)):
        return False
    try:
        return math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _code(value: Any) -> Any:
    return value.code if isinstance(value, Code) else value


def _column(network: Network, name: str) -> Sequence[Any]:
    return network.node_attributes.get(name, (None,) * len(network))


def _pairs(network: Network) -> Integers:
    ends = np.column_stack([network.source, network.target]).astype(np.int64)
    states = edge_states(network)
    if states is not None:
        ends = ends[[state == "present" for state in states]]
    ends = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    return np.unique(ends, axis=0) if len(ends) else ends
