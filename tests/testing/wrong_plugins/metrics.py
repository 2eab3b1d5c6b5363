"""Plugins whose metrics are wrong."""

import functools
import random
import sys
from typing import Literal

import jmdi

SAID = {"title": "A title", "value_is": "count", "citation": "An author 1999", "doc": "a / b"}


def plugin(name, run, **more):
    class Plugin:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_metrics():
            return [jmdi.Metric(f"{name}:value", run, **{**SAID, **more})]

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def defined(run):
    """The same for networks with ties, and undefined for the others."""

    @functools.wraps(run)
    def guarded(network, **parameters):
        if not network.n_edges:
            return jmdi.undefined("no_ties")
        return run(network, **parameters)

    return guarded


def of_edges(network):
    """Density by way of the ends of edges, which forgets isolates."""
    nodes = {i for end in (network.source, network.target) for i in end}
    return network.n_edges / (len(nodes) * (len(nodes) - 1) or 1)


def of_ends(network):
    """Degree by way of the ends of edges."""
    found = {}
    for edge in network.edges:
        found[edge.source] = found.get(edge.source, 0) + 1
        found[edge.target] = found.get(edge.target, 0) + 1
    return jmdi.Result(values=found | {name: 0 for name in network.nodes if name == "n7"})


def counted_ends(network):
    nodes = {i for end in (network.source, network.target) for i in end}
    if len(nodes) < 2:
        return jmdi.undefined("too_few_actors")
    return jmdi.Result(value=1.0, n_used=len(nodes), n_eligible=len(nodes), of="actors")


def counted(network):
    if not network.n_edges:
        return jmdi.undefined("too_few_actors")
    return jmdi.Result(value=1, n_used=len(network), n_eligible=len(network), of="actors")


def unsaid(network, seed=0):
    return random.Random(seed).random()


def reseeding(network, seed=0):
    random.seed(seed)
    return jmdi.Result(value=random.random(), seed=seed)


def reseeding_numpy(network, seed=0):
    import numpy

    numpy.random.seed(seed)
    return jmdi.Result(value=float(numpy.random.random()), seed=seed)


def noisy_count(network):
    print("counting")
    return network.n_edges


def deep_count(network):
    sys.setrecursionlimit(sys.getrecursionlimit() + 1)
    return network.n_edges


def named_actors(dataset):
    return actors_of({"actors": [{"n": len(dataset.of(jmdi.Actor))}]})


def rows_of_actors(tables):
    """Counts relations besides, as who thinks that every table is one of actors."""
    return {"actors": [{"n": sum(tables.kinds.values())}]}


def actors_of(counts):
    (row,) = counts["actors"]
    return jmdi.Result(value=row["n"], n_used=row["n"], n_eligible=row["n"], of="actors")


def rows_of_foreigners(tables):
    """Loses actors whose country is null, as what is compared with null is null."""
    actors = tables.of("actor", "country")
    others = actors.filter(actors.country != "SN")
    return {"actors": others.aggregate(n=others.count())}


def foreigners(dataset):
    return actors_of({"actors": [{"n": sum(a.country != "SN" for a in dataset.of(jmdi.Actor))}]})


def tied_actors(dataset):
    """The degree of actors with ties, as if there were no others."""
    actors = len(dataset.of(jmdi.Actor))
    if not actors:
        return jmdi.undefined("empty_graph")
    tied = {end for tie in dataset.of(jmdi.Tie) for end in (tie.source, tie.target)}
    counted = min(len(tied), actors)
    return jmdi.Result(value=counted, n_used=counted, n_eligible=counted, of="actors")


def terse_count(network: jmdi.Network, x: int = 1) -> int:
    """A count."""
    return x


def chatty_count(network: jmdi.Network) -> int:
    """A count.

    Args:
        network: The network.
        depth: How deep.
    """
    return network.n_edges


def vague_count(network: jmdi.Network, levels: "Nowhere" = 1) -> int:  # noqa: F821
    """A count.

    Args:
        network: The network.
        levels: Which.
    """
    return levels


def loose_count(network: jmdi.Network, levels=1) -> int:
    """A count.

    Args:
        network: The network.
        levels: Which.
    """
    return levels


def liar_count(network: jmdi.Network, levels: int = None) -> int:  # noqa: RUF013
    """A count.

    Args:
        network: The network.
        levels: Which.
    """
    return levels or 1


def degrees(network: jmdi.Network, *, direction: Literal["sent", "received"] = "sent") -> int:
    """Largest number of ties.

    Args:
        network: The network.
        direction: Which ties count.
    """
    ends = list(network.source if direction == "sent" else network.target)
    return max((ends.count(end) for end in ends), default=0)


def own_view(network: jmdi.Network, *, looped: bool = False) -> jmdi.Result:
    """Ties.

    Args:
        network: The network.
        looped: Whether loops count.
    """
    return jmdi.Result(value=1, value_is="count", parameters={"looped": False})


def scaled(
    network: jmdi.Network, *, gamma: float = 1.0, level: float = 0.95, draws: int = 50
) -> float:
    """Ties.

    Args:
        network: The network.
        gamma: What they are multiplied with.
        level: How sure.
        draws: How many.
    """
    return network.n_edges * gamma


def fixed_view(network: jmdi.Network, *, gamma: float = 1.0) -> jmdi.Result:
    """Ties.

    Args:
        network: The network.
        gamma: What they are multiplied with.
    """
    return jmdi.Result(value=1, value_is="count", parameters={"gamma": 1.0})


def by_data(
    network: jmdi.Network, *, direction: Literal["sent", "received"] = "sent"
) -> jmdi.Result:
    """Ties, with a sentence of its own.

    Args:
        network: The network.
        direction: Which ties count.
    """
    said = direction if network.n_nodes > 4 else "sent"
    return jmdi.Result(value=1, value_is="count", convention=f"ties {said} are counted")


nan = plugin("nan", lambda network: float("nan"))
zero = plugin("zero", lambda network: network.n_edges / max(network.n_nodes, 1))
crash = plugin("crash", lambda network: network.n_edges / network.n_nodes)
beyond = plugin("beyond", lambda network: 2 * network.n_edges, range=(0, 1))
never = plugin("never", lambda network: jmdi.undefined("missing_input"))
uncited = plugin("uncited", lambda network: 1, citation="", doc=" ")
needy = plugin("needy", lambda network, x: 1)
reader = plugin("reader", defined(lambda network: max(map(len, network.nodes))))
hasty = plugin("hasty", defined(lambda net: (net.edges[0].weight or 0) + net.source[0]))
forgetting = plugin("forgetting", defined(of_edges))
partial = plugin("partial", defined(of_ends))
sparse = plugin("sparse", defined(counted_ends))
alone = plugin("alone", counted)
random_ = plugin("random", defined(lambda network: random.random()))
hashed = plugin("hashed", defined(lambda network: hash(network.nodes[0]) % 1000))
secret = plugin("secret", defined(unsaid))
numeric = plugin("numeric", defined(reseeding_numpy))
twice = plugin("twice", named_actors, on="dataset", count=rows_of_actors, finish=actors_of)
blank = plugin("blank", foreigners, on="dataset", count=rows_of_foreigners, finish=actors_of)
tied_only = plugin("tied-only", tied_actors, on="dataset")
global_ = plugin("global", defined(reseeding))
noisy = plugin("noisy", noisy_count)
deep = plugin("deep", deep_count)
terse = plugin("terse", terse_count)
chatty = plugin("chatty", chatty_count)
vague = plugin("vague", vague_count)
loose = plugin("loose", loose_count)
liar = plugin("liar", liar_count)
untyped = plugin("untyped", lambda network: network.n_edges)
bare = plugin("bare", chatty_count, value_is="")
constant = plugin("constant", degrees, convention="ties are counted")
contrary = plugin("contrary", degrees, convention="ties received are counted")
deaf = plugin("deaf", own_view)
firm = plugin("firm", scaled, convention="multiplied with gamma 1.0")
greek = plugin("greek", scaled, convention="γ = 1")
sure = plugin("sure", scaled, convention="at a level of 95 %")
stale = plugin("stale", scaled, convention="a bootstrap interval of 95 %")
drawing = plugin("drawing", scaled, convention="50 samples are drawn")
set_ = plugin("set", fixed_view)
telling = plugin("telling", by_data)
sided = plugin("sided", defined(lambda network: len(set(network.source))))
