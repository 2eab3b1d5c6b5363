"""Runs a metric: checks what it is given, checks what it gives, and says how it was computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import BadParameter, JmdiError, NotFound, PluginError, WrongTarget, suggest
from jmdi.metrics.result import Number, Plotter, Result, UndefinedResult, not_applicable, undefined

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network
    from jmdi.plugins.catalog import Catalog
    from jmdi.plugins.specs import Metric, Parameter

__all__ = ["bind", "run"]

DIGESTED = 100_000
"""Most records of which the digest, which reads them all, is put into every result."""

SHOWN = 60
"""Most characters of a wrong value that a message quotes."""

TOLERANCE = 1e-9
"""How far rounding may carry a value over the end of its range."""


def run(
    catalog: Catalog, name: str, target: Dataset | Network, parameters: Mapping[str, Any]
) -> Result:
    """Computes a metric.

    Args:
        catalog: Where the metric and the projections are registered.
        name: Name of the metric.
        target: A Dataset or a Network; for a metric on a projection, a Dataset is projected.
        parameters: Its parameters.

    Raises:
        NotFound: If there is no such metric or parameter; it names the near ones.
        BadParameter: If a parameter is missing or has a value that it cannot have.
        WrongTarget: If the metric is computed on a Dataset and the target is a Network, or
            the other way round.
        PluginError: If the metric fails, or returns what no metric may return.
    """
    spec: Metric = catalog.metric(name)
    bound = bind(f"metric {spec.name!r}", spec.parameters, parameters)
    target = _target(spec, target)
    return _complete(spec, _outcome(spec, target, bound), bound, _subject(target))


def bind(of: str, declared: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with defaults filled in, in the order of their declaration.

    Raises:
        NotFound: If a parameter is not declared.
        BadParameter: If one is missing, or is none of its choices.
    """
    names = [parameter.name for parameter in declared]
    for name in given:
        if name not in names:
            hint = None if names else f"{of} takes no parameters"
            raise NotFound(f"parameter of {of}", name, names, hint=hint)
    bound = {}
    for parameter in declared:
        if parameter.name in given:
            bound[parameter.name] = _fitting(of, parameter, given[parameter.name])
        elif parameter.required:
            raise BadParameter(f"{of} needs {parameter.name}: {parameter.doc}")
        else:
            bound[parameter.name] = parameter.default
    return bound


def _fitting(of: str, parameter: Parameter, value: object) -> object:
    """What is given for a parameter; an iterator, which can be read only once, as a tuple."""
    name, wanted = parameter.name, parameter.wanted
    value = tuple(value) if isinstance(value, Iterator) else value
    if wanted.takes(value) or (parameter.type is Any and not parameter.choices):
        return value
    shown = repr(value) if len(repr(value)) < SHOWN else f"{repr(value)[:SHOWN]}…"
    if wanted.choices:
        near = suggest(str(value), map(str, wanted.choices))
        cure = f"did you mean {near[0]!r}?" if near else f"choose from {wanted.choices}"
        raise BadParameter(f"{name}={shown} is no choice of {of}: {cure}")
    example = "" if parameter.default is None else f"; the default is {name}={parameter.default!r}"
    raise BadParameter(f"{of} takes {name} as {wanted.words}, not {shown}{example}")


def _target(spec: Metric, target: Dataset | Network) -> Dataset | Network:
    from jmdi.graph.dataset import Dataset

    if isinstance(target, Dataset):
        if spec.on == "dataset":
            return target
        if spec.on == "network":
            raise WrongTarget(
                f"{spec.name!r} is computed on a network: project first, as in "
                f"dataset.project('actors').metric({spec.name!r})"
            )
        return target.project(spec.on)
    if spec.on == "dataset":
        raise WrongTarget(f"{spec.name!r} is computed on a dataset: dataset.metric({spec.name!r})")
    return target


def _outcome(spec: Metric, target: Dataset | Network, bound: Mapping[str, Any]) -> Result:
    """What the metric says, as a Result, whatever of the allowed forms it returned."""
    try:
        verdict = True if spec.accepts is None else spec.accepts(target)
        if verdict is not True:
            return not_applicable(str(verdict or "it cannot be computed on this"))
        found: Any = spec.run(target, **bound)
    except UndefinedResult as error:
        if error.reason is None:
            raise PluginError(f"metric {spec.name!r} used a result as a number: {error}") from error
        return undefined(error.reason, error.why)
    except JmdiError:
        raise
    except Exception as error:
        raise PluginError(
            f"metric {spec.name!r} failed: {type(error).__name__}: {error}"
        ) from error
    if isinstance(found, Result):
        return found
    if found is None:
        raise PluginError(
            f"metric {spec.name!r} returned None; return jmdi.undefined(reason) instead"
        )
    try:
        return Result(values=found) if isinstance(found, Mapping) else Result(value=found)
    except (TypeError, ValueError) as error:
        raise PluginError(f"metric {spec.name!r} returned {found!r}: {error}") from error


def _complete(spec: Metric, result: Result, bound: Mapping[str, Any], subject: str) -> Result:
    """The result with what its metric declares; what the result itself says comes first."""
    result = attrs.evolve(
        result,
        metric=spec.name,
        title=result.title or spec.title or spec.name,
        unit=result.unit or spec.unit,
        range=spec.range,
        polarity=spec.polarity,
        value_is=result.value_is or spec.words(spec.value_is, bound),
        convention=result.convention or spec.words(spec.convention, bound),
        citation=result.citation or spec.citation,
        parameters=result.parameters or _plain_parameters(bound),
        subject=result.subject or subject,
        plotter=Plotter(spec.plot, spec.extra) if spec.plot else None,
    )
    numbers: list[Any] = [result.value, result.lower, result.upper]
    if result.value is None and result.values is not None:
        numbers += result.values.values()
    for number in numbers:
        _check_range(spec, number)
    return result


def _plain_parameters(bound: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as a Result can keep them: what is no JSON value becomes its text."""
    try:
        return dict(Result(value=0, parameters=bound).parameters)
    except (TypeError, ValueError):
        return {k: v if isinstance(v, (str, int)) else str(v) for k, v in bound.items()}


def _check_range(spec: Metric, number: Number | Any) -> None:
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        try:
            number = float(number)
        except (TypeError, ValueError):
            return
    low, high = spec.range
    if (low is not None and number < low - TOLERANCE) or (
        high is not None and number > high + TOLERANCE
    ):
        raise PluginError(
            f"metric {spec.name!r} gave {number}, outside its declared range {_range(low, high)}; "
            "this is a fault of the metric, not of the data"
        )


def _range(low: float | None, high: float | None) -> str:
    return f"{'-∞' if low is None else low} to {'∞' if high is None else high}"


def _subject(target: Dataset | Network) -> str:
    """The network's name, or the digest of the dataset, which a large one is spared."""
    from jmdi.graph.dataset import Dataset

    if not isinstance(target, Dataset):
        return f"network {target.name}"
    if len(target) > DIGESTED:
        return f"dataset of {len(target)} records"
    return f"dataset {target.digest()}"
