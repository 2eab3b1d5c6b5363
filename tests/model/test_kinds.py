"""What the built-in kinds take when they are made."""

from __future__ import annotations

from decimal import Decimal

import pytest

import jmdi


def test_a_number_is_exact_and_a_float_is_refused():
    assert jmdi.Tie(id="t", source="a", target="b", strength=1).strength == Decimal(1)
    assert jmdi.Observation(id="o", value="1.50").value == Decimal("1.50")
    assert jmdi.Rates(id="r", source="a", target="b", score=4, low=0, high=5).high == Decimal(5)
    with pytest.raises(jmdi.BadValue, match=r"got float 1\.5"):
        jmdi.Tie(id="t", source="a", target="b", strength=1.5)
