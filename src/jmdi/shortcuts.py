"""``jmdi.read`` and the like: the Model's methods on the default model.

The default model is built from the core and all installed plugins on first use. A program
that embeds jmdi builds its own with ``Model.build`` instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, overload

from jmdi.app import default_model
from jmdi.errors import Problem
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.graph.report import CheckReport
from jmdi.model.records import Record
from jmdi.plugins.specs import Limits, Progress
from jmdi.running.inputs import Input, Source

__all__ = ["check", "dataset", "read", "write"]


@overload
def read(
    source: Source,
    *,
    format: str | None = ...,
    on_error: Literal["collect"],
    limits: Limits = ...,
    progress: Progress | None = ...,
    **options: object,
) -> tuple[Dataset, tuple[Problem, ...]]: ...


@overload
def read(
    source: Source,
    *,
    format: str | None = ...,
    on_error: Literal["raise", "skip"] = ...,
    limits: Limits = ...,
    progress: Progress | None = ...,
    **options: object,
) -> Dataset: ...


def read(source: Source, **arguments: Any) -> Dataset | tuple[Dataset, tuple[Problem, ...]]:
    """Reads a file, folder or stream with the default model; see :meth:`jmdi.Model.read`."""
    model: Any = default_model()
    return model.read(source, **arguments)  # type: ignore[no-any-return]


def write(
    data: Dataset | Network, target: Input, *, format: str | None = None, **options: object
) -> None:
    """Writes a Dataset or a Network; see :meth:`jmdi.Model.write`."""
    default_model().write(data, target, format=format, **options)


def check(dataset: Dataset) -> CheckReport:
    """Runs all checks on a Dataset; see :meth:`jmdi.Model.check`."""
    return default_model().check(dataset)


def dataset(records: Iterable[Record] = ()) -> Dataset:
    """A Dataset of records that knows the default model."""
    return default_model().dataset(records)
