"""Ties between kinds of actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from jmdi import Dataset, Network
from jmdi.metrics.rows import ARROWS
from jmdi.panels import Matrix
from jmdi_network.panels import say
from jmdi_network.panels.naming import type_of

__all__ = ["mixing"]

KINDS = 20
"""Most kinds that are shown: those with most ties."""


def mixing(dataset: Dataset) -> Matrix | None:
    """Numbers of ties on record from each kind of actors to each.

    Args:
        dataset: The records.
    """
    network = dataset.project("actors")
    if "type" not in network.node_attributes or not network.n_edges:
        return None
    from jmdi_network.metrics.mixing import UNKNOWN

    ties = {_ends(key): int(block["ties"]) for key, block in _found(network).items()}
    if not network.directed:
        ties |= {(j, i): number for (i, j), number in ties.items()}
    total: Counter[str] = Counter()
    for (i, j), number in ties.items():
        total[i] += number
        total[j] += number * (i != j)
    tied = sorted((kind for kind in total if total[kind]), key=lambda kind: (-total[kind], kind))
    kinds = sorted(tied[:KINDS], key=lambda kind: (kind == UNKNOWN, -total[kind], kind))
    words = [say("type_unknown") if k == UNKNOWN else type_of(k, dataset) for k in kinds]
    if not kinds:
        return None
    return Matrix(
        rows=words,
        columns=words,
        values=[[ties.get((i, j)) for j in kinds] for i in kinds],
        unit=say("ties"),
        row_title=say("from_type") if network.directed else say("type"),
        column_title=say("to_type") if network.directed else say("type"),
        note=say("mixing_note" if network.directed else "mixing_plain"),
        left_out=len(tied) - len(kinds),
    )


def _found(network: Network) -> Mapping[str, Any]:
    return network.metric("network:mixing", groups="type").values or {}


def _ends(key: str) -> tuple[str, str]:
    """The two kinds that a key of the metric names; those that hold an arrow stand in quotes."""
    for arrow in ARROWS:
        if (quoted := f'"{arrow}"') in key:
            first, _, second = key.partition(quoted)
            return first.removeprefix('"'), second.removesuffix('"')
        if arrow in key:
            first, _, second = key.partition(arrow)
            return first.strip('"'), second.strip('"')
    return key, key
