"""A Result says which network it was computed on, with all that was made of it before."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.metrics.result import Result


def network() -> jmdi.Network:
    kinds = {"ab": "funding", "bc": "advocacy", "cd": "funding"}
    ties = [
        jmdi.Tie(
            id=pair, source=pair[0], target=pair[1], type=jmdi.code("tie-kind", kind), strength=2
        )
        for pair, kind in kinds.items()
    ]
    return jmdi.dataset([*(jmdi.Actor(id=id) for id in "abcd"), *ties]).project("actors")


MADE = {
    "layer": (lambda net: net.layer("funding"), "layer funding"),
    "filter": (lambda net: net.filter(min_weight=1), "edges with weight >= 1"),
    "nodes": (lambda net: net.filter(nodes={"id": {"a", "b"}}), "nodes with id = a or b"),
    "subnetwork": (lambda net: net.subnetwork(["a", "b", "c"]), "only 3 of 4 nodes"),
    "ego": (lambda net: net.ego("a"), "around a"),
    "component": (lambda net: net.largest_component(), "largest component, 4 of 4 nodes"),
    "isolates": (lambda net: net.without_isolates(), "without 0 isolates"),
    "dichotomize": (lambda net: net.dichotomize(2), "weight >= 2"),
    "contract": (lambda net: net.contract("kind"), "blocks by kind"),
    "two": (
        lambda net: net.layer("funding").subnetwork(["a", "b", "c"]),
        "layer funding; only 3 of 4 nodes",
    ),
}


@pytest.mark.parametrize("made", MADE)
def test_the_subject_says_what_was_made_of_the_network(made: str) -> None:
    make, said = MADE[made]
    found: Result = make(network()).metric("isolates")
    assert found.subject == f"network actors ({said})"
    assert f"Computed on {found.subject}" in found.cite()


def test_the_subject_says_how_a_directed_network_lost_its_direction() -> None:
    net = jmdi.Network.from_edges([("a", "b"), ("b", "a")], directed=True, name="advice")
    assert net.symmetrize("min").metric("density").subject == "network advice (symmetrized by min)"
