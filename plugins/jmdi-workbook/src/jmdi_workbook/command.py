"""``jmdi workbook``: writes a workbook with what metrics need to know, to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from jmdi.cli.names import complete
from jmdi.cli.options import language_option, measuring_options, new_command
from jmdi.cli.session import Session, pass_session


@new_command(
    "workbook",
    "jmdi workbook -o evidence.xlsx --for scaling:anchorage,scaling:ownership",
    "jmdi workbook -o preuves.xlsx --for scaling:anchorage --from data.jsonl --language fr",
    "jmdi convert evidence.xlsx data.jsonl -o more.jsonl",
)
@click.option("-o", "--output", required=True, metavar="OUT", help="The workbook, such as a.xlsx.")
@click.option(
    "--for",
    "metrics",
    required=True,
    multiple=True,
    metavar="NAME,...",
    shell_complete=complete("metrics"),
    help="The metrics whose facts are wanted; may be given several times.",
)
@click.option("--from", "source", metavar="FILE", help="What is known already; it is filled in.")
@language_option("The language of titles and lists.")
@click.option(
    "--questions",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="How many questions are marked for each metric; 0 is faster.",
)
@measuring_options
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def command(
    session: Session,
    output: str,
    metrics: tuple[str, ...],
    source: str | None,
    language: str,
    questions: int,
    projection: str,
    params: tuple[str, ...],
    as_of: str | None,
    force: bool,
) -> int:
    """Write a workbook with what metrics need to know, to fill in.

    It has only the sheets and columns that the metrics named with --for read, with lists to
    choose from. What FILE knows is filled in, and the cells whose answers would narrow the bounds
    of the metrics most are marked. What was filled in is read like any other file.
    """
    from jmdi.cli.measuring import parameters_of
    from jmdi.cli.progress import progress
    from jmdi.cli.reading import findings, read_whole
    from jmdi.files.paths import unreadable
    from jmdi_workbook.writing import write_workbook

    if not force and Path(output).exists():
        raise unreadable(output, "is there already", "--force replaces it", code="J109")
    catalog = session.catalog
    named = [name.strip() for several in metrics for name in several.split(",") if name.strip()]
    if not named:
        raise click.UsageError("--for takes the name of a metric, or several with commas")
    chosen = dict.fromkeys(catalog.metric(name).name for name in named)
    given = parameters_of(catalog, chosen, params, as_of, projection)
    outcome = 0
    if source is None:
        dataset = session.model.dataset()
    else:
        dataset = read_whole(session, source)
        session.found(dataset.problems)
        outcome = findings(dataset.problems, dataset.unread)
    with progress(session, "looking for questions", None) as advance:
        write_workbook(
            dataset,
            output,
            {name: given[name].together for name in chosen},
            language=language,
            questions=questions,
            projection=projection,
            progress=advance,
        )
    session.say(f"wrote {output}: {', '.join(chosen)}", level=1)
    return outcome
