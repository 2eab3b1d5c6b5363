"""A trail as text: a block for each item or product, a line for each passage or recipient."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from jmdi.graph.table import Table
from jmdi_knowledge.trails.trail import Trail

__all__ = ["lines_of", "suggestions"]

INDENT = "    "

_Row = Mapping[str, Any]


def lines_of(trail: Trail) -> Iterator[str]:
    """The totals of a trail, and its rows in blocks."""
    from jmdi.cli.layout import clean, room

    wide = room()
    yield clean(f"{trail.record.label()} ({trail.record.id})")
    for name, value in trail.totals.items():
        if value != {}:
            yield clean(f"  {name.replace('_', ' ')}: {_said(value)}")
    down = "quote" in trail.table.columns
    head, line = (_item, _passage) if down else (_product, _recipient)
    for title, rows in groupby(trail.table.to_dicts(), key=head):
        yield ""
        yield clean(title)
        for row in rows:
            for part in line(row):
                yield from _indented(part, wide)


def suggestions(table: Table) -> Iterator[str]:
    """Suggestions in blocks, one for each item."""
    from jmdi.cli.layout import clean, room

    wide = room()
    for item, rows in groupby(table.to_dicts(), key=lambda row: row["item"]):
        yield clean(item)
        for row in rows:
            words = ", ".join(row["words"])
            yield from _indented(f"{row['theme_label'] or row['theme']}: {row['score']}", wide)
            yield from _indented(f"  {row['start']}–{row['stop']} “{row['sentence']}”", wide)
            yield from _indented(f"  like {row['passage']} “{row['quote']}”: {words}", wide)


def _indented(text: str, wide: int) -> Iterator[str]:
    from jmdi.cli.layout import clean

    yield from textwrap.wrap(
        clean(text).replace("\n", " "),
        wide,
        initial_indent=INDENT,
        subsequent_indent=INDENT + "  ",
        break_on_hyphens=False,
    )


def _said(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, float):
        return f"{value:.0%}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {number}" for name, number in value.items())
    return str(value)


def _with(name: str, *said: object) -> str:
    known = ", ".join(str(one) for one in said if one is not None)
    return f"{name} ({known})" if known else name


def _item(row: _Row) -> str:
    kind = None if row["kind"] == "item" else row["kind"]
    words = _with(row["item"], kind, row["source_type"], row["territory_label"], row["date"])
    above = f"{row['practice']} < " if row["practice"] not in (None, row["item"]) else ""
    place = " at ".join(filter(None, (row["file"], row["locator"])))
    return f"{above}{words}{f', {place}' if place else ''}"


def _passage(row: _Row) -> Iterator[str]:
    if row["theme"] is None:
        yield "no passage of it is coded" if row["kind"] == "item" else "the trail ends here"
        return
    start, stop = row["start"], row["stop"]
    where = (
        "whole"
        if start is None and stop is None
        else f"{start or 0}–{'end' if stop is None else stop}"
    )
    quote = "(no text at these positions)" if row["quote"] is None else f"“{row['quote']}”"
    yield f"{where} {row['theme_label'] or row['theme']}: {quote}"
    who = ", ".join(row["coders"]) or "coder not stated"
    state = {"not stated": "no hash was kept", "no text": "no text is kept"}.get(row["text"])
    text = state or f"text {row['text']}"
    yield f"  {who}: {row['agreement']}; {text.upper() if row['text'] == 'broken' else text}"


def _product(row: _Row) -> str:
    above = "" if row["practice"] is None else f"{row['practice']} > "
    words = _with(row["product"], row["product_label"], row["product_type"], row["published"])
    return f"{above}{words}"


def _recipient(row: _Row) -> Iterator[str]:
    if row["recipient"] is None:
        yield "not on record as sent to anybody"
        return
    reach = "number of people not known" if row["reach"] is None else f"{row['reach']} people"
    name = _with(row["recipient_label"] or row["recipient"], row["recipient_type"])
    parts = [name, row["channel"], row["date"], reach, row["use"] and f"used: {row['use']}"]
    yield ", ".join(str(part) for part in parts if part)
