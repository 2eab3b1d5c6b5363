"""``jmdi metrics``: computes metrics, each with what it rests on."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import click

from jmdi.cli.names import complete
from jmdi.cli.options import (
    from_option,
    importer_option,
    json_option,
    measuring_options,
    new_command,
    setting,
)
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.cli.outcomes import Outcome
    from jmdi.errors import Problem
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog


@new_command(
    "metrics",
    "jmdi metrics plan.jsonl",
    "jmdi metrics net.graphml density components",
    "jmdi metrics net.graphml density --param directed=false --param reports=min",
    """jmdi metrics net.graphml network:null --param metric=network:ei-index \\
        --param 'parameters={"groups": "sector"}'""",
    "jmdi metrics plan.jsonl --as-of 2015-12-31 --fail-under workplan:completeness=0.8",
)
@click.argument("file", required=False, metavar="[FILE]")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=complete("metrics"))
@click.option("--list", "list_", is_flag=True, help="List all metrics and stop.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, a row for each metric.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Write tables of Markdown.")
@from_option
@importer_option
@measuring_options
@click.option(
    "--engine",
    metavar="NAME",
    shell_complete=complete("engines"),
    help="What computes on a folder of tables; duckdb if it is one and none is named.",
)
@click.option("--memory", metavar="SIZE", help="Most memory for the engine, such as 4GB.")
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
    engine: str | None,
    memory: str | None,
    fail_under: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
    as_markdown: bool,
) -> int:
    """Compute metrics, each with what it rests on.

    These are the metrics of FILE that are named, or all that apply to it, by what is known of
    them: a value, an interval, or what is missing. A metric for which something must be chosen
    says from what. Where one is named, all its values are shown, and what it rests on.
    """
    if as_json + as_csv + as_markdown > 1:
        raise click.UsageError("--json, --csv and --markdown exclude one another")
    if list_:
        _show_list(session, as_json=as_json)
        return 0
    if file is None:
        raise click.UsageError("name a FILE, or ask for --list")
    from jmdi.cli.engines import computed, countable, engine_for, opened
    from jmdi.cli.failures import FINDINGS, PLUGIN, USAGE
    from jmdi.cli.measuring import floors_of, measure, parameters_of
    from jmdi.cli.progress import progress
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole

    catalog = session.catalog
    floors = floors_of(fail_under, catalog)
    chosen = _chosen(catalog, names, floors)
    parameters = parameters_of(catalog, chosen, params, as_of, projection)
    chosen = chosen or dict.fromkeys(catalog.metrics)
    given = assigned(options, "--option") | ({"memory": memory} if memory else {})
    for name in sorted({name for one in chosen for name in parameters[one].both}):
        session.say(
            f"{name} is taken as a parameter of metrics that have it; that of the projection is "
            f"projection.{name}"
        )
    outcomes = []
    how = (projection, parameters, len(chosen) == 1)
    with contextlib.ExitStack() as stack:
        counting = engine_for(session, engine, file, format_)
        if counting is not None:
            data = stack.enter_context(opened(session, counting, file, given))
            chosen = chosen if names else countable(catalog)
            about = About(data.title, sum(data.kinds.values()))
            found = computed(session, data, chosen, *how)
        else:
            reading = importer_options(session, given, format_)
            dataset = read_whole(session, file, format=format_, options=reading)
            session.found(dataset.problems)
            session.outcome = findings(dataset.problems, dataset.unread)
            about = About(dataset.title, len(dataset), dataset)
            found = measure(dataset, catalog, chosen, *how)
        advance = stack.enter_context(progress(session, f"measuring {file}", len(chosen)))
        for outcome in found:
            outcomes.append(outcome)
            advance(len(outcomes), len(chosen), outcome.name)
    low = [text for outcome in outcomes for text in outcome.below(floors)]
    if any(outcome.error for outcome in outcomes):
        wrong = all(outcome.usage for outcome in outcomes if outcome.error)
        session.outcome = USAGE if wrong else PLUGIN
    elif low:
        session.outcome = FINDINGS
    if as_json:
        _write_json(file, about, outcomes, low)
    else:
        if not names and not floors:
            outcomes = _applying(session, outcomes)
        _write(file, about, outcomes, csv=as_csv, markdown=as_markdown, whole=len(names) == 1)
    for text in low:
        click.echo(f"{click.style('error', fg='red')}: {text} (--fail-under)", err=True)
    return session.outcome


def _chosen(catalog: Catalog, names: Sequence[str], floors: Mapping[str, Any]) -> dict[str, None]:
    """The metrics that were named, in order.

    Raises:
        NotFound: If there is no such metric.
    """
    return dict.fromkeys([*(catalog.metric(name).name for name in names), *floors])


def _applying(session: Session, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes of metrics that apply to the data; says how many others were left out."""
    from jmdi.cli.layout import count

    applying = [outcome for outcome in outcomes if outcome.group != "not applicable"]
    if others := [outcome.name for outcome in outcomes if outcome.group == "not applicable"]:
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


@attrs.frozen(slots=True)
class About:
    """What the metrics are of: a Dataset that was read, or what an engine has."""

    title: str
    records: int
    dataset: Dataset | None = None

    @property
    def problems(self) -> Sequence[Problem]:
        """What was wrong while reading."""
        return () if self.dataset is None else self.dataset.problems


def _write_json(file: str, about: About, outcomes: Sequence[Outcome], low: Sequence[str]) -> None:
    from jmdi.cli.problems import tally

    write_json(
        {
            "file": file,
            "digest": "" if about.dataset is None else about.dataset.digest(),
            "problems": tally(about.problems),
            "results": [outcome.to_dict() for outcome in outcomes],
            "below": list(low),
        }
    )


def _write(
    file: str,
    about: About,
    outcomes: Sequence[Outcome],
    *,
    csv: bool,
    markdown: bool,
    whole: bool,
) -> None:
    """Writes the outcomes as tables; of a single one that was named, all of it."""
    from jmdi.cli.layout import clean, count
    from jmdi.cli.metric_tables import as_csv, as_markdown, as_text, details
    from jmdi.cli.problems import summary

    result = outcomes[0].result if whole and outcomes else None
    if csv:
        table = None if result is None or not result.values else result.table()
        write_line((as_csv(outcomes) if table is None else table.to_csv()).rstrip("\n"))
        return
    found = summary(about.problems)
    more = f"; jmdi validate {file} shows them" if about.problems else ""
    title = f"{about.title}, " if about.title else ""
    above = f"{file}: {title}{count(about.records, 'record')}, {found} while reading{more}"
    if markdown:
        lines = as_markdown(outcomes, above)
    else:
        write_line(clean(above))
        lines = as_text(outcomes, file)
    for line in lines:
        write_line(line)
    if result is not None and not markdown:
        for line in details(result):
            write_line(line)
