"""Ensembles: every kernel gives what the others give, and what ndlib gives where it is there."""

from __future__ import annotations

import importlib

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi.errors import BadParameter
from jmdi_scaling.contagion.ensembles import _Plan, _rows, ensemble
from jmdi_scaling.contagion.kernels import key_of, wanted
from jmdi_scaling.contagion.runner import Runner
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.thresholds import draw_thresholds
from jmdi_scaling.contagion.tipping import best_seeds, is_submodular

N = 9
EDGES = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=30)
PHI = st.one_of(
    st.floats(-0.2, 1.2),
    st.lists(st.floats(-0.2, 1.2), min_size=N, max_size=N),
    st.just(("uniform", 0, 1)),
    st.just(("normal", 0.4, 0.2)),
    st.just(("beta", 2, 3)),
)


def net_of(edges, n=N, **more):
    return Spread.of([str(k) for k in range(n)], [(str(i), str(j)) for i, j in edges], **more)


@settings(max_examples=80, deadline=None)
@given(
    EDGES,
    PHI,
    st.sampled_from(["both", "out", "in"]),
    st.sampled_from(["relative", "absolute"]),
    st.integers(0, 4),
    st.sampled_from([1, 7, 70]),
)
def test_all_ways_to_run_agree(edges, phi, direction, rule, size, replicates):
    net = net_of(edges, direction=direction)
    options = {"size": size, "replicates": replicates, "rule": rule, "seed": 3}
    fast = ensemble(net, phi, **options)
    plan = _Plan(net, phi, rule, 3, 0, replicates, _rows(net, None, size, replicates))
    for other in (
        plan.looped(),
        plan.revised(False, False, True, 99),
        ensemble(net, phi, workers=3, **options),
    ):
        assert fast.sizes.tolist() == other.sizes.tolist()
        assert fast.adopted.tolist() == pytest.approx(other.adopted.tolist())
        rounds = min(fast.curves.shape[1], other.curves.shape[1])
        assert np.allclose(fast.curves[:, :rounds], other.curves[:, :rounds])
    in_turn = ensemble(net, phi, update="asynchronous", **options)
    assert in_turn.sizes.tolist() == fast.sizes.tolist()


def test_thresholds_beyond_four_adopters():
    net = net_of([(0, k) for k in range(1, 12)], n=12)
    for few in range(1, 12):
        rows = [list(range(1, count + 1)) for count in [few] * 8]
        found = ensemble(net, few / 11, seeds=rows, replicates=8)
        assert found.sizes.tolist() == [12 if few / 11 <= 1 else few] * 8
        less = ensemble(net, (few + 0.5) / 11, seeds=rows, replicates=8)
        assert less.sizes.tolist() == [few] * 8


def test_a_long_chain_has_as_many_rounds_as_it_needs():
    net = net_of([(k, k + 1) for k in range(299)], n=300)
    found = ensemble(net, 0.5, seeds=[0], replicates=10)
    assert found.curves.shape == (10, 300)
    assert found.curves[0, 150] == pytest.approx(151 / 300)


def test_drawn_thresholds_need_what_given_ones_need():
    net = net_of([(0, 1), (0, 2), (0, 3), (1, 2), (4, 5)], direction="out")
    phi = draw_thresholds(8, 2, N, ("uniform", -0.2, 1.2))
    left = np.empty(N, np.int32)
    for rule in ("relative", "absolute"):
        wanted(net.total[0].astype(np.int64), phi, rule == "relative", left)
        assert left.tolist() == net.whole(net.needs(phi, rule))[0].tolist()


def test_random_numbers_are_even():
    phi = draw_thresholds(1, 0, 20_000, ("uniform", 0, 1))
    assert phi.min() >= 0 and phi.max() < 1
    assert phi.mean() == pytest.approx(0.5, abs=0.01)
    counts = np.histogram(phi, 20)[0]
    assert ((counts - 1000) ** 2 / 1000).sum() < 45
    assert len({key_of(s, r) for s in range(50) for r in range(50)}) == 2500
    drawn = ensemble(net_of([]), 2.0, size=2, replicates=9_000).adopted
    assert drawn == pytest.approx([2 / 9] * 9, abs=0.02)


def test_adoption_that_is_given_up():
    ring = net_of([(k, (k + 1) % 6) for k in range(6)], n=6)
    held = ensemble(ring, 0.5, seeds=[0], replicates=1, reversible=True)
    assert held.sizes.tolist() == [6]
    alone = ensemble(ring, 1.0, seeds=[0], replicates=1, reversible=True, committed=False)
    assert alone.sizes.tolist() == [0]
    firm = ensemble(ring, 1.0, seeds=[0], replicates=1, reversible=True)
    assert firm.sizes.tolist() == [1]
    pair = net_of([(0, 1)], n=2)
    swing = ensemble(pair, 1.0, seeds=[0], replicates=1, reversible=True, committed=False)
    assert (swing.swinging, swing.stopped) == (1, 0)
    calm = ensemble(
        pair,
        1.0,
        seeds=[0],
        replicates=20,
        reversible=True,
        committed=False,
        update="asynchronous",
        rounds=50,
    )
    assert set(calm.sizes.tolist()) == {0, 2}
    assert calm.swinging == calm.stopped == 0


def test_a_larger_committed_minority_never_holds_less():
    graph = nx.karate_club_graph()
    net = net_of(graph.edges, n=34)
    sizes = [
        ensemble(net, 0.6, seeds=range(k), replicates=1, reversible=True).sizes[0]
        for k in range(35)
    ]
    assert sizes == sorted(sizes)


def test_what_cannot_be_run():
    net = net_of([(0, 1)])
    for odd in (
        {"size": 10},
        {"update": "sometimes"},
        {"replicates": 0},
        {"seeds": [99]},
        {"rule": "odd"},
        {"seeds": [[0], [1]], "replicates": 3},
    ):
        with pytest.raises(BadParameter):
            ensemble(net, 0.5, **odd)
    bad = [("gamma", 1, 2), ("uniform", 1, 0), ("normal", 1), "high", [0.1, 0.2], float("nan")]
    for phi in bad:
        with pytest.raises(BadParameter):
            ensemble(net, phi)


def test_agrees_with_ndlib():
    config = pytest.importorskip("ndlib.models.ModelConfig")
    epidemics = importlib.import_module("ndlib.models.epidemics")
    graph = nx.gnm_random_graph(60, 150, seed=2)
    net = net_of(graph.edges, n=60)
    state = np.random.get_state()
    for phi in (0.1, 0.25, 0.34, 0.5):
        for first in range(3):
            seeds = list(range(first, first + 5))
            model = epidemics.ThresholdModel(graph, seed=1)
            setting = config.Configuration()
            setting.add_model_initial_configuration("Infected", seeds)
            for node in graph:
                setting.add_node_configuration("threshold", node, phi)
            model.set_initial_status(setting)
            curve = [it["node_count"][1] for it in model.iteration_bunch(20, node_status=False)]
            found = ensemble(net, phi, seeds=seeds, replicates=1).curves[0] * 60
            for turn, count in enumerate(curve):
                assert round(found[min(turn, len(found) - 1)]) == count
    np.random.set_state(state)


def test_the_guarantee_fails_where_it_is_said_to_fail():
    """Two seeds together can gain more than the sum of what each gains: not submodular."""
    net = net_of([(0, 2), (1, 2)], n=3)
    need = net.needs(1.0)
    size = Runner(net).sizer(need)
    assert size([0, 1]) - size([0]) > size([1]) - size([])
    greedy = best_seeds(net, 1.0, 2)
    assert greedy.evaluations > 3


def test_where_lazy_evaluation_is_safe():
    net = net_of([(0, 1)])
    assert is_submodular(net, ("uniform", 0, 1))
    assert is_submodular(net, ["uniform", 0.0, 1.0])
    layered = Spread.of(["a", "b"], {"x": [("a", "b")], "y": []}, layers="any")
    for other in ((net, 0.3), (net, ("uniform", 0.1, 1)), (layered, ("uniform", 0, 1))):
        assert not is_submodular(*other)
    assert not is_submodular(net, ("uniform", 0, 1), "absolute")
