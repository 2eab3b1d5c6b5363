"""Initiatives that stand alone, and whether more of them do than by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Count, Day, Ids, Window
from jmdi.model.kinds import Actor
from jmdi_scaling.facts.codes import PROJECT
from jmdi_scaling.facts.lists import complete_among
from jmdi_scaling.facts.parameters import chosen, roles_of
from jmdi_scaling.facts.places import initiatives_of
from jmdi_scaling.facts.relations import Part, parts_of
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
    convention="whoever is not recorded is unknown, unless all participants of all are recorded; "
    "an unknown role joins",
    count="jmdi_scaling.facts.picks:looked_at",
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
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the initiatives that share no actor with another.

    Actors that are everywhere, such as the funder, hide isolation: parts with the roles
    ``exclude_roles`` and the actors ``exclude`` are left out and listed. Somebody who is not
    recorded may join two initiatives, so that there is no value unless all participants of all
    initiatives are recorded. ``values`` has the ``share`` and ``fragmentation``, the share of
    pairs of initiatives that no chain of shared actors joins. With ``draws``,
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
        closed_world: Whether lists of participants are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    everything = initiatives_of(dataset)
    names = initiatives_of(dataset, initiative, territory)
    roles = set(roles_of(dataset, exclude_roles))
    outside = set(chosen(dataset, exclude, Actor))
    recorded: dict[str, list[Part]] = {name: [] for name in everything}
    for part in parts_of(dataset, everything, at):
        recorded[part.initiative].append(part)
    complete = complete_among(dataset, recorded, closed_world)
    kept = {
        name: [p for p in parts if p.role not in roles and p.actor not in outside]
        for name, parts in recorded.items()
        if name in complete or not closed_world  # a list of nobody is no list
    }
    members = {name: {p.actor for p in parts} for name, parts in kept.items()}
    # Where roles are left out, one that is not known may be one of them.
    sure = {
        name: {p.actor for p in parts if p.sure and (p.role or not roles)}
        for name, parts in kept.items()
    }
    asked = [name for name in names if name in members]
    notes: dict[str, Any] = {
        "excluded_actors": sorted(
            {p.actor for name, parts in kept.items() for p in recorded[name] if p not in parts}
        ),
        "without_participants": [n for n in everything if not members.get(n)],
        "lists_complete": len(complete),
        "missing": missing(
            [
                *((n, "participants_complete") for n in everything if n not in complete),
                *(fact for parts in kept.values() for p in parts for fact in _unsure(p, roles)),
            ]
        ),
    }
    basis: dict[str, Any] = {"of": "initiatives", "notes": notes, **at.members()}
    if len(everything) < 2:
        why = f"isolation needs two initiatives, there are {len(everything)}"
        return undefined("too_few_actors", why, n_used=0, n_eligible=len(names), **basis)
    if not asked or len(members) < 2 or not any(members.values()):
        why = "fewer than two initiatives have participants on record"
        return undefined("missing_input", why, n_used=0, n_eligible=len(names), **basis)
    if draws:
        notes["null"] = _beside_chance(dataset, members, asked, draws, seed)
        basis["seed"] = seed
    hidden = [name for name in members if name not in complete]
    most, n = _could_join(members, hidden), len(asked)
    alone = _alone(members, asked)
    values: dict[str, float | None] = {
        "share": len(alone) / n,
        "fragmentation": _fragmentation(dataset, members),
    }
    bounds = {
        "share": (len(_alone(most, asked)) / n, len(_alone(sure, asked)) / n),
        "fragmentation": (_fragmentation(dataset, most), _fragmentation(dataset, sure)),
    }
    values = {k: x if not hidden or len({*bounds[k]}) == 1 else None for k, x in values.items()}
    open_ = f"{len(hidden)} of {len(members)} lists of participants may be incomplete"
    if not complete:
        open_ = "no list of participants is complete"
    return Result(
        value=values["share"],
        values=values,
        lower=bounds["share"][0],
        upper=bounds["share"][1],
        bounds=bounds,
        why=open_ if values["share"] is None else "",
        or_undefined=None if any(sure.values()) else "missing_input",
        contributing=tuple(alone),
        n_used=0 if values["share"] is None else n,
        n_eligible=len(names),
        **basis,
    )


def _unsure(part: Part, roles: set[str]) -> Iterator[tuple[str, str]]:
    """What would say whether a part joins its initiative to others, by record and member."""
    if not part.sure:
        yield part.record, "period"
    if roles and not part.role:
        yield part.record, "role"


def _could_join(members: Mapping[str, set[str]], hidden: list[str]) -> dict[str, set[str]]:
    """The same with everybody who may take part in the initiatives of ``hidden``.

    Somebody else may take part in all of them, and so may everybody of the others.
    """
    everybody = {actor for found in members.values() for actor in found}
    return {**members, **{name: {*everybody, "somebody else"} for name in hidden}}


def _alone(members: Mapping[str, set[str]], asked: Iterable[str]) -> list[str]:
    """Those of some initiatives none of whose actors is in another."""
    inside = Counter(actor for found in members.values() for actor in found)
    return [name for name in asked if all(inside[actor] == 1 for actor in members[name])]


def _fragmentation(dataset: Dataset, members: Mapping[str, Iterable[str]]) -> float:
    """The share of pairs of initiatives that no chain of shared actors joins."""
    first: dict[str, str] = {}
    joins = [
        (first.setdefault(actor, name), name) for name in members for actor in sorted(members[name])
    ]
    joined = Network.from_edges(joins, nodes=list(members), model=dataset.model)
    whole = joined.metric("components")
    sizes: tuple[int, ...] = (whole.values or {})["sizes"]
    return 1 - sum(s * (s - 1) for s in sizes) / (len(members) * (len(members) - 1))


def _beside_chance(
    dataset: Dataset,
    members: Mapping[str, set[str]],
    asked: list[str],
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """The share that stands alone beside that of random initiatives, as `null` gives it."""
    from jmdi_network.metrics.inference import null

    # Data may use one id for an initiative and an actor, a Network may not.
    parts = [(name, f"actor {actor}") for name in members for actor in sorted(members[name])]
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
        inside: dict[str, set[str]] = {name: set() for name in members}
        for i, j in zip(drawn.source, drawn.target, strict=True):
            one, other = drawn.nodes[i], drawn.nodes[j]
            name, actor = (one, other) if one in inside else (other, one)
            inside[name].add(actor)
        return len(_alone(inside, asked)) / len(asked)

    found = null(network, share_alone, model="curveball", draws=draws, seed=seed)
    return {**(found.values or {}), **found.notes, "undefined": found.undefined}
