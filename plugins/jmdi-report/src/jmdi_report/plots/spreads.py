"""A null distribution with the observed value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jmdi import Result
from jmdi_report.plots.styles import Style, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_nulls"]


_BOUNDS = {"lower": "lower bound", "upper": "upper bound"}


def draw_nulls(
    result: Result, rows: Mapping[str, Mapping[str, Any]], ax: Axes, style: Style
) -> Axes:
    """Draws what a null model gave, and what was observed, one row for each comparison.

    Draws that the result kept are a histogram; without, its quantiles are a bar of 95 % and a
    thicker one of the middle half. The observed value is a diamond.

    Args:
        result: The result.
        rows: The comparisons by name, each with ``observed``, ``mean`` and ``quantiles``.
        ax: The axes to draw on.
        style: How.
    """
    kept = result.notes.get("draws_kept")
    for place, (key, row) in enumerate(rows.items()):
        draws = kept.get(key) if isinstance(kept, Mapping) else kept
        if draws:
            _histogram(ax, place, [float(x) for x in draws if x is not None], style)
        else:
            _bars(ax, place, {float(q): x for q, x in row["quantiles"].items()}, style)
        mean = row.get("mean")
        if mean is not None:
            ax.plot([float(mean)], [place], "|", ms=style.text, mew=1.5, color=style.ink)
        if row["observed"] is not None:
            observed = float(row["observed"])
            ax.plot([observed], [place], "D", ms=style.text * 0.7, color=style.accent, zorder=5)
        if (p := row.get("p")) is not None:
            ax.annotate(
                f"p = {float(p):.3g}",
                (1, place),
                xycoords=("axes fraction", "data"),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                color=style.ink,
                fontsize=style.text * 0.9,
                annotation_clip=False,
            )
    ax.plot([], [], "D", color=style.accent, ms=style.text * 0.7, label="observed")
    ax.plot([], [], "|", color=style.ink, ms=style.text, mew=1.5, label="mean of the null model")
    ax.plot([], [], color=style.mark, alpha=0.45, lw=5, label="95 % of its draws")
    ax.set_ylim(len(rows) - 0.5, -0.7)
    names = [_BOUNDS.get(key, key.replace("_", " ")) for key in rows]
    single = len(rows) == 1
    ax.set_yticks([] if single else range(len(rows)), [] if single else names)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.05)
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=3,
        frameon=False,
        fontsize=style.text * 0.85,
        labelcolor=style.ink,
        columnspacing=1.2,
        handletextpad=0.4,
    )
    of = str(result.parameters.get("metric") or result.title or result.metric)
    draws_ = next(iter(rows.values())).get("draws")
    model = str(result.notes.get("model") or "").strip()
    ax.set_xlabel(
        f"{of}"
        + (f" – {draws_:,} draws" if draws_ else "")
        + (f": {model}" if len(model) < 50 and model else "")
    )
    titled(ax, result.title or result.metric, style)
    return ax


def _bars(ax: Axes, place: int, quantiles: Mapping[float, Any], style: Style) -> None:
    for low, high, width in ((0.025, 0.975, 5), (0.25, 0.75, 11)):
        start, end = quantiles.get(low), quantiles.get(high)
        if start is not None and end is not None:
            ax.hlines(place, float(start), float(end), color=style.mark, alpha=0.45, lw=width)


def _histogram(ax: Axes, place: int, draws: list[float], style: Style) -> None:
    import numpy as np

    counts, edges = np.histogram(draws, bins=min(40, max(8, int(len(draws) ** 0.5))))
    tops = counts / max(1, counts.max()) * 0.6
    ax.bar(
        edges[:-1],
        -tops,
        np.diff(edges),
        bottom=place + 0.15,
        align="edge",
        color=style.mark,
        alpha=0.45,
        lw=0,
    )
