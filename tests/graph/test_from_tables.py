"""A Dataset of data frames: one for each kind, as from a folder of tables."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import Actor, Partnership, Tie
from jmdi.graph.dataset import Dataset
from jmdi.graph.table import Table

ACTORS = {
    "id": ["a", "b"],
    "name": ["Ann", "'=Bo"],
    "type": ["ngo", None],
    "size": [3, None],
    "code": ["0123", "7"],
    "since": [datetime.date(2010, 5, 1), None],
}
TIES = {
    "from": ["Ann", "'=Bo"],
    "to": ["'=Bo", "Cy"],
    "weight": [2, None],
    "state": [None, "unobserved"],
    "directed": [True, None],
    "reported_by": ["Ann", None],
}


def frames() -> dict[str, Any]:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    dated = {**ACTORS, "since": pandas.to_datetime(ACTORS["since"])}
    return {
        "columns": {"actor": ACTORS, "tie": TIES},
        "pandas": {"actors": pandas.DataFrame(dated), "ties": pandas.DataFrame(TIES)},
        "polars": {"actor": polars.DataFrame(ACTORS), "tie": polars.DataFrame(TIES)},
        "pyarrow": {"tie": pyarrow.table(TIES), "actor": pyarrow.table(ACTORS)},
    }


@pytest.mark.parametrize("library", ["columns", "pandas", "polars", "pyarrow"])
def test_frames_of_any_library_are_the_same_records(library: str) -> None:
    dataset = Dataset.from_tables(frames()[library])
    ann, bo = dataset.get("a", jmdi.Actor), dataset.get("b", jmdi.Actor)
    assert (ann.label(), bo.label()) == ("Ann", "'=Bo")
    assert ann.type == jmdi.code("actor-type", "ngo")
    assert bo.type is None
    assert ann.extra["code"] == "0123"
    assert bo.extra["code"] == "7"  # text stays text
    assert ann.extra["size"] == 3
    assert "size" not in bo.extra
    assert dataset.of(jmdi.Actor).table("since").column("since")[0] == datetime.date(2010, 5, 1)
    first, second = dataset.of(jmdi.Tie)
    assert (first.strength, first.directed, first.reported_by) == (Decimal(2), True, "a")
    assert second.strength is None
    assert second.state is not None
    net = dataset.project("actors", directed=True)
    assert [(e.source, e.target, e.weight) for e in net.edges] == [("a", "b", 2)]
    assert [net.nodes[j] for _, j in net.unobserved] == [net.nodes[2]]
    assert {problem.code for problem in dataset.problems} == {"J525", "J534"}


values = st.one_of(st.none(), st.integers(), st.booleans(), st.text(), st.dates())


@given(st.lists(st.tuples(st.text(), values, values, st.lists(st.text(min_size=1))), max_size=4))
def test_own_attributes_come_back_as_they_were(rows: list[tuple[Any, ...]]) -> None:
    ids = [f"a{i}" for i in range(len(rows))]
    columns = {
        "id": ids,
        "names.en": [row[0] for row in rows],
        "x": [row[1] for row in rows],
        "y": [row[2] for row in rows],
        "list": [tuple(row[3]) for row in rows],
    }
    dataset = Dataset.from_tables({"actor": columns})
    assert [record.id for record in dataset] == ids
    for record, (name, x, y, several) in zip(dataset.of(jmdi.Actor), rows, strict=True):
        assert record.names.get("en", "") == name
        for key, value in (("x", x), ("y", y)):
            wanted = value.isoformat() if isinstance(value, datetime.date) else value
            assert record.extra.get(key) == (None if wanted == "" else wanted)
            assert type(record.extra.get(key)) is type(None if wanted == "" else wanted)
        assert tuple(record.extra["list"]) == tuple(several)


@given(st.lists(st.sampled_from(["ngo", "private", None]), max_size=5))
def test_the_tables_of_a_dataset_make_it_again(types: list[str | None]) -> None:
    actors = [
        jmdi.Actor(id=f"a{i}", type=None if code is None else jmdi.code("actor-type", code))
        for i, code in enumerate(types)
    ]
    dataset = jmdi.dataset(actors)
    table: Table = dataset.of(jmdi.Actor).table("id", "type", "country")
    assert Dataset.from_tables({"actor": table}).records == dataset.records


def test_what_is_wrong_says_in_which_table_row_and_column() -> None:
    columns = {"id": ["a"], "names.en": ["Ann"], "located": [[object()]]}
    with pytest.raises(TypeError, match="table 'actor', row 1, column 'located'"):
        Dataset.from_tables({"actor": columns})
    with pytest.raises(TypeError, match="name the kind of each frame"):
        Dataset.from_tables([columns])  # type: ignore[arg-type]
    with pytest.raises(jmdi.NotFound, match="actor"):
        Dataset.from_tables({"acter": {"id": ["a"]}})
    bad = {"tie": {"source": ["a", "b"], "target": ["b", None], "weight": [1, 2]}}
    with pytest.raises(jmdi.DataError, match="no target") as caught:
        Dataset.from_tables(bad)
    where = caught.value.problems[0].where
    assert (where.file, where.line) == ("tie", 2)
    kept = Dataset.from_tables(bad, on_error="keep")
    assert len(kept.of(jmdi.Tie)) == 1
    assert kept.inputs == ("tie",)
    assert any(problem.is_error for problem in kept.problems)


def test_it_comes_from_the_model_that_was_given() -> None:
    core = jmdi.Model.build([])
    assert Dataset.from_tables({"actor": {"id": ["a"]}}, model=core).model is core


def test_a_frame_of_parties_fills_the_partnerships():
    tables = {
        "actor": {"id": ["a", "b"]},
        "partnership": {"id": ["p"]},
        "Parties": {"partnership": ["p", "p"], "actor": ["a", "b"], "role": ["lead", None]},
    }
    (partnership,) = Dataset.from_tables(tables).of(Partnership)
    found = [(party.actor, party.role and party.role.code) for party in partnership.parties]
    assert found == [("a", "lead"), ("b", None)]
    del tables["partnership"]
    kept = Dataset.from_tables(tables, on_error="keep")
    assert [(p.code, p.where.file, p.where.line) for p in kept.problems] == [("J531", "Parties", 1)]


@pytest.mark.parametrize("ids", [{}, {"Id": [0, 1]}])
def test_the_column_type_of_gephi_says_the_direction(ids):
    edges = {"Source": [1, 2], "Target": [2, 3], "Type": ["Directed", "Undirected"], **ids}
    dataset = Dataset.from_tables({"tie": edges, "actor": {"Id": [1, 2], "Label": ["Ada", "Bo"]}})
    assert [(t.source, t.target, t.directed, t.type) for t in dataset.of(Tie)] == [
        ("1", "2", True, None),
        ("2", "3", False, None),
    ]
    assert [actor.label() for actor in dataset.of(Actor)] == ["Ada", "Bo", "3"]
