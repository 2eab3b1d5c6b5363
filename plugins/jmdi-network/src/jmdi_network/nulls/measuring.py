"""A metric as a function of a network that any process can call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Number, Result
from jmdi.plugins.specs import Metric
from jmdi.running.binding import bind
from jmdi.running.measuring import run

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


@attrs.frozen(slots=True, eq=False)
class Measure:
    """A metric with its parameters.

    Attributes:
        spec: The metric.
        parameters: Its parameters.
        entries: Which of its ``values`` are looked at; empty for its ``value``.
        ends: What is looked at without entries: its value, the ends of its interval, or both.
        projection: For a metric of networks, how a Dataset is projected.
        completions: How many networks that unobserved pairs allow are tried for each that is
            drawn; with more, such pairs count as untied.
    """

    spec: Metric
    parameters: Mapping[str, Any]
    entries: tuple[str, ...] = ()
    ends: tuple[str, ...] = VALUE
    projection: str | None = None
    completions: int = FEW

    @property
    def title(self) -> str:
        """The metric's name in the field."""
        return self.spec.title or self.spec.name

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, as parameters that a Result can keep."""
        plain = {k: v for k, v in self.parameters.items() if isinstance(v, (str, int, float))}
        entry = self.entries[0] if len(self.entries) == 1 else self.entries
        asked = {"metric": self.spec.name, "parameters": plain, "entry": entry}
        return {name: value for name, value in asked.items() if value}

    @property
    def convention(self) -> str:
        """How the metric is read, with these parameters, as a part of a sentence about draws."""
        return f"{self.title}: {self.spec.convention}" if self.spec.convention else ""

    def cited(self, draws: str) -> str:
        """Where the metric comes from, and where the draws do."""
        return "; ".join(filter(None, (self.spec.citation, draws)))

    @property
    def names(self) -> tuple[str, ...]:
        """What each of the numbers is called."""
        return self.entries or self.ends

    def result(self, target: Network | Dataset) -> Result:
        """The metric of a network or of a Dataset."""
        projection = None if isinstance(target, Network) else self.projection
        return run(
            target.model,
            self.spec,
            target,
            self.parameters,
            projection=projection,
            completions=self.completions,
        )

    def of_all(self, observed: Result) -> Measure:
        """The measure of all numbers of an observed Result, unless some are named.

        These are its value and, where what is not known gives it bounds, these; without a value
        the ends of its interval, or else all its ``values``.
        """
        if self.entries or not observed.defined:
            return self
        if observed.status == "values":
            return attrs.evolve(self, entries=tuple(_numbers_in(observed.values or {})))
        numbers = {observed.value, observed.lower, observed.upper} - {None}
        if len(numbers) == 1 and observed.value is not None:
            return self
        return attrs.evolve(self, ends=ENDS if observed.value is None else (*VALUE, *ENDS))

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
        if not self.entries:
            if result.status == "values":
                raise BadParameter(
                    f"{self.spec.name} has several numbers: name one of its values as entry="
                )
            return [None if end is None else float(end) for end in self._ends(result)]
        if not result.defined and result.values is None:
            return [None] * len(self.entries)
        return [_entry(result, entry, gone) for entry in self.entries]

    def _ends(self, result: Result) -> list[Number | None]:
        """The value, and bounds that are the value where nothing else is said."""
        found = {"value": result.value, "lower": result.lower, "upper": result.upper}
        if not result.defined:
            return [None] * len(self.ends)
        return [result.value if found[end] is None else found[end] for end in self.ends]


def _numbers_in(values: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The names of all numbers among values, such as ``liaison/count``."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _numbers_in(value, f"{before}{name}/")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield before + name


def _entry(result: Result, entry: str, gone: bool) -> float | None:
    found = _at(result.values or {}, entry)
    if found is _MISSING and not gone:
        raise BadParameter(f"{result.metric} has no value {entry!r}")
    if found is _MISSING or found is None:
        return None
    if not isinstance(found, (int, float)):
        raise BadParameter(f"{entry!r} of {result.metric} is no number")
    return float(found)


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
        parameters: Its parameters.
        entry: One or several of its values, such as ``liaison/count``.
        projection: For a metric of any network, how a Dataset is projected.

    Raises:
        NotFound: If there is no metric of this name.
        BadParameter: If it is a metric of datasets and the target a network, or a parameter is
            missing or has a value that it cannot have.
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
    given = _bound(spec, parameters or {})
    # what says its convention may be a lambda, which no other process can be sent
    spec = attrs.evolve(
        spec,
        convention=spec.words(spec.convention, given),
        value_is=spec.words(spec.value_is, given),
    )
    entries = (entry,) if isinstance(entry, str) else tuple(entry or ())
    chosen = (projection or "actors") if spec.on == "network" else None
    return Measure(spec, dict(parameters or {}), entries, projection=chosen)


def _bound(spec: Metric, given: Mapping[str, object]) -> dict[str, Any]:
    """The parameters of the metric; where one is missing, the error says how it is given."""
    try:
        return bind(f"metric {spec.name!r}", spec.parameters, given)
    except BadParameter as error:
        missing = [p.name for p in spec.parameters if p.required and p.name not in given]
        if not missing:
            raise
        members = ", ".join(f'"{name}": …' for name in missing)
        raise BadParameter(f"{error} Write parameters={{{members}}}") from None
