"""``jmdi convert``: from any format that can be read to any that can be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from jmdi.cli.names import complete
from jmdi.cli.options import from_option, new_command, options_and_mapping, setting
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import STDIO, write_line

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.specs import Exporter
    from jmdi.running.reading import OnError

ON_ERROR = ("raise", "keep")


@new_command(
    "convert",
    "jmdi convert workplan.docx -o plan.jsonl",
    "jmdi convert plan.jsonl -o net.graphml --projection actors --param weight=count",
    "jmdi convert a.csv b.csv -o - | jmdi metrics -",
    "jmdi convert 'agencies/*.xml' -o all.jsonl --workers 2",
)
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    help="File or folder to write; '-' is standard output.",
)
@from_option
@click.option(
    "--to",
    metavar="FORMAT",
    shell_complete=complete("exporters"),
    help="Name of the exporter; found by the ending, jsonl on standard output.",
)
@setting(
    "--on-error",
    type=click.Choice(ON_ERROR),
    default="raise",
    show_default=True,
    help="What to do when data has errors or an input cannot be read: write nothing; or write "
    "what could be read and list all problems. The exit code is the same.",
)
@click.option(
    "--projection",
    metavar="NAME",
    shell_complete=complete("projections"),
    help="For formats of networks: what its nodes and edges are. [default: full]",
)
@options_and_mapping("An option of the importer or exporter")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the projection; may be given several times.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write nothing; list what the format cannot keep of this data.",
)
@setting(
    "--order",
    type=click.Choice(("canonical", "input")),
    help="Order of the records in jmdi's own formats. [default: canonical]",
)
@setting(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes read several inputs to jmdi's own formats; the result is the same.",
)
@pass_session
def command(
    session: Session,
    inputs: tuple[str, ...],
    output: str,
    format_: str | None,
    to: str | None,
    on_error: OnError,
    projection: str | None,
    options: tuple[str, ...],
    params: tuple[str, ...],
    force: bool,
    dry_run: bool,
    order: str | None,
    workers: int,
) -> int:
    """Read files of any format and write another.

    IN may be files, folders or patterns. Several inputs become one dataset; where they
    contradict each other, both claims are kept. OUT appears whole or not at all. jmdi's own
    formats are written in bounded memory, however large the inputs are.
    """
    from jmdi.cli.losses import as_lines, say_losses
    from jmdi.cli.measuring import projected_with
    from jmdi.cli.reading import assigned, expanded, importer_options, read
    from jmdi.running.projecting import PREFIX

    given = assigned(options, "--option")
    to = to or ("jsonl" if output == STDIO else None)
    _free(output, force=force or dry_run)
    exporter = _exporter(session, output, to)
    _refuse_misfits(exporter, output, projection, params)
    writing = _writing_options(exporter, given, order)
    projected = projected_with(session.catalog, projection or "full", params)
    own = [parameter.name for parameter in exporter.options]
    reading = importer_options(session, given, format_, besides=own)
    names = expanded(inputs)
    # The order of several inputs is known only once all are merged.
    if (
        exporter.takes == "lines"
        and not dry_run
        and (len(names) == 1 or writing.get("order") != "input")
    ):
        from jmdi.cli.copying import convert_lines

        count, problems, unread = convert_lines(
            session,
            names,
            output,
            exporter,
            on_error,
            format=format_,
            options=reading,
            writing=writing,
            workers=workers,
        )
    else:
        dataset = read(session, inputs, format=format_, on_error=on_error, options=reading)
        count, problems, unread = len(dataset), dataset.problems, dataset.unread
        if exporter.takes == "network":
            writing |= {"projection": projection or "full"}
            writing |= {f"{PREFIX}{name}": value for name, value in projected.items()}
        if dry_run:
            for line in as_lines(dataset.losses(exporter.name, **writing), exporter.name):
                write_line(line)
            return _ended(session, problems, unread, on_error)
        _write(session, dataset, output, exporter, writing)
        say_losses(session, dataset, exporter.name, writing)
    session.say(f"wrote {count:,} records to {output} as {exporter.name}", level=1)
    return _ended(session, problems, unread, on_error)


def _free(output: str, *, force: bool) -> None:
    """Refuses to replace a file unasked.

    Raises:
        FormatError: If there is one.
    """
    from jmdi.files.paths import unreadable

    target = Path(output)
    if output != STDIO and not force and (target.is_file() or target.is_symlink()):
        raise unreadable(output, "is there already", "--force replaces it", code="J109")
    if target.is_dir() and not force and any(target.iterdir()):
        raise unreadable(output, "is a folder that is not empty", "--force writes into it", "J109")


def _exporter(session: Session, output: str, to: str | None) -> Exporter:
    """The exporter for an output.

    Raises:
        NotFound: If there is none of this name or for this ending.
    """
    return session.model.exporter_for(session.model.dataset(), output, format=to)


def _refuse_misfits(
    exporter: Exporter, output: str, projection: str | None, params: Sequence[str]
) -> None:
    """Refuses what the exporter cannot do, before anything is read.

    Raises:
        click.UsageError: If there is any.
    """
    if exporter.folder and output == STDIO:
        raise click.UsageError(f"{exporter.name!r} writes a folder: give its name with -o")
    if (projection is not None or params) and exporter.takes != "network":
        given = "--param" if projection is None else "--projection"
        raise click.UsageError(
            f"{given} is for formats of networks; {exporter.name!r} writes all records"
        )


def _writing_options(
    exporter: Exporter, given: dict[str, str], order: str | None
) -> dict[str, Any]:
    """Those of the options that are the exporter's, as it takes them."""
    from jmdi.cli.reading import fitted

    known = {parameter.name: parameter for parameter in exporter.options}
    chosen = {name: fitted(known[name], text) for name, text in given.items() if name in known}
    if order is not None:
        if "order" in known:
            chosen["order"] = order
        elif order == "input" and _typed("order"):
            raise click.UsageError(f"--order: {exporter.name!r} knows no order of records")
    return chosen


def _typed(option: str) -> bool:
    """Whether an option is given on the command line, not only in settings."""
    source = click.get_current_context().get_parameter_source(option)
    return source is ParameterSource.COMMANDLINE


def _write(
    session: Session,
    data: Dataset,
    output: str,
    exporter: Exporter,
    options: dict[str, Any],
) -> None:
    from jmdi.cli.streams import spooled_stdout

    if output != STDIO:
        session.model.write(data, output, format=exporter.name, **options)
        return
    with spooled_stdout() as stream:
        session.model.write(data, stream, format=exporter.name, **options)


def _ended(
    session: Session, problems: Sequence[Problem], unread: Mapping[str, Problem], on_error: OnError
) -> int:
    """Says what was wrong with the data, and gives the exit code."""
    if on_error == "raise":
        session.found(problems)
        return 0
    from jmdi.cli.problems import as_text
    from jmdi.cli.reading import findings

    for line in as_text(problems, session.catalog.codes):
        click.echo(line, err=True)
    return findings(problems, unread)
