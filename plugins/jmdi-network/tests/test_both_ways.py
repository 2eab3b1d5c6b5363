"""Ties without direction in directed networks: both directions of an open one have one answer."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from network_helpers import MODEL, measure

from jmdi import Actor, Network, Tie, code
from jmdi_network import null

METRICS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reciprocity", {}),
    ("reciprocity", {"measure": "dyadic"}),
    ("reciprocity", {"measure": "confirmation"}),
    ("dyad-census", {}),
    ("triad-census", {}),
    ("transitivity", {"kind": "weak"}),
    ("degree", {}),
)


def tie(number: object, ends: tuple[int, int], **more: Any) -> Tie:
    state = more.pop("state", None)
    more |= {} if state is None else {"state": code("presence", state)}
    a, b = ends
    return Tie(id=f"tie/{number}", source=f"n{a}", target=f"n{b}", **more)


def seen(ties: Sequence[Tie], **parameters: Any) -> Network:
    actors = [Actor(id=f"n{k}") for k in range(5)]
    return MODEL.dataset([*actors, *ties]).project("actors", **parameters)


def drawn(seed: int) -> tuple[list[Tie], list[int]]:
    """Ties of which at most three are open, each the only one of its pair."""
    draw = random.Random(seed)
    pairs = draw.sample(list(itertools.combinations(range(5), 2)), 7)
    ties = [tie("arc", pairs[0], directed=True)]
    for number, (a, b) in enumerate(pairs[1:]):
        ends = (a, b) if draw.random() < 0.5 else (b, a)
        state = "unobserved" if number < 3 else None
        ties.append(tie(number, ends, directed=draw.choice([True, False, None]), state=state))
    return ties, [1, 2, 3]


def answered(ties: Sequence[Tie], open_: Sequence[int]) -> Iterator[Network]:
    """All networks in which somebody has found out about the open ties."""
    for states in itertools.product(("present", "absent"), repeat=len(open_)):
        found = dict(zip(open_, states, strict=True))
        yield seen(
            [
                tie(t.id, (int(t.source[1]), int(t.target[1])), directed=t.directed, state=s)
                if (s := found.get(k))
                else t
                for k, t in enumerate(ties)
            ]
        )


def numbers(found: Any) -> dict[str, tuple[float, float]]:
    ends = {k: (v, v) for k, v in (found.values or {}).items() if v is not None}
    ends |= dict(found.bounds)
    if found.value is not None:
        ends[""] = (found.value, found.value)
    if found.lower is not None:
        ends[""] = (found.lower, found.upper)
    return ends


@pytest.mark.parametrize(("name", "parameters"), METRICS)
@pytest.mark.parametrize("seed", range(6))
def test_bounds_are_those_of_all_answers(name: str, parameters: dict[str, Any], seed: int) -> None:
    ties, open_ = drawn(seed)
    every = [numbers(measure(net, name, **parameters)) for net in answered(ties, open_)]
    found = numbers(measure(seen(ties), name, **parameters))
    for key in every[0]:
        low = min(one[key][0] for one in every if key in one)
        high = max(one[key][1] for one in every if key in one)
        assert found[key] == pytest.approx((low, high))


def test_a_tie_without_direction_is_mutual_or_none() -> None:
    arc = tie("arc", (0, 1), directed=True)
    net = seen([arc, tie("open", (2, 3), state="unobserved")])
    assert net.unobserved == ((2, 3), (3, 2)) and net.both_ways == ((2, 3),)
    found = measure(net, "dyad-census")
    assert found.bounds["mutual"] == (0, 1) and found.bounds.get("asymmetric", (1, 1)) == (1, 1)
    either = seen([arc, tie("open", (2, 3), state="unobserved", directed=True)])
    assert either.both_ways == ()
    both = [tie("open", (2, 3), state="unobserved"), tie("x", (2, 3), state="unobserved")]
    assert seen([arc, *both]).both_ways == ((2, 3),)
    both[1] = tie("x", (2, 3), state="unobserved", directed=True)
    assert seen([arc, *both]).both_ways == ()


def test_reports_of_a_tie_without_direction_hold_for_both_directions() -> None:
    arc = tie("arc", (0, 1), directed=True)
    said = [
        tie("a", (2, 3), reported_by="n2", strength=4),
        tie("b", (2, 3), reported_by="n3", strength=2),
        tie("c", (3, 4), reported_by="n3", strength=1),
        tie("d", (3, 4), reported_by="n4", state="absent"),
    ]
    net = seen([arc, *said])
    assert net.disputed == ((3, 4), (4, 3)) and net.both_ways == ((3, 4),)
    found = measure(net, "reciprocity")
    assert (found.lower, found.upper) == pytest.approx((2 / 3, 4 / 5))
    weights = measure(seen(said, directed=True, tie_kinds=None), "density")
    assert weights.defined
    heavy = measure(seen([tie("arc", (0, 1), directed=True, strength=1), *said[:2]]), "strength")
    assert heavy.bounds["n2"] == heavy.bounds["n3"] == (4, 8)
    assert heavy.notes["completions"] == 2


def test_they_come_through_files_and_smaller_networks() -> None:
    ties = [
        tie("arc", (0, 1), directed=True),
        tie("open", (2, 3), state="unobserved"),
        tie("one", (3, 4), state="unobserved", directed=True),
    ]
    net = seen(ties)
    assert net.subnetwork(["n1", "n2", "n3"]).both_ways == ((1, 2),)
    assert net.simple().both_ways == ((2, 3),)
    for format in ("graphml", "gexf", "node-link", "cytoscape"):
        stream = io.BytesIO()
        MODEL.write(net, stream, format=format)
        stream.seek(0)
        again = MODEL.read(stream, format=format).project("actors")
        assert (again.unobserved, again.both_ways) == (net.unobserved, net.both_ways), format


def test_intensities_that_nobody_knows_are_of_their_scale() -> None:
    ties = [
        tie("a", (0, 1), intensity=3),
        tie("b", (1, 2), state="unobserved"),
        tie("c", (2, 3)),
    ]
    found = measure(seen(ties, weight="intensity"), "strength")
    assert found.values == {"n0": 3, "n1": None, "n2": None, "n3": None, "n4": 0}
    assert found.bounds["n1"] == (3, 8) and found.bounds["n2"] == (1, 10)
    strengths = [tie("a", (0, 1), strength=3), *ties[1:2]]
    lost = measure(seen(strengths), "strength")
    assert "the weight of 1 of 2 ties is not known, and has no range" in lost.no_bounds


def test_null_models_know_the_scale_of_intensities() -> None:
    ties = [tie(k, ends, intensity=k + 1) for k, ends in enumerate([(0, 1), (1, 2), (3, 4)])]
    net = seen([*ties, tie("open", (2, 3), state="unobserved")], weight="intensity")
    found = null(net, "network:strength", entry="n2", model="edges", draws=19, exact=0)
    assert {end: row["observed"] for end, row in found.values.items()} == {"lower": 2, "upper": 7}
    assert all(row["undefined_draws"] == 0 for row in found.values.values())
