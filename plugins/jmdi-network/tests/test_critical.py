from __future__ import annotations

import math

import pytest
from network_helpers import karate, measure, net, random_net

import jmdi_network
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi_network import best_ties, criticality

PATH = net([(0, 1), (1, 2), (2, 3)])


def test_removing_each_actor() -> None:
    found = criticality(PATH, "network:fragmentation")
    assert found.values is not None
    for node in PATH.nodes:
        rest = PATH.subnetwork([n for n in PATH.nodes if n != node])
        assert found.values[node]["without"] == measure(rest, "fragmentation").value
    assert found.value == pytest.approx(2 / 3) and found.notes["most_critical"] in ("1", "2")


def test_removing_each_tie_takes_parallel_ones() -> None:
    made = net([(0, 1), (1, 0), (1, 2)])
    found = criticality(made, "network:fragmentation", of="ties")
    assert dict((found.values or {})["0 – 1"]) == {
        "without": pytest.approx(2 / 3),
        "change": pytest.approx(2 / 3),
    }


def test_undefined_and_defined_again_are_told() -> None:
    made = net([(0, 1), (1, 2), (0, 2)], 4)
    found = criticality(made, "network:closeness-centralization")
    assert found.undefined == "disconnected" and found.values is not None
    assert found.values["3"]["becomes"] == "defined" and found.values["3"]["without"] == 0
    loose = criticality(net([(0, 1), (1, 2)]), "network:transitivity")
    assert loose.undefined == "zero_denominator" or loose.values is not None


def test_groups_in_any_form_go_along() -> None:
    for groups in ("club", dict.fromkeys(karate().nodes, "x") | {"0": "y"}, ["x", "y"] * 17):
        found = criticality(karate(), "network:ei-index", parameters={"groups": groups})
        assert len(found.values or {}) == 34


def test_best_tie_is_the_best_of_all() -> None:
    made = net([(0, 1), (1, 2), (3, 4)], 6)
    found = best_ties(made, "network:fragmentation", goal="lower")
    assert found.value == pytest.approx(1 - 20 / 30)
    assert found.notes["search"] == "exhaustive"
    both = best_ties(made, "network:fragmentation", goal="lower", count=2)
    assert both.value == 0 and "greedy" in both.notes["search"]
    assert len(both.contributing) == 4


def test_candidates() -> None:
    made = Network.from_edges(
        [("a", "b")], nodes={x: {"side": s} for x, s in (("a", 1), ("b", 2), ("c", 2), ("d", None))}
    )
    found = best_ties(made, "density", across="side")
    assert found.contributing == ("a", "c") and found.n_used == 1
    named = best_ties(made, "density", candidates=[("c", "d"), ("a", "b")])
    assert named.contributing == ("c", "d")
    with pytest.raises(BadParameter, match="pairs could be tied"):
        best_ties(made, "density", most=1)
    with pytest.raises(BadParameter, match="does not take of='magic'"):
        measure(made, "criticality", metric="density", of="magic")


def test_workers_do_not_matter() -> None:
    one, two = (criticality(karate(), "network:transitivity", workers=w) for w in (1, 2))
    assert one == two


@pytest.mark.parametrize("weights", [False, True])
def test_the_network_without_an_actor_is_the_subnetwork(weights: bool) -> None:
    from jmdi_network.removal import _less

    for made in (random_net(3, 9, 0.4, directed=True, weights=weights), net([], 3)):
        for place, id in enumerate(made.nodes):
            assert _less(made, place) == made.subnetwork([x for x in made.nodes if x != id])


def test_a_list_of_groups_is_in_the_order_of_the_network() -> None:
    made = net([("d", "c"), ("c", "b"), ("d", "a")], "dcba")
    groups = ["x", "y", "y", "y"]
    by_list = best_ties(made, "network:ei-index", goal="lower", parameters={"groups": groups})
    given = dict(zip(made.nodes, groups, strict=True))
    by_name = best_ties(made, "network:ei-index", goal="lower", parameters={"groups": given})
    assert by_list.value == by_name.value and by_list.notes["before"] == by_name.notes["before"]


def test_a_group_that_goes_with_its_last_actor_is_undefined_then() -> None:
    made = net([(0, 1), (1, 2), (2, 3)], 4)
    options = {"groups": {"0": "x", "1": "y", "2": "y", "3": "y"}, "level": "group"}
    found = criticality(made, "network:ei-index", parameters=options, entry="x")
    assert (found.values or {})["0"]["becomes"] == "missing_input"
    interval = jmdi_network.bootstrap(
        made, "network:ei-index", parameters=options, entry="y", draws=200
    )
    assert (interval.values or {})["undefined_draws"] > 0


def test_across_an_attribute_that_is_not_known_no_tie_is_tried() -> None:
    made = net([], 4)
    found = best_ties(made, "density", across=[math.nan, math.nan, "a", "b"])
    assert found.n_used == 1 and found.contributing == ("2", "3")


def test_of_actors_that_are_as_critical_the_first_by_id_is_named() -> None:
    rows = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    for nodes in ("abcde", "edcba"):
        found = criticality(net(rows, nodes), "components", entry="largest_share")
        assert found.notes["most_critical"] == "c"
        found = criticality(net([*rows, ("e", "a")], nodes), "density")
        assert found.contributing == ("a",) and found.notes["as_critical"] == 4
