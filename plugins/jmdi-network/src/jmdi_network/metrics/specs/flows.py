"""Metrics of corridors, change and missing data."""

from __future__ import annotations

from jmdi.plugins.specs import Metric, Parameter
from jmdi_network.metrics.specs.making import SIMPLE, metric

__all__ = ["FLOWS"]

_COUNT = Parameter(
    "count",
    "Whole: 1 for each of an initiative's corridors; fractional: 1 shared among them",
    default="whole",
    choices=("whole", "fractional"),
)
_LATER = (
    Parameter("other", "The later network"),
    Parameter("days", "Instead: two days, for which the dataset is projected"),
    Parameter("projection", "The projection; by default that of the network's name"),
    Parameter("options", "Options of the projection, such as {'co_participation': False}"),
)
_ACTORS = Parameter(
    "actors", "Ties among actors present in both, or all", default="both", choices=("both", "all")
)
_BOTH = f"ties among actors present in both; 0/0 undefined; {SIMPLE}"

FLOWS: tuple[Metric, ...] = (
    metric(
        "corridor-matrix",
        "metrics.corridors:matrix",
        "Corridor matrix",
        "Initiatives with a participant on the side of origin in one country and on that of "
        "destination in another, whole and fractional; the notes have both totals.",
        cite="jmdi",
        on="corridors",
        convention="whole and fractional counts side by side",
    ),
    metric(
        "corridor-concentration",
        "metrics.corridors:concentration",
        "Corridor concentration",
        "Sum of squared shares of the corridors (Herfindahl-Hirschman).",
        _COUNT,
        cite="Hirschman 1964",
        range=(0, 1),
        on="corridors",
        convention="whole counts",
    ),
    metric(
        "corridor-effective-number",
        "metrics.corridors:effective_number",
        "Effective number of corridors",
        "exp(-sum p ln p) of the corridors' shares.",
        _COUNT,
        cite="Hill 1973",
        range=(1, None),
        on="corridors",
        convention="whole counts",
    ),
    metric(
        "corridor-alignment",
        "metrics.corridors:alignment",
        "Corridor alignment",
        "Dissimilarity of initiatives' and migrants' shares of corridors: half the sum of "
        "absolute differences; 0 for the same shares, 1 for none in common.",
        Parameter(
            "shares",
            "Migrant stock or its share by (origin, destination), or by origin "
            "and then destination; each is divided by their sum",
            required=True,
        ),
        _COUNT,
        cite="Duncan & Duncan 1955 for the index; its use here: jmdi",
        range=(0, 1),
        on="corridors",
        convention="whole counts; corridors without a share have 0 migrants",
    ),
    metric(
        "local-to-local",
        "metrics.corridors:local_to_local",
        "Local-to-local share",
        "Initiatives with a local government on both sides over those with both sides known.",
        Parameter(
            "types", "Codes of actor-type that are local governments", default=("local_authority",)
        ),
        Parameter("as_of", "The day that participations must be in force"),
        cite="jmdi",
        range=(0, 1),
        on="dataset",
        convention="a participant on both sides counts "
        "for each; as scaling:anchorage, of which it is the rate",
    ),
    metric(
        "stability",
        "metrics.change:stability",
        "Jaccard stability",
        "Ties in both networks over ties in either.",
        *_LATER,
        _ACTORS,
        cite="Snijders, van de Bunt & Steglich 2010",
        range=(0, 1),
        convention=_BOTH,
    ),
    metric(
        "formation",
        "metrics.change:formation",
        "Tie formation",
        "Pairs that became tied over pairs that were not.",
        *_LATER,
        _ACTORS,
        cite="Snijders, van de Bunt & Steglich 2010",
        range=(0, 1),
        convention=_BOTH,
    ),
    metric(
        "dissolution",
        "metrics.change:dissolution",
        "Tie dissolution",
        "Ties that went over ties that were.",
        *_LATER,
        _ACTORS,
        cite="Snijders, van de Bunt & Steglich 2010",
        range=(0, 1),
        convention=_BOTH,
    ),
    metric(
        "turnover",
        "metrics.change:turnover",
        "Tie turnover",
        "Ties that came or went over ties in either network.",
        *_LATER,
        _ACTORS,
        cite="Snijders, van de Bunt & Steglich 2010",
        range=(0, 1),
        convention=_BOTH,
    ),
    metric(
        "entries-exits",
        "metrics.change:entries_exits",
        "Entries and exits",
        "Actors that came, went and stayed.",
        *_LATER,
        Parameter(
            "ties",
            "Whether an actor without a tie is not there",
            default=True,
            choices=(True, False),
        ),
        cite="jmdi",
        range=(0, None),
    ),
    metric(
        "survival",
        "metrics.change:survival",
        "Partnership survival",
        "Kaplan and Meier's median duration of ties; values have the curve.",
        Parameter("as_of", "The day up to which ties were watched", required=True),
        Parameter("period", "The edge attribute that holds the period in EDTF", default="period"),
        Parameter(
            "unit", "Days, or years of 365.25 days", default="days", choices=("days", "years")
        ),
        cite="Kaplan & Meier 1958",
        range=(0, None),
        convention="open ends and ends after as_of are censored; unknown starts or ends left out",
    ),
    metric(
        "observation",
        "metrics.observation:observation",
        "Observed pairs",
        "Share of pairs of which it is known whether they are tied; counts of the three states.",
        cite="Borgatti & Molina 2003",
        range=(0, 1),
        polarity="higher",
    ),
    metric(
        "response-rate",
        "metrics.observation:response_rate",
        "Response rate",
        "Actors that reported on their ties over all actors; contributing lists the silent ones.",
        Parameter("respondents", "Ids of those that did; by default the ties' reported_by"),
        cite="Borgatti & Molina 2003",
        range=(0, 1),
        polarity="higher",
    ),
)
"""Corridors, change, missing data."""
