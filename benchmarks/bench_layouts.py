"""Measures the layouts of the report's map: territories, and forces beside networkx.

Prints milliseconds of territories, which must stay below 100 for 20,000 actors, and the processor
time of the layout by forces as a share of that of ``networkx.spring_layout`` in the same run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from jmdi_report.layouts import force, territory


def seconds(run: Callable[[], Any], runs: int) -> float:
    """The least processor time of some runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Runs all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, nargs="*", default=[1000, 20_000, 100_000])
    parser.add_argument("--places", type=int, nargs="*", default=[8, 200])
    parser.add_argument("--ties", type=float, default=2.2, help="ties of each actor")
    parser.add_argument("--spring", type=int, default=1000, help="actors of the layout by forces")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--smoke", action="store_true", help="small, once")
    given = parser.parse_args()
    if given.smoke:
        given.actors, given.places, given.spring, given.runs = [500], [8], 100, 1
    random = np.random.default_rng(0)
    for n in given.actors:
        for places in given.places:
            columns = [random.integers(-1, top, n) for top in (8, places, 50)]
            took = seconds(lambda columns=columns: territory(*columns), given.runs)  # type: ignore[misc]
            print(f"territories of {n:>7,} actors in {places:>3} places: {1000 * took:6.1f} ms")
    import networkx as nx

    n = given.spring
    source, target = (random.integers(0, n, int(given.ties * n)) for _ in range(2))
    graph = nx.Graph(zip(source.tolist(), target.tolist(), strict=True))
    ours = seconds(lambda: force(n, source, target), given.runs)
    theirs = seconds(lambda: nx.spring_layout(graph, seed=0), 1)
    print(f"forces of {n:,} actors: {ours:.2f} s, {ours / theirs:.2f} of networkx.spring_layout")


if __name__ == "__main__":
    main()
