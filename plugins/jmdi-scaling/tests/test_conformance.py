"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import jmdi
from jmdi import Money, Period, Place, code
from jmdi.testing import PluginConformance

KINDS = {
    "a": "local_authority",
    "b": "migrant_association",
    "c": "national_ngo",
    "d": "local_authority",
    "e": "academia",
    "f": "local_authority",
}
TIES = ("ab", "bc", "cd", "da", "de", "ac", "bd")
YEARS = {"a": 2010, "b": 2012, "c": 2013, "d": 2013, "f": 2013, "e": 2014}
TARGETED = ("institutionalization", "out", "tipping", "tipping-joint", "vector")


def programme() -> list[jmdi.Record]:
    """Two initiatives in three territories, with all that the metrics look at."""
    actors = [
        jmdi.Actor(
            id=name,
            type=code("actor-type", kind),
            territory=f"t{k % 3}",
            country=("SN", "IT")[k % 2],
        )
        for k, (name, kind) in enumerate(KINDS.items())
    ]
    ties = [
        jmdi.Tie(
            id=f"tie/{a}{b}",
            source=a,
            target=b,
            intensity=4,
            period=Period("2010/2016"),
            formality=code("tie-formality", "mou"),
            type=code("tie-kind", "advocacy"),
        )
        for a, b in TIES
    ]
    adopted = [
        jmdi.Adopts(
            id=f"adopts/{name}",
            source=name,
            target="practice",
            period=Period(str(year)),
            level=code("governance-level", "national"),
        )
        for name, year in YEARS.items()
    ]
    rates = [
        jmdi.Rates(
            id=f"rates/{a}{b}",
            source=a,
            target=b,
            score=Decimal(3),
            low=Decimal(1),
            high=Decimal(4),
            dimension=code("rating-dimension", "reliability"),
        )
        for a, b in TIES[:4]
    ]
    aside = jmdi.Actor(id="g", type=code("actor-type", "academia"))
    return [*territories(), aside, *actors, *ties, *adopted, *rates, *initiatives(), *results()]


def territories() -> list[jmdi.Record]:
    plan = code("institutionalisation", "plan")
    evidence = [
        jmdi.Evidence(id=f"evidence/{k}", of=f"t{k}", criterion=plan, state=code("presence", state))
        for k, state in enumerate(("present", "absent"))
    ]
    lands = [jmdi.Territory(id=f"t{k}") for k in range(3)]
    return [*lands, *evidence, jmdi.Practice(id="practice")]


def initiatives() -> list[jmdi.Record]:
    found: list[jmdi.Record] = []
    for name, sides in {
        "i": {"a": "origin", "b": "destination"},
        "j": {"c": "origin", "d": "destination", "b": None},
    }.items():
        found.append(
            jmdi.Initiative(
                id=name,
                themes=("theme/data",),
                places=(Place("t0"),),
                period=Period("2010/2016"),
                goals=(code("sdg-target", "10.7"),),
            )
        )
        found += [
            jmdi.Participates(
                id=f"part/{actor}{name}",
                source=actor,
                target=name,
                side=code("side", side) if side else None,
                role=code("organisation-role", "accountable"),
            )
            for actor, side in sides.items()
        ]
        found += [
            jmdi.Contributes(
                id=f"gift/{actor}{name}", source=actor, target=name, amount=Money(amount, "EUR")
            )
            for amount, actor in enumerate("ab", start=1)
        ]
    return found


def results() -> list[jmdi.Record]:
    observed = [
        jmdi.Observation(
            id=f"seen/{role}",
            indicator="indicator",
            of="i",
            value=Decimal(value),
            role=code("observation-role", role),
        )
        for role, value in (("actual", 30), ("target", 20))
    ]
    told = [jmdi.Disseminated(id=f"told/{x}", source="product", target=x) for x in "aef"]
    return [jmdi.Indicator(id="indicator"), *observed, jmdi.KnowledgeProduct(id="product"), *told]


class TestScaling(PluginConformance):
    plugin = "scaling"
    examples = 10
    options: ClassVar = {
        "scaling:best-seeds": {"replicates": 10},
        "scaling:cascade": {"replicates": 20},
        "scaling:partner-criticality": {"metric": "density"},
        "scaling:goal-consensus": {"draws": 20},
        "scaling:sensitivity": {"replicates": 10},
    }

    def sample_datasets(self):
        return [*super().sample_datasets()[:5], self.subject.model.dataset(programme())]

    def parameters_for(self, metric, source) -> dict[str, Any]:
        targets = [territory.id for territory in source.of(jmdi.Territory)]
        name = metric.partition(":")[2]
        return {"targets": targets} if targets and name in TARGETED else {}
