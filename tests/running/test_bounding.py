"""What open pairs of a network leave open, for metrics that any plugin may add."""

from __future__ import annotations

from typing import Any

import pytest

from jmdi import Metric, Model, Network, Result
from jmdi.errors import ModelError
from jmdi.metrics.result import undefined
from jmdi.running.bounding import MOST, WORK
from jmdi.running.measuring import run

MODEL = Model.build([])


def path(unknown: int = 1, *, more: int = 0, **attributes: Any) -> Network:
    """A star of actors of which some pairs with the centre were not observed."""
    n = 3 + unknown + more
    states = ["present", "present", *["unobserved"] * unknown, *["absent"] * more]
    return Network(
        "n",
        [f"n{i:05}" for i in range(n)],
        [0] * (n - 1),
        range(1, n),
        edge_attributes={"state": states, **attributes},
        model=MODEL,
    )


def measured(function: Any, network: Network, **more: Any) -> Result:
    return run(MODEL, Metric("acme:metric", function, title="Metric", **more), network, {})


def ties(network: Network) -> int:
    return sum(network.degree().values()) // 2


def test_a_plain_number_becomes_an_interval() -> None:
    found = measured(ties, path(2))
    assert (found.status, found.lower, found.upper) == ("interval", 2, 4)
    assert found.coverage == pytest.approx(8 / 10) and found.notes["completions"] == 4
    assert repr(found) == "acme:metric = 2–4   coverage 80 %   (2 of 10 pairs not observed)"


def test_all_pairs_observed_change_nothing() -> None:
    found = measured(ties, path(0, more=1))
    assert found.value == 2 and found.lower is None and "completions" not in found.notes


def test_enumeration_has_a_limit_and_extremes_have_none() -> None:
    pairs = MOST.bit_length() - 1
    assert measured(ties, path(pairs)).upper == 2 + pairs
    found = measured(ties, path(pairs + 1))
    assert found.value == 2 and found.lower is None
    assert found.no_bounds == (
        f"{pairs + 1} open pairs allow 2^{pairs + 1} networks, and at most {MOST} are tried"
    )
    assert repr(found).endswith(f"bounds not known: {found.no_bounds}")
    assert measured(ties, path(pairs + 1), bounds="extremes").upper == 3 + pairs


def test_in_large_networks_fewer_completions_are_tried() -> None:
    large = path(3, more=WORK // 14)
    assert "at most" in measured(ties, large).no_bounds
    assert measured(ties, path(2, more=WORK // 14)).upper == 4


def test_a_reason_is_given_where_bounds_cannot_be_known() -> None:
    found = measured(ties, path(), bounds="ties are counted by hand")
    assert (found.value, found.no_bounds) == (2, "ties are counted by hand")
    with pytest.raises(ModelError, match="or a sentence"):
        Metric("acme:metric", ties, bounds="enumerate")


def test_a_metric_may_know_better() -> None:
    found = measured(ties, path(), bounds="own")
    assert (found.value, found.lower, found.coverage) == (2, None, None)
    estimate = measured(lambda _: Result(value=2.5, lower=2, upper=3), path())
    assert (estimate.value, estimate.lower, estimate.upper) == (2.5, 2, 3)
    closed = measured(lambda _: Result(value=2.5, lower=2, upper=3), path(), bounds="closed")
    assert closed.value is None and closed.interval


def test_undefined_everywhere_stays_undefined() -> None:
    found = measured(lambda _: undefined("no_ties"), path())
    assert found.undefined == "no_ties" and found.or_undefined is None


def test_what_a_metric_needs_to_know_of_a_tie_is_a_reason() -> None:
    def first_kind(network: Network) -> int:
        return sum(len(kind) for kind in network.edge_attributes["type"])

    found = measured(first_kind, path(type=["a", "b", "c"]))
    assert found.value == 3 and found.no_bounds.startswith("it cannot be computed if one is tied")


def test_numbers_within_numbers_and_lists_have_their_places() -> None:
    def shown(network: Network) -> Result:
        degrees = network.degree()
        first = {"degree": degrees["n00000"], "name": "centre"}
        return Result(
            values={"n00000": first, "last": list(degrees)[: ties(network)]},
            contributing=[id for id, degree in degrees.items() if degree],
            notes={"ties": ties(network), "nodes": len(network)},
        )

    found = measured(shown, path())
    assert found.values == {"n00000": {"degree": None, "name": "centre"}, "last": None}
    assert found.bounds == {"n00000": {"degree": (2, 3)}}
    assert found.contributing == ("n00000", "n00001", "n00002")
    assert found.notes["contributing_in_some"] == ("n00003",)
    assert found.notes["nodes"] == 4 and "ties" not in found.notes
    columns = ("element", "degree", "degree_lower", "degree_upper", "name", "value")
    assert tuple(found.table().columns) == columns
    assert next(iter(found.table())) == ("n00000", None, 2, 3, "centre", None)
