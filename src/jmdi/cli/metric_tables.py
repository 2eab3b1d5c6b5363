"""The outcomes of metrics as text, CSV and Markdown."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.cli.layout import clean, room, wrapped
from jmdi.cli.outcomes import GROUPS, Group, Outcome, named, number, options_of

if TYPE_CHECKING:
    from jmdi.graph.table import Table
    from jmdi.metrics.result import Result

__all__ = ["as_csv", "as_markdown", "as_text", "details"]

WHAT = "WHAT IT IS AND RESTS ON"
COLUMNS = ("value", "lower", "upper", "unit", "value_is", "n_used", "n_eligible", "of", "coverage")
"""Members of a Result that are columns of CSV, beside those that say why there is no value."""


def as_text(outcomes: Sequence[Outcome], file: str) -> Iterator[str]:
    """A table for each group, as lines that fit the terminal.

    Args:
        outcomes: What became of the metrics.
        file: The file, for the command that shows all of one.
    """
    wide = room()
    for group, members in _grouped(outcomes):
        head, *rows = _rows(group, members)
        yield ""
        yield from wrapped((f"{group.upper()} ({len(members):,})", *head[1:]), rows, wide)
    if cut_off := _cut_off(outcomes):
        yield ""
        yield from textwrap.wrap(cut_off, wide, break_on_hyphens=False)
    if len(outcomes) > 1 and (cut := next((one.name for one in outcomes if one.cut), None)):
        yield ""
        yield "where there are many, only the first are shown; all of one:"
        yield f"  jmdi metrics {shlex.quote(file)} {cut}"
    if choice := next(filter(None, map(_choice, outcomes)), None):
        yield ""
        yield "a choice is made with --param, such as"
        yield f"  --param {choice}"


def _cut_off(outcomes: Sequence[Outcome]) -> str:
    """That networks rest on lists which say that they are cut off; empty if none does."""
    notes = (one.result.notes for one in outcomes if one.result is not None)
    counts = (note.get("lists_incomplete") for note in notes)
    most = max((count for count in counts if isinstance(count, int)), default=0)
    return (
        f"networks are what is on record: {most:,} lists of participants say that they are not "
        "complete, so that pairs without an edge may take part in something together"
        if most
        else ""
    )


def _choice(outcome: Outcome) -> str:
    """One of the choices that a metric asks for, as the command line takes it."""
    found = {} if outcome.result is None else options_of(outcome.result)
    given = ((name, options[0]) for name, options in found.items() if options)
    return next((shlex.quote(f"{name}={option}") for name, option in given), "")


def as_markdown(outcomes: Sequence[Outcome], above: str) -> Iterator[str]:
    """A heading and a table for each group.

    Args:
        outcomes: What became of the metrics.
        above: What stands above the tables.
    """
    yield _escaped(above)
    for group, members in _grouped(outcomes):
        head, *rows = _rows(group, members)
        yield f"\n## {group.capitalize()} ({len(members):,})\n"
        yield f"| {' | '.join(cell.capitalize() for cell in head)} |"
        yield "|" + " --- |" * len(head)
        yield from (f"| {' | '.join(map(_escaped, row))} |" for row in rows)
    if cut_off := _cut_off(outcomes):
        yield f"\n{_escaped(cut_off)}"


def as_csv(outcomes: Sequence[Outcome]) -> str:
    """One row for each metric."""
    from jmdi.graph.table import Table

    head = ("metric", "title", "group", *COLUMNS, "values")
    rows = [_csv_row(outcome) for outcome in outcomes]
    last = ("or_undefined", "undefined", "missing", "choices", "error", "subject")
    return Table((*head, *last), rows).to_csv()


def _csv_row(outcome: Outcome) -> tuple[Any, ...]:
    begin = (outcome.name, outcome.title, outcome.group)
    result = outcome.result
    if result is None:
        return (*begin, *([None] * (len(COLUMNS) + 5)), outcome.error, None)
    values = None if result.values is None else len(result.values)
    choices = tuple(
        f"{name}={option}" for name, found in options_of(result).items() for option in found
    )
    why = result.why or result.no_bounds or None
    members = (getattr(result, name) for name in COLUMNS)
    missing = (result.or_undefined, result.undefined, why, choices or None)
    return (*begin, *members, values, *missing, None, result.subject or None)


def _grouped(outcomes: Sequence[Outcome]) -> Iterator[tuple[Group, list[Outcome]]]:
    for group in GROUPS:
        if members := [outcome for outcome in outcomes if outcome.group == group]:
            yield group, members


def _rows(group: Group, outcomes: Sequence[Outcome]) -> Iterator[tuple[str, ...]]:
    """The heading and the rows of a group; what asks for a choice comes last."""
    if group in ("known", "interval"):
        yield ("METRIC", GROUPS[group], WHAT)
        yield from ((outcome.name, outcome.value, outcome.words) for outcome in outcomes)
        return
    yield ("METRIC", GROUPS[group])
    ordered = sorted(outcomes, key=lambda one: one.needs_choice)
    yield from ((outcome.name, outcome.words) for outcome in ordered)


def _escaped(text: str) -> str:
    return clean(text).replace("\n", " ").replace("|", "\\|")


def details(result: Result) -> Iterator[str]:
    """All of one result: values, choices, notes, and the sentence for the methods section."""
    wide = room()
    for name, options in options_of(result).items():
        yield ""
        rows = ((option, named(result, option)) for option in options)
        yield from wrapped((name.upper(), "WHICH IS"), rows, wide)
    if result.values:
        yield ""
        yield from _table(result.table(), wide)
    said = {name: _said(result, item) for name, item in result.notes.items()}
    said.pop("choices", None)
    if said:
        yield ""
        yield from wrapped(("NOTE", "IT SAYS"), said.items(), wide)
    yield ""
    yield from textwrap.wrap(clean(result.cite()), wide, break_on_hyphens=False)


def _table(table: Table, wide: int) -> Iterator[str]:
    head = [name.upper() for name in table.columns]
    rows = ([_cell(part) for part in row] for row in table.rows)
    return wrapped(head, rows, wide)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return "" if value is None else str(value)


def _said(result: Result, item: object, between: str = "; ") -> str:
    """What a note says, with labels for ids; what is inside of another is divided by commas."""
    if isinstance(item, Mapping):
        parts = (f"{named(result, key)} {_said(result, part, ', ')}" for key, part in item.items())
        return between.join(parts)
    if isinstance(item, tuple):
        plain = not any(isinstance(part, (Mapping, tuple)) for part in item)
        return (", " if plain else between).join(_said(result, p, ", ") for p in item) or "none"
    if isinstance(item, str):
        return named(result, item)
    return "unknown" if item is None else _cell(item)
