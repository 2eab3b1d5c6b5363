"""The report page: its size, and its cost as a ratio to that of what it shows in the same run.

Actors, places, types and ties are invented. What it shows are the metrics of its cards and the
panels of plugins; the rest is tables, layouts and writing. Times are CPU seconds of one process,
the least of three.

    python benchmarks/bench_report.py            # 1,000 and 20,000 actors
    python benchmarks/bench_report.py --smoke
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import time
from collections.abc import Callable

import jmdi
from jmdi.running.showing import shown
from jmdi_report.choosing import results_for
from jmdi_report.layouts import territory
from jmdi_report.report import report

COUNTRIES = ["PH", "MA", "SN", "TN", "NP", "EC", "SV", "CR", "IT", "ES", "FR", "DE"]
TYPES = [
    "local_authority",
    "national_government",
    "civil_society",
    "migrant_association",
    "private_sector",
    "academia",
    "multilateral",
    "foundation",
]
LIMITS = {1000: (120, None), 20000: (1536, 500)}
"""KB of the page, and of the page compressed, by the number of actors."""

RATIO = 3


def programme(actors: int, ties: int) -> jmdi.Dataset:
    """Invented actors, each with about as many ties as the others."""
    rng = random.Random(1)
    nouns = [
        "Association",
        "Fund",
        "Municipality",
        "Council",
        "Union",
        "Network",
        "Centre",
        "Cooperative",
    ]
    made: list[jmdi.Record] = [
        jmdi.Actor(
            id=f"actor/{i:05}",
            names={"en": f"{rng.choice(nouns)} {i}"},
            type=jmdi.code("actor-type", rng.choice(TYPES)),
            country=rng.choice(COUNTRIES),
        )
        for i in range(actors)
    ]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        a, b = rng.sample(range(actors), 2)
        pairs.add((min(a, b), max(a, b)))
    kinds = ("funding", "knowledge_exchange", "advocacy")
    made += [
        jmdi.Tie(
            id=f"tie/{a}-{b}",
            source=f"actor/{a:05}",
            target=f"actor/{b:05}",
            type=jmdi.code("tie-kind", rng.choice(kinds)),
        )
        for a, b in sorted(pairs)
    ]
    return jmdi.dataset(made)


def seconds(what: Callable[[jmdi.Dataset], object], actors: int, ties: int) -> float:
    """CPU seconds of a call on records that nothing was computed of."""
    taken = []
    for _ in range(3):
        dataset = programme(actors, ties)
        began = time.process_time()
        what(dataset)
        taken.append(time.process_time() - began)
    return min(taken)


def measured(actors: int, ties: int) -> bool:
    """Prints the figures of one size; whether they are within the limits."""
    report(programme(50, 80))  # templates and kernels are loaded once
    cards = seconds(lambda dataset: list(results_for(dataset)), actors, ties)
    panels = seconds(lambda dataset: list(shown(dataset)), actors, ties)
    made = seconds(report, actors, ties)
    ratio = made / (cards + panels)
    html = report(programme(actors, ties)).html.encode()
    size, packed = len(html) / 1024, len(gzip.compress(html, mtime=0)) / 1024
    print(
        f"{actors:,} actors, {ties:,} ties: {size:.1f} KB ({packed:.0f} KB compressed); page "
        f"{made:.2f} s, metrics of cards {cards:.2f} s, panels {panels:.2f} s: ratio {ratio:.2f}"
    )
    most, most_packed = LIMITS.get(actors, (None, None))
    within = most is None or size <= most
    within &= most_packed is None or packed <= most_packed
    return within and (actors != 1000 or ratio <= RATIO)


def layout(actors: int) -> None:
    """Prints what the layout of territories takes."""
    rng = random.Random(2)
    types, places, degrees = ([rng.randrange(k) for _ in range(actors)] for k in (8, 12, 40))
    began = time.process_time()
    territory(types, places, degrees)
    taken = time.process_time() - began
    print(f"territory layout of {actors:,} actors: {taken:.3f} s")


def main() -> None:
    """Measures, and fails beyond the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small: only to see that it runs")
    smoke = parser.parse_args().smoke
    sizes = [(60, 120)] if smoke else [(1000, 2193), (20000, 44000)]
    within = [measured(*size) for size in sizes]
    layout(1000 if smoke else 20000)
    sys.exit(not (all(within) or smoke))


if __name__ == "__main__":
    main()
