"""The arrays of this plugin and the core's pure Python read a network alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_helpers import measure

from jmdi import Network
from jmdi.builtin.metrics import _sizes
from jmdi.graph.pairs import pairs_of
from jmdi_network import counting
from jmdi_network.arrays import graph_of
from jmdi_network.kernels.components import component_sizes
from jmdi_network.networks import altered

STATES = ("present", "present", "absent", "unobserved", None, ("absent", "unobserved"))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Loops, parallel edges, every state; with and without direction."""
    n = draw(st.integers(1, 9))
    end = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(end, end, st.sampled_from(STATES)), max_size=25))
    return Network(
        "n",
        [f"n{i}" for i in range(n)],
        [i for i, _, _ in rows],
        [j for _, j, _ in rows],
        directed=draw(st.booleans()),
        edge_attributes={"state": [state for _, _, state in rows]},
    )


@settings(max_examples=150, deadline=None)
@given(networks())
def test_arrays_and_pairs_are_the_same(network: Network) -> None:
    graph, pairs = graph_of(network), pairs_of(network)
    assert set((graph.source.astype(int) * graph.n + graph.target).tolist()) == pairs.tied
    assert set(graph.unobserved.tolist()) == pairs.unobserved
    assert graph.dyads == pairs.possible
    for note in ("loops_dropped", "ties_merged", "pairs_unobserved"):
        assert graph.notes.get(note, 0) == pairs.notes.get(note, 0)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_kernels_give_what_the_core_gives(network: Network) -> None:
    graph = graph_of(network)
    density = measure(network, "density")
    if graph.n > 1 and density.defined:
        assert density.value == graph.m / (graph.dyads - len(graph.unobserved))
    unknown = network.unobserved
    ends = (
        [*graph.source.tolist(), *(i for i, _ in unknown)],
        [*graph.target.tolist(), *(j for _, j in unknown)],
    )
    full = graph_of(Network("n", network.nodes, *ends, directed=network.directed))
    components = measure(network, "components")
    sizes, joined = component_sizes(graph).tolist(), component_sizes(full).tolist()
    assert (components.values or {})["sizes"] == (tuple(sizes) if sizes == joined else None)
    isolates = measure(network, "isolates")
    alone, never = ((g.degrees() == 0).sum() / g.n for g in (graph, full))
    if not network.unobserved:
        assert components.value == len(sizes) and isolates.value == pytest.approx(alone)
        return
    assert density.upper == pytest.approx(full.m / graph.dyads)
    assert (components.lower, components.upper) == (len(joined), len(sizes))
    assert components.bounds["largest_share"] == pytest.approx(
        (sizes[0] / graph.n, joined[0] / graph.n)
    )
    assert (isolates.lower, isolates.upper) == pytest.approx((never, alone))


@settings(max_examples=100, deadline=None)
@given(networks(), st.sampled_from(["weak", "strong"]))
def test_components_of_large_networks_are_counted_by_arrays(network: Network, kind: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "LARGE", 0)
        patch.setattr(counting, "VERY_LARGE", 0)
        assert counting.components(network, kind) == _sizes(network, kind)
        by_arrays = measure(altered(network), "components", kind=kind)
    assert by_arrays == measure(altered(network), "components", kind=kind)
