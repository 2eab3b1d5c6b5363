"""The actors with the most partners, with what is not known."""

from __future__ import annotations

from collections import Counter

from jmdi import Dataset
from jmdi.panels import Cell, Column, Grid, Range
from jmdi_network.panels import MOST, say
from jmdi_network.panels.naming import country_names, known_as

__all__ = ["best_connected"]


def best_connected(dataset: Dataset) -> Grid | None:
    """Actors by the number of others that they are tied to.

    Args:
        dataset: The records.
    """
    network = dataset.project("actors")
    nodes = network.nodes if network.n_edges else ()
    partners = {id: set(network.neighbours(id)) for id in nodes}
    tied = sorted((id for id in partners if partners[id]), key=lambda id: (-len(partners[id]), id))
    if not tied:
        return None
    maybe: Counter[str] = Counter()
    for i, j in {(min(pair), max(pair)) for pair in network.unobserved}:
        if nodes[j] not in partners[nodes[i]]:
            maybe.update((nodes[i], nodes[j]))
    names = country_names(dataset)
    rows: list[list[Cell]] = []
    for id in tied[:MOST]:
        low = len(partners[id])
        high = low + maybe[id]
        count: Cell = low if high == low else Range(None, low, high)
        rows.append([*known_as(id, dataset, names), count])
    columns = [Column(say(key)) for key in ("actor", "type", "country")]
    columns.append(Column(say("partners"), "number"))
    note = say("best_connected_note", n=network.n_nodes - 1)
    return Grid(columns, rows, note=note, left_out=len(tied) - len(rows))
