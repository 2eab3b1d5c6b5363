"""Which pairs of nodes of a network are tied, and of which nobody knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import attrs

from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = ["Pairs", "pairs_of", "presence"]


@attrs.frozen(slots=True)
class Pairs:
    """The pairs of different nodes of a network; a pair is one number, ``i * n + j``.

    Attributes:
        n: Number of nodes.
        possible: How many pairs there are; of a directed network, ordered ones.
        tied: Those with a tie; without direction, ``i`` is below ``j``.
        unobserved: Those without a tie of which it is not known whether there is one.
        notes: What was left out, with counts.
    """

    n: int
    possible: int
    tied: set[int]
    unobserved: set[int]
    notes: dict[str, int]

    def ends(self, pairs: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The two nodes of each of some pairs."""
        return (divmod(pair, self.n) for pair in pairs)


def pairs_of(network: Network) -> Pairs:
    """The pairs of a network: loops dropped, parallel ties merged.

    An edge whose attribute ``state`` says ``absent`` is no tie, and one that says
    ``unobserved`` marks a pair that nobody knows about; so do ties of that state in the dataset.
    """
    n = network.n_nodes
    tied: set[int] = set()
    unobserved: set[int] = set()
    states = network.edge_attributes.get("state")
    absent = loops = 0
    for edge, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        state = "present" if states is None else presence(states[edge])
        if state != "present":
            absent += 1
        if state == "absent":
            continue
        if i == j:
            loops += state == "present"
            continue
        pair = i * n + j if network.directed or i < j else j * n + i
        (tied if state == "present" else unobserved).add(pair)
    for i, j in _unobserved_ties(network):
        unobserved.add(i * n + j if network.directed or i < j else j * n + i)
    merged = network.n_edges - absent - loops - len(tied)
    notes = {"loops_dropped": loops, "ties_merged": merged}
    unobserved -= tied
    more = {"ties_not_present": absent, "pairs_unobserved": len(unobserved)}
    return Pairs(
        n,
        n * (n - 1) // (1 if network.directed else 2),
        tied,
        unobserved,
        notes | {name: count for name, count in more.items() if count},
    )


def _unobserved_ties(network: Network) -> Iterator[tuple[int, int]]:
    for tie in () if network.dataset is None else network.dataset.of(Tie):
        if tie.state is not None and tie.state.code == "unobserved":
            i, j = network.index.get(tie.source), network.index.get(tie.target)
            if i is not None and j is not None and i != j:
                yield i, j


def presence(state: object) -> Literal["present", "absent", "unobserved"]:
    """What an edge's attribute ``state`` says.

    Any other text is not about presence, such as a state of a federation, and the edge is a
    tie. Of several states, which an edge has that stands for parallel ones, a tie wins over one
    that was not observed, and that over one that is absent.

    Args:
        state: The attribute: a text, several, or ``None``.
    """
    states = set(state) if isinstance(state, tuple) else {state}
    if not states or not states <= {"absent", "unobserved"}:
        return "present"
    return "unobserved" if "unobserved" in states else "absent"
