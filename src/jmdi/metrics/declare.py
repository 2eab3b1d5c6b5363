"""Declaring a metric at its function, and gathering those of a package."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from jmdi.errors import ModelError
from jmdi.metrics.result import Number, Result
from jmdi.plugins.specs import DECLARED, Metric, Words

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["metric", "metrics_of"]

F = TypeVar("F", bound=Callable[..., Result | Number | Mapping[str, Any]])


def metric(
    name: str,
    title: str,
    *,
    on: str = "network",
    unit: str = "",
    range: tuple[float | None, float | None] = (None, None),
    polarity: Literal["higher", "lower", "neither"] = "neither",
    value_is: Words = "",
    citation: str = "",
    convention: Words = "",
    accepts: Callable[[Any], bool | str] | None = None,
    plot: Callable[..., Any] | str | None = None,
    extra: str = "matplotlib",
    bounds: Words = "enumerated",
    count: Callable[..., Mapping[str, Any] | Dataset | None] | str | None = None,
    finish: Callable[..., Result] | str | None = None,
) -> Callable[[F], F]:
    """Declares a function to be a metric, and leaves it as it is.

    Its first parameter is the Dataset or the Network; the others are the metric's parameters,
    with their types, defaults and entries of ``Args:``. The docstring up to there is the
    definition. Heavy imports stand inside the function.

    >>> import jmdi
    >>> @jmdi.metric("acme:ties", "Ties per actor", value_is="mean", citation="Acme 2020")
    ... def ties(network: jmdi.Network, *, loops: bool = False) -> float:
    ...     '''m / n.
    ...
    ...     Args:
    ...         network: The network.
    ...         loops: Whether ties of an actor to itself count.
    ...     '''
    ...     ...

    Args:
        name: Its name, ``plugin:metric`` for a plugin's own.
        title: Its name in the field.
        on: ``dataset``, ``network``, or the projection that a Dataset is turned into for it.
        unit: Unit of its value.
        range: Lowest and highest value; ``None`` for no bound.
        polarity: ``higher``, ``lower`` or ``neither`` is better.
        value_is: What its value is; see `Metric`.
        citation: Where the definition comes from.
        convention: Which of several readings it follows; see `Metric`.
        accepts: ``accepts(target)`` says ``True``, or why the metric cannot be computed.
        plot: ``plot(result, ax, **style)`` draws its Result; or ``package.module:name``.
        extra: What to install for it to draw.
        bounds: How to find what pairs that were not observed leave open; see `Metric`.
        count: What an engine counts where the records are more than memory holds; see `Metric`.
        finish: Makes the Result of what was counted; see `Metric`.

    Raises:
        ModelError: If what it stands at is no function, or it has an ``on``, ``range`` or
            ``polarity`` or ``bounds`` that no metric can have.
    """

    def declare(function: F) -> F:
        given: object = function
        if not inspect.isfunction(given):
            raise ModelError(f"metric {name!r} is declared at a function (def), not {function!r}")
        spec = Metric(
            name,
            function,
            title,
            on,
            unit=unit,
            range=range,
            polarity=polarity,
            value_is=value_is,
            citation=citation,
            convention=convention,
            accepts=accepts,
            plot=plot,
            extra=extra,
            bounds=bounds,
            count=count,
            finish=finish,
        )
        setattr(function, DECLARED, (*getattr(function, DECLARED, ()), spec))
        return function

    return declare


def metrics_of(*places: ModuleType | str) -> list[Metric]:
    """The metrics that are declared in modules, and in all modules of packages, by name.

    Args:
        *places: Modules and packages, or their names.

    Raises:
        ModelError: If two functions have one name; a metric lost in silence is hard to find.
        TypeError: If one is no module.
    """
    found: dict[str, Metric] = {}
    for place in places:
        for module in _modules(place):
            for function in vars(module).values():
                if not inspect.isfunction(function) or function.__module__ != module.__name__:
                    continue
                for spec in getattr(function, DECLARED, ()):
                    if found.setdefault(spec.name, spec) is not spec:
                        other = found[spec.name].run
                        raise ModelError(f"metric {spec.name!r} stands at {other} and {function}")
    return [found[name] for name in sorted(found)]


def _modules(place: ModuleType | str) -> Iterator[ModuleType]:
    module = importlib.import_module(place) if isinstance(place, str) else place
    if not isinstance(module, ModuleType):
        raise TypeError(f"metrics_of takes modules or their names, such as __name__, not {place!r}")
    yield module
    for inner in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield from _modules(f"{module.__name__}.{inner.name}")
