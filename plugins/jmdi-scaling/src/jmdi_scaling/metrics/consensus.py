"""Shared vision: how far tied actors share goals, or agree in what they rate."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

import jmdi
from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import any_of, missing
from jmdi.metrics.types import Count, Day, Ids, Window
from jmdi.model.completeness import absence_counts
from jmdi.model.kinds import Action, Initiative, Partnership, WorkPlan
from jmdi.model.relations import Coded
from jmdi_scaling.facts.parameters import (
    TIED,
    Through,
    names_of,
)
from jmdi_scaling.facts.ratings import ratings_of
from jmdi_scaling.facts.relations import (
    Pair,
    bounded_by,
    outsiders,
    pairs_of,
    parts_of,
    population,
    unsure_of,
)
from jmdi_scaling.facts.timing import When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["goal_consensus", "goals_of"]

Source: TypeAlias = Literal["initiatives", "actions"]

MOST_PAIRS = 2_000_000
"""Most pairs of actors that are compared."""


def goals_of(dataset: Dataset, at: When, source: Source = "initiatives") -> dict[str, set[str]]:
    """The goals of each actor.

    Args:
        dataset: The records.
        at: The day or window.
        source: ``initiatives``: goals of the initiatives and partnerships that it takes part
            in; ``actions``: clusters of the actions in the work plans that it wrote.
    """
    found: dict[str, set[str]] = {}
    if source == "initiatives":
        goals = {i.id: {str(goal) for goal in i.goals} for i in dataset.of(Initiative)}
        for part in parts_of(dataset, goals, at):
            found.setdefault(part.actor, set()).update(goals[part.initiative])
        for partnership in dataset.of(Partnership):
            if at.holds(partnership.period) is not False:
                for party in partnership.parties:
                    mine = found.setdefault(party.actor, set())
                    mine.update(str(goal) for goal in partnership.shared_goals)
        return found
    coded: dict[str, set[str]] = {}
    for relation in dataset.of(Coded):
        coded.setdefault(relation.source, set()).add(relation.target)
    authors = {plan.id: plan.authors for plan in dataset.of(WorkPlan)}
    for action in dataset.of(Action):
        for author in authors.get(action.workplan or "", ()):
            themes = found.setdefault(author, set())
            themes.update(action.clusters)
            themes.update(coded.get(action.id, ()))
    return found


def _value_is(variant: str) -> str:
    return "mean Jaccard similarity" if variant == "sets" else "mean rating from 0 to 1"


def _convention(variant: str, source: str, through: str) -> str:
    if variant == "ratings":
        return "self-ratings are dropped; every rating counts once"
    whose = {"initiatives": "goals of initiatives joined"}.get(
        source, "clusters of actions written"
    )
    return (
        f"{whose}; {TIED[through]}; pairs without any goal on record left out; p one-sided, of a "
        "mean at least as high, (b+1)/(R+1)"
    )


@jmdi.metric(
    "scaling:goal-consensus",
    "Goal consensus",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is=_value_is,
    citation="Provan & Kenis 2008; James, Demaree & Wolf 1984",
    convention=_convention,
    count="jmdi_scaling.facts.picks:looked_at",
)
def goal_consensus(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    variant: Literal["sets", "ratings"] = "sets",
    source: Source = "initiatives",
    goals: Mapping[str, Ids] | None = None,
    through: Through = "ties+partnerships",
    dimension: str = "mission_support",
    draws: Count = 999,
    seed: int = 0,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Mean Jaccard similarity of the goals of tied actors, or the mean of normalised ratings.

    Sets: ``#(G_i∩G_j)/#(G_i∪G_j)`` over tied pairs in which somebody has a goal on record;
    ``values`` has ``tied``, ``all`` (over all pairs of actors) and ``p``, the share of
    permutations of the goal sets over the actors with a mean at least as high, ``(b+1)/(R+1)``:
    one-sided, for the question is whether ties and goals go together.

    Ratings: mean of ``(x-low)/(high-low)``; ``values`` has for each rated actor its mean and
    the agreement ``r_wg = 1 - s²/((A²-1)/12)``, not below 0, for two or more raters. A score
    outside its scale is unknown, and counted in ``notes["off_scale"]``.

    Args:
        dataset: The records.
        initiative: Only actors that take part in these initiatives.
        territory: Only actors of this territory and those within it.
        variant: What is compared.
        source: Where goals come from: initiatives that an actor takes part in, or actions in
            the work plans that it wrote.
        goals: Goals by actor, in place of those on record.
        through: What ties actors.
        dimension: Which ratings.
        draws: How many permutations; 0 for none.
        seed: Seed of the random numbers.
        closed_world: Whether lists of participants are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.

    Raises:
        BadParameter: If there are too many pairs of actors to compare.
    """
    at = when(as_of, window)
    known = population(dataset, at, initiative, territory)
    open_ = outsiders(dataset, at, initiative, territory, closed_world)
    if variant == "ratings":
        everybody = initiative is None and territory is None
        rated = _rated(dataset, at, dimension, None if everybody else set(known))
        return bounded_by(rated, open_, (0, 1))
    given = goals_of(dataset, at, source)
    vague = _Vague.of(dataset, at, source, closed_world)
    if goals is not None:
        given = {name: set(names_of(codes)) for name, codes in goals.items()}
        vague = _Vague()
    sets = {name: given.get(name, set()) for name in sorted(known)}
    facts = pairs_of(dataset, at, through)
    inside = [pair for pair in sorted(facts) if pair[0] in sets and pair[1] in sets]
    states = {pair: any_of(s for _, s in facts[pair]) for pair in inside}
    tied = [pair for pair, state in states.items() if state]
    unknown = [pair for pair, state in states.items() if state is None]
    unsure = tuple(fact for pair in unknown for fact in unsure_of(facts[pair]))
    vague = attrs.evolve(vague, facts=vague.facts + unsure)
    if not tied:
        nothing: dict[str, Any] = {"n_used": 0, "n_eligible": 0, "of": "tied pairs"}
        return undefined("no_ties", "no two actors are tied", **nothing, **at.members())
    found = _shared_goals(sets, tied, len(unknown), vague, draws, seed)
    records = (r.id for pair in tied if any(sets[x] for x in pair) for r, s in facts[pair] if s)
    found = attrs.evolve(found, contributing=tuple(dict.fromkeys(records)), **at.members())
    return bounded_by(found, open_, (0, 1))


@frozen
class _Vague:
    """Whose goals may be others than those on record.

    Attributes:
        anybody: Whether anybody's may, because somebody is missing from a list.
        actors: Those who take part in something of which no goals are on record, or may have
            taken part at another time.
        unsure: The latter.
        facts: What is missing, by record and member.
    """

    anybody: bool = False
    actors: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, dataset: Dataset, at: When, source: Source, closed_world: bool) -> _Vague:
        """What is vague of the goals from a source."""
        if source == "actions":
            authors = {plan.id: plan.authors for plan in dataset.of(WorkPlan)}
            coded = {relation.source for relation in dataset.of(Coded)}
            bare = [a for a in dataset.of(Action) if not a.clusters and a.id not in coded]
            writers = frozenset(w for a in bare for w in authors.get(a.workplan or "", ()))
            return cls(actors=writers, facts=tuple((a.id, "clusters") for a in bare))
        shared = [p for p in dataset.of(Partnership) if p.shared_goals]
        lists = [
            record.id
            for record in (*dataset.of(Initiative), *shared)
            if not absence_counts(record, closed_world=closed_world)
        ]
        aimless = [i.id for i in dataset.of(Initiative) if not i.goals]
        parts = list(parts_of(dataset, dataset.of(Initiative).ids(), at))
        unsure = frozenset(p.actor for p in parts if not p.sure)
        facts = [(name, "participants_complete") for name in lists]
        facts += [(p.record, "period") for p in parts if not p.sure]
        return cls(
            bool(lists),
            unsure | {p.actor for p in parts if p.initiative in aimless},
            unsure,
            tuple(facts + [(name, "goals") for name in aimless]),
        )


def _shared_goals(
    sets: Mapping[str, set[str]],
    tied: list[Pair],
    unknown: int,
    vague: _Vague,
    draws: int,
    seed: int,
) -> Result:
    """How alike the goals of tied actors are, beside those of all and of permuted ones.

    The bounds take pairs of which it is not known whether they are tied, ``unknown`` of them, for
    pairs that share nothing, and for pairs that share all; so are pairs of which the goals of one
    may be others.
    """
    most = len(tied) + unknown
    usable = [pair for pair in tied if sets[pair[0]] or sets[pair[1]]]
    basis: dict[str, Any] = {"n_used": len(usable), "n_eligible": most, "of": "tied pairs"}
    lost = missing(vague.facts)
    if not usable:
        why = "no tied actor has a goal on record"
        return undefined("missing_input", why, notes={"missing": lost}, **basis)
    if len(sets) * (len(sets) - 1) // 2 > MOST_PAIRS:
        raise BadParameter(f"more than {MOST_PAIRS:,} pairs of actors: name an initiative")
    values: dict[str, float | None] = dict.fromkeys(
        ("tied", "all", "p") if draws else ("tied", "all")
    )
    undefined_draws = 0
    if not vague.anybody:  # else none of these is known
        values["tied"] = mean = _mean(sets, usable)
        values["all"] = _mean(sets, itertools.combinations(sets, 2))
        if draws:
            values["p"], undefined_draws = _permuted(sets, tied, mean, draws, seed)
    empty = sum(not (sets[a] and sets[b]) for a, b in usable)
    settled = [
        (a, b)
        for a, b in usable
        if sets[a] and sets[b] and not vague.anybody and vague.actors.isdisjoint((a, b))
    ]
    sure = sum(_jaccard(sets[a], sets[b]) or 0.0 for a, b in settled)
    basis["n_used"] = 0 if vague.anybody else len(usable)
    return Result(
        value=values["tied"],
        values=values,
        why="not all lists of participants are complete" if vague.anybody else "",
        or_undefined=None
        if any(sets[x] and x not in vague.unsure for p in usable for x in p)
        else "missing_input",
        lower=sure / most,
        upper=sure / most + (most - len(settled)) / most,
        seed=seed if draws else None,
        notes={
            "actors_with_goals": sum(map(bool, sets.values())),
            "actors": len(sets),
            "pairs_with_one_side_unknown": empty,
            "draws": draws,
            "undefined_draws": undefined_draws,
            "missing": lost,
        },
        **basis,
    )


def _jaccard(a: AbstractSet[str], b: AbstractSet[str]) -> float | None:
    union = len(a | b)
    return len(a & b) / union if union else None


def _mean(sets: Mapping[str, set[str]], pairs: Iterable[Pair]) -> float | None:
    found = (_jaccard(sets[a], sets[b]) for a, b in pairs)
    known = [value for value in found if value is not None]
    return sum(known) / len(known) if known else None


def _permuted(
    sets: Mapping[str, set[str]], tied: list[Pair], mean: float | None, draws: int, seed: int
) -> tuple[float | None, int]:
    """Share of permutations with a mean at least as high, the observed one counted.

    Draws in which no tied pair has a goal are left out; their number comes second.
    """
    import numpy as np

    from jmdi_network.randomness import stream

    if mean is None:
        return None, 0
    frozen = [frozenset(goals) for goals in sets.values()]
    kinds = {goals: k for k, goals in enumerate(dict.fromkeys(frozen))}
    # float64, one row and column for each distinct set: how alike two are, NaN for two of nothing.
    alike = np.array([[_jaccard(a, b) for b in kinds] for a in kinds], np.float64)
    of = np.array([kinds[goals] for goals in frozen], np.intp)
    place = {name: k for k, name in enumerate(sets)}
    first, second = np.array([[place[a], place[b]] for a, b in tied], np.intp).T
    higher = defined = 0
    for draw in range(draws):
        moved = of[stream(seed, draw).permutation(len(of))]
        found = alike[moved[first], moved[second]]
        known = found[~np.isnan(found)]
        if len(known):
            defined += 1
            higher += bool(known.mean() >= mean - 1e-12)
    return (higher + 1) / (defined + 1), draws - defined


def _agreement(shares: list[float], scales: set[float]) -> float | None:
    """``r_wg`` of two or more raters, each rater's mean counting once; 0 where it is below.

    ``None`` for one rater, and where they rated on scales of different length.
    """
    import statistics

    if len(shares) < 2 or len(scales) > 1:
        return None
    (spread,) = scales
    uniform = ((spread + 1) ** 2 - 1) / 12
    return max(0.0, 1 - statistics.variance(shares) * spread**2 / uniform)


def _rated(dataset: Dataset, at: When, dimension: str, rated: set[str] | None) -> Result:
    """The mean rating, and for each actor that of those who rate it and how they agree."""
    found = ratings_of(dataset, at, (dimension,), rated)
    scores: dict[str, dict[str, list[float]]] = {}
    scales: dict[str, set[float]] = {}
    for rating, share, length in found.scored:
        scores.setdefault(rating.target, {}).setdefault(rating.source, []).append(share)
        scales.setdefault(rating.target, set()).add(length)
    n, unknown = len(found.scored), len(found.missing)
    basis: dict[str, Any] = {
        "n_used": n,
        "n_eligible": n + unknown,
        "of": "ratings",
        "notes": {
            "self_ratings_dropped": found.selves,
            "unknown": unknown,
            "off_scale": found.off_scale,
            "missing": missing(found.asked()),
        },
        **at.members(),
    }
    if not n:
        return undefined("missing_input", f"nobody is rated by others on {dimension}", **basis)
    values = {}
    for name in sorted(scores):
        given = [share for shares in scores[name].values() for share in shares]
        each = [sum(shares) / len(shares) for shares in scores[name].values()]
        values[name] = {
            "mean": math.fsum(given) / len(given),
            "raters": len(each),
            "r_wg": _agreement(each, scales[name]),
        }
    total = math.fsum(share for _, share, _ in found.scored)
    return Result(
        value=total / n,
        values=values,
        lower=total / (n + unknown),
        upper=(total + unknown) / (n + unknown),
        contributing=tuple(rating.id for rating, *_ in found.scored),
        **basis,
    )
