"""Numbers in words, and words that are a number in another language."""

from __future__ import annotations

import pytest

from jmdi_workplan.audience import read_audience


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("jovens dos bairros", None),  # of the quarters, in Portuguese
        ("alunos dos cursos de língua", None),
        ("dos comunidades", 2),
        ("con dos asociaciones", 2),
        ("capacitar dos grupos", 2),
    ],
)
def test_dos_is_two_in_spanish_only(text, size):
    (group,) = read_audience(text)
    assert (group.size and group.size.value) == size
