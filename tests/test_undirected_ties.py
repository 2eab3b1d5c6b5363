"""No figure depends on which end of a tie comes first, unless the tie is directed.

All metrics of the core and of the plugins that are installed are tried, on datasets in which the
ends of ties are swapped.
"""

from __future__ import annotations

import functools
import random

import pytest

import jmdi
from jmdi.model.records import evolve
from jmdi.model.values import Party, Period

MODEL = jmdi.default_model()
NETWORK = [m for m in MODEL.catalog.metrics.values() if m.on == "network"]
OTHERS = [m for m in MODEL.catalog.metrics.values() if m.on != "network"]
DRAWN = 6


def drawn(seed: int, *, some_directed: bool) -> list[jmdi.Record]:
    """Records of all that metrics read, with dated, weighted, unobserved and absent ties."""
    draw = random.Random(seed)
    names = [f"a{number}" for number in range(7)]
    types = ["local_authority", "cso", "migrant_association", "academia"]
    records: list[jmdi.Record] = [
        jmdi.Actor(
            id=name,
            type=jmdi.code("actor-type", draw.choice(types)),
            level=jmdi.code("governance-level", draw.choice(["local", "national"])),
            country=draw.choice(["SN", "IT"]),
            territory="land" if draw.random() < 0.5 else None,
        )
        for name in names
    ]
    records += [jmdi.Territory(id="land"), jmdi.Practice(id="p"), jmdi.Initiative(id="i")]
    for number in range(12):
        source, target = draw.sample(names, 2)
        state = draw.choice([None] * 6 + ["present", "absent", "unobserved"])
        records.append(
            jmdi.Tie(
                id=f"t{number:02}",
                source=source,
                target=target,
                type=jmdi.code("tie-kind", draw.choice(["funding", "advocacy"])),
                directed=draw.choice([None, False] + [True] * some_directed),
                strength=draw.choice([1, 2, 3]),
                state=jmdi.code("presence", state) if state else None,
                period=draw.choice([None, Period("2012/2014"), Period("2013/..")]),
                reported_by=draw.choice([None, source, target]),
            )
        )
    for name in draw.sample(names, 5):
        year = str(draw.randint(2011, 2015))
        records.append(jmdi.Adopts(id=f"ad/{name}", source=name, target="p", period=Period(year)))
    for name in draw.sample(names, 4):
        side = draw.choice([None, "origin", "destination"])
        records.append(
            jmdi.Participates(
                id=f"part/{name}",
                source=name,
                target="i",
                side=jmdi.code("side", side) if side else None,
            )
        )
    parties = tuple(Party(name) for name in draw.sample(names, 3))
    return [*records, jmdi.Partnership(id="ps", parties=parties, initiatives=("i",))]


def swapped(records: list[jmdi.Record]) -> list[jmdi.Record]:
    """The same records, the ends of ties that are not directed the other way round."""
    return [
        evolve(record, source=record.target, target=record.source)
        if isinstance(record, jmdi.Tie) and not record.directed
        else record
        for record in records
    ]


DENSITY = {"metric": "density"}
GIVEN = {
    "network:best-ties": DENSITY,
    "network:bootstrap": {**DENSITY, "draws": 5},
    "network:criticality": DENSITY,
    "network:fdsm": {"draws": 5},
    "network:mrqap": {"draws": 5},
    "network:null": {**DENSITY, "model": "size", "draws": 5, "exact": 0},
    "network:qap": {"draws": 5, "exact": 0},
    "network:record-null": {"metric": "scaling:cross-sector-density", "model": "tie", "draws": 5},
    "network:survival": {"as_of": "2013-06-01"},
    "network:corridor-alignment": {"shares": {("SN", "IT"): 3}},
    "network:response-rate": {"respondents": ["a0", "a1"]},
    "scaling:best-seeds": {"replicates": 4},
    "scaling:cascade": {"replicates": 4},
    "scaling:goal-consensus": {"draws": 5},
    "scaling:partner-criticality": DENSITY,
    "scaling:sensitivity": {"replicates": 4},
    "workplan:adherence": {"as_of": "2015-01-01"},
}


def found(metric, target, second=None):
    """What a metric says, in numbers and words; its refusal where it refuses."""
    given = dict(GIVEN.get(metric.name, {}))
    names = {parameter.name for parameter in metric.parameters}
    if "groups" in {parameter.name for parameter in metric.parameters if parameter.required}:
        given["groups"] = "country"
    if "other" in names:
        given["other"] = second
    if "by" in names:
        given["by"] = {"other": second}
    try:
        result = target.metric(metric.name, **given)
    except jmdi.BadParameter as error:
        return str(error)
    told = (result.value, result.values, result.lower, result.upper, result.undefined)
    return repr((*told, result.coverage, dict(result.notes), result.contributing))


@functools.cache
def networks(seed: int, some_directed: bool):
    records = drawn(seed, some_directed=some_directed)
    kinds = {"co_participation": False, "as_of": "2013-06-01"}
    return [
        (MODEL.dataset(rows).project("actors"), MODEL.dataset(rows).project("actors", **kinds))
        for rows in (records, swapped(records))
    ]


@pytest.mark.parametrize("some_directed", [False, True])
@pytest.mark.parametrize("metric", NETWORK, ids=lambda metric: metric.name)
def test_metrics_of_networks(metric, some_directed):
    for seed in range(DRAWN):
        one, two = networks(seed, some_directed)
        assert found(metric, *one) == found(metric, *two)


@pytest.mark.parametrize("some_directed", [False, True])
@pytest.mark.parametrize("metric", OTHERS, ids=lambda metric: metric.name)
def test_metrics_of_datasets(metric, some_directed):
    for seed in range(DRAWN):
        records = drawn(seed, some_directed=some_directed)
        one, two = (MODEL.dataset(rows) for rows in (records, swapped(records)))
        assert found(metric, one) == found(metric, two)
