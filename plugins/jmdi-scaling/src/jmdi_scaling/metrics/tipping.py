"""How near a network is to its tipping point: single tests, and all side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.metrics.shares import all_of, share
from jmdi.metrics.types import Count, Day, Ids, Share
from jmdi.model.kinds import Practice
from jmdi_scaling.facts.codes import PROJECT
from jmdi_scaling.facts.parameters import (
    EXPOSED_TO,
    Direction,
    Layers,
    Positive,
    Rule,
    Thresholds,
    Unit,
    Years,
    chosen,
)
from jmdi_scaling.facts.places import initiatives_of, target_territories
from jmdi_scaling.facts.timing import when
from jmdi_scaling.metrics.cascades import ruled, sensitivity
from jmdi_scaling.metrics.curves import crossing, diffusion_fit, hazard
from jmdi_scaling.metrics.institutions import levels
from jmdi_scaling.metrics.ownership import owned_in

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["tipping", "tipping_joint", "tipping_margin", "vulnerability"]


@jmdi.metric(
    "scaling:vulnerability",
    "Vulnerability",
    on="dataset",
    range=(0, 1),
    value_is="share",
    citation="Watts 2002",
    convention=lambda direction: (
        f"{EXPOSED_TO[direction]}; kinds of tie merged; actors without ties are not "
        "vulnerable; expected values where thresholds are a distribution"
    ),
    bounds="ties",
)
def vulnerability(
    dataset: Dataset,
    *,
    thresholds: Thresholds = 0.25,
    seed: int = 0,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    as_of: Day | None = None,
) -> Result:
    """Share of actors with φ ≤ 1/k, largest vulnerable cluster and Watts' cascade condition.

    The degree ``k`` is the number of those that an actor is exposed to. ``values`` has the
    ``share``, ``largest_cluster``, ``kappa`` and ``mean_degree``. With a distribution of
    thresholds all are expected values; that of the largest cluster is a mean over draws.

    Args:
        dataset: The records.
        thresholds: One for all, one by actor, or a distribution: ``("uniform", low, high)``,
            ``("normal", mean, sd)`` or ``("beta", a, b)``.
        seed: Seed of the random numbers.
        territory: Only actors of this territory and those within it.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        as_of: The day that it is computed for.
    """
    from jmdi_scaling.contagion import tipping as tips
    from jmdi_scaling.contagion.inputs import levels_of, net_of
    from jmdi_scaling.contagion.thresholds import is_drawn

    net = net_of(
        dataset, territory=territory, tie_kinds=tie_kinds, direction=direction, as_of=as_of
    )
    given = levels_of(net, thresholds)
    found = tips.vulnerability(net, given, seed=seed)
    return Result(
        value=found.share,
        values={
            "share": found.share,
            "largest_cluster": found.largest,
            "kappa": found.kappa,
            "mean_degree": found.mean_degree,
        },
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        seed=seed if is_drawn(given) else None,
        notes={"caution": "on small networks cascades are often global at kappa < 1"},
        **when(as_of).members(),
    )


@jmdi.metric(
    "scaling:tipping-margin",
    "Tipping margin",
    on="dataset",
    range=(0, None),
    unit="actors",
    polarity="lower",
    value_is="count",
    citation="Kempe, Kleinberg & Tardos 2003; Chen 2009; jmdi",
    convention=lambda direction, layers, valued, rule: (
        f"{ruled(direction, layers, valued, rule)}; all decide at once, for good; exact within the "
        "limit, else greedy upper bound; adopters are those on record"
    ),
    bounds="ties",
)
def tipping_margin(
    dataset: Dataset,
    *,
    thresholds: Thresholds = 0.25,
    q: Share = 0.5,
    rule: Rule = "relative",
    limit: Count = 200_000,
    seed: int = 0,
    practice: str | None = None,
    territory: Ids | None = None,
    tie_kinds: Ids | None = None,
    direction: Direction = "both",
    layers: Layers = "aggregate",
    valued: bool = False,
    as_of: Day | None = None,
) -> Result:
    """The fewest extra adopters from whom a cascade reaches share q, from today's adopters.

    Exact, or with bounds: then there is no single value but ``lower`` and ``upper``. With a
    distribution of thresholds the value is the median over scenarios.

    Args:
        dataset: The records.
        thresholds: One for all, one by actor, or a distribution: ``("uniform", low, high)``,
            ``("normal", mean, sd)`` or ``("beta", a, b)``.
        q: The share of adopters that counts as tipped.
        rule: Whether thresholds are shares of an actor's ties, or numbers of them.
        limit: Most sets that are tried.
        seed: Seed of the random numbers.
        practice: The practice; needed where there are several.
        territory: Only actors of this territory and those within it.
        tie_kinds: Only ties of these kinds.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        layers: Whether kinds of tie are taken together, or one of them suffices.
        valued: Whether strengths weigh, of several reports of a tie the highest.
        as_of: The day that it is computed for.
    """
    import statistics

    from jmdi_scaling.contagion import tipping as tips
    from jmdi_scaling.contagion.inputs import adopters_of, levels_of, net_of
    from jmdi_scaling.contagion.thresholds import draw_thresholds, is_drawn

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
    given = levels_of(net, thresholds)
    random = is_drawn(given)
    drawn = [draw_thresholds(seed, r, net.n, given) for r in range(tips.SCENARIOS if random else 1)]
    found = [tips.margin(net, net.needs(phi, rule), now, q, limit // len(drawn)) for phi in drawn]
    exact = all(m.exact for m in found)
    return Result(
        value=statistics.median(float(m.value) for m in found) if exact else None,
        lower=min(m.lower for m in found),
        upper=max(m.value for m in found),
        contributing=tuple(net.nodes[k] for k in found[0].seeds),
        seed=seed if random else None,
        n_used=net.n,
        n_eligible=net.n,
        of="actors",
        notes={
            "exact": exact,
            "adopters": len(now),
            "scenarios": [m.value for m in found],
            "share_now": len(now) / net.n,
            "goal": q,
        },
        **when(as_of).members(),
    )


@jmdi.metric(
    "scaling:tipping-joint",
    "Joint tipping test",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share",
    citation=f"{PROJECT} of the JMDI definition",
    convention="owned and institutionalised as those metrics say",
    count="jmdi_scaling.facts.picks:of_named",
)
def tipping_joint(
    dataset: Dataset,
    *,
    practice: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    theta: Share = 0.5,
    tau: Share = 0.25,
    hold: Years = 0.0,
    closed_world: bool = False,
    as_of: Day | None = None,
) -> Result:
    """Share of the territories where results are owned and the innovation institutionalised.

    Owned as `scaling:ownership` says, institutionalised as `scaling:institutionalization`
    does, both over what is known; the bounds take what is not known either way.
    ``notes["tipped"]`` says whether the share reaches tau, ``None`` if territories of which
    nothing is known could decide it.

    Args:
        dataset: The records.
        practice: Only evidence on these practices, or on none in particular.
        initiative: Only these initiatives.
        territory: Only targets in this territory.
        targets: The target territories; those that plans name if not given.
        theta: The share and the level from which on a territory counts.
        tau: The share of territories that tips.
        hold: For how many years before ``as_of`` a criterion must have been present.
        closed_world: Whether lists of participants are read as complete, and a criterion without
            evidence is absent.
        as_of: The day that it is computed for.
    """
    at = when(as_of)
    chosen(dataset, practice, Practice)
    names = target_territories(dataset, targets, initiative, territory)
    inside, _ = levels(dataset, names, at, practice=practice, hold=hold, closed_world=closed_world)
    initiatives = initiatives_of(dataset, initiative)
    owned = {
        name: owned_in(dataset, (name,), initiatives, at, closed_world=closed_world)
        for name in names
    }
    each = {
        name: {
            "owned": owned[name].owned(theta),
            "institutionalised": inside[name].reaches(theta),
        }
        for name in names
    }
    states = {name: all_of(both.values()) for name, both in each.items()}
    could = [
        (low and inside[name].lower >= theta, high and inside[name].upper >= theta)
        for name in names
        for low, high in [owned[name].could_be(theta)]
    ]
    n = max(len(states), 1)
    sure = sum(state is True for state in states.values())
    maybe = sum(state is not False for state in states.values())
    lower, upper = (sum(ends) / n for ends in zip(*could, strict=True)) if could else (0.0, 1.0)
    records = (r for name in names for r in (*owned[name].records, *inside[name].records))
    return share(
        states,
        "territories",
        empty=("missing_input", "there is no target territory"),
        open_="no territory has both known",
        ends=(lower, upper),
        values=each,
        contributing=tuple(dict.fromkeys(records)),
        notes={
            "tau": tau,
            "tipped": True if sure / n >= tau else False if maybe / n < tau else None,
        },
        **at.members(),
    )


@jmdi.metric(
    "scaling:tipping",
    "Tipping tests",
    on="dataset",
    value_is="tests",
    citation="Centola et al. 2018; Watts 2002; Valente 1996; Kempe et al. 2003",
    convention=lambda period, direction: (
        f"no single number; by {period}; {EXPOSED_TO[direction]}; all tests of one practice"
    ),
    bounds="ties",
)
def tipping(
    dataset: Dataset,
    *,
    practice: str | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    initiative: Ids | None = None,
    thresholds: Thresholds = 0.25,
    q: Share = 0.5,
    theta: Share = 0.5,
    hold: Positive = 1,
    period: Unit = "year",
    direction: Direction = "both",
    tie_kinds: Ids | None = None,
    closed_world: bool = False,
    seed: int = 0,
    as_of: Day | None = None,
) -> Result:
    """All tests of the tipping point side by side; there is no single number.

    (a) crossing, (b) hazard peak and fits, (c) the joint test, (d) vulnerability, (e) margin,
    (f) sensitivity; each as its own metric gives it, or with the reason why it is undefined.
    All are of one practice on one day, and read ties, directions and lists in one way.

    Args:
        dataset: The records.
        practice: The practice; needed where there are several.
        territory: Only this territory and those within it.
        targets: The target territories; those that plans name if not given.
        initiative: Only these initiatives, for the joint test.
        thresholds: One for all, one by actor, or a distribution: ``("uniform", low, high)``,
            ``("normal", mean, sd)`` or ``("beta", a, b)``.
        q: The share of adopters that counts as tipped.
        theta: The share and the level from which on a territory counts, for the joint test.
        hold: For how many periods a share must be held, for the crossing.
        period: The length of a period.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        tie_kinds: Only ties of these kinds.
        closed_world: Whether lists of participants and of adopters are read as complete, and a
            criterion without evidence is absent.
        seed: Seed of the random numbers.
        as_of: The day that it is computed for.
    """
    from jmdi_scaling.diffusion.population import adoptions_of_one

    of_one = {adoption.target for adoption in adoptions_of_one(dataset, practice)}
    one = next(iter(of_one), practice)
    when_where: dict[str, Any] = {"territory": territory, "as_of": as_of}
    tied: dict[str, Any] = {**when_where, "direction": direction, "tie_kinds": tie_kinds}
    now: dict[str, Any] = {**when_where, "practice": one}
    world: dict[str, Any] = {"closed_world": closed_world}
    series: dict[str, Any] = {**now, **world, "period": period}
    joint: dict[str, Any] = {**now, "initiative": initiative, "targets": targets, "theta": theta}
    drawn: dict[str, Any] = {"thresholds": thresholds, "seed": seed}
    tests: dict[str, Callable[[], Result]] = {
        "crossing": lambda: crossing(dataset, hold=hold, **series),
        "hazard": lambda: hazard(dataset, **series),
        "bass": lambda: diffusion_fit(dataset, model="bass", **series),
        "logistic": lambda: diffusion_fit(dataset, model="logistic", **series),
        "joint": lambda: tipping_joint(dataset, **joint, **world),
        "vulnerability": lambda: vulnerability(dataset, **drawn, **tied),
        "margin": lambda: tipping_margin(dataset, q=q, practice=one, **drawn, **tied),
        "sensitivity": lambda: sensitivity(dataset, q=q, seed=seed, practice=one, **tied),
    }
    found = {name: _outcome(test) for name, test in tests.items()}
    values = {
        name: {
            "value": result.value,
            "lower": result.lower,
            "upper": result.upper,
            "undefined": result.undefined,
            "why": result.why,
        }
        for name, result in found.items()
    }
    defined = sum(result.undefined is None for result in found.values())
    basis: dict[str, Any] = {
        "values": values,
        "n_used": defined,
        "n_eligible": len(values),
        "of": "tests",
        "notes": {name: dict(result.notes) for name, result in found.items()},
        "contributing": tuple(dict.fromkeys(i for r in found.values() for i in r.contributing)),
        "seed": seed,
        **when(as_of).members(),
    }
    if not defined:
        return undefined("missing_input", "no test of the tipping point is defined", **basis)
    return Result(**basis)


def _outcome(test: Callable[[], Result]) -> Result:
    """What a test gives, with the reason where it ends without a Result."""
    try:
        return test()
    except UndefinedResult as error:
        return undefined(error.reason or "missing_input", error.why)
