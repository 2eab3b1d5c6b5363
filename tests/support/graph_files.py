"""What the tests of graph files share: the formats, drawn networks, and other readers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import strategies as st

from jmdi.builtin.formats.gexf import read_gexf, sniff_gexf, write_gexf
from jmdi.builtin.formats.graph_json import (
    read_cytoscape,
    read_node_link,
    sniff_cytoscape,
    sniff_node_link,
    write_cytoscape,
    write_node_link,
)
from jmdi.builtin.formats.graphml import read_graphml, sniff_graphml, write_graphml
from jmdi.errors import Problem
from jmdi.graph.network import Network
from jmdi.model import kinds, money, relations
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.values import Money, Period, code
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.context import ImportContext

CATALOG = Catalog(
    kinds={
        cls.kind: cls
        for cls in (
            Entity,
            Relation,
            *(getattr(m, n) for m in (kinds, money, relations) for n in m.__all__),
        )
    }
)


FORMATS: dict[str, tuple[Callable[..., None], Callable[..., Any], Callable[[bytes], Any]]] = {
    "graphml": (write_graphml, read_graphml, sniff_graphml),
    "gexf": (write_gexf, read_gexf, sniff_gexf),
    "node-link": (write_node_link, read_node_link, sniff_node_link),
    "cytoscape": (write_cytoscape, read_cytoscape, sniff_cytoscape),
}


READERS = pytest.mark.parametrize("name", list(FORMATS))


characters = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
)
"""What XML can hold."""


texts = st.text(characters, max_size=6) | st.sampled_from(["<&>\"'", "a\r\nb\tc", " ", "\x85"])


attributes = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | texts
    | st.dates()
    | st.just(5e-324)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.lists(texts, max_size=2).map(tuple)
    | st.dictionaries(st.sampled_from(["en", "fr", "und"]), texts, max_size=2)
    | st.sampled_from(
        [
            code("actor-type", "other"),
            Money("1.50", "EUR"),
            Period("2015-10/2015-11", "autumn"),
            Period(words="soon"),
        ]
    )
)


titles = st.sampled_from(
    [
        "label",
        "id",
        "kind",
        "weight",
        "source",
        "key",
        "a b",
        "<x>",
        "für",
        "name",
        "value",
        "period",
        "start",
        "mode",
    ]
)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    nodes = draw(st.lists(st.text(characters, max_size=3), unique=True, min_size=1, max_size=4))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, len(nodes) - 1)] * 2), max_size=5))

    def columns(size: int) -> dict[str, Any]:
        return draw(
            st.dictionaries(titles, st.lists(attributes, min_size=size, max_size=size), max_size=3)
        )

    return Network(
        "drawn",
        nodes,
        [i for i, _ in pairs],
        [j for _, j in pairs],
        directed=draw(st.booleans()),
        weight=draw(st.none() | st.just([1.5] * len(pairs))),
        mode=draw(st.none() | st.just([0] * len(nodes))),
        node_attributes=columns(len(nodes)),
        edge_attributes=columns(len(pairs)),
    )


def written(write: Callable[..., None], network: Network, **options: Any) -> bytes:
    stream = io.BytesIO()
    write(network, stream, **options)
    return stream.getvalue()


def quietly(write: Callable[..., None], network: Network) -> tuple[bytes, list[Problem]]:
    problems: list[Problem] = []
    return written(write, network, report=problems.append), problems


def read(name: str, data: bytes, **more: Any) -> tuple[list[Record], ImportContext]:
    context = ImportContext(name="file", catalog=CATALOG, **more)
    return list(FORMATS[name][1](io.BytesIO(data), context)), context


def oracle(name: str, data: bytes) -> Any:
    if name == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    if name == "gexf":
        return nx.read_gexf(io.BytesIO(data), version="1.3")
    if name == "node-link":
        return nx.node_link_graph(json.loads(data), edges="edges")
    return nx.cytoscape_graph(json.loads(data))
