"""A table with one column for each part of the country, marked where an action happens."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Action, Territory

ONE_ROW = "| No | Activity | Kolda | Dakar | Lead |\n| --- | --- | --- | --- | --- |\n"
BODY = "| 1 | Fair | x | | Office |\n| 2 | Course | ✓ | ✓ | Office |\n"


def _places(text: str) -> list[list[str]]:
    ds = jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")
    found = []
    for action in ds.of(Action):
        codes = [ds.get(p.territory, Territory).code for p in action.places if p.territory]
        found.append([code.code for code in codes if code])
    return found


def test_the_marked_places_are_those_of_the_action() -> None:
    text = f"Work plan 2021\n\nCountry: Senegal\n\n{ONE_ROW}{BODY}"
    assert _places(text) == [["SN-KD"], ["SN-KD", "SN-DK"]]


@pytest.mark.parametrize("cell", ["12", "a district", ""])
def test_a_column_with_other_words_or_figures_is_no_such_column(cell: str) -> None:
    text = (
        f"Work plan 2021\n\nCountry: Senegal\n\n{ONE_ROW}| 1 | Fair | {cell} | {cell} | Office |\n"
    )
    assert _places(text) == [[]]
