"""Amounts that differ in their figure alone are read once; each is what it is read as by itself."""

from __future__ import annotations

import io

import pytest

import jmdi

WORDS = (
    *("{} USD", "USD {}", "USD {} from the state budget", "{} million pesos", "about {} dollars"),
    *("P {}", "{} F", "{} per participant", "total {}", "up to {} EUR", "{}", "FCFA {} in kind"),
    *("Rs {} k", "{} M", "budget of {}", "{} participants", "cost {} each", "Q {}", "page {}"),
)
FIGURES = (100, 150, 999, 1500, 7000, 12345, 999999999)


def amounts(cells: list[str], **options: object) -> list[tuple[object, ...]]:
    lines = [
        "Action,Objective,Budget",
        *(f"Train {n},Learn,{cell}" for n, cell in enumerate(cells)),
    ]
    plan = io.BytesIO("\n".join(lines).encode())
    read = jmdi.read(plan, format="workplan:csv", on_error="keep", **options)
    return [
        (*action.finance, *[p.message for p in read.problems if p.value == cell])
        for action, cell in zip(read.of(jmdi.Action), cells, strict=True)
    ]


@pytest.mark.parametrize("options", [{}, {"country": "PH"}, {"country": "ML"}])
def test_each_amount_is_what_it_is_alone(options: dict[str, object]) -> None:
    cells = [words.format(figure) for words in WORDS for figure in FIGURES]
    together = amounts(cells, **options)
    assert together == [amounts([cell], **options)[0] for cell in cells]
