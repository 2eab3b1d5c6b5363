"""Which projections an engine makes, and with which parameters."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import ibis

from jmdi import NotFound, Tie
from jmdi.graph.naming import no_wave
from jmdi.metrics.types import Ids
from jmdi.running.binding import bind
from jmdi.running.projecting import PROJECTED
from jmdi.words.type_names import brief
from jmdi_tables.bipartite import two_mode_tables
from jmdi_tables.corridors import CorridorTables, corridor_tables
from jmdi_tables.joining import network_tables
from jmdi_tables.networks import NetworkTables
from jmdi_tables.tables import Expression, Tables
from jmdi_tables.tying import may_have_modes, with_ties

__all__ = ["projected"]

LARGEST = 2**63
"""A whole number from this on has no column."""

COUNTED = ("actors", "actors-initiatives", "co-participation", "corridors")

OWN = frozenset({"nodes", "kinds", "as_of", "exclude_flagged"})
"""The parameters that engines know; of others, only the defaults."""

SAME = {"weight": (None, "count"), "co_participation": (True,), "publishers": (False,)}
"""What others may be without changing what an engine would count."""

OF_TIES = ("ties", "tie_kinds", "directed", "weight", "as_of")
"""The parameters of ties."""


def projected(
    tables: Tables,
    projection: str,
    parameters: Mapping[str, object],
    where: Callable[[Expression], Expression] | None = None,
) -> NetworkTables | CorridorTables | None:
    """A projection as an engine makes it, once; ``None`` if none does.

    Raises:
        BadParameter: If a parameter has a value that it cannot have.
        NotFound: If there is no such projection or parameter.
    """
    spec = tables.model.catalog.projection(projection)
    bound = bind(f"projection {spec.name!r}", spec.parameters, parameters)
    if spec.name not in COUNTED or bound.get("kinds") == [] or _is_no_column(bound["as_of"]):
        return None
    if isinstance(bound["as_of"], int):
        _known_wave(tables, bound["as_of"])
    if bound.get("ties"):
        _known_tie_kinds(tables, bound["tie_kinds"])
    tying = spec.name == "actors" and _has_ties(tables, bound)
    if tying and where is not None:
        return None
    for name, value in bound.items() if spec.name != "corridors" else ():
        if name not in (*OWN, *OF_TIES, "reports") and value not in SAME.get(name, ()):
            return None
        if name == "weight" and value not in SAME[name]:
            return None
    key = repr((spec.name, bound, sorted(parameters)))
    known: NetworkTables | CorridorTables | None = tables.networks.get(key)
    if where is None and known is not None:
        return known
    network = _projected(tables, spec.name, bound, where, tying=tying)
    given = {name: value for name, value in bound.items() if name in parameters}
    if network is None:
        return None
    if isinstance(network, NetworkTables):
        again = functools.partial(projected, tables)
        network = attrs.evolve(network, asked=given, project=again)
    if given:
        said = ", ".join(f"{name}={brief(value)}" for name, value in given.items())
        network = attrs.evolve(network, notes={**network.notes, PROJECTED: said})
    if where is None:
        tables.networks[key] = network
    return network


def _projected(
    tables: Tables,
    name: str,
    bound: Mapping[str, object],
    where: Callable[[Expression], Expression] | None,
    *,
    tying: bool,
) -> NetworkTables | CorridorTables | None:
    """A projection, made anew."""
    own: dict[str, Any] = {**bound}
    if isinstance(own["as_of"], str):
        own["as_of"] = datetime.date.fromisoformat(own["as_of"])
    if name == "corridors":
        return None if where is not None else corridor_tables(tables, **own)
    of_ties: dict[str, Any] = {name: own.get(name) for name in OF_TIES}
    own = {name: value for name, value in own.items() if name in OWN}
    for kinds in ("nodes", "kinds"):
        own[kinds] = _named(own[kinds])
    if name == "actors-initiatives":
        return None if where is not None else two_mode_tables(tables, **own)
    together = network_tables(tables, name, **own, where=where)
    if tying or together is None:
        return together and with_ties(together, **of_ties)
    own_modes = name == "actors" and bound["ties"] and not together.n_pairs
    return None if own_modes and may_have_modes(tables) else together


def _known_wave(tables: Tables, wave: int) -> None:
    """Refuses a wave that nothing is of, as the projections of the core do.

    Raises:
        NotFound: If there is no such wave; it says which there are.
    """
    of = [rows for kind in tables.kinds for rows in tables.each(kind) if "period" in rows.columns]
    waves = [rows.select(wave=rows.period["wave"]) for rows in of]
    found = tables.rows(ibis.union(*waves, distinct=True)) if waves else []
    known = {row["wave"] for row in found if row["wave"] is not None}
    if wave not in known:
        raise no_wave(wave, known)


def _known_tie_kinds(tables: Tables, named: Ids | None) -> None:
    """Refuses kinds that neither the vocabulary nor a tie has, as the core does.

    Raises:
        NotFound: If there is no such kind; it names the near ones.
    """
    wanted = {named} if isinstance(named, str) else set(named or ())
    vocabulary = tables.model.catalog.vocabularies.get("tie-kind")
    codes = set() if vocabulary is None else set(vocabulary.codes())
    if not codes.issuperset(wanted):
        rows = tables.of("tie", "type")
        said = tables.rows(rows.select(code=rows.type["code"]).distinct())
        codes |= {row["code"] for row in said if row["code"] is not None}
    for name in sorted(wanted - codes):
        raise NotFound("tie kind", name, sorted(codes))


def _is_no_column(moment: object) -> bool:
    """Whether a wave has a number that no column holds."""
    return isinstance(moment, int) and not -LARGEST <= moment < LARGEST


def _has_ties(tables: Tables, bound: Mapping[str, object]) -> bool:
    """Whether ties make a difference: there are some, or they are to have a direction."""
    return bool(bound["directed"] or (bound["ties"] and tables.tables_of(Tie.kind)))


def _named(kinds: Any) -> Any:
    """Kinds by their names, where classes are given."""
    if kinds is None or isinstance(kinds, str):
        return kinds
    if isinstance(kinds, type):
        return getattr(kinds, "kind", kinds)
    return [getattr(kind, "kind", kind) for kind in kinds]
