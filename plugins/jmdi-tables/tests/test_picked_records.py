"""Metrics whose Results name records find in what an engine picks what they find in memory."""

from __future__ import annotations

import attrs
import pytest
from table_helpers import outcome

import jmdi
import jmdi_tables
from jmdi import Actor, Initiative, Observation, Theme, code
from jmdi_tables.picking import NotPicked, Pick, picked

PLACES = ["territory/xa", "territory/xd-1-2"]
PRACTICE = {"practice": "practice/desk"}
NAMED = {"initiative": ["initiative/04", "initiative/01"]}
METRICS = [
    *("reach", "ownership", "strategic-partnerships", "functional", "institutionalization"),
    *("out", "up", "trust", "vector", "goal-consensus", "tipping-joint"),
    *("adopter-categories", "threshold-categories", "adoption-curve", "crossing", "hazard"),
    *("exposure", "threshold", "infectiousness", "susceptibility", "diffusion-fit"),
]
PILLARS = [
    *("pillar-balance", "overarching-coverage", "international-ties", "new-cross-territory-ties"),
    *("codification", "source-evenness", "gap-matrix", "consolidation", "consolidation-lag"),
    *("dissemination-reach", "dissemination-equity", "people-reached", "recipient-matrix"),
    *("measured-actions", "use-rate", "loop-closure", "conversion"),
]
VIEWS = [
    {},
    {"as_of": "2015-06-01"},
    {"window": "2012-01-01/2015-01-01"},
    {"closed_world": True},
    {"territory": PLACES},
    {**NAMED, "closed_world": True},
    {"initiative": "nosuch"},
    {"initiative": "territory/xa"},
    PRACTICE,
    {**PRACTICE, "direction": "both", "valued": True},
    {"territory": PLACES[0], "hold": 1.0, "as_of": "2015-06-01"},
    {"variant": "ratings", "territory": PLACES},
    {"source": "actions", "draws": 9},
    {"layers": ["item", "product"]},
    {"product": "nosuch"},
]


@pytest.mark.parametrize(
    "name", [*(f"scaling:{name}" for name in METRICS), *(f"knowledge:{name}" for name in PILLARS)]
)
def test_the_result_of_memory(sample, name):
    tables, dataset = sample
    known = {p.name: p for p in dataset.model.catalog.metric(name).parameters}
    for given in VIEWS:
        if given.keys() <= known.keys():
            assert outcome(tables.metric, name, given) == outcome(dataset.metric, name, given)
    subject = tables.metric(name, **(PRACTICE if "practice" in known else {})).subject
    assert "on duckdb" in subject


def test_the_engine_picks_rows_and_members(sample):
    tables, dataset = sample
    part = picked(tables, {"observation": Pick(("value",), lambda column: column("value") > 20)})
    assert part is not None
    wanted = [seen for seen in dataset.of(Observation) if (seen.value or 0) > 20]
    found = part.of(Observation)
    assert [(s.id, s.value) for s in found] == [(s.id, s.value) for s in wanted]
    assert {s.role for s in found} == {None}
    assert part.read == len(wanted) > 0
    assert (part.records, part.find(wanted[0].id, Observation)) == (tuple(found), found[0])
    with pytest.raises(NotPicked):
        part.of(Actor)


def test_placeholders_are_marked(tmp_path):
    given = [Actor(id="a", extra={"placeholder": True}), Actor(id="b", country="IT")]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        part = picked(tables, {"actor": Pick(("country",))})
        assert part is not None
        assert [a.extra.get("placeholder") for a in part.of(Actor)] == [True, None]


def test_what_is_always_known_may_be_taken(tmp_path):
    jmdi.write(jmdi.dataset([Actor(id="theme/data")]), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        part = picked(tables, {"theme": Pick()})
        assert part is not None
        assert part.find("theme/data", Theme) is None
        assert part.find("theme/partnerships", Theme) is not None


def test_figures_that_no_column_holds_are_for_memory(tmp_path):
    seen = [
        Observation(
            id=role, indicator="i", of="x", value=value, role=code("observation-role", role)
        )
        for role, value in (("actual", "9" * 40), ("target", "1"))
    ]
    jmdi.write(jmdi.dataset([Initiative(id="x"), *seen]), tmp_path / "x.parquet")
    whole = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        found = tables.metric("scaling:reach")
        assert "in memory" in found.subject
        assert attrs.evolve(found, subject="") == attrs.evolve(
            whole.metric("scaling:reach"), subject=""
        )
