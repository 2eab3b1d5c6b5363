"""Reads a work plan into records: the plan, its actions, and the actors and places they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

import attrs

from jmdi import (
    Action,
    Actor,
    Code,
    ImportContext,
    Indicator,
    Initiative,
    Money,
    Observation,
    Participates,
    Period,
    Place,
    PlanTable,
    Programme,
    Record,
    Severity,
    Source,
    Territory,
    Where,
    WorkPlan,
    code,
    make_id,
)
from jmdi.files.paths import escaped
from jmdi.words.folding import as_typed, fold
from jmdi_documents import Document, read_document
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.places.gazetteer import country_name, subdivision_name
from jmdi_workplan.plan import Plan, Row, Table, understand
from jmdi_workplan.plan.actions import Reading, read_row
from jmdi_workplan.plan.cells.people import is_acronym
from jmdi_workplan.plan.cells.under import Doubt
from jmdi_workplan.plan.context import Context, of_plan, of_table
from jmdi_workplan.plan.given import given_of, report
from jmdi_workplan.plan.header_words import corrected
from jmdi_workplan.plan.labels import corrected_label
from jmdi_workplan.plan.marks import is_time, marked
from jmdi_workplan.plan.totals import differences, of_years
from jmdi_workplan.timeline import read_timeline

__all__ = ["document_of", "read", "records_of"]

METHOD = "jmdi-workplan"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a work plan in any format that `jmdi_documents` reads.

    Args:
        stream: The document.
        context: Options ``country``, ``language``, ``default_year``, ``day_first``,
            ``fiscal_year_start``, ``columns``, ``hidden``, ``contacts`` and ``document``; where
            problems go.

    Yields:
        Territories, actors, the plan, its actions, and who takes part in what.

    Raises:
        FormatError: If the document cannot be read at all, or holds no table of actions.
    """
    given = given_of(context.options.get("columns"))
    plan = understand(document_of(stream, context), given)
    report(given, plan, context)
    if not plan.tables:
        context.problem(
            "workplan:W201",
            "no table of actions was found",
            severity=Severity.ERROR,
            where=Where(context.name),
            plugin="workplan",
        )
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
    """Collects the records of one plan, each territory and actor once."""

    plan: Plan
    context: ImportContext
    known: Context = attrs.field(init=False)
    tables: list[Context] = attrs.field(init=False)
    plan_id: str = attrs.field(init=False)
    file: str = attrs.field(init=False)
    territories: dict[str, Territory] = attrs.field(factory=dict)
    actors: dict[str, Actor] = attrs.field(factory=dict)
    relations: dict[str, Participates] = attrs.field(factory=dict)
    acronyms: list[tuple[str, str]] = attrs.field(factory=list)
    measured: list[Indicator | Observation] = attrs.field(factory=list)
    seen: Counter[str] = attrs.field(factory=Counter)
    paid: dict[int, tuple[Money, ...]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.known = of_plan(self.plan.header, self.context.options, self.plan.notes)
        self.tables = self.contexts()
        self.file = escaped(PurePath(self.context.name).name)
        self.plan_id = make_id("workplan", self.known.country, self.identity())

    def identity(self) -> str:
        """What tells the plan from others: its title, else the name of its file.

        The folder is no part of it: the same file in another folder is the same plan.
        """
        return fold(self.plan.header.title) or fold(escaped(PurePath(self.context.name).stem))

    def records(self) -> Iterator[Record]:
        """All records of the plan, those that others refer to first."""
        workplan = self.workplan()
        actions = list(self.actions())
        self.numbered_empty()
        self.check_totals()
        yield from self.territories.values()
        yield from self.actors.values()
        yield from self.frames()
        yield workplan
        yield from actions
        yield from self.measured
        yield from self.relations.values()

    def workplan(self) -> WorkPlan:
        """The plan itself: title block, tables, and every text outside them."""
        header = self.plan.header
        authors = tuple(self.actor(name, "author", self.plan_id) for name in header.authors)
        if self.known.country:
            self.country(self.known.country)
        named = (self.territory(mention) for mention in header.territories)
        notes = self.without_contacts(self.plan.notes)
        for label, _ in header.fields:
            if (right := corrected_label(label)) is not None:
                message = f"label {label!r} was read as {right!r}"
                self.report("workplan:W206", message, Severity.INFO)
        for name in header.organisations:
            if fold(name) not in {fold(author) for author in header.authors}:
                self.actor(name, None, self.plan_id)
        stated = {"currency": header.currency, "version": header.version}
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
            sources=(self.source(None),),
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
            yield Programme(id=programme, names=names, sources=(self.source(None),))
        initiatives = {self.initiative_id(name): name for name in reversed(header.initiatives)}
        for identity, name in reversed(initiatives.items()):
            yield Initiative(
                id=identity,
                names={language: name},
                programme=programme,
                sources=(self.source(None),),
            )

    def numbered_empty(self) -> None:
        """Reports the rows of a template that have a number and nothing else."""
        rows = [s for s in self.plan.segments if s.kind == "numbered empty"]
        if rows:
            self.report(
                "workplan:W207",
                f"{len(rows)} row(s) with a number and nothing else were left out",
                Severity.INFO,
                where=Where(self.context.name, cell=rows[0].place),
                value=", ".join(line.words for row in rows for line in row.lines),
            )

    def check_totals(self) -> None:
        """Reports the totals of the plan that are not the sums of its actions."""
        for found in differences(self.plan.segments, self.paid, self.known):
            unit = f" {found.currency}" if found.currency else ""
            left_out = f"; {found.open} amount(s) could not be added" if found.open else ""
            self.report(
                "workplan:W209",
                f"the total is {found.stated:f}{unit}, the actions sum up to {found.summed:f}{unit}"
                f"{left_out}; both are kept as they are",
                Severity.WARNING,
                where=Where(self.context.name, cell=found.place),
                value=found.words,
            )

    def check_years(self, finance: tuple[Money, ...], row: Row) -> None:
        """Reports the total of an action that is not the sum of its years."""
        if found := of_years(finance):
            total, summed = found
            self.report(
                "workplan:W209",
                f"the total is {total.amount:f}, the years sum up to {summed:f}; "
                "both are kept as they are",
                Severity.WARNING,
                where=Where(self.context.name, cell=row.place),
                value=total.words,
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
        for column in table.columns:
            if column.meaning is None and column.header.strip():
                self.report(
                    "workplan:W202",
                    f"column {column.header!r} was not understood; its words are kept",
                    Severity.INFO,
                    where=Where(self.context.name, cell=table.place),
                )
            elif column.meaning is not None and (right := corrected(column.header)) is not None:
                self.report(
                    "workplan:W206",
                    f"column {column.header!r} was read as {right!r}",
                    Severity.INFO,
                    where=Where(self.context.name, cell=table.place),
                )
        self.calendar(table, known)
        return PlanTable(
            title=title,
            level=known.level,
            columns=tuple(column.header for column in table.columns),
            meanings=tuple(column.meaning or "" for column in table.columns),
            notes=table.notes,
            locator=table.place or None,
        )

    def calendar(self, table: Table, known: Context) -> None:
        """Reports the columns of a calendar that say nothing: no mark in them, or no year."""
        times = [n for n, column in enumerate(table.columns) if is_time(column)]
        if not times or not table.rows:
            return
        rows = [marked(row.entry, table.columns, known.grounds) for row in table.rows]
        used = [table.columns[n] for n in sorted({n for row in rows for n in row})]
        undated = [c.header for c in used if c.yearly and known.calendar_year is None]
        where = Where(self.context.name, cell=table.place)
        if not used:
            heads = ", ".join(table.columns[n].header for n in times)
            message = f"no action has a mark or colour under {heads}"
            self.report("workplan:W208", message, Severity.WARNING, where=where)
        elif undated:
            self.report(
                "workplan:W208",
                f"no year is known for {', '.join(undated)}; the marks are kept as words",
                Severity.WARNING,
                where=where,
                cure="say the year: default_year=2016, or --option default_year=2016",
            )

    def actions(self) -> Iterator[Action]:
        """The actions of all tables, with ids that do not depend on rows above them."""
        position = 0
        known = zip(self.plan.tables, self.tables, strict=True)
        for number, (table, context) in enumerate(known, 1):
            for row in table.rows:
                position += 1
                reading = read_row(row, table, context)
                self.paid[id(row.entry)] = reading.finance
                self.check_years(reading.finance, row)
                yield self.action(reading, row, number, position)
        self.funds()

    def action(self, reading: Reading, row: Row, table: int, position: int) -> Action:
        """An action with its id, its source, and who is responsible for it."""
        words = [*reading.names.values(), *(t for o in reading.objectives for t in o.values())]
        key = fold(" ".join(words)) or fold(" ".join(reading.cells))
        self.seen[key] += 1
        identity = make_id("action", self.plan_id, key, self.seen[key])
        for name, role in reading.actors:
            if role == "funding" and is_acronym(name):
                self.acronyms.append((name, identity))
            else:
                self.actor(name, role, identity)
        for doubt in reading.doubts:
            self.explain(doubt)
        self.measure(reading, identity, row.place)
        return Action(
            id=identity,
            names=reading.names,
            workplan=self.plan_id,
            position=position,
            table=table,
            section=row.section,
            level=reading.level,
            objectives=reading.objectives,
            audience=reading.audience,
            activity=reading.activity,
            places=tuple(Place(self.territory(place), place.words) for place in reading.places),
            timeline=reading.timeline,
            finance=reading.finance,
            cells=reading.cells,
            sources=(self.source(row.place),),
        )

    def funds(self) -> None:
        """Keeps the funders that are acronyms, where the plan names them elsewhere, too.

        Alone, "TRAC" may be a fund or a line of a budget, and no actor.
        """
        for name, action in self.acronyms:
            if self.actor_id(name) in self.actors:
                self.actor(name, "funding", action)

    def measure(self, reading: Reading, action: str, place: str) -> None:
        """Keeps the indicators of an action and their values."""
        source = self.source(place)
        units = {one.indicator: one.unit for one in reading.measures if one.indicator}
        names = dict.fromkeys((*reading.indicators, *units))
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
        for number, one in enumerate(reading.measures, 1):
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

    def explain(self, doubt: Doubt) -> None:
        """Reports what in a cell is not known, so that it can be asked for."""
        value, cell = doubt.value, doubt.cell
        where = Where(self.context.name, cell=cell.place)
        if cell.line is not None:
            where = Where(self.context.name, cell.line, cell.column + 1)
        if isinstance(value, Money):
            problem, message = "workplan:W204", _unknown(value)
        else:
            problem = "workplan:W203"
            message = f"the timeline {value.words!r} is {value.reason}; the words are kept"
        self.report(problem, message, Severity.WARNING, where=where, value=value.words)

    def actor(self, name: str, role: str | None, target: str) -> str:
        """The id of an actor of this name, which takes part in a plan or action."""
        words, identity = as_typed(name), self.actor_id(name)
        self.actors.setdefault(
            identity,
            Actor(
                id=identity,
                names={self.known.language: words},
                country=None,
                sources=(self.source(None),),
            ),
        )
        relation = make_id("participates", identity, target, role)
        self.relations.setdefault(
            relation,
            Participates(
                id=relation,
                source=identity,
                target=target,
                role=code("organisation-role", role) if role else None,
                sources=(self.source(None),),
            ),
        )
        return identity

    def actor_id(self, name: str) -> str:
        """The id of the actor of a name."""
        words = as_typed(name)
        return make_id("actor", self.known.country, fold(words) or words)

    def country(self, country: str) -> str:
        """The id of a country's territory."""
        identity = make_id("territory", "iso-3166-1", country)
        self.territories.setdefault(
            identity,
            Territory(
                id=identity,
                names={"en": country_name(country) or country},
                code=Code("iso-3166-1", country),
                country=country,
                level=code("governance-level", "national"),
                sources=(self.source(None),),
            ),
        )
        return identity

    def territory(self, mention: PlaceMention) -> str | None:
        """The id of the territory that a place names; ``None`` if it has no code."""
        if mention.country is None:
            return None
        country = self.country(mention.country)
        if mention.code is None:
            return country if _is_country(mention) else None
        scheme = "iso-3166-2" if "-" in mention.code else "p-code"
        identity = make_id("territory", scheme, mention.code)
        self.territories.setdefault(
            identity,
            Territory(
                id=identity,
                names={"en": subdivision_name(mention.code) or mention.name},
                code=Code(scheme, mention.code),
                country=mention.country,
                within=country,
                sources=(self.source(None),),
            ),
        )
        return identity

    def period(self, words: str | None) -> Period | None:
        """The period that the title block states."""
        if not words:
            return None
        timeline = read_timeline(words, default_year=self.known.calendar_year)
        return Period(timeline.edtf, timeline.words, timeline.reason)

    def without_contacts(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """The texts outside tables, those with contact data left out unless asked for."""
        contacts = set(self.plan.header.contact)
        if not contacts or self.context.options.get("contacts"):
            return notes
        self.report(
            "workplan:W205",
            f"{len(contacts)} line(s) with contact data were left out",
            Severity.INFO,
            cure="keep them with the option contacts=True",
        )
        return tuple(n for n in notes if not any(contact in n for contact in contacts))

    def source(self, locator: str | None) -> Source:
        """Where a record comes from."""
        return Source(title=self.file, locator=locator, method=METHOD)

    def report(
        self,
        problem: str,
        message: str,
        severity: Severity,
        *,
        where: Where | None = None,
        value: str | None = None,
        cure: str | None = None,
    ) -> None:
        """Reports a problem of the plan."""
        where = where or Where(self.context.name)
        self.context.problem(
            problem,
            message,
            severity=severity,
            where=where,
            value=value,
            cure=cure,
            plugin="workplan",
        )


def _unknown(money: Money) -> str:
    """What of an amount is not known, and what is kept of it."""
    words, reason = repr(money.words), money.reason
    if money.amount is not None:
        return f"the currency of {words} is {reason}; the amount and the words are kept"
    if money.currency is not None:
        return f"the amount of {words} is {reason}; the currency and the words are kept"
    return f"neither amount nor currency of {words} is known ({reason}); the words are kept"


def _is_country(mention: PlaceMention) -> bool:
    return fold(mention.name) == fold(country_name(mention.country or "") or "")
