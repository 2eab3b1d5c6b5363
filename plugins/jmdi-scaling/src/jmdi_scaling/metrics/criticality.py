"""What a metric would be without an actor or a tie, or with a new one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import attrs

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import any_of
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Actor, Partnership
from jmdi.model.records import evolve
from jmdi.model.relations import Tie
from jmdi_scaling.facts.parameters import (
    Positive,
    chosen,
)
from jmdi_scaling.facts.places import actors_of
from jmdi_scaling.facts.relations import Pair, pairs_of
from jmdi_scaling.facts.timing import When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["partner_criticality"]

MOST = 20_000
"""Most changes that are tried."""


Change: TypeAlias = Literal["actors", "ties", "new ties"]
_CHANGES = {
    "actors": "each actor is taken out with all that cannot be without it",
    "ties": "each tie on record is taken out",
    "new ties": "a single new one by trying all, several one after the other (greedily)",
}


@jmdi.metric(
    "scaling:partner-criticality",
    "Partner criticality",
    on="dataset",
    value_is="largest change of the metric",
    citation="Borgatti 2006",
    convention=lambda change: f"{_CHANGES[change]}; undefined outcomes listed",
)
def partner_criticality(
    dataset: Dataset,
    *,
    metric: str,
    parameters: Mapping[str, object] | None = None,
    candidates: Ids | Iterable[tuple[str, str]] | None = None,
    change: Change = "actors",
    steps: Positive = 1,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """The change of a metric for each actor or tie taken out, or for the best new ties.

    Unlike ``network:criticality``, which takes a node out of a Network, it changes the records:
    an actor goes with its ties, contributions and parts in partnerships, so that any metric of
    a Dataset can be asked for. ``values`` has the metric with the change minus the metric
    without; ``None`` where one of them is undefined, which ``notes`` lists. The value is the
    largest change in size, the rise where a rise and a fall are as large. New ties: all pairs
    not tied yet, absent ties among them, or those given.

    Args:
        dataset: The records.
        metric: Name of the metric.
        parameters: Parameters of the metric.
        candidates: Ids of the actors or ties that are taken out, or pairs of actors to tie; all
            if not given.
        change: What is changed.
        steps: How many new ties.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.

    Raises:
        BadParameter: If too many changes would have to be tried.
    """
    given: dict[str, Any] = dict(parameters or {})
    if as_of is not None or window is not None:
        given |= {"as_of": as_of} if window is None else {"window": window}
    base = dataset.metric(metric, **given)
    at = when(as_of, window)
    if change == "new ties":
        pairs = _untied(dataset, at, candidates)
        found = _added(dataset, metric, given, pairs, steps, base)
    else:
        found = _removed(dataset, metric, given, change, candidates, base)
    return attrs.evolve(found, **at.members())


def _removed(
    dataset: Dataset,
    metric: str,
    given: Mapping[str, Any],
    change: str,
    candidates: Ids | Iterable[tuple[str, str]] | None,
    base: Result,
) -> Result:
    """Each actor or tie taken out."""
    cls: type[Actor] | type[Tie] = Actor if change == "actors" else Tie
    every = actors_of(dataset) if cls is Actor else dict.fromkeys(dataset.of(Tie).ids())
    names = chosen(dataset, cast("Ids | None", candidates), cls) or tuple(every)
    if len(names) > MOST:
        raise BadParameter(f"{len(names):,} {change} are too many: name candidates")
    values: dict[str, float | None] = {}
    moved: dict[str, str] = {}
    for name in names:
        found = _without(dataset, name).metric(metric, **given)
        values[name] = _difference(found, base)
        if (found.value is None) != (base.value is None):
            moved[name] = f"{_state(base)} → {_state(found)}"
    return _result(values, base, moved, change)


def _state(result: Result) -> str:
    return "defined" if result.value is not None else f"undefined: {result.undefined}"


def _difference(found: Result, base: Result) -> float | None:
    if found.value is None or base.value is None:
        return None
    return float(found.value) - float(base.value)


def _without(dataset: Dataset, name: str) -> Dataset:
    """The dataset without an actor or tie and what cannot be without it."""
    smaller = dataset.where(Actor, lambda actor: actor.id != name)
    smaller = smaller.where(Tie, lambda tie: tie.id != name)
    changed = [
        evolve(p, parties=tuple(party for party in p.parties if party.actor != name))
        for p in smaller.of(Partnership)
        if any(party.actor == name for party in p.parties)
    ]
    return smaller.with_records(changed)


def _result(
    values: Mapping[str, float | None],
    base: Result,
    moved: Mapping[str, str],
    change: str,
    **notes: Any,
) -> Result:
    known = {name: value for name, value in values.items() if value is not None}
    basis: dict[str, Any] = {
        "values": values or None,
        "n_used": len(known),
        "n_eligible": len(values),
        "of": change,
        "notes": {
            "base": base.value,
            "base_undefined": base.undefined,
            "transitions": moved,
            **notes,
        },
        "seed": base.seed,
    }
    if not known:
        return undefined("missing_input", "the metric is undefined for every change", **basis)
    top = max(map(abs, known.values()))
    basis["contributing"] = tuple(n for n, v in known.items() if abs(v) == top)
    return Result(value=max(v for v in known.values() if abs(v) == top), **basis)


def _untied(
    dataset: Dataset, at: When, candidates: Ids | Iterable[tuple[str, str]] | None
) -> list[Pair]:
    """The pairs of actors to tie: those given, else all that are not tied, as far as is known.

    Raises:
        BadParameter: If candidates are no pairs.
        NotFound: If one of them is no actor.
    """
    if candidates is None:
        facts = pairs_of(dataset, at)
        tied = {pair for pair, found in facts.items() if any_of(s for _, s in found) is not False}
        names = sorted(actors_of(dataset))
        return [pair for pair in itertools.combinations(names, 2) if pair not in tied]
    pairs = [] if isinstance(candidates, str) else [tuple(pair) for pair in candidates]
    if not pairs or any(len(pair) != 2 or pair[0] == pair[1] for pair in pairs):
        why = "give pairs of two actors, as [('actor/a', 'actor/b')]"
        raise BadParameter(f"candidates={candidates!r} are no new ties: {why}")
    for name in dict.fromkeys(name for pair in pairs for name in pair):
        dataset.get(name, Actor)
    return [(a, b) for a, b in pairs]


def _added(
    dataset: Dataset,
    metric: str,
    given: Mapping[str, Any],
    pairs: list[Pair],
    steps: int,
    base: Result,
) -> Result:
    """The best new ties, one after the other."""
    if len(pairs) * steps > MOST:
        raise BadParameter(f"{len(pairs):,} new ties are too many: give pairs as candidates")
    values: dict[str, float | None] = {}
    moved: dict[str, str] = {}
    order: list[str] = []
    now = dataset
    for step in range(steps):
        best: tuple[float, int] | None = None
        for number, (a, b) in enumerate(pairs):
            found = _with(now, a, b).metric(metric, **given)
            delta = _difference(found, base)
            name = f"{a} – {b}"
            if step == 0:
                values[name] = delta
                if (found.value is None) != (base.value is None):
                    moved[name] = f"{_state(base)} → {_state(found)}"
            if delta is not None and (best is None or delta > best[0]):
                best = (delta, number)
        if best is None:
            break
        a, b = pairs.pop(best[1])
        order.append(f"{a} – {b}")
        now = _with(now, a, b)
    return _result(values, base, moved, "new ties", best=order, greedy=steps > 1)


def _with(dataset: Dataset, a: str, b: str) -> Dataset:
    return dataset.with_records(Tie(id=f"tie/what-if/{a}/{b}", source=a, target=b))
