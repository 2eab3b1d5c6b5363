"""Null models of a Dataset: a field exchanged among the records of a kind, or relations rewired."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import attrs
import numpy as np

from jmdi.errors import BadParameter, NotFound
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.graph.pairs import state_of
from jmdi.model.declare import fields_of
from jmdi.model.records import Record, Relation, evolve
from jmdi.model.relations import Tie
from jmdi_network.nulls.drawn import state_of as state_of_keys
from jmdi_network.nulls.enumeration import arrangements, orders
from jmdi_network.nulls.models import model_of

__all__ = ["DrawnRecords", "RecordModel", "names_in", "record_model", "without"]

OWN = frozenset({"id", "source", "target", "sources", "facets", "extra", "names", "description"})
"""Fields that say which record it is and who says so; these are never exchanged."""

OF_TIES = frozenset({"directed", "reported_by", "state"})
"""Those that say which pairs are tied or were not observed, which way and by whom."""


@attrs.frozen(slots=True, eq=False)
class DrawnRecords:
    """One random Dataset.

    Attributes:
        dataset: The Dataset.
        state: A number that differs, but for chance, where the Datasets differ.
        tries: How many exchanges were tried, for a Markov chain.
        accepted: How many changed something.
    """

    dataset: Dataset
    state: int
    tries: int = 0
    accepted: int = 0


@attrs.frozen(slots=True, eq=False)
class RecordModel:
    """A null model of one Dataset.

    Attributes:
        name: Its name, ``kind.field`` or the kind of a relation.
        says: What is kept and what is random, for the methods section.
        draw: Draws one Dataset.
        every: All its Datasets, equally likely; ``None`` if there are more than a number.
    """

    name: str
    says: str
    draw: Callable[[np.random.Generator], DrawnRecords]
    every: Callable[[int], Iterator[DrawnRecords] | None]


def names_in(dataset: Dataset) -> tuple[str, ...]:
    """The null models of a Dataset: relations and fields with more than one value to exchange."""
    by_kind = _by_kind(dataset)
    relations = [kind for kind, found in by_kind.items() if isinstance(found[0], Relation)]
    return (
        *(kind for kind in relations if len(by_kind[kind]) > 1),
        *(
            f"{kind}.{name}"
            for kind, found in by_kind.items()
            for name in _exchangeable(found[0])
            if len({str(value) for r in found if _is_known(value := getattr(r, name))}) > 1
        ),
    )


def _by_kind(dataset: Dataset) -> dict[str, list[Record]]:
    """The records of each kind, in the order of ids, which that of the input does not change."""
    ordered = sorted(dataset.records, key=lambda record: (record.kind, record.id))
    return {kind: list(found) for kind, found in groupby(ordered, lambda record: record.kind)}


def _exchangeable(record: Record) -> list[str]:
    own = OWN | OF_TIES if isinstance(record, Tie) else OWN
    return [f.name for f in fields_of(type(record)) if f.name not in own and not f.required]


def _is_known(value: object) -> bool:
    return value is not None and value != () and value != {}


def record_model(dataset: Dataset, name: str, swaps: float = 10.0) -> RecordModel:
    """The null model of this name for a Dataset.

    Args:
        dataset: The observed Dataset.
        name: ``kind.field``, such as ``actor.type``, or the kind of a relation.
        swaps: For relations, tried exchanges for each.

    Raises:
        NotFound: If the Dataset has no such model; it names the near ones.
        BadParameter: If the kind is none of a relation, or the field cannot be exchanged.
    """
    kind, _, field = name.partition(".")
    records = _by_kind(dataset).get(kind)
    if records is None:
        raise NotFound("null model", name, names_in(dataset))
    if not field and isinstance(records[0], Relation):
        return _rewired(dataset, name, [r for r in records if isinstance(r, Relation)], swaps)
    if field in _exchangeable(records[0]):
        return _exchanged(dataset, name, field, records)
    choices = ", ".join(repr(f"{kind}.{known}") for known in _exchangeable(records[0]))
    raise BadParameter(
        f"model={name!r} names no field that can be exchanged: choose from {choices}"
    )


def without(dataset: Dataset, name: str) -> Dataset:
    """The Dataset without what a null model of this name exchanges."""
    kind, _, field = name.partition(".")
    found = _by_kind(dataset).get(kind, [])
    if not field:
        gone = {id(record) for record in found}
        return _with(dataset, [record for record in dataset if id(record) not in gone])
    default = attrs.fields_dict(type(found[0]))[field].default if found else None
    return _placed(dataset, {id(record): evolve(record, **{field: default}) for record in found})


def _with(dataset: Dataset, records: Sequence[Record]) -> Dataset:
    return Dataset(records, model=dataset.model, header=dataset.header)


def _placed(dataset: Dataset, changed: dict[int, Record | None]) -> Dataset:
    """The Dataset with other records in the places of some, or none."""
    records = [changed.get(id(record), record) for record in dataset]
    return _with(dataset, [record for record in records if record is not None])


def _exchanged(dataset: Dataset, name: str, field: str, records: Sequence[Record]) -> RecordModel:
    held = [record for record in records if _is_known(getattr(record, field))]
    values = [getattr(record, field) for record in held]
    texts = sorted({str(value) for value in values})
    place = {text: k for k, text in enumerate(texts)}
    code = np.array([place[str(value)] for value in values], np.int64)
    first = dict(reversed(list(zip(code.tolist(), values, strict=True))))

    def dealt(codes: Sequence[int]) -> DrawnRecords:
        changed: dict[int, Record | None] = {
            id(record): evolve(record, **{field: first[new]})
            for record, old, new in zip(held, code.tolist(), codes, strict=True)
            if new != old
        }
        keys = np.array(codes, np.int64) * max(len(held), 1) + np.arange(len(held))
        return DrawnRecords(_placed(dataset, changed), state_of_keys(keys))

    def every(limit: int) -> Iterator[DrawnRecords] | None:
        if limit < 1 or arrangements(code.tolist()) > limit:
            return None
        return map(dealt, orders(sorted(code.tolist())))

    says = f"{name} exchanged among the {len(held):,} records of which it is known"
    return RecordModel(name, says, lambda random: dealt(random.permutation(code).tolist()), every)


@attrs.frozen(slots=True, eq=False)
class _Alike:
    """Relations between the same kinds of record, which can exchange their ends.

    Attributes:
        relations: Those that hold.
        absent: Those that say that there is none.
        model: Draws a network of them, whose edges know which relation they are.
    """

    relations: Sequence[Relation]
    absent: Sequence[Relation]
    draw: Callable[[np.random.Generator], Any]


def _rewired(
    dataset: Dataset, name: str, relations: Sequence[Relation], swaps: float
) -> RecordModel:
    groups: dict[tuple[str, str, bool], list[Relation]] = {}
    for relation in relations:
        ends = (dataset.find(relation.source), dataset.find(relation.target))
        source, target = ("" if end is None else end.kind for end in ends)
        one_way = getattr(relation, "directed", True) is True
        groups.setdefault((source, target, one_way), []).append(relation)
    alike = [_of_group(dataset, found, key[2], swaps) for key, found in sorted(groups.items())]

    def draw(random: np.random.Generator) -> DrawnRecords:
        changed: dict[int, Record | None] = {}
        state = tries = accepted = 0
        for group in alike:
            drawn = group.draw(random)
            changed |= _moved(group, drawn.network)
            state = (state * 31 + int(drawn.state)) % 2**64
            tries, accepted = tries + drawn.tries, accepted + drawn.accepted
        return DrawnRecords(_placed(dataset, changed), state, tries, accepted)

    says = (
        f"{name} rewired: each record keeps how many it has on either side, and each relation "
        "all else that it says"
    )
    return RecordModel(name, says, draw, lambda limit: None)


def _state(relation: Relation) -> str:
    return state_of(relation) if isinstance(relation, Tie) else "present"


def _of_group(
    dataset: Dataset, relations: Sequence[Relation], one_way: bool, swaps: float
) -> _Alike:
    by_state: dict[str, list[Relation]] = {"present": [], "absent": [], "unobserved": []}
    for relation in relations:
        by_state[_state(relation)].append(relation)
    nodes = sorted({end for r in relations for end in (r.source, r.target)})
    at = {node: k for k, node in enumerate(nodes)}

    def pairs(found: Sequence[Relation]) -> list[tuple[int, int]]:
        ends = [(at[r.source], at[r.target]) for r in found]
        return ends if one_way else [(min(pair), max(pair)) for pair in ends]

    present = by_state["present"]
    network = Network(
        "relations",
        nodes,
        [i for i, _ in pairs(present)],
        [j for _, j in pairs(present)],
        directed=one_way,
        unobserved=[pair for pair in pairs(by_state["unobserved"]) if pair[0] != pair[1]],
        edge_attributes={"relation": range(len(present))},
        model=dataset.model,
    )
    return _Alike(present, by_state["absent"], model_of(network, "rewire", swaps=swaps).draw)


def _moved(group: _Alike, drawn: Network) -> dict[int, Record | None]:
    """The relations with their ends in a network drawn; what says that there is none may go."""
    changed: dict[int, Record | None] = {}
    tied = set()
    places = drawn.edge_attributes["relation"]
    for i, j, place in zip(drawn.source, drawn.target, places, strict=True):
        relation = group.relations[place]
        new, old = (drawn.nodes[i], drawn.nodes[j]), (relation.source, relation.target)
        if not drawn.directed:
            old = (min(old), max(old))
        tied |= {new} if drawn.directed else {new, new[::-1]}
        if new != old:
            changed[id(relation)] = _between(relation, dict(zip(old, new, strict=True)))
    for relation in group.absent:
        if (relation.source, relation.target) in tied:
            changed[id(relation)] = None
    return changed


def _between(relation: Relation, other: dict[str, str]) -> Relation:
    """The relation with others as its ends; an end that reported it is the one that does."""
    ends = {"source": other[relation.source], "target": other[relation.target]}
    if isinstance(relation, Tie) and relation.reported_by is not None:
        ends["reported_by"] = other.get(relation.reported_by, relation.reported_by)
    return evolve(relation, **ends)
