"""What stands above an action: columns to its left, numbered rows that sum it up, headings."""

from __future__ import annotations

import io

import pytest

import jmdi


def read(*lines: str, kind: str = "csv") -> jmdi.Dataset:
    text = "\n".join(lines)
    return jmdi.read(io.BytesIO(text.encode()), format=f"workplan:{kind}", on_error="keep")


def sections(*lines: str, kind: str = "csv") -> list[tuple[str, str | None]]:
    """Title and section of each action."""
    return [(action.label(), action.section) for action in read(*lines, kind=kind).of(jmdi.Action)]


@pytest.mark.parametrize(
    "head",
    [
        *("Pillar", "Sub-sector", "Thematic area", "Area", "Strategy", "Line of action"),
        *("Programme", "Project", "Axe prioritaire", "Composante", "Domaine", "Projet"),
        *("Eje temático", "Componente", "Ámbito", "Proyecto", "Eixo", "Vertente", "Projeto"),
        *("المحور", "المجال", "البرنامج", "Weather"),
    ],
)
def test_a_column_to_the_left_says_what_actions_belong_to(head):
    rows = ["Care,Open a clinic,Town Hall", ",Train midwives,Ministry of Health", "Jobs,Fair,ILO"]
    assert sections(f"{head},Activity,Responsible", *rows) == [
        ("Open a clinic", "Care"),
        ("Train midwives", "Care"),
        ("Fair", "Jobs"),
    ]


def test_a_project_or_area_may_be_something_else():
    found = read("Project,Area,Lead", "Clinic,Kolda,Town Hall", "Market,Dakar,Town Hall")
    assert [action.label() for action in found.of(jmdi.Action)] == ["Clinic", "Market"]
    assert all(action.places for action in found.of(jmdi.Action))


def test_a_column_of_an_unknown_head_is_supposed_to_be_one():
    found = read("Weather,Activity,Lead", "Care,Open a clinic,Town Hall", "Jobs,Fair,Town Hall")
    (problem,) = found.problems
    assert "'Weather' is supposed to hold what actions belong to" in problem.message


def test_a_column_is_below_the_heading_rows_and_is_written_once():
    lines = ["Axis,Activity,Lead", "Outcome 1,,", "Care,Clinic,Town Hall", ",Ward,Town Hall"]
    found = read(*lines)
    assert [one.section for one in found.of(jmdi.Action)] == ["Outcome 1 / Care"] * 2
    out = io.BytesIO()
    jmdi.write(found, out, format="workplan:csv")
    assert sections(*out.getvalue().decode("utf-8-sig").splitlines()) == [
        ("Clinic", "Outcome 1 / Care"),
        ("Ward", "Outcome 1 / Care"),
    ]


SUMMED = [
    "No,Activity,Start,Budget (EUR),Lead",
    "1,Better care,,700,",
    "1.1,Clinic,May 2022,500,Town Hall",
    "1.2,Ward,June 2022,200,Town Hall",
    "2,Fair,July 2022,90,Town Hall",
]


def test_a_numbered_row_heads_those_below_it_and_its_sum_is_kept_in_words():
    found = read(*SUMMED)
    assert [(one.label(), one.section) for one in found.of(jmdi.Action)] == [
        ("Clinic", "1 | Better care"),
        ("Ward", "1 | Better care"),
        ("Fair", None),
    ]
    assert "1 | Better care | 700" in found.of(jmdi.WorkPlan)[0].tables[0].notes


def test_a_numbered_row_that_says_who_is_an_action():
    lines = [SUMMED[0], "1,Better care,,700,Council", *SUMMED[2:]]
    assert [title for title, _ in sections(*lines)] == ["Better care", "Clinic", "Ward", "Fair"]


def test_a_roman_number_heads_rows_with_other_numbers():
    lines = ["No,Activity,Lead", "I,Care,", "1,Clinic,Town Hall", "II,Jobs,", "2,Fair,Town Hall"]
    assert sections(*lines) == [("Clinic", "I | Care"), ("Fair", "II | Jobs")]


def test_a_numbered_heading_above_a_table_is_its_title():
    lines = [
        "# Plan",
        "",
        "Objectif 3 : Emploi",
        "",
        "| Activité | Qui |",
        "|---|---|",
        "| A | B |",
    ]
    (plan,) = read(*lines, kind="markdown").of(jmdi.WorkPlan)
    assert plan.tables[0].title == {"und": "Objectif 3 : Emploi"}
