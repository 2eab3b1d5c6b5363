"""The scaling vector: five or six components side by side, a single score only on request."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import Result, undefined
from jmdi_scaling.facts.parameters import names_of
from jmdi_scaling.facts.timing import Day, When, when
from jmdi_scaling.metrics.institutions import institutionalization, levels, targets_of
from jmdi_scaling.metrics.reach import reach
from jmdi_scaling.metrics.spreading import functional, scaling_out, scaling_up

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["COMPONENTS", "scaling_vector"]

COMPONENTS = ("reach", "out", "up", "functional", "institutional")
CLUSTERS = 7


def scaling_vector(
    dataset: Dataset,
    *,
    initiative: Any = None,
    practice: Any = None,
    territory: Any = None,
    targets: Any = None,
    indicator: Any = None,
    as_of: Day = None,
    window: Any = None,
    theta: float = 0.5,
    aggregate: str = "none",
    deep: Any = None,
) -> Result:
    """Reach, out, up, functional and institutional scaling, each as its own metric gives it.

    Scaling deep, into norms, values and relations, is a component only where ``deep`` names the
    criteria of evidence (survey items among them) that show it: the mean over territories of
    the share of these criteria that is present. It is never read off ties.

    There is no single score unless it is asked for: ``aggregate`` is ``geometric`` (mean) or
    ``minimum``, over reach (at most 1), out, up, the effective number of clusters over seven,
    and institutional; the component that is lowest is named as the bottleneck. If one
    component is undefined the aggregate is too; nothing is imputed.
    """
    at = when(as_of, window)
    time: dict[str, Any] = {"as_of": as_of, "window": window}
    parts = {
        "reach": reach(
            dataset, initiative=initiative, territory=territory, indicator=indicator, **time
        ),
        "out": scaling_out(
            dataset,
            initiative=initiative,
            practice=practice,
            territory=territory,
            targets=targets,
            **time,
        ),
        "up": scaling_up(
            dataset, initiative=initiative, practice=practice, territory=territory, **time
        ),
        "functional": functional(dataset, initiative=initiative, territory=territory, **time),
        "institutional": institutionalization(
            dataset,
            initiative=initiative,
            practice=practice,
            territory=territory,
            targets=targets,
            theta=theta,
            **time,
        ),
    }
    if deep is not None:
        parts["deep"] = _deep(dataset, deep, practice, initiative, territory, targets, at)
    values = {
        name: None if part.value is None else float(part.value) for name, part in parts.items()
    }
    missing = {
        name: f"{part.undefined}: {part.why}" for name, part in parts.items() if part.value is None
    }
    notes: dict[str, Any] = {
        "undefined": missing,
        "bounds": {name: [part.lower, part.upper] for name, part in parts.items()},
        "coverage": {name: part.coverage for name, part in parts.items()},
    }
    basis: dict[str, Any] = {
        "values": values,
        "n_used": len(values) - len(missing),
        "n_eligible": len(values),
        "of": "components",
        **at.members(),
        "contributing": tuple(dict.fromkeys(i for p in parts.values() for i in p.contributing)),
    }
    if len(missing) == len(values):
        return undefined("missing_input", "no component is defined", notes=notes, **basis)
    if aggregate == "none":
        return Result(notes=notes, **basis)
    if missing:
        why = f"{', '.join(missing)} is undefined, and nothing is imputed"
        return undefined("missing_input", why, notes=notes, **basis)
    scaled = {name: value for name, value in values.items() if value is not None}
    scaled["reach"] = min(scaled["reach"], 1.0)
    scaled["functional"] = min(scaled["functional"] / CLUSTERS, 1.0)
    low = min(scaled.values())
    notes["bottleneck"] = [name for name, value in scaled.items() if value == low]
    notes["scaled"] = scaled
    score = low if aggregate == "minimum" else math.prod(scaled.values()) ** (1 / len(scaled))
    return Result(value=score, notes=notes, **basis)


def _deep(
    dataset: Dataset,
    deep: Any,
    practice: Any,
    initiative: Any,
    territory: Any,
    targets: Any,
    at: When,
) -> Result:
    """The mean level over territories on criteria of norms, values and relations."""
    weights = dict.fromkeys(names_of(deep, "deep"), 1.0)
    names = targets_of(dataset, at, practice, initiative, territory, targets)
    found, conflicts = levels(dataset, names, at, practice=practice, weights=weights)
    known = [level.value for level in found.values() if level.value is not None]
    basis: dict[str, Any] = {
        "n_used": len(known),
        "n_eligible": len(names),
        "of": "territories",
        "notes": {"conflicts": conflicts},
        "contributing": tuple(dict.fromkeys(r for level in found.values() for r in level.records)),
    }
    if not known:
        why = "no evidence on norms, values or relations is on record"
        return undefined("missing_input", why, **basis)
    n = len(names)
    lower = sum(level.lower for level in found.values()) / n
    upper = sum(level.upper for level in found.values()) / n
    return Result(value=sum(known) / len(known), lower=lower, upper=upper, **basis)
