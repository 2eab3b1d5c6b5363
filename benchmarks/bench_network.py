"""Builds the network of actors from a Dataset, and the same as a networkx MultiDiGraph.

Prints time and memory as ratios within one run, at three sizes, with the exponent of growth:
1 means linear. Memory is what tracemalloc sees allocated by building, the records aside.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import networkx as nx

from jmdi.app import Model
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.ids import make_id
from jmdi.model.kinds import Actor
from jmdi.model.relations import Tie
from jmdi.model.values import code
from jmdi.plugins.loader import build_catalog


def records(actors: int, ties: int) -> list[Any]:
    """Actors and ties between random pairs of them, always the same."""
    rng = random.Random(7)
    types = [code("actor-type", name) for name in ("local_authority", "national_ngo", "academia")]
    made: list[Any] = [
        Actor(id=make_id("actor", i), type=types[i % 3], country="MA") for i in range(actors)
    ]
    ids = [actor.id for actor in made]
    kind = code("tie-kind", "advocacy")
    for i in range(ties):
        a, b = rng.sample(range(actors), 2)
        made.append(Tie(id=make_id("tie", i), source=ids[a], target=ids[b], type=kind))
    return made


def with_jmdi(dataset: Dataset) -> Network:
    """The projection as a user asks for it."""
    return dataset.project("actors", co_participation=False)


def with_networkx(dataset: Dataset) -> Any:
    """The same nodes and edges, each edge with the record behind it, and nothing else."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(actor.id for actor in dataset.of(Actor))
    graph.add_edges_from((t.source, t.target, {"record": t}) for t in dataset.of(Tie))
    return graph


def with_networkx_bare(dataset: Dataset) -> Any:
    """The same nodes and edges without any data: the least that networkx can do."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(actor.id for actor in dataset.of(Actor))
    graph.add_edges_from((t.source, t.target) for t in dataset.of(Tie))
    return graph


def seconds(build: Callable[[Dataset], Any], made: list[Any], catalog: Any, runs: int) -> float:
    """Median CPU seconds from a fresh Dataset, whose indexes are not yet made."""
    taken = []
    for _ in range(runs):
        dataset = Dataset(made, model=Model(catalog))
        gc.collect()
        start = time.process_time()
        built = build(dataset)
        taken.append(time.process_time() - start)
        del built
    return statistics.median(taken)


def megabytes(build: Callable[[Dataset], Any], made: list[Any], catalog: Any) -> float:
    """What is still allocated when the network is built, indexes of the Dataset included."""
    dataset = Dataset(made, model=Model(catalog))
    gc.collect()
    tracemalloc.start()
    built = build(dataset)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del built
    return size / 1e6


def dataset_overhead(actors: int, ties: int, catalog: Any) -> float:
    """The weight of a Dataset with its indexes over that of the bare records."""
    gc.collect()
    tracemalloc.start()
    made = records(actors, ties)
    bare, _ = tracemalloc.get_traced_memory()
    dataset = Dataset(made, model=Model(catalog))
    del made
    dataset.get(dataset.records[0].id)
    dataset.out(dataset.records[0].id)
    dataset.in_(dataset.records[0].id)
    gc.collect()
    whole, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return whole / bare


def exponent(sizes: list[int], values: list[float]) -> float:
    """The slope of log(value) over log(size)."""
    return math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median is taken")
    given = parser.parse_args()
    sizes = [200, 400, 800] if given.smoke else [25_000, 50_000, 100_000]
    catalog = build_catalog([])
    builders = {"jmdi": with_jmdi, "networkx": with_networkx, "networkx bare": with_networkx_bare}
    times: dict[str, list[float]] = {name: [] for name in builders}
    sizes_mb: dict[str, list[float]] = {name: [] for name in builders}
    print(f"{'actors':>9} {'ties':>9}  {'builder':<14} {'CPU s':>8} {'MB':>8}  time ×  memory ×")
    for actors in sizes:
        made = records(actors, 5 * actors)
        for name, build in builders.items():
            times[name].append(seconds(build, made, catalog, given.runs))
            sizes_mb[name].append(megabytes(build, made, catalog))
            slower = times[name][-1] / times["jmdi"][-1]
            larger = sizes_mb[name][-1] / sizes_mb["jmdi"][-1]
            print(
                f"{actors:>9,} {5 * actors:>9,}  {name:<14} {times[name][-1]:>8.3f} "
                f"{sizes_mb[name][-1]:>8.1f}  {slower:>6.1f}  {larger:>8.1f}"
            )
    for name in builders:
        grows = exponent(sizes, times[name]), exponent(sizes, sizes_mb[name])
        print(f"exponent of {name}: time {grows[0]:.2f}, memory {grows[1]:.2f}")
    ratio = dataset_overhead(sizes[0], 5 * sizes[0], catalog)
    print(f"a Dataset with all its indexes weighs {ratio:.2f} of its bare records")


if __name__ == "__main__":
    main()
