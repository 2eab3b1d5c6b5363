"""Analyses of other metrics, registered as metrics so that ``net.metric`` reaches them."""

from __future__ import annotations

from jmdi.plugins.specs import Metric, Parameter
from jmdi_network.metrics.specs.making import SEED, SIMPLE, metric

__all__ = ["INFERENCE"]

_METRIC = Parameter(
    "metric", "Name of any metric of networks, or a function of a network", required=True
)
_PARAMETERS = Parameter("parameters", "Parameters of that metric")
_ENTRY = Parameter("entry", "Which of its values, such as liaison/count")
_DRAWS = Parameter("draws", "How many random networks", default=1000)
_WORKERS = Parameter("workers", "Processes; the answer is the same for any number", default=1)
_EXACT = Parameter(
    "exact", "All states are enumerated if there are at most so many; 0 never", default=5000
)
_WEIGHTED = Parameter("weighted", "Whether weights count", default=True, choices=(True, False))

INFERENCE: tuple[Metric, ...] = (
    metric(
        "null",
        "nulls.comparing:null",
        "Null model",
        "A metric beside its distribution over random networks; the value is the two-sided p.",
        _METRIC,
        Parameter(
            "model",
            "What is kept",
            default="edges",
            choices=("labels", "size", "edges", "dyads", "rewire", "curveball", "qap"),
        ),
        _DRAWS,
        SEED,
        _PARAMETERS,
        _ENTRY,
        _WORKERS,
        _EXACT,
        Parameter("attributes", "For labels: the node attributes that are permuted"),
        Parameter("swaps", "Tried swaps per tie, or trades per row", default=10.0),
        Parameter(
            "connected",
            "For rewire: whether networks stay in one piece",
            default=False,
            choices=(True, False),
        ),
        Parameter("keep", "Whether each draw is kept", default=False, choices=(True, False)),
        cite="Phipson & Smyth 2010",
        convention="(b+1)/(R+1), exact count/R; two-sided is twice the smaller tail",
    ),
    metric(
        "bootstrap",
        "nulls.comparing:bootstrap",
        "Bootstrap interval",
        "A metric with the quantiles of its value in samples of actors or ties.",
        _METRIC,
        Parameter(
            "by", "What is drawn with replacement", default="nodes", choices=("nodes", "ties")
        ),
        _DRAWS,
        Parameter("level", "Level of the interval", default=0.95),
        SEED,
        _PARAMETERS,
        _ENTRY,
        _WORKERS,
        cite="Snijders & Borgatti 1999",
        convention="percentile",
    ),
    metric(
        "qap",
        "nulls.permuting:qap",
        "QAP correlation",
        "Correlation of two networks of the same actors, beside that of permuted ones.",
        Parameter("other", "The other network", required=True),
        _DRAWS,
        SEED,
        _WORKERS,
        _EXACT,
        _WEIGHTED,
        cite="Krackhardt 1988",
        convention=SIMPLE,
    ),
    metric(
        "mrqap",
        "nulls.permuting:mrqap",
        "MRQAP",
        "Regression of a network on others, tested by double semi-partialling.",
        Parameter("by", "Networks or matrices by name", required=True),
        _DRAWS,
        SEED,
        _WORKERS,
        _WEIGHTED,
        cite="Dekker, Krackhardt & Snijders 2007",
        convention="t as statistic; (b+1)/(R+1), two-sided is twice the smaller tail",
    ),
    metric(
        "criticality",
        "removal:criticality",
        "Criticality",
        "Change of a metric on removing each actor or tie; the value is the largest.",
        _METRIC,
        Parameter("of", "What is removed", default="nodes", choices=("nodes", "ties")),
        _PARAMETERS,
        _ENTRY,
        _WORKERS,
        cite="Borgatti 2006",
        convention="one at a time; from undefined to defined and back is told",
    ),
    metric(
        "best-ties",
        "removal:best_ties",
        "Best new ties",
        "The new ties that move a metric furthest: one by trying all, several greedily.",
        _METRIC,
        Parameter("count", "How many ties", default=1),
        Parameter("goal", "Which way to move it", default="higher", choices=("higher", "lower")),
        Parameter("candidates", "Pairs of ids that may be tied"),
        Parameter("across", "Only pairs that differ in this node attribute, such as side"),
        _PARAMETERS,
        _ENTRY,
        Parameter("most", "More pairs than these are refused", default=100_000),
        _WORKERS,
        cite="Kempe, Kleinberg & Tardos 2003 for the greedy search",
        convention="new ties have weight 1; greedy need not be the best set",
    ),
)
"""Null models, intervals, regression, what-if."""
