"""Initiatives that stand alone, and whether more of them do than by chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Count, Day, Ids, Window
from jmdi.model.kinds import Actor
from jmdi_scaling.facts.codes import PROJECT
from jmdi_scaling.facts.parameters import (
    chosen,
    roles_of,
)
from jmdi_scaling.facts.places import initiatives_of
from jmdi_scaling.facts.relations import parts_of
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["isolation"]


@jmdi.metric(
    "scaling:isolation",
    "Initiative isolation",
    on="dataset",
    range=(0, 1),
    polarity="lower",
    value_is="share",
    citation=f"{PROJECT}; fragmentation: Borgatti 2006; null: Strona et al. 2014",
    convention=(
        "an initiative without participants on record is unknown, and so is one that only a part "
        "joins to another whose time is not known"
    ),
)
def isolation(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    exclude: Ids | None = None,
    exclude_roles: Ids | None = "funding",
    draws: Count = 0,
    seed: int = 0,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the initiatives that share no actor with another.

    Actors that are everywhere, such as the funder, hide isolation: parts with the roles
    ``exclude_roles`` and the actors ``exclude`` are left out and listed. An initiative without
    a participant on record is unknown. ``values`` has the ``share`` and ``fragmentation``, the
    share of pairs of initiatives that no chain of shared actors joins. With ``draws``,
    ``notes["null"]`` compares the share with initiatives of as many participants, and actors
    in as many initiatives, joined at random: the null model ``curveball`` of ``jmdi-network``.

    Args:
        dataset: The records.
        initiative: Only these initiatives, each compared with all.
        territory: Only initiatives with a place in this territory.
        exclude: Actors that are left out.
        exclude_roles: Roles that do not join initiatives.
        draws: How many random sets of initiatives it is compared with; 0 for none.
        seed: Seed of the random numbers.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    everything = initiatives_of(dataset)
    names = initiatives_of(dataset, initiative, territory)
    roles = set(roles_of(dataset, exclude_roles))
    outside = set(chosen(dataset, exclude, Actor))
    members: dict[str, dict[str, None]] = {name: {} for name in everything}
    perhaps: list[tuple[str, str]] = []
    left_out: set[str] = set()
    for part in parts_of(dataset, everything, at):
        if part.role in roles or part.actor in outside:
            left_out.add(part.actor)
        elif part.sure:
            members[part.initiative][part.actor] = None
        else:
            perhaps.append((part.initiative, part.actor))
    known = {name: found for name, found in members.items() if found}
    asked = [name for name in names if name in known]
    notes: dict[str, Any] = {
        "excluded_actors": sorted(left_out),
        "without_participants": [n for n in everything if n not in known],
    }
    basis: dict[str, Any] = {"of": "initiatives", "notes": notes, **at.members()}
    if len(everything) < 2:
        why = f"isolation needs two initiatives, there are {len(everything)}"
        return undefined("too_few_actors", why, n_used=0, n_eligible=len(names), **basis)
    basis |= {"n_used": len(asked), "n_eligible": len(names)}
    if not asked or len(known) < 2:
        why = "fewer than two initiatives have participants on record"
        return undefined("missing_input", why, **basis)
    if draws:
        notes["null"] = _beside_chance(dataset, known, asked, draws, seed)
        basis["seed"] = seed
    parts = [(name, actor) for name in known for actor in known[name]]
    apart = _alone(parts, asked)
    # a part of which nobody knows whether it holds may join them
    alone = _alone([*parts, *perhaps], apart)
    settled = len(asked) - (len(apart) - len(alone))
    basis["n_used"] = settled
    if not settled:
        why = "of no initiative it is known whether it shares an actor"
        return undefined("missing_input", why, **basis)
    share = len(alone) / settled
    fragmentation = None if perhaps else _fragmentation(dataset, known)
    return Result(
        value=share,
        values={"share": share, "fragmentation": fragmentation},
        lower=0 if len(known) < len(everything) else len(alone) / len(names),
        upper=(len(apart) + len(names) - len(asked)) / len(names),
        contributing=tuple(alone),
        **basis,
    )


def _alone(parts: Iterable[tuple[str, str]], asked: Iterable[str]) -> list[str]:
    """Those of some initiatives none of whose actors is in another."""
    inside: dict[str, set[str]] = {}
    for name, actor in parts:
        inside.setdefault(actor, set()).add(name)
    joined = {name for found in inside.values() if len(found) > 1 for name in found}
    return [name for name in asked if name not in joined]


def _fragmentation(dataset: Dataset, members: Mapping[str, Iterable[str]]) -> float:
    """The share of pairs of initiatives that no chain of shared actors joins."""
    first: dict[str, str] = {}
    joins = [(first.setdefault(actor, name), name) for name in members for actor in members[name]]
    joined = Network.from_edges(joins, nodes=members, model=dataset.model)
    whole = joined.metric("components")
    sizes: tuple[int, ...] = (whole.values or {})["sizes"]
    return 1 - sum(s * (s - 1) for s in sizes) / (len(members) * (len(members) - 1))


def _beside_chance(
    dataset: Dataset,
    members: Mapping[str, Iterable[str]],
    asked: list[str],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """The share that stands alone beside that of random initiatives, as `null` gives it."""
    from jmdi_network.metrics.inference import null

    # Data may use one id for an initiative and an actor, a Network may not.
    parts = [(name, f"actor {actor}") for name in members for actor in members[name]]
    nodes = [*members, *dict.fromkeys(actor for _, actor in parts)]
    place = {node: k for k, node in enumerate(nodes)}
    network = Network(
        "initiatives and their actors",
        nodes,
        [place[name] for name, _ in parts],
        [place[actor] for _, actor in parts],
        mode=[int(node not in members) for node in nodes],
        model=dataset.model,
    )

    def share_alone(drawn: Network) -> float:
        ends = (
            (drawn.nodes[i], drawn.nodes[j])
            for i, j in zip(drawn.source, drawn.target, strict=True)
        )
        joins = ((i, j) if i in members else (j, i) for i, j in ends)
        return len(_alone(joins, asked)) / len(asked)

    found = null(network, share_alone, model="curveball", draws=draws, seed=seed)
    return {**(found.values or {}), **found.notes, "undefined": found.undefined}
