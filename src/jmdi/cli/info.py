"""``jmdi info``: what a file holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.layout import clean, columns, count
from jmdi.cli.options import from_option, importer_option, json_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

SHOWN = 8
NAMES = {"info": "note"}
DISTRIBUTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?= |$)")


@new_command("info", "jmdi info examples/workplan/workplan.docx", "jmdi info plan.jsonl --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@from_option
@importer_option
@json_option
@pass_session
def command(
    session: Session,
    files: tuple[str, ...],
    format_: str | None,
    options: tuple[str, ...],
    as_json: bool,
) -> int:
    """Show what is in files.

    That is: how many records of each kind, the period, countries and sources, problems by
    code, what to install for kinds of plugins that are absent, and a digest to cite. Of a folder
    of tables it is what their list says, without reading them: the records of each kind.
    """
    from jmdi.cli.engines import engine_for, opened
    from jmdi.cli.failures import error_of, report
    from jmdi.cli.reading import assigned, findings, importer_options, read

    reading = importer_options(session, assigned(options, "--option"), format_)
    described = []
    for name in files:
        if not options and (engine := engine_for(session, None, name, format_)) is not None:
            with opened(session, engine, name, {}) as data:
                about = {"file": name, **_kept(data)}
            described.append(about)
            if not as_json:
                for line in _counts(about):
                    write_line(line)
            continue
        dataset = read(session, [name], format=format_, options=reading)
        session.outcome = max(session.outcome, findings(dataset.problems, dataset.unread))
        if dataset.unread:
            report(error_of(*dataset.unread.values()), session)
            continue
        about = {"file": name, **describe(dataset)}
        described.append(about)
        if not as_json:
            for line in _lines(about):
                write_line(line)
    if as_json:
        write_json({"files": described})
    return session.outcome


def _kept(data: Any) -> dict[str, Any]:
    """What an engine says of its data without reading them."""
    kinds = dict(sorted(data.kinds.items(), key=lambda item: (-item[1], item[0])))
    return {"title": data.title, "records": sum(kinds.values()), "kinds": kinds}


def _counts(about: Mapping[str, Any]) -> Iterable[str]:
    title = f": {about['title']}" if about["title"] else ""
    yield clean(f"{about['file']}{title}")
    rows = [(kind, f"{number:,}", "") for kind, number in about["kinds"].items()]
    for line in columns((count(about["records"], "record"), "", ""), rows):
        yield f"  {line}"
    yield ""


def describe(dataset: Dataset) -> dict[str, Any]:
    """What a dataset holds, and what was wrong while reading it, as JSON values."""
    from jmdi.cli.problems import tally
    from jmdi.errors import group_problems

    groups = [
        {
            "code": code,
            "severity": group[0].severity.value,
            "count": len(group),
            "example": str(group[0]),
        }
        for code, group in group_problems(dataset.problems)
    ]
    return {
        "records": len(dataset),
        "kinds": _tally(record.kind for record in dataset),
        "period": _period(dataset),
        "countries": _tally(_countries(dataset)),
        "sources": _tally(
            source.title or source.url or "(untitled)"
            for record in dataset
            for source in record.sources
        ),
        "problems": tally(dataset.problems),
        "problems_by_code": groups,
        "absent": absent(dataset),
        "digest": dataset.digest(),
    }


def _tally(things: Iterable[str]) -> dict[str, int]:
    """How often each thing occurs, most often first, then by name."""
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing] = counts.get(thing, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _countries(dataset: Dataset) -> Iterable[str]:
    for record in dataset:
        country = getattr(record, "country", None)
        if isinstance(country, str):
            yield country


def _period(dataset: Dataset) -> dict[str, Any]:
    """First and last day that any period can mean, and how many cannot be dated."""
    from jmdi.model.declare import fields_of
    from jmdi.model.values import Period

    fields = {
        cls: [f.name for f in fields_of(cls) if f.type.cls is Period]
        for cls in dict.fromkeys(map(type, dataset))
    }
    periods = [
        period
        for record in dataset
        for name in fields[type(record)]
        if (period := getattr(record, name)) is not None
    ]
    starts = [start for period in periods if (start := period.start) is not None]
    ends = [end for period in periods if (end := period.end) is not None]
    return {
        "from": min(starts).isoformat() if starts else None,
        "to": max(ends).isoformat() if ends else None,
        "dated": len(periods),
        "undated": sum(period.edtf is None for period in periods),
    }


def absent(dataset: Dataset) -> list[dict[str, Any]]:
    """Kinds and facets of plugins that are not installed, and what to install for each."""
    found = []
    kinds = dataset.header.get("kinds", {})
    numbers = _tally(record.kind for record in dataset if record.standin)
    bases = {r.kind: type(r).__mro__[1].kind for r in dataset if r.standin}  # type: ignore[attr-defined]
    for kind in sorted(numbers):
        entry = kinds.get(kind, {})
        found.append(
            {
                "what": "kind",
                "name": kind,
                "records": numbers[kind],
                "handled_as": bases[kind],
                "install": _install(kind, entry),
            }
        )
    facets = dataset.header.get("facets", {})
    for name in sorted(set(facets) - set(dataset.model.catalog.facets)):
        number = sum(name in record.extra for record in dataset)
        found.append(
            {
                "what": "facet",
                "name": name,
                "records": number,
                "handled_as": None,
                "install": _install(name, facets[name]),
            }
        )
    return found


def _install(name: str, entry: Any) -> str:
    """The command that brings a kind or facet its own type."""
    origin = entry.get("from") if isinstance(entry, Mapping) else None
    plugin = name.partition(":")[0]
    named = DISTRIBUTION.match(origin) if isinstance(origin, str) else None
    return f"pip install {named[0] if named else f'jmdi-{plugin}'}"


def _lines(about: Mapping[str, Any]) -> Iterable[str]:
    yield clean(about["file"])
    rows = [(kind, f"{number:,}", "") for kind, number in about["kinds"].items()]
    period = about["period"]
    if period["dated"]:
        undated = (
            f"{period['undated']:,} of {count(period['dated'], 'period')} without a date"
            if period["undated"]
            else ""
        )
        rows.append(("period", f"{period['from'] or '?'} to {period['to'] or '?'}", undated))
    for what in ("countries", "sources"):
        found = about[what]
        if found:
            more = f", … {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            named = ", ".join(f"{name} {n:,}" for name, n in list(found.items())[:SHOWN])
            rows.append((what, f"{len(found):,}", f"{named}{more} (records of each)"))
    for group in about["problems_by_code"]:
        severity = str(group["severity"])
        number = count(group["count"], NAMES.get(severity, severity))
        example = group["example"].replace(f"{group['code']} ", "", 1)
        rows.append((group["code"], number, example))
    for part in about["absent"]:
        text = f"{part['what']} of a plugin that is not installed: {part['install']}"
        rows.append((part["name"], count(part["records"], "record"), text))
    for line in columns((count(about["records"], "record"), "", ""), rows):
        yield f"  {line}"
    yield f"  digest {about['digest']}"
    yield ""
