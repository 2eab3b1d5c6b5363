"""What is reported of a plan: what was not understood or left out, and sums that differ."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from jmdi import ImportContext, Money, Severity, Where
from jmdi_workplan.plan import Plan, Row, Table
from jmdi_workplan.plan.cells.under import Doubt
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.header_words import corrected
from jmdi_workplan.plan.marks import is_time, marked
from jmdi_workplan.plan.totals import differences, of_years

__all__ = ["Findings"]


@attrs.frozen
class Findings:
    """Reports what a reader of the document should look at.

    Attributes:
        context: Where problems go.
    """

    context: ImportContext

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

    def totals(self, plan: Plan, paid: Mapping[int, tuple[Money, ...]], known: Context) -> None:
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

    def years(self, finance: tuple[Money, ...], row: Row) -> None:
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

    def columns(self, table: Table) -> None:
        """Reports the columns that were not understood, and those that were typed almost right."""
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

    def doubt(self, doubt: Doubt) -> None:
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
