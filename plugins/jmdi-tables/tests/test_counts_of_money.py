"""Sums of transactions that an engine counts are those of memory, to the last digit."""

from __future__ import annotations

import attrs
import pytest
from table_helpers import transactions

import jmdi
import jmdi_tables
from jmdi import Money, Relates, Transaction, code

ASKED = (
    *({}, {"types": "disbursement"}, {"types": ["disbursement", "expenditure"]}),
    *({"currency": "USD"}, {"types": "expenditure", "currency": "EUR"}, {"currency": "CHF"}),
    *({"hierarchy": "all"}, {"types": []}, {"currency": "x"}),
)
IN_MEMORY = ({"by": "year"}, {"of": "budgets"}, {"during": "2015-01-01/2016-01-01"})


SETS = {
    "nothing": [],
    "all known": list(transactions(1, 60, whole=True)),
    "some unknown": list(transactions(2, 80)),
    "one": list(transactions(3, 1, whole=True)),
    "parts": [
        *transactions(4, 40),
        Relates(id="r", source="i0", target="i1", type=code("relation-type", "child")),
    ],
    "out of range": [*transactions(5, 9), Transaction(id="x", value=Money("9" * 40, "EUR"))],
}


def outcome(measure, given):
    try:
        return measure("money-total", **given)
    except jmdi.JmdiError as error:
        return str(error)


@pytest.mark.parametrize("sort", SETS)
def test_the_results_of_memory(tmp_path, sort):
    jmdi.write(jmdi.dataset(SETS[sort]), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for given in (
            *ASKED,
            {"by": "year"},
            {"of": "budgets"},
            {"during": "2015-01-01/2016-01-01"},
        ):
            mine, other = (outcome(one.metric, given) for one in (tables, dataset))
            if isinstance(other, str):
                assert mine == other
                continue
            assert attrs.evolve(mine, subject="", digest="") == attrs.evolve(
                other, subject="", digest=""
            ), given
            assert str(mine.values) == str(other.values)
            assert str(mine.bounds) == str(other.bounds)
            counted = given in ASKED and sort != "out of range"
            if sort == "parts":
                counted = given == {"hierarchy": "all"}
            assert ("on duckdb" in mine.subject) == counted, given
