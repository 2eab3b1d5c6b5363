"""What commands of tables share: their options, how they read, and how they write a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jmdi.cli.options import from_option, importer_option, json_option

if TYPE_CHECKING:
    from jmdi import Dataset, Table
    from jmdi.cli.session import Session

__all__ = ["output_options", "read_for", "write_table"]

F = TypeVar("F", bound=Callable[..., Any])


def output_options(function: F) -> F:
    """Adds the options of reading, and ``--json``, ``--csv`` and ``--markdown``."""
    options = (
        from_option,
        importer_option,
        json_option,
        click.option("--csv", "as_csv", is_flag=True, help="Write CSV, with every column."),
        click.option("--markdown", "as_markdown", is_flag=True, help="Write a table of Markdown."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def read_for(
    session: Session, file: str, format: str | None, options: Iterable[str], **forms: bool
) -> Dataset:
    """The Dataset of a file, with the options of its importer.

    Raises:
        click.UsageError: If more than one form of output is asked for.
        JmdiError: If the file cannot be read.
    """
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole

    if sum(forms.values()) > 1:
        raise click.UsageError("--json, --csv and --markdown exclude one another")
    reading = importer_options(session, assigned(tuple(options), "--option"), format)
    dataset = read_whole(session, file, format=format, options=reading)
    session.found(dataset.problems)
    session.outcome = findings(dataset.problems, dataset.unread)
    return dataset


def write_table(
    table: Table,
    shown: Mapping[str, str],
    *,
    above: Iterable[str] = (),
    as_csv: bool,
    as_markdown: bool,
) -> None:
    """Writes a table as CSV, as Markdown, or as text.

    Args:
        table: The table; CSV has all its columns.
        shown: The columns of Markdown and text, each with its heading.
        above: Lines above the table of Markdown and text.
        as_csv: Whether to write CSV.
        as_markdown: Whether to write Markdown.
    """
    from jmdi.cli.layout import clean, room, wrapped
    from jmdi.cli.streams import write_line

    if as_csv:
        for line in table.to_csv().splitlines():
            write_line(line)
        return
    for line in above:
        write_line(clean(line))
    rows = [[_cell(row[name]) for name in shown] for row in table.to_dicts()]
    if as_markdown:
        write_line()
        for cells in (list(shown.values()), ["---"] * len(shown), *rows):
            written = (clean(cell).replace("\n", " ").replace("|", "\\|") for cell in cells)
            write_line(f"| {' | '.join(written)} |")
    elif rows:
        write_line()
        for line in wrapped([head.upper() for head in shown.values()], rows, room()):
            write_line(line)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
