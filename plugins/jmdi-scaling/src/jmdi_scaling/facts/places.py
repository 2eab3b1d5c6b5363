"""Territories, and the actors and initiatives in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from jmdi.metrics.types import Ids
from jmdi.model.kinds import Action, Actor, Initiative, Territory, WorkPlan
from jmdi.model.taking_part import is_flagged
from jmdi_scaling.facts.parameters import chosen

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "Places",
    "actors_of",
    "adopter_territory",
    "initiatives_of",
    "target_lists",
    "target_territories",
]


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
    dataset: Dataset, initiative: Ids | None = None, territory: Ids | None = None
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


def adopter_territory(dataset: Dataset, adopter: str) -> str | None:
    """The territory that adopted, or that of the actor that did."""
    if dataset.find(adopter, Territory) is not None:
        return adopter
    actor = dataset.find(adopter, Actor)
    return None if actor is None else actor.territory


def target_territories(
    dataset: Dataset,
    targets: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
) -> tuple[str, ...]:
    """The territories that scaling aims at: those given, else those that plans name.

    Places of the initiatives and the territories in the headers of work plans and in the
    places of their actions count as named.
    """
    given = chosen(dataset, targets, Territory)
    lists = target_lists(dataset, initiative, territory)
    named = [*lists["places of initiatives"], *lists["work plans"]]
    return _within(dataset, given or dict.fromkeys(named), territory)


def target_lists(
    dataset: Dataset, initiative: Ids | None = None, territory: Ids | None = None
) -> dict[str, tuple[str, ...]]:
    """The lists of territories that could be meant as targets, by where they are from."""
    wanted = set(initiatives_of(dataset, initiative))
    placed = [
        place.territory
        for record in dataset.of(Initiative)
        for place in record.places
        if record.id in wanted
    ]
    planned: list[str | None] = []
    for plan in dataset.of(WorkPlan):
        if initiative is None or not wanted.isdisjoint(plan.initiatives):
            planned += plan.territories
            for action in dataset.of(Action):
                if action.workplan == plan.id:
                    planned += [place.territory for place in action.places]
    found = {
        "places of initiatives": placed,
        "work plans": planned,
        "territories of actors": [actor.territory for actor in dataset.of(Actor)],
        "all territories on record": dataset.of(Territory).ids(),
    }
    return {
        source: _within(dataset, dict.fromkeys(name for name in names if name), territory)
        for source, names in found.items()
    }


def _within(dataset: Dataset, names: Iterable[str], territory: Ids | None) -> tuple[str, ...]:
    """Those of some territories that lie in others; all where none is given."""
    areas, places = chosen(dataset, territory, Territory), Places(dataset)
    return tuple(name for name in names if not areas or places.inside(name, areas))
