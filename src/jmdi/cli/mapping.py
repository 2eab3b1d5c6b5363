"""``jmdi mapping``: proposes what the columns of a table mean, for people to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jmdi.cli.names import complete
from jmdi.cli.options import from_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_line

if TYPE_CHECKING:
    from jmdi.plugins.specs import Importer


@new_command(
    "mapping",
    "jmdi mapping log.csv -o log.toml",
    "jmdi convert log.csv --option mapping=log.toml -o log.jsonl",
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
    force: bool,
) -> None:
    """Propose what the columns of a table mean.

    The proposal is a mapping in TOML: read it, correct it, and give it to 'jmdi convert' and
    the other commands as the option mapping. It is never applied unasked.
    """
    import attrs

    from jmdi.files.mapping import FirstRows, guess, write_mapping
    from jmdi.files.paths import atomic_write
    from jmdi.plugins.context import ImportContext

    if output is not None and not force and Path(output).exists():
        raise click.UsageError(f"{output} is there already; --force replaces it")
    first = FirstRows(sheet, header_row)
    importer = _importer(session, file, format_)
    context = ImportContext(
        name=file, options={"mapping": first}, path=file, catalog=session.catalog
    )
    with Path(file).open("rb") as stream:
        for _ in importer.read(stream, context):
            pass
    assert first.header is not None
    found = guess(first.header, first.rows, session.catalog, kind)
    place = attrs.evolve(
        found.mapping.table, sheet=first.found or None, header_row=first.header_row
    )
    text = write_mapping(attrs.evolve(found.mapping, table=place), found.notes)
    if output is None:
        write_line(text.rstrip("\n"))
        return
    with atomic_write(output) as target:
        target.write(text.encode())


def _importer(session: Session, file: str, format_: str | None) -> Importer:
    """The importer that reads a file by a mapping.

    Raises:
        NotFound: If there is none of this name, or none for the ending.
    """
    from jmdi.errors import NotFound

    able = {
        name: importer
        for name, importer in session.catalog.importers.items()
        if any(option.name == "mapping" for option in importer.options)
    }
    if format_ is not None:
        if format_ not in able:
            raise NotFound("importer with a mapping", format_, able)
        return able[format_]
    for importer in able.values():
        if file.lower().endswith(importer.extensions):
            return importer
    raise NotFound(
        "importer with a mapping", Path(file).suffix or file, able, cure="name it: --from"
    )
