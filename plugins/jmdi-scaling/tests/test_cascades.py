"""Cascades against a plain loop, by invariants, and on the karate club."""

from __future__ import annotations

import itertools
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi_scaling.contagion.ensembles import ensemble
from jmdi_scaling.contagion.runner import Runner
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.tipping import best_seeds, crossing, margin, vulnerability


def by_rounds(n, layers, phi, seeds, rule="relative"):
    """The plain loop: round by round, in exact numbers."""
    near = [[set() for _ in range(n)] for _ in layers]
    for layer, edges in enumerate(layers):
        for i, j in edges:
            if i != j:
                near[layer][i].add(j)
                near[layer][j].add(i)
    adopted = dict.fromkeys(seeds, 0)
    for step in range(1, n + 2):
        new = []
        for k in range(n):
            if k in adopted:
                continue
            if phi[k] <= 0:
                new.append(k)
                continue
            for layer in near:
                there = sum(j in adopted for j in layer[k])
                if not layer[k]:
                    continue
                got = Fraction(there, len(layer[k])) if rule == "relative" else there
                if got >= phi[k]:
                    new.append(k)
                    break
        if not new:
            break
        adopted.update(dict.fromkeys(new, step))
    return [adopted.get(k, -1) for k in range(n)]


def net_of(n, layers, **more):
    names = [str(k) for k in range(n)]
    edges = {str(x): [(str(i), str(j)) for i, j in e] for x, e in enumerate(layers)}
    return Spread.of(names, edges, layers="any", **more)


N = 7
EDGES = st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=14)
PHI = st.lists(st.fractions(-1, 2, max_denominator=6), min_size=N, max_size=N)
SEEDS = st.sets(st.integers(0, N - 1), max_size=3)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(EDGES, min_size=1, max_size=3), PHI, SEEDS, st.sampled_from(["relative", "absolute"])
)
def test_agrees_with_the_plain_loop(layers, phi, seeds, rule):
    net = net_of(N, layers)
    found = Runner(net).run(net.needs([float(x) for x in phi], rule), sorted(seeds))
    assert found.tolist() == by_rounds(N, layers, phi, seeds, rule)


@settings(max_examples=60, deadline=None)
@given(EDGES, PHI, SEEDS, st.integers(0, N - 1))
def test_more_seeds_and_lower_thresholds_never_spread_less(edges, phi, seeds, extra):
    net = net_of(N, [edges])
    high = np.array([float(x) for x in phi])
    found = set(np.flatnonzero(Runner(net).run(net.needs(high), sorted(seeds)) >= 0))
    more = set(np.flatnonzero(Runner(net).run(net.needs(high), sorted(seeds | {extra})) >= 0))
    lower = set(np.flatnonzero(Runner(net).run(net.needs(high - 0.2), sorted(seeds)) >= 0))
    assert found <= more
    assert found <= lower


@settings(max_examples=30, deadline=None)
@given(EDGES, st.permutations(range(N)), SEEDS)
def test_relabelling_moves_the_outcome_along(edges, order, seeds):
    one, other = net_of(N, [edges]), net_of(N, [[(order[i], order[j]) for i, j in edges]])
    found = Runner(one).run(one.needs(0.5), sorted(seeds))
    moved = Runner(other).run(other.needs(0.5), sorted(order[k] for k in seeds))
    assert [moved[order[k]] for k in range(N)] == found.tolist()


def test_a_third_is_reached_by_one_of_three():
    net = net_of(4, [[(0, 1), (0, 2), (0, 3)]])
    assert Runner(net).run(net.needs(1 / 3), [1]).tolist() == [1, 0, 2, 2]


def test_isolates_and_empty():
    net = net_of(2, [[]])
    assert Runner(net).run(net.needs(0.1), [0]).tolist() == [0, -1]
    assert Runner(net).run(net.needs(0.0), []).tolist() == [1, 1]
    empty = Spread.of([], [])
    assert ensemble(empty, 0.5, size=0, replicates=2).sizes.tolist() == [0, 0]


def test_weights():
    net = Spread.of("abc", [("a", "b", 3), ("a", "c", 1)], valued=True)
    assert Runner(net).run(net.needs(0.75), [1]).tolist() == [1, 0, 2]
    assert Runner(net).run(net.needs(0.75), [2]).tolist() == [-1, -1, 0]


def test_any_layer_is_easier():
    layers = {"x": [("a", "b")], "y": [("a", "c"), ("a", "d")]}
    alone = Spread.of("abcd", layers, layers="any")
    together = Spread.of("abcd", layers)
    assert Runner(alone).run(alone.needs(0.6), [1])[0] == 1
    assert Runner(together).run(together.needs(0.6), [1])[0] == -1


@pytest.fixture(scope="module")
def karate():
    graph = nx.karate_club_graph()
    return Spread.of([str(k) for k in graph], [(str(a), str(b)) for a, b in graph.edges])


@pytest.mark.parametrize(
    ("phi", "kappa", "largest", "mean", "half", "fewest"),
    [
        (0.2, 1.22, 6, 18.5, 0.53, 1),
        (0.25, 0.83, 5, 15.7, 0.44, 1),
        (1 / 3, 0.37, 2, 5.0, 0.09, 1),
        (0.5, 0.14, 1, 1.9, 0, 3),
    ],
)
def test_karate(karate, phi, kappa, largest, mean, half, fewest):
    found = vulnerability(karate, phi)
    assert round(found.kappa, 2) == kappa
    assert found.largest == largest
    need = karate.needs(phi)
    sizes = np.array([(Runner(karate).run(need, [k]) >= 0).sum() for k in range(34)])
    assert round(sizes.mean(), 1) == mean
    assert round((sizes >= 17).mean(), 2) == half
    tip = margin(karate, need, q=1)
    assert (tip.value, tip.exact) == (fewest, True)
    assert (Runner(karate).run(need, tip.seeds) >= 0).all()


@settings(max_examples=40, deadline=None)
@given(EDGES, st.sampled_from([0.3, 0.5, 0.8]), SEEDS, st.sampled_from([0.4, 0.7, 1.0]))
def test_margin_against_brute_force(edges, phi, seeds, q):
    net = net_of(N, [edges])
    need = net.needs(phi)

    def tips(extra):
        return (Runner(net).run(need, sorted(seeds | set(extra))) >= 0).sum() >= q * N - 1e-9

    best = next(b for b in range(N + 1) if any(map(tips, itertools.combinations(range(N), b))))
    found = margin(net, need, seeds, q)
    assert (found.value, found.exact) == (best, True)
    assert tips(found.seeds)
    rough = margin(net, need, seeds, q, limit=0)
    assert rough.lower <= best <= rough.value
    assert tips(rough.seeds)


def test_replicates_do_not_depend_on_each_other(karate):
    whole = ensemble(karate, ("uniform", 0, 1), size=3, replicates=20, seed=5)
    tail = ensemble(karate, ("uniform", 0, 1), size=3, replicates=8, seed=5, first=12)
    assert whole.sizes[12:].tolist() == tail.sizes.tolist()
    assert (np.diff(whole.curves, axis=1) >= 0).all()
    assert whole.curves[:, -1].tolist() == pytest.approx((whole.sizes / 34).tolist())


def test_the_callers_random_numbers_are_left_alone(karate):
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    ensemble(karate, ("normal", 0.4, 0.1), replicates=3)
    assert np.random.get_state()[1].tolist() == before


def test_best_seeds_lazy_equals_plain(karate):
    lazy = best_seeds(karate, ("uniform", 0, 1), 3, replicates=100)
    plain = best_seeds(karate, ("uniform", 0.0, 1.0000001), 3, replicates=100)
    assert lazy.chosen == plain.chosen
    assert lazy.evaluations < plain.evaluations
    assert list(lazy.shares) == sorted(lazy.shares)


def test_crossing():
    series = [0.1, 0.3, 0.2, 0.3, 0.4]
    assert crossing(series, 0.3) == 1
    assert crossing(series, 0.3, hold=2) == 3
    assert crossing(series, 0.5) is None
