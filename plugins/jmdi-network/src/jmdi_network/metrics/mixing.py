"""Who is tied to whom by group: mixing, E-I index, assortativity, homophily, heterogeneity."""

from __future__ import annotations

from typing import Any

import numpy as np

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi_network.arrays import Floats, Graph, Ints, graph_of
from jmdi_network.groups import Groups, groups_of, numbers_of
from jmdi_network.reporting import basis, per_node, refused

__all__ = [
    "assortativity",
    "coleman_homophily",
    "ei_index",
    "heterogeneity",
    "mixing",
    "mixing_matrix",
    "yule_q",
]


def mixing_matrix(graph: Graph, groups: Groups, *, keys: Ints | None = None) -> Ints:
    """Ties from group to group, int64; the last row and column are of unknown groups.

    For an undirected graph the tie between groups X and Y stands in both cells, one within X
    once in its cell.

    Args:
        graph: The graph.
        groups: The groups of its nodes.
        keys: Other ties than its own, as ``source * n + target``.
    """
    from jmdi_network.kernels.local import mixed

    size = len(groups.labels) + 1
    source = graph.source if keys is None else keys // max(graph.n, 1)
    target = graph.target if keys is None else keys % max(graph.n, 1)
    code = np.where(groups.code < 0, size - 1, groups.code).astype(np.int32)
    matrix = mixed(source, target, code, size)
    if not graph.directed:
        inside = np.diag(matrix.diagonal())
        matrix = matrix + matrix.T - inside
    return matrix


def possible_pairs(graph: Graph, groups: Groups) -> Ints:
    """The pairs that could be tied, in the form of `mixing_matrix` without the unknown."""
    sizes = groups.sizes.astype(np.int64)
    if graph.mode is not None:
        first = np.array(graph.mode) == 0
        one, other = (
            np.bincount(groups.code[groups.known & of], minlength=len(sizes))
            for of in (first, ~first)
        )
        pairs = np.outer(one, other) + np.outer(other, one)
        np.fill_diagonal(pairs, one * other * (2 if graph.directed else 1))
        return pairs
    pairs = np.outer(sizes, sizes)
    inside = sizes * (sizes - 1) // (1 if graph.directed else 2)
    np.fill_diagonal(pairs, inside)
    return pairs


def _no_groups(graph: Graph, groups: Groups) -> Result | None:
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if not groups.labels:
        return refused(graph, "no_known_group", n_used=0)
    return None


def _coverage(graph: Graph, groups: Groups) -> dict[str, Any]:
    """How many ties have two ends of known group."""
    known = groups.known[graph.source] & groups.known[graph.target]
    return {
        "n_used": int(known.sum()),
        "n_eligible": graph.m,
        "of": "ties",
        "notes": groups.notes(),
    }


def mixing(network: Network, *, groups: Any) -> Result:
    """Ties and density between each two groups."""
    graph, given = graph_of(network), groups_of(network, groups)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    counts = mixing_matrix(graph, given)
    unknown = mixing_matrix(graph, given, keys=graph.unobserved)
    pairs = possible_pairs(graph, given)
    labels = [*given.labels, "(unknown)"]
    shown = len(labels) if (given.code < 0).any() else len(labels) - 1
    values: dict[str, dict[str, Any]] = {}
    for i in range(shown):
        for j in range(0 if graph.directed else i, shown):
            block: dict[str, Any] = {"ties": int(counts[i, j])}
            if i < len(given.labels) and j < len(given.labels):
                seen = int(pairs[i, j] - unknown[i, j])
                block["pairs"] = int(pairs[i, j])
                block["density"] = int(counts[i, j]) / seen if seen else None
                if unknown[i, j]:
                    block["lower"] = int(counts[i, j]) / int(pairs[i, j])
                    block["upper"] = int(counts[i, j] + unknown[i, j]) / int(pairs[i, j])
            values[
                f"{labels[i]} → {labels[j]}" if graph.directed else f"{labels[i]} – {labels[j]}"
            ] = block
    if not values:
        return refused(graph, "no_known_group")
    return Result(**basis(graph, values=values, **_coverage(graph, given)))


def _ratio(external: float, internal: float) -> float | None:
    total = external + internal
    return (external - internal) / total if total else None


def ei_index(
    network: Network,
    *,
    groups: Any,
    level: str = "network",
    ties: str = "all",
    draws: int = 0,
    seed: int = 1,
) -> Result:
    """Krackhardt and Stern's E-I index: external minus internal ties over all."""
    if draws and level != "network":
        raise BadParameter(
            f"draws test the index of the network, not those of level={level!r}: "
            "leave them out, or take level='network'"
        )
    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := _no_groups(graph, given)) is not None:
        return bad
    if level == "network":
        return _ei_network(network, graph, given, draws, seed)
    if level == "node":
        return _ei_nodes(graph, given, ties)
    return _ei_groups(graph, given, ties)


def _ei_network(network: Network, graph: Graph, groups: Groups, draws: int, seed: int) -> Result:
    size = len(groups.labels)
    source, target = groups.code[graph.source], groups.code[graph.target]
    known = (source >= 0) & (target >= 0)
    internal = int((known & (source == target)).sum())
    external = int(known.sum()) - internal
    pairs = possible_pairs(graph, groups)
    inside = int(pairs.diagonal().sum())
    outside = (int(pairs.sum()) - inside) // (1 if graph.directed else 2)
    value = _ratio(external, internal)
    more = _coverage(graph, groups)
    if value is None:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    values: dict[str, Any] = {
        "external": external,
        "internal": internal,
        "expected": _ratio(outside, inside),
    }
    values["external_density"] = external / outside if outside else None
    values["internal_density"] = internal / inside if inside else None
    if draws:
        from jmdi_network.nulls.comparing import null

        found = null(
            network,
            "network:ei-index",
            parameters={"groups": _by_id(groups, graph)},
            model="labels",
            draws=draws,
            seed=seed,
        )
        test = found.values or {}
        values |= {name: test.get(name) for name in ("mean", "sd", "z", "p")}
        more |= {"seed": found.seed}
        more["notes"] = {**more["notes"], "test": found.convention, "draws": test.get("draws")}
    bounds = _ei_bounds(graph, groups, external, internal) if len(graph.unobserved) else {}
    values["groups"] = size
    return Result(**basis(graph, value=value, values=values, **more, **bounds))


def _by_id(groups: Groups, graph: Graph) -> dict[str, str | None]:
    labels = [groups.labels[code] if code >= 0 else None for code in groups.code.tolist()]
    return dict(zip(graph.nodes, labels, strict=True))


def _ei_bounds(graph: Graph, groups: Groups, external: int, internal: int) -> dict[str, float]:
    """The index with all unobserved ties between groups, and with all of those within."""
    n = graph.n
    a, b = groups.code[graph.unobserved // n], groups.code[graph.unobserved % n]
    within = int(((a >= 0) & (a == b)).sum())
    between = int(((a >= 0) & (b >= 0) & (a != b)).sum())
    low, high = _ratio(external, internal + within), _ratio(external + between, internal)
    return {"lower": low if low is not None else 0.0, "upper": high if high is not None else 0.0}


def _contacts(graph: Graph, ties: str) -> Any:
    """Who is a contact of whom, 1 for each, by ties sent, received or either."""
    return graph.binary({"out": "out", "in": "in", "all": "both"}[ties])


def _ei_nodes(graph: Graph, groups: Groups, ties: str) -> Result:
    matrix = _contacts(graph, ties)
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    mine, theirs = groups.code[rows], groups.code[matrix.indices]
    known = (mine >= 0) & (theirs >= 0)
    internal = np.bincount(rows, known & (mine == theirs), graph.n)
    external = np.bincount(rows, known & (mine != theirs), graph.n)
    total = internal + external
    scores = (external - internal) / np.maximum(total, 1)
    return per_node(graph, scores, missing=total == 0, notes=groups.notes())


def _ei_groups(graph: Graph, groups: Groups, ties: str) -> Result:
    counts = mixing_matrix(graph, groups)[:-1, :-1]
    inside = counts.diagonal()
    sent, received = counts.sum(axis=1) - inside, counts.sum(axis=0) - inside
    if not graph.directed or ties == "out":
        outside = sent
    else:
        outside = received if ties == "in" else sent + received
    values = {
        label: _ratio(int(outside[i]), int(inside[i])) for i, label in enumerate(groups.labels)
    }
    if all(value is None for value in values.values()):
        return refused(graph, "no_ties", "no tie joins two actors of known group")
    return Result(**basis(graph, values=values, **_coverage(graph, groups)))


def assortativity(
    network: Network, *, groups: Any, kind: str = "groups", symmetric: bool = False
) -> Result:
    """Newman's assortativity: how much more ties join like to like than at random."""
    graph = graph_of(network)
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if kind == "numbers":
        return _numeric_assortativity(network, graph, groups, symmetric)
    given = groups_of(network, groups)
    if (bad := _no_groups(graph, given)) is not None:
        return bad
    more = _coverage(graph, given)
    counts = mixing_matrix(graph, given)[:-1, :-1].astype(np.float64)
    if not graph.directed:
        np.fill_diagonal(counts, 2 * counts.diagonal())
    elif symmetric:
        counts = counts + counts.T
    total = counts.sum()
    if not total:
        return refused(graph, "no_ties", "no tie joins two actors of known group", **more)
    shares = counts / total
    agreed = float((shares.sum(axis=1) * shares.sum(axis=0)).sum())
    if 1 - agreed < 1e-12:
        return refused(graph, "single_category", "all ties have both ends in one group", **more)
    value = (float(shares.trace()) - agreed) / (1 - agreed)
    return Result(**basis(graph, value=value, **more))


def _numeric_assortativity(network: Network, graph: Graph, given: Any, symmetric: bool) -> Result:
    """Pearson's correlation of a number at the two ends of ties."""
    numbers = graph.degrees() if given == "degree" else numbers_of(network, given, "groups")
    x, y = numbers[graph.source].astype(float), numbers[graph.target].astype(float)
    if given == "degree" and graph.directed and not symmetric:
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
    if spread <= 1e-12 * max(1.0, float((x**2).sum())):
        return refused(graph, "single_category", "the number does not vary over ties", **more)
    return Result(**basis(graph, value=float((dx * dy).sum()) / spread, **more))


def yule_q(network: Network, *, groups: Any) -> Result:
    """Yule's Q of the table of pairs: tied or not, by same group or not."""
    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := _no_groups(graph, given)) is not None:
        return bad
    pairs, counts = possible_pairs(graph, given), mixing_matrix(graph, given)[:-1, :-1]
    lost = mixing_matrix(graph, given, keys=graph.unobserved)[:-1, :-1]
    half = 1 if graph.directed else 2

    def split(matrix: Ints) -> tuple[int, int]:
        inside = int(matrix.diagonal().sum())
        return inside, (int(matrix.sum()) - inside) // half

    same, other = split(counts)
    all_same, all_other = split(pairs - lost)
    a, b, c, d = same, all_same - same, other, all_other - other
    table = {"same_tied": a, "same_untied": b, "other_tied": c, "other_untied": d}
    more = _coverage(graph, given)
    if a * d + b * c == 0:
        reason = "single_category" if len(given.labels) < 2 else "zero_denominator"
        return refused(
            graph,
            reason,
            "the table of pairs has an empty row or column",
            **{**more, "notes": {**more["notes"], **table}},
        )
    ratio = a * d / (b * c) if b * c and a * d else None
    values: dict[str, Any] = {**table, "odds_ratio": ratio}
    if ratio is None:
        cells = [max(cell, 1) for cell in (a, b, c, d)]
        bound = cells[0] * cells[3] / (cells[1] * cells[2])
        values["odds_ratio_at_least" if b * c == 0 else "odds_ratio_at_most"] = bound
        more["notes"] = {
            **more["notes"],
            "zero_cell": "the odds ratio has no finite value; the "
            "bound is that of one pair in the empty cell",
        }
    return Result(**basis(graph, value=(a * d - b * c) / (a * d + b * c), values=values, **more))


def coleman_homophily(network: Network, *, groups: Any, expectation: str = "n-1") -> Result:
    """Coleman's index of each group: its ties within, between none expected and all."""
    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := _no_groups(graph, given)) is not None:
        return bad
    counts = mixing_matrix(graph, given)[:-1, :-1].astype(np.float64)
    if not graph.directed:
        np.fill_diagonal(counts, 2 * counts.diagonal())
    sizes = given.sizes
    total = int(sizes.sum())
    values: dict[str, float | None] = {}
    reasons: dict[str, str] = {}
    for i, label in enumerate(given.labels):
        sent, within = float(counts[i].sum()), float(counts[i, i])
        size = int(sizes[i])
        share = size / total if expectation == "n" else (size - 1) / max(total - 1, 1)
        expected = sent * share
        span = sent - expected if within > expected else expected
        values[label] = (within - expected) / span if span > 0 else None
        if span <= 0:
            reasons[label] = "no_ties" if not sent else "zero_denominator"
    more = _coverage(graph, given)
    if all(value is None for value in values.values()):
        reason = "no_ties" if "no_ties" in reasons.values() else "zero_denominator"
        return refused(graph, reason, **more)
    if reasons:
        more["notes"] = {**more["notes"], "undefined_groups": reasons}
    return Result(**basis(graph, values=values, **more))


def _diversity(counts: Floats) -> tuple[Floats, Floats]:
    """Blau's index and the Hill number of order 1 of each row."""
    total = counts.sum(axis=1, keepdims=True)
    share = counts / np.maximum(total, 1)
    logs = np.log(np.where(share > 0, share, 1.0))
    return 1 - (share**2).sum(axis=1), np.exp(-(share * logs).sum(axis=1))


def heterogeneity(
    network: Network, *, groups: Any, of: str = "partners", ties: str = "all"
) -> Result:
    """Blau's index, IQV and effective number of the groups of partners, or of all actors."""
    if of not in ("partners", "actors"):
        raise BadParameter("of is 'partners' or 'actors'")
    graph, given = graph_of(network), groups_of(network, groups)
    if (bad := _no_groups(graph, given)) is not None:
        return bad
    size = len(given.labels)
    highest = 1 - 1 / size
    if of == "actors":
        blau, hill = _diversity(given.sizes[None, :].astype(float))
        values = {
            "blau": float(blau[0]),
            "iqv": float(blau[0]) / highest if highest else None,
            "effective": float(hill[0]),
        }
        return Result(
            **basis(
                graph,
                value=values["blau"],
                values=values,
                n_used=int(given.known.sum()),
                notes=given.notes(),
            )
        )
    matrix = _contacts(graph, ties)
    rows = np.repeat(np.arange(graph.n), np.diff(matrix.indptr))
    theirs = given.code[matrix.indices]
    known = theirs >= 0
    flat = np.bincount(rows[known] * size + theirs[known], minlength=graph.n * size)
    counts = flat.reshape(graph.n, size).astype(float)
    blau, hill = _diversity(counts)
    none = counts.sum(axis=1) == 0
    columns = {"blau": blau, "effective": hill}
    if highest:
        columns["iqv"] = blau / highest
    mean: dict[str, Any] = {} if none.all() else {"value": float(blau[~none].mean())}
    return per_node(graph, columns, missing=none, notes=given.notes(), **mean)
