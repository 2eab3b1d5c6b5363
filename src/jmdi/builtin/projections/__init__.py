"""The projections of the core: the ways in which a Dataset can be seen as a Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jmdi.builtin.projections.sketch import AsOf, Sketch
from jmdi.builtin.walking import leaves
from jmdi.model.records import Entity, Relation
from jmdi.model.wellknown import WELL_KNOWN
from jmdi.plugins.specs import Parameter, Projection

if TYPE_CHECKING:
    import datetime

    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network

__all__ = ["PROJECTIONS", "full"]


def full(dataset: Dataset, *, as_of: datetime.date | str | None = None) -> Network:
    """Every entity a node, every relation and every reference an edge.

    The edge attribute ``kind`` is the kind of the relation, or the field that holds the
    reference: ``within``, ``parties.actor``. Pillars and clusters of the programme are nodes
    where something refers to them. Relations are edges, so what they refer to besides their
    ends, and what refers to them, is counted in the notes only.
    """
    on = AsOf(as_of)
    sketch = Sketch(dataset)
    relations = [relation for relation in dataset.of(Relation) if on.holds(relation)]
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
    for entity, field, id in references:
        if isinstance(dataset.find(id), Relation):
            to_relations += 1
        else:
            sketch.add_edge(entity.id, id, field, entity)
    for relation in relations:
        sketch.add_edge(relation.source, relation.target, relation.kind, relation)
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


_AS_OF = Parameter(
    "as_of", "The day that the network holds for; what was not in force is left out."
)
_FLAGGED = Parameter(
    "exclude_flagged", "Whether actors marked as placeholders are left out.", True, (True, False)
)
_NODES = Parameter("nodes", "The class or kind of the actors that become nodes.")
_KINDS = Parameter(
    "kinds",
    "Kinds of what actors take part in together: initiatives, partnerships, work plans and "
    "actions when not said.",
)
_WEIGHT = Parameter(
    "weight",
    "What a shared activity adds: 'count' 1, 'newman' 1/(actors in it - 1), 'jaccard' the "
    "share of the activities of either.",
    "count",
    ("count", "newman", "jaccard"),
)

ACTORS = "jmdi.builtin.projections.actors"
KNOWLEDGE = "jmdi.builtin.projections.knowledge"

PROJECTIONS: tuple[Projection, ...] = (
    Projection("full", full, "Every relation and reference an edge.", (_AS_OF,)),
    Projection(
        "actors",
        f"{ACTORS}:actors",
        "Actors by ties and by what they take part in together.",
        (
            _NODES,
            Parameter("ties", "Whether ties are edges.", True, (True, False)),
            Parameter(
                "co_participation", "Whether taking part together is an edge.", True, (True, False)
            ),
            _WEIGHT,
            Parameter(
                "tie_weight",
                "The weight of a tie: 'count' 1, or its stated 'strength'.",
                "count",
                ("count", "strength"),
            ),
            _KINDS,
            Parameter("tie_kinds", "Codes of tie-kind; all ties when not said."),
            Parameter(
                "directed",
                "Whether ties go from source to target; without, they have no direction.",
                False,
                (True, False),
            ),
            _AS_OF,
            _FLAGGED,
        ),
    ),
    Projection(
        "co-participation",
        f"{ACTORS}:co_participation",
        "Actors by what they take part in together.",
        (_NODES, _WEIGHT, _KINDS, _AS_OF, _FLAGGED),
    ),
    Projection(
        "actors-initiatives",
        f"{ACTORS}:actors_initiatives",
        "Two modes: actors, and the initiatives that they take part in.",
        (
            Parameter("kinds", "Kinds of the second mode: initiatives when not said."),
            _NODES,
            _AS_OF,
            _FLAGGED,
        ),
    ),
    Projection(
        "partnerships",
        f"{ACTORS}:partnerships",
        "Actors by partnerships.",
        (
            Parameter(
                "style",
                "'star' has a node for each partnership, 'clique' ties its parties to each other.",
                "star",
                ("star", "clique"),
            ),
            _NODES,
            _AS_OF,
        ),
    ),
    Projection(
        "corridors",
        "jmdi.builtin.projections.corridors:corridors",
        "From origin to destination, by initiatives with participants on both sides.",
        (
            Parameter("by", "What the nodes are.", "country", ("country", "territory")),
            Parameter(
                "count",
                "'whole' counts an initiative 1 in each corridor, 'fractional' "
                "shares 1 out among its corridors.",
                "whole",
                ("whole", "fractional"),
            ),
            _AS_OF,
        ),
    ),
    Projection(
        "knowledge",
        f"{KNOWLEDGE}:knowledge",
        "Pillars, and knowledge from items over practices and products to audiences.",
        (_AS_OF,),
    ),
    Projection(
        "workplan",
        f"{KNOWLEDGE}:workplan",
        "Plans with their actions, and these with audiences, places, pillars, themes and actors.",
        (Parameter("plan", "Id of the one plan to show; all when not said."), _AS_OF),
    ),
)
