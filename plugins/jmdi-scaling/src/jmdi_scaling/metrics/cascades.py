"""Simulated diffusion: cascades, good seeds, and how much depends on the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Count, Day, Ids, Share
from jmdi_scaling.facts.parameters import (
    EXPOSED_TO,
    WEIGHED,
    Direction,
    Layers,
    Positive,
    Rule,
    Thresholds,
    numbers_of,
)
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["GRID", "best_seeds", "cascade", "ruled", "sensitivity"]

GRID = tuple(k / 20 for k in range(1, 16))


def ruled(direction: str, layers: str, valued: bool, rule: str) -> str:
    """When an actor adopts, in words."""
    of = "share" if rule == "relative" else "number"
    weighed = WEIGHED if valued else "unvalued"
    kinds = "kinds of tie taken together" if layers == "aggregate" else "one kind of tie suffices"
    return (
        f"adopt when exposure reaches the threshold, a {of} of ties, {weighed}; "
        f"{EXPOSED_TO[direction]}; {kinds}"
    )


def _at_once(direction: str, layers: str, valued: bool, rule: str) -> str:
    return f"{ruled(direction, layers, valued, rule)}; all decide at once, for good"


def _revised(
    direction: str,
    layers: str,
    valued: bool,
    rule: str,
    update: str,
    reversible: bool,
    committed: bool,
) -> str:
    turns = "all decide at once" if update == "synchronous" else "one after the other at random"
    end = "for good"
    if reversible:
        end = f"given up below the threshold, by seeds {'never' if committed else 'too'}"
    return f"{ruled(direction, layers, valued, rule)}; {turns}, {end}"


@jmdi.metric(
    "scaling:cascade",
    "Threshold cascade",
    on="dataset",
    range=(0, 1),
    value_is="mean share",
    citation="Granovetter 1978; Watts 2002; Brummitt, Lee & Goh 2012; Centola et al. 2018",
    convention=_revised,
    plot="jmdi_scaling.plotting:cascade",
    extra="jmdi-scaling[plot]",
    bounds="ties",
)
def cascade(
    dataset: Dataset,
    *,
    thresholds: Thresholds = 0.25,
    seeds: Ids | None = None,
    size: Count = 1,
    replicates: Positive = 1000,
    rule: Rule = "relative",
    update: Literal["synchronous", "asynchronous"] = "synchronous",
    reversible: bool = False,
    committed: bool = True,
    rounds: Positive = 1000,
    seed: int = 0,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    layers: Layers = "aggregate",
    valued: bool = False,
    as_of: Day | None = None,
) -> Result:
    """Mean share of adopters in the end, over an ensemble of threshold cascades.

    ``values`` has the mean and quantiles of the share after each round; ``notes`` the
    distribution of final sizes and the share of replicates that reach half. Where adoption
    can be given up, ``notes`` says how many replicates ended swinging between two states, or
    were stopped before they came to rest; their share in the last round counts.

    Args:
        dataset: The records.
        thresholds: One for all, one by actor, or a distribution: ``("uniform", low, high)``,
            ``("normal", mean, sd)`` or ``("beta", a, b)``.
        seeds: The committed adopters; drawn if not given.
        size: How many seeds are drawn.
        replicates: How many cascades.
        rule: Whether thresholds are shares of an actor's ties, or numbers of them.
        update: Whether all decide at once, or one after the other in random order.
        reversible: Whether adoption is given up below the threshold.
        committed: Whether seeds hold on to it nevertheless.
        rounds: Most rounds, where adoption can be given up.
        seed: Seed of the random numbers.
        territory: Only actors of this territory and those within it.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        layers: Whether kinds of tie are taken together, or one of them suffices.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        as_of: The day that it is computed for.
    """
    import numpy as np

    from jmdi_scaling.contagion.ensembles import ensemble
    from jmdi_scaling.contagion.inputs import indices_of, levels_of, net_of

    net = net_of(
        dataset,
        territory=territory,
        tie_kinds=tie_kinds,
        direction=direction,
        layers=layers,
        valued=valued,
        as_of=as_of,
    )
    fixed = None if seeds is None else indices_of(net, seeds)
    found = ensemble(
        net,
        levels_of(net, thresholds),
        seeds=fixed,
        size=size,
        replicates=replicates,
        rule=rule,
        seed=seed,
        update=update,
        reversible=reversible,
        committed=committed,
        rounds=rounds,
    )
    sizes, counts = np.unique(found.sizes, return_counts=True)
    notes = {
        "sizes": {str(k): int(v) for k, v in zip(sizes, counts, strict=True)},
        "reaching_half": float((found.sizes >= net.n / 2).mean()),
        "replicates": replicates,
        "quantiles_of_final_share": np.quantile(found.sizes / net.n, (0.05, 0.5, 0.95)).tolist(),
        "swinging": found.swinging,
        "stopped": found.stopped,
    }
    return Result(
        value=float(found.sizes.mean() / net.n),
        values=found.bands(),
        seed=seed,
        contributing=tuple(net.nodes[k] for k in fixed or ()),
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes=notes,
        **when(as_of).members(),
    )


@jmdi.metric(
    "scaling:best-seeds",
    "Best seeds",
    on="dataset",
    range=(0, 1),
    value_is="mean share",
    citation="Kempe, Kleinberg & Tardos 2003; Leskovec et al. 2007",
    convention=lambda direction, layers, valued, rule: (
        f"{_at_once(direction, layers, valued, rule)}; greedy on common draws"
    ),
    plot="jmdi_scaling.plotting:best_seeds",
    extra="jmdi-scaling[plot]",
    bounds="ties",
)
def best_seeds(
    dataset: Dataset,
    *,
    thresholds: Thresholds = ("uniform", 0, 1),
    count: Count = 3,
    replicates: Positive = 200,
    rule: Rule = "relative",
    seed: int = 0,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    layers: Layers = "aggregate",
    valued: bool = False,
    as_of: Day | None = None,
) -> Result:
    """The share of adopters that greedily chosen seeds lead to; ``values`` in order of choice.

    Args:
        dataset: The records.
        thresholds: One for all, one by actor, or a distribution: ``("uniform", low, high)``,
            ``("normal", mean, sd)`` or ``("beta", a, b)``.
        count: How many seeds.
        replicates: How many draws of thresholds.
        rule: Whether thresholds are shares of an actor's ties, or numbers of them.
        seed: Seed of the random numbers.
        territory: Only actors of this territory and those within it.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        layers: Whether kinds of tie are taken together, or one of them suffices.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        as_of: The day that it is computed for.
    """
    from jmdi_scaling.contagion import tipping as tips
    from jmdi_scaling.contagion.inputs import levels_of, net_of

    net = net_of(
        dataset,
        territory=territory,
        tie_kinds=tie_kinds,
        direction=direction,
        layers=layers,
        valued=valued,
        as_of=as_of,
    )
    levels = levels_of(net, thresholds)
    found = tips.best_seeds(net, levels, count, replicates=replicates, rule=rule, seed=seed)
    if not found.chosen:
        return undefined("too_few_actors", "no seed is asked for", of="actors")
    names = [net.nodes[k] for k in found.chosen]
    safe = tips.is_submodular(net, levels, rule)
    guarantee = (
        "at least 1 - 1/e of the best set, up to the error of sampling"
        if safe
        else "none: the size is not submodular under these thresholds"
    )
    return Result(
        value=found.shares[-1],
        values=dict(zip(names, found.shares, strict=True)),
        seed=seed,
        contributing=tuple(names),
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes={"guarantee": guarantee, "evaluations": found.evaluations},
        **when(as_of).members(),
    )


@jmdi.metric(
    "scaling:sensitivity",
    "Sensitivity to the threshold",
    on="dataset",
    range=(0, 1),
    value_is="highest threshold",
    citation="Centola et al. 2018; jmdi",
    convention=_at_once,
    plot="jmdi_scaling.plotting:sensitivity",
    extra="jmdi-scaling[plot]",
    bounds="ties",
)
def sensitivity(
    dataset: Dataset,
    *,
    grid: float | Sequence[float] = GRID,
    q: Share = 0.5,
    rule: Rule = "relative",
    replicates: Positive = 200,
    size: Count = 1,
    seed: int = 0,
    practice: str | None = None,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    layers: Layers = "aggregate",
    valued: bool = False,
    as_of: Day | None = None,
) -> Result:
    """Over a grid of uniform thresholds: where the cascade ends that today's adopters start.

    Without adopters, seeds are drawn, and ``notes["bands"]`` has the 5th and 95th percentile.
    ``values`` maps each threshold to the mean final share; the value is the highest threshold
    at which that is at least q, 0 if it is at none.

    Args:
        dataset: The records.
        grid: The thresholds.
        q: The share of adopters that counts as tipped.
        rule: Whether thresholds are shares of an actor's ties, or numbers of them.
        replicates: How many cascades, without adopters.
        size: How many seeds are drawn, without adopters.
        seed: Seed of the random numbers.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        layers: Whether kinds of tie are taken together, or one of them suffices.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        as_of: The day that it is computed for.
    """
    import numpy as np

    from jmdi_scaling.contagion.ensembles import ensemble
    from jmdi_scaling.contagion.inputs import adopters_of, net_of

    net = net_of(
        dataset,
        territory=territory,
        tie_kinds=tie_kinds,
        direction=direction,
        layers=layers,
        valued=valued,
        as_of=as_of,
    )
    now = adopters_of(dataset, net, practice, as_of)
    values: dict[str, float] = {}
    bands: dict[str, list[float]] = {}
    levels = numbers_of(grid, "grid")
    for phi in levels:
        found = ensemble(
            net,
            phi,
            seeds=now or None,
            size=size,
            seed=seed,
            rule=rule,
            replicates=1 if now else replicates,
        )
        values[f"{phi:g}"] = float(found.sizes.mean() / net.n)
        if not now:
            bands[f"{phi:g}"] = np.quantile(found.sizes / net.n, (0.05, 0.95)).tolist()
    notes: dict[str, Any] = {"adopters": len(now), "goal": q, "bands": bands}
    return Result(
        value=max((phi for phi in levels if values[f"{phi:g}"] >= q), default=0.0),
        values=values,
        seed=None if now else seed,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes=notes,
        **when(as_of).members(),
    )
