"""Initiatives that stand alone, and whether more of them do than by chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Count, Counts, Day, Ids, Window
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
    count="jmdi_scaling.facts.standing_alone:count_in_tables",
    finish="jmdi_scaling.metrics.isolation:isolation_of",
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
    joins: dict[tuple[str, str], bool] = {}
    for name, parts in kept.items():
        for p in parts:
            # Where roles are left out, one that is not known may be one of them.
            sure = p.sure and bool(p.role or not roles)
            joins[name, p.actor] = sure or joins.get((name, p.actor), False)
    members = {name: {p.actor for p in parts} for name, parts in kept.items()}
    counts = {
        "everything": everything,
        "names": names,
        "complete": complete,
        "kept": list(kept),
        "joins": numbered(kept, joins),
        "excluded": {
            p.actor for name, parts in kept.items() for p in recorded[name] if p not in parts
        },
        "unsure": [fact for parts in kept.values() for p in parts for fact in _unsure(p, roles)],
        "null": lambda asked: _beside_chance(dataset, members, asked, draws, seed),
    }
    return isolation_of(counts, draws=draws, seed=seed, as_of=as_of, window=window)


def numbered(kept: Iterable[str], joins: Mapping[tuple[str, str], bool]) -> dict[str, Any]:
    """Who takes part in what, once each, by the numbers of the initiative and of the actor."""
    import numpy as np

    place = {name: k for k, name in enumerate(kept)}
    actors = {actor: k for k, actor in enumerate(dict.fromkeys(actor for _, actor in joins))}
    return {
        "initiative": np.array([place[name] for name, _ in joins], np.int64),
        "actor": np.array([actors[actor] for _, actor in joins], np.int64),
        "sure": np.array(list(joins.values()), np.bool_),
    }


def isolation_of(
    counts: Counts,
    *,
    draws: int,
    seed: int,
    as_of: Day | None,
    window: Window | None,
    **parameters: object,
) -> Result:
    """Isolation, from who takes part in what and whose list is whole.

    ``joins`` has a row for each actor in each of the initiatives ``kept``: the numbers of both,
    ``initiative`` its place among them, and whether it joins it to others for certain, ``sure``.
    """
    at, everything, names = when(as_of, window), counts["everything"], counts["names"]
    complete, kept, joins = counts["complete"], counts["kept"], counts["joins"]
    members = _Lists(len(kept), joins["initiative"], joins["actor"])
    sure = _Lists(len(kept), *(joins[n][joins["sure"]] for n in ("initiative", "actor")))
    place = {name: k for k, name in enumerate(kept)}
    asked = [name for name in names if name in place]
    notes: dict[str, Any] = {
        "excluded_actors": sorted(counts["excluded"]),
        "without_participants": [n for n in everything if not members.filled(place.get(n))],
        "lists_complete": len(complete),
        "missing": missing(
            [
                *((n, "participants_complete") for n in everything if n not in complete),
                *counts["unsure"],
            ]
        ),
    }
    basis: dict[str, Any] = {"of": "initiatives", "notes": notes, **at.members()}
    if len(everything) < 2:
        why = f"isolation needs two initiatives, there are {len(everything)}"
        return undefined("too_few_actors", why, n_used=0, n_eligible=len(names), **basis)
    if not asked or len(kept) < 2 or not len(joins["actor"]):
        why = "fewer than two initiatives have participants on record"
        return undefined("missing_input", why, n_used=0, n_eligible=len(names), **basis)
    if draws:
        notes["null"] = counts["null"](asked)
        basis["seed"] = seed
    hidden = [place[name] for name in kept if name not in complete]
    most, n = (members.joined_by(hidden) if hidden else members), len(asked)
    alone = [name for name in asked if members.alone(place[name])]
    values: dict[str, float | None] = {
        "share": len(alone) / n,
        "fragmentation": members.fragmentation(),
    }
    bounds = {
        "share": tuple(sum(each.alone(place[a]) for a in asked) / n for each in (most, sure)),
        "fragmentation": (most.fragmentation(), sure.fragmentation()),
    }
    values = {k: x if not hidden or len({*bounds[k]}) == 1 else None for k, x in values.items()}
    open_ = f"{len(hidden)} of {len(kept)} lists of participants may be incomplete"
    if not complete:
        open_ = "no list of participants is complete"
    return Result(
        value=values["share"],
        values=values,
        lower=bounds["share"][0],
        upper=bounds["share"][1],
        bounds=bounds,
        why=open_ if values["share"] is None else "",
        or_undefined=None if joins["sure"].any() else "missing_input",
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


class _Lists:
    """Who takes part in what, by number.

    Args:
        n: How many initiatives there are.
        initiative: The initiative of each part.
        actor: The actor of each.
    """

    def __init__(self, n: int, initiative: Any, actor: Any) -> None:
        import numpy as np

        self.n = n
        self._initiative, self._actor = initiative, actor
        self._filled = np.zeros(n, np.bool_)
        self._filled[initiative] = True
        self._shared = np.zeros(n, np.bool_)
        self._shared[initiative[np.bincount(actor)[actor] > 1]] = True

    def filled(self, initiative: int | None) -> bool:
        """Whether somebody takes part in an initiative."""
        return initiative is not None and bool(self._filled[initiative])

    def alone(self, initiative: int) -> bool:
        """Whether none of its actors is in another one."""
        return not self._shared[initiative]

    def fragmentation(self) -> float:
        """The share of pairs of initiatives that no chain of shared actors joins."""
        import numpy as np
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        size = self.n + int(self._actor.max(initial=-1)) + 1
        ends = (self._initiative, self._actor + self.n)
        joined = coo_array((np.ones(len(self._actor), np.int8), ends), shape=(size, size))
        of = connected_components(joined, directed=False)[1][: self.n]
        sizes: list[int] = np.bincount(of).tolist()
        return 1 - sum(s * (s - 1) for s in sizes) / (self.n * (self.n - 1))

    def joined_by(self, hidden: list[int]) -> _Lists:
        """The same with everybody who may take part in some initiatives.

        Somebody else may take part in all of them, and so may everybody of the others: two or
        more share somebody, and who takes part in others is shared. One part is enough of each.
        """
        import numpy as np

        listed = np.setdiff1d(np.flatnonzero(self._filled), hidden)
        # One actor stands for all: where one list alone is hidden, it shares with the listed.
        initiative = np.concatenate([np.array(hidden, np.int64), listed])
        return _Lists(self.n, initiative, np.zeros(len(initiative), np.int64))


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
        number = Counter(actor for found in inside.values() for actor in found)
        alone = sum(all(number[actor] == 1 for actor in inside[name]) for name in asked)
        return alone / len(asked)

    found = null(network, share_alone, model="curveball", draws=draws, seed=seed)
    return {**(found.values or {}), **found.notes, "undefined": found.undefined}
