"""No word of a table is lost: each cell is in a record or a problem, or is dropped by a rule."""

from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi import DataError, Limits
from jmdi.files.delimited import write_row
from jmdi.words.folding import fold

MODEL = jmdi.Model.build()
HEADERS = ("Title", "Text", "Date", "Place", "Theme", "Number", "Yes", "Kind", "Mail", "Other", "")
TARGETS = {
    "Title": ("item.names", "item.names.es", "theme.names", ["item.names", "item.author"], "extra"),
    "Text": ("item.text", "item.description", "extra.words"),
    "Date": ("item.date", "coded.date", "item.period.start"),
    "Place": ("item.territory", "item.extra", "place.names"),
    "Theme": ("coded.target", {"to": "coded.target", "split": ";"}, "theme.names"),
    "Number": ("item.part_of", {"to": "extra", "type": "number"}, "coded.start"),
    "Yes": ({"to": "theme.codable", "yes": "yes", "no": "no"}, {"to": "extra", "type": "yes-no"}),
    "Kind": ({"to": "item.source_type", "values": {"talk": "interview"}}, "item.location"),
    "Mail": ("drop",),
    "Other": (
        {"to": "item.pillars", "by": "id"},
        {"to": "item.identifiers", "scheme": "x"},
        "coded.memo",
    ),
}
STARTS = ("", "03/04/2026", "2026-05-01", "2026", "12", "1.200", "yes", "no", "n/a", "talk", "a;b")


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict, list[list[str]]]:
    """A mapping, and rows in which nearly every cell has a word that no other has."""
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8))
    columns = {
        name: draw(st.sampled_from(TARGETS[name]))
        for name in dict.fromkeys(header)
        if name in TARGETS and draw(st.booleans())
    } or {"Title": "item.names"}
    mapping = {
        "columns": columns,
        "records": {
            "item": {"kind": "item", **draw(st.sampled_from(({}, {"key": "Title"})))},
            "place": "territory",
            "theme": "theme",
            "coded": {
                "kind": "coded",
                "link": draw(st.sampled_from(({"source": "item"}, {}))),
                "when": draw(st.sampled_from(({}, {"Kind": ["talk"]}))),
            },
        },
        "cells": draw(st.sampled_from(({}, {"unknown": "n/a", "date": "day-first"}))),
    }
    rows = [header]
    number = 0
    for _ in range(draw(st.integers(0, 5))):
        row = []
        for _ in range(draw(st.integers(0, len(header) + 1))):
            number += 1
            word = draw(st.sampled_from(("", f"word{number}x")))
            row.append(f"{draw(st.sampled_from(STARTS))} {word}".strip())
        rows.append(row)
    return mapping, rows


def words_of(text: str) -> set[str]:
    return set(re.findall(r"word\d+x", fold(text)))


@settings(max_examples=200)
@given(tables())
def test_each_cell_is_used_kept_dropped_by_rule_or_reported(table: tuple) -> None:
    mapping, rows = table
    data = "".join(map(write_row, rows)).encode()
    try:
        read = MODEL.read(
            io.BytesIO(data),
            format="table",
            mapping=mapping,
            on_error="keep",
            limits=Limits(alike=10**6),
        )
    except DataError as error:  # pragma: no cover
        raise AssertionError(error.problems) from None
    kept = words_of(str([record.to_dict() for record in read.records]))
    kept |= words_of(str([problem.to_dict() for problem in read.problems]))
    if read.unread:  # the mapping itself does not fit, which says why
        assert {p.code for p in read.problems} <= {"J540", "J541", "J542", "J543", "J549", "J520"}
        return
    header = rows[0]
    dropped = {
        n
        for n, name in enumerate(header)
        if name == "Mail" and header.index(name) == n and "Mail" in mapping["columns"]
    }
    typed = {
        word
        for row in rows[1:]
        for number, cell in enumerate(row)
        if number not in dropped
        for word in words_of(cell)
    }
    assert typed <= kept
    invented = kept - {word for row in rows for cell in row for word in words_of(cell)}
    assert not invented


@given(tables())
def test_the_same_table_gives_the_same_records(table: tuple) -> None:
    mapping, rows = table
    data = "".join(map(write_row, rows)).encode()
    twice = [
        MODEL.read(io.BytesIO(data), format="table", mapping=mapping, on_error="keep")
        for _ in range(2)
    ]
    assert twice[0].records == twice[1].records
    assert twice[0].problems == twice[1].problems
