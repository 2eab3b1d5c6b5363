"""Dates of short words: ordinals with a dot, months without one."""

from __future__ import annotations

import pytest

from jmdi_workplan.timeline import read_timeline


@pytest.mark.parametrize(
    "words", ["1.º semestre de 2024", "1.er semestre 2024", "1º semestre 2024"]
)
def test_an_ordinal_may_have_a_dot(words: str) -> None:
    assert read_timeline(words).edtf == "2024-40"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Jul-Set 2024", "2024-07/2024-09"),
        ("Ago a Out 2024", "2024-08/2024-10"),
        ("Set-Dez 2024", "2024-09/2024-12"),
        ("Jul, Set e Dez 2024", "{2024-07,2024-09,2024-12}"),
        ("May - Set up a desk 2024", None),
        ("Set to March 2024", None),
        ("Deadline set, March 2024", "2024-03"),
    ],
)
def test_a_short_month_beside_another_needs_no_dot(words: str, edtf: str | None) -> None:
    assert read_timeline(words).edtf == edtf
