"""Density, components and isolates against known values and networkx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.app import Model
from jmdi.builtin.metrics import METRICS
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.catalog import Catalog
from jmdi.running.measuring import run

CATALOG = Catalog(metrics={spec.name: spec for spec in METRICS})


def compute(name: str, network: Network) -> Result:
    return run(Model(CATALOG), name, network, {})


@st.composite
def networks(draw: st.DrawFn) -> Network:
    n = draw(st.integers(0, 6))
    ends = st.integers(0, max(n - 1, 0))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=12)) if n else []
    return Network(
        "n",
        [f"v{i}" for i in range(n)],
        [i for i, _ in pairs],
        [j for _, j in pairs],
        directed=draw(st.booleans()),
    )


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.star_graph(4), 0.4),
        (nx.cycle_graph(6), 0.4),
        (nx.krackhardt_kite_graph(), 0.4),
        (nx.karate_club_graph(), 0.139037),
        (nx.florentine_families_graph(), 0.190476),
    ],
)
def test_density_of_known_graphs(graph: "nx.Graph[object]", expected: float) -> None:
    assert compute("density", Network.from_networkx(graph)).value == pytest.approx(
        expected, abs=1e-6
    )


def test_isolates_are_nodes() -> None:
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    network = Network.from_networkx(graph)
    assert compute("density", network).value == pytest.approx(1 / 6)
    isolates = compute("isolates", network)
    assert (isolates.value, isolates.contributing) == (1 / 16, ("Pucci",))


@given(networks())
def test_density_counts_pairs_once_and_loops_never(network: Network) -> None:
    result = compute("density", network)
    if network.n_nodes < 2:
        assert result.undefined == ("too_few_actors" if network.n_nodes else "empty_graph")
        return
    graph = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(network.nodes)
    graph.add_edges_from((e.source, e.target) for e in network.edges if e.source != e.target)
    assert result.value == pytest.approx(nx.density(graph))
    notes = result.notes
    assert (
        notes["loops_dropped"] + notes["ties_merged"] + graph.number_of_edges() == network.n_edges
    )


@given(networks())
def test_components_and_isolates_agree_with_networkx(network: Network) -> None:
    components, isolates = compute("components", network), compute("isolates", network)
    if not network.n_nodes:
        assert components.undefined == isolates.undefined == "empty_graph"
        return
    graph = nx.Graph((e.source, e.target) for e in network.edges if e.source != e.target)
    graph.add_nodes_from(network.nodes)
    sizes = sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert components.value == len(sizes)
    assert components.values is not None
    assert list(components.values["sizes"]) == sizes
    assert components.values["tied_for_largest"] == sizes.count(sizes[0])
    assert components.values["largest_share"] == sizes[0] / network.n_nodes
    assert sorted(isolates.contributing) == sorted(nx.isolates(graph))


def test_density_of_two_modes_is_not_applicable() -> None:
    result = compute("density", Network("n", ["a", "i"], [0], [1], mode=[0, 1]))
    assert result.not_applicable
    assert "two modes" in result.why


def test_unobserved_pairs_widen_the_bounds() -> None:
    network = Network("n", "abc", [0], [1], unobserved=[(2, 0)])
    result = compute("density", network)
    assert (result.value, result.lower, result.upper) == (1 / 2, 1 / 3, 2 / 3)
    assert (result.n_used, result.n_eligible) == (2, 3)
    alone = Network("n", "ac", unobserved=[(0, 1)])
    assert compute("density", alone).undefined == "missing_input"


@given(networks(), st.data())
def test_unobserved_edges_bound_what_any_of_them_could_make_it(
    network: Network, data: st.DataObject
) -> None:
    states = st.sampled_from(["present", "absent", "unobserved", "unknown", None, "Bavaria"])
    said = data.draw(st.lists(states, min_size=network.n_edges, max_size=network.n_edges))
    for name in ("density", "isolates", "components"):
        bounded = compute(name, with_edges(network, said, lambda _: True, states=said))
        for kept in (True, False):
            result = compute(
                name,
                with_edges(
                    network, said, lambda s, k=kept: s not in ("unobserved", "unknown") or k
                ),
            )
            if result.defined and bounded.lower is not None and bounded.upper is not None:
                assert bounded.lower <= float(result) + 1e-12
                assert float(result) <= bounded.upper + 1e-12
                ends = (bounded.lower, bounded.upper)
                assert any(float(result) == pytest.approx(end) for end in ends)
            elif result.defined:
                assert "unobserved" not in said or float(result) == pytest.approx(bounded.value)


def with_edges(
    network: Network, said: list[str | None], keep: Callable[[str | None], bool], states: Any = None
) -> Network:
    """The network without edges that are absent, and with those that are kept."""
    keeping = [states is not None or (s != "absent" and keep(s)) for s in said]
    return Network(
        "n",
        network.nodes,
        [i for i, kept in zip(network.source, keeping, strict=True) if kept],
        [j for j, kept in zip(network.target, keeping, strict=True) if kept],
        directed=network.directed,
        edge_attributes={} if states is None else {"state": states},
    )


def test_every_metric_says_what_it_is() -> None:
    for spec in METRICS:
        assert spec.title
        assert spec.citation
        assert spec.convention
        assert spec.doc
        assert callable(spec.run)


@pytest.mark.parametrize(
    ("kinds", "of"),
    [
        ({}, "actors"),
        ({"kind": ["actor", "actor"]}, "actors"),
        ({"kind": ["actor", None]}, "actors"),
        ({"kind": ["territory", "territory"]}, "territories"),
        ({"kind": ["country", "country"]}, "countries"),
        ({"kind": ["country", None]}, "nodes"),
        ({"kind": ["actor", "theme"]}, "nodes"),
    ],
)
def test_what_is_counted_has_its_name(kinds: dict[str, list[str | None]], of: str) -> None:
    network = Network("n", "ab", [0], [1], node_attributes=kinds)
    assert {compute(name, network).of for name in ("density", "components", "isolates")} == {of}
