"""How a value reaches the model it came from: a protocol, the base of values, and one door.

Dataset, Network and Result hold data and the model that they came from. They cannot do much
themselves: reading, projecting, measuring, checking and writing stand above them. The model
does that for them, and this protocol is all that they know of it.
"""

from __future__ import annotations

import functools
import importlib
import os
import types
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any, ClassVar, Protocol, cast

from jmdi.errors import suggest
from jmdi.plugins.blame import blamed
from jmdi.plugins.known import install_for

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network
    from jmdi.graph.report import CheckReport
    from jmdi.metrics.result import Result
    from jmdi.plugins.catalog import Catalog

__all__ = ["Doer", "FromModel", "default_doer"]


class Doer(Protocol):
    """What a value asks of the model that it came from; `jmdi.Model` is the only one."""

    @property
    def catalog(self) -> Catalog:
        """The kinds, formats, checks, projections, metrics and accessors that it knows."""
        ...

    def project(self, dataset: Dataset, name: str, /, **parameters: object) -> Network:
        """A dataset seen as a network."""
        ...

    def metric(
        self,
        data: Dataset | Network,
        name: str,
        /,
        *,
        projection: str | None = ...,
        **parameters: object,
    ) -> Result:
        """A metric of a dataset or a network."""
        ...

    def check(self, dataset: Dataset) -> CheckReport:
        """What all checks find in a dataset."""
        ...

    def write(
        self,
        data: Dataset | Network,
        target: str | os.PathLike[str] | IO[bytes],
        /,
        *,
        format: str | None = ...,
        **options: object,
    ) -> None:
        """Writes a dataset or a network."""
        ...

    def losses(
        self, data: Dataset | Network, format: str, /, **options: object
    ) -> tuple[Problem, ...]:
        """What a format cannot keep of a dataset or a network."""
        ...


def default_doer() -> Doer:
    """The default model, built from the installed plugins on first use.

    This is the only way up from the values. It is taken only for a value that was made
    without a model, such as ``Network.from_edges(...)`` in a notebook.
    """
    app = importlib.import_module("jmdi.app")
    return cast("Doer", app.default_model())


class FromModel:
    """Base of Dataset, Network and Result: the model they came from, and plugins' accessors."""

    __slots__ = ()
    _model: Doer | None
    accessed_as: ClassVar[str]
    """What an accessor names as ``on``: ``dataset``, ``network`` or ``result``."""

    @property
    def model(self) -> Doer:
        """The model it came from; the default model if it was made without one."""
        return default_doer() if self._model is None else self._model

    def __dir__(self) -> Iterable[str]:
        prefix = f"{self.accessed_as}."
        accessors = self.model.catalog.accessors
        added = (name.removeprefix(prefix) for name in accessors if name.startswith(prefix))
        return sorted({*object.__dir__(self), *added})

    if not TYPE_CHECKING:  # else type checkers would take any name, however misspelt

        def __getattr__(self, name: str) -> Callable[..., Any]:
            # Protocols such as pickle and IPython ask for private names all the time, also
            # of a value that is only half made: they must not build a model.
            if name.startswith("_"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            full = f"{self.accessed_as}.{name}"
            catalog = self.model.catalog
            if full in catalog.accessors:
                return types.MethodType(_accessed(catalog, full), self)
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            measured = self.accessed_as != "result" and _is_metric(catalog, name)
            if measured:
                name_of = name.replace("_", "-")
                message += f"; it is a metric: {self.accessed_as}.metric({name_of!r})"
            elif cure := install_for("accessor", full):
                message += f"; {cure}"
            elif near := suggest(name, (n for n in dir(self) if not n.startswith("_")), most=1):
                message += f"; did you mean {near[0]!r}?"
            raise AttributeError(message, name=name, obj=self)


def _is_metric(catalog: Catalog, name: str) -> bool:
    """Whether a metric has a name, with hyphens where names in Python have underscores."""
    wanted = name.replace("_", "-")
    return any(full.rpartition(":")[2] == wanted for full in catalog.metrics)


def _accessed(catalog: Catalog, full: str) -> Callable[..., Any]:
    """The function of an accessor; ``sys.exit`` in it is its plugin's failure.

    An ordinary exception stays what it is, as that of any method.
    """
    function = catalog.accessors[full].function()

    @functools.wraps(function)
    def call(*args: Any, **parameters: Any) -> Any:
        with blamed(catalog, "accessor", full, Exception):
            return function(*args, **parameters)

    return call
