"""Runs a metric: finds its target, checks what it gives, and says how it was computed."""

from __future__ import annotations

import contextlib
import decimal
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from jmdi.errors import JmdiError, PluginError, WrongTarget
from jmdi.graph.counting import keep_counted
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.graph.network import Network
from jmdi.metrics.choices import NEEDS_CHOICE, NeedsChoice
from jmdi.metrics.members import Digest, DigestText, frozen
from jmdi.metrics.numbers import Numbers
from jmdi.metrics.result import Number, Result, UndefinedResult, not_applicable, undefined
from jmdi.model.frozen import EMPTY
from jmdi.plugins.blame import blamed
from jmdi.plugins.specs import Metric
from jmdi.running.binding import bind
from jmdi.running.bounding import MOST, bounded, bounded_by_ties
from jmdi.running.labelling import labels_of, people_of
from jmdi.running.projecting import PROJECTED, parameters_for, project

__all__ = [
    "assumed",
    "complete",
    "measured",
    "outcome",
    "run",
    "seen_as",
    "undisturbed",
    "with_closed_world",
]

DIGESTED = 100_000
"""Most records of which the digest, which reads them all, is put into every result."""

SMALL = 10_000
"""Most records of a network's dataset of which the digest is put into the results."""

DIGITS = 28
"""Digits of decimals while a metric is computed: what Python has unless somebody changes it."""

ASSUMED = ("tie_weight", "reports", "lists_incomplete")
"""Notes of a network that say what a tie weighs, which of several reports counts, and of how many
lists of participants it is known that somebody is missing."""

CLOSED = "closed world: lists are read as complete"
"""What the convention of a Result says where its metric was asked to read lists so."""

TOLERANCE = 1e-9
"""How far rounding may carry a value over the end of its range."""


def run(
    model: Doer,
    metric: str | Metric,
    target: Dataset | Network,
    parameters: Mapping[str, object],
    *,
    projection: str | None = None,
    otherwise: str | None = None,
    completions: int = MOST,
    labelled: bool = True,
) -> Result:
    """Computes a metric.

    Args:
        model: Where the metric and the projections are registered; the Result comes from it.
        metric: Name of the metric, or the metric itself.
        target: A Dataset or a Network; for a metric of networks a Dataset is projected.
        parameters: Its parameters, and those of the projection of a Dataset; one that both have
            is the metric's, and ``projection.name`` is the projection's.
        projection: For a metric of any network, how a Dataset is projected; to others it is a
            parameter, which they may not have.
        otherwise: How it is projected if that is not said; without it the metric refuses a
            Dataset.
        completions: At most how many of the networks are tried that pairs which were not
            observed allow; whoever draws many networks tries fewer. With more of them bounds are
            not known; with 0 nothing is said of them, and such pairs count as untied.
        labelled: Whether the Result gets the names of the records that it mentions.

    Raises:
        NotFound: If there is no such metric or parameter; it names the near ones.
        BadParameter: If a parameter is missing or has a value that it cannot have.
        WrongTarget: If the metric is computed on a Dataset and the target is a Network, or
            the other way round.
        PluginError: If the metric fails, or returns what no metric may return.
    """
    spec = metric if isinstance(metric, Metric) else model.catalog.metric(metric)
    if projection is not None and not (spec.on == "network" and isinstance(target, Dataset)):
        parameters = {**parameters, "projection": projection}
    view = seen_as(spec, target, projection or otherwise)
    what = f"metric {spec.name!r}"
    own, below = parameters_for(model.catalog, what, spec.parameters, view, parameters)
    bound = bind(what, spec.parameters, own)
    target = _target(model, target, view, below)
    with undisturbed(model, spec):
        _count_ahead(model, spec, target, bound)
        found = _measured(spec, target, bound, completions)
        found = with_closed_world(found, bound, functools.partial(outcome, spec, target))
        subject, digest = _subject(target), _digest(target)
        notes = EMPTY if isinstance(target, Dataset) else assumed(target.notes)
        result = complete(model, spec, found, bound, subject, digest, notes)
    labels = labels_of(result, target) if completions and labelled else {}
    if not labels:
        return result
    return attrs.evolve(result, labels=labels, people=people_of(labels, target))


def with_closed_world(
    found: Result,
    bound: Mapping[str, object],
    again: Callable[[Mapping[str, object]], Result],
) -> Result:
    """A Result that is an interval, with what it would be if lists were read as complete.

    Args:
        found: The Result.
        bound: All parameters of its metric.
        again: Computes it with other ones.
    """
    if not (found.interval and bound.get("closed_world") is False):
        return found
    closed = again({**bound, "closed_world": True})
    return attrs.evolve(found, notes={**found.notes, "closed_world": _plainly(closed)})


def measured(
    model: Doer,
    spec: Metric,
    target: Dataset | Network,
    bound: Mapping[str, object],
    *,
    projection: str | None = None,
    below: Mapping[str, object] = EMPTY,
    completions: int = MOST,
) -> Result:
    """What a metric finds, with its bounds; `run` says besides how it was computed.

    It is for whoever computes one metric on many Datasets or Networks, of each of which the
    digest alone would take longer.

    Args:
        model: Where the projections are registered.
        spec: The metric.
        target: What it is computed on.
        bound: All its parameters, as `jmdi.running.binding.bind` gives them.
        projection: For a metric of any network, how a Dataset is projected.
        below: Parameters of the projection.
        completions: As `run` has them.

    Raises:
        PluginError: If the metric fails, or returns what no metric may return.
    """
    target = _target(model, target, seen_as(spec, target, projection), below)
    with undisturbed(model, spec):
        _count_ahead(model, spec, target, bound)
        return _measured(spec, target, bound, completions)


@contextlib.contextmanager
def undisturbed(model: Doer, spec: Metric) -> Iterator[None]:
    """A metric's failure is its plugin's, and what the host changed does not reach it."""
    # The host may have changed how many digits decimals have: a Result does not depend on it.
    with (
        decimal.localcontext(decimal.Context(prec=DIGITS)),
        blamed(model.catalog, "metric", spec.name, JmdiError),
    ):
        yield


def _count_ahead(
    model: Doer, spec: Metric, target: Dataset | Network, bound: Mapping[str, object]
) -> None:
    """Lets another plugin's kernel count what the metric would count itself."""
    kernel = model.catalog.kernels.get(spec.name)
    if kernel is not None and isinstance(target, Network):
        with blamed(model.catalog, "kernel", spec.name, JmdiError):
            found = kernel.run(target, **bound)
        if found is not None:
            keep_counted(target, spec.name, found, bound)


def _measured(
    spec: Metric, target: Dataset | Network, bound: Mapping[str, object], completions: int
) -> Result:
    found = outcome(spec, target, bound)
    again = functools.partial(outcome, spec, bound=bound)
    if isinstance(target, Network):
        found = bounded(spec, target, bound, found, again, completions)
    else:
        found = bounded_by_ties(spec, target, bound, found, again, completions)
    numbers: list[Any] = [found.value, found.lower, found.upper]
    if found.status == "values" and found.values is not None:
        many = found.values
        numbers += many.extremes if isinstance(many, Numbers) else many.values()
    for number in numbers:
        _check_range(spec, number)
    return found


def seen_as(spec: Metric, target: Dataset | Network, projection: str | None) -> str | None:
    """The projection by which a Dataset becomes what the metric is computed on; ``None`` for none.

    Raises:
        WrongTarget: If the metric cannot be computed on such a target.
    """
    if isinstance(target, Network):
        if spec.on == "dataset":
            raise WrongTarget(
                f"{spec.name!r} is computed on a dataset: dataset.metric({spec.name!r})"
            )
        return None
    if spec.on != "network":
        return None if spec.on == "dataset" else spec.on
    if projection is None:
        raise WrongTarget(
            f"{spec.name!r} is computed on a network: project first, as in "
            f"dataset.project('actors').metric({spec.name!r})"
        )
    return projection


def _target(
    model: Doer, target: Dataset | Network, view: str | None, below: Mapping[str, object]
) -> Dataset | Network:
    """The Dataset or Network itself, or the Network that a Dataset is seen as."""
    if view is None or isinstance(target, Network):
        return target
    return project(model, target, view, below)


def outcome(spec: Metric, target: Dataset | Network, bound: Mapping[str, object]) -> Result:
    """What a metric says, as a Result, whatever of the allowed forms it returned.

    Args:
        spec: The metric.
        target: What it is computed on.
        bound: All its parameters.

    Raises:
        PluginError: If it returns what no metric may return.
    """
    try:
        verdict = True if spec.accepts is None else spec.accepts(target)
        if verdict is not True:
            return not_applicable(str(verdict or "it cannot be computed on this"))
        found: Any = spec.run(target, **bound)
    except NeedsChoice as error:
        choices = {error.parameter: error.options}
        return undefined(NEEDS_CHOICE, error.why, notes={"choices": choices})
    except UndefinedResult as error:
        if error.reason is None:
            raise PluginError(f"metric {spec.name!r} used a result as a number: {error}") from error
        return undefined(error.reason, error.why)
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


def _plainly(result: Result) -> dict[str, Any]:
    """What a Result says, for a note of another."""
    said = {name: getattr(result, name) for name in ("value", "lower", "upper", "undefined", "why")}
    return {name: item for name, item in said.items() if item is not None and item != ""}


def complete(
    model: Doer,
    spec: Metric,
    result: Result,
    bound: Mapping[str, object],
    subject: str,
    digest: DigestText = "",
    notes: Mapping[str, Any] = EMPTY,
) -> Result:
    """The result with what its metric declares; what the result itself says comes first.

    Args:
        model: What the Result comes from.
        spec: The metric.
        result: What it found.
        bound: All its parameters.
        subject: What it was computed on.
        digest: The digest of that, if it is known.
        notes: What every Result on it says.
    """
    origin = model.catalog.origin("metric", spec.name)
    version = "" if origin is None else f"{origin.distribution} {origin.version}".strip()
    convention = result.convention or spec.words(spec.convention, bound)
    if bound.get("closed_world") is True:
        convention = f"{convention}; {CLOSED}".removeprefix("; ")
    return attrs.evolve(
        result,
        metric=spec.name,
        title=result.title or spec.title or spec.name,
        unit=result.unit or spec.unit,
        range=spec.range if result.range == (None, None) else result.range,
        polarity=spec.polarity,
        value_is=result.value_is or spec.words(spec.value_is, bound),
        convention=convention,
        citation=result.citation or spec.citation,
        parameters=result.parameters or _plain_parameters(bound),
        subject=result.subject or subject,
        notes={**notes, **result.notes},
        digest=digest,
        version=version,
        model=model,
    )


def assumed(notes: Mapping[str, Any]) -> dict[str, Any]:
    """What the notes of a network say of its ties and lists, which every Result on it says."""
    return {name: notes[name] for name in ASSUMED if name in notes}


def _plain_parameters(bound: Mapping[str, object]) -> dict[str, Any]:
    """The parameters as a Result can keep them: what is no JSON value becomes its text."""
    try:
        return dict(frozen(bound))
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


def _digest(target: Dataset | Network) -> DigestText:
    """The digest of the dataset; that of a network's, which need not be read, if it is small."""
    if isinstance(target, Dataset):
        return target.digest() if len(target) <= DIGESTED else ""
    dataset = target.dataset
    return "" if dataset is None or len(dataset) > SMALL else Digest(dataset.digest)


_MADE = {
    "layer": "layer {}",
    "filtered_nodes": "nodes with {}",
    "filtered_edges": "edges with {}",
    "subnetwork": "only {}",
    "ego": "around {}",
    "component": "largest component, {}",
    "isolates_left_out": "without {} isolates",
    "symmetrized": "symmetrized by {}",
    "dichotomized": "{}",
    "contracted": "blocks by {}",
}
"""What the notes of a network say that was made of a network: how, in the order of the steps."""


def _listed(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _subject(target: Dataset | Network) -> str:
    """The network's name and how it was made, or the digest of the dataset, if it is not large.

    What the data are called stands with it, so that no figure hides that data are invented.
    """
    dataset = target if isinstance(target, Dataset) else target.dataset
    title = "" if dataset is None or not dataset.title else f" of {dataset.title}"
    if not isinstance(target, Dataset):
        told = [str(target.notes[PROJECTED])] if PROJECTED in target.notes else []
        told += [
            _MADE[note].format(_listed(x)) for note, x in target.notes.items() if note in _MADE
        ]
        how = f" ({'; '.join(told)})" if told else ""
        return f"network {target.name}{how}{title}"
    if len(target) > DIGESTED:
        return f"dataset of {len(target)} records{title}"
    return f"dataset {target.digest()}{title}"
