"""What is reported of a plan: what was not understood or left out, and sums that differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import attrs

from jmdi import ImportContext, Money, Period, Severity, Where
from jmdi_workplan.plan import Plan, Row, Table
from jmdi_workplan.plan.cells.time import dated
from jmdi_workplan.plan.cells.under import Doubt
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.header_words import corrected
from jmdi_workplan.plan.marks import is_time, marked
from jmdi_workplan.plan.nearest import nearest_header, unread_tables
from jmdi_workplan.plan.totals import differences, of_parts
from jmdi_workplan.timeline import read_timeline

__all__ = ["Findings"]

ACTING = {"action", "activity"}
ANY_YEAR = 2000
SAY_YEAR = "say the year: default_year=2016, or --option default_year=2016"
SAY_FISCAL = (
    "say in which month it begins, such as fiscal_year_start=7 or --option fiscal_year_start=7, "
    "and write its two years, such as FY 2023/24"
)
SAY_START = (
    "say above the table when the project begins, such as 'Start date: 1 March 2016', and above "
    "weeks their month"
)
HELD = {
    "action": "the actions: no head says so",
    "timeline": "when actions happen: it has dates",
    "finance": "money: it has amounts",
    "place": "places: it has parts of a country",
    "start": "when actions begin: it has dates",
    "end": "when actions end: it has dates",
    "responsible": "who is responsible: it has organisations",
    "partner": "partners: it has organisations, several or none for an action",
    "funding-source": "who pays: it has banks, funds or donors",
    "audience": "the audience: it has numbers of people",
    "status": "the status: it has words such as done or in progress",
    "section": "what actions belong to: it stands to their left",
    "indicator": "indicators: it stands right before their values",
}
SAY_ORDER = "say which number is the day: day_first=true or false; or write the month as a word"
SAY_DATE = "write a date, such as May 2016, or leave the words"
SAY_COUNTRY = (
    "write the code of the currency, such as USD, or say the plan's country, such as country=SN"
)


@attrs.frozen
class Findings:
    """Reports what a reader of the document should look at.

    Attributes:
        context: Where problems go.
    """

    context: ImportContext

    def unlabelled(self, name: str) -> None:
        """Reports an organisation that a line without a label names."""
        self.report(
            "workplan:W215",
            f"{name!r} has no label; it is taken for an organisation of the plan",
            Severity.INFO,
            cure=f"say what it is, such as 'Author: {name}'",
        )

    def numbered_empty(self, plan: Plan) -> None:
        """Reports the rows of a template that have a number and nothing else."""
        rows = [s for s in plan.segments if s.kind == "numbered empty"]
        if rows:
            self.report(
                "workplan:W207",
                f"{len(rows)} row(s) with a number and nothing else were left out",
                Severity.INFO,
                where=Where(self.context.name, cell=rows[0].place),
                value=", ".join(line.words for row in rows for line in row.lines),
            )

    def totals(self, plan: Plan, paid: Sequence[tuple[Money, ...]], known: Context) -> None:
        """Reports the totals of the plan that are not the sums of its actions."""
        for found in differences(plan.segments, paid, known):
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

    def parts(self, finance: tuple[Money, ...], row: Row) -> None:
        """Reports the total of an action that is not the sum of its parts."""
        if found := of_parts(finance):
            total, summed = found
            self.report(
                "workplan:W209",
                f"the total is {total.amount:f}, its parts sum up to {summed:f}; "
                "both are kept as they are",
                Severity.WARNING,
                where=Where(self.context.name, cell=row.place),
                value=total.words,
            )

    def no_table(self, plan: Plan) -> None:
        """Reports that there is no table of actions, and the row that is most like its header."""
        nearest = nearest_header(plan.segments)
        message = "no table of actions was found"
        if nearest is not None:
            message += f"; the row most like its header is {nearest.words}"
        self.report(
            "workplan:W201",
            message,
            Severity.ERROR,
            where=Where(self.context.name, cell=nearest.line.place if nearest else None),
            cure=nearest.cure if nearest else None,
        )

    def unread(self, plan: Plan) -> None:
        """Reports the tables that were kept as text, though a row names columns of a plan."""
        for nearest in unread_tables(plan.segments):
            self.report(
                "workplan:W213",
                f"a table was kept as text, but it has a row like a header: {nearest.words}",
                Severity.WARNING,
                where=Where(self.context.name, cell=nearest.line.place),
                cure=nearest.cure,
            )

    def columns(self, table: Table) -> None:
        """Reports the columns that were not understood, and those that were typed almost right."""
        self.no_action(table)
        for column in table.columns:
            if column.meaning is None and column.header.strip():
                as_remarks = json.dumps({column.header: "remarks"}, ensure_ascii=False)
                self.report(
                    "workplan:W202",
                    f"column {column.header!r} was not understood; its words are kept",
                    Severity.INFO,
                    where=Where(self.context.name, cell=table.place),
                    cure=f"leave it, or say what it holds, such as columns={as_remarks}",
                )
            elif column.supposed:
                said = json.dumps({column.header: column.meaning}, ensure_ascii=False)
                other = "name another column so" if column.meaning == "action" else "say what it is"
                self.report(
                    "workplan:W214",
                    f"column {column.header!r} is supposed to hold {HELD[column.meaning or '']}",
                    Severity.WARNING,
                    where=Where(self.context.name, cell=table.place),
                    cure=f"say that it does, columns={said}, or {other}",
                )
            elif column.meaning is not None and (right := corrected(column.header)) is not None:
                self.report(
                    "workplan:W206",
                    f"column {column.header!r} was read as {right!r}",
                    Severity.INFO,
                    where=Where(self.context.name, cell=table.place),
                )

    def no_action(self, table: Table) -> None:
        """Reports that no column holds the actions, where the caller says where the header is."""
        heads = [column.header for column in table.columns if column.header.strip()]
        acting = (ACTING & {*(column.meaning or "").split("+")} for column in table.columns)
        if heads and not any(acting):
            as_action = json.dumps({heads[0]: "action"}, ensure_ascii=False)
            self.report(
                "workplan:W210",
                f"no column is known to hold the actions: {', '.join(map(repr, heads))}",
                Severity.WARNING,
                where=Where(self.context.name, cell=table.place),
                cure=f"say which one does, such as columns={as_action}",
            )

    def undated(self, timelines: Sequence[Period | None], table: Table, known: Context) -> None:
        """Reports the dates of a table that only lack a year."""
        if known.year is not None or known.fiscal_year:
            return
        words = Counter(
            when.words for when in timelines if when and when.edtf is None and when.words
        )
        lacking = [one for one in words if read_timeline(one, default_year=ANY_YEAR).edtf]
        count = sum(words[one] for one in lacking)
        if count:
            self.report(
                "workplan:W212",
                f"{count:,} date(s) name no year, such as {lacking[0]!r}; words are kept",
                Severity.WARNING,
                where=Where(self.context.name, cell=table.place),
                cure=SAY_YEAR,
            )

    def calendar(self, table: Table, known: Context) -> None:
        """Reports the columns of a calendar that say nothing: no mark in them, or no year."""
        times = [n for n, column in enumerate(table.columns) if is_time(column)]
        if not times or not table.rows:
            return
        rows = [
            marked(row.entry, table.columns, known.grounds, crossed=known.crossed)
            for row in table.rows
        ]
        used = [table.columns[n] for n in sorted({n for row in rows for n in row})]
        yearly = [c for c in used if c.yearly and dated(c, known) is None]
        undated = [c.header for c in yearly if not (c.fiscal or known.fiscal_year)]
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
                cure=SAY_YEAR,
            )
        elif heads := ", ".join(column.header for column in yearly):
            self.report(
                "workplan:W208",
                f"it is not known when the fiscal year of {heads} is; the marks are kept as words",
                Severity.WARNING,
                where=where,
                cure=SAY_FISCAL,
            )
        elif counted := [c.header for c in used if _is_counted(c, known)]:
            self.report(
                "workplan:W208",
                f"it is not known when {', '.join(counted)} are; the marks are kept as words",
                Severity.WARNING,
                where=where,
                cure=SAY_START,
            )

    def doubt(self, doubt: Doubt) -> None:
        """Reports what in a cell is not known, so that it can be asked for."""
        value, cell = doubt.value, doubt.cell
        where = Where(self.context.name, cell=cell.place)
        if cell.line is not None:
            where = Where(self.context.name, cell.line, cell.column + 1)
        if isinstance(value, Money):
            problem, message = "workplan:W204", _unknown(value)
            cure = SAY_COUNTRY if value.reason == "ambiguous" else "write a number and a currency"
        else:
            problem = "workplan:W203"
            message = f"the timeline {value.words!r} is {value.reason}; the words are kept"
            cure = SAY_ORDER if value.reason == "ambiguous" else SAY_DATE
        self.report(problem, message, Severity.WARNING, where=where, value=value.words, cure=cure)

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


def _is_counted(column: Column, known: Context) -> bool:
    """Whether a column counts weeks, months or years from a day that is not known."""
    counts = column.meaning == "week" or (column.meaning or "").startswith("relative-")
    begun = known.begins is not None and column.since is not None
    return column.period is None and not column.yearly and counts and not begun
