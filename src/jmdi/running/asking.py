"""What to ask next: the unknown facts whose answers would narrow the bounds of a metric most.

A metric gives the same on the same records, so a fact that it did not read cannot change it
alone: the unknown facts that it reads are all that there is to ask for, and nobody has to declare
them. Each answer is tried: the metric is computed on the Dataset as it is after the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby, product, zip_longest
from typing import Any, TypeAlias

import attrs

from jmdi.errors import BadParameter, Cancelled, JmdiError
from jmdi.graph.dataset import Dataset
from jmdi.metrics.result import Result
from jmdi.metrics.wording import between
from jmdi.model.frozen import EMPTY
from jmdi.model.json_pointer import escape
from jmdi.model.kinds import Evidence, Initiative, Practice, Territory
from jmdi.model.records import Record, evolve
from jmdi.model.values import Absence, Code, code
from jmdi.model.writing import block_of
from jmdi.plugins.context import Cancel, Progress
from jmdi.plugins.specs import Metric
from jmdi.running.binding import bind
from jmdi.running.measuring import measured
from jmdi.running.phrasing import phrase
from jmdi.running.tracing import Reads, traced
from jmdi.running.unknowns import (
    ABSENCES,
    UNSAID,
    Change,
    Unknown,
    changed,
    missing_evidence,
    unknown_fields,
    unrecorded,
)

__all__ = ["Answer", "Question", "ask"]

FEW = 50
"""Of a sort of fact with more answers it is tried first whether any matters, given to all."""

DIGITS = 12
"""Digits to which narrowings are compared, so that rounding decides no order."""

LISTS: Mapping[type[Record], Mapping[str, str]] = {
    Initiative: {"type": "actor-type", "side": "side"},
    Practice: {"level": "governance-level"},
}
"""The kinds whose lists may be incomplete, with what those who are missing may be."""

SIGNS = "institutionalisation"
"""The vocabulary of signs that something is institutionalised."""

NO_SORT = UNSAID | {"both"}
"""Codes that are no sort of their own: whoever is on both sides is on either."""

Interval: TypeAlias = tuple[float, float]
"""Lowest and highest number, infinite where there is no bound."""

Ends: TypeAlias = Mapping[str, Interval]
"""The bounds of each number of a Result, by entry; its single value has the entry ``""``."""


@attrs.frozen(slots=True)
class Answer:
    """One answer to a question, and the bounds after it.

    Attributes:
        said: The answer: ``yes`` or ``no``, a code, a number or a day.
        bounds: Lowest and highest number that are possible then, by entry of the Result; its
            single value has the entry ``""``.
        narrowing: By how much they are narrower, of several entries together; infinite where
            there was no bound.
    """

    said: str
    bounds: Ends
    narrowing: float


@attrs.frozen(slots=True)
class Question:
    """A fact that nobody knows, and what its answers would say of a metric.

    Attributes:
        words: The question in words.
        record: Id of the record that the fact belongs to.
        kind: Kind of that record.
        field: JSON pointer of the fact in the record; ``/absences`` asks whether somebody takes
            part who is not recorded, and it is empty where a record of its own would say it.
        bounds: The bounds of the metric before, as those of an answer.
        answers: All answers that there can be; empty where they cannot be listed.
        certain: By how much the least helpful answer narrows the bounds; ``None`` where the
            answers cannot be listed.
        mean: By how much the answers narrow them on average.
        codes: The codes that it names, by field: of who is not recorded type, side and level, of
            evidence the criterion.
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
        return "\n".join([self.words, *lines])


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
    several are unknown, the facts that the Result names as ``missing`` are listed, unranked.

    Args:
        dataset: The records.
        metric: Name of the metric, or the metric itself.
        top: At most how many questions; ``None`` for all.
        projection: For a metric of networks, how the Dataset is projected; ``actors`` by default.
        parameters: Parameters of the metric.
        entry: Which of the ``values`` of the metric its bounds are taken of; of a metric without
            a single value by default all.
        language: The language of the questions.
        progress: Called as ``progress(done, total, what)`` with the answers tried.
        cancel: A token with a method ``is_set`` that says when to stop.

    Raises:
        Cancelled: If ``cancel`` was set.
        NotFound: If there is no such metric, projection or parameter.
        BadParameter: If a parameter is missing or has a value that it cannot have, or the metric
            has no such entry.
        PluginError: If the metric fails.
    """
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise BadParameter(f"top is a whole number from 1 up, or None for all, not {top!r}")
    spec = metric if isinstance(metric, Metric) else dataset.model.catalog.metric(metric)
    given = dict(parameters or {})
    if spec.on == "network":
        projection = projection or "actors"
    elif projection is not None:
        given["projection"] = projection
    bound = bind(f"metric {spec.name!r}", spec.parameters, given)

    def measure(changed: Dataset) -> Result:
        return measured(dataset.model, spec, changed, bound, projection=projection)

    reads: Reads = set()
    found = measure(traced(dataset, reads))
    before = _ends(spec, found, entry)
    if entry is not None and entry not in before:
        raise BadParameter(f"{spec.name} has no number {entry!r} among its values")
    trials = _Trials(dataset, spec, measure, entry, before, progress, cancel)
    open_ = _open(dataset, found)
    facts = [
        *_that_matter(trials, {(place, name) for place, name in reads if place in open_}),
        *_of_lists_that_matter(trials, reads, open_),
        *_of_evidence_that_matters(trials, reads),
    ]
    trials.total = trials.done + sum(len(fact.answers) for fact in facts)
    tried = [_question(trials, fact, phrase(dataset, fact, language)) for fact in facts]
    questions = list(filter(None, tried))
    if not questions and any(low < high for low, high in before.values()):
        named = [
            fact for fact in unknown_fields(dataset, reads) if _pointed(fact) in _missing(found)
        ]
        questions = [_unranked(trials, fact, phrase(dataset, fact, language)) for fact in named]
    return tuple(sorted(questions, key=_order)[:top])


@attrs.define(slots=True)
class _Trials:
    """A metric on the Datasets that answers make.

    Attributes:
        dataset: The Dataset before.
        spec: The metric.
        measure: Computes it.
        entry: Which of its values counts.
        before: Its bounds before.
        progress: Called with the number of answers tried.
        cancel: Says when to stop.
        total: How many will be tried, once that is known.
        done: How many were tried.
    """

    dataset: Dataset
    spec: Metric
    measure: Callable[[Dataset], Result]
    entry: str | None
    before: Ends
    progress: Progress | None
    cancel: Cancel | None
    total: int | None = None
    done: int = 0

    def after(self, changes: Sequence[Change]) -> Ends:
        """The bounds after some answers; as before, if the metric cannot be computed then.

        Raises:
            Cancelled: If the work is no longer wanted.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise Cancelled(f"cancelled after {self.done:,} answers tried")
        try:
            result = self.measure(changed(self.dataset, changes))
        except Cancelled:
            raise
        except JmdiError:
            return self.before
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total, "answers tried")
        return _ends(self.spec, result, self.entry)

    def change(self, facts: Sequence[Unknown], number: int | None = None) -> bool:
        """Whether the bounds change if one answer, or any, is given to all of some questions."""
        rows = list(zip_longest(*(fact.answers for fact in facts)))
        chosen = rows if number is None else rows[number : number + 1]
        return any(self.after([c for c in row if c is not None]) != self.before for row in chosen)


def _ends(spec: Metric, result: Result, entry: str | None) -> Ends:
    """The bounds of the numbers that are looked at; of what is undefined, the metric's range."""
    low, high = spec.range
    whole = (-math.inf if low is None else float(low), math.inf if high is None else float(high))
    if entry is not None:
        return {k: v for k, v in _entries(result, whole) if k == entry}
    if result.lower is not None or result.upper is not None:
        found = (result.lower, result.upper)
        pairs = zip(found, whole, strict=True)
        lower, upper = (end if given is None else float(given) for given, end in pairs)
        return {"": (lower, upper)}
    if result.value is not None and not result.no_bounds:
        return {"": (float(result.value), float(result.value))}
    if result.status == "values":
        return dict(_entries(result, whole))
    return {"": whole}


def _entries(result: Result, whole: Interval) -> Iterator[tuple[str, Interval]]:
    """The bounds of the numbers among the values of a Result, by names such as ``a/count``."""

    def walk(values: Any, bounds: Any, name: str) -> Iterator[tuple[str, Interval]]:
        if isinstance(values, Mapping):
            for key, value in values.items():
                inner = bounds.get(key) if isinstance(bounds, Mapping) else None
                yield from walk(value, inner, f"{name}/{key}" if name else key)
        elif isinstance(bounds, tuple) and len(bounds) == 2:
            yield name, (float(bounds[0]), float(bounds[1]))
        elif values is None:
            yield name, whole
        elif isinstance(values, (int, float)) and not isinstance(values, bool):
            yield name, (float(values), float(values))

    yield from walk(result.values or {}, result.bounds, "")


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


def _that_matter(trials: _Trials, reads: Reads) -> Iterator[Unknown]:
    """The unknown fields that were read, without sorts of which no answer changes anything."""

    def sort(fact: Unknown) -> tuple[str, ...]:
        return tuple(name or "" for name in fact.sort)

    found = sorted(unknown_fields(trials.dataset, reads), key=sort)
    for _, group in groupby(found, sort):
        facts = list(group)
        if sum(len(fact.answers) for fact in facts) <= FEW or trials.change(facts):
            yield from facts


def _of_lists_that_matter(
    trials: _Trials, reads: Reads, open_: Collection[int]
) -> Iterator[Unknown]:
    """Who may be there without being recorded, of each sort that changes anything.

    A metric that finds one list incomplete may not look at the others, in which somebody would
    change it all the same. Where it does not matter of which type, side or level somebody is, the
    question does not say it.
    """
    records = trials.dataset.records
    looked_at = [type(records[place]) for place, name in reads if name == ABSENCES]
    for cls, members in LISTS.items():
        if not any(issubclass(one, cls) for one in looked_at):
            continue
        places = [place for place in sorted(open_) if isinstance(records[place], cls)]
        facts: dict[Absence, list[Unknown]] = {}
        if_so: list[Absence] = []
        if_not: list[Absence] = []
        sided: list[Absence] = []
        for absence in _absences(trials, members):
            if absence.side and absence.type and evolve(absence, side=None) not in sided:
                continue
            facts[absence] = list(unrecorded(trials.dataset, places, absence))
            if trials.change(facts[absence], 0):
                if_so.append(absence)
            if trials.change(facts[absence], 1):
                if_not.append(absence)
            if absence.type and not absence.side:
                # Whoever matters neither on both sides nor, being absent, on any does not on one.
                on_both = evolve(absence, side=code("side", "both"))
                there = list(unrecorded(trials.dataset, places, on_both))
                if absence in if_not or trials.change(there, 0):
                    sided.append(absence)
        for absence, found in facts.items():
            if absence in if_so:
                wanted = not any(_covers(other, absence) for other in if_so)
            else:
                special = any(_covers(absence, other) for other in (*if_so, *if_not))
                wanted = absence in if_not and not special
            if wanted:
                yield from found


def _of_evidence_that_matters(trials: _Trials, reads: Reads) -> Iterator[Unknown]:
    """Signs of institutionalisation of which no record says anything, in what a metric looks at."""
    records = trials.dataset.records
    signs = {one.of for one in trials.dataset.of(Evidence)}
    looked_at = {place for place, name in reads if name != "id"}
    places = [place for place in sorted(looked_at) if isinstance(records[place], Territory)]
    # Most territories have no sign at all, where one often decides nothing: these go at once.
    some = [place for place in places if records[place].id in signs]
    none = [place for place in places if records[place].id not in signs]
    vocabulary = trials.dataset.model.catalog.vocabularies.get(SIGNS)
    for name, alike in product(() if vocabulary is None else vocabulary.codes(), (some, none)):
        facts = list(missing_evidence(trials.dataset, alike, code(SIGNS, name)))
        if trials.change(facts):
            yield from facts


def _absences(trials: _Trials, members: Mapping[str, str]) -> Iterator[Absence]:
    """Nobody at all, then nobody of each code of one vocabulary, then of several."""
    vocabularies = trials.dataset.model.catalog.vocabularies
    codes: list[list[Code | None]] = []
    for scheme in members.values():
        known = vocabularies[scheme].codes() if scheme in vocabularies else ()
        codes.append([None, *(code(scheme, name) for name in known if name not in NO_SORT)])
    for chosen in product(*codes):
        yield evolve(Absence(), **dict(zip(members, chosen, strict=True)))


def _covers(general: Absence, absence: Absence) -> bool:
    """Whether all of one sort are of a more general one."""
    pairs = [(getattr(general, n), getattr(absence, n)) for n in ("type", "side", "level")]
    return general != absence and all(wide in (None, narrow) for wide, narrow in pairs)


def _question(trials: _Trials, fact: Unknown, words: str) -> Question | None:
    """The question for a fact; ``None`` if no answer narrows anything."""
    listed = _unranked(trials, fact, words)
    after = [(change.said, trials.after([change])) for change in fact.answers]
    if not fact.exhaustive:
        return listed if any(ends != trials.before for _, ends in after) else None
    answers = tuple(Answer(said, ends, _narrowing(trials.before, ends)) for said, ends in after)
    gains = [answer.narrowing for answer in answers]
    if max(gains, default=0) <= 0:
        return None
    own = fact.path in ((), (ABSENCES,))
    names = ("type", "side", "level") if fact.path else ("criterion",)
    codes = {n: c for n, c in zip(names, fact.sort[2:], strict=False) if c} if own else EMPTY
    mean = _total(gains) / len(gains)
    mean = mean if math.isinf(mean) else round(mean, DIGITS)
    return attrs.evolve(listed, answers=answers, certain=min(gains), mean=mean, codes=codes)


def _unranked(trials: _Trials, fact: Unknown, words: str) -> Question:
    """The question for a fact whose answers cannot be listed, or narrow nothing alone."""
    record, pointer = _pointed(fact)
    return Question(words, record, fact.record.kind, pointer, trials.before)


def _pointed(fact: Unknown) -> tuple[str, str]:
    """The id of the record of a fact, and the JSON pointer of the fact there."""
    cls: Any = type(fact.record)
    block = block_of(cls).get(str(fact.path[0])) if fact.path else None
    path = fact.path if block is None else (block, *fact.path)
    return fact.record.id, "".join(f"/{escape(str(part))}" for part in path)


def _narrowing(before: Ends, after: Ends) -> float:
    gains = []
    for entry, (low, high) in before.items():
        first, last = after.get(entry, (low, high))
        was, now = high - low, last - first
        gains.append(0.0 if was == now else was - now)
    total = _total(gains)
    return total if math.isinf(total) else round(total, DIGITS)


def _total(gains: Sequence[float]) -> float:
    """The sum; where bounds are lost, nothing that is gained makes up for it."""
    return -math.inf if -math.inf in gains else sum(gains)


def _order(question: Question) -> tuple[Any, ...]:
    certain, mean = question.certain, question.mean
    ranked = (0, -certain, -mean) if certain is not None and mean is not None else (1, 0, 0)
    return (*ranked, question.record, question.field, question.words)


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
