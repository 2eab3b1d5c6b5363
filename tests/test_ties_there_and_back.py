"""What is known of ties survives every file format: a test for each row of the table of ties.

The table stands in ``docs/explanation/ties-and-networks.md``. A Dataset is written as all its
records, and as its network of actors, and read back; the networks of both are the same.
"""

from __future__ import annotations

import io
import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi.graph.network import Network
from jmdi.graph.pairs import pairs_of
from jmdi.graph.reducing import part

GRAPHS = ["graphml", "gexf", "node-link", "cytoscape"]
FORMATS = [*GRAPHS, "tables", "jsonl", "json"]
ACTORS = "abcd"
FEW = settings(max_examples=8)
"""Each row is tried on every format."""
OWN = {
    "sector": st.sampled_from(["public", "civil", "0123", "true story"]),
    "staff": st.integers(-5, 2**53),
    "budget": st.sampled_from([0.5, -2.25, 1e-3]),
    "open": st.booleans(),
    "since": st.sampled_from(["2012-03-04", "1999-12-31"]),
}


@st.composite
def ties(draw: st.DrawFn, number: int) -> jmdi.Tie:
    source, target = draw(st.permutations(ACTORS))[:2]
    kind = draw(st.sampled_from([None, "funding", "advocacy"]))
    state = draw(st.sampled_from([None, None, "present", "absent", "unobserved", "unknown"]))
    dates = [*map(jmdi.Period, ("2012", "2013-05/2014", "2012/..")), jmdi.Period(wave=1)]
    period = draw(st.sampled_from([None, *dates, jmdi.Period(wave=2)]))
    trust = draw(st.sampled_from([None, 3, -1]))
    return jmdi.Tie(
        id=f"tie/{number}",
        source=source,
        target=target,
        type=jmdi.code("tie-kind", kind) if kind else None,
        directed=draw(st.sampled_from([None, False, True])),
        strength=draw(st.sampled_from([None, 0, 2, "-1.5", 1])),
        intensity=draw(st.sampled_from([None, None, 0, 4])),
        state=jmdi.code("presence", state) if state else None,
        period=period,
        reported_by=draw(st.sampled_from([None, source, target])),
        extra={} if trust is None else {"trust": trust},
    )


@st.composite
def datasets(draw: st.DrawFn) -> jmdi.Dataset:
    own = draw(st.fixed_dictionaries({}, optional=OWN))
    every = {name: draw(st.lists(OWN[name], min_size=4, max_size=4)) for name in own}
    actors = [
        jmdi.Actor(id=id, names={"und": f"The {id}"}, extra={n: v[i] for n, v in every.items()})
        for i, id in enumerate(ACTORS)
    ]
    return jmdi.dataset([*actors, *(draw(ties(n)) for n in range(draw(st.integers(0, 6))))])


def written(data: jmdi.Dataset | Network, name: str) -> jmdi.Dataset:
    """What is read of it again."""
    if name == "tables":
        with tempfile.TemporaryDirectory() as folder:
            data.write(Path(folder, "out"), format=name)
            return jmdi.read(Path(folder, "out"), on_error="keep")
    stream = io.BytesIO()
    jmdi.default_model().write(data, stream, format=name)
    return jmdi.read(io.BytesIO(stream.getvalue()), on_error="keep")


def there_and_back(test):
    """Tries a comparison of two networks of actors on every format and on both ways to write."""

    def run(how, dataset):
        name, as_network = how
        network = dataset.project("actors")
        again = written(network if as_network else dataset, name)
        # a network of one-way ties that are all absent has nothing left that says its direction
        directed = True if as_network and network.directed else None
        test(network, again.project("actors", directed=directed))

    ways = [(name, False) for name in FORMATS] + [(name, True) for name in GRAPHS]
    ids = [f"{name}-{'network' if network else 'dataset'}" for name, network in ways]
    return pytest.mark.parametrize("how", ways, ids=ids)(FEW(given(dataset=datasets())(run)))


def edges(network: Network, *columns: str) -> list[str]:
    """The edges with some of their attributes, whatever their order."""
    rows = []
    for edge in network.edges:
        pair = (edge.source, edge.target)
        pair = pair if network.directed else tuple(sorted(pair))
        values = [network.edge_attributes.get(c, (None,) * len(network.edges)) for c in columns]
        rows.append(repr((pair, edge.weight, *(value[edge.index] for value in values))))
    return sorted(rows)


@there_and_back
def test_direction(network, again):
    assert again.directed == network.directed
    assert edges(again, "directed") == edges(network, "directed")


@there_and_back
def test_states(network, again):
    assert again.nodes == network.nodes
    one, two = pairs_of(network), pairs_of(again)
    assert (one.tied, one.unobserved) == (two.tied, two.unobserved)
    first, second = network.metric("density"), again.metric("density")
    assert (first.value, first.lower, first.upper) == (second.value, second.lower, second.upper)


@there_and_back
def test_weights(network, again):
    assert edges(again) == edges(network)
    assert again.notes.get("tie_weight") == network.notes.get("tie_weight")
    assert again.notes.get("weights_missing") == network.notes.get("weights_missing")


@pytest.mark.parametrize("weight", ["count", "intensity", "trust"])
@pytest.mark.parametrize("name", GRAPHS)
@FEW
@given(dataset=datasets())
def test_weights_that_are_no_strengths(name, weight, dataset):
    """A network weighs what it was told to weigh, though its ties have strengths too."""
    try:
        network = dataset.project("actors", weight=weight)
    except jmdi.BadParameter:  # no tie has such a number
        return
    for made in (network, network.subnetwork(list("abc")), some_edges(network)):
        again = written(made, name).project("actors", directed=network.directed)
        if made.weight is None or not all(map(math.isnan, made.weight)):  # no file has only these
            assert edges(again) == edges(made)
        assert again.unobserved == made.unobserved


@there_and_back
def test_layers(network, again):
    assert list(again.layers()) == list(network.layers())
    for name, layer in network.layers().items():
        assert edges(again.layer(name), "type") == edges(layer, "type")


@there_and_back
def test_own_attributes(network, again):
    for name in OWN:
        assert again.node_attributes.get(name) == network.node_attributes.get(name)
    names = {*OWN} & {*network.node_attributes}
    table = again.dataset.of(jmdi.Actor).table("id", *names)
    for name in names:
        assert tuple(table.column(name)) == network.node_attributes[name]
    assert edges(again, "trust") == edges(network, "trust")


@there_and_back
def test_time(network, again):
    assert edges(again, "period") == edges(network, "period")


@pytest.mark.filterwarnings("ignore:J512")  # numbers, and lists of those of merged edges
@pytest.mark.parametrize("name", GRAPHS)
@FEW
@given(dataset=datasets())
def test_what_is_made_of_a_network(name, dataset):
    """Merged edges, some of the nodes or some of the edges are read back as they are."""
    network = dataset.project("actors")
    merged = network.simple()
    for made in (merged, network.subnetwork(list("abc")), some_edges(network)):
        again = written(made, name).project("actors", directed=network.directed)
        again = again.simple() if made is merged else again  # ties that cancel out are apart
        if made.weight is None or not all(map(math.isnan, made.weight)):  # no file has only these
            assert edges(again) == edges(made)
        assert (again.unobserved, again.both_ways) == (made.unobserved, made.both_ways)


@pytest.mark.parametrize("name", GRAPHS)
def test_ties_whose_weights_cancel_out(name):
    rows = [("a", "b", 2), ("a", "b", -2), ("b", "c", 1)]
    ties = [
        jmdi.Tie(id=f"tie/{n}", source=a, target=b, strength=s) for n, (a, b, s) in enumerate(rows)
    ]
    made = jmdi.dataset([*map(actor_named, "abc"), *ties]).project("actors").simple()
    again = written(made, name).project("actors")
    assert again.simple().weight.tolist() == made.weight.tolist() == [0, 1]
    bare = jmdi.Network.from_edges(rows).simple()
    assert written(bare, name).project("actors").metric("density").value == 2 / 3


def actor_named(name):
    return jmdi.Actor(id=name)


def some_edges(network):
    keep = range(0, network.n_edges, 2)
    return part(network, range(len(network)), keep)


def in_force(dataset, moment):
    """The network of a moment; where nothing has such a wave, what is said of it."""
    try:
        network = dataset.project("actors", as_of=moment)
    except jmdi.NotFound as error:
        return str(error)
    return edges(network), network.unobserved, network.directed


@pytest.mark.parametrize("moment", [1, 2, "2012-06-01", "2014-01-01"])
@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(dataset=datasets())
def test_days_and_waves(name, moment, dataset):
    assert in_force(dataset, moment) == in_force(written(dataset, name), moment)


@pytest.mark.parametrize("name", FORMATS)
@given(dataset=datasets())
def test_what_is_stored_is_written_back(name, dataset):
    """A tie of 0, or one that is absent or was not observed, is no tie, but it is not lost."""
    again = written(dataset, name)
    assert len(again) == len(dataset)
    states = [sorted(map(jmdi.graph.pairs.state_of, ds.of(jmdi.Tie))) for ds in (dataset, again)]
    assert states[0] == states[1]


@pytest.mark.parametrize("name", GRAPHS)
@given(cells=st.sets(st.tuples(st.integers(0, 2), st.integers(3, 5)), min_size=1))
def test_two_modes(name, cells):
    source, target = zip(*sorted(cells), strict=True)
    mode = [0, 0, 0, 1, 1, 1]
    network = Network("two", [f"n{i}" for i in range(6)], source, target, mode=mode)
    again = written(network, name).project("actors")
    assert again.mode == network.mode
    assert "mode" not in again.node_attributes
    assert edges(again) == edges(network)


@pytest.mark.parametrize("name", FORMATS)
def test_two_modes_of_records(name):
    parts = [
        jmdi.Participates(
            id=f"p/{x}-{y}", source=x, target=y, role=jmdi.code("organisation-role", r)
        )
        for x, y, r in (("a", "i", "funding"), ("b", "i", "accountable"), ("b", "j", "funding"))
    ]
    things = [jmdi.Initiative(id="i"), jmdi.Initiative(id="j")]
    dataset = jmdi.dataset([jmdi.Actor(id="a"), jmdi.Actor(id="b"), *things, *parts])
    network = dataset.project("actors-initiatives")
    ways = [dataset] if name not in GRAPHS else [dataset, network]
    for data in ways:
        again = written(data, name).project("actors-initiatives")
        assert (again.nodes, again.mode) == (network.nodes, network.mode)
        assert edges(again, "role", "kind") == edges(network, "role", "kind")
