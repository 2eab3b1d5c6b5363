"""``jmdi plans``: many plans in one overview, two rounds side by side, planned and done."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from jmdi.cli.options import (
    Command,
    example,
    from_option,
    importer_option,
    json_option,
    language_option,
)
from jmdi.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jmdi import Dataset, Table

__all__ = ["plans"]

F = TypeVar("F", bound=Callable[..., int])


def table_options(function: F) -> F:
    """Adds the options of all commands: how plans are read, and where their tables go."""
    output = click.option(
        "-o",
        "--output",
        metavar="OUT.xlsx",
        help="The workbook to write, a sheet per table. [default: the tables as text]",
    )
    force = click.option("--force", is_flag=True, help="Replace a file that is there already.")
    language = language_option(
        "The language of heads, levels, reasons and statuses; JSON keeps the codes."
    )
    return from_option(importer_option(output(force(language(json_option(function))))))


@click.group(
    epilog=example(
        "jmdi plans overview plans/*.docx -o overview.xlsx",
        "jmdi plans compare 2015.docx 2016.docx",
        "jmdi plans progress plan.jsonl --as-of 2016-06-30",
    )
)
def plans() -> None:
    """Overviews of work plans for a programme officer."""


@plans.command("overview", cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@table_options
@pass_session
def overview_(
    session: Session,
    files: tuple[str, ...],
    format_: str | None,
    options: tuple[str, ...],
    output: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Compile many plans: who addresses whom, where, when, with what money, what is unknown.

    Amounts of different currencies are never added, and an amount that is not known is counted as
    unknown, never as 0.
    """
    from jmdi.cli.reading import expanded
    from jmdi_workplan.overview import overview

    names = expanded(files)
    datasets = _read(session, names, format_, options)
    if not datasets:
        return session.outcome
    found = overview(*datasets)
    again = {r["plan"]: r["inputs"] for r in found["plans"].to_dicts() if r["inputs"] > 1}
    for plan, inputs in again.items():
        session.warn(
            f"{plan!r} is in {inputs} inputs and is counted in each; "
            "two rounds of a plan are compared by 'jmdi plans compare'"
        )
    return _show(session, found, output, force, language, as_json)


@plans.command("compare", cls=Command)
@click.argument("before", metavar="OLD")
@click.argument("after", metavar="NEW")
@table_options
@pass_session
def compare_(
    session: Session,
    before: str,
    after: str,
    format_: str | None,
    options: tuple[str, ...],
    output: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Compare two rounds of a plan: actions that are new, gone or changed, and the money.

    Actions that were reworded are found by words that are much alike, and marked so.
    """
    from jmdi_workplan.overview import compare

    datasets = _read(session, [before, after], format_, options)
    if len(datasets) < 2:
        return session.outcome
    return _show(session, compare(*datasets), output, force, language, as_json)


@plans.command("progress", cls=Command)
@click.argument("file", metavar="FILE")
@click.option(
    "--as-of",
    type=click.DateTime(("%Y-%m-%d",)),
    required=True,
    metavar="DATE",
    help="The day that it is computed for, such as 2016-06-30.",
)
@table_options
@pass_session
def progress_(
    session: Session,
    file: str,
    as_of: datetime.datetime,
    format_: str | None,
    options: tuple[str, ...],
    output: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Set what was planned beside what is on record as done.

    An action that is due and of which nothing is on record is not late: nothing is known of it.
    """
    from jmdi_workplan.overview import progress

    datasets = _read(session, [file], format_, options)
    if not datasets:
        return session.outcome
    return _show(
        session, progress(datasets[0], as_of=as_of.date()), output, force, language, as_json
    )


def _read(
    session: Session, names: Sequence[str], format: str | None, options: Sequence[str]
) -> list[Dataset]:
    """The inputs, each by itself; one that cannot be read is reported and left out."""
    from jmdi.cli.failures import error_of, report
    from jmdi.cli.reading import assigned, findings, importer_options, read, sources

    sources(names)
    reading = importer_options(session, assigned(options, "--option"), format)
    found = []
    for name in names:
        dataset = read(session, [name], format=format, options=reading)
        session.outcome = max(session.outcome, findings(dataset.problems, dataset.unread))
        if dataset.unread:
            report(error_of(*dataset.unread.values()), session)
            continue
        session.found(dataset.problems)
        found.append(dataset)
    return found


def _show(
    session: Session,
    tables: Mapping[str, Table],
    output: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Writes tables as a workbook, as JSON, or as text."""
    from jmdi.cli.layout import columns
    from jmdi.cli.streams import write_json, write_line
    from jmdi_workplan.export.labels import cell_words, head_words

    if output is not None:
        _save(tables, output, force, language)
    if as_json:
        write_json({name: table.to_dicts() for name, table in tables.items()})
    elif output is None:
        for name, table in tables.items():
            heads = table.columns
            write_line(head_words(name, language))
            rows = (
                [
                    "" if cell is None else cell_words(head, cell, language)
                    for head, cell in zip(heads, row, strict=True)
                ]
                for row in table
            )
            for line in columns([head_words(head, language) for head in heads], rows):
                write_line(f"  {line}")
            write_line()
    return session.outcome


def _save(tables: Mapping[str, Table], output: str, force: bool, language: str) -> None:
    """Writes the workbook, whole or not at all.

    Raises:
        click.UsageError: If its name does not end in ``.xlsx``.
        FormatError: If there is a file already, or it cannot be written.
    """
    from pathlib import Path

    from jmdi.files.paths import atomic_write, unreadable
    from jmdi_workplan.export.workbook import Book

    if not output.lower().endswith(".xlsx"):
        raise click.UsageError(
            f"-o writes a workbook: give it a name that ends in .xlsx, not {output!r}"
        )
    if Path(output).exists() and not force:
        raise unreadable(output, "is there already", "--force replaces it", code="J109")
    with atomic_write(output) as stream:
        Book.of_tables(stream, tables, language)
