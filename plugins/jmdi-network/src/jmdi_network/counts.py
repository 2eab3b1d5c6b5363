"""What metrics are made of, counted by an engine on a network in tables.

Such a network has pairs that were not observed only where it has no direction.
Each function gives what a function of the same name without ``_in_tables`` counts on arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from jmdi.classes import frozen
from jmdi.graph.network import Network
from jmdi.metrics.result import UndefinedResult
from jmdi.metrics.types import Counts
from jmdi_network.parameters import Grouping

if TYPE_CHECKING:
    from jmdi_network.arrays import Ints
    from jmdi_network.groups import Groups

__all__ = [
    "Outline",
    "Sized",
    "degrees",
    "degrees_in_tables",
    "groups_in_tables",
    "known_weights",
    "mixed",
    "mixed_in_tables",
    "parts_in_tables",
    "sizes_in_tables",
    "strengths_in_tables",
    "unknown_weights",
]


class Sized(Protocol):
    """What Results say of a graph, whether its ties are in memory or not."""

    @property
    def nodes(self) -> Sequence[str]:
        """Ids."""
        raise NotImplementedError

    @property
    def n(self) -> int:
        """Number of nodes."""
        raise NotImplementedError

    @property
    def m(self) -> int:
        """Number of ties."""
        raise NotImplementedError

    @property
    def dyads(self) -> int:
        """Number of pairs that could be tied."""
        raise NotImplementedError

    @property
    def directed(self) -> bool:
        """Whether ties have a direction."""
        raise NotImplementedError

    @property
    def mode(self) -> Sequence[int] | None:
        """For a two-mode network 0 or 1 for each node."""
        raise NotImplementedError

    @property
    def unobserved(self) -> Any:
        """Pairs that were not observed."""
        raise NotImplementedError

    @property
    def notes(self) -> Mapping[str, int]:
        """What was left out, with counts."""
        raise NotImplementedError


@frozen(eq=False)
class Outline:
    """What Results say of a graph whose ties an engine keeps.

    Attributes:
        network: The network in tables.
    """

    network: Any

    @property
    def mode(self) -> Sequence[int] | None:
        """For a two-mode network 0 or 1 for each node."""
        mode: Sequence[int] | None = self.network.mode
        return mode

    @property
    def directed(self) -> bool:
        """Whether ties have a direction."""
        return bool(self.network.directed)

    @property
    def unobserved(self) -> Sequence[int]:
        """As many numbers as there are pairs that were not observed."""
        return range(self.network.n_unseen)

    @property
    def notes(self) -> Mapping[str, int]:
        """What was left out."""
        unseen = self.network.n_unseen
        found = {"loops_dropped": self.network.loops, "ties_merged": self.network.merged}
        return found | ({"pairs_unobserved": unseen} if unseen else {})

    @property
    def nodes(self) -> Sequence[str]:
        """Ids, in order."""
        ids: Sequence[str] = self.network.ids
        return ids

    @property
    def n(self) -> int:
        """Number of nodes."""
        return int(self.network.n_nodes)

    @property
    def m(self) -> int:
        """Number of ties."""
        return int(self.network.n_pairs)

    @property
    def dyads(self) -> int:
        """Number of pairs that could be tied, ordered ones if ties have a direction."""
        return int(self.network.n_possible)

    @property
    def mutual(self) -> int:
        """Number of pairs that are tied both ways."""
        return int(self.network.n_mutual)


def groups_in_tables(network: Any, groups: Grouping) -> Groups:
    """The groups of the nodes of a network in tables."""
    from jmdi_network.groups import groups_of

    return groups_of(network.frame(groups if isinstance(groups, str) else ""), groups)


def sizes_in_tables(network: Any, **parameters: object) -> Counts:
    """Numbers of nodes and of ties."""
    return {"graph": Outline(network)}


def parts_in_tables(network: Any, *, kind: str, **parameters: object) -> Counts | None:
    """The sizes of components; strong ones of a directed network are found in memory."""
    import numpy as np

    if kind == "strong" and network.directed:
        return None

    sizes = network.component_sizes() if network.n_nodes else []
    return {"graph": Outline(network), "sizes": np.array(sizes, np.int64)}


def degrees(network: Network, direction: str = "all") -> Counts:
    """The ties of each node.

    Args:
        network: The network.
        direction: Which ties count in a directed network.
    """
    from jmdi_network.arrays import graph_of

    graph = graph_of(network)
    return {"graph": graph, "ties": graph.degrees(direction)}


def degrees_in_tables(network: Any, *, direction: str, **parameters: object) -> Counts:
    """The ties of each node."""
    return {"graph": Outline(network), "ties": network.tied(direction)[0]}


def known_weights(network: Any) -> None:
    """Refuses weights of a network in tables of which some are not known.

    Raises:
        UndefinedResult: If one is not known, so that no metric counts it as anything.
    """
    if network.n_vague:
        raise unknown_weights(network.n_vague, network.n_pairs)


def unknown_weights(unknown: int, ties: int) -> UndefinedResult:
    """Why a metric of weights has no value.

    Args:
        unknown: Of how many ties the weight is not known.
        ties: How many there are.
    """
    return UndefinedResult(
        "missing_input",
        f"the weight of {unknown} of {ties} ties is not known, and has no range; ties that count "
        "1 each need none",
    )


def strengths_in_tables(network: Any, *, direction: str, **parameters: object) -> Counts:
    """The ties of each node, and their weights added up."""
    known_weights(network)
    ties, weights = network.tied(direction)
    return {"graph": Outline(network), "ties": ties, "weights": weights.astype("float64")}


def mixed(network: Network, groups: Grouping) -> Counts:
    """The groups of nodes, and the ties and unobserved pairs from group to group.

    Args:
        network: The network.
        groups: The groups.

    Returns:
        ``graph``; ``groups``; ``ties`` and ``unobserved``, as `mixing_matrix` gives them.
    """
    from jmdi_network.arrays import graph_of
    from jmdi_network.groups import groups_of
    from jmdi_network.kernels.mixing import mixing_matrix

    graph, given = graph_of(network), groups_of(network, groups)
    unobserved = mixing_matrix(graph, given, keys=graph.unobserved)
    ties = mixing_matrix(graph, given)
    return {"graph": graph, "groups": given, "ties": ties, "unobserved": unobserved}


def mixed_in_tables(network: Any, *, groups: Grouping, **parameters: object) -> Counts:
    """The groups of nodes, and the ties and their weights from group to group."""
    import numpy as np

    given = groups_in_tables(network, groups)
    size = len(given.labels) + 1
    code = np.where(given.code < 0, size - 1, given.code)
    rows, nothing = network.mixed(code), np.zeros((size, size), np.int64)
    open_ = network.mixed(code, unseen=True) if network.n_unseen else None
    alike = not network.directed
    return {
        "graph": Outline(network),
        "groups": given,
        "ties": _matrix(rows, "ties", size, alike),
        "weights": _matrix(rows, "weight", size, alike),
        "unobserved": nothing if open_ is None else _matrix(open_, "ties", size, alike),
    }


def _matrix(rows: Mapping[str, Ints], name: str, size: int, alike: bool) -> Ints:
    """Sums from group to group, in the form of `mixing_matrix`; ``alike`` without direction."""
    import numpy as np

    matrix: Ints = np.zeros((size, size), np.int64)
    matrix[rows["mine"], rows["theirs"]] = rows[name]
    return matrix + matrix.T - np.diag(matrix.diagonal()) if alike else matrix
