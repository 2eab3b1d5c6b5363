"""From a file to the tables that a mapping is for."""

from __future__ import annotations

import re
from typing import BinaryIO

import attrs

from jmdi import ImportContext, Severity, Where
from jmdi.files.mapping import TableRule
from jmdi_surveys.answers.counting import lost_repeats, miscounted
from jmdi_surveys.answers.exports import is_export, tables_of_export
from jmdi_surveys.answers.form import Form, named, read_form
from jmdi_surveys.answers.joining import joined
from jmdi_surveys.answers.objects import ROOT
from jmdi_surveys.answers.questions import with_questions
from jmdi_surveys.answers.sheets import ANYWHERE, Sheet, read_sheets

__all__ = ["File", "read_file"]

_GROUPED = re.compile(r"/| \(\d+\)$")
"""In a header: a group that is needed to tell it from another, or a number for the same."""


@attrs.frozen
class File:
    """What was read of a file.

    Attributes:
        sheets: Its tables; those of an export without bookkeeping, repeats with their answers.
        export: Whether it is an export of Kobo or ODK.
        form: The form that was given.
    """

    sheets: list[Sheet]
    export: bool
    form: Form | None = None


def read_file(stream: BinaryIO, context: ImportContext, place: TableRule = ANYWHERE) -> File:
    """The tables of a file.

    Args:
        stream: The file.
        context: Its name, options and limits.
        place: What a mapping says of encoding and delimiter.

    Raises:
        FormatError: If it cannot be read, or a limit is passed.
        OSError: If its form cannot be opened.
    """
    sheets = read_sheets(stream, context, place)
    given = context.options.get("form")
    form = read_form(given, context) if given is not None else None
    if not is_export(sheets):
        return File(sheets, False, form)
    tables = [with_questions(table) for table in tables_of_export(sheets, context)]
    if form is not None:
        tables = [named(t, form, "" if t.name == ROOT else t.name) for t in tables]
    elif any(_GROUPED.search(header) for table in tables for header in table.header.cells):
        context.problem(
            "surveys:S5",
            "several questions have one name or label; their groups stand before them",
            severity=Severity.INFO,
            where=Where(file=context.name),
            cure="give the form: --option form=FORM.xlsx, and questions have their names",
        )
    lost_repeats(tables, context)
    miscounted(tables, context)
    return File(joined(tables, context), True, form)
