"""Kinds, countries and actors, in words."""

from __future__ import annotations

from jmdi import Actor, Code, Dataset, Territory
from jmdi.panels import Cell, Country, Unknown, Words, label_of, link_to
from jmdi_network.panels import say

__all__ = ["country_names", "known_as", "place_of", "type_of"]


def country_names(dataset: Dataset) -> dict[str, Words]:
    """The names of countries by ISO code, as far as the data or a vocabulary has them."""
    vocabulary = dataset.model.catalog.vocabularies.get("iati-country")
    concepts = vocabulary.concepts if vocabulary else ()
    found: dict[str, Words] = {one.code: Country(one.code, one.labels) for one in concepts}
    for land in dataset.of(Territory):
        national = land.level is not None and land.level.code == "national"
        if national and land.country is not None and land.names:
            found[land.country] = Country(land.country, land.names)
    return found


def type_of(code: str, dataset: Dataset) -> Words:
    """What a code of the vocabulary of actor types means."""
    return label_of(Code("actor-type", code), dataset.model.catalog.vocabularies)


def place_of(country: str | None, names: dict[str, Words]) -> Cell:
    """The name of a country, its code where it has none here, or that it is not stated."""
    return Unknown(say("not_stated")) if country is None else names.get(country, Country(country))


def known_as(id: str, dataset: Dataset, names: dict[str, Words]) -> list[Cell]:
    """An actor with its kind and its country."""
    actor = dataset.find(id, Actor)
    kind: Cell = Unknown(say("not_stated"))
    if actor is None:
        return [id, kind, kind]
    if actor.type is not None:
        kind = label_of(actor.type, dataset.model.catalog.vocabularies)
    return [link_to(actor), kind, place_of(actor.country, names)]
