"""What several heads of money say of each other, and totals of sections."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

import jmdi


def read(text: str) -> jmdi.Dataset:
    """The plan of a CSV text."""
    return jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")


@pytest.mark.parametrize(
    ("unit", "total"),
    [
        ("Unit cost", "Total cost (PHP)"),
        ("Coût unitaire", "Coût total (PHP)"),
        ("Precio unitario", "Costo total (PHP)"),
        ("Custo unitário", "Custo total (PHP)"),
        ("سعر الوحدة", "الكلفة الإجمالية (PHP)"),
    ],
)
def test_a_unit_cost_is_no_part_of_the_sum(unit: str, total: str) -> None:
    found = read(f'Activity,{unit},Quantity,{total}\nTrain,500,30,"15,000"\nTOTAL,,,"15,000"\n')
    (action,) = found.of(jmdi.Action)
    assert [(m.amount, m.currency, m.per) for m in action.finance] == [
        (Decimal(500), "PHP", "unit"),
        (Decimal(15_000), "PHP", None),
    ]
    assert not found.problems


def test_a_subtotal_is_set_beside_its_section() -> None:
    found = read(
        "Activity,Responsible,Budget (KES)\nTrain,HR,250\nSub-total,,250\n"
        "Section B: Works,,\nBuild,Works,600\nPaint,Works,1100\nSub-total,,1500\nTotal,,1950\n"
    )
    (problem,) = found.problems
    assert problem.code == "workplan:W209"
    assert "1500 KES, the actions sum up to 1700 KES" in problem.message
