from __future__ import annotations

import pytest
from network_helpers import MODEL, measure, net, value

import jmdi
from jmdi.errors import BadParameter
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.kinds import Actor
from jmdi.model.relations import Tie
from jmdi_network.kernels.survival import kaplan_meier


def test_two_waves() -> None:
    before, after = net([(0, 1), (1, 2), (2, 3)], 5), net([(0, 1), (1, 3), (0, 4)], 6)
    assert value(before, "stability", other=after) == pytest.approx(1 / 5)
    assert value(before, "turnover", other=after) == pytest.approx(4 / 5)
    assert value(before, "formation", other=after) == pytest.approx(2 / 7)
    assert value(before, "dissolution", other=after) == pytest.approx(2 / 3)
    assert measure(before, "stability", other=after).notes["entries"] == 1
    assert value(before, "formation", other=after, actors="all") == pytest.approx(2 / 12)
    counts = measure(before, "entries-exits", other=after)
    assert dict(counts.values or {}) == {"entries": 1, "exits": 1, "stayed": 3}
    assert measure(net([], 3), "stability", other=net([], 3)).undefined == "zero_denominator"


def test_the_order_of_nodes_does_not_matter() -> None:
    before = net([(0, 1), (1, 2), (2, 3)])
    after = net([(3, 2), (2, 1)], "3210")  # type: ignore[arg-type]
    assert value(before, "stability", other=after) == pytest.approx(2 / 3)


def test_two_days_of_one_dataset() -> None:
    ids = [f"jmdi:actor/{i}" for i in "abc"]
    period = jmdi.Period
    records = [Actor(id=id) for id in ids] + [
        Tie(id="jmdi:tie/1", source=ids[0], target=ids[1], period=period(edtf="2010/2012")),
        Tie(id="jmdi:tie/2", source=ids[1], target=ids[2], period=period(edtf="2011/2015")),
    ]
    network = Dataset(records, model=MODEL).project("actors", co_participation=False)
    found = measure(network, "stability", days=("2011-06-01", "2014-06-01"))
    assert found.value == 0.5 and found.window == ("2011-06-01", "2014-06-01")
    only = measure(
        network, "stability", days=("2011-06-01", "2014-06-01"), options={"co_participation": False}
    )
    assert only.value == 0.5
    with pytest.raises(BadParameter, match="mapping"):
        measure(network, "stability", days=("2011-06-01", "2014-06-01"), options=3)
    lasting = measure(network, "survival", as_of="2014-01-01")
    assert lasting.n_used == 2 and lasting.notes["censored"] == 1
    assert measure(network, "stability").undefined == "not_enough_periods"
    with pytest.raises(BadParameter, match="either"):
        measure(network, "stability", other=network, days=("2011-06-01", "2014-06-01"))


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


def test_a_day_that_is_none_is_refused_with_an_example() -> None:
    plain = Network.from_edges([{"source": "a", "target": "b", "period": "2010/2012"}])
    with pytest.raises(BadParameter, match="2015-12-31, not '2016'"):
        measure(plain, "survival", as_of="2016")
