"""Networks of actors: by ties, by taking part together, by initiatives and by partnerships."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.builtin.projections.joint import Joint, incomplete, joint_of
from jmdi.builtin.projections.sketch import (
    AsOf,
    Kinds,
    Nodes,
    Sketch,
    actors_of,
    as_kinds,
    memberships,
    modes_of,
    node_columns,
    of_kinds,
)
from jmdi.builtin.projections.ties import SHARED, Ties, ties_between, weights_of
from jmdi.classes import frozen
from jmdi.graph.columns import record_columns
from jmdi.graph.network import Network
from jmdi.graph.pairs import all_are_ties
from jmdi.graph.reported import Rule
from jmdi.metrics.types import Ids, Moment
from jmdi.model.kinds import Partnership
from jmdi.model.records import Record
from jmdi.model.relations import Participates
from jmdi.model.taking_part import TOGETHER
from jmdi.model.values import Code

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["actors", "actors_initiatives", "co_participation", "partnerships"]

Shared: TypeAlias = Literal["count", "newman", "jaccard"]
"""What a shared activity adds to the weight of a pair."""


def actors(
    dataset: Dataset,
    *,
    nodes: Nodes = None,
    ties: bool = True,
    co_participation: bool = True,
    weight: str | None = None,
    kinds: Kinds = None,
    tie_kinds: Ids | None = None,
    directed: bool | None = None,
    reports: Rule = "max",
    publishers: bool = False,
    as_of: Moment | None = None,
    exclude_flagged: bool = True,
) -> Network:
    """Actors, tied directly and by what they take part in together.

    Each tie is an edge with the attributes of the tie. Ties that are absent or unobserved are
    none, and counted; the pairs of unobserved ones are in `Network.unobserved`. The network is
    directed when any tie is, on whichever day; a tie that is not goes both ways then, and so
    does taking part in something together.

    Actors of a file of two modes, whose own attribute ``mode`` or ``bipartite`` is 0 or 1, make a
    network of two modes again, unless a tie joins two of one mode.

    A tie weighs its strength when any tie has one, and the note ``tie_weight`` says so; else 1.
    A tie without a strength stays, but its weight is not known.

    Each pair of actors that takes part in something together is an edge ``co-participation``
    whose attribute ``shared`` lists what. With ``d`` actors in activity ``a``, its weight is
    ``count``: the number of shared activities; ``newman``: the sum of ``1/(d-1)`` over them,
    so that the weights of an actor add up to its activities with two or more actors;
    ``jaccard``: shared activities over the activities of either.

    Source: Newman 2001, Physical Review E 64:016132 for ``newman``.

    Args:
        dataset: The records.
        nodes: The class or kind of the actors that become nodes; all actors if not given.
        ties: Whether ties are edges.
        co_participation: Whether taking part together is an edge.
        weight: What an edge weighs: ``count`` for 1 for each tie and each shared activity;
            ``newman`` or ``jaccard`` for shared activities; or, for ties, the name of a field
            or own attribute that holds numbers, such as ``strength``.
        kinds: Kinds of what actors take part in together; initiatives, partnerships, work
            plans and actions if not given.
        tie_kinds: Codes of tie-kind; all ties if not given.
        directed: Whether ties go from source to target: if true, so do those that do not say;
            if false, none does.
        reports: What counts when several actors report a tie of one pair, one kind and one
            period: ``max`` for a tie when anybody reports one, with the highest weight; ``min``
            when nobody says that there is none, with the lowest; ``mean`` as ``max`` with the mean
            weight, in which no tie is 0; ``both`` when at least two report it. The edge
            attribute ``reports`` has who reports what, in pairs: 0 for no tie.
        publishers: Whether an actor that publishes an initiative counts as taking part in it; the
            edge attribute ``inferred`` says which pairs share nothing else. One that only passes
            on what others publish never counts.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out, and of what is not dated nobody knows it.
        exclude_flagged: Whether actors marked as placeholders are left out.
    """
    on = AsOf(as_of, dataset)
    records, notes = actors_of(dataset, nodes, exclude_flagged)
    ids = tuple(map(attrgetter("id"), records))
    index = dict(zip(ids, range(len(ids)), strict=True))
    tied = Ties(bool(directed))
    if ties:
        tied, more = ties_between(
            dataset, index, on, tie_kinds=tie_kinds, directed=directed, reports=reports
        )
        notes.update(more)
    weights, number, more = weights_of(tied, weight)
    notes.update(more)
    joint = Joint()
    if co_participation:
        on_kinds = as_kinds(dataset, kinds, TOGETHER)
        shared = weight if weight in SHARED else "count"
        joint = joint_of(dataset, index, on, on_kinds, shared, publishers=publishers)
        if tied.directed:
            joint.add_reverse()
        notes.update(joint.notes)
    k, m = len(tied.records), len(joint.source)
    columns = node_columns(records, dict.fromkeys(map(type, records)))
    mode = None
    if ties and not m and (found := modes_of(records)):
        name, mode = found
        if any(mode[i] == mode[j] for i, j in zip(tied.source, tied.target, strict=True)):
            mode = None
        else:
            del columns[name]
            notes["modes_by"] = name
    if (m or joint.unseen) and weights is None:
        weights = array("d", [1.0]) * k
    alone = {(min(pair), max(pair)) for pair in tied.unobserved}.difference(tied.one_answer)
    both_ways = {(min(pair), max(pair)) for pair in joint.unseen}.union(tied.one_answer) - alone
    inferred = {"inferred": (False,) * k + joint.inferred_pairs()} if publishers else {}
    network = Network(
        "actors" if ties else "co-participation",
        ids,
        tied.source + joint.source if m else tied.source,
        tied.target + joint.target if m else tied.target,
        directed=tied.directed,
        weight=None if weights is None else weights + joint.weight,
        unobserved=(*tied.unobserved, *joint.unseen),
        both_ways=both_ways if tied.directed else (),
        mode=mode,
        node_attributes=columns,
        edge_attributes={
            "kind": lambda: ("tie",) * k + ("co-participation",) * m,
            "shared": lambda: (None,) * k + joint.shared(),
            **inferred,
            **tied.columns(number, after=m),
            **tied.halves(after=m),
        },
        behind=(lambda e: tied.behind(e) if e < k else joint.records(e - k))
        if m or tied.reports
        else tied.records,
        dataset=dataset,
        notes={**notes, **on.notes()},
        check=False,
    )
    sure = not tied.reports and (weights is None or 0 not in weights)
    return all_are_ties(network) if sure else network


def co_participation(
    dataset: Dataset,
    *,
    nodes: Nodes = None,
    weight: Shared = "count",
    kinds: Kinds = None,
    publishers: bool = False,
    as_of: Moment | None = None,
    exclude_flagged: bool = True,
) -> Network:
    """Actors by what they take part in together; see `actors`.

    Args:
        dataset: The records.
        nodes: The class or kind of the actors that become nodes; all actors if not given.
        weight: What a shared activity adds: ``count``, ``newman`` or ``jaccard``.
        kinds: Kinds of what actors take part in together; initiatives, partnerships, work
            plans and actions if not given.
        publishers: Whether an actor that publishes an initiative counts as taking part in it; the
            edge attribute ``inferred`` says which pairs share nothing else. One that only passes
            on what others publish never counts.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out, and of what is not dated nobody knows it.
        exclude_flagged: Whether actors marked as placeholders are left out.
    """
    return actors(
        dataset,
        nodes=nodes,
        ties=False,
        weight=weight,
        kinds=kinds,
        publishers=publishers,
        as_of=as_of,
        exclude_flagged=exclude_flagged,
    )


def actors_initiatives(
    dataset: Dataset,
    *,
    kinds: Kinds = None,
    nodes: Nodes = None,
    as_of: Moment | None = None,
    exclude_flagged: bool = True,
) -> Network:
    """Two modes: actors first (0), then initiatives (1); each participation is an edge.

    An actor that takes part in several roles has an edge for each; ``simple()`` merges them.

    Args:
        dataset: The records.
        kinds: Kinds of the second mode; initiatives if not given.
        nodes: The class or kind of the actors that become nodes; all actors if not given.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out, and of what is not dated nobody knows it.
        exclude_flagged: Whether actors marked as placeholders are left out.
    """
    on = AsOf(as_of, dataset)
    records, notes = actors_of(dataset, nodes, exclude_flagged)
    sketch = Sketch(dataset)
    for record in records:
        sketch.add_node(record.id)
    first = len(sketch.index)
    wanted = as_kinds(dataset, kinds, ("initiative",))
    things = _of_kinds(dataset, wanted)
    for thing in things:
        sketch.add_node(thing.id)
    inside = {thing.id for thing in things}
    outside = 0
    for membership in memberships(dataset, wanted, on):
        if membership.actor in sketch.index and membership.of in inside:
            relation = isinstance(membership.record, Participates)
            kind = "participates" if relation else "member"
            pair = (membership.actor, membership.of)
            sketch.add_edge(*pair, kind, membership.record, sure=membership.sure)
        else:
            outside += 1
    if outside:
        notes["participations_outside"] = outside
    notes.update(incomplete(dataset, inside))
    return sketch.network(
        "actors-initiatives",
        directed=False,
        mode=[0] * first + [1] * (len(sketch.index) - first),
        notes={**notes, **on.notes()},
    )


def _of_kinds(dataset: Dataset, kinds: Sequence[str]) -> list[Record]:
    return [record for record in dataset.by_id.values() if of_kinds(record, kinds)]


def partnerships(
    dataset: Dataset,
    *,
    style: Literal["star", "clique"] = "star",
    nodes: Nodes = None,
    as_of: Moment | None = None,
) -> Network:
    """Actors by partnerships; those without one are isolates.

    As a ``star`` each partnership is a node of mode 1, with an edge from each of its parties.
    As a ``clique`` all pairs of its parties have an edge, one for each partnership. Parties
    are those that the partnership lists and those that ``participates`` names.

    Args:
        dataset: The records.
        style: ``star`` or ``clique``.
        nodes: The class or kind of the actors that become nodes; all actors if not given.
        as_of: The day that the network holds for, or the number of a wave; what was not in
            force is left out, and of what is not dated nobody knows it.

    Raises:
        ValueError: If the style is neither.
    """
    if style not in ("star", "clique"):
        raise ValueError(f"style is 'star' or 'clique', not {style!r}")
    on = AsOf(as_of, dataset)
    records, notes = actors_of(dataset, nodes)
    sketch = Sketch(dataset)
    for record in records:
        sketch.add_node(record.id)
    held = [(partnership, on.holds(partnership)) for partnership in dataset.of(Partnership)]
    standing = [partnership for partnership, there in held if there is not False]
    sure = {partnership.id for partnership, there in held if there}
    parties = _parties(dataset, standing, sure, on)
    if style == "clique":
        for partnership in standing:
            for a, b in itertools.combinations(parties[partnership.id].items(), 2):
                both = a[1].sure and b[1].sure
                sketch.add_edge(a[0], b[0], "partnership", partnership, sure=both)
        rows = [record if isinstance(record, Partnership) else None for record in sketch.records]
        columns = record_columns(rows, dict.fromkeys(map(type, standing)))
        columns["shared"] = lambda: tuple(record.id for record in sketch.records)
        return sketch.network(
            "partnerships",
            directed=False,
            edge_attributes=columns,
            notes={"style": style, **notes, **on.notes()},
        )
    first = len(sketch.index)
    for partnership in standing:
        sketch.add_node(partnership.id)
    roles: list[tuple[str | None, str | None]] = []
    for partnership in standing:
        for actor, party in parties[partnership.id].items():
            if sketch.add_edge(actor, partnership.id, "party", party.record, sure=party.sure):
                roles.append((_code(party.role), _code(party.side)))
    return sketch.network(
        "partnerships",
        directed=False,
        mode=[0] * first + [1] * (len(sketch.index) - first),
        edge_attributes={"role": [r for r, _ in roles], "side": [s for _, s in roles]},
        notes={"style": style, **notes, **on.notes()},
    )


@frozen
class _Party:
    """A party of a partnership: the record that names it, and whether it is one for certain."""

    record: Record
    role: Code | None
    side: Code | None
    sure: bool


def _parties(
    dataset: Dataset, standing: Sequence[Partnership], sure: set[str], on: AsOf
) -> dict[str, dict[str, _Party]]:
    """The parties of each partnership once, those named by itself first.

    Args:
        dataset: The records.
        standing: The partnerships that are, or may be, in force.
        sure: Ids of those that are.
        on: When their participants must be in force.
    """
    parties: dict[str, dict[str, _Party]] = {}
    for partnership in standing:
        named = parties.setdefault(partnership.id, {})
        there = partnership.id in sure
        for party in partnership.parties:
            named.setdefault(party.actor, _Party(partnership, party.role, party.side, there))
        for relation in dataset.in_(partnership.id, Participates):
            known = named.get(relation.source)
            if known is not None and (known.sure or not there):
                continue
            held = on.holds(relation)
            if held or (held is None and known is None):
                one = _Party(relation, relation.role, relation.side, there and held is True)
                named[relation.source] = one
    return parties


def _code(value: Code | None) -> str | None:
    return None if value is None else value.code
