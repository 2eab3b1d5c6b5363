"""The same data said differently: other ids, another order, one more actor without a tie."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor
from jmdi.model.records import Record, evolve
from jmdi.model.relations import Tie
from jmdi.model.renaming import renamed

__all__ = [
    "ISOLATE",
    "Source",
    "new_names",
    "relabelled",
    "reordered",
    "swapped",
    "with_isolate",
    "with_twin",
]

Source: TypeAlias = Dataset | Network
"""What metrics are computed on."""

ISOLATE = "isolate/added"
"""The id of the actor that `with_isolate` adds."""


def new_names(source: Source, *, keep_order: bool) -> dict[str, str]:
    """New ids for all records or nodes.

    Args:
        source: What is to be relabelled.
        keep_order: Whether the new ids sort as the old ones do.
    """
    old = sorted({r.id for r in source} if isinstance(source, Dataset) else source.nodes)
    places = list(range(len(old)))
    if not keep_order:
        random.Random(len(old)).shuffle(places)
    return {name: f"new/{place:06}é" for name, place in zip(old, places, strict=True)}


def relabelled(source: Source, names: Mapping[str, str]) -> Source:
    """The same data with other ids; ids that have no new name stay."""
    if isinstance(source, Network):
        return _network(source, [names.get(n, n) for n in source.nodes], range(len(source)))
    records = [renamed(record, names) for record in source]
    return _dataset(source, records)


def reordered(source: Source, seed: int = 0) -> Source:
    """The same data with its records, or its nodes and edges, in another order."""
    shuffle = random.Random(seed).shuffle
    if isinstance(source, Dataset):
        records = list(source)
        shuffle(records)
        return _dataset(source, records)
    places, edges = list(range(len(source))), list(range(source.n_edges))
    shuffle(places)
    shuffle(edges)
    return _network(source, [source.nodes[i] for i in places], places, edges)


def with_isolate(source: Source) -> Source:
    """The same data with one more actor that has no tie; it is like the last one otherwise."""
    if isinstance(source, Dataset):
        return _dataset(source, [*source, Actor(id=ISOLATE)])
    last = len(source) - 1
    return _network(source, [*source.nodes, ISOLATE], [*range(len(source)), max(last, 0)])


def with_twin(source: Dataset, nodes: Collection[str]) -> Dataset | None:
    """The same data with an actor like one of the nodes, but without a tie; ``None`` without one.

    Args:
        source: The data.
        nodes: The ids of what a projection shows of it.
    """
    known = set(nodes)
    found = sorted((a for a in source.of(Actor) if a.id in known), key=lambda actor: actor.id)
    return _dataset(source, [*source, evolve(found[0], id=ISOLATE)]) if found else None


def swapped(source: Source) -> Source:
    """The same data, the ends of what has no direction the other way round."""
    if isinstance(source, Dataset):
        turned = (
            evolve(record, source=record.target, target=record.source)
            if isinstance(record, Tie) and not record.directed
            else record
            for record in source
        )
        return _dataset(source, turned)
    if source.directed or (source.mode is not None and len(set(source.mode)) > 1):
        return source
    return Network(
        source.name,
        source.nodes,
        source.target,
        source.source,
        directed=False,
        weight=source.weight,
        mode=source.mode,
        unobserved=source.unobserved_ties,
        both_ways=source.both_ways,
        node_attributes=source.node_attributes,
        edge_attributes=source.edge_attributes,
        model=source._model,
    )


def _dataset(source: Dataset, records: Iterable[Record]) -> Dataset:
    return Dataset(records, model=source.model, header=source.header)


def _network(
    source: Network, nodes: list[str], places: Iterable[int], edges: Iterable[int] | None = None
) -> Network:
    """A network of these nodes, each with what the source has at its place."""
    places = list(places)
    chosen = list(range(source.n_edges)) if edges is None else list(edges)
    home = {place: new for new, place in reversed(list(enumerate(places)))}

    def picked(columns: Mapping[str, Any], at: list[int]) -> dict[str, list[Any]]:
        return {name: [column[i] for i in at] for name, column in columns.items()}

    return Network(
        source.name,
        nodes,
        [home[source.source[e]] for e in chosen],
        [home[source.target[e]] for e in chosen],
        directed=source.directed,
        weight=None if source.weight is None else [source.weight[e] for e in chosen],
        mode=None if source.mode is None else [source.mode[i] for i in places],
        unobserved=[(home[i], home[j]) for i, j in source.unobserved_ties],
        both_ways=[(home[i], home[j]) for i, j in source.both_ways],
        node_attributes=picked(source.node_attributes, places) if len(source) else {},
        edge_attributes=picked(source.edge_attributes, chosen),
        model=source._model,
    )
