"""Checks of how records hang together: ids, references, ends and hierarchies."""

from __future__ import annotations

import functools
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from jmdi.builtin.walking import Leaf, leaves
from jmdi.errors import Problem, Severity, Where
from jmdi.model.declare import spec_of
from jmdi.model.kinds import Territory, Theme
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.relations import Derives, Relates, Tie
from jmdi.model.wellknown import WELL_KNOWN

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["cycles", "dangling", "duplicate_ids", "self_ties", "wrong_ends", "wrong_references"]

SHOWN = 20
"""How many records of a circle are named."""


def problem(
    code: str,
    severity: Severity,
    message: str,
    record: Record,
    path: str = "",
    *,
    value: str | None = None,
    cure: str | None = None,
) -> Problem:
    """A problem of a record."""
    where = Where(record=str(record.id), kind=record.kind)
    return Problem(code, severity, message, where, path or None, value, cure)


def duplicate_ids(dataset: Dataset) -> Iterator[Problem]:
    """Ids that several records have; one problem for each record after the first."""
    if len(dataset.by_id) == len(dataset):
        return
    for record in dataset:
        first = dataset.by_id[record.id]
        if first is not record:
            same = "the same" if first == record else f"another {first.kind}"
            yield problem(
                "J301",
                Severity.ERROR,
                f"the id {record.id!r} is taken by {same} record",
                record,
                "/id",
                value=record.id,
                cure="ids are unique in a dataset",
            )


def dangling(dataset: Dataset) -> Iterator[Problem]:
    """References to records that are not there."""
    known = {**WELL_KNOWN, **dataset.by_id}
    for record in dataset:
        for leaf in leaves(record, "ref"):
            if isinstance(leaf.value, str) and leaf.value not in known:
                yield problem(
                    "J302",
                    Severity.ERROR,
                    f"there is no record {leaf.value!r}",
                    record,
                    leaf.pointer,
                    value=leaf.value,
                    cure="add the record, or correct the reference",
                )


def wrong_ends(dataset: Dataset) -> Iterator[Problem]:
    """Relations whose source or target is of a kind that they cannot join."""
    for relation in dataset.of(Relation):
        ends = spec_of(type(relation)).ends
        if ends is None:
            continue
        for name, allowed in zip(("source", "target"), ends, strict=True):
            id = getattr(relation, name)
            end = dataset.find(id) if isinstance(id, str) else None
            classes = _classes(allowed, type(relation), dataset)
            if end is not None and not _fits(end, classes):
                yield problem(
                    "J303",
                    Severity.ERROR,
                    f"the {name} of a {relation.kind!r} must be {_named(classes)}, "
                    f"but {id!r} is of kind {end.kind!r}",
                    relation,
                    f"/{name}",
                    value=id,
                )


def wrong_references(dataset: Dataset) -> Iterator[Problem]:
    """References to records of another kind than the field is for."""
    for record in dataset:
        for leaf in leaves(record, "ref"):
            if leaf.field.owner == "relation" or not isinstance(leaf.value, str):
                continue  # ends have a check of their own
            found = dataset.find(leaf.value)
            if found is None:
                continue
            classes = _classes(_target(leaf), type(record), dataset)
            if classes and not _fits(found, classes):
                yield problem(
                    "J304",
                    Severity.ERROR,
                    f"this must be {_named(classes)}, but {leaf.value!r} is of kind {found.kind!r}",
                    record,
                    leaf.pointer,
                    value=leaf.value,
                )


def _target(leaf: Leaf) -> Any:
    return leaf.type.ref.target if leaf.type.ref is not None else Record


def _fits(record: Record, classes: tuple[type[Record], ...]) -> bool:
    """Whether a record is of one of these classes; of a stand-in as far as that is known."""
    if isinstance(record, classes):
        return True
    return record.standin and type(record).__bases__[0] in (Entity, Relation)


def _named(classes: Iterable[type[Record]]) -> str:
    return " or ".join(repr(cls.kind) for cls in classes)


def _classes(target: Any, owner: type, dataset: Dataset) -> tuple[type[Record], ...]:
    """The classes that a declaration means; those that cannot be found are left out."""
    targets = target if isinstance(target, tuple) else (target,)
    found = (_class(one, owner, dataset) if isinstance(one, str) else one for one in targets)
    return tuple(cls for cls in found if cls is not None)


def _class(name: str, owner: type, dataset: Dataset) -> type[Record] | None:
    """The class of a name as ``Ref["Name"]`` says it: of the same module, or of the catalog."""
    here = getattr(sys.modules.get(owner.__module__), name, None)
    if isinstance(here, type) and issubclass(here, Record):
        return here
    return _core_class(name) or next(
        (cls for kind, cls in dataset.model.catalog.kinds.items() if name in (kind, cls.__name__)),
        None,
    )


@functools.cache
def _core_class(name: str) -> type[Record] | None:
    from jmdi.model import kinds, money

    home = next((module for module in (kinds, money) if name in module.__all__), None)
    found = None if home is None else getattr(home, name)
    return found if isinstance(found, type) and issubclass(found, Record) else None


def self_ties(record: Tie, dataset: Dataset) -> Iterator[Problem]:
    """Actors that are tied to themselves."""
    if record.source == record.target:
        yield problem(
            "J313",
            Severity.WARNING,
            f"{record.source!r} is tied to itself",
            record,
            "/target",
            value=str(record.target),
            cure="metrics of simple networks leave such ties out",
        )


def cycles(dataset: Dataset) -> Iterator[Problem]:
    """Hierarchies in which a record comes to lie above itself."""
    for what, arrows in _hierarchies(dataset):
        for cycle in _cycles(arrows):
            shown = [*cycle[:SHOWN], "…"] if len(cycle) > SHOWN else cycle
            path = " → ".join((*shown, cycle[0]))
            record = dataset.by_id[cycle[0]]
            yield problem(
                "J305",
                Severity.ERROR,
                f"{what} runs in a circle: {path}",
                record,
                value=cycle[0],
                cure="remove the link that is wrong",
            )


def _hierarchies(dataset: Dataset) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """What is meant to be a hierarchy: for each record those directly above it."""
    territories = ((r.id, r.within) for r in dataset.of(Territory))
    yield "what territories lie within", _arrows(dataset, territories)
    yield "what themes belong to", _arrows(dataset, ((r.id, r.parent) for r in dataset.of(Theme)))
    yield "what initiatives are parts of", _arrows(dataset, _parents(dataset))
    derived = ((r.source, r.target) for r in dataset.of(Derives))
    yield "what knowledge derives from", _arrows(dataset, derived)


def _parents(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Initiatives with their parents; the type says what the target is to the source."""
    for relation in dataset.of(Relates):
        type_ = getattr(relation.type, "code", None)
        if type_ == "parent":
            yield relation.source, relation.target
        elif type_ == "child":
            yield relation.target, relation.source


def _arrows(dataset: Dataset, pairs: Iterable[tuple[str, str | None]]) -> dict[str, list[str]]:
    arrows: dict[str, list[str]] = {}
    for lower, upper in pairs:
        if isinstance(upper, str) and upper in dataset and lower in dataset:
            arrows.setdefault(lower, []).append(upper)
    return arrows


def _cycles(arrows: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """One shortest cycle through the first id of each knot, in order of ids."""
    for knot in sorted(map(sorted, _knots(arrows))):
        yield _shortest(knot[0], frozenset(knot), arrows)


def _shortest(start: str, knot: frozenset[str], arrows: Mapping[str, list[str]]) -> list[str]:
    """The shortest way within a knot from a node back to itself."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in sorted(arrows[node]):
            if other == start:
                way = [node]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if other in knot and other not in came:
                came[other] = node
                waiting.append(other)
    raise AssertionError("a knot holds a cycle through each of its nodes")


def _knots(arrows: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The groups of nodes that can all reach each other (Tarjan 1972, without recursion)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: dict[str, None] = {}
    for root in arrows:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        open_[root] = None
        walk = [(root, iter(arrows[root]))]
        while walk:
            node, above = walk[-1]
            for other in above:
                if other not in order:
                    order[other] = lowest[other] = len(order)
                    open_[other] = None
                    walk.append((other, iter(arrows.get(other, ()))))
                    break
                if other in open_:
                    lowest[node] = min(lowest[node], order[other])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    group = _closed(open_, node)
                    if len(group) > 1 or node in arrows.get(node, ()):
                        yield group


def _closed(open_: dict[str, None], node: str) -> list[str]:
    """Takes a finished group off the stack of open nodes."""
    group = []
    while True:
        last, _ = open_.popitem()
        group.append(last)
        if last == node:
            return group
