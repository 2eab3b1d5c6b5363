"""Metrics of tables: counted by the engine, handed over, or refused with what would help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import attrs
import ibis

from jmdi import DataError, Dataset, JmdiError, Metric, Network, NotFound, Result
from jmdi.graph.dataset import WrongKind
from jmdi.running import bounding, measuring
from jmdi.running.binding import bind
from jmdi.running.labelling import labels_of, people_of, texts_of
from jmdi.running.projecting import PROJECTED, parameters_for, project
from jmdi_tables.corridors import CorridorTables
from jmdi_tables.handing import handed_over
from jmdi_tables.networks import NetworkTables
from jmdi_tables.partly import PartlyRead
from jmdi_tables.picking import NotPicked, Picked
from jmdi_tables.projecting import projected
from jmdi_tables.reading import records_in
from jmdi_tables.tables import Tables

__all__ = ["measured"]

Target: TypeAlias = Tables | NetworkTables | CorridorTables
"""What an engine counts on."""


def measured(
    tables: Tables,
    name: str,
    parameters: Mapping[str, object],
    *,
    max_records: int,
    max_edges: int,
) -> Result:
    """A metric of tables; see `Tables.metric`."""
    catalog = tables.model.catalog
    spec = catalog.metric(name)
    given = dict(parameters)
    view: str | None = None if spec.on == "dataset" else spec.on
    if spec.on == "network":
        chosen = given.pop("projection", None)
        view = "actors" if chosen is None else str(chosen)
    what = f"metric {spec.name!r}"
    own, below = parameters_for(catalog, what, spec.parameters, view, given)
    bound = bind(what, spec.parameters, own)
    network = None if view is None else _projected(tables, view, below)
    target = tables if view is None else network
    result, how = None, f"on {tables.engine}"
    if spec.count is not None and spec.finish is None:
        result, how = _of_picked(tables, spec, own, bound, max_records)
    elif _countable(spec, target):
        result = _counted(tables, spec, target, bound)
    if result is None:
        result, how = _in_memory(
            tables, spec, network, view, own, below, max_records=max_records, max_edges=max_edges
        )
    said = "" if network is None else network.notes.get(PROJECTED, "")
    seen = "" if view is None else f"network {view}{f' ({said})' if said else ''} of "
    return _labelled(tables, result, f"{seen}{tables.folder.path.name}, {how}")


def _projected(
    tables: Tables, view: str, parameters: Mapping[str, object]
) -> NetworkTables | CorridorTables | None:
    """The network as an engine makes it; ``None`` if none does, or a figure has no column."""
    try:
        return projected(tables, view, parameters)
    except DataError as error:
        if not _out_of_range(error):
            raise
        return None


def _countable(spec: Metric, target: Target | None) -> bool:
    """Whether counts say all."""
    if spec.count is None or target is None:
        return False
    if isinstance(target, CorridorTables):
        return not target.n_open  # of what may be a corridor, bounds are found in memory
    return isinstance(target, NetworkTables) or spec.accepts is None


def _counted(
    tables: Tables, spec: Metric, target: Any, bound: Mapping[str, object]
) -> Result | None:
    """What a metric makes of what the engine counted; ``None`` if it does not count that."""
    count, finish, accepts = spec.count, spec.finish, spec.accepts
    assert count is not None
    assert finish is not None

    def run(target: Any, **bound: object) -> Result:
        wanted: Any = count(target, **bound)
        if wanted is None:
            raise _NotCounted
        rows = {n: tables.rows(r) if isinstance(r, ibis.Expr) else r for n, r in wanted.items()}
        return finish(rows, **bound)

    fits = None if accepts is None else lambda network: accepts(network.frame())
    spec = attrs.evolve(spec, run=run, accepts=fits)

    def again(bound: Mapping[str, object]) -> Result:
        return measuring.outcome(spec, target, bound)

    try:
        with measuring.undisturbed(tables.model, spec):
            found = measuring.with_closed_world(again(bound), bound, again)
            if isinstance(target, NetworkTables):
                found = _bounded(spec, target, bound, found)
    except _NotCounted:
        return None
    except DataError as error:
        if not _out_of_range(error):
            raise
        return None
    notes = {} if isinstance(target, Tables) else measuring.assumed(target.notes)
    return measuring.complete(tables.model, spec, found, bound, "", notes=notes)


def _bounded(
    spec: Metric, network: NetworkTables, bound: Mapping[str, object], found: Result
) -> Result:
    """What was counted, with what the pairs that were not observed allow."""

    def measure(other: Any) -> Result:
        return measuring.outcome(spec, other, bound)

    result = bounding.bounded_elsewhere(
        spec,
        bound,
        found,
        measure,
        size=network.n_nodes + network.n_edges,
        unknown=network.n_unseen,
        possible=network.n_possible,
        extremes=network.extremes,
    )
    if result is None:
        raise _NotCounted
    return result


def _of_picked(
    tables: Tables,
    spec: Metric,
    own: Mapping[str, object],
    bound: Mapping[str, object],
    max_records: int,
) -> tuple[Result | None, str]:
    """What a metric finds in the records that the engine picked, and on how many."""
    assert spec.count is not None
    with measuring.undisturbed(tables.model, spec):
        dataset = spec.count(tables, **bound)
    if not isinstance(dataset, Picked):
        return None, ""
    dataset.limit(max_records)
    try:
        result = measuring.run(tables.model, spec, dataset, own, labelled=False)
    except (NotPicked, NotFound, WrongKind):
        return None, ""  # what it names is looked for among all records
    except DataError as error:
        if not _out_of_range(error):
            raise
        return None, ""
    return result, f"on {tables.engine}, which picked {dataset.read:,} records"


def _out_of_range(error: DataError) -> bool:
    """Whether a figure has no column: records hold it."""
    return [problem.code for problem in error.problems] == ["tables:T106"]


class _NotCounted(JmdiError):
    """The engine does not count what the parameters of a metric ask for."""


def _in_memory(
    tables: Tables,
    spec: Metric,
    network: NetworkTables | CorridorTables | None,
    view: str | None,
    own: Mapping[str, object],
    below: Mapping[str, object],
    *,
    max_records: int,
    max_edges: int,
) -> tuple[Result, str]:
    """What a metric finds in memory, and on how much."""
    if isinstance(network, NetworkTables) and network.handed:
        handed = handed_over(network, max_edges, tables.partly_read(max_records))
        result = measuring.run(tables.model, spec, handed, own, labelled=False)
        return result, f"in memory on {handed.n_edges:,} pairs"
    dataset = tables.partly_read(max_records)
    data: Dataset | Network = dataset
    if view is not None:
        data = project(tables.model, dataset, view, below)
    result = measuring.run(tables.model, spec, data, own, labelled=False)
    read = dataset.read if isinstance(dataset, PartlyRead) else len(dataset)
    return result, f"in memory on {read:,} records"


def _labelled(tables: Tables, result: Result, subject: str) -> Result:
    """The Result with what it was computed on, and the names of the records that it mentions."""
    ids, catalog = texts_of(result), tables.model.catalog
    found = records_in(tables.folder, tables.folder.tables, catalog, ids) if ids else ()
    named = Dataset(found, model=tables.model)
    labels = labels_of(result, named)
    return attrs.evolve(result, subject=subject, labels=labels, people=people_of(labels, named))
