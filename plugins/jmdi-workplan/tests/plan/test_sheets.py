"""Action sheets: a table of labels and values for each action; rows that number the columns."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Action, Participates, WorkPlan

LABELS = ("Title of the action", "Objective", "Place", "Lead agency", "Period")
FIRST = ("Open a help desk", "Better advice", "Ashanti", "Town Hall", "May 2024")
SECOND = ("Hold a fair", "More jobs", "Volta", "Youth Council", "June 2024")


def html(*sheets: tuple[str, ...], labels: tuple[str, ...] = LABELS) -> bytes:
    """A plan with a table of labels and values for each sheet."""
    rows = (zip(labels, values, strict=True) for values in sheets)
    tables = (
        f"<p>Action sheet {number}</p><table>"
        + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs)
        + "</table>"
        for number, pairs in enumerate(rows, 1)
    )
    head = "<p>Work plan 2024</p><table><tr><td>Country</td><td>Ghana</td></tr>"
    return f"<html><body>{head}</table>{''.join(tables)}</body></html>".encode()


def test_each_sheet_is_an_action() -> None:
    ds = jmdi.read(io.BytesIO(html(FIRST, SECOND)), format="workplan:html")
    actions = ds.of(Action)
    assert [jmdi.pick(one.names) for one in actions] == [FIRST[0], SECOND[0]]
    assert [jmdi.pick(one.objectives[0]) for one in actions] == [FIRST[1], SECOND[1]]
    assert [one.timeline.edtf for one in actions if one.timeline] == ["2024-05", "2024-06"]
    assert [one.role.code for one in ds.of(Participates) if one.role] == ["implementing"] * 2
    assert ds.of(WorkPlan)[0].country == "GH"


def test_sheets_of_one_grid_are_cut_where_a_label_comes_again() -> None:
    pairs = [
        f"{label},{text}"
        for one in (FIRST, SECOND)
        for label, text in zip(LABELS, one, strict=True)
    ]
    ds = jmdi.read(io.BytesIO("\n".join(["Work plan", *pairs]).encode()), format="workplan:csv")
    assert [jmdi.pick(one.names) for one in ds.of(Action)] == [FIRST[0], SECOND[0]]


@pytest.mark.parametrize("labels", [("Title of the project", *LABELS[1:]), ("Blim", *LABELS[1:])])
def test_a_title_block_is_no_action(labels: tuple[str, ...]) -> None:
    ds = jmdi.read(io.BytesIO(html(FIRST, labels=labels)), format="workplan:html", on_error="keep")
    assert not ds.of(Action)


@pytest.mark.parametrize("numbers", ["(1),(2),(3)", "1,2,3", "A,B,C"])
def test_a_row_that_numbers_the_columns_is_no_action(numbers: str) -> None:
    text = f"Action,Objective,When\n{numbers}\nFair,More jobs,May 2024\n"
    ds = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv")
    assert [jmdi.pick(one.names) for one in ds.of(Action)] == ["Fair"]
    assert ds.of(WorkPlan)[0].tables[0].notes == (numbers.replace(",", " | "),)


def test_signatures_below_a_table_are_no_actions() -> None:
    table = "Action,Objective,When\nFair,More jobs,May 2024\n,,\n"
    text = f"{table}Approved by,Date,\nA. Example,3/5/24,\n"
    ds = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv")
    assert [jmdi.pick(one.names) for one in ds.of(Action)] == ["Fair"]


def test_labels_in_the_first_rows_of_a_table_are_no_header() -> None:
    text = "Work plan,,\nCountry: Nepal,Prepared by: Planning Section,\nAction,Objective,When\n"
    ds = jmdi.read(io.BytesIO(f"{text}Fair,More jobs,May 2024\n".encode()), format="workplan:csv")
    (plan,) = ds.of(WorkPlan)
    assert (plan.country, len(plan.authors)) == ("NP", 1)
    assert plan.tables[0].columns == ("Action", "Objective", "When")
