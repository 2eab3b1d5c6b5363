"""Threshold cascades: time of one replicate, as ratios to peers within one run, at three sizes.

Every replicate has seeds of its own, the same for all tools. ndlib runs the same thresholds and
must reach as many; its graph and settings are made beforehand, so that only the cascade counts.
cynetdiff draws a threshold for each node, and is compared with jmdi drawing them too: mean
reach must agree to three standard errors. Each time is the median of interleaved rounds, in CPU
seconds on one thread; compiling is apart.
"""

from __future__ import annotations

import argparse
import importlib
import math
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import networkx as nx
import numpy as np

from jmdi_network.randomness import stream
from jmdi_scaling.contagion.ensembles import ensemble
from jmdi_scaling.contagion.spread import Spread

PHI = 0.18
SHARE = 0.02


def network(n: int) -> nx.Graph:
    """A random graph with mean degree 10, always the same."""
    return nx.gnm_random_graph(n, 5 * n, seed=7)


def plain(near: list[list[int]], need: list[float], seeds: list[int]) -> int:
    """The loop over adopters that each node is told of."""
    count = [0] * len(near)
    done = set(seeds)
    queue = list(seeds)
    for node in queue:
        for other in near[node]:
            if other not in done:
                count[other] += 1
                if count[other] >= need[other]:
                    done.add(other)
                    queue.append(other)
    return len(done)


def ndlib_runner(graph: nx.Graph) -> Callable[[list[int]], int] | None:
    """ndlib's threshold model, run until nothing changes."""
    try:
        config = importlib.import_module("ndlib.models.ModelConfig")
        models = importlib.import_module("ndlib.models.epidemics")
    except ImportError:
        return None
    model = models.ThresholdModel(graph, seed=1)
    setting = config.Configuration()
    setting.add_model_initial_configuration("Infected", [0])
    for node in graph:
        setting.add_node_configuration("threshold", node, PHI)
    model.set_initial_status(setting)

    def run(seeds: list[int]) -> int:
        model.reset(infected_nodes=seeds)
        count = -1
        while True:
            found = int(model.iteration(node_status=False)["node_count"][1])
            if found == count:
                return count
            count = found

    return run


def cynetdiff_runner(graph: nx.Graph) -> Callable[[list[int]], int] | None:
    """cynetdiff's linear threshold model with weights 1/degree."""
    try:
        tools = importlib.import_module("cynetdiff.utils")
    except ImportError:
        return None
    directed = graph.to_directed()
    for _, j, data in directed.edges(data=True):
        data["b"] = 1 / directed.in_degree(j)
    model, _ = tools.networkx_to_lt_model(directed)

    def run(seeds: list[int]) -> int:
        model.set_seeds(seeds)
        model.reset_model()
        model.advance_until_completion()
        return int(model.get_num_activated_nodes())

    return run


def timed(run: Callable[[], Any]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def each(run: Callable[[list[int]], int], rows: list[list[int]]) -> Callable[[], list[int]]:
    """A tool on a list of seed sets."""
    return lambda: [run(seeds) for seeds in rows]


def agree(ours: Sequence[int], theirs: Sequence[int]) -> None:
    """Stops when the mean sizes of two ensembles differ by more than three standard errors."""
    error = math.sqrt(np.var(ours) / len(ours) + np.var(theirs) / len(theirs))
    gap = abs(float(np.mean(ours)) - float(np.mean(theirs)))
    assert gap <= 3 * error + 1e-9, f"means differ by {gap:.1f}, standard error {error:.1f}"


def measure(n: int, rounds: int, replicates: int, slow: bool) -> dict[str, float]:
    """CPU seconds of one replicate, by tool."""
    graph = network(n)
    names = [str(k) for k in range(n)]
    net = Spread.of(names, [(str(a), str(b)) for a, b in graph.edges])
    size = max(1, int(SHARE * n))
    rows = [sorted(stream(3, r).choice(n, size, replace=False).tolist()) for r in range(replicates)]
    table = np.array(rows)
    near = [list(graph[k]) for k in range(n)]
    limits = net.needs(PHI)[0].tolist()
    sizes = ensemble(net, PHI, seeds=rows, replicates=replicates).sizes.tolist()
    few = rows[:3]
    assert [plain(near, limits, seeds) for seeds in few] == sizes[:3]
    drawn = ("uniform", 0, 1)
    tools: dict[str, tuple[Callable[[], Any], int]] = {
        "jmdi": (
            lambda: ensemble(net, PHI, seeds=table, replicates=replicates, workers=1),
            replicates,
        ),
        "jmdi, thresholds drawn": (
            lambda: ensemble(net, drawn, seeds=table, replicates=replicates, workers=1),
            replicates,
        ),
        "plain loop": (each(lambda seeds: plain(near, limits, seeds), few), 3),
    }
    peer = cynetdiff_runner(graph)
    if peer is not None:
        tools["cynetdiff, thresholds drawn"] = (each(peer, rows), replicates)
        agree(ensemble(net, drawn, seeds=rows, replicates=replicates).sizes, each(peer, rows)())
    other = ndlib_runner(graph) if slow else None
    if other is not None:
        assert [other(seeds) for seeds in few[:1]] == sizes[:1]
        tools["ndlib"] = (each(other, few[:1]), 1)
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, (run, many) in tools.items():
            times[name].append(timed(run) / many)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--replicates", type=int, default=512)
    parser.add_argument("--slowest", type=int, default=10_000, help="largest size for ndlib")
    parser.add_argument("--smoke", action="store_true", help="small, only to see that it runs")
    given = parser.parse_args()
    if given.smoke:
        given.sizes, given.rounds, given.replicates = [200, 400], 1, 5
    warm = timed(lambda: ensemble(Spread.of("ab", [("a", "b")]), 0.5, replicates=1))
    print(f"first call, compiling or loading the kernel: {warm:.2f} s")
    many = {n: min(given.replicates, max(128, 10_000_000 // n)) for n in given.sizes}
    found = {n: measure(n, given.rounds, many[n], n <= given.slowest) for n in given.sizes}
    tools = list(dict.fromkeys(name for times in found.values() for name in times))
    print(f"{'per replicate':32}" + "".join(f"{n:>18,}" for n in given.sizes))
    for name in tools:
        cells = [found[n].get(name) for n in given.sizes]
        words = [f"{'–':>18}" if x is None else f"{1000 * x:>15.3f} ms" for x in cells]
        print(f"{name:32}" + "".join(words))
    print("\nratios")
    for name, base in (
        ("ndlib", "jmdi"),
        ("plain loop", "jmdi"),
        ("cynetdiff, thresholds drawn", "jmdi, thresholds drawn"),
        ("cynetdiff, thresholds drawn", "jmdi"),
    ):
        known = [(n, found[n][name] / found[n][base]) for n in given.sizes if name in found[n]]
        if known:
            said = ", ".join(f"{ratio:,.0f} at {n:,} nodes" for n, ratio in known)
            print(f"{name} / {base}: {said}")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
