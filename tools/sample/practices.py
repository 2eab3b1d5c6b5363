"""Practices, who took them up when, and what shows that they stay."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Adopts, Considers, Evidence, Period, PolicyInstrument, Practice, Record, code
from sample.actors import ACTORS, LOCAL
from sample.common import SOURCES, chance, stream
from sample.places import TOWNS
from sample.ties import NEAR

__all__ = ["DESK", "FUND", "practices"]

DESK, FUND, CHARTER = "practice/desk", "practice/fund", "practice/charter"
YEARS = range(2011, 2020)
ROUTES = ("expansion", "replication", "collaboration", "policy", "spontaneous")
CRITERIA = (
    *("plan", "budget_line", "unit", "ordinance", "staff", "coordination_body", "monitoring"),
)


def practices() -> Iterator[Record]:
    """One practice past its tipping point, one before it, and one taken up at many levels."""
    for id, names, pillar in (
        (DESK, {"en": "A migration desk in the town hall", "ar": "مكتب الهجرة في البلدية"}, 1),
        (FUND, {"en": "A fund that matches savings of migrants"}, 3),
        (CHARTER, {"en": "A charter between two towns", "ar": "ميثاق بين مدينتين"}, 2),
    ):
        yield Practice(
            id=id,
            names=names,
            lesson={"en": "It lasts where the town pays for it."},
            pillars=(f"pillar/{pillar}",),
            adopters_complete=id != CHARTER,
            sources=SOURCES,
        )
    yield from _desks()
    yield from _funds()
    yield from _charters()
    yield from _signs()
    yield PolicyInstrument(
        id="policy/xb-ordinance",
        names={"ar": "قرار بشأن مكتب الهجرة", "en": "Ordinance on the migration desk"},
        type=code("policy-type", "ordinance"),
        level=code("governance-level", "local"),
        territory=TOWNS["XB"][0],
        date=Period("2015-06"),
        sources=SOURCES,
    )


def _desks() -> Iterator[Record]:
    """Whoever is tied to adopters adopts sooner, which makes the curve an S."""
    draw = stream("desks")
    adopted: dict[str, int] = {}
    for year in YEARS:
        now = dict(adopted)
        for name in sorted(set(ACTORS) - set(now)):
            share = len(NEAR[name] & set(now)) / max(len(NEAR[name]), 1)
            if chance(draw, 0.02 + 1.4 * share):
                adopted[name] = year
    for k, (name, year) in enumerate(sorted(adopted.items())):
        when = f"{year}-{1 + draw.randrange(12):02}" if k % 3 == 0 else str(year)
        when += "?" if k % 10 == 1 else "~" if k % 10 == 2 else ""
        vague = {20: Period("[2014,2015]"), 40: Period(reason="not_stated")}
        yield _adopts(name, DESK, vague.get(k, Period(when)), ROUTES[draw.randrange(5)])


def _funds() -> Iterator[Record]:
    """Adopters far apart, each beside actors with many ties, whom one alone does not persuade."""
    adopters: list[str] = []
    taken: set[str] = set()
    for name, near in sorted(NEAR.items()):
        if near and not near & taken and all(len(NEAR[other]) > 4 for other in near):
            adopters.append(name)
            taken |= near
    for k, name in enumerate(adopters[:6]):
        yield _adopts(name, FUND, Period(str(2013 + k)), "replication")
    yield Considers(
        id="considers/xh-other-6--fund",
        source="actor/xh-other-6",
        target=FUND,
        stage=code("consideration-stage", "planned"),
        sources=SOURCES,
    )


def _charters() -> Iterator[Record]:
    for k, name in enumerate(("xa-town-1", "xe-town-1", "xc-region-1", "xb-ministry")):
        yield _adopts(f"actor/{name}", CHARTER, Period(str(2014 + k)), "policy")
    yield _adopts(TOWNS["XF"][2], CHARTER, Period("2016"), "collaboration")


def _adopts(source: str, practice: str, when: Period, route: str) -> Adopts:
    actor = ACTORS.get(source)
    return Adopts(
        id=f"adopts/{source.replace('/', '-')}--{practice[9:]}",
        source=source,
        target=practice,
        level=code("governance-level", "local") if actor is None else actor.level,
        route=code("adoption-route", route),
        period=when,
        sources=SOURCES,
    )


def _signs() -> Iterator[Record]:
    """What is in place in towns, what is not, and what nobody could say."""
    draw = stream("signs")
    for country, locals_ in LOCAL.items():
        for k, town in enumerate(TOWNS[country][:3]):
            rooted = draw.uniform(0.1, 0.9)
            for criterion in CRITERIA[: 5 + k]:
                state = "present" if chance(draw, rooted) else "absent"
                state = "unknown" if chance(draw, 0.15) else state
                yield Evidence(
                    id=f"evidence/{town[10:]}--{criterion}",
                    of=town if k else locals_[2],
                    practice=DESK,
                    criterion=code("institutionalisation", criterion),
                    state=code("presence", state),
                    period=Period(f"{2014 + k}/.."),
                    sources=SOURCES,
                )
