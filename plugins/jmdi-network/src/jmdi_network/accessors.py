"""Analyses as functions of a network; the runner computes them, as it does ``net.metric(...)``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from jmdi import Network, Result
from jmdi.plugins.specs import DECLARED
from jmdi.running.measuring import run
from jmdi_network.metrics import inference, regression, removal

__all__ = ["best_ties", "bootstrap", "criticality", "mrqap", "null", "qap"]

P = ParamSpec("P")
Analysis = Callable[Concatenate[Network, P], Result]


def _as_run(analysis: Analysis[P]) -> Analysis[P]:
    """The analysis with its parameters checked, and with all that its declaration says of it."""
    (spec,) = getattr(analysis, DECLARED)
    _, *names = inspect.signature(analysis).parameters

    @functools.wraps(analysis)
    def computed(network: Network, /, *args: P.args, **parameters: P.kwargs) -> Result:
        given = dict(zip(names, args, strict=False))
        return run(network.model, spec, network, given | parameters)

    return computed


null = _as_run(inference.null)
bootstrap = _as_run(inference.bootstrap)
qap = _as_run(regression.qap)
mrqap = _as_run(regression.mrqap)
criticality = _as_run(removal.criticality)
best_ties = _as_run(removal.best_ties)
