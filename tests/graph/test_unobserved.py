"""The pairs that were not observed belong to the Network, whatever becomes of it."""

from __future__ import annotations

import io
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.graph.network import Network

FORMATS = ["graphml", "gexf", "node-link", "cytoscape"]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Ties, edges of every state, and pairs without an edge that were not observed."""
    n = draw(st.integers(1, 6))
    end = st.integers(0, n - 1)
    state = st.sampled_from([None, "present", "absent", "unobserved"])
    rows = draw(st.lists(st.tuples(end, end, state), max_size=10))
    return Network(
        "n",
        [f"n{i}" for i in range(n)],
        [i for i, _, _ in rows],
        [j for _, j, _ in rows],
        directed=draw(st.booleans()),
        unobserved=draw(st.lists(st.tuples(end, end), max_size=6)),
        edge_attributes={"state": [state for _, _, state in rows]},
    )


def names(network: Network) -> set[tuple[str, ...]]:
    pairs = [(network.nodes[i], network.nodes[j]) for i, j in network.unobserved]
    return {pair if network.directed else tuple(sorted(pair)) for pair in pairs}


@given(networks())
def test_pairs_are_sorted_and_have_neither_a_tie_nor_one_end(network: Network) -> None:
    ties = {tuple(sorted(pair)) for pair in network._ties()}
    for i, j in network.unobserved:
        assert i != j
        assert network.directed or (i < j and (i, j) not in ties)
    assert list(network.unobserved) == sorted(set(network.unobserved))


@given(networks())
def test_they_stay_in_what_is_made_of_a_network(network: Network) -> None:
    assert pickle.loads(pickle.dumps(network)) == network
    assert pickle.loads(pickle.dumps(network)).unobserved == network.unobserved
    assert network.of_model(jmdi.default_model()).unobserved == network.unobserved
    assert network.simple().unobserved == network.unobserved
    some = network.nodes[1:]
    kept = {pair for pair in names(network) if set(pair) <= set(some)}
    assert names(network.subnetwork(some)) == kept


@pytest.mark.parametrize("name", FORMATS)
@given(network=networks())
def test_every_format_writes_them_and_reads_them_back(name: str, network: Network) -> None:
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format=name)
    again = jmdi.read(io.BytesIO(stream.getvalue())).project("actors", directed=network.directed)
    assert names(again) == names(network)


def test_a_pair_outside_the_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"unobserved pair \(0, 2\)"):
        Network("n", "ab", unobserved=[(0, 2)])


def test_only_what_asks_for_ties_knows_of_unobserved_ones() -> None:
    unseen = jmdi.Tie(
        id="t",
        source="b",
        target="a",
        state=jmdi.code("presence", "unobserved"),
        period=jmdi.Period("2012"),
    )
    dataset = jmdi.dataset([jmdi.Actor(id="a"), jmdi.Actor(id="b"), unseen])
    assert dataset.project("actors").unobserved == ((0, 1),)
    assert dataset.project("actors", directed=True).unobserved == ((1, 0),)
    assert dataset.project("actors", as_of="2013-01-01").unobserved == ()
    assert dataset.project("actors", tie_kinds="funding").unobserved == ((0, 1),)
    assert dataset.project("co-participation").unobserved == ()
    assert dataset.project("full").unobserved == ((0, 1), (1, 0))


def test_a_tie_of_an_unknown_kind_may_be_of_the_kind_asked_for() -> None:
    funding = jmdi.code("tie-kind", "funding")
    ties = [
        jmdi.Tie(id="1", source="a", target="b", type=funding),
        jmdi.Tie(id="2", source="b", target="c"),
        jmdi.Tie(id="3", source="a", target="b"),
    ]
    dataset = jmdi.dataset([*(jmdi.Actor(id=x) for x in "abc"), *ties])
    network = dataset.project("actors", tie_kinds="funding")
    assert (network.n_edges, names(network)) == (1, {("b", "c")})
    assert network.notes["ties_of_unknown_kind"] == 2
