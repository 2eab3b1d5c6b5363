"""The column that holds the actions where no head says so."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Action, Actor
from jmdi_workplan.plan.supposed import supposed_action

HEAD = ["No", "Quorvex", "Lead agency", "When", "Budget"]
ROWS = [
    ["1", "Open a help desk", "Ministry", "May 2021", "10"],
    ["2", "Train the officers", "Ministry", "June 2021", "20"],
]


def test_the_column_of_texts_that_differ_is_taken() -> None:
    assert supposed_action({"table 1": [HEAD, *ROWS]}) == "Quorvex"


@pytest.mark.parametrize(
    "column",
    [
        ["Ref", "A-1", "A-2"],
        ["Amplification", "", ""],
        ["Family", "same words twice", "same words twice"],
    ],
    ids=lambda column: column[0],
)
def test_codes_blanks_and_groups_are_not_taken(column: list[str]) -> None:
    table = [[text, *row[2:]] for text, row in zip(column, [HEAD, *ROWS], strict=True)]
    assert supposed_action({"table 1": table}) is None


def test_of_two_columns_none_is_taken() -> None:
    table = [["Saga", *HEAD[1:]], *(["Hold a fair " + row[0], *row[1:]] for row in ROWS)]
    assert supposed_action({"table 1": table}) is None


def test_a_column_right_of_all_others_has_remarks() -> None:
    table = [[*row[2:], row[1]] for row in [HEAD, *ROWS]]
    assert supposed_action({"table 1": table}) is None


def test_a_list_of_persons_is_no_plan() -> None:
    rows = [["Full label", "Institution", "Country"], ["Ada Example", "A", "Ghana"]]
    assert supposed_action({"table 1": [*rows, ["Ben Example", "B", "Togo"]]}) is None


def _read(title: str, *rows: list[str]) -> jmdi.Dataset:
    lines = [title, "", *(" | ".join(["", *row, ""]).strip() for row in rows)]
    lines.insert(3, "|" + " --- |" * len(rows[0]))
    return jmdi.read(io.BytesIO("\n".join(lines).encode()), on_error="keep")


def test_the_plan_is_read_and_says_what_was_supposed() -> None:
    ds = _read("Annual work plan 2021", HEAD, *ROWS)
    assert [jmdi.pick(a.names) for a in ds.of(Action)] == [row[1] for row in ROWS]
    (problem,) = [one for one in ds.problems if one.code == "workplan:W214"]
    assert "'Quorvex'" in problem.message
    assert problem.cure is not None and '{"Quorvex": "action"}' in problem.cure


def test_a_table_that_calls_itself_no_plan_is_not_claimed() -> None:
    with pytest.raises(jmdi.FormatError):
        jmdi.read(io.BytesIO(("\n".join(",".join(row) for row in [HEAD, *ROWS])).encode()))


def test_a_footnote_below_a_table_is_no_author() -> None:
    lines = ["# Work plan 2021", "", "Prepared by: Example Office", "", "| Action | When |"]
    lines += ["| --- | --- |", "| Fair | May 2021 |", "", "\\* Subject to funds."]
    ds = jmdi.read(io.BytesIO("\n".join(lines).encode()), format="workplan:markdown")
    assert [actor.label() for actor in ds.of(Actor)] == ["Example Office"]
