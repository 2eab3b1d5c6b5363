"""Exports of Kobo and ODK: which tables belong together, what is bookkeeping, what was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from jmdi import ImportContext, Severity, Where
from jmdi.files.mapping import TableRow
from jmdi.files.mapping.header import unique_headers
from jmdi_surveys.answers.objects import INDEX, PARENT, PARENT_TABLE, ROOT
from jmdi_surveys.answers.sheets import Sheet

__all__ = ["Table", "is_export", "tables_of_export"]

MARKS = (
    {"_index", "_uuid"},
    {"_index", "_submission_time"},
    {"_uuid", "_submission_time"},
    {"_index", "_parent_index"},
    {"KEY", "SubmissionDate"},
    {"KEY", "meta-instanceID"},
    {"__id", "__system/submissionDate"},
)
"""Headers that only exports have together."""

KEYS = (INDEX, "KEY", "__id")
PARENTS = (PARENT, "PARENT_KEY", "__Submissions-id")
SYSTEM = frozenset(
    [
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "__version__",
        "_tags",
        "_index",
        "_parent_index",
        "_parent_table_name",
        "_xform_id_string",
        "_attachments",
        "_geolocation",
        "_bamboo_dataset_id",
        "_version_",
        "formhub/uuid",
        "meta/instanceID",
        "meta/rootUuid",
        "meta/deprecatedID",
        "meta/instanceName",
        "SubmissionDate",
        "KEY",
        "PARENT_KEY",
        "SubmitterID",
        "SubmitterName",
        "AttachmentsPresent",
        "AttachmentsExpected",
        "Status",
        "ReviewState",
        "DeviceID",
        "Edits",
        "FormVersion",
        "instanceID",
        "instanceName",
        "__id",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
    ]
)
"""What a form notes by itself."""

SYSTEM_STARTS = ("_submission_", "SET-OF-", "__system", "__Submissions", "@odata")
TIMES = frozenset(("start", "end", "today"))
_NAME = re.compile(r"[A-Za-z_][\w.]*(?:-[A-Za-z_][\w.]*)+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d.*")


@attrs.frozen
class Table:
    """A table of an export without bookkeeping.

    Attributes:
        name: ``answers`` for those who answered, else the name of the repeat.
        header: Its header.
        rows: Its rows.
        keys: What identifies each row.
        parents: What identifies the row that each row belongs to.
        parent: The name of the table that they are in; empty for that of the answers.
    """

    name: str
    header: TableRow
    rows: list[TableRow]
    keys: list[str]
    parents: list[str]
    parent: str = ""


def is_export(sheets: Sequence[Sheet]) -> bool:
    """Whether the tables are those of an export of Kobo or ODK."""
    return any(mark <= set(sheet.rows[0].cells) for sheet in sheets if sheet.rows for mark in MARKS)


def tables_of_export(sheets: Sequence[Sheet], context: ImportContext) -> list[Table]:
    """The tables of an export, each with the one that its rows belong to.

    Args:
        sheets: All its sheets; those without a key are left out, and reported.
        context: Where problems go.
    """
    tables: dict[str, Table] = {}
    left: dict[str, None] = {}
    roots = [sheet for sheet in sheets if sheet.rows and not _column(sheet, PARENTS)]
    for sheet in sheets:
        header = sheet.rows[0].cells if sheet.rows else []
        key = _column(sheet, KEYS)
        if key is None and (len(sheets) > 1 or not header):
            message = f"the sheet {sheet.name!r} is no table of answers; it is left out"
            where = Where(file=context.name, sheet=sheet.name)
            context.problem("surveys:S2", message, severity=Severity.INFO, where=where)
            continue
        root = not _column(sheet, PARENTS) and sheet is roots[0]
        name = ROOT if root else _repeat(sheet.name, [other.name for other in roots])
        table = _table(sheet, name, key, left)
        tables[sheet.name] = table
    named = {sheet: table.name for sheet, table in tables.items()}
    found = [
        attrs.evolve(table, parent=parent)
        for sheet, table in tables.items()
        for parent in [_parent(sheet, table, tables, sheets, named)]
    ]
    if left:
        what = ", ".join(left)
        message = f"what the form notes by itself is left out: {what}"
        context.problem(
            "surveys:S3", message, severity=Severity.INFO, where=Where(file=context.name)
        )
    return found


def _column(sheet: Sheet, names: Sequence[str]) -> int | None:
    """The number, counted from 1, of the first of some columns that a sheet has."""
    header = list(sheet.rows[0].cells) if sheet.rows else []
    return next((header.index(name) + 1 for name in names if name in header), None)


def _repeat(name: str, roots: Sequence[str]) -> str:
    """The name of a repeat: that of its sheet or file, without those of the form and of groups."""
    for root in roots:
        if name.startswith(f"{root}-"):
            return name[len(root) + 1 :].rpartition("-")[2]
    return name.rpartition("/")[2]


def _table(sheet: Sheet, name: str, key: int | None, left: dict[str, None]) -> Table:
    """A sheet without bookkeeping, which is noted."""
    first, *rows = sheet.rows
    header = unique_headers(first.cells)
    if "KEY" in header:  # ODK joins groups and questions by hyphens, which names rarely have
        header = [w.replace("-", "/") if _NAME.fullmatch(w) else w for w in header]
    parent = _column(sheet, PARENTS)
    kept = []
    for number, words in enumerate(header):
        cells = (row.cells[number] for row in rows if number < len(row.cells))
        if _is_system(words, cells):
            left[words] = None
        else:
            kept.append(number)
    return Table(
        name,
        TableRow(
            [header[number] for number in kept],
            first.where,
            [number + 1 if first.where.row or first.where.line else None for number in kept],
        ),
        [TableRow([_at(row, number) for number in kept], row.where) for row in rows],
        [_at(row, key - 1) if key else "" for row in rows],
        [_at(row, parent - 1) if parent else "" for row in rows],
    )


def _is_system(header: str, cells: Iterator[str]) -> bool:
    if header in SYSTEM or header.startswith(SYSTEM_STARTS):
        return True
    return header in TIMES and all(_TIME.fullmatch(cell) for cell in cells if cell)


def _at(row: TableRow, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _parent(
    sheet: str,
    table: Table,
    tables: Mapping[str, Table],
    sheets: Sequence[Sheet],
    named: Mapping[str, str],
) -> str:
    """The table that the rows of a repeat belong to: the one that is named, or has their keys."""
    if not any(table.parents):
        return ""
    full = next(one for one in sheets if one.name == sheet)
    column = _column(full, (PARENT_TABLE,))
    if column is not None:
        words = {_at(row, column - 1) for row in full.rows[1:]} - {""}
        for word in words:
            # The name of a sheet is cut at 31 characters, that of its form is not.
            for name, other in named.items():
                if other != table.name and name and (word == name or word.startswith(name[:28])):
                    return other
    wanted = {key for key in table.parents if key}
    for name, candidate in tables.items():
        if name != sheet and wanted <= set(candidate.keys):
            return candidate.name
    return ROOT
