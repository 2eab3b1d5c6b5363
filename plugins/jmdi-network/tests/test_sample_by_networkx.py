"""Measures of the invented programme's network beside networkx, which shares no code with them.

The network is built here from the records alone; the two ties that nobody observed are left out.
"""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

import jmdi
from jmdi import Action, Actor, Initiative, Participates, Partnership, Tie, WorkPlan

DS = jmdi.datasets.load("sample").where(
    Tie, lambda tie: tie.state is None or tie.state.code != "unobserved"
)
NET = DS.project("actors", directed=False)


def graph() -> nx.Graph:
    """The actors, joined by a tie, or because both take part in something."""
    found = nx.Graph()
    found.add_nodes_from(DS.of(Actor).ids())
    present = [tie for tie in DS.of(Tie) if tie.state is None or tie.state.code == "present"]
    found.add_edges_from((tie.source, tie.target) for tie in present if tie.strength != 0)
    joined: dict[str, set[str]] = {}
    for part in DS.of(Participates):
        joined.setdefault(part.target, set()).add(part.source)
    for partnership in DS.of(Partnership):
        joined.setdefault(partnership.id, set()).update(p.actor for p in partnership.parties)
    for plan in DS.of(WorkPlan):
        joined.setdefault(plan.id, set()).update(plan.authors)
    together = (Initiative.kind, Partnership.kind, WorkPlan.kind, Action.kind)
    for of, members in joined.items():
        if DS.get(of).kind in together:
            found.add_edges_from(combinations(sorted(members), 2))
    return found


G = graph()
TYPE = {actor.id: actor.type.code if actor.type else None for actor in DS.of(Actor)}
TYPED = G.subgraph(id for id, kind in TYPE.items() if kind)


def measured(name, **given):
    return NET.metric(name, **given)


def test_the_network_is_that_of_the_records():
    ends = zip(NET.source, NET.target, strict=True)
    edges = {frozenset((NET.nodes[i], NET.nodes[j])) for i, j in ends}
    assert edges == set(map(frozenset, G.edges))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("density", nx.density(G)),
        ("components", nx.number_connected_components(G)),
        ("isolates", nx.number_of_isolates(G) / len(G)),
        ("network:transitivity", nx.transitivity(G)),
        ("network:bridges", len(list(nx.bridges(G)))),
        ("network:cut-points", len(list(nx.articulation_points(G)))),
        ("network:core-number", max(nx.core_number(G).values())),
        ("network:diameter", nx.diameter(G)),
        ("network:mean-distance", nx.average_shortest_path_length(G)),
        ("network:distance-fragmentation", 1 - nx.global_efficiency(G)),
    ],
)
def test_one_number(name, value):
    assert measured(name).value == pytest.approx(value)


def of_largest(found):
    return {name: value / max(found.values()) for name, value in found.items()}


PLAIN = {"weighted": False}


@pytest.mark.parametrize(
    ("name", "given", "values"),
    [
        ("degree", {}, dict(G.degree)),
        ("betweenness", {}, nx.betweenness_centrality(G, normalized=False)),
        ("closeness", {}, nx.closeness_centrality(G)),
        ("clustering", {}, {n: c for n, c in nx.clustering(G).items() if G.degree[n] > 1}),
        ("eccentricity", {}, nx.eccentricity(G)),
        ("harmonic", {}, {n: c / (len(G) - 1) for n, c in nx.harmonic_centrality(G).items()}),
        ("eigenvector", PLAIN, of_largest(nx.eigenvector_centrality_numpy(G))),
        ("pagerank", PLAIN, nx.pagerank(G, tol=1e-12)),
        ("constraint", PLAIN, nx.constraint(G)),
        ("effective-size", PLAIN, nx.effective_size(G)),
    ],
)
def test_a_number_for_each_actor(name, given, values):
    found = measured(f"network:{name}", **given).values.items()
    found = {id: x for id, x in found if x is not None}
    assert found == pytest.approx(values, abs=1e-6)


def test_groups():
    kinds = {kind: [n for n in TYPED if TYPE[n] == kind] for kind in set(TYPE.values()) - {None}}
    nx.set_node_attributes(TYPED, {n: TYPE[n] for n in TYPED}, "type")
    assert measured("network:assortativity", groups="type").value == pytest.approx(
        nx.attribute_assortativity_coefficient(TYPED, "type")
    )
    outside = sum(TYPE[a] != TYPE[b] for a, b in TYPED.edges)
    inside = TYPED.number_of_edges() - outside
    assert measured("network:ei-index", groups="type").value == pytest.approx(
        (outside - inside) / (outside + inside)
    )
    modularity = measured("network:modularity", groups="type").value
    assert modularity == pytest.approx(nx.community.modularity(TYPED, kinds.values()))
