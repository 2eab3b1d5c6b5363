"""Actors and initiatives as two modes, which an engine counts as memory does."""

from __future__ import annotations

import attrs
import pytest
from table_helpers import COUNTED, DATED, OF_TIES, PERIODS, records

import jmdi
import jmdi_tables
from jmdi import Actor, Initiative, Participates

SETS = {
    "of known times": ((1, 9, 8, DATED), True),
    "of unknown times": ((2, 6, 3, PERIODS), False),
    "without initiatives": ((3, 4, 0, DATED), True),
}
METRICS = [
    ("network:bipartite-density", {}),
    *(one for one in [*COUNTED, *OF_TIES] if len(one[1]) < 2 and "ei-index" not in one[0]),
]
VIEWS = (
    {},
    {"projection.as_of": "2015-06-15"},
    {"projection.kinds": ["partnership", "initiative"]},
)


@pytest.fixture(scope="module", params=SETS)
def data(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("modes") / "x.parquet"
    given, known = SETS[request.param]
    jmdi.write(jmdi.dataset(records(*given)), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder), known


@pytest.mark.parametrize("view", VIEWS)
def test_the_results_of_memory(data, view):
    tables, dataset, known = data
    for name, given in METRICS:
        given = {**given, **view, "projection": "actors-initiatives"}
        mine, other = tables.metric(name, **given), dataset.metric(name, **given)
        assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject=""), (name, given)
        if known and name in ("network:bipartite-density", "isolates", "network:mixing"):
            assert "on duckdb" in mine.subject, name


MORE = {
    "an actor of the second mode": [Initiative(id="a")],
    "an initiative that takes part": [Participates(id="q", source="i", target="j")],
    "a part for certain and perhaps": [
        Participates(id="q", source="a", target="i", period=jmdi.Period("2014/2016")),
        Participates(id="r", source="a", target="i"),
    ],
    "two parts perhaps": [Participates(id="q", source="a", target="i")],
}


@pytest.mark.parametrize("sort", MORE)
def test_what_is_for_memory(tmp_path, sort):
    given = [Actor(id="a"), Actor(id="b"), Initiative(id="i"), Initiative(id="j")]
    given += [Participates(id="p", source="a", target="i"), *MORE[sort]]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for name in ("isolates", "network:degree"):
            view = {"projection": "actors-initiatives", "projection.as_of": "2015-06-15"}
            mine, other = tables.metric(name, **view), dataset.metric(name, **view)
            assert "in memory" in mine.subject
            assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject="")
