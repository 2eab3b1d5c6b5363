"""How actors rate one another, on scales of any length."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import attrs

from jmdi.model.relations import Rates
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.timing import When

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Ratings", "place_on_scale", "ratings_of"]


@attrs.define(slots=True)
class Ratings:
    """Ratings by others.

    Attributes:
        scored: Those with a score, each with its place on the scale, from 0 to 1, and the length
            of the scale.
        missing: Those without a score on their scale, or of which it is not known whether they
            hold at the time.
        selves: How many actors rated themselves; these are left out.
        off_scale: How many scores were outside their scale.
    """

    scored: list[tuple[Rates, float, float]] = attrs.field(factory=list)
    missing: list[Rates] = attrs.field(factory=list)
    selves: int = 0
    off_scale: int = 0

    def asked(self) -> Iterator[tuple[str, str]]:
        """What of those that are missing would say how they rate, by record and member."""
        for rating in self.missing:
            yield rating.id, "period" if place_on_scale(rating) else "score"


def ratings_of(
    dataset: Dataset, at: When, dimensions: Collection[str], rated: Collection[str] | None
) -> Ratings:
    """The ratings on some dimensions; only of some actors, if given."""
    found = Ratings()
    for rating in dataset.of(Rates):
        held = at.holds(rating.period) if code_of(rating.dimension) in dimensions else False
        if held is False:
            continue
        if rated is not None and rating.target not in rated:
            continue
        if rating.source == rating.target:
            found.selves += 1
        elif held is None:
            found.missing.append(rating)
        elif (place := place_on_scale(rating)) is not None:
            found.scored.append((rating, *place))
        else:
            found.missing.append(rating)
            found.off_scale += rating.score is not None
    return found


def place_on_scale(rating: Rates) -> tuple[float, float] | None:
    """Where a score lies on its scale, from 0 to 1, and the length of the scale.

    A scale that is not stated is from 1 to 4 (PARTNER). ``None`` for a score outside its
    scale, and for a scale without length.
    """
    low = 1.0 if rating.low is None else float(rating.low)
    high = 4.0 if rating.high is None else float(rating.high)
    if rating.score is None or low >= high or not low <= float(rating.score) <= high:
        return None
    return (float(rating.score) - low) / (high - low), high - low
