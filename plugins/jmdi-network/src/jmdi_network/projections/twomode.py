"""Networks of two modes as matrices, and projections onto one of them."""

from __future__ import annotations

from array import array

import attrs
import numpy as np
from numpy.typing import NDArray

from jmdi.errors import BadParameter, ModelError
from jmdi.graph.network import Network
from jmdi_network.arrays import Floats, Graph, Ints, Sparse, graph_of
from jmdi_network.conventions import two_modes

__all__ = ["Bipartite", "bipartite_of", "onto", "overlaps"]


@attrs.frozen(slots=True, eq=False)
class Bipartite:
    """A network of two modes as a matrix.

    Attributes:
        rows: Indices of the nodes of one mode.
        columns: Indices of those of the other.
        matrix: 1 where a row and a column are tied.
        unseen: 1 where it is not known whether they are.
    """

    rows: Ints
    columns: Ints
    matrix: Sparse
    unseen: Sparse


def bipartite_of(network: Network, mode: int = 0) -> Bipartite:
    """The matrix of a two-mode network with the nodes of one mode as rows.

    Raises:
        ModelError: If it has one mode, or a tie within a mode.
    """
    from scipy.sparse import csr_array

    if network.mode is None:
        raise ModelError(f"{network!r} {two_modes(network)}")
    graph = graph_of(network)
    modes = np.array(network.mode, np.int64)
    if (modes[graph.source] == modes[graph.target]).any():
        raise ModelError(f"{network!r} has ties within a mode")
    rows, columns = np.flatnonzero(modes == mode), np.flatnonzero(modes != mode)
    place = np.zeros(graph.n, np.int64)
    place[rows], place[columns] = np.arange(len(rows)), np.arange(len(columns))

    def matrix(source: Ints, target: Ints) -> Sparse:
        flip = modes[source] != mode
        ends = place[np.where(flip, target, source)], place[np.where(flip, source, target)]
        made: Sparse = csr_array((np.ones(len(source)), ends), shape=(len(rows), len(columns)))
        made.sum_duplicates()
        made.data[:] = 1.0
        return made

    i, j = np.divmod(graph.unobserved, max(graph.n, 1))
    across = modes[i] != modes[j]
    tied = matrix(graph.source, graph.target)
    return Bipartite(rows, columns, tied, matrix(i[across], j[across]))


WEIGHTS = ("count", "newman", "hyperbolic", "jaccard")


def onto(network: Network, *, mode: int = 0, weight: str = "count") -> Network:
    """The nodes of one mode, tied by what they share; each tie keeps the ids of it.

    With ``d`` nodes in a shared thing ``a``, a tie's weight is ``count``: how many things;
    ``newman``: the sum of ``1/(d-1)``, so that an actor's weights add up to its things with
    two or more actors; ``hyperbolic``: the sum of ``1/d``; ``jaccard``: shared things over
    things of either. Two nodes that share something if a pair that was not observed is tied, and
    nothing otherwise, were not observed as a pair either; a weight that depends on such pairs is
    not known.

    Args:
        network: A network of two modes.
        mode: The mode whose nodes stay.
        weight: The weight.

    Raises:
        BadParameter: If there is no such weight or mode.
        ModelError: If the network has one mode.

    Source: Newman 2001, Physical Review E 64:016132.
    """
    if weight not in WEIGHTS:
        raise BadParameter(f"weight is one of {WEIGHTS}, not {weight!r}")
    if mode not in (0, 1):
        raise BadParameter(f"mode is 0 or 1, the first or the second of both, not {mode!r}")
    modes = bipartite_of(network, mode)
    matrix, d = modes.matrix, np.asarray(modes.matrix.sum(axis=0)).ravel()
    share = None
    if weight in ("newman", "hyperbolic"):
        # a thing with one member joins nobody, so that its share is never used
        share = 1 / np.maximum(d - 1 if weight == "newman" else d, 1)
    i, j, values = overlaps(matrix, share)
    if weight == "jaccard":
        own = np.diff(matrix.indptr)
        values = values / (own[i] + own[j] - values)
    graph = graph_of(network)
    unseen, unknown = _not_known(modes, i, j, weight)
    values = np.where(unknown, np.nan, values)
    return Network(
        f"{network.name}, {weight}",
        [graph.nodes[k] for k in modes.rows.tolist()],
        array("i", i.astype(np.int32).tobytes()),
        array("i", j.astype(np.int32).tobytes()),
        weight=array("d", values.astype(np.float64).tobytes()),
        unobserved=unseen,
        node_attributes={
            name: [network.node_attributes[name][k] for k in modes.rows]
            for name in network.node_attributes
        },
        edge_attributes={"shared": lambda: _shared(graph, modes, i, j)},
        dataset=network.dataset,
        notes={**network.notes, "mode": mode, "weight": weight},
        model=network._model,
        check=False,
    )


def _not_known(
    modes: Bipartite, i: Ints, j: Ints, weight: str
) -> tuple[list[tuple[int, int]], NDArray[np.bool_]]:
    """What pairs that were not observed leave open.

    Args:
        modes: The network of two modes.
        i: The first row of each pair that shares something, int32.
        j: The second.
        weight: What a pair weighs.

    Returns:
        The pairs of rows that may share something, and of each pair that does whether its weight
        is not known.
    """
    if not modes.unseen.nnz:
        return [], np.zeros(len(i), bool)
    n = len(modes.rows)
    low, high, most = overlaps((modes.matrix + modes.unseen).tocsr())
    keys, possible = i.astype(np.int64) * n + j, low.astype(np.int64) * n + high
    least = np.zeros(len(possible))
    least[np.isin(possible, keys)] = overlaps(modes.matrix)[2]
    more = possible[most > least]
    unseen = np.stack(np.divmod(np.setdiff1d(possible, keys), n), axis=1).tolist()
    if weight == "jaccard":
        touched = np.diff(modes.unseen.indptr) > 0
        return unseen, touched[i] | touched[j]
    if weight != "count":
        # what a shared thing counts depends on how many share it
        columns = np.flatnonzero(modes.unseen.sum(axis=0))
        first, second, _ = overlaps(modes.matrix[:, columns].tocsr())
        more = np.union1d(more, first.astype(np.int64) * n + second)
    return unseen, np.isin(keys, more)


def overlaps(matrix: Sparse, share: Floats | None = None) -> tuple[Ints, Ints, Floats]:
    """The pairs of rows with something in common and how much: i < j, and the sum of shares."""
    from jmdi_network.kernels.pairs import common

    other = matrix.T.tocsr()
    each = np.ones(matrix.shape[1]) if share is None else np.asarray(share, np.float64)
    found, *of_pairs = common(matrix.indptr, matrix.indices, other.indptr, other.indices, each)
    i, j, shared = (column[:found].copy() for column in of_pairs)
    return i, j, shared


def _shared(graph: Graph, modes: Bipartite, i: Ints, j: Ints) -> list[tuple[str, ...]]:
    """The ids of what each pair shares, in node order."""
    matrix = modes.matrix
    names = [graph.nodes[k] for k in modes.columns]
    lists = [
        set(matrix.indices[a:b].tolist())
        for a, b in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    ]
    return [
        tuple(names[k] for k in sorted(lists[a] & lists[b]))
        for a, b in zip(i.tolist(), j.tolist(), strict=True)
    ]
