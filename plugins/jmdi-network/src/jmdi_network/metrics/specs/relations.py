"""Metrics of mixing between groups, brokerage and two modes."""

from __future__ import annotations

from jmdi.plugins.specs import Metric, Parameter
from jmdi_network.metrics.specs.making import GROUPS, SEED, SIMPLE, metric, one_mode, two_modes

__all__ = ["RELATIONS"]

_TIES = Parameter(
    "ties",
    "Of a directed network at group and node level: sent, received or all",
    default="all",
    choices=("all", "out", "in"),
)
_DRAWS = Parameter("draws", "Random networks for p; 0 for none", default=0)
_ALPHA = Parameter("alpha", "A tie is kept if its p is below it", default=0.05)
_CORRECTION = Parameter(
    "correction",
    "For testing many ties",
    default="none",
    choices=("none", "bonferroni", "holm", "fdr"),
)
_KNOWN = f"unknown groups apart, never a group of their own; {SIMPLE}"

RELATIONS: tuple[Metric, ...] = (
    metric(
        "mixing",
        "metrics.mixing:mixing",
        "Mixing matrix",
        "Ties between each two groups, and their share of the pairs; of unknown groups too.",
        GROUPS,
        cite="Wasserman & Faust 1994",
        convention=f"unknown groups in a bucket of their own, without density; {SIMPLE}",
    ),
    metric(
        "ei-index",
        "metrics.mixing:ei_index",
        "E-I index",
        "(E-I)/(E+I) of external and internal ties. At network level with its exact "
        "expectation under permuted groups, (E*-I*)/(E*+I*) of pairs, and p if draws are given.",
        GROUPS,
        Parameter(
            "level",
            "Of the network, each group or each actor",
            default="network",
            choices=("network", "group", "node"),
        ),
        _TIES,
        _DRAWS,
        SEED,
        cite="Krackhardt & Stern 1988",
        range=(-1, 1),
        accepts=one_mode,
        convention=f"each tie once; at group level internal ties once; at node level over "
        f"contacts; raw counts; {_KNOWN}",
    ),
    metric(
        "assortativity",
        "metrics.mixing:assortativity",
        "Assortativity",
        "(sum e_kk - sum a_k b_k)/(1 - sum a_k b_k) of the mixing matrix of ties; of numbers "
        "Pearson's r over ties; of degree in a directed network ties sent at the source and "
        "received at the target, or all ties if symmetric.",
        GROUPS,
        Parameter(
            "kind",
            "Whether groups are labels, or numbers (or the word degree)",
            default="groups",
            choices=("groups", "numbers"),
        ),
        Parameter(
            "symmetric",
            "Whether to count each directed tie both ways",
            default=False,
            choices=(True, False),
        ),
        cite="Newman 2003",
        range=(-1, 1),
        accepts=one_mode,
        convention=f"directed mixing matrix; {_KNOWN}",
    ),
    metric(
        "yule-q",
        "metrics.mixing:yule_q",
        "Yule's Q",
        "(ad-bc)/(ad+bc) of the table of pairs: tied or not, of one group or not; with the odds "
        "ratio, or its one-sided bound where a cell is empty.",
        GROUPS,
        cite="Yule 1912",
        range=(-1, 1),
        accepts=one_mode,
        convention=_KNOWN,
    ),
    metric(
        "coleman-homophily",
        "metrics.mixing:coleman_homophily",
        "Coleman's homophily index",
        "Of each group (s-E)/(S-E) if its ties within s exceed the expectation E, else (s-E)/E; "
        "S are all its ties, E = S (n_g-1)/(n-1).",
        GROUPS,
        Parameter(
            "expectation", "S (n_g-1)/(n-1), or S n_g/n", default="n-1", choices=("n-1", "n")
        ),
        cite="Coleman 1958",
        range=(-1, 1),
        accepts=one_mode,
        convention=f"expectation without oneself; undirected ties count for both ends; {_KNOWN}",
    ),
    metric(
        "heterogeneity",
        "metrics.mixing:heterogeneity",
        "Heterogeneity of partners",
        "Blau's 1 - sum p^2 of the groups of an actor's partners, IQV = Blau/(1-1/S) and the "
        "Hill number exp(-sum p ln p); the value is the mean of Blau over actors with partners.",
        GROUPS,
        Parameter(
            "of",
            "Of each actor's partners, or of all actors",
            default="partners",
            choices=("partners", "actors"),
        ),
        _TIES,
        cite="Blau 1977; Hill 1973",
        range=(0, 1),
        convention=_KNOWN,
    ),
    metric(
        "brokerage",
        "metrics.brokerage:brokerage",
        "Brokerage roles",
        "Ordered pairs (a,b) with a→v→b and no a→b, by groups: coordinator AAA, itinerant ABA, "
        "gatekeeper ABB, representative AAB, liaison ABC; with exact mean and sd under the null.",
        GROUPS,
        Parameter(
            "level", "Of each actor or the network", default="node", choices=("node", "network")
        ),
        Parameter(
            "divided",
            "Whether a pair counts 1 over the number of its brokers",
            default=False,
            choices=(True, False),
        ),
        Parameter(
            "null",
            "edges: as many ties, uniformly; bernoulli: each pair tied with the "
            "density; sna: the same with the closed form of Gould and Fernandez for the "
            "network's sd, arcs independent also without direction, as in R's sna",
            default="edges",
            choices=("edges", "bernoulli", "sna"),
        ),
        _DRAWS,
        SEED,
        cite="Gould & Fernandez 1989; moments: jmdi",
        range=(0, None),
        accepts=one_mode,
        convention=f"raw counts; undirected: both orders counted; unknown groups excluded and "
        f"counted; sd 0: z undefined; {SIMPLE}",
    ),
    metric(
        "constraint",
        "metrics.brokerage:constraint",
        "Constraint",
        "Sum over contacts j of (p_ij + sum_q p_iq p_qj)^2, p from a_ij + a_ji; at most 1.125 "
        "without weights, below 2 with them.",
        Parameter(
            "over",
            "Sum over contacts, or over everyone within two steps",
            default="contacts",
            choices=("contacts", "two-steps"),
        ),
        cite="Burt 1992",
        range=(0, 2),
        polarity="lower",
        accepts=one_mode,
        convention=f"a_ij + a_ji; over contacts; isolate: undefined; {SIMPLE}",
    ),
    metric(
        "effective-size",
        "metrics.brokerage:effective_size",
        "Effective size",
        "Sum over contacts j of 1 - sum_q p_iq m_jq; without weights k - 2t/k.",
        cite="Burt 1992; Borgatti 1997",
        range=(0, None),
        accepts=one_mode,
        convention=f"by definition, a_ij + a_ji; isolate: undefined; {SIMPLE}",
    ),
    metric(
        "efficiency",
        "metrics.brokerage:efficiency",
        "Efficiency",
        "Effective size over the number of contacts.",
        cite="Burt 1992",
        range=(0, 1),
        accepts=one_mode,
        convention=f"isolate: undefined; {SIMPLE}",
    ),
    metric(
        "hierarchy",
        "metrics.brokerage:hierarchy",
        "Hierarchy",
        "How far constraint lies in one contact: sum of x ln x / (N ln N), x the constraint of a "
        "contact over the mean.",
        cite="Burt 1992",
        range=(0, 1),
        accepts=one_mode,
        convention=f"fewer than two contacts: undefined; {SIMPLE}",
    ),
    metric(
        "gefura",
        "metrics.brokerage:gefura",
        "Gefura",
        "Sum over pairs of different groups of the share of their shortest paths through an "
        "actor; local: pairs of which one is of the actor's own group.",
        GROUPS,
        Parameter(
            "scope",
            "All pairs of different groups, or those with one's own",
            default="global",
            choices=("global", "local"),
        ),
        Parameter(
            "normalized",
            "Whether to divide by the number of pairs",
            default=False,
            choices=(True, False),
        ),
        cite="Flom, Friedman, Strauss & Neaigus 2004; Guns & Rousseau 2009",
        range=(0, None),
        accepts=one_mode,
        convention=f"each unordered pair once if undirected; {_KNOWN}",
    ),
    metric(
        "bipartite-density",
        "metrics.twomode:bipartite_density",
        "Density of two modes",
        "Ties over pairs of one node of each mode.",
        cite="Borgatti & Everett 1997",
        range=(0, 1),
        accepts=two_modes,
        convention=f"{SIMPLE}; over observed pairs",
    ),
    metric(
        "redundancy",
        "metrics.twomode:redundancy",
        "Redundancy coefficient",
        "Share of the pairs of a node's partners that another node joins too.",
        cite="Latapy, Magnien & Del Vecchio 2008",
        range=(0, 1),
        accepts=two_modes,
        convention=f"fewer than two partners: undefined; {SIMPLE}",
    ),
    metric(
        "disparity",
        "projections.backbone:disparity",
        "Disparity filter",
        "p of each tie: (1-w/s)^(k-1); the notes say how many are below alpha.",
        _ALPHA,
        _CORRECTION,
        Parameter(
            "ends",
            "The smaller p of both ends, or the larger",
            default="either",
            choices=("either", "both"),
        ),
        cite="Serrano, Boguñá & Vespignani 2009",
        range=(0, 1),
        accepts=one_mode,
        convention=f"minimum of both ends, degree 1: p = 1; directed: out at the source, in at "
        f"the target; {SIMPLE}",
    ),
    metric(
        "sdsm",
        "projections.backbone:sdsm",
        "Stochastic degree sequence model",
        "p of each pair's overlap: P(at least as large), Poisson-binomial with the ties of the "
        "bipartite configuration model.",
        Parameter("mode", "The mode whose nodes are paired", default=0, choices=(0, 1)),
        _ALPHA,
        _CORRECTION,
        Parameter(
            "tail",
            "Exact, or Hong's refined normal approximation, as in R's backbone",
            default="exact",
            choices=("exact", "refined-normal"),
        ),
        cite="Neal 2014; Neal, Domagalski & Sagan 2021",
        range=(0, 1),
        accepts=two_modes,
        convention=f"upper tail; {SIMPLE}",
    ),
    metric(
        "fdsm",
        "projections.backbone:fdsm",
        "Fixed degree sequence model",
        "p of each pair's overlap: at least as large among networks with the same degrees.",
        Parameter("mode", "The mode whose nodes are paired", default=0, choices=(0, 1)),
        _ALPHA,
        _CORRECTION,
        Parameter("draws", "How many random networks", default=1000),
        SEED,
        Parameter("swaps", "Trades per row", default=10.0),
        Parameter("workers", "Processes; the answer is the same for any number", default=1),
        cite="Neal, Domagalski & Sagan 2021; Strona et al. 2014",
        range=(0, 1),
        accepts=two_modes,
        convention=f"upper tail, (b+1)/(R+1); {SIMPLE}",
    ),
)
"""Mixing, brokerage, two modes."""
