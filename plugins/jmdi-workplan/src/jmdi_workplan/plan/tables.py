"""Segments put together as a plan: its title block, its tables and their actions."""

from __future__ import annotations

from functools import cached_property

import attrs

from jmdi.words.folding import fold
from jmdi_documents import Document
from jmdi_workplan.plan.columns import COUNTER, Column, by_meaning
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.given import NOTHING, Given
from jmdi_workplan.plan.nearest import unread
from jmdi_workplan.plan.sections import Sections
from jmdi_workplan.plan.segments import Line, Segment, segments
from jmdi_workplan.plan.sheets import turned
from jmdi_workplan.plan.supposed import supposed_action
from jmdi_workplan.plan.title_block import PlanHeader, read_header

__all__ = ["Plan", "Row", "Table", "assemble", "understand"]

BREAK = Line(())
"""A table: no label above it asks for what stands below it."""

PAGES = frozenset({"header", "footer", "text box"})
"""Styles of asides that can be part of the title block."""


@attrs.define(slots=True)
class Row:
    """One action of a table.

    Attributes:
        entry: Its rows and cells.
        section: The heading rows above it.
        place: Where it stands.
    """

    entry: Entry
    section: str | None
    place: str


@attrs.frozen(slots=True)
class Table:
    """One table of actions.

    Attributes:
        title: The heading right above it.
        captions: This heading and those above it that name the table, too.
        columns: What its columns mean.
        rows: Its actions.
        notes: Its other rows: totals, footnotes, headings without actions.
        totals: Of the rows that are totals, the text under each column.
        place: Where it stands in the document.
        sheet: The name of its sheet.
    """

    title: str
    captions: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    place: str
    sheet: str = ""
    totals: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def meant(self) -> dict[str, list[int]]:
        """The places of the columns of each meaning."""
        return by_meaning(self.columns)


@attrs.frozen(slots=True)
class Plan:
    """A work plan as it stood in its document.

    Attributes:
        header: What its title block says.
        tables: Its tables of actions.
        notes: Every text outside these tables, in order.
        segments: What it was put together from.
    """

    header: PlanHeader
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    segments: tuple[Segment, ...]


def understand(document: Document, given: Given = NOTHING) -> Plan:
    """Finds title block, tables and actions in a document.

    Where no table has a column for the actions, action sheets are looked for, then a column that
    must hold them is supposed to. So it is where a table has the columns of another one, all but
    this.

    Args:
        document: The document.
        given: What the caller says that columns mean.
    """
    found = segments(document, given)
    if not any(segment.kind == "header" for segment in found):
        document = turned(document)
        found = segments(document, given)
    heads = [segment.columns for segment in found if segment.kind == "header"]
    rows = {at: [one.texts for one in lines] for at, lines in unread(found).items()}
    stated = bool(rows) and assemble(found).header.is_of_a_plan
    if rows and (head := supposed_action(rows, heads, stated=stated)):
        found = segments(document, attrs.evolve(given, supposed=fold(head)))
    return assemble(found)


def assemble(found: tuple[Segment, ...]) -> Plan:
    """The plan that segments make up."""
    tables: list[_Table] = []
    lines: list[Line | str] = []
    asides: list[Line] = []
    captions: tuple[str, ...] = ()
    for segment in found:
        if segment.kind == "action":
            tables[-1].act(segment)
        elif segment.kind in ("title block", "text"):
            lines += segment.lines
        elif segment.kind == "aside":
            asides += segment.lines
        elif segment.kind == "caption":
            captions = tuple(line.words for line in segment.lines)
            lines += segment.lines[:-1]
        elif segment.kind == "header":
            lines.append(BREAK)
            tables.append(_Table(captions, segment.columns, segment.place, segment.sheet))
            captions = ()
        elif segment.kind not in ("repeated header", "continued table", "numbered empty"):
            tables[-1].take(segment)
    made = [table.made() for table in tables]
    for table in made:
        if not (table.rows or table.notes):
            names = " | ".join(column.header for column in table.columns if column.header)
            lines += filter(None, (table.title, names))
    return Plan(
        header=read_header(
            lines,
            [line for line in asides if line.style in PAGES],
            tables[0].captions if tables else (),
        ),
        tables=tuple(table for table in made if table.rows or table.notes),
        notes=tuple(
            line if isinstance(line, str) else line.words
            for line in (*lines, *asides)
            if line is not BREAK
        ),
        segments=found,
    )


@attrs.define
class _Table:
    """A table in the making."""

    captions: tuple[str, ...]
    columns: tuple[Column, ...]
    place: str
    sheet: str
    rows: list[Row] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    totals: list[tuple[str, ...]] = attrs.field(factory=list)
    sections: Sections = attrs.field(factory=Sections)

    def act(self, segment: Segment) -> None:
        """Takes actions that follow each other."""
        place, section = segment.place, self.sections.named()
        counted = self.sections.counts
        for one in segment.entries:
            if counted and self.sections.leave(one.words(0)):
                counted = self.sections.counts
                section = self.sections.named()
            self.rows.append(Row(one, section, f"{place}, row {one.first}"))

    def take(self, segment: Segment) -> None:
        """Takes a row that is no action."""
        words = [" | ".join(line.cells) for line in segment.lines]
        if segment.kind == "section":
            cells = segment.lines[0].cells
            named = cells[: 2 if COUNTER.match(cells[0]) else 1] if len(cells) > 2 else cells
            self.notes += self.sections.open(" | ".join(named))
            self.notes += words if len(named) < len(cells) else []
        else:
            self.notes += words
        if segment.kind == "total":
            self.totals += [line.texts for line in segment.lines]

    def made(self) -> Table:
        """The table, with the headings that have no action among its notes."""
        self.notes += self.sections.unused()
        title = self.captions[-1] if self.captions else ""
        rows, notes = tuple(self.rows), tuple(self.notes)
        totals = tuple(self.totals)
        return Table(
            title, self.captions, self.columns, rows, notes, self.place, self.sheet, totals
        )
