"""Of what is not dated nobody knows whether it holds on a day: every dating is allowed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import Actor, Dataset, Initiative, Network, Participates, Partnership, Party, Period, Tie

DAY = "2015-06-01"
DATED = [Period("2015/.."), Period("2016"), Period("2010/2014")]
PERIODS = st.sampled_from([None, None, *DATED])
PROJECTIONS: list[tuple[str, dict[str, Any]]] = [
    ("full", {}),
    ("actors", {}),
    ("actors", {"co_participation": False}),
    ("co-participation", {"weight": "count"}),
    ("co-participation", {"weight": "newman"}),
    ("co-participation", {"weight": "jaccard"}),
    ("actors-initiatives", {}),
    ("partnerships", {"style": "clique"}),
    ("corridors", {}),
    ("corridors", {"count": "fractional"}),
]


@st.composite
def records(draw: st.DrawFn) -> list[jmdi.Record]:
    countries = {"a": "MA", "b": "FR", "c": "ES"}
    actors = [Actor(id=id, country=country) for id, country in countries.items()]
    found: list[jmdi.Record] = [*actors, Initiative(id="i"), Initiative(id="j")]
    for number in range(draw(st.integers(0, 5))):
        actor, of = draw(st.sampled_from("abc")), draw(st.sampled_from("ij"))
        side = jmdi.code("side", draw(st.sampled_from(["origin", "destination", "both"])))
        period = draw(PERIODS)
        found.append(
            Participates(id=f"p{number}", source=actor, target=of, side=side, period=period)
        )
    for number in range(draw(st.integers(0, 3))):
        source, target = draw(st.sampled_from(["ab", "ba", "bc", "ac"]))
        directed = draw(st.sampled_from([None, False, True]))
        more: dict[str, Any] = {"directed": directed, "period": draw(PERIODS)}
        found.append(Tie(id=f"t{number}", source=source, target=target, **more))
    for number in range(draw(st.integers(0, 2))):
        parties = tuple(Party(actor=id) for id in draw(st.sampled_from(["ab", "abc", "bc"])))
        found.append(Partnership(id=f"q{number}", parties=parties, period=draw(PERIODS)))
    return found


def pairs(network: Network) -> dict[tuple[str, ...], list[float | None]]:
    """The tied pairs of different nodes, with the weights of their edges."""
    found: dict[tuple[str, ...], list[float | None]] = {}
    for edge in network.edges:
        ends = (edge.source, edge.target)
        if edge.source != edge.target:
            key = ends if network.directed else tuple(sorted(ends))
            found.setdefault(key, []).append(edge.weight)
    return found


@pytest.mark.parametrize(("name", "options"), PROJECTIONS)
@given(found=records(), data=st.data())
def test_a_network_of_a_day_allows_every_dating(
    name: str, options: dict[str, Any], found: list[jmdi.Record], data: st.DataObject
) -> None:
    network = Dataset(found).project(name, as_of=DAY, **options)
    filled = [
        jmdi.evolve(record, period=data.draw(st.sampled_from(DATED)))
        if getattr(record, "period", 0) is None and not isinstance(record, Initiative)
        else record
        for record in found
    ]
    dated = Dataset(filled).project(name, as_of=DAY, **options)
    assert not dated.unobserved
    unseen = {(network.nodes[i], network.nodes[j]) for i, j in network.unobserved}
    unseen = unseen if network.directed else {tuple(sorted(pair)) for pair in unseen}
    known, there = pairs(network), pairs(dated)
    assert known.keys() <= there.keys() <= known.keys() | unseen
    assert not known.keys() & unseen
    if name in ("co-participation", "corridors"):  # one edge for each pair
        for pair, (weight,) in known.items():
            if weight is not None:
                assert there[pair] == [pytest.approx(weight)]


def test_an_undated_tie_without_direction_has_one_answer_in_full() -> None:
    ties = [Tie(id="1", source="a", target="b", directed=True), Tie(id="2", source="c", target="b")]
    dataset = Dataset([*(Actor(id=id) for id in "abc"), *ties])
    for name in ("full", "actors"):
        network = dataset.project(name, as_of=DAY)
        assert network.unobserved == ((0, 1), (1, 2), (2, 1))
        assert network.both_ways == ((1, 2),)
    both = Tie(id="3", source="b", target="c", directed=True)
    assert Dataset([*dataset, both]).project("full", as_of=DAY).both_ways == ()
