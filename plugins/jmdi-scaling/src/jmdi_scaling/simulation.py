"""The metrics of simulated diffusion and of tipping, on a dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from jmdi.errors import BadParameter, NotFound
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.model.kinds import Practice
from jmdi_scaling import tipping as tips
from jmdi_scaling.cascades import Spread, draw_thresholds, ensemble, is_drawn
from jmdi_scaling.facts import at_least, chosen, fraction, names_of, numbers_of, target_territories
from jmdi_scaling.fitting import fit
from jmdi_scaling.institutions import levels
from jmdi_scaling.ownership import owned_in
from jmdi_scaling.population import adoptions_of_one, must_weigh, observed, ties_of
from jmdi_scaling.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "best_seeds",
    "cascade",
    "crossing",
    "diffusion_fit",
    "sensitivity",
    "tipping",
    "tipping_joint",
    "tipping_margin",
    "vulnerability",
]

TAUS = (0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40)
GRID = tuple(k / 20 for k in range(1, 16))


def _net(dataset: Dataset, given: Mapping[str, Any]) -> Spread:
    names, layers = ties_of(
        dataset,
        territory=given.get("territory"),
        as_of=given.get("as_of"),
        tie_kinds=given.get("tie_kinds"),
    )
    if not names:
        raise UndefinedResult("empty_graph", "there are no actors")
    if not layers:
        raise UndefinedResult("no_ties", "no two actors are tied")
    if given.get("valued"):
        must_weigh([strength for ties in layers.values() for *_, strength in ties])
    return Spread.of(
        names,
        layers,
        direction=given.get("direction", "both"),
        layers=given.get("layers", "aggregate"),
        valued=given.get("valued", False),
    )


def _thresholds(net: Spread, value: Any) -> Any:
    """A number, a distribution, or one for each actor by id."""
    if isinstance(value, Mapping):
        missing = [name for name in net.nodes if name not in value]
        if missing:
            raise NotFound("threshold of actor", missing[0], value)
        return np.array(numbers_of([value[name] for name in net.nodes], "thresholds"))
    if isinstance(value, str) and "," in value:
        kind, *rest = value.split(",")
        return (kind.strip(), *numbers_of(rest, "thresholds"))
    return tuple(value) if isinstance(value, (list, tuple)) else value


def _indices(net: Spread, names: Any, what: str) -> list[int]:
    index = {name: k for k, name in enumerate(net.nodes)}
    found = names_of(names, what)
    for name in found:
        if name not in index:
            raise NotFound("actor", name, net.nodes)
    return sorted(index[name] for name in found)


def _adopters(dataset: Dataset, net: Spread, given: Mapping[str, Any]) -> list[int]:
    """The actors that have adopted for certain by the day."""
    at = when(given.get("as_of"))
    index = {name: k for k, name in enumerate(net.nodes)}
    found = adoptions_of_one(dataset, given.get("practice"))
    return sorted({index[a.source] for a in found if a.source in index and at.happened(a.period)})


def _time(given: Mapping[str, Any]) -> dict[str, Any]:
    return when(given.get("as_of")).members()


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
    net = _net(dataset, given)
    fixed = None if seeds is None else _indices(net, seeds, "seeds")
    found = ensemble(
        net,
        _thresholds(net, thresholds),
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
        **_time(given),
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
    net = _net(dataset, given)
    drawn = _thresholds(net, thresholds)
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
        **_time(given),
    )


def vulnerability(
    dataset: Dataset, *, thresholds: Any = 0.25, seed: int = 0, **given: Any
) -> Result:
    """Vulnerable share, largest vulnerable cluster and Watts' cascade condition.

    With a distribution of thresholds all three are expected values; that of the largest
    cluster is a mean over draws.
    """
    net = _net(dataset, given)
    drawn = _thresholds(net, thresholds)
    found = tips.vulnerability(net, drawn, seed=seed)
    values = {
        "share": found.share,
        "largest_cluster": found.largest,
        "kappa": found.kappa,
        "mean_degree": found.mean_degree,
    }
    return Result(
        value=found.share,
        values=values,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        seed=seed if is_drawn(drawn) else None,
        notes={"caution": "on small networks cascades are often global at kappa < 1"},
        **_time(given),
    )


def tipping_margin(
    dataset: Dataset,
    *,
    thresholds: Any = 0.25,
    q: float = 0.5,
    rule: str = "relative",
    limit: int = tips.LIMIT,
    seed: int = 0,
    **given: Any,
) -> Result:
    """The fewest extra adopters from whom a cascade reaches share q, from today's adopters.

    Exact, or with bounds: then there is no single value but ``lower`` and ``upper``. With a
    distribution of thresholds the value is the median over scenarios.
    """
    fraction(q, "q")
    net = _net(dataset, given)
    now = _adopters(dataset, net, given)
    drawn = _thresholds(net, thresholds)
    random = is_drawn(drawn)
    scenarios = [
        draw_thresholds(seed, r, net.n, drawn) for r in range(tips.SCENARIOS if random else 1)
    ]
    found = [
        tips.margin(net, net.needs(phi, rule), now, q, limit // len(scenarios)) for phi in scenarios
    ]
    exact = all(m.exact for m in found)
    notes = {
        "exact": exact,
        "adopters": len(now),
        "scenarios": [m.value for m in found],
        "share_now": len(now) / net.n,
        "goal": q,
    }
    return Result(
        value=float(np.median([m.value for m in found])) if exact else None,
        lower=min(m.lower for m in found),
        upper=max(m.value for m in found),
        contributing=tuple(net.nodes[k] for k in found[0].seeds),
        seed=seed if random else None,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes=notes,
        **_time(given),
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
    net = _net(dataset, given)
    now = _adopters(dataset, net, given)
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
        **_time(given),
    )


def crossing(dataset: Dataset, *, taus: Any = TAUS, hold: int = 1, **given: Any) -> Result:
    """The first period in which the share of adopters is at least tau, and stays so.

    ``notes["crossed"]`` maps each tau to the period, ``None`` for not reached; the value is
    the highest tau that is crossed, 0 for none. Adopters without a date make its bounds, and
    ``notes["crossed_between"]``: the period in which each tau is crossed if they had adopted
    from the first, and if they had not adopted by the last.
    """
    at_least(hold, 1, "hold")
    found = observed(dataset, **given)
    wanted = numbers_of(taus, "taus")
    if not all(0 < tau <= 1 for tau in wanted):
        raise BadParameter(f"taus={taus!r} must be above 0 and at most 1")
    lower, upper = zip(*found.bounds(), strict=True)
    low, crossed, high = (
        {f"{tau:g}": tips.crossing(series, tau, hold) for tau in wanted}
        for series in (lower, found.shares(), upper)
    )
    name: dict[int | None, str | None] = {None: None, **dict(enumerate(found.labels))}
    tops = [
        max((float(tau) for tau, k in one.items() if k is not None), default=0.0)
        for one in (low, crossed, high)
    ]
    return Result(
        value=tops[1],
        lower=tops[0],
        upper=tops[2],
        values=dict(zip(found.labels, found.shares(), strict=True)),
        contributing=found.records,
        n_used=len(found.labels),
        n_eligible=len(found.labels),
        of="periods",
        notes={
            **found.notes,
            "hold": hold,
            "crossed": {tau: name[k] for tau, k in crossed.items()},
            "crossed_between": {tau: [name[high[tau]], name[low[tau]]] for tau in crossed},
        },
        **when(given.get("as_of"), given.get("window")).members(),
    )


def diffusion_fit(dataset: Dataset, *, model: str = "bass", **given: Any) -> Result:
    """The period of fastest adoption in the Bass or logistic model, with a 95 % interval."""
    found = observed(dataset, **given)
    fitted = fit(found.shares(), model)
    basis: dict[str, Any] = {
        "contributing": found.records,
        "n_used": len(found.labels),
        "n_eligible": len(found.labels),
        "of": "periods",
        "notes": {
            **found.notes,
            "parameters": fitted.parameters,
            "rss": fitted.rss,
            "intervals": {k: list(v) for k, v in fitted.intervals.items()},
            "first_period": found.labels[0],
        },
        **when(given.get("as_of"), given.get("window")).members(),
    }
    if fitted.inflection is None or fitted.inflection_interval is None:
        why = "q is at most p: adoption is fastest at the start"
        return undefined("scaling:no_inflection", why, **basis)
    low, high = fitted.inflection_interval
    return Result(value=fitted.inflection, lower=low, upper=high, **basis)


def tipping_joint(
    dataset: Dataset,
    *,
    practice: Any = None,
    initiative: Any = None,
    territory: Any = None,
    targets: Any = None,
    as_of: Any = None,
    theta: float = 0.5,
    tau: float = 0.25,
    hold: float = 0,
) -> Result:
    """Share of the territories where results are owned and the innovation institutionalised.

    Owned as `scaling:ownership` says, institutionalised as `scaling:institutionalization`
    does, both over what is known; the bounds take what is not known either way.
    ``notes["tipped"]`` says whether the share reaches tau, ``None`` if territories of which
    nothing is known could decide it.
    """
    from jmdi_scaling.facts import initiatives_of, share

    fraction(theta, "theta")
    fraction(tau, "tau")
    at = when(as_of)
    chosen(dataset, practice, Practice)
    names = target_territories(dataset, targets, initiative, territory)
    found, _ = levels(dataset, names, at, practice=practice, hold=hold)
    initiatives = initiatives_of(dataset, initiative)
    states: dict[str, bool | None] = {}
    records: dict[str, None] = {}
    each: dict[str, Any] = {}
    certain = possible = 0
    for name in names:
        owner = owned_in(dataset, (name,), initiatives, at)
        owned, inside = owner.owned(theta), found[name].reaches(theta)
        each[name] = {"owned": owned, "institutionalised": inside}
        states[name] = (
            False
            if owned is False or inside is False
            else (None if owned is None or inside is None else True)
        )
        records.update(dict.fromkeys((*owner.records, *found[name].records)))
        low, high = owner.could_be(theta)
        certain += low and found[name].lower >= theta
        possible += high and found[name].upper >= theta
    sure = sum(state is True for state in states.values())
    maybe = sum(state is not False for state in states.values())
    n = max(len(states), 1)
    tipped = True if sure / n >= tau else (False if maybe / n < tau else None)
    result = share(
        states,
        "territories",
        empty=("missing_input", "there is no target territory"),
        unknown=("missing_input", "no territory has both known"),
        values=each,
        contributing=tuple(records),
        notes={"tau": tau, "tipped": tipped},
        **at.members(),
    )
    return attrs.evolve(result, lower=certain / n, upper=possible / n) if names else result


def tipping(
    dataset: Dataset,
    *,
    practice: Any = None,
    territory: Any = None,
    targets: Any = None,
    initiative: Any = None,
    thresholds: Any = 0.25,
    q: float = 0.5,
    theta: float = 0.5,
    hold: int = 1,
    period: str = "year",
    as_of: Any = None,
    seed: int = 0,
) -> Result:
    """All tests of the tipping point side by side; there is no single number.

    (a) crossing, (b) hazard peak and fits, (c) the joint test, (d) vulnerability, (e) margin,
    (f) sensitivity; each as its own metric gives it, or with the reason why it is undefined.
    """
    from jmdi_scaling.diffusion import hazard

    series: dict[str, Any] = {
        "practice": practice,
        "territory": territory,
        "period": period,
        "as_of": as_of,
    }
    now: dict[str, Any] = {"practice": practice, "territory": territory, "as_of": as_of}
    tests: dict[str, Callable[[], Result]] = {
        "crossing": lambda: crossing(dataset, hold=hold, **series),
        "hazard": lambda: hazard(dataset, **series),
        "bass": lambda: diffusion_fit(dataset, model="bass", **series),
        "logistic": lambda: diffusion_fit(dataset, model="logistic", **series),
        "joint": lambda: tipping_joint(
            dataset,
            practice=practice,
            initiative=initiative,
            territory=territory,
            targets=targets,
            as_of=as_of,
            theta=theta,
        ),
        "vulnerability": lambda: vulnerability(dataset, thresholds=thresholds, seed=seed, **now),
        "margin": lambda: tipping_margin(dataset, thresholds=thresholds, q=q, seed=seed, **now),
        "sensitivity": lambda: sensitivity(dataset, q=q, seed=seed, **now),
    }
    values: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    records: dict[str, None] = {}
    for name, test in tests.items():
        try:
            found = test()
        except UndefinedResult as error:
            found = undefined(error.reason or "missing_input", error.why)
        values[name] = {
            "value": found.value,
            "lower": found.lower,
            "upper": found.upper,
            "undefined": found.undefined,
            "why": found.why,
        }
        notes[name] = dict(found.notes)
        records.update(dict.fromkeys(found.contributing))
    defined = sum(part["undefined"] is None for part in values.values())
    basis: dict[str, Any] = {
        "values": values,
        "n_used": defined,
        "n_eligible": len(values),
        "of": "tests",
        "notes": notes,
        "contributing": tuple(records),
        "seed": seed,
        **when(as_of).members(),
    }
    if not defined:
        return undefined("missing_input", "no test of the tipping point is defined", **basis)
    return Result(**basis)
