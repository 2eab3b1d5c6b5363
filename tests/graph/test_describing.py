"""Tables of a network, and what differs between two."""

from __future__ import annotations

import itertools

import pytest

import jmdi
from jmdi.graph.network import Network
from jmdi.graph.table import Table


def open_network() -> Network:
    rows = [
        {"source": "a", "target": "b", "weight": 2},
        {"source": "b", "target": "c", "state": "unobserved"},
        {"source": "c", "target": "d", "weight": 1},
    ]
    nodes = {name: {"type": "ngo"} for name in "abcde"}
    return Network.from_edges(rows, nodes=nodes, directed=True)


def rows(table: Table) -> dict[str, tuple[object, ...]]:
    return {row[0]: row[1:] for row in table}


def test_a_row_for_each_node_with_bounds_and_coverage() -> None:
    net = open_network()
    table = net.table(["network:degree"], attributes=["type"])
    assert table.columns == (
        "node",
        "type",
        "network:degree",
        "network:degree lower",
        "network:degree upper",
        "coverage",
    )
    assert rows(table)["a"] == ("ngo", 1, 1, 1, 1.0)
    assert rows(table)["b"][1:] == (None, 1, 2, 1 - 1 / 8)
    assert table.notes == ("network:degree: from 19 of 20 pairs",)
    named = net.table({"in": net.metric("network:degree", direction="in")})
    assert named.columns[1] == "in"
    assert net.table().columns == ("node", "coverage")


def test_a_metric_without_values_says_why_or_is_refused() -> None:
    empty = Network.from_edges([], nodes="ab")
    table = empty.table(["network:eigenvector"])
    assert table.column("network:eigenvector") == (None, None)
    assert "undefined" in table.notes[0]
    with pytest.raises(ValueError, match="density has one value for all nodes"):
        open_network().table(["density"])
    with pytest.raises(ValueError, match="no value for each node, but for"):
        open_network().table(["components"])
    with pytest.raises(jmdi.NotFound):
        open_network().table(["densty"])
    with pytest.raises(jmdi.NotFound, match="type"):
        open_network().table(attributes=["typ"])


def test_coverage_of_two_modes_is_over_the_other_mode() -> None:
    net = Network.from_edges([("a", "x"), ("a", "y"), ("b", "x")], two_mode=True)
    some = Network("n", net.nodes, net.source, net.target, mode=net.mode, unobserved=[(2, 3)])
    assert rows(some.table()) == {"a": (1.0,), "x": (1.0,), "y": (0.5,), "b": (0.5,)}


def test_a_summary_has_bounds_and_reasons() -> None:
    table = open_network().summary(["network:closeness-centralization"])
    found = rows(table)
    assert found["Nodes"] == (5, 5, 5)
    assert found["Ties"] == (2, 2, 3)
    assert found["Mean degree"] == pytest.approx((0.4, 0.4, 0.6))
    assert found["Density"] == pytest.approx((2 / 19, 0.1, 0.15))
    assert found["Components"] == (None, 2, 3)
    assert found["Nodes of the largest component"] == (None, 2, 4)
    assert found["Isolates"] == (1, 1, 1)
    assert set(found) >= {"Reciprocity", "Transitivity", "Degree centralization"}
    assert found["Closeness centralization"] == (None, None, None)
    assert any(note.startswith("Closeness centralization: undefined") for note in table.notes)
    assert table.notes[0].startswith("1 of 20 pairs were not observed")
    assert "Density & 0.105 & 0.1 & 0.15" in table.to_latex()


def test_a_summary_has_what_makes_sense_for_the_network() -> None:
    two = Network.from_edges([("a", "x"), ("b", "x")], two_mode=True).summary()
    assert rows(two)["Nodes of the first mode"] == (2, 2, 2)
    assert "Density of two modes" in rows(two)
    assert "Reciprocity" not in rows(Network.from_edges([("a", "b")]).summary())
    tie = jmdi.Tie(id="t", source="a", target="b", reported_by="a", directed=True)
    answered = jmdi.dataset([jmdi.Actor(id="a"), jmdi.Actor(id="b"), tie]).project("actors")
    assert "Response rate" in rows(answered.summary())
    assert rows(Network("none", []).summary())["Nodes"] == (0, 0, 0)


def test_a_summary_without_the_plugin_says_what_to_install() -> None:
    core = jmdi.Model.build([])
    table = open_network().of_model(core).summary()
    assert rows(table)["transitivity"] == (None, None, None)
    assert any("pip install jmdi-network" in note for note in table.notes)
    assert rows(table)["Density"][0] == pytest.approx(2 / 19)


def test_two_networks_differ_in_nodes_ties_weights_and_measures() -> None:
    before = Network.from_edges([("a", "b", 1), ("b", "c", 2), ("c", "d", 1), ("a", "d", 4)])
    rows = [
        {"source": "b", "target": "a", "weight": 1},
        {"source": "b", "target": "c", "weight": 5},
        {"source": "c", "target": "d", "state": "unobserved"},
        {"source": "a", "target": "e", "weight": 1},
        {"source": "a", "target": "d", "weight": None},
        {"source": "b", "target": "e", "state": "unobserved"},
    ]
    after = Network.from_edges(rows)
    found = before.compare(after, ["density"])
    assert found.kept == 3
    assert found.nodes.rows == (("e", "added"),)
    assert set(found.ties.rows) == {
        ("b", "c", "reweighed", 2, 5),
        ("c", "d", "unknown", 1, None),
        ("a", "e", "added", None, 1),
        ("a", "d", "unknown", 4, None),
    }
    assert "of 1 more pairs" in found.ties.notes[0]
    assert found.measures.column("measure") == ("density",)
    assert found.measures.column("change")[0] == pytest.approx(4 / 8 - 4 / 6)
    assert str(found) == (
        "3 ties kept, 1 nodes added, 1 ties reweighed, 2 ties unknown, 1 ties added"
    )
    assert found
    assert not before.compare(before)
    assert found.to_dict()["kept"] == 3
    with pytest.raises(ValueError, match="symmetrize"):
        before.compare(Network.from_edges([("a", "b")], directed=True))


def test_a_table_reads_well_in_a_paper() -> None:
    table = Table(
        ("name", "n", "share"),
        [("a_b & c|d", 12, 0.123456), ("x", None, 1234567.891)],
        notes=["100 % of 2"],
    )
    assert table.to_markdown() == (
        "| name | n | share |\n| --- | ---: | ---: |\n| a_b & c\\|d | 12 | 0.123 |\n"
        "| x |  | 1234568 |\n\n100 % of 2"
    )
    text = table.to_latex(caption="All", label="tab:all", digits=2)
    assert r"a\_b \& c\textbar{}d & 12 & 0.12 \\" in text
    assert r"x & -- & 1234568 \\" in text
    assert r"\caption{All}" in text
    assert r"\label{tab:all}" in text
    assert r"\par\footnotesize 100 \% of 2" in text
    assert r"\begin{table}" not in table.to_latex()


def test_a_summary_says_of_what_bounds_are_not_known() -> None:
    nodes = [f"n{i}" for i in range(12)]
    silent = [{"source": "n0", "target": n, "state": "unobserved"} for n in nodes[1:]]
    ring = [{"source": a, "target": b} for a, b in itertools.pairwise(nodes[1:])]
    table = Network.from_edges([*silent, *ring], nodes=nodes).summary()
    found = rows(table)
    assert found["Transitivity"][0] is not None
    unknown = [name for name, row in found.items() if row[0] is not None and None in row[1:]]
    assert "Transitivity" in unknown
    (note,) = (note for note in table.notes if note.startswith("bounds not known of "))
    assert all(name in note for name in unknown)
    assert "2^11 networks" in note


def test_isolates_are_a_number_where_only_bounds_are_known() -> None:
    rows_of = [
        {"source": "a", "target": "b", "state": "unobserved"},
        {"source": "c", "target": "d"},
    ]
    assert rows(Network.from_edges(rows_of).summary())["Isolates"] == (None, 0, 2)


def test_networks_of_two_modes_differ_in_their_density() -> None:
    before = Network.from_edges([("a", "x"), ("b", "y")], two_mode=True)
    after = Network.from_edges([("a", "x"), ("b", "y"), ("b", "x")], two_mode=True)
    (row,) = before.compare(after).measures.rows
    assert (row[0], row[1], row[4]) == ("bipartite-density", 0.5, 0.75)
    with pytest.raises(ValueError, match="one network has two modes and the other one"):
        before.compare(Network.from_edges([("a", "x")]))


def test_no_column_of_a_table_replaces_another() -> None:
    own = {"node": "N", "degree": 7, "coverage": "full"}
    net = Network.from_edges([("a", "b")], nodes={"a": own, "b": own})
    table = net.table(["degree"], attributes=["node", "degree", "coverage"])
    assert table.columns == ("node", "node'", "degree", "coverage", "degree'", "coverage'")
    assert table.rows[0] == ("a", "N", 7, "full", 1, 1.0)


def test_both_networks_of_a_comparison_are_measured() -> None:
    before = Network.from_edges([("a", "b"), ("b", "c")])
    after = Network.from_edges([("a", "b"), ("b", "c"), ("a", "c")])
    for given in ([before.metric("density")], {"d": before.metric("density")}):
        with pytest.raises(TypeError, match="name the metric"):
            before.compare(after, given)  # type: ignore[arg-type]
    (row,) = before.compare(after, (name for name in ["density"])).measures.rows
    assert row[-1] == pytest.approx(1 / 3)


@pytest.mark.parametrize("swap", [False, True])
def test_a_tie_about_which_reports_disagree_is_not_said_to_be_new(swap: bool) -> None:
    sure = {"source": "a", "target": "b", "disputed": False}
    plain = Network.from_edges([sure], nodes="abc")
    open_ = Network.from_edges(
        [sure, {"source": "b", "target": "c", "disputed": True}], nodes="abc"
    )
    found = open_.compare(plain) if swap else plain.compare(open_)
    assert [row[2] for row in found.ties.rows] == ["unknown"]
