"""What to ask next: the unknown facts whose answers would narrow the bounds of a metric most.

A metric gives the same on the same records, so a fact that it did not read cannot change it
alone: the unknown facts that it reads are all that there is to ask for, and nobody has to declare
them. Each answer is tried: the metric is computed on the Dataset as it is after the answer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.metrics.choices import NEEDS_CHOICE
from jmdi.metrics.result import Result
from jmdi.model.frozen import EMPTY
from jmdi.model.json_pointer import escape
from jmdi.model.writing import block_of
from jmdi.plugins.context import Cancel, Progress
from jmdi.plugins.specs import Metric
from jmdi.running.binding import bind
from jmdi.running.grouping import COMBINED, groups
from jmdi.running.mattering import all_that_is_read, that_matter
from jmdi.running.measuring import measured, seen_as
from jmdi.running.phrasing import phrase
from jmdi.running.projecting import parameters_for
from jmdi.running.questions import Answer, Question, in_order
from jmdi.running.tracing import Reads, traced
from jmdi.running.trials import Trials, ends_of, narrowing, rounded, total
from jmdi.running.unknowns import ABSENCES, Change, Unknown, unknown_fields

__all__ = ["ask"]

GROUPS = 10
"""Most groups of facts that are looked for one after the other."""


def ask(
    dataset: Dataset,
    metric: str | Metric,
    *,
    top: int | None = 10,
    projection: str | None = None,
    parameters: Mapping[str, object] | None = None,
    entry: str | None = None,
    language: str = "en",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> tuple[Question, ...]:
    """The unknown facts whose answers would narrow the bounds of a metric most.

    Each answer to each question is tried. Questions are ordered by the narrowing that is certain,
    whatever the answer; then by the mean over the answers; then by the id of the record. Facts
    whose answers cannot be listed, such as an amount without a range, come last; they are known
    to matter for a value that another record has. A question of which no answer narrows anything
    is left out. Where no answer alone narrows the bounds, as of a share of amounts of which
    several are unknown, a question has several facts that do so together; where no such group is
    found, the facts that the Result names as ``missing`` are listed, unranked. What was asked
    already and is not known all the same comes after all that was not.

    Args:
        dataset: The records.
        metric: Name of the metric, or the metric itself.
        top: At most how many questions; ``None`` for all.
        projection: For a metric of networks, how the Dataset is projected; ``actors`` by default.
        parameters: Parameters of the metric and of the projection; one that both have is the
            metric's, and ``projection.name`` is the projection's.
        entry: Which of the ``values`` of the metric its bounds are taken of; of a metric without
            a single value by default all.
        language: The language of the questions.
        progress: Called as ``progress(done, total, what)`` with the answers tried.
        cancel: A token with a method ``is_set`` that says when to stop.

    Raises:
        Cancelled: If ``cancel`` was set.
        NotFound: If there is no such metric, projection or parameter.
        BadParameter: If a parameter is missing or has a value that it cannot have, or the metric
            has no such entry, or needs a choice, such as of a practice.
        PluginError: If the metric fails.
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise BadParameter(f"top is a whole number from 1 up, or None for all, not {top!r}")
    spec = metric if isinstance(metric, Metric) else dataset.model.catalog.metric(metric)
    given = dict(parameters or {})
    if spec.on != "network" and projection is not None:
        given["projection"] = projection
    view = seen_as(spec, dataset, projection or "actors")
    what = f"metric {spec.name!r}"
    own, below = parameters_for(dataset.model.catalog, what, spec.parameters, view, given)
    bound = bind(what, spec.parameters, own)

    def measure(changed: Dataset) -> Result:
        return measured(dataset.model, spec, changed, bound, projection=view, below=below)

    reads: Reads = set()
    found = measure(traced(dataset, reads))
    if found.undefined == NEEDS_CHOICE:
        raise BadParameter(f"{spec.name}: {found.why}")
    before = ends_of(spec, found, entry)
    if entry is not None and entry not in before:
        raise BadParameter(f"{spec.name} has no number {entry!r} among its values")
    trials = Trials(dataset, spec, measure, entry, before, progress, cancel)
    open_ = _open(dataset, found)
    facts = list(that_matter(trials, reads, open_))
    trials.total = trials.done + sum(len(fact.answers) for fact in facts)
    tried = (_question(trials, fact, language) for fact in facts)
    questions = [question for question in tried if question is not None]
    is_open = any(low < high for low, high in before.values())
    if is_open and all(question.asked for question in questions):
        every = list(all_that_is_read(trials, reads, facts, open_))
        questions += _of_several(trials, every, top, language)
    if is_open and not questions:
        named = (f for f in unknown_fields(dataset, reads) if _pointed(f) in _missing(found))
        questions = [_listed(trials, fact, language) for fact in named]
    return tuple(sorted(questions, key=in_order)[:top])


def _open(dataset: Dataset, found: Result) -> Collection[int]:
    """The places of the records that leave a Result open: all, unless it says which these are.

    A metric may know what is not said from another record, as the level of an adoption from that
    of who adopted; then nobody is to be asked.
    """
    missing = {about for about, _ in _missing(found)}
    if not missing:
        return range(len(dataset))
    return {place for place, record in enumerate(dataset.records) if record.id in missing}


def _missing(found: Result) -> Collection[tuple[str, str]]:
    """The facts that a Result names as missing: ids of records, and JSON pointers in them."""
    listed = found.notes.get("missing")
    facts = listed if isinstance(listed, tuple) else ()
    return {
        (str(fact["about"]), str(fact.get("field", "")))
        for fact in facts
        if isinstance(fact, Mapping) and "about" in fact
    }


def _question(trials: Trials, fact: Unknown, language: str) -> Question | None:
    """The question for a fact; ``None`` if no answer narrows anything."""
    listed = _listed(trials, fact, language)
    if not fact.exhaustive:
        return listed if any(trials.after([c]) != trials.before for c in fact.answers) else None
    question = _ranked(trials, listed, [(change,) for change in fact.answers])
    return None if question.mean is None else question


def _of_several(
    trials: Trials, facts: Sequence[Unknown], top: int | None, language: str
) -> Iterator[Question]:
    """Questions about facts that nobody was asked for and that narrow the bounds together."""
    trials.total = None  # how many combinations will be tried, the tries decide
    unasked = [fact for fact in facts if fact.asked is None]
    for group in groups(trials, unasked, GROUPS if top is None else min(top, GROUPS)):
        facts, changes = zip(*group, strict=True)
        first, *others = (_listed(trials, fact, language) for fact in facts)
        question = attrs.evolve(first, also=tuple(others))
        if not all(fact.exhaustive for fact in facts):
            yield question
        elif math.prod(len(fact.answers) for fact in facts) <= COMBINED:
            yield _ranked(trials, question, product(*(fact.answers for fact in facts)))
        else:
            yield attrs.evolve(question, answers=(_answer(trials, changes),))


def _ranked(trials: Trials, listed: Question, answers: Iterable[tuple[Change, ...]]) -> Question:
    """A question with its answers, if any narrows anything; several facts have one of each."""
    found = [_answer(trials, changes) for changes in answers]
    gains = [answer.narrowing for answer in found]
    if max(gains, default=0) <= 0:
        return listed
    mean = rounded(total(gains) / len(gains))
    return attrs.evolve(listed, answers=tuple(found), certain=min(gains), mean=mean)


def _answer(trials: Trials, changes: Sequence[Change]) -> Answer:
    ends = trials.after(changes)
    said = [change.said for change in changes]
    alike = len(said) > 2 and len(set(said)) == 1
    words = f"{said[0]} to each" if alike else " and ".join(said)
    return Answer(words, ends, narrowing(trials.before, ends))


def _listed(trials: Trials, fact: Unknown, language: str) -> Question:
    """The question for a fact, without its answers."""
    record, pointer = _pointed(fact)
    own = fact.path in ((), (ABSENCES,))
    names = ("type", "side", "level") if fact.path else ("criterion",)
    codes = {n: c for n, c in zip(names, fact.sort[2:], strict=False) if c} if own else EMPTY
    words = phrase(trials.dataset, fact, language)
    kind = fact.record.kind
    return Question(words, record, kind, pointer, trials.before, codes=codes, asked=fact.asked)


def _pointed(fact: Unknown) -> tuple[str, str]:
    """The id of the record of a fact, and the JSON pointer of the fact there."""
    cls: Any = type(fact.record)
    block = block_of(cls).get(str(fact.path[0])) if fact.path else None
    path = fact.path if block is None else (block, *fact.path)
    return fact.record.id, "".join(f"/{escape(str(part))}" for part in path)
