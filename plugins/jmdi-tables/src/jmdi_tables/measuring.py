"""Metrics of tables: counted by the engine, handed over, or refused with what would help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi import Dataset, JmdiError, Metric, Network, Result
from jmdi.plugins.blame import blamed
from jmdi.running import measuring
from jmdi.running.binding import bind
from jmdi.running.labelling import labels_of, people_of, texts_of
from jmdi.running.projecting import PROJECTED, parameters_for, project
from jmdi_tables.networks import NetworkTables, handed_over
from jmdi_tables.projecting import projected
from jmdi_tables.reading import records_in
from jmdi_tables.tables import Tables

__all__ = ["measured"]


def measured(tables: Tables, name: str, parameters: Mapping[str, object]) -> Result:
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
    network = None if view is None else projected(tables, view, below)
    target: Tables | NetworkTables | None = tables if view is None else network
    if spec.count is not None and _countable(target):
        result, how = _counted(tables, spec, target, bound), f"on {tables.engine}"
    else:
        result, how = _in_memory(tables, spec, network, view, own, below)
    said = "" if network is None else network.notes.get(PROJECTED, "")
    seen = "" if view is None else f"network {view}{f' ({said})' if said else ''} of "
    return _labelled(tables, result, f"{seen}{tables.folder.path.name}, {how}")


def _countable(target: Tables | NetworkTables | None) -> bool:
    """Whether counts say all: of a pair of which nobody knows, bounds are found in memory."""
    return target is not None and (isinstance(target, Tables) or not target.n_open)


def _counted(tables: Tables, spec: Metric, target: Any, bound: Mapping[str, object]) -> Result:
    """What a metric makes of what the engine counted."""
    count, finish = spec.count, spec.finish
    assert count is not None
    assert finish is not None

    def again(bound: Mapping[str, object]) -> Result:
        wanted = count(target, **bound)
        rows = {n: r if isinstance(r, list) else tables.rows(r) for n, r in wanted.items()}
        return finish(rows, **bound)

    with blamed(tables.model.catalog, "metric", spec.name, JmdiError):
        found = measuring.with_closed_world(again(bound), bound, again)
    notes = {} if isinstance(target, Tables) else measuring.assumed(target.notes)
    return measuring.complete(tables.model, spec, found, bound, "", notes=notes)


def _in_memory(
    tables: Tables,
    spec: Metric,
    network: NetworkTables | None,
    view: str | None,
    own: Mapping[str, object],
    below: Mapping[str, object],
) -> tuple[Result, str]:
    """What a metric finds in memory, and on how much."""
    if network is not None:
        handed = handed_over(network)
        result = measuring.run(tables.model, spec, handed, own, labelled=False)
        return result, f"in memory on {handed.n_edges:,} pairs"
    dataset = tables.dataset()
    data: Dataset | Network = dataset
    if view is not None:
        data = project(tables.model, dataset, view, below)
    result = measuring.run(tables.model, spec, data, own, labelled=False)
    return result, f"in memory on {len(dataset):,} records"


def _labelled(tables: Tables, result: Result, subject: str) -> Result:
    """The Result with what it was computed on, and the names of the records that it mentions."""
    ids, catalog = texts_of(result), tables.model.catalog
    found = records_in(tables.folder, tables.folder.tables, catalog, ids) if ids else ()
    named = Dataset(found, model=tables.model)
    labels = labels_of(result, named)
    return attrs.evolve(result, subject=subject, labels=labels, people=people_of(labels, named))
