"""What the forms of agencies, councils and ministries have, each kind once."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Action, Dataset, Participates, WorkPlan
from jmdi_workplan.finance import unit_of
from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.plan.header_rows import header_rows, headers
from jmdi_workplan.plan.supposed import supposed_action


def read(*lines: str) -> Dataset:
    return jmdi.read(io.BytesIO("\n".join(lines).encode()), on_error="keep")


def test_merged_cells_make_a_header_whatever_its_words() -> None:
    upper = ["Activity", "Office", "Amount", "Amount", "Amount"]
    lower = ["Activity", "Office", "PS", "MOOE", "Capital outlay"]
    assert header_rows([upper, lower, ["Survey", "Labour", "1", "2", "3"]]) == 2


def test_words_of_heads_in_a_row_of_an_action_make_no_header() -> None:
    rows = [
        ["Action", "Objective", "Lead", "Timeline"],
        ["Fair", "Inform", "Labour office", "May 2023"],
        ["Buy tools", "The centre works every day", "County office", "August 2023"],
    ]
    assert [number for number, _ in headers(rows)] == [0]


@pytest.mark.parametrize(
    ("above", "numbers", "first", "last"),
    [
        ("Scheduling by quarter 2023", "I II III IV", "2023-33", "2023-36"),
        ("Programación trimestral 2023", "1 2 3 4", "2023-33", "2023-36"),
        ("Par semestre 2023", "I II", "2023-40", "2023-41"),
        ("Time frame 2023", "1 2 3 4 5 6 7 8 9 10 11 12", "2023-01", "2023-12"),
    ],
)
def test_counters_below_a_part_of_the_year(above, numbers, first, last) -> None:
    columns = match_columns(["Action", *(f"{above} / {one}" for one in numbers.split())])
    assert (columns[1].period, columns[-1].period) == (first, last)


def test_figures_below_a_goal_are_a_target_or_a_number() -> None:
    rows = [["1", "1.1", "Survey"], ["1", "1.2", "Forum"]]
    meant = [c.meaning for c in match_columns(["Goal", "Task", "Activity"], rows)]
    assert meant == ["number", "number", "action"]
    rows = [["40", "people", "Survey"], ["45", "people", "Forum"]]
    meant = [c.meaning for c in match_columns(["Goal", "Indicator", "Activity"], rows)]
    assert meant == ["target", "indicator", "action"]


def test_a_title_has_a_colon_inside() -> None:
    head = "Action,Objective,Timeline"
    title = "Joint programme on labour migration: activity schedule 2023"
    plan = read(title, "Country: Kenya", head, "Fair,Inform,May 2023").of(WorkPlan)[0]
    assert (plan.label(), plan.programme, plan.country) == (title, None, "KE")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Red Cross, University of Cape Coast", 2),
        ("Ministère de la Santé, Chambre de commerce et Mairie de Kayes", 3),
        ("الهلال الأحمر، جامعة القيروان", 2),
        ("Ministry of Labour, Employment and Social Security", 1),
        ("Ministry of Health and Social Services", 1),
        ("Direction de l'emploi, Ministère du travail", 1),
    ],
)
def test_commas_between_organisations(cell: str, names: int) -> None:
    found = read("Action,Objective,Partners", f'Fair,Inform,"{cell}"').of(Participates)
    assert len(found) == names


def test_a_letter_is_a_currency_behind_its_scale() -> None:
    unit = unit_of("Monto (en miles de Q)", "GT")
    assert unit.sign is not None and (unit.sign.currency, unit.power) == ("GTQ", 3)


def test_a_table_like_another_has_its_actions_in_the_same_column() -> None:
    read_table = match_columns(["Action", "Lead agency", "When"])
    row = ["Open a desk", "Ministry", "May 2021"]
    rows = [["Sowings", "Lead agency", "When"], row, ["Hold a forum", *row[1:]]]
    assert supposed_action({"table 2": rows}, [read_table]) == "Sowings"
    others = [[*line[:2], "5 EUR"] for line in rows]
    others[0][2] = "Budget"
    assert supposed_action({"table 2": others}, [read_table]) is None


def test_country_and_author_above_a_table_make_it_a_plan() -> None:
    rows = (
        "Sowings,Lead agency,When",
        "Open a desk,Town Hall,May 2021",
        "Train officers,Town Hall,June 2021",
    )
    ds = read("The diaspora invests", "Country: Ghana", "Author: Town Hall", *rows)
    assert [a.label() for a in ds.of(Action)] == ["Open a desk", "Train officers"]
    assert [p.code for p in ds.problems if p.code.endswith("W214")] == ["workplan:W214"]


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [("BJ", "Atacora", "BJ-AK"), ("CM", "Extrême-Nord", "CM-EN"), ("JO", "إربد", "JO-IR")],
)
def test_parts_of_a_country_in_its_own_language(country: str, name: str, code: str) -> None:
    text = f"Action,Objective,Place\nFair,Inform,{name}".encode()
    ds = jmdi.read(io.BytesIO(text), format="workplan:csv", country=country)
    place = ds.get(ds.of(Action)[0].places[0].territory)
    assert place is not None and place.code is not None and place.code.code == code


def test_cells_say_what_a_column_with_an_unknown_head_holds() -> None:
    ds = read(
        "Action,Objective,Lead,Sunrise,Mooring,Purse",
        "Fair,Inform,NGO,12 May 2023,Mombasa,EUR 20",
        "Forum,Inform,NGO,June 2023,Kisumu,EUR 30",
    )
    (table,) = ds.of(WorkPlan)[0].tables
    assert table.meanings == (
        "action",
        "objective",
        "responsible",
        *("timeline", "place", "finance"),
    )
    assert [p.code for p in ds.problems] == ["workplan:W214"] * 3


def test_cells_say_nothing_where_a_head_asks_for_the_same() -> None:
    rows = [["Fair", "May 2023", "June 2022"], ["Forum", "June 2023", "July 2022"]]
    meant = [one.meaning for one in match_columns(["Action", "Timeline", "Sunrise"], rows)]
    assert meant == ["action", "timeline", None]


def test_cells_name_people_and_organisations() -> None:
    rows = [
        ["Fair", "Youth council", "500 students", "14.02.2024", "20.06.2024"],
        ["Part B", "Part B", "Part B", "Part B", "Part B"],
        ["Forum", "Labour office", "60 farmers", "15.02.2024", "21.06.2024"],
    ]
    columns = match_columns(["Action", "Desk", "Crowd", "Sunrise", "Sunset"], rows)
    meant = [one.meaning for one in columns]
    assert meant == ["action", "responsible", "audience", "start", "end"]


def test_columns_of_figures_or_dates_name_neither_actions_nor_actors() -> None:
    rows = [["Fair", "42500", "14.02.2024"], ["Forum", "85000", "15.02.2024"]]
    meant = [one.meaning for one in match_columns(["Action", "Activities", "Lead"], rows)]
    assert meant == ["action", None, "timeline"]


def test_bold_text_is_no_item_of_a_list_of_authors() -> None:
    ds = read(
        "**Work plan**",
        "",
        "**Author:** Town Hall",
        "",
        "**Part A:** Prevention",
        "",
        "| Action | Objective |",
        "| --- | --- |",
        "| Fair | Inform |",
    )
    assert [ds.get(one).label() for one in ds.of(WorkPlan)[0].authors] == ["Town Hall"]
