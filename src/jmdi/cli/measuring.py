"""Running several metrics on one dataset: one that fails or asks back does not stop the others."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import click

from jmdi.cli.outcomes import Outcome
from jmdi.cli.reading import assigned, fitted
from jmdi.errors import JmdiError, NotFound, PluginError, suggest
from jmdi.graph.naming import YEARS
from jmdi.running.projecting import PREFIX, allotted

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog
    from jmdi.plugins.specs import Metric, Parameter

__all__ = ["Given", "asking", "floors_of", "measure", "parameters_of", "projected_with"]


def measure(
    dataset: Dataset,
    catalog: Catalog,
    names: Iterable[str],
    projection: str,
    parameters: Mapping[str, Given],
    strict: bool = False,
) -> Iterator[Outcome]:
    """Computes metrics one after the other; a network that several need is made once.

    Args:
        dataset: The records.
        catalog: Where the metrics are registered.
        names: The metrics.
        projection: The network for metrics of networks in general.
        parameters: Parameters of each metric, and of its projection.
        strict: Whether a wrong or missing parameter ends all; otherwise that metric alone.

    Yields:
        What became of each.

    Raises:
        NotFound: If there is no such projection; when strict, no such parameter or record.
        JmdiError: When strict, if a parameter has a value that it cannot have.
    """
    from jmdi.running.measuring import run

    catalog.projection(projection)
    networks: dict[tuple[str, str], Any] = {}
    for name in names:
        given = parameters.get(name, Given())
        metric = catalog.metric(name)
        on = projection_of(metric, projection)
        target: Any = None if on else dataset
        try:
            if on is not None:
                key = (on, repr(given.projection))
                if key not in networks:
                    networks[key] = dataset.project(on, **given.projection)
                target = networks[key]
            yield Outcome(name, metric.title, run(dataset.model, name, target, given.metric))
        except PluginError as error:
            yield Outcome(name, metric.title, error=str(error))
        except JmdiError as error:
            if strict:
                raise
            missing = [p for p in metric.parameters if p.required and p.name not in given.metric]
            if missing and target is not None:
                yield asking(catalog, metric, missing, target, str(error))
            else:
                yield Outcome(name, metric.title, error=str(error), usage=True)


def asking(
    catalog: Catalog, metric: Metric, missing: Sequence[Parameter], target: object, why: str
) -> Outcome:
    """What became of a metric that lacks parameters: what can be named for each.

    Args:
        catalog: Where the metric is registered.
        metric: The metric.
        missing: The parameters.
        target: What it would be computed on; ``None`` if nobody looked.
        why: What the runner said.
    """
    from jmdi.metrics.choices import NEEDS_CHOICE
    from jmdi.metrics.result import undefined
    from jmdi.plugins.blame import blamed

    try:
        with blamed(catalog, "metric", metric.name, JmdiError):
            options = {p.name: [] if target is None else p.offered(target) for p in missing}
    except JmdiError as error:
        return Outcome(metric.name, metric.title, error=str(error))
    result = undefined(NEEDS_CHOICE, why, title=metric.title, notes={"choices": options})
    asks = {p.name: f"{p.doc[:1].lower()}{p.doc[1:].rstrip('.')}" for p in missing}
    return Outcome(metric.name, metric.title, attrs.evolve(result, metric=metric.name), asks=asks)


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

    @property
    def together(self) -> dict[str, Any]:
        """All of them, as `jmdi.Dataset.metric` takes them."""
        return self.metric | {f"{PREFIX}{name}": value for name, value in self.projection.items()}


def parameters_of(
    catalog: Catalog,
    names: Iterable[str],
    params: Sequence[str],
    as_of: str | None,
    projection: str,
) -> dict[str, Given]:
    """The parameters of each metric and of its projection, those that are given and that it has.

    Which is whose is as `jmdi.running.projecting.allotted` has it.

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
        known |= dict.fromkeys([*own, *below, *(f"{PREFIX}{name}" for name in below)])
        mine, its = allotted(own, below, given)
        found[metric.name] = Given(
            {
                **({n: v for n, v in day.items() if n in own}),
                **{n: fitted(own[n], v) for n, v in mine.items() if n in own},
            },
            {
                **({n: v for n, v in day.items() if n in below and n not in own}),
                **{n: fitted(below[n], v) for n, v in its.items() if n in below},
            },
            tuple(n for n in given if n in own and n in below),
        )
    for name in given:
        if name not in known:
            cure = (
                None if suggest(name, known) else "'jmdi metrics --list' has those of each metric"
            )
            raise NotFound("parameter", name, sorted(known), cure=cure)
    return found


def projected_with(catalog: Catalog, projection: str, params: Sequence[str]) -> dict[str, Any]:
    """The parameters of a projection alone, as it takes them.

    Args:
        catalog: Where it is registered.
        projection: Its name.
        params: ``name=value`` texts; the name may begin with ``projection.``.

    Raises:
        NotFound: If it has no such parameter.
        click.UsageError: If a value is not what the parameter wants.
    """
    given = {n.removeprefix(PREFIX): v for n, v in assigned(params, "--param").items()}
    known = {p.name: p for p in catalog.projection(projection).parameters} if given else {}
    for name in given:
        if name not in known:
            raise NotFound("parameter", name, known, of=f"projection {projection!r}")
    return {name: fitted(known[name], text) for name, text in given.items()}


def _day(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        year = text.isdecimal() and int(text) in YEARS
        wave = f"; a wave is --param as_of={text}" if text.isdecimal() else ""
        said = f"; for the year give a day of it, such as {text}-12-31" if year else wave
        raise click.UsageError(f"--as-of is a day as 2015-12-31, not {text!r}{said}") from None


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
