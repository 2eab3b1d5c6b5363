"""Running several metrics on one dataset, so that one that fails does not stop the others."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import click

from jmdi.cli.reading import assigned, fitted
from jmdi.errors import BadParameter, NotFound, PluginError

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.metrics.result import Result
    from jmdi.plugins.catalog import Catalog
    from jmdi.plugins.specs import Metric

__all__ = ["Given", "Outcome", "floors_of", "measure", "parameters_of"]

FEW = 4
"""How many values are shown beside a result without a single one."""


@attrs.frozen(slots=True)
class Outcome:
    """What became of one metric.

    Attributes:
        name: Name of the metric.
        result: Its result.
        error: Why there is none: a plugin failed.
    """

    name: str
    result: Result | None = None
    error: str = ""

    @property
    def applies(self) -> bool:
        """Whether the metric makes sense for the data, or failed in finding out."""
        return self.result is None or not self.result.not_applicable

    def row(self) -> tuple[str, ...]:
        """Name, value, what it is, coverage, bounds, n and note as texts."""
        from jmdi.metrics.wording import closed_world_said, counted

        result = self.result
        if result is None:
            return (self.name, "failed", "", "", "", "", self.error)
        coverage = "" if result.coverage is None else f"{result.coverage:.0%}".replace("%", " %")
        number = result.n_used
        size = "" if number is None else f"{number:,} {counted(number, result.of)}".rstrip()
        note = result.why or result.no_bounds or _brief(result)
        if closed := result.notes.get("closed_world"):
            note += f"; read as complete: {closed_world_said(closed)}"
        what = result.value_is if result.defined else ""
        return (self.name, _value(result), what, coverage, _bounds(result), size, note)

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON values, or the error."""
        if self.result is None:
            return {"metric": self.name, "error": self.error}
        return self.result.to_dict()

    def below(self, floors: Mapping[str, Decimal]) -> Iterator[str]:
        """Why the metric does not hold what ``--fail-under`` asks of it."""
        floor = floors.get(self.name)
        if floor is None:
            return
        result = self.result
        if result is None or not result.defined:
            why = self.error if result is None else result.why
            yield f"{self.name} has no value to compare with {floor}: {why}"
            return
        value = result.lower if result.value is None else result.value
        if value is None:
            yield f"{self.name} has no single value to compare with {floor}"
        elif value < floor:
            yield f"{self.name} = {_number(value)} is under {floor}"


def _brief(result: Result) -> str:
    """A few values beside a result that has no single one, such as an interval per currency."""
    values = result.values or {}
    if result.value is not None or not 0 < len(values) <= FEW:
        return ""
    parts = []
    for name, item in values.items():
        ends = result.bounds.get(name)
        if item is None and isinstance(ends, tuple):
            parts.append(f"{name} {_number(ends[0])} to {_number(ends[1])}")
        elif isinstance(item, Mapping) and {"lower", "upper"} <= item.keys():
            parts.append(f"{name} {item['lower']} to {item['upper']}")
        elif isinstance(item, (int, float, Decimal)):
            parts.append(f"{name} {_number(item)}")
    return ", ".join(parts) if len(parts) == len(values) else ""


def _value(result: Result) -> str:
    text = _number_or_why(result)
    return text + ", or undefined" * (result.defined and result.or_undefined is not None)


def _number_or_why(result: Result) -> str:
    from jmdi.metrics.wording import between, counted

    if result.not_applicable:
        return "not applicable"
    if result.undefined is not None:
        return f"undefined ({result.undefined})"
    unit = f" {counted(result.value, result.unit)}" if result.unit else ""
    if result.value is not None:
        return _number(result.value) + unit
    if result.interval:
        return f"{between(result.lower, result.upper, _number)}{unit}"
    return f"{len(result.values or ()):,} values"


def _bounds(result: Result) -> str:
    low, high = result.lower, result.upper
    if result.no_bounds:
        return "not known"
    if result.value is None or low is None or high is None or low == high == result.value:
        return ""
    return f"[{_number(low)}, {_number(high)}]"


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) and abs(value) < 10_000 else f"{value:,}"


def measure(
    dataset: Dataset,
    catalog: Catalog,
    names: Iterable[str],
    projection: str,
    parameters: Mapping[str, Given],
) -> list[Outcome]:
    """Computes metrics; a network that several need is made once.

    Args:
        dataset: The records.
        catalog: Where the metrics are registered.
        names: The metrics.
        projection: The network for metrics of networks in general.
        parameters: Parameters of each metric, and of its projection.

    Raises:
        NotFound: If there is no such projection or parameter.
        JmdiError: If a parameter has a value that it cannot have, or the only metric needs one
            that is not given. Among several such a metric is undefined.
    """
    from jmdi.metrics.result import undefined
    from jmdi.running.measuring import run

    networks: dict[tuple[str, str], Any] = {}
    outcomes = []
    names = list(names)
    for name in names:
        given = parameters.get(name, Given())
        on = projection_of(catalog.metric(name), projection)
        try:
            target: Any = dataset
            if on is not None:
                key = (on, repr(given.projection))
                if key not in networks:
                    networks[key] = dataset.project(on, **given.projection)
                target = networks[key]
            outcomes.append(Outcome(name, run(dataset.model, name, target, given.metric)))
        except PluginError as error:
            outcomes.append(Outcome(name, error=str(error)))
        except BadParameter as error:
            needed = any(
                p.required and p.name not in given.metric for p in catalog.metric(name).parameters
            )
            if len(names) == 1 or (given and not needed):
                raise
            nothing = undefined("missing_input", str(error))
            outcomes.append(Outcome(name, attrs.evolve(nothing, metric=name)))
    return outcomes


def projection_of(metric: Metric, projection: str) -> str | None:
    """The projection that a metric is computed on; ``None`` if it is one of datasets."""
    if metric.on == "dataset":
        return None
    return projection if metric.on == "network" else metric.on


@attrs.frozen(slots=True)
class Given:
    """The parameters that are given for one metric.

    Attributes:
        metric: Its own.
        projection: Those of the projection that it is computed on.
        both: Names that both have, of which only the metric gets the value.
    """

    metric: dict[str, Any] = attrs.field(factory=dict)
    projection: dict[str, Any] = attrs.field(factory=dict)
    both: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.metric or self.projection)


PROJECTION = "projection."
"""Before the name of a parameter that is the projection's."""


def parameters_of(
    catalog: Catalog,
    names: Iterable[str],
    params: Sequence[str],
    as_of: str | None,
    projection: str,
) -> dict[str, Given]:
    """The parameters of each metric and of its projection, those that are given and that it has.

    A parameter is the metric's if the metric has it, else its projection's.
    ``projection.name=value`` is the projection's in any case.

    Args:
        catalog: Where the metrics are registered.
        names: The metrics; all if there are none.
        params: ``name=value`` texts.
        as_of: A day as ISO date, for metrics and projections that have ``as_of``.
        projection: The network for metrics of networks in general.

    Raises:
        NotFound: If neither a metric nor its projection has a parameter.
        click.UsageError: If a value is not what the parameter wants.
    """
    given = assigned(params, "--param")
    day = {} if as_of is None else {"as_of": _day(as_of)}
    metrics = [catalog.metric(name) for name in names] or list(catalog.metrics.values())
    found: dict[str, Given] = {}
    known: dict[str, None] = {}
    for metric in metrics:
        own = {p.name: p for p in metric.parameters}
        on = projection_of(metric, projection) if given or day else None
        below = {} if on is None else {p.name: p for p in catalog.projection(on).parameters}
        known |= dict.fromkeys([*own, *below, *(f"{PROJECTION}{name}" for name in below)])
        rest = {n.removeprefix(PROJECTION): v for n, v in given.items() if n.startswith(PROJECTION)}
        rest = {**{n: v for n, v in given.items() if n in below and n not in own}, **rest}
        found[metric.name] = Given(
            {
                **({n: v for n, v in day.items() if n in own}),
                **{n: fitted(own[n], v) for n, v in given.items() if n in own},
            },
            {
                **({n: v for n, v in day.items() if n in below and n not in own}),
                **{n: fitted(below[n], v) for n, v in rest.items() if n in below},
            },
            tuple(n for n in given if n in own and n in below),
        )
    for name in given:
        if name not in known:
            raise NotFound("parameter", name, sorted(known))
    return found


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.UsageError(f"--as-of is a day as 2015-12-31, not {text!r}") from None


def floors_of(texts: Sequence[str], catalog: Catalog) -> dict[str, Decimal]:
    """The lowest values that ``--fail-under`` allows, by metric.

    Raises:
        NotFound: If there is no such metric.
        click.UsageError: If one is not ``name=number``.
    """
    floors = {}
    for text in texts:
        name, equals, number = text.rpartition("=")
        if not equals:
            raise click.UsageError(f"--fail-under takes NAME=VALUE, not {text!r}")
        try:
            floor = Decimal(number)
        except ArithmeticError:
            floor = Decimal("NaN")
        if not floor.is_finite():
            raise click.UsageError(f"--fail-under {name}: {number!r} is not a number")
        floors[catalog.metric(name).name] = floor
    return floors
