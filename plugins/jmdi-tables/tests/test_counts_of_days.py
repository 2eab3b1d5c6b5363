"""Of a day or a wave, of which of some pairs nobody knows whether they are tied."""

from __future__ import annotations

import random

import attrs
import pytest

import jmdi
import jmdi_tables
from jmdi import Actor, Initiative, Participates, Period
from jmdi.model.values import Party

PERIODS = (
    *(None, Period("2014/2016"), Period("2014/2016", wave=1), Period("2015")),
    *(Period("2014/"), Period("2014/.."), Period("/2013"), Period("2016/..", wave=2)),
    *(Period(wave=1), Period(wave=2), Period("2015-06", wave=1)),
)
COUNTRIES = ("MA", "FR", "PH", None)


def records(seed, actors, initiatives):
    """Actors that take part in initiatives and partnerships at times of all sorts."""
    dice = random.Random(seed)
    names = [f"a{n}" for n in range(actors)]
    for n, name in enumerate(names):
        yield Actor(id=name, country=COUNTRIES[n % 4])
    for n in range(initiatives):
        yield Initiative(id=f"i{n}", participants_complete=dice.choice([None, True, False]))
        for m, name in enumerate(dice.sample(names, dice.randint(1, min(4, actors)))):
            period = dice.choice(PERIODS)
            yield Participates(id=f"p{n}-{m}", source=name, target=f"i{n}", period=period)
            if dice.random() < 0.2:
                period = dice.choice(PERIODS)
                yield Participates(id=f"q{n}-{m}", source=name, target=f"i{n}", period=period)
    for n in range(2):
        parties = [Party(name) for name in dice.sample(names, min(3, actors))]
        yield jmdi.Partnership(id=f"s{n}", parties=parties, period=dice.choice(PERIODS))


SETS = {
    "few open pairs": (1, 6, 2),
    "some open pairs": (2, 9, 3),
    "many open pairs": (3, 14, 9),
    "very many open pairs": (4, 25, 40),
    "two actors": (5, 2, 3),
    "one actor": (6, 1, 1),
}
GROUPS = {"groups": "country"}
COUNTED = [
    *(("density", {}), ("isolates", {}), ("components", {}), ("components", {"kind": "strong"})),
    *(("network:degree", {"normalized": n}) for n in (True, False)),
    *(("network:strength", {"alpha": a}) for a in (1.0, 0.5, 0.0)),
    *(("network:degree-centralization", {}), ("network:dyad-census", {})),
    *(("network:reciprocity", {"measure": m}) for m in ("edgewise", "dyadic", "confirmation")),
    *(("network:fragmentation", {"connectedness": c}) for c in (True, False)),
    ("network:observation", {}),
    *((f"network:{n}", GROUPS) for n in ("mixing", "assortativity", "coleman-homophily")),
    *((f"network:{n}", GROUPS) for n in ("yule-q", "heterogeneity")),
    *(("network:modularity", {**GROUPS, "weighted": w}) for w in (True, False)),
    *(
        ("network:ei-index", {**GROUPS, "level": level, "weighted": w})
        for level in ("network", "group", "node")
        for w in (True, False)
    ),
]
MOMENTS = ("2015-06-15", 1)
CLOSED = ("components", "density", "isolates", "network:degree", "network:mixing")
"""Some that an engine counts whatever is open."""


@pytest.fixture(scope="module", params=SETS)
def data(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("days") / "x.parquet"
    jmdi.write(jmdi.dataset(records(*SETS[request.param])), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder), request.param


@pytest.mark.parametrize("as_of", MOMENTS)
def test_the_results_of_memory(data, as_of):
    tables, dataset, sort = data
    network = dataset.project("co-participation", as_of=as_of)
    if "very many" in sort:
        assert len(network.unobserved) > 10
    view = {"projection": "co-participation", "as_of": as_of}
    for name, given in COUNTED:
        mine, other = tables.metric(name, **given, **view), dataset.metric(name, **given, **view)
        assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject=""), (name, given)
        if name in CLOSED or "very many" in sort:
            assert "on duckdb" in mine.subject, name
