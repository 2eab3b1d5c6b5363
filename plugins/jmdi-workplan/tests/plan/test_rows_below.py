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
