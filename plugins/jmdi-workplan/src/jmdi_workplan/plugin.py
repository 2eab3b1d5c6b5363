"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from jmdi import (
    Command,
    Exporter,
    Importer,
    Metric,
    Panel,
    Parameter,
    ProblemCode,
    Within,
    hookimpl,
    metrics_of,
)
from jmdi.metrics.types import Language

JMDI_API = 1

_FORMATS = {
    "docx": ((".docx",), "Word documents"),
    "odt": ((".odt",), "OpenDocument texts"),
    "xlsx": ((".xlsx", ".xlsm"), "Excel workbooks"),
    "xls": ((".xls",), "Excel workbooks of before 2007"),
    "ods": ((".ods",), "OpenDocument spreadsheets"),
    "csv": ((".csv", ".tsv"), "CSV and TSV files"),
    "markdown": ((".md",), "Markdown with pipe tables"),
    "html": ((".html", ".htm"), "HTML pages"),
}

_OPTIONS = (
    Parameter(
        "country",
        "name or ISO 3166-1 code of the plan's country, if its title does not say",
        type=str | None,
    ),
    Parameter("language", "language of the plan's words, such as fr", type=Language | None),
    Parameter(
        "default_year",
        "year of dates that name none",
        type=Annotated[int | None, Within(1900, 2060)],
    ),
    Parameter("day_first", "whether 03/04/2015 is in April", type=bool | None),
    Parameter(
        "fiscal_year_start",
        "month in which the fiscal year begins, 1 to 12",
        type=Annotated[int | None, Within(1, 12)],
    ),
    Parameter(
        "header_row",
        "row of the header, if it is not found: 5, or with its table or sheet, table 2, row 5",
        type=str | int | None,
    ),
    Parameter(
        "hidden",
        "whether to read hidden sheets, rows, columns and words, and words that are struck out",
        default=False,
    ),
    Parameter(
        "columns",
        "what columns mean, by header: the TOML file of a mapping, or the same as a dict",
        type=str | Path | Mapping[str, Any] | None,
    ),
    Parameter("contacts", "whether to keep lines with contact data", default=False),
    Parameter(
        "document",
        "format of the document, if its content does not show it",
        choices=("docx", "odt", "xlsx", "xls", "ods", "csv", "tsv", "md", "html", None),
    ),
)


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Work plans in the formats that ministries type them in."""
    return [
        Importer(
            name=f"workplan:{name}",
            extensions=extensions,
            read="jmdi_workplan.importer:read",
            sniff=f"jmdi_workplan.sniff:{name}",
            doc=f"policy work plans in {words}",
            options=_OPTIONS,
        )
        for name, (extensions, words) in _FORMATS.items()
    ]


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """Work plans in the same formats, and their timeline as a calendar."""
    return [
        Exporter(
            "workplan:docx",
            (".docx",),
            "jmdi_workplan.export.word:write",
            doc="work plans as a Word document, in the programme's layout",
        ),
        Exporter(
            "workplan:xlsx",
            (".xlsx",),
            "jmdi_workplan.export.excel:write",
            doc="work plans as an Excel workbook, one sheet per table",
        ),
        Exporter(
            "workplan:csv",
            (".csv",),
            "jmdi_workplan.export.plain:write_csv",
            doc="work plans as CSV",
        ),
        Exporter(
            "workplan:markdown",
            (".md",),
            "jmdi_workplan.export.plain:write_markdown",
            doc="work plans as Markdown tables",
        ),
        Exporter(
            "workplan:icalendar",
            (".ics",),
            "jmdi_workplan.export.calendar:write",
            doc="the dates of actions as a calendar (RFC 5545)",
            losses="jmdi_workplan.export.calendar:losses",
        ),
    ]


@hookimpl
def jmdi_commands() -> Iterable[Command]:
    """``jmdi explain-file`` and ``jmdi plans``."""
    return [
        Command(
            "explain-file",
            "jmdi_workplan.explain:command",
            doc="Show what of a work plan was recognised, line by line, and what was not.",
        ),
        Command(
            "plans",
            "jmdi_workplan.overview.command:plans",
            doc="Many plans in one overview, two rounds side by side, planned and done.",
        ),
    ]


@hookimpl
def jmdi_panels() -> Iterable[Panel]:
    """What a report shows of work plans."""
    from jmdi_workplan.panels import PANELS

    return PANELS


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_workplan.codes import PROBLEM_CODES

    return PROBLEM_CODES


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """Completeness, audience, codification, budget, costs and adherence of work plans."""
    return metrics_of("jmdi_workplan.metrics")
