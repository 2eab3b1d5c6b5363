"""A session of Spark gives the Results of memory, and is left as it was."""

from __future__ import annotations

import shutil

import attrs
import pytest
from table_helpers import COUNTED, OF_TIES, OF_TWO, records, transactions, with_ties

import jmdi
import jmdi_knowledge.plugin
import jmdi_network.plugin
import jmdi_scaling.plugin
import jmdi_tables
import jmdi_workplan.plugin
from jmdi import Model
from jmdi_tables import plugin

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

PAIRS: dict[str, object] = {"projection": "co-participation"}
BY_COUNTRY: dict[str, object] = {"groups": "country", **PAIRS}
METRICS: tuple[tuple[str, dict[str, object]], ...] = (
    ("density", PAIRS),
    ("isolates", PAIRS),
    ("components", PAIRS),
    ("network:strength", PAIRS),
    ("network:mixing", BY_COUNTRY),
    ("network:heterogeneity", BY_COUNTRY),
    ("network:corridor-matrix", {}),
    ("scaling:anchorage", {"strong": True}),
    ("scaling:anchorage", {"window": "2012-01-01/2015-01-01"}),
    ("scaling:cross-sector-density", {}),
    ("scaling:outreach", {}),
)
DESK: dict[str, object] = {"practice": "practice/desk"}
ONCE: tuple[tuple[str, dict[str, object]], ...] = (
    *((f"scaling:{name}", {}) for name in ("reach", "functional", "out", "up", "vector", "trust")),
    *((f"scaling:{name}", {}) for name in ("strategic-partnerships", "institutionalization")),
    *((f"scaling:{name}", {}) for name in ("ownership", "tipping-joint")),
    *((f"scaling:{name}", DESK) for name in ("adoption-curve", "adopter-categories", "crossing")),
    *((f"scaling:{name}", DESK) for name in ("hazard", "exposure", "threshold", "diffusion-fit")),
    *((f"scaling:{name}", DESK) for name in ("infectiousness", "susceptibility")),
    ("scaling:threshold-categories", DESK),
    ("scaling:goal-consensus", {"initiative": "initiative/04", "draws": 9}),
    *((f"knowledge:{name}", {}) for name in ("codification", "consolidation", "conversion")),
    *((f"knowledge:{name}", {}) for name in ("consolidation-lag", "dissemination-equity")),
    *((f"knowledge:{name}", {}) for name in ("dissemination-reach", "gap-matrix", "loop-closure")),
    *((f"knowledge:{name}", {}) for name in ("international-ties", "measured-actions")),
    *((f"knowledge:{name}", {}) for name in ("new-cross-territory-ties", "people-reached")),
    *((f"knowledge:{name}", {}) for name in ("overarching-coverage", "recipient-matrix")),
    *((f"knowledge:{name}", {}) for name in ("pillar-balance", "source-evenness", "use-rate")),
    *((f"workplan:{name}", {}) for name in ("audience", "completeness", "known-budget")),
    ("workplan:cost-per-participant", {}),
    ("workplan:adherence", {"as_of": "2015-12-31"}),
    ("scaling:isolation", {"closed_world": True}),
)
"""What an engine picks or counts in many steps is compared on one data set alone."""


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """A session as a cluster would hand it in, of this machine and on the loopback alone."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java: apt-get install openjdk-17-jre-headless")
    sql = pytest.importorskip("pyspark.sql", reason="pip install 'jmdi-tables[spark]'")
    builder = sql.SparkSession.builder.master("local[2]").appName("jmdi-tests")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def model():
    pillars = [jmdi_knowledge.plugin, jmdi_workplan.plugin]
    return Model.build([plugin, jmdi_network.plugin, jmdi_scaling.plugin, *pillars])


def small(name):
    if name != "empty":
        return jmdi.datasets.load(name).records
    return [jmdi.Actor(id="a"), jmdi.Actor(id="b", extra={"placeholder": True})]


@pytest.mark.parametrize("name", ["sample", "jmdi", "empty"])
def test_the_results_of_memory(session, model, tmp_path, name):
    folder = tmp_path / f"{name}.parquet"
    model.write(model.dataset(small(name)), folder)
    dataset = model.read(folder)
    with jmdi_tables.open(folder, engine=session, model=model) as tables:
        mine, other = tables.network(), dataset.project("co-participation")
        assert (mine.nodes, list(mine.source)) == (other.nodes, list(other.source))
        assert mine.notes == other.notes
        for metric, given in METRICS:
            found = tables.metric(metric, **given)
            assert "pyspark" in found.subject
            wanted = dataset.metric(metric, **given)
            assert attrs.evolve(found, subject="") == attrs.evolve(wanted, subject="")
    assert not [t for t in session.catalog.listTables() if t.name.startswith("jmdi_")]


def one_of_each(metrics):
    """Each metric once, with the last of its parameters."""
    return list({name: (name, given) for name, given in metrics}.values())


NETWORKS: dict[str, tuple[dict[str, object], list[tuple[str, dict[str, object]]]]] = {
    "of a day": ({**PAIRS, "as_of": "2015-06-15"}, one_of_each(COUNTED)),
    "of two days": (PAIRS, one_of_each(OF_TWO)),
    "of ties": ({"projection": "actors"}, [*one_of_each(OF_TIES), ("network:dyad-census", {})]),
    "of two modes": ({"projection": "actors-initiatives"}, [("network:bipartite-density", {})]),
}


@pytest.fixture(scope="module")
def folders(session, model, tmp_path_factory):
    """A small data set, of some of whose pairs nobody knows whether they are tied; and ties."""
    home = tmp_path_factory.mktemp("networks")
    made = {"open": records(4, 25, 40), "ties": with_ties(2, 12, 40, directed=True)}
    opened = {}
    for name, given in made.items():
        model.write(model.dataset(given), home / f"{name}.parquet")
        tables = jmdi_tables.open(home / f"{name}.parquet", engine=session, model=model)
        opened[name] = tables, model.read(home / f"{name}.parquet")
    yield opened
    for tables, _ in opened.values():
        tables.close()


@pytest.mark.parametrize(
    ("sort", "metric", "given"),
    [(sort, *one) for sort, (_, metrics) in NETWORKS.items() for one in metrics],
)
def test_networks_of_memory(folders, sort, metric, given):
    view, _ = NETWORKS[sort]
    both = folders["ties" if sort in ("of ties", "of two modes") else "open"]
    found, wanted = (one.metric(metric, **given, **view) for one in both)
    assert "pyspark" in found.subject
    assert attrs.evolve(found, subject="") == attrs.evolve(wanted, subject="")


def test_what_takes_many_steps_is_that_of_memory(session, model, tmp_path):
    folder = tmp_path / "sample.parquet"
    model.write(model.dataset(small("sample")), folder)
    dataset = model.read(folder)
    with jmdi_tables.open(folder, engine=session, model=model) as tables:
        for metric, given in ONCE:
            found = tables.metric(metric, **given)
            assert "pyspark" in found.subject
            wanted = dataset.metric(metric, **given)
            assert attrs.evolve(found, subject="") == attrs.evolve(wanted, subject="")


def test_money_of_memory(session, model, tmp_path):
    folder = tmp_path / "x.parquet"
    model.write(model.dataset(transactions(2, 80)), folder)
    dataset = model.read(folder)
    with jmdi_tables.open(folder, engine=session, model=model) as tables:
        for given in ({}, {"types": "disbursement", "currency": "EUR"}):
            found, wanted = (one.metric("money-total", **given) for one in (tables, dataset))
            assert "pyspark" in found.subject
            assert attrs.evolve(found, subject="") == attrs.evolve(wanted, subject="")


@pytest.mark.parametrize("named", [False, True])
def test_a_session_of_somebody_stays_as_it_was(session, model, tmp_path, named):
    folder = tmp_path / "x.parquet"
    model.write(model.dataset(small("empty")), folder)
    theirs = {
        "spark.sql.session.timeZone": "Asia/Manila",
        "spark.sql.mapKeyDedupPolicy": "EXCEPTION",
        "spark.sql.shuffle.partitions": "3",
    }
    before = {name: session.conf.get(name) for name in theirs}
    try:
        for name, value in theirs.items():
            session.conf.set(name, value)
        with jmdi_tables.open(folder, engine="spark" if named else session, model=model) as tables:
            assert tables.count(tables["actor"]) == 2
        assert {name: session.conf.get(name) for name in theirs} == theirs
        assert session.range(3).count() == 3
    finally:
        for name, value in before.items():
            session.conf.set(name, value)
