"""How the specs of this plugin are written down."""

from __future__ import annotations

from typing import Any

from jmdi.graph.network import Network
from jmdi.plugins.specs import Metric, Parameter

__all__ = ["DIRECTION", "GROUPS", "SEED", "SIMPLE", "metric", "one_mode", "two_modes"]

SIMPLE = "loops dropped, parallel ties merged"

GROUPS = Parameter(
    "groups",
    "The groups: name of a node attribute such as type or country, a mapping by id, or a list",
    required=True,
)

SEED = Parameter("seed", "Seed of the random numbers", default=1)


def DIRECTION(*choices: str, doc: str = "Which ties count in a directed network") -> Parameter:
    """The parameter that says which ties count; the first choice is the default."""
    return Parameter("direction", doc, default=choices[0], choices=choices)


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


def metric(
    name: str, run: str, title: str, doc: str, *parameters: Parameter, cite: str, **more: Any
) -> Metric:
    """A metric of the plugin.

    Args:
        name: Its name without that of the plugin.
        run: Module and function, without the package.
        title: Its name in the field.
        doc: Its definition.
        *parameters: Its parameters.
        cite: Where the definition comes from.
        **more: Other members of the spec.
    """
    return Metric(
        f"network:{name}",
        f"jmdi_network.{run}",
        title=title,
        parameters=parameters,
        citation=cite,
        doc=doc,
        **{"convention": SIMPLE, **more},
    )
