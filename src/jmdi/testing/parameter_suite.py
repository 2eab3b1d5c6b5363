"""What the parameters of a metric must obey: said once, and what a Result says agrees with them."""

from __future__ import annotations

import functools
import inspect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from jmdi.errors import JmdiError, PluginError
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.signatures import Parameter, args_of, parameters_of, types_of
from jmdi.plugins.specs import LazyRef, Metric
from jmdi.testing.comparing import same
from jmdi.testing.outputs import measure
from jmdi.testing.reshaping import Source
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.suite import fault, quick, slow

__all__ = ["ParameterSuite", "named"]

QUICKLY = 2
"""How many samples rules are tried on when only what is fast is tried."""

SHORTEST = 4
"""Letters of a choice that counts as named without quotes; ``in`` or ``all`` is in any sentence."""


class ParameterSuite(SampledSuite):
    """Checks the parameters of metrics, projections and exporters."""

    def _metrics(self) -> list[Metric]:
        metrics = self.subject.added("jmdi_metrics")
        if not metrics:
            pytest.skip(f"the plugin {self.subject.name!r} adds no metrics")
        return metrics

    def _checked_parameters(self, metric: Metric, source: Source) -> dict[str, Any]:
        """The parameters for a metric.

        Raises:
            AssertionError: If one that it needs is not given.
        """
        given = self._parameters(metric, source)
        for parameter in metric.parameters:
            if parameter.required and parameter.name not in given:
                raise fault(
                    f"{named(metric)} needs the parameter {parameter.name}, and the suite does "
                    "not know one",
                    why="the metric cannot be tried",
                    cure=f"write options = {{{metric.name!r}: {{{parameter.name!r}: …}}}} in the "
                    f"body of {type(self).__name__}, or define its method parameters_for",
                )
        return given

    def _run(self, metric: Metric, source: Source, **other: object) -> Result:
        """The Result of a metric; ``other`` are parameters that go before those of the suite.

        Raises:
            AssertionError: If the metric fails, or gives what no metric may give.
        """
        parameters = {**self._checked_parameters(metric, source), **other}
        try:
            return measure(self.subject.model, metric.name, source, parameters)
        except JmdiError as error:
            raise fault(
                f"{named(metric)} fails on {source!r}: {error}",
                why="users lose a table of metrics to one that should have said why it has no "
                "value",
                cure="return jmdi.undefined(reason) where the definition divides by zero or has "
                "too little to work on; never NaN, never a number outside the declared range",
            ) from error

    def _first(self, metric: Metric, source: Source) -> Result:
        """The Result of a metric for a sample, computed once for all checks."""
        held = _held_results(self._suite)
        key = (metric.name, id(source))
        if key not in held:
            held[key] = self._run(metric, source)
        return held[key]

    def _tried_on(self, metric: Metric) -> Sequence[Source]:
        """The samples that rules are tried on; at each save, the first that have a value."""
        sources = self._sources(metric)
        if not quick():
            return sources
        return [s for s in sources if self._first(metric, s).defined][:QUICKLY]

    def test_parameters_are_declared(self) -> None:
        """Signature and ``Args:`` say of each parameter what it means and what it takes."""
        subject = self.subject
        for metric in subject.added("jmdi_metrics"):
            target = Dataset if metric.on == "dataset" else Network
            _check_signature(named(metric), metric.run, [target])
        for projection in subject.added("jmdi_projections"):
            _check_signature(f"projection {projection.name!r}", projection.build, [Dataset])
        for exporter in subject.added("jmdi_exporters"):
            target = Dataset if exporter.takes == "dataset" else Network
            _check_signature(f"exporter {exporter.name!r}", exporter.write, [target, None])

    def test_values_say_what_they_are(self) -> None:
        """A metric with a value says what it is, as its Result shows: a share, a p, a count."""
        for metric in self._metrics():
            for source in self._tried_on(metric):
                result = self._first(metric, source)
                if result.value is not None and not result.value_is:
                    raise fault(
                        f"{named(metric)} does not say what its value is: {result!r}",
                        why="a share, a p value and a z score all look like 0.03",
                        cure="write value_is='share', or whatever it is, where it is declared",
                    )

    @slow
    def test_conventions_agree_with_parameters(self) -> None:
        """What a Result cites names the choices it was computed with, whatever was chosen."""
        for metric in self._metrics():
            for contradiction in self.contradictions(metric):
                raise fault(
                    f"{named(metric)} {contradiction}",
                    why="a methods section would cite a definition that was not computed",
                    cure="give convention= a function of the parameters that the sentence depends "
                    "on, by their names: convention=lambda direction: f'{direction} ties count'",
                )

    def contradictions(self, metric: Metric) -> Iterator[str]:
        """Where what a Result cites contradicts its parameters, over every choice of each.

        Args:
            metric: The metric.
        """
        for parameter in metric.parameters:
            for source in self._sources(metric) if parameter.wanted.choices else ():
                tried = {
                    choice: result
                    for choice in parameter.wanted.choices
                    if (result := self._tried(metric, source, parameter.name, choice)) is not None
                }
                for choice, result in tried.items():
                    yield from _misnamed(parameter, choice, result)
                yield from _unmoved(parameter, tried)
                if _all_said(tried):
                    break

    def _tried(self, metric: Metric, source: Source, name: str, choice: object) -> Result | None:
        """The Result with a choice; ``None`` if it does not go with the rest, and says so."""
        try:
            parameters = {**self._checked_parameters(metric, source), name: choice}
            return measure(self.subject.model, metric.name, source, parameters)
        except JmdiError as error:
            if isinstance(error, PluginError):
                self._run(metric, source, **{name: choice})
            return None


@functools.cache
def _held_results(suite: Any) -> dict[Any, Result]:
    return {}


def named(metric: Metric) -> str:
    """A metric, as a failure names it."""
    return f"metric {metric.name!r}"


def _check_signature(
    what: str, function: Callable[..., Any], targets: Sequence[type | None]
) -> None:
    """Checks what a function says of its parameters.

    Args:
        what: What it is the function of.
        function: The function.
        targets: The types of its first parameters, which are no options; ``None`` for any.

    Raises:
        AssertionError: If it says too little, or too much.
    """
    function = function.load() if isinstance(function, LazyRef) else function
    types, meanings = types_of(function), args_of(function)
    first = list(types.items())[: len(targets)]
    for target, (name, annotation) in zip(targets, first, strict=False):
        if target is not None and not _is(annotation, target):
            raise fault(
                f"{what} does not say that its first parameter {name} is a {target.__name__}",
                why="type checkers cannot see what its function does with it",
                cure=f"annotate it: {name}: {target.__name__}",
            )
    options = dict(list(types.items())[len(targets) :])
    if mute := [name for name in options if not meanings.get(name, "").strip()]:
        raise fault(
            f"{what} does not describe its parameters {', '.join(mute)}",
            why="'jmdi metrics', the reference and the messages say nothing of them",
            cure=f"write 'Args:' in the docstring of {function.__name__}, with an entry "
            f"'{mute[0]}: what it means'",
        )
    if unknown := [name for name in meanings if name not in inspect.signature(function).parameters]:
        raise fault(
            f"{what} describes {', '.join(unknown)}, which it does not take",
            why="whoever gives it is refused",
            cure=f"take it out of 'Args:' of {function.__name__}, or write it as the parameter is",
        )
    for name, annotation in options.items():
        if isinstance(annotation, str):
            raise fault(
                f"{what} has the parameter {name} of the type {annotation!r}, which is not known "
                "when it runs",
                why="nothing that is given for it is checked, and the command line cannot read it",
                cure="import what the annotation names at the top of the module, not under "
                "TYPE_CHECKING",
            )
        if annotation is Any:
            raise fault(
                f"{what} has the parameter {name} without a type",
                why="nothing that is given for it is checked, and the command line cannot read it",
                cure=f"annotate it, as in {name}: Literal['in', 'out'] = 'in'",
            )
    for parameter in parameters_of(function, len(targets)):
        if not parameter.required and not parameter.wanted.takes(parameter.default):
            raise fault(
                f"{what} takes {parameter.name} as {parameter.wanted.words}, and has the default "
                f"{parameter.default!r}",
                why="what is said of it is not true",
                cure="add what is missing to the annotation, such as '| None'",
            )


def _is(annotation: object, target: type) -> bool:
    """Whether an annotation is a class, also one that only type checkers import."""
    if isinstance(annotation, str):
        return annotation.rpartition(".")[2] == target.__name__
    return isinstance(annotation, type) and issubclass(annotation, target)


def _sentence(result: Result) -> str:
    """What a Result says of its definition besides the list of its parameters."""
    return ". ".join(filter(None, (result.title, result.value_is, result.convention)))


def _says_alike(one: Result, other: Result) -> bool:
    return _sentence(one) == _sentence(other)


def _numbers(result: Result) -> list[Any]:
    return [result.value, result.values, result.lower, result.upper]


def _misnamed(parameter: Parameter, choice: object, result: Result) -> Iterator[str]:
    """Where a Result names another choice than that it was computed with."""
    text = _sentence(result)
    name, own = parameter.name, result.parameters.get(parameter.name, choice)
    if choice is not None and own in parameter.wanted.choices and own != choice:
        yield f"says {name}={own!r} in its parameters when it is given {name}={choice!r}"
    if _names(text, name, own):
        return
    for other in parameter.wanted.choices:
        if other != own and _names(text, name, other):
            yield f"names {other!r} with {name}={own!r}: {text!r}"


def _names(text: str, name: str, choice: object) -> bool:
    word = re.escape(str(choice))
    patterns = [rf"\b{name}\s*=\s*['\"]?{word}(?![\w-])"]
    if isinstance(choice, str):
        patterns.append(rf"['\"]{word}['\"]")
        if len(choice) >= SHORTEST:
            patterns.append(rf"(?<![\w-]){word}(?![\w-])")
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _all_said(tried: dict[Any, Result]) -> bool:
    """Whether all choices gave numbers, each under words of its own: other data adds nothing."""
    words = {_sentence(result) for result in tried.values() if result.defined}
    return len(words) == len(tried) > 0


def _unmoved(parameter: Parameter, tried: dict[Any, Result]) -> Iterator[str]:
    """Where two choices give other numbers under the same words."""
    for (one, first), (other, second) in itertools.combinations(tried.items(), 2):
        both = first.defined and second.defined
        if both and not same(_numbers(first), _numbers(second)) and _says_alike(first, second):
            yield (
                f"says the same with {parameter.name}={one!r} and {parameter.name}={other!r}, "
                f"which give other numbers: {_sentence(first)!r}"
            )
