"""Trust and value as partners rate each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import Result, undefined
from jmdi.model.relations import Rates
from jmdi_scaling.facts.codes import code_of, place_on_scale
from jmdi_scaling.facts.relations import population
from jmdi_scaling.facts.timing import Day, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["trust"]

ITEMS = {
    "trust": ("reliability", "mission_support", "openness"),
    "value": ("power", "involvement", "resources"),
}


def trust(
    dataset: Dataset,
    *,
    dimension: str = "trust",
    initiative: Any = None,
    territory: Any = None,
    as_of: Day = None,
    window: Any = None,
) -> Result:
    """How actors are rated by others, on the scale 1 to 4.

    An actor's score is the mean over the three items of its mean rating by others; the value
    is the mean over rated actors. ``notes["density"]`` is the share of rated ties whose mean
    over items is 3 or more. Ratings on other scales are brought to 1 to 4 and counted; a score
    outside its scale is unknown. An initiative or territory limits who is rated, not who rates.
    """
    at = when(as_of, window)
    items = (dimension, *ITEMS[dimension])
    scores: dict[str, dict[str, list[float]]] = {}
    missing: dict[str, dict[str, int]] = {}
    raters: dict[str, set[str]] = {}
    ties: dict[tuple[str, str], list[float]] = {}
    records: list[str] = []
    selves = rescaled = off_scale = 0
    everybody = initiative is None and territory is None
    rated = None if everybody else population(dataset, at, initiative, territory)
    for rating in dataset.of(Rates):
        if rated is not None and rating.target not in rated:
            continue
        item = code_of(rating.dimension)
        if item is None or item not in items or at.holds(rating.period) is False:
            continue
        if rating.source == rating.target:
            selves += 1
            continue
        place = place_on_scale(rating)
        if place is None:
            off_scale += rating.score is not None
            mine = missing.setdefault(rating.target, {})
            mine[item] = mine.get(item, 0) + 1
            continue
        rescaled += (rating.low, rating.high) not in ((None, None), (1, 4))
        score = 1 + 3 * place[0]
        scores.setdefault(rating.target, {}).setdefault(item, []).append(score)
        raters.setdefault(rating.target, set()).add(rating.source)
        ties.setdefault((rating.source, rating.target), []).append(score)
        records.append(rating.id)
    unknown = sum(sum(found.values()) for found in missing.values())
    basis: dict[str, Any] = {
        "n_used": len(records),
        "n_eligible": len(records) + unknown,
        "of": "ratings",
        "contributing": tuple(records),
        **at.members(),
    }
    if not scores:
        return undefined("missing_input", f"nobody is rated by others on {dimension}", **basis)
    values = {name: _score(scores[name]) for name in sorted(scores)}
    strong = sum(sum(found) / len(found) >= 3 for found in ties.values())
    bounds = [_bound(scores, missing, end) for end in (1.0, 4.0)]
    notes = {
        "density": strong / len(ties),
        "rated_ties": len(ties),
        "raters": {name: len(raters[name]) for name in values},
        "self_ratings_dropped": selves,
        "rescaled": rescaled,
        "unknown": unknown,
        "off_scale": off_scale,
    }
    value = sum(values.values()) / len(values)
    return Result(
        value=value,
        values=values,
        lower=min(bounds[0], value),
        upper=max(bounds[1], value),
        notes=notes,
        **basis,
    )


def _score(items: dict[str, list[float]]) -> float:
    means = [sum(found) / len(found) for _, found in sorted(items.items())]
    return sum(means) / len(means)


def _bound(
    scores: dict[str, dict[str, list[float]]], missing: dict[str, dict[str, int]], end: float
) -> float:
    """The mean with every missing rating at one end of the scale."""
    filled = []
    for name in sorted({*scores, *missing}):
        items = {item: list(found) for item, found in scores.get(name, {}).items()}
        for item, count in missing.get(name, {}).items():
            items.setdefault(item, []).extend([end] * count)
        filled.append(_score(items))
    return sum(filled) / len(filled)
