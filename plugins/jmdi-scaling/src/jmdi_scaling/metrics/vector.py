"""The scaling vector: five or six components side by side, a single score only on request."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Day, Ids, Window
from jmdi.plugins.argument_types import Above, AtMost
from jmdi_scaling.facts.parameters import (
    names_of,
)
from jmdi_scaling.facts.timing import When, when
from jmdi_scaling.metrics.expansion import scaling_out, scaling_up
from jmdi_scaling.metrics.functions import functional
from jmdi_scaling.metrics.institutions import institutionalization, levels, targets_of
from jmdi_scaling.metrics.reach import reach

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["scaling_vector"]

CLUSTERS = 7


Aggregate: TypeAlias = Literal["none", "geometric", "minimum"]
_SCORES = {
    "none": "side by side, no single score",
    "geometric": "the geometric mean, of reach at most 1 and clusters over seven",
    "minimum": "the lowest, of reach at most 1 and clusters over seven",
}


def _convention(aggregate: Aggregate) -> str:
    return (
        f"{_SCORES[aggregate]}; nothing is imputed; deep scaling only from evidence, never from "
        "ties"
    )


def _value_is(aggregate: Aggregate) -> str:
    return {"geometric": "geometric mean of components", "minimum": "lowest component"}.get(
        aggregate, "components"
    )


@jmdi.metric(
    "scaling:vector",
    "Scaling vector",
    on="dataset",
    range=(0, None),
    polarity="higher",
    value_is=_value_is,
    citation="Moore, Riddell & Vocisano 2015; Sartas et al. 2020; OECD/JRC 2008",
    convention=_convention,
    plot="jmdi_scaling.plotting:vector",
    extra="jmdi-scaling[plot]",
    count="jmdi_scaling.facts.picks:of_named",
)
def scaling_vector(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    practice: Ids | None = None,
    territory: Ids | None = None,
    targets: Ids | None = None,
    indicator: Ids | None = None,
    theta: Annotated[float, Above(0), AtMost(1)] = 0.5,
    deep: Ids | None = None,
    aggregate: Aggregate = "none",
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Reach, out, up, functional and institutional scaling, each as its own metric gives it.

    Scaling deep, into norms, values and relations, is a component only where ``deep`` names the
    criteria of evidence (survey items among them) that show it: the mean over territories of
    the share of these criteria that is present. It is never read off ties.

    There is no single score unless it is asked for: ``aggregate`` is ``geometric`` (mean) or
    ``minimum``, over reach (at most 1), out, up, the effective number of clusters over seven,
    and institutional; the component that is lowest is named as the bottleneck. Components that
    are intervals make it one; if a component is undefined the aggregate is too, for nothing is
    imputed.

    Args:
        dataset: The records.
        initiative: Only these initiatives.
        practice: Only adoptions of these practices and evidence on them.
        territory: Only this territory and those within it.
        targets: The target territories; those that plans name if not given.
        indicator: Only these indicators, for reach.
        theta: The level from which on a territory counts as institutionalised.
        deep: Criteria of evidence on norms, values and relations; adds a component.
        aggregate: The single score.
        closed_world: Whether lists of adopters are read as complete, and a criterion without
            evidence is absent.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    where: dict[str, Any] = {
        "initiative": initiative,
        "territory": territory,
        "as_of": as_of,
        "window": window,
    }
    adopted: dict[str, Any] = {**where, "practice": practice, "closed_world": closed_world}
    parts = {
        "reach": reach(dataset, indicator=indicator, closed_world=closed_world, **where),
        "out": scaling_out(dataset, targets=targets, **adopted),
        "up": scaling_up(dataset, **adopted),
        "functional": functional(dataset, **where),
        "institutional": institutionalization(dataset, targets=targets, theta=theta, **adopted),
    }
    if deep is not None:
        names = targets_of(dataset, at, practice, initiative, territory, targets)
        parts["deep"] = _deep(dataset, deep, practice, names, at, closed_world)
    values = {n: None if part.value is None else float(part.value) for n, part in parts.items()}
    undefined_ = {n: f"{p.undefined}: {p.why}" for n, p in parts.items() if not p.defined}
    ends = {
        name: (float(part.lower), float(part.upper))
        for name, part in parts.items()
        if part.lower is not None and part.upper is not None and part.lower != part.upper
    }
    open_ = [name for name, part in parts.items() if part.interval]
    unbounded = [f"{name}: {part.no_bounds}" for name, part in parts.items() if part.no_bounds]
    notes: dict[str, Any] = {
        "undefined": undefined_,
        "intervals": {name: part.why for name, part in parts.items() if part.interval},
        "bounds": {name: [part.lower, part.upper] for name, part in parts.items()},
        "coverage": {name: part.coverage for name, part in parts.items()},
        "missing": list(
            dict.fromkeys(fact for p in parts.values() for fact in p.notes.get("missing", ()))
        ),
    }
    basis: dict[str, Any] = {
        "values": values,
        "bounds": ends,
        "n_used": len(values) - len(undefined_),
        "n_eligible": len(values),
        "of": "components",
        **at.members(),
        "contributing": tuple(dict.fromkeys(i for p in parts.values() for i in p.contributing)),
    }
    if len(undefined_) == len(values):
        return undefined("missing_input", "no component is defined", notes=notes, **basis)
    if aggregate == "none":
        return Result(no_bounds="; ".join(unbounded), notes=notes, **basis)
    if undefined_:
        why = f"{', '.join(undefined_)} is undefined, and nothing is imputed"
        return undefined("missing_input", why, notes=notes, **basis)
    low, high = (
        _score(aggregate, _scaled({**values, **{n: e[k] for n, e in ends.items()}})) for k in (0, 1)
    )
    if open_:
        why = f"{', '.join(open_)} {'is' if len(open_) == 1 else 'are'} known to an interval only"
        return Result(lower=low, upper=high, why=why, notes=notes, **basis)
    scaled = _scaled(values)
    least = min(scaled.values())
    notes |= {"bottleneck": [n for n, v in scaled.items() if v == least], "scaled": scaled}
    score = _score(aggregate, scaled)
    if unbounded:
        return Result(value=score, no_bounds="; ".join(unbounded), notes=notes, **basis)
    return Result(value=score, lower=low, upper=high, notes=notes, **basis)


def _score(aggregate: Aggregate, scaled: Mapping[str, float]) -> float:
    if aggregate == "minimum":
        return min(scaled.values())
    return math.prod(scaled.values()) ** (1 / len(scaled))


def _scaled(values: Mapping[str, float | None]) -> dict[str, float]:
    """The components, of which all are known, from 0 to 1."""
    known = {name: value for name, value in values.items() if value is not None}
    clusters = min(known["functional"] / CLUSTERS, 1.0)
    return {**known, "reach": min(known["reach"], 1.0), "functional": clusters}


def _deep(
    dataset: Dataset,
    deep: Ids,
    practice: Ids | None,
    names: tuple[str, ...],
    at: When,
    closed_world: bool,
) -> Result:
    """The mean level over territories on criteria of norms, values and relations."""
    weights = dict.fromkeys(names_of(deep), 1.0)
    found, conflicts = levels(
        dataset, names, at, practice=practice, weights=weights, closed_world=closed_world
    )
    known = [level.value for level in found.values() if level.value is not None]
    absences = closed_world or any(value < 1 for value in known)
    basis: dict[str, Any] = {
        "n_used": len(known) if absences else 0,
        "n_eligible": len(names),
        "of": "territories",
        "notes": {"conflicts": conflicts},
        "contributing": tuple(dict.fromkeys(r for level in found.values() for r in level.records)),
    }
    if not any(level.known for level in found.values()):
        why = "no evidence on norms, values or relations is on record"
        return undefined("missing_input", why, **basis)
    n = len(names)
    lower = sum(level.lower for level in found.values()) / n
    upper = sum(level.upper for level in found.values()) / n
    if not absences and lower < upper:
        why = "no evidence of absence is on record in any target territory"
        return Result(lower=lower, upper=upper, why=why, **basis)
    value = sum(known) / len(known)
    if not lower <= value <= upper:
        why = "the territories of which it is known cannot stand for all"
        return Result(lower=lower, upper=upper, why=why, **basis)
    return Result(value=value, lower=lower, upper=upper, **basis)
