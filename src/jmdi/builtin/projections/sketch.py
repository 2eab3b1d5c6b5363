"""What all projections share: the day they hold for, a sketch of nodes and edges, memberships."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from jmdi.classes import define, frozen
from jmdi.graph.columns import kinds_of, labels_of, record_columns
from jmdi.graph.naming import actor_class, known_kinds, known_wave, moment_of
from jmdi.graph.network import Network
from jmdi.model.declare import spec_of
from jmdi.model.frozen import EMPTY
from jmdi.model.kinds import Actor, Initiative, Partnership, WorkPlan
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.relations import Participates
from jmdi.model.taking_part import is_flagged
from jmdi.model.values import Code

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["AsOf", "Membership", "Sketch", "actors_of", "memberships", "modes_of", "node_columns"]


Nodes: TypeAlias = type[Actor] | str | None
"""A class or kind of actors; all if not given."""
Kinds: TypeAlias = type[Record] | str | Iterable[type[Record] | str] | None
"""Classes or kinds, one or several."""


class AsOf:
    """Which facts hold on a day or in a wave; without one all do.

    A fact whose period does not cover the day, or is of another wave, is left out. Of one whose
    period is not known, or too vague to tell, it is not known whether it holds: it is no edge, and
    if no other is one, its pair was not observed. The facts of both sorts are counted.

    Args:
        moment: A date, its ISO form, the number of a wave, or ``None``.
        dataset: What the facts are in.

    Raises:
        NotFound: If nothing is of such a wave; it says which waves there are.
        ValueError: If a text is not a date.
    """

    def __init__(self, moment: datetime.date | str | int | None, dataset: Dataset) -> None:
        moment = None if moment is None else moment_of(moment)
        if isinstance(moment, int):
            known_wave(dataset, moment)
        self.moment = moment
        self.left_out = 0
        self.unknown = 0
        self._known: dict[str, bool | None] = {}

    def holds(self, record: Entity | Relation) -> bool | None:
        """Whether a fact holds, counted if not; ``None`` if its period does not tell."""
        if self.moment is None:
            return True
        covered = self.covers(record)
        if covered is None:
            self.unknown += 1
        elif not covered:
            self.left_out += 1
        return covered

    def covers(self, record: Entity | Relation) -> bool | None:
        """Whether a fact holds, without counting it; ``None`` if its period does not tell."""
        period = record.period
        if isinstance(self.moment, int):
            wave = None if period is None else period.wave
            return None if wave is None else wave == self.moment
        if period is None or period.edtf is None or self.moment is None:
            return None
        if period.edtf not in self._known:
            self._known[period.edtf] = period.covers(self.moment)
        return self._known[period.edtf]

    def same_wave(self, record: Entity | Relation) -> bool:
        """Whether a fact is, or may be, of the wave in question; on a day all are."""
        return not isinstance(self.moment, int) or self.covers(record) is not False

    def notes(self) -> dict[str, Any]:
        """The moment and the counts, for the notes of a network."""
        if self.moment is None:
            return {}
        moment = self.moment if isinstance(self.moment, int) else self.moment.isoformat()
        return {
            "as_of": moment,
            "not_in_force": self.left_out,
            "period_unknown": self.unknown,
        }


def actors_of(
    dataset: Dataset, nodes: Nodes = None, exclude_flagged: bool = False
) -> tuple[Sequence[Record], dict[str, Any]]:
    """The actors that become nodes, each id once, and notes on those that do not.

    Args:
        dataset: The records.
        nodes: The class of the actors, or its kind; by default all.
        exclude_flagged: Whether to leave out those marked as placeholders.

    Raises:
        ValueError: If ``nodes`` is not a class or kind of actors.
    """
    found: Sequence[Record] = dataset.of(actor_class(dataset.model.catalog, nodes))
    if len(set(map(attrgetter("id"), found))) != len(found):
        first: dict[str, Record] = {}
        found = [record for record in found if first.setdefault(record.id, record) is record]
    if not exclude_flagged:
        return found, {}
    kept = [r for r in found if (r.extra is EMPTY and r.facets is EMPTY) or not is_flagged(r)]
    return kept, {"excluded_actors": len(found) - len(kept)}


def node_columns(records: Sequence[Record | None], classes: Iterable[type]) -> dict[str, Any]:
    """Attributes of nodes: kind, label, and the fields that fit in one cell."""
    return {
        "kind": lambda: kinds_of(records),
        "label": lambda: labels_of(records),
        **record_columns(records, classes),
    }


def modes_of(records: Sequence[Record]) -> tuple[str, tuple[int, ...]] | None:
    """The own attribute that says which of two modes each node has, and its values.

    A file of a two-mode network has it, ``mode`` or ``bipartite``; ``None`` unless all nodes have
    0 or 1, and some have each.
    """
    for name in ("mode", "bipartite"):
        if not records or name not in records[0].extra:
            continue
        values: list[Any] = [record.extra.get(name) for record in records]
        if set(map(type, values)) == {int} and set(values) == {0, 1}:
            return name, tuple(values)
    return None


@frozen
class Membership:
    """An actor takes part in something.

    Attributes:
        actor: Id of the actor.
        of: Id of what it takes part in.
        side: On which side of a corridor, as the record says.
        record: The record that says so.
        sure: Whether it does at the time in question; if not, nobody knows.
        inferred: Whether no record says so, but only that the actor publishes what it is.
    """

    actor: str
    of: str
    side: Code | None
    record: Record
    sure: bool = True
    inferred: bool = False


def memberships(
    dataset: Dataset, kinds: Sequence[str], as_of: AsOf, *, publishers: bool = False
) -> Iterator[Membership]:
    """Who takes part in records of these kinds, derived kinds included.

    Besides ``participates``, the parties of a partnership and the authors of a work plan
    take part in it.

    Args:
        dataset: The records.
        kinds: Kinds of what is taken part in.
        as_of: When it has to hold.
        publishers: Whether those who publish an initiative count too, after all others. A source
            whose own attribute ``secondary`` is true only passes on what others publish.
    """
    for relation in dataset.of(Participates):
        target = dataset.find(relation.target)
        if target is not None and of_kinds(target, kinds):
            held = as_of.holds(relation)
            if held is not False:
                yield Membership(
                    relation.source, relation.target, relation.side, relation, held is True
                )
    for partnership in dataset.of(Partnership):
        if partnership.parties and of_kinds(partnership, kinds):
            held = as_of.holds(partnership)
            for party in partnership.parties if held is not False else ():
                yield Membership(party.actor, partnership.id, party.side, partnership, held is True)
    for plan in dataset.of(WorkPlan):
        if plan.authors and of_kinds(plan, kinds):
            for author in plan.authors:
                yield Membership(author, plan.id, None, plan)
    if publishers:
        for initiative in dataset.of(Initiative):
            if of_kinds(initiative, kinds) and (held := as_of.holds(initiative)) is not False:
                for publisher in _publishers(initiative):
                    yield Membership(
                        publisher, initiative.id, None, initiative, held is True, inferred=True
                    )


def _publishers(initiative: Initiative) -> Iterable[str]:
    own = (source for source in initiative.sources if source.extra.get("secondary") is not True)
    return dict.fromkeys(source.publisher for source in own if source.publisher)


def of_kinds(record: Record, kinds: Sequence[str]) -> bool:
    """Whether a record is of one of these kinds or derived from one."""
    if record.kind in kinds:
        return True
    bases = (base for base in type(record).__mro__[1:] if "__jmdi__" in base.__dict__)
    return any(spec_of(base).name in kinds for base in bases)


def as_kinds(dataset: Dataset, kinds: Kinds, default: Sequence[str]) -> tuple[str, ...]:
    """Kinds as a user names them, by name or class, one or several.

    Raises:
        NotFound: If there is no such kind; it names the near ones.
        ValueError: If one is neither.
    """
    if kinds is None:
        return tuple(default)
    many = [kinds] if isinstance(kinds, (str, type)) else list(kinds)
    names = []
    for kind in many:
        name = getattr(kind, "kind", kind)
        if not isinstance(name, str):
            raise ValueError(f"kinds are named by their name or class, not by {name!r}")
        names.append(name)
    known_kinds(dataset, names)
    return tuple(names)


@define
class Sketch:
    """A network in the making: nodes by id, and edges with what they are and their records.

    Attributes:
        dataset: The records.
        index: The index of each node by its id.
        source: Where edges go from.
        target: Where edges go to.
        kinds: What each edge is.
        records: The record behind each edge.
        dangling: How many edges were left out because an end is not there.
        unseen: Pairs of indices of nodes of which it is not known whether they have an edge.
        both_unseen: Those of which it is not known whether they have one both ways.
        halves: Indices of the edges that are one half of what goes both ways.
        own: Kind and label of each node that has no record.
    """

    dataset: Dataset
    index: dict[str, int] = attrs.field(factory=dict)
    source: array[int] = attrs.field(factory=lambda: array("i"))
    target: array[int] = attrs.field(factory=lambda: array("i"))
    kinds: list[str] = attrs.field(factory=list)
    records: list[Record] = attrs.field(factory=list)
    dangling: int = 0
    unseen: list[tuple[int, int]] = attrs.field(factory=list)
    both_unseen: list[tuple[int, int]] = attrs.field(factory=list)
    halves: list[int] = attrs.field(factory=list)
    own: dict[str, tuple[str, str]] = attrs.field(factory=dict)

    def add_node(self, id: str) -> None:
        """Adds a node unless it is there."""
        self.index.setdefault(id, len(self.index))

    def add_own(self, id: str, kind: str, label: str) -> None:
        """Adds a node that has no record."""
        self.own.setdefault(id, (kind, label))
        self.add_node(id)

    def add_edge(
        self, source: str, target: str, kind: str, record: Record, *, sure: bool = True
    ) -> bool:
        """Adds an edge between nodes; one whose ends are not nodes is counted and left out.

        Args:
            source: Id of the node that it goes from.
            target: Id of the node that it goes to.
            kind: What it is.
            record: The record that says so.
            sure: Whether it is there; if not, nobody knows, and there is no edge.

        Returns:
            Whether there is an edge.
        """
        i, j = self.index.get(source), self.index.get(target)
        if i is None or j is None:
            self.dangling += 1
            return False
        if not sure:
            self.unseen.append((i, j))
            return False
        self.source.append(i)
        self.target.append(j)
        self.kinds.append(kind)
        self.records.append(record)
        return True

    def add_both_ways(
        self, source: str, target: str, kind: str, record: Record, *, sure: bool = True
    ) -> bool:
        """Adds an edge there and one back, of which both are there or none is; see `add_edge`."""
        before, unseen = len(self.source), len(self.unseen)
        self.add_edge(source, target, kind, record, sure=sure)
        self.add_edge(target, source, kind, record, sure=sure)
        self.halves += range(before, len(self.source))
        self.both_unseen += self.unseen[unseen : unseen + 1]
        del self.unseen[unseen:]
        return len(self.source) > before

    def node_records(self) -> tuple[Record | None, ...]:
        """The record of each node."""
        return tuple(self.dataset.find(id) for id in self.index)

    def network(self, name: str, *, directed: bool = True, **more: Any) -> Network:
        """The finished network; ``more`` are further arguments of `Network`."""
        notes = {**more.pop("notes", {})}
        if self.dangling:
            notes["dangling"] = self.dangling
        nodes = self.node_records()
        relations = [r if isinstance(r, Relation) else None for r in self.records]
        halves = set(self.halves)
        marks = {"directed": [False if e in halves else None for e in range(len(self.records))]}
        alone = {(min(pair), max(pair)) for pair in self.unseen}
        return Network(
            name,
            self.index,
            self.source,
            self.target,
            directed=directed,
            node_attributes={**self._node_columns(nodes), **more.pop("node_attributes", {})},
            edge_attributes={
                "kind": tuple(self.kinds),
                **record_columns(relations, dict.fromkeys(type(r) for r in relations if r)),
                **(marks if halves else {}),
                **more.pop("edge_attributes", {}),
            },
            behind=self.records,
            dataset=self.dataset,
            unobserved=[*self.unseen, *self.both_unseen, *((j, i) for i, j in self.both_unseen)],
            both_ways={(min(pair), max(pair)) for pair in self.both_unseen} - alone,
            notes=notes,
            **more,
        )

    def _node_columns(self, nodes: Sequence[Record | None]) -> dict[str, Any]:
        columns = node_columns(nodes, dict.fromkeys(type(r) for r in nodes if r))
        if self.own:
            given = [self.own.get(id) for id in self.index]
            for name, place in (("kind", 0), ("label", 1)):
                pairs = zip(columns[name](), given, strict=True)
                columns[name] = tuple(own[place] if own else value for value, own in pairs)
        return columns
