"""A card of HTML: a head, sections that open, and the same as text where styles are lost."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import attrs

from jmdi.classes import frozen
from jmdi.display.privacy import masked

__all__ = ["MOST_BYTES", "Section", "card"]

MOST_BYTES = 8192
"""How large a card may be, whatever it shows."""

_SIZES = ((12, 12, 80), (10, 8, 40), (8, 6, 24), (5, 4, 16), (2, 2, 12), (0, 0, 12))
"""Rows of a section, its columns, and characters of a cell: each is tried until all fits."""

_STYLE = (
    ".jmdi{--jmdi-ink:var(--jp-content-font-color0,var(--vscode-editor-foreground,"
    "var(--sg-text-color,inherit)));--jmdi-mark:#080a8c;color:var(--jmdi-ink);"
    "font-size:.9em;line-height:1.4;max-width:60em}"
    "@media(prefers-color-scheme:dark){.jmdi{--jmdi-mark:#728ffd}}"
    "[data-jp-theme-light=false] .jmdi,.vscode-dark .jmdi,[data-theme=dark] .jmdi"
    "{--jmdi-mark:#728ffd}"
    "[data-jp-theme-light=true] .jmdi,.vscode-light .jmdi,[data-theme=light] .jmdi"
    "{--jmdi-mark:#080a8c}"
    ".jmdi>pre{display:none}.jmdi>div{display:block!important;"
    "border:1px solid color-mix(in srgb,currentColor 30%,transparent);border-radius:6px;"
    "padding:.5em .8em}"
    ".jmdi .h{font-weight:600}.jmdi summary{cursor:pointer;font-weight:600}.jmdi p{margin:.2em 0}"
    ".jmdi table{border-collapse:collapse;margin:.3em 0;font-size:1em}"
    ".jmdi th,.jmdi td{text-align:start;padding:.1em 1em .1em 0;background:none;"
    "vertical-align:top;white-space:normal}.jmdi th{font-weight:600}"
    ".jmdi td.n,.jmdi th.n{text-align:end;font-variant-numeric:tabular-nums}"
    ".jmdi .w{position:relative;display:block;width:16em;max-width:100%;height:1em;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 40%,transparent)}"
    ".jmdi .w i,.jmdi .w b{position:absolute;background:var(--jmdi-mark)}"
    ".jmdi .w i{top:.35em;height:.3em;opacity:.45}.jmdi .w b{top:.1em;height:.8em;width:2px}"
)


@frozen
class Section:
    """One part of a card.

    Attributes:
        title: Its heading, which stays when it is closed.
        rows: Cells; numbers stand to the right.
        columns: Headings of the columns; none if they need none.
        more: How many rows there are beside these.
        whisker: Start and end of an interval and the value in it, as shares of a line from 0
            to 1; ``None`` where there is no interval or no value.
    """

    title: str
    rows: Sequence[Sequence[object]] = ()
    columns: Sequence[str] = ()
    more: int = 0
    whisker: tuple[float | None, float | None, float | None] | None = None


def card(title: str, lines: Iterable[str], sections: Iterable[Section]) -> str:
    """The card as HTML of at most `MOST_BYTES`; the first section is open.

    It has no script and no id, its styles hold only inside it, colours are those of the
    notebook, and everything given is escaped.

    Args:
        title: What it shows, in one line.
        lines: Sentences below.
        sections: Its parts; those without rows and whisker are left out.
    """
    parts = [section for section in sections if section.rows or section.whisker]
    said = list(lines)
    made = ""
    for rows, columns, width in _SIZES:
        shown = [_clipped(section, rows, columns) for section in parts]
        made = _html(title, said, shown, width)
        if len(made.encode("utf-8", "replace")) <= MOST_BYTES:
            break
    return made


def _clipped(section: Section, rows: int, columns: int) -> Section:
    widest = max(map(len, (section.columns, *section.rows)), default=0)
    kept = [row[:columns] for row in section.rows[:rows]]
    heads = list(section.columns[:columns])
    if widest > columns and heads:
        heads[-1:] = [f"… {widest - columns + 1} more"]
        kept = [[*row[: columns - 1], "…"] for row in kept]
    more = section.more + len(section.rows) - len(kept)
    return attrs.evolve(section, rows=kept, columns=heads, more=more)


def _html(title: str, lines: Sequence[str], sections: Sequence[Section], width: int) -> str:
    head = _safe(title, 3 * width)
    body = "".join(f"<p>{_safe(line, 4 * width)}</p>" for line in lines)
    opened = " open"
    for section in sections:
        inner = f"<summary>{_safe(section.title, 2 * width)}</summary>{_whisker(section)}"
        inner += f"<table>{_rows(section, width)}</table>" if section.rows else ""
        inner += f"<p>… {section.more:,} more</p>" if section.more else ""
        body += f"<details{opened}>{inner}</details>"
        opened = ""
    text = _plain(title, lines, sections, width)
    return (
        f'<div class="jmdi"><style>{_STYLE}</style><pre>{text}</pre>'
        f'<div style="display:none"><p class="h">{head}</p>{body}</div></div>'
    )


def _rows(section: Section, width: int) -> str:
    cells = [list(section.columns), *section.rows] if section.columns else list(section.rows)
    numeric = {
        i
        for i in range(max(map(len, section.rows), default=0))
        if all(_is_number(row[i]) for row in section.rows if i < len(row) and row[i] is not None)
    }
    lines = []
    for number, row in enumerate(cells):
        name = "th" if section.columns and number == 0 else "td"
        lines.append(
            "<tr>"
            + "".join(
                f"<{name}{' class=n' if i in numeric else ''}>{_safe(cell, width)}</{name}>"
                for i, cell in enumerate(row)
            )
            + "</tr>"
        )
    return "".join(lines)


def _plain(title: str, lines: Sequence[str], sections: Sequence[Section], width: int) -> str:
    """The first section as text, for readers that drop styles."""
    rows = sections[0].rows[:6] if sections else ()
    told = [title, *lines, *("  " + "  ".join(_text(cell) for cell in row[:4]) for row in rows)]
    return "\n".join(_safe(line, 3 * width) for line in told)


def _whisker(section: Section) -> str:
    if section.whisker is None:
        return ""
    low, high, value = section.whisker
    bar = ""
    if low is not None and high is not None:
        bar += f'<i style="left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"></i>'
    if value is not None:
        bar += f'<b style="left:{100 * value:.1f}%"></b>'
    return f'<span class="w" aria-hidden="true">{bar}</span>'


def _is_number(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _text(cell: object) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return "" if cell is None else str(cell)


def _safe(cell: object, width: int) -> str:
    """A cell as HTML: clipped, without contacts, and escaped."""
    text = masked(_text(cell))
    return html.escape(text if len(text) <= width else f"{text[: width - 1]}…")
