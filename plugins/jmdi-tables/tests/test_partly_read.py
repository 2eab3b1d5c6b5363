"""A Dataset that reads kinds when they are asked for is the whole one to whoever asks."""

from __future__ import annotations

import pickle

import attrs
import pytest

import jmdi
import jmdi_tables
from jmdi import Actor, FormatError, NotFound, Participates, Relation
from jmdi.graph.dataset import WrongKind


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("partly") / "sample.parquet"
    jmdi.write(jmdi.datasets.load("sample"), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder)


def test_what_is_asked_is_answered_alike(data):
    tables, whole = data
    part = tables.partly_read()
    for cls in (Actor, jmdi.Initiative, Participates, jmdi.Tie, Relation, jmdi.Entity, jmdi.Record):
        assert tuple(part.of(cls)) == tuple(whole.of(cls))
    names = [record.id for record in whole][::97]
    for id in (*names, "nobody", "pillar/1"):
        assert part.find(id) == whole.find(id)
        assert part.find(id, Actor) == whole.find(id, Actor)
        assert (id in part) == (id in whole)
        assert part.out(id) == whole.out(id)
        assert part.in_(id, Participates) == whole.in_(id, Participates)
        assert part.neighbours(id) == whole.neighbours(id)
    assert (len(part), part.title, part.digest()) == (len(whole), whole.title, whole.digest())
    assert part == whole
    assert pickle.loads(pickle.dumps(part)) == whole
    assert dict(part.by_id) == dict(whole.by_id)


def test_who_is_not_there_is_not_found_alike(data):
    tables, whole = data
    part = tables.partly_read()
    wrong = next(iter(whole.of(jmdi.Initiative))).id
    for error, id in ((NotFound, "actr/1"), (WrongKind, wrong)):
        with pytest.raises(error) as mine:
            part.get(id, Actor)
        with pytest.raises(error) as other:
            whole.get(id, Actor)
        assert str(mine.value) == str(other.value)


def test_only_what_is_asked_for_is_read(data):
    tables, whole = data
    part = tables.partly_read(tables.kinds["actor"] + 5)
    assert (len(part), part.read) == (len(whole), 0)
    assert part.find(next(iter(whole.of(Actor))).id, Actor) is not None
    assert part.read == len(whole.of(Actor))
    with pytest.raises(FormatError, match="participates"):
        part.of(Participates)


@pytest.mark.parametrize("name", ["scaling:vulnerability", "scaling:moran", "knowledge:agreement"])
def test_metrics_that_no_engine_counts(data, name):
    tables, whole = data
    mine = tables.metric(name)
    assert "in memory on" in mine.subject
    wanted = whole.metric(name)
    assert attrs.evolve(mine, subject="") == attrs.evolve(wanted, subject="")


def test_other_projections(data):
    tables, whole = data
    mine, other = tables.network("actors"), whole.project("actors")
    assert (mine.nodes, list(mine.source)) == (other.nodes, list(other.source))
