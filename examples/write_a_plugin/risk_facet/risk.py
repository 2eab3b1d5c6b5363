"""A score from the annual review, on actors of any kind; its second version, with a migration."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any

import jmdi

JMDI_API = 1


@jmdi.facet("risk:review", on=jmdi.Actor, v=2)
class Review(jmdi.Facet):
    """What the annual review of risks found.

    Attributes:
        score: 0 (none) to 10; ``None`` when the review gave none.
        reason: Why there is no score.
        date: The day of the review.
    """

    score: int | None = None
    reason: Annotated[str, "unknown-reason"] | None = None
    date: datetime.date | None = None


def rename_points(block: dict[str, Any]) -> dict[str, Any]:
    """Version 1 called the score points."""
    if "points" in block and "score" not in block:
        block["score"] = block.pop("points")
    return block


def in_scale(actor: jmdi.Actor, dataset: jmdi.Dataset) -> Iterator[jmdi.Problem]:
    """A score outside the scale."""
    review = actor.facet(Review)
    if review is not None and review.score is not None and not 0 <= review.score <= 10:
        yield jmdi.Problem(
            "risk:R1",
            jmdi.Severity.ERROR,
            f"the score {review.score} is outside 0 to 10",
            jmdi.Where(record=actor.id, kind=actor.kind),
            path="/risk:review/score",
        )


@jmdi.hookimpl
def jmdi_facets() -> list[type[jmdi.Facet]]:
    """The facet."""
    return [Review]


@jmdi.hookimpl
def jmdi_migrations() -> list[jmdi.Migration]:
    """Old files are read for ever."""
    return [jmdi.Migration("risk:review", 1, 2, rename_points)]


@jmdi.hookimpl
def jmdi_checks() -> list[jmdi.Check]:
    """One rule."""
    return [jmdi.Check("risk:R1", jmdi.Actor, in_scale, doc="A score is from 0 to 10.")]


@jmdi.hookimpl
def jmdi_problem_codes() -> list[jmdi.ProblemCode]:
    """What `jmdi explain risk:R1` says."""
    title, why = "score outside the scale", "It cannot be compared."
    return [jmdi.ProblemCode("risk:R1", title, why, "Correct it in the review.")]
