"""Dates are as precise as they are typed, and one that cannot be read keeps its words."""

from __future__ import annotations

import io
import json

import pytest

from jmdi import KnowledgeItem, Period
from jmdi_knowledge.discussions.dates import of_epoch, of_iso


@pytest.mark.parametrize(
    ("typed", "edtf", "reason"),
    [
        ("2024-01-05", "2024-01-05", None),
        ("2024-01-05T10:00:00Z", "2024-01-05T10:00:00Z", None),
        ("2024-01-05 10:00:00.250+01:00", "2024-01-05T10:00:00+01:00", None),
        ("2024-13-05T10:00:00", None, "unreadable"),
        ("", None, "not_stated"),
    ],
)
def test_moments_and_days(typed, edtf, reason):
    period = of_iso(typed)
    assert (period.edtf, period.reason) == (edtf, reason)
    assert period.words == (typed or None)


def test_seconds_that_no_calendar_holds_keep_their_words():
    assert of_epoch("9" * 30) == Period(None, "9" * 30, "unreadable")
    assert of_epoch("", "soon") == Period(None, "soon", "unreadable")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"timestamp_ms": 1704067200000}, "2024-01-01T00:00:00Z"),
        ({"timestamp_ms": "x"}, Period(None, "x", "unreadable")),
        ({}, Period(reason="not_stated")),
    ],
)
def test_instagram_says_when_or_not(model, said, wanted):
    message = {"sender_name": "Ana", "content": "a", **said}
    data = json.dumps({"participants": [{"name": "Ana"}], "messages": [message]})
    dataset = model.read(
        io.BytesIO(data.encode()), format="knowledge:instagram", people="keep", on_error="keep"
    )
    _, item = dataset.of(KnowledgeItem)
    assert wanted in (item.date, item.date.edtf)
