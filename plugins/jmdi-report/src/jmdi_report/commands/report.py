"""``jmdi report``: one HTML page of the records and their metrics."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jmdi.cli.options import from_option, importer_option, new_command
from jmdi.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jmdi import Dataset

DEMO = "sample"
"""The data set that ``--demo`` shows."""


@new_command(
    "report",
    "jmdi report workplan.docx -o workplan.html",
    "jmdi report partners.jsonl -o partners.html --lang en,fr,ar --open",
    "jmdi report --demo --open",
)
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("-o", "--output", metavar="OUT", help="The page to write. [default: report.html]")
@click.option(
    "--lang",
    default="en",
    show_default=True,
    metavar="LANG,...",
    help="Languages of the page; it opens in the first, and the reader can switch.",
)
@click.option(
    "--theme",
    type=click.Choice(("auto", "light", "dark")),
    default="auto",
    show_default=True,
    help="Light, dark, or as the reader's system.",
)
@click.option("--sections", metavar="NAME,...", help="Only these sections, such as plan,tables.")
@click.option("--title", metavar="TEXT", help="Title of the page; by default that of the data.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="NAME,...",
    help="The metrics to show; by default those that the data can answer.",
)
@click.option(
    "--digits",
    type=click.Choice(("latn", "arab")),
    default="latn",
    show_default=True,
    help="Digits of numbers in Arabic.",
)
@click.option("--include-contacts", is_flag=True, help="Show contacts and names of persons.")
@click.option(
    "--max-nodes",
    type=click.IntRange(1),
    default=20000,
    show_default=True,
    metavar="N",
    help="With more actors, the map shows bubbles of country and type.",
)
@click.option("--no-compress", is_flag=True, help="Write the script and large data as plain text.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the force layout."
)
@click.option("--stamp", is_flag=True, help="Say on the page when it was made.")
@click.option("--demo", is_flag=True, help="Show the invented programme that comes with jmdi.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@from_option
@importer_option
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def command(
    session: Session,
    files: tuple[str, ...],
    output: str | None,
    lang: str,
    theme: str,
    sections: str | None,
    title: str | None,
    metrics: tuple[str, ...],
    digits: str,
    include_contacts: bool,
    max_nodes: int,
    no_compress: bool,
    seed: int,
    stamp: bool,
    demo: bool,
    open_: bool,
    format_: str | None,
    options: tuple[str, ...],
    force: bool,
) -> int:
    """Write one HTML page that shows the records and their metrics.

    The page opens offline in any browser, needs nothing else and sends nothing. Several inputs
    become one dataset. Names of persons and how to reach them are left out.
    """
    from jmdi.cli.progress import progress
    from jmdi.cli.reading import findings
    from jmdi.files.paths import unreadable
    from jmdi_report.report import report
    from jmdi_report.settings import SECTIONS

    if bool(files) == demo:
        raise click.UsageError("give FILE..., or --demo for the invented programme")
    target = Path(output or "report.html")
    if target.exists() and not force and not (demo and output is None):
        raise unreadable(str(target), "is there already", "--force replaces it", code="J109")
    dataset = _dataset(session, files, format_, options, demo=demo)
    named = [name.strip() for several in metrics for name in several.split(",") if name.strip()]
    with progress(session, "measuring and writing the page") as advance:
        page = report(
            dataset,
            lang=lang,
            title=title,
            theme=theme,  # type: ignore[arg-type]
            sections=sections or SECTIONS,
            metrics=named or None,
            digits=digits,  # type: ignore[arg-type]
            include_contacts=include_contacts,
            max_nodes=max_nodes,
            compress=not no_compress,
            seed=seed,
            stamp=stamp,
            command=_said(files, demo=demo),
            progress=advance,
        )
        page.write(target)
    session.say(f"wrote {target}", level=0 if demo else 1)
    if open_:
        click.launch(str(target.resolve()))
    return findings(dataset.problems, dataset.unread)


def _dataset(
    session: Session,
    files: tuple[str, ...],
    format: str | None,
    options: tuple[str, ...],
    *,
    demo: bool,
) -> Dataset:
    from jmdi.cli.reading import assigned, importer_options, read_whole
    from jmdi.datasets import load

    if demo:
        return load(DEMO, model=session.model)
    reading = importer_options(session, assigned(options, "--option"), format)
    dataset = read_whole(session, *files, format=format, options=reading)
    session.found(dataset.problems)
    return dataset


def _said(files: tuple[str, ...], *, demo: bool) -> str:
    """The command as the page cites it: names of files without their folders."""
    names = ["--demo"] if demo else [Path(name).name for name in files]
    return shlex.join(["jmdi", "report", *names])
