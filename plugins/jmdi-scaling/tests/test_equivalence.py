"""Exposure by structural equivalence: by hand, and against loops from the definition."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scaling_helpers import actor, adopts, practice, tie

from jmdi_scaling.diffusion.adoption import Adoption
from jmdi_scaling.diffusion.equivalence import equivalence, equivalence_exposure, geodesics


def by_loops(z, power):
    """Burt's weights from geodesics, word by word."""
    n = len(z)
    d = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            others = [k for k in range(n) if k not in (i, j)]
            total = (z[j][i] - z[i][j]) ** 2
            total += sum((z[j][k] - z[i][k]) ** 2 for k in others)
            total += sum((z[k][i] - z[k][j]) ** 2 for k in others)
            d[i][j] = math.sqrt(total)
    found = []
    for i in range(n):
        others = [k for k in range(n) if k != i]
        most = max(d[i][k] for k in others)
        weights = [0.0 if k == i else (most - d[i][k]) ** power for k in range(n)]
        found.append([x / sum(weights) if sum(weights) else math.nan for x in weights])
    return found


@pytest.mark.parametrize("unreached", ["farther", "zero"])
@pytest.mark.parametrize("power", [1, 2.5])
def test_weights_against_loops(power, unreached):
    random = np.random.default_rng(5)
    for density in (0.1, 0.2, 0.4):
        names = [f"n{k}" for k in range(9)]
        edges = [(a, b) for a in names for b in names if a != b and random.random() < density]
        matrix = Adoption.of(edges, dict.fromkeys(names, 1)).at(0)
        z = geodesics(matrix)
        longest = z[np.isfinite(z)].max()
        z[~np.isfinite(z)] = longest + 1 if unreached == "farther" else 0
        found = equivalence(matrix, power=power, unreached=unreached)
        assert found == pytest.approx(np.array(by_loops(z, power)), nan_ok=True)


def test_a_star_by_hand():
    # Leaves are alike: d = 0 from one another. From the centre all leaves are equally far.
    star = Adoption.of(
        [("a", "z"), ("b", "z"), ("c", "z")], {"a": 1, "b": 2, "c": None, "z": 2}, directed=False
    )
    found = equivalence(star.at(0))
    assert found[0].tolist() == [0, 0.5, 0.5, 0]
    assert np.isnan(found[3]).all()
    table = equivalence_exposure(star)
    assert table[:3, 1].tolist() == [0, 0.5, 0.5] and np.isnan(table[3]).all()
    assert equivalence_exposure(star, lag=0)[2].tolist() == [0.5, 1]


def test_through_a_dataset(measure):
    ds = [practice(), *(actor(x) for x in "abcz"), *(tie(x, "z") for x in "abc")]
    ds += [adopts("a", year=2001), adopts("b", year=2002), adopts("z", year=2002)]
    found = measure(ds, "equivalence-exposure")
    assert dict(found.values) == {"a": 0, "b": 0.5, "c": 0.5}
    assert found.value == pytest.approx(1 / 3) and (found.n_used, found.n_eligible) == (3, 4)
    assert found.notes["mean_by_period"] == {"2001": None, "2002": pytest.approx(1 / 3)}
    open_ = [r for r in ds if r.id != "tie/c-z-None"]
    unsure = measure([*open_, tie("c", "z", "unobserved")], "equivalence-exposure")
    without = measure(open_, "equivalence-exposure")
    assert unsure.bounds["c"] == (min(without.values["c"], 0.5), max(without.values["c"], 0.5))
    nobody = [r for r in ds if not r.id.startswith("tie")]
    assert measure(nobody, "equivalence-exposure").undefined == "zero_denominator"
    early = measure(ds, "equivalence-exposure", lag=2)
    assert early.undefined == "missing_input"


def test_too_many_actors(measure, monkeypatch):
    from jmdi_scaling.diffusion import equivalence as module

    monkeypatch.setattr(module, "MOST_ACTORS", 2)
    ds = [practice(), *(actor(x) for x in "abc"), tie("a", "b"), adopts("a", year=2001)]
    ds.append(adopts("b", year=2002))
    assert measure(ds, "equivalence-exposure").undefined == "scaling:too_many_actors"
