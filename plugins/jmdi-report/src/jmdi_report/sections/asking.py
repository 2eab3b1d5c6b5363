"""What to ask next: the missing facts whose answers would narrow the figures of a page most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
from markupsafe import Markup

from jmdi import JmdiError, Result
from jmdi_report.facts import Facts

__all__ = ["RECORDS", "Asked", "questions"]

RECORDS = 2000
"""Records up to which questions are looked for: each answer is tried, so more take minutes."""

METRICS = 2
"""About how many of the metrics, the most open ones, questions are looked for."""

QUESTIONS = 3
"""At most how many questions there are for a metric."""


@attrs.frozen
class Asked:
    """Questions about one metric.

    Attributes:
        metric: What the metric is called.
        questions: Each question with its answers, and the bounds after each.
    """

    metric: Markup
    questions: Sequence[tuple[str, Sequence[str], Sequence[tuple[str, str]]]]


def questions(facts: Facts, results: Iterable[Result]) -> Iterator[Asked]:
    """The questions about the metrics that are most open.

    Metrics of networks are left out: there are as many questions as pairs.
    """
    if len(facts.dataset) > RECORDS:
        return
    metrics = facts.dataset.model.catalog.metrics
    open_ = [
        result
        for result in results
        if result.metric in metrics
        and metrics[result.metric].on == "dataset"
        and result.lower is not None
        and result.upper is not None
        and result.lower < result.upper
    ]
    open_.sort(key=lambda result: float(result.lower or 0) - float(result.upper or 0))
    shown = 0
    for result in open_:
        if shown == METRICS:
            return
        try:
            found = facts.dataset.ask(result.metric, top=QUESTIONS, language=facts.language)  # type: ignore[attr-defined]
        except JmdiError:  # it needs a choice, or fails: there is nothing to ask then
            continue
        if found:
            shown += 1
            yield Asked(_name(facts, result), [_question(facts, one) for one in found])


def _name(facts: Facts, result: Result) -> Markup:
    key = f"metric.{result.metric}"
    if key in facts.texts:
        return facts.t(key)
    return Markup('<span lang="en">{}</span>').format(result.title)


def _question(facts: Facts, question: object) -> tuple[str, list[str], list[tuple[str, str]]]:
    """The question, what is to be answered with it, and its answers as lines."""
    first, *lines = str(question).split("\n")
    also = [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]
    answers = [line.strip().partition(": ") for line in lines if not line.startswith("+ ")]
    return first, also, [(said, after) for said, _, after in answers if after]
