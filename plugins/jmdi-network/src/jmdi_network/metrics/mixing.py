"""Who is tied to whom by group: mixing, assortativity, homophily."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import jmdi
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import KNOWN, one_mode, said
from jmdi_network.counts import mixed, mixed_in_tables
from jmdi_network.parameters import Grouping
from jmdi_network.reporting import basis, refused

if TYPE_CHECKING:
    from jmdi_network.arrays import Ints
    from jmdi_network.counts import Sized
    from jmdi_network.groups import Groups

__all__ = ["ENDS", "assortativity", "coleman_homophily", "covered", "mixing", "no_groups", "yule_q"]


UNKNOWN = "(unknown)"
"""The bucket of actors whose group is not known."""

ENDS = {"all": "", "out": "; ties sent", "in": "; ties received"}

_ALIKE = {
    "groups": "mixing matrix; ties of unknown groups left out",
    "numbers": "Pearson's r over ties; what is not known left out",
}

_OTHERS = {"n-1": "without oneself", "n": "with oneself"}


def no_groups(graph: Sized, groups: Groups) -> Result | None:
    """An undefined Result where there is no actor, or none of a known group."""
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if not groups.labels:
        return refused(graph, "no_known_group", n_used=0)
    return None


def covered(counts: Counts) -> dict[str, Any]:
    """How many ties have two ends of known group, from those of `jmdi_network.counts.mixed`."""
    graph, known = counts["graph"], counts["ties"][:-1, :-1]
    inside = known.diagonal().sum()
    return {
        "n_used": int(inside + (known.sum() - inside) // (1 if graph.directed else 2)),
        "n_eligible": graph.m,
        "of": "ties",
        "notes": counts["groups"].notes(),
    }


@jmdi.metric(
    "network:mixing",
    "Mixing matrix",
    value_is="ties and density by groups",
    citation="Wasserman & Faust 1994",
    convention=said("actors of unknown group in a bucket of their own, without density"),
    count="jmdi_network.counts:mixed_in_tables",
    finish="jmdi_network.metrics.mixing:mixing_of",
)
def mixing(network: Network, *, groups: Grouping) -> Result:
    """Ties between each two groups, and their share of the pairs; of unknown groups too.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
    """
    return mixing_of(mixed(network, groups))


def mixing_of(counts: Counts, **parameters: object) -> Result:
    """The mixing matrix, from the ties from group to group."""
    import numpy as np

    from jmdi_network.kernels.mixing import possible_pairs

    graph, given = counts["graph"], counts["groups"]
    if graph.n == 0:
        return refused(graph, "empty_graph")
    every, unobserved, pairs = (
        table.astype(np.int64).tolist()
        for table in (counts["ties"], counts["unobserved"], possible_pairs(graph, given))
    )
    arrow = "→" if graph.directed else "–"
    own: list[str] = list(given.labels)
    if any(label == UNKNOWN or f" {arrow} " in label for label in own):
        own = [f'"{label}"' for label in own]  # so that no two pairs have one name
    labels = [*own, UNKNOWN]
    shown = len(labels) if (given.code < 0).any() else len(labels) - 1
    values: dict[str, dict[str, Any]] = {}
    bounds: dict[str, dict[str, Any]] = {}
    for i in range(shown):
        for j in range(0 if graph.directed else i, shown):
            name = f"{labels[i]} {arrow} {labels[j]}"
            ties, lost = every[i][j], unobserved[i][j]
            block: dict[str, Any] = {"ties": ties}
            limits: dict[str, Any] = {"ties": (ties, ties + lost)}
            if i < len(given.labels) and j < len(given.labels):
                possible = pairs[i][j]
                seen = possible - lost
                block |= {"pairs": possible, "density": ties / seen if seen else None}
                if possible:
                    limits["density"] = (ties / possible, (ties + lost) / possible)
            values[name] = block
            if len(graph.unobserved):
                bounds[name] = limits
    if not values:
        return refused(graph, "no_known_group")
    return Result(**basis(graph, values=values, bounds=bounds, **covered(counts)))


@jmdi.metric(
    "network:assortativity",
    "Assortativity",
    range=(-1, 1),
    value_is=lambda kind: "correlation" if kind == "numbers" else "assortativity r",
    citation="Newman 2003",
    accepts=one_mode,
    convention=lambda kind, symmetric: said(
        _ALIKE[kind], "each directed tie counts both ways" if symmetric else "ties as directed"
    ),
    count="jmdi_network.metrics.mixing:count_assortativity",
    finish="jmdi_network.metrics.mixing:assortativity_of",
)
def assortativity(
    network: Network,
    *,
    groups: Grouping,
    kind: Literal["groups", "numbers"] = "groups",
    symmetric: bool = False,
) -> Result:
    """Newman's assortativity: how much more ties join like to like than at random.

    (sum e_kk - sum a_k b_k)/(1 - sum a_k b_k) of the mixing matrix of ties; of numbers Pearson's r
    over ties; of degree in a directed network ties sent at the source and received at the target,
    or all ties if symmetric.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        kind: Whether groups are labels, or numbers (or the word degree).
        symmetric: Whether to count each directed tie both ways.
    """
    if kind == "numbers":
        return _numeric_assortativity(network, groups, symmetric)
    return assortativity_of(mixed(network, groups), symmetric=symmetric)


def count_assortativity(network: Any, *, kind: str, **parameters: Any) -> Counts | None:
    """What an engine counts for it; numbers of both ends of each tie are no counts."""
    return None if kind == "numbers" else mixed_in_tables(network, **parameters)


def assortativity_of(counts: Counts, *, symmetric: bool, **parameters: object) -> Result:
    """Assortativity, from the ties from group to group."""
    import numpy as np

    graph, given = counts["graph"], counts["groups"]
    if (bad := no_groups(graph, given)) is not None:
        return bad
    more = covered(counts)
    ties = counts["ties"][:-1, :-1].astype(np.float64)
    if not graph.directed:
        np.fill_diagonal(ties, 2 * ties.diagonal())
    elif symmetric:
        ties = ties + ties.T
    total = ties.sum()
    if not total:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    shares = ties / total
    agreed = float((shares.sum(axis=1) * shares.sum(axis=0)).sum())
    if 1 - agreed < 1e-12:
        return refused(graph, "single_category", "all ties have both ends in one group", **more)
    value = (float(shares.trace()) - agreed) / (1 - agreed)
    return Result(**basis(graph, value=value, **more))


def _numeric_assortativity(network: Network, given: Grouping, symmetric: bool) -> Result:
    """Pearson's correlation of a number at the two ends of ties."""
    import numpy as np

    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import numbers_of

    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    by_degree = isinstance(given, str) and given == "degree"
    numbers = graph.degrees() if by_degree else numbers_of(network, given, "groups")
    x, y = numbers[graph.source].astype(float), numbers[graph.target].astype(float)
    if by_degree and graph.directed and not symmetric:
        x = graph.degrees("out")[graph.source].astype(float)
        y = graph.degrees("in")[graph.target].astype(float)
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    more: dict[str, Any] = {"n_used": len(x), "n_eligible": graph.m, "of": "ties"}
    if not len(x):
        return refused(graph, "no_ties", "no tie joins two actors of known number", **more)
    if not graph.directed or symmetric:
        x, y = np.concatenate([x, y]), np.concatenate([y, x])
    dx, dy = x - x.mean(), y - y.mean()
    spread = float((dx**2).sum() * (dy**2).sum()) ** 0.5
    if spread <= 1e-12 * float((x**2).sum() * (y**2).sum()) ** 0.5:
        return refused(graph, "single_category", "the number does not vary over ties", **more)
    return Result(**basis(graph, value=float((dx * dy).sum()) / spread, **more))


@jmdi.metric(
    "network:yule-q",
    "Yule's Q",
    range=(-1, 1),
    value_is="Yule's Q",
    citation="Yule 1912",
    accepts=one_mode,
    convention=KNOWN,
    count="jmdi_network.counts:mixed_in_tables",
    finish="jmdi_network.metrics.mixing:yule_q_of",
)
def yule_q(network: Network, *, groups: Grouping) -> Result:
    """(ad-bc)/(ad+bc) of the table of pairs: tied or not, of one group or not.

    With the odds ratio, or the least it can be where an empty cell makes it infinite.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
    """
    return yule_q_of(mixed(network, groups))


def yule_q_of(counts: Counts, **parameters: object) -> Result:
    """Yule's Q, from the ties from group to group."""
    from jmdi_network.kernels.mixing import possible_pairs

    graph, given = counts["graph"], counts["groups"]
    if (bad := no_groups(graph, given)) is not None:
        return bad
    pairs = possible_pairs(graph, given)
    ties, lost = (counts[name][:-1, :-1] for name in ("ties", "unobserved"))
    half = 1 if graph.directed else 2

    def split(matrix: Ints) -> tuple[int, int]:
        inside = int(matrix.diagonal().sum())
        return inside, (int(matrix.sum()) - inside) // half

    same, other = split(ties)
    all_same, all_other = split(pairs - lost)
    a, b, c, d = same, all_same - same, other, all_other - other
    table = {"same_tied": a, "same_untied": b, "other_tied": c, "other_untied": d}
    more = covered(counts)
    if len(graph.unobserved):
        more |= _open_table(table, *split(lost))
    if a * d + b * c == 0 and "lower" in more:
        # of the observed pairs it is undefined, of all of them it need not be
        return Result(**basis(graph, values={**table, "odds_ratio": None}, **more))
    if a * d + b * c == 0:
        reason = "single_category" if len(given.labels) < 2 else "zero_denominator"
        return refused(
            graph,
            reason,
            "the table of pairs has an empty row or column",
            **{**more, "notes": {**more["notes"], **table}},
        )
    ratio = a * d / (b * c) if b * c else None
    values: dict[str, Any] = {**table, "odds_ratio": ratio}
    if ratio is None:
        cells = [max(cell, 1) for cell in (a, b, c, d)]
        bound = cells[0] * cells[3] / (cells[1] * cells[2])
        values["odds_ratio_at_least"] = bound
        more["notes"] = {
            **more["notes"],
            "zero_cell": "the odds ratio has no finite value; the "
            "bound is that of one pair in the empty cell",
        }
    return Result(**basis(graph, value=(a * d - b * c) / (a * d + b * c), values=values, **more))


def _open_table(table: dict[str, int], same: int, other: int) -> dict[str, Any]:
    """Bounds of Yule's Q, of the odds ratio and of the table of pairs.

    Args:
        table: The observed pairs: tied and untied ones of one group, then of different groups.
        same: How many pairs of one group were not observed.
        other: How many of different groups.
    """
    from jmdi_network.kernels.mixing import yule_bounds

    a, b, c, d = table.values()
    found, odds, lost = yule_bounds(a, b, c, d, same, other)
    unknown = (same, same, other, other)
    bounds: dict[str, tuple[float, float]] = {
        name: (count, count + more)
        for (name, count), more in zip(table.items(), unknown, strict=True)
    }
    if odds:
        bounds["odds_ratio"] = min(odds), max(odds)
    ends = {"lower": min(found), "upper": max(found)} if found else {}
    return {**ends, "bounds": bounds, "or_undefined": "zero_denominator" if lost else None}


@jmdi.metric(
    "network:coleman-homophily",
    "Coleman's homophily index",
    range=(-1, 1),
    value_is="index of each group",
    citation="Coleman 1958",
    accepts=one_mode,
    convention=lambda expectation: (
        f"expectation {_OTHERS[expectation]}; undirected ties count for both ends; {KNOWN}"
    ),
    count="jmdi_network.counts:mixed_in_tables",
    finish="jmdi_network.metrics.mixing:coleman_homophily_of",
)
def coleman_homophily(
    network: Network, *, groups: Grouping, expectation: Literal["n-1", "n"] = "n-1"
) -> Result:
    """Coleman's index of each group: its ties within, between none expected and all.

    (s-E)/(S-E) if its ties within s exceed the expectation E, else (s-E)/E; S are all its ties, E =
    S (n_g-1)/(n-1), or S n_g/n.

    Args:
        network: The network.
        groups: The groups: name of a node attribute such as type or country, a mapping by id, or a
            list.
        expectation: S (n_g-1)/(n-1), or S n_g/n.
    """
    return coleman_homophily_of(mixed(network, groups), expectation=expectation)


def coleman_homophily_of(counts: Counts, *, expectation: str, **parameters: object) -> Result:
    """Coleman's index, from the ties from group to group."""
    import numpy as np

    graph, given = counts["graph"], counts["groups"]
    if (bad := no_groups(graph, given)) is not None:
        return bad
    ties = counts["ties"][:-1, :-1].astype(np.float64)
    if not graph.directed:
        np.fill_diagonal(ties, 2 * ties.diagonal())
    sizes = given.sizes
    total = int(sizes.sum())
    values: dict[str, float | None] = {}
    reasons: dict[str, str] = {}
    for i, label in enumerate(given.labels):
        sent, within = float(ties[i].sum()), float(ties[i, i])
        size = int(sizes[i])
        share = size / total if expectation == "n" else (size - 1) / max(total - 1, 1)
        expected = sent * share
        span = sent - expected if within > expected else expected
        values[label] = (within - expected) / span if span > 0 else None
        if span <= 0:
            reasons[label] = "no_ties" if not sent else "zero_denominator"
    more = covered(counts)
    if all(value is None for value in values.values()):
        reason = "no_ties" if "no_ties" in reasons.values() else "zero_denominator"
        return refused(graph, reason, **more)
    if reasons:
        more["notes"] = {**more["notes"], "undefined_groups": reasons}
    return Result(**basis(graph, values=values, **more))
