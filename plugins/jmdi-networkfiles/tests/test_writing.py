"""What is written is read again, by this plugin, by igraph and by networkx."""

from __future__ import annotations

import io
from collections import Counter

import igraph
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkfile_helpers import read

import jmdi

LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
WORDS = st.text("aé日 .,=:'-&\\#%!1", min_size=1, max_size=6)
PLAIN = st.text("abcXYZ", min_size=1, max_size=4)
KINDS = st.none() | st.just("funds it")
WEIGHTS = st.sampled_from([1.0, 2.5, -3.0, 0.00001, 12345.0])


@st.composite
def networks(draw, labels=LABELS, parallel=True, kinds=KINDS):
    """Networks of one mode with or without weights, kinds and direction."""
    strip = st.builds(str.strip, labels).filter(bool)
    nodes = draw(st.lists(strip, min_size=1, max_size=6, unique_by=str.casefold))
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))
    directed = draw(st.booleans())
    key = (lambda e: e) if directed else (lambda e: tuple(sorted(e)))
    edges = draw(st.lists(ends, max_size=10, unique_by=None if parallel else key))
    weights = draw(st.none() | st.lists(WEIGHTS, min_size=len(edges), max_size=len(edges)))
    index = {node: k for k, node in enumerate(nodes)}
    kind = draw(kinds)
    return jmdi.Network(
        "made",
        nodes,
        [index[i] for i, _ in edges],
        [index[j] for _, j in edges],
        directed=directed,
        weight=weights,
        edge_attributes={} if kind is None else {"type": [kind] * len(edges)},
    )


def written(network, format, **options):
    stream = io.BytesIO()
    jmdi.write(network, stream, format=f"networkfiles:{format}", **options)
    return stream.getvalue()


def said(network):
    """The ties of a network as they must come back."""
    kinds = network.edge_attributes.get("type", [None] * network.n_edges)
    weights = network.weight or [None] * network.n_edges
    return Counter(
        (_ends(network.nodes[i], network.nodes[j], network.directed), weight, kind)
        for i, j, weight, kind in zip(network.source, network.target, weights, kinds, strict=True)
    )


def found(ds):
    return Counter(
        (
            _ends(tie.source, tie.target, tie.directed),
            None if tie.strength is None else float(tie.strength),
            tie.type.code if tie.type else None,
        )
        for tie in ds.of(jmdi.Tie)
    )


def _ends(source, target, directed):
    return (source, target) if directed else tuple(sorted((source, target)))


@pytest.mark.parametrize(("format", "reader"), [("pajek", "pajek"), ("pajek-net", "pajek")])
@given(network=networks())
def test_pajek_keeps_labels_and_ties(format, reader, network):
    ds = read(written(network, format), reader)
    assert [actor.id for actor in ds.of(jmdi.Actor)] == list(network.nodes)
    assert found(ds) == said(network)
    assert not [p for p in ds.problems if p.code != "networkfiles:N109"]


@given(network=networks())
def test_vna_keeps_labels_and_ties(network):
    ds = read(written(network, "vna"), "vna")
    assert [actor.id for actor in ds.of(jmdi.Actor)] == list(network.nodes)
    assert found(ds) == said(network)


@pytest.mark.parametrize("layout", ["matrix", "list"])
@given(network=networks(labels=WORDS, parallel=False))
def test_dl_keeps_labels_and_pairs(layout, network):
    ds = read(written(network, "dl", layout=layout), "dl", directed=network.directed)
    assert [actor.label() for actor in ds.of(jmdi.Actor)] == list(network.nodes)
    if layout == "matrix" or network.directed:  # a list of edges is of ties with a direction
        assert found(ds) == Counter({(e, w or 1, k): n for (e, w, k), n in said(network).items()})


@given(network=networks(labels=PLAIN, kinds=st.none()))
def test_igraph_reads_pajek(tmp_path_factory, network):
    path = tmp_path_factory.mktemp("net") / "a.net"
    jmdi.write(network, path)
    graph = igraph.Graph.Read_Pajek(str(path))
    assert graph.vcount() == network.n_nodes
    assert graph.ecount() == network.n_edges
    if network.n_edges:
        assert graph.is_directed() is network.directed


@given(network=networks(labels=PLAIN, parallel=False, kinds=st.none()))
def test_igraph_reads_lists_of_dl(tmp_path_factory, network):
    path = tmp_path_factory.mktemp("dl") / "a.dl"
    jmdi.write(network, path, layout="list")
    if network.n_edges:
        graph = igraph.Graph.Read_DL(str(path), directed=True)
        loops = sum(i == j for i, j in zip(network.source, network.target, strict=True))
        ways = 1 if network.directed else 2
        assert graph.ecount() == ways * (network.n_edges - loops) + loops


def test_networkx_reads_a_plain_network():
    network = jmdi.Network.from_edges([("a", "b"), ("b", "c")], directed=True)
    graph = networkx.parse_pajek(written(network, "pajek-net").decode().splitlines())
    assert sorted(graph.edges()) == [("a", "b"), ("b", "c")]


def test_two_modes_come_back():
    edges = [("a", "Forum"), ("b", "Forum"), ("b", "Fair")]
    network = jmdi.Network.from_edges(edges)
    two = jmdi.Network(
        "two", network.nodes, network.source, network.target,
        mode=[int(name[0].isupper()) for name in network.nodes],
    )  # fmt: off
    for format in ("pajek", "dl"):
        again = read(written(two, format), format).project("actors")
        assert list(again.mode) == [0, 0, 1, 1]
        assert again.n_edges == 3


def unobserved():
    actors = [jmdi.Actor(id=name) for name in "abc"]
    tie = jmdi.Tie(id="t", source="a", target="b", strength=2, directed=True)
    open_ = jmdi.Tie(
        id="u", source="b", target="c", directed=True, state=jmdi.code("presence", "unobserved")
    )
    return jmdi.dataset([*actors, tie, open_])


def test_pairs_that_were_not_observed():
    ds = unobserved()
    network = ds.project("actors")
    text = written(network, "dl").decode()
    assert text.splitlines()[-3:] == ["0 2 0", "0 0 NA", "0 0 0"]
    assert len(read(text, "dl").project("actors").unobserved) == 1
    lost = [p.message for p in ds.losses("networkfiles:pajek", projection="actors")]
    assert "1 tie record is not kept (u)" in lost


def test_attributes_become_partitions_and_vectors():
    ds = jmdi.dataset(
        [
            jmdi.Actor(id="a", extra={"sector": "public", "year": 1, "share": 0.5, "on": True}),
            jmdi.Actor(id="b", extra={"sector": "civil", "year": 2, "note": "only here"}),
            jmdi.Actor(id="c", extra={"sector": "civil", "year": 0, "share": -2.0}),
        ]
    )
    data = written(ds.project("actors"), "pajek")
    again = read(data, "pajek")
    assert [dict(actor.extra) for actor in again.of(jmdi.Actor)] == [
        {"sector": "public", "year": 1, "share": 0.5, "on": 1},
        {"sector": "civil", "year": 2},
        {"sector": "civil", "year": 0, "share": -2.0},
    ]
    assert b"*Vector share\n" in data
    lost = [p.message for p in ds.losses("networkfiles:pajek", projection="actors")]
    assert lost == ["'note' of 1 actor record is not kept (b)"]


def test_names_are_labels_and_ids_if_that_is_asked_for():
    ds = jmdi.dataset([jmdi.Actor(id="x", names={"en": "Alba"}), jmdi.Actor(id="y")])
    network = ds.project("actors")
    assert b'1 "Alba"\n2 "y"' in written(network, "pajek-net")
    assert b'1 "x"\n2 "y"' in written(network, "pajek-net", labels="id")


def test_a_matrix_that_is_too_large_is_refused():
    network = jmdi.Network.from_edges([("a", "b")], nodes=[str(k) for k in range(5001)])
    with pytest.raises(jmdi.DataError, match="layout='list'"):
        written(network, "dl")
    assert written(network, "dl", layout="list").endswith(b"DATA:\n5002 5003 1\n5003 5002 1\n")


def test_a_weight_that_is_not_known_is_not_written():
    network = jmdi.Network("w", "abc", [0, 1], [1, 2], weight=[float("nan"), 2.0])
    assert b"\n1 2\n2 3 2\n" in written(network, "pajek-net")
    assert b"0 NA 0" in written(network, "dl")


def test_others_read_letters_of_any_language(tmp_path):
    names = ["Città", "b", "日本"]
    jmdi.Network("n", names, [0, 1], [1, 2], directed=True).write(tmp_path / "n.net")
    graph = igraph.Graph.Read_Pajek(str(tmp_path / "n.net"))
    assert (graph.vcount(), graph.ecount()) == (3, 2)
    assert list(networkx.read_pajek(tmp_path / "n.net")) == names
