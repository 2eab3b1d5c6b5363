"""Panels of a report as figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jmdi import Dataset, panels
from jmdi.metrics.result import NoFigure
from jmdi_report.plots.bars import draw_bars
from jmdi_report.plots.cells import Cells, draw_cells
from jmdi_report.plots.levels import draw_levels
from jmdi_report.plots.saying import said
from jmdi_report.plots.styles import Style, StyleName, axes, style_of
from jmdi_report.plots.timeline import draw_timeline
from jmdi_report.words import texts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["gantt", "panel", "pillars"]


def gantt(
    dataset: Dataset,
    ax: Axes | None = None,
    *,
    style: StyleName = "light",
    language: str = "en",
) -> Axes:
    """Draws the actions of work plans over time.

    A date that is fixed is a solid bar, one that may change is hatched, a single day is a
    diamond; an action without a date says so instead. Beside it stands its money as stated.

    Args:
        dataset: The records.
        ax: The axes to draw on; new ones if not given.
        style: ``light``, ``dark`` or ``print``.
        language: Language of texts and dates.

    Returns:
        The axes.

    Raises:
        NoFigure: If there is no action, or jmdi-workplan or matplotlib is not installed.
        NotFound: If there is no such style or language.
    """
    return _named(dataset, "workplan:timeline", "action", ax, style, language)


def pillars(
    dataset: Dataset,
    ax: Axes | None = None,
    *,
    style: StyleName = "light",
    language: str = "en",
) -> Axes:
    """Draws the five pillars of knowledge: the first as the roof over the others.

    Each says how many records serve it; its bar shows how far it is and what the unknown allows.

    Args:
        dataset: The records.
        ax: The axes to draw on; new ones if not given.
        style: ``light``, ``dark`` or ``print``.
        language: Language of texts.

    Returns:
        The axes.

    Raises:
        NoFigure: If nothing serves a pillar, or jmdi-knowledge or matplotlib is not installed.
        NotFound: If there is no such style or language.
    """
    return _named(dataset, "knowledge:pillars", "record of a pillar", ax, style, language)


def _named(
    dataset: Dataset, name: str, what: str, ax: Axes | None, style: StyleName, language: str
) -> Axes:
    spec = dataset.model.catalog.panels.get(name)
    if spec is None:
        plugin = f"jmdi-{name.partition(':')[0]}"
        raise NoFigure(f"this figure needs {plugin}: pip install {plugin}")
    body = spec.make(dataset)
    if body is None:
        raise NoFigure(f"there is no {what} to draw")
    return panel(body, ax, style=style, language=language)


def panel(
    body: panels.Body,
    ax: Axes | None = None,
    *,
    style: StyleName = "light",
    language: str = "en",
) -> Axes:
    """Draws the body of a panel, where it is a picture.

    Args:
        body: Bars, a matrix, a timeline, a curve, or levels.
        ax: The axes to draw on; new ones if not given.
        style: ``light``, ``dark`` or ``print``.
        language: Language of texts.

    Returns:
        The axes.

    Raises:
        NoFigure: If it is a table or text, or matplotlib is not installed.
        NotFound: If there is no such style or language.
    """
    texts_of(language)
    look = style_of(style)
    for cls, draw in _DRAWN.items():
        if isinstance(body, cls):
            return draw(body, ax, look, language)
    drawn = ", ".join(cls.__name__ for cls in _DRAWN)
    raise NoFigure(f"{type(body).__name__} is text and no picture; drawn are: {drawn}")


def _matrix(body: panels.Matrix, ax: Axes | None, style: Style, language: str) -> Axes:
    rows = {f"{i}": said(words, language) for i, words in enumerate(body.rows)}
    columns = {f"{j}": said(words, language) for j, words in enumerate(body.columns)}
    pairs = [(i, j) for i in rows for j in columns]
    flat = [value for row in body.values for value in row]
    values = [(None if v is None else float(v), None, None) for v in flat]
    unit = said(body.unit, language)
    return draw_cells("", Cells(unit, pairs, values, rows, columns), ax, style)


def _curve(body: panels.Curve, ax: Axes | None, style: Style, language: str) -> Axes:
    """Lines with bands of their bounds, and marks across."""
    new = axes(ax, style, (6.4, 4.0))
    colours = (style.mark, style.accent, style.muted, style.ink)
    for number, line in enumerate(body.lines):
        colour = colours[number % len(colours)]
        band = [p for p in line.points if p.low is not None and p.high is not None]
        new.fill_between(
            [_place(p.x) for p in band],
            [float(p.low) for p in band if p.low is not None],
            [float(p.high) for p in band if p.high is not None],
            color=colour,
            alpha=0.2,
            lw=0,
        )
        known = [p for p in line.points if p.y is not None]
        new.plot(
            [_place(p.x) for p in known],
            [float(p.y) for p in known if p.y is not None],
            marker="os^D"[number % 4],
            ms=style.text * 0.4,
            lw=1.3 * style.line,
            color=colour,
            label=said(line.label, language),
        )
    for mark in body.marks:
        name = said(mark.label, language)
        if mark.y is not None:
            new.axhline(float(mark.y), ls="--", lw=style.line, color=style.muted, label=name)
        if mark.x is not None:
            new.axvline(_place(mark.x), ls=":", lw=style.line, color=style.muted, label=name)
    new.set_xlabel(said(body.x, language))
    new.set_ylabel(said(body.y, language))
    if any(isinstance(p.x, datetime.date) for line in body.lines for p in line.points):
        days = sorted({_place(p.x) for line in body.lines for p in line.points})
        step = max(1, -(-len(days) // 8))
        names = [said(datetime.date.fromordinal(int(d)), language) for d in days[::step]]
        new.set_xticks(days[::step], names, rotation=30, ha="right")
    handles, _ = new.get_legend_handles_labels()
    if len(handles) > 1:
        new.legend(
            loc="lower center",
            bbox_to_anchor=(0.5, 1),
            ncols=2,
            frameon=False,
            fontsize=style.text * 0.85,
            labelcolor=style.ink,
        )
    return new


def _place(x: float | datetime.date) -> float:
    return float(x.toordinal()) if isinstance(x, datetime.date) else float(x)


_DRAWN: dict[type[panels.Body], Callable[[Any, Axes | None, Style, str], Axes]] = {
    panels.Bars: draw_bars,
    panels.Matrix: _matrix,
    panels.Timeline: draw_timeline,
    panels.Curve: _curve,
    panels.Levels: draw_levels,
}
