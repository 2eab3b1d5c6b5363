"""What is unknown in a Dataset, and the answers that there can be."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TypeAlias

from jmdi.classes import frozen
from jmdi.graph.dataset import Dataset
from jmdi.model.completeness import absence_counts
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.kinds import Actor, Evidence, Practice
from jmdi.model.records import Record, evolve
from jmdi.model.relations import Adopts, Participates, Tie
from jmdi.model.values import Absence, Code, Money, Period, Quantity, code
from jmdi.running.tracing import Reads

__all__ = [
    "ABSENCES",
    "ASKED",
    "EVIDENCE",
    "IN_VAIN",
    "UNSAID",
    "Change",
    "Unknown",
    "changed",
    "missing_evidence",
    "unknown_fields",
    "unrecorded",
]

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value in a record: names of facets and fields, and places in tuples."""

OWN = frozenset(
    {"id", "source", "target", "sources", "facets", "extra", "names", "description"}
    | {"identifiers", "reported_by", "absences", "reason", "words", "note", "qualifier"}
    | {"locator", "cells", "tables", "notes"}
)
"""Fields that say which record it is, who says so and in which words: no facts to ask for."""

IMPLIED = frozenset({"state", "directed"})
"""Fields of a tie that have a meaning when nothing is said."""

UNSAID = frozenset({"unknown", "unobserved"})
"""Codes that say that something is not known."""

SCALES: Mapping[str, Sequence[int]] = {"intensity": range(1, 6)}
"""Whole numbers that fields can have whose type does not say it; at 0 there would be no tie."""

LONGEST = 11
"""Most answers on a scale of whole numbers that are tried one by one; of a longer one its ends."""

EXAMPLES = 5
"""How many known values of a field show whether it matters where its answers cannot be listed."""

EVIDENCE = Evidence.kind
"""What facts are called that only a record of their own can state."""

MADE: Mapping[Any, object] = {
    Code: Code("example", "1"),
    Money: Money(amount=1000, currency="EUR"),
    Period: Period(edtf="2000-01-01"),
    Quantity: Quantity(value=1),
}
"""Examples of values of which no record has one."""

ABSENCES = "absences"
"""The field in which an initiative or practice says of whom there are none."""

ASKED = "absences.asked"
"""The member beside it that keeps of whom it was asked in vain whether there are any."""

IN_VAIN: Mapping[str, str] = {
    "unknown": "who was asked does not know",
    "refused": "who was asked did not answer",
    "withheld": "the answer is withheld",
}
"""The reasons of `unknown-reason` for which it helps little to ask again, in words."""

ALWAYS = Period(edtf="../..")
"""When an answer holds that is tried: on any day that a metric may be computed for."""

MEASURES = frozenset({"value", "score"})
"""The fields of which a record's own ``reason`` says why they are missing."""


@frozen
class Change:
    """One answer, as a change of a Dataset.

    Attributes:
        said: The answer.
        place: The place of the record that it changes.
        path: The way to what it changes there; empty if it changes nothing.
        value: What stands there then; of `ABSENCES` what is added there.
        more: Records that are added.
    """

    said: str
    place: int
    path: Path = ()
    value: object = None
    more: tuple[Record, ...] = ()


@frozen
class Unknown:
    """A fact that nobody knows.

    Attributes:
        record: The record that it belongs to.
        path: The way to it; empty if only another record can say it.
        sort: The kind and the names on the way; of who is not recorded, also type, side and level;
            of evidence, its criterion.
        field: How the field is declared.
        answers: All that it can be, or some examples.
        exhaustive: Whether these are all.
        asked: Why it is not known although it was asked, one of `IN_VAIN`; else ``None``.
    """

    record: Record
    path: Path
    sort: tuple[str | None, ...]
    field: FieldInfo
    answers: tuple[Change, ...]
    exhaustive: bool = True
    asked: str | None = None


def changed(dataset: Dataset, changes: Iterable[Change]) -> Dataset:
    """The Dataset after some answers."""
    records: list[Any] = list(dataset.records)
    more: list[Record] = []
    for change in changes:
        if change.path == (ABSENCES,):
            record = records[change.place]
            records[change.place] = evolve(record, absences=(*record.absences, change.value))
        elif change.path:
            records[change.place] = _put(records[change.place], change.path, change.value)
        more += change.more
    return Dataset([*records, *more], model=dataset.model, header=dataset.header)


def _put(holder: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        return (*holder[:head], _put(holder[head], rest, value), *holder[head + 1 :])
    if isinstance(holder, Record) and head in holder.facets:
        return holder.with_facet(_put(holder.facets[head], rest, value))
    return evolve(holder, **{head: _put(getattr(holder, head), rest, value)})


def unknown_fields(dataset: Dataset, reads: Reads) -> Iterator[Unknown]:
    """The unknown among the fields that something read, in the order of the records.

    Args:
        dataset: The Dataset.
        reads: What was read of it.
    """
    read: dict[int, set[str]] = {}
    for place, name in reads:
        read.setdefault(place, set()).add(name)
    known = _Known(dataset)
    for place in sorted(read):
        record = dataset.records[place]
        for path, field, value in _facts(record, read[place]):
            if _is_unknown(record, field, value):
                sort = (record.kind, *(name for name in path if isinstance(name, str)))
                every = _answers(dataset, record, field, value)
                some = known.examples(sort, field.type) if every is None else every
                answers = tuple(Change(said, place, path, new) for said, new in some)
                asked = _asked(record, path, value)
                yield Unknown(record, path, sort, field, answers, every is not None, asked)


def _asked(record: Record, path: Path, value: Any) -> str | None:
    """Why a field is not known although it was asked; ``None`` if nobody is said to have been."""
    holder: Any = record
    for head in path[:-1]:
        if isinstance(head, int):
            holder = holder[head]
        else:
            holder = record.facets[head] if head in record.facets else getattr(holder, head)
    why = getattr(value, "reason", None)
    if why is None and path[-1] in MEASURES:
        why = getattr(holder, "reason", None)
    if why is None:
        why = getattr(holder, "extra", EMPTY).get(f"{path[-1]}.reason")
    return why if isinstance(why, str) and why in IN_VAIN else None


def _facts(
    record: Record, names: Collection[str] | None = None
) -> Iterator[tuple[Path, FieldInfo, Any]]:
    """The fields of a record, or some of them, with those of the values and facets that it holds.

    Yields:
        The way to it, how it is declared and what it holds.
    """
    for field in fields_of(type(record)):
        if (names is None or field.name in names) and field.name not in OWN:
            yield from _leaves(field, getattr(record, field.name), (field.name,))
    for name, block in record.facets.items() if names is None or "facets" in names else ():
        for field in fields_of(type(block)):
            yield from _leaves(field, getattr(block, field.name), (name, field.name))


def _leaves(field: FieldInfo, value: Any, path: Path) -> Iterator[tuple[Path, FieldInfo, Any]]:
    """A field, or those of the values that it holds, each with the way to it."""
    item = field.type.item
    if field.type.form != "tuple" or item is None or not _has_parts(item) or not value:
        yield path, field, value
        return
    for number, part in enumerate(value):
        for inner in fields_of(item.cls):
            if inner.name not in OWN:
                yield (*path, number, inner.name), inner, getattr(part, inner.name)


def _has_parts(kind: FieldType) -> bool:
    return kind.form == "value" and kind.cls not in (Code, Money, Period, Quantity)


def _is_unknown(record: Record, field: FieldInfo, value: Any) -> bool:
    if isinstance(record, Tie) and field.name in IMPLIED and value is None:
        return False
    if isinstance(value, Code):
        return value.code in UNSAID
    if isinstance(value, Money):
        return value.amount is None or value.upper is not None
    if isinstance(value, Quantity):
        return value.value is None or value.upper is not None
    if isinstance(value, Period):
        return value.wave is None and _days(value) != ()
    return value is None or (field.type.form in ("tuple", "text") and not value)


def _days(period: Period) -> tuple[str, ...] | None:
    """The first and the last day that a vague date can mean; ``None`` if there is no date.

    Of an interval, whose ends say how long something lasted, there are none.
    """
    parsed = period.parsed()
    if parsed is None:
        return None
    first, last = parsed.lower(), parsed.upper()
    if first is None or last is None or first == last or "/" in str(period.edtf):
        return ()
    return first.isoformat(), last.isoformat()


def _answers(
    dataset: Dataset, record: Record, field: FieldInfo, value: Any
) -> list[tuple[str, object]] | None:
    """All that a field can hold, each as it is said and as it is; ``None`` if nobody can say."""
    kind = field.type
    if isinstance(value, Period):
        return [(day, evolve(value, edtf=day)) for day in _days(value) or ()] or None
    if isinstance(value, (Money, Quantity)):
        return _ends_of_range(value)
    if kind.form == "bool":
        return [("yes", True), ("no", False)]
    if kind.scheme is not None and kind.form == "value":
        vocabulary = dataset.model.catalog.vocabularies.get(kind.scheme)
        codes = () if vocabulary is None else vocabulary.codes()
        found = [(name, code(kind.scheme, name)) for name in codes if name not in UNSAID]
        return [*found] or None
    if kind.form in ("literal", "enum"):
        every = kind.choices if kind.form == "literal" else tuple(kind.cls)
        return [(str(choice), choice) for choice in every]
    scale = _scale(record, field)
    return None if scale is None else [(str(number), number) for number in scale]


def _ends_of_range(value: Money | Quantity) -> list[tuple[str, object]] | None:
    """A range as its ends."""
    name = "amount" if isinstance(value, Money) else "value"
    low = getattr(value, name)
    if low is None or value.upper is None:
        return None
    return [
        (str(end), evolve(value, upper=None, qualifier=None, **{name: end}))
        for end in (low, value.upper)
    ]


def _scale(record: Record, field: FieldInfo) -> Sequence[int | Decimal] | None:
    """The numbers that a field can have: of a score those of its own scale."""
    if field.name in SCALES:
        return SCALES[field.name]
    low, high = getattr(record, "low", None), getattr(record, "high", None)
    if field.name != "score" or low is None or high is None:
        return None
    if low == int(low) and high == int(high) and high - low < LONGEST:
        return range(int(low), int(high) + 1)
    return low, high


class _Known:
    """The values that other records have, as examples of what an unknown one can be.

    Where no record has any, it is a value of our own, so that what is missing everywhere is found
    too.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._found: dict[tuple[str | None, ...], list[tuple[str, object]]] = {}

    def examples(self, sort: tuple[str | None, ...], kind: FieldType) -> list[tuple[str, object]]:
        """Some known values of a field, each as it is said and as it is."""
        if sort not in self._found:
            found = list(self._examples(sort))
            self._found[sort] = found or [(str(x), x) for x in self._made(kind)]
        return self._found[sort]

    def _made(self, kind: FieldType) -> Iterator[object]:
        if kind.form == "tuple" and kind.item is not None:
            yield from ((item,) for item in self._made(kind.item))
        elif kind.form == "ref" and kind.ref is not None:
            same = (r.id for r in self._dataset.records if r.kind == kind.ref.name)
            yield from islice(same, 1)
        elif kind.form == "value" and kind.cls in MADE:
            yield MADE[kind.cls]
        elif kind.form in ("int", "float", "decimal"):
            yield 1
        elif kind.form == "date":
            yield datetime.date(2000, 1, 1)
        elif kind.form in ("str", "text"):
            yield "example" if kind.form == "str" else FrozenMap({"en": "example"})

    def _examples(self, sort: tuple[str | None, ...]) -> Iterator[tuple[str, object]]:
        found: dict[str, object] = {}
        for record in self._dataset.records:
            if record.kind == sort[0]:
                for path, field, value in _facts(record):
                    names = (record.kind, *(part for part in path if isinstance(part, str)))
                    if names == sort and not _is_unknown(record, field, value):
                        found.setdefault(str(value), value)
        for text in sorted(found)[:EXAMPLES]:
            yield text, found[text]


def _field(cls: type[Record], name: str) -> FieldInfo:
    return next(field for field in fields_of(cls) if field.name == name)


def unrecorded(dataset: Dataset, places: Iterable[int], absence: Absence) -> Iterator[Unknown]:
    """Whether somebody who is not recorded takes part in an initiative, or adopted a practice.

    Args:
        dataset: The Dataset.
        places: The places of the initiatives or practices.
        absence: What somebody would be.
    """
    asked = {name: getattr(absence, name) for name in ("type", "side", "level")}
    codes = {name: None if code is None else code.code for name, code in asked.items()}
    types = () if codes["type"] is None else (codes["type"],)
    for place in places:
        record = dataset.records[place]
        if absence_counts(record, types=types, side=codes["side"], level=codes["level"]):
            continue
        yield Unknown(
            record,
            (ABSENCES,),
            (record.kind, ABSENCES, *codes.values()),
            _field(type(record), ABSENCES),
            (
                Change("yes", place, more=_somebody(record, absence)),
                Change("no", place, (ABSENCES,), absence),
            ),
            asked=_asked_of(record, codes),
        )


def _asked_of(record: Record, codes: Mapping[str, str | None]) -> str | None:
    """Why nobody knows whether there is somebody, although it was asked of just these codes."""
    said = record.extra.get(ASKED)
    for item in said if isinstance(said, tuple) else ():
        if isinstance(item, Mapping) and item.get("reason") in IN_VAIN:
            named = {n: part.get("code") for n, part in item.items() if isinstance(part, Mapping)}
            if all(named.get(name) == wanted for name, wanted in codes.items()):
                return str(item["reason"])
    return None


def missing_evidence(dataset: Dataset, places: Iterable[int], criterion: Code) -> Iterator[Unknown]:
    """Whether a sign of institutionalisation is there, of which no record says anything.

    Args:
        dataset: The Dataset.
        places: The places of the territories.
        criterion: The sign.
    """
    said = {(one.of, one.criterion) for one in dataset.of(Evidence)}
    state = _field(Evidence, "state")
    for place in places:
        record = dataset.records[place]
        if (record.id, criterion) in said:
            continue
        sign = Evidence(
            id=f"{record.id}#{criterion.code}", of=record.id, criterion=criterion, period=ALWAYS
        )
        answers = tuple(
            Change(name, place, more=(evolve(sign, state=code("presence", name)),))
            for name in ("present", "absent")
        )
        yield Unknown(record, (), (record.kind, EVIDENCE, criterion.code), state, answers)


def _somebody(record: Record, absence: Absence) -> tuple[Record, ...]:
    """An actor who takes part in an initiative, or adopted a practice, and that it does."""
    codes = (absence.type, absence.side, absence.level)
    name = ",".join("" if code is None else code.code for code in codes)
    actor = Actor(id=f"{record.id}#somebody:{name}", type=absence.type, level=absence.level)
    fact: Adopts | Participates
    if isinstance(record, Practice):
        fact = Adopts(id=f"{record.id}#fact:{name}", source=actor.id, target=record.id)
        return actor, evolve(fact, level=absence.level)
    fact = Participates(id=f"{record.id}#fact:{name}", source=actor.id, target=record.id)
    return actor, evolve(fact, side=absence.side, period=ALWAYS)
