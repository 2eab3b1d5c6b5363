"""Plugins whose panels are wrong."""

import itertools

import jmdi
from jmdi.panels import Bar, Bars, Card, Cards, Paragraphs

TITLE = {"en": "Actors"}


def plugin(name, make, title=TITLE):
    class Plugin:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_panels():
            return [jmdi.Panel(f"{name}:actors", "overview", title, make)]

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def _first(dataset):
    return Paragraphs([dataset.of(jmdi.Actor)[0].label()])


def _dictionary(dataset):
    return {"actors": len(dataset.of(jmdi.Actor))}


def _bold(dataset):
    return Paragraphs([{"en": f"There are <b>{len(dataset)}</b> records."}])


def _number(dataset):
    return Cards([Card("Actors", value=len(dataset.of(jmdi.Actor)))])


def _counting(dataset, counter=itertools.count()):  # noqa: B008
    return Cards([Card("Shown", value=next(counter))])


def _from_set(dataset):
    return Bars([Bar(name, 1) for name in {actor.id for actor in dataset.of(jmdi.Actor)}])


def _named(dataset):
    return Paragraphs([actor.label() for actor in dataset.of(jmdi.Actor)])


raising = plugin("raising", _first)
mapping = plugin("mapping", _dictionary)
marked = plugin("marked", _bold)
untitled = plugin("untitled", _number, {"fr": "Acteurs"})
moving = plugin("moving", _counting)
mixed = plugin("mixed", _from_set)
telling = plugin("telling", _named)
