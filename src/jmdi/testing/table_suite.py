"""What a metric that engines count must obey: the Result is that of memory, whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from jmdi.app import default_model
from jmdi.errors import JmdiError, NotFound
from jmdi.files.native import canonical_order
from jmdi.graph.dataset import Dataset
from jmdi.metrics.result import Result
from jmdi.plugins.specs import Engine, Metric
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.samples import small_datasets
from jmdi.testing.side_by_side import random_datasets, side_by_side
from jmdi.testing.subject import described
from jmdi.testing.suite import fault, slow

__all__ = ["TableSuite"]

RANDOM = 50
"""How many random Datasets each metric is counted on."""

SHOWN = 8
"""How many records of a Dataset are quoted."""


class TableSuite(SampledSuite):
    """Checks the metrics of a plugin that engines count, on Datasets of many shapes.

    Attributes:
        engines: The engines that are tried, if they are installed.
        counted: Metrics whose counts are tried; by default all of the plugin that have some.
    """

    engines: ClassVar[tuple[str, ...]] = ("duckdb",)
    counted: ClassVar[tuple[str, ...]] = ()

    def _counted(self) -> list[Metric]:
        """The metrics that have counts."""
        if self.counted:
            return [self.subject.catalog.metric(name) for name in self.counted]
        metrics: list[Metric] = self.subject.added("jmdi_metrics")
        return [metric for metric in metrics if metric.count is not None]

    @slow
    def test_counts_agree_with_memory(self) -> None:
        """10: what an engine counts gives the Result that is computed in memory.

        An engine takes about as long for a few records as for thousands, so the samples and random
        Datasets like them stand side by side in one folder, in which each metric is counted once.
        So do those that nobody chose, apart: what no table holds makes an engine count nothing.
        """
        metrics = self._counted()
        if not metrics:
            pytest.skip(f"no metric of the plugin {self.subject.name!r} is counted by engines")
        wild = small_datasets(type(self))
        chosen = [d for d in self._datasets() if len(d) and not any(d is one for one in wild)]
        sample = side_by_side(chosen)
        crowds = ([self.subject.model.dataset()], wild, [sample, *random_datasets(sample, RANDOM)])
        for name in self.engines:
            engine = _engine(name)
            for crowd in crowds:
                failed = self._fault(engine, metrics, side_by_side(crowd))
                if failed is not None:
                    raise self._smallest(engine, crowd, *failed)

    def _fault(
        self, engine: Engine, metrics: Sequence[Metric], dataset: Dataset
    ) -> tuple[Metric, AssertionError] | None:
        """The first metric whose Results on an engine and in memory differ, and how."""
        model = self.subject.model
        held = Dataset(canonical_order(dataset.records), model=model, header=dataset.header)
        with tempfile.TemporaryDirectory(prefix="jmdi-") as home:
            folder = Path(home, "data")
            default_model().write(held, folder, format=engine.format)
            tables = engine.open(str(folder), model)
            try:
                for metric in metrics:
                    given = self._given(metric, held)
                    mine = _outcome(tables.metric, metric.name, given)
                    wanted = _outcome(held.metric, metric.name, given)
                    if mine != wanted:
                        return metric, _difference(metric, engine, mine, wanted, held)
            finally:
                tables.close()
        return None

    def _smallest(
        self, engine: Engine, crowd: Sequence[Dataset], metric: Metric, error: AssertionError
    ) -> AssertionError:
        """How a metric differs on the fewest records on which it does."""
        alone = ((d, self._fault(engine, [metric], d)) for d in crowd if len(crowd) > 1)
        found = next(((d, failed) for d, failed in alone if failed is not None), None)
        if found is None:
            return error
        dataset, (_, error) = found
        for id in {record.id: None for record in dataset}:
            fewer = dataset.without(id)
            if (failed := self._fault(engine, [metric], fewer)) is not None:
                dataset, (_, error) = fewer, failed
        return error

    def _given(self, metric: Metric, dataset: Dataset) -> Mapping[str, Any]:
        """The parameters of a metric; that of networks gets one that engines project."""
        seen = {"projection": "co-participation"} if metric.on == "network" else {}
        options = self.options.get(metric.name, {})
        return {**seen, **options, **self.parameters_for(metric.name, dataset)}


def _engine(name: str) -> Engine:
    try:
        return default_model().catalog.engine(name)
    except NotFound:
        pytest.skip(f"no engine {name!r} is installed: pip install jmdi-tables")


def _outcome(measure: Callable[..., Result], name: str, given: Mapping[str, Any]) -> Result | str:
    """What a metric says, without where it was computed."""
    try:
        return attrs.evolve(measure(name, **given), subject="")
    except JmdiError as error:
        return f"{type(error).__name__}: {error}"


def _difference(
    metric: Metric, engine: Engine, mine: Result | str, wanted: Result | str, dataset: Dataset
) -> AssertionError:
    found: Any = mine if isinstance(mine, str) else mine.to_dict()
    other: Any = wanted if isinstance(wanted, str) else wanted.to_dict()
    if not isinstance(found, str) and not isinstance(other, str):
        names = [name for name in other if found.get(name) != other[name]]
        found, other = ({name: one.get(name) for name in names} for one in (found, other))
    return fault(
        f"{described(metric)} is {found!s:.300} on {engine.name}, and {other!s:.300} in memory; "
        f"the data was {[record.to_dict() for record in dataset.records[:SHOWN]]}",
        why="a number that depends on where it was counted is no measure",
        cure="count integers and decimals in the engine, think of what is null in each expression, "
        "and leave all else to finish, which run calls too",
    )
