"""What every metric must obey: the rules that hold whatever it measures."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypeAlias, TypeVar, cast

from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.kinds import Actor
from jmdi.plugins.specs import Metric
from jmdi.testing.comparing import change, said, same
from jmdi.testing.parameter_suite import ParameterSuite, named
from jmdi.testing.reshaping import (
    ISOLATE,
    Source,
    new_names,
    relabelled,
    reordered,
    swapped,
    with_isolate,
)
from jmdi.testing.suite import fault, kept

__all__ = ["MetricSuite"]

T = TypeVar("T")

Reshaped: TypeAlias = tuple[Mapping[str, str], Source]
"""The new ids by the old ones, and the same data said differently."""
Reshaping: TypeAlias = Callable[[Source], Reshaped]


class MetricSuite(ParameterSuite):
    """Checks the metrics of a plugin on Datasets and Networks of many shapes.

    Attributes:
        chooses_by_id: Metrics that name one of several that are equally good, the first by id,
            each with the reason; they are tried with other ids that sort as the old ones do.
    """

    chooses_by_id: ClassVar[Mapping[str, str]] = {}

    def _reshaped(self, how: Callable[[Source], T], source: Source) -> T:
        """A sample in another shape, made once for all metrics."""
        held = _held_shapes(self._suite)
        key = (how, id(source))
        if key not in held:
            held[key] = how(source)
        return cast("T", held[key])

    def test_metrics_are_described(self) -> None:
        """A metric has a title, a definition, and a citation."""
        for metric in self._metrics():
            needed = {"title": metric.title, "citation": metric.citation, "doc": metric.doc}
            if missing := [name for name, text in needed.items() if not text.strip()]:
                raise fault(
                    f"{named(metric)} has no {' and no '.join(missing)}",
                    why="a result that cannot be cited cannot be published, and a reader cannot "
                    "tell which of several readings was computed",
                    cure="declare it with @jmdi.metric(name, its name in the field, "
                    "citation='Author year'), and write the definition with its formula in the "
                    "docstring; an operationalisation of your own is cited as such",
                )

    def test_values_lie_in_the_range(self) -> None:
        """Each value lies in the declared range, and at least one sample gives a value."""
        for metric in self._metrics():
            sources = self._tried_on(metric) or self._sources(metric)
            results = [self._first(metric, source) for source in sources]
            if not any(result.defined for result in results):
                reasons = sorted({r.why or r.undefined or "" for r in results})
                raise fault(
                    f"{named(metric)} has a value for none of the samples: {'; '.join(reasons)}",
                    why="none of the rules is tried on a value",
                    cure=f"let sample_datasets or sample_networks of {type(self).__name__} return "
                    "data that it can be computed on, or give its parameters in options",
                )

    def _moved(self, metric: Metric, how: Reshaping) -> Iterator[str]:
        """Where the same data, said differently, changes what a metric says.

        All ways to say it differently are tried together first, so that a metric that none of
        them changes is computed once for them all.

        Args:
            metric: The metric.
            how: Gives the data in another shape, with the ids that changed.
        """
        renamed = _renamed_in_order if self._keeps_ids(metric) else _renamed
        together = _turned_in_order if self._keeps_ids(metric) else _turned
        how = renamed if how is _renamed else how
        held = _held_moves(self._suite)
        for source in self._tried_on(metric):
            key = (metric.name, id(source))
            if key not in held:
                held[key] = self._change(metric, together, source)
            if held[key] and (changed := self._change(metric, how, source)):
                yield changed

    def _change(self, metric: Metric, how: Reshaping, source: Source) -> str:
        """What data in another shape changes of what a metric says; empty for nothing."""
        names, reshaped = self._reshaped(how, source)
        old, new = said(self._first(metric, source), names), said(self._run(metric, reshaped), {})
        return "" if same(old, new) else change(old, new)

    def _keeps_ids(self, metric: Metric) -> bool:
        """Whether a metric is tried with ids that sort as the old ones do."""
        return _takes_seed(metric) or metric.name in self.chooses_by_id

    def test_ids_do_not_matter(self) -> None:
        """Other ids give the same values; for a metric with a seed, ids that sort alike."""
        for metric in self._metrics():
            for changed in self._moved(metric, _renamed):
                raise fault(
                    f"{named(metric)} changes when actors get other ids: {changed}",
                    why="it measures names, not structure: two spellings give two findings",
                    cure="do not break ties by id or by hash, and read nothing out of ids",
                )

    def test_order_does_not_matter(self) -> None:
        """The same records, nodes and edges in another order give the same values."""
        for metric in self._metrics():
            for changed in self._moved(metric, _reordered):
                raise fault(
                    f"{named(metric)} changes when the rows of a file are in another order: "
                    f"{changed}",
                    why="two people with the same data find different things",
                    cure="sort by id before anything that depends on order: breaking ties, "
                    "taking the first of several, drawing random numbers",
                )

    def test_ends_do_not_matter(self) -> None:
        """Which end of a tie without direction comes first gives the same values."""
        for metric in self._metrics():
            for changed in self._moved(metric, _swapped):
                raise fault(
                    f"{named(metric)} changes when the ends of ties without direction are "
                    f"swapped: {changed}",
                    why="which end was written first says nothing, and two files of the same "
                    "data give two findings",
                    cure="count both network.source and network.target of each edge unless "
                    "network.directed; of a Tie unless tie.directed",
                )

    def test_isolates_are_nodes(self) -> None:
        """An actor without a tie counts as an actor."""
        for metric in self._metrics():
            for source in self._tried_on(metric):
                self._check_isolate(metric, source)

    def _check_isolate(self, metric: Metric, source: Source) -> None:
        larger = self._reshaped(with_isolate, source)
        before, after = self._nodes(metric, source), self._nodes(metric, larger)
        if len(after) != len(before) + 1:
            return
        old, new = self._first(metric, source), self._run(metric, larger)
        if not old.defined or not new.defined:
            too_few = new.undefined in ("empty_graph", "too_few_actors")
            forgotten = too_few and len(after) >= 4 and metric.on != "dataset"
        elif old.values is not None and set(before) and set(before) <= set(old.values):
            forgotten = ISOLATE not in (new.values or {})
        elif old.of in ("nodes", "actors") and old.n_eligible is not None:
            forgotten = new.n_eligible == old.n_eligible == len(before)
        else:
            unmoved = same(said(old, {}), said(new, {}))
            forgotten = old.n_eligible is None and unmoved and metric.on != "dataset"
        if forgotten:
            raise fault(
                f"{named(metric)} does not see an actor without a tie: {new!r} with and "
                f"{old!r} without",
                why="isolates are nodes: without the one isolate among the sixteen Florentine "
                "families, their density of 0.167 becomes 0.190",
                cure="count network.n_nodes, not the ends of edges; if the definition does not "
                "depend on isolates, return a Result with n_used and n_eligible that says what "
                "was counted",
            )

    def _nodes(self, metric: Metric, source: Source) -> Sequence[str]:
        """The nodes of the network that a metric sees; the actors for a metric of Datasets."""
        if isinstance(source, Network):
            return source.nodes
        if metric.on == "dataset":
            return [actor.id for actor in source.of(Actor)]
        return source.project(metric.on).nodes

    def test_small_inputs_are_undefined(self) -> None:
        """Nothing, or one actor alone, gives a reason and not NaN, 0 or an exception."""
        for metric in self._metrics():
            for source in self._small(metric):
                result = self._run(metric, source)
                empty = not (source if metric.on == "dataset" else self._nodes(metric, source))
                if empty and isinstance(result.value, float):
                    raise fault(
                        f"{named(metric)} is {result.value} for {source!r}",
                        why="a reader takes it for a finding, and a mean over many networks counts "
                        "it; unknown is never 0",
                        cure="return jmdi.undefined('empty_graph') when there is nothing to "
                        "compute on; only a count may be 0, as an int",
                    )

    def _small(self, metric: Metric) -> Sequence[Source]:
        """Inputs with nothing, with one node, and with one node that is tied to itself."""
        if metric.on != "network":
            model = self.subject.model
            return [model.dataset(), model.dataset([Actor(id="a")])]
        return [
            Network.from_edges([], directed=directed, nodes=nodes)
            for directed in (False, True)
            for nodes in ([], ["a"])
        ] + [Network.from_edges([("a", "a")])]

    def test_results_can_be_repeated(self) -> None:
        """The same seed, and any hash seed, gives the same Result."""
        metrics = self._metrics()
        for metric in metrics:
            sources = self._sources(metric)
            for source in self._tried_on(metric):
                one, place = self._first(metric, source), sources.index(source)
                again = functools.partial(self._run, metric, source)
                if not self._is_repeated(f"metric {metric.name}", place, one, again):
                    raise fault(
                        f"{named(metric)} gives another result the second time: "
                        f"{change(said(one, {}), said(again(), {}))}",
                        why="a finding that cannot be repeated is none",
                        cure="take the parameter seed: int = 0, and draw from "
                        "random.Random(seed) or numpy.random.default_rng(seed)",
                    )
                if self._hides_its_seed(metric, source, one):
                    raise fault(
                        f"{named(metric)} depends on a seed and does not say in its Result which",
                        why="nobody can repeat a published number",
                        cure="return jmdi.Result(value=value, seed=seed)",
                    )
        self._check_hash_seeds("metric")

    def _hides_its_seed(self, metric: Metric, source: Source, result: Result) -> bool:
        """Whether another seed gives other values, while the Result does not name its own."""
        if not _takes_seed(metric) or not result.defined or result.seed is not None:
            return False
        other = self._run(metric, source, seed=self._parameters(metric, source)["seed"] + 1)
        return not same(said(result, {}), said(other, {}))


@kept
def _held_shapes(suite: Any) -> dict[Any, object]:
    return {}


@kept
def _held_moves(suite: Any) -> dict[Any, str]:
    return {}


def _renamed(source: Source) -> Reshaped:
    names = new_names(source, keep_order=False)
    return names, relabelled(source, names)


def _renamed_in_order(source: Source) -> Reshaped:
    names = new_names(source, keep_order=True)
    return names, relabelled(source, names)


def _reordered(source: Source) -> Reshaped:
    return {}, reordered(source)


def _swapped(source: Source) -> Reshaped:
    return {}, swapped(source)


def _turned(source: Source) -> Reshaped:
    """Renamed, in another order, and with the ends of ties swapped, all at once."""
    return _renamed(swapped(reordered(source)))


def _turned_in_order(source: Source) -> Reshaped:
    return _renamed_in_order(swapped(reordered(source)))


def _takes_seed(metric: Metric) -> bool:
    return any(parameter.name == "seed" for parameter in metric.parameters)
