"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from itertools import combinations
from typing import Any, ClassVar

import jmdi
from jmdi import Network
from jmdi.testing import PluginConformance

GROUPED = (
    "assortativity",
    "brokerage",
    "coleman-homophily",
    "ei-index",
    "gefura",
    "heterogeneity",
    "mixing",
    "modularity",
    "two-mode-brokerage",
    "yule-q",
)
COMPARED = ("change", "entries-exits", "qap")
DENSITY: dict[str, Any] = {"metric": "density"}
ROWS = [("n0", "n1"), ("n1", "n2"), ("n2", "n3"), ("n3", "n0"), ("n1", "n3"), ("n3", "n4")]


def groups_of(network: Network) -> dict[str, str | None]:
    """The group of each actor; where none are given it is not known."""
    unknown = [None] * len(network)
    return dict(zip(network.nodes, network.node_attributes.get("group", unknown), strict=True))


def same_group(network: Network) -> Network:
    """Another network of the same actors: those of a group are tied."""
    groups = groups_of(network)
    pairs = [(a, b) for a, b in combinations(groups, 2) if groups[a] and groups[a] == groups[b]]
    if network.directed:
        pairs += [(b, a) for a, b in pairs]
    return Network.from_edges(pairs, nodes=network.nodes, directed=network.directed)


def dated() -> Network:
    """A network whose ties have a type and a period; some still last, of one it is not known."""
    periods = ["2010/2012", "2011/2012", "2012/2013", "2012/..", "2013/2014", None]
    reporters = ["N0", "N1", "N2", "N3", "N1", "N1"]
    layers = ["advocacy", "funding", "advocacy", "funding", "advocacy", "funding"]
    plain = Network.from_edges([*ROWS[:5], ROWS[0]], name="dated", nodes=["n4"])
    return Network(
        plain.name,
        plain.nodes,
        plain.source,
        plain.target,
        node_attributes={
            "group": ["north", "south", "north", None, "south"],
            "label": [id.upper() for id in plain.nodes],
        },
        edge_attributes={"period": periods, "type": layers, "reported_by": reporters},
    )


def two_modes() -> Network:
    """Five actors in four initiatives."""
    rows = [
        ("a", "e1"),
        ("a", "e2"),
        ("b", "e1"),
        ("b", "e2"),
        ("c", "e2"),
        ("c", "e3"),
        ("d", "e4"),
    ]
    plain = Network.from_edges(rows, name="two modes", nodes=["a", "b", "c", "d", "e"])
    mode = [int(id > "e") for id in plain.nodes]
    group = ["north", "south", None, "south", "north"] * 2
    attributes = {"group": group[: len(plain)]}
    return Network(
        plain.name,
        plain.nodes,
        plain.source,
        plain.target,
        mode=mode,
        node_attributes=attributes,
    )


def corridors() -> list[jmdi.Record]:
    """Initiatives between countries, with local governments on one side or on both."""
    kinds = {
        "a": ("local_authority", "SN"),
        "b": ("local_authority", "IT"),
        "c": ("national_ngo", "PH"),
        "d": ("academia", "IT"),
    }
    records: list[jmdi.Record] = [
        jmdi.Actor(id=id, type=jmdi.code("actor-type", kind), country=country)
        for id, (kind, country) in kinds.items()
    ]
    for name, origin, destination in (("i", "a", "b"), ("j", "c", "d"), ("k", "a", "d")):
        records.append(jmdi.Initiative(id=name))
        for side, id in (("origin", origin), ("destination", destination)):
            records.append(
                jmdi.Participates(
                    id=f"{id}-{name}", source=id, target=name, side=jmdi.code("side", side)
                )
            )
    return records


class TestNetwork(PluginConformance):
    plugin = "network"
    examples = 10
    options: ClassVar = {
        "network:best-ties": DENSITY,
        "network:bootstrap": {**DENSITY, "draws": 20},
        "network:corridor-alignment": {"shares": {("SN", "IT"): 3, ("PH", "KR"): 1}},
        "network:criticality": DENSITY,
        "network:fdsm": {"draws": 20},
        "network:logit-qap": {"draws": 20},
        "network:mrqap": {"draws": 20},
        "network:null": {**DENSITY, "model": "size", "draws": 20, "exact": 0},
        "network:record-null": {
            "metric": "network:corridor-concentration",
            "model": "participates",
            "draws": 20,
        },
        "network:qap": {"draws": 20, "exact": 0},
        "network:survival": {"as_of": "2016-01-01"},
    }

    chooses_by_id: ClassVar = {
        "network:best-ties": "of ties that are as good it names the first",
        "network:positions": "positions are numbered in the order of ids",
    }

    def sample_networks(self):
        return [*super().sample_networks(), dated(), two_modes()]

    def sample_datasets(self):
        return [*super().sample_datasets(), self.subject.model.dataset(corridors())]

    def parameters_for(self, metric, source):
        name = metric.partition(":")[2]
        if isinstance(source, jmdi.Dataset):  # of which a network is made, by an engine too
            return {"groups": "country"} if name in GROUPED else {}
        if name in GROUPED:
            return {"groups": groups_of(source)}
        if name in COMPARED:
            return {"other": same_group(source)}
        if name in ("logit-qap", "mrqap"):
            return {"by": {"group": same_group(source)}}
        if name == "response-rate":
            tied = {end for edge in source.edges for end in (edge.source, edge.target)}
            return {"respondents": sorted(tied)}
        return {}
