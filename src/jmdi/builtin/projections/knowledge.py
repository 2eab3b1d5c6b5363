"""How knowledge flows through the pillars, and how a work plan hangs together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jmdi.builtin.projections.sketch import AsOf, Sketch
from jmdi.metrics.types import Moment
from jmdi.model.ids import make_id
from jmdi.model.kinds import (
    Action,
    Initiative,
    KnowledgeItem,
    KnowledgeProduct,
    Observation,
    Pillar,
    Practice,
    Theme,
    WorkPlan,
)
from jmdi.model.records import Record, Relation, pick
from jmdi.model.relations import Coded, Contributes, Derives, Disseminated, Participates
from jmdi.model.values import Audience, Place
from jmdi.model.wellknown import PILLARS

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network

__all__ = ["knowledge", "workplan"]

LAYERS: tuple[tuple[str, type[Record]], ...] = (
    ("pillar", Pillar),
    ("theme", Theme),
    ("initiative", Initiative),
    ("item", KnowledgeItem),
    ("practice", Practice),
    ("product", KnowledgeProduct),
    ("action", Action),
    ("observation", Observation),
)


def knowledge(dataset: Dataset, *, as_of: Moment | None = None) -> Network:
    """Pillars, and knowledge on its way from items over practices and products to audiences.

    Initiatives from whose work something was made are there too, and observations that led to
    something.

    The five pillars are always there; the first ``overarches`` the others. An edge ``feeds``
    goes from what something was made from to what was made of it, which is a ``derives``
    turned round; ``disseminated`` goes from a product to whom it reached, ``coded`` to a
    theme, ``pillar`` to the pillar that something serves, ``parent`` to the broader theme.
    The node attribute ``layer`` says which part of this a node is.

    Args:
        dataset: The records.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out.
    """
    on = AsOf(as_of, dataset)
    sketch = Sketch(dataset)
    pillars = [dataset.find(pillar.id, Pillar) or pillar for pillar in PILLARS]
    pillars += [p for p in dataset.of(Pillar) if p.id not in {known.id for known in PILLARS}]
    unsure: set[int] = set()
    relations: dict[type[Any], list[Any]] = {Coded: [], Derives: [], Disseminated: []}
    for cls, found in relations.items():
        for relation in dataset.of(cls):
            if (held := on.holds(relation)) is not False:
                found.append(relation)
                if held is None:
                    unsure.add(id(relation))
    _place_nodes(sketch, pillars, relations)
    for pillar in pillars:
        for other in pillar.overarches:
            sketch.add_edge(pillar.id, other, "overarches", pillar)
    for node in list(sketch.index):
        record: Any = dataset.find(node)
        for served in getattr(record, "pillars", ()):
            sketch.add_edge(node, served, "pillar", record)
        if isinstance(record, Theme):
            for broader in dict.fromkeys((record.parent, *record.also_within)):
                if broader is not None:
                    sketch.add_edge(node, broader, "parent", record)
        if isinstance(record, Action):
            for cluster in record.clusters:
                sketch.add_edge(node, cluster, "coded", record)
    for cls, kind in ((Derives, "feeds"), (Disseminated, "disseminated"), (Coded, "coded")):
        for relation in relations[cls]:
            ends = (relation.source, relation.target)
            source, target = reversed(ends) if cls is Derives else ends
            sketch.add_edge(source, target, kind, relation, sure=id(relation) not in unsure)
    layers = [_layer(record) for record in sketch.node_records()]
    return sketch.network("knowledge", node_attributes={"layer": layers}, notes=on.notes())


def _place_nodes(
    sketch: Sketch, pillars: list[Pillar], relations: dict[type[Any], list[Any]]
) -> None:
    """Pillars, all knowledge in the dataset, and what it touches: themes, actions, audiences."""
    dataset = sketch.dataset
    for record in [*pillars, *dataset.of(Theme)]:
        sketch.add_node(record.id)
    for cls in (KnowledgeItem, Practice, KnowledgeProduct):
        for record in dataset.of(cls):
            sketch.add_node(record.id)
    coded = {relation.source for relation in relations[Coded]}
    themes = [relation.target for relation in relations[Coded]]
    for action in dataset.of(Action):
        if action.pillars or action.clusters or action.id in coded:
            sketch.add_node(action.id)
            themes += action.clusters
    reached = [relation.target for relation in relations[Disseminated]]
    origins = [end for relation in relations[Derives] for end in (relation.source, relation.target)]
    for id in (*origins, *themes, *reached):
        if dataset.find(id) is not None:
            sketch.add_node(id)


def _layer(record: Record | None) -> str:
    return next((name for name, cls in LAYERS if isinstance(record, cls)), "audience")


def workplan(dataset: Dataset, *, plan: str | None = None, as_of: Moment | None = None) -> Network:
    """Plans with their actions, and these with audiences, places, pillars, themes and actors.

    Edges go from the whole to its parts and from an action to what it is for. Audiences and
    places that are given in words only are nodes too; the same words are the same node.

    Args:
        dataset: The records.
        plan: Id of the one plan to show; all when not said.
        as_of: The day that participations and contributions must be in force.

    Raises:
        NotFound: If there is no such plan.
    """
    on = AsOf(as_of, dataset)
    sketch = Sketch(dataset)
    plans = [dataset.get(plan, WorkPlan)] if plan is not None else list(dataset.of(WorkPlan))
    actions = [a for a in dataset.of(Action) if plan is None or a.workplan == plan]
    for record in [*plans, *actions]:
        sketch.add_node(record.id)
    for one in plans:
        for author in one.authors:
            _link(sketch, one.id, author, "author", one)
        for territory in one.territories:
            _link(sketch, one.id, territory, "place", one)
        _link_actors(sketch, one, on)
    for action in actions:
        if action.workplan is not None:
            sketch.add_edge(action.workplan, action.id, "action", action)
        for audience in action.audience:
            _link_audience(sketch, action, audience)
        for place in action.places:
            _link_place(sketch, action, place)
        for pillar in action.pillars:
            _link(sketch, action.id, pillar, "pillar", action)
        for cluster in action.clusters:
            _link(sketch, action.id, cluster, "theme", action)
        for coded in dataset.out(action.id, Coded):
            held = coded.target not in action.clusters and on.holds(coded)
            if held is not False:
                _link(sketch, action.id, coded.target, "theme", coded, sure=held is True)
        _link_actors(sketch, action, on)
    return sketch.network("workplan", notes=on.notes())


def _link(
    sketch: Sketch, source: str, target: str, kind: str, record: Record, *, sure: bool = True
) -> None:
    """An edge to a record, which becomes a node if it is there."""
    if sketch.dataset.find(target) is not None:
        sketch.add_node(target)
    sketch.add_edge(source, target, kind, record, sure=sure)


def _link_actors(sketch: Sketch, record: Record, on: AsOf) -> None:
    """Edges to the actors that take part in a plan or action or contribute to it."""
    for cls in (Participates, Contributes):
        relations: tuple[Relation, ...] = sketch.dataset.in_(record.id, cls)
        for relation in relations:
            if (held := on.holds(relation)) is not False:
                kind = relation.kind
                _link(sketch, record.id, relation.source, kind, relation, sure=held is True)


def _link_audience(sketch: Sketch, action: Action, audience: Audience) -> None:
    words = json.dumps(dict(sorted(audience.who.items())), ensure_ascii=False)
    code = None if audience.type is None else str(audience.type)
    # two actions whose audiences nobody knows have none in common
    known = [words, code] if audience.who or code else [action.id, words]
    id = make_id("audience", *known)
    label = pick(audience.who) or code or id
    sketch.add_own(id, "audience", label)
    sketch.add_edge(action.id, id, "audience", action)


def _link_place(sketch: Sketch, action: Action, place: Place) -> None:
    if place.territory is not None:
        _link(sketch, action.id, place.territory, "place", action)
    elif place.words:
        id = make_id("place", place.words)
        sketch.add_own(id, "place", place.words)
        sketch.add_edge(action.id, id, "place", action)
