"""The Model: the one that does things with data, and what it knows to do them with."""

from __future__ import annotations

import functools
import os
import threading
import weakref
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NoReturn, Self

import attrs

from jmdi.classes import frozen
from jmdi.errors import PluginError, Problem
from jmdi.files.codec import Codec
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.graph.report import CheckReport
from jmdi.metrics.result import Result
from jmdi.model.records import Record
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import Cancel, Limits, Progress
from jmdi.plugins.finding import GIVEN
from jmdi.plugins.loader import build_catalog
from jmdi.plugins.references import Reference, reference_to
from jmdi.plugins.specs import Exporter
from jmdi.running import checking, measuring, projecting, structuring
from jmdi.running.inputs import Input, Source
from jmdi.running.reading import OnError, Reading, RecordStream

__all__ = ["Model", "OnError", "Progress", "Source", "default_model"]

DEFAULT = "default"
"""The key of the default model, which every process builds for itself."""


@frozen(eq=False)
class Model:
    """Everything that reading, checking, measuring and writing needs to know, as one value.

    Datasets, Networks and Results keep the model that they came from, also through ``pickle``:
    another process builds the model again from the same plugins.

    Attributes:
        catalog: The kinds, formats, checks, projections and metrics that it knows.
    """

    catalog: Catalog = attrs.field(repr=lambda c: f"<{len(c.kinds)} kinds>")
    _key: str | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if self._key is not None:
            _MODELS[self._key] = self

    @classmethod
    def build(cls, plugins: object = None, *, missing: Literal["raise", "skip"] = "raise") -> Self:
        """Builds a model from the core and plugins.

        Args:
            plugins: Names of installed plugins, modules, or objects with hooks, one or several,
                such as ``["workplan", my_module]``. ``None`` is all that are installed, ``[]``
                the core alone. Nothing else is imported.
            missing: ``raise`` if a plugin is not there or fails; ``skip`` leaves it out, and
                ``model.catalog.plugins`` says why.

        Raises:
            NotFound: If no plugin of a name is installed; it names the near ones.
            PluginError: If a plugin fails, or two claim one name.
            TypeError: If what is given can be no plugin.
        """
        import uuid

        return cls(build_catalog(plugins, missing=missing), uuid.uuid4().hex)

    def dataset(self, records: Iterable[Record] = ()) -> Dataset:
        """A Dataset of records that comes from this model."""
        return Dataset(records, model=self)

    def read(
        self,
        source: Source,
        *,
        format: str | None = None,
        on_error: OnError = "raise",
        limits: Limits = Limits(),  # noqa: B008
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        **options: object,
    ) -> Dataset:
        """Reads files, folders or streams of any format that the model knows.

        Args:
            source: A path, a glob pattern such as ``plans/*.docx``, a binary stream, or
                several of these. Several inputs are merged; conflicts become claims.
            format: Name of the importer; ``None`` finds it by content and ending.
            on_error: ``raise`` refuses data with errors, and inputs that cannot be read;
                ``keep`` returns what could be read: ``problems`` of the Dataset says what was
                wrong, ``unread`` which inputs could not be read at all.
            limits: Bounds on the work that one input may make.
            progress: Called as ``progress(done, total, input)`` with the bytes read of an
                input, its bytes if they are known, and its name.
            cancel: A token with a method ``is_set``, such as a `threading.Event`, that says
                from another thread when to stop.
            **options: Options of the importer.

        Raises:
            Cancelled: If ``cancel`` was set.
            DataError: If the data has errors and ``on_error`` is ``raise``.
            FormatError: If an input cannot be read at all and ``on_error`` is ``raise``.
            NotFound: If there is no importer or option of this name.
            BadParameter: If an option has a value that it cannot have.
            PluginError: If an importer fails and ``on_error`` is ``raise``.
            TypeError: If the source is nothing that can be read.
        """
        how = Reading(self, format, on_error, limits, progress, cancel, options)
        return how.dataset(source)

    def stream(
        self,
        source: Source,
        *,
        format: str | None = None,
        on_error: OnError = "raise",
        limits: Limits = Limits(),  # noqa: B008
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        **options: object,
    ) -> RecordStream:
        """The records of files, folders or streams one by one, in bounded memory.

        It takes what `read` takes. Several inputs follow each other and are not merged. Errors
        are raised when they are met; with ``on_error="keep"`` the stream's ``problems`` and
        ``unread`` hold what was found so far.
        """
        how = Reading(self, format, on_error, limits, progress, cancel, options)
        return how.stream(source)

    def write(
        self,
        data: Dataset | Network,
        target: Input,
        /,
        *,
        format: str | None = None,
        **options: object,
    ) -> None:
        """Writes a Dataset or a Network; a file appears whole or not at all.

        Args:
            data: What to write. A format of graphs takes a Network, or a Dataset together
                with ``projection=``.
            target: A path or a binary stream.
            format: Name of the exporter; ``None`` finds it by the ending of the path.
            **options: Options of the exporter, ``projection=``, and parameters of the
                projection; one that both have is the exporter's, and ``projection.name`` is the
                projection's.

        Raises:
            DataError: If a record holds what cannot be written.
            FormatError: If the target cannot be written.
            NotFound: If there is no exporter of this name or for this ending, or no such option.
            BadParameter: If an option has a value that it cannot have.
        """
        from jmdi.running.writing import write

        write(self, data, target, format, options)

    def losses(
        self, data: Dataset | Network, format: str, /, **options: object
    ) -> tuple[Problem, ...]:
        """What a format cannot keep of a Dataset or a Network; nothing is written.

        Each Problem names a kind and a member (``where``), how many records lose it (``count``)
        and up to three of them (``examples``).

        Args:
            data: What would be written.
            format: Name of the exporter.
            **options: What `write` takes.

        Raises:
            DataError: If a record holds what cannot be written.
            NotFound: If there is no exporter of this name, or no such option.
            BadParameter: If an option has a value that it cannot have.
        """
        from jmdi.running.losses import losses

        return losses(self, data, format, options)

    def record(self, raw: Mapping[str, Any]) -> Record:
        """The record of an object as JSON holds it, which `jmdi.Record.to_dict` gives.

        Args:
            raw: A member ``kind`` and the members of a record of that kind; others are kept.

        Raises:
            DataError: With a problem for each member that is not as it must be.
        """
        return structuring.record(self._codec, raw)

    @functools.cached_property
    def _codec(self) -> Codec:
        return Codec(self.catalog)

    def exporter_for(
        self, data: Dataset | Network, target: Input, *, format: str | None = None
    ) -> Exporter:
        """The exporter for a target: by name, else by the ending of its path.

        Raises:
            NotFound: If there is no exporter of this name or for this ending.
            TypeError: If the target is a stream and no format is named.
        """
        from jmdi.running.writing import exporter_for

        return exporter_for(self.catalog, data, target, format)

    def project(self, dataset: Dataset, name: str, /, **parameters: object) -> Network:
        """A Dataset seen as a Network; see :meth:`jmdi.Dataset.project`."""
        return projecting.project(self, dataset, name, parameters)

    def metric(
        self,
        data: Dataset | Network,
        name: str,
        /,
        *,
        projection: str | None = None,
        **parameters: object,
    ) -> Result:
        """A metric of a Dataset or a Network.

        Args:
            data: What it is computed on.
            name: Name of the metric.
            projection: How a Dataset is seen for a metric of any network; ``actors`` if it is
                not given. A metric of something else may have a parameter of this name.
            **parameters: Its parameters, and those of the projection; one that both have is the
                metric's, and ``projection.name`` is the projection's.

        Raises:
            NotFound: If there is no such metric, projection or parameter; it names near ones.
            BadParameter: If a parameter is missing or has a value that it cannot have.
            WrongTarget: If the metric is one of datasets and the data a Network.
            PluginError: If the metric fails, or returns what no metric may return.
        """
        return measuring.run(
            self, name, data, parameters, projection=projection, otherwise="actors"
        )

    def check(self, dataset: Dataset) -> CheckReport:
        """Runs all checks on a Dataset; nothing is changed."""
        return checking.check(dataset, self.catalog)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self._key == DEFAULT:
            return (default_model, ())
        if self._key is None:
            raise PluginError(
                "what comes from a model that was made of a catalog cannot be pickled: "
                "build the model with jmdi.Model.build(...)"
            )
        plugins = [
            reference_to(s.plugin) if s.distribution == GIVEN else s.name
            for s in self.catalog.plugins
            if s.state == "active"
        ]
        return (_again, (self._key, tuple(plugins)))


_MODELS: weakref.WeakValueDictionary[str, Model] = weakref.WeakValueDictionary()
"""The models of this process, so that what is unpickled here finds its own model again."""

_BUILDING = threading.RLock()
"""Held while the default model or that of a pickled value is built, so that each is built once."""


def _in_a_child() -> None:
    """After a fork nobody else builds any more."""
    global _BUILDING
    _BUILDING = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_child)

_REBUILT: deque[Model] = deque(maxlen=8)
"""The last models of other processes that were built again, kept for the values that still come.

One that a value of this process holds is found in `_MODELS` however many were built since.
"""


def _again(key: str, plugins: tuple[str | Reference, ...]) -> Model | _Lost:
    """The model of a value that was pickled: the same one, or in another process an equal one."""
    with _BUILDING:
        known = _MODELS.get(key)
        if known is None:
            try:
                known = Model(_built_again(plugins), key)
                _REBUILT.append(known)
            except PluginError as error:
                return _Lost(str(error), (key, plugins))
        return known


class _Lost:
    """Stands for a model that cannot be built in this process, and says so when it is used.

    Raising where a value is unpickled would end a worker of ``multiprocessing`` without a word,
    and its pool would wait for ever.
    """

    def __init__(self, why: str, model: tuple[str, tuple[str | Reference, ...]]) -> None:
        self._why = why
        self._model = model

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        raise PluginError(
            f"the model of this value cannot be built in this process: {self._why}; install what "
            "it needs, or send the data as a file"
        )

    def __repr__(self) -> str:
        return f"<a model that cannot be built here: {self._why}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, self._model)


def _built_again(plugins: tuple[str | Reference, ...]) -> Catalog:
    """The catalog of the same plugins, all of which must work here.

    Raises:
        PluginError: If one is not here, or fails.
    """
    here = [one if isinstance(one, str) else one.load() for one in plugins]
    catalog = build_catalog(here, missing="skip")
    for status in catalog.plugins:
        if status.error is not None:
            raise PluginError(f"plugin {status.name!r}: {status.error}")
    return catalog


def default_model() -> Model:
    """The model of ``jmdi.read`` and the like: the core and all installed plugins.

    It is one for all threads. A plugin that fails is left out.
    """
    with _BUILDING:
        return _default_model()


@functools.cache
def _default_model() -> Model:
    return Model(build_catalog(missing="skip"), DEFAULT)
