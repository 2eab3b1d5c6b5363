"""The card of each class: counts, codes, dates and values, but nobody's name."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.display.card import Section, card
from jmdi.display.privacy import HIDDEN, is_contact, is_personal
from jmdi.model.declare import fields_of
from jmdi.model.records import Record
from jmdi.model.values import Code, Money, Period

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network
    from jmdi.graph.report import CheckReport
    from jmdi.graph.table import Table
    from jmdi.graph.views import Records
    from jmdi.metrics.result import Result

__all__ = [
    "check_card",
    "dataset_card",
    "network_card",
    "records_card",
    "result_card",
    "table_card",
]

COMMON = 12
"""How many of the values of a field are counted one by one."""


def dataset_card(dataset: Dataset) -> str:
    """Records by kind, codes of actors, dates and money that are not known, and problems."""
    kinds = Counter(record.kind for record in dataset.records)
    standins = {record.kind for record in dataset.records if record.standin}
    counted = [
        (kind, number, "its plugin is not installed" if kind in standins else None)
        for kind, number in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    ]
    severities = Counter(problem.severity.value for problem in dataset.problems)
    problems = [(severity, number) for severity, number in sorted(severities.items())]
    title = f"Dataset {dataset.title} of {len(dataset):,} records".replace("  ", " ")
    lines = [f"{len(dataset.unread):,} inputs could not be read"] if dataset.unread else []
    return card(
        title,
        lines,
        [
            Section("Records", counted),
            *_codes(dataset.records),
            Section("Dates and money", _uncertain(dataset.records)),
            Section("Problems while reading", problems),
        ],
    )


def records_card(records: Records[Any]) -> str:
    """How many records say each field, and the codes that are most frequent in it."""
    rows = []
    for name in _names(records):
        values = [value for r in records if (value := getattr(r, name, None)) not in _EMPTY]
        rows.append((name, len(values), _summed(name, values)))
    return card(
        f"{len(records):,} records of {records.cls.__name__}",
        [],
        [Section("Fields", rows, ("field", "known", "values"))],
    )


def network_card(network: Network) -> str:
    """Size, degrees, pairs that nobody observed, and attributes."""
    degrees = sorted(network.degree().values())
    facts: list[tuple[object, ...]] = [
        ("nodes", network.n_nodes),
        ("edges", network.n_edges),
        ("pairs not observed", len(network.unobserved)),
        ("pairs in dispute", len(network.disputed)),
    ]
    if degrees:
        middle = degrees[len(degrees) // 2]
        facts.append(("degree", f"{degrees[0]:,} to {degrees[-1]:,}, median {middle:,}"))
    if network.weight is not None:
        known = [w for w in network.weight.tolist() if not math.isnan(w)]
        facts.append(("weights known", len(known)))
    columns = [
        (name, sum(value is not None for value in column))
        for name, column in network.node_attributes.items()
    ]
    direction = "directed" if network.directed else "undirected"
    modes = ", two-mode" if network.mode is not None else ""
    return card(
        f"Network {network.name}: {direction}{modes}",
        [],
        [
            Section("Size", facts),
            Section("Attributes of nodes", columns, ("attribute", "known")),
            Section("Notes", [(k, v) for k, v in network.notes.items() if _plain(v)]),
        ],
    )


def result_card(result: Result) -> str:
    """The value in its range, values by element, and what to cite."""
    head, _, outcome = repr(result).partition(" ")
    method = [
        ("metric", result.metric),
        ("convention", result.convention),
        ("parameters", ", ".join(f"{k}={_short(v)}" for k, v in result.parameters.items())),
        ("seed", result.seed),
        ("as of", result.as_of),
        ("source", result.citation),
        ("computed by", result.version),
        ("digest", result.digest[:12]),
    ]
    sections = [Section("Method", [row for row in method if row[1] not in (None, "")])]
    if result.values is not None:
        table = attrs.evolve(result, labels=result.shown_labels).table()
        keep = 1 if "label" in table.columns else 0  # ids are long, labels say more
        rows = [
            [HIDDEN if is_personal(str(row[0])) else row[keep] or row[0], *row[keep + 1 :]]
            for row in table.rows[:COMMON]
        ]
        cells = [[row[0], *map(_short, row[1:])] for row in rows]
        heads = [table.columns[0], *table.columns[keep + 1 :]]
        sections.insert(0, Section("Values", cells, heads, more=len(table) - len(rows)))
    whisker = _whisker(result)
    if whisker is not None:
        ends = [_short(end) for end in (result.range[0], result.range[1])]
        sections.insert(0, Section(f"From {ends[0]} to {ends[1]}", whisker=whisker))
    outcome = outcome.strip().removeprefix("= ")
    return card(result.title or head, [outcome], sections)


def table_card(table: Table) -> str:
    """The first rows and the notes; columns of people and contacts are hidden."""
    rows = [
        [_shown(name, cell) for name, cell in zip(table.columns, row, strict=True)]
        for row in table.rows[:COMMON]
    ]
    size = f"{len(table):,} rows, {len(table.columns):,} columns"
    heads = Section(size, rows, table.columns, more=len(table) - len(rows))
    empty = [] if rows else [f"no rows; columns: {', '.join(table.columns)}"]
    return card("Table", [*empty, *table.notes[:COMMON]], [heads])


def _shown(column: str, cell: object) -> object:
    """A cell, unless it names somebody or says how to reach them."""
    counts = isinstance(cell, (int, float)) and not is_contact(column)
    if cell is not None and is_personal(column) and not counts:
        return HIDDEN
    return cell if _plain(cell) else _short(cell)


def check_card(report: CheckReport) -> str:
    """How many problems of each code there are, and where the first one is."""
    groups: dict[tuple[int, str, str], list[Any]] = {}
    for problem in report.problems:
        key = (problem.severity.rank, problem.severity.value, problem.code)
        groups.setdefault(key, []).append(problem)
    rows = [
        (severity, code, len(found), _place(found[0].where))
        for (_, severity, code), found in sorted(groups.items())
    ]
    counts = ", ".join(f"{n:,} {severity}" for severity, n in report.counts().items())
    lines = [f"jmdi explain {rows[0][1]} says what that is and how to cure it"] if rows else []
    heads = ("severity", "code", "problems", "first at")
    return card(
        f"Checks: {counts or 'no problems found'}", lines, [Section("By code", rows, heads)]
    )


_EMPTY: tuple[Any, ...] = (None, "", ())


def _names(records: Iterable[Record]) -> list[str]:
    """The fields of all records of some, in order, without what every record has."""
    classes = dict.fromkeys(type(record) for record in records)
    return list(dict.fromkeys(f.name for cls in classes for f in fields_of(cls) if f.name != "id"))


def _summed(name: str, values: Sequence[Any]) -> str:
    """What is in a field: codes with their counts, the span of numbers or of dates, or nothing."""
    if is_personal(name) or not values:
        return ""
    if name == "country" or all(isinstance(value, Code) for value in values):
        counts = Counter(v.code if isinstance(v, Code) else str(v) for v in values)
        common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]
        more = f", … {len(counts) - 4} more" if len(counts) > 4 else ""
        return ", ".join(f"{code} {number:,}" for code, number in common) + more
    if all(isinstance(value, Period) for value in values):
        return _span(values)
    if all(_plain(value) and not isinstance(value, (bool, str)) for value in values):
        return f"{_short(min(values))} to {_short(max(values))}"
    return ""


def _codes(records: Iterable[Record]) -> list[Section]:
    """Types and countries of actors."""
    actors = [record for record in records if record.kind == "actor"]
    sections = []
    for name, title in (("type", "Actors by type"), ("country", "Actors by country")):
        values = [getattr(actor, name, None) for actor in actors]
        counts = Counter(getattr(v, "code", v) for v in values if v is not None)
        common = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
        rows: list[tuple[object, ...]] = list(common)
        more = max(0, len(rows) - COMMON)
        rows = rows[:COMMON]
        if missing := len(values) - sum(counts.values()):
            rows = [*rows[: COMMON - 1], ("not known", missing)]
        sections.append(Section(title, rows, more=more))
    return sections


def _uncertain(records: Iterable[Record]) -> list[tuple[object, ...]]:
    """The span of all periods, and how many of them and of the sums of money are not certain."""
    periods, money = [], []
    for record in records:
        cls: Any = type(record)
        for field in _timed(cls):
            value = getattr(record, field)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Period):
                    periods.append(one)
                elif isinstance(one, Money):
                    money.append(one)
    rows: list[tuple[object, ...]] = []
    if periods:
        parsed = [period.parsed() for period in periods]
        vague = sum(one is None or not one.certain for one in parsed)
        rows += [("period", _span(periods)), ("dates", len(periods)), ("of them uncertain", vague)]
    if money:
        unknown = sum(not one.known for one in money)
        rows += [("sums of money", len(money)), ("of them not known", unknown)]
    return rows


@functools.cache
def _timed(cls: Any) -> tuple[str, ...]:
    """The fields of a class that hold periods or money."""
    return tuple(f.name for f in fields_of(cls) if (f.type.item or f.type).cls in (Period, Money))


def _span(periods: Iterable[Period]) -> str:
    starts = [start for period in periods if (start := period.start)]
    ends = [end for period in periods if (end := period.end)]
    if not starts or not ends:
        return ""
    first, last = min(starts), max(ends)
    return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"


def _place(where: Any) -> str:
    """The place of a problem without the id of its record, which may be a name."""
    parts = [where.file or ""]
    parts += [
        f"{word} {number}"
        for word, number in (("sheet", where.sheet), ("table", where.table))
        if number is not None
    ]
    row = where.row if where.row is not None else where.line
    parts += [f"row {row}"] if row is not None else []
    return ", ".join(part for part in parts if part) or (where.kind or "")


def _whisker(result: Result) -> tuple[float | None, float | None, float | None] | None:
    """Bounds and value as shares of the range; ``None`` where the range is open."""
    low, high = result.range
    if low is None or high is None or low >= high or not result.defined:
        return None
    ends = [
        None if x is None else min(1.0, max(0.0, (float(x) - low) / (high - low)))
        for x in (result.lower, result.upper, result.value)
    ]
    return None if all(end is None for end in ends) else (ends[0], ends[1], ends[2])


def _plain(value: object) -> bool:
    return isinstance(value, (str, int, float, bool)) or value is None


def _short(value: object) -> str:
    """A value in a few characters."""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.1f}"
    if isinstance(value, Code):
        return value.code
    if isinstance(value, Mapping):
        named = (f"{k} {HIDDEN if is_personal(str(k)) else _short(v)}" for k, v in value.items())
        return ", ".join(named)
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_short, value))
    return "" if value is None else f"{value:,}" if type(value) is int else str(value)
