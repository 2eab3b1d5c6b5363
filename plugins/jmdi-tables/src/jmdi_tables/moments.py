"""Which facts hold on a day or in a wave, as expressions of three values: yes, no, unknown."""

from __future__ import annotations

import datetime
from typing import Any

import ibis

__all__ = ["covers", "held", "overlaps"]


def covers(period: Any, moment: datetime.date | int) -> Any:
    """Whether periods cover a day, or are of a wave; null where that is not known.

    As `jmdi.Period.covers`: an unknown end is not an open end.
    """
    if isinstance(moment, int):
        return period["wave"] == moment
    day = ibis.literal(moment)
    outside = (period["start"] > day).fill_null(False) | (period["end"] < day).fill_null(False)
    known = (period["start"].notnull() | period["start_open"].fill_null(False)) & (
        period["end"].notnull() | period["end_open"].fill_null(False)
    )
    return ibis.cases((outside, False), (known, True), else_=ibis.null("boolean"))


def overlaps(period: Any, first: datetime.date, stop: datetime.date) -> Any:
    """Whether a lasting fact holds at some time from a first day up to another; null if unknown.

    An end that is not known may be before the first day, unless the beginning is not.
    """
    start, end = period["start"], period["end"]
    outside = (start >= ibis.literal(stop)).fill_null(False) | (
        end < ibis.literal(first)
    ).fill_null(False)
    begun = start.notnull() | period["start_open"].fill_null(False)
    lasting = (
        end.notnull()
        | period["end_open"].fill_null(False)
        | (start >= ibis.literal(first)).fill_null(False)
    )
    return ibis.cases((outside, False), (begun & lasting, True), else_=ibis.null("boolean"))


def held(table: Any, moment: datetime.date | int | None) -> Any:
    """Whether the facts of a table hold; without a moment all do."""
    if moment is None:
        return ibis.literal(True)
    return covers(table["period"], moment)
