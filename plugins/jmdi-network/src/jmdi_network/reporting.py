"""How metrics of this plugin put what they found into a Result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import Result, undefined

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Graph, Ints

__all__ = ["basis", "lacking", "per_node", "refused"]


def basis(graph: Graph, **more: Any) -> dict[str, Any]:
    """Members that most Results share: how many actors, and what was left out.

    ``notes`` among ``more`` are added to those of the graph.
    """
    notes = dict(graph.notes) | more.pop("notes", {})
    return {"n_used": graph.n, "n_eligible": graph.n, "of": "actors", "notes": notes, **more}


def refused(graph: Graph, reason: str, why: str = "", **more: Any) -> Result:
    """An undefined Result on this graph."""
    return undefined(reason, why, **basis(graph, **more))


def lacking(graph: Graph, actors: int, what: str) -> Result | None:
    """An undefined Result if there are fewer actors than a metric needs."""
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.n < actors:
        return refused(graph, "too_few_actors", f"{what} needs {actors} actors, not {graph.n}")
    return None


def per_node(
    graph: Graph,
    values: Ints | Floats | Mapping[str, Ints | Floats],
    *,
    missing: Ints | None = None,
    reason: str = "no_ties",
    chosen: Sequence[int] | None = None,
    **more: Any,
) -> Result:
    """A Result with a number for each actor.

    Args:
        graph: The graph.
        values: An array, or several by name; a value for each node.
        missing: For which nodes the metric is undefined; they get ``None``.
        reason: Why it is.
        chosen: Indices of the nodes to report; all by default.
        **more: Other members of the Result.
    """
    import numpy as np

    n = graph.n
    if n == 0:
        return refused(graph, "empty_graph", **more)
    places = range(n) if chosen is None else chosen
    gone = np.zeros(n, bool) if missing is None else np.asarray(missing, bool)
    if isinstance(values, Mapping):
        lists = {name: np.asarray(column).tolist() for name, column in values.items()}
        rows: list[Any] = [
            {
                name: None if gone[i] or column[i] != column[i] else column[i]
                for name, column in lists.items()
            }
            for i in range(n)
        ]
    else:
        rows = np.asarray(values).tolist()
    shown = {graph.nodes[i]: None if gone[i] else rows[i] for i in places}
    notes = dict(more.pop("notes", {}))
    used = int(len(shown) - sum(value is None for value in shown.values()))
    if used < len(shown):
        notes["undefined_actors"] = {reason: len(shown) - used}
    if not used:
        return refused(graph, reason, notes=notes, **more)
    return Result(
        **basis(
            graph, values=shown, notes=notes, **{"n_used": used, "n_eligible": len(shown), **more}
        )
    )
