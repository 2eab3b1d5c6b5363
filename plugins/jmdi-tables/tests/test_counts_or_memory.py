"""What records say beside their columns is for memory: the Result is the same."""

from __future__ import annotations

import pytest

import jmdi
import jmdi_tables
from jmdi import Actor, Initiative, Participates, Period, Tie

A, B, PROJECT = Actor(id="a"), Actor(id="b"), Initiative(id="i")


def parts(period: Period) -> list[jmdi.Record]:
    takes = [
        Participates(id=f"p{who.id}", source=who.id, target="i", period=period) for who in (A, B)
    ]
    return [A, B, PROJECT, *takes]


@pytest.mark.parametrize(
    ("records", "name", "given"),
    [
        pytest.param(
            [Actor(id="a", extra={"mode": 0}), Actor(id="b", extra={"mode": 1})],
            "density",
            {"projection": "actors"},
            id="modes of actors, no tie",
        ),
        pytest.param(
            [A, B, Tie(id="t", source="a", target="b", extra={"disputed": True})],
            "density",
            {"projection": "actors"},
            id="a disputed tie",
        ),
        pytest.param(
            parts(Period("2015", wave=10**20)),
            "density",
            {"projection": "co-participation", "as_of": 10**20},
            id="a wave that no column holds",
        ),
        pytest.param(
            parts(Period("2015", wave=10**20)),
            "density",
            {"projection": "co-participation"},
            id="a wave that no column holds, not asked for",
        ),
        pytest.param(
            parts(Period("2015")),
            "density",
            {"projection": "co-participation", "kinds": []},
            id="no kinds",
        ),
    ],
)
def test_tables_say_what_memory_says(records, name, given, tmp_path):
    dataset = jmdi.dataset(records)
    jmdi.write(dataset, tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        found = tables.metric(name, **given)
    other = dataset.metric(name, **given)
    assert str(found) == str(other)
    assert (found.value, found.lower, found.upper) == (other.value, other.lower, other.upper)
