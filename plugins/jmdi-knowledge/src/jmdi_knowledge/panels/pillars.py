"""The five pillars: how many records serve each, how far it is, and examples."""

from __future__ import annotations

from jmdi import PILLARS, Action, Dataset, KnowledgeItem, KnowledgeProduct, Practice, Record
from jmdi.model.frozen import EMPTY
from jmdi.panels import Level, Levels, Range, Unknown, Words, link_to
from jmdi_knowledge.panels import say

__all__ = ["pillars"]

PROGRESS = {
    "pillar_1": ("progress_1", "knowledge:overarching-coverage"),
    "pillar_2": ("progress_2", "knowledge:codification"),
    "pillar_3": ("progress_3", "knowledge:traceability"),
    "pillar_4": ("progress_4", "knowledge:dissemination-reach"),
    "pillar_5": ("progress_5", "knowledge:loop-closure"),
}
"""What the bar of each pillar shows, and the metric that measures it."""

EXAMPLES = 3
SERVING = (KnowledgeProduct, Practice, KnowledgeItem, Action)
"""What can serve a pillar; the first give the examples."""


def pillars(dataset: Dataset) -> Levels | None:
    """The first pillar as the roof, the others as columns.

    Args:
        dataset: The records.
    """
    records = [record for cls in SERVING for record in dataset.of(cls)]
    knowledge = [record for record in records if not isinstance(record, Action)]
    if not knowledge and not any(_pillars(record) for record in records):
        return None
    levels = [
        _level(dataset, key, [r for r in records if pillar.id in _pillars(r)])
        for key, pillar in zip(PROGRESS, PILLARS, strict=True)
    ]
    open_ = sum(not _pillars(record) for record in records)
    return Levels(levels, "pillars", note=say("pillars_note", n=open_))


def _pillars(record: Record) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(record, "pillars", ())
    return found


def _level(dataset: Dataset, key: str, serving: list[Record]) -> Level:
    words, metric = PROGRESS[key]
    progress = _progress(dataset, metric)
    note: Words = say("no_progress") if progress is None else say(words)
    examples = [link_to(record) for record in serving[:EXAMPLES] if getattr(record, "names", EMPTY)]
    count = len(serving) or Unknown(say("none_recorded"))
    return Level(say(key), count, progress, tuple(examples), note)


def _progress(dataset: Dataset, metric: str) -> Range | None:
    """How far a pillar is; ``None`` where the data says nothing, not even bounds."""
    found = dataset.metric(metric)
    if found.value is None and (found.lower is None or found.upper is None):
        return None
    if found.value is None and (found.lower, found.upper) == (0, 1):
        return None
    return Range(found.value, found.lower, found.upper)
