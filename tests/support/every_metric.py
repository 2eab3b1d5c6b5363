"""Records of all that metrics read, and the parameters that some metrics cannot do without."""

from __future__ import annotations

import functools
import random
from decimal import Decimal
from typing import Any

import jmdi
from jmdi import Metric, Money, Network
from jmdi.model.records import evolve
from jmdi.model.values import Party, Period


def drawn(seed: int, *, some_directed: bool = False, size: int = 1) -> list[jmdi.Record]:
    """Records of all that metrics read, with dated, weighted, unobserved and absent ties."""
    draw = random.Random(seed)
    names = [f"a{number}" for number in range(7 * size)]
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
    for number in range(12 * size):
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
    for name in draw.sample(names, 5 * size):
        year = str(draw.randint(2011, 2015))
        records.append(jmdi.Adopts(id=f"ad/{name}", source=name, target="p", period=Period(year)))
    for name in draw.sample(names, 4 * size):
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
    records.append(jmdi.Partnership(id="ps", parties=parties, initiatives=("i",)))
    return [*records, *programme(draw, names)]


def programme(draw: random.Random, names: list[str]) -> list[jmdi.Record]:
    """Initiatives with sides, money, results, ratings and evidence, and a work plan."""
    records: list[jmdi.Record] = [
        jmdi.Indicator(id="people"),
        *(r for r in jmdi.datasets.load("jmdi") if isinstance(r, (jmdi.WorkPlan, jmdi.Action))),
        *(jmdi.Territory(id=f"town{k}", within="land") for k in range(3)),
    ]
    for k in range(5):
        records.append(
            jmdi.Initiative(
                id=f"i{k}",
                themes=("theme/data",) * (k % 2),
                goals=(jmdi.code("sdg-target", draw.choice(["10.7", "11.3"])),),
                places=(jmdi.Place(f"town{k % 3}"),),
                participants_complete=True,
            )
        )
        for side in ("origin", "destination", draw.choice(["origin", "both"])):
            name = draw.choice(names)
            records.append(
                jmdi.Participates(
                    id=f"part/{name}/i{k}/{side}",
                    source=name,
                    target=f"i{k}",
                    side=jmdi.code("side", side),
                    role=jmdi.code("organisation-role", draw.choice(["implementing", "funding"])),
                )
            )
        records.append(
            jmdi.Contributes(
                id=f"gift{k}", source=draw.choice(names), target=f"i{k}", amount=Money(k, "EUR")
            )
        )
    for k, role in enumerate(("actual", "target", "actual")):
        records.append(
            jmdi.Observation(
                id=f"seen{k}",
                indicator="people",
                of=f"i{k // 2}",
                value=Decimal(k + 3),
                role=jmdi.code("observation-role", role),
            )
        )
    for k in range(3):
        state = jmdi.code("presence", draw.choice(["present", "absent", "unknown"]))
        criterion = jmdi.code("institutionalisation", "plan")
        records.append(
            jmdi.Evidence(id=f"evidence{k}", of=f"town{k}", criterion=criterion, state=state)
        )
    for k in range(8):
        source, target = draw.sample(names, 2)
        records.append(
            jmdi.Rates(
                id=f"rates{k}",
                source=source,
                target=target,
                score=Decimal(draw.randint(1, 4)),
                low=Decimal(1),
                high=Decimal(4),
                dimension=jmdi.code("rating-dimension", "reliability"),
            )
        )
    return records


DENSITY: dict[str, Any] = {"metric": "density"}
GIVEN: dict[str, dict[str, Any]] = {
    "network:best-ties": DENSITY,
    "network:bootstrap": {**DENSITY, "draws": 5},
    "network:criticality": DENSITY,
    "network:fdsm": {"draws": 5},
    "network:logit-qap": {"draws": 5},
    "network:mrqap": {"draws": 5},
    "network:null": {**DENSITY, "model": "size", "draws": 5, "exact": 0},
    "network:qap": {"draws": 5, "exact": 0},
    "network:record-null": {"metric": "scaling:cross-sector-density", "model": "tie", "draws": 5},
    "network:survival": {"as_of": "2016-06-01"},
    "network:corridor-alignment": {"shares": {("SN", "IT"): 3}},
    "network:response-rate": {"respondents": ["a0", "a1"]},
    "scaling:best-seeds": {"replicates": 4},
    "scaling:cascade": {"replicates": 4},
    "scaling:goal-consensus": {"draws": 5},
    "scaling:partner-criticality": DENSITY,
    "scaling:sensitivity": {"replicates": 4},
    "scaling:strategic-partnerships": {"criteria": 1},
    "workplan:adherence": {"as_of": "2015-01-01"},
}


def given_for(metric: Metric, second: Network | None = None) -> dict[str, Any]:
    """The parameters to try a metric with; ``second`` is another network of the same actors."""
    given = dict(GIVEN.get(metric.name, {}))
    required = {parameter.name for parameter in metric.parameters if parameter.required}
    if "groups" in required:
        given["groups"] = "country"
    if "other" in {parameter.name for parameter in metric.parameters}:
        given["other"] = second
    if "by" in required:
        given["by"] = {"other": None if second is None else _all_known(second)}
    return given


def _all_known(network: Network) -> Network:
    """The same ties with every pair observed, as predictors have them."""
    n = network
    return Network("known", n.nodes, n.source, n.target, directed=n.directed)


@functools.cache
def everything(size: int = 1) -> jmdi.Dataset:
    """A Dataset of ``7 * size`` actors on which nearly all metrics are defined.

    In one of more actors nobody reports ties: of many reports that differ no bounds are known.
    """
    records = drawn(0, some_directed=True, size=size)
    if size > 1:
        records = [evolve(r, reported_by=None) if isinstance(r, jmdi.Tie) else r for r in records]
    return jmdi.default_model().dataset(records)


@functools.cache
def projected(name: str = "actors", size: int = 1, **parameters: Any) -> Network:
    """The same as a network."""
    return everything(size).project(name, **parameters)


def second(size: int = 1) -> Network:
    """Another network of the same actors."""
    return projected(size=size, co_participation=False, as_of="2013-06-01")


def target_of(metric: Metric, size: int = 1) -> jmdi.Dataset | Network:
    """What a metric is computed on: the Dataset, or its network of one mode or of two."""
    if metric.on != "network":
        return everything(size)
    if metric.accepts is None or metric.accepts(projected(size=size)) is True:
        return projected(size=size)
    return projected("actors-initiatives", size)
