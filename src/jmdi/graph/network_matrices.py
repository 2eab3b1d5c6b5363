"""A Network as a matrix, and a Network of one: of numpy, scipy, pandas, or lists of rows."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from jmdi.graph.edge_list import as_id, as_weight
from jmdi.graph.frames import is_column, known, listed, package
from jmdi.graph.pairs import ordered
from jmdi.graph.reducing import added_weights, parallel, ties_of

if TYPE_CHECKING:
    from jmdi.graph.doer import Doer
    from jmdi.graph.network import Network
    from jmdi.graph.network_data import NetworkData

    Net = TypeVar("Net", bound=NetworkData)

__all__ = ["Matrix", "matrix_of", "network_of_matrix"]


@runtime_checkable
class ArrayLike(Protocol):
    """An array of two dimensions: of numpy or scipy, or a frame of pandas."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of rows and columns."""
        ...


Matrix: TypeAlias = ArrayLike | Sequence[Sequence[float | None]]
"""Rows of numbers; ``None`` and NaN are pairs that were not observed."""

Cell: TypeAlias = tuple[int, int, float]


def network_of_matrix(
    cls: type[Net],
    matrix: Matrix,
    *,
    nodes: Iterable[str] | None,
    columns: Iterable[str] | None,
    directed: bool,
    name: str,
    model: Doer | None,
) -> Net:
    """See :meth:`jmdi.Network.from_matrix`."""
    given: Any = matrix
    if nodes is None and hasattr(given, "index") and hasattr(given, "columns"):  # pandas
        nodes = [str(label) for label in given.index]
        labels = [str(label) for label in given.columns]
        if columns is None and labels != nodes and set(labels) & set(nodes):
            given = given.iloc[:, _in_order(labels, nodes)]
        elif columns is None and labels != nodes:
            columns = labels
    (rows, width), cells = _cells(given)
    names = [f"n{i + 1}" for i in range(rows)] if nodes is None else _ids(nodes)
    others = None if columns is None else _ids(columns)
    expected = (len(names), len(names) if others is None else len(others))
    if (rows, width) != expected:
        cure = (
            "" if others is not None or rows == width else "; for two modes, give columns= as well"
        )
        raise ValueError(
            f"the matrix is {rows} × {width}, and there are names for {expected[0]} × "
            f"{expected[1]}{cure}"
        )
    shift = 0 if others is None else rows
    found = list(cells)
    if not directed and others is None:
        found = _upper(found, names)
    there = [(i, j + shift, w) for i, j, w in found if w and not math.isnan(w)]
    weights = array("d", (w for *_, w in there))
    return cls(
        name,
        [*names, *(others or ())],
        [i for i, *_ in there],
        [j for _, j, _ in there],
        directed=directed,
        weight=weights if set(weights) - {1.0} else None,
        mode=None if others is None else [0] * rows + [1] * width,
        unobserved=[(i, j + shift) for i, j, w in found if math.isnan(w) and (i != j or shift)],
        model=model,
    )


def _ids(labels: Iterable[str]) -> list[str]:
    """The ids of rows or columns; those of an array of numpy are texts of Python's own."""
    return [as_id(label) for label in (listed(labels) if is_column(labels) else labels)]


def _in_order(labels: Sequence[str], nodes: Sequence[str]) -> list[int]:
    """The places of the columns of a frame in the order of its rows.

    Raises:
        ValueError: If a label is one of rows or of columns alone, or comes twice.
    """
    if sorted(labels) != sorted(nodes):
        alone = min(set(labels) ^ set(nodes), default=labels[0])
        raise ValueError(
            f"rows and columns have labels in common, and {alone!r} is not one of both, once: "
            "reindex the frame; for two modes, give the two different labels"
        )
    place = {label: at for at, label in enumerate(labels)}
    return [place[node] for node in nodes]


def _cells(matrix: Any) -> tuple[tuple[int, int], Iterator[Cell]]:
    """The shape of a matrix and those of its cells that are not 0.

    Raises:
        TypeError: If it is no matrix, or a cell is not a number.
        ValueError: If a row has another length.
    """
    if len(getattr(matrix, "shape", (0, 0))) != 2:
        raise TypeError(f"a matrix has two dimensions, not {len(matrix.shape)}")
    if hasattr(matrix, "tocoo"):  # scipy
        sparse = matrix.tocoo()
        ends = zip(sparse.row.tolist(), sparse.col.tolist(), sparse.data.tolist(), strict=True)
        added: dict[tuple[int, int], float] = {}
        for i, j, value in ends:
            added[i, j] = added.get((i, j), 0.0) + _number(value, i, j)
        height, width = sparse.shape
        return (int(height), int(width)), ((i, j, w) for (i, j), w in added.items())
    if hasattr(matrix, "to_numpy"):
        matrix = matrix.to_numpy()
    rows = matrix.tolist() if hasattr(matrix, "tolist") else [list(row) for row in matrix]
    if any(not isinstance(row, list) for row in rows):
        raise TypeError("a matrix has two dimensions: rows of cells")
    width = len(rows[0]) if rows else 0
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise ValueError(f"row {number} of the matrix has {len(row)} cells, not {width}")
    return (len(rows), width), (
        (i, j, _number(value, i, j)) for i, row in enumerate(rows) for j, value in enumerate(row)
    )


def _number(value: Any, i: int, j: int) -> float:
    value = known(value)
    if isinstance(value, bool):
        return float(value)
    return math.nan if value is None else as_weight(value, f"row {i + 1}, column {j + 1}")


def _upper(cells: Iterable[Cell], names: Sequence[str]) -> list[Cell]:
    """The cells of an undirected network once.

    Raises:
        ValueError: If the matrix is not symmetric.
    """
    by_place = {(i, j): w for i, j, w in cells}
    for (i, j), w in by_place.items():
        back = by_place.get((j, i), 0.0)
        if w != back and not (math.isnan(w) and math.isnan(back)):
            raise ValueError(
                f"the matrix is not symmetric: {names[i]} to {names[j]} is {w:g}, and back "
                f"{back:g}; give directed=True"
            )
    return [(i, j, w) for (i, j), w in by_place.items() if i <= j]


def matrix_of(network: Network, weighted: bool | None) -> Any:
    """See :meth:`jmdi.Network.to_scipy`."""
    sparse = package("scipy.sparse")
    weighted = network.weight is not None if weighted is None else weighted
    ties = ties_of(network)
    groups, _ = parallel(ties)
    weights = added_weights(ties, groups) if weighted else None
    open_ties = set(network.unobserved_ties) if weighted else set()
    cells: dict[tuple[int, int], float] = {}
    for number, group in enumerate(groups):
        pair = ordered(ties, ties.source[group[0]], ties.target[group[0]])
        weight = 1.0 if weights is None else weights[number]
        cells[pair] = math.nan if pair in open_ties else weight
    for pair in network.unobserved:
        cells[pair] = math.nan
    if not network.directed and network.mode is None:
        cells |= {(j, i): weight for (i, j), weight in cells.items()}
    shape, places = (len(network), len(network)), sorted(cells)
    if network.mode is not None:
        place = _places(network.mode)
        cells = {
            (place[i], place[j]) if network.mode[i] == 0 else (place[j], place[i]): weight
            for (i, j), weight in cells.items()
        }
        shape, places = (network.mode.count(0), network.mode.count(1)), sorted(cells)
    values = [cells[place] for place in places]
    ends = ([i for i, _ in places], [j for _, j in places])
    return sparse.csr_array((values, ends), shape=shape, dtype=float)


def _places(modes: Sequence[int]) -> list[int]:
    """The place of each node among those of its mode."""
    counts = [0, 0]
    places = []
    for mode in modes:
        places.append(counts[mode])
        counts[mode] += 1
    return places
