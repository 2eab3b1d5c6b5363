"""Parts of a network in tables are those that networkx finds, however the pairs come."""

from __future__ import annotations

from types import SimpleNamespace

import networkx as nx
import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jmdi_tables.networks import NetworkTables


def sizes(n, pairs, batch):
    """The sizes of parts, of pairs that come in batches."""
    parts = [pairs[at : at + batch] for at in range(0, len(pairs), batch)]
    made = [
        pa.RecordBatch.from_pydict({"i": np.array(i), "j": np.array(j)})
        for i, j in (zip(*part, strict=True) for part in parts)
    ]
    tables = SimpleNamespace(batches=lambda _: iter(made))
    network = SimpleNamespace(n_nodes=n, pairs=None, tables=tables)
    return NetworkTables.component_sizes(network)


@given(st.data(), st.integers(1, 30), st.integers(1, 9))
def test_parts_are_those_of_networkx(data, n, batch):
    ends = st.integers(0, n - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=60))
    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(n))
    wanted = sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert sizes(n, pairs, batch) == wanted


def test_a_long_path_in_any_order():
    path = [(n, n + 1) for n in range(30_000)]
    assert sizes(30_001, path, 7_000) == [30_001]
    assert sizes(30_001, path[::-1], 7_000) == [30_001]
