"""Bars with their bounds, or stacked of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jmdi import panels
from jmdi_report.palette import FAMILIES
from jmdi_report.plots.saying import said, wrapped
from jmdi_report.plots.styles import Style, axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_bars"]


def draw_bars(body: panels.Bars, ax: Axes | None, style: Style, language: str) -> Axes:
    """Draws bars below each other; one whose length is not known says why.

    Args:
        body: The bars.
        ax: The axes to draw on; new ones if not given.
        style: How.
        language: Language of texts.
    """
    new = axes(ax, style, (6.8, 0.9 + 0.3 * max(2, len(body.rows))))
    series = list(dict.fromkeys(part.label for row in body.rows for part in row.parts))
    colours = {label: style.colour(FAMILIES[i % len(FAMILIES)]) for i, label in enumerate(series)}
    named: set[panels.Words] = set()
    for place, row in enumerate(body.rows):
        end = 0.0
        for part in row.parts:
            new.barh(
                place,
                float(part.value),
                0.6,
                end,
                color=colours[part.label],
                edgecolor=style.paper,
                linewidth=0.6,
                label="" if part.label in named else said(part.label, language),
            )
            named.add(part.label)
            end += float(part.value)
        if not row.parts and row.value is not None:
            end = float(row.value)
            new.barh(place, end, 0.6, color=style.mark, alpha=0.85)
        if row.low is not None and row.high is not None and row.low < row.high:
            ends = [float(row.low), float(row.high)]
            caps: dict[str, Any] = {"marker": "|", "ms": style.text * 0.9, "mew": 1.2}
            new.plot(ends, [place, place], color=style.ink, lw=1.4 * style.line, **caps)
            end = max(end, ends[1])
        why = said(row.why, language)
        if row.value is None and not row.parts and why:
            new.annotate(
                wrapped(why, 50, 1),
                (end, place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                style="italic",
                color=style.muted,
                fontsize=style.text * 0.85,
            )
    names = [wrapped(said(row.label, language), 34) for row in body.rows]
    new.set_yticks(range(len(body.rows)), names)
    new.set_ylim(len(body.rows) - 0.4, -0.6)
    new.set_xlim(left=0)
    new.tick_params(axis="y", length=0)
    new.set_xlabel(said(body.unit, language))
    if series:
        new.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=3,
            frameon=False,
            fontsize=style.text * 0.85,
            labelcolor=style.ink,
        )
    return new
