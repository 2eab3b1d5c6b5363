"""Each metric of networks that an engine counts is that of memory, with every choice."""

from __future__ import annotations

from itertools import product

import attrs
import pytest

import jmdi
import jmdi_tables

GROUPED = ("assortativity", "coleman-homophily", "mixing", "yule-q")
CHOICES = [
    ("network:coleman-homophily", {"expectation": "n"}),
    ("network:degree", {"normalized": True}),
    ("network:degree-centralization", {"loops": True}),
    ("network:dyad-census", {}),
    ("network:fragmentation", {"connectedness": True}),
    ("network:heterogeneity", {"of": "actors"}),
    ("network:heterogeneity", {"of": "partners"}),
    ("network:modularity", {"gamma": 1.3}),
    ("network:modularity", {"weighted": True}),
    ("network:observation", {}),
    ("network:reciprocity", {"measure": "confirmation"}),
    ("network:strength", {"alpha": 0.5}),
    *((f"network:{name}", {}) for name in GROUPED),
    *(
        ("network:ei-index", {"level": level, "weighted": weighted, "count": count})
        for level, weighted, count in product(
            ("network", "group", "node"), (False, True), ("once", "rows")
        )
    ),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counts") / "sample.parquet"
    jmdi.write(jmdi.datasets.load("sample"), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder)


def outcome(measure, name, given):
    try:
        return attrs.evolve(measure(name, projection="co-participation", **given), subject="")
    except jmdi.JmdiError as error:
        return str(error)


@pytest.mark.parametrize(("name", "given"), CHOICES)
@pytest.mark.parametrize("groups", ["country", "label", "nothing"])
def test_the_result_of_memory(data, name, given, groups):
    tables, dataset = data
    takes = {p.name for p in dataset.model.catalog.metric(name).parameters}
    if "groups" in takes:
        given = {**given, "groups": groups}
    elif groups != "country":
        pytest.skip("it has no groups")
    assert outcome(tables.metric, name, given) == outcome(dataset.metric, name, given)


def test_groups_by_id(data):
    tables, dataset = data
    groups = {actor.id: actor.id[-1] for actor in dataset.of(jmdi.Actor)}
    nodes = dataset.project("co-participation").nodes
    given = {"groups": {id: groups[id] for id in nodes}}
    mine = outcome(tables.metric, "network:mixing", given)
    assert mine == outcome(dataset.metric, "network:mixing", given)


def test_groups_by_wave_and_by_an_own_attribute(tmp_path):
    waves = [jmdi.Period(wave=1), jmdi.Period(wave=2), None, jmdi.Period(wave=1)]
    actors = [
        jmdi.Actor(id=f"a{n}", period=wave, extra={"own": n % 2}) for n, wave in enumerate(waves)
    ]
    takes = [jmdi.Participates(id=f"p{a.id}", source=a.id, target="i") for a in actors]
    jmdi.write(jmdi.Dataset([*actors, jmdi.Initiative(id="i"), *takes]), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for groups in ("period.wave", "own"):
            mine = outcome(tables.metric, "network:mixing", {"groups": groups})
            assert mine == outcome(dataset.metric, "network:mixing", {"groups": groups})
            assert isinstance(mine, jmdi.Result)


def test_what_no_engine_counts_is_handed_over(data):
    tables, dataset = data
    given = {"groups": "country", "draws": 10, "projection": "co-participation"}
    mine = tables.metric("network:ei-index", **given)
    assert "in memory" in mine.subject
    assert attrs.evolve(mine, subject="") == attrs.evolve(
        dataset.metric("network:ei-index", **given), subject=""
    )
