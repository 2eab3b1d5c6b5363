"""Any metric beside its distribution over random networks, and bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from jmdi.classes import frozen
from jmdi.graph.columns import free_name
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result, undefined
from jmdi_network.arrays import Floats
from jmdi_network.groups import column
from jmdi_network.networks import altered, bare, lazily
from jmdi_network.nulls.drawn import Drawn
from jmdi_network.nulls.measuring import Measure
from jmdi_network.nulls.models import model_of
from jmdi_network.nulls.records import DrawnRecords, record_model
from jmdi_network.nulls.resampling import RESAMPLED
from jmdi_network.ordering import by_id
from jmdi_network.parameters import Ids
from jmdi_network.randomness import stream
from jmdi_network.workers import Watch

__all__ = [
    "QUANTILES",
    "Outcome",
    "Rows",
    "Task",
    "alike",
    "answered",
    "enumerated",
    "judged",
    "prepared",
    "replicates",
    "summary",
]

QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)


@frozen(eq=False)
class Task:
    """What a process needs to draw replicates.

    Attributes:
        observed: The observed network or Dataset.
        measure: What is computed on each.
        model: Name of the null model, or of the way to resample.
        options: Its options.
        seed: Seed of the streams.
    """

    observed: Network | Dataset
    measure: Measure
    model: str
    options: Mapping[str, Any]
    seed: int


@frozen
class Outcome:
    """What one replicate gave."""

    numbers: list[float | None]
    state: int
    tries: int = 0
    accepted: int = 0


def alike(first: Result, second: Result) -> bool:
    """Whether two Results have the same numbers."""

    def numbers(result: Result) -> tuple[object, ...]:
        return result.value, result.values, result.lower, result.upper, result.undefined

    return numbers(first) == numbers(second)


def replicates(task: Task, numbers: Sequence[int]) -> list[Outcome]:
    """What each replicate gives; a process draws its own."""
    draw = _draw_of(task)
    found = []
    for number in numbers:
        drawn = draw(stream(task.seed, number))
        made = drawn.network if isinstance(drawn, Drawn) else drawn.dataset
        values = task.measure.numbers(task.measure.drawn(made), gone=True)
        found.append(Outcome(values, drawn.state, drawn.tries, drawn.accepted))
    return found


def _draw_of(task: Task) -> Callable[[np.random.Generator], Drawn | DrawnRecords]:
    if isinstance(task.observed, Dataset):
        return record_model(task.observed, task.model, **task.options).draw
    if task.model in RESAMPLED:
        return partial(RESAMPLED[task.model], task.observed, **task.options)
    return model_of(task.observed, task.model, **task.options).draw


def prepared(
    network: Network, parameters: Mapping[str, object] | None, attributes: Ids | None
) -> tuple[Network, dict[str, Any], tuple[str, ...] | None]:
    """The network in the order of ids, with given groups as an attribute that can be permuted.

    It stays in its own order when a parameter has a value for each node in that order.
    """
    given: dict[str, Any] = dict(parameters or {})
    observed = bare(network)
    groups = given.get("groups")
    if groups is not None and not isinstance(groups, str):
        name = free_name("groups", network.node_attributes)
        columns = lazily(network.node_attributes)
        values = tuple(column(network, groups))
        observed = altered(network, node_attributes={**columns, name: values})
        given["groups"] = groups = name
    if not any(_in_node_order(value, len(network)) for value in given.values()):
        observed = by_id(observed)
    if attributes is not None:
        chosen = (attributes,) if isinstance(attributes, str) else tuple(attributes)
        for name in chosen:
            column(observed, name)
        return observed, given, chosen
    known = isinstance(groups, str) and groups in observed.node_attributes
    return observed, given, (str(groups),) if known else None


def _in_node_order(value: object, n: int) -> bool:
    return (
        isinstance(value, (Sequence, np.ndarray))
        and not isinstance(value, str)
        and (len(value) == n)
    )


def enumerated(
    network: Network,
    measure: Measure,
    model: str,
    limit: int,
    attributes: tuple[str, ...] | None,
    connected: bool,
    watch: Watch,
) -> list[Outcome] | None:
    """What each network of the null model gives; ``None`` if there are more than ``limit``."""
    from jmdi_network.nulls.enumeration import states

    every = states(network, model, limit, attributes=attributes, connected=connected)
    if every is None:
        return None
    return [
        Outcome(measure.numbers(measure.drawn(each)), place)
        for place, each in enumerate(watch.over(every, len(every)))
    ]


def judged(
    measure: Measure,
    wanted: list[float | None],
    found: list[Outcome],
    says: str,
    about: dict[str, Any],
    *,
    exact: bool,
    keep: bool,
) -> Result:
    """The observed numbers beside those of random networks.

    Args:
        measure: The metric.
        wanted: The observed numbers, one for each entry.
        found: What the random networks gave.
        says: What the null model keeps.
        about: Members of the Result.
        exact: Whether these are all networks of the model.
        keep: Whether the notes keep each draw.
    """
    states = len({outcome.state for outcome in found})
    tries = sum(outcome.tries for outcome in found)
    rule = f"count/R over all {about['of']}" if exact else "(b+1)/(R+1)"
    notes: dict[str, Any] = {"model": says, "exact": exact, "distinct_states": states}
    if tries and not exact:
        notes["acceptance"] = sum(outcome.accepted for outcome in found) / tries
    rows: Rows = {}
    for place, (entry, end) in enumerate(measure.looked):
        drawn = [outcome.numbers[place] for outcome in found]
        known = np.array([number for number in drawn if number is not None])
        row = summary(wanted[place], known, len(drawn), exact=exact)
        rows.setdefault(entry, {})[end] = row
        if keep:
            name = entry if end == "value" else f"{entry} {end}".strip()
            notes.setdefault("draws_kept", {})[name] = known.tolist()
    if keep and len(measure.looked) == 1:
        (notes["draws_kept"],) = notes["draws_kept"].values()
    if states > 1 and all(_is_fixed(row) for ends in rows.values() for row in ends.values()):
        which = f"{about['of']} of the model" if exact else f"{len(found):,} {about['of']} drawn"
        notes["fixed"] = f"p is 1: the metric is the same in all {which}"
    elif not exact and (
        few := [_known(row) for ends in rows.values() for row in ends.values() if _is_least(row)]
    ):
        least = 2 / (min(few) + 1)
        notes["least_p"] = f"no p is below {least:.2g} with {min(few):,} draws: take more"
    about |= {
        "notes": notes,
        "n_used": len(found),
        "n_eligible": len(found),
        "convention": "; ".join([says, f"p by {rule}", _TWO_SIDED, *_about(measure)]),
    }
    if states == 1:
        about["values"] = _shown(rows)
        return undefined("degenerate_null", _degenerate(about["of"], exact), **about)
    return answered(rows, about)


Rows: TypeAlias = dict[str, dict[str, dict[str, Any]]]
"""What is known of each number, by its entry and by which end of it."""


def _shown(rows: Rows) -> dict[str, Any]:
    """What is known of the only number or of each entry; of bounds beneath that of a value."""
    shown = {
        entry: {**ends.get("value", {}), **{k: row for k, row in ends.items() if k != "value"}}
        for entry, ends in rows.items()
    }
    return next(iter(shown.values())) if len(shown) == 1 else shown


def answered(rows: Rows, about: Mapping[str, Any]) -> Result:
    """The p of a number as the value, those of both ends as an interval, or one for each entry."""
    about = {**about, "values": _shown(rows)}
    ps = [[row["p"] for row in ends.values()] for ends in rows.values()]
    if all(p is None for each in ps for p in each) or (len(ps) == 1 and None in ps[0]):
        return undefined("missing_input", "the metric was undefined in all draws", **about)
    if len(ps) > 1:
        return Result(**about)
    ((_, ends),) = rows.items()
    value = ends["value"]["p"] if "value" in ends else None
    if len(ends) == 1:
        return Result(value=value, **about)
    return Result(value=value, lower=min(ps[0]), upper=max(ps[0]), **about)


_TWO_SIDED = "two-sided is twice the smaller tail"


def _degenerate(of: str, exact: bool) -> str:
    if exact:
        return "the null model admits a single network"
    return f"all {of} drawn were the same"


def _is_fixed(row: Mapping[str, Any]) -> bool:
    """Whether a number is in all random networks what it is in the observed one."""
    return row["p_lower"] == row["p_upper"] == 1 and not row["undefined_draws"]


def _is_least(row: Mapping[str, Any]) -> bool:
    """Whether none of the numbers drawn is as far out as the observed one."""
    known = _known(row)
    tails = [row[tail] for tail in ("p_lower", "p_upper") if row[tail] is not None]
    return known > 0 and any(tail * (known + 1) < 1.5 for tail in tails)


def _known(row: Mapping[str, Any]) -> int:
    """How many draws gave a number."""
    return int(row["draws"] - row["undefined_draws"])


def _about(measure: Measure) -> list[str]:
    """What is said of several p, and of the metric."""
    said = []
    if any(end != "value" for _, end in measure.looked):
        said.append("what is not known makes the observed metric an interval: p of each end")
    if len(measure.entries) > 1:
        count = len(measure.entries)
        said.append(f"p of each of {count:,} entries, not corrected for their number")
    return [*said, measure.convention] if measure.convention else said


def summary(observed: float | None, drawn: Floats, count: int, *, exact: bool) -> dict[str, Any]:
    """Where an observed number stands among drawn ones.

    Args:
        observed: The observed number.
        drawn: Those drawn, where they were defined.
        count: How many were drawn in all.
        exact: Whether these are all there are.
    """
    row: dict[str, Any] = {
        "observed": observed,
        "mean": None,
        "sd": None,
        "z": None,
        "p": None,
        "p_lower": None,
        "p_upper": None,
        "draws": count,
        "undefined_draws": count - len(drawn),
    }
    if not len(drawn):
        return row
    spread = float(drawn.std(ddof=0 if exact or len(drawn) < 2 else 1))
    slack = 1e-10 * max(1.0, abs(observed or 0.0), float(np.abs(drawn).max()))
    spread = 0.0 if spread <= slack else spread
    row |= {
        "mean": float(drawn.mean()),
        "sd": spread,
        "quantiles": {
            f"{q:g}": float(x)
            for q, x in zip(QUANTILES, np.quantile(drawn, QUANTILES), strict=True)
        },
    }
    if observed is None:
        return row
    more = 0 if exact else 1
    lower = (int((drawn <= observed + slack).sum()) + more) / (len(drawn) + more)
    upper = (int((drawn >= observed - slack).sum()) + more) / (len(drawn) + more)
    row |= {"p_lower": lower, "p_upper": upper, "p": min(1.0, 2 * min(lower, upper))}
    row["z"] = (observed - row["mean"]) / spread if spread else None
    return row
