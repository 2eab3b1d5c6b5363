"""Reads adjacency and incidence matrices, with labels, from texts and workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import attrs

from jmdi import ImportContext, Record, Severity, Where
from jmdi.words.tables import is_summary
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.drafts import MISSING, Draft, Layer
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.records import records_of
from jmdi_networkfiles.sheets.cells import (
    ABSENT,
    MARKED,
    cell_of,
    decimal_mark,
    is_unlabelled,
    report_commas,
)
from jmdi_networkfiles.sheets.finding import SHARED, Matrix, is_matrix, matrix_of, rows_above
from jmdi_networkfiles.sheets.rows import Sheet, sheet_of, sheets_of
from jmdi_networkfiles.text import shown

__all__ = ["read"]

MOST_UNSEEN = 500_000
"""Most pairs without a cell that are read as not observed: a label without a row has one with each
other label, so that a file of few kilobytes could ask for more records than there is memory."""

SHOWN = 3
"""How many labels a message names."""


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a matrix: labels above and before its rows, a value in each cell.

    If rows and columns have the same labels, in any order, it is one of ties between them; if
    not, of two modes. 0 is no tie, a number the strength of one, and ``x`` a tie whose strength
    is not known. An empty cell is a pair that was not observed, unless ``blank=0`` says that it is
    no tie; one on the diagonal says nothing.

    Raises:
        FormatError: If it is no matrix, if too many pairs have no cell, or if it has several
            sheets and none is chosen.
    """
    sheets = sheets_of(stream, context)
    if not sheets:
        raise refused("N101", "it is empty", Where(file=context.name))
    sheet = sheet_of(sheets, is_matrix, context)
    _report_left(sheets, sheet, context)
    matrix = matrix_of(sheet)
    if matrix is None:
        where = Where(file=context.name, sheet=sheet.name or None)
        cure = "put labels above the columns and before the rows, and values into all other cells"
        raise refused("N101", "it is no matrix with labels", where, cure)
    said = context.options.get("matrix")
    if said != "incidence":
        matrix = _in_one_case(matrix, context)
    adjacency = matrix.shared >= SHARED if said is None else said == "adjacency"
    if said is None and 0 < matrix.shared < 1:
        _report_labels(matrix, adjacency, context)
    if adjacency:
        _refuse_unseen(matrix, context)
    _report_sums(matrix, context)
    if is_unlabelled([row.cells for row in sheet.rows]):
        context.problem(
            "networkfiles:N119",
            f"the matrix has no labels; its actors are 1 to {len(matrix.rows):,}",
            severity=Severity.INFO,
            where=Where(file=context.name),
        )
    draft = _adjacency(matrix) if adjacency else _incidence(matrix)
    _fill(draft, matrix, adjacency, context)
    yield from records_of(draft, context)


def _in_one_case(matrix: Matrix, context: ImportContext) -> Matrix:
    """The matrix with labels of columns as those of rows, where only the case of letters differs.

    A label that two others could be stays what it is.
    """
    ways: dict[str, set[str]] = {}
    for label in (*matrix.rows, *matrix.columns):
        ways.setdefault(label.casefold(), set()).add(label)
    rows, columns = set(matrix.rows), set(matrix.columns)
    meant = {
        column: row
        for both in ways.values()
        if len(both) == len(both & rows) + len(both & columns) == 2
        for row, column in zip(both & rows, both & columns, strict=False)
    }
    if meant:
        column, row = min(meant.items())
        context.problem(
            "networkfiles:N111",
            f"{len(meant):,} labels of rows and columns differ in case alone, such as "
            f"{shown(row)} and {shown(column)}; they are read as one",
            where=Where(file=context.name),
            cure="give each actor one label, or say matrix=incidence",
        )
    return attrs.evolve(matrix, columns=[meant.get(label, label) for label in matrix.columns])


def _refuse_unseen(matrix: Matrix, context: ImportContext) -> None:
    """Refuses a matrix of ties most pairs of which have no cell."""
    size = len({*_numbered(matrix.rows), *_numbered(matrix.columns)})
    unseen = size * (size - 1) - len(matrix.rows) * len(matrix.columns)
    if unseen > MOST_UNSEEN:
        message = (
            f"{unseen:,} pairs of its {size:,} labels have no cell, at most {MOST_UNSEEN:,} may"
        )
        cure = "give each label a row and a column, or say matrix=incidence"
        raise refused("N102", message, Where(file=context.name), cure)


def _report_left(sheets: Sequence[Sheet], sheet: Sheet, context: ImportContext) -> None:
    """Reports what is not read: other sheets, and rows above the matrix."""
    notes = Notes(context)
    for other in sheets:
        if other is not sheet:
            notes.skip(f"the sheet {other.name!r:.60}")
    if above := rows_above(sheet):
        notes.skip("rows above the matrix", above)
    notes.finish()


def _adjacency(matrix: Matrix) -> Draft:
    """Vertices of one mode; the n-th row of a label is of the same vertex as its n-th column."""
    draft = Draft(layers=[Layer(directed=None, otherwise=None)])
    for labels in (matrix.rows, matrix.columns):
        for place, label in enumerate(_numbered(labels)):
            line = matrix.cells[place].line if labels is matrix.rows else 0
            draft.labels[draft.vertex(label, line)] = labels[place]
    return draft


def _numbered(labels: Sequence[str]) -> list[str]:
    """Labels with how often they came before, so that all differ."""
    times: Counter[str] = Counter()
    found = []
    for label in labels:
        times[label] += 1
        found.append(f"{label}\0{times[label]}")
    return found


def _incidence(matrix: Matrix) -> Draft:
    """Rows as the first mode, columns as the second."""
    draft = Draft(layers=[Layer(directed=False, otherwise=None)], first=len(matrix.rows))
    for label, row in zip(matrix.rows, matrix.cells, strict=True):
        draft.labels[draft.size], draft.lines[draft.size] = label, row.line
        draft.size += 1
    for label in matrix.columns:
        draft.labels[draft.size] = label
        draft.size += 1
    return draft


def _fill(draft: Draft, matrix: Matrix, adjacency: bool, context: ImportContext) -> None:
    """Adds the ties of all cells, and those of pairs that have no cell."""
    notes, layer = Notes(context), draft.layers[0]
    blank, empty = context.options.get("blank"), 0
    values = [cell for row in matrix.cells for cell in row.cells[matrix.skip :]]
    report_commas(values, context)
    mark = decimal_mark(values)
    half = adjacency and _empty_half(matrix)
    if half:
        layer.directed = bool(context.options.get("directed"))
        _report_half(context)
    if adjacency:
        sources = [draft.vertex(label, 0) for label in _numbered(matrix.rows)]
        targets = [draft.vertex(label, 0) for label in _numbered(matrix.columns)]
    else:
        sources = [*range(len(matrix.rows))]
        targets = [*range(len(matrix.rows), draft.size)]
    for source, row in zip(sources, matrix.cells, strict=True):
        cells = row.cells[matrix.skip :]
        if any(cells[len(targets) :]):
            notes.bad(f"it has {len(cells)} values, not {len(targets)}", row.line)
        for place, target in enumerate(targets):
            text = cells[place] if place < len(cells) else ""
            value = cell_of(text, blank, mark)
            if value is None:
                cure = "write a number, x, or NA for what was not observed"
                column = matrix.columns[place]
                notes.bad(f"{shown(text)} below {shown(column)} is no value", row.line, cure)
            elif half and not text and (target < source) == (half == "lower"):
                continue
            elif value != ABSENT and not (source == target and value == MISSING):
                empty += value == MISSING and not text
                layer.add(source, target, None if value == MARKED else value, row.line)
    notes.finish()
    if adjacency:
        without = _without_cell(draft, sources, targets)
        for source, target in without:
            layer.add(source, target, MISSING, 0)
    if empty:
        context.problem(
            "networkfiles:N110",
            f"{empty:,} cells are empty; their pairs are read as not observed",
            severity=Severity.INFO,
            where=Where(file=context.name),
            cure="if an empty cell means that there is no tie: --option blank=0",
        )


def _empty_half(matrix: Matrix) -> str:
    """Which half of a matrix is empty while the other is not; none if labels differ in order."""
    if list(matrix.rows) != list(matrix.columns):
        return ""
    filled = {"lower": False, "upper": False}
    for i, row in enumerate(matrix.cells):
        cells = row.cells[matrix.skip :]
        filled["lower"] |= any(cells[:i])
        filled["upper"] |= any(cells[i + 1 :])
    empty = [half for half, has in filled.items() if not has]
    return empty[0] if len(empty) == 1 else ""


def _report_half(context: ImportContext) -> None:
    context.problem(
        "networkfiles:N106",
        "one half of the matrix is empty: each pair is one tie without direction",
        severity=Severity.INFO,
        where=Where(file=context.name),
        cure="--option directed=true if its ties have a direction",
    )


def _without_cell(
    draft: Draft, sources: Sequence[int], targets: Sequence[int]
) -> list[tuple[int, int]]:
    """The pairs of a label that has no row, or no column: nobody says anything of them."""
    every = range(draft.size)
    no_row, no_column = set(every) - set(sources), set(every) - set(targets)
    pairs = [(i, j) for i in sorted(no_row) for j in every]
    pairs += [(i, j) for j in sorted(no_column) for i in sources]
    return [(i, j) for i, j in dict.fromkeys(pairs) if i != j]


def _report_sums(matrix: Matrix, context: ImportContext) -> None:
    """Warns of a row or column of sums, which is read as any other."""
    sums = sorted({x for x in (*matrix.rows, *matrix.columns) if is_summary(x)})
    if sums:
        context.problem(
            "networkfiles:N116",
            f"{shown(sums[0])} is read like any other label",
            where=Where(file=context.name),
            cure="delete the row and the column if they hold sums",
        )


def _report_labels(matrix: Matrix, adjacency: bool, context: ImportContext) -> None:
    """Says which labels only one side has."""
    rows, columns = set(matrix.rows), set(matrix.columns)
    parts = [
        f"{len(alone):,} only {side} ({', '.join(map(shown, alone[:SHOWN]))})"
        for side, alone in (
            ("before a row", sorted(rows - columns)),
            ("above a column", sorted(columns - rows)),
        )
        if alone
    ]
    read = "as ties between all of them" if adjacency else "as a matrix of two modes"
    context.problem(
        "networkfiles:N111",
        f"labels of rows and columns differ: {'; '.join(parts)}; it is read {read}",
        where=Where(file=context.name),
        cure="correct labels that are spelt in two ways, or say matrix=adjacency or incidence",
    )
