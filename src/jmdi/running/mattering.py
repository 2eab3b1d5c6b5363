"""Which of the facts that nobody knows matter to a metric.

Sorts of fact that change nothing when all of them get one answer are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, product

from jmdi.model.kinds import Evidence, Initiative, Practice, Territory
from jmdi.model.records import Record, evolve
from jmdi.model.values import Absence, Code, code
from jmdi.running.tracing import Reads
from jmdi.running.trials import Trials
from jmdi.running.unknowns import (
    ABSENCES,
    UNSAID,
    Unknown,
    missing_evidence,
    unknown_fields,
    unrecorded,
)

__all__ = ["all_that_is_read", "that_matter"]

FEW = 50
"""Of a sort of fact with more answers it is tried first whether any matters, given to all."""

ROUNDS = 20
"""How often it is looked what else a metric reads once all that it read before is known."""

LISTS: Mapping[type[Record], Mapping[str, str]] = {
    Initiative: {"type": "actor-type", "side": "side"},
    Practice: {"level": "governance-level"},
}
"""The kinds whose lists may be incomplete, with what those who are missing may be."""

SIGNS = "institutionalisation"
"""The vocabulary of signs that something is institutionalised."""

NO_SORT = UNSAID | {"both"}
"""Codes that are no sort of their own: whoever is on both sides is on either."""


def that_matter(trials: Trials, reads: Reads, open_: Collection[int]) -> Iterator[Unknown]:
    """The facts that nobody knows of which some answer may change what a metric finds.

    Args:
        trials: The metric.
        reads: What it read.
        open_: The places of the records that leave it open.
    """
    yield from _fields(trials, {(place, name) for place, name in reads if place in open_})
    yield from _lists(trials, reads, open_)
    yield from _evidence(trials, reads)


def all_that_is_read(
    trials: Trials, reads: Reads, facts: Collection[Unknown], open_: Collection[int]
) -> Collection[Unknown]:
    """Some facts, and all fields and signs that nobody knows and that a metric reads.

    Among them are fields that it only reads once others are known.

    Args:
        trials: The metric.
        reads: What it read.
        facts: The facts.
        open_: The places of the records that leave it open.
    """
    found = {_key(fact): fact for fact in facts}
    signs = [fact for several in _signs(trials, reads) for fact in several]
    if trials.change(signs):
        found |= {_key(fact): fact for fact in signs}
    for _ in range(ROUNDS):
        read = {(place, name) for place, name in reads if place in open_}
        known = len(found)
        found = {_key(fact): fact for fact in unknown_fields(trials.dataset, read)} | found
        answers = [fact.answers[0] for fact in found.values() if fact.answers]
        more = trials.reads(answers) - reads
        if len(found) == known and not more:
            break
        reads = reads | more
    return found.values()


def _key(fact: Unknown) -> tuple[object, ...]:
    return fact.record.id, fact.path, fact.sort


def _fields(trials: Trials, reads: Reads) -> Iterator[Unknown]:
    """The unknown fields that were read, without sorts of which no answer changes anything."""

    def sort(fact: Unknown) -> tuple[str, ...]:
        return tuple(name or "" for name in fact.sort)

    found = sorted(unknown_fields(trials.dataset, reads), key=sort)
    for _, group in groupby(found, sort):
        facts = list(group)
        if sum(len(fact.answers) for fact in facts) <= FEW or trials.change(facts):
            yield from facts


def _lists(trials: Trials, reads: Reads, open_: Collection[int]) -> Iterator[Unknown]:
    """Who may be there without being recorded, of each sort that changes anything.

    A metric that finds one list incomplete may not look at the others, in which somebody would
    change it all the same. Where it does not matter of which type, side or level somebody is, the
    question does not say it.
    """
    records = trials.dataset.records
    looked_at = [type(records[place]) for place, name in reads if name == ABSENCES]
    for cls, members in LISTS.items():
        if not any(issubclass(one, cls) for one in looked_at):
            continue
        places = [place for place in sorted(open_) if isinstance(records[place], cls)]
        facts: dict[Absence, list[Unknown]] = {}
        if_so: list[Absence] = []
        if_not: list[Absence] = []
        sided: list[Absence] = []
        for absence in _absences(trials, members):
            if absence.side and absence.type and evolve(absence, side=None) not in sided:
                continue
            facts[absence] = list(unrecorded(trials.dataset, places, absence))
            if trials.change(facts[absence], 0):
                if_so.append(absence)
            if trials.change(facts[absence], 1):
                if_not.append(absence)
            if absence.type and not absence.side:
                # Whoever matters neither on both sides nor, being absent, on any does not on one.
                on_both = evolve(absence, side=code("side", "both"))
                there = list(unrecorded(trials.dataset, places, on_both))
                if absence in if_not or trials.change(there, 0):
                    sided.append(absence)
        for absence, found in facts.items():
            if absence in if_so:
                wanted = not any(_covers(other, absence) for other in if_so)
            else:
                special = any(_covers(absence, other) for other in (*if_so, *if_not))
                wanted = absence in if_not and not special
            if wanted:
                yield from found


def _evidence(trials: Trials, reads: Reads) -> Iterator[Unknown]:
    """Signs of institutionalisation of which no record says anything, in what a metric looks at."""
    for facts in _signs(trials, reads):
        if trials.change(facts):
            yield from facts


def _signs(trials: Trials, reads: Reads) -> Iterator[list[Unknown]]:
    """All signs of which no record says anything, by sign."""
    records = trials.dataset.records
    signs = {one.of for one in trials.dataset.of(Evidence)}
    looked_at = {place for place, name in reads if name != "id"}
    places = [place for place in sorted(looked_at) if isinstance(records[place], Territory)]
    # Most territories have no sign at all, where one often decides nothing: these go at once.
    some = [place for place in places if records[place].id in signs]
    none = [place for place in places if records[place].id not in signs]
    vocabulary = trials.dataset.model.catalog.vocabularies.get(SIGNS)
    for name, alike in product(() if vocabulary is None else vocabulary.codes(), (some, none)):
        yield list(missing_evidence(trials.dataset, alike, code(SIGNS, name)))


def _absences(trials: Trials, members: Mapping[str, str]) -> Iterator[Absence]:
    """Nobody at all, then nobody of each code of one vocabulary, then of several."""
    vocabularies = trials.dataset.model.catalog.vocabularies
    codes: list[list[Code | None]] = []
    for scheme in members.values():
        known = vocabularies[scheme].codes() if scheme in vocabularies else ()
        codes.append([None, *(code(scheme, name) for name in known if name not in NO_SORT)])
    for chosen in product(*codes):
        yield evolve(Absence(), **dict(zip(members, chosen, strict=True)))


def _covers(general: Absence, absence: Absence) -> bool:
    """Whether all of one sort are of a more general one."""
    pairs = [(getattr(general, n), getattr(absence, n)) for n in ("type", "side", "level")]
    return general != absence and all(wide in (None, narrow) for wide, narrow in pairs)
