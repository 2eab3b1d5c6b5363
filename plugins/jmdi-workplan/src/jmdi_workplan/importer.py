"""Reads a work plan into records: the plan, its actions, and the actors and places they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

import attrs

from jmdi import (
    Action,
    ImportContext,
    Indicator,
    Initiative,
    Money,
    Observation,
    Period,
    PlanTable,
    Programme,
    Record,
    Severity,
    WorkPlan,
    code,
    make_id,
)
from jmdi.files.paths import escaped
from jmdi.model.constructors import unchecked
from jmdi.model.ids import id_maker
from jmdi.words.folding import fold
from jmdi_documents import Document, read_document
from jmdi_workplan.findings import Findings
from jmdi_workplan.nodes import Nodes
from jmdi_workplan.plan import Plan, Row, Table, understand
from jmdi_workplan.plan.actions import Monitored, Reading, RowReader
from jmdi_workplan.plan.context import Context, of_plan, of_table
from jmdi_workplan.plan.fiscal import is_label
from jmdi_workplan.plan.given import given_of, report
from jmdi_workplan.plan.labels import corrected_label
from jmdi_workplan.timeline import read_timeline

__all__ = ["document_of", "read", "records_of"]

_action = unchecked(Action)
"""Makes the action of a row, all of whose values were made here."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a work plan in any format that `jmdi_documents` reads.

    Args:
        stream: The document.
        context: Options ``country``, ``language``, ``default_year``, ``day_first``,
            ``fiscal_year_start``, ``columns``, ``header_row``, ``hidden``, ``contacts`` and
            ``document``; where problems go.

    Yields:
        Territories, actors, the plan, its actions, and who takes part in what.

    Raises:
        FormatError: If the document cannot be read at all, or holds no table of actions.
    """
    given = given_of(context.options.get("columns"), context.options.get("header_row"))
    plan = understand(document_of(stream, context), given)
    report(given, plan, context)
    if not plan.tables:
        Findings(context).no_table(plan)
        return
    yield from records_of(plan, context)


def document_of(stream: BinaryIO, context: ImportContext) -> Document:
    """The document in a stream, before anyone asks what it means.

    Raises:
        FormatError: If it cannot be read at all.
    """
    return read_document(
        stream,
        name=context.name,
        plugin="workplan",
        format=context.options.get("document"),
        problem=context.report,
        limits=context.limits,
        hidden=bool(context.options.get("hidden")),
    )


def records_of(plan: Plan, context: ImportContext) -> Iterator[Record]:
    """The records of a plan, those that others refer to first."""
    return _Builder(plan, context).records()


@attrs.define
class _Builder:
    """Collects the records of one plan."""

    plan: Plan
    context: ImportContext
    known: Context = attrs.field(init=False)
    tables: list[Context] = attrs.field(init=False)
    plan_id: str = attrs.field(init=False)
    action_id: Callable[..., str] = attrs.field(init=False)
    findings: Findings = attrs.field(init=False)
    nodes: Nodes = attrs.field(init=False)
    measured: list[Indicator | Observation] = attrs.field(factory=list)
    seen: dict[str, int] = attrs.field(factory=dict)
    paid: list[tuple[Money, ...]] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.known = of_plan(self.plan.header, self.context.options, self.plan.notes)
        self.tables = self.contexts()
        self.findings = Findings(self.context)
        self.nodes = Nodes(self.known, escaped(PurePath(self.context.name).name))
        self.plan_id = make_id("workplan", self.known.country, self.identity())
        self.action_id = id_maker("action", self.plan_id)

    def identity(self) -> str:
        """What tells the plan from others: its title, else the name of its file.

        The folder is no part of it: the same file in another folder is the same plan.
        """
        return fold(self.plan.header.title) or fold(escaped(PurePath(self.context.name).stem))

    def records(self) -> Iterator[Record]:
        """All records of the plan, those that others refer to first."""
        workplan = self.workplan()
        actions = list(self.actions())
        self.findings.numbered_empty(self.plan)
        self.findings.unread(self.plan)
        self.findings.totals(self.plan, self.paid, self.known)
        yield from self.nodes.territories.values()
        yield from self.nodes.actors.values()
        yield from self.frames()
        yield workplan
        yield from actions
        yield from self.measured
        yield from self.nodes.relations.values()

    def workplan(self) -> WorkPlan:
        """The plan itself: title block, tables, and every text outside them."""
        header = self.plan.header
        authors = tuple(self.nodes.actor(name, "author", self.plan_id) for name in header.authors)
        if self.known.country:
            self.nodes.country(self.known.country)
        named = (self.nodes.territory(mention) for mention in header.territories)
        notes = self.without_contacts(self.plan.notes)
        for label, _ in header.fields:
            if (right := corrected_label(label)) is not None:
                message = f"label {label!r} was read as {right!r}"
                self.findings.report("workplan:W206", message, Severity.INFO)
        for name in header.funders:
            self.nodes.actor(name, "funding", self.plan_id)
        for name in header.unlabelled:
            self.findings.unlabelled(name)
        for name in (*header.organisations, *header.unlabelled):
            if fold(name) not in {fold(author) for author in header.authors}:
                self.nodes.actor(name, None, self.plan_id)
        sign = self.known.unit.sign
        stated = {"currency": sign.currency if sign else None, "version": header.version}
        return WorkPlan(
            id=self.plan_id,
            names={self.known.language: header.title} if header.title else {},
            authors=tuple(dict.fromkeys(authors)),
            country=self.known.country,
            territories=tuple(dict.fromkeys(t for t in named if t)),
            programme=self.programme_id(),
            initiatives=tuple(dict.fromkeys(map(self.initiative_id, header.initiatives))),
            period=self.period(header.period_words),
            extra={name: value for name, value in stated.items() if value},
            tables=tuple(map(self.table, self.plan.tables, self.tables)),
            notes=notes,
            sources=(self.nodes.source(None),),
        )

    def programme_id(self) -> str | None:
        """The id of the programme that the plan was written for."""
        name = self.plan.header.programme
        return make_id("programme", fold(name)) if name else None

    def initiative_id(self, name: str) -> str:
        """The id of a project or initiative of the plan's country."""
        return make_id("initiative", self.known.country, fold(name))

    def frames(self) -> Iterator[Record]:
        """The programme and the initiatives that the title block names, each once."""
        header, language = self.plan.header, self.known.language
        programme = self.programme_id()
        if header.programme and programme:
            names = {language: header.programme}
            yield Programme(id=programme, names=names, sources=(self.nodes.source(None),))
        initiatives = {self.initiative_id(name): name for name in reversed(header.initiatives)}
        for identity, name in reversed(initiatives.items()):
            yield Initiative(
                id=identity,
                names={language: name},
                programme=programme,
                sources=(self.nodes.source(None),),
            )

    def contexts(self) -> list[Context]:
        """What is known of each table."""
        found: list[Context] = []
        for table in self.plan.tables:
            found.append(of_table(table, self.known, found[-1] if found else None))
        return found

    def table(self, table: Table, known: Context) -> PlanTable:
        """A table as it stood, without its actions."""
        title = {self.known.language: table.title} if table.title else {}
        self.findings.columns(table)
        self.findings.calendar(table, known)
        return PlanTable(
            title=title,
            level=known.level,
            columns=tuple(column.header for column in table.columns),
            meanings=tuple(column.meaning or "" for column in table.columns),
            notes=table.notes,
            locator=table.place or None,
        )

    def actions(self) -> Iterator[Action]:
        """The actions of all tables, with ids that do not depend on rows above them."""
        position = 0
        known = zip(self.plan.tables, self.tables, strict=True)
        for number, (table, context) in enumerate(known, 1):
            timelines: list[Period | None] = []
            reader = RowReader(table, context)
            for row in table.rows:
                position += 1
                reading = reader.read(row)
                self.paid.append(reading.finance)
                timelines.append(reading.timeline)
                if len(reading.finance) > 1:
                    self.findings.parts(reading.finance, row)
                yield self.action(reading, row, number, position)
            self.findings.undated(timelines, table, context)
        self.nodes.funds()

    def action(self, reading: Reading, row: Row, table: int, position: int) -> Action:
        """An action with its id, its source, and who is responsible for it."""
        words = list(reading.names.values())
        for objective in reading.objectives:
            words += objective.values()
        key = fold(" ".join(words)) or fold(" ".join(reading.cells))
        number = self.seen[key] = self.seen.get(key, 0) + 1
        identity = self.action_id(key, number)
        for name, role in reading.actors:
            self.nodes.take(name, role, identity)
        for doubt in reading.doubts:
            self.findings.doubt(doubt)
        if reading.monitored.measures or reading.monitored.indicators:
            self.measure(reading.monitored, identity, row.place)
        made: Action = _action(
            id=identity,
            names=reading.names,
            workplan=self.plan_id,
            position=position,
            table=table,
            section=_under(row.section, reading.section) if reading.section else row.section,
            level=reading.level,
            objectives=reading.objectives,
            audience=reading.audience,
            activity=reading.activity,
            places=tuple(map(self.nodes.place, reading.places)),
            timeline=reading.timeline,
            finance=reading.finance,
            cells=reading.cells,
            sources=(self.nodes.source(row.place),),
        )
        return made

    def measure(self, said: Monitored, action: str, place: str) -> None:
        """Keeps the indicators of an action and their values."""
        source = self.nodes.source(place)
        units = {one.indicator: one.unit for one in said.measures if one.indicator}
        names = dict.fromkeys((*said.indicators, *units))
        known = {name: make_id("indicator", action, fold(name)) for name in names}
        for name, identity in known.items():
            self.measured.append(
                Indicator(
                    id=identity,
                    names={self.known.language: name},
                    unit=units.get(name),
                    of=action,
                    sources=(source,),
                )
            )
        for number, one in enumerate(said.measures, 1):
            self.measured.append(
                Observation(
                    id=make_id("observation", action, one.role, number),
                    indicator=known.get(one.indicator),
                    of=action,
                    role=code("observation-role", one.role),
                    value=one.value,
                    qualifier=one.qualifier,
                    text=one.words,
                    reason=one.reason,
                    period=one.period,
                    sources=(source,),
                )
            )

    def period(self, words: str | None) -> Period | None:
        """The period that the title block states."""
        if not words:
            return None
        known = self.known
        start = known.fiscal_year_start
        said = f"FY {words}" if is_label(words, known.fiscal_year) else words
        timeline = read_timeline(said, default_year=known.calendar_year, fiscal_year_start=start)
        return Period(timeline.edtf, words, timeline.reason)

    def without_contacts(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """The texts outside tables, those with contact data left out unless asked for."""
        contacts = set(self.plan.header.contact)
        if not contacts or self.context.options.get("contacts"):
            return notes
        self.findings.report(
            "workplan:W205",
            f"{len(contacts)} line(s) with contact data were left out",
            Severity.INFO,
            cure="keep them with the option contacts=True",
        )
        return tuple(n for n in notes if not any(contact in n for contact in contacts))


def _under(heading: str | None, section: str) -> str:
    """What an action belongs to: the heading rows above it, then the columns to its left."""
    return f"{heading} / {section}" if heading else section
