"""Scaling in function: how many kinds of work initiatives do."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Action, Initiative, Theme, WorkPlan
from jmdi.model.relations import Coded
from jmdi.model.wellknown import CLUSTERS, CODEBOOK
from jmdi_scaling.facts.places import initiatives_of
from jmdi_scaling.facts.timing import When, when
from jmdi_scaling.metrics.expansion import effective_number

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["functional"]


@jmdi.metric(
    "scaling:functional",
    "Functional scaling",
    on="dataset",
    range=(1, None),
    unit="clusters",
    value_is="effective number",
    citation="Uvin 1995; Hill 1973",
    convention="a thing with several clusters counts for each in equal parts",
    count="jmdi_scaling.facts.picks:of_named",
)
def functional(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    baseline: Day | None = None,
    codebook: str = CODEBOOK,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Effective number of clusters that initiatives work on, ``exp(H)``.

    An initiative and each action of its work plans is one thing that is coded; one with
    several clusters counts for each in equal parts. The themes of an initiative and what it or
    an action is coded to count. ``values`` gives each initiative's number; with ``baseline``,
    ``notes["change"]`` is the difference to the number on that day. The bounds are those of all
    clusters that what is not coded may have; ``notes["missing"]`` lists it.

    Args:
        dataset: The records.
        initiative: Only these initiatives and their plans.
        territory: Only initiatives with a place in this territory.
        baseline: The day to compare with.
        codebook: The codebook of the clusters.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative, territory)
    everything = initiative is None and territory is None
    weights, each, records, uncoded = _clusters(dataset, names, at, everything, codebook)
    values = {name: effective_number(list(found.values())) for name, found in each.items()}
    basis: dict[str, Any] = {
        "values": values or None,
        "n_used": len(records),
        "n_eligible": len(records) + len(uncoded),
        "of": "coded things",
        "contributing": tuple(records),
        "notes": {
            "clusters": {k: weights[k] for k in sorted(weights)},
            "missing": missing((name, _member(dataset, name)) for name in uncoded),
        },
        **at.members(),
    }
    number = effective_number(list(weights.values()))
    if number is None:
        return undefined("missing_input", "nothing is coded to a cluster", **basis)
    if baseline is not None:
        before = _clusters(dataset, names, when(baseline), everything, codebook)[0]
        first = effective_number(list(before.values()))
        basis["notes"] = {
            **basis["notes"],
            "baseline": first,
            "change": None if first is None else number - first,
        }
    themes = (*CLUSTERS, *dataset.of(Theme))
    clusters = {t.id for t in themes if t.codebook == codebook} | weights.keys()
    if vague := sum(_begun(dataset, name, at) is None for name in (*records, *uncoded)):
        why = f"of {vague} coded things it is not known whether they had begun"
        return Result(value=number, no_bounds=why, **basis)
    lower, upper = _bounds([weights.get(k, 0.0) for k in sorted(clusters)], len(uncoded))
    return Result(value=number, lower=min(lower, number), upper=max(upper, number), **basis)


def _begun(dataset: Dataset, name: str, at: When) -> bool | None:
    record = dataset.find(name, Action) or dataset.get(name, Initiative)
    period = record.timeline if isinstance(record, Action) else None
    return at.happened(period or record.period)


def _member(dataset: Dataset, name: str) -> str:
    return "clusters" if dataset.find(name, Action) is not None else "themes"


def _bounds(weights: Collection[float], more: int) -> tuple[float, float]:
    """The lowest and the highest effective number when more weight falls somewhere.

    The lowest is where all of it falls on one cluster, for entropy is concave; the highest where
    it fills up the smallest ones to one level.
    """
    heavy = [[w + more * (k == at) for k, w in enumerate(weights)] for at in range(len(weights))]
    rising = sorted(weights)
    left, filled, level = float(more), 0.0, 0.0
    for k, weight in enumerate(rising):
        filled += weight
        level = (filled + left) / (k + 1)
        if k + 1 == len(rising) or level <= rising[k + 1]:
            break
    flat = [max(weight, level) if more else weight for weight in weights]
    numbers = [number for each in heavy if (number := effective_number(each)) is not None]
    return min(numbers, default=1.0), effective_number(flat) or 1.0


def _clusters(
    dataset: Dataset, names: tuple[str, ...], at: When, everything: bool, codebook: str
) -> tuple[dict[str, float], dict[str, dict[str, float]], list[str], list[str]]:
    """Weights of clusters, all and by initiative, with what is coded and what is not."""
    coded: dict[str, dict[str, None]] = {}
    for relation in dataset.of(Coded):
        if relation.date is None or at.stop is None or relation.date < at.stop:
            coded.setdefault(relation.source, {})[relation.target] = None
    plans = {plan.id: plan.initiatives for plan in dataset.of(WorkPlan)}
    things: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for name in names:
        record = dataset.get(name, Initiative)
        if at.happened(record.period) is not False:
            found = dict.fromkeys([*record.themes, *coded.get(name, ())])
            things.append((name, tuple(found), (name,)))
    for action in dataset.of(Action):
        of = tuple(i for i in plans.get(action.workplan or "", ()) if i in names)
        if (of or everything) and at.happened(action.timeline or action.period) is not False:
            found = dict.fromkeys([*action.clusters, *coded.get(action.id, ())])
            things.append((action.id, tuple(found), of))
    total: dict[str, float] = {}
    each: dict[str, dict[str, float]] = {}
    records: list[str] = []
    uncoded: list[str] = []
    for name, themes, parents in things:
        fitting = [t for t in themes if _book(dataset, t) == codebook]
        (records if fitting else uncoded).append(name)
        for theme in fitting:
            total[theme] = total.get(theme, 0.0) + 1 / len(fitting)
            for initiative in parents:
                mine = each.setdefault(initiative, {})
                mine[theme] = mine.get(theme, 0.0) + 1 / len(fitting)
    return total, each, records, uncoded


def _book(dataset: Dataset, theme: str) -> str | None:
    record = dataset.find(theme, Theme)
    return record.codebook if record is not None else None
