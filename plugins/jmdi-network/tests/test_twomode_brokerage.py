"""Brokerage of two modes: by hand, chain by chain, and as R has it."""

from __future__ import annotations

import pytest
from network_helpers import measure
from test_parity_r import TABLE, two_modes

from jmdi.errors import BadParameter
from jmdi.graph.network import Network

ROLES = ("coordinator", "itinerant", "gatekeeper", "liaison")


def test_by_hand() -> None:
    """v meets a at e and g, and b at f: two chains and one pair; c is at e with a and v."""
    ties = [("a", "e"), ("a", "g"), ("v", "e"), ("v", "g"), ("v", "f"), ("b", "f"), ("c", "e")]
    made = Network.from_edges(ties, two_mode=True)
    group = {"a": "x", "v": "x", "b": "y", "c": "y", "e": "p", "g": "q", "f": "q"}
    chains = measure(made, "two-mode-brokerage", groups=group, between=group).values or {}
    assert {name: n for name, n in chains["v"].items() if n} == {
        "itinerant": 1,
        "itinerant_mixed": 1,
        "gatekeeper": 2,
        "gatekeeper_same": 1,
        "gatekeeper_mixed": 1,
        "total": 3,
        "total_same": 1,
        "total_mixed": 2,
    }
    pairs = measure(made, "two-mode-brokerage", groups=group, count="pairs").values or {}
    assert (pairs["v"]["gatekeeper"], pairs["v"]["total"], pairs["a"]["total"]) == (1, 2, 0)
    events = measure(made, "two-mode-brokerage", groups=group, mode=1).values or {}
    assert set(events) == {"e", "f", "g"}
    whole = measure(made, "two-mode-brokerage", groups=group, level="network")
    assert whole.value == (whole.values or {})["total"] == 3


@pytest.mark.parametrize("name", TABLE["two_mode_brokerage"])
def test_chains_and_pairs_of_r(name: str) -> None:
    """sna counts pairs of the projection in both orders, so that all but gatekeepers double."""
    made, _ = two_modes(name)
    expected = TABLE["two_mode_brokerage"][name]
    group = {id: f"{id[0]}{int(id.split()[1]) % (3 if id[0] == 'r' else 2)}" for id in made.nodes}
    found = measure(made, "two-mode-brokerage", groups=group, between=group).values or {}
    names = [*ROLES, *(f"{role}_same" for role in ROLES), *(f"{role}_mixed" for role in ROLES)]
    assert [row[name] for row in found.values() for name in names] == expected["chains"]
    pairs = measure(made, "two-mode-brokerage", groups=group, count="pairs").values or {}
    of_sna = ("coordinator", "itinerant", "gatekeeper", "gatekeeper", "liaison", "total")
    (call,) = (key for key in expected if key.startswith("brokerage"))
    assert [
        row[name] * (1 if name == "gatekeeper" else 2) for row in pairs.values() for name in of_sna
    ] == expected[call]


def test_unknown_groups_are_left_out_and_counted() -> None:
    ties = [("a", "e"), ("v", "e"), ("v", "f"), ("b", "f")]
    made = Network.from_edges(ties, two_mode=True)
    found = measure(made, "two-mode-brokerage", groups={"a": "x", "v": "x"})
    assert (found.values or {})["b"] is None and (found.values or {})["v"]["total"] == 0
    assert found.notes["chains_of_unknown_group"] == 1
    none = measure(made, "two-mode-brokerage", groups={"e": "x"})
    assert none.undefined == "no_known_group"
    with pytest.raises(BadParameter, match="chains"):
        measure(made, "two-mode-brokerage", groups={"a": "x"}, between={"e": "p"}, count="pairs")
