"""What is not known of a network: pairs that nobody observed, actors that did not answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import jmdi
from jmdi.graph.network import Network
from jmdi.graph.pairs import edge_states, state_of
from jmdi.metrics.result import Result
from jmdi.metrics.types import Counts
from jmdi_network.conventions import SIMPLE
from jmdi_network.counts import Outline
from jmdi_network.reporting import basis, refused

__all__ = ["confirmation", "observation", "response_rate"]


@jmdi.metric(
    "network:observation",
    "Observed pairs",
    range=(0, 1),
    polarity="higher",
    value_is="share of pairs",
    citation="Borgatti & Molina 2003",
    convention=f"{SIMPLE}; a pair of which nothing is recorded counts as known to be untied, "
    "unless it is said that it was not observed",
    bounds="own",
    count="jmdi_network.counts:sizes_in_tables",
    finish="jmdi_network.metrics.observation:observation_of",
)
def observation(network: Network) -> Result:
    """Share of pairs of which it is known whether they are tied; counts of the three states.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of

    return observation_of({"graph": graph_of(network)})


def observation_of(counts: Counts) -> Result:
    """The share of observed pairs, from the numbers of nodes, ties and open pairs."""
    graph = counts["graph"]
    if graph.n < 2:
        return refused(graph, "too_few_actors" if graph.n else "empty_graph")
    if not graph.dyads:
        return refused(graph, "too_few_actors", "a mode has no nodes")
    unknown = len(graph.unobserved)
    values = {"present": graph.m, "absent": graph.dyads - graph.m - unknown, "unobserved": unknown}
    seen = graph.dyads - unknown
    return Result(
        **basis(
            graph,
            value=seen / graph.dyads,
            values=values,
            n_used=seen,
            n_eligible=graph.dyads,
            of="pairs",
        )
    )


@jmdi.metric(
    "network:response-rate",
    "Response rate",
    range=(0, 1),
    polarity="higher",
    value_is="share of actors",
    citation="Borgatti & Molina 2003",
    convention=f"{SIMPLE}; of the actors that were asked, or of all where it is not said who was",
    bounds="own",
    count="jmdi_network.metrics.observation:count_respondents",
    finish="jmdi_network.metrics.observation:response_rate_of",
)
def response_rate(
    network: Network,
    *,
    respondents: Collection[str] | None = None,
    roster: Collection[str] | None = None,
) -> Result:
    """Actors that reported on their ties over those that were asked; ``contributing``: the silent.

    A name that exactly one actor has stands for its id.

    Args:
        network: The network.
        respondents: Ids or names of those that did; by default the ties' reported_by.
        roster: Ids or names of those that were asked, in the network or not; by default the actors
            whose attribute ``asked`` is true, or all if none has it.
    """
    from jmdi_network.arrays import graph_of

    counts: dict[str, Any] = {"graph": graph_of(network), "actors": network}
    if respondents is None:
        counts["reporters"] = _reporters(network)
    return response_rate_of(counts, respondents=respondents, roster=roster)


def count_respondents(
    network: Any, *, respondents: Collection[str] | None, **parameters: object
) -> Counts:
    """The actors, and who reports ties, as an engine finds them."""
    actors = network.frame("asked")
    counts: dict[str, Any] = {"graph": Outline(network), "actors": actors}
    if respondents is None:
        counts["reporters"] = set(network.reporters()) or None
    return counts


def response_rate_of(
    counts: Counts, *, respondents: Collection[str] | None, roster: Collection[str] | None
) -> Result:
    """The response rate, from the actors and who reports ties."""
    graph, network = counts["graph"], counts["actors"]
    if graph.n == 0:
        return refused(graph, "empty_graph")
    given = counts["reporters"] if respondents is None else {str(id) for id in respondents}
    if given is None:
        return refused(graph, "missing_input", "no tie says who reported it: name the respondents")
    listed = _asked(network) if roster is None else {str(id) for id in roster}
    asked = {_actor(network, text) or text for text in listed}
    if not asked:
        return refused(graph, "missing_input", "the roster is empty")
    known = {text: id for text in given if (id := _actor(network, text)) is not None}
    answered = set(known.values())
    notes = {
        "respondents_not_in_network": len(given) - len(known),
        "respondents_not_asked": len(answered - asked),
        "asked_not_in_network": len(asked - set(network.nodes)),
    }
    return Result(
        **basis(
            graph,
            value=len(answered & asked) / len(asked),
            n_used=len(answered & asked),
            n_eligible=len(asked),
            contributing=tuple(id for id in network.nodes if id in asked - answered),
            notes=notes,
        )
    )


def _asked(network: Network) -> set[str]:
    """The actors of which it is said that they were asked; all if it is said of none."""
    said = network.node_attributes.get("asked", ())
    return {id for id, asked in zip(network.nodes, said, strict=False) if asked is True} or {
        *network.nodes
    }


@jmdi.metric(
    "network:confirmation",
    "Tie confirmation",
    range=(0, 1),
    polarity="higher",
    value_is="share of pairs",
    citation="Butts 2008",
    convention="pairs that both ends report over pairs that an end reports; direction ignored",
    bounds="own",
)
def confirmation(network: Network) -> Result:
    """How often both ends report a tie that one of them reports.

    A pair of which one end did not answer is left out; the bounds take it for confirmed and for
    not. Of arcs that are reports themselves, see ``network:reciprocity``.

    Args:
        network: The network.
    """
    from jmdi_network.arrays import graph_of

    graph = graph_of(network)
    answered = {id for text in _reporters(network) or () if (id := _actor(network, text))}
    said: dict[frozenset[str], set[str]] = {}
    for edge in network.edges:
        ends = frozenset((edge.source, edge.target))
        reporters = {_actor(network, text) for text in _reporters_of(network, edge.index)}
        if len(ends) == 2 and (known := ends & reporters):
            said.setdefault(ends, set()).update(known)
    if not said:
        return refused(graph, "missing_input", "no tie says that one of its ends reported it")
    both = sum(len(known) == 2 for known in said.values())
    unknown = sum(len(known) == 1 and not ends <= answered for ends, known in said.items())
    used, every = len(said) - unknown, len(said)
    more: dict[str, Any] = {"n_used": used, "n_eligible": every, "of": "pairs"}
    if unknown:
        more |= {"lower": both / every, "upper": (both + unknown) / every}
    if not used:
        return refused(graph, "missing_input", "of no tie both ends answered", **more)
    return Result(**basis(graph, value=both / used, **more))


def _reporters_of(network: Network, edge: int) -> set[str]:
    """Who reports that an edge is there: by its records, else by what the edge says."""
    from jmdi.model.relations import Tie

    ties = [tie for tie in network.records(edge) if isinstance(tie, Tie)]
    if ties:
        return {t.reported_by for t in ties if t.reported_by and state_of(t) == "present"}
    states = edge_states(network)
    if states is not None and states[edge] != "present":
        return set()
    given = network.edge_attributes.get("reported_by", (None,) * network.n_edges)[edge]
    return {str(id) for id in (given if isinstance(given, tuple) else (given,)) if id is not None}


def _actor(network: Network, text: str) -> str | None:
    """The node with an id, or else the only one with that name."""
    if text in network.index:
        return text
    labels = network.node_attributes.get("label", ())
    named = [i for i, label in enumerate(labels) if label == text]
    return network.nodes[named[0]] if len(named) == 1 else None


def _reporters(network: Network) -> set[str] | None:
    """The actors that the ties say were their reporters; ``None`` if no tie says.

    Whoever is said to have reported that something was not observed did not answer.
    """
    column = network.edge_attributes.get("reported_by", ())
    states = edge_states(network) or ("present",) * network.n_edges
    found = set()
    for given in (by for by, state in zip(column, states, strict=False) if state != "unobserved"):
        # an edge made of parallel ones has the reporters of all
        found |= {
            str(id) for id in (given if isinstance(given, tuple) else (given,)) if id is not None
        }
    if network.dataset is not None:
        from jmdi.model.relations import Tie

        told = (t for t in network.dataset.of(Tie) if state_of(t) != "unobserved")
        found |= {t.reported_by for t in told if t.reported_by}
    return found or None
