"""Metrics of a whole network, and of positions in it."""

from __future__ import annotations

from jmdi.plugins.specs import Metric, Parameter
from jmdi_network.specs.making import DIRECTION, GROUPS, SEED, SIMPLE, metric, one_mode

__all__ = ["WHOLE"]

_WEIGHTED = Parameter("weighted", "Whether weights count", default=False, choices=(True, False))
_LENGTH = Parameter(
    "length",
    "Length of ties: None for 1 each, the name of an edge attribute that holds lengths, or "
    "'inverse' for mean weight over weight; strength is never taken for a length unasked",
)
_ALPHA = Parameter("alpha", "Exponent of the weights before they are inverted", default=1.0)
_NORMALIZED = Parameter("normalized", "Whether to divide by the largest possible value",
                        default=False, choices=(True, False))  # fmt: skip
_UNCONNECTED = Parameter(
    "unconnected",
    "For a mean or maximum when some pairs have no path: over pairs with a path, or undefined",
    default="largest",
    choices=("largest", "undefined"),
)
_01 = (0.0, 1.0)

WHOLE: tuple[Metric, ...] = (
    metric("density", "structure:density", "Density",
        "Tied pairs over pairs: 2m/(n(n-1)), directed m/(n(n-1)); over observed pairs, with "
        "bounds that take the others as untied and as tied.",
        cite="Wasserman & Faust 1994", range=_01, accepts=one_mode,
        convention=f"{SIMPLE}; over observed pairs"),
    metric("degree-centralization", "centralization:degree_centralization",
        "Degree centralization",
        "Sum of differences to the highest degree over its maximum: (n-1)(n-2), directed in or "
        "out (n-1)^2, total 2(n-1)(n-2).",
        DIRECTION("all", "out", "in"),
        Parameter("loops", "Whether the maximum allows loops, as igraph's default does",
                  default=False, choices=(True, False)),
        cite="Freeman 1979", range=_01, accepts=one_mode,
        convention=f"theoretical maximum without loops; {SIMPLE}"),
    metric("betweenness-centralization", "centralization:betweenness_centralization",
        "Betweenness centralization",
        "Sum of differences to the highest normalized betweenness, over n-1.",
        cite="Freeman 1979", range=_01, accepts=one_mode,
        convention=f"ties of length 1, along their direction; {SIMPLE}"),
    metric("closeness-centralization", "centralization:closeness_centralization",
        "Closeness centralization",
        "Sum of differences to the highest normalized closeness, over (n-1)(n-2)/(2n-3), in a "
        "directed network over (n-1)^2/n; undefined when not (strongly) connected.",
        Parameter("variant", "Closeness, or harmonic centrality, which is always defined",
                  default="closeness", choices=("closeness", "harmonic")),
        DIRECTION("out", "in"),
        Parameter("unconnected", "For an actor that does not reach all: undefined, or closeness "
                  "zero, as in R's sna", default="undefined", choices=("undefined", "zero")),
        cite="Freeman 1979; Rochat 2009 for the harmonic variant", accepts=one_mode,
        range=(0.0, 1.5),
        convention="maximum of a star; of a directed one, an actor without a path to another "
        f"has 1/n; with unconnected='zero' it has 0, and a directed star n/(n-1); {SIMPLE}"),
    metric("isolates", "structure:isolates", "Isolate share",
        "Actors without a tie to another over all actors.",
        cite="Wasserman & Faust 1994", range=_01),
    metric("fragmentation", "structure:fragmentation", "Fragmentation",
        "Share of pairs without a path: 1 - sum of s(s-1) over components / (n(n-1)).",
        Parameter("connectedness", "Whether to give Krackhardt's connectedness, 1 minus it",
                  default=False, choices=(True, False)),
        cite="Krackhardt 1994; Borgatti 2006", range=_01, accepts=one_mode,
        convention=f"direction ignored; {SIMPLE}"),
    metric("krackhardt", "connectivity:krackhardt", "Krackhardt's dimensions of hierarchy",
        "hierarchy: 1 - pairs that reach each other over pairs with a path; efficiency: 1 - ties "
        "beyond those that components need, over the most that there could be; connectedness.",
        cite="Krackhardt 1994", range=_01, accepts=one_mode,
        convention=f"undirected ties count as arcs both ways; components are weak; {SIMPLE}"),
    metric("distance-fragmentation", "connectivity:distance_fragmentation",
        "Distance-weighted fragmentation",
        "1 - sum of 1/d over ordered pairs / (n(n-1)), with 1/infinity = 0.",
        cite="Borgatti 2006", range=_01, accepts=one_mode,
        convention=f"along the direction of ties; {SIMPLE}"),
    metric("largest-component", "structure:largest_component", "Largest-component share",
        "Actors of the largest component over all actors.",
        cite="Wasserman & Faust 1994", range=_01,
        convention=f"weak: direction ignored; {SIMPLE}"),
    metric("reciprocity", "structure:reciprocity", "Reciprocity",
        "edgewise: mutual arcs over arcs; dyadic: mutual and null pairs over pairs; "
        "confirmation: mutual pairs over pairs with an arc. Without direction 1 where defined.",
        Parameter("measure", "Which of the three", default="edgewise",
                  choices=("edgewise", "dyadic", "confirmation")),
        cite="Butts 2008", range=_01, accepts=one_mode),
    metric("dyad-census", "structure:dyad_census", "Dyad census",
        "Mutual, asymmetric and null pairs.", cite="Holland & Leinhardt 1970", accepts=one_mode),
    metric("triad-census", "structure:triad_census", "Triad census",
        "How many triples have each of the sixteen forms.",
        cite="Holland & Leinhardt 1970; Moody 1998", accepts=one_mode),
    metric("transitivity", "structure:transitivity", "Transitivity",
        "global: 3 triangles over connected triples; local: mean share of tied pairs of "
        "neighbours over actors with two; local-zero: the same, others count as 0; weak: "
        "directed, i→k given i→j→k.",
        Parameter("kind", "Which of the four", default="global",
                  choices=("global", "local", "local-zero", "weak")),
        Parameter("mean", "For global and weak: triples count by this mean of their two weights; "
                  "None for 1 each",
                  choices=(None, "arithmetic", "geometric", "maximum", "minimum")),
        cite="Newman 2003; Watts & Strogatz 1998; with weights Opsahl & Panzarasa 2009",
        range=_01, accepts=one_mode,
        convention=f"direction ignored except for weak; {SIMPLE}"),
    metric("clustering", "position:clustering", "Local clustering coefficient",
        "Tied pairs of an actor's neighbours over pairs of them; weighted: each pair counts by "
        "the mean of its two ties' weights.",
        _WEIGHTED, cite="Watts & Strogatz 1998; Barrat et al. 2004", range=_01, accepts=one_mode,
        convention=f"direction ignored; fewer than two neighbours: undefined; {SIMPLE}"),
    metric("cut-points", "connectivity:cut_points", "Cut-points",
        "Actors whose removal leaves more components; contributing lists them.",
        cite="Wasserman & Faust 1994", range=(0, None),
        convention=f"direction ignored; {SIMPLE}"),
    metric("bridges", "connectivity:bridges", "Bridges",
        "Tied pairs whose ties' removal leaves more components; the notes list them.",
        cite="Wasserman & Faust 1994", range=(0, None),
        convention=f"direction ignored; {SIMPLE}"),
    metric("core-number", "connectivity:core_number", "Core number",
        "Largest k for which an actor is in the k-core: the largest part in which all have "
        "at least k ties.",
        DIRECTION("all", "in", "out", "simple", doc="In a directed network: all ties, where a "
                  "mutual one counts 2; those received; sent; or direction ignored"),
        cite="Seidman 1983; Batagelj & Zaversnik 2003", range=(0, None)),
    metric("core-periphery", "connectivity:core_periphery", "Core and periphery",
        "Least number of misplaced ties Z = m + k(k-1)/2 - sum of the k highest degrees, over "
        "k; exact. All optimal sizes in the notes, fit r by three readings of the off-diagonal "
        "block.",
        cite="Borgatti & Everett 2000; Lip 2011", range=(0, None), accepts=one_mode,
        convention=f"off-diagonal block ignored; all optima given; direction ignored; {SIMPLE}"),
    metric("modularity", "communities:modularity", "Modularity",
        "Sum over groups of L/m - gamma (D/2m)^2; directed L/m - gamma Dout Din/m^2.",
        GROUPS, _WEIGHTED, Parameter("gamma", "Resolution", default=1.0),
        cite="Newman & Girvan 2004", accepts=one_mode,
        convention=f"ties of an unknown group left out; {SIMPLE}"),
    metric("communities", "communities:communities", "Communities",
        "Groups found by the Leiden algorithm of networkit, and their modularity.",
        _WEIGHTED, Parameter("gamma", "Resolution", default=1.0), SEED,
        cite="Traag, Waltman & van Eck 2019", accepts=one_mode,
        convention=f"direction ignored; numbered in the order of ids; {SIMPLE}"),
    metric("multiplexity", "structure:multiplexity", "Multiplexity",
        "Mean number of distinct kinds of tie per tied pair; share of pairs with two or more.",
        Parameter("kinds", "The edge attribute that says the kind", default="type"),
        cite="Provan & Sebastian 1998", range=(0, None),
        convention="direction ignored; ties of unknown kind left out and counted"),
    metric("reach", "connectivity:reach", "Reachability within h steps",
        "Ordered pairs with a path of at most h ties over all ordered pairs.",
        Parameter("steps", "h, the largest number of ties", default=2),
        cite="Wasserman & Faust 1994", range=_01, accepts=one_mode,
        convention=f"along the direction of ties; {SIMPLE}"),
    metric("distances", "connectivity:distances", "Distances",
        "How many ordered pairs are how many ties apart, or the distance of all from one actor.",
        Parameter("source", "Id of the actor to start from"),
        cite="Wasserman & Faust 1994", convention=f"along the direction of ties; {SIMPLE}"),
    metric("eccentricity", "connectivity:eccentricity", "Eccentricity",
        "Largest distance from an actor to another that it reaches.", DIRECTION("out", "in"),
        cite="Wasserman & Faust 1994", range=(0, None),
        convention=f"over those reached, 0 if there is none; {SIMPLE}"),
    metric("diameter", "connectivity:diameter", "Diameter",
        "Largest distance between two actors.", _UNCONNECTED,
        cite="Wasserman & Faust 1994", range=(1, None),
        convention=f"along the direction of ties; over pairs with a path; {SIMPLE}"),
    metric("mean-distance", "connectivity:mean_distance", "Mean distance",
        "Mean distance over ordered pairs with a path.", _UNCONNECTED,
        cite="Wasserman & Faust 1994", range=(1, None),
        convention=f"along the direction of ties; over pairs with a path; {SIMPLE}"),
    metric("degree", "position:degree", "Degree",
        "Number of ties; in a directed network all counts a mutual pair twice.",
        DIRECTION("all", "out", "in"), _NORMALIZED, cite="Freeman 1979", range=(0, None)),
    metric("strength", "position:strength", "Strength",
        "Sum of the weights of ties, k^(1-alpha) s^alpha.",
        DIRECTION("all", "out", "in"),
        Parameter("alpha", "1 for the sum of weights, 0 for the number of ties", default=1.0),
        cite="Barrat et al. 2004; Opsahl, Agneessens & Skvoretz 2010"),
    metric("betweenness", "position:betweenness", "Betweenness",
        "Sum over pairs of the share of their shortest paths that pass through an actor.",
        _NORMALIZED, _LENGTH, _ALPHA, cite="Freeman 1979; Brandes 2001", range=(0, None),
        convention=f"each unordered pair once if undirected; ends not counted; {SIMPLE}"),
    metric("closeness", "position:closeness", "Closeness",
        "1 over the sum of distances to all others, times n-1 if normalized.",
        DIRECTION("out", "in"),
        Parameter("normalized", "Whether to multiply by n-1", default=True, choices=(True, False)),
        Parameter("unconnected", "For an actor that does not reach all: undefined; component, "
                  "over those reached; scaled by their share (Wasserman & Faust, as networkx); "
                  "or zero (as R's sna)",
                  default="undefined", choices=("undefined", "component", "scaled", "zero")),
        _LENGTH, _ALPHA, cite="Freeman 1979", range=(0, None)),
    metric("harmonic", "position:harmonic", "Harmonic centrality",
        "Sum of 1/d to all others, over n-1 if normalized.",
        DIRECTION("out", "in"),
        Parameter("normalized", "Whether to divide by n-1", default=True, choices=(True, False)),
        _LENGTH, _ALPHA, cite="Rochat 2009; Marchiori & Latora 2000", range=(0, None)),
    metric("eigenvector", "position:eigenvector", "Eigenvector centrality",
        "Leading eigenvector of the adjacency: who is named by those who are named, or, with "
        "out, names them.",
        DIRECTION("in", "out"), _WEIGHTED,
        Parameter("scale", "Largest 1, or Euclidean length 1", default="maximum",
                  choices=("maximum", "length")),
        cite="Bonacich 1972", range=(0, 1),
        convention="undefined without a cycle, and where two components share the leading "
        f"eigenvalue; {SIMPLE}"),
    metric("pagerank", "position:pagerank", "PageRank",
        "Share of time of a walker along ties, who jumps with probability 1-damping, and from "
        "actors without a tie to send.",
        Parameter("damping", "Probability to follow a tie", default=0.85),
        Parameter("weighted", "Whether weights count", default=True, choices=(True, False)),
        Parameter("tolerance", "Sum of changes at which to stop", default=1e-12),
        cite="Brin & Page 1998", range=_01),
)  # fmt: skip
"""Structure and position."""
