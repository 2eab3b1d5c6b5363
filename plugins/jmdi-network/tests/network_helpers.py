"""What the tests of this plugin share."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx

import jmdi_network.plugin
from jmdi import Model
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.running.measuring import run

MODEL = Model.build([jmdi_network.plugin])


def measure(network: Network, name: str, **parameters: Any) -> Result:
    """A metric of the core or of this plugin, which it names without ``network:``."""
    known = name if name in MODEL.catalog.metrics else f"network:{name}"
    return run(MODEL, known, network, parameters)


def value(network: Network, name: str, **parameters: Any) -> float:
    return float(measure(network, name, **parameters))


def net(edges: Any, n: int | str = 0, *, directed: bool = False) -> Network:
    """A network of edges between numbers, ``n`` of them at least."""
    rows = [tuple(str(x) if i < 2 else x for i, x in enumerate(edge)) for edge in edges]
    nodes = [str(i) for i in range(n)] if isinstance(n, int) else list(n)
    return Network.from_edges(rows, nodes=nodes, directed=directed)


def karate() -> Network:
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data.clear()
    return Network.from_networkx(graph)


def all_graphs(n: int, *, directed: bool = False) -> list[Network]:
    """All labelled simple graphs with n nodes."""
    pairs = list((itertools.permutations if directed else itertools.combinations)(range(n), 2))
    return [
        net([p for p, on in zip(pairs, bits, strict=True) if on], n, directed=directed)
        for bits in itertools.product((0, 1), repeat=len(pairs))
    ]


def random_net(
    seed: int, n: int, p: float, *, directed: bool = False, weights: bool = False
) -> Network:
    rng = random.Random(seed)
    pairs = (itertools.permutations if directed else itertools.combinations)(range(n), 2)
    edges = [(a, b, rng.randint(1, 9)) if weights else (a, b) for a, b in pairs if rng.random() < p]
    return net(edges, n, directed=directed)
