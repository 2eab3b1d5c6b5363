"""The shapes in which panels show data: tables, bars, matrices, timelines, trails and others."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import attrs

from jmdi.errors import ModelError
from jmdi.panels.cells import (
    Cell,
    Link,
    Range,
    Unknown,
    Words,
    as_cell,
    as_cell_or_none,
    as_number,
    as_texts,
    as_tuple,
    as_words,
    each,
)

if TYPE_CHECKING:
    from jmdi.metrics.result import Result

__all__ = [
    "Bar",
    "Bars",
    "Body",
    "Card",
    "Cards",
    "Column",
    "Curve",
    "Grid",
    "Level",
    "Levels",
    "Line",
    "Mark",
    "Matrix",
    "Paragraphs",
    "Part",
    "Point",
    "Row",
    "Span",
    "Step",
    "Timeline",
    "Trail",
]


@attrs.frozen(slots=True)
class Body:
    """What a panel shows; one of the classes below.

    Attributes:
        note: How to read it, in one plain sentence.
        left_out: How many rows are not shown, because there are too many.
    """

    note: Words = attrs.field(default="", converter=as_words, kw_only=True)
    left_out: int = attrs.field(default=0, kw_only=True)


@attrs.frozen(slots=True)
class Card:
    """One figure of a dataset.

    Attributes:
        label: What it is.
        result: A Result, which is shown with its interval, its coverage and its method.
        value: What is shown instead of a Result.
        note: What else is to be said.
    """

    label: Words = attrs.field(converter=as_words)
    result: Result | None = None
    value: Cell | None = attrs.field(default=None, converter=as_cell_or_none)
    note: Words = attrs.field(default="", converter=as_words)


@attrs.frozen(slots=True)
class Cards(Body):
    """Figures beside each other.

    Attributes:
        cards: The figures.
    """

    cards: tuple[Card, ...] = attrs.field(converter=as_tuple, validator=each(Card))


@attrs.frozen(slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its title.
        kind: How its cells are set: ``text``, ``number``, ``date`` or ``money``.
    """

    title: Words = attrs.field(converter=as_words)
    kind: Literal["text", "number", "date", "money"] = "text"


def _rows(given: Iterable[Iterable[object]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(map(as_cell, row)) for row in given)


@attrs.frozen(slots=True)
class Grid(Body):
    """A table.

    Attributes:
        columns: Its columns.
        rows: Its rows, a cell for each column.
    """

    columns: tuple[Column, ...] = attrs.field(converter=as_tuple, validator=each(Column))
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)

    def __attrs_post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ModelError(f"a row has {len(row)} cells for {len(self.columns)} columns")


@attrs.frozen(slots=True)
class Part:
    """A part of a stacked bar.

    Attributes:
        label: What it is; parts of several bars with one label are one series.
        value: How long it is.
    """

    label: Words = attrs.field(converter=as_words)
    value: float | Decimal = attrs.field(converter=as_number)


@attrs.frozen(slots=True)
class Bar:
    """A bar with its bounds, or with its parts.

    Attributes:
        label: What it is.
        value: How long it is; ``None`` where it is not known, or only bounds are.
        low: The lowest that it can be.
        high: The highest that it can be.
        parts: What it is made of, from its start.
        why: Why there is no value, or what else is to be said.
        id: Id of the record that it is about.
    """

    label: Words = attrs.field(converter=as_words)
    value: float | Decimal | None = attrs.field(default=None, converter=as_number)
    low: float | Decimal | None = attrs.field(default=None, converter=as_number)
    high: float | Decimal | None = attrs.field(default=None, converter=as_number)
    parts: tuple[Part, ...] = attrs.field(default=(), converter=as_tuple, validator=each(Part))
    why: Words = attrs.field(default="", converter=as_words)
    id: str | None = None


@attrs.frozen(slots=True)
class Bars(Body):
    """Bars below each other.

    Attributes:
        rows: The bars.
        unit: What their lengths count.
    """

    rows: tuple[Bar, ...] = attrs.field(converter=as_tuple, validator=each(Bar))
    unit: Words = attrs.field(default="", converter=as_words)


def _values(given: Iterable[Iterable[object]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(map(as_number, row)) for row in given)


@attrs.frozen(slots=True)
class Matrix(Body):
    """Numbers of pairs, shaded by their size.

    Attributes:
        rows: What the rows are.
        columns: What the columns are.
        values: A row of numbers for each row; ``None`` for what is not known.
        unit: What the numbers count.
        row_title: What all rows are, such as *source*.
        column_title: What all columns are.
    """

    rows: tuple[Words, ...] = attrs.field(converter=as_texts)
    columns: tuple[Words, ...] = attrs.field(converter=as_texts)
    values: tuple[tuple[float | None, ...], ...] = attrs.field(converter=_values)
    unit: Words = attrs.field(default="", converter=as_words)
    row_title: Words = attrs.field(default="", converter=as_words)
    column_title: Words = attrs.field(default="", converter=as_words)

    def __attrs_post_init__(self) -> None:
        shape = {len(row) for row in self.values} - {len(self.columns)}
        if len(self.values) != len(self.rows) or shape:
            raise ModelError(
                f"a matrix of {len(self.rows)} rows and {len(self.columns)} columns needs as many "
                "values"
            )


@attrs.frozen(slots=True)
class Span:
    """Some days on a timeline.

    Attributes:
        start: The first day.
        end: The last day.
        sure: ``fixed``; ``uncertain`` if it falls somewhere in these days; ``single`` for a day.
    """

    start: datetime.date
    end: datetime.date
    sure: Literal["fixed", "uncertain", "single"] = "fixed"

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise ModelError(f"it ends on {self.end}, before it starts on {self.start}")


@attrs.frozen(slots=True)
class Row:
    """A row of a timeline.

    Attributes:
        label: What happens.
        group: What it belongs to, such as a level; rows of one group follow each other.
        spans: When it happens; empty if no day is known.
        dates: The dates in words, such as *to be determined*.
        money: What it costs, in one or several amounts, or why that is not known.
        notes: What else is to be said.
        id: Id of the record.
    """

    label: Words = attrs.field(converter=as_words)
    group: Words = attrs.field(default="", converter=as_words)
    spans: tuple[Span, ...] = attrs.field(default=(), converter=as_tuple, validator=each(Span))
    dates: Cell | None = attrs.field(default=None, converter=as_cell_or_none)
    money: Cell | None = attrs.field(default=None, converter=as_cell_or_none)
    notes: tuple[Words, ...] = attrs.field(default=(), converter=as_texts)
    id: str | None = None


@attrs.frozen(slots=True)
class Timeline(Body):
    """What happens when.

    Attributes:
        rows: Its rows.
    """

    rows: tuple[Row, ...] = attrs.field(converter=as_tuple, validator=each(Row))


@attrs.frozen(slots=True)
class Point:
    """A point of a line.

    Attributes:
        x: Where it lies.
        y: How high; ``None`` where that is not known, or only bounds are.
        low: The lowest that it can be.
        high: The highest that it can be.
    """

    x: float | datetime.date = attrs.field()
    y: float | None = attrs.field(default=None, converter=as_number)
    low: float | None = attrs.field(default=None, converter=as_number)
    high: float | None = attrs.field(default=None, converter=as_number)


@attrs.frozen(slots=True)
class Line:
    """A line of a curve.

    Attributes:
        label: What it shows.
        points: Its points, from left to right.
    """

    label: Words = attrs.field(converter=as_words)
    points: tuple[Point, ...] = attrs.field(converter=as_tuple, validator=each(Point))


@attrs.frozen(slots=True)
class Mark:
    """A line across a curve, such as a threshold.

    Attributes:
        label: What it is.
        x: Where it stands upright.
        y: Where it lies level.
    """

    label: Words = attrs.field(converter=as_words)
    x: float | datetime.date | None = None
    y: float | None = attrs.field(default=None, converter=as_number)


@attrs.frozen(slots=True)
class Curve(Body):
    """Lines over a common axis; all of ``x`` are numbers, or all are days.

    Attributes:
        lines: The lines.
        x: What lies along.
        y: What stands up.
        marks: Lines across, such as thresholds.
    """

    lines: tuple[Line, ...] = attrs.field(converter=as_tuple, validator=each(Line))
    x: Words = attrs.field(default="", converter=as_words)
    y: Words = attrs.field(default="", converter=as_words)
    marks: tuple[Mark, ...] = attrs.field(default=(), converter=as_tuple, validator=each(Mark))


def _examples(given: Iterable[object]) -> tuple[Any, ...]:
    return tuple(item if isinstance(item, Link) else as_words(item) for item in given)


def _count(given: object) -> Any:
    return given if isinstance(given, Unknown) else as_number(given)


@attrs.frozen(slots=True)
class Level:
    """A level of a pyramid, or a pillar.

    Attributes:
        label: What it is.
        count: How many there are, or why that is not known.
        progress: How far it is, from 0 to 1; ``None`` where nothing says it.
        examples: A few of them.
        note: What else is to be said.
    """

    label: Words = attrs.field(converter=as_words)
    count: int | Unknown = attrs.field(converter=_count)
    progress: Range | None = None
    examples: tuple[Words | Link, ...] = attrs.field(default=(), converter=_examples)
    note: Words = attrs.field(default="", converter=as_words)


@attrs.frozen(slots=True)
class Levels(Body):
    """Levels of a pyramid from the top, or pillars below a roof, which comes first.

    Attributes:
        levels: The levels.
        shape: ``pyramid`` or ``pillars``.
    """

    levels: tuple[Level, ...] = attrs.field(converter=as_tuple, validator=each(Level))
    shape: Literal["pyramid", "pillars"] = "pyramid"


@attrs.frozen(slots=True)
class Step:
    """A step of a trail of evidence.

    Attributes:
        label: What it is called.
        kind: What it is: a product, a practice, a quote, a source.
        rank: How far it is from the start of the trail, which has 0.
        state: ``sound``, or ``broken`` if what it points to has changed or is not there.
        note: What else is to be said.
        id: Id of the record.
    """

    label: Words = attrs.field(converter=as_words)
    kind: Words = attrs.field(converter=as_words)
    rank: int = 0
    state: Literal["sound", "broken"] = "sound"
    note: Words = attrs.field(default="", converter=as_words)
    id: str | None = None


@attrs.frozen(slots=True)
class Trail(Body):
    """What rests on what.

    Attributes:
        steps: The steps, those of a lower rank first.
        links: Pairs of places in ``steps``: the first rests on the second.
    """

    steps: tuple[Step, ...] = attrs.field(converter=as_tuple, validator=each(Step))
    links: tuple[tuple[int, int], ...] = attrs.field(default=(), converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        for link in self.links:
            if not all(0 <= end < len(self.steps) for end in link):
                raise ModelError(f"{link} names no two of {len(self.steps)} steps")


@attrs.frozen(slots=True)
class Paragraphs(Body):
    """Plain text.

    Attributes:
        texts: The paragraphs.
    """

    texts: tuple[Words, ...] = attrs.field(converter=as_texts)
