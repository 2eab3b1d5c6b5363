"""What pairs that were not observed leave open, against all networks that they allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_helpers import MODEL, measure

import jmdi
from jmdi import Network, Result

MODES = (0, 0, 0, 1, 1)
SPREAD = ["x", "y", "x", None, "y"]

APART = {"bootstrap", "confirmation", "null", "observation", "response-rate"}
"""They measure what is known or reported, which is all in a network that is completed, or draw."""

COMPARING = {"change", "entries-exits", "survival"}
"""They compare two networks or read periods; their own tests have their bounds."""

OPEN = {"tied_for_largest", "odds_ratio_at_least"}
"""What has no bounds: it does not rise or fall with ties, or is a bound itself."""

CHOICES: dict[str, tuple[dict[str, Any], ...]] = {
    "best-ties": ({"metric": "density"},),
    "brokerage": ({}, {"level": "network"}, {"level": "network", "draws": 2}),
    "everett-valente": ({}, {"direction": "in"}),
    "closeness": ({}, {"unconnected": "component"}, {"direction": "in"}),
    "closeness-centralization": ({}, {"variant": "harmonic"}, {"unconnected": "zero"}),
    "core-periphery": ({}, {"ideal": "either"}, {"measure": "correlation"}, {"core": ["n0"]}),
    "core-number": ({}, {"direction": "out"}, {"direction": "simple"}),
    "criticality": ({"metric": "density"},),
    "cut-points": ({}, {"kind": "strong"}),
    "degree": ({}, {"direction": "in"}, {"normalized": True}),
    "degree-centralization": ({}, {"direction": "out"}, {"loops": True}),
    "diameter": ({}, {"unconnected": "undefined"}),
    "distances": ({}, {"source": "n0"}),
    "ei-index": (
        {},
        {"weighted": True},
        {"level": "node"},
        {"level": "node", "count": "rows"},
        {"level": "group", "ties": "in"},
        {"level": "group", "count": "rows"},
    ),
    "fdsm": ({"draws": 5},),
    "fragmentation": ({}, {"connectedness": True}, {"kind": "strong"}),
    "gefura": ({}, {"scope": "local", "normalized": True}),
    "heterogeneity": ({}, {"of": "actors"}),
    "mean-distance": ({}, {"unconnected": "undefined"}),
    "logit-qap": (),
    "mrqap": (),
    "positions": ({}, {"method": "average", "measure": "euclidean", "count": 2}),
    "qap": (),
    "reciprocity": ({}, {"measure": "dyadic"}, {"measure": "confirmation"}),
    "structural-equivalence": ({}, {"measure": "correlation"}),
    "transitivity": ({}, {"kind": "local"}, {"kind": "local-zero"}, {"kind": "weak"}),
    "two-mode-brokerage": ({}, {"count": "pairs", "level": "network"}),
    "two-mode-centralization": ({}, {"score": "betweenness", "over": "both"}),
}
"""Parameters that each metric is tried with; by default none but groups."""

KINDS = {
    "undirected": {"directed": False, "mode": None},
    "directed": {"directed": True, "mode": None},
    "two modes": {"directed": False, "mode": MODES},
}


def metrics() -> Iterator[Any]:
    for name, spec in sorted(MODEL.catalog.metrics.items()):
        short = name.removeprefix("network:")
        if spec.on != "network" or short in APART | COMPARING:
            continue
        grouped = any(p.name == "groups" and p.required for p in spec.parameters)
        for chosen in CHOICES.get(short, ({},)):
            words = " ".join(f"{key}={value}" for key, value in chosen.items())
            yield pytest.param(
                short, {"groups": SPREAD, **chosen} if grouped else chosen, id=f"{short} {words}"
            )


def network(tied: Any, unknown: Any = (), *, directed: bool, mode: Any) -> Network:
    pairs = [*tied, *unknown]
    return Network(
        "n",
        [f"n{i}" for i in range(len(MODES))],
        [i for i, _ in pairs],
        [j for _, j in pairs],
        directed=directed,
        mode=mode,
        edge_attributes={"state": ["present"] * len(tied) + ["unobserved"] * len(unknown)},
        model=MODEL,
    )


def completions(tied: Any, unknown: Any, **kind: Any) -> Iterator[Network]:
    """All networks that the pairs allow, made here by other means than those that are tested."""
    for some in itertools.product((False, True), repeat=len(unknown)):
        more = [pair for pair, kept in zip(unknown, some, strict=True) if kept]
        yield network([*tied, *more], **kind)


def contained(number: Any, value: Any, ends: Any) -> bool:
    """Whether a number of a completion agrees with the value and the bounds of the network."""
    if isinstance(number, Mapping):
        ends = ends or {}
        return all(
            contained(part, (value or {}).get(key), ends.get(key))
            for key, part in number.items()
            if key not in OPEN
        )
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return True
    if ends is None:
        return bool(number == pytest.approx(value, abs=1e-9))
    return bool(ends[0] - 1e-9 <= number <= ends[1] + 1e-9)


LABELS = {name for name, one in MODEL.catalog.metrics.items() if one.bounds == "groups"}
"""Metrics whose values are labels."""


def fits(found: Result, whole: Result) -> bool:
    if not whole.defined:
        return found.or_undefined is not None or found.undefined is not None
    ends = None if found.lower is None else (found.lower, found.upper)
    if not contained(whole.value, found.value, ends):
        return False
    numbers = dict(whole.values or {})
    if found.metric in LABELS:  # one that is not the same everywhere is left open, without bounds
        numbers = {k: n for k, n in numbers.items() if (found.values or {}).get(k) is not None}
    return contained(numbers, found.values, found.bounds)


def states(kind: str) -> st.SearchStrategy[tuple[list[Any], list[Any]]]:
    """Tied pairs, and at most three that were not observed."""
    n = range(len(MODES))
    pairs = list(
        itertools.permutations(n, 2) if kind == "directed" else itertools.combinations(n, 2)
    )
    if kind == "two modes":
        pairs = [(i, j) for i, j in pairs if MODES[i] != MODES[j]]
    mixed = st.permutations(pairs)
    sizes = st.tuples(st.integers(0, len(pairs) - 1), st.integers(1, 3))
    return st.tuples(mixed, sizes).map(
        lambda drawn: (drawn[0][: drawn[1][0]], drawn[0][drawn[1][0] :][: drawn[1][1]])
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "parameters"), list(metrics()))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_bounds_hold_in_every_completion(
    name: str, parameters: dict[str, Any], kind: str, data: st.DataObject
) -> None:
    tied, unknown = data.draw(states(kind))
    found = measure(network(tied, unknown, **KINDS[kind]), name, **parameters)
    if found.not_applicable:
        return
    assert found.coverage is not None and found.coverage < 1
    assert found.notes["pairs_unobserved"] == len(unknown)
    if found.no_bounds:
        assert "bounds not known: " in repr(found)
        return
    wholes = [
        measure(other, name, **parameters) for other in completions(tied, unknown, **KINDS[kind])
    ]
    assert all(fits(found, whole) for whole in wholes)
    if found.lower is not None and not found.undefined:
        defined = [whole.value for whole in wholes if whole.defined]
        assert found.lower == pytest.approx(min(defined), abs=1e-9)
        assert found.upper == pytest.approx(max(defined), abs=1e-9)
    if found.or_undefined is not None:
        assert not all(whole.defined for whole in wholes)


def triangle(**more: Any) -> Network:
    edges = [("a", "b"), ("b", "c"), ("a", "c")]
    rows = [{"source": a, "target": b, **more} for a, b in edges]
    rows[2]["state"] = "unobserved"
    return Network.from_edges(rows, nodes="abc", model=MODEL)


def test_transitivity_of_two_ties_and_an_unobserved_pair_is_0_or_1() -> None:
    found = triangle().metric("network:transitivity")
    assert found.status == "interval" and (found.lower, found.upper) == (0, 1)
    assert repr(found) == (
        "network:transitivity = 0–1   coverage 67 %   (share of triples; 1 of 3 pairs not observed)"
    )


def test_numbers_of_each_actor_have_bounds() -> None:
    found = triangle().metric("network:degree")
    assert found.values == {"a": None, "b": 2, "c": None}
    assert found.bounds == {"a": (1, 2), "b": (2, 2), "c": (1, 2)}
    assert list(found.table()) == [("a", None, 1, 2), ("b", 2, 2, 2), ("c", None, 1, 2)]
    assert "3 values, 2 of them intervals" in repr(found)


def test_a_value_on_which_all_completions_agree_is_a_value() -> None:
    found = triangle().metric("network:fragmentation")
    assert (found.status, found.value, found.lower, found.upper) == ("value", 0, 0, 0)
    assert found.coverage == pytest.approx(2 / 3)


def test_undefined_in_some_completions_is_said() -> None:
    edges = [{"source": "a", "target": "b"}, {"source": "b", "target": "c", "state": "unobserved"}]
    made = Network.from_edges(edges, nodes="abc", model=MODEL)
    found = made.metric("network:closeness-centralization")
    assert found.lower == found.upper == pytest.approx(1)
    assert found.or_undefined == "disconnected"
    assert "= 1, or undefined (disconnected)" in repr(found)


def test_who_is_listed_in_some_completions_only_is_apart() -> None:
    found = triangle().metric("network:cut-points")
    assert found.contributing == () and found.notes["contributing_in_some"] == ("b",)


def test_too_many_pairs_are_not_tried_but_extremes_are() -> None:
    pairs = list(itertools.combinations(range(8), 2))
    made = Network(
        "n",
        [f"n{i}" for i in range(8)],
        [i for i, _ in pairs],
        [j for _, j in pairs],
        edge_attributes={"state": ["present"] * 10 + ["unobserved"] * 18},
        model=MODEL,
    )
    found = made.metric("network:transitivity")
    assert found.lower is None and found.coverage == pytest.approx(10 / 28)
    assert "18 open pairs allow 2^18 networks" in found.no_bounds
    assert made.metric("network:core-number").upper == 7
    assert made.metric("network:yule-q", groups=["x", "y"] * 4).upper is not None


def test_the_weight_of_a_tie_that_nobody_observed_is_not_known() -> None:
    rows = [("a", "b", 2.0, None), ("b", "c", 3.0, None), ("a", "c", 1.0, "unobserved")]
    made = Network.from_edges(
        [{"source": a, "target": b, "weight": w, "state": s} for a, b, w, s in rows],
        nodes="abc",
        model=MODEL,
    )
    found = made.metric("network:strength")
    assert found.values == {"a": 2, "b": 5, "c": 3}
    assert found.no_bounds.startswith("the weight of 1 of 3 ties is not known")
    assert made.metric("network:degree").bounds["a"] == (1, 2)


def test_a_metric_of_another_plugin_is_bounded_too() -> None:
    @jmdi.metric("acme:ties", "Ties", value_is="count")
    def ties(network: Network) -> int:
        """Ties.

        Args:
            network: The network.
        """
        return sum(network.degree().values()) // 2

    found = measure_spec(ties)
    assert (found.lower, found.upper, found.status) == (2, 3, "interval")


def measure_spec(function: Any) -> Result:
    from jmdi.plugins.specs import DECLARED
    from jmdi.running.measuring import run

    (spec,) = getattr(function, DECLARED)
    assert run(MODEL, spec, triangle(), {}, completions=0).value == 2
    return run(MODEL, spec, triangle(), {})
