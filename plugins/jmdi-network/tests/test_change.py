from __future__ import annotations

import pickle
from collections.abc import Iterable
from itertools import combinations, combinations_with_replacement, permutations, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from network_helpers import MODEL, measure, net

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.kinds import Actor
from jmdi.model.relations import Tie
from jmdi_network.kernels.survival import kaplan_meier, median_bounds


def changed(before: Network, after: Network, which: str, **more: Any) -> Result:
    return measure(before, "change", measure=which, other=after, **more)


def test_two_waves() -> None:
    before, after = net([(0, 1), (1, 2), (2, 3)], 5), net([(0, 1), (1, 3), (0, 4)], 6)
    assert changed(before, after, "stability").value == pytest.approx(1 / 5)
    assert changed(before, after, "turnover").value == pytest.approx(4 / 5)
    assert changed(before, after, "formation").value == pytest.approx(2 / 7)
    assert changed(before, after, "dissolution").value == pytest.approx(2 / 3)
    assert changed(before, after, "stability").notes["entries"] == 1
    assert changed(before, after, "formation", actors="all").value == pytest.approx(2 / 12)
    counts = measure(before, "entries-exits", other=after)
    assert dict(counts.values or {}) == {"entries": 1, "exits": 1, "stayed": 3}
    assert changed(net([], 3), net([], 3), "stability").undefined == "zero_denominator"


STATE = st.sampled_from(["present", "absent", "unobserved"])


@given(st.lists(st.tuples(STATE, STATE), min_size=6, max_size=6), st.booleans())
def test_bounds_of_change_are_those_of_all_completions(
    states: list[tuple[str, str]], directed: bool
) -> None:
    pairs = list((permutations if directed else combinations)("abc" if directed else "abcd", 2))

    def wave(said: Iterable[str]) -> Network:
        edges = [
            {"source": a, "target": b, "state": s} for (a, b), s in zip(pairs, said, strict=True)
        ]
        return Network.from_edges(edges, nodes="abcd"[: 4 - directed], directed=directed)

    before, after = zip(*states, strict=True)
    unknown = [(k, w) for k, row in enumerate(states) for w in (0, 1) if row[w] == "unobserved"]
    assume(len(unknown) <= 5)
    for which in ("stability", "formation", "dissolution", "turnover"):
        found = changed(wave(before), wave(after), which)
        values = set()
        for bits in product(("present", "absent"), repeat=len(unknown)):
            filled = [list(row) for row in states]
            for (k, w), state in zip(unknown, bits, strict=True):
                filled[k][w] = state
            first, second = zip(*filled, strict=True)
            values.add(changed(wave(first), wave(second), which).value)
        values -= {None}
        point = found.value
        assert found.lower == (min(values) if values and values != {point} else None)
        assert found.upper == (max(values) if values and values != {point} else None)
        assert found.n_used == 6 - len({k for k, _ in unknown}) and found.n_eligible == 6


def test_the_order_of_nodes_does_not_matter() -> None:
    before = net([(0, 1), (1, 2), (2, 3)])
    after = net([(3, 2), (2, 1)], "3210")  # type: ignore[arg-type]
    assert changed(before, after, "stability").value == pytest.approx(2 / 3)


def test_two_days_of_one_dataset() -> None:
    ids = [f"jmdi:actor/{i}" for i in "abc"]
    period = jmdi.Period
    records = [Actor(id=id) for id in ids] + [
        Tie(id="jmdi:tie/1", source=ids[0], target=ids[1], period=period(edtf="2010/2012")),
        Tie(id="jmdi:tie/2", source=ids[1], target=ids[2], period=period(edtf="2011/2015")),
    ]
    network = Dataset(records, model=MODEL).project("actors", co_participation=False)
    found = measure(network, "change", days=("2011-06-01", "2014-06-01"))
    assert found.value == 0.5 and found.window == ("2011-06-01", "2014-06-01")
    only = measure(
        network, "change", days=("2011-06-01", "2014-06-01"), options={"co_participation": False}
    )
    assert only.value == 0.5
    with pytest.raises(BadParameter, match="mapping"):
        measure(network, "change", days=("2011-06-01", "2014-06-01"), options=3)
    lasting = measure(network, "survival", as_of="2014-01-01")
    assert lasting.n_used == 2 and lasting.notes["censored"] == 1
    assert measure(network, "change").undefined == "not_enough_periods"
    with pytest.raises(BadParameter, match="either"):
        measure(network, "change", other=network, days=("2011-06-01", "2014-06-01"))


def test_two_days_are_projected_as_the_network_was() -> None:
    kinds = [jmdi.code("tie-kind", kind) for kind in ("funding", "advocacy")]
    ties = [
        Tie(id="1", source="a", target="b", type=kinds[0], period=jmdi.Period("2010/..")),
        Tie(id="2", source="b", target="c", type=kinds[1], period=jmdi.Period("2010/2012")),
    ]
    dataset = Dataset([*(Actor(id=id) for id in "abc"), *ties], model=MODEL)
    days = ("2011-06-01", "2014-06-01")
    assert measure(dataset.project("actors"), "change", days=days).value == 0.5
    funding = dataset.project("actors", tie_kinds="funding")
    assert funding.projected == ("actors", {"tie_kinds": "funding"})
    again = pickle.loads(pickle.dumps(funding))
    for network in (funding, again):
        assert measure(network, "change", days=days).value == 1
        found = measure(network, "change", days=days, options={"tie_kinds": "advocacy"})
        assert found.value == 0
        assert measure(network, "entries-exits", days=days).values["stayed"] == 2
    assert dataset.metric("network:change", days=days, tie_kinds="funding").value == 1
    # a part of a network is not what the dataset is projected to on another day
    layer = dataset.project("actors").layer("funding")
    assert layer.projected is None
    with pytest.raises(BadParameter, match="as it was projected"):
        measure(layer, "change", days=days)
    assert measure(layer, "change", days=days, project_as="actors").value == 0.5


def test_two_waves_of_one_dataset() -> None:
    rows = {1: ("ab", "bc", "ca"), 2: ("ab", "cb", "cd")}
    ties = [
        Tie(id=f"{wave}{a}{b}", source=a, target=b, directed=True, period=jmdi.Period(wave=wave))
        for wave, pairs in rows.items()
        for a, b in pairs
    ]
    dataset = Dataset([*(Actor(id=id) for id in "abcd"), *ties], model=MODEL)
    found = dataset.metric("network:change", days=(1, 2))
    assert (found.value, found.notes["waves"], found.window) == (1 / 5, (1, 2), None)
    first, second = (dataset.project("actors", as_of=wave) for wave in (1, 2))
    assert measure(first, "change", other=second).value == found.value
    # on a day, all are open: there may be a tie, and there may be none
    on_days = dataset.metric("network:change", days=("2015-01-01", "2016-01-01"))
    assert on_days.interval and (on_days.lower, on_days.upper) == (0, 1)
    assert on_days.or_undefined == "zero_denominator"


DATED = [None, None, *map(jmdi.Period, ("2010/2011", "2010/2016", "2014/..", "2017"))]


@given(st.lists(st.sampled_from(DATED), min_size=6, max_size=6), st.data())
def test_change_between_two_days_allows_every_dating(
    periods: list[jmdi.Period | None], data: st.DataObject
) -> None:
    def change_of(given: list[jmdi.Period | None], which: str) -> Result:
        pairs = zip(combinations("abcd", 2), given, strict=True)
        ties = [Tie(id=a + b, source=a, target=b, period=period) for (a, b), period in pairs]
        network = Dataset([*(Actor(id=id) for id in "abcd"), *ties], model=MODEL).project("actors")
        return measure(network, "change", measure=which, days=("2010-06-01", "2015-06-01"))

    filled = [p or data.draw(st.sampled_from(list(filter(None, DATED)))) for p in periods]
    for which in ("stability", "formation", "dissolution", "turnover"):
        found, dated = change_of(periods, which), change_of(filled, which)
        assert found.n_used == 6 - periods.count(None)
        if dated.value is None:
            assert "zero_denominator" in (found.undefined, found.or_undefined)
        else:
            assert found.defined
            low = found.value if found.lower is None else found.lower
            high = found.value if found.upper is None else found.upper
            assert low is not None and high is not None and low <= dated.value <= high


def test_kaplan_meier_by_hand() -> None:
    curve, median = kaplan_meier([1, 2, 2, 3, 4], [True, True, False, True, False])
    assert curve == pytest.approx({"1": 0.8, "2": 0.6, "3": 0.3})
    assert median == 3
    assert kaplan_meier([1, 5, 5], [True, False, False])[1] is None


def test_survival_tells_open_from_unknown_ends() -> None:
    rows = [
        "2010-01-01/2010-01-10",
        "2010-01-01/..",
        "2010-01-01/",
        "",
        None,
        "2012-01-01/2012-02-01",
    ]
    made = Network.from_edges(
        [{"source": "a", "target": f"b{i}", "period": row} for i, row in enumerate(rows)]
    )
    found = measure(made, "survival", as_of="2011-01-01")
    assert (found.n_used, found.n_eligible) == (2, 6)
    assert found.notes["ended"] == 1 and found.notes["censored"] == 1
    assert found.value == 10 and dict(found.values or {}) == {"10": 0.5}
    early = measure(made, "survival", as_of="2010-01-05")
    assert early.undefined == "network:median_not_reached"


YEARS = st.tuples(st.integers(2000, 2012), st.none() | st.integers(0, 8)).map(
    lambda span: f"{span[0]}/{'..' if span[1] is None else span[0] + span[1]}"
)


@given(st.lists(YEARS, min_size=1, max_size=6), st.lists(st.none() | YEARS, min_size=1, max_size=4))
def test_the_bounds_of_survival_contain_every_dating(known: list[str], dated: list[Any]) -> None:
    def lasting(periods: list[Any]) -> Result:
        ends = enumerate(periods)
        rows = [{"source": "a", "target": f"b{i}", "period": period} for i, period in ends]
        return measure(Network.from_edges(rows), "survival", as_of="2010-06-01")

    found = lasting([*known, *(None for _ in dated)])
    filled = lasting([*known, *filter(None, dated)])
    assume(found.n_used)
    assert found.lower is not None
    if found.value is not None:
        assert found.lower <= found.value
        assert found.upper is None or found.value <= found.upper
    if filled.value is None:
        assert found.upper is None
    else:
        assert found.lower <= filled.value
        assert found.upper is None or filled.value <= found.upper


TIMES = st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=5)


@given(TIMES, st.integers(1, 2))
def test_the_bounds_of_a_median_are_reached(spans: list[tuple[int, bool]], unknown: int) -> None:
    times, ended = [float(time) for time, _ in spans], [end for _, end in spans]
    ends = [p + late for p in {0.0, *times} for late in (0, 1e-6) if p + late]
    medians = []
    for chosen in combinations_with_replacement([*ends, None], unknown):
        every = [99.0 if end is None else end for end in chosen]
        over = [end is not None for end in chosen]
        medians.append(kaplan_meier(times + every, ended + over)[1])
    low, high = median_bounds(times, ended, unknown)
    assert low == pytest.approx(min(m for m in medians if m is not None), abs=1e-5)
    known = [m for m in medians if m is not None]
    assert (
        high is None if len(known) < len(medians) else high == pytest.approx(max(known), abs=1e-5)
    )


def test_a_day_that_is_none_is_refused_with_an_example() -> None:
    plain = Network.from_edges([{"source": "a", "target": "b", "period": "2010/2012"}])
    with pytest.raises(BadParameter, match="2015-12-31, not '2016'"):
        measure(plain, "survival", as_of="2016")
