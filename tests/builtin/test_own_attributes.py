"""What no kind declares keeps its name and its type through every format and a projection."""

from __future__ import annotations

import datetime
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.model.writing import canonical_json

SCALARS = {
    "text": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
    | st.sampled_from(["120", "007", "true", "=1", "'", " a ", "a|b", "2012-01-31", "-0"]),
    "whole": st.integers(-(10**30), 10**30),
    "number": st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0),
    "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=25).filter(
        lambda number: Decimal(repr(float(number))) != number
    ),
    "yes": st.booleans(),
    "day": st.dates().map(datetime.date.isoformat),
}
NAMES = ["sector", "staff in 2012", "Größe", "a.b", "since"]


@st.composite
def datasets(draw, *, one_type: bool):
    """Actors and ties with own attributes; each of one type, or of any."""
    types = {name: draw(st.sampled_from(sorted(SCALARS))) for name in NAMES}

    def own(names):
        extra = {}
        for name in draw(st.lists(st.sampled_from(names), unique=True)):
            kind = types[name] if one_type else draw(st.sampled_from(sorted(SCALARS)))
            extra[name] = draw(SCALARS[kind])
        return extra

    people = [jmdi.Actor(id=i, extra=own(NAMES[:3])) for i in "abc"]
    ties = [
        jmdi.Tie(
            id=f"t{number}",
            source=source,
            target=target,
            directed=draw(st.none() | st.booleans()),
            strength=draw(st.none() | st.integers(1, 9)),
            extra=own(NAMES[3:]),
        )
        for number, (source, target) in enumerate(
            draw(st.lists(st.tuples(*[st.sampled_from("abc")] * 2), max_size=4))
        )
    ]
    return jmdi.dataset([*people, *ties])


def lines(dataset):
    return [canonical_json(record) for record in dataset]


@given(datasets(one_type=False))
def test_own_attributes_come_back_from_tables_and_json_lines(dataset):
    with tempfile.TemporaryDirectory() as folder:
        dataset.write(Path(folder) / "tables", format="tables")
        assert sorted(lines(jmdi.read(Path(folder) / "tables"))) == sorted(lines(dataset))
        dataset.write(Path(folder) / "all.jsonl")
        assert sorted(lines(jmdi.read(Path(folder) / "all.jsonl"))) == sorted(lines(dataset))


def told(network):
    """What a network says, with parallel edges merged."""
    simple = network.simple()
    edges = {
        frozenset([edge.source, edge.target]) if not network.directed else edge[:2]: edge.weight
        for edge in simple.edges
    }
    columns = {
        name: tuple(map(repr, column))
        for name, column in network.node_attributes.items()
        if name in NAMES and any(value is not None for value in column)
    }
    return network.directed, network.nodes, edges, columns


@pytest.mark.parametrize("ending", ["graphml", "gexf", "node-link.json", "cyjs"])
@pytest.mark.filterwarnings("ignore")
@given(datasets(one_type=True))
def test_a_network_comes_back_from_graph_files(ending, dataset):
    network = dataset.project("actors")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"net.{ending}"
        network.write(path)
        again = jmdi.read(path).project("actors")
    first, second = told(network), told(again)
    assert first[:2] == second[:2]
    if network.n_edges:
        assert first[2] == second[2]


@pytest.mark.parametrize("ending", ["graphml", "gexf", "node-link.json", "cyjs"])
def test_types_come_back_from_graph_files(ending, tmp_path):
    own = {"sector": "007", "staff in 2012": 120, "Größe": 1.5, "eu": True, "since": "2012-01-31"}
    people = [jmdi.Actor(id="a", extra=own), jmdi.Actor(id="b")]
    network = jmdi.dataset(people).project("actors")
    network.write(tmp_path / f"net.{ending}")
    again = jmdi.read(tmp_path / f"net.{ending}").project("actors")
    for name in own:
        assert repr(again.node_attributes[name]) == repr(network.node_attributes[name])


def test_a_column_has_the_type_of_all_its_cells(tmp_path):
    (tmp_path / "actors.csv").write_text(
        "id,staff,zip,share,eu,since,mixed\n"
        "a,120,01234,0.5,true,2012-01-31,1\n"
        "b,4,12345,2,false,2013-02-28,n/a\n"
        "c,,,,,,\n",
        encoding="utf-8",
    )
    table = (
        jmdi.read(tmp_path).of(jmdi.Actor).table("staff", "zip", "share", "eu", "since", "mixed")
    )
    assert table.rows == (
        (120, "01234", 0.5, True, datetime.date(2012, 1, 31), "1"),
        (4, "12345", 2, False, datetime.date(2013, 2, 28), "n/a"),
        (None,) * 6,
    )


def test_own_attributes_are_groups(tmp_path):
    (tmp_path / "actors.csv").write_text("id,sector\na,public\nb,civil\n", encoding="utf-8")
    (tmp_path / "ties.csv").write_text("source,target,trust\na,b,3\n", encoding="utf-8")
    dataset = jmdi.read(tmp_path)
    assert dataset.project("actors", weight="trust").weight[0] == 3
    assert dataset.project("actors").node_attributes["sector"] == ("public", "civil")
