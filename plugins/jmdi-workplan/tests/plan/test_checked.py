"""Heads that are held against the cells below them."""

from __future__ import annotations

from jmdi_workplan.plan.columns import match_columns


def meaning(head: str, *cells: str) -> tuple[str | None, bool]:
    """What a column is understood as, and whether its cells say so."""
    rows = [[f"Open desk {number}", cell] for number, cell in enumerate(cells)]
    column = match_columns(["Action", head], rows)[1]
    return column.meaning, column.supposed


def test_a_head_that_says_little_gives_way_to_its_cells() -> None:
    assert meaning("Quorvex office", "Dakar", "Kolda", "Thiès") == ("place", True)
    assert meaning("Office", "Town Hall", "Labour Office", "Port") == ("responsible", False)
    assert meaning("Cuenca", "Loja", "Imbabura") == ("place", True)


def test_a_plain_head_stands_whatever_its_cells_are() -> None:
    assert meaning("Responsible party", "Dakar", "Kolda", "Thiès") == ("responsible", False)


def test_words_for_how_far_a_thing_is_are_a_status_below_any_head() -> None:
    assert meaning("Fase", "Cumplida", "En ejecución", "No iniciada")[0] == "status"
    assert meaning("Remarks", "Done", "In progress", "Late")[0] == "remarks"


def test_levels_of_one_column_are_its_actions() -> None:
    columns = match_columns(["Outcome / output / activity", "Lead agency"])
    assert [one.meaning for one in columns] == ["action", "responsible"]


def test_of_two_heads_for_the_actions_that_over_verbs_holds() -> None:
    rows = [["Outreach", "Open a desk"], ["Outreach", "Train officers"], ["Data", "Map bodies"]]
    columns = match_columns(["Areas of action", "Programmed tasks"], rows)
    assert [one.meaning for one in columns] == ["section", "action"]


def test_a_head_of_a_plan_and_its_budget_over_figures_is_money() -> None:
    heads = ["Activity", "Work plan and budget 2024 (USD) / Total"]
    arabic = ["النشاط", "خطة العمل والموازنة السنوية 2024 (جنيه مصري) / الإجمالي"]
    rows = [["Open a desk", "50000"], ["Train officers", "51500"], ["Map bodies", "53000"]]
    for one in (heads, arabic):
        assert match_columns(one, rows)[1].meaning == "finance"
