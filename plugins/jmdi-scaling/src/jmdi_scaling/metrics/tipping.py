"""How near a network is to its tipping point: single tests, and all side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi.model.kinds import Practice
from jmdi_scaling.contagion import tipping as tips
from jmdi_scaling.contagion.inputs import adopters_of, net_of, thresholds_of, time_of
from jmdi_scaling.contagion.thresholds import draw_thresholds, is_drawn
from jmdi_scaling.facts.parameters import chosen, fraction
from jmdi_scaling.facts.places import initiatives_of, target_territories
from jmdi_scaling.facts.shares import share
from jmdi_scaling.facts.timing import when
from jmdi_scaling.metrics.cascades import sensitivity
from jmdi_scaling.metrics.curves import crossing, diffusion_fit
from jmdi_scaling.metrics.diffusion import hazard
from jmdi_scaling.metrics.institutions import levels
from jmdi_scaling.metrics.ownership import owned_in

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["tipping", "tipping_joint", "tipping_margin", "vulnerability"]


def vulnerability(
    dataset: Dataset, *, thresholds: Any = 0.25, seed: int = 0, **given: Any
) -> Result:
    """Vulnerable share, largest vulnerable cluster and Watts' cascade condition.

    With a distribution of thresholds all three are expected values; that of the largest
    cluster is a mean over draws.
    """
    net = net_of(dataset, given)
    drawn = thresholds_of(net, thresholds)
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
        **time_of(given),
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
    net = net_of(dataset, given)
    now = adopters_of(dataset, net, given)
    drawn = thresholds_of(net, thresholds)
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
        **time_of(given),
    )


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
