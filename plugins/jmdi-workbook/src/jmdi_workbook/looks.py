"""What a workbook looks like: colours, widths and heights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jmdi_workbook.layout import Column

__all__ = ["A4", "LOOKS", "RIGHT_TO_LEFT", "height_of", "look_of", "width_of"]

WIDE, NARROW = 32, 18
RIGHT_TO_LEFT = 2
"""The number of the direction in files of Excel; without it a full stop is on the wrong side."""

A4 = 9
"""The number of the paper size in files of Excel."""

LINE, TALLEST = 15, 8
"""Points that a line of text is high, and most lines of a row that are all shown."""

TEXT = "@"
"""The number format of a cell whose words no program makes a date or a number of."""

TITLE, ASKED = "#D9E2F3", "#FFE699"
"""The colours of titles and of questions."""

LOOKS: Mapping[str, Mapping[str, object]] = {
    "heading": {"bold": True, "font_size": 14},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
    "title": {"bold": True, "bg_color": TITLE, "text_wrap": True, "valign": "top", "border": 1},
    "key": {"font_color": "#808080", "font_size": 8, "num_format": TEXT},
    "id": {"font_color": "#808080", "valign": "top", "num_format": TEXT},
    "cell": {"text_wrap": True, "valign": "top", "num_format": TEXT},
    "asked": {
        "text_wrap": True,
        "valign": "top",
        "num_format": TEXT,
        "bg_color": ASKED,
        "border": 1,
    },
}


def look_of(column: Column) -> str:
    """The name of the look of a column's cells: an id is long, and not for people."""
    return "id" if column.name == "id" else "cell"


def width_of(column: Column) -> int:
    """How many characters of a column are shown in a line."""
    wide = column.sort in ("record", "code", "name") or column.field in ("names", "description")
    return WIDE if wide else NARROW


def height_of(cells: Iterable[tuple[int, str | None]]) -> int:
    """How high a row is, in points, as not all programs look for themselves.

    Args:
        cells: The width of each column, and what its cell shows.
    """
    lines = (-(-len(text) // (width - 2)) for width, text in cells if text)
    return LINE * min(max(lines, default=1), TALLEST)
