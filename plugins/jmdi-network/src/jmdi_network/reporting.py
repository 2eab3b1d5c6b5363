"""How metrics of this plugin put what they found into a Result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.metrics.numbers import Numbers
from jmdi.metrics.result import Result, undefined

if TYPE_CHECKING:
    from jmdi_network.arrays import Floats, Ints
    from jmdi_network.counts import Sized

__all__ = ["basis", "lacking", "per_node", "refused"]


def basis(graph: Sized, **more: Any) -> dict[str, Any]:
    """Members that most Results share: how many actors, and what was left out.

    ``notes`` among ``more`` are added to those of the graph.
    """
    notes = dict(graph.notes) | more.pop("notes", {})
    return {"n_used": graph.n, "n_eligible": graph.n, "of": "actors", "notes": notes, **more}


def refused(graph: Sized, reason: str, why: str = "", **more: Any) -> Result:
    """An undefined Result on this graph."""
    return undefined(reason, why, **basis(graph, **more))


def lacking(graph: Sized, actors: int, what: str) -> Result | None:
    """An undefined Result if there are fewer actors than a metric needs."""
    if graph.n == 0:
        return refused(graph, "empty_graph")
    if graph.n < actors:
        return refused(graph, "too_few_actors", f"{what} needs {actors} actors, not {graph.n}")
    return None


def per_node(
    graph: Sized,
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

    if graph.n == 0:
        return refused(graph, "empty_graph", **more)
    places = slice(None) if chosen is None else list(chosen)
    ids = graph.nodes if chosen is None else tuple(graph.nodes[i] for i in chosen)
    gone = (np.zeros(graph.n, bool) if missing is None else np.asarray(missing, bool))[places]
    shown: Mapping[str, Any]
    if isinstance(values, Mapping):
        columns = {name: np.asarray(column)[places].tolist() for name, column in values.items()}
        rows = (
            {name: None if x != x else x for name, x in zip(columns, row, strict=True)}
            for row in zip(*columns.values(), strict=True)
        )
        shown = {
            id: None if no else row for id, no, row in zip(ids, gone.tolist(), rows, strict=True)
        }
    else:
        shown = _numbers(ids, np.asarray(values)[places], gone)
    notes = dict(more.pop("notes", {}))
    used = len(ids) - int(gone.sum())
    if used < len(ids):
        notes["undefined_actors"] = {reason: len(ids) - used}
    if not used:
        return refused(graph, reason, notes=notes, **more)
    members = {"n_used": used, "n_eligible": len(ids), **more}
    return Result(**basis(graph, values=shown, notes=notes, **members))


def _numbers(ids: Sequence[str], values: Ints | Floats, gone: Ints) -> Numbers:
    """A number for each id that has one."""
    import numpy as np

    form, kind = ("d", np.float64) if values.dtype.kind == "f" else ("q", np.int64)
    missing = gone.tobytes() if gone.any() else b""
    known = np.where(gone, 0, values) if missing else values
    return Numbers(ids, known.astype(kind).tobytes(), form, missing)
