"""``jmdi.read`` and the like: the Model's methods on the default model.

The default model is built from the core and all installed plugins on first use. A program
that embeds jmdi builds its own with ``Model.build`` instead.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from jmdi.app import Model, default_model
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.graph.report import CheckReport
from jmdi.model.records import Record
from jmdi.plugins.context import Cancel, Limits, Progress
from jmdi.running.inputs import Input, Source
from jmdi.running.reading import OnError

__all__ = ["check", "dataset", "read", "write"]


def read(
    source: Source,
    *,
    format: str | None = None,
    on_error: OnError = "raise",
    limits: Limits = Limits(),  # noqa: B008
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    **options: object,
) -> Dataset:
    """Reads files, folders or streams with the default model; see :meth:`jmdi.Model.read`."""
    return default_model().read(
        source,
        format=format,
        on_error=on_error,
        limits=limits,
        progress=progress,
        cancel=cancel,
        **options,
    )


read.__doc__ = inspect.getdoc(Model.read)


def write(
    data: Dataset | Network, target: Input, /, *, format: str | None = None, **options: object
) -> None:
    """Writes a Dataset or a Network; see :meth:`jmdi.Model.write`."""
    default_model().write(data, target, format=format, **options)


def check(dataset: Dataset) -> CheckReport:
    """Runs all checks on a Dataset; see :meth:`jmdi.Model.check`."""
    return default_model().check(dataset)


def dataset(records: Iterable[Record] = ()) -> Dataset:
    """A Dataset of records that knows the default model."""
    return default_model().dataset(records)
