"""Observed diffusion on Valente's three data sets, against loops written from the definitions.

No value here is taken from a publication: each is computed again from the records, by the plain
loops below, which follow Valente 1995, 1996 and Valente et al. 2015 word by word.
"""

from __future__ import annotations

import json
import math
import statistics
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from jmdi_scaling.diffusion.adoption import (
    CATEGORIES,
    Adoption,
    at_adoption,
    categories,
    exposure,
    hazard,
    infectiousness,
    susceptibility,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "diffusion"
STUDIES = ("medInnovations", "brfarmers", "kfamily")


@pytest.fixture(scope="module", params=STUDIES)
def study(request):
    """The edges, the time of adoption of each node, and the periods; the last may be censored."""
    path = DATA / f"{request.param}DiffNet.json"
    if not path.exists():
        pytest.skip("the diffusion data sets are not here")
    found = json.loads(path.read_text(encoding="utf-8"))
    times = {node: found["toa"].get(node) for node in found["nodes"]}
    edges = list(dict.fromkeys((e[0], e[1]) for e in found["edges"] if e[0] != e[1]))
    return edges, times, list(range(found["t0"], found["t1"] + 1))


@pytest.fixture(scope="module", params=["all", "censored"])
def case(request, study):
    """With the last period as it is, and with those who adopt in it as not yet adopted."""
    edges, times, periods = study
    if request.param == "all":
        return edges, times, periods
    last = periods[-1]
    return edges, {n: None if t == last else t for n, t in times.items()}, periods[:-1]


def same(found, expected):
    for have, want in zip(found, expected, strict=True):
        if want is None:
            assert math.isnan(have)
        else:
            assert have == pytest.approx(want, abs=1e-12)


def neighbours(edges, direction):
    near = {}
    for i, j in edges:
        if direction in ("out", "both"):
            near.setdefault(i, []).append(j)
        if direction in ("in", "both"):
            near.setdefault(j, []).append(i)
    return {name: sorted(set(found)) for name, found in near.items()}


@pytest.mark.parametrize("direction", ["out", "in", "both"])
@pytest.mark.parametrize("lag", [0, 1, 2])
def test_exposure_and_threshold(case, direction, lag):
    edges, times, periods = case
    net = Adoption.of(edges, times, periods)
    near = neighbours(edges, direction)
    table = exposure(net, direction=direction, lag=lag)
    numbers = exposure(net, direction=direction, lag=lag, normalized=False)
    at = at_adoption(net, table)
    for row, name in enumerate(net.nodes):
        expected = []
        for period in periods:
            there = near.get(name)
            seen = period - lag
            if not there or seen < periods[0]:
                expected.append(None)
                continue
            adopters = sum(times[j] is not None and times[j] <= seen for j in there)
            expected.append(adopters / len(there))
        same(table[row], expected)
        ties = len(near.get(name, ()))
        same(numbers[row, lag:], [(share or 0) * ties for share in expected[lag:]])
        own = times[name]
        same([at[row]], [None if own is None else expected[periods.index(own)]])


@pytest.mark.parametrize("span", [1, 2, 4])
def test_infectiousness_and_susceptibility(case, span):
    edges, times, periods = case
    net = Adoption.of(edges, times, periods)
    naming, named = neighbours(edges, "in"), neighbours(edges, "out")
    infect, suscept = [], []
    for name in net.nodes:
        own = times[name]
        sums = [0.0, 0.0, 0.0, 0.0]
        for k in range(1, span + 1) if own is not None else ():
            for j in naming.get(name, ()):
                later = times[j]
                if later is not None and own + k <= periods[-1]:
                    sums[0] += (later == own + k) / k
                    sums[1] += (later >= own + k) / k
            for j in named.get(name, ()):
                sooner = times[j]
                if sooner is not None and own - k >= periods[0]:
                    sums[2] += (sooner == own - k) / k
                    sums[3] += (sooner <= own - k) / k
        infect.append(sums[0] / sums[1] if sums[1] else None)
        suscept.append(sums[2] / sums[3] if sums[3] else None)
    same(infectiousness(net, span=span), infect)
    same(susceptibility(net, span=span), suscept)


def test_cumulative_adopters_and_hazard(case):
    _, times, periods = case
    net = Adoption.of([], times, periods)
    known = [t for t in times.values() if t is not None]
    total = [sum(t <= period for t in known) for period in periods]
    assert net.adopters().tolist() == total
    expected = [None]
    for before, now in pairwise(total):
        left = len(times) - before
        expected.append((now - before) / left if left else None)
    same(hazard(net), expected)


@pytest.mark.parametrize("kind", ["valente", "rogers"])
def test_categories(case, kind):
    _, times, periods = case
    net = Adoption.of([], times, periods)
    known = [t for t in times.values() if t is not None]
    mean, sd = statistics.fmean(known), statistics.stdev(known)
    cuts = [mean - 2 * sd] * (kind == "rogers") + [mean - sd, mean, mean + sd]
    for name, found in zip(net.nodes, categories(net, kind), strict=True):
        t = times[name]
        expected = None if t is None else CATEGORIES[kind][sum(t >= cut for cut in cuts)]
        assert found == expected


def test_dated_ties_against_a_loop():
    rng = np.random.default_rng(3)
    times = {f"n{k}": int(t) if t else None for k, t in enumerate(rng.integers(0, 6, 12))}
    names = sorted(times)
    edges = [
        (names[a], names[b], float(w), int(p))
        for a, b, w, p in rng.integers([0, 0, 1, 1], [12, 12, 5, 6], (160, 4))
        if a != b
    ]
    net = Adoption.of(edges, times, range(1, 6))
    for valued in (False, True):
        for lag in (0, 1):
            table = exposure(net, lag=lag, valued=valued)
            for row, name in enumerate(net.nodes):
                for t in range(1 + lag, 6):
                    weights = {}
                    for i, j, w, p in edges:
                        if i == name and p == t - lag:
                            weights[j] = weights.get(j, 0) + w
                    shares = {j: w if valued else 1 for j, w in weights.items()}
                    seen = [j for j in shares if times[j] is not None and times[j] <= t - lag]
                    total = sum(shares.values())
                    want = sum(shares[j] for j in seen) / total if total else None
                    same([table[row, t - 1]], [want])
