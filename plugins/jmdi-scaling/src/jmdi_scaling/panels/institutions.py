"""Signs that something is institutionalised: in how many places each is on record."""

from __future__ import annotations

import datetime

from jmdi import Code, Dataset, Evidence
from jmdi.panels import Bar, Bars, label_of
from jmdi_scaling.panels import say

__all__ = ["institutions"]


def institutions(dataset: Dataset) -> Bars | None:
    """Places with evidence of each criterion, and up to how many may have it.

    Args:
        dataset: The records.
    """
    evidence = [one for one in dataset.of(Evidence) if one.of is not None]
    if not evidence:
        return None
    places = {one.of: None for one in evidence}
    targets = dataset.metric("scaling:institutionalization").values or {}
    places |= dict.fromkeys(targets)
    last: dict[str, dict[str, str]] = {}
    for one in sorted(evidence, key=_when):
        state = one.state.code if one.state else "unknown"
        if one.criterion is not None and one.of is not None and state in ("present", "absent"):
            last.setdefault(one.criterion.code, {})[one.of] = state
    vocabularies = dataset.model.catalog.vocabularies
    bars = []
    for criterion in vocabularies["institutionalisation"].codes():
        states = [*last.get(criterion, {}).values()]
        present, most = states.count("present"), len(places) - states.count("absent")
        words = label_of(Code("institutionalisation", criterion), vocabularies)
        bars.append(Bar(words, present, present, most))
    return Bars(bars, say("places"), note=say("institutions_note", n=len(places)))


def _when(one: Evidence) -> tuple[datetime.date, str]:
    """The day of evidence: of two states of one place, the later counts."""
    start = one.period.start if one.period else None
    return start or datetime.date.min, one.id
