"""Ties that are present, absent or were not observed, and what nobody said."""

from __future__ import annotations

import itertools
import math
import random
import re
from typing import Any

import pytest
from network_helpers import measure, value

import jmdi
from jmdi import Network
from jmdi.errors import BadParameter


def said(rows: list[tuple[Any, ...]], name: str, *, n: str = "", directed: bool = False) -> Network:
    """A network whose edges have an attribute of this name."""
    edges = [{"source": a, "target": b, name: what} for a, b, what in rows]
    return Network.from_edges(edges, nodes=n, directed=directed)


def test_a_state_that_is_not_about_presence_leaves_the_tie() -> None:
    made = said([("a", "b", "Queensland"), ("b", "c", "Victoria"), ("a", "c", "absent")], "state")
    found = measure(made, "density")
    assert found.value == pytest.approx(2 / 3) and found.notes["ties_not_present"] == 1


def test_parallel_ties_of_different_states_are_the_same_when_merged_before() -> None:
    rows = [
        ("a", "b", "present"),
        ("a", "b", "unobserved"),
        ("b", "c", "unobserved"),
        ("b", "c", "absent"),
    ]
    made = said(rows, "state", n="abcd")
    for each in (made, made.simple()):
        found = measure(each, "density")
        assert (found.value, found.lower, found.upper) == (1 / 5, 1 / 6, 2 / 6)


def test_kinds_that_are_numbers_count_and_blank_ones_are_unknown() -> None:
    made = said([("a", "b", 0), ("a", "b", 1), ("b", "c", 0), ("c", "d", "")], "type")
    found = measure(made, "multiplexity")
    assert found.value == 1.5 and (found.n_used, found.n_eligible) == (2, 3)
    assert found.notes["ties_of_unknown_kind"] == 1


def test_a_kind_that_is_nan_is_not_known() -> None:
    rows = [("a", "b", "funding"), ("a", "b", math.nan), ("b", "c", math.nan)]
    edges = [{"source": a, "target": b, "type": kind} for a, b, kind in rows]
    for made in (Network.from_edges(edges), Network.from_edges(edges).simple()):
        found = measure(made, "multiplexity")
        assert (found.value, found.n_used, found.n_eligible) == (1, 1, 2)
        assert list(made.layers()) == ["funding"]


def test_kinds_that_the_ends_do_not_agree_on_are_not_added_up_for_certain() -> None:
    rows = [("a", "b", "a", "funding"), ("a", "b", "b", "advocacy"), ("b", "c", "b", "funding")]
    edges = [
        {"source": a, "target": b, "reported_by": who, "type": kind} for a, b, who, kind in rows
    ]
    found = measure(Network.from_edges(edges), "multiplexity")
    assert (found.value, found.lower, found.upper) == (1.5, 1, 1.5)
    both = [*edges, {**edges[0], "reported_by": "b"}, {**edges[1], "reported_by": "a"}]
    assert measure(Network.from_edges(both), "multiplexity").lower is None


def test_response_rate_knows_the_reporters_of_merged_ties() -> None:
    made = said([("a", "b", "a"), ("a", "b", "b"), ("b", "c", "b")], "reported_by")
    assert value(made, "response-rate") == value(made.simple(), "response-rate") == 2 / 3
    with pytest.raises(BadParameter, match="respondents as a list"):
        measure(made, "response-rate", respondents="ab")


def test_a_reporter_may_be_named_instead_of_its_id() -> None:
    nodes = {"1": {"label": "City Hall"}, "2": {"label": "Bank"}, "3": {"label": "Bank"}}
    edges = [
        {"source": "1", "target": "2", "reported_by": "City Hall"},
        {"source": "2", "target": "3", "reported_by": "3"},
        {"source": "1", "target": "3", "reported_by": "Bank"},
    ]
    found = measure(Network.from_edges(edges, nodes=nodes), "response-rate")
    assert found.value == 2 / 3 and found.contributing == ("2",)
    assert found.notes["respondents_not_in_network"] == 1  # two actors have that name


def test_the_response_rate_is_of_those_that_were_asked() -> None:
    """Of three that were asked two answered; a fourth was only named, and owes no answer."""
    edges = [
        {"source": "a", "target": "b", "reported_by": "a"},
        {"source": "b", "target": "only named", "reported_by": "b"},
    ]
    asked = {"a": {"asked": True}, "b": {"asked": True}, "c": {"asked": True}, "only named": {}}
    found = measure(Network.from_edges(edges, nodes=asked), "response-rate")
    assert (found.value, found.n_eligible, found.contributing) == (2 / 3, 3, ("c",))
    nobody: dict[str, dict[str, object]] = {id: {} for id in asked}
    assert measure(Network.from_edges(edges, nodes=nobody), "response-rate").value == 2 / 4
    named = measure(Network.from_edges(edges, nodes=asked), "response-rate", roster=["a", "e"])
    assert (named.value, named.notes["asked_not_in_network"]) == (1 / 2, 1)
    assert named.notes["respondents_not_asked"] == 1
    none = measure(Network.from_edges(edges, nodes=asked), "response-rate", roster=[])
    assert none.undefined == "missing_input"


def test_confirmation_counts_pairs_that_both_ends_report() -> None:
    rows = [("a", "b", "a"), ("a", "b", "b"), ("b", "c", "b"), ("a", "c", "a"), ("c", "d", "c")]
    made = said(rows, "reported_by")
    found = measure(made, "confirmation")  # d did not answer
    assert (found.value, found.lower, found.upper) == (1 / 3, 1 / 4, 2 / 4)
    assert (found.n_used, found.n_eligible) == (3, 4)
    ties = [
        jmdi.Tie(id=str(k), source=a, target=b, reported_by=who)
        for k, (a, b, who) in enumerate(rows)
    ]
    network = jmdi.dataset([*(jmdi.Actor(id=id) for id in "abcd"), *ties]).project("actors")
    again = measure(network, "confirmation")
    assert (again.value, again.lower, again.upper) == (1 / 3, 1 / 4, 2 / 4)
    assert measure(said([("a", "b", None)], "reported_by"), "confirmation").undefined


def test_change_leaves_out_pairs_that_were_not_observed() -> None:
    before = said([("a", "b", "present"), ("b", "c", "unobserved")], "state", n="abcd")
    after = said(
        [("a", "b", "unobserved"), ("b", "c", "present"), ("a", "c", "present")], "state", n="abcd"
    )
    found = measure(before, "change", measure="formation", other=after)
    assert found.value == 1 / 4 and found.notes["pairs_unobserved"] == 2
    # no tie was observed in both: that of a and b may have gone
    gone = measure(before, "change", measure="dissolution", other=after)
    assert gone.interval and (gone.lower, gone.upper) == (0, 1)
    assert gone.or_undefined is None
    assert measure(before, "change", measure="turnover", other=after).value == 1


def test_reach_has_bounds_and_wants_a_number_of_steps() -> None:
    made = said([("a", "b", "present"), ("b", "c", "unobserved")], "state", n="abc")
    found = measure(made, "reach")
    assert (found.value, found.lower, found.upper) == (None, 1 / 3, 1)
    for steps in (0, -1, 1.5, "2"):
        with pytest.raises(BadParameter, match=re.escape(repr(steps))):
            measure(made, "reach", steps=steps)


def test_multiplexity_has_bounds_where_pairs_are_open() -> None:
    rows = [
        {"source": "a", "target": "b", "type": "funding"},
        {"source": "a", "target": "b", "type": "advice"},
        {"source": "b", "target": "c", "type": "advice"},
    ]
    open_ = {"source": "c", "target": "d", "state": "unobserved"}
    found = measure(Network.from_edges([*rows, open_]), "multiplexity")
    assert (found.value, found.lower, found.upper) == (1.5, pytest.approx(4 / 3), None)
    assert found.bounds == {"multiplex_share": (pytest.approx(1 / 3), pytest.approx(2 / 3))}
    assert found.coverage is not None and found.coverage < 1
    assert "= 1.5   [1.333 or more]" in repr(found)
    denied = [{**row, "disputed": row["target"] == "c"} for row in rows]
    found = measure(Network.from_edges(denied), "multiplexity")
    assert (found.value, found.lower, found.upper) == (1.5, 1.5, 2)


def test_the_bounds_of_multiplexity_are_those_of_all_that_disputed_ties_allow() -> None:
    for seed in range(40):
        draw = random.Random(seed)
        rows = [
            {"source": a, "target": b, "type": draw.choice("xyz"), "disputed": draw.random() < 0.4}
            for a, b in draw.choices(list(itertools.combinations("abcd", 2)), k=6)
        ]
        found = measure(Network.from_edges(rows), "multiplexity")
        doubtful = [k for k, row in enumerate(rows) if row["disputed"]]
        means = []
        for there in itertools.product((True, False), repeat=len(doubtful)):
            gone = {k for k, kept in zip(doubtful, there, strict=True) if not kept}
            kept = [{**r, "disputed": False} for k, r in enumerate(rows) if k not in gone]
            if kept:
                means.append(measure(Network.from_edges(kept), "multiplexity").value)
        low = found.value if found.lower is None else found.lower
        high = found.value if found.upper is None else found.upper
        assert (low, high) == pytest.approx((min(means), max(means))), seed
