"""``jmdi report``: one HTML page of the records and their metrics."""

from __future__ import annotations

from pathlib import Path

import click

from jmdi.cli.options import from_option, importer_option, new_command
from jmdi.cli.session import Session, pass_session


@new_command(
    "report",
    "jmdi report workplan.docx -o workplan.html",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", required=True, metavar="OUT", help="The page to write.")
@click.option("--title", metavar="TEXT", help="Title of the page.")
@from_option
@importer_option
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def command(
    session: Session,
    files: tuple[str, ...],
    output: str,
    title: str | None,
    format_: str | None,
    options: tuple[str, ...],
    force: bool,
) -> int:
    """Write one HTML page that shows the records and their metrics.

    The page opens offline in any browser and sends nothing.
    """
    from jmdi.cli.reading import assigned, findings, importer_options, read
    from jmdi.files.paths import unreadable
    from jmdi_report.report import report

    if not force and Path(output).exists():
        raise unreadable(output, "is there already", "--force replaces it", code="J109")
    reading = importer_options(session, assigned(options, "--option"), format_)
    dataset = read(session, files, format=format_, on_error="keep", options=reading)
    session.found(dataset.problems)
    report(dataset, title=title).write(output)
    session.say(f"wrote {output}", level=1)
    return findings(dataset.problems, dataset.unread)
