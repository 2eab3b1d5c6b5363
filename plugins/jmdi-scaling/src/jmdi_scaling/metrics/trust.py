"""Trust and value as partners rate each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.relations import Rates
from jmdi_scaling.facts.codes import code_of, place_on_scale
from jmdi_scaling.facts.relations import population
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
    over items is 3 or more. Ratings on other scales are brought to 1 to 4 and counted; a score
    outside its scale is unknown. An initiative or territory limits who is rated, not who rates.

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
    found = _Ratings()
    for rating in dataset.of(Rates):
        item = code_of(rating.dimension)
        if item not in (dimension, *ITEMS[dimension]) or at.holds(rating.period) is False:
            continue
        if rated is None or rating.target in rated:
            found.add(rating, item)
    unknown = sum(sum(items.values()) for items in found.missing.values())
    basis: dict[str, Any] = {
        "n_used": len(found.records),
        "n_eligible": len(found.records) + unknown,
        "of": "ratings",
        "contributing": tuple(found.records),
        **at.members(),
    }
    if not found.scores:
        return undefined("missing_input", f"nobody is rated by others on {dimension}", **basis)
    values = {name: _score(found.scores[name]) for name in sorted(found.scores)}
    value = sum(values.values()) / len(values)
    raters = Counter(name for _, name in found.ties)
    low, high = (found.bound(end) for end in (1.0, 4.0))
    notes = {
        "density": sum(sum(s) / len(s) >= 3 for s in found.ties.values()) / len(found.ties),
        "rated_ties": len(found.ties),
        "raters": {name: raters[name] for name in values},
        "self_ratings_dropped": found.selves,
        "rescaled": found.rescaled,
        "unknown": unknown,
        "off_scale": found.off_scale,
    }
    return Result(
        value=value,
        values=values,
        lower=min(low, value),
        upper=max(high, value),
        notes=notes,
        **basis,
    )


@attrs.define(slots=True)
class _Ratings:
    """Ratings by others, added one by one.

    Attributes:
        scores: Scores from 1 to 4 by actor and item.
        missing: How many ratings of an actor have no score, by item.
        ties: Scores by rater and rated.
        records: The ratings that have a score.
        selves: How many actors rated themselves.
        rescaled: How many ratings were on another scale.
        off_scale: How many scores were outside their scale.
    """

    scores: dict[str, dict[str, list[float]]] = attrs.field(factory=dict)
    missing: dict[str, dict[str, int]] = attrs.field(factory=dict)
    ties: dict[tuple[str, str], list[float]] = attrs.field(factory=dict)
    records: list[str] = attrs.field(factory=list)
    selves: int = 0
    rescaled: int = 0
    off_scale: int = 0

    def add(self, rating: Rates, item: str) -> None:
        """Counts a rating on an item."""
        if rating.source == rating.target:
            self.selves += 1
            return
        place = place_on_scale(rating)
        if place is None:
            self.off_scale += rating.score is not None
            mine = self.missing.setdefault(rating.target, {})
            mine[item] = mine.get(item, 0) + 1
            return
        self.rescaled += (rating.low, rating.high) not in ((None, None), (1, 4))
        score = 1 + 3 * place[0]
        self.scores.setdefault(rating.target, {}).setdefault(item, []).append(score)
        self.ties.setdefault((rating.source, rating.target), []).append(score)
        self.records.append(rating.id)

    def bound(self, end: float) -> float:
        """The mean over actors with every missing rating at one end of the scale."""
        filled = []
        for name in sorted({*self.scores, *self.missing}):
            items = {item: list(found) for item, found in self.scores.get(name, {}).items()}
            for item, count in self.missing.get(name, {}).items():
                items.setdefault(item, []).extend([end] * count)
            filled.append(_score(items))
        return sum(filled) / len(filled)


def _score(items: dict[str, list[float]]) -> float:
    means = [sum(found) / len(found) for _, found in sorted(items.items())]
    return sum(means) / len(means)
