"""Writes a workbook with what metrics need to know."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import BinaryIO

import attrs

from jmdi import Cancel, Dataset, NotFound, Progress, Record
from jmdi.files.paths import atomic_write
from jmdi_workbook.book import file_of, named
from jmdi_workbook.cells import Words
from jmdi_workbook.layout import Sheet, sheets_of
from jmdi_workbook.needs import needs
from jmdi_workbook.questions import marked
from jmdi_workbook.referenced import referenced
from jmdi_workbook.rows import Row, filled_columns, rows_of
from jmdi_workbook.titles import LANGUAGES, Titles

__all__ = ["filled_in", "words_for", "write_workbook"]


def write_workbook(
    dataset: Dataset,
    target: str | os.PathLike[str] | BinaryIO,
    metrics: str | Iterable[str] | Mapping[str, Mapping[str, object]],
    *,
    language: str = "en",
    questions: int = 20,
    projection: str = "actors",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> None:
    """Writes a workbook to fill in, with only the sheets and columns that metrics need.

    What is known is filled in; the cells whose answers would narrow the bounds of the metrics
    most are marked. `jmdi.read` reads it back.

    Args:
        dataset: What is known; it may be empty.
        target: Where to write: a path, or a stream of bytes.
        metrics: Name of a metric, several, or the parameters of each by its name.
        language: ``en``, ``fr``, ``es``, ``pt`` or ``ar``.
        questions: How many questions are marked for each metric; 0 for none.
        projection: How metrics of networks see the data.
        progress: Called as ``progress(done, total, what)`` while questions are looked for.
        cancel: A token with a method ``is_set`` that says when to stop.

    Raises:
        BadParameter: If a parameter of a metric is missing, or has a value it cannot have.
        Cancelled: If ``cancel`` was set.
        FormatError: If the file cannot be written, or the data is too large for a workbook.
        NotFound: If there is no such metric, language, projection or parameter.
    """
    if language not in LANGUAGES:
        raise NotFound("language", language, LANGUAGES)
    several = (metrics,) if isinstance(metrics, str) else metrics
    asked = several if isinstance(several, Mapping) else {name: {} for name in several}
    needed = needs(dataset, asked, projection=projection)
    named_only = referenced(dataset, needed)
    words = words_for(dataset, language)
    sheets, rows = filled_in(dataset, {**needed, **named_only}, words)
    sheets = [attrs.evolve(sheet, hidden=sheet.cls in named_only) for sheet in sheets]
    marks = marked(
        dataset,
        asked,
        sheets,
        rows,
        words,
        top=questions,
        projection=projection,
        progress=progress,
        cancel=cancel,
    )
    sheets = _in_order(sheets, rows, {mark.table for mark in marks})
    file = file_of(dataset, words, named(sheets, rows, words.titles), marks, asked)
    if isinstance(target, (str, os.PathLike)):
        with atomic_write(target) as stream:
            stream.write(file)
    else:
        target.write(file)


def _in_order(
    sheets: Sequence[Sheet], rows: Mapping[str, Sequence[Row]], asked: Collection[str]
) -> list[Sheet]:
    """The kinds with questions first, then those with rows; each with the sheets of its parts."""
    places: dict[type[Record], int] = {}
    for sheet in sheets:
        place = 0 if sheet.table in asked else 1 if rows[sheet.table] else 2
        places[sheet.cls] = min(place, places.get(sheet.cls, place))
    return sorted(sheets, key=lambda sheet: places[sheet.cls])


def words_for(dataset: Dataset, language: str) -> Words:
    """How cells show codes and records in a language."""
    names = {record.id: record.label(language) for record in dataset.records}
    return Words(dataset.model.catalog, Titles(language), names, {})


def filled_in(
    dataset: Dataset, needed: Mapping[type[Record], Iterable[str]], words: Words
) -> tuple[list[Sheet], dict[str, list[Row]]]:
    """The sheets that have certain fields, and their rows by table, with what is known.

    Raises:
        FormatError: If a cell cannot hold what a record says.
    """
    filled = filled_columns(dataset.records, needed)
    sheets = list(sheets_of(needed, filled, words.catalog, words.titles.language))
    return sheets, {sheet.table: list(rows_of(sheet, dataset, words)) for sheet in sheets}
