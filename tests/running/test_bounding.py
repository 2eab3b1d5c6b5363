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


def test_a_share_just_below_one_is_not_shown_as_all() -> None:
    found = measured(ties, path(1, more=40))
    assert "coverage over 99 %" in repr(found)


def test_random_draws_count_among_the_work() -> None:
    def drawn(network: Network, *, draws: int = 1, seed: int = 1) -> int:
        return ties(network)

    metric = Metric("acme:drawn", drawn, title="Drawn")
    few, many = (run(MODEL, metric, path(2), {"draws": draws}) for draws in (10, 10_000))
    assert (few.lower, few.upper) == (2, 4)
    assert many.no_bounds.endswith("of 10,000 draws each")


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
    assert found.value == 3
    assert found.no_bounds.startswith("in some of the networks that are possible it cannot be")


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


def reported(*numbers: tuple[float, ...], states: tuple[str, ...] = ()) -> Network:
    """A star whose ties are reported with these weights, 0 for no tie; the highest counts."""
    n = len(numbers)
    attributes: dict[str, Any] = {
        "reports": [tuple((f"n{k}", weight) for k, weight in enumerate(one)) for one in numbers],
        "disputed": [0 in one and any(one) for one in numbers],
    }
    if states:
        attributes["state"] = states
    there = [not states or state == "present" for state in states or numbers]
    return Network(
        "n",
        [f"n{i}" for i in range(n + 1)],
        [0] * n,
        range(1, n + 1),
        weight=[max(one) if tied else 0 for one, tied in zip(numbers, there, strict=True)],
        edge_attributes=attributes,
        model=MODEL,
    )


def total(network: Network) -> float:
    assert network.weight is not None
    return sum(network.weight)


def test_weights_that_are_reported_differently_give_bounds_of_what_reads_them() -> None:
    found = measured(total, reported((4, 2), (1,), (3, 3)))
    assert (found.value, found.lower, found.upper) == (8, 6, 8)
    assert found.notes["weights_disputed"] == 1 and found.coverage is None
    unread = measured(ties, reported((4, 2), (1,), (3, 3)))
    assert (unread.value, unread.lower) == (3, None) and "weights_disputed" not in unread.notes


def test_weights_of_a_disputed_tie_are_those_that_are_reported() -> None:
    found = measured(total, reported((4, 0), (5, 3)))
    assert (found.value, found.lower, found.upper) == (9, 3, 9)
    denied = measured(total, reported((4, 0), (5, 3), states=("absent", "present")))
    assert (denied.value, denied.lower, denied.upper) == (5, 3, 9)
    same = measured(ties, reported((4, 0), (5, 3), states=("absent", "present")))
    assert (same.value, same.lower, same.upper) == (1, 1, 2)


def test_of_many_weights_that_differ_the_bounds_are_not_known() -> None:
    many = reported(*[(4, 2)] * MOST.bit_length())
    for how in ("enumerated", "extremes"):
        found = measured(total, many, bounds=how)
        assert (found.value, found.lower) == (4 * MOST.bit_length(), None)
        assert found.no_bounds.startswith(f"{MOST.bit_length()} ties of several weights")
    assert measured(ties, many).no_bounds == ""
