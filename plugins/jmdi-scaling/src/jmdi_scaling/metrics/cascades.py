"""Simulated diffusion: cascades, good seeds, and how much depends on the threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jmdi.metrics.result import Result, undefined
from jmdi_scaling.contagion import tipping as tips
from jmdi_scaling.contagion.ensembles import ensemble
from jmdi_scaling.contagion.inputs import adopters_of, indices_of, net_of, thresholds_of, time_of
from jmdi_scaling.facts.parameters import fraction, numbers_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["GRID", "best_seeds", "cascade", "sensitivity"]

GRID = tuple(k / 20 for k in range(1, 16))


def cascade(
    dataset: Dataset,
    *,
    thresholds: Any = 0.25,
    seeds: Any = None,
    size: int = 1,
    replicates: int = 1000,
    rule: str = "relative",
    seed: int = 0,
    update: str = "synchronous",
    reversible: bool = False,
    committed: bool = True,
    rounds: int = 1000,
    **given: Any,
) -> Result:
    """Mean share of adopters in the end, over an ensemble of threshold cascades.

    ``values`` has the mean and quantiles of the share after each round; ``notes`` the
    distribution of final sizes and the share of replicates that reach half. Where adoption
    can be given up, ``notes`` says how many replicates ended swinging between two states, or
    were stopped before they came to rest; their share in the last round counts.
    """
    net = net_of(dataset, given)
    fixed = None if seeds is None else indices_of(net, seeds, "seeds")
    found = ensemble(
        net,
        thresholds_of(net, thresholds),
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
        "quantiles_of_final_share": [
            float(x) for x in np.quantile(found.sizes / net.n, (0.05, 0.5, 0.95))
        ],
        "swinging": found.swinging,
        "stopped": found.stopped,
    }
    names = tuple(net.nodes[k] for k in fixed or ())
    return Result(
        value=float(found.sizes.mean() / net.n),
        values=found.bands(),
        seed=seed,
        contributing=names,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes=notes,
        **time_of(given),
    )


def best_seeds(
    dataset: Dataset,
    *,
    thresholds: Any = ("uniform", 0, 1),
    count: int = 3,
    replicates: int = 200,
    rule: str = "relative",
    seed: int = 0,
    **given: Any,
) -> Result:
    """The share of adopters that greedily chosen seeds lead to; ``values`` in order of choice."""
    net = net_of(dataset, given)
    drawn = thresholds_of(net, thresholds)
    found = tips.best_seeds(net, drawn, count, replicates=replicates, rule=rule, seed=seed)
    if not found.chosen:
        return undefined("too_few_actors", "no seed is asked for", of="actors")
    names = [net.nodes[k] for k in found.chosen]
    safe = tips.is_submodular(net, drawn, rule)
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
        **time_of(given),
    )


def sensitivity(
    dataset: Dataset,
    *,
    grid: Any = GRID,
    q: float = 0.5,
    rule: str = "relative",
    replicates: int = 200,
    size: int = 1,
    seed: int = 0,
    **given: Any,
) -> Result:
    """Over a grid of uniform thresholds: where the cascade ends that today's adopters start.

    Without adopters, seeds are drawn, and ``notes["bands"]`` has the 5th and 95th percentile.
    ``values`` maps each threshold to the mean final share; the value is the highest threshold
    at which that is at least q, 0 if it is at none.
    """
    fraction(q, "q")
    net = net_of(dataset, given)
    now = adopters_of(dataset, net, given)
    values, bands = {}, {}
    grid = numbers_of(grid, "grid")
    for phi in grid:
        found = ensemble(
            net,
            float(phi),
            seeds=now or None,
            size=size,
            seed=seed,
            rule=rule,
            replicates=1 if now else replicates,
        )
        values[f"{float(phi):g}"] = float(found.sizes.mean() / net.n)
        if not now:
            ends = np.quantile(found.sizes / net.n, (0.05, 0.95))
            bands[f"{float(phi):g}"] = [float(x) for x in ends]
    reached = [float(phi) for phi in grid if values[f"{float(phi):g}"] >= q]
    notes = {"adopters": len(now), "goal": q, "bands": bands}
    return Result(
        value=max(reached, default=0.0),
        values=values,
        seed=None if now else seed,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes=notes,
        **time_of(given),
    )
