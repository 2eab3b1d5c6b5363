"""The cells whose answers would narrow the bounds of metrics most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from jmdi import Cancel, Dataset, Progress
from jmdi.files.tables.cells import Cells
from jmdi.model.json_pointer import segments
from jmdi.running.asking import ask
from jmdi.running.questions import Question
from jmdi_workbook.cells import Words
from jmdi_workbook.layout import ANSWER, OWNER, Sheet
from jmdi_workbook.rows import Row

__all__ = ["Marked", "marked"]


@attrs.frozen(slots=True)
class Marked:
    """A cell that a question is about.

    Attributes:
        table: Its sheet.
        row: Its row among those of the sheet, counted from 0.
        column: Name of its column.
        words: The question.
    """

    table: str
    row: int
    column: str
    words: str


def marked(
    dataset: Dataset,
    metrics: Mapping[str, Mapping[str, object]],
    sheets: Sequence[Sheet],
    rows: Mapping[str, list[Row]],
    words: Words,
    *,
    top: int,
    projection: str = "actors",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> list[Marked]:
    """The cells that the questions of each metric are about, each once.

    Where the answer would be a new row, such as whether somebody takes part, the row is added.

    Args:
        dataset: What is known.
        metrics: Parameters by the name of the metric.
        sheets: The sheets.
        rows: Their rows by table; some are added.
        words: What cells show.
        top: How many questions for each metric.
        projection: How metrics of networks see the data.
        progress: Called while answers are tried.
        cancel: A token that says when to stop.
    """
    questions: dict[tuple[str, str, str], Question] = {}
    for name, parameters in metrics.items() if top and len(dataset) else ():
        on_network = dataset.model.catalog.metric(name).on == "network"
        found = ask(
            dataset,
            name,
            top=top,
            projection=projection if on_network else None,
            parameters=parameters,
            language=words.titles.language,
            progress=progress,
            cancel=cancel,
        )
        unasked = [one for q in found if q.asked is None for one in (q, *q.also)]
        questions |= {(q.record, q.field, q.words): q for q in unasked}
    by_table = {sheet.table: sheet for sheet in sheets}
    at = {
        (table, row.record, row.place): number
        for table, several in rows.items()
        for number, row in enumerate(several)
    }
    return [
        one
        for question in questions.values()
        for one in _cells(question, by_table, rows, at, words)
    ]


def _cells(
    question: Question,
    sheets: Mapping[str, Sheet],
    rows: Mapping[str, list[Row]],
    at: Mapping[tuple[str, str, int], int],
    words: Words,
) -> Iterator[Marked]:
    """The cell of a question; none if its sheet has no such column."""
    field, *rest = segments(question.field) or ("",)
    table = f"{question.kind}/{field}"
    if not field:
        yield from _of_evidence(question, sheets, rows, words)
    elif table in sheets and len(rest) == 2:
        row = at.get((table, question.record, int(rest[0])))
        yield from _marked(sheets[table], row, rest[1], question)
    elif table in sheets:
        cells = _cells_of_codes(question, sheets[table], words)
        cells[OWNER] = words.show(sheets[table].columns[0], question.record)
        row = _added(rows[table], Row(question.record, cells, -1))
        first = ANSWER if field == "absences" else sheets[table].columns[1].field
        yield from _marked(sheets[table], row, first, question)
    elif question.kind in sheets:
        row = at.get((question.kind, question.record, 0))
        yield from _marked(sheets[question.kind], row, field, question)


def _of_evidence(
    question: Question, sheets: Mapping[str, Sheet], rows: Mapping[str, list[Row]], words: Words
) -> Iterator[Marked]:
    """A new row of evidence, where the question is whether a sign is there."""
    sheet = sheets.get("evidence")
    if sheet is not None:
        cells = _cells_of_codes(question, sheet, words)
        for column in sheet.columns:
            if column.name == "of":
                cells["of"] = words.show(column, question.record)
        row = _added(rows["evidence"], Row("", cells))
        yield from _marked(sheet, row, "state", question)


def _added(rows: list[Row], row: Row) -> int:
    rows.append(row)
    return len(rows) - 1


def _marked(sheet: Sheet, row: int | None, field: str, question: Question) -> Iterator[Marked]:
    column = next((column for column in sheet.columns if column.field == field), None)
    if row is not None and column is not None:
        yield Marked(sheet.table, row, column.name, question.words)


def _cells_of_codes(question: Question, sheet: Sheet, words: Words) -> Cells:
    """The codes that a question names: of who may be there, or of a sign."""
    return {
        column.name: words.show(column, f"{column.scheme}:{question.codes[column.name]}")
        for column in sheet.columns
        if column.name in question.codes
    }
