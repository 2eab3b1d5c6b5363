"""Plugins whose projections are wrong."""

import jmdi


def plugin(name, build):
    class Plugin:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_projections():
            return [jmdi.Projection(f"{name}:net", build)]

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def _from_first(dataset):
    return jmdi.Network("net", [dataset.of(jmdi.Actor)[0].id])


def _of_two(dataset):
    first, second = dataset.of(jmdi.Actor)
    return jmdi.Network("net", [first.id, second.id])


def _pairs(dataset):
    return [(tie.source, tie.target) for tie in dataset.of(jmdi.Tie)]


def _from_set(dataset):
    return jmdi.Network("net", {actor.id for actor in dataset.of(jmdi.Actor)})


def _of_ends(dataset):
    ends = {end for tie in dataset.of(jmdi.Tie) for end in (tie.source, tie.target)}
    return jmdi.Network("net", sorted(ends))


tied = plugin("tied", _of_ends)
hungry = plugin("hungry", _from_first)
picky = plugin("picky", _of_two)
listing = plugin("listing", _pairs)
jumbled = plugin("jumbled", _from_set)
