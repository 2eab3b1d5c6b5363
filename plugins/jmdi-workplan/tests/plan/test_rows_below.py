"""Rows below a header: those of actions, and headers that come again."""

from __future__ import annotations

import io

import jmdi


def read(text: str) -> jmdi.Dataset:
    """The plan of a CSV text."""
    return jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")


def test_a_row_of_an_action_with_words_of_heads_is_no_header() -> None:
    found = read(
        "Activity,Responsible,Date\nTrain,HR,March 2024\nBuild,Works,May 2024\n"
        "Activity,Responsible,Date\nPlan,Projects,June 2024\n"
    )
    acts = [
        (jmdi.pick(one.names), one.timeline and one.timeline.edtf) for one in found.of(jmdi.Action)
    ]
    assert acts == [("Train", "2024-03"), ("Build", "2024-05"), ("Plan", "2024-06")]


def test_a_label_below_the_total_is_a_note_and_no_action() -> None:
    found = read(
        "Activity,Responsible,Budget (USD)\nTrain,HR,500\nBuild,Works,700\nTotal,,1200\n"
        "Endorsed in session by: the council,,\nاعتماد: اللجنة,,\n"
    )
    assert [jmdi.pick(one.names) for one in found.of(jmdi.Action)] == ["Train", "Build"]
    (table,) = found.of(jmdi.WorkPlan)[0].tables
    assert [*table.notes][-2:] == ["Endorsed in session by: the council", "اعتماد: اللجنة"]


def test_a_heading_below_a_sub_total_stays_one() -> None:
    found = read(
        "Activity,Responsible,Budget (USD)\nTrain,HR,500\nTotal,,500\nPhase 2: works,,\n"
        "Build,Works,700\n"
    )
    assert [one.section for one in found.of(jmdi.Action)] == [None, "Phase 2: works"]


def test_who_approved_it_below_a_blank_row_is_no_action() -> None:
    for label in ("Approved by:", "صادق عليه:", "Visa :", "Visto bueno:"):
        found = read(f"Activity,Responsible,Budget (USD)\nTrain,HR,500\n,,\n{label},Director,\n")
        assert [jmdi.pick(one.names) for one in found.of(jmdi.Action)] == ["Train"], label
