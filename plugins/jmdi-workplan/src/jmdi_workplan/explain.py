"""``jmdi explain-file``: a work plan line by line, with what was recognised and what was not."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import click

from jmdi import (
    Action,
    Actor,
    ImportContext,
    Indicator,
    Money,
    Observation,
    Participates,
    Period,
    Record,
    Territory,
    WorkPlan,
    pick,
)
from jmdi_workplan.importer import document_of, records_of
from jmdi_workplan.plan import understand
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.given import given_of, report
from jmdi_workplan.plan.labels import label_kind
from jmdi_workplan.plan.nearest import nearest_header
from jmdi_workplan.plan.segments import Segment
from jmdi_workplan.plan.title_block import PlanHeader

__all__ = ["command", "explained"]

WIDTH = 72
"""Longest words of a line that are shown whole."""

UNKNOWN = "? not understood"
UNSAID = "not stated"


@click.command("explain-file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--country", metavar="CODE", help="ISO 3166-1 code of the plan's country.")
@click.option("--language", metavar="CODE", help="Language of the plan's words, such as fr.")
@click.option("--default-year", type=click.IntRange(1900, 2060), help="Year of dates without one.")
@click.option("--day-first/--month-first", default=None, help="Whether 03/04/2015 is in April.")
@click.option("--fiscal-year-start", type=click.IntRange(1, 12), help="First month of the year.")
@click.option("--header-row", metavar="ROW", help="Row of the header: 5, or 'table 2, row 5'.")
@click.option("--hidden", is_flag=True, default=None, help="Read hidden and struck-out content.")
@click.option(
    "--columns",
    metavar="MAPPING",
    help="What columns mean: a mapping in TOML, or in JSON as typed.",
)
@click.option("--document", metavar="FORMAT", help="Format, if the content does not show it.")
def command(file: str, **options: object) -> int:
    """Show what of a work plan was recognised, and what was not.

    FILE is cut into segments: title block, captions, headers, headings, actions, totals, notes.
    Each is shown with what it was read as.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if str(given.get("columns", "")).startswith("{"):
        given["columns"] = _typed_mapping(str(given["columns"]))
    with Path(file).open("rb") as stream:
        for line in explained(stream, ImportContext(name=file, options=given)):
            click.echo(line)
    return 0


def _typed_mapping(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"it is no JSON: {error}", param_hint="--columns") from None


def explained(stream: BinaryIO, context: ImportContext) -> Iterator[str]:
    """Lines that say what the segments of a work plan were read as.

    Args:
        stream: The document.
        context: Options of the importer; where problems go.

    Raises:
        FormatError: If the document cannot be read at all.
    """
    given = given_of(context.options.get("columns"), context.options.get("header_row"))
    plan = understand(document_of(stream, context), given)
    report(given, plan, context)
    records = list(records_of(plan, context)) if plan.tables else []
    codes = {r.id: r.code.code for r in records if isinstance(r, Territory) and r.code}
    beside = _beside(records)
    actions = iter([record for record in records if isinstance(record, Action)])
    workplan = next((record for record in records if isinstance(record, WorkPlan)), None)
    for segment in plan.segments:
        head = f"{segment.kind.upper():16} {segment.place}"
        for entry in segment.entries:
            action = next(actions)
            yield f"{head}, row {entry.first}"
            yield from _action(action, codes)
            yield from beside.get(action.id, ())
        if segment.kind == "header":
            yield head
            yield from _header(segment.columns)
        elif segment.kind != "action":
            yield head
            yield from (f"    {_short(line.words)}" for line in segment.lines)
    if workplan is None:
        yield from _nearest(plan.segments)
    else:
        yield from _plan(workplan, plan.header)
        yield from beside.get(workplan.id, ())
    yield from (f"PROBLEM          {problem}" for problem in context.problems)


def _header(columns: Sequence[Column]) -> Iterator[str]:
    wide = max(len(_short(column.header)) for column in columns)
    for column in columns:
        said = column.meaning or (UNKNOWN if column.header else "")
        said += ", supposed" if column.supposed else ""
        date = f" {column.period}" if column.period else ""
        yield f"    {_short(column.header):{wide}}  {said}{date}".rstrip()


def _action(action: Action, codes: Mapping[str, str]) -> Iterator[str]:
    yield f"    {_short(pick(action.names)) or '(no title)'}"
    if action.section:
        yield f"      under      {_short(action.section)}"
    if action.level:
        yield f"      level      {action.level.code}"
    if action.timeline:
        yield f"      when       {_when(action.timeline)}"
    for money in action.finance:
        yield f"      money      {_money(money)}"
    for audience in action.audience:
        size = audience.size
        count = f"{size.value} " if size is not None and size.value is not None else ""
        yield f"      audience   {count}{_short(pick(audience.who))}"
    for place in action.places:
        code = codes.get(place.territory or "", "no code")
        yield f"      place      {_short(place.words or '')}  {code}"


def _beside(records: Sequence[Record]) -> dict[str, list[str]]:
    """Lines on the actors and observations of each action and plan, by its id."""
    names = {r.id: _short(pick(r.names)) for r in records if isinstance(r, Actor | Indicator)}
    measured = {r.id: r.of for r in records if isinstance(r, Indicator)}
    lines: dict[str, list[str]] = {}
    of: str | None
    said: list[str | None]
    for record in records:
        if isinstance(record, Participates):
            of, head = record.target, "who"
            said = [names.get(record.source), record.role.code if record.role else "role unknown"]
        elif isinstance(record, Observation):
            of = record.of or measured.get(record.indicator or "")
            head = record.role.code if record.role else "observed"
            said = [_short(record.text or str(record.value or record.reason or ""))]
            said += [
                record.period.edtf if record.period else None,
                names.get(record.indicator or ""),
            ]
        else:
            continue
        lines.setdefault(of or "", []).append(f"      {head:10} {'  '.join(filter(None, said))}")
    return lines


def _when(period: Period) -> str:
    words = f"  {_short(period.words)!r}" if period.words else ""
    often = f", every {period.extra['every']}" if "every" in period.extra else ""
    return f"{period.edtf or period.reason}{often}{words}"


def _money(money: Money) -> str:
    figure = " ".join(filter(None, (str(money.amount or ""), money.currency, money.reason)))
    shared = ", shared with other actions" if money.extra.get("shared") else ""
    return f"{figure}{shared}  {_short(money.words or '')!r}"


def _plan(plan: WorkPlan, header: PlanHeader) -> Iterator[str]:
    """What is known of the plan and its tables, and what each label asked for."""
    yield "PLAN"
    yield f"    title      {_short(pick(plan.names)) or UNSAID}"
    yield f"    country    {plan.country or UNSAID}"
    yield f"    period     {_when(plan.period) if plan.period else UNSAID}"
    for label, value in header.fields:
        kind = label_kind(label, "mark")
        asked = f"asks for {kind}" if kind else "is not known"
        yield f"    label      {_short(label)!r} {asked}: {_short(value)!r}"
    for number, table in enumerate(plan.tables, 1):
        level = table.level.code if table.level else "level unknown"
        yield f"    table {number}    {_short(pick(table.title)) or '(no title)'}: {level}"


def _nearest(segments: Sequence[Segment]) -> Iterator[str]:
    """The row that is most like a header, and what each of its words was understood as."""
    nearest = nearest_header(segments)
    if nearest is None:
        yield "NO TABLE         a plan needs a header with a column for the action"
        return
    yield f"NEAREST HEADER   {nearest.line.place}"
    wide = max(len(_short(cell)) for cell in nearest.line.cells)
    for cell, meaning in zip(nearest.line.cells, nearest.known, strict=True):
        yield f"    {_short(cell):{wide}}  {meaning or UNKNOWN}"
    typed = (f"--{name.replace('_', '-')} {shlex.quote(v)}" for name, v in nearest.options.items())
    yield f"TRY              {' '.join(typed)}"


def _short(words: str) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
