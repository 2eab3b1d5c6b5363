"""What to ask next: the missing facts whose answers would narrow the figures of a page most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import attrs
from markupsafe import Markup

from jmdi import JmdiError, Question, Result, ask
from jmdi_report.facts import Facts
from jmdi_report.sections.cards import writer

__all__ = ["RECORDS", "Asked", "questions"]

RECORDS = 2000
"""Records up to which questions are looked for: each answer is tried, so more take minutes."""

METRICS = 2
"""About how many of the metrics, the most open ones, questions are looked for."""

ANSWERS = 3
"""Most answers that are named beside each other."""

ONE = ""
"""The entry of the bounds of a metric with a single value."""

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
            found = ask(facts.dataset, result.metric, top=QUESTIONS, language=facts.language)
        except JmdiError:  # it needs a choice, or fails: there is nothing to ask then
            continue
        if found:
            shown += 1
            yield Asked(_name(facts, result), [_question(facts, result, one) for one in found])


def _name(facts: Facts, result: Result) -> Markup:
    key = f"metric.{result.metric}"
    if key in facts.texts:
        return facts.t(key)
    return Markup('<span lang="en">{}</span>').format(result.title)


def _question(
    facts: Facts, result: Result, question: Question
) -> tuple[str, list[str], list[tuple[str, str]]]:
    """The question, what is to be answered with it, and its answers with the bounds after each.

    Answers after which the bounds are the same stand together, those of which there are few first.
    """
    write = writer(facts, result)
    alike: dict[str, list[str]] = {}
    for answer in question.answers:
        if ONE in answer.bounds:
            low, high = answer.bounds[ONE]
            ends = [write(end) for end in (low, high) if not math.isinf(end)]
            alike.setdefault(" – ".join(dict.fromkeys(ends)), []).append(answer.said)
    answers = sorted(alike.items(), key=lambda item: len(item[1]))
    return (
        question.words,
        [one.words for one in question.also],
        [(_several(facts, said), after) for after, said in answers],
    )


def _several(facts: Facts, said: Sequence[str]) -> str:
    more = len(said) - ANSWERS
    shown = ", ".join(said[:ANSWERS])
    return f"{shown} {facts.text('details.more', n=more)}" if more > 0 else shown
