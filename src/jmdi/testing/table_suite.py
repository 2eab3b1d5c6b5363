"""What a metric that engines count must obey: the Result is that of memory, whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
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
from jmdi.testing.drawing import for_each
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.samples import needed_kinds
from jmdi.testing.strategies import datasets
from jmdi.testing.subject import described
from jmdi.testing.suite import fault, slow

__all__ = ["TableSuite"]


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
        """10: what an engine counts gives the Result that is computed in memory."""
        metrics = self._counted()
        if not metrics:
            pytest.skip(f"no metric of the plugin {self.subject.name!r} is counted by engines")
        for name in self.engines:
            engine = _engine(name)
            for dataset in [*self._datasets(), Dataset(model=self.subject.model)]:
                self._check(engine, metrics, dataset)
            made = datasets(self.subject.model, kinds=needed_kinds(self.subject), max_size=8)
            for_each(made, lambda d, e=engine: self._check(e, metrics, d), examples=self.examples)  # type: ignore[misc]

    def _check(self, engine: Engine, metrics: list[Metric], dataset: Dataset) -> None:
        """Compares the Results of an engine and of memory on a Dataset."""
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
                    _compare(metric, engine, mine, wanted)
            finally:
                tables.close()

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


def _compare(metric: Metric, engine: Engine, mine: Result | str, wanted: Result | str) -> None:
    if mine == wanted:
        return
    found: Any = mine if isinstance(mine, str) else mine.to_dict()
    other: Any = wanted if isinstance(wanted, str) else wanted.to_dict()
    if not isinstance(found, str) and not isinstance(other, str):
        names = [name for name in other if found.get(name) != other[name]]
        found, other = ({name: one.get(name) for name in names} for one in (found, other))
    raise fault(
        f"{described(metric)} is {found!s:.300} on {engine.name}, and {other!s:.300} in memory",
        why="a number that depends on where it was counted is no measure",
        cure="count integers and decimals in the engine, think of what is null in each expression, "
        "and leave all else to finish, which run calls too",
    )
