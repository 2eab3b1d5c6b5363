"""What random networks and samples keep: pairs that were not observed, and what ties say."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_helpers import karate, measure, net
from scipy.stats import chisquare

from jmdi import Network
from jmdi.errors import BadParameter, Cancelled
from jmdi.metrics.result import Result
from jmdi_network import bootstrap, null
from jmdi_network.arrays import graph_of
from jmdi_network.nulls.drawn import plain
from jmdi_network.nulls.enumeration import states
from jmdi_network.nulls.models import model_of
from jmdi_network.nulls.resampling import RESAMPLED
from jmdi_network.randomness import stream

UNIFORM = ("size", "edges", "dyads", "rewire")
PATH = net([(0, 1), (1, 2), (2, 3), (3, 4)])
HIDDEN = Network("hidden", PATH.nodes, PATH.source, PATH.target, unobserved=[(0, 2), (1, 4)])


def ties(made: Network) -> frozenset[tuple[int, int]]:
    graph = graph_of(made)
    return frozenset(zip(graph.source.tolist(), graph.target.tolist(), strict=True))


@st.composite
def observed(draw: Any, directed: bool) -> Network:
    """A network in which some pairs are tied, some perhaps by two edges, and some not observed."""
    n = draw(st.integers(2, 6))
    pairs = list((itertools.permutations if directed else itertools.combinations)(range(n), 2))
    kinds = draw(st.lists(st.sampled_from(["", "a", "b", "ab", "?"]), min_size=len(pairs)))
    rows: list[dict[str, Any]] = []
    for (i, j), kind in zip(pairs, kinds, strict=False):
        ends = {"source": str(i), "target": str(j)}
        rows += [{**ends, "type": each} for each in kind if each != "?"]
        rows += [{**ends, "state": "unobserved"}] * (kind == "?")
    return Network.from_edges(rows, nodes=[str(i) for i in range(n)], directed=directed)


def kinds_of(made: Network) -> list[tuple[str, ...]]:
    """What each tie says: the kinds of its edges."""
    by_pair: dict[tuple[int, int], list[str]] = {}
    column = made.edge_attributes.get("type", [None] * made.n_edges)
    for i, j, kind in zip(made.source, made.target, column, strict=True):
        if kind is not None:
            pair = (i, j) if made.directed else (min(i, j), max(i, j))
            by_pair.setdefault(pair, []).append(kind)
    return sorted(tuple(sorted(kinds)) for kinds in by_pair.values())


@given(st.data(), st.booleans(), st.sampled_from([*UNIFORM, "qap", "labels"]))
def test_draws_keep_unobserved_pairs_and_what_ties_say(
    data: Any, directed: bool, name: str
) -> None:
    made = data.draw(observed(directed))
    graph = graph_of(made)
    drawn = model_of(made, name).draw(stream(5, 0)).network
    other = graph_of(drawn)
    assert len(drawn.unobserved) == len(made.unobserved)
    assert name == "qap" or drawn.unobserved == made.unobserved
    keys = [int(i) * graph.n + int(j) for i, j in ties(drawn)]
    assert not set(keys) & set(other.unobserved.tolist())
    if name != "size":
        assert other.m == graph.m and kinds_of(drawn) == kinds_of(made)
        assert measure(drawn, "density").value == measure(made, "density").value
    # what the edges say and what the graph holds is the same
    said = dict(drawn.edge_attributes)
    anew = Network(
        "anew", drawn.nodes, drawn.source, drawn.target, directed=directed, edge_attributes=said
    )
    assert ties(anew) == ties(drawn)


@pytest.mark.parametrize("name", ["rewire", "edges", "size"])
def test_all_states_without_unobserved_pairs_are_equally_likely(name: str) -> None:
    every = states(HIDDEN, name, 10_000, attributes=None, connected=False)
    assert every is not None
    possible = {ties(each) for each in every}
    assert all(not set(HIDDEN.unobserved) & state for state in possible)
    assert len(possible) == {"rewire": 4, "edges": 70, "size": 256}[name]
    count = dict.fromkeys(sorted(possible, key=sorted), 0)
    model = model_of(HIDDEN, name)
    for replicate in range(40 * len(count)):
        count[ties(model.draw(stream(11, replicate)).network)] += 1
    assert chisquare(list(count.values())).pvalue > 1e-3


def test_the_model_fixes_density_also_where_pairs_were_not_observed() -> None:
    for exact in (0, 5000):
        found = null(HIDDEN, "density", model="edges", draws=30, exact=exact)
        assert found.value == 1 and found.values["z"] is None
        assert found.notes["fixed"].startswith("p is 1") and "not observed" in found.convention


def test_trades_keep_cells_free_that_were_not_observed() -> None:
    made = Network(
        "two",
        [*"abc", *"wxyz"],
        [0, 0, 1, 1, 2, 2],
        [3, 4, 4, 5, 5, 6],
        mode=[0] * 3 + [1] * 4,
        unobserved=[(0, 5), (2, 3)],
    )
    every = states(made, "curveball", 1000, attributes=None, connected=False)
    assert every is not None
    count = dict.fromkeys(sorted({ties(each) for each in every}, key=sorted), 0)
    model = model_of(made, "curveball")
    for replicate in range(60 * len(count)):
        count[ties(model.draw(stream(1, replicate)).network)] += 1
    assert len(count) > 3 and chisquare(list(count.values())).pvalue > 1e-3


def test_a_model_whose_ties_say_nothing_refuses_a_metric_that_reads_it() -> None:
    rows = [("a", "b", "x"), ("b", "c", "y"), ("b", "c", "x"), ("c", "d", "x")]
    made = Network.from_edges([{"source": a, "target": b, "type": t} for a, b, t in rows])
    found = null(made, "network:multiplexity", model="edges", draws=20)
    assert found.value == 1 and "fixed" in found.notes
    found = null(made, "network:multiplexity", model="size", draws=20)
    assert found.undefined == "missing_input" and "without attributes" in found.why
    assert null(made, "density", model="size").notes["exact"]
    periods = ["2010/2012", "2011", "2012/..", "2010/2013"]
    made = Network(
        "dated", made.nodes, made.source, made.target, edge_attributes={"period": periods}
    )
    found = null(made, "network:survival", parameters={"as_of": "2014-01-01"}, draws=20)
    assert found.value == 1


def test_an_interval_has_a_p_for_each_end() -> None:
    def between(network: Network) -> Result:
        low = float(network.metric("network:transitivity").value or 0)
        return Result(lower=low, upper=low + len(network.degree()) / 100)

    found = null(karate(), between, draws=50)
    assert found.interval and set(found.values or {}) == {"lower", "upper"}
    ends = [(found.values or {})[end] for end in ("lower", "upper")]
    assert found.lower == min(row["p"] for row in ends)
    assert all(row["z"] > 3 and row["quantiles"] for row in ends)
    assert "p of each end" in found.convention
    bounded = null(HIDDEN, "network:ei-index", parameters={"groups": list("xxyyy")}, draws=20)
    rows = [bounded.values, *((bounded.values or {})[end] for end in ("lower", "upper"))]
    ps = [row["p"] for row in rows if row is not None]
    assert bounded.value == ps[0] and (bounded.lower, bounded.upper) == (min(ps), max(ps))
    sampled = bootstrap(karate(), between, draws=50)
    assert sampled.interval or sampled.undefined == "network:biased_bootstrap"


@given(st.data(), st.booleans())
def test_samples_keep_what_was_not_observed(data: Any, directed: bool) -> None:
    made = data.draw(observed(directed))
    drawn = RESAMPLED["nodes"](made, stream(1, 0)).network
    names = [name.split(" ")[0] for name in drawn.nodes]
    hidden = {(made.nodes[i], made.nodes[j]) for i, j in made.unobserved}
    for i, j in drawn.unobserved:
        assert names[i] == names[j] or {(names[i], names[j]), (names[j], names[i])} & hidden
    assert not set(drawn.unobserved) & ties(drawn)
    fewer = RESAMPLED["ties"](made, stream(1, 0)).network
    assert fewer.unobserved == made.unobserved and ties(fewer) <= ties(made)
    kept = RESAMPLED["nodes"](made, stream(1, 0), kept=(1,)).network
    assert kept.nodes.count("1") == 1 and len(kept) == len(made)


def test_the_value_of_one_actor_has_an_interval() -> None:
    for metric, id in (("network:degree", "0"), ("network:betweenness", "33")):
        for by in ("nodes", "ties"):
            found = bootstrap(karate(), metric, entry=id, by=by, draws=100)  # type: ignore[arg-type]
            assert found.value == (measure(karate(), metric).values or {})[id]
            if by == "nodes":
                assert found.lower < found.value < found.upper
                assert found.notes["in_each_sample"] == (id,)
    with pytest.raises(BadParameter, match="several numbers"):
        bootstrap(karate(), "network:degree")


def test_an_interval_without_its_estimate_is_refused() -> None:
    whole = net(itertools.combinations(range(8), 2))
    found = bootstrap(whole, "density", by="ties", draws=100)
    assert (found.value, found.lower, found.upper) == (1, None, None)
    assert "do not contain the estimate" in found.notes["no_interval"]
    assert found.values["upper"] < 1
    found = bootstrap(whole, "density", draws=100)
    assert found.lower <= found.value <= found.upper


@pytest.mark.parametrize("workers", [1, 2])
def test_who_looks_on_is_told_and_may_stop_it(workers: int) -> None:
    steps: list[int] = []
    stop = threading.Event()

    def told(done: int, total: int | None, what: str) -> None:
        steps.append(done)
        if done > 20:
            stop.set()

    with pytest.raises(Cancelled, match="of 100 samples"):
        bootstrap(karate(), "density", draws=100, workers=workers, progress=told, cancel=stop)
    assert steps[0] == 0 and 20 < steps[-1] < 100
    few: list[int] = []
    null(net([(0, 1), (1, 2)]), "density", progress=lambda done, total, what: few.append(total))
    assert few == [3] * 3  # all networks of three actors and two ties
    one = null(karate(), "density", draws=30, progress=lambda *_: None)
    assert one == null(karate(), "density", draws=30)


def test_a_network_of_plain_ties_has_no_edges_of_another() -> None:
    rows = [("a", "b", "x"), ("b", "c", "y"), ("b", "c", "x"), ("c", "d", "x")]
    made = Network.from_edges([{"source": a, "target": b, "type": t} for a, b, t in rows])
    assert plain(made).n_edges == 3 and not plain(made).edge_attributes
    model_of(plain(made), "edges").draw(stream(1, 0))
    assert kinds_of(model_of(made, "edges").draw(stream(1, 0)).network) == kinds_of(made)
