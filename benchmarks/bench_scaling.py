"""Threshold cascades: time of one replicate, as ratios to peers within one run, at three sizes.

The peers are ndlib and cynetdiff where they are installed, and the plain Python loop over the
same events. All start from the same seeds with the same thresholds, and what they reach is
compared. Each time is the median of interleaved rounds, in CPU seconds; compiling is apart.
"""

from __future__ import annotations

import argparse
import importlib
import math
import statistics
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from jmdi_scaling.cascades import Spread, ensemble, stream

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


def with_ndlib(graph: nx.Graph, seeds: list[int]) -> int | None:
    """ndlib's threshold model, run until nothing changes."""
    try:
        config = importlib.import_module("ndlib.models.ModelConfig")
        models = importlib.import_module("ndlib.models.epidemics")
    except ImportError:
        return None
    model = models.ThresholdModel(graph, seed=1)
    setting = config.Configuration()
    setting.add_model_initial_configuration("Infected", seeds)
    for node in graph:
        setting.add_node_configuration("threshold", node, PHI)
    model.set_initial_status(setting)
    count = -1
    while True:
        found = model.iteration(node_status=False)["node_count"][1]
        if found == count:
            return int(count)
        count = found


def cynetdiff_runner(graph: nx.Graph, seeds: list[int]) -> Callable[[], int] | None:
    """cynetdiff's linear threshold model with weights 1/degree."""
    try:
        tools = importlib.import_module("cynetdiff.utils")
    except ImportError:
        return None
    directed = graph.to_directed()
    for _, j, data in directed.edges(data=True):
        data["b"] = 1 / directed.in_degree(j)
    model, _ = tools.networkx_to_lt_model(directed)
    model.set_seeds(seeds)

    def run() -> int:
        model.reset_model()
        model.advance_until_completion()
        return int(model.get_num_activated_nodes())

    return run


def timed(run: Callable[[], Any]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def measure(n: int, rounds: int, replicates: int, slow: bool) -> dict[str, float]:
    """CPU seconds of one replicate, by tool."""
    graph = network(n)
    names = [str(k) for k in range(n)]
    net = Spread.of(names, [(str(a), str(b)) for a, b in graph.edges])
    seeds = sorted(stream(3, 0).choice(n, max(1, int(SHARE * n)), replace=False).tolist())
    need = net.needs(PHI)
    near = [list(graph[k]) for k in range(n)]
    reached = int((net.run(need, seeds) >= 0).sum())
    limits = need[0].tolist()
    assert plain(near, limits, seeds) == reached
    tools: dict[str, tuple[Callable[[], Any], int]] = {
        "jmdi": (lambda: ensemble(net, PHI, seeds=seeds, replicates=replicates), replicates),
        "jmdi, thresholds drawn": (
            lambda: ensemble(net, ("uniform", 0, 1), seeds=seeds, replicates=replicates),
            replicates,
        ),
        "plain loop": (lambda: plain(near, limits, seeds), 1),
    }
    peer = cynetdiff_runner(graph, seeds)
    if peer is not None:
        tools["cynetdiff (thresholds drawn)"] = (peer, 1)
    if slow and (found := with_ndlib(graph, seeds)) is not None:
        assert found == reached, f"ndlib reaches {found}, jmdi {reached}"
        tools["ndlib"] = (lambda: with_ndlib(graph, seeds), 1)
    times: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, (run, many) in tools.items():
            times[name].append(timed(run) / many)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--replicates", type=int, default=100)
    parser.add_argument("--slowest", type=int, default=10_000, help="largest size for ndlib")
    parser.add_argument("--smoke", action="store_true", help="small, only to see that it runs")
    given = parser.parse_args()
    if given.smoke:
        given.sizes, given.rounds, given.replicates = [200, 400], 1, 5
    warm = timed(lambda: ensemble(Spread.of("ab", [("a", "b")]), 0.5, replicates=1))
    print(f"first call, compiling or loading the kernel: {warm:.2f} s")
    found = {n: measure(n, given.rounds, given.replicates, n <= given.slowest) for n in given.sizes}
    tools = list(dict.fromkeys(name for times in found.values() for name in times))
    print(f"{'per replicate':36}" + "".join(f"{n:>22,}" for n in given.sizes) + "  exponent")
    for name in tools:
        cells = ""
        for n in given.sizes:
            seconds, base = found[n].get(name), found[n]["jmdi"]
            cells += f"{'–':>22}" if seconds is None else (
                f"{1000 * seconds:>11.3f} ms {seconds / base:>6.0f} ×")  # fmt: skip
        known = [n for n in given.sizes if name in found[n]]
        slope = ""
        if len(known) > 1:
            rise = math.log(found[known[-1]][name] / found[known[0]][name])
            slope = f"{rise / math.log(known[-1] / known[0]):10.2f}"
        print(f"{name:36}{cells}{slope}")


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
