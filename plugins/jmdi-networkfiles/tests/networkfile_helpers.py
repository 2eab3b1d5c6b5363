"""Reads texts and files in tests, and says what came of them in short."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jmdi

DATA = Path(__file__).parents[4] / "shared" / "data" / "networks"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not here")


def read(data: bytes | str, format: str, **options: Any) -> jmdi.Dataset:
    """The records of a text; its problems are kept."""
    content = data.encode() if isinstance(data, str) else data
    name = f"networkfiles:{format}"
    return jmdi.read(io.BytesIO(content), format=name, on_error="keep", **options)


def ties(ds: jmdi.Dataset) -> list[tuple[Any, ...]]:
    """The ties: source, target, strength as a number, kind, and the direction if it has none."""
    return [
        (
            tie.source,
            tie.target,
            None if tie.strength is None else float(tie.strength),
            *([tie.type.code] if tie.type else []),
            *([] if tie.directed else ["both ways"]),
        )
        for tie in ds.of(jmdi.Tie)
    ]


def ids(ds: jmdi.Dataset) -> list[str]:
    """The ids of the actors."""
    return [actor.id for actor in ds.of(jmdi.Actor)]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook of some sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(ds: jmdi.Dataset) -> list[tuple[str, int | None]]:
    """The codes of the problems with their lines, in the order of the file."""
    found = dict.fromkeys([*ds.problems, *ds.unread.values()])
    return [(p.code.rpartition(":")[2], p.where.line) for p in found]
