"""The actors and territories of a plan, each once, and who takes part in what."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache

import attrs

from jmdi import Actor, Code, Participates, Place, Source, Territory, code, make_id
from jmdi.model.constructors import unchecked
from jmdi.words.folding import as_typed, fold
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.places.gazetteer import country_name, subdivision_name
from jmdi_workplan.plan.cells.names import is_acronym
from jmdi_workplan.plan.context import Context

__all__ = ["Nodes"]

METHOD = "jmdi-workplan"

_source, _participates = unchecked(Source), unchecked(Participates)
"""Make what every row has one of, or more, of values that were made here."""


@attrs.define
class Nodes:
    """Collects the actors and territories that a plan names.

    Attributes:
        known: What is known of the plan.
        file: The name of its file.
        territories: The territories, by id.
        actors: The actors, by id.
        relations: Who takes part in what, by id.
        acronyms: Funders that are acronyms, with what they fund, until all actors are known.
        places: The places of actions, by what names them.
    """

    known: Context
    file: str
    territories: dict[str, Territory] = attrs.field(factory=dict)
    actors: dict[str, Actor] = attrs.field(factory=dict)
    relations: dict[str, Participates] = attrs.field(factory=dict)
    acronyms: list[tuple[str, str]] = attrs.field(factory=list)
    places: dict[PlaceMention, Place] = attrs.field(factory=dict)

    def take(self, name: str, role: str | None, action: str) -> None:
        """Takes an actor of an action; a funder that is an acronym waits for `funds`."""
        if role == "funding" and is_acronym(name):
            self.acronyms.append((name, action))
        else:
            self.actor(name, role, action)

    def funds(self) -> None:
        """Keeps the funders that are acronyms, where the plan names them elsewhere, too.

        Alone, "TRAC" may be a fund or a line of a budget, and no actor.
        """
        for name, action in self.acronyms:
            if self.actor_id(name) in self.actors:
                self.actor(name, "funding", action)

    def actor(self, name: str, role: str | None, target: str) -> str:
        """The id of an actor of this name, which takes part in a plan or action."""
        identity = self.actor_id(name)
        if identity not in self.actors:
            self.actors[identity] = Actor(
                id=identity,
                names={self.known.language: as_typed(name)},
                country=None,
                sources=(self.file_source,),
            )
        relation = make_id("participates", identity, target, role)
        if relation not in self.relations:
            self.relations[relation] = _participates(
                id=relation,
                source=identity,
                target=target,
                role=_role(role) if role else None,
                sources=(self.file_source,),
            )
        return identity

    def actor_id(self, name: str) -> str:
        """The id of the actor of a name."""
        return _actor_id(name, self.known.country)

    def country(self, country: str) -> str:
        """The id of a country's territory."""
        identity = _territory_id("iso-3166-1", country)
        if identity not in self.territories:
            self.territories[identity] = Territory(
                id=identity,
                names={"en": country_name(country) or country},
                code=Code("iso-3166-1", country),
                country=country,
                level=code("governance-level", "national"),
                sources=(self.file_source,),
            )
        return identity

    def territory(self, mention: PlaceMention) -> str | None:
        """The id of the territory that a place names; ``None`` if it has no code."""
        if mention.country is None:
            return None
        country = self.country(mention.country)
        if mention.code is None:
            return country if _is_country(mention) else None
        scheme = "iso-3166-2" if "-" in mention.code else "p-code"
        identity = _territory_id(scheme, mention.code)
        if identity not in self.territories:
            self.territories[identity] = Territory(
                id=identity,
                names={"en": subdivision_name(mention.code) or mention.name},
                code=Code(scheme, mention.code),
                country=mention.country,
                within=country,
                sources=(self.file_source,),
            )
        return identity

    def place(self, mention: PlaceMention) -> Place:
        """The place that a mention names, with its territory."""
        place = self.places.get(mention)
        if place is None:
            place = self.places[mention] = Place(self.territory(mention), mention.words)
        return place

    @cached_property
    def file_source(self) -> Source:
        """The file as a source."""
        return self.source(None)

    def source(self, locator: str | None) -> Source:
        """Where a record comes from."""
        made: Source = _source(title=self.file, locator=locator, method=METHOD)
        return made


@lru_cache(maxsize=4096)
def _actor_id(name: str, country: str | None) -> str:
    words = as_typed(name)
    return make_id("actor", country, fold(words) or words)


@lru_cache(maxsize=4096)
def _territory_id(scheme: str, code: str) -> str:
    return make_id("territory", scheme, code)


@cache
def _role(role: str) -> Code:
    return code("organisation-role", role)


@lru_cache(maxsize=4096)
def _is_country(mention: PlaceMention) -> bool:
    return fold(mention.name) == fold(country_name(mention.country or "") or "")
