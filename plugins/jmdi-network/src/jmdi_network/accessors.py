"""Analyses as functions of a network or a Dataset; the runner computes them, as all metrics."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from jmdi import Dataset, Network, Result
from jmdi.plugins.specs import DECLARED
from jmdi.running.measuring import run
from jmdi_network.metrics import inference, record_nulls, regression, removal

__all__ = [
    "best_ties",
    "bootstrap",
    "criticality",
    "logit_qap",
    "mrqap",
    "null",
    "qap",
    "record_null",
]

P = ParamSpec("P")
Target = TypeVar("Target", Network, Dataset)
Analysis = Callable[Concatenate[Target, P], Result]


def _as_run(analysis: Analysis[Target, P]) -> Analysis[Target, P]:
    """The analysis with its parameters checked, and with all that its declaration says of it."""
    (spec,) = getattr(analysis, DECLARED)
    _, *names = inspect.signature(analysis).parameters

    @functools.wraps(analysis)
    def computed(target: Target, /, *args: P.args, **parameters: P.kwargs) -> Result:
        given = dict(zip(names, args, strict=False))
        return run(target.model, spec, target, given | parameters)

    return computed


null = _as_run(inference.null)
record_null = _as_run(record_nulls.record_null)
bootstrap = _as_run(inference.bootstrap)
qap = _as_run(regression.qap)
mrqap = _as_run(regression.mrqap)
logit_qap = _as_run(regression.logit_qap)
criticality = _as_run(removal.criticality)
best_ties = _as_run(removal.best_ties)
