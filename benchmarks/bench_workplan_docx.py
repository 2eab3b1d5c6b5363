"""CPU time to read a work plan in .docx, against what python-docx takes to iterate its cells.

Ours opens the file and reads all of it, first as a document, then as records; theirs only iterates,
with the file open before.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document

import jmdi
from jmdi_documents import read_document

TARGET = 5.0
COLUMNS = ("Action", "Objective", "Target audience", "Type and location", "Timeline", "Resources")


def plan(rows: int) -> bytes:
    """A plan of six columns with two paragraphs in every fourth cell."""
    made = docx.Document()
    made.add_heading("Policy work plan", 0)
    table = made.add_table(rows, len(COLUMNS))
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            words = f"{COLUMNS[column]} {number}: some words that a ministry would type here"
            cell.text = words if number else COLUMNS[column]
            if (number + column) % 4 == 0:
                cell.add_paragraph("- and a second line")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ours(data: bytes) -> int:
    document = read_document(io.BytesIO(data), name="plan.docx", plugin="workplan", problem=print)
    return sum(len(cell.text) for grid in document.grids for cell in grid.cells)


def records(data: bytes) -> int:
    return len(jmdi.read(io.BytesIO(data), format="workplan:docx").of(jmdi.Action))


def theirs(made: Document) -> int:
    return sum(len(c.text) for table in made.tables for row in table.rows for c in row.cells)


def seconds(work: Callable[[Any], int], given: Any) -> float:
    start = time.process_time()
    work(given)
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--smoke", action="store_true", help="small and quick: only that it runs")
    options = parser.parse_args()
    rows, repeat = (10, 1) if options.smoke else (options.rows, options.repeat)
    data = plan(rows)
    made = docx.Document(io.BytesIO(data))
    if ours(data) != theirs(made) or records(data) != rows - 1:
        print("the readers do not find the same")
        return 1
    print(f"{'rows':>6} {'ours':14} {'CPU':>11} {'python-docx':>12} {'ratio':>6} {'target':>7}")
    slow = False
    for name, work in (("read_document", ours), ("jmdi.read", records)):
        pairs = [(seconds(work, data), seconds(theirs, made)) for _ in range(repeat)]
        mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        times = f"{mine * 1e3:>8.1f} ms {other * 1e3:>9.1f} ms"
        print(f"{rows:>6} {name:14} {times} {ratio:>6.2f} {f'< {TARGET:g}':>7}")
        slow = slow or ratio >= TARGET
    return 1 if slow and not options.smoke else 0


if __name__ == "__main__":
    raise SystemExit(main())
