"""A timeline: what is fixed is solid, what is uncertain hatched, and no date is no bar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jmdi import panels
from jmdi_report.localised import Localised
from jmdi_report.plots.saying import said, wrapped
from jmdi_report.plots.styles import Style, axes
from jmdi_report.words import RIGHT_TO_LEFT, texts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_timeline"]

TICKS = 9
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between ticks."""


def draw_timeline(body: panels.Timeline, ax: Axes | None, style: Style, language: str) -> Axes:
    """Draws rows by group, with their dates as bars and their money beside them.

    Args:
        body: The timeline.
        ax: The axes to draw on; new ones if not given.
        style: How.
        language: Language of texts, dates and money.
    """
    lines = _lines(body, language)
    new = axes(ax, style, (8.4, 1.3 + 0.34 * len(lines)))
    spans = [span for row in body.rows for span in row.spans]
    today = datetime.date(2000, 1, 1)
    start = min((span.start for span in spans), default=today)
    end = max((span.end for span in spans), default=today)
    first, last = start.replace(day=1), _next_month(end)
    left, right = first.toordinal(), last.toordinal()
    mirrored = language in RIGHT_TO_LEFT
    new.set_xlim(*((right, left) if mirrored else (left, right)))
    new.set_ylim(len(lines) - 0.4, -0.6)
    middle = (left + right) / 2
    for place, line in enumerate(lines):
        if isinstance(line, str):
            new.axhspan(place - 0.5, place + 0.5, color=style.faint, lw=0, zorder=0)
            _head(new, line, (1.0 if mirrored else 0.0, place), style)
            continue
        _bars(new, place, line.spans, style)
        if not line.spans:
            text = wrapped(said(line.dates, language), 60, 1)
            new.text(
                middle,
                place,
                text,
                ha="center",
                va="center",
                style="italic",
                color=style.muted,
                fontsize=style.text * 0.9,
            )
        money = wrapped(said(line.money, language), 26)
        new.annotate(
            money,
            (0 if mirrored else 1, place),
            xycoords=("axes fraction", "data"),
            xytext=(-6 if mirrored else 6, 0),
            textcoords="offset points",
            ha="right" if mirrored else "left",
            va="center",
            color=style.ink,
            fontsize=style.text * 0.85,
            annotation_clip=False,
        )
    labels = [
        "" if isinstance(line, str) else wrapped(said(line.label, language), 36) for line in lines
    ]
    new.set_yticks(range(len(lines)), labels, fontsize=style.text * 0.9)
    if mirrored:
        new.yaxis.tick_right()
    ticks = _ticks(first, last)
    yearly = len({day.month for day in ticks}) == 1 < len(ticks)
    words = [str(day.year) if yearly else _month(day, day in ticks[:1], language) for day in ticks]
    new.set_xticks([day.toordinal() for day in ticks], words)
    new.xaxis.tick_top()
    new.grid(axis="x", color=style.faint, lw=style.line)
    new.set_axisbelow(True)
    new.tick_params(length=0)
    new.spines[:].set_visible(False)
    _legend(new, spans, style, language)
    return new


def _lines(body: panels.Timeline, language: str) -> list[str | panels.Row]:
    """The rows, each group after its name."""
    lines: list[str | panels.Row] = []
    group: object = ""
    for row in body.rows:
        if row.group and row.group != group:
            lines.append(said(row.group, language))
        group = row.group
        lines.append(row)
    return lines


def _bars(ax: Axes, place: int, spans: Sequence[panels.Span], style: Style) -> None:
    for span in spans:
        left, right = span.start.toordinal(), span.end.toordinal() + 1
        if span.sure == "single":
            middle = (left + right) / 2
            ax.plot([middle], [place], "D", color=style.mark, ms=style.text * 0.7, zorder=3)
        else:
            unsure = span.sure == "uncertain"
            ax.barh(
                place,
                right - left,
                0.5,
                left,
                facecolor=style.paper if unsure else style.mark,
                edgecolor=style.mark,
                hatch="////" if unsure else None,
                linewidth=0.8 * style.line,
                zorder=2,
            )


def _legend(ax: Axes, spans: Sequence[panels.Span], style: Style, language: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    texts = texts_of(language)
    kinds = {span.sure for span in spans}
    handles: list[Line2D | Patch] = []
    if "fixed" in kinds:
        handles.append(Patch(color=style.mark, label=texts["body.fixed"]))
    if "uncertain" in kinds:
        handles.append(
            Patch(fc=style.paper, ec=style.mark, hatch="////", label=texts["body.uncertain"])
        )
    if "single" in kinds:
        handles.append(Line2D([], [], ls="", marker="D", color=style.mark, label=texts["body.day"]))
    if handles:
        ax.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=(0, 0),
            ncols=3,
            frameon=False,
            fontsize=style.text * 0.85,
            labelcolor=style.ink,
        )


def _head(ax: Axes, text: str, at: tuple[float, float], style: Style) -> None:
    left = at[0] == 0
    ax.annotate(
        text,
        at,
        xycoords=("axes fraction", "data"),
        xytext=(4 if left else -4, 0),
        textcoords="offset points",
        ha="left" if left else "right",
        va="center",
        weight="bold",
        color=style.ink,
        fontsize=style.text * 0.9,
    )


def _next_month(day: datetime.date) -> datetime.date:
    return datetime.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month(day: datetime.date, first: bool, language: str) -> str:
    """A month, with its year where that is new."""
    month = Localised(language).dates(f"{day:%Y-%m}").replace(str(day.year), "").strip(" ,")
    return f"{month}\n{day.year}" if first or day.month == 1 else month


def _ticks(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """First days of months, at most `TICKS` of them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in STEPS if months <= step * TICKS), STEPS[-1])
    start = first.year * 12 + first.month - 1
    start += -start % step
    count = range(start, last.year * 12 + last.month - 1, step)
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in count]
