"""Many Datasets in one, each with ids of its own: what an engine counts once for all of them."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from jmdi.errors import JmdiError
from jmdi.graph.dataset import Dataset
from jmdi.graph.merging import merged_header
from jmdi.model.declare import fields_of
from jmdi.model.records import Record, Relation, evolve
from jmdi.model.renaming import renamed

__all__ = ["random_datasets", "side_by_side"]

ENTITIES, RELATIONS = 2, 4
"""Most entities, and most relations, of a kind in a random Dataset: few things, often related."""

CHANGED = 0.3
"""The part of fields that are made unknown, or get the value of another record."""

ASTRAY = 0.1
"""The part of the ends of relations that stay where they were in the sample: mostly nowhere now."""


def side_by_side(datasets: Sequence[Dataset]) -> Dataset:
    """One Dataset with the records of all; what refers to a record of one refers to it still.

    Args:
        datasets: The Datasets, at least one, of one model.
    """
    records: list[Record] = []
    for place, dataset in enumerate(datasets):
        names = {record.id: f"{place}/{record.id}" for record in dataset}
        records += [renamed(record, names) for record in dataset]
    header: Mapping[str, Any] = functools.reduce(merged_header, (d.header for d in datasets))
    return Dataset(records, model=datasets[0].model, header=header)


def random_datasets(sample: Dataset, number: int) -> list[Dataset]:
    """Random Datasets of records like those of a sample, the same in each run.

    Each has few records of each kind, or none. Some of their fields are unknown, or those of other
    records of the kind; relations lead mostly to records that are there.

    Args:
        sample: The sample.
        number: How many Datasets.
    """
    by_kind: dict[str, list[Record]] = {}
    for record in sample:
        by_kind.setdefault(record.kind, []).append(record)
    kind_of = {record.id: record.kind for record in sample}
    found = []
    for turn in range(number):
        dice = random.Random(turn)
        chosen = [
            record
            for _, records in sorted(by_kind.items())
            for record in dice.sample(records, dice.randint(0, min(_most(records), len(records))))
        ]
        there = {kind: [r.id for r in chosen if r.kind == kind] for kind in by_kind}
        records = [
            _changed(_tied(record, there, kind_of, dice), by_kind[record.kind], dice)
            for record in chosen
        ]
        found.append(Dataset(records, model=sample.model, header=sample.header))
    return found


def _most(records: Sequence[Record]) -> int:
    return RELATIONS if isinstance(records[0], Relation) else ENTITIES


def _tied(
    record: Record,
    there: Mapping[str, Sequence[str]],
    kind_of: Mapping[str, str],
    dice: random.Random,
) -> Record:
    """A relation whose ends are records that are there, of the kinds of its own ends."""
    if not isinstance(record, Relation):
        return record
    ends = {"source": record.source, "target": record.target}
    for end, id in ends.items():
        near = there.get(kind_of.get(id, ""), ())
        if near and dice.random() >= ASTRAY:
            ends[end] = dice.choice(near)
    return evolve(record, **ends)


def _changed(record: Record, others: Sequence[Record], dice: random.Random) -> Record:
    """A record with some fields unknown, and some that others of its kind have."""
    usual = {field.name: field.default for field in attrs.fields(type(record))}
    for field in fields_of(type(record)):
        if field.name in ("id", "source", "target") or dice.random() >= CHANGED:
            continue
        value = getattr(dice.choice(others), field.name)
        if not field.required and dice.random() < 0.5:
            default = usual[field.name]
            value = default.factory() if hasattr(default, "factory") else default
        try:
            record = evolve(record, **{field.name: value})
        except JmdiError:
            continue  # the fields of two records may not go together
    return record
