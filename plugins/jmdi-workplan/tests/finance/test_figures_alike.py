"""A figure of a long table is read as every other of its kind, and as it would be alone."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi_workplan.finance import Unit, read_finance, unit_of
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.plan.context import Context
from jmdi_workplan.plan.entries import Entry
from jmdi_workplan.plan.parts import Amounts, Found

FORMS = (
    *("{}", "USD {}", "{} USD", "{} XOF", "ALL {}", "PEN {}", "eur {}", "{} mil", "for {}"),
    *("USD {} from the state budget", "{} million pesos", "about {} dollars", "P {}", "{} F"),
    *("{} per participant", "total {}", "up to {} EUR", "FCFA {} in kind", "Rs {} k", "{} M"),
    *("budget of {}", "{} participants", "cost {} each", "Q {}", "page {}", "year {}"),
)


def under(words: str) -> Under:
    """The only cell of an action, under the head of a budget."""
    return Under(Entry((), 1, 1, texts=(words,)), (), Context(), {"finance": [0]})


def amounts(unit: Unit) -> Amounts:
    """What reads that cell."""

    def read(row: Under) -> Found[tuple[jmdi.Money, ...]]:
        return read_finance((row.entry.texts or ("",))[0], country="GH", unit=unit), ()

    return Amounts([0], read)


@pytest.mark.parametrize("head", ["Budget", "Budget (USD)", "Budget in thousand EUR", "Budget ($)"])
@given(form=st.sampled_from(FORMS), figures=st.lists(st.integers(0, 2_000_000_000), max_size=3))
def test_a_figure_is_read_as_alone(head: str, form: str, figures: list[int]) -> None:
    part, unit = amounts(unit_of(head, "GH")), unit_of(head, "GH")
    for figure in figures:
        words = form.format(figure)
        assert part.of(under(words))[0] == read_finance(words, country="GH", unit=unit)


@pytest.mark.parametrize("options", [{}, {"country": "PH"}, {"country": "ML"}])
def test_a_plan_has_the_amounts_of_its_rows(options: Mapping[str, str]) -> None:
    def read(cells: list[str]) -> list[tuple[object, ...]]:
        rows = [f"Train {n},Learn,{cell}\n" for n, cell in enumerate(cells)]
        plan = io.BytesIO("".join(["Action,Objective,Budget\n", *rows]).encode())
        found = jmdi.read(plan, format="workplan:csv", on_error="keep", **options)
        return [
            (*action.finance, *[p.message for p in found.problems if p.value == cell])
            for action, cell in zip(found.of(jmdi.Action), cells, strict=True)
        ]

    cells = [form.format(figure) for form in FORMS for figure in (100, 999, 7000, 12345)]
    assert read(cells) == [read([cell])[0] for cell in cells]
