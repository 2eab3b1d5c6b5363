"""Records of all that metrics read, and the parameters that some metrics cannot do without."""

from __future__ import annotations

import random
from typing import Any

import jmdi
from jmdi import Metric, Network
from jmdi.model.values import Party, Period


def drawn(seed: int, *, some_directed: bool = False) -> list[jmdi.Record]:
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


DENSITY: dict[str, Any] = {"metric": "density"}
GIVEN: dict[str, dict[str, Any]] = {
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


def given_for(metric: Metric, second: Network | None = None) -> dict[str, Any]:
    """The parameters to try a metric with; ``second`` is another network of the same actors."""
    given = dict(GIVEN.get(metric.name, {}))
    required = {parameter.name for parameter in metric.parameters if parameter.required}
    if "groups" in required:
        given["groups"] = "country"
    if "other" in {parameter.name for parameter in metric.parameters}:
        given["other"] = second
    if "by" in required:
        given["by"] = {"other": second}
    return given
