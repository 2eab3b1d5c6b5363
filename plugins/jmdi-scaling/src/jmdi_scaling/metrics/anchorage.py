"""Anchorage with local governments on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import jmdi
from jmdi.metrics.result import Result
from jmdi.metrics.shares import all_of, any_of, estimate, missing, share
from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Actor, Initiative
from jmdi.model.wellknown import LOCAL_GOVERNMENT
from jmdi_scaling.facts.codes import PROJECT
from jmdi_scaling.facts.parameters import is_of_type, types_of
from jmdi_scaling.facts.places import initiatives_of
from jmdi_scaling.facts.relations import Part, parts_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["anchorage"]

Local: TypeAlias = Mapping[str, bool | None]
"""Whether each actor on record is a local government."""

STRONG = frozenset({"funding", "accountable", "implementing"})


def _sides_convention(strong: bool) -> str:
    who = "a local government that funds, accounts or implements" if strong else "it takes part"
    return (
        f"{who}; a side of both is either; an unknown side or type is unknown, not absent; over "
        "initiatives whose participants are all recorded"
    )


@jmdi.metric(
    "scaling:anchorage",
    "Dual local-government anchorage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=f"{PROJECT} of the JMDI call for proposals; CRS channels 11002 and 12002",
    convention=_sides_convention,
    count="jmdi_scaling.metrics.anchorage:count_in_tables",
    finish="jmdi_scaling.metrics.anchorage:anchorage_of",
)
def anchorage(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    strong: bool = False,
    local_government: Ids | None = None,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the initiatives with a local government on the origin and on the destination side.

    It is also called the local-to-local share. The parties of a partnership take part in its
    initiatives. A side is known to be without one when all participants of the initiative are
    recorded, and none can be a local government on that side. ``values`` has ``rate``,
    ``strong_rate`` (the local governments fund, account or implement), the shares
    ``origin_only``, ``destination_only`` and ``none``, and ``balance``, the smaller number of
    local governments over the larger; ``notes["missing"]`` the facts that leave it open.

    Args:
        dataset: The records.
        initiative: Only these initiatives.
        territory: Only initiatives with a place in this territory.
        strong: Whether only local governments count that fund, account or implement.
        local_government: Actor types that count as local government; local authorities if not
            given.
        closed_world: Whether lists of participants are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    types = frozenset(types_of(dataset, local_government)) or LOCAL_GOVERNMENT
    names = initiatives_of(dataset, initiative, territory)
    parts = list(parts_of(dataset, names, at))
    found = (dataset.find(actor, Actor) for actor in {part.actor for part in parts})
    actors = {actor.id: actor for actor in found if actor is not None}
    counts = {
        "parts": by_initiative(names, parts),
        "listed": {part.initiative for part in parts},
        "local": {id: is_of_type(dataset, actor, types) for id, actor in actors.items()},
        "country": {id: actor.country for id, actor in actors.items()},
        "lists": {name: dataset.get(name, Initiative) for name in names},
        "types": types,
    }
    return anchorage_of(
        counts, strong=strong, closed_world=closed_world, as_of=as_of, window=window
    )


def by_initiative(names: Iterable[str], parts: Iterable[Part]) -> dict[str, list[Part]]:
    """The parts in each initiative."""
    found: dict[str, list[Part]] = {name: [] for name in names}
    for part in parts:
        found[part.initiative].append(part)
    return found


def count_in_tables(
    tables: Any,
    *,
    initiative: Ids | None,
    territory: Ids | None,
    local_government: Ids | None,
    as_of: Day | None,
    window: Window | None,
    **parameters: object,
) -> Counts | None:
    """The parts that can say what the sides of an initiative are, found by an engine."""
    from jmdi_scaling.facts.in_tables import chosen_types, initiatives_in, lists_in, parts_in

    chosen = chosen_types(tables, local_government)
    names = initiatives_in(tables, initiative, territory)
    if names is None or chosen is None:
        return None
    types = frozenset(chosen) or LOCAL_GOVERNMENT
    parts, listed, actors = parts_in(tables, names, when(as_of, window), types)
    return {
        "parts": by_initiative(names, parts),
        "listed": listed,
        "local": {id: local for id, (local, _) in actors.items()},
        "country": {id: country for id, (_, country) in actors.items()},
        "lists": lists_in(tables, names),
        "types": types,
    }


def anchorage_of(
    counts: Counts,
    *,
    strong: bool,
    closed_world: bool,
    as_of: Day | None,
    window: Window | None,
    **parameters: object,
) -> Result:
    """Anchorage, from who takes part, which of them are local governments, and whose list is whole.

    A part of somebody who is no local government may be missing among ``parts``, if its side, role
    and time are known; ``listed`` are the initiatives with any.
    """
    at, types, local = when(as_of, window), counts["types"], counts["local"]
    parts: Mapping[str, list[Part]] = counts["parts"]
    closed = {
        name: _closed(record, types, closed_world and name in counts["listed"])
        for name, record in counts["lists"].items()
    }
    complete = {name for name, sides in closed.items() if all(sides)}
    plain, firm = (
        {name: _sides(found, local, firmly, closed[name]) for name, found in parts.items()}
        for firmly in (False, True)
    )
    states = {name: all_of(sides) for name, sides in (firm if strong else plain).items()}
    governments = _local_governments(parts, local)
    values, bounds = _anchored(firm if strong else plain, firm, governments, complete)
    internal = [n for n in parts if _internal(parts[n], local, counts["country"])]
    records = dict.fromkeys(
        p.record for n in parts for p in parts[n] if states[n] and local.get(p.actor)
    )
    open_ = (
        "no initiative has both sides known" if complete else "no list of participants is complete"
    )
    return share(
        states,
        "initiatives",
        empty=("missing_input", "there are no initiatives"),
        open_=open_,
        complete=complete,
        values=values,
        bounds=bounds,
        contributing=tuple(records),
        notes={
            **{f"local_governments_{side}": len(found) for side, found in governments.items()},
            "internal_migration": internal,
            "lists_complete": len(complete),
            "unknown": [n for n in parts if states[n] is None],
            "missing": missing(
                fact
                for n in parts
                if states[n] is None
                for fact in _unknown_of(n, parts[n], n in complete, strong, local)
            ),
        },
        **at.members(),
    )


def _unknown_of(
    name: str, parts: list[Part], complete: bool, strong: bool, local: Local
) -> Iterator[tuple[str, str]]:
    """The facts of an initiative that could say what its sides are."""
    if not complete:
        yield name, "participants_complete"
    for part in parts:
        if part.side is None:
            yield part.record, "side"
        if not part.sure:
            yield part.record, "period"
        if strong and part.role is None:
            yield part.record, "role"
        if local.get(part.actor) is None:
            yield part.actor, "type"


def _local_governments(
    parts: Mapping[str, list[Part]], local: Local
) -> dict[str, set[tuple[str, str]]]:
    """The local governments on record on either side, with the initiative of each."""
    return {
        side: {
            (p.actor, name)
            for name, found in parts.items()
            for p in found
            if p.sure and local.get(p.actor) and p.side in (side, "both")
        }
        for side in ("origin", "destination")
    }


def _closed(record: Initiative, types: frozenset[str], closed_world: bool) -> tuple[bool, bool]:
    """Whether no local government can be missing on the origin and on the destination side."""
    origin, destination = (
        absence_counts(record, closed_world=closed_world, types=types, side=side)
        for side in ("origin", "destination")
    )
    return origin, destination


def _sides(
    parts: list[Part], local: Local, strong: bool, closed: tuple[bool, bool]
) -> tuple[bool | None, bool | None]:
    """Whether there is a local government on the origin and on the destination side."""
    # Whoever is missing from a list that may be incomplete may stand there.
    origin: list[bool | None] = [] if closed[0] else [None]
    destination: list[bool | None] = [] if closed[1] else [None]
    for part in parts:
        facts = [local.get(part.actor), True if part.sure else None]
        if strong:
            facts.append(None if part.role is None else part.role in STRONG)
        for side, states in (("origin", origin), ("destination", destination)):
            here = None if part.side is None else part.side in (side, "both")
            states.append(all_of([*facts, here]))
    return any_of(origin), any_of(destination)


Sides: TypeAlias = tuple[bool | None, bool | None]
SHARES: Mapping[str, Sides] = {
    "rate": (True, True),
    "origin_only": (True, False),
    "destination_only": (False, True),
    "none": (False, False),
}


def _anchored(
    used: Mapping[str, Sides],
    firm: Mapping[str, Sides],
    local: Mapping[str, set[tuple[str, str]]],
    complete: set[str],
) -> tuple[dict[str, float | None], dict[str, tuple[float, float]]]:
    """The shares by side and the balance, over those known, with their bounds."""
    values: dict[str, float | None] = {}
    bounds: dict[str, tuple[float, float]] = {}
    for key, found in {**dict.fromkeys(SHARES, used), "strong_rate": firm}.items():
        wanted = SHARES.get(key, (True, True))
        known = [s for n, s in found.items() if n in complete and None not in s]
        may = sum(o in (wanted[0], None) and d in (wanted[1], None) for o, d in found.values())
        n = max(len(found), 1)
        bounds[key] = list(found.values()).count(wanted) / n, may / n
        values[key] = estimate(known.count(wanted), len(known), *bounds[key])
    known_names = {n for n, sides in used.items() if n in complete and None not in sides}
    low, high = sorted(len({p for p in found if p[1] in known_names}) for found in local.values())
    values["balance"] = low / high if high else None
    bounds["balance"] = (0.0, 1.0)
    if len(known_names) == len(used) and high:
        bounds["balance"] = (low / high, low / high)
    return values, bounds


def _internal(parts: list[Part], local: Local, country: Mapping[str, str | None]) -> bool:
    """Whether the local governments of both sides are of one and the same country."""
    countries: dict[str, set[str | None]] = {"origin": set(), "destination": set()}
    for part in parts:
        if part.sure and local.get(part.actor):
            for side, found in countries.items():
                if part.side in (side, "both"):
                    found.add(country[part.actor])
    origin, destination = countries["origin"], countries["destination"]
    return bool(origin) and origin == destination and len(origin) == 1 and None not in origin
