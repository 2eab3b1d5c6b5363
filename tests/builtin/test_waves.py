"""Periods in columns: a short number is no year but a wave of a study."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi import Period, Tie


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("1", Period(wave=1)),
        ("wave 2", Period(wave=2)),
        ("Wave 12 ", Period(wave=12)),
        ("3.0", Period(wave=3)),
        ("2015", Period("2015")),
        ("2013/2015", Period("2013/2015")),
    ],
)
def test_a_short_number_as_a_period_is_a_wave(core: jmdi.Model, cell: str, period: Period) -> None:
    for head in ("id,source,target", "source,target"):  # records, and an edge list
        row = "t,a,b" if head.startswith("id") else "a,b"
        text = f"{head},period\n{row},{cell}\n".encode()
        found = core.read(io.BytesIO(text), format="table", kind="tie", on_error="keep")
        assert found.of(Tie)[0].period == period


@pytest.mark.parametrize("value", ["1", '"1"', '"wave 1"', "1.0"])
def test_so_it_is_in_a_file_of_a_network(core: jmdi.Model, value: str) -> None:
    edge = f'{{"source":"a","target":"b","period":{value}}}'
    text = f'{{"nodes":[{{"id":"a"}},{{"id":"b"}}],"links":[{edge}]}}'
    found = core.read(io.BytesIO(text.encode()), format="node-link")
    assert found.of(Tie)[0].period == Period(wave=1)
