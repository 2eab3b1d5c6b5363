"""What the conventions of several metrics say, and which networks metrics are for."""

from __future__ import annotations

from jmdi.graph.network import Network

__all__ = [
    "COMPONENTS",
    "KNOWN",
    "SIMPLE",
    "along",
    "one_mode",
    "said",
    "sides",
    "tie_lengths",
    "two_modes",
    "weights",
]

SIMPLE = "loops dropped, parallel ties merged"

KNOWN = f"actors of unknown groups apart, never as one; {SIMPLE}"

COMPONENTS = {
    "weak": "direction ignored",
    "strong": "paths both ways along the direction of ties",
}
"""What joins the nodes of a component, for ``kind``."""


def said(*parts: str) -> str:
    """The sentence of these parts, empty ones left out, that ends in `SIMPLE`."""
    return "; ".join(part for part in (*parts, SIMPLE) if part)


def sides(direction: str) -> str:
    """Which ties of a directed network count, for ``direction``."""
    return {
        "all": "directed: sent and received ties",
        "out": "directed: ties sent",
        "in": "directed: ties received",
        "simple": "direction ignored",
    }[direction]


def along(direction: str) -> str:
    """Which way distances are taken, for ``direction``."""
    return f"distances {'along' if direction == 'out' else 'against'} the direction of ties"


def weights(weighted: bool) -> str:
    """Whether weights count."""
    return "ties count by weight" if weighted else "each tie counts 1"


def tie_lengths(length: str | None, alpha: float) -> str:
    """How long ties are."""
    if length is None:
        return "ties of length 1"
    if length == "inverse":
        return "length: mean weight over weight" + (f", each to the {alpha:g}" * (alpha != 1))
    return f"length: the ties' {length}"


def one_mode(network: Network) -> bool | str:
    """Metrics over all pairs make no sense where half of the pairs cannot be tied."""
    if network.mode is None:
        return True
    return "the network has two modes; project it onto one with jmdi_network.onto"


def two_modes(network: Network) -> bool | str:
    """Whether a network has two modes, or why a metric of those cannot be computed."""
    if network.mode is not None:
        return True
    return "the network has one mode; project to two, as with 'actors-initiatives'"
