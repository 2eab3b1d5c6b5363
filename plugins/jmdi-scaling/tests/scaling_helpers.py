"""Short ways to write the records that the cards of the programme are tested on."""

from __future__ import annotations

from decimal import Decimal

import jmdi
from jmdi import Period, code

CSO, LG = "migrant_association", "local_authority"


def actor(name, kind=None, **more):
    return jmdi.Actor(id=name, type=code("actor-type", kind) if kind else None, **more)


def tie(a, b, state=None, **more):
    name = f"tie/{a}-{b}-{more.get('period')}"
    presence = code("presence", state) if state else None
    return jmdi.Tie(id=name, source=a, target=b, state=presence, **more)


def practice(name="practice/p"):
    """A practice of which all adopters are recorded."""
    return jmdi.Practice(id=name, adopters_complete=True)


def whole(name, **more):
    """An initiative of which all participants are recorded."""
    return jmdi.Initiative(id=name, participants_complete=True, **more)


def part(a, i, side=None, role=None, period=None):
    return jmdi.Participates(
        id=f"part/{a}-{i}-{side}-{role}",
        source=a,
        target=i,
        period=period,
        side=code("side", side) if side else None,
        role=code("organisation-role", role) if role else None,
    )


def adopts(a, practice="practice/p", level=None, year=None, route=None):
    return jmdi.Adopts(
        id=f"adopts/{a}-{practice}",
        source=a,
        target=practice,
        level=code("governance-level", level) if level else None,
        route=code("adoption-route", route) if route else None,
        period=Period(str(year)) if year else None,
    )


SECTORS = [
    actor("c1", CSO),
    actor("c2", "national_ngo"),
    actor("l1", LG),
    actor("l2", LG),
    actor("u", "academia"),
    tie("c1", "l1"),
    tie("l1", "c1", period=Period("2014")),
    tie("c2", "l2", "unobserved"),
    tie("c1", "l2", "absent"),
    tie("c1", "u"),
]


def anchored():
    return [
        actor("l1", LG, country="SN"),
        actor("l2", LG, country="IT"),
        actor("c", CSO),
        actor("x"),
        *(whole(f"i{k}") for k in range(4)),
        jmdi.Initiative(id="i4"),
        part("l1", "i0", "origin", "accountable"),
        part("l2", "i0", "destination", "funding"),
        part("l1", "i1", "origin"),
        part("c", "i1", "destination"),
        part("l1", "i2"),
        part("x", "i3", "origin"),
        part("c", "i3", "destination"),
    ]


def reached(role, value, group=None, name="o"):
    return jmdi.Observation(
        id=f"{name}/{role}/{group}",
        indicator="ind",
        of="i0",
        value=Decimal(value),
        role=code("observation-role", role),
        group={"en": group} if group else {},
    )


LAND = [
    jmdi.Territory(id="land"),
    *(jmdi.Territory(id=f"t{k}", within="land") for k in range(4)),
    practice(),
]


def evidence(territory, criterion, state, edtf=None):
    return jmdi.Evidence(
        id=f"e/{territory}/{criterion}/{state}",
        of=territory,
        state=code("presence", state),
        criterion=code("institutionalisation", criterion),
        period=Period(edtf) if edtf else None,
    )


def rate(a, b, score, dimension="reliability"):
    return jmdi.Rates(
        id=f"rate/{a}-{b}-{dimension}",
        source=a,
        target=b,
        score=None if score is None else Decimal(score),
        low=Decimal(1),
        high=Decimal(4),
        reason=None if score else "refused",
        dimension=code("rating-dimension", dimension),
    )
