"""The metrics of simulated diffusion and of tipping that the plugin registers."""

from __future__ import annotations

from typing import Any

from jmdi import Metric, Parameter
from jmdi_scaling.specs import figure, parameter

__all__ = ["METRICS"]

_AS_OF = parameter("as_of")
_NET = (
    parameter("territory"),
    Parameter("tie_kinds", "Only ties of these kinds"),
    Parameter(
        "direction",
        "Exposed to whom ego names, who names ego, or both",
        "both",
        ("both", "out", "in"),
    ),
    Parameter(
        "layers", "Kinds of tie taken together, or any by itself", "aggregate", ("aggregate", "any")
    ),
    Parameter("valued", "Whether strengths weigh", False, (True, False)),
    _AS_OF,
)
_PHI = Parameter(
    "thresholds",
    "A number, one by actor, or ('uniform', low, high), ('normal', mean, sd), ('beta', a, b)",
    0.25,
    text=True,
)
_RULE = Parameter(
    "rule",
    "Thresholds are shares of the ties or numbers of them",
    "relative",
    ("relative", "absolute"),
)
_REPLICATES = Parameter("replicates", "How many cascades", 1000)
_SIZE = Parameter("size", "How many seeds are drawn", 1)
_Q = Parameter("q", "Share of adopters that counts as tipped", 0.5)
_SERIES = (
    parameter("one_practice"),
    parameter("territory"),
    Parameter("period", "Length of a period", "year", ("year", "month", "day")),
    _AS_OF,
    parameter("window"),
)
_SYNCHRONOUS = "adopt when exposure reaches the threshold, all at once; ties both ways by default"


def _metric(name: str, title: str, doc: str, *parameters: Parameter, **more: Any) -> Metric:
    function = name.replace("-", "_")
    modules = {
        "crossing": "curves",
        "diffusion-fit": "curves",
        "cascade": "cascades",
        "best-seeds": "cascades",
        "sensitivity": "cascades",
    }
    module = modules.get(name, "tipping")
    return Metric(
        f"scaling:{name}",
        f"jmdi_scaling.metrics.{module}:{function}",
        title=title,
        on="dataset",
        parameters=parameters,
        doc=doc,
        **more,
    )


METRICS: tuple[Metric, ...] = (
    _metric(
        "cascade",
        "Threshold cascade",
        "Mean final share over an ensemble of cascades.",
        _PHI,
        Parameter("seeds", "Ids of the committed adopters; drawn if not given"),
        _SIZE,
        _REPLICATES,
        _RULE,
        Parameter(
            "update",
            "Whether all decide at once, or one after the other in random order",
            "synchronous",
            ("synchronous", "asynchronous"),
        ),
        Parameter(
            "reversible", "Whether adoption is given up below the threshold", False, (True, False)
        ),
        Parameter("committed", "Whether seeds hold on to it nevertheless", True, (True, False)),
        Parameter("rounds", "Most rounds, where adoption can be given up", 1000),
        parameter("seed"),
        *_NET,
        range=(0, 1),
        **figure("cascade"),
        citation="Granovetter 1978; Watts 2002; Brummitt, Lee & Goh 2012; Centola et al. 2018",
        convention=_SYNCHRONOUS,
    ),
    _metric(
        "best-seeds",
        "Best seeds",
        "Share of adopters from greedily chosen seeds.",
        Parameter("thresholds", _PHI.doc, ("uniform", 0, 1)),
        Parameter("count", "How many seeds", 3),
        Parameter("replicates", "How many draws of thresholds", 200),
        _RULE,
        parameter("seed"),
        *_NET,
        range=(0, 1),
        **figure("best_seeds"),
        citation="Kempe, Kleinberg & Tardos 2003; Leskovec et al. 2007",
        convention="greedy with lazy evaluation on common draws",
    ),
    _metric(
        "vulnerability",
        "Vulnerability",
        "Share of actors with φ ≤ 1/k; kappa in values.",
        _PHI,
        parameter("seed"),
        *(p for p in _NET if p.name != "valued"),
        range=(0, 1),
        citation="Watts 2002",
        convention="layers merged; actors without ties are not vulnerable; expected values "
        "where thresholds are a distribution",
    ),
    _metric(
        "tipping-margin",
        "Tipping margin",
        "Fewest extra adopters from whom a cascade reaches share q.",
        _PHI,
        _Q,
        _RULE,
        Parameter("limit", "Most sets that are tried", 200_000),
        parameter("seed"),
        parameter("one_practice"),
        *_NET,
        range=(0, None),
        unit="actors",
        polarity="lower",
        citation="Kempe, Kleinberg & Tardos 2003; Chen 2009; jmdi",
        convention=f"{_SYNCHRONOUS}; exact within the limit, else greedy upper bound",
    ),
    _metric(
        "sensitivity",
        "Sensitivity to the threshold",
        "Mean final share over a grid of uniform thresholds.",
        Parameter("grid", "Thresholds", tuple(k / 20 for k in range(1, 16))),
        _Q,
        _RULE,
        Parameter("replicates", "How many cascades, without adopters", 200),
        _SIZE,
        parameter("seed"),
        parameter("one_practice"),
        *_NET,
        range=(0, 1),
        **figure("sensitivity"),
        citation="Centola et al. 2018; jmdi",
        convention=_SYNCHRONOUS,
    ),
    _metric(
        "crossing",
        "Threshold crossing",
        "First period in which the share of adopters is tau or more for H periods.",
        Parameter("taus", "Shares", (0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40)),
        Parameter("hold", "For how many periods", 1),
        *_SERIES,
        range=(0, 1),
        **figure("crossing"),
        citation="Centola et al. 2018",
        convention="not reached is an outcome, not undefined; adopters without a date make "
        "the bounds",
    ),
    _metric(
        "diffusion-fit",
        "Diffusion model",
        "Inflection of the Bass or logistic curve, in periods from the first.",
        Parameter("model", "Which model", "bass", ("bass", "logistic")),
        *_SERIES,
        unit="periods",
        citation="Bass 1969",
        convention="least squares on the cumulative share; 95 % interval by the delta method; "
        "five periods or more",
    ),
    _metric(
        "tipping-joint",
        "Joint tipping test",
        "Territories owned and institutionalised over those where both are known.",
        parameter("practice"),
        parameter("initiative"),
        parameter("territory"),
        parameter("targets"),
        parameter("theta"),
        Parameter("tau", "Share that tips", 0.25),
        Parameter("hold", "For how many years", 0.0),
        _AS_OF,
        range=(0, 1),
        polarity="higher",
        citation="jmdi, operationalisation of the JMDI definition",
        convention="owned and institutionalised as those metrics say",
    ),
    _metric(
        "tipping",
        "Tipping tests",
        "All tests of the tipping point, side by side.",
        parameter("one_practice"),
        parameter("territory"),
        parameter("targets"),
        parameter("initiative"),
        _PHI,
        _Q,
        parameter("theta"),
        Parameter("hold", "For how many periods", 1),
        _SERIES[2],
        _AS_OF,
        parameter("seed"),
        citation="Centola et al. 2018; Watts 2002; Valente 1996; Kempe et al. 2003",
        convention="no single number",
    ),
)
"""The metrics of simulated diffusion and tipping."""
