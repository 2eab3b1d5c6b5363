"""What columns hold whose heads are not known, by their cells and by the other columns."""

from __future__ import annotations

import pytest

from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.plan.supposed import supposed_action

BODIES = ["Ministry of Labour", "Youth Council", "Town Hall", "Port Authority"]
LISTS = ["Red Cross; Radio Oti", "n/a", "Chamber of Commerce", "Ghana University"]
PAYERS = ["Development Bank", "Town Hall", "Swiss Cooperation", "Town Hall"]
DAYS = ["3 May 2024", "4 May 2024", "5 May 2024", "6 May 2024"]


def meant(**columns: list[str]) -> dict[str, str | None]:
    """What columns are understood as, by their heads."""
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    heads = [head.replace("_", " ") for head in columns]
    found = match_columns(["Action", *heads], [[f"Open desk {n}", *r] for n, r in enumerate(rows)])
    return {column.header: column.meaning for column in found[1:]}


def test_figures_below_a_currency_are_money() -> None:
    rows = [["Open a desk", "4200"], ["Hold a fair", "900"]]
    heads = (["Action", "Quorvex (GHS)"], ["Action", "Quorvex"])
    assert [match_columns(one, rows)[1].meaning for one in heads] == ["finance", None]


def test_amounts_below_one_head_are_all_money() -> None:
    heads = ["Action", "Quorvex (PHP) / Blim", "Quorvex (PHP) / Vone"]
    found = match_columns(heads, [["Open a desk", "4200", "10"], ["Hold a fair", "900", "20"]])
    assert [one.meaning for one in found[1:]] == ["finance", "finance"]


def test_a_date_beside_a_start_is_the_end() -> None:
    assert meant(Start=DAYS, Quorvex=DAYS)["Quorvex"] == "end"
    assert meant(Quorvex=DAYS, End_date=DAYS)["Quorvex"] == "start"
    assert meant(Start=DAYS, Budget=["1"] * 4, Quorvex=DAYS)["Quorvex"] is None


def test_words_for_how_far_a_thing_is_are_a_status() -> None:
    states = ["Done", "En cours", "No iniciado", "متأخر"]
    assert meant(Lead=BODIES, Quorvex=states)["Quorvex"] == "status"
    assert meant(Lead=BODIES, Quorvex=["Done", "Blim", "Vone", "Zor"])["Quorvex"] is None


def test_organisations_have_the_role_that_is_left() -> None:
    assert meant(Quorvex=BODIES)["Quorvex"] == "responsible"
    assert meant(Lead=BODIES, Quorvex=LISTS)["Quorvex"] == "partner"
    assert meant(Quorvex=LISTS)["Quorvex"] == "partner"
    budget = ["USD 10"] * 4
    assert meant(Lead=BODIES, Quorvex=PAYERS, Budget=budget)["Quorvex"] == "funding-source"


def test_organisations_that_could_do_two_things_are_left_open() -> None:
    assert meant(Quorvex=PAYERS)["Quorvex"] is None
    budget = ["USD 10"] * 4
    assert meant(Lead=BODIES, Quorvex=BODIES[::-1], Budget=budget)["Quorvex"] is None


def test_what_stands_before_values_is_what_they_measure() -> None:
    inds = ["Number of desks", "Number of fairs", "Jobs filled", "Days of waiting"]
    values = ["1", "2", "3", "4"]
    assert meant(Quorvex=inds, Baseline=values, Target=values)["Quorvex"] == "indicator"
    assert meant(Quorvex=inds, Lead=BODIES, Target=values)["Quorvex"] is None


def table(*columns: list[str]) -> list[list[str]]:
    """A table by its columns."""
    return [list(row) for row in zip(*columns, strict=True)]


ACTIONS = ["Quorvex", "Open a help desk", "Train the officers", "Publish a guide", "Hold a fair"]
AIMS = ["Blimtar", "Better advice", "Referral that works", "Known rights", "More jobs"]


def test_in_a_plan_cells_count_as_much_as_heads() -> None:
    rows = table(ACTIONS, ["Vone", *BODIES], ["Zorch", *DAYS], ["Remarks", "", "", "", ""])
    assert supposed_action({"table 1": rows}, stated=True) == "Quorvex"
    assert supposed_action({"table 1": rows}) is None


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_columns_of_texts_that_of_verbs_is_taken(turned: bool) -> None:
    texts = (AIMS, ACTIONS) if turned else (ACTIONS, AIMS)
    rows = table(*texts, ["Lead agency", *BODIES], ["When", *DAYS])
    assert supposed_action({"table 1": rows}) == "Quorvex"
