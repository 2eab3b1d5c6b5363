"""Which metrics a page shows when nobody says it: those that its data can answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from jmdi import (
    Action,
    Actor,
    Dataset,
    Initiative,
    JmdiError,
    KnowledgeItem,
    KnowledgeProduct,
    Record,
    Result,
    Territory,
    Tie,
    undefined,
)

__all__ = ["CANDIDATES", "results_for"]

CANDIDATES: tuple[tuple[str, tuple[type[Record], ...]], ...] = (
    ("density", (Actor, Tie)),
    ("components", (Actor, Tie)),
    ("isolates", (Actor, Tie)),
    ("knowledge:international-ties", (Actor, Tie)),
    ("workplan:completeness", (Action,)),
    ("workplan:known-budget", (Action,)),
    ("workplan:codification", (Action,)),
    ("scaling:anchorage", (Initiative,)),
    ("scaling:ownership", (Initiative,)),
    ("scaling:out", (Initiative, Territory)),
    ("scaling:institutionalization", (Initiative, Territory)),
    ("knowledge:codification", (KnowledgeItem,)),
    ("knowledge:traceability", (KnowledgeProduct,)),
    ("knowledge:use-rate", (KnowledgeProduct,)),
)
"""Metrics with the kinds of record that each needs; those of a plugin count where it is there."""

MOST = 12
"""At most how many are shown."""


def results_for(dataset: Dataset, names: Iterable[str] | None = None) -> Iterator[Result]:
    """The results that a page shows.

    Args:
        dataset: The records.
        names: Names of metrics; by default those that the records can answer.

    Raises:
        NotFound: If there is no metric of a name.
    """
    if names is not None:
        yield from map(dataset.metric, names)
        return
    shown = 0
    for name, needs in CANDIDATES:
        if name not in dataset.model.catalog.metrics or not all(map(dataset.of, needs)):
            continue
        try:
            result = dataset.metric(name)
        except JmdiError as error:  # one metric that fails is no reason for no page
            yield attrs.evolve(undefined("report:failed", str(error)), metric=name)
            continue
        if result.defined and shown < MOST:
            shown += 1
            yield result
