"""Checks of what single fields hold: dates, codes, numbers and Python types."""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jmdi.builtin.checks.links import problem
from jmdi.builtin.walking import leaves
from jmdi.errors import Problem, Severity, suggest
from jmdi.graph.pairs import state_of
from jmdi.graph.pointers import field_pointer
from jmdi.model import edtf
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.model.json_pointer import escape
from jmdi.model.kinds import Actor, Partnership, Territory, WorkPlan
from jmdi.model.records import Record
from jmdi.model.relations import Rates, Tie
from jmdi.model.values import Code, DatedPart, Period, Place, Share
from jmdi.model.writing import Hook, Refused, writer
from jmdi.words.type_names import shown

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "answers_off_scale",
    "bad_dates",
    "countries",
    "intensities",
    "shares",
    "strange_dates",
    "ties_of_nothing",
    "turned_periods",
    "unknown_codes",
    "waves",
    "wrong_schemes",
    "wrong_types",
]

EARLIEST, LATEST = 1900, 2100
"""Years between which dates are plausible."""

_COUNTRY = re.compile("[A-Z]{2}")


def _written(record: Record) -> Iterator[tuple[str, str]]:
    """The EDTF texts of a record with their pointers."""
    for cls in (Period, DatedPart):
        for leaf in leaves(record, cls):
            text = leaf.value.edtf
            if isinstance(text, str):
                yield f"{leaf.pointer}/edtf", text


def _turned(text: str) -> bool:
    """Whether a text is an interval whose two dates are the wrong way round."""
    start, slash, end = text.partition("/")
    first, last = edtf.parse_or_none(start), edtf.parse_or_none(end)
    if not slash or first is None or last is None:
        return False
    lower, upper = first.lower(), last.upper()
    return lower is not None and upper is not None and upper < lower


def bad_dates(dataset: Dataset) -> Iterator[Problem]:
    """Dates that are not EDTF."""
    for record in dataset:
        for pointer, text in _written(record):
            if edtf.parse_or_none(text) is not None or _turned(text):
                continue
            try:
                edtf.parse(text)
            except edtf.EdtfError as error:
                yield problem(
                    "J306",
                    Severity.ERROR,
                    str(error),
                    record,
                    pointer,
                    value=text,
                    cure="write dates as 2015-10-19, 2015-10 or 2015-10/2015-12; leave edtf out "
                    "and keep the words where a date is not known",
                )


def turned_periods(dataset: Dataset) -> Iterator[Problem]:
    """Periods that end before they start."""
    for record in dataset:
        for pointer, text in _written(record):
            if edtf.parse_or_none(text) is None and _turned(text):
                yield problem(
                    "J307",
                    Severity.ERROR,
                    f"{text!r} ends before it starts",
                    record,
                    pointer,
                    value=text,
                    cure="swap the two dates, or correct the year",
                )


def strange_dates(dataset: Dataset) -> Iterator[Problem]:
    """Dates before 1900 or after 2100, which are most often typing mistakes."""
    for record in dataset:
        for pointer, text in _written(record):
            parsed = edtf.parse_or_none(text)
            days = (parsed.lower(), parsed.upper()) if parsed else ()
            if any(map(_strange, days)):
                yield _strange_problem(record, pointer, text)
        for leaf in leaves(record, "date"):
            if _strange(leaf.value):
                yield _strange_problem(record, leaf.pointer, str(leaf.value))


def _strange(day: Any) -> bool:
    return isinstance(day, datetime.date) and not EARLIEST <= day.year <= LATEST


def _strange_problem(record: Record, pointer: str, text: str) -> Problem:
    return problem(
        "J308",
        Severity.WARNING,
        f"{text} lies outside {EARLIEST} to {LATEST}",
        record,
        pointer,
        value=text,
        cure="check the year",
    )


def unknown_codes(dataset: Dataset) -> Iterator[Problem]:
    """Codes that their vocabulary does not have; they are kept as they are."""
    vocabularies = dataset.model.catalog.vocabularies
    codes = {scheme: frozenset(v.codes()) for scheme, v in vocabularies.items()}
    for record in dataset:
        for pointer, scheme, code in _codes(record):
            if scheme not in codes or code in codes[scheme]:
                continue
            if isinstance(record, Tie) and pointer == "/state":
                continue  # J317
            complete = vocabularies[scheme].complete
            yield problem(
                "J309",
                Severity.WARNING if complete else Severity.INFO,
                f"the vocabulary {scheme!r} has no code {code!r}",
                record,
                pointer,
                value=code,
                cure=_near(code, codes[scheme]),
            )


def _near(code: str, known: frozenset[str]) -> str | None:
    near = suggest(code, sorted(known), most=1)
    return f"did you mean {near[0]!r}?" if near else None


def _codes(record: Record) -> Iterator[tuple[str, str, str]]:
    """The codes of a record: pointer, scheme and code."""
    for leaf in leaves(record, Code):
        if isinstance(leaf.value.scheme, str) and isinstance(leaf.value.code, str):
            yield leaf.pointer, leaf.value.scheme, leaf.value.code
    for leaf in leaves(record, "str"):
        if leaf.type.scheme and isinstance(leaf.value, str):
            yield leaf.pointer, leaf.type.scheme, leaf.value


def wrong_schemes(dataset: Dataset) -> Iterator[Problem]:
    """Codes of another vocabulary than the one that their field names."""
    for record in dataset:
        for leaf in leaves(record, Code):
            wanted = leaf.type.scheme
            if wanted is not None and leaf.value.scheme != wanted:
                yield problem(
                    "J310",
                    Severity.WARNING,
                    f"this field takes codes of {wanted!r}, not of {leaf.value.scheme!r}",
                    record,
                    leaf.pointer,
                    value=str(leaf.value),
                )


def intensities(dataset: Dataset) -> Iterator[Problem]:
    """Intensities outside the Levels of Collaboration Scale, 0 to 5."""
    for cls in (Tie, Partnership):
        for record in dataset.of(cls):
            value: Any = getattr(record, "intensity", None)
            if isinstance(value, int) and not 0 <= value <= 5:
                yield problem(
                    "J311",
                    Severity.ERROR,
                    f"intensity goes from 0 to 5, not to {value}",
                    record,
                    "/intensity",
                    value=str(value),
                )


def answers_off_scale(record: Rates, _: Dataset) -> Iterator[Problem]:
    """Answers below the lowest or above the highest of the scale that the record states."""
    score, low, high = record.score, record.low, record.high
    if score is None:
        return
    if (low is not None and score < low) or (high is not None and score > high):
        ends = " to ".join("…" if end is None else str(end) for end in (low, high))
        yield problem(
            "J318",
            Severity.ERROR,
            f"the answer {score} is outside its scale, {ends}",
            record,
            "/score",
            value=str(score),
            cure="correct the answer, or low and high",
        )


def countries(dataset: Dataset) -> Iterator[Problem]:
    """Countries that are no codes of two capital letters."""
    of: tuple[type[Territory | Actor | WorkPlan], ...] = (Territory, Actor, WorkPlan)
    for record in itertools.chain.from_iterable(map(dataset.of, of)):
        code: Any = record.country
        if isinstance(code, str) and not _COUNTRY.fullmatch(code):
            yield problem(
                "J319",
                Severity.WARNING,
                f"{code!r:.60} is not the code of a country",
                record,
                "/country",
                value=code,
                cure="write the two capital letters of ISO 3166-1, such as PH",
            )


def shares(dataset: Dataset) -> Iterator[Problem]:
    """Shares of a place or a sector that are not between 0 and 1."""
    for record in dataset:
        for leaf in (*leaves(record, Place), *leaves(record, Share)):
            share = leaf.value.share
            if isinstance(share, Decimal) and not 0 <= share <= 1:
                yield problem(
                    "J312",
                    Severity.ERROR,
                    f"a share goes from 0 to 1, not to {share}",
                    record,
                    f"{leaf.pointer}/share",
                    value=str(share),
                    cure="write 25 % as 0.25",
                )


def waves(dataset: Dataset) -> Iterator[Problem]:
    """Waves of a study with a number below 0."""
    for record in dataset:
        for leaf in leaves(record, Period):
            wave = leaf.value.wave
            if isinstance(wave, int) and wave < 0:
                yield problem(
                    "J315",
                    Severity.ERROR,
                    f"waves are counted from 0 or 1, not from {wave}",
                    record,
                    f"{leaf.pointer}/wave",
                    value=str(wave),
                )


def states_of_ties(tie: Tie, dataset: Dataset) -> Iterator[Problem]:
    """Ties whose state is a word of another list, which does not say whether they are there."""
    known = dataset.model.catalog.vocabularies["presence"].codes()
    if isinstance(tie.state, Code) and tie.state.code not in known:
        yield problem(
            "J317",
            Severity.WARNING,
            f"the state {tie.state.code!r} does not say whether there is a tie; it counts as one",
            tie,
            "/state",
            value=tie.state.code,
            cure=_near(tie.state.code, frozenset(known)),
        )


def ties_of_nothing(tie: Tie, dataset: Dataset) -> Iterator[Problem]:
    """Ties that are said to be present although their intensity or strength is 0."""
    said = isinstance(tie.state, Code) and tie.state.code == "present"
    if said and state_of(tie) == "absent":
        name = "intensity" if tie.intensity == 0 else "strength"
        yield problem(
            "J316",
            Severity.WARNING,
            f"the tie is said to be present, but its {name} is 0, which is no tie",
            tie,
            f"/{name}",
            value="0",
        )


def wrong_types(dataset: Dataset) -> Iterator[Problem]:
    """Values of another Python type than their field declares, which no file could hold."""
    for record in dataset:
        yield from _wrong(record, record, "")
        for name, block in record.facets.items():
            yield from _wrong(record, block, f"/{escape(name)}")


def _wrong(record: Record, holder: Any, pointer: str) -> Iterator[Problem]:
    cls: Any = type(holder)
    for field, place, hook in _plan(cls):
        value = getattr(holder, field.name)
        if value is None and field.type.optional:
            continue
        try:
            if value is None or (field.type.form == "id" and value == ""):
                raise Refused(f"expected {field.type.words}, got {shown(value)}", value)
            hook(value)
        except Refused as error:
            inner = "".join(f"/{escape(n)}" for n in reversed(getattr(error, "__notes__", [])))
            yield _wrong_type(record, f"{pointer}{place}{inner}", str(error), error.value)
        except Exception:
            message = f"expected {field.type.words}, got {shown(value)}"
            yield _wrong_type(record, f"{pointer}{place}", message, value)


def _wrong_type(record: Record, pointer: str, message: str, value: Any) -> Problem:
    return problem(
        "J314",
        Severity.ERROR,
        message,
        record,
        pointer,
        value=repr(value)[:200],
        cure="give the field what it declares; nothing is converted",
    )


@functools.cache
def _plan(cls: Any) -> tuple[tuple[FieldInfo, str, Hook], ...]:
    """Each field of a class with its pointer and with what would write it to a file."""
    return tuple(
        (
            field,
            field_pointer(field) if hasattr(cls, "kind") else f"/{field.name}",
            writer(field.type),
        )
        for field in fields_of(cls)
    )
