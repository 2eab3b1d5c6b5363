from __future__ import annotations

import itertools
import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_helpers import MODEL, karate, measure, net, random_net
from scipy.stats import chisquare

from jmdi.errors import BadParameter, NotFound
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.plugins.specs import Metric
from jmdi_network import bootstrap, null
from jmdi_network.arrays import graph_of
from jmdi_network.nulls.drawn import pair_keys
from jmdi_network.nulls.enumeration import states
from jmdi_network.nulls.models import model_of
from jmdi_network.randomness import stream


def ties(made: Network) -> frozenset[tuple[int, int]]:
    graph = graph_of(made)
    return frozenset(zip(graph.source.tolist(), graph.target.tolist(), strict=True))


def two_modes(edges: list[tuple[int, int]], rows: int, columns: int) -> Network:
    nodes = [f"a{i}" for i in range(rows)] + [f"i{j}" for j in range(columns)]
    return Network(
        "two",
        nodes,
        [i for i, _ in edges],
        [rows + j for _, j in edges],
        mode=[0] * rows + [1] * columns,
    )


BIPARTITE = two_modes([(0, 0), (0, 1), (1, 1), (1, 2), (2, 0), (2, 3)], 3, 4)
CASES = [
    ("rewire", net([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 3)]), {}),
    ("rewire", net([(0, 1), (1, 2), (2, 3), (3, 4), (1, 4)]), {"connected": True}),
    ("rewire", net([(0, 1), (1, 2), (2, 0)], directed=True), {}),
    ("rewire", net([(0, 1), (1, 2), (2, 0), (0, 3), (3, 1)], directed=True), {}),
    ("rewire", net([(0, 1), (2, 1), (2, 3), (0, 3), (1, 0)], directed=True), {}),
    ("curveball", BIPARTITE, {}),
    ("edges", net([(0, 1), (1, 2)], 4), {}),
    ("edges", net([(0, 1), (1, 2)], 3, directed=True), {}),
    ("dyads", net([(0, 1), (1, 0), (1, 2)], 4, directed=True), {}),
    ("size", net([(0, 1)], 3), {}),
    ("qap", net([(0, 1), (1, 2)], 4), {}),
]


def by_degrees(made: Network) -> set[frozenset[tuple[int, int]]]:
    """All simple networks with the degrees of this one, by trying all networks."""
    graph = graph_of(made)
    choose = itertools.permutations if graph.directed else itertools.combinations
    pairs = choose(range(graph.n), 2)
    found = set()
    wanted = (graph.degrees("out").tolist(), graph.degrees("in").tolist())
    for chosen in itertools.combinations(list(pairs), graph.m):
        out, into = [0] * graph.n, [0] * graph.n
        for a, b in chosen:
            out[a] += 1
            into[b] += 1
        if not graph.directed:
            out = into = [x + y for x, y in zip(out, into, strict=True)]
        if (out, into) == wanted:
            found.add(frozenset(chosen))
    return found


@pytest.mark.parametrize(("model", "made", "options"), CASES)
def test_all_states_are_equally_likely(model: str, made: Network, options: dict[str, Any]) -> None:
    every = states(made, model, 10_000, attributes=None, connected=bool(options.get("connected")))
    assert every is not None
    possible = sorted({tuple(sorted(ties(each))) for each in every})
    if model == "rewire" and not options:
        assert {frozenset(state) for state in possible} == by_degrees(made)
    count = dict.fromkeys(possible, 0)
    drawn = model_of(made, model, **options)
    for replicate in range(40 * len(possible) if len(possible) > 5 else 300):
        count[tuple(sorted(ties(drawn.draw(stream(11, replicate)).network)))] += 1
    assert chisquare(list(count.values())).pvalue > 1e-3


def test_three_cycles_are_reversed() -> None:
    cycle = net([(0, 1), (1, 2), (2, 0)], directed=True)
    every = states(cycle, "rewire", 100, attributes=None, connected=False)
    assert every is not None and len(every) == 2
    drawn = {ties(model_of(cycle, "rewire").draw(stream(1, r)).network) for r in range(30)}
    assert len(drawn) == 2


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("connected", [False, True])
def test_rewiring_keeps_degrees(directed: bool, connected: bool) -> None:
    made = random_net(8, 40, 0.12, directed=directed, weights=True)
    graph = graph_of(made)
    for replicate in range(5):
        drawn = model_of(made, "rewire", connected=connected).draw(stream(3, replicate))
        other = graph_of(drawn.network)
        assert other.degrees("out").tolist() == graph.degrees("out").tolist()
        assert other.degrees("in").tolist() == graph.degrees("in").tolist()
        assert sorted(other.weight) == sorted(graph.weight)
        assert len(ties(drawn.network)) == graph.m and drawn.accepted > 0
        if connected:
            assert measure(drawn.network, "components").value == 1


def test_curveball_keeps_both_margins() -> None:
    rng = random.Random(5)
    made = two_modes([(i, j) for i in range(12) for j in range(9) if rng.random() < 0.4], 12, 9)
    graph = graph_of(made)
    model = model_of(made, "curveball")
    seen = set()
    for replicate in range(20):
        drawn = model.draw(stream(2, replicate))
        assert graph_of(drawn.network).degrees().tolist() == graph.degrees().tolist()
        seen.add(ties(drawn.network))
    assert len(seen) == 20


@given(st.data(), st.booleans(), st.integers(1, 7))
def test_rewiring_keeps_the_degrees_of_any_network(data: Any, directed: bool, n: int) -> None:
    every = (itertools.permutations if directed else itertools.combinations)(range(n), 2)
    pairs = list(every)
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    made = net(edges, n, directed=directed)
    drawn = model_of(made, "rewire").draw(stream(3, 0)).network
    for direction in ("out", "in"):
        assert degrees(drawn, direction) == degrees(made, direction)
    assert len(ties(drawn)) == len(edges)
    assert all(a != b for a, b in ties(drawn))


@given(st.data(), st.integers(1, 6), st.integers(1, 6))
def test_curveball_keeps_both_margins_of_any_network(data: Any, rows: int, columns: int) -> None:
    cells = list(itertools.product(range(rows), range(columns)))
    made = two_modes(data.draw(st.lists(st.sampled_from(cells), unique=True)), rows, columns)
    drawn = model_of(made, "curveball").draw(stream(2, 0)).network
    assert drawn.mode == made.mode and drawn.nodes == made.nodes
    assert degrees(drawn, "out") == degrees(made, "out")
    assert len(ties(drawn)) == len(ties(made))
    assert all((a < rows) != (b < rows) for a, b in ties(drawn))


def degrees(made: Network, direction: Any) -> list[int]:
    found: list[int] = graph_of(made).degrees(direction).tolist()
    return found


@pytest.mark.parametrize("directed", [False, True])
def test_pairs_are_numbered_once(directed: bool) -> None:
    made = graph_of(net([], 7, directed=directed))
    i, j = pair_keys(made, np.arange(made.dyads))
    pairs = set(zip(i.tolist(), j.tolist(), strict=True))
    every = (itertools.permutations if directed else itertools.combinations)(range(7), 2)
    assert pairs == set(every)
    large = graph_of(net([], 3000))
    ends = np.array([0, large.dyads - 1, 2998, 2999])
    i, j = pair_keys(large, ends)
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [
        (0, 1),
        (2998, 2999),
        (0, 2999),
        (1, 2),
    ]


def test_the_number_of_workers_does_not_matter() -> None:
    made = karate()
    for model in ("labels", "edges", "rewire", "qap"):
        one, two = (
            null(
                made,
                "network:ei-index",
                model=model,
                parameters={"groups": "club"},
                draws=24,
                seed=5,
                workers=workers,
                keep=True,
            )
            for workers in (1, 2)
        )
        assert one == two and one.seed == 5


def test_the_callers_random_state_is_left_alone() -> None:
    random.seed(1)
    np.random.seed(1)
    before = random.getstate(), np.random.get_state()[1].tolist()
    null(karate(), "network:transitivity", model="rewire", draws=5)
    measure(karate(), "communities")
    bootstrap(karate(), "density", draws=5)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before


def test_p_by_enumeration_of_labels() -> None:
    made = net([(0, 1), (1, 2), (3, 4), (4, 5), (0, 2)])
    groups = list("aaabbb")
    found = null(made, "network:ei-index", model="labels", parameters={"groups": groups})
    assert found.notes["exact"] and found.seed is None and found.n_used == 20
    every = [
        float(measure(made, "ei-index", groups=["ab"[i in chosen] for i in range(6)]))
        for chosen in itertools.combinations(range(6), 3)
    ]
    low = sum(x <= every[-1] + 1e-9 for x in every) / 20
    assert found.values is not None
    assert found.values["p_lower"] == low and found.value == min(1.0, 2 * low)
    assert found.values["mean"] == pytest.approx(sum(every) / 20)


def test_p_by_drawing_adds_one() -> None:
    found = null(karate(), "network:transitivity", model="edges", draws=99)
    assert found.value == pytest.approx(2 / 100)
    assert found.values is not None and found.values["draws"] == 99
    assert found.values["z"] > 3 and found.notes["distinct_states"] == 99
    assert "(b+1)/(R+1)" in found.convention


def test_degenerate_nulls_say_so() -> None:
    star = net([(0, i) for i in range(1, 30)])
    for made, options in ((star, {"draws": 20}), (star, {"exact": 0, "draws": 20})):
        found = null(made, "density", model="rewire", **options)  # type: ignore[arg-type]
        assert found.undefined == "degenerate_null"
        assert found.values is not None and found.values["sd"] == 0
    assert null(star, "density", model="edges", draws=20).values["z"] is None  # type: ignore[index]


def test_an_undefined_metric_stays_undefined() -> None:
    made = net([(0, 1)], 4)
    found = null(made, "network:transitivity", model="edges")
    assert found.undefined == "zero_denominator"
    loose = net([(0, 1), (1, 2), (2, 3)])
    drawn = null(loose, "network:closeness-centralization", model="edges")
    assert drawn.values is not None and drawn.values["undefined_draws"] == 4


def test_any_metric_of_any_plugin() -> None:
    def wedges(network: Network) -> int:
        return sum(k * (k - 1) // 2 for k in network.degree().values())

    made = karate()
    for metric in (wedges, Metric("other:wedges", wedges), "density"):
        found = null(made, metric, model="edges", draws=10)
        assert isinstance(found, Result) and found.defined
    with pytest.raises(NotFound):
        null(made, "network:densety")


def test_entries() -> None:
    made = random_net(1, 12, 0.3, directed=True)
    parameters = {"groups": list("aaaabbbbcccc"), "level": "network"}
    found = null(
        made,
        "network:brokerage",
        model="edges",
        draws=30,
        parameters=parameters,
        entry=["liaison/count", "total/count"],
    )
    assert set(found.values or {}) == {"liaison/count", "total/count"}
    every = null(made, "network:degree", draws=5)
    assert set(every.values or {}) == set(made.nodes) and "not corrected" in every.convention
    with pytest.raises(BadParameter, match="no value"):
        null(made, "network:degree", entry="nobody", draws=5)


def test_models_for_the_right_network() -> None:
    with pytest.raises(BadParameter, match="one mode"):
        null(BIPARTITE, "network:bipartite-density", model="edges")
    found = null(BIPARTITE, "network:bipartite-density", model="curveball")
    assert found.notes["exact"] and found.values is not None and found.values["sd"] == 0
    with pytest.raises(BadParameter, match="does not take model='magic'"):
        measure(karate(), "null", metric="density", model="magic")
    with pytest.raises(BadParameter, match="does not take model='magic'"):
        null(karate(), "density", model="magic")  # type: ignore[arg-type]
    assert (
        null(net([(0, 1), (2, 3)]), "density", model="rewire", connected=True).undefined
        == "disconnected"
    )


def test_labels_of_several_attributes_move_together() -> None:
    made = Network.from_edges(
        [("a", "b"), ("b", "c"), ("c", "d")],
        nodes={x: {"g": g, "h": g.upper()} for x, g in zip("abcd", "xxyy", strict=True)},
    )

    def agree(network: Network) -> int:
        columns = network.node_attributes
        return sum(g.upper() == h for g, h in zip(columns["g"], columns["h"], strict=True))

    found = null(made, agree, model="labels")
    assert found.values is not None and found.values["sd"] == 0 and found.n_used == 6
    alone = null(made, agree, model="labels", attributes="g")
    assert alone.values is not None and alone.values["sd"] > 0


def test_labels_of_unknown_group_stay() -> None:
    made = net([(0, 1), (1, 2), (2, 3)])
    every = states(
        Network.from_edges([("a", "b")], nodes={"a": {"g": 1}, "b": {"g": 2}, "c": {"g": None}}),
        "labels",
        100,
        attributes=("g",),
        connected=False,
    )
    assert every is not None and len(every) == 2
    assert all(each.node_attributes["g"][2] is None for each in every)
    found = null(
        made, "network:ei-index", parameters={"groups": ["a", "b", "a", None]}, model="labels"
    )
    assert found.n_used == 3


def test_bootstrap_names_its_method() -> None:
    found = bootstrap(karate(), "density", draws=200, seed=3)
    assert found.value == pytest.approx(0.139037, abs=1e-6)
    assert found.lower is not None and found.upper is not None
    assert found.lower < found.value < found.upper
    assert "bootstrap by nodes" in found.title and found.metric == "network:bootstrap"
    again = bootstrap(karate(), "density", draws=200, seed=3, workers=2)
    assert again == found
    ties_ = bootstrap(
        karate(), "network:ei-index", by="ties", parameters={"groups": "club"}, draws=100
    )
    assert ties_.lower is not None and ties_.lower < -0.717 < float(ties_.upper or 0)


def test_bootstrap_keeps_the_mean_density() -> None:
    found = bootstrap(random_net(2, 30, 0.2, directed=True), "density", draws=400)
    assert found.values is not None
    error = found.values["standard_error"] / 20
    assert found.values["mean"] == pytest.approx(float(found), abs=4 * error)


def test_number_of_states_is_that_of_the_formulas() -> None:
    made = net([(0, 1), (1, 2)], 4)
    options: dict[str, Any] = {"attributes": None, "connected": False}
    assert len(states(made, "edges", 100, **options) or ()) == math.comb(6, 2)
    assert len(states(made, "size", 100, **options) or ()) == 2**6
    assert states(made, "size", 63, **options) is None
    assert MODEL.catalog.metric("density").name == "density"


def test_bits_and_hash_table_give_the_same_network() -> None:
    from jmdi_network.kernels.rewire import empty_table, swap_undirected
    from jmdi_network.kernels.rewire_bits import no_pairs, order_of_ties, swap_undirected_bits

    for seed in range(6):
        made = graph_of(random_net(seed, 30, 0.2))
        one, two = ((made.source.copy(), made.target.copy()) for _ in range(2))
        key, pairs = np.uint64(seed), no_pairs(made.n)
        done = swap_undirected(*one, made.n, empty_table(made.m, made.n), key, 1000)
        assert swap_undirected_bits(*two, made.n, pairs, key, 1000) == done > 100
        assert all((x == y).all() for x, y in zip(one, two, strict=True))
        assert not pairs.any()
        low, high = np.minimum(*one), np.maximum(*one)
        order = order_of_ties(low, high, made.n)
        source, target = low[order], high[order]
        assert (np.diff(source.astype(np.int64) * made.n + target) > 0).all()
        assert sorted(zip(low, high, strict=True)) == list(zip(source, target, strict=True))


@pytest.mark.parametrize("exact", [0, 5000])
def test_permuted_labels_leave_what_is_not_known_where_it_is(exact: int) -> None:
    made = net([(0, 1), (1, 2), (2, 3), (0, 3)], 5)
    found = [
        null(
            made,
            "network:ei-index",
            model="labels",
            draws=50,
            exact=exact,
            parameters={"groups": ["x", unknown, "y", "x", "y"]},
        ).values
        for unknown in (None, math.nan)
    ]
    assert found[0] == found[1]


def test_draws_are_kept_on_request() -> None:
    found = null(karate(), "network:transitivity", draws=20, keep=True)
    assert len(found.notes["draws_kept"]) == 20
    assert np.mean(found.notes["draws_kept"]) == pytest.approx((found.values or {})["mean"])
    entries = ["liaison/count", "total/count"]
    options = {"groups": "club", "level": "network"}
    several = null(
        karate(), "network:brokerage", parameters=options, entry=entries, draws=20, keep=True
    )
    assert set(several.notes["draws_kept"]) == set(entries)


def test_a_metric_whose_convention_is_computed_reaches_other_processes() -> None:
    one, two = (
        karate().null("network:closeness-centralization", draws=8, workers=workers, exact=0)
        for workers in (1, 2)
    )
    assert one == two


def test_a_missing_parameter_of_the_metric_is_said_with_where_it_is_given():
    with pytest.raises(BadParameter, match=r'Write parameters=\{"groups": …\}$'):
        measure(karate(), "null", metric="ei-index")


def test_results_say_how_the_networks_were_drawn():
    found = measure(
        karate(), "null", metric="transitivity", model="rewire", draws=9, connected=True
    )
    asked = {"model": "rewire", "draws": 9, "swaps": 10.0, "connected": True, "exact": 5000}
    assert asked.items() <= found.parameters.items()
    found = measure(karate(), "bootstrap", metric="density", draws=9)
    asked = {"metric": "density", "by": "nodes", "draws": 9, "level": 0.95}
    assert asked.items() <= found.parameters.items()


def test_few_draws_say_which_p_they_can_give() -> None:
    few = null(karate(), "density", model="size", draws=30)
    assert few.value == pytest.approx(2 / 31)
    assert few.notes["least_p"] == "no p is below 0.065 with 30 draws: take more"
    assert "least_p" not in null(karate(), "density", model="edges", draws=30).notes
