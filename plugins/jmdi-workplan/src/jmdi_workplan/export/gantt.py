"""The timeline of plans as a chart: a row per action, a column per month, quarter or year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from jmdi import Action, Dataset, Observation
from jmdi.model import edtf
from jmdi_workplan.export.events import Event, events_of
from jmdi_workplan.metrics.adherence import tells_when

__all__ = ["Bar", "Chart", "chart_of"]

MOST = 48
"""Columns of a chart; months that are more become quarters, then years, then spans of years."""
STEPS = (1, 3, 12)
COARSE = {
    "season": 3,
    "quarter": 3,
    "quadrimester": 4,
    "semester": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
    "millennium": 12000,
}
"""Months of dates that are vaguer than a month."""


@attrs.frozen(slots=True)
class Bar:
    """What happens in one column of a row.

    Attributes:
        column: The column, from 0.
        planned: Whether something is planned then, or may be.
        firm: Whether that is sure, as far as the columns can show.
        done: Whether something is on record as done then.
    """

    column: int
    planned: bool = False
    firm: bool = False
    done: bool = False


@attrs.frozen(slots=True)
class Chart:
    """A chart.

    Attributes:
        first: The first month, counted from year 0.
        step: Months of a column.
        columns: Number of columns.
        rows: For each action, in the order given, its bars; none if it has no date.
    """

    first: int
    step: int
    columns: int
    rows: tuple[tuple[Bar, ...], ...]

    def heads(self) -> Iterator[tuple[int, int]]:
        """The year and the month in which each column begins."""
        for column in range(self.columns):
            year, month = divmod(self.first + column * self.step, 12)
            yield year, month + 1


def chart_of(actions: Sequence[Action], dataset: Dataset) -> Chart:
    """Lays out actions on one axis of time."""
    done: dict[str, list[Observation]] = {}
    for seen in dataset.of(Observation):
        if seen.of is not None and tells_when(seen):
            done.setdefault(seen.of, []).append(seen)
    events = [[*events_of(action, dataset)] for action in actions]
    spans = [[*_done(done.get(action.id, ()))] for action in actions]
    days = [d for row in events for e in row for d in (e.start, e.end or e.start)]
    days += [day for row in spans for span in row for day in span]
    if not days:
        return Chart(0, 1, 0, tuple(() for _ in actions))
    first, last = _month(min(days)), _month(max(days))
    step = next((s for s in STEPS if _columns(first, last, s) <= MOST), 0)
    step = step or 12 * -(-_columns(first, last, 12) // MOST)
    unit = min(step, 12)
    first -= first % unit
    columns = _columns(first, last, step)
    rows = (
        tuple(_bars(own, record, first, step, columns))
        for own, record in zip(events, spans, strict=True)
    )
    return Chart(first, step, columns, tuple(rows))


def _bars(
    events: Sequence[Event],
    done: Sequence[tuple[datetime.date, datetime.date]],
    first: int,
    step: int,
    columns: int,
) -> Iterator[Bar]:
    planned: dict[int, bool] = {}
    for event in events:
        start = (_month(event.start) - first) // step
        end = columns - 1 if event.end is None else (_month(event.end) - first) // step
        firm = _is_firm(event.edtf, step)
        for column in range(start, end + 1):
            planned[column] = planned.get(column, False) or firm
    seen = {
        column
        for start, end in done
        for column in range((_month(start) - first) // step, (_month(end) - first) // step + 1)
    }
    for column in sorted({*planned, *seen}):
        yield Bar(column, column in planned, planned.get(column, False), column in seen)


def _is_firm(text: str, step: int) -> bool:
    """Whether a date lasts from its first to its last column: not some time in a quarter."""
    ends = [edtf.parse_or_none(end) for end in text.split("/") if end != ".."]
    if not all(end is not None and end.certain for end in ends) or text.startswith("["):
        return False
    return len(ends) > 1 or all(COARSE.get(end.precision, 1) <= step for end in ends if end)


def _done(seen: Sequence[Observation]) -> Iterator[tuple[datetime.date, datetime.date]]:
    for observation in seen:
        period = observation.period
        if period and period.start and period.end:
            yield period.start, period.end


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month - 1


def _columns(first: int, last: int, step: int) -> int:
    unit = min(step, 12)
    return (last - (first - first % unit)) // step + 1
