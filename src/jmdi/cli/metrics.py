"""``jmdi metrics``: computes metrics, each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.names import complete
from jmdi.cli.options import from_option, importer_option, json_option, new_command, setting
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.cli.measuring import Given, Outcome
    from jmdi.plugins.catalog import Catalog


@new_command(
    "metrics",
    "jmdi metrics plan.jsonl",
    "jmdi metrics net.graphml density components",
    "jmdi metrics net.graphml density --param directed=false --param reports=min",
    "jmdi metrics plan.jsonl --as-of 2015-12-31 --fail-under workplan:completeness=0.8",
)
@click.argument("file", required=False, metavar="[FILE]")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=complete("metrics"))
@click.option("--list", "list_", is_flag=True, help="List all metrics and stop.")
@from_option
@importer_option
@setting(
    "--projection",
    default="actors",
    show_default=True,
    metavar="NAME",
    shell_complete=complete("projections"),
    help="The network on which metrics of networks are computed.",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the metrics that have it, else of the projection; projection.NAME is the "
    "projection's in any case. May be given several times.",
)
@setting("--as-of", metavar="DATE", help="The day that metrics of time, and networks, hold for.")
@setting(
    "--fail-under",
    multiple=True,
    metavar="NAME=VALUE",
    help="Exit with 1 if a metric is lower, or undefined; may be given several times.",
)
@json_option
@pass_session
def command(
    session: Session,
    file: str | None,
    names: tuple[str, ...],
    list_: bool,
    format_: str | None,
    options: tuple[str, ...],
    projection: str,
    params: tuple[str, ...],
    as_of: str | None,
    fail_under: tuple[str, ...],
    as_json: bool,
) -> int:
    """Compute metrics, each with what it rests on.

    These are the metrics of FILE that are named, or all that apply to it. Each result says
    how much of the data was used, between which bounds it lies where something is unknown,
    and why it is undefined if it is.
    """
    if list_:
        _show_list(session, as_json=as_json)
        return 0
    if file is None:
        raise click.UsageError("name a FILE, or ask for --list")
    from jmdi.cli.failures import FINDINGS, PLUGIN
    from jmdi.cli.measuring import floors_of, measure, parameters_of
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole

    catalog = session.catalog
    floors = floors_of(fail_under, catalog)
    chosen = _chosen(catalog, names, floors)
    parameters = parameters_of(catalog, chosen, params, as_of, projection)
    if not chosen:
        chosen = _default_set(catalog, parameters)
    reading = importer_options(session, assigned(options, "--option"), format_)
    dataset = read_whole(session, file, format=format_, options=reading)
    session.found(dataset.problems)
    session.outcome = findings(dataset.problems, dataset.unread)
    for name in sorted({name for one in chosen for name in parameters[one].both}):
        session.say(
            f"{name} is taken as a parameter of metrics that have it; that of the projection is "
            f"projection.{name}"
        )
    outcomes = measure(dataset, catalog, chosen, projection, parameters)
    low = [text for outcome in outcomes for text in outcome.below(floors)]
    if any(outcome.error for outcome in outcomes):
        session.outcome = PLUGIN
    elif low:
        session.outcome = FINDINGS
    if not names and not floors:
        outcomes = _applying(session, outcomes)
    if as_json:
        _write_json(file, dataset.digest(), outcomes, low)
    else:
        _write_text(outcomes, detailed=len(names) == 1)
    for text in low:
        click.echo(f"{click.style('error', fg='red')}: {text} (--fail-under)", err=True)
    return session.outcome


def _chosen(catalog: Catalog, names: Sequence[str], floors: Mapping[str, Any]) -> dict[str, None]:
    """The metrics that were named, in order.

    Raises:
        NotFound: If there is no such metric.
    """
    return dict.fromkeys([*(catalog.metric(name).name for name in names), *floors])


def _default_set(catalog: Catalog, parameters: Mapping[str, Given]) -> dict[str, None]:
    """All metrics that can be computed without a parameter that is not given."""
    return {
        name: None
        for name, metric in catalog.metrics.items()
        if all(not p.required or p.name in parameters[name].metric for p in metric.parameters)
    }


def _applying(session: Session, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes of metrics that apply to the data; says how many others were left out."""
    from jmdi.cli.layout import count

    applying = [outcome for outcome in outcomes if outcome.applies]
    if others := [outcome.name for outcome in outcomes if not outcome.applies]:
        session.say(
            f"{count(len(others), 'metric')} left out that cannot be computed on this data; "
            f"name one to see why: {others[0]}"
        )
    return applying


def _show_list(session: Session, *, as_json: bool) -> None:
    from jmdi.cli.layout import columns

    metrics = session.catalog.metrics
    if as_json:
        listed = [
            {
                "name": m.name,
                "title": m.title,
                "on": m.on,
                "unit": m.unit,
                "value_is": m.words(m.value_is),
                "doc": m.doc,
                "range": m.range,
                "polarity": m.polarity,
                "citation": m.citation,
                "convention": m.words(m.convention),
                "parameters": [
                    {
                        "name": p.name,
                        "doc": p.doc,
                        "takes": p.wanted.words,
                        "default": p.default,
                        "choices": p.choices,
                        "required": p.required,
                    }
                    for p in m.parameters
                ],
            }
            for m in metrics.values()
        ]
        write_json({"metrics": listed})
        return
    rows = []
    for metric in metrics.values():
        names = ", ".join(p.name + ("!" if p.required else "") for p in metric.parameters)
        doc = metric.doc if session.verbose else metric.title
        rows.append((metric.name, metric.on, " ".join(doc.split()), names or "-"))
    for line in columns(("NAME", "ON", "TITLE", "PARAMETERS"), rows):
        write_line(line)
    session.say("'!' marks a parameter that must be given: --param name=value")


def _write_json(file: str, digest: str, outcomes: Sequence[Outcome], low: Sequence[str]) -> None:
    results = [outcome.to_dict() for outcome in outcomes]
    write_json({"file": file, "digest": digest, "results": results, "below": list(low)})


def _write_text(outcomes: Sequence[Outcome], *, detailed: bool) -> None:
    from jmdi.cli.layout import columns

    header = ("METRIC", "VALUE", "WHAT", "COVERAGE", "BOUNDS", "N", "NOTE")
    for line in columns(header, (outcome.row() for outcome in outcomes)):
        write_line(line)
    result = outcomes[0].result if detailed and outcomes else None
    if result is not None and result.values:
        table = result.table()
        write_line()
        cells = ([_cell(part) for part in row] for row in table.rows)
        for line in columns(table.columns, cells):
            write_line(line)


def _cell(value: object) -> str:
    return "" if value is None else str(value)
