"""Who is tied to whom: agreements, partnerships, and a survey in two waves with silent actors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from jmdi import Code, Money, Partnership, Period, Rates, Record, Tie, code
from jmdi.model.values import Party
from sample.actors import ACTORS, IN_COUNTRY, LOCAL
from sample.common import SOURCES, chance, codes, partners, stream
from sample.work import INITIATIVES, PARTS

__all__ = ["NEAR", "TIES", "ratings", "ties"]

AGREEMENTS, PARTNERSHIPS, ASKED = 160, 70, 36
"""How many agreements, partnerships, and pairs that each wave of the survey found."""

SILENT = frozenset(sorted(ACTORS)[3::6])
"""Every sixth actor, which did not answer."""

ONE_WAY = ("funding", "technical_assistance")
_KINDS = (
    "joint_implementation",
    "joint_implementation",
    "advocacy",
    "city_to_city",
    "network_membership",
    "funding",
    "technical_assistance",
)
FORMAL = ("informal", "letter", "mou", "contract", "joint_body")


def _pair(draw: random.Random) -> tuple[str, str]:
    """Two actors, most of one country or of the two ends of a corridor."""
    one = draw.choice(sorted(ACTORS))
    home = str(ACTORS[one].country)
    near = home if chance(draw, 0.55) else partners(home)
    if chance(draw, 0.1):
        near = draw.choice(sorted(IN_COUNTRY))
    # Half of the ties are with one of the two that everybody knows, as in many networks.
    hubs = IN_COUNTRY[near][:3]
    other = draw.choice(hubs if chance(draw, 0.4) else IN_COUNTRY[near])
    return (one, other) if one != other else _pair(draw)


def _lasting(draw: random.Random) -> Period:
    first = 2013 + draw.randrange(4)
    last = ".." if chance(draw, 0.4) else str(min(2017, first + 1 + draw.randrange(3)))
    begun = f"{first}-{1 + draw.randrange(12):02}" if chance(draw, 0.5) else str(first)
    unsure = "?" if chance(draw, 0.05) else ""
    return Period(f"{begun}{unsure}/{last}")


def _agreements() -> Iterator[Tie]:
    draw = stream("agreements")
    seen: set[tuple[str, ...]] = set()
    while len(seen) < AGREEMENTS:
        one, other = _pair(draw)
        if seen and chance(draw, 0.2):  # another kind of tie between two who have one
            one, other, _ = draw.choice(sorted(seen))
        kind = draw.choice(_KINDS)
        key = (*sorted((one, other)), kind)
        if key in seen:
            continue
        seen.add(key)
        amount = Money(Decimal(draw.randrange(5, 60)) * 1000, "EUR")
        yield _tie(
            f"{one[6:]}--{other[6:]}--{kind}",
            (one, other),
            kind,
            _lasting(draw),
            formality=code("tie-formality", draw.choice(FORMAL)),
            intensity=1 + draw.randrange(5),
            strength=Decimal(1 + draw.randrange(4)),
            amounts=(amount,) if kind == "funding" else (),
        )
    for k, (one, other) in enumerate(UNSEEN):
        state = "unobserved" if k < 2 else "absent"
        yield _tie(
            f"{one[6:]}--{other[6:]}--{state}",
            (one, other),
            "funding",
            Period("2013/2017"),
            state=code("presence", state),
        )


UNSEEN = (
    ("actor/xe-ministry", "actor/xb-region-1"),
    ("actor/xg-region-1", "actor/xd-ministry"),
    ("actor/xd-other-7", "actor/xh-other-8"),
)
"""Two pairs of which nobody knows whether one funds the other, and one where it does not."""


def _tie(id: str, ends: tuple[str, str], kind: str, when: Period, **known: object) -> Tie:
    values: dict[str, object] = {
        "id": f"tie/{id}",
        "source": ends[0],
        "target": ends[1],
        "type": code("tie-kind", kind),
        "directed": kind in ONE_WAY,
        "period": when,
        "sources": SOURCES,
        **known,
    }
    return Tie(**values)  # type: ignore[arg-type]


def _reports() -> Iterator[Tie]:
    """Who exchanges knowledge, as both ends report if both answered; half of wave 1 lasts."""
    draw = stream("survey")
    pairs: list[tuple[str, str]] = []
    for wave, year in ((1, 2014), (2, 2016)):
        pairs = pairs[::2]
        taken = {frozenset(pair) for pair in pairs}
        while len(pairs) < ASKED:
            one, other = _pair(draw)
            if one not in SILENT and frozenset((one, other)) not in taken:
                taken.add(frozenset((one, other)))
                pairs.append((one, other))
        for one, other in pairs:
            strength = 1 + draw.randrange(4)
            for by in (one, other):
                # the other end of the first pair of wave 2 says that there is no tie
                denied = wave == 2 and (one, other) == pairs[0] and by == other
                if by not in SILENT or denied:
                    yield _tie(
                        f"wave-{wave}--{one[6:]}--{other[6:]}--by-{by[6:]}",
                        (one, other),
                        "knowledge_exchange",
                        Period(str(year), wave=wave),
                        strength=Decimal(0 if denied else strength),
                        reported_by=by,
                    )


TIES: list[Tie] = [*_agreements(), *_reports()]

NEAR: dict[str, set[str]] = {name: set() for name in ACTORS}
"""Who is tied to whom, at any time."""
for tie in TIES:
    if tie.state is None and tie.strength:
        NEAR[tie.source].add(tie.target)
        NEAR[tie.target].add(tie.source)


FUNDS = code("organisation-role", "funding")


def ties() -> Iterator[Record]:
    """All ties, and partnerships of two to four that carry an initiative."""
    yield from TIES
    draw = stream("partnerships")
    for number in range(1, PARTNERSHIPS + 1):
        initiative = INITIATIVES[f"initiative/{1 + number % 38:02}"]
        inside = [p for p in PARTS if p.target == initiative.id and p.role != FUNDS]
        chosen = draw.sample(inside, min(len(inside), 2 + draw.randrange(2)))
        yield Partnership(
            id=f"partnership/{number:02}",
            names={"en": f"Agreement {number} (invented)"},
            parties=tuple(Party(p.source, role=p.role, side=p.side) for p in chosen),
            formality=code("tie-formality", draw.choice(FORMAL)),
            intensity=1 + draw.randrange(5),
            kinds=_kinds(draw),
            initiatives=(initiative.id,),
            shared_goals=initiative.goals[:1],
            shared_resources=({"en": "an office"},) if chance(draw, 0.4) else (),
            participants_complete=True,
            period=_lasting(draw),
            sources=SOURCES,
        )


def _kinds(draw: random.Random) -> tuple[Code, ...]:
    return codes("tie-kind", *draw.sample(sorted(set(_KINDS)), 1 + draw.randrange(2)))


_DIMENSIONS = (
    ("reliability", "mission_support", "openness"),
    ("power", "involvement", "resources"),
)


def ratings() -> Iterator[Record]:
    """How those who answered rate the local governments they take part with, from 1 to 4."""
    draw = stream("ratings")
    raters = [i for c in IN_COUNTRY for i in IN_COUNTRY[c] if i not in SILENT][::4]
    for rater in raters:
        country = str(ACTORS[rater].country)
        rated = draw.choice([i for i in LOCAL[country] if i != rater])
        for dimension in _DIMENSIONS[0] + _DIMENSIONS[1] * chance(draw, 0.5):
            refused = chance(draw, 0.06)
            yield Rates(
                id=f"rates/{rater[6:]}--{rated[6:]}--{dimension}",
                source=rater,
                target=rated,
                dimension=code("rating-dimension", dimension),
                score=None if refused else Decimal(1 + draw.randrange(4)),
                low=Decimal(1),
                high=Decimal(4),
                reason="refused" if refused else None,
                period=Period("2016", wave=2),
                sources=SOURCES,
            )
