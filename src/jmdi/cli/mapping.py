"""``jmdi mapping``: proposes what the columns of a table mean, for people to correct."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.names import complete
from jmdi.cli.options import from_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_line

if TYPE_CHECKING:
    from jmdi.files.mapping import Proposal
    from jmdi.plugins.specs import Importer


@new_command(
    "mapping",
    "jmdi mapping log.csv -o log.toml",
    "jmdi convert log.csv --mapping log.toml -o log.jsonl",
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@click.option("-o", "--output", metavar="OUT", help="File to write; standard output if not given.")
@from_option
@click.option(
    "--kind",
    metavar="KIND",
    shell_complete=complete("kinds"),
    help="What a row is about, where the header does not say it.",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a workbook. [default: the first]")
@click.option(
    "--header-row",
    type=click.IntRange(1),
    metavar="N",
    help="Row of the header. [default: the first that names most of the columns]",
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="An option of the importer, such as form=form.xlsx; may be given several times.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def command(
    session: Session,
    file: str,
    output: str | None,
    format_: str | None,
    kind: str | None,
    sheet: str | None,
    header_row: int | None,
    options: tuple[str, ...],
    force: bool,
) -> None:
    """Propose what the columns of a table mean.

    The proposal is a mapping in TOML: read it, correct it, and give it to 'jmdi convert' and
    the other commands with --mapping. It is never applied unasked.
    """
    from jmdi.cli.reading import assigned, importer_options
    from jmdi.files.mapping import write_mapping
    from jmdi.files.paths import atomic_write

    if output is not None and not force and Path(output).exists():
        raise click.UsageError(f"{output} is there already; --force replaces it")
    given = importer_options(session, assigned(options, "--option"), format_)
    importers = _importers(session, file, format_, given)
    found = _proposal(session, file, importers, given, (kind, sheet, header_row))
    text = write_mapping(found.mapping, found.notes)
    if output is None:
        write_line(text.rstrip("\n"))
        return
    with atomic_write(output) as target:
        target.write(text.encode())


def _proposal(
    session: Session,
    file: str,
    importers: Sequence[Importer],
    given: Mapping[str, Any],
    said: tuple[str | None, str | None, int | None],
) -> Proposal:
    """What the first importer proposes that knows such files; else what the first rows show.

    Args:
        session: The run.
        file: The file.
        importers: Those that read it by a mapping, the likeliest first.
        given: Options of the importer.
        said: The kind of the records, the sheet and the row of the header, as far as given.

    Raises:
        FormatError: If nothing can be proposed.
    """
    import attrs

    from jmdi.errors import FormatError, Severity
    from jmdi.files.mapping import FirstRows, guess
    from jmdi.plugins.context import ImportContext

    kind, sheet, header_row = said
    shown: FirstRows | None = None
    failed: FormatError | None = None
    refused: FormatError | None = None
    for importer in importers:
        first = FirstRows(sheet, header_row)
        options = {"mapping": first, **given}
        context = ImportContext(name=file, options=options, path=file, catalog=session.catalog)
        try:
            with Path(file).open("rb") as stream:
                for _ in importer.read(stream, context):
                    pass
        except FormatError as error:
            failed = failed or error
            continue
        if first.proposal is not None and kind is None:
            for problem in context.problems:
                if problem.severity is not Severity.INFO:
                    click.echo(str(problem), err=True)
            return first.proposal
        refused = refused or first.refused
        shown = shown or (first if first.header is not None else None)
    if shown is None or shown.header is None:
        assert failed is not None
        raise failed
    try:
        found = guess(shown.header, shown.rows, session.catalog, kind)
    except FormatError as error:
        raise refused or error from None
    place = attrs.evolve(
        found.mapping.table, sheet=shown.found or None, header_row=shown.header_row
    )
    return attrs.evolve(found, mapping=attrs.evolve(found.mapping, table=place))


def _importers(
    session: Session, file: str, format_: str | None, options: Collection[str]
) -> list[Importer]:
    """The importers that read a file by a mapping, those first that know its content.

    Raises:
        NotFound: If there is none of this name, or none for the ending.
    """
    from jmdi.errors import NotFound
    from jmdi.running.inputs import first_bytes

    wanted = {"mapping", *options}
    able = {
        name: importer
        for name, importer in session.catalog.importers.items()
        if wanted <= {option.name for option in importer.options}
    }
    if format_ is not None:
        if format_ not in able:
            raise NotFound("importer with a mapping", format_, able)
        return [able[format_]]
    fitting = [one for one in able.values() if file.lower().endswith(one.extensions)]
    if not fitting:
        raise NotFound(
            "importer with a mapping", Path(file).suffix or file, able, cure="name it: --from"
        )
    with Path(file).open("rb") as stream:
        head = first_bytes(stream)
    known = [one for one in fitting if one.sniff is not None and one.sniff(head) is True]
    return known[:1] or fitting
