"""Dates of messages in EDTF, with what the file says of the time zone and nothing more."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_tz

from jmdi import Period

__all__ = ["of_epoch", "of_iso", "of_mail", "of_moment"]

ZONE = re.compile(r"(?:[+-](?!0000)\d{4}|\+0000|\b(?:UTC?|GMT|Z|[ECMP][SD]T))(?: *\([^()]*\))?$")
"""The zones that the standard library knows; other names it takes for UTC, as it does none."""


def of_moment(moment: datetime.datetime, words: str | None = None) -> Period:
    """A moment to the second; without a zone where it has none."""
    return Period(moment.replace(microsecond=0).isoformat().replace("+00:00", "Z"), words)


def of_epoch(seconds: object, words: str | None = None) -> Period:
    """Seconds since 1970 in UTC, a number or the digits of one."""
    typed = str(seconds)
    try:
        moment = datetime.datetime.fromtimestamp(float(typed), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return Period(None, (words or typed)[:100], "unreadable")
    return of_moment(moment, words or typed)


def of_iso(typed: str) -> Period:
    """A moment or a day as ISO 8601 writes it."""
    if not typed:
        return Period(reason="not_stated")
    try:
        moment = datetime.datetime.fromisoformat(typed)
        whole_day = ":" not in typed and "T" not in typed
        return Period(moment.date().isoformat(), typed) if whole_day else of_moment(moment, typed)
    except ValueError:
        return Period(None, typed[:100], "unreadable")


def of_mail(typed: str | None) -> tuple[Period, float | None]:
    """The date of a message, and the same in seconds for comparing with others.

    A zone that the header does not say, or says not to know (``-0000``), is left open; only
    for comparing it counts as UTC.
    """
    if not typed or not typed.strip():
        return Period(reason="not_stated"), None
    words = " ".join(typed.split())[:200]
    try:
        parsed = parsedate_tz(typed)
        if parsed is None:
            return Period(None, words, "unreadable"), None
        offset = parsed[9] if ZONE.search(words) else None
        zone = None if offset is None else datetime.timezone(datetime.timedelta(seconds=offset))
        moment = datetime.datetime(*parsed[:6], tzinfo=zone)
        seconds = moment.replace(tzinfo=zone or datetime.UTC).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return Period(None, words, "unreadable"), None
    if offset is not None and offset % 60:
        return Period(None, words, "unreadable"), None
    return of_moment(moment, words), seconds
