"""Groups of actors, with those that are not known kept apart."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from jmdi.classes import frozen
from jmdi.errors import BadParameter, NotFound
from jmdi.graph.network import Network
from jmdi_network.arrays import GROUPS_KEY, Floats, Ints
from jmdi_network.parameters import Grouping

__all__ = ["UNKNOWN", "Groups", "column", "groups_of", "is_known", "numbers_of"]

UNKNOWN = -1
"""The code of an actor whose group is not known."""


@frozen(eq=False)
class Groups:
    """The group of each actor.

    Attributes:
        labels: The groups in alphabetical order, so that it does not depend on the nodes'.
        code: For each node the index of its group, `UNKNOWN` if it is not known; int64.
    """

    labels: tuple[str, ...]
    code: Ints

    @functools.cached_property
    def sizes(self) -> Ints:
        """Number of actors of each group."""
        return np.bincount(self.code - UNKNOWN, minlength=len(self.labels) + 1)[1:]

    @property
    def known(self) -> Ints:
        """Which actors have a known group."""
        return self.code >= 0

    def notes(self) -> dict[str, int]:
        """How many actors have no known group, if any."""
        unknown = int((self.code < 0).sum())
        return {"group_unknown": unknown} if unknown else {}


def column(network: Network, given: Grouping, name: str = "groups") -> Sequence[Any]:
    """A value for each node.

    Args:
        network: The network.
        given: Name of a node attribute, a mapping by id, or a sequence in node order.
        name: Name of the parameter, for messages.

    Raises:
        BadParameter: If it is none of these, or its length does not fit.
        NotFound: If there is no such attribute; it names the near ones.
    """
    if isinstance(given, str):
        if given not in network.node_attributes:
            raise NotFound("node attribute", given, tuple(network.node_attributes))
        return network.node_attributes[given]
    if isinstance(given, Mapping):
        for id in cast("Mapping[str, object]", given):
            network.place(id)
        return [given.get(id) for id in network.nodes]
    if isinstance(given, (Sequence, np.ndarray)) and not isinstance(given, (bytes, bytearray)):
        if len(given) != len(network):
            raise BadParameter(f"{name} has {len(given)} values for {len(network)} nodes")
        return list(given)
    raise BadParameter(
        f"{name} is the name of a node attribute, a mapping by id or a sequence, not {given!r:.40}"
    )


def groups_of(network: Network, given: Grouping) -> Groups:
    """The groups of a network's actors; ``None`` and NaN are not known.

    Raises:
        BadParameter: If they are given in no known form.
        NotFound: If there is no such attribute or node; it names the near ones.
    """
    if isinstance(given, str):
        cache: dict[str, Any] = network._cache
        key = GROUPS_KEY + given
        if key not in cache:
            cache[key] = _coded(column(network, given))
        found: Groups = cache[key]
        return found
    return _coded(column(network, given))


def _coded(values: Sequence[Any]) -> Groups:
    if set(map(type, values)) <= {str, type(None)}:
        texts = values
    else:
        texts = [_text(value) for value in values]
    labels = tuple(sorted({text for text in texts if text is not None}))
    place: dict[str | None, int] = {label: i for i, label in enumerate(labels)}
    place[None] = UNKNOWN
    return Groups(labels, np.array([place[text] for text in texts], dtype=np.int64))


def is_known(value: object) -> bool:
    """Whether a value is one: ``None`` and NaN are not."""
    return value is not None and not (isinstance(value, (float, np.floating)) and math.isnan(value))


def _text(value: object) -> str | None:
    if type(value) is int:
        return str(value)
    if not is_known(value):
        return None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def numbers_of(network: Network, given: Grouping, name: str) -> Floats:
    """Numbers of a network's actors as float64; what is not known is NaN.

    Raises:
        BadParameter: If a value is not a number.
    """
    values = column(network, given, name)
    try:
        found = np.array([np.nan if v is None else float(v) for v in values])
    except (TypeError, ValueError):
        raise BadParameter(f"{name} must be numbers") from None
    for id, given_, number in zip(network.nodes, values, found.tolist(), strict=True):
        if isinstance(given_, str) or math.isinf(number):
            raise BadParameter(f"{name} must be finite numbers, but node {id!r} has {given_!r}")
    return found
