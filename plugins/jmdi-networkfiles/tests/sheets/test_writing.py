"""Matrices and lists of ties are read as they were written."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkfile_helpers import read

import jmdi
from jmdi.graph.pairs import unobserved_pairs

EDGES = st.lists(
    st.tuples(*[st.sampled_from("abcd")] * 2, st.sampled_from([1.0, 2.5, -3.0])),
    unique_by=lambda edge: edge[:2],
    max_size=8,
)


def written(network: jmdi.Network, name: str, **options: object) -> bytes:
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format=f"networkfiles:{name}", **options)
    return stream.getvalue()


def pairs(network: jmdi.Network) -> list[tuple[str, str, float | None]]:
    found = [(e.source, e.target, e.weight) for e in network.edges]
    return sorted((*sorted(e[:2]), e[2]) if not network.directed else e for e in found)


@given(EDGES)
def test_a_matrix_is_read_as_it_was_written(edges):
    network = jmdi.Network.from_edges(edges, directed=True, nodes="abcd")
    again = read(written(network, "matrix"), "matrix", directed=True).project("actors")
    assert (again.nodes, pairs(again)) == (network.nodes, pairs(network))


@given(EDGES)
def test_a_list_of_ties_is_read_as_it_was_written(edges):
    network = jmdi.Network.from_edges(edges, directed=True, nodes="abcd")
    again = read(written(network, "edges", delimiter=";"), "edges").project("actors")
    assert sorted(again.nodes) == sorted(network.nodes) and pairs(again) == pairs(network)


def test_what_was_not_observed_and_what_is_tied_by_nobody_knows_how_much():
    ds = jmdi.dataset(
        [
            *(jmdi.Actor(id=i) for i in "ab"),
            jmdi.Actor(id="=c"),
            jmdi.Tie(id="1", source="a", target="b", directed=True, strength=2),
            jmdi.Tie(id="2", source="b", target="=c", directed=True),
            jmdi.Tie(
                id="3",
                source="a",
                target="=c",
                directed=True,
                state=jmdi.code("presence", "unobserved"),
            ),
        ]
    )
    text = written(ds.project("actors", weight="strength"), "matrix").decode()
    assert text.splitlines() == [",a,b,'=c", "a,0,2,NA", "b,0,0,x", "'=c,0,0,0"]
    again = read(text, "matrix")
    assert {a.id for a in again.of(jmdi.Actor)} == {"a", "b", "=c"}
    assert unobserved_pairs(again.project("actors")) == ((0, 2),)


def test_two_modes_are_an_incidence_matrix():
    ds = read(",e,f\na,1,0\nb,0,2\n", "matrix")
    text = written(ds.project("actors"), "matrix").decode()
    assert text == ",e,f\na,1,0\nb,0,2\n"


def test_a_matrix_that_is_too_large_is_refused():
    network = jmdi.Network("n", map(str, range(10_001)))
    with pytest.raises(jmdi.DataError, match="N115"):
        written(network, "matrix")


@pytest.mark.parametrize("name", ["matrix", "edges"])
def test_all_that_is_lost_is_named(name):
    ds = jmdi.datasets.load("sample")
    lost = {
        (p.where.kind, p.where.member)
        for p in ds.losses(f"networkfiles:{name}", projection="actors")
    }
    assert ("actor", "/id") in lost and ("initiative", None) in lost


def test_labels_are_names_or_ids():
    named = {"label": ["Ada", "Ada", None]}
    network = jmdi.Network("n", "abc", [0], [1], directed=True, node_attributes=named)
    assert written(network, "matrix").decode().splitlines()[0] == ",Ada,Ada_2,c"
    assert written(network, "edges", labels="id").decode().splitlines()[1] == "a,b,true"
