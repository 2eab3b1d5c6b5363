"""Surveys and who-does-what-where tables, by a mapping of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from jmdi import Actor, FormatError, ImportContext, Record, Severity, Tie, Where
from jmdi.files.mapping import (
    FirstRows,
    TableMapping,
    TableRow,
    TableRule,
    given_mapping,
    records_by_mapping,
)
from jmdi.graph.doer import default_doer
from jmdi.words.tables import is_summary
from jmdi_surveys.answers.joining import UP
from jmdi_surveys.answers.reading import File, read_file
from jmdi_surveys.answers.sheets import Sheet
from jmdi_surveys.codes import refused
from jmdi_surveys.proposing.candidates import candidate_of
from jmdi_surveys.proposing.propose import propose
from jmdi_surveys.sniff import FORM, LINES, what_it_is

__all__ = ["read"]


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the tables of a survey by the mapping in the option ``mapping``.

    Raises:
        FormatError: If there is no mapping, it does not fit, or the file cannot be read.
    """
    first = context.options.get("mapping")
    given = first is not None and not isinstance(first, FirstRows)
    place = given_mapping(context).table if given else TableRule()
    file = read_file(stream, context, place)
    if isinstance(first, FirstRows):
        yield from _shown(file, first, context)
        return
    mapping = _mapping(file, context)
    sheets = [(sheet.name, _named(sheet, mapping)) for sheet in file.sheets]
    yield from _no_sums(
        _without_self(records_by_mapping(sheets, context, mapping), context), context
    )


def _shown(file: File, first: FirstRows, context: ImportContext) -> Iterator[Record]:
    """Proposes a mapping; of a table that no preset fits, shows the first rows."""
    catalog = context.catalog if context.catalog is not None else default_doer().catalog
    wanted = context.options.get("preset")
    try:
        first.proposal = propose(file, context, catalog, wanted, first.sheet, first.header_row)
    except FormatError as error:
        if wanted is not None or file.export:
            raise
        first.refused = error
        sheets = [(sheet.name, sheet.rows) for sheet in file.sheets]
        yield from records_by_mapping(sheets, context, given_mapping(context))


def _mapping(file: File, context: ImportContext) -> TableMapping:
    """The mapping that was given; that of a preset, if one is named, which is reported.

    Raises:
        FormatError: If neither is given, with what the file looks like.
    """
    if context.options.get("mapping") is not None:
        return given_mapping(context)
    wanted = context.options.get("preset")
    if wanted is None:
        raise _unmapped(file, context)
    catalog = context.catalog if context.catalog is not None else default_doer().catalog
    mapping = propose(file, context, catalog, wanted).mapping
    said = [
        f"{header!r}: {' and '.join(rule.to)}"
        for part in mapping.parts()
        for header, rule in part.columns.items()
        if rule.to != ("extra",)
    ]
    context.problem(
        "surveys:S9",
        f"the columns are read by the preset {wanted!r}: {'; '.join(said)}",
        severity=Severity.INFO,
        where=Where(file=context.name),
        cure="'jmdi mapping FILE' writes it as a file, to be read and corrected",
    )
    return mapping


def _unmapped(file: File, context: ImportContext) -> FormatError:
    """The error for a file without a mapping: what it looks like, and what to do."""
    candidates = [candidate_of(sheet, export=file.export) for sheet in file.sheets]
    if file.export:
        looks = "an export of answers from KoboToolbox or ODK"
    elif any(one is not None and one.tagged for one in candidates):
        looks = "a who-does-what-where table with HXL hashtags"
    else:
        rows = (row.cells for sheet in file.sheets for row in sheet.rows[:LINES])
        looks = what_it_is(rows) or "a table"
    if looks == FORM:
        raise refused("S8", f"it looks like {FORM}", context.name, "give it with --option form=")
    message = f"it looks like {looks}, and no mapping says what its columns mean"
    cure = (
        "'jmdi mapping FILE -o m.toml' proposes one; read it, then: --mapping m.toml; "
        "a table of activities is read as a work plan with --from workplan:csv or workplan:xlsx"
    )
    return refused("S8", message, context.name, cure)


def _named(sheet: Sheet, mapping: TableMapping) -> list[TableRow]:
    """The rows of a table, with those columns of the tables above it that a mapping names."""
    if not sheet.rows:
        return []
    named = {
        words
        for part in mapping.parts()
        for words in (
            *part.columns,
            *(other for rule in part.columns.values() for other in rule.also),
            *(header for record in part.records.values() for header in record.key),
            *(header for record in part.records.values() for header in record.when),
        )
    }
    header = sheet.rows[0].cells
    kept = [
        number for number, words in enumerate(header) if not words.startswith(UP) or words in named
    ]
    if len(kept) == len(header):
        return sheet.rows
    return [
        TableRow(
            [row.cells[n] for n in kept if n < len(row.cells)],
            row.where,
            [row.places[n] for n in kept] if row.places else (),
        )
        for row in sheet.rows
    ]


def _no_sums(records: Iterable[Record], context: ImportContext) -> Iterator[Record]:
    """The records; an actor that has the name of a sum is reported."""
    for record in records:
        name = record.label() if isinstance(record, Actor) else ""
        if is_summary(name):
            context.problem(
                "surveys:S11",
                f"an actor is called {name!r}: is it a row or column of sums?",
                severity=Severity.WARNING,
                where=Where(file=context.name, record=record.id),
                cure=f'in the mapping, at the column that names it: blank = ["{name}"]',
            )
        yield record


def _without_self(records: Iterable[Record], context: ImportContext) -> Iterator[Record]:
    """The records; ties of somebody with himself are counted."""
    count, example = 0, ""
    for record in records:
        if isinstance(record, Tie) and record.source == record.target:
            count += 1
            example = example or record.source
        yield record
    if count:
        ties = "1 tie is" if count == 1 else f"{count:,} ties are"
        context.problem(
            "surveys:S10",
            f"{ties} of an actor with itself; networks do not count loops unless asked",
            severity=Severity.INFO,
            where=Where(file=context.name, record=example),
        )
