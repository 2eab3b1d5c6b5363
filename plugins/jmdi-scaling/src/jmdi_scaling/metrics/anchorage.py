"""Anchorage with local governments on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Actor
from jmdi.model.wellknown import LOCAL_GOVERNMENT
from jmdi_scaling.facts.codes import PROJECT, code_of
from jmdi_scaling.facts.parameters import (
    types_of,
)
from jmdi_scaling.facts.places import initiatives_of
from jmdi_scaling.facts.relations import Part, parts_of
from jmdi_scaling.facts.shares import any_of, share
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["anchorage"]

STRONG = frozenset({"funding", "accountable", "implementing"})


def _sides_convention(strong: bool) -> str:
    who = "a local government that funds, accounts or implements" if strong else "it takes part"
    return f"{who}; a side of both is either; an unknown side or type is unknown, not absent"


@jmdi.metric(
    "scaling:anchorage",
    "Dual local-government anchorage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=f"{PROJECT} of the JMDI call for proposals; CRS channels 11002 and 12002",
    convention=_sides_convention,
)
def anchorage(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    strong: bool = False,
    local_government: Ids | None = None,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the initiatives with a local government on the origin and on the destination side.

    It is also called the local-to-local share. The parties of a partnership take part in its
    initiatives. A side is known to be without one when it is known on which side some participant
    of the initiative stands, and none can be a local government on that side. ``values`` has
    ``rate``, ``strong_rate`` (the local governments fund, account or implement), the shares
    ``origin_only``, ``destination_only`` and ``none``, and ``balance``, the smaller number of
    local governments over the larger.

    Args:
        dataset: The records.
        initiative: Only these initiatives.
        territory: Only initiatives with a place in this territory.
        strong: Whether only local governments count that fund, account or implement.
        local_government: Actor types that count as local government; local authorities if not
            given.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    types = frozenset(types_of(dataset, local_government)) or LOCAL_GOVERNMENT
    names = initiatives_of(dataset, initiative, territory)
    parts: dict[str, list[Part]] = {name: [] for name in names}
    for part in parts_of(dataset, names, at):
        parts[part.initiative].append(part)
    plain = {name: _sides(dataset, found, types, False) for name, found in parts.items()}
    firm = {name: _sides(dataset, found, types, True) for name, found in parts.items()}
    used = firm if strong else plain
    states = {name: _both(*sides) for name, sides in used.items()}
    local = {
        side: {
            (p.actor, name)
            for name, found in parts.items()
            for p in found
            if p.sure and _is_local(dataset, p, types) and p.side in (side, "both")
        }
        for side in ("origin", "destination")
    }
    values, more = _anchored(used, firm, local)
    internal = [n for n in names if _internal(dataset, parts[n], types)]
    records = dict.fromkeys(
        p.record for n in names for p in parts[n] if states[n] and _is_local(dataset, p, types)
    )
    return share(
        states,
        "initiatives",
        empty=("missing_input", "there are no initiatives"),
        unknown=("missing_input", "no initiative has both sides known"),
        values=values,
        contributing=tuple(records),
        notes={
            **more,
            "internal_migration": internal,
            "unknown": [n for n in names if states[n] is None],
        },
        **at.members(),
    )


def _both(origin: bool | None, destination: bool | None) -> bool | None:
    if origin is None or destination is None:
        return None
    return origin and destination


def _is_local(dataset: Dataset, part: Part, types: frozenset[str]) -> bool | None:
    actor = dataset.find(part.actor, Actor)
    kind = None if actor is None else code_of(actor.type)
    return None if kind is None else kind in types


def _sides(
    dataset: Dataset, parts: list[Part], types: frozenset[str], strong: bool
) -> tuple[bool | None, bool | None]:
    """Whether there is a local government on the origin and on the destination side."""
    # Where no side is on record, a local government may be on either.
    if all(part.side is None for part in parts if part.sure):
        return None, None
    origin: list[bool | None] = []
    destination: list[bool | None] = []
    for part in parts:
        local = _is_local(dataset, part, types)
        local = None if local and not part.sure else local
        if strong and local is not False:
            firm = None if part.role is None else part.role in STRONG
            local = False if firm is False else (local if firm else None)
        for side, states in (("origin", origin), ("destination", destination)):
            if local is False or (part.side is not None and part.side not in (side, "both")):
                states.append(False)
            else:
                states.append(None if part.side is None else local)
    return any_of(origin), any_of(destination)


def _anchored(
    used: dict[str, tuple[bool | None, bool | None]],
    firm: dict[str, tuple[bool | None, bool | None]],
    local: dict[str, set[tuple[str, str]]],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The shares by side and the balance, over initiatives whose sides are both known."""
    known = [sides for sides in used.values() if None not in sides]
    certain = [sides for sides in firm.values() if None not in sides]
    counts = {
        key: known.count(key)
        for key in ((True, True), (True, False), (False, True), (False, False))
    }
    n = len(known)
    low, high = sorted((len(local["origin"]), len(local["destination"])))
    values = {
        "rate": counts[True, True] / n if n else None,
        "strong_rate": certain.count((True, True)) / len(certain) if certain else None,
        "origin_only": counts[True, False] / n if n else None,
        "destination_only": counts[False, True] / n if n else None,
        "none": counts[False, False] / n if n else None,
        "balance": low / high if high else None,
    }
    return values, {f"local_governments_{side}": len(found) for side, found in local.items()}


def _internal(dataset: Dataset, parts: list[Part], types: frozenset[str]) -> bool:
    """Whether the local governments of both sides are of one and the same country."""
    countries: dict[str, set[str | None]] = {"origin": set(), "destination": set()}
    for part in parts:
        if part.sure and _is_local(dataset, part, types):
            actor = dataset.get(part.actor, Actor)
            for side, found in countries.items():
                if part.side in (side, "both"):
                    found.add(actor.country)
    origin, destination = countries["origin"], countries["destination"]
    return bool(origin) and origin == destination and len(origin) == 1 and None not in origin
