"""What commands of tables share: their options, how they read, and how they write a table."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import click

from jmdi.cli.options import from_option, importer_option, json_option
from jmdi.cli.session import pass_session
from jmdi.graph.table import Table

if TYPE_CHECKING:
    from jmdi import Dataset
    from jmdi.cli.session import Session

__all__ = ["Form", "of_dataset", "write_table"]

Form: TypeAlias = Literal["text", "json", "csv", "markdown"]
"""The form of the output."""


def of_dataset(function: Callable[..., None]) -> Callable[..., int]:
    """Makes a command of a function of a Dataset.

    The command has the options of reading, and ``--json``, ``--csv`` and ``--markdown``. The
    function gets the session, the Dataset that was read, and as keywords ``file``, ``form`` and
    the parameters of its own.
    """

    @functools.wraps(function)
    def command(
        session: Session,
        *,
        file: str,
        format_: str | None,
        options: tuple[str, ...],
        as_json: bool,
        as_csv: bool,
        as_markdown: bool,
        **own: Any,
    ) -> int:
        form = _form(json=as_json, csv=as_csv, markdown=as_markdown)
        dataset = _read(session, file, format_, options)
        function(session, dataset, file=file, form=form, **own)
        return session.outcome

    made: Callable[..., int] = pass_session(command)
    for option in (
        click.option("--markdown", "as_markdown", is_flag=True, help="Write a table of Markdown."),
        click.option("--csv", "as_csv", is_flag=True, help="Write CSV, with every column."),
        json_option,
        importer_option,
        from_option,
    ):
        made = option(made)
    return made


def _form(**asked: bool) -> str:
    names = [name for name, given in asked.items() if given]
    if len(names) > 1:
        raise click.UsageError("--json, --csv and --markdown exclude one another")
    return names[0] if names else "text"


def _read(session: Session, file: str, format: str | None, options: Iterable[str]) -> Dataset:
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole

    reading = importer_options(session, assigned(tuple(options), "--option"), format)
    dataset = read_whole(session, file, format=format, options=reading)
    session.found(dataset.problems)
    session.outcome = findings(dataset.problems, dataset.unread)
    return dataset


def write_table(
    table: Table,
    shown: Mapping[str, str],
    *,
    form: Form,
    above: Iterable[str] = (),
) -> None:
    """Writes a table as CSV, as Markdown, or as text.

    Args:
        table: The table; CSV has all its columns.
        shown: The columns of Markdown and text, each with its heading.
        form: The form of the output.
        above: Lines above the table of Markdown and text.
    """
    from jmdi.cli.layout import clean, room, wrapped
    from jmdi.cli.streams import write_line

    if form == "csv":
        write_line(table.to_csv().removesuffix("\n"))
        return
    for line in above:
        write_line(clean(line))
    rows = [[row[name] for name in shown] for row in table.to_dicts()]
    if form == "markdown":
        write_line()
        write_line(clean(Table(tuple(shown.values()), rows).to_markdown()))
    elif rows:
        write_line()
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        for line in wrapped([head.upper() for head in shown.values()], cells, room()):
            write_line(line)
