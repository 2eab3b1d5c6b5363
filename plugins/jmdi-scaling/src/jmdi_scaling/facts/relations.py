"""Who takes part in what, who is tied to whom, and who adopted what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import attrs

from jmdi.classes import frozen
from jmdi.graph.pairs import state_of
from jmdi.metrics.result import Result
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Ids
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Actor, Initiative, Partnership, Practice, Territory
from jmdi.model.records import Record
from jmdi.model.relations import Adopts, Participates, Tie
from jmdi.model.values import Code
from jmdi_scaling.facts.codes import code_of, levels_of_iati, roles_of_iati, rung, side_of
from jmdi_scaling.facts.parameters import Through, chosen
from jmdi_scaling.facts.places import Places, actors_of
from jmdi_scaling.facts.timing import When

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "Outsiders",
    "Pair",
    "Part",
    "adoptions",
    "bounded_by",
    "level_of",
    "outsiders",
    "pairs_of",
    "parts_of",
    "population",
    "unsure_of",
]

Pair: TypeAlias = tuple[str, str]


@frozen
class Part:
    """An actor's part in an initiative.

    Attributes:
        actor: Id of the actor.
        initiative: Id of the initiative.
        role: Its role.
        side: Its side; ``None`` when it is not known.
        record: The record that says so.
        sure: Whether it holds at the time in question; if not, nobody knows.
    """

    actor: str
    initiative: str
    role: str | None
    side: str | None
    record: str
    sure: bool = True


def parts_of(dataset: Dataset, initiatives: Iterable[str], at: When) -> Iterator[Part]:
    """Who takes part in initiatives, themselves or through a partnership that carries them.

    A part whose time is not known is given too, and is not sure.
    """
    wanted, iati = set(initiatives), roles_of_iati(dataset)
    for relation in dataset.of(Participates):
        state = at.holds(relation.period) if relation.target in wanted else False
        if state is not False:
            yield Part(
                relation.source,
                relation.target,
                _role(relation.role, iati),
                side_of(relation.side),
                relation.id,
                state is True,
            )
    for partnership in dataset.of(Partnership):
        state = at.holds(partnership.period)
        for name in partnership.initiatives if state is not False else ():
            for party in partnership.parties if name in wanted else ():
                yield Part(
                    party.actor,
                    name,
                    _role(party.role, iati),
                    side_of(party.side),
                    partnership.id,
                    state is True,
                )


def _role(code: Code | None, iati: Mapping[str, str]) -> str | None:
    name = code_of(code)
    return iati.get(name or "", name)


def pairs_of(
    dataset: Dataset, at: When, through: Through = "ties+partnerships"
) -> dict[Pair, list[tuple[Record, bool | None]]]:
    """The pairs of actors with the records that tie them, and whether each does: yes, no, unknown.

    A tie that does not hold at the time is left out; of one whose time is not known nobody knows
    whether it does (``None``), as in the core's projections.
    """
    found: dict[Pair, list[tuple[Record, bool | None]]] = {}

    def add(a: str, b: str, record: Record, state: bool | None) -> None:
        if a != b:
            found.setdefault((a, b) if a < b else (b, a), []).append((record, state))

    for tie in dataset.of(Tie) if "ties" in through else ():
        held = at.holds(tie.period)
        if held is not False:
            states = {"present": held, "absent": False, "unobserved": None}
            add(tie.source, tie.target, tie, states[state_of(tie)])
    for partnership in dataset.of(Partnership) if "partnerships" in through else ():
        held = at.holds(partnership.period)
        if held is not False:
            parties = list(dict.fromkeys(party.actor for party in partnership.parties))
            for k, a in enumerate(parties):
                for b in parties[k + 1 :]:
                    add(a, b, partnership, held)
    return found


def unsure_of(facts: Iterable[tuple[Record, bool | None]]) -> Iterator[tuple[str, str]]:
    """What would say whether records tie a pair of which nobody knows it, by record and member."""
    for record, there in facts:
        if there is None:
            unseen = isinstance(record, Tie) and state_of(record) == "unobserved"
            yield record.id, "state" if unseen else "period"


def adoptions(
    dataset: Dataset, at: When, practice: Ids | None = None, initiative: Ids | None = None
) -> list[tuple[Adopts, bool | None]]:
    """The adoptions that happened or may have, each with whether it did for certain.

    An initiative limits them to those that name it in their record's ``extra`` as
    ``initiative``, or whose adopter takes part in it.
    """
    practices = chosen(dataset, practice, Practice)
    named = chosen(dataset, initiative, Initiative)
    members: dict[str, bool] = {}
    for part in parts_of(dataset, named, at):
        members[part.actor] = part.sure or members.get(part.actor, False)
    found: list[tuple[Adopts, bool | None]] = []
    for adoption in dataset.of(Adopts):
        if practices and adoption.target not in practices:
            continue
        stated = adoption.extra.get("initiative")
        if named and stated is not None and stated not in named:
            continue
        if named and stated is None and adoption.source not in members:
            continue
        state = at.happened(adoption.period)
        if state is not False:
            unsure = named and stated is None and not members[adoption.source]
            found.append((adoption, None if unsure else state))
    return found


def level_of(dataset: Dataset, adoption: Adopts) -> str | None:
    """The rung at which something was adopted: as stated, else the adopter's level."""
    level = code_of(adoption.level)
    if level is None:
        who = adoption.source
        record = dataset.find(who, Actor) or dataset.find(who, Territory)
        level = None if record is None else code_of(record.level)
    return rung(levels_of_iati(dataset).get(level or "", level))


def population(
    dataset: Dataset, at: When, initiative: Ids | None, territory: Ids | None
) -> dict[str, Actor]:
    """The actors of a territory that take part in initiatives; without these, all."""
    actors = actors_of(dataset, chosen(dataset, territory, Territory))
    if initiative is None:
        return actors
    names = chosen(dataset, initiative, Initiative)
    members = {part.actor for part in parts_of(dataset, names, at)}
    return {name: actor for name, actor in actors.items() if name in members}


@frozen
class Outsiders:
    """Why a population may have other members than those on record.

    Attributes:
        why: The reasons; empty if it cannot.
        facts: What is missing, by record and member.
    """

    why: str
    facts: tuple[tuple[str, str], ...]


def outsiders(
    dataset: Dataset,
    at: When,
    initiative: Ids | None,
    territory: Ids | None,
    closed_world: bool = False,
) -> Outsiders:
    """Why a population may have other members than those on record."""
    places, areas = Places(dataset), chosen(dataset, territory, Territory)
    names = chosen(dataset, initiative, Initiative)
    lists = [
        (name, "participants_complete")
        for name in names
        if not absence_counts(dataset.get(name, Initiative), closed_world=closed_world)
    ]
    times = [(part.record, "period") for part in parts_of(dataset, names, at) if not part.sure]
    seats = [
        (name, "territory")
        for name in (actors_of(dataset) if areas else ())
        if places.has_home_in(name, areas) is None
    ]
    reasons = (
        (lists, "the list of participants is not said to be complete"),
        (times, "it is not known who took part at the time"),
        (seats, "some actors have no territory"),
    )
    why = "; ".join(reason for facts, reason in reasons if facts)
    return Outsiders(why, (*lists, *times, *seats))


def bounded_by(result: Result, outside: Outsiders, ends: tuple[float, float]) -> Result:
    """A Result on a population that may have other members, for the reason given, if any.

    Where it is an interval it becomes the whole range, ``ends``; else no bounds are known. What is
    missing is added to what the Result lists as missing, if it does.
    """
    if not outside.why:
        return result
    if isinstance(listed := result.notes.get("missing"), tuple):
        found = [fact for fact in missing(outside.facts) if fact not in listed]
        result = attrs.evolve(result, notes={**result.notes, "missing": [*listed, *found]})
    if not result.defined:
        return result
    if result.value is None:
        return attrs.evolve(result, lower=ends[0], upper=ends[1])
    return attrs.evolve(result, lower=None, upper=None, no_bounds=outside.why)
