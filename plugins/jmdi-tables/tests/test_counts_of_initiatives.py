"""Metrics of a Dataset that an engine counts are those of memory, for each scope and time."""

from __future__ import annotations

import pytest
from table_helpers import outcome

import jmdi
import jmdi_tables
from jmdi import Actor, code

PLACES = ["territory/xa", "territory/xd-1-2"]
VIEWS = [
    {},
    {"as_of": "2015-06-01"},
    {"window": "2012-01-01/2015-01-01"},
    {"closed_world": True},
    {"strong": True},
    {"local_government": ["national_ngo", "government"]},
    {"local_government": "nosuch"},
    {"territory": PLACES},
    {"initiative": ["initiative/04", "initiative/01"], "strong": True},
    {"initiative": "nosuch"},
    {"through": "ties"},
    {"through": "partnerships", "as_of": "2015-06-01"},
    {"civil_society": "academia"},
    {"of": "territories", "territory": PLACES},
    {"exclude_roles": None, "exclude": ["actor/xa-ministry"]},
    {"exclude_roles": "implementing,1", "closed_world": True},
    {"exclude_roles": "nosuch"},
    {"draws": 5},
]


@pytest.mark.parametrize("given", VIEWS)
@pytest.mark.parametrize(
    "name",
    ["scaling:anchorage", "scaling:cross-sector-density", "scaling:isolation", "scaling:outreach"],
)
def test_the_result_of_memory(sample, name, given):
    tables, dataset = sample
    if not given.keys() <= {p.name for p in dataset.model.catalog.metric(name).parameters}:
        pytest.skip("it has no such parameter")
    assert outcome(tables.metric, name, given) == outcome(dataset.metric, name, given)


def test_engines_count_them(sample):
    tables, _ = sample
    scope = {"territory": PLACES}
    for name, given in (("anchorage", scope), ("cross-sector-density", {}), ("outreach", scope)):
        assert "on duckdb" in tables.metric(f"scaling:{name}", **given).subject
    assert tables.metric("scaling:isolation", closed_world=True).subject.count("on duckdb") == 1


def test_texts_of_data_are_no_part_of_a_query(tmp_path):
    odd = 'it\'s "so" \\ \n\0'
    given = [
        jmdi.Initiative(id=odd, participants_complete=True),
        Actor(id="a", type=code("actor-type", odd)),
        Actor(id="b", type=code("actor-type", "local_authority")),
        jmdi.Participates(id="p", source="b", target=odd, side=code("side", odd)),
        jmdi.Tie(id="t", source="a", target="b", strength="9" * 40),  # no column holds it
    ]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    whole = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for name in ("scaling:anchorage", "scaling:cross-sector-density"):
            assert outcome(tables.metric, name, {}) == outcome(whole.metric, name, {})
