"""Figures of results, drawn with matplotlib; needs the extra ``plot``.

``result.plot()`` calls the one that suits its metric. Each draws on the axes that it is given,
or on new ones, and returns them. It changes no setting of matplotlib, and leaves showing and
saving to the caller. Colours are those of Okabe & Ito 2008, which people with any common colour
vision can tell apart.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.metrics.result import NoFigure, Result, UndefinedResult

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "adoption_curve",
    "best_seeds",
    "cascade",
    "category_sizes",
    "crossing",
    "exposure_by_period",
    "hazard_by_period",
    "sensitivity",
    "threshold_exposure",
    "vector",
    "vectors",
    "vectors_over_time",
]

BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#F0E442",
)
CYCLE = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY)
MARKERS = ("o", "s", "^", "D", "v", "P")
SHADES = (SKY, YELLOW, ORANGE, PURPLE, RED)
CLUSTERS = 7


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    try:
        figures = importlib.import_module("matplotlib.figure")
    except ImportError as error:
        why = "figures need matplotlib, which is not installed: pip install 'jmdi-scaling[plot]'"
        raise NoFigure(why) from error
    made: Axes = figures.Figure(figsize=(6.4, 4.0), layout="constrained").subplots()
    return made


def _values(result: Result) -> Mapping[str, Any]:
    if result.values is None:
        raise UndefinedResult(result.undefined, f"{result.metric} has nothing to draw")
    return result.values


def _on_record(result: Result) -> dict[str, float]:
    """The numbers to draw: what is known, else what is on record at least."""
    values = {k: result.bounds[k][0] if x is None else x for k, x in _values(result).items()}
    return {key: float(value) for key, value in values.items()}


def _spread(ax: Axes, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
    ax.fill_between(x, low, high, color=SKY, alpha=0.4, lw=0, label="5th to 95th percentile")


def _dressed(ax: Axes, x: str, y: str, *, share: bool = True, legend: bool = False) -> Axes:
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    if share:
        ax.set_ylim(0, 1.02)
    ax.spines[["top", "right"]].set_visible(False)
    if legend:
        ax.legend(frameon=False, fontsize="small")
    return ax


def _periods(ax: Axes, labels: Sequence[str]) -> None:
    """Labels of periods, at most about ten of them."""
    step = max(1, -(-len(labels) // 10))
    slanted = any(len(label) > 4 for label in labels)
    ax.set_xticks(range(0, len(labels), step), list(labels)[::step], rotation=45 if slanted else 0)


def adoption_curve(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """The share that had adopted by each period, over the spans of the adopter categories.

    Adopters whose date is not known make the band.
    """
    ax = _axes(ax)
    values = _on_record(result)
    labels = list(values)
    spans = result.notes.get("categories") or {}
    for shade, (name, (first, last, count)) in zip(SHADES, spans.items(), strict=False):
        ax.axvspan(
            labels.index(first) - 0.5,
            labels.index(last) + 0.5,
            color=shade,
            alpha=0.25,
            lw=0,
            label=f"{name} ({count})",
            zorder=0,
        )
    bounds = result.notes.get("bounds") or {}
    if any(low != high for low, high in bounds.values()):
        ax.fill_between(
            range(len(labels)),
            [bounds[k][0] for k in labels],
            [bounds[k][1] for k in labels],
            color="0.6",
            alpha=0.5,
            lw=0,
            label="if undated and unrecorded adopters are counted",
        )
    given = {"color": "black", "marker": "o", "ms": 4, "label": "adopted", **style}
    ax.plot(range(len(labels)), list(values.values()), **given)
    _periods(ax, labels)
    n = f" (n = {result.n_used})" if result.n_used is not None else ""
    return _dressed(ax, "period", f"share of actors that have adopted{n}", legend=True)


def hazard_by_period(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """The hazard in each period, its peak marked."""
    ax = _axes(ax)
    values = _values(result)
    top = max(values.values())
    colours = [RED if value == top else BLUE for value in values.values()]
    ax.bar(range(len(values)), list(values.values()), **{"color": colours, "width": 0.7, **style})
    _periods(ax, list(values))
    ax.annotate(
        "peak",
        (list(values.values()).index(top), top),
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        color=RED,
    )
    return _dressed(ax, "period", "share of those left who adopt", share=False)


def exposure_by_period(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """Mean exposure in each period."""
    ax = _axes(ax)
    means = result.notes.get("mean_by_period") or {}
    labels = list(means)
    known = [(k, means[label]) for k, label in enumerate(labels) if means[label] is not None]
    given = {"color": BLUE, "marker": "o", "ms": 4, **style}
    ax.plot([k for k, _ in known], [value for _, value in known], **given)
    _periods(ax, labels)
    share = result.range == (0, 1)
    of_ties = result.value_is == "mean exposure"
    words = "mean exposure (share of ties to adopters)" if of_ties else result.value_is
    return _dressed(ax, "period", words, share=share)


def threshold_exposure(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """The threshold of each adopter against its exposure in the last period.

    Those on the diagonal were as exposed when they adopted as in the end; far below it, early
    for their surroundings. Equal points are drawn larger.
    """
    ax = _axes(ax)
    values = _values(result)
    final = result.notes.get("exposure_at_end") or {}
    points: dict[tuple[float, float], int] = {}
    for name, value in values.items():
        if name in final:
            points[final[name], value] = points.get((final[name], value), 0) + 1
    ax.axline((0, 0), (1, 1), ls=":", color="0.5", label="adopted at its exposure of the end")
    given = {"color": BLUE, "alpha": 0.6, "lw": 0, **style}
    ax.scatter([], [], s=40, label=f"adopters (n = {sum(points.values())})", **given)
    ax.scatter(
        [x for x, _ in points],
        [y for _, y in points],
        s=[20 * count for count in points.values()],
        **given,
    )
    numbers = [number for point in points for number in point]
    top = 1.0 if result.range == (0, 1) else max(numbers, default=1.0)
    ax.set_xlim(-0.04 * top, 1.04 * top)
    _dressed(ax, "exposure in the last period", "threshold (exposure when it adopted)", legend=True)
    ax.set_ylim(-0.04 * top, 1.04 * top)
    return ax


def category_sizes(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """How many actors are in each category of adopters; those censored beside them."""
    ax = _axes(ax)
    values = dict(_values(result))
    censored = result.notes.get("censored")
    colours: list[str] = list(SHADES[: len(values)])
    if censored:
        values["not yet"] = censored
        colours.append("0.8")
    bars = ax.bar(range(len(values)), list(values.values()), **{"color": colours, **style})
    ax.bar_label(bars)
    ax.set_xticks(range(len(values)), [name.replace(" ", "\n") for name in values])
    return _dressed(ax, "", "actors", share=False)


def crossing(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """The share of adopters with the levels that it crossed, and those that it did not."""
    ax = _axes(ax)
    values = _on_record(result)
    labels = list(values)
    for tau, period in (result.notes.get("crossed") or {}).items():
        ax.axhline(float(tau), ls="-" if period else ":", lw=0.8, color=GREEN if period else "0.6")
        if period:
            ax.plot(labels.index(period), float(tau), marker="D", color=GREEN, ms=5)
    ax.plot(
        range(len(labels)),
        list(values.values()),
        **{"color": "black", "marker": "o", "ms": 4, **style},
    )
    ax.plot([], [], color=GREEN, marker="D", label="level crossed, and when")
    ax.plot([], [], color="0.6", ls=":", label="level not reached")
    _periods(ax, labels)
    return _dressed(ax, "period", "share of actors that have adopted", legend=True)


def sensitivity(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """Where cascades end over a grid of thresholds, with the share that counts as tipped."""
    ax = _axes(ax)
    values = _values(result)
    grid = [float(x) for x in values]
    bands = result.notes.get("bands") or {}
    if bands:
        _spread(ax, grid, [bands[x][0] for x in values], [bands[x][1] for x in values])
    start = result.notes.get("adopters")
    of = f"from today's {start} adopters" if start else "mean over random first adopters"
    ax.plot(
        grid, list(values.values()), **{"color": BLUE, "marker": "o", "ms": 4, "label": of, **style}
    )
    if (goal := result.notes.get("goal")) is not None:
        ax.axhline(goal, ls="--", color=RED, lw=1, label=f"tipped: {goal:.0%}".replace("%", " %"))
    return _dressed(
        ax, "threshold (share of an actor's ties)", "share of adopters in the end", legend=True
    )


def cascade(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """Share of adopters by round: mean, and the band from the 5th to the 95th percentile."""
    ax = _axes(ax)
    values = _values(result)
    rounds = range(len(values["mean"]))
    _spread(ax, rounds, values["q05"], values["q95"])
    ax.plot(rounds, values["q50"], color=ORANGE, ls="--", label="median")
    count = result.notes.get("replicates")
    label = f"mean of {count:,} cascades" if count else "mean"
    ax.plot(
        rounds, values["mean"], **{"color": BLUE, "marker": "o", "ms": 4, "label": label, **style}
    )
    ax.locator_params("x", integer=True)
    return _dressed(ax, "round", "share of adopters", legend=True)


def best_seeds(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """Share of adopters with the first, the first two, … of the seeds."""
    ax = _axes(ax)
    values = _values(result)
    places = range(1, len(values) + 1)
    ax.plot(places, list(values.values()), **{"color": BLUE, "marker": "o", **style})
    ax.set_xticks(places, [f"+ {name}" for name in values], rotation=30, ha="right")
    _dressed(ax, "seeds, in order of choice", "mean share of adopters in the end", share=False)
    ax.set_ylim(bottom=0)
    return ax


def _scaled(result: Result) -> dict[str, tuple[float, float | None, float | None] | None]:
    """Each component with its bounds; clusters as a share of the seven."""
    bounds = result.notes.get("bounds") or {}
    found: dict[str, tuple[float, float | None, float | None] | None] = {}
    for name, value in _values(result).items():
        by = CLUSTERS if name == "functional" else 1
        low, high = bounds.get(name) or (None, None)
        ends = [None if end is None else end / by for end in (low, high)]
        found[name] = None if value is None else (value / by, ends[0], ends[1])
    return found


def _names(results: Mapping[str, Result]) -> list[str]:
    return list(dict.fromkeys(name for result in results.values() for name in _values(result)))


def _above(ax: Axes) -> Axes:
    """From 0 upwards, with the legend above the picture, where it hides no point."""
    ax.set_ylim(bottom=0)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False, fontsize="small")
    return ax


_SCALE = "share of what could be\n(functional: clusters over seven)"


def vector(result: Result, ax: Axes | None = None, **style: Any) -> Axes:
    """One scaling vector: each component with its bounds; unknown ones are said to be."""
    return vectors({result.as_of or "all records": result}, ax, **style)


def vectors(results: Mapping[str, Result], ax: Axes | None = None, **style: Any) -> Axes:
    """Scaling vectors side by side, such as by initiative.

    Args:
        results: Results of ``scaling:vector`` by label.
        ax: The axes to draw on; new ones if not given.
        **style: Given to each set of points.

    Returns:
        The axes.
    """
    ax = _axes(ax)
    names = _names(results)
    for number, (label, result) in enumerate(results.items()):
        shift = (number - (len(results) - 1) / 2) * 0.6 / max(len(results), 1)
        colour, parts = CYCLE[number % len(CYCLE)], _scaled(result)
        known = [(k + shift, *part) for k, n in enumerate(names) if (part := parts.get(n))]
        given = {"color": colour, "marker": MARKERS[number % len(MARKERS)], "ls": "", **style}
        ax.plot([x for x, *_ in known], [y for _, y, *_ in known], label=label, **given)
        for x, _, low, high in known:
            if low is not None and high is not None and low < high:
                ax.vlines(x, low, high, color=colour, lw=1.5, alpha=0.7)
        for k, name in enumerate(names):
            if parts.get(name) is None:
                ax.annotate(
                    "?",
                    (k + shift, 0),
                    xytext=(0, 2),
                    textcoords="offset points",
                    ha="center",
                    color=colour,
                    weight="bold",
                )
    ax.set_xticks(range(len(names)), names)
    ax.set_xlim(-0.5, len(names) - 0.5)
    ax.axhline(1, color="0.85", lw=0.8, zorder=0)
    ax.plot([], [], color="0.5", label="what the unknown allows")
    if len(ax.texts):
        ax.plot([], [], ls="", marker="$?$", color="0.3", label="not known")
    return _above(_dressed(ax, "component", _SCALE, share=False))


def vectors_over_time(results: Mapping[str, Result], ax: Axes | None = None, **style: Any) -> Axes:
    """Each component of the scaling vector over time, with its bounds.

    Args:
        results: Results of ``scaling:vector`` by day or year, in order.
        ax: The axes to draw on; new ones if not given.
        **style: Given to each line.

    Returns:
        The axes.
    """
    ax = _axes(ax)
    parts = [_scaled(result) for result in results.values()]
    for number, name in enumerate(_names(results)):
        known = [(k, *part) for k, one in enumerate(parts) if (part := one.get(name))]
        colour = CYCLE[number % len(CYCLE)]
        label = name if known else f"{name} (not known)"
        given = {"color": colour, "marker": MARKERS[number % len(MARKERS)], "label": label, **style}
        ax.plot([k for k, *_ in known], [y for _, y, *_ in known], **given)
        banded = [(k, a, b) for k, _, a, b in known if a is not None and b is not None]
        ax.fill_between(
            [k for k, *_ in banded],
            [low for _, low, _ in banded],
            [high for *_, high in banded],
            color=colour,
            alpha=0.12,
            lw=0,
        )
    _periods(ax, list(results))
    return _above(_dressed(ax, "", _SCALE, share=False))
