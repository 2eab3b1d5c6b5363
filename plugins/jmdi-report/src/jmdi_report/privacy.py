"""What is left out of a page unless it is asked for: names of persons, and how to reach them.

A page travels: it is sent on, and put on the web. What it shows of people is little.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

import attrs

from jmdi import Actor, Dataset, KnowledgeItem, Problem, Record, evolve
from jmdi.display.privacy import PERSON, is_contact, is_personal, masked
from jmdi.model.renaming import renamed

__all__ = ["PERSON", "is_contact", "masked", "without_contacts", "without_folders"]

_FOLDERS = re.compile(r"(?<![\w/.:>-])(?:~|\b[A-Za-z]:)?[/\\](?:[^\s/\\<>]+[/\\])+")


def without_folders(text: str) -> str:
    """A text with the files that it names, but not where they lie on the machine of its author."""
    return _FOLDERS.sub("", text)


def without_contacts(dataset: Dataset) -> Dataset:
    """The records without what names persons or says how to reach them.

    Persons get numbers as names and as ids, since importers make ids from names; their
    descriptions go. Problems that quote them say the numbers too.
    """
    persons = [actor for actor in dataset.of(Actor) if _is_person(actor)]
    numbers = {id: f"№ {n}" for n, id in enumerate(dict.fromkeys(a.id for a in persons), 1)}
    ids = dict(zip(numbers, _free_ids(dataset), strict=False))
    records = [_without(record, numbers, ids) for record in dataset.records]
    if all(new is old for new, old in zip(records, dataset.records, strict=True)):
        return dataset
    said = {**{a.label(): numbers[a.id] for a in persons if a.names}, **ids}
    return Dataset(
        records,
        model=dataset.model,
        header=dataset.header,
        problems=[_unsaid(problem, said) for problem in dataset.problems],
        unread=dataset.unread,
        inputs=dataset.inputs,
    )


def _is_person(actor: Actor) -> bool:
    return actor.type is not None and actor.type.code == PERSON


def _free_ids(dataset: Dataset) -> Iterator[str]:
    return (id for n in itertools.count(1) if (id := f"{PERSON}/{n}") not in dataset)


def _without(record: Record, numbers: Mapping[str, str], ids: Mapping[str, str]) -> Record:
    new = renamed(record, ids) if ids else record
    if isinstance(record, Actor) and _is_person(record):
        new = evolve(new, names={"und": numbers[record.id]}, description={}, identifiers=())
    elif isinstance(record, KnowledgeItem) and record.author is not None:
        new = evolve(new, author=None)
    kept = {name: value for name, value in record.extra.items() if not _says_who(name, value)}
    return evolve(new, extra=kept) if len(kept) < len(record.extra) else new


def _says_who(name: str, value: object) -> bool:
    """Whether an attribute names somebody or says how to reach them; numbers count people."""
    return is_contact(name) or (is_personal(name) and not isinstance(value, (int, float)))


def _unsaid(problem: Problem, said: Mapping[str, str]) -> Problem:
    """A problem whose message and place quote no person."""
    for name, number in said.items():
        if name in problem.message:
            problem = attrs.evolve(problem, message=problem.message.replace(name, number))
        if name == problem.where.record:
            problem = attrs.evolve(problem, where=attrs.evolve(problem.where, record=number))
    return problem
