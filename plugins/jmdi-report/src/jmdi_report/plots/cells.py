"""A matrix of values: shades of what is known, hatched where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
import numpy as np

from jmdi_report.plots.styles import Style, axes, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Cells", "draw_cells"]

WRITTEN = 150
"""Up to so many cells each has its number."""


@attrs.frozen
class Cells:
    """The cells of a matrix.

    Attributes:
        said: What their numbers are.
        pairs: Row and column of each.
        values: Value, lowest and highest possible value of each; the value is ``None`` where
            these leave it open.
        rows: What rows are called, in order.
        columns: What columns are called, in order.
    """

    said: str
    pairs: Sequence[tuple[str, str]]
    values: Sequence[tuple[float | None, float | None, float | None]]
    rows: Mapping[str, str]
    columns: Mapping[str, str]


def draw_cells(title: str, cells: Cells, ax: Axes | None, style: Style) -> Axes:
    """Draws values of pairs as a matrix; a pair that is nowhere is an empty cell.

    Args:
        title: What it shows.
        cells: What is drawn.
        ax: The axes to draw on; new ones if not given.
        style: How.
    """
    from matplotlib.colors import LinearSegmentedColormap

    left, top = list(cells.rows), list(cells.columns)
    grid = np.full((len(left), len(top)), np.nan)
    open_: list[tuple[int, int, float | None, float | None]] = []
    for (one, other), (value, low, high) in zip(cells.pairs, cells.values, strict=True):
        i, j = left.index(one), top.index(other)
        if value is None:
            open_.append((i, j, low, high))
        else:
            grid[i, j] = value
    size = (2.6 + 0.34 * len(top), 2.0 + 0.24 * len(left))
    new = axes(ax, style, (min(max(size[0], 5), 14), min(max(size[1], 3), 16)))
    paler = "#eef1fd" if style.theme == "light" else "#1b2233"
    shades = LinearSegmentedColormap.from_list("jmdi", [paler, style.mark])
    known = grid[~np.isnan(grid)]
    lowest, highest = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    bottom = min(0.0, lowest)
    top_ = highest if highest > bottom else bottom + 1
    image = new.imshow(
        np.ma.masked_invalid(grid),
        cmap=shades,
        vmin=bottom,
        vmax=top_,
        aspect="auto",
        interpolation="none",
    )
    _hatched(new, open_, grid.size <= WRITTEN, style)
    if grid.size <= WRITTEN:
        for (i, j), value in np.ndenumerate(grid):
            if not np.isnan(value):
                dark = (value - bottom) / (top_ - bottom) > 0.45
                paper = style.paper if dark else style.ink
                text = f"{value:.2g}" if value % 1 else f"{value:.0f}"
                new.text(
                    j, i, text, ha="center", va="center", color=paper, fontsize=style.text * 0.85
                )
    labels = [[_short(text) for text in side.values()] for side in (cells.rows, cells.columns)]
    small = style.text * (0.9 if max(map(len, labels)) <= 30 else 0.65)
    new.set_yticks(range(len(left)), labels[0], fontsize=small)
    new.set_xticks(range(len(top)), labels[1], rotation=45, ha="right", fontsize=small)
    new.tick_params(length=0)
    new.spines[:].set_visible(False)
    if len(known):
        tall = new.figure.bbox.height / new.figure.dpi
        bar = new.figure.colorbar(image, ax=new, shrink=min(0.7, 2.5 / tall), aspect=16, pad=0.02)
        bar.outline.set_visible(False)
        bar.ax.tick_params(colors=style.ink, labelsize=style.text * 0.9, width=0.5)
        bar.set_label(cells.said, color=style.ink, fontsize=style.text * 0.9)
    titled(new, title + ("   (hatched: not known)" if open_ else ""), style)
    return new


def _hatched(
    ax: Axes,
    cells: Sequence[tuple[int, int, float | None, float | None]],
    written: bool,
    style: Style,
) -> None:
    """Cells of which only bounds are known, with these where there is room."""
    from matplotlib.patches import Rectangle

    for i, j, low, high in cells:
        ax.add_patch(
            Rectangle(
                (j - 0.5, i - 0.5),
                1,
                1,
                facecolor="none",
                edgecolor=style.muted,
                hatch="////",
                linewidth=0,
            )
        )
        if written and low is not None:
            end = "+" if high is None else f"–{high:.2g}"
            ax.text(
                j,
                i,
                f"{low:.2g}{end}",
                ha="center",
                va="center",
                color=style.ink,
                fontsize=style.text * 0.75,
                bbox={"boxstyle": "square,pad=0.1", "fc": style.paper, "ec": "none"},
            )


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
