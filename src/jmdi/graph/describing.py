"""A network in a table: its nodes by metrics, and what a paper says of it first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from jmdi.errors import NotFound
from jmdi.graph.pairs import Pairs, pairs_of
from jmdi.graph.table import Table
from jmdi.metrics.rows import rows_of
from jmdi.plugins.known import install_for

if TYPE_CHECKING:
    from jmdi.graph.network import Network
    from jmdi.metrics.result import Number, Result

__all__ = ["Measures", "named_results", "node_table", "summary", "why_not", "why_not_one"]

Measures: TypeAlias = "Iterable[str | Result] | Mapping[str, str | Result]"
"""Metrics by name, or Results of them; a mapping gives each the heading of its column."""


def named_results(network: Network, metrics: Measures) -> dict[str, Result | str]:
    """The Result of each metric by its heading, or why there is none.

    Raises:
        NotFound: If there is no metric of a name, and no plugin is known that has it.
    """
    if isinstance(metrics, Mapping):
        return {str(heading): _measured(network, one) for heading, one in metrics.items()}
    found: dict[str, Result | str] = {}
    for one in (metrics,) if isinstance(metrics, str) else metrics:
        heading = one if isinstance(one, str) else getattr(one, "metric", "")
        while heading in found:
            heading += "'"
        found[heading] = _measured(network, one)
    return found


def _measured(network: Network, metric: str | Result) -> Result | str:
    """A Result, or the one of a metric; what to install where its plugin is missing."""
    if not isinstance(metric, str):
        if not hasattr(metric, "defined"):
            raise TypeError(f"name a metric, or give a Result, not {metric!r:.40}")
        return metric
    try:
        return network.metric(metric)
    except NotFound:
        cure = install_for("metric", metric)
        if not cure:
            raise
        return cure


def why_not(result: Result | str) -> str:
    """Why there is no value, in a sentence; empty where there is one."""
    if isinstance(result, str):
        return result
    if result.not_applicable:
        return f"not applicable: {result.why}"
    return f"undefined: {result.undefined} ({result.why})" if result.undefined is not None else ""


def why_not_one(result: Result | str) -> str:
    """Why there is no single value, in a sentence; empty where there is one, or an interval."""
    if why := why_not(result):
        return why
    several = not isinstance(result, str) and result.status == "values"
    return "it has several values, not one" if several else ""


def node_table(network: Network, metrics: Measures, attributes: Iterable[str]) -> Table:
    """See :meth:`jmdi.Network.table`."""
    columns: dict[str, Sequence[Any]] = {"node": network.nodes}

    def add(heading: str, cells: Sequence[Any]) -> None:
        while heading in columns:
            heading += "'"
        columns[heading] = cells

    chosen = [attributes] if isinstance(attributes, str) else list(attributes)
    if "label" in network.node_attributes and "label" not in chosen:
        chosen = ["label", *chosen]
    for name in dict.fromkeys(chosen):
        if name not in network.node_attributes:
            raise NotFound("node attribute", name, tuple(network.node_attributes))
        add(name, network.node_attributes[name])
    notes: list[str] = []
    for heading, result in named_results(network, metrics).items():
        why = why_not(result)
        if isinstance(result, str) or result.values is None:
            if not why:
                raise ValueError(f"{heading} has one value for all nodes, and none for each")
            add(heading, (None,) * len(network))
            notes.append(f"{heading}: {why}")
            continue
        if others := [key for key in result.values if key not in network.index]:
            raise ValueError(f"{heading} has no value for each node, but for {others[0]!r}")
        names, rows = rows_of(result.values, result.bounds, {})
        by_node = {row[0]: row[1:] for row in rows}
        for place, name in enumerate(names[1:]):
            title = heading if name == "value" else f"{heading} {name}"
            nothing = (None,) * len(names)
            add(title, [by_node.get(node, nothing)[place] for node in network.nodes])
        if result.coverage is not None and result.coverage < 1:
            notes.append(f"{heading}: from {result.n_used} of {result.n_eligible} {result.of}")
    add("coverage", _coverage(network))
    return Table(columns, zip(*columns.values(), strict=True), notes=notes)


def _coverage(network: Network) -> list[float | None]:
    """The share of the pairs of each node that was observed; ``None`` if it has no pairs."""
    n = len(network)
    others = [n - 1] * n
    if network.mode is not None:
        sizes = Counter(network.mode)
        others = [sizes[1 - mode] for mode in network.mode]
    times = 2 if network.directed else 1
    lost = Counter(i for pair in network.unobserved for i in pair)
    return [1 - lost[i] / (times * count) if count else None for i, count in enumerate(others)]


def summary(network: Network, more: Measures) -> Table:
    """See :meth:`jmdi.Network.summary`."""
    pairs = pairs_of(network)
    disputed = {i * pairs.n + j for i, j in network.disputed}
    fewest = len(pairs.tied - disputed)
    most = len(pairs.tied | disputed) + len(pairs.unobserved)
    rows = [*_sizes(network), ("Ties", len(pairs.tied), fewest, most)]
    n = network.n_nodes
    if n and network.mode is None:
        each = 1 if network.directed else 2
        mean, low, high = (each * m / n for m in (len(pairs.tied), fewest, most))
        rows.append(("Mean degree", mean, low, high))
    notes = _notes(pairs, len(disputed))
    open_: dict[str, list[str]] = {}
    for name, result in {
        **named_results(network, _usual(network)),
        **named_results(network, more),
    }.items():
        if not isinstance(result, str) and result.no_bounds:
            open_.setdefault(result.no_bounds, []).append(result.title or name)
        if why := why_not_one(result):
            title = name if isinstance(result, str) else result.title or name
            rows.append((title, None, None, None))
            notes.append(f"{title}: {why}")
        elif not isinstance(result, str):
            rows += _rows(network, result)
    notes += [f"bounds not known of {', '.join(ones)}: {why}" for why, ones in open_.items()]
    return Table(("measure", "value", "lower", "upper"), rows, notes=notes)


Row: TypeAlias = tuple[str, float | None, float | None, float | None]


def _sizes(network: Network) -> list[Row]:
    if network.mode is None:
        return [("Nodes", network.n_nodes, network.n_nodes, network.n_nodes)]
    counts = [network.mode.count(mode) for mode in (0, 1)]
    words = ("Nodes of the first mode", "Nodes of the second mode")
    return [(word, count, count, count) for word, count in zip(words, counts, strict=True)]


def _notes(pairs: Pairs, disputed: int) -> list[str]:
    """What the bounds rest on."""
    notes = []
    if pairs.unobserved:
        notes.append(
            f"{len(pairs.unobserved):,} of {pairs.possible:,} pairs were not observed; lower and "
            "upper are what they allow"
        )
    if disputed:
        notes.append(f"of {disputed:,} pairs, reports disagree whether they are tied")
    return notes


def _usual(network: Network) -> list[str]:
    """The metrics of a first table that make sense for a network."""
    names = ["density", "components", "isolates"]
    if network.mode is not None:
        return ["bipartite-density", *names[1:]]
    names += ["degree-centralization", "betweenness-centralization"]
    names += ["reciprocity"] * network.directed + ["transitivity"]
    said = (network.edge_attributes.get(name, ()) for name in ("reported_by", "reports"))
    return names + ["response-rate"] * any(map(any, said))


def _rows(network: Network, result: Result) -> list[Row]:
    """The rows of a result: of isolates their number, of components the largest one too."""
    title = result.title or result.metric
    ends = (result.lower, result.upper)
    value = None if result.value is None else _plain(result.value)
    if ends == (None, None) and not result.no_bounds:
        ends = (result.value, result.value)
    lower, upper = (None if end is None else _plain(end) for end in ends)
    if result.metric == "isolates":
        counts = [
            None if share is None else round(share * network.n_nodes)
            for share in (value, lower, upper)
        ]
        return [("Isolates", counts[0], counts[1], counts[2])]
    rows: list[Row] = [(title, value, lower, upper)]
    if result.metric == "components" and result.values is not None:
        largest = result.values["largest"]
        low, high = result.bounds.get("largest", (largest, largest))
        rows.append(("Nodes of the largest component", largest, low, high))
    return rows


def _plain(number: Number) -> float:
    return number if isinstance(number, int) else float(number)
