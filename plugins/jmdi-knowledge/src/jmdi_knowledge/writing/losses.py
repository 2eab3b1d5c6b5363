"""What drafts of products do not keep."""

from __future__ import annotations

from jmdi import Dataset, Losses, Problem

__all__ = ["losses"]


def losses(dataset: Dataset, **_: object) -> tuple[Problem, ...]:
    """Every record: a draft is a text for people, from which no record can be read again."""
    found = Losses()
    for record in dataset:
        found.record(record, "as a record, only what the text says of it")
    return found.problems()
