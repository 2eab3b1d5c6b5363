"""How many people several events are for."""

from __future__ import annotations

import pytest

import jmdi
from jmdi_workplan.audience import read_audience

PRODUCTS = [  # text, value, name
    ("3 workshops of 25 people each", 75, "people"),
    ("3 workshops of 25 local officials", 75, "local officials"),
    ("Three batches of 25 planners", 75, "planners"),
    ("3 ورشات تضم 25 من العائدين", 75, "العائدين"),
    ("3 oficinas de 25 retornados cada", 75, "retornados"),
    ("Three workshops with 25 participants each", 75, "participants"),
    ("3 ateliers de 25 personnes chacun", 75, "personnes"),
    ("3 talleres de 25 personas cada uno", 75, "personas"),
    ("3 oficinas de 25 pessoas cada", 75, "pessoas"),
    ("25 people x 3 workshops", 75, "people"),
    ("3 x 25 participants", 75, "participants"),
    ("3 groups of 25 women", 75, "women"),
    ("03 (trois) ateliers de 25 femmes", 75, "femmes"),
]


@pytest.mark.parametrize(("text", "value", "name"), PRODUCTS)
def test_people_of_several_events_are_their_product(text: str, value: int, name: str) -> None:
    (audience,) = read_audience(text)
    assert audience.size is not None
    assert (audience.size.value, audience.size.per) == (value, "total")
    assert audience.size.extra["basis"]["times"] == 3
    assert audience.size.words == text
    assert jmdi.pick(audience.who) == name


def test_events_are_no_people() -> None:
    (for_women,) = read_audience("3 workshops for 75 women")
    assert for_women.size is not None
    assert for_women.size.value == 75
    (alone,) = read_audience("3 workshops")
    assert alone.size is not None
    assert (alone.size.value, alone.size.reason) == (None, "not_stated")
