"""The projections of the core: the ways in which a Dataset can be seen as a Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jmdi.builtin.projections.sketch import AsOf, Sketch
from jmdi.builtin.walking import leaves
from jmdi.metrics.types import Moment
from jmdi.model.records import Entity, Relation
from jmdi.plugins.specs import Projection

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network

__all__ = ["PROJECTIONS", "full"]


def full(dataset: Dataset, *, as_of: Moment | None = None) -> Network:
    """Every entity a node, every relation and every reference an edge.

    A tie that is not directed is two edges, there and back, whose attribute ``directed`` is false.
    The edge attribute ``kind`` is the kind of the relation, or the field that holds the
    reference: ``within``, ``parties.actor``. Pillars and clusters of the programme are nodes
    where something refers to them. Relations are edges, so what they refer to besides their
    ends, and what refers to them, is counted in the notes only.

    Args:
        dataset: The records.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out.
    """
    from jmdi.model.wellknown import WELL_KNOWN

    on = AsOf(as_of, dataset)
    sketch = Sketch(dataset)
    held = [(relation, on.holds(relation)) for relation in dataset.of(Relation)]
    relations = [relation for relation, there in held if there is not False]
    sure = {id(relation) for relation, there in held if there}
    entities = [record for record in dataset.by_id.values() if isinstance(record, Entity)]
    references = [reference for entity in entities for reference in _references(entity)]
    wanted = {id for _, _, id in references}
    wanted.update(end for relation in relations for end in (relation.source, relation.target))
    known = [record for id, record in WELL_KNOWN.items() if id in wanted and id not in dataset]
    for entity in (*entities, *known):
        sketch.add_node(entity.id)
    for record in known:
        references += [ref for ref in _references(record) if ref[2] in sketch.index]
    to_relations = 0
    for entity, field, other in references:
        if isinstance(dataset.find(other), Relation):
            to_relations += 1
        else:
            sketch.add_edge(entity.id, other, field, entity)
    for relation in relations:
        one_way = getattr(relation, "directed", True) or relation.source == relation.target
        add = sketch.add_edge if one_way else sketch.add_both_ways
        add(relation.source, relation.target, relation.kind, relation, sure=id(relation) in sure)
    of_relations = sum(
        leaf.field.owner != "relation" for r in relations for leaf in leaves(r, "ref")
    )
    counts = {"references_of_relations": of_relations, "references_to_relations": to_relations}
    notes = {name: count for name, count in counts.items() if count}
    return sketch.network("full", notes={**notes, **on.notes()})


def _references(entity: Entity) -> Iterator[tuple[Entity, str, str]]:
    """What an entity refers to: itself, the path of the field, and the id."""
    for leaf in leaves(entity, "ref"):
        if isinstance(leaf.value, str):
            path = [part for part in leaf.pointer.split("/") if part and not part.isdecimal()]
            yield entity, ".".join(path), leaf.value


_HERE = "jmdi.builtin.projections"

PROJECTIONS: tuple[Projection, ...] = (
    Projection("full", full),
    Projection("actors", f"{_HERE}.actors:actors"),
    Projection("co-participation", f"{_HERE}.actors:co_participation"),
    Projection("actors-initiatives", f"{_HERE}.actors:actors_initiatives"),
    Projection("partnerships", f"{_HERE}.actors:partnerships"),
    Projection("corridors", f"{_HERE}.corridors:corridors"),
    Projection("flow", f"{_HERE}.flow:flow"),
    Projection("knowledge", f"{_HERE}.knowledge:knowledge"),
    Projection("workplan", f"{_HERE}.knowledge:workplan"),
)
