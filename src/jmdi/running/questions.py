"""Questions about facts that nobody knows, and what their answers would say of a metric."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from jmdi.classes import frozen
from jmdi.metrics.wording import between
from jmdi.model.frozen import EMPTY
from jmdi.running.unknowns import IN_VAIN

__all__ = ["Answer", "Ends", "Interval", "Question", "in_order"]

Interval: TypeAlias = tuple[float, float]
"""Lowest and highest number, infinite where there is no bound."""

Ends: TypeAlias = Mapping[str, Interval]
"""The bounds of each number of a Result, by entry; its single value has the entry ``""``."""


@frozen
class Answer:
    """One answer to a question, and the bounds after it.

    Attributes:
        said: The answer: ``yes`` or ``no``, a code, a number or a day; of several facts that are
            answered together one of each, such as ``yes and no``.
        bounds: Lowest and highest number that are possible then, by entry of the Result; its
            single value has the entry ``""``.
        narrowing: By how much they are narrower, of several entries together; infinite where
            there was no bound.
    """

    said: str
    bounds: Ends
    narrowing: float


@frozen
class Question:
    """A fact that nobody knows, and what its answers would say of a metric.

    Attributes:
        words: The question in words.
        record: Id of the record that the fact belongs to.
        kind: Kind of that record.
        field: JSON pointer of the fact in the record; ``/absences`` asks whether somebody takes
            part who is not recorded, and it is empty where a record of its own would say it.
        bounds: The bounds of the metric before, as those of an answer.
        answers: All answers that there can be; empty where they cannot be listed. Of many facts
            together it is only one that narrows the bounds.
        certain: By how much the least helpful answer narrows the bounds; ``None`` where not all
            answers are listed.
        mean: By how much the answers narrow them on average.
        codes: The codes that it names, by field: of who is not recorded type, side and level, of
            evidence the criterion.
        asked: Why nobody knows it although it was asked: ``unknown``, ``refused`` or ``withheld``;
            ``None`` if nobody is said to have been asked.
        also: The other facts that must be answered with it, as no answer alone narrows anything;
            its answers are those to all of them together.
    """

    words: str
    record: str
    kind: str
    field: str
    bounds: Ends
    answers: tuple[Answer, ...] = ()
    certain: float | None = None
    mean: float | None = None
    codes: Mapping[str, str] = EMPTY
    asked: str | None = None
    also: tuple[Question, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All members as JSON values; what is infinite is ``None``."""
        members: dict[str, Any] = _as_json(attrs.asdict(self))
        return members

    def __str__(self) -> str:
        alike: dict[str, list[str]] = {}
        for answer in self.answers:
            alike.setdefault(_said(answer.bounds), []).append(answer.said)
        lines = [
            f"  {_listed(said)}: {after}"
            for after, said in sorted(alike.items(), key=lambda item: len(item[1]))
        ]
        if self.asked is not None:
            lines.insert(0, f"  asked already: {IN_VAIN.get(self.asked, self.asked)}")
        return "\n".join([self.words, *(f"+ {one.words}" for one in self.also), *lines])


def in_order(question: Question) -> tuple[Any, ...]:
    """Its place among questions: what was not asked yet, what is certain, what is likely, by id."""
    certain, mean = question.certain, question.mean
    ranked = (0, -certain, -mean) if certain is not None and mean is not None else (1, 0, 0)
    return (question.asked is not None, *ranked, question.record, question.field, question.words)


def _as_json(value: object) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_as_json(item) for item in value]
    return None if isinstance(value, float) and math.isinf(value) else value


def _said(bounds: Ends) -> str:
    """Bounds as a person reads them."""
    parts = []
    for entry, (low, high) in bounds.items():
        text = between(low, None if math.isinf(high) else high, "{:.4g}".format)
        if math.isinf(low):
            text = "anything" if math.isinf(high) else f"{high:.4g} or less"
        parts.append(f"{entry} {text}" if entry else text)
    return ", ".join(parts)


def _listed(said: Sequence[str]) -> str:
    others = len(said) - 3
    return ", ".join(said[:3]) + (f" or {others} more" if others > 0 else "")
