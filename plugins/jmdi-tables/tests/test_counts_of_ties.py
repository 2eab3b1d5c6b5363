"""Ties that an engine joins and counts make the Results of memory, and others are for memory."""

from __future__ import annotations

import attrs
import pytest
from table_helpers import COUNTED, OF_TIES, OF_TWO, PERIODS, has_waves, with_ties

import jmdi
import jmdi_tables
from jmdi import Actor, Tie, code

SETS = {
    "undirected": ((1, 12, 25), {}),
    "directed": ((2, 12, 40), {"directed": True, "kinds": ("funding", "advocacy")}),
    "nothing shared": ((5, 9, 20), {"shared": 0}),
    "one actor": ((7, 1, 4), {"directed": True}),
    "none between actors": ((8, 4, 0), {}),
}
FEW = [(name, given) for name, given in [*COUNTED, *OF_TIES] if len(given) < 2]
VIEWS = (
    ({}, [*COUNTED, *OF_TIES]),
    ({"projection.as_of": "2015-06-15"}, FEW),
    ({"projection.as_of": 1, "directed": False}, FEW[::3]),
    ({"directed": True}, FEW[1::3]),
    ({"directed": False, "weight": "count"}, FEW[2::3]),
    ({"tie_kinds": ["funding", "advocacy"]}, FEW[::4]),
)


@pytest.fixture(scope="module", params=SETS)
def data(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ties") / "x.parquet"
    given, more = SETS[request.param]
    jmdi.write(jmdi.dataset(with_ties(*given, **more)), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder), request.param


def the_same(tables, dataset, name, given):
    mine, other = tables.metric(name, **given), dataset.metric(name, **given)
    assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject=""), (name, given)
    return "on duckdb" in mine.subject


@pytest.mark.parametrize(("view", "metrics"), VIEWS)
def test_the_results_of_memory(data, view, metrics):
    tables, dataset, sort = data
    for name, given in metrics:
        counted = the_same(tables, dataset, name, {**given, **view, "projection": "actors"})
        if "tie_kinds" not in view and name in ("network:mixing", "network:strength"):
            assert counted, name
        if name == "network:survival":
            assert counted or "none" in sort


def test_changes_from_one_to_another(data):
    tables, dataset, _ = data
    for name, given in OF_TWO:
        if given["days"] == (1, 2) or name == "network:entries-exits":
            if not has_waves(dataset, given["days"]):
                continue
            the_same(tables, dataset, name, {**given, "projection": "actors"})


def tie(name, **more):
    return Tie(id=name, source="a", target="b", **more)


MORE = {
    "reported": [tie("t", reported_by="a")],
    "absent": [tie("t"), tie("u", state=code("presence", "absent"))],
    "not observed": [tie("t", state=code("presence", "unobserved"))],
    "of no intensity": [tie("t", intensity=0), tie("u", intensity=3)],
    "of no strength": [tie("t", strength=0)],
    "of a strength": [tie("t", strength="2.5"), tie("u", strength=None)],
    "out of range": [tie("t", strength="9" * 40)],
    "weighed by one strength": [Tie(id="t", source="a", target="b", strength=3)],
}


@pytest.mark.parametrize("sort", MORE)
def test_ties_that_say_more_are_for_memory(tmp_path, sort):
    given = [*(Actor(id=name, country="MA") for name in "abc"), *MORE[sort]]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for name in ("density", "isolates", "network:degree", "network:strength"):
            assert not the_same(tables, dataset, name, {"projection": "actors"})
            the_same(tables, dataset, name, {"projection": "actors", "weight": "count"})


def test_modes_that_actors_say_themselves(tmp_path):
    given = [Actor(id=name, extra={"mode": n % 2}) for n, name in enumerate("abc")]
    jmdi.write(jmdi.dataset([*given, tie("t")]), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        assert not the_same(tables, dataset, "network:bipartite-density", {"projection": "actors"})
        assert dataset.metric("network:bipartite-density", projection="actors").defined
        assert tables.network("actors").mode == dataset.project("actors").mode


def test_ties_of_unknown_times_or_kinds(tmp_path):
    given = with_ties(9, 9, 20, periods=PERIODS)
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for view in ({"as_of": "2015-06-15"}, {"tie_kinds": "funding"}, {"as_of": 2}):
            for name in ("density", "network:strength", "network:mixing"):
                given = {"groups": "country"} if name == "network:mixing" else {}
                the_same(tables, dataset, name, {**given, **view, "projection": "actors"})


def test_a_direction_without_ties(tmp_path):
    jmdi.write(jmdi.dataset(with_ties(10, 9, 0)), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for ties in (True, False):
            view = {"projection": "actors", "directed": True, "ties": ties}
            for name in ("density", "network:degree", "network:dyad-census", "components"):
                assert the_same(tables, dataset, name, view)
