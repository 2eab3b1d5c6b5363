"""What the parameters of a metric must obey: said once, and what a Result says agrees with them."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from jmdi.errors import JmdiError, PluginError
from jmdi.files.lines import Lines
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.lazy import LazyRef
from jmdi.plugins.signatures import Parameter, args_of, parameters_of, types_of
from jmdi.plugins.specs import Metric, Projection
from jmdi.testing.outputs import measure
from jmdi.testing.reshaping import Source
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.sentences import another_number, misnamed, misstated, sentence, unmoved
from jmdi.testing.suite import fault, kept, quick, slow

__all__ = ["ParameterSuite", "named"]

TAKEN = {"dataset": Dataset, "network": Network, "lines": Lines}
"""What an exporter is given, by what it says that it takes."""

QUICKLY = 1
"""How many samples rules are tried on when only what is fast is tried."""

WITHOUT = 2
"""How many samples without a value rules are tried on."""


class ParameterSuite(SampledSuite):
    """Checks the parameters of metrics, projections and exporters."""

    def _metrics(self) -> list[Metric]:
        metrics = self.subject.added("jmdi_metrics")
        if not metrics:
            pytest.skip(f"the plugin {self.subject.name!r} adds no metrics")
        return self._wanted(metrics)

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
                    cure=f"write options = {{{metric.name!r}: {{{parameter.name!r}: "
                    f"{_example(parameter)!r}}}}}, with a value that fits, in the body of "
                    f"{type(self).__name__}, or define its method parameters_for",
                )
        return given

    def _run(self, metric: Metric, source: Source, **other: object) -> Result:
        """The Result of a metric; ``other`` are parameters that go before those of the suite.

        Raises:
            AssertionError: If the metric fails, or gives what no metric may give.
        """
        parameters = {**self._checked_parameters(metric, source), **other}
        return self._sound(metric, source, self._now, parameters)

    def _sound(
        self, metric: Metric, source: Source, do: Callable[..., Any], parameters: dict[str, Any]
    ) -> Result:
        try:
            result: Result = do(measure, metric.name, source, parameters)
        except JmdiError as error:
            raise fault(
                f"{named(metric)} fails on {source!r}: {error}",
                why="users lose a table of metrics to one that should have said why it has no "
                "value",
                cure="return jmdi.undefined(reason) where the definition divides by zero or has "
                "too little to work on; never NaN, never a number outside the declared range",
            ) from error
        return result

    def _first(self, metric: Metric, source: Source) -> Result:
        """The Result of a metric for a sample, computed once for all checks."""
        held = _held_results(self._suite)
        key = (metric.name, id(source))
        if key not in held:
            parameters = self._checked_parameters(metric, source)
            held[key] = self._sound(metric, source, self._once, parameters)
        return held[key]

    def _tried_on(self, metric: Metric) -> Sequence[Source]:
        """The samples that rules are tried on: all with a value, and some without.

        At each save, the first that have a value.
        """
        sources = self._sources(metric)
        with_value = (source for source in sources if self._first(metric, source).defined)
        if quick():
            return list(itertools.islice(with_value, QUICKLY))
        without = [source for source in sources if not self._first(metric, source).defined]
        return [*with_value, *without[:WITHOUT]]

    def _by_size(self, metric: Metric) -> Sequence[Source]:
        """The samples, the smallest with a value first: one of them is often enough."""
        return sorted(
            self._sources(metric), key=lambda s: (not self._first(metric, s).defined, len(s))
        )

    def test_parameters_are_declared(self) -> None:
        """Signature and ``Args:`` say of each parameter what it means and what it takes."""
        hooks = ("jmdi_metrics", "jmdi_projections", "jmdi_exporters")
        for item in self._wanted(item for hook in hooks for item in self.subject.added(hook)):
            if isinstance(item, Metric):
                target = Dataset if item.on == "dataset" else Network
                _check_signature(named(item), item.run, [target])
            elif isinstance(item, Projection):
                _check_signature(f"projection {item.name!r}", item.build, [Dataset])
            else:
                given = TAKEN[item.takes]
                _check_signature(f"exporter {item.name!r}", item.write, [given, None])

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
            for name, contradiction in self.contradictions(metric):
                raise fault(
                    f"{named(metric)} {contradiction}",
                    why="a methods section would cite a definition that was not computed",
                    cure="give convention= a function of the parameters that the sentence depends "
                    f"on, by their names: convention=lambda {name}: f'{name} {{{name}}}'",
                )

    def contradictions(self, metric: Metric) -> Iterator[tuple[str, str]]:
        """Where what a Result cites contradicts its parameters: the name of one, and what is said.

        Each choice of a parameter is tried on each sample, and another number of one that is one.
        """
        usual = [self._first(metric, source) for source in self._sources(metric)]
        steady = len({sentence(result) for result in usual if result.defined}) == 1
        for parameter in metric.parameters:
            if not parameter.wanted.choices:
                for said in misstated(parameter, self._numbers(metric, parameter)):
                    yield parameter.name, said
                continue
            for source in self._by_size(metric):
                tried = self._each(metric, source, parameter, parameter.wanted.choices)
                wrong = [misnamed(parameter, *pair) for pair in tried.items()]
                for said in itertools.chain(*wrong, unmoved(parameter, tried)):
                    yield parameter.name, said
                # Where each choice has a sentence of its own, declared beside the metric, another
                # sample has the same sentences.
                sentences = {sentence(r) for r in tried.values() if _is_declared(metric, r)}
                if steady and len(sentences) == len(parameter.wanted.choices):
                    break

    def _numbers(self, metric: Metric, parameter: Parameter) -> dict[Any, Result]:
        """The Results with the usual number and with another, of the first sample with values."""
        tried: dict[Any, Result] = {}
        for source in self._by_size(metric):
            usual = self._parameters(metric, source).get(parameter.name, parameter.default)
            other = another_number(parameter, usual)
            if other is None:
                continue
            tried = self._each(metric, source, parameter, [usual, other])
            if tried and all(result.defined for result in tried.values()):
                break
        return tried

    def _each(
        self, metric: Metric, source: Source, parameter: Parameter, values: Iterable[Any]
    ) -> dict[Any, Result]:
        """The Results with each of some values, without those that do not go with the rest."""
        given = self._checked_parameters(metric, source)
        usual = given.get(parameter.name, parameter.default)
        found = {
            value: self._first(metric, source)
            if type(value) is type(usual) and value == usual
            else self._tried(metric, source, {**given, parameter.name: value})
            for value in values
        }
        return {value: result for value, result in found.items() if result is not None}

    def _tried(self, metric: Metric, source: Source, parameters: dict[str, Any]) -> Result | None:
        """The Result with a choice; ``None`` if it does not go with the rest, and says so."""
        try:
            return measure(self.subject.model, metric.name, source, parameters)
        except JmdiError as error:
            if isinstance(error, PluginError):
                self._sound(metric, source, self._now, parameters)
            return None


@kept
def _held_results(suite: Any) -> dict[Any, Result]:
    return {}


def _is_declared(metric: Metric, result: Result) -> bool:
    """Whether the sentence of a Result with a value is that which its metric declares."""
    declared = metric.words(metric.convention, result.parameters)
    return result.defined and bool(declared) and result.convention == declared


def _example(parameter: Parameter) -> object:
    """A value that a parameter takes."""
    values = [*parameter.choices, 1, 0.5, "a", True, ["a"], {"a": "a"}]
    return next((value for value in values if parameter.wanted.takes(value)), ...)


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
