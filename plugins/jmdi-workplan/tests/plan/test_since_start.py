"""Columns that count from the start of a project."""

from __future__ import annotations

import datetime
import io

import pytest

import jmdi
from jmdi import Action
from jmdi_workplan.plan.gantt import read_period, since_start


@pytest.mark.parametrize(
    ("head", "start", "when"),
    [
        ("Month 1", "2021-03-01", "2021-03"),
        ("M14", "2021-03-01", "2022-04"),
        ("Year 2 / M3", "2021-11-01", "2023-01"),
        ("Year 1", "2021-03-01", "2021-03/2022-02"),
        ("Mes 2", "2021-01-31", "2021-03-01/2021-03-30"),
    ],
)
def test_months_and_years_after_the_start(head: str, start: str, when: str) -> None:
    column = read_period(head)
    assert column is not None and column.since is not None
    assert since_start(column.since, datetime.date.fromisoformat(start)) == when


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("Project start date: 1 March 2021", "2021-04"),
        ("Period: March 2021 - February 2022", "2021-04"),
        ("Period: 2021", None),
        ("Date de démarrage : 15/03/2021", "2021-04-15/2021-05-14"),
    ],
)
def test_the_title_block_says_when_the_project_begins(line: str, when: str | None) -> None:
    text = f"Plan\n\n{line}\n\n| Action | M1 | M2 |\n| --- | --- | --- |\n| Fair | | x |\n"
    ds = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    (action,) = ds.of(Action)
    assert action.timeline is not None and action.timeline.edtf == when


@pytest.mark.parametrize(
    ("line", "heads", "codes"),
    [
        ("Plan", "M1 | M2", ["workplan:W208"]),
        ("Plan", "W1 | W2", ["workplan:W208"]),
        ("Start date: 1 March 2021", "M1 | M2", []),
    ],
)
def test_marks_that_count_from_no_known_day_are_reported(
    line: str, heads: str, codes: list[str]
) -> None:
    text = f"Plan\n\n{line}\n\n| Action | {heads} |\n| --- | --- | --- |\n| Fair | | x |\n"
    ds = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    assert [problem.code for problem in ds.problems] == codes
