"""Workbooks in memory: written with all that some kinds have, changed as people do, read."""

from __future__ import annotations

import io

import openpyxl

from jmdi.model.declare import fields_of
from jmdi_workbook.book import file_of, named
from jmdi_workbook.reading import METHOD
from jmdi_workbook.writing import filled_in, words_for

__all__ = ["changed", "facts", "file_with_all", "read", "sheet_of"]


def file_with_all(dataset, language="en", kinds=None):
    """A workbook with every field of the kinds of a dataset, or of those given."""
    classes = kinds or {type(record) for record in dataset.records}
    needed = {cls: {field.name for field in fields_of(cls)} for cls in classes}
    words = words_for(dataset, language)
    sheets, rows = filled_in(dataset, needed, words)
    return file_of(dataset, words, named(sheets, rows, words.titles), [], [])


def read(model, file, on_error="keep"):
    return model.read(io.BytesIO(file), format="workbook:filled", on_error=on_error)


def facts(dataset):
    """What the columns hold: all but where it comes from, facets and unknown members."""
    found = {}
    for record in dataset.records:
        names = [field.name for field in fields_of(type(record)) if field.name != "sources"]
        own = tuple(s for s in record.sources if s.method != METHOD)
        assert len(record.sources) - len(own) <= 1
        found[record.id] = {name: getattr(record, name) for name in names}
    return found


def changed(file, change):
    """The file after a change of it as an openpyxl workbook."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(book, table):
    """The sheet of a table, and the places of its columns by name, counted from 1."""
    for sheet in book:
        keys = (
            [str(cell.value or "").partition("#") for cell in sheet[2]] if sheet.max_row > 1 else []
        )
        names = {name: at for at, (of, _, name) in enumerate(keys, 1) if of == table}
        if names:
            return sheet, names
    raise AssertionError(f"no sheet of {table}")
