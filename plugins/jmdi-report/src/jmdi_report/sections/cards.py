"""Cards: a figure with what is not known about it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from markupsafe import Markup

from jmdi import Result
from jmdi_report.facts import Facts

__all__ = ["CardView", "Whisker", "card_of", "writer"]

WELL_COVERED = 0.9
"""Share of the elements from which on the chip of coverage is green."""

NOTHING = Markup("")


@attrs.frozen
class Whisker:
    """The line under a value, in percent of its width.

    Attributes:
        low: Where the possible range begins.
        width: How wide it is.
        value: Where the value stands; ``None`` if there are only bounds.
    """

    low: float
    width: float
    value: float | None


@attrs.frozen(kw_only=True)
class CardView:
    """What a card shows.

    Attributes:
        title: What the figure is.
        value: The figure, or the range where there is only one.
        unit: What it counts.
        interval: What it can be, in words.
        whisker: The same as a picture; ``None`` where there is no scale.
        coverage: The share of the elements that are known, in words; empty where it is not known.
        covered: Whether that is most of them.
        how: Lines on the method, with a key of the texts for each title.
        why: Why there is no figure, in words.
        note: What else is to be said.
        name: Name of the metric.
    """

    title: Markup
    value: str
    unit: str = ""
    interval: Markup = NOTHING
    whisker: Whisker | None = None
    coverage: Markup = NOTHING
    covered: bool = False
    how: tuple[str, ...] = ()
    why: str = ""
    note: Markup = NOTHING
    name: str = ""


def card_of(facts: Facts, result: Result, title: Markup | None = None) -> CardView:
    """The card of a Result."""
    write = writer(facts, result)
    own = f"metric.{result.metric}"
    shown = title or (
        facts.t(own)
        if own in facts.texts
        else Markup('<span lang="en">{}</span>').format(result.title or result.metric)
    )
    return CardView(
        title=shown,
        value=_value(facts, result, write),
        unit="" if _is_share(result) else result.unit,
        interval=_interval(facts, result, write),
        whisker=_whisker(result),
        coverage=_coverage(facts, result),
        covered=(result.coverage or 0) >= WELL_COVERED,
        how=tuple(_how(facts, result)),
        why=result.why if not result.defined else "",
        note=_note(facts, result, write),
        name=result.metric,
    )


def _is_share(result: Result) -> bool:
    return result.range == (0, 1) and "share" in result.value_is and not result.unit


def writer(facts: Facts, result: Result) -> Any:
    """Writes the numbers of a Result, all with the decimals that its bounds need."""
    numbers = [float(x) for x in (result.value, result.lower, result.upper) if x is not None]
    local = facts.local
    if _is_share(result):
        small = any(0 < n < 0.1 for n in numbers) and max(numbers, default=0) < 0.2
        return lambda value: local.percent(value, 1 if small else 0)
    if all(n == int(n) for n in numbers):
        return lambda value: local.number(value, 0)
    return local.number


def _value(facts: Facts, result: Result, write: Any) -> str:
    if not result.defined:
        return "—"
    if result.value is not None:
        return str(write(result.value))
    if result.lower is not None and result.upper is not None:
        return f"{write(result.lower)} – {write(result.upper)}"
    if result.lower is not None:
        return f"≥ {write(result.lower)}"
    if result.upper is not None:
        return f"≤ {write(result.upper)}"
    if result.upper is not None:
        return f"≤ {write(result.upper)}"
    return facts.text("card.values", n=len(result.values or ()))


def _interval(facts: Facts, result: Result, write: Any) -> Markup:
    low, high = result.lower, result.upper
    if not result.defined or (low is None and high is None):
        return Markup("")
    if low is not None and high is not None:
        if write(low) == write(high):
            return Markup("")
        return facts.t("card.bounds", low=write(low), high=write(high))
    if low is not None:
        return facts.t("card.from", low=write(low))
    return facts.t("card.upto", high=write(high))


def _whisker(result: Result) -> Whisker | None:
    """Only where the scale is finite: 0 to 1, or another range that cannot be left."""
    first, last = result.range
    if not result.defined or first is None or last is None or last <= first:
        return None

    def place(number: float | Decimal | None, otherwise: float) -> float:
        at = otherwise if number is None else (float(number) - first) / (last - first)
        return round(min(max(at, 0.0), 1.0) * 100, 2)

    middle = None if result.value is None else place(result.value, 0)
    if result.lower is None and result.upper is None:
        return None if middle is None else Whisker(middle, 0, middle)
    # The end that is not known may be anywhere up to that of the scale.
    low, high = place(result.lower, 0), place(result.upper, 1)
    return Whisker(low, round(max(high - low, 0), 2), middle)


def _coverage(facts: Facts, result: Result) -> Markup:
    share = result.coverage
    if share is None:
        return Markup("")
    text = facts.local.percent(share, 0)
    if share < 1 and text == facts.local.percent(1, 0):
        text = f"> {facts.local.percent(0.99, 0)}"
    return facts.t("card.coverage", share=text)


def _how(facts: Facts, result: Result) -> Any:
    """What to know about the method, in English as the metric says it."""
    if result.value_is:
        size = f"; n = {result.n_used} {result.of}" if result.n_used is not None else ""
        yield f"{result.title}: {result.value_is}{size}"
    if result.convention:
        yield result.convention
    if result.citation:
        yield result.citation
    if result.no_bounds:
        yield f"Bounds not known: {result.no_bounds}"
    if result.interval and result.why:
        yield result.why
    yield f"{result.metric}" + (f", seed {result.seed}" if result.seed is not None else "")


def _note(facts: Facts, result: Result, write: Any) -> Markup:
    closed = result.notes.get("closed_world")
    number = closed.get("value") if isinstance(closed, Mapping) else closed
    if result.interval and isinstance(number, (int, float, Decimal)):
        return facts.t("card.closed", value=write(number))
    return Markup("")
