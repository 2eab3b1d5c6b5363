"""``result.plot()`` for metrics without a figure of their own: the figure that its values have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi import Result
from jmdi.display.privacy import HIDDEN, is_personal
from jmdi.metrics.result import NoFigure
from jmdi.metrics.rows import ARROWS, label_of
from jmdi_report.plots.actors import is_number
from jmdi_report.plots.cells import Cells, draw_cells
from jmdi_report.plots.saying import drawn
from jmdi_report.plots.spreads import draw_nulls
from jmdi_report.plots.styles import Style, StyleName, axes, style_of, titled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Row", "figure", "rows_of_result"]

MOST = 30
"""How many elements are drawn when nobody says how many."""

CURVE = 12
"""Above so many values by number, such as days, they are a line."""

_FIRST = ("value", "share", "rate", "coefficient", "density", "change", "jaccard", "total")
"""The columns that are drawn before others."""


@attrs.frozen
class Row:
    """A value of one element.

    Attributes:
        key: The element.
        label: What it is called.
        value: Its value; ``None`` where its bounds leave it open.
        low: The lowest value that it can have; ``None`` if that is not known.
        high: The highest.
    """

    key: str
    label: str
    value: float | None
    low: float | None
    high: float | None

    @property
    def middle(self) -> float:
        """What it is sorted by."""
        if self.value is not None:
            return self.value
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends) if ends else 0.0


def figure(
    result: Result,
    ax: Axes | None = None,
    *,
    column: str | None = None,
    most: int = MOST,
    style: StyleName = "light",
) -> Axes:
    """Draws what a result says.

    Values are dots with whiskers of their bounds, sorted; a null distribution stands beside the
    observed value; pairs are a matrix; and one value stands in its range.

    A whisker without a dot is a value that the unknown leaves open; it is never 0.

    Args:
        result: The result.
        ax: The axes to draw on; new ones if not given.
        column: Which of several numbers per element is drawn, such as ``density``.
        most: How many elements are drawn, those with the highest values first.
        style: ``light``, ``dark`` or ``print``.

    Returns:
        The axes.

    Raises:
        NoFigure: If nothing in it is a number, or it has no such column; or if matplotlib is
            not installed.
        NotFound: If there is no such style.
    """
    look = style_of(style)
    values = result.values or {}
    rows_: Mapping[str, Any] = {"": values} if "observed" in values else values
    nulls = {k: row for k, row in rows_.items() if _is_null(row)}
    if nulls and column is None:
        new = axes(ax, look, (6.4, 1.4 + 0.6 * len(nulls)))
        return draw_nulls(result, nulls, new, look)
    found = rows_of_result(result, column)
    if found is None:
        return _one(result, axes(ax, look, (6.4, 1.5)), look)
    name, rows = found
    if pairs := _as_pairs([row.key for row in rows]):
        shown = result.shown_labels
        labels = [{key: called(key, shown) for key in side} for side in zip(*pairs, strict=True)]
        cells = Cells(
            said(result, name, rows), pairs, [(r.value, r.low, r.high) for r in rows], *labels
        )
        return draw_cells(result.title or result.metric, cells, ax, look)
    by_number = all(row.key.isdecimal() for row in rows)
    if by_number and (len(rows) > CURVE or result.unit == "days"):
        return _line(result, name, rows, axes(ax, look, (6.4, 3.8)), look)
    return _dots(result, name, rows, most, ax, look)


def _is_null(row: object) -> bool:
    return isinstance(row, Mapping) and "observed" in row and "quantiles" in row


def rows_of_result(result: Result, column: str | None) -> tuple[str, list[Row]] | None:
    """The column to draw and its rows; ``None`` where the single value says more.

    Raises:
        NoFigure: If nothing is a number.
    """
    single = result.value is not None or result.interval
    values = result.values or {}
    flat = not any(isinstance(row, Mapping) for row in values.values())
    cells = {
        key: row if isinstance(row, Mapping) else {"value": row} for key, row in values.items()
    }
    names = list(dict.fromkeys(name for row in cells.values() for name in row))
    limits = {
        key: row if isinstance(row, Mapping) else {"value": row}
        for key, row in result.bounds.items()
    }
    numeric = [name for name in names if _is_column(name, cells, limits)]
    if column is not None and column not in numeric:
        there = ", ".join(numeric) or "none"
        raise NoFigure(f"{result.metric} has no numbers {column!r} to draw; it has: {there}")
    if not numeric:
        if single:
            return None
        raise NoFigure(f"{result.metric or 'this result'} has no figure: its values are no numbers")
    if column is None and single and flat and _is_breakdown(result, values):
        return None
    name = column or next((n for n in _FIRST if n in numeric), numeric[0])
    labels, rows = result.shown_labels, []
    for key, row in cells.items():
        low, high = _ends(name, row, limits.get(key, {}))
        value = _number(row.get(name))
        if value is not None or low is not None or high is not None:
            rows.append(Row(key, called(key, labels), value, low, high))
    return name, rows


def _is_column(name: str, cells: Mapping[str, Any], limits: Mapping[str, Any]) -> bool:
    """Whether a column has numbers, and nothing else."""
    there = [row[name] for row in cells.values() if row.get(name) is not None]
    bounded = any(name in row for row in limits.values())
    return all(map(is_number, there)) and (bool(there) or bounded)


def _is_breakdown(result: Result, values: Mapping[str, Any]) -> bool:
    """Whether values are other sides of one number, in different units, and not elements."""
    named = any(label_of(key, result.labels) != key for key in values)
    counts = all(value is None or type(value) is int for value in values.values())
    return not named and not counts and not _as_pairs(list(values))


def _ends(name: str, row: Mapping[str, Any], bounds: Mapping[str, Any]) -> tuple[Any, Any]:
    low, high = bounds.get(name) or (None, None)
    if name in _FIRST[:4] and low is None and high is None:
        low, high = row.get("lower"), row.get("upper")
    return _number(low), _number(high)


def _number(value: object) -> float | None:
    return float(value) if is_number(value) else None  # type: ignore[arg-type]


def _as_pairs(keys: Sequence[str]) -> list[tuple[str, str]]:
    """The keys as pairs, where they fill a part of a matrix worth drawing; else none."""
    for arrow in ARROWS:
        pairs = [tuple(key.split(arrow)) for key in keys]
        if len(pairs) >= 4 and all(len(pair) == 2 for pair in pairs):
            rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
            if len(rows) > 1 and len(columns) > 1 and len(rows) * len(columns) <= 8 * len(pairs):
                return [(pair[0], pair[1]) for pair in pairs]
    return []


def said(result: Result, column: str, rows: Sequence[Row] = ()) -> str:
    """What an axis with the values of a result says."""
    counts = all(row.value is None or row.value == int(row.value) for row in rows)
    if column == "value" and rows and counts and isinstance(result.value, float):
        return "number"
    plain = column in ("", "value", "share", "rate", "coefficient")
    words = result.value_is if plain else column.replace("_", " ")
    return f"{words}, {result.unit}" if result.unit and words else words or result.unit


def called(key: str, labels: Mapping[str, str]) -> str:
    """What an element is called: by its label, else by its id or code as words."""
    found = HIDDEN if is_personal(key) else label_of(key, labels)
    if found != key or ("/" not in key and not key.islower()):
        return drawn(found)
    kind, _, name = key.rpartition("/")
    return drawn(f"{kind} {name}" if name.isdecimal() and kind else re.sub(r"[-_]", " ", name))


def _dots(
    result: Result, name: str, rows: list[Row], most: int, ax: Axes | None, style: Style
) -> Axes:
    """Dots and whiskers: highest first, or in their own order where that is one of numbers."""
    ordered = sum(not row.key.isdecimal() for row in rows) <= 1 < len(rows)
    if not ordered:
        rows = sorted(rows, key=lambda row: (-row.middle, row.label))
    shown = rows[:most]
    new = axes(ax, style, (6.4, 1.1 + 0.2 * max(3, len(shown))))
    places = range(len(shown))
    ends = [row for row in shown if row.low is not None and row.high is not None]
    for place, row in zip(places, shown, strict=True):
        if row.low is not None and row.high is not None and row.low < row.high:
            new.hlines(place, row.low, row.high, color=style.mark, alpha=0.5, lw=2.4 * style.line)
            caps: dict[str, Any] = {
                "marker": "|",
                "ms": style.text * 0.7,
                "mew": 1.2,
                "ls": "",
                "alpha": 0.8,
            }
            new.plot([row.low, row.high], [place, place], color=style.mark, **caps)
    known = [
        (row.value, place)
        for place, row in zip(places, shown, strict=True)
        if row.value is not None
    ]
    new.plot(
        [value for value, _ in known],
        [place for _, place in known],
        ls="",
        marker="o",
        ms=style.text * 0.5,
        color=style.mark,
    )
    new.set_yticks(places, [_short(row.label) for row in shown])
    new.set_ylim(len(shown) - 0.4, -0.6)
    new.grid(axis="y", color=style.faint, lw=style.line)
    new.set_axisbelow(True)
    new.tick_params(axis="y", length=0)
    new.spines["left"].set_visible(False)
    _overall(result, name, rows, new, style)
    notes = ["bar: what the unknown allows"] if any(e.low != e.high for e in ends) else []
    notes += [f"{len(shown)} of {len(rows)}"] if len(rows) > len(shown) else []
    _explained(new, result, said(result, name, rows), notes)
    titled(new, result.title or result.metric, style)
    return new


def _line(result: Result, name: str, rows: list[Row], ax: Axes, style: Style) -> Axes:
    """A line of values by number, with a band of their bounds."""
    rows = sorted(rows, key=lambda row: int(row.key))
    known = [(int(row.key), row.value) for row in rows if row.value is not None]
    band = [(int(row.key), row.low, row.high) for row in rows]
    low = [(x, low, high) for x, low, high in band if low is not None and high is not None]
    ax.fill_between(
        [x for x, _, _ in low],
        [end for _, end, _ in low],
        [end for _, _, end in low],
        color=style.mark,
        alpha=0.25,
        lw=0,
        step="post",
    )
    ax.step([x for x, _ in known], [y for _, y in known], where="post", color=style.mark)
    _explained(ax, result, result.unit, [])
    if not result.unit:
        ax.set_ylabel(said(result, name, rows))
    titled(ax, result.title or result.metric, style)
    return ax


def _overall(result: Result, name: str, rows: Sequence[Row], ax: Axes, style: Style) -> None:
    """The value of all together, where those of elements are shares as it is."""
    if name not in _FIRST[:4] or result.value is None or result.range != (0, 1):
        return
    if max(row.middle for row in rows) > 1:
        return  # these are counts
    ax.axvline(float(result.value), color=style.accent, lw=style.line, ls="--")
    ax.annotate(
        "all",
        (float(result.value), 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        color=style.accent,
        fontsize=style.text * 0.85,
    )


def _one(result: Result, ax: Axes, style: Style) -> Axes:
    """One value in its range: a bar for what the unknown allows, a tick for the value."""
    low, high = (_number(end) for end in (result.lower, result.upper))
    value = _number(result.value)
    known = [x for x in (low, high, value) if x is not None]
    start, stop = (_number(end) for end in result.range)
    left = start if start is not None else min(known)
    right = stop if stop is not None else max(known)
    if left == right or (high is None and low is not None):
        right = max(right, left + 1, 1.5 * (low or 0))
    elif start is None or stop is None:
        spread = 0.2 * (right - left)
        left = left if start is not None else left - spread
        right = right if stop is not None else right + spread
    pad = 0.03 * (right - left)
    ax.hlines(0, left, right, color=style.muted, lw=style.line)
    if low is not None:
        top = high if high is not None else right
        ax.hlines(0, low, top, color=style.mark, alpha=0.45, lw=9 * style.line)
        if high is None:
            ax.plot([right], [0], marker=">", color=style.mark, ms=style.text * 0.7, clip_on=False)
    if value is not None:
        ax.plot([value], [0], marker="|", ms=style.text * 2.2, mew=2.2, color=style.ink)
        ax.annotate(
            f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}",
            (value, 0),
            xytext=(0, style.text * 1.3),
            textcoords="offset points",
            ha="center",
            color=style.ink,
            fontsize=style.text,
        )
    ax.set_xlim(left - pad, right + pad)
    ax.set_ylim(-1, 1.4)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    _explained(ax, result, said(result, ""), [])
    titled(ax, result.title or result.metric, style)
    return ax


def _explained(ax: Axes, result: Result, words: str, notes: list[str]) -> None:
    """What the axis says, and below it what must be known to read it."""
    coverage = result.coverage
    if coverage is not None and coverage < 1:
        share = f"{coverage:.0%}".replace("100%", "over 99%").replace("%", " %")
        notes = [*notes, f"coverage {share}"]
    ax.set_xlabel("\n".join(filter(None, (words, " – ".join(notes)))))


def _short(text: str) -> str:
    return text if len(text) <= 38 else f"{text[:37]}…"
