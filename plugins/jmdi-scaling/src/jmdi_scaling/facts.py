"""What the metrics share: three-state facts, shares with bounds, actors, pairs and places."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from jmdi.errors import BadParameter, NotFound
from jmdi.metrics.result import Result, undefined
from jmdi.model.kinds import Action, Actor, Initiative, Partnership, Practice, Territory, WorkPlan
from jmdi.model.records import Record
from jmdi.model.relations import Adopts, Participates, Tie
from jmdi.model.values import Code

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi_scaling.timing import When

__all__ = [
    "CIVIL_SOCIETY",
    "LADDER",
    "LOCAL_GOVERNMENT",
    "Pair",
    "Part",
    "Places",
    "actors_of",
    "adopter_territory",
    "adoptions",
    "any_of",
    "at_least",
    "chosen",
    "code_of",
    "fraction",
    "initiatives_of",
    "level_of",
    "names_of",
    "numbers_of",
    "pairs_of",
    "parts_of",
    "roles_of",
    "rung",
    "share",
    "target_territories",
    "types_of",
]

Pair: TypeAlias = tuple[str, str]

CIVIL_SOCIETY = frozenset(
    {
        "ingo",
        "national_ngo",
        "regional_ngo",
        "partner_country_ngo",
        "migrant_association",
        "faith_based",
        "trade_union",
    }
)
"""Actor types that count as civil society, as in the core; private sector and academia do not."""

LOCAL_GOVERNMENT = frozenset({"local_authority"})
"""Actor types that count as local government."""


def is_flagged(record: Record) -> bool:
    """Whether an actor is marked as a placeholder, as the core's projections see it."""
    marks = [record.extra, *(facet.extra for facet in record.facets.values())]
    marks += [part for part in record.extra.values() if isinstance(part, Mapping)]
    return any(mark.get("placeholder") is True for mark in marks) or any(
        getattr(facet, "placeholder", None) is True for facet in record.facets.values()
    )


def code_of(code: Code | None) -> str | None:
    """The bare code."""
    return None if code is None else code.code


def names_of(value: Any, what: str) -> tuple[str, ...]:
    """Ids or codes given as one, as a list, or as text with commas.

    Raises:
        BadParameter: If it is none of these.
    """
    if value is None:
        return ()
    many = value.split(",") if isinstance(value, str) else list(value)
    if not all(isinstance(item, str) for item in many):
        raise BadParameter(f"{what} must be ids or codes, not {value!r}")
    return tuple(dict.fromkeys(item.strip() for item in many if item.strip()))


def types_of(dataset: Dataset, value: Any, what: str) -> tuple[str, ...]:
    """Types of actors that were named, checked; none if none was.

    Raises:
        NotFound: If one is neither in the vocabulary nor the type of an actor.
    """
    used = {code_of(actor.type) for actor in dataset.of(Actor)} if value is not None else set()
    return _known_codes(dataset, names_of(value, what), "actor-type", used)


def roles_of(dataset: Dataset, value: Any, what: str) -> tuple[str, ...]:
    """Roles that were named, checked; codes of IATI stand for theirs.

    Raises:
        NotFound: If one is neither in the vocabulary nor the role of a participant.
    """
    names = tuple(_IATI_ROLES.get(name, name) for name in names_of(value, what))
    used = {_role(part.role) for part in dataset.of(Participates)}
    used |= {_role(party.role) for p in dataset.of(Partnership) for party in p.parties}
    return _known_codes(dataset, names, "organisation-role", used)


def _known_codes(
    dataset: Dataset, names: tuple[str, ...], scheme: str, used: set[str | None]
) -> tuple[str, ...]:
    vocabulary = dataset.catalog.vocabularies.get(scheme)
    known = {*used, *(vocabulary.codes() if vocabulary is not None else names)}
    for name in names:
        if name not in known:
            raise NotFound(f"code of {scheme}", name, sorted(code for code in known if code))
    return names


def numbers_of(value: Any, what: str) -> tuple[float, ...]:
    """Numbers given as one, as a list, or as text with commas.

    Raises:
        BadParameter: If it is none of these, or there is none.
    """
    try:
        many = value.split(",") if isinstance(value, str) else list(value)
        found = tuple(float(item) for item in many)
    except (TypeError, ValueError):
        found = (float(value),) if isinstance(value, (int, float)) else ()
    if not found or not all(math.isfinite(number) for number in found):
        raise BadParameter(f"{what} must be numbers, not {value!r}")
    return found


def fraction(value: Any, what: str) -> float:
    """A parameter that is a share, from 0 to 1.

    Raises:
        BadParameter: If it is no number, or outside.
    """
    if isinstance(value, numbers.Real) and 0 <= float(value) <= 1:
        return float(value)
    raise BadParameter(f"{what}={value!r} must be between 0 and 1")


def at_least(value: Any, least: int, what: str) -> int:
    """A parameter that counts something.

    Raises:
        BadParameter: If it is no whole number, or smaller than ``least``.
    """
    if isinstance(value, numbers.Integral) and int(value) >= least:
        return int(value)
    raise BadParameter(f"{what}={value!r} must be a whole number, {least} or more")


def chosen(dataset: Dataset, value: Any, cls: type[Record]) -> tuple[str, ...]:
    """Ids of records of a class, checked.

    Raises:
        NotFound: If there is no such record; it names the near ones.
    """
    names = names_of(value, cls.kind)
    for name in names:
        dataset.get(name, cls)
    return names


def any_of(states: Iterable[bool | None]) -> bool | None:
    """Whether one of several holds: unknown unless one does, or none can."""
    found: bool | None = False
    for state in states:
        if state:
            return True
        if state is None:
            found = None
    return found


def share(
    states: Mapping[str, bool | None],
    of: str,
    *,
    empty: tuple[str, str] = ("zero_denominator", ""),
    unknown: tuple[str, str] = ("missing_input", ""),
    **more: Any,
) -> Result:
    """The share of elements for which something holds, over those of which it is known.

    The bounds take all unknown elements for no, and for yes.
    """
    n, known = len(states), [state for state in states.values() if state is not None]
    if not n:
        return undefined(empty[0], empty[1], n_used=0, n_eligible=0, of=of, **more)
    yes = sum(known)
    basis: dict[str, Any] = {
        "lower": yes / n,
        "upper": (yes + n - len(known)) / n,
        "n_used": len(known),
        "n_eligible": n,
        "of": of,
    }
    if not known:
        return undefined(unknown[0], unknown[1], **basis, **more)
    return Result(value=yes / len(known), **basis, **more)


class Places:
    """Territories and what lies within them."""

    def __init__(self, dataset: Dataset) -> None:
        self._within = {t.id: t.within for t in dataset.of(Territory)}
        self._country = {t.id: t.country for t in dataset.of(Territory)}
        self._dataset = dataset

    def up(self, territory: str | None) -> tuple[str, ...]:
        """A territory and those that contain it, innermost first; a circle ends it."""
        found: dict[str, None] = {}
        while territory is not None and territory not in found:
            found[territory] = None
            territory = self._within.get(territory)
        return tuple(found)

    def inside(self, territory: str | None, areas: Iterable[str]) -> bool:
        """Whether a territory is one of these, or lies within one."""
        return not set(areas).isdisjoint(self.up(territory))

    def of_actor(self, actor: str) -> str | None:
        """The territory of an actor."""
        record = self._dataset.find(actor, Actor)
        return record.territory if record is not None else None

    def has_home_in(self, actor: str, areas: Iterable[str]) -> bool | None:
        """Whether an actor belongs to one of these territories or lies within one.

        Without a territory, its country can tell that it does not; else it is not known.
        """
        record = self._dataset.find(actor, Actor)
        if record is None or record.territory is None:
            seat = record.country if record is not None else None
            here = {self.country(area) for area in areas}
            return False if seat is not None and None not in here and seat not in here else None
        return self.inside(record.territory, areas)

    def country(self, territory: str) -> str | None:
        """The country of a territory, as stated for it or for what contains it."""
        return next((c for t in self.up(territory) if (c := self._country.get(t))), None)


def actors_of(dataset: Dataset, areas: tuple[str, ...] = ()) -> dict[str, Actor]:
    """The actors by id, placeholders left out; only those of some territories, if given."""
    places = Places(dataset)
    found: dict[str, Actor] = {}
    for actor in dataset.of(Actor):
        if actor.id not in found and not is_flagged(actor):
            found[actor.id] = actor
    if not areas:
        return found
    return {i: actor for i, actor in found.items() if places.inside(actor.territory, areas)}


def initiatives_of(
    dataset: Dataset, initiative: Any = None, territory: Any = None
) -> tuple[str, ...]:
    """The initiatives that were named, or all; only those with a place in a territory, if given."""
    names = chosen(dataset, initiative, Initiative)
    if initiative is None:
        names = tuple(dict.fromkeys(dataset.of(Initiative).ids()))
    areas = chosen(dataset, territory, Territory)
    if not areas:
        return names
    places = Places(dataset)
    return tuple(
        name
        for name in names
        if any(places.inside(p.territory, areas) for p in dataset.get(name, Initiative).places)
    )


@attrs.frozen(slots=True)
class Part:
    """An actor's part in an initiative.

    Attributes:
        actor: Id of the actor.
        initiative: Id of the initiative.
        role: Its role.
        side: Its side; ``None`` when it is not known.
        record: The record that says so.
    """

    actor: str
    initiative: str
    role: str | None
    side: str | None
    record: str


_IATI_ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}


def _role(code: Code | None) -> str | None:
    name = code_of(code)
    return _IATI_ROLES.get(name or "", name)


def _side(code: Code | None) -> str | None:
    name = code_of(code)
    return None if name == "unknown" else name


def parts_of(dataset: Dataset, initiatives: Iterable[str], at: When) -> Iterator[Part]:
    """Who takes part in initiatives, themselves or through a partnership that carries them.

    A part whose time is not known counts.
    """
    wanted = set(initiatives)
    for relation in dataset.of(Participates):
        if relation.target in wanted and at.holds(relation.period) is not False:
            yield Part(
                relation.source,
                relation.target,
                _role(relation.role),
                _side(relation.side),
                relation.id,
            )
    for partnership in dataset.of(Partnership):
        state = at.holds(partnership.period)
        for name in partnership.initiatives if state is not False else ():
            for party in partnership.parties if name in wanted else ():
                yield Part(party.actor, name, _role(party.role), _side(party.side), partnership.id)


def pairs_of(
    dataset: Dataset, at: When, through: str = "ties+partnerships"
) -> dict[Pair, list[tuple[Record, bool | None]]]:
    """The pairs of actors with the records that tie them, and whether each does: yes, no, unknown.

    A tie that does not hold at the time is left out; one whose time is not known counts as a
    tie (``True``), as in the core's projections.
    """
    found: dict[Pair, list[tuple[Record, bool | None]]] = {}

    def add(a: str, b: str, record: Record, state: bool | None) -> None:
        if a != b:
            found.setdefault((a, b) if a < b else (b, a), []).append((record, state))

    for tie in dataset.of(Tie) if "ties" in through else ():
        if at.holds(tie.period) is not False:
            presence = code_of(tie.state) or "present"
            states = {"present": True, "absent": False}
            add(tie.source, tie.target, tie, states.get(presence))
    for partnership in dataset.of(Partnership) if "partnerships" in through else ():
        if at.holds(partnership.period) is not False:
            parties = list(dict.fromkeys(party.actor for party in partnership.parties))
            for k, a in enumerate(parties):
                for b in parties[k + 1 :]:
                    add(a, b, partnership, True)
    return found


def adoptions(
    dataset: Dataset, at: When, practice: Any = None, initiative: Any = None
) -> list[tuple[Adopts, bool | None]]:
    """The adoptions that happened or may have, each with whether it did for certain.

    An initiative limits them to those that name it in their record's ``extra`` as
    ``initiative``, or whose adopter takes part in it.
    """
    practices = chosen(dataset, practice, Practice)
    members: set[str] | None = None
    named = chosen(dataset, initiative, Initiative)
    if named:
        members = {part.actor for part in parts_of(dataset, named, at)}
    found: list[tuple[Adopts, bool | None]] = []
    for adoption in dataset.of(Adopts):
        if practices and adoption.target not in practices:
            continue
        stated = adoption.extra.get("initiative")
        if (
            members is not None
            and stated not in named
            and (stated is not None or adoption.source not in members)
        ):
            continue
        state = at.happened(adoption.period)
        if state is not False:
            found.append((adoption, state))
    return found


def adopter_territory(dataset: Dataset, adopter: str) -> str | None:
    """The territory that adopted, or that of the actor that did."""
    record = dataset.find(adopter)
    if isinstance(record, Territory):
        return record.id
    return record.territory if isinstance(record, Actor) else None


def target_territories(
    dataset: Dataset, targets: Any = None, initiative: Any = None, territory: Any = None
) -> tuple[str, ...]:
    """The territories that scaling aims at: those given, else those that plans name.

    Places of the initiatives and the territories in the headers of work plans and in the
    places of their actions count as named.
    """
    areas = chosen(dataset, territory, Territory)
    names = chosen(dataset, targets, Territory)
    if not names:
        wanted = set(initiatives_of(dataset, initiative))
        found: dict[str, None] = {}
        for record in dataset.of(Initiative):
            if record.id in wanted:
                found.update((p.territory, None) for p in record.places if p.territory)
        for plan in dataset.of(WorkPlan):
            if initiative is None or not wanted.isdisjoint(plan.initiatives):
                found.update((name, None) for name in plan.territories)
                for action in dataset.of(Action):
                    if action.workplan == plan.id:
                        found.update((p.territory, None) for p in action.places if p.territory)
        names = tuple(found)
    places = Places(dataset)
    return tuple(t for t in names if places.inside(t, areas)) if areas else names


_RUNGS = {
    "single_location": "local",
    "second_admin": "local",
    "local": "local",
    "first_admin": "first_admin",
    "multi_first_admin": "first_admin",
    "national": "national",
    "multinational": "supranational",
    "supranational_region": "supranational",
    "global": "global",
}
_IATI_LEVELS = {
    "1": "global",
    "2": "supranational_region",
    "3": "multinational",
    "4": "national",
    "5": "multi_first_admin",
    "6": "first_admin",
    "7": "second_admin",
    "8": "single_location",
}
LADDER = ("local", "first_admin", "national", "supranational", "global")


def rung(level: str | None) -> str | None:
    """The rung of the ladder that a governance level stands on; ``None`` if it is not known.

    The bare word regional stands on none: sub-national or supranational must be said.
    """
    return _RUNGS.get(_IATI_LEVELS.get(level or "", level or ""))


def level_of(dataset: Dataset, adoption: Adopts) -> str | None:
    """The rung at which something was adopted: as stated, else the adopter's level."""
    if adoption.level is not None:
        return rung(adoption.level.code)
    record = dataset.find(adoption.source)
    return rung(code_of(record.level)) if isinstance(record, (Actor, Territory)) else None
