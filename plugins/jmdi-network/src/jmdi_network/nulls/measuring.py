"""A metric as a function of a network that any process can call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

import attrs

from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.frozen import EMPTY
from jmdi.plugins.specs import Metric
from jmdi.running.binding import bind
from jmdi.running.measuring import measured, run, seen_as
from jmdi.running.projecting import PREFIX, parameters_for

__all__ = ["Measurable", "MeasurableRecords", "Measure", "actors_of", "measure_of"]

Measurable: TypeAlias = str | Metric | Callable[[Network], object]
"""Name of a metric of networks, the metric, or a function of a network."""

MeasurableRecords: TypeAlias = str | Metric | Callable[[Dataset], object]
"""Name of a metric, the metric, or a function of a Dataset."""

FEW = 16
"""Most completions that are tried for each network that is drawn: those of four pairs."""

Target = TypeVar("Target", Network, Dataset)


VALUE = ("value",)
ENDS = ("lower", "upper")
ALL = (*VALUE, *ENDS)


@frozen(eq=False)
class Measure:
    """A metric with its parameters.

    Attributes:
        spec: The metric.
        parameters: Its parameters.
        entries: Which of its ``values`` are looked at; empty for its ``value``.
        ends: Of each entry, or of the Result itself, whether its value is looked at, the ends of
            its interval, or both; all values by default.
        projection: For a metric of networks, how a Dataset is projected.
        below: Parameters of the projection.
        completions: How many networks that unobserved pairs allow are tried for each that is
            drawn; with more, such pairs count as untied.
    """

    spec: Metric
    parameters: Mapping[str, Any]
    entries: tuple[str, ...] = ()
    ends: tuple[tuple[str, ...], ...] = ()
    projection: str | None = None
    below: Mapping[str, Any] = EMPTY
    completions: int = FEW

    @property
    def title(self) -> str:
        """The metric's name in the field."""
        return self.spec.title or self.spec.name

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, as parameters that a Result can keep."""
        given = {**self.parameters, **{f"{PREFIX}{k}": v for k, v in self.below.items()}}
        plain = {k: v for k, v in given.items() if isinstance(v, (str, int, float))}
        entry = self.entries[0] if len(self.entries) == 1 else self.entries
        asked = {"metric": self.spec.name, "parameters": plain, "entry": entry}
        return {name: value for name, value in asked.items() if value}

    @property
    def convention(self) -> str:
        """How the metric is read, with these parameters, as a part of a sentence about draws."""
        return f"{self.title}: {self.spec.convention}" if self.spec.convention else ""

    def cited(self, draws: str) -> str:
        """Where the metric comes from, and where the draws do, each source once."""
        both = f"{self.spec.citation}; {draws}".split("; ")
        return "; ".join(dict.fromkeys(filter(None, both)))

    @property
    def looked(self) -> list[tuple[str, str]]:
        """The entry of each number, empty for the Result itself, and which end of it."""
        entries = self.entries or ("",)
        ends = self.ends or (VALUE,) * len(entries)
        return [(e, end) for e, each in zip(entries, ends, strict=True) for end in each]

    def result(self, target: Network | Dataset) -> Result:
        """The metric of a network or of a Dataset."""
        projection, given = None, dict(self.parameters)
        if isinstance(target, Dataset):
            projection = self.projection
            given |= {f"{PREFIX}{name}": value for name, value in self.below.items()}
        return run(
            target.model,
            self.spec,
            target,
            given,
            projection=projection,
            completions=self.completions,
        )

    def drawn(self, target: Network | Dataset) -> Result:
        """The metric of one of many networks or Datasets, of which nobody asks how it was made."""
        return measured(
            target.model,
            self.spec,
            target,
            bind(_named(self.spec), self.spec.parameters, self.parameters),
            projection=self.projection,
            below=self.below,
            completions=self.completions,
        )

    def of_all(self, observed: Result, *, bounds: bool = True) -> Measure:
        """The measure of all numbers of an observed Result, unless some are named.

        These are its value or else all its ``values``; of an interval its ends.

        Args:
            observed: The observed Result.
            bounds: Whether bounds of a value that is known are looked at too.
        """
        if not observed.defined:
            return self
        entries = self.entries
        if not entries and observed.status == "values":
            entries = tuple(_numbers_in(observed.values or {}, observed.bounds))
        ends = []
        for entry in entries or ("",):
            value, lower, upper = _three(observed, entry)
            known = value is not None and (not bounds or {value, lower, upper} <= {value, None})
            ends.append(VALUE if known or lower is None else ENDS if value is None else ALL)
        return attrs.evolve(self, entries=entries, ends=tuple(ends))

    def numbers(self, result: Result, *, gone: bool = False) -> list[float | None]:
        """The numbers that are looked at; ``None`` where one is undefined.

        Args:
            result: The metric of a network.
            gone: Whether an entry may be missing, as that of an actor or group which a changed
                network lacks; it is then undefined.

        Raises:
            BadParameter: If the metric has no such entry, or it is no number, or there are
                several numbers and none is named.
        """
        if not self.entries and result.status == "values":
            raise BadParameter(
                f"{self.spec.name} has several numbers: name one of its values as entry="
            )
        if not result.defined and (result.values is None or not self.entries):
            return [None] * len(self.looked)
        found = {entry: _three(result, entry, gone=gone) for entry, _ in self.looked}
        return [found[entry][ALL.index(end)] for entry, end in self.looked]


def _three(result: Result, entry: str, *, gone: bool = False) -> list[float | None]:
    """A value and its bounds, which are the value where nothing else is said."""
    value: object = result.value
    bounds: object = (result.lower, result.upper)
    if entry:
        value, bounds = _at(result.values or {}, entry), _at(result.bounds, entry)
    if value is _MISSING and not gone:
        raise BadParameter(f"{result.metric} has no value {entry!r}")
    lower, upper = bounds if isinstance(bounds, tuple) and len(bounds) == 2 else (None, None)
    value = None if value is _MISSING else value
    found: list[float | None] = []
    for number in (value, value if lower is None else lower, value if upper is None else upper):
        if number is not None and not isinstance(number, (int, float, Decimal)):
            raise BadParameter(f"{entry!r} of {result.metric} is no number")
        found.append(None if number is None else float(number))
    return found


def _numbers_in(
    values: Mapping[str, Any], bounds: Mapping[str, Any], before: str = ""
) -> Iterator[str]:
    """The names of all numbers and intervals among values, such as ``liaison/count``."""
    for name, value in values.items():
        ends = bounds.get(name)
        if isinstance(value, Mapping):
            inner = ends if isinstance(ends, Mapping) else {}
            yield from _numbers_in(value, inner, f"{before}{name}/")
        elif (value is None and isinstance(ends, tuple)) or (
            isinstance(value, (int, float)) and not isinstance(value, bool)
        ):
            yield before + name


_MISSING = object()


def _at(values: Mapping[str, Any], entry: str) -> object:
    """The value of this name, in which ``/`` stands between names that may have it too."""
    if entry in values:
        return values[entry]
    for place, sign in enumerate(entry):
        inner = values.get(entry[:place]) if sign == "/" else None
        if isinstance(inner, Mapping):
            found = _at(inner, entry[place + 1 :])
            if found is not _MISSING:
                return found
    return _MISSING


def actors_of(measure: Measure, observed: Result, network: Network) -> tuple[int, ...]:
    """The actors that a measure is about: whose entry it is, or whom a parameter names.

    An entry is that of an actor when all values of the metric are of actors.
    """
    values = observed.values or {}
    ids = {value for value in measure.parameters.values() if isinstance(value, str)}
    ids -= set(network.node_attributes)
    if values.keys() <= network.index.keys():
        ids |= {
            id for entry in measure.entries for id in values if (entry + "/").startswith(id + "/")
        }
    return tuple(sorted(network.index[id] for id in ids if id in network.index))


def measure_of(
    target: Target,
    metric: str | Metric | Callable[[Target], object],
    parameters: Mapping[str, object] | None = None,
    entry: str | Sequence[str] | None = None,
    projection: str | None = None,
) -> Measure:
    """A metric by its name, its spec, or a function of what it is computed on.

    Args:
        target: The network or Dataset, whose model knows the metric.
        metric: The metric.
        parameters: Its parameters, and those of the projection of a Dataset.
        entry: One or several of its values, such as ``liaison/count``.
        projection: For a metric of any network, how a Dataset is projected.

    Raises:
        NotFound: If there is no metric of this name.
        BadParameter: If it is a metric of datasets and the target a network, or a parameter is
            missing or has a value that it cannot have, or an entry is no quantity.
    """
    if isinstance(metric, Metric):
        spec = metric
    elif isinstance(metric, str):
        spec = target.model.catalog.metric(metric)
    else:
        on = "network" if isinstance(target, Network) else "dataset"
        spec = Metric(getattr(metric, "__name__", "metric"), metric, on=on)
    if spec.on == "dataset" and isinstance(target, Network):
        raise BadParameter(
            f"{spec.name} is a metric of datasets; ask the dataset: dataset.null({spec.name!r})"
        )
    catalog, view = target.model.catalog, seen_as(spec, target, projection or "actors")
    own, below = parameters_for(catalog, _named(spec), spec.parameters, view, parameters or {})
    given = _bound(spec, own)
    # what says its convention or bounds may be a lambda, which no other process can be sent
    spec = attrs.evolve(
        spec,
        convention=spec.words(spec.convention, given),
        value_is=spec.words(spec.value_is, given),
        bounds=spec.words(spec.bounds, given),
    )
    entries = (entry,) if isinstance(entry, str) else tuple(entry or ())
    if entries and spec.bounds == "groups":
        raise BadParameter(
            f"the values of {spec.name} only number groups, which is no quantity to compare: "
            "leave entry out"
        )
    chosen = (projection or "actors") if spec.on == "network" else None
    return Measure(spec, own, entries, projection=chosen, below=below)


def _named(spec: Metric) -> str:
    return f"metric {spec.name!r}"


def _bound(spec: Metric, given: Mapping[str, object]) -> dict[str, Any]:
    """The parameters of the metric; where one is missing, the error says how it is given."""
    try:
        return bind(_named(spec), spec.parameters, given)
    except BadParameter as error:
        missing = [p.name for p in spec.parameters if p.required and p.name not in given]
        if not missing:
            raise
        members = ", ".join(f'"{name}": …' for name in missing)
        raise BadParameter(f"{error} Write parameters={{{members}}}") from None
