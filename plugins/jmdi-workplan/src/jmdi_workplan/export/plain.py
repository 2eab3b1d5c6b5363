"""Work plans as CSV and as Markdown."""

from __future__ import annotations

from typing import BinaryIO, Literal

from jmdi import Dataset
from jmdi.files.delimited import guard, write_row
from jmdi_documents.text.markdown import escape_markdown
from jmdi_workplan.export.layout import PlanSheet, Row, lay_out
from jmdi_workplan.plan.rows import row_role

__all__ = ["write_csv", "write_markdown"]

MARK = "x"
"""What is written instead of a colour where there are none."""


def write_csv(
    dataset: Dataset, stream: BinaryIO, *, delimiter: Literal[",", ";", "\t"] = ","
) -> None:
    """Writes every work plan as CSV, in UTF-8 with a byte order mark so that Excel reads it.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.

    Args:
        dataset: The records.
        stream: Where the bytes go.
        delimiter: What separates the cells.
    """
    rows: list[list[str]] = []
    for plan in lay_out(dataset):
        width = max((len(table.columns) for table in plan.tables), default=1)
        # A row without words ends the table of the plan before, so that a title is no action.
        rows += [_padded((), width)] if rows else []
        rows += [_padded((line,), width) for line in (plan.title, *plan.lines) if line]
        for table in plan.tables:
            rows.append(_padded((), width))
            if table.title:
                rows.append(_padded((table.title,), width))
            rows.append(_padded(table.columns, width))
            spread = (_spread(_marked(row), len(table.columns)) for row in table.rows)
            rows += [_padded(cells, width) for cells in spread]
    text = "".join(write_row(row, delimiter) for row in rows)
    stream.write(b"\xef\xbb\xbf" + text.encode("utf-8"))


def _spread(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A text over a whole row: in the first column if that says enough, else in every column.

    There are no merged cells here, so a lone text would be read as an action without details.
    """
    if len(cells) == 1 and width > 1 and row_role([*cells, *[""] * (width - 1)]) == "action":
        return cells * width
    return cells


def _padded(cells: tuple[str, ...], width: int) -> list[str]:
    return [guard(cell) if cell else cell for cell in cells] + [""] * (width - len(cells))


def _marked(row: Row) -> tuple[str, ...]:
    """The words of a row, with a mark where a colour says that something happens."""
    if not row.planned:
        return row.cells
    return tuple(
        cell or (MARK if planned else "")
        for cell, planned in zip(row.cells, row.planned, strict=True)
    )


def write_markdown(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes every work plan as Markdown with one pipe table per level."""
    blocks = [block for plan in lay_out(dataset) for block in _blocks(plan)]
    stream.write("\n\n".join(blocks).encode("utf-8") + b"\n")


def _blocks(plan: PlanSheet) -> list[str]:
    blocks = [f"# {escape_markdown(plan.title)}"] if plan.title else []
    blocks += map(escape_markdown, plan.lines)
    for table in plan.tables:
        if table.title:
            blocks.append(f"## {escape_markdown(table.title)}")
        width = len(table.columns)
        lines = [_line(table.columns, width), "|" + " --- |" * width]
        lines += [_line(_spread(_marked(row), width), width) for row in table.rows]
        blocks.append("\n".join(lines))
    return blocks


def _line(cells: tuple[str, ...], width: int) -> str:
    padded = (*cells, *[""] * (width - len(cells)))
    return "| " + " | ".join(map(escape_markdown, padded)) + " |"
