"""What the tests of surveys share: a proposal, and what is read by it."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jmdi
from jmdi import Actor, Tie
from jmdi.files.mapping import FirstRows, Proposal, write_mapping
from jmdi_surveys import plugin
from jmdi_surveys.importer import read as read_stream

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published sample files are not here")
MODEL = jmdi.Model.build([plugin])
FORM = str(SHARED / "surveys" / "kobo-partner-survey-form.json")


def content_of(source: Path | bytes | str) -> bytes:
    """The bytes of a file or of a text."""
    if isinstance(source, Path):
        return source.read_bytes()
    return source.encode() if isinstance(source, str) else source


def proposed(source: Path | bytes | str, name: str = "x.csv", **options: Any) -> Proposal:
    """What is proposed for a file."""
    first = FirstRows()
    context = jmdi.ImportContext(
        name=name, options={"mapping": first, **options}, catalog=MODEL.catalog
    )
    list(read_stream(io.BytesIO(content_of(source)), context))
    assert first.proposal is not None, first.refused
    return first.proposal


def mapping_of(source: Path | bytes | str, name: str = "x.csv", **options: Any) -> dict[str, Any]:
    """The proposal as its file has it."""
    found = proposed(source, name, **options)
    return tomllib.loads(write_mapping(found.mapping, found.notes))


def read(source: Path | bytes | str, name: str = "x.csv", **options: Any) -> jmdi.Dataset:
    """What a file becomes by a mapping; by that which is proposed, if none is given."""
    given = {"mapping": mapping_of(source, name, **options), **options}
    stream = io.BytesIO(content_of(source))
    stream.name = name
    return MODEL.read(stream, format="surveys:table", on_error="keep", **given)


def named(data: jmdi.Dataset) -> dict[str, str]:
    """The names of actors by id."""
    return {actor.id: next(iter(actor.names.values())) for actor in data.of(Actor)}


def ties(data: jmdi.Dataset, kind: str | None = None) -> list[tuple[str, str, str, Any]]:
    """Who says what of whom: the two, the state, and the strength, of what was reported."""
    names = named(data)
    return [
        (
            names[tie.source],
            names[tie.target],
            tie.state.code if tie.state else "present",
            tie.strength,
        )
        for tie in data.of(Tie)
        if tie.reported_by and (kind is None or (tie.type and tie.type.code == kind))
    ]


def codes(data: jmdi.Dataset) -> list[str]:
    """The codes of the problems."""
    return [problem.code for problem in data.problems]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook of some sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":  # words that begin as a formula does
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
