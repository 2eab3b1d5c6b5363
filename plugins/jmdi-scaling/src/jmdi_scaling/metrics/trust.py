"""Trust and value as partners rate each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.relations import Rates
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.ratings import ratings_of
from jmdi_scaling.facts.relations import bounded_by, outsiders, population
from jmdi_scaling.facts.timing import when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["trust"]

Dimension: TypeAlias = Literal["trust", "value"]

ITEMS: Mapping[Dimension, tuple[str, str, str]] = {
    "trust": ("reliability", "mission_support", "openness"),
    "value": ("power", "involvement", "resources"),
}


def _items_of(dimension: Dimension) -> str:
    items = " and ".join(ITEMS[dimension]).replace("_", " ")
    return f"items: {items}; self-ratings dropped; mean over raters, then items, then actors"


@jmdi.metric(
    "scaling:trust",
    "Trust and value",
    on="dataset",
    range=(1, 4),
    polarity="higher",
    value_is="mean rating from 1 to 4",
    citation="Varda et al. 2008 (PARTNER)",
    convention=_items_of,
    count="jmdi_scaling.facts.picks:of_named",
)
def trust(
    dataset: Dataset,
    *,
    dimension: Dimension = "trust",
    initiative: Ids | None = None,
    territory: Ids | None = None,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """How actors are rated by others, on the scale 1 to 4.

    An actor's score is the mean over the three items of its mean rating by others; the value
    is the mean over rated actors. ``notes["density"]`` is the share of rated ties whose mean
    over items is 3 or more, ``notes["missing"]`` the ratings without a score. Ratings on other
    scales are brought to 1 to 4 and counted; a score outside its scale is unknown. An initiative
    or territory limits who is rated, not who rates.

    Args:
        dataset: The records.
        dimension: Which scale.
        initiative: Only ratings of actors that take part in these initiatives.
        territory: Only ratings of actors of this territory.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    everybody = initiative is None and territory is None
    rated = None if everybody else population(dataset, at, initiative, territory)
    found = ratings_of(dataset, at, (dimension, *ITEMS[dimension]), rated)
    scores: dict[str, dict[str, list[float]]] = {}
    ties: dict[tuple[str, str], list[float]] = {}
    for rating, share, _ in found.scored:
        score = 1 + 3 * share
        scores.setdefault(rating.target, {}).setdefault(_item(rating), []).append(score)
        ties.setdefault((rating.source, rating.target), []).append(score)
    records = tuple(rating.id for rating, *_ in found.scored)
    outside = outsiders(dataset, at, initiative, territory)
    asked = missing(found.asked())
    basis: dict[str, Any] = {
        "n_used": len(records),
        "n_eligible": len(records) + len(found.missing),
        "of": "ratings",
        "contributing": records,
        **at.members(),
    }
    if not scores:
        why = f"nobody is rated by others on {dimension}"
        nothing = undefined("missing_input", why, notes={"missing": asked}, **basis)
        return bounded_by(nothing, outside, (1, 4))
    values = {name: _score(scores[name]) for name in sorted(scores)}
    value = sum(values.values()) / len(values)
    low, high = (_bound(scores, found.missing, end) for end in (1.0, 4.0))
    raters = Counter(name for _, name in ties)
    plain = ((None, None), (1, 4))
    notes = {
        "density": sum(sum(each) / len(each) >= 3 for each in ties.values()) / len(ties),
        "rated_ties": len(ties),
        "raters": {name: raters[name] for name in values},
        "self_ratings_dropped": found.selves,
        "rescaled": sum((rating.low, rating.high) not in plain for rating, *_ in found.scored),
        "unknown": len(found.missing),
        "off_scale": found.off_scale,
        "missing": asked,
    }
    result = Result(
        value=value,
        values=values,
        lower=min(low, value),
        upper=max(high, value),
        notes=notes,
        **basis,
    )
    return bounded_by(result, outside, (1, 4))


def _item(rating: Rates) -> str:
    return code_of(rating.dimension) or ""


def _score(items: Mapping[str, list[float]]) -> float:
    means = [sum(found) / len(found) for _, found in sorted(items.items())]
    return sum(means) / len(means)


def _bound(
    scores: Mapping[str, Mapping[str, list[float]]], missing: Iterable[Rates], end: float
) -> float:
    """The mean over actors with every missing rating at one end of the scale."""
    filled = {name: {item: [*x] for item, x in items.items()} for name, items in scores.items()}
    for rating in missing:
        filled.setdefault(rating.target, {}).setdefault(_item(rating), []).append(end)
    return sum(_score(filled[name]) for name in sorted(filled)) / len(filled)
