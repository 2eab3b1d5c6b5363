"""The names of the records that a Result mentions, so that nobody has to read ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jmdi.display.privacy import PERSON
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.numbers import Numbers
from jmdi.metrics.result import Result
from jmdi.metrics.rows import ARROWS

__all__ = ["labels_of", "people_of", "texts_of"]

LABELLED = 10_000
"""Most ids of one Result that are looked up; with more it is for programs, not for people."""


def labels_of(result: Result, target: Dataset | Network) -> dict[str, str]:
    """The labels of ids in the values, the notes and ``contributing``; none for very many.

    Args:
        result: The Result.
        target: What it was computed on.
    """
    if _has_no_labels(target):
        return {}
    ids = texts_of(result)
    if isinstance(target, Dataset):
        return _of_records(ids, target)
    found = {} if target.dataset is None else _of_records(ids, target.dataset)
    if (names := target.node_attributes.get("label")) is not None:
        places = ((id, target.index.get(id)) for id in ids)
        found |= {id: str(names[i]) for id, i in places if i is not None and names[i] is not None}
    return {id: label for id, label in found.items() if label != id}


def texts_of(result: Result) -> dict[str, None]:
    """The texts in values, notes and ``contributing``, which may be ids; none of very many."""
    values: Mapping[str, Any] = result.values or {}
    if len(values) > LABELLED:
        return {}
    ids = dict.fromkeys(values.ids) if isinstance(values, Numbers) else {}
    rest = () if ids else values
    for text in _texts((rest, result.notes, result.contributing)):
        ids[text] = None
        if len(ids) > LABELLED:
            return {}
    return ids


def _has_no_labels(target: Dataset | Network) -> bool:
    """Whether nothing gives a label, so that no id is looked up."""
    if isinstance(target, Dataset):
        return False
    return target.dataset is None and "label" not in target.node_attributes


def people_of(labels: Mapping[str, str], target: Dataset | Network) -> frozenset[str]:
    """Which of the labelled ids are of persons, whose names displays hide.

    Args:
        labels: The labels by id.
        target: What a Result was computed on.
    """
    if isinstance(target, Dataset):
        types = {id: getattr(target.by_id.get(id), "type", None) for id in labels}
    else:
        column = target.node_attributes.get("type")
        at = {} if column is None else {id: target.index.get(id) for id in labels}
        types = {id: column[i] for id, i in at.items() if column is not None and i is not None}
    return frozenset(id for id, type_ in types.items() if getattr(type_, "code", type_) == PERSON)


def _of_records(ids: Mapping[str, None], dataset: Dataset) -> dict[str, str]:
    records = ((id, dataset.by_id.get(id)) for id in ids)
    named = {id: record.label() for id, record in records if record is not None}
    return {id: label for id, label in named.items() if label != id}


def _texts(value: Any) -> Iterator[str]:
    """The texts in nested values, keys included; the ends of a tie that is written as one."""
    if isinstance(value, str):
        yield value
        for arrow in ARROWS:
            if arrow in value:
                yield from value.split(arrow)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
