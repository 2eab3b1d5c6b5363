"""Corridors that an engine counts are those of memory, unknown sides, places and lists too."""

from __future__ import annotations

import attrs
import pytest

import jmdi
import jmdi_tables
from jmdi import Actor, Initiative, Participates, Territory, code
from jmdi.model.values import Absence

SHARES = {("MA", "FR"): 3, ("PH", "IT"): 1}
COUNTED = [
    ("corridor-matrix", {}),
    *(
        (f"corridor-{name}", {"count": count, **more})
        for count in ("whole", "fractional")
        for name, more in (
            ("concentration", {}),
            ("effective-number", {}),
            ("alignment", {"shares": SHARES}),
        )
    ),
]
VIEWS = [{}, {"closed_world": True}, {"by": "territory"}, {"as_of": "2015-06-01"}]


def part(name, actor, initiative, side, period=None):
    return Participates(
        id=name,
        source=actor,
        target=initiative,
        side=None if side is None else code("side", side),
        period=period,
    )


def records(whole):
    """Initiatives of which all lists are complete, or some, with all that a side can lack."""
    yield from (Territory(id="t1", within="t2"), Territory(id="t2", within="t3", country="PH"))
    yield from (Territory(id="t3", within="t4"), Territory(id="t4", within="t3"))
    yield Actor(id="a", country="MA")
    yield Actor(id="b", country="FR")
    yield Actor(id="c", territory="t1")
    yield Actor(id="d", territory="t3")  # a circle without a country
    yield Actor(id="e", country="IT", territory="t1")
    nobody = Absence(type=code("actor-type", "local_authority")), Absence()
    yield Initiative(id="i", participants_complete=True)
    yield Initiative(id="j", absences=nobody if whole else nobody[:1])
    yield Initiative(id="k", participants_complete=whole)
    yield Initiative(id="l", participants_complete=True if whole else None)
    yield from (part("p1", "a", "i", "origin"), part("p2", "b", "i", "destination"))
    yield from (part("p3", "c", "i", "both"), part("p4", "e", "j", "destination"))
    yield from (part("p5", "c", "j", "origin"), part("p6", "a", "j", "transit"))
    yield from (part("p7", "a", "k", "both"), part("p8", "a", "k", "destination"))
    if not whole:
        yield from (part("p9", "d", "k", "destination"), part("q1", "e", "k", None))
        yield part("q2", "nobody", "k", "origin")
        yield part("q3", "a", "l", "origin", jmdi.Period("2014/2016"))
        yield part("q4", "b", "l", "destination", jmdi.Period("2014/2014"))
        yield part("q5", "b", "l", "destination", jmdi.Period("2015/.."))


@pytest.fixture(scope="module", params=["whole", "open"])
def data(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corridors") / "x.parquet"
    jmdi.write(jmdi.dataset(records(request.param == "whole")), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder), request.param


@pytest.mark.parametrize(("name", "given"), COUNTED)
@pytest.mark.parametrize("view", VIEWS)
def test_the_result_of_memory(data, name, given, view):
    tables, dataset, sort = data
    mine = tables.metric(f"network:{name}", **given, **view)
    # Of a part of unknown period nobody knows whether it is in force: that needs the pairs.
    assert ("on duckdb" in mine.subject) == ("as_of" not in view), sort
    wanted = dataset.metric(f"network:{name}", **given, **view)
    assert attrs.evolve(mine, subject="") == attrs.evolve(wanted, subject="")


def test_two_records_of_one_id_are_for_memory(tmp_path):
    twice = [*records(True), jmdi.Practice(id="b")]
    jmdi.write(jmdi.dataset(twice), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        assert "in memory" in tables.metric("network:corridor-matrix").subject
