"""A figure of a long table is read as every other of its kind, and as it would be alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi_workplan.finance import read_finance, unit_of
from jmdi_workplan.plan.cells.money import _read

FORMS = ("{}", "USD {}", "{} USD", "{} XOF", "ALL {}", "PEN {}", "eur {}", "{} mil", "for {}")


@pytest.mark.parametrize("head", ["Budget", "Budget (USD)", "Budget in thousand EUR", "Budget ($)"])
@given(form=st.sampled_from(FORMS), figure=st.integers(0, 2_000_000_000))
def test_a_figure_is_read_as_alone(head: str, form: str, figure: int) -> None:
    words = form.format(figure)
    unit = unit_of(head, "GH")
    assert _read(words, "GH", unit) == read_finance(words, country="GH", unit=unit)
