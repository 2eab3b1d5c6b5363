"""Pillars under a roof, and pyramids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jmdi import panels
from jmdi_report.plots.saying import said, wrapped
from jmdi_report.plots.styles import Style, axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_levels"]


def draw_levels(body: panels.Levels, ax: Axes | None, style: Style, language: str) -> Axes:
    """Draws levels from the top; of pillars the first is the roof over the others.

    Each has its name, how many there are, how far it is as a bar, and one example.

    Args:
        body: The levels.
        ax: The axes to draw on; new ones if not given.
        style: How.
        language: Language of texts.
    """
    pillars = body.shape == "pillars" and len(body.levels) > 1
    size = (8.0, 4.0) if pillars else (6.0, 0.5 + 0.85 * len(body.levels))
    new = axes(ax, style, size)
    new.set_axis_off()
    new.set_xlim(0, 1)
    new.set_ylim(1, 0)
    if pillars:
        _house(new, body, style, language)
    else:
        _pyramid(new, body, style, language)
    return new


def _house(ax: Axes, body: panels.Levels, style: Style, language: str) -> None:
    roof, *columns = body.levels
    _shape(ax, [(0.02, 0.3), (0.5, 0.0), (0.98, 0.3)], style)
    _words(ax, roof, 0.5, 0.12, style, language, wide=42)
    _progress(ax, roof, 0.38, 0.24, 0.265, style)
    wide = 0.96 / len(columns)
    for i, level in enumerate(columns):
        left = 0.02 + i * wide + 0.012
        right = left + wide - 0.024
        _shape(ax, [(left, 0.33), (right, 0.33), (right, 0.97), (left, 0.97)], style)
        middle = (left + right) / 2
        _words(ax, level, middle, 0.39, style, language, wide=20, lines=3)
        _progress(ax, level, right - left - 0.03, left + 0.015, 0.6, style)
        examples = [f"· {wrapped(said(e, language), 24)}" for e in level.examples[:2]]
        ax.text(
            left + 0.015,
            0.66,
            "\n".join(examples),
            va="top",
            color=style.ink,
            fontsize=style.text * 0.78,
            linespacing=1.25,
        )
    ax.plot([0.02, 0.98], [0.985, 0.985], color=style.muted, lw=2 * style.line)


def _pyramid(ax: Axes, body: panels.Levels, style: Style, language: str) -> None:
    count = max(1, len(body.levels))
    for i, level in enumerate(body.levels):
        top, bottom = i / count + 0.01, (i + 1) / count - 0.01
        a, b = 0.16 + 0.34 * i / count, 0.16 + 0.34 * (i + 1) / count
        corners = [(0.5 - a, top), (0.5 + a, top), (0.5 + b, bottom), (0.5 - b, bottom)]
        _shape(ax, corners, style)
        middle = (top + bottom) / 2
        example = f" – {said(level.examples[0], language)}" if level.examples else ""
        _words(ax, level, 0.5, middle - 0.2 / count, style, language, wide=40, lines=1)
        text = wrapped(example.removeprefix(" – "), 60, 1)
        ax.text(
            0.5,
            middle + 0.28 / count,
            text,
            ha="center",
            va="center",
            color=style.ink,
            fontsize=style.text * 0.78,
        )


def _shape(ax: Axes, corners: list[tuple[float, float]], style: Style) -> None:
    from matplotlib.patches import Polygon

    ax.add_patch(
        Polygon(corners, facecolor=style.faint, edgecolor=style.muted, linewidth=0.8 * style.line)
    )


def _words(
    ax: Axes,
    level: panels.Level,
    x: float,
    y: float,
    style: Style,
    language: str,
    wide: int,
    lines: int = 2,
) -> None:
    """The name of a level, and below it how many there are or why that is not known."""
    known = not isinstance(level.count, panels.Unknown)
    name = wrapped(said(level.label, language), wide, lines)
    ax.annotate(
        name,
        (x, y),
        ha="center",
        va="center" if lines == 1 else "top",
        weight="bold",
        color=style.ink,
        fontsize=style.text * 0.9,
    )
    ax.annotate(
        wrapped(said(level.count, language), wide + 4),
        (x, y),
        xytext=(0, -style.text * (1.15 if lines == 1 else 1.25 * (name.count("\n") + 1))),
        textcoords="offset points",
        ha="center",
        va="center" if lines == 1 else "top",
        color=style.mark if known else style.muted,
        weight="bold" if known else "normal",
        fontsize=style.text * (1.0 if lines == 1 else 1.5 if known else 0.8),
    )


def _progress(
    ax: Axes, level: panels.Level, width: float, left: float, y: float, style: Style
) -> None:
    """How far it is: a tick for the value, a bar for what the unknown allows."""
    found = level.progress
    ax.plot([left, left + width], [y, y], color=style.muted, lw=style.line)
    if found is None:
        return
    if found.low is not None and found.high is not None:
        ends = [left + width * float(end) for end in (found.low, found.high)]
        ax.plot(
            ends, [y, y], color=style.mark, alpha=0.45, lw=6 * style.line, solid_capstyle="butt"
        )
    if found.value is not None:
        x = left + width * float(found.value)
        ax.plot([x], [y], "|", color=style.ink, ms=style.text * 1.3, mew=2)
