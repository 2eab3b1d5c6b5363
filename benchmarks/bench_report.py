"""The report page: its size, and its cost as a ratio to that of computing metrics in the same run.

Actors, places, types and ties are invented. ``metrics`` is all that ``jmdi metrics FILE`` computes
when nobody names one and that the runner can compute on these records without a parameter; ``own``
is what the page itself shows. Times are CPU seconds of one process.

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


def seconds(what: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    began = time.process_time()
    what()
    return time.process_time() - began


def all_metrics(dataset: jmdi.Dataset) -> None:
    """All metrics of networks that need no parameter, and those of datasets."""
    for name, spec in dataset.model.catalog.metrics.items():
        if not any(parameter.required for parameter in spec.parameters):
            try:
                dataset.metric(name)
            except jmdi.JmdiError:
                continue


def measured(actors: int, ties: int, *, every: bool) -> bool:
    """Prints the figures of one size; whether they are within the limits."""
    report(programme(50, 80))  # templates and kernels are loaded once
    own = seconds(lambda: list(results_for(programme(actors, ties))))
    page = report(programme(actors, ties))
    made = seconds(lambda: report(programme(actors, ties)))
    size = len(page.html.encode()) / 1024
    packed = len(gzip.compress(page.html.encode(), mtime=0)) / 1024
    text = f"{actors:,} actors, {ties:,} ties: {size:.0f} KB ({packed:.0f} KB compressed); "
    text += f"page {made:.2f} s, own metrics {own:.2f} s"
    within = True
    if every:
        whole = seconds(lambda: all_metrics(programme(actors, ties)))
        text += f", metrics {whole:.2f} s: ratio {made / whole:.2f}"
        within = made <= RATIO * whole
    print(text)
    most, most_packed = LIMITS.get(actors, (None, None))
    within &= most is None or size <= most
    return within and (most_packed is None or packed <= most_packed)


def layout(actors: int) -> None:
    """Prints what the layout of territories takes."""
    rng = random.Random(2)
    types, places, degrees = ([rng.randrange(k) for _ in range(actors)] for k in (8, 12, 40))
    taken = min(seconds(lambda: territory(types, places, degrees)) for _ in range(5))
    print(f"territory layout of {actors:,} actors: {taken:.3f} s")


def main() -> None:
    """Measures, and fails beyond the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small: only to see that it runs")
    smoke = parser.parse_args().smoke
    sizes = [(60, 120)] if smoke else [(1000, 2193), (20000, 44000)]
    within = [measured(*size, every=not smoke and size[0] <= 1000) for size in sizes]
    layout(1000 if smoke else 20000)
    sys.exit(not (all(within) or smoke))


if __name__ == "__main__":
    main()
