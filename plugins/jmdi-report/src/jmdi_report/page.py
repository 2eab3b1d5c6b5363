"""The page: its sections, its script and its policy, put together."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from jmdi import Initiative, Problem, Programme, Result, WorkPlan, evolve, panels
from jmdi.running import showing
from jmdi_report.facts import Facts
from jmdi_report.network_map import NetworkMap
from jmdi_report.payload import data_script, payload, words_script
from jmdi_report.privacy import masked, without_folders
from jmdi_report.scripts import joined_script, packed_script
from jmdi_report.sections import drawing
from jmdi_report.sections.asking import questions
from jmdi_report.sections.bodies import Bodies
from jmdi_report.sections.cards import card_of
from jmdi_report.sections.network import look_rules, mixing, shape, summary_map
from jmdi_report.tables import TableData, tables_of
from jmdi_report.words import languages

__all__ = ["page"]

TEMPLATES = Path(__file__).parent / "templates"
STYLES = (TEMPLATES / "style.css", Path(__file__).parent / "script" / "engine.css")
ROWS = 200
"""Rows of a table that are there without a script."""

TIES = 5
"""Rows of the table of ties: without a script the map and the matrix say more than a list."""

MIXING = "network:mixing"
"""The panel that says which types of actors are tied; the page has a table only without it."""

PROBLEMS = 100
"""Most problems that are listed."""


def page(facts: Facts, results: Sequence[Result], digest: str) -> str:
    """The HTML of the page.

    Args:
        facts: The records that may be shown, and how the page is made.
        results: The metrics that it shows.
        digest: The digest of all records.
    """
    settings = facts.settings
    map_ = NetworkMap(facts)
    tables = tables_of(facts, map_)
    environment = _environment()
    bodies = Bodies(facts, environment, map_.ids)
    there = _sections(facts, map_, tables, bodies, results)
    style = Markup(_style(map_, there))
    program = joined_script()
    script = Markup(joined_script("loader.js") if settings.compress else program)
    context = {
        "facts": facts,
        "settings": settings,
        "t": facts.t,
        "text": facts.text,
        "digest": digest,
        "title": _title(facts),
        "meta": _meta(facts, map_),
        "sections": there,
        "languages": {code: languages()[code] for code in settings.languages},
        "map": map_,
        "shape": shape,
        "cell": bodies.cell,
        "style": style,
        "script": script,
        "policy": _policy(str(style), str(script), program),
    }
    html = environment.get_template("page.html").render(context)
    if not settings.include_contacts:
        html = masked(html)
    data = data_script(
        payload(facts, map_, tables),
        compress=settings.compress,
        mask=not settings.include_contacts,
    )
    carried = [data, words_script(facts), *([packed_script(program)] if settings.compress else [])]
    whole = html.replace(_DATA, "\n".join(carried), 1)
    return whole.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text


_DATA = "<!--data-->"


@functools.cache
def _environment() -> jinja2.Environment:
    """The templates, compiled once."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["whisker"] = drawing.whisker
    return environment


def _policy(style: str, *scripts: str) -> str:
    """The Content-Security-Policy: nothing is loaded, nothing is sent, only our scripts run."""

    def digest(text: str) -> str:
        found = hashlib.sha256(text.encode("utf-8")).digest()
        return f"'sha256-{base64.b64encode(found).decode('ascii')}'"

    return (
        "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        f"style-src {digest(style)}; script-src {' '.join(map(digest, dict.fromkeys(scripts)))}"
    )


def _style(map_: NetworkMap, sections: dict[str, dict[str, Any]]) -> str:
    light, dark = look_rules(map_.looks)
    panels = "".join(panel["html"] for shown in sections.values() for panel in shown["panels"])
    marks = sorted(set(re.findall(r'class="at-(\d+)"', panels)), key=int)
    axes = "".join(f".at-{at}{{inset-inline-start:{at}%}}" for at in marks)
    return (
        f"{_rules()}{axes}\n{light}\n@media(prefers-color-scheme:dark)"
        f"{{:root:not([data-theme=light]) {{{dark}}}}}\n"
        f":root[data-theme=dark] {{{dark}}}\n"
    )


def _title(facts: Facts) -> str:
    """The title that was given, or that of the data, or the name of what it is about."""
    given = facts.settings.title or facts.dataset.title
    about = (facts.dataset.of(cls) for cls in (Programme, WorkPlan, Initiative))
    named = [facts.label(records[0]) for records in about if len(records) == 1]
    return given or next(iter(named), "") or " + ".join(_inputs(facts)) or "jmdi"


def _inputs(facts: Facts) -> list[str]:
    return [Path(name).name for name in facts.dataset.inputs]


@functools.cache
def _rules() -> str:
    """The style sheets without comments and indentation."""
    css = "".join(path.read_text("utf-8") for path in STYLES)
    return re.sub(r"\s*([{};:,])\s+", r"\1", re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL))


def _meta(facts: Facts, map_: NetworkMap) -> list[Markup]:
    """Period and countries, under the title."""
    named = [*facts.dataset.of(Programme), *facts.dataset.of(WorkPlan)]
    periods = [facts.local.period(record.period) for record in named[:1] if record.period]
    found = [Markup("{}").format(text) for text in periods if text]
    countries = sum(1 for code in map_.place_codes if code)
    if countries > 1:
        found.append(facts.t("page.countries", n=countries))
    elif countries == 1:
        found.append(Markup("<bdi>{}</bdi>").format(map_.place_label(map_.place_codes[0])))
    return found


def _sections(
    facts: Facts,
    map_: NetworkMap,
    tables: Sequence[TableData],
    bodies: Bodies,
    results: Sequence[Result],
) -> dict[str, dict[str, Any]]:
    """What each section that has anything shows, in order."""
    found: dict[str, dict[str, Any]] = {}
    for name in facts.settings.sections:
        shown: dict[str, Any] = {"panels": _panels(facts, bodies, name)}
        some = bool(shown["panels"])
        if name == "overview":
            shown["cards"] = [card_of(facts, result) for result in results]
            shown["counts"] = _counts(facts)
            shown["asked"] = list(questions(facts, results))
            some = True
        elif name == "network" and len(map_) > 1:
            told = any(panel["name"] == MIXING for panel in shown["panels"])
            plain = not told and len(map_.looks) > 1 and len(map_.pairs) > 0
            shown["summary"] = summary_map(facts, map_)
            shown["mixing"] = mixing(facts, map_) if plain else None
            shown["pairs"] = len(map_.pairs)
            some = True
        elif name == "tables":
            shown["tables"] = [_rows(facts, table) for table in tables]
            some = bool(tables)
        elif name == "method":
            shown |= _method(facts, results)
            some = True
        if some:
            found[name] = shown
    return found


ORDER = (
    panels.Cards,
    panels.Timeline,
    panels.Levels,
    panels.Curve,
    panels.Bars,
    panels.Matrix,
    panels.Trail,
    panels.Grid,
    panels.Paragraphs,
)
"""What of a section is looked at first: what says most at a glance."""


def _panels(facts: Facts, bodies: Bodies, section: str) -> list[dict[str, Any]]:
    """The panels of a section that have something to show; one that fails says so."""
    chosen = [
        panel for panel in facts.dataset.model.catalog.panels.values() if panel.section == section
    ]
    made = list(showing.shown(facts.dataset, chosen))
    made.sort(key=lambda one: len(ORDER) if one.body is None else ORDER.index(type(one.body)))
    return [_panel(facts, bodies, one) for one in made]


def _panel(facts: Facts, bodies: Bodies, made: showing.Shown) -> dict[str, Any]:
    """A panel as the template writes it."""
    panel, body = made.panel, made.body
    return {
        "id": f"panel-{panel.name.replace(':', '-')}",
        "name": panel.name,
        "title": facts.words(panel.title),
        "failed": made.why or "",
        "html": "" if body is None else bodies.html(body, facts.plain(panel.title)),
        "note": "" if body is None else facts.words(body.note),
        "left_out": 0 if body is None else body.left_out,
    }


def _counts(facts: Facts) -> list[tuple[Markup, str]]:
    """How many records there are of the kinds that a reader knows."""
    kinds = [key.removeprefix("kind.") for key in facts.texts if key.startswith("kind.")]
    numbers: dict[str, int] = {}
    for record in facts.dataset.records:
        numbers[record.kind] = numbers.get(record.kind, 0) + 1
    return [
        (facts.t(f"kind.{kind}"), facts.local.number(numbers[kind]))
        for kind in kinds
        if kind in numbers
    ]


def _rows(facts: Facts, table: TableData) -> dict[str, Any]:
    """The first rows of a table, as text."""
    most = TIES if table.name == "ties" else ROWS
    local = facts.local

    def text(kind: str, value: Any) -> str:
        if value is None:
            return ""
        if kind == "number":
            return local.number(value)
        return local.dates(value) if kind == "date" else str(value)

    rows = [
        [text(column.kind, column.values[i]) for column in table.columns]
        for i in table.order[:most]
    ]
    return {"name": table.name, "columns": table.columns, "rows": rows, "all": len(table)}


def _method(facts: Facts, results: Sequence[Result]) -> dict[str, Any]:
    dataset = facts.dataset
    versions = {
        f"jmdi {metadata.version('jmdi')}",
        f"jmdi-report {metadata.version('jmdi-report')}",
    }
    versions |= {result.version for result in results if result.version}
    problems = [
        {
            "severity": problem.severity.value,
            "code": problem.code,
            "message": without_folders(problem.message),
            "where": _where(problem),
            "cure": without_folders(problem.cure or ""),
        }
        for problem in (*dataset.problems, *dataset.unread.values())
    ]
    return {
        "versions": sorted(versions),
        "inputs": _inputs(facts),
        "problems": problems[:PROBLEMS],
        "more_problems": max(len(problems) - PROBLEMS, 0),
        "cited": [result.cite() for result in results if result.defined],
    }


def _where(problem: Problem) -> str:
    """The place of a problem; its file without the folder, which is no business of readers."""
    where = problem.where
    if where is None:
        return ""
    return str(evolve(where, file=re.split(r"[/\\]", where.file)[-1]) if where.file else where)
