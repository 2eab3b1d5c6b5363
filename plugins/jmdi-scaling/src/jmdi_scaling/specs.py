"""The metrics of partnership, anchorage, ownership and scaling that the plugin registers."""

from __future__ import annotations

from typing import Any

from jmdi import Metric, Parameter

__all__ = ["METRICS", "dataset_metric", "figure", "parameter"]

_THROUGH = ("ties+partnerships", "ties", "partnerships")

_PARAMETERS = {
    "one_practice": Parameter("practice", "Id of the practice; needed where there are several")
} | {
    p.name: p
    for p in (
        Parameter("initiative", "Id of an initiative, or several; all if it is not given"),
        Parameter("practice", "Id of a practice, or several; all if it is not given"),
        Parameter("territory", "Only this territory and those within it"),
        Parameter("targets", "Ids of the target territories; else those that plans name"),
        Parameter("indicator", "Id of an indicator, or several; all if it is not given"),
        Parameter("as_of", "The day that it is computed for, as ISO date"),
        Parameter("window", "Half-open window of days, as '2012-01-01/2017-01-01'"),
        Parameter("through", "What ties actors", "ties+partnerships", _THROUGH),
        Parameter("civil_society", "Actor types that count as civil society; else the core's set"),
        Parameter("local_government", "Actor types that count as local government"),
        Parameter("theta", "Share or level from which on it counts", 0.5),
        Parameter("seed", "Seed of the random numbers", 0),
    )
}
PROJECT = "jmdi, operationalisation"
_TIME = "facts whose time is not known are kept"


def parameter(name: str) -> Parameter:
    """A parameter that several metrics share."""
    return _PARAMETERS[name]


def figure(name: str) -> dict[str, str]:
    """What a spec says of the figure of its results, a function of ``plotting``."""
    return {"plot": f"jmdi_scaling.plotting:{name}", "extra": "jmdi-scaling[plot]"}


def dataset_metric(
    name: str, run: str, title: str, doc: str, *parameters: str | Parameter, **more: Any
) -> Metric:
    """The spec of a metric of datasets; shared parameters are given by name, after ``as_of``."""
    shared = [parameter(p) if isinstance(p, str) else p for p in parameters]
    return Metric(
        f"scaling:{name}",
        f"jmdi_scaling.metrics.{run}",
        title=title,
        on="dataset",
        parameters=(*shared, parameter("as_of"), parameter("window")),
        doc=doc,
        **more,
    )


METRICS: tuple[Metric, ...] = (
    dataset_metric(
        "cross-sector-density",
        "partnering:cross_sector_density",
        "Cross-sector tie density",
        "L_XY/(n_X n_Y) for X civil society, Y local government; with lift and coverage.",
        "initiative",
        "territory",
        "through",
        "civil_society",
        "local_government",
        range=(0, 1),
        citation="Wasserman & Faust 1994",
        convention=f"actors in both sets left out; over observed pairs; {_TIME}",
    ),
    dataset_metric(
        "strategic-partnerships",
        "partnering:strategic_partnerships",
        "Strategic partnership share",
        "Ties of civil society and local government that meet h of five criteria, over those "
        "of which it is known.",
        "initiative",
        "territory",
        Parameter("criteria", "How many of the five criteria must be met", 3),
        Parameter("years", "How long a tie must last", 1.0),
        "through",
        "civil_society",
        "local_government",
        range=(0, 1),
        polarity="higher",
        citation=f"{PROJECT}, after Frey et al. 2006 and Provan & Sebastian 1998",
        convention="memorandum or more; intensity 3 or more; duration; 2 or more kinds; shared "
        "resources; bounds take what is unknown for no and for yes",
    ),
    dataset_metric(
        "anchorage",
        "anchorage:anchorage",
        "Dual local-government anchorage",
        "Initiatives with a local government on both sides over those with both sides known.",
        "initiative",
        "territory",
        Parameter("strong", "Only those that fund, account or implement", False, (True, False)),
        "local_government",
        range=(0, 1),
        polarity="higher",
        citation=f"{PROJECT} of the JMDI call for proposals; CRS channels 11002 and 12002",
        convention="both counts for either side; an unknown side or type is unknown, not absent",
    ),
    dataset_metric(
        "isolation",
        "isolation:isolation",
        "Initiative isolation",
        "Initiatives that share no actor with another over those with participants on record; "
        "fragmentation of the initiatives.",
        "initiative",
        "territory",
        Parameter("exclude", "Ids of actors that are everywhere"),
        Parameter("exclude_roles", "Roles that do not join initiatives", "funding"),
        Parameter("draws", "Draws of the curveball null model; 0 for none", 0),
        "seed",
        range=(0, 1),
        polarity="lower",
        citation=f"{PROJECT}; fragmentation: Borgatti 2006; null: Strona et al. 2014",
        convention="funders do not join initiatives; without participants: unknown",
    ),
    dataset_metric(
        "goal-consensus",
        "consensus:goal_consensus",
        "Goal consensus",
        "Mean Jaccard similarity of goal sets over tied pairs, or mean normalised rating with "
        "agreement r_wg.",
        "initiative",
        "territory",
        Parameter("variant", "What is compared", "sets", ("sets", "ratings")),
        Parameter("source", "Where goals come from", "initiatives", ("initiatives", "actions")),
        Parameter("goals", "Goals by actor, in place of those on record"),
        "through",
        Parameter("dimension", "Which ratings", "mission_support"),
        Parameter("draws", "How many permutations", 999),
        "seed",
        range=(0, 1),
        polarity="higher",
        citation="Provan & Kenis 2008; James, Demaree & Wolf 1984",
        convention="pairs without any goal on record left out; p one-sided, (b+1)/(R+1)",
    ),
    dataset_metric(
        "ownership",
        "ownership:ownership",
        "Local ownership",
        "Contributions by actors of the territory over all contributions; owned when the share "
        "reaches theta and an accountable actor is local.",
        "initiative",
        "territory",
        "theta",
        range=(0, 1),
        polarity="higher",
        citation=f"{PROJECT}, after the Paris Declaration and RE-AIM",
        convention="currencies never added; contributions without a figure make the bounds",
    ),
    dataset_metric(
        "institutionalization",
        "institutions:institutionalization",
        "Institutionalisation coverage",
        "Target territories whose level Σwx/Σw over known criteria reaches theta, over those "
        "with a known criterion.",
        "practice",
        "initiative",
        "territory",
        "targets",
        "theta",
        Parameter("weights", "Weight of each criterion; else all seven weigh 1"),
        Parameter("hold", "For how many years it must have been present", 0.0),
        range=(0, 1),
        polarity="higher",
        citation="Goodman et al. 1993; Glasgow et al. 2019; JMDI Guidelines",
        convention="the evidence that began last speaks; contradictions are unknown",
    ),
    dataset_metric(
        "reach",
        "reach:reach",
        "Reach and representativeness",
        "R = reached/target; D = ½Σ|p_g − q_g| between reached and targeted groups.",
        "initiative",
        "territory",
        "indicator",
        range=(0, None),
        polarity="higher",
        citation="Glasgow et al. 2019 (RE-AIM)",
        convention="latest observation, contradictions unknown; over series with both a target "
        "and an actual value",
    ),
    dataset_metric(
        "out",
        "spreading:scaling_out",
        "Scaling out",
        "Target territories with an adoption over all of them; replication depth; onward "
        "replications.",
        "practice",
        "initiative",
        "territory",
        "targets",
        Parameter("horizon", "Years that an initiative has to be replicated in", 2.0),
        range=(0, 1),
        polarity="higher",
        citation="ExpandNet/WHO 2010; Cooley & Linn 2014",
        convention="an adoption counts for all territories around the adopter",
    ),
    dataset_metric(
        "up",
        "spreading:scaling_up",
        "Scaling up",
        "Levels at which something is adopted over the levels in scope.",
        "practice",
        "initiative",
        "territory",
        Parameter("levels", "Levels in scope", "local,first_admin,national"),
        "through",
        range=(0, 1),
        polarity="higher",
        citation="ExpandNet/WHO 2010; Uvin 1995",
        convention="the level stated, else the adopter's; second level and below is local",
    ),
    dataset_metric(
        "functional",
        "spreading:functional",
        "Functional scaling",
        "Effective number of clusters, exp(H).",
        "initiative",
        "territory",
        Parameter("baseline", "Day to compare with, as ISO date"),
        Parameter("codebook", "Codebook of the clusters", "jmdi-clusters"),
        range=(1, None),
        polarity="neither",
        unit="clusters",
        citation="Uvin 1995; Hill 1973",
        convention="a thing with several clusters counts for each in equal parts",
    ),
    dataset_metric(
        "outreach",
        "reach:outreach",
        "Outreach ratio",
        "Actors reached outside the projects over all reached; territories outside the plans' "
        "headers over all targeted.",
        "initiative",
        "territory",
        Parameter("of", "What is counted", "actors", ("actors", "territories")),
        range=(0, 1),
        citation=f"{PROJECT} of output 2",
        convention="reached: disseminated to, adopted, or target audience",
    ),
    dataset_metric(
        "trust",
        "trust:trust",
        "Trust and value",
        "Mean of the three items as rated by others, 1 to 4; share of rated ties of 3 or more.",
        Parameter("dimension", "Which scale", "trust", ("trust", "value")),
        "initiative",
        "territory",
        range=(1, 4),
        polarity="higher",
        citation="Varda et al. 2008 (PARTNER)",
        convention="self-ratings dropped; mean over raters, then items, then actors",
    ),
    dataset_metric(
        "vector",
        "vector:scaling_vector",
        "Scaling vector",
        "(reach, out, up, functional, institutional[, deep]), never one score unless asked for.",
        "initiative",
        "practice",
        "territory",
        "targets",
        "indicator",
        "theta",
        Parameter("deep", "Criteria of evidence on norms, values and relations; adds a component"),
        Parameter("aggregate", "A single score", "none", ("none", "geometric", "minimum")),
        range=(0, None),
        polarity="higher",
        citation="Moore, Riddell & Vocisano 2015; Sartas et al. 2020; OECD/JRC 2008",
        **figure("vector"),
        convention="an undefined component makes the aggregate undefined; deep scaling only "
        "from evidence, never from ties",
    ),
    dataset_metric(
        "partner-criticality",
        "criticality:partner_criticality",
        "Partner criticality",
        "Change of a metric when an actor or a tie is taken out, or a tie is added.",
        Parameter("metric", "Name of the metric", required=True),
        Parameter("parameters", "Parameters of the metric"),
        Parameter("candidates", "Ids of the actors or ties, or pairs of actors to tie"),
        Parameter("change", "What is changed", "actors", ("actors", "ties", "new ties")),
        Parameter("steps", "How many new ties", 1),
        citation="Borgatti 2006",
        convention="one new tie exhaustive, several greedy; undefined outcomes listed",
    ),
)
"""The metrics of the programme's cards; those of diffusion are in ``diffusion_specs``."""
