"""Of a registry of plans in tables an engine picks the actions of some; Results are of memory."""

from __future__ import annotations

import attrs
import pytest

import jmdi
from jmdi import JmdiError, WorkPlan

jmdi_tables = pytest.importorskip("jmdi_tables")

METRICS = {
    "adherence": {"as_of": "2015-06-30"},
    "audience": {},
    "completeness": {},
    "cost-per-participant": {"as_of": "2015-06-30"},
    "known-budget": {},
}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans") / "x.parquet"
    records = [*jmdi.datasets.load("sample"), WorkPlan(id="workplan/empty")]
    jmdi.write(jmdi.dataset(records), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder)


def outcome(measure, name, given):
    try:
        return measure(f"workplan:{name}", **given)
    except JmdiError as error:
        return str(error)


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("plans", ["all", "one", "several", "empty", "unknown"])
def test_the_results_of_memory(data, name, plans):
    dataset = data[1]
    ids = [plan.id for plan in dataset.of(WorkPlan) if plan.id != "workplan/empty"]
    chosen = {"one": ids[0], "several": ids, "empty": "workplan/empty", "unknown": "nothing"}
    given = dict(METRICS[name]) | ({"workplan": chosen[plans]} if plans in chosen else {})
    mine, other = (outcome(one.metric, name, given) for one in data)
    if isinstance(other, str):
        assert mine == other
        return
    assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject="")
    assert ("which picked" in mine.subject) == (plans in ("all", "one", "several"))


def test_costs_in_a_territory(data):
    dataset = data[1]
    territory = next(p.territory for a in dataset.of(jmdi.Action) for p in a.places if p.territory)
    initiative = next(id for plan in dataset.of(WorkPlan) for id in plan.initiatives)
    for given in ({"territory": territory}, {"initiative": initiative}):
        mine, other = (outcome(one.metric, "cost-per-participant", given) for one in data)
        assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject="")
        assert "which picked" in mine.subject
