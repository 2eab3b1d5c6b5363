"""``jmdi plot``: a static picture of the records or of a metric."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.options import from_option, importer_option, new_command
from jmdi.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jmdi_report.plots.styles import StyleName

LAYOUTS = ("territory", "force", "matrix", "gantt", "pillars")


@new_command(
    "plot",
    "jmdi plot partners.xlsx -o map.svg",
    "jmdi plot workplan.docx -o plan.pdf --layout gantt --style print",
    "jmdi plot partners.xlsx -o degree.png --metric network:degree",
    "jmdi plot survey.graphml -o advice.svg --param tie_kinds=advice",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o", "--output", required=True, metavar="OUT", help="The picture to write: .svg, .png or .pdf."
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="territory",
    show_default=True,
    help="The network as a map, by forces or as a matrix; the work plan; the pillars.",
)
@click.option(
    "--projection",
    default="actors",
    show_default=True,
    metavar="NAME",
    help="How the records are seen as a network.",
)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the metric, or of the projection; may be given several times.",
)
@click.option("--metric", metavar="NAME", help="Draw this metric instead.")
@click.option(
    "--color",
    default="type",
    show_default=True,
    metavar="NAME",
    help="What the colours of a network say: an attribute, or a metric with a value for each.",
)
@click.option(
    "--style",
    type=click.Choice(("light", "dark", "print")),
    default="light",
    show_default=True,
    help="Colours and sizes of text.",
)
@click.option("--size", metavar="WxH", help="Width and height in centimetres, such as 18x12.")
@click.option(
    "--lang", default="en", show_default=True, metavar="CODE", help="Language of the texts."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Seed of the layout by forces.",
)
@from_option
@importer_option
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@pass_session
def command(
    session: Session,
    files: tuple[str, ...],
    output: str,
    layout: Any,
    projection: str,
    params: tuple[str, ...],
    metric: str | None,
    color: str,
    style: StyleName,
    size: str | None,
    lang: str,
    seed: int,
    format_: str | None,
    options: tuple[str, ...],
    force: bool,
) -> int:
    """Write a picture of the network, of the work plan, of the pillars or of a metric.

    The same records give the same bytes. It needs matplotlib: pip install 'jmdi-report[plot]'.
    """
    from jmdi.cli.measuring import parameters_of, projected_with, projection_of
    from jmdi.cli.reading import assigned, findings, importer_options, read_whole
    from jmdi.files.paths import unreadable
    from jmdi_report.plots.network import plot
    from jmdi_report.plots.panels import gantt, pillars
    from jmdi_report.plots.saving import FORMATS, save
    from jmdi_report.plots.styles import axes, style_of

    given = Path(output).suffix.lower().lstrip(".")
    if given not in FORMATS:
        raise click.UsageError(f"-o ends in .svg, .png or .pdf, not {Path(output).name!r}")
    if params and metric is None and layout in ("gantt", "pillars"):
        raise click.UsageError(f"--param is for a network or a metric, not for --layout {layout}")
    inches = _inches(size)
    if not force and Path(output).exists():
        raise unreadable(output, "is there already", "--force replaces it", code="J109")
    reading = importer_options(session, assigned(options, "--option"), format_)
    dataset = read_whole(session, *files, format=format_, options=reading)
    session.found(dataset.problems)
    ax = None if inches is None else axes(None, style_of(style), inches)
    if metric is not None:
        spec = session.catalog.metric(metric)
        with_ = parameters_of(session.catalog, [spec.name], params, None, projection)[spec.name]
        chosen = projection_of(spec, projection) if spec.on == "network" else None
        result = dataset.model.metric(dataset, spec.name, projection=chosen, **with_.together)
        own = spec.plot is not None  # which has one style
        drawn = result.plot(ax) if own else result.plot(ax, style=style)
    elif layout == "gantt":
        drawn = gantt(dataset, ax, style=style, language=lang)
    elif layout == "pillars":
        drawn = pillars(dataset, ax, style=style, language=lang)
    else:
        given_for = projected_with(session.catalog, projection, params)
        network = dataset.project(projection, **given_for)
        shown = network.metric(color) if color in dataset.model.catalog.metrics else color
        drawn = plot(network, ax, layout, color=shown, style=style, language=lang, seed=seed)
    save(drawn, output)
    session.say(f"wrote {output}", level=1)
    return findings(dataset.problems, dataset.unread)


def _inches(size: str | None) -> tuple[float, float] | None:
    """Width and height in inches.

    Raises:
        UsageError: If it is not two lengths from 2 to 200 centimetres.
    """
    if size is None:
        return None
    try:
        width, height = (float(part) / 2.54 for part in size.lower().split("x"))
    except ValueError:
        width = height = 0.0
    if not (0.78 < width < 79 and 0.78 < height < 79):
        raise click.UsageError(f"--size is width x height in cm, such as 18x12, not {size!r}")
    return width, height
