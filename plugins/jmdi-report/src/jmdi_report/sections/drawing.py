"""Pictures as SVG: bars, spans of time, curves. Their numbers stand beside them as text.

No style is written into an element, because the policy of the page allows none: places are
attributes, and colours come from classes.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs
from markupsafe import Markup

from jmdi import panels

__all__ = ["SERIES", "Axis", "axis_head", "axis_lines", "bar", "curve", "progress", "whisker"]

SERIES = 6
"""How many series have a look of their own; then they repeat."""

WIDE = 1000
"""Width of pictures that are stretched to their cell."""


def _svg(inside: Markup, *, width: float = WIDE, height: float = 20, kind: str) -> Markup:
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false">{}</svg>'
    ).format(kind, _n(width), _n(height), inside)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _rect(kind: str, x: float, width: float, y: float = 2, height: float = 16) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        kind, _n(x), _n(y), _n(max(width, 0)), _n(height)
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def whisker(low: float, width: float, value: float | None) -> Markup:
    """The possible range on a scale of 0 to 100, and the value on it."""
    parts = [_rect("track", 0, 1000, 8, 4)]
    if width > 0:
        parts.append(_rect("range", low * 10, max(width * 10, 6), 4, 12))
    if value is not None:
        at = _n(min(max(value * 10, 3), 997))
        parts.append(Markup('<path class="mark" d="M{} 0V20"/>').format(at))
    return _svg(_joined(parts), kind="whisker flow")


def progress(given: panels.Range | None) -> Markup | None:
    """How far something is, from 0 to 1."""
    if given is None:
        return None
    value = None if given.value is None else float(given.value) * 100
    if value is not None and given.low is None and given.high is None:
        return whisker(value, 0, value)
    low = 0 if given.low is None else float(given.low) * 100
    high = 100 if given.high is None else float(given.high) * 100
    return whisker(low, high - low, value)


def bar(row: panels.Bar, series: Sequence[tuple[int, float]], longest: float) -> Markup:
    """One bar: its value with its bounds, or its parts.

    Args:
        row: The bar.
        series: The number of the series of each part, and its length.
        longest: What the whole width stands for.
    """
    scale = WIDE / longest
    parts: list[Markup] = [_rect("track", 0, WIDE, 9, 2)]
    start = 0.0
    for number, length in series:
        parts.append(_rect(f"series-{number % SERIES}", start, length * scale))
        start += length * scale
    if row.value is not None and not series:
        parts.append(_rect("series-0", 0, float(row.value) * scale))
    low = None if row.low is None else float(row.low) * scale
    high = None if row.high is None else float(row.high) * scale
    if low is not None and high is not None and high > low:
        parts.append(_rect("open", low, high - low, 6, 8))
    elif low is not None and high is None:
        parts.append(_rect("open", low, WIDE - low, 6, 8))
    return _svg(_joined(parts), kind="bar flow")


@attrs.frozen
class Axis:
    """An axis of days.

    Attributes:
        first: The day it begins with.
        last: The day it ends with.
    """

    first: datetime.date
    last: datetime.date

    @classmethod
    def of(cls, spans: Sequence[panels.Span]) -> Axis | None:
        """The axis of whole months that has all spans; ``None`` without any."""
        if not spans:
            return None
        first = min(span.start for span in spans).replace(day=1)
        last = max(span.end for span in spans)
        return cls(first, _next_month(last) - datetime.timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def at(self, day: datetime.date) -> float:
        """Where a day begins."""
        return (day - self.first).days / self.days * WIDE

    def ticks(self) -> list[tuple[float, str]]:
        """Where years, quarters or months begin, with their EDTF; at most about twelve."""
        months = [self.first]
        while (following := _next_month(months[-1])) <= self.last:
            months.append(following)
        for step in (1, 3, 12, 24, 60, 120):
            kept = [m for m in months if ((m.year * 12 + m.month - 1) % step) == 0]
            if len(kept) <= 12:
                break
        yearly = step >= 12
        return [
            (self.at(m), f"{m.year:04}" if yearly else f"{m.year:04}-{m.month:02}") for m in kept
        ]

    def spans(self, spans: Iterable[panels.Span]) -> Markup:
        """The spans of a row."""
        parts = []
        for span in spans:
            x = self.at(span.start)
            width = max(self.at(span.end + datetime.timedelta(days=1)) - x, 5)
            if span.sure == "single":
                parts.append(
                    Markup('<path class="day" d="M{0} 2 l9 8 l-9 8 l-9 -8z"/>').format(
                        _n(min(max(x + width / 2, 9), WIDE - 9))
                    )
                )
            else:
                parts.append(_rect(span.sure, x, width, 4, 12))
        return _svg(_joined(parts), kind="spans flow")


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def axis_head(names: Sequence[tuple[float, str]]) -> list[tuple[int, str]]:
    """The ticks with their place in hundredths of the width, as classes can say it."""
    return [(round(at / WIDE * 50) * 2, name) for at, name in names]


def axis_lines(ticks: Sequence[tuple[float, str]]) -> Markup:
    """Lines where ticks are."""
    lines = (Markup('<path class="line" d="M{0} 0V20"/>').format(_n(at)) for at, _ in ticks)
    return _svg(_joined(lines), kind="lines flow")


def curve(
    lines: Sequence[tuple[str, Sequence[panels.Point]]],
    marks: Sequence[tuple[str, Any, float | None]],
    text: Callable[[Any], str],
    direction: str,
) -> Markup:
    """Lines over an axis, with a band where there are bounds.

    Args:
        lines: Name and points of each line.
        marks: Name of each line across, and where it stands.
        text: Writes a number or day of an axis.
        direction: ``rtl`` if texts run from right to left; the axes stay as they are.
    """
    plot = _Plot.of([p for _, points in lines for p in points], marks)
    if plot is None:
        return Markup("")
    parts = [*plot.axes(text)]
    for number, (_, points) in enumerate(lines):
        parts += plot.line(points, f"series-{number % SERIES}")
    for name, x, y in marks:
        parts.append(plot.mark(name, x, y))
    return Markup(
        '<svg class="curve" viewBox="0 0 640 300" role="img" direction="ltr" '
        'aria-hidden="true">{}</svg>'
    ).format(_joined(parts))


@attrs.frozen
class _Plot:
    """The scales of a curve, in a picture of 640 by 300."""

    x0: float
    x1: float
    y0: float
    y1: float
    dated: bool

    @classmethod
    def of(cls, points: Sequence[panels.Point], marks: Sequence[tuple[str, Any, Any]]) -> Any:
        xs = [_place(p.x) for p in points] + [_place(x) for _, x, _ in marks if x is not None]
        ys = [float(v) for p in points for v in (p.y, p.low, p.high) if v is not None]
        ys += [float(y) for _, _, y in marks if y is not None]
        if not xs or not ys:
            return None
        low, high = min(0.0, *ys), max(ys)
        last = max(xs) if max(xs) > min(xs) else min(xs) + 1
        top = high if high > low else low + 1
        return cls(min(xs), last, low, top, isinstance(points[0].x, datetime.date))

    def at(self, x: Any, y: float) -> tuple[float, float]:
        right = (_place(x) - self.x0) / (self.x1 - self.x0)
        up = (float(y) - self.y0) / (self.y1 - self.y0)
        return 56 + right * 560, 256 - up * 236

    def axes(self, text: Callable[[Any], str]) -> Iterable[Markup]:
        label = Markup('<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>')
        for y in _round_steps(self.y0, self.y1):
            _, at = self.at(self.x0, y)
            yield Markup('<path class="line" d="M56 {0}H616"/>').format(_n(at))
            yield label.format("48", _n(at + 4), "end", text(y))
        steps = 4 if self.dated else None
        for x in _axis_steps(self.x0, self.x1, steps):
            right = 56 + (x - self.x0) / (self.x1 - self.x0) * 560
            shown = datetime.date.fromordinal(round(x)) if self.dated else x
            yield label.format(_n(right), "276", "middle", text(shown))

    def line(self, points: Sequence[panels.Point], kind: str) -> list[Markup]:
        bands = [p for p in points if p.low is not None and p.high is not None]
        parts = []
        if bands:
            there = [self.at(p.x, p.high or 0) for p in bands]
            back = [self.at(p.x, p.low or 0) for p in reversed(bands)]
            parts.append(
                Markup('<path class="band {}" d="M{}Z"/>').format(kind, _path([*there, *back]))
            )
        known = [self.at(p.x, p.y) for p in points if p.y is not None]
        if known:
            parts.append(Markup('<path class="stroke {}" d="M{}"/>').format(kind, _path(known)))
            dots = (
                Markup('<circle class="dot {}" cx="{}" cy="{}" r="3"/>').format(kind, _n(x), _n(y))
                for x, y in known[:60]
            )
            parts.append(_joined(dots))
        return parts

    def mark(self, name: str, x: Any, y: float | None) -> Markup:
        if x is not None:
            right, _ = self.at(x, self.y0)
            place = Markup('d="M{0} 20V256"').format(_n(right))
            return Markup(
                '<path class="across" {0}/><text class="tick" x="{1}" y="16" text-anchor="middle">'
                "{2}</text>"
            ).format(place, _n(right), name)
        _, level = self.at(self.x0, y or 0)
        return Markup(
            '<path class="across" d="M56 {0}H616"/><text class="tick" x="614" y="{1}" '
            'text-anchor="end">{2}</text>'
        ).format(_n(level), _n(level - 5), name)


def _place(x: Any) -> float:
    return float(x.toordinal()) if isinstance(x, datetime.date) else float(x)


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _axis_steps(low: float, high: float, count: int | None) -> list[float]:
    if count is None:
        return _round_steps(low, high)
    return [low + (high - low) * k / count for k in range(count + 1)]


def _round_steps(low: float, high: float) -> list[float]:
    """About five round numbers from low to high."""
    size = (high - low) / 5
    power = 10 ** math.floor(math.log10(size))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= size * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]
