"""``jmdi ask``: the unknown facts whose answers would narrow a metric most."""

from __future__ import annotations

import click

from jmdi.cli.layout import clean
from jmdi.cli.names import complete
from jmdi.cli.options import (
    from_option,
    importer_option,
    json_option,
    language_option,
    measuring_options,
    new_command,
)
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line


@new_command(
    "ask",
    "jmdi ask programme.jsonl scaling:anchorage",
    "jmdi ask programme.jsonl scaling:up --top 3 --param practice=practice/desk",
)
@click.argument("file", metavar="FILE")
@click.argument("metric", metavar="METRIC", shell_complete=complete("metrics"))
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="At most how many questions.",
)
@click.option("--all", "every", is_flag=True, help="All questions.")
@click.option("--entry", metavar="NAME", help="Which of the values of the metric is to narrow.")
@language_option("The language of the questions.")
@from_option
@importer_option
@measuring_options
@json_option
@pass_session
def command(
    session: Session,
    file: str,
    metric: str,
    top: int,
    every: bool,
    entry: str | None,
    language: str,
    format_: str | None,
    options: tuple[str, ...],
    projection: str,
    params: tuple[str, ...],
    as_of: str | None,
    as_json: bool,
) -> int:
    """Say what to find out next.

    These are the unknown facts of FILE whose answers would narrow the bounds of METRIC most,
    each with the bounds after each answer. First come the facts that narrow them whatever the
    answer; last those of which the answers cannot be listed.
    """
    from jmdi.cli.measuring import parameters_of, projection_of
    from jmdi.cli.progress import progress
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole
    from jmdi.running.asking import ask

    spec = session.catalog.metric(metric)
    given = parameters_of(session.catalog, [spec.name], params, as_of, projection)[spec.name]
    reading = importer_options(session, assigned(options, "--option"), format_)
    dataset = read_whole(session, file, format=format_, options=reading)
    session.found(dataset.problems)
    session.outcome = findings(dataset.problems, dataset.unread)
    chosen = projection_of(spec, projection) if spec.on == "network" else None
    with progress(session, f"measuring {spec.name} after each answer") as advance:
        questions = ask(
            dataset,
            spec,
            top=None if every else top,
            projection=chosen,
            parameters=given.together,
            entry=entry,
            language=language,
            progress=advance,
        )
    found = dataset.metric(spec.name, projection=chosen, **given.together)
    if as_json:
        asked = [question.to_dict() for question in questions]
        write_json({"file": file, "result": found.to_dict(), "questions": asked})
        return session.outcome
    if dataset.title:
        write_line(clean(f"{file}: {dataset.title}"))
    write_line(clean(repr(found)))
    for number, question in enumerate(questions, start=1):
        before = questions[number - 2] if number > 1 else None
        if question.also and (before is None or not before.also):
            write_line("\nNo answer alone narrows the bounds; these do together:")
        if question.asked and (before is None or not before.asked):
            write_line("\nAsked already, and still not known:")
        write_line()
        write_line(clean(f"{number}. {question}"))
    if not questions and found.undefined:
        session.say("no question: what it needs is in no record yet")
    elif not questions:
        session.say("nothing that is unknown in these records would narrow its bounds")
    return session.outcome
