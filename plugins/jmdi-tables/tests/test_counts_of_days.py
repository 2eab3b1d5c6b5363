"""Of a day or a wave, of which of some pairs nobody knows whether they are tied."""

from __future__ import annotations

import attrs
import pytest
from table_helpers import COUNTED, OF_TWO, has_waves, records

import jmdi
import jmdi_tables
from jmdi import Actor, code

SETS = {
    "few open pairs": (1, 6, 2),
    "some open pairs": (2, 9, 3),
    "many open pairs": (3, 14, 9),
    "very many open pairs": (4, 25, 40),
    "two actors": (5, 2, 3),
    "one actor": (6, 1, 1),
}
MOMENTS = ("2015-06-15", 1)
CLOSED = ("components", "density", "isolates", "network:degree", "network:mixing")
"""Some that an engine counts whatever is open."""


@pytest.fixture(scope="module", params=SETS)
def data(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("days") / "x.parquet"
    jmdi.write(jmdi.dataset(records(*SETS[request.param])), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder), request.param


@pytest.mark.parametrize("as_of", MOMENTS)
def test_the_results_of_memory(data, as_of):
    tables, dataset, sort = data
    network = dataset.project("co-participation", as_of=as_of)
    if "very many" in sort:
        assert len(network.unobserved) > 10
    view = {"projection": "co-participation", "as_of": as_of}
    for name, given in COUNTED:
        mine, other = tables.metric(name, **given, **view), dataset.metric(name, **given, **view)
        assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject=""), (name, given)
        if name in CLOSED or "very many" in sort:
            assert "on duckdb" in mine.subject, name


@pytest.mark.parametrize("view", [{}, {"nodes": "actor"}])
def test_changes_from_one_to_another(data, view):
    tables, dataset, _ = data
    view = {"projection": "co-participation", **view}
    for name, given in OF_TWO:
        if not has_waves(dataset, given["days"]):
            continue
        mine, other = tables.metric(name, **given, **view), dataset.metric(name, **given, **view)
        assert "on duckdb" in mine.subject
        assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject=""), (name, given)


def test_changes_that_no_engine_counts(data):
    tables, dataset, _ = data
    later = dataset.project("co-participation", as_of="2015-06-15")
    days = {"days": ("2013-06-01", "2015-06-15"), "options": {"weight": "newman"}}
    for given in ({"other": later}, days, {}):
        given = {"projection": "co-participation", **given}
        mine = tables.metric("network:change", **given)
        assert "in memory" in mine.subject
        wanted = dataset.metric("network:change", **given)
        assert attrs.evolve(mine, subject="") == attrs.evolve(wanted, subject="")


def test_who_reports_ties(tmp_path):
    told = [
        ("t1", "a", None),
        ("t2", "b", "unobserved"),
        ("t3", "Cee", "absent"),
        ("t4", "d", "present"),
    ]
    given = [Actor(id=name, country="MA") for name in "ab"]
    given += [Actor(id="c", names={"en": "Cee"}), Actor(id="d", extra={"asked": True})]
    given += [
        jmdi.Tie(id=id, source="a", target="b", reported_by=by, state=s and code("presence", s))
        for id, by, s in told
    ]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    dataset = jmdi.read(tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for more in ({}, {"respondents": ["Cee", "z"]}, {"roster": ["a", "b", "x"]}):
            more = {"projection": "co-participation", **more}
            mine = tables.metric("network:response-rate", **more)
            assert "on duckdb" in mine.subject
            wanted = dataset.metric("network:response-rate", **more)
            assert attrs.evolve(mine, subject="") == attrs.evolve(wanted, subject="")
            assert mine.defined


@pytest.mark.parametrize("asked", [{"as_of": 2019}, {"tie_kinds": "fundng"}])
def test_what_nothing_has_is_refused_as_in_memory(data, asked):
    tables, dataset, _ = data
    errors = []
    for of in (tables, dataset):
        with pytest.raises(jmdi.NotFound) as error:
            of.metric("density", projection="actors", **asked)
        errors.append(str(error.value))
    assert errors[0] == errors[1]
