"""Several reports of one tie: the rule, what the network keeps of them, and files."""

from __future__ import annotations

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.graph.pairs import edge_states

FORMATS = ["graphml", "gexf", "node-link", "cytoscape"]
RULES = ["max", "min", "mean", "both"]
STATE = st.sampled_from([None, None, "present", "absent", "unobserved"])


def tie(number, reporter, strength=None, state=None, ends="ab", own=(), **more):
    return jmdi.Tie(
        id=f"t{number}",
        source=ends[0],
        target=ends[1],
        strength=strength,
        reported_by=reporter,
        state=jmdi.code("presence", state) if state else None,
        extra=dict(own),
        **more,
    )


def dataset(*ties):
    return jmdi.dataset([*(jmdi.Actor(id=name) for name in "abc"), *ties])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((4, None), (2, None), {"max": 4, "min": 2, "mean": 3, "both": 2}),
        ((-4, None), (-2, None), {"max": -2, "min": -4, "mean": -3, "both": -4}),
        ((4, None), (0, None), {"max": 4, "min": "absent", "mean": 2, "both": "absent"}),
        ((4, None), (None, "absent"), {"max": 4, "min": "absent", "mean": 2, "both": "absent"}),
        ((4, None), (None, "unobserved"), {"max": 4, "min": 4, "mean": 4, "both": "unobserved"}),
        ((4, None), (None, None), {"max": 4, "min": 4, "mean": 4, "both": 4}),
        ((0, None), (None, "unobserved"), dict.fromkeys(RULES, "absent")),
        ((0, None), (None, "absent"), dict.fromkeys(RULES, "absent")),
    ],
)
@pytest.mark.parametrize("ends", ["ab", "ba"])
def test_two_reports(first, second, expected, ends):
    ds = dataset(tie(1, "a", *first), tie(2, "b", *second, ends=ends), tie(3, None, 1, ends="bc"))
    for rule in RULES:
        network = ds.project("actors", reports=rule)
        tied = {tuple(sorted(pair)) for pair in network._ties()}
        said = expected[rule]
        assert ((0, 1) in tied) == (not isinstance(said, str))
        assert network.unobserved == (((0, 1),) if said == "unobserved" else ())
        if not isinstance(said, str):
            (edge,) = [edge for edge in network.edges if edge.target != "c"]
            assert edge.weight == said


def test_the_reports_stay_reachable_and_are_named():
    one, two = tie(1, "a", 4, own=[("trust", 3)]), tie(2, "b", 2, ends="ba", own=[("trust", 3)])
    network = dataset(one, two).project("actors")
    assert network.n_edges == 1
    assert network.edge_attributes["reports"] == ((("a", 4.0), ("b", 2.0)),)
    assert network.edge_attributes["reported_by"] == (("a", "b"),)
    assert network.edge_attributes["trust"] == (3,)
    assert network.records(0) == (one, two)
    assert network.notes["reports"] == "max"
    assert network.notes["pairs_reported_twice"] == 1
    assert network.metric("density").notes["reports"] == "max"


def test_what_differs_is_no_second_report():
    """Two kinds, two periods, two directions, and two statements of one actor stay as they are."""
    funding, advocacy = (jmdi.code("tie-kind", kind) for kind in ("funding", "advocacy"))
    for first, second in [
        (tie(1, "a", type=funding), tie(2, "b", type=advocacy)),
        (tie(1, "a", period=jmdi.Period("2012")), tie(2, "b", period=jmdi.Period("2013"))),
        (tie(1, "a", directed=True), tie(2, "b", directed=True, ends="ba")),
        (tie(1, "a"), tie(2, "a")),
        (tie(1, "a"), tie(2, None)),
    ]:
        network = dataset(first, second).project("actors")
        assert network.n_edges == 2
        assert "reports" not in network.notes


def test_without_direction_the_two_ends_report_one_tie():
    ds = dataset(tie(1, "a", 4, directed=True), tie(2, "b", 2, directed=True, ends="ba"))
    assert list(ds.project("actors").weight) == [4, 2]
    assert list(ds.project("actors", directed=False, reports="min").weight) == [2]


def test_unweighted_reports_have_a_mean():
    ds = dataset(tie(1, "a"), tie(2, "b", state="absent"))
    assert ds.project("actors").weight is None
    assert list(ds.project("actors", reports="mean").weight) == [0.5]


def test_an_unknown_rule_is_refused():
    with pytest.raises(jmdi.BadParameter, match="reports"):
        dataset().project("actors", reports="sum")


@st.composite
def reported(draw):
    ties = []
    for number in range(draw(st.integers(0, 5))):
        ends = draw(st.sampled_from(["ab", "ba", "bc", "ca"]))
        ties.append(
            tie(
                number,
                draw(st.sampled_from([None, *"abc"])),
                draw(st.sampled_from([None, 0, 2, -3])),
                draw(STATE),
                ends,
                directed=draw(st.sampled_from([None, False, True])),
            )
        )
    return dataset(*ties)


def weights(network):
    """The ties with what they weigh, and the pairs not observed, whatever the order."""
    rows = []
    states = edge_states(network) or ["present"] * network.n_edges
    for edge, state in zip(network.edges, states, strict=True):
        if state == "present":
            pair = (edge.source, edge.target)
            pair = pair if network.directed else tuple(sorted(pair))
            rows.append((pair, math.nan if edge.weight is None else edge.weight))
    return sorted(map(repr, rows)), network.unobserved


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", FORMATS)
@given(ds=reported())
def test_files_keep_the_reports(name, rule, ds):
    network = ds.project("actors", reports=rule)
    stream = io.BytesIO()
    jmdi.default_model().write(network, stream, format=name)
    again = jmdi.read(io.BytesIO(stream.getvalue()), on_error="keep")
    found = again.project("actors", reports=rule, directed=network.directed)
    assert weights(found) == weights(network)


def test_what_one_end_alone_reports_is_disputed_only_if_the_other_end_answered():
    ds = dataset(tie(1, "a", 3), tie(2, "b", 1, ends="bc"))
    network = ds.project("actors")
    assert network.disputed == ((0, 1),)  # b answered, and reports no tie to a
    assert network.edge_attributes["reports"] == ((("a", 3.0), ("b", 0.0)), None)
    found = network.metric("density")
    assert (found.value, found.lower, found.upper) == (2 / 3, 1 / 3, 2 / 3)
    assert found.coverage == 1
    least = ds.project("actors", reports="min").metric("density")
    assert (least.value, least.lower, least.upper) == (1 / 3, 1 / 3, 2 / 3)
    assert ds.project("actors", reports="mean").weight.tolist() == [1.5, 1]


def test_an_answer_stays_though_the_other_end_did_not_answer():
    unanswered = tie(3, "c", state="unobserved", ends="ca")
    network = dataset(tie(1, "a", 1, ends="ac"), tie(2, "a", ends="ab"), unanswered).project(
        "actors"
    )
    assert network.n_edges == 2 and not network.disputed and not network.unobserved
    assert network.metric("density").value == 2 / 3


def test_nobody_is_asked_who_sends_ties_where_all_report_only_what_they_send():
    sent = [tie(1, "a", directed=True), tie(2, "b", ends="bc", directed=True)]
    assert not dataset(*sent).project("actors").disputed
    received = tie(3, "c", ends="ac", directed=True)
    network = dataset(*sent, received).project("actors")
    pairs = [(network.nodes[i], network.nodes[j]) for i, j in network.disputed]
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]  # one end says so, the other does not


def test_two_kinds_of_one_pair_are_no_denial_unless_one_is_asked_for():
    funding, advocacy = (jmdi.code("tie-kind", kind) for kind in ("funding", "advocacy"))
    ds = dataset(tie(1, "a", type=funding), tie(2, "b", type=advocacy))
    assert not ds.project("actors").disputed
    assert ds.project("actors", tie_kinds="funding").disputed == ((0, 1),)


@given(ds=reported())
def test_the_bounds_of_any_rule_contain_the_value_of_each(ds):
    rules = ["max", "min", "mean"]  # with "both", what one alone reports was not observed
    found = [ds.project("actors", reports=rule).metric("density") for rule in rules]
    for one in found:
        low, high = (one.value if end is None else end for end in (one.lower, one.upper))
        assert low is None or all(low <= (other.value or low) <= high for other in found)


@given(ds=reported())
def test_simple_keeps_what_is_disputed(ds):
    network = ds.project("actors")
    assert network.simple().disputed == network.disputed
