"""Every value that R gave for some networks, under the parameters that reproduce it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from network_helpers import measure

from jmdi.graph.network import Network
from jmdi_network import logit_qap, mrqap, onto, qap, same

TABLE = json.loads((Path(__file__).parent / "r_values.json").read_text("utf-8"))
ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
"""In the order of sna: w_I, w_O, b_IO, b_OI, b_O, t."""


def network(name: str, form: str) -> Network:
    given = TABLE["graphs"][name]
    nodes = {str(i): {"g": str(g), "number": float(g)} for i, g in enumerate(given["groups"])}
    weighted = given["weighted"] and form == "weighted"
    edges = [
        (str(a), str(b), float(w)) if weighted else (str(a), str(b)) for a, b, w in given["edges"]
    ]
    directed = given["directed"] and form != "undirected"
    return Network.from_edges(edges, nodes=nodes, directed=directed)


def found(net: Network, call: dict[str, Any]) -> list[float | None]:
    """What jmdi gives, in R's order."""
    what, _, part = call["what"].partition(":")
    given = dict(call["parameters"])
    if call["metric"] == "brokerage":
        given["groups"] = "g"
    result = measure(net, call["metric"], **given)
    if what == "contributing":
        return sorted(float(id) for id in result.contributing)
    values = result.values or {}
    if what == "nodes":
        return [values.get(id) for id in net.nodes]
    if what == "entry":
        return [values.get(part)]
    if what == "listed":
        return list(values.values())
    if what == "each":
        return [row[part] for row in values.values()]
    if what == "ties":
        arrow = " → " if net.directed else " – "
        ends = [(e.source, e.target) for e in net.edges]
        return [values.get(f"{a}{arrow}{b}", values.get(f"{b}{arrow}{a}")) for a, b in ends]
    if what == "triads":
        names = tuple(values) if net.directed else ("003", "102", "201", "300")
        return [values[name] for name in names]
    if what == "roles":
        return [values[id][f"{role}{part}"] for role in ROLES for id in net.nodes]
    if what == "network":
        return [values[role][part] for role in ROLES]
    return [1 - result.value if what == "one-minus" and result.value is not None else result.value]


@pytest.mark.parametrize("call", TABLE["calls"])
def test_values_of_r(call: str) -> None:
    about = TABLE["calls"][call]
    for name, expected in about["values"].items():
        mine = found(network(name, about["network"]), about)
        if call.startswith(("sna::cutpoints", "sna::isolates")):
            expected = sorted(expected)
        assert [x is None for x in mine] == [x is None for x in expected], (call, name)
        known = [x for x in expected if x is not None]
        assert [x for x in mine if x is not None] == pytest.approx(known, rel=1e-8, abs=1e-9)


def two_modes(name: str) -> tuple[Network, list[tuple[str, str]]]:
    """A matrix as a network, and the pairs of its rows that share something."""
    rows = TABLE["matrices"][name]
    graph = nx.Graph()
    graph.add_nodes_from((f"row {i:02}" for i in range(len(rows))), bipartite=0)
    graph.add_nodes_from((f"column {j:02}" for j in range(len(rows[0]))), bipartite=1)
    graph.add_edges_from(
        (f"row {i:02}", f"column {j:02}")
        for i, row in enumerate(rows)
        for j, tie in enumerate(row)
        if tie
    )
    pairs = [
        (f"row {i:02}", f"row {j:02}")
        for i, j in itertools.combinations(range(len(rows)), 2)
        if any(a and b for a, b in zip(rows[i], rows[j], strict=True))
    ]
    return Network.from_networkx(graph), pairs


@pytest.mark.parametrize("call", TABLE["two_modes"])
def test_two_modes_of_r(call: str) -> None:
    about = TABLE["two_modes"][call]
    for name, expected in about["values"].items():
        net, pairs = two_modes(name)
        if "onto" in about:
            made = onto(net, weight=about["onto"])
            values: dict[Any, Any] = {(e.source, e.target): e.weight for e in made.edges}
        else:
            result = measure(net, about["metric"], **about["parameters"])
            values = {tuple(tie.split(" – ")): p for tie, p in (result.values or {}).items()}
        assert len(values) == len(pairs) == len(expected)
        mine = [values[pair] for pair in pairs]
        if "within" not in about:
            assert mine == pytest.approx(expected, rel=1e-8, abs=1e-8)
            continue
        for x, p in zip(mine, expected, strict=True):
            assert abs(x - p) < 5 * (p * (1 - p) * (1 / 2000 + 1 / 20_000)) ** 0.5 + 1 / 2000


@pytest.mark.parametrize("pair", TABLE["pairs"], ids=lambda pair: " ".join(pair["of"]))
def test_correlation_and_regression_of_r(pair: dict[str, Any]) -> None:
    first, second = (network(name, "weighted") for name in pair["of"])
    assert qap(first, second, draws=10).value == pytest.approx(pair["gcor(A, B, mode = m)"])
    found = mrqap(first, {"B": second, "same": same(first, "g")}, draws=10)
    expected = next(value for call, value in pair.items() if call.startswith("netlm"))
    rows = list((found.values or {}).values())
    assert [row["coefficient"] for row in rows] == pytest.approx(expected["coefficients"])
    assert [row["t"] for row in rows] == pytest.approx(expected["tstat"])
    assert found.notes["r_squared"] == pytest.approx(expected["r.squared"])


@pytest.mark.parametrize("name", TABLE["logit"])
def test_logistic_regression_of_r(name: str) -> None:
    """R takes errors from the step before the last, and the null deviance without intercept."""
    expected = TABLE["logit"][name]
    made = network(name, "weighted")
    by = {"B": network(expected["by"], "weighted"), "same": same(made, "g")}
    found = logit_qap(made, by, draws=10)
    rows = list((found.values or {}).values())
    assert [row["coefficient"] for row in rows] == pytest.approx(expected["coefficients"])
    assert [row["z"] for row in rows] == pytest.approx(expected["z"], rel=1e-4)
    for what in ("deviance", "aic", "bic"):
        assert found.notes[what] == pytest.approx(expected[what])
    assert expected["deviance"] < found.notes["null_deviance"] < expected["null.deviance"]
