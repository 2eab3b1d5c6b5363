"""What one row of a plan says: objectives, audience, places, timeline, finance, actors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from jmdi import Action, Audience, Code, DatedPart, Money, Period, Place, Source
from jmdi.model import edtf
from jmdi_documents import Cell
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance
from jmdi_workplan.finance.currencies import is_code
from jmdi_workplan.places import PlaceMention, mentions_in, read_places
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.document import Row, Table
from jmdi_workplan.plan.marks import is_mark, planned
from jmdi_workplan.plan.title_block import read_level
from jmdi_workplan.timeline import Timeline, read_timeline

__all__ = ["Doubt", "Reading", "Settings", "read_level_words", "read_row"]

LEVELS = {
    "1": "global",
    "2": "supranational_region",
    "3": "multinational",
    "4": "national",
    "5": "multi_first_admin",
    "6": "first_admin",
    "7": "second_admin",
    "8": "single_location",
}
"""Codes of IATI's ActivityScope in the vocabulary ``governance-level``."""

DOUBTFUL = frozenset({"ambiguous", "unreadable"})
"""Reasons that a reader of the document can clear up."""

TerritoryId: TypeAlias = Callable[[PlaceMention], str | None]

BULLET = re.compile(r"^\s*(?:[•●▪■◦○\-–—*·‣]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)])\s+")
CURRENCY = re.compile(r"\b[A-Z]{3}\b")
SPLIT_NAMES = re.compile(r"\s*(?:[;\n]|\s/\s)\s*")


@attrs.frozen(slots=True)
class Settings:
    """What the options say, or else the title block.

    Attributes:
        country: ISO 3166-1 alpha-2 code of the plan's country.
        language: Language of its words; ``und`` when not said.
        default_year: Year of dates that name none.
        day_first: Whether 03/04/2015 is in April.
        fiscal_year_start: Month in which the fiscal year begins.
    """

    country: str | None = None
    language: str = "und"
    default_year: int | None = None
    day_first: bool | None = None
    fiscal_year_start: int | None = None


@attrs.frozen(slots=True)
class Doubt:
    """A value that was not understood, or not all of it, and the cell that it was read from."""

    value: Period | Money
    cell: Cell


@attrs.frozen(slots=True)
class Reading:
    """What a row says.

    Attributes:
        action: The action, its id still to be given.
        places: What its places name.
        actors: Who is responsible or a partner: words and role.
        doubts: What of its timeline and money was not understood.
    """

    action: Action
    places: tuple[PlaceMention, ...]
    actors: tuple[tuple[str, str | None], ...]
    doubts: tuple[Doubt, ...] = ()


def read_row(
    row: Row,
    table: Table,
    number: int,
    level: Code | None,
    settings: Settings,
    territory_id: TerritoryId,
) -> Reading:
    """Reads the cells of a row by the meaning of their columns.

    Args:
        row: The row.
        table: The table that it stands in.
        number: Which table of the plan that is, counted from 1.
        level: The governance level of the table.
        settings: What is known of the plan.
        territory_id: Gives the id of the territory that a place names, if it has a code.
    """
    reader = _RowReader(row, table, settings)
    mentions = tuple(reader.places())
    timeline, undated = reader.timeline()
    finance = tuple(reader.finance())
    action = Action(
        id="action",  # until the importer has counted the rows with these words
        names=reader.text("action"),
        table=number,
        section=row.section,
        level=read_level_words(reader.words("level"), settings.country) or level,
        objectives=tuple(reader.objectives()),
        audience=tuple(reader.audience()),
        activity=reader.text("activity"),
        places=tuple(Place(territory_id(mention), mention.words) for mention in mentions),
        timeline=timeline,
        finance=tuple(money for money, _ in finance),
        cells=tuple(row.words(index) for index in range(len(table.columns))),
        sources=(Source(locator=f"{table.place}, row {row.number}"),),
    )
    doubts = (*undated, *_doubts(*finance))
    return Reading(action, mentions, tuple(reader.actors()), doubts)


def _doubts(*values: tuple[Period | Money | None, Cell | None]) -> Iterator[Doubt]:
    for value, cell in values:
        if value is not None and value.reason in DOUBTFUL and cell is not None:
            yield Doubt(value, cell)


def read_level_words(words: str, country: str | None) -> Code | None:
    """The governance level that a heading or cell names; ``None`` if it names none for sure."""
    level = read_level(words, country=country) if words.strip() else None
    if level is None:
        return None
    return Code("governance-level", LEVELS.get(level, level), words.strip())


@attrs.frozen(slots=True)
class _RowReader:
    row: Row
    table: Table
    settings: Settings

    def columns(self, meaning: str) -> Iterator[int]:
        """The columns that have a meaning, perhaps among others ("activity+place")."""
        for position, column in enumerate(self.table.columns):
            if column.meaning and meaning in column.meaning.split("+"):
                yield position

    def words(self, meaning: str) -> str:
        """The words under all columns of a meaning."""
        found = (self.row.words(index).strip() for index in self.columns(meaning))
        return "\n".join(text for text in found if text)

    def text(self, meaning: str) -> dict[str, str]:
        """The words under a meaning as a text by language."""
        words = self.words(meaning)
        return {self.settings.language: words} if words else {}

    def objectives(self) -> Iterator[dict[str, str]]:
        """One text per list item or paragraph of the objective cells."""
        for index in self.columns("objective"):
            for item in _items(self.row.cells[index], self.row.words(index)):
                yield {self.settings.language: item}

    def audience(self) -> Iterator[Audience]:
        """The groups that the audience cells name."""
        for index in self.columns("audience"):
            words = self.row.words(index)
            if words.strip():
                yield from read_audience(words, language=self.settings.language)

    def places(self) -> Iterator[PlaceMention]:
        """The places of a place column; without one, those that the action's words name."""
        if not any(True for _ in self.columns("place")):
            words = "\n".join(filter(None, (self.words("activity"), self.words("action"))))
            yield from mentions_in(words, self.settings.country)
        for position in self.columns("place"):
            words = self.row.words(position)
            meaning = self.table.columns[position].meaning
            if meaning == "place":
                yield from read_places(words, country=self.settings.country)
            else:
                yield from mentions_in(words, self.settings.country)

    def timeline(self) -> tuple[Period | None, tuple[Doubt, ...]]:
        """The timeline column, else start and end columns, else marks under time columns.

        With it comes what was not understood of it.
        """
        if words := self.words("timeline"):
            period = _period(self._read(words))
            return period, tuple(_doubts((period, self._cell("timeline"))))
        start, end = self._read(self.words("start")), self._read(self.words("end"))
        if not (start.words.strip() or end.words.strip()):
            return self._marked(), ()
        period = _between(start, end)
        cells = self._cell("start"), self._cell("end")
        halves = tuple(_doubts((_period(start), cells[0]), (_period(end), cells[1])))
        return period, halves or tuple(_doubts((period, cells[0] or cells[1])))

    def _cell(self, meaning: str) -> Cell | None:
        """The first cell with words under a meaning."""
        filled = (index for index in self.columns(meaning) if self.row.words(index).strip())
        return next((self.row.cells[index] for index in filled), None)

    def _read(self, words: str) -> Timeline:
        return read_timeline(
            words,
            default_year=self.settings.default_year,
            day_first=self.settings.day_first,
            fiscal_year_start=self.settings.fiscal_year_start,
        )

    def _marked(self) -> Period | None:
        timed = [
            (position, column)
            for position, column in enumerate(self.table.columns)
            if _is_time(column)
        ]
        if not timed:
            asked = any(True for m in ("timeline", "start", "end") for _ in self.columns(m))
            return Period(reason="not_stated") if asked else None
        marked = []
        for position, _ in timed:
            cell = self.row.cells[position]
            if cell is not None and is_mark(cell.text, cell.fill):
                last = min(position + cell.column_span, len(self.table.columns))
                marked += [(c.header, c.period) for c in self.table.columns[position:last]]
        if not marked:
            return Period(reason="not_stated")
        found = planned(marked)
        return Period(found.edtf, found.words, found.reason)

    def finance(self) -> Iterator[tuple[Money, Cell | None]]:
        """The money, or the reasons why there is none, and the cells that say so."""
        asked = False
        for index in self.columns("finance"):
            asked = True
            words = self.row.words(index)
            if words.strip():
                currency = _currency(self.table.columns[index].header)
                for money in read_finance(words, country=self.settings.country, currency=currency):
                    yield money, self.row.cells[index]
        if asked and not self.words("finance"):
            yield Money(reason="not_stated"), None

    def actors(self) -> Iterator[tuple[str, str | None]]:
        """Who is responsible: the words, and the role that the column states."""
        for index in self.columns("responsible"):
            header = self.table.columns[index].header.casefold()
            partner = any(word in header for word in ("partner", "partenaire", "socio", "aliad"))
            role = None if partner else "implementing"
            for item in _items(self.row.cells[index], self.row.words(index)):
                for name in SPLIT_NAMES.split(item):
                    if name.strip():
                        yield name.strip(), role


def _currency(header: str) -> str | None:
    """The one currency that a column's header names by its code: "Budget (USD)"."""
    codes = {code for code in CURRENCY.findall(header) if is_code(code)}
    return codes.pop() if len(codes) == 1 else None


def _is_time(column: Column) -> bool:
    return column.meaning is not None and (
        column.period is not None or column.meaning.startswith("relative-")
    )


def _items(cell: Cell | None, words: str) -> Iterator[str]:
    """The items of a list in a cell, without their bullets; each paragraph is one."""
    for line in words.split("\n"):
        if item := BULLET.sub("", line).strip():
            yield item


def _period(timeline: Timeline) -> Period:
    return Period(
        edtf=timeline.edtf,
        words=timeline.words.strip() or None,
        reason=timeline.reason,
        parts=tuple(DatedPart(of, date) for of, date in timeline.parts),
    )


def _between(start: Timeline, end: Timeline) -> Period:
    """A period from a start column to an end column; an end that is not typed is unknown."""
    words = " – ".join(t.words.strip() for t in (start, end) if t.words.strip())
    dates = [t.edtf or "" for t in (start, end)]
    if not any(dates) or any("/" in date or "{" in date for date in dates):
        reason = next((t.reason for t in (start, end) if t.reason), "ambiguous")
        return Period(words=words, reason=reason)
    text = "/".join(dates) if dates[0] != dates[1] else dates[0]
    if edtf.parse_or_none(text) is None:
        return Period(words=words, reason="ambiguous")
    return Period(text, words)
