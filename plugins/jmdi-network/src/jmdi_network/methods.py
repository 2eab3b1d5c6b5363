"""A paragraph for the methods section: what the network is and how it was analysed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jmdi.graph.choosing import is_known
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.specs import DECLARED
from jmdi.running.measuring import run
from jmdi_network.arrays import Graph, graph_of
from jmdi_network.metrics.twomode import bipartite_density

__all__ = ["methods_statement"]


def methods_statement(
    network: Network, *results: Result, about: Mapping[str, str] | None = None
) -> str:
    """A text with the reporting items of GRAND and SoNHR, as far as the data says.

    Args:
        network: The network that was analysed.
        *results: What was computed on it.
        about: What the data does not say, in sentences: ``boundary``, ``collection``,
            ``nodes``, ``ties``, ``time``, ``source``, ``ethics``. Items that nobody gave are
            listed as missing.

    Source: Neal 2023, Guidelines for Reporting About Network Data (GRAND); Luke et al. 2023,
    PLOS ONE e0285236 (SoNHR).
    """
    given = dict(about or {})
    graph = graph_of(network)
    parts = [
        _shape(network, graph),
        _weights(network, graph),
        _attributes(network),
        _missing(graph),
        _disputed(network),
        _left_out(network),
    ]
    parts += [text.rstrip(".") + "." for text in given.values()]
    parts += [_analysis(result) for result in results]
    parts.append(_software())
    lacking = [item for item in _ITEMS if item not in given]
    if lacking:
        parts.append(f"Not stated: {'; '.join(_ITEMS[item] for item in lacking)}.")
    return " ".join(part for part in parts if part)


_ITEMS = {
    "boundary": "how the boundary of the network was drawn",
    "collection": "how and by whom the data was collected",
    "nodes": "what a node is",
    "ties": "what a tie is",
    "time": "when, or for which period, the ties hold",
    "source": "where the data can be had, and under which licence",
    "ethics": "consent and ethics",
}


def _shape(network: Network, graph: Graph) -> str:
    kind = "directed" if graph.directed else "undirected"
    modes = "one-mode"
    if network.mode is not None:
        modes = f"two-mode ({network.mode.count(0)} and {network.mode.count(1)} nodes)"
    return (
        f"The network {network.name!r} is {kind} and {modes}, with {graph.n:,} nodes and "
        f"{graph.m:,} ties{_pieces(network)}."
    )


def _pieces(network: Network) -> str:
    """Density, isolates and components as the metrics have them, as far as they are defined."""
    if not len(network):
        return ""
    density = _density(network)
    shown = f" ({density.title.lower()} {_number(density, '.3g')})" if density.defined else ""
    alone = len(_metric(network, "isolates").contributing)
    pieces = _metric(network, "components")
    return (
        f"{shown}, {alone:,} isolate{'s' * (alone != 1)} and {_number(pieces, ',')} "
        f"component{'s' * (pieces.value != 1)}"
    )


def _metric(network: Network, name: str) -> Result:
    return run(network.model, name, network, {})


def _density(network: Network) -> Result:
    """The density; of two modes that of the pairs of one node of each."""
    if network.mode is None:
        return _metric(network, "density")
    (spec,) = getattr(bipartite_density, DECLARED)
    return run(network.model, spec, network, {})


def _number(result: Result, form: str) -> str:
    """A number, and the bounds of what is not known."""
    value, lower, upper = (
        "" if number is None else format(number, form)
        for number in (result.value, result.lower, result.upper)
    )
    if not lower or lower == upper == value:
        return value
    return f"{value}, {lower} to {upper}" if value else f"{lower} to {upper}"


def _weights(network: Network, graph: Graph) -> str:
    notes = graph.notes
    text = "Ties are not weighted"
    known = [weight for weight in graph.any_weight.tolist() if weight == weight]
    if network.weight is not None and known:
        text = f"Ties have weights from {min(known):g} to {max(known):g}"
        if len(known) < graph.m:
            text += f", {graph.m - len(known):,} of {graph.m:,} not known"
    loops, merged = notes.get("loops_dropped", 0), notes.get("ties_merged", 0)
    return (
        f"{text}; {loops:,} {'loop was' if loops == 1 else 'loops were'} dropped and "
        f"{merged:,} parallel tie{'s' * (merged != 1)} merged."
    )


def _attributes(network: Network) -> str:
    known = []
    for name in network.node_attributes:
        values = network.node_attributes[name]
        count = sum(map(is_known, values))
        if count and name != "label":
            known.append(f"{name} ({count / len(values):.0%} known)".replace("%", " %"))
    return f"Node attributes: {', '.join(known)}." if known else ""


def _missing(graph: Graph) -> str:
    count = len(graph.unobserved)
    if not count:
        return "No pair of nodes is recorded as unobserved."
    share = f"{100 * count / graph.dyads:.1f}"
    share = "below 0.1" if share == "0.0" else share
    pairs = "1 pair" if count == 1 else f"{count:,} pairs"
    were = "was" if count == 1 else "were"
    return f"{pairs} ({share} %) {were} not observed; where a measure allows, bounds are given."


def _disputed(network: Network) -> str:
    count = len(network.disputed)
    if not count:
        return ""
    rule = network.notes.get("reports")
    how = f" they count by the rule {rule!r}, and" if rule else ""
    pairs = f"{count:,} pair{'s' * (count != 1)}"
    return f"Reports of {pairs} differ in whether there is a tie;{how} the bounds take both."


def _left_out(network: Network) -> str:
    shown = {k: v for k, v in network.notes.items() if isinstance(v, (int, float, str)) and v}
    if not shown:
        return ""
    said = (f"{name.replace('_', ' ')}: {value}" for name, value in shown.items())
    return "Of the projection: " + ", ".join(said) + "."


def _analysis(result: Result) -> str:
    text = result.cite().rstrip(".")
    values: Mapping[str, Any] = result.values or {}
    if "distinct_states" in result.notes and "draws" in values:
        text += f". {values['draws']:,} {result.of}"
        if "acceptance" in result.notes:
            text += f", acceptance {result.notes['acceptance']:.2f}"
        text += f", {result.notes['distinct_states']:,} distinct"
        if values.get("undefined_draws"):
            text += f", undefined in {values['undefined_draws']:,}"
    if result.coverage is not None and result.coverage < 1:
        text += f". Based on {result.n_used:,} of {result.n_eligible:,} {result.of}"
    if not result.defined:
        text += f". Undefined: {result.why}"
    return text + "."


def _software() -> str:
    versions: Sequence[tuple[str, str]] = [
        (name, _version(name)) for name in ("jmdi", "jmdi-network", "numpy", "scipy", "numba")
    ]
    return "Software: " + ", ".join(f"{name} {version}" for name, version in versions) + "."


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed as a package)"
