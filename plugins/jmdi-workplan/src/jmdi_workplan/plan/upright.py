"""Plans whose actions are no rows, made into tables: columns, titled sheets, labelled paragraphs.

- Actions side by side, one in each column, their labels at the left: the table is turned.
- "Action 6: Help desk" above a table of labels and values, or in its first row: it gets the row
  that names its action, as other action sheets have.
- "Action 1: Help desk", then "Responsible: Town Hall", paragraph by paragraph: a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from jmdi_documents import Block, Cell, Document, Grid, Paragraph
from jmdi_workplan.plan.columns import ACTION_LIKE, NOT_TELLING
from jmdi_workplan.plan.grids import GridRow, rows_of
from jmdi_workplan.plan.header_rows import is_name
from jmdi_workplan.plan.header_words import meanings

__all__ = ["NUMBERED", "titled_action", "upright"]

FEWEST = 3
"""Fewest known labels of actions side by side, or of a sheet below a title."""

GROUPS = 2
"""Fewest actions in paragraphs."""

NUMBERED = re.compile(
    r"(?P<label>[^\W\d_][^\d:]*?)\s+(?P<number>(?:n[°º.o]{0,2}\s*)?\d{1,3}(?:\.\d{1,3})*)\s*[:.]?",
    re.IGNORECASE,
)
"""A label with the number of the action: "Action 1", "Acción n.º 2.1"."""

TITLED = re.compile(r"(?P<label>[^:–—]{3,40}?)\s*(?::|\s[-–—])\s*(?P<title>\S.*)", re.DOTALL)
LABELLED = re.compile(
    r"\W{0,3}(?P<label>[^\W\d_][^:\n]{1,40}?)\s*:\W{0,3}(?P<value>\S.*)", re.DOTALL
)


def upright(document: Document) -> Document:
    """A document with its actions in rows, or in sheets that name them."""
    blocks: list[Block] = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
            continue
        rows = rows_of(block)
        if (first := _side_by_side(rows)) is not None:
            blocks += _turned(block, rows, first)
            continue
        above = blocks[-1] if blocks else None
        if (
            isinstance(above, Paragraph)
            and _is_sheet(rows)
            and (named := titled_action(above.text))
        ):
            blocks[-1] = _with_title(block, *named)
        elif rows and len(rows[0].words) == 1 and (named := titled_action(rows[0].words[0])):
            rest = [cell for cell in block.cells if cell.row > 0]
            sheet = _with_title(attrs.evolve(block, cells=tuple(rest)), *named, shift=0)
            blocks.append(sheet if _is_sheet(rows[1:]) else block)
        else:
            blocks.append(block)
    return attrs.evolve(document, blocks=tuple(_gathered(blocks)))


def _meaning(label: str) -> str:
    best = meanings(label)[:1]
    return best[0][0] if best and best[0][1] > 1 / 2 else ""


def titled_action(text: str) -> tuple[str, str] | None:
    """The label and title of an action: "Action 6: Help desk", "Measure 2 – Job fair"."""
    found = TITLED.fullmatch(text.strip(" *_"))
    numbered = NUMBERED.fullmatch(found["label"].strip()) if found else None
    if found is None or numbered is None or "\n" in found["title"]:
        return None
    acting = _meaning(numbered["label"]) in {*ACTION_LIKE, "project"}
    return (found["label"].strip(), found["title"].strip(" *_")) if acting else None


def _is_sheet(rows: Sequence[GridRow]) -> bool:
    """Whether rows are labels with values that say something of an action, and do not name it."""
    pairs = [row for row in rows if row.words]
    if not pairs or any(len(row.words) > 2 or not row.texts[0].strip() for row in pairs):
        return False
    known = {_meaning(row.words[0]) for row in pairs} - {""}
    return (
        len(known - NOT_TELLING) >= FEWEST - 1 and len(known) >= FEWEST and not known & ACTION_LIKE
    )


def _with_title(grid: Grid, label: str, title: str, shift: int = 1) -> Grid:
    """A sheet with a first row for its action."""
    place = f"{grid.place}, row 1, cell"
    cells = [
        Cell(text, None, None, 0, column, 1, 1, f"{place} {column + 1}")
        for column, text in enumerate((label, title))
    ]
    moved = [attrs.evolve(cell, row=cell.row + shift) for cell in grid.cells]
    return attrs.evolve(
        grid, rows=grid.rows + shift, columns=max(2, grid.columns), cells=(*cells, *moved)
    )


def _side_by_side(rows: Sequence[GridRow]) -> int | None:
    """Where rows begin that have labels at the left and an action in each other column."""
    first = next((n for n, row in enumerate(rows) if len(row.words) > 2), None)
    if first is None:
        return None
    body = [row for row in rows[first:] if row.words]
    labels = [row.texts[0].strip() for row in body]
    known = [_meaning(label) for label in labels if label and is_name(label)]
    acting = [
        row for row, label in zip(body, labels, strict=True) if _meaning(label) in ACTION_LIKE
    ]
    if len(set(known)) < FEWEST or 4 * len(known) < 3 * len(labels) or len(acting) != 1:
        return None
    titles = [text for text in acting[0].texts[1:] if text.strip()]
    return first if len(set(titles)) > 1 and not any(map(is_name, titles)) else None


def _turned(grid: Grid, rows: Sequence[GridRow], first: int) -> Iterator[Grid]:
    """What stands above actions side by side, and these as rows."""
    top = rows[first].number - 1
    if above := tuple(cell for cell in grid.cells if cell.row < top):
        yield attrs.evolve(grid, cells=above)
    cells = [
        attrs.evolve(
            cell,
            row=cell.column,
            column=cell.row - top,
            row_span=cell.column_span,
            column_span=cell.row_span,
        )
        for cell in grid.cells
        if cell.row >= top
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    yield attrs.evolve(
        grid, rows=grid.columns, columns=grid.rows - top, cells=tuple(cells), hidden_rows=()
    )


def _gathered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with actions that stand in labelled paragraphs as a table."""
    run: list[Paragraph] = []
    for block in [*blocks, None]:
        if (
            isinstance(block, Paragraph)
            and block.heading is None
            and (titled_action(block.text) or (run and LABELLED.fullmatch(block.text)))
        ):
            run.append(block)
            continue
        yield from _as_table(run)
        run = []
        if block is not None:
            yield block


def _as_table(run: Sequence[Paragraph]) -> Sequence[Block]:
    """A table of the actions in paragraphs; these themselves if they are no list of actions."""
    actions: list[dict[str, str]] = []
    for paragraph in run:
        if named := titled_action(paragraph.text):
            numbered = NUMBERED.fullmatch(named[0])
            label, number = (numbered["label"], numbered["number"]) if numbered else (named[0], "")
            actions.append({"": number, label: named[1]})
        elif found := LABELLED.fullmatch(paragraph.text):
            values = actions[-1]
            label = found["label"].strip(" *_")
            values[label] = "\n".join(
                filter(None, (values.get(label), found["value"].strip(" *_")))
            )
    heads = list(dict.fromkeys(head for values in actions for head in values))
    known = {_meaning(head) for head in heads} - {""}
    if len(actions) < GROUPS or len(known) < FEWEST - 1:
        return run
    texts = [heads, *([values.get(head, "") for head in heads] for values in actions)]
    cells = tuple(
        Cell(text, None, None, row, column, 1, 1, run[0].place)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
        if text
    )
    return [Grid(len(texts), len(heads), cells, place=run[0].place)]
