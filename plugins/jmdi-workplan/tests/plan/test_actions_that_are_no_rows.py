"""Actions side by side, in sheets and in paragraphs."""

from __future__ import annotations

from plan_texts import carried_out, dates, money, read

import jmdi


def test_actions_side_by_side():
    found = read("""
        Work plan 2022
        Activity,Job fair,Language course
        Lead,Chamber of Commerce,Evening School
        When,May 2022,September 2022
        Cost,"EUR 2,000","EUR 9,500"
        """)
    assert [action.label() for action in found.of(jmdi.Action)] == ["Job fair", "Language course"]
    assert dates(found) == ["2022-05", "2022-09"]
    assert money(found) == [[(2000, "EUR")], [(9500, "EUR")]]


def test_a_title_above_each_action_sheet():
    sheet = "\n\n".join(
        f"""**Action {n} : {title}**

        | Objectif | Informer |
        | --- | --- |
        | Responsable | Mairie |
        | Description | Un agent répond. |
        | Calendrier | mars 202{n} |"""
        for n, title in ((1, "Guichet"), (2, "Foire"))
    )
    found = read(f"Plan d'action\n\n{sheet}", "workplan:markdown")
    assert [action.label() for action in found.of(jmdi.Action)] == ["Guichet", "Foire"]
    assert dates(found) == ["2021-03", "2022-03"]
    assert "1" in found.of(jmdi.Action)[0].cells


ITEMS = """
# Ayuda memoria

**Compromiso 1:** Compartir la base

**Responsable:** AMHON

**Fecha límite:** 20 de mayo de 2024

**Compromiso 2:** Elaborar el protocolo

**Responsable:** OIM

**Fecha límite:** 28 de junio de 2024
"""


def test_actions_in_labelled_paragraphs(tmp_path):
    file = tmp_path / "minutes.md"
    file.write_text(ITEMS, encoding="utf-8")
    found = jmdi.read(file, on_error="keep")
    assert [action.label() for action in found.of(jmdi.Action)] == [
        "Compartir la base",
        "Elaborar el protocolo",
    ]
    assert dates(found) == ["2024-05-20", "2024-06-28"]
    assert carried_out(found) == [("AMHON", "implementing"), ("OIM", "implementing")]


SHEET = """
    | Project title | {} |
    |---|---|
    | Location | Tamale, Ghana |
    | Start | March 2024 |
    | End | June 2024 |
    | Total cost | EUR {} |
    | Responsible | Projects Committee |
"""


def test_sheets_of_projects_are_actions_where_there_are_several():
    found = read(
        "# Plan 2024\n" + SHEET.format("Solar pump", 8700) + "\n" + SHEET.format("Well", 90),
        "workplan:markdown",
    )
    assert money(found) == [[(8700, "EUR")], [(90, "EUR")]]
    assert dates(found) == ["2024-03/2024-06"] * 2
