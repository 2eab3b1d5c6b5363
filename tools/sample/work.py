"""The programme and its initiatives: who takes part, who gives what, whom they reach."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from jmdi import (
    Claim,
    Contributes,
    Indicator,
    Initiative,
    Money,
    Observation,
    Participates,
    Period,
    Phase,
    Place,
    Programme,
    Record,
    Relates,
    code,
)
from sample.actors import ACTORS, IN_COUNTRY, LOCAL, TWICE
from sample.common import OTHER_END, SOURCES, TITLE, chance, codes, stream
from sample.places import COUNTRIES, TOWNS, name_of

__all__ = ["INITIATIVES", "PARTS", "work"]

PROGRAMME = "programme/sample"
_THEMES = (
    "data",
    "partnerships",
    "social-inclusion",
    "economic-inclusion",
    "political-inclusion",
    "institutionalisation",
    "monitoring-evaluation",
)
_TITLES = (
    ("A welcome desk in {}", "مكتب استقبال في {}"),
    ("Savings that build {}", "مدخرات تبني {}"),
    ("Skills across borders: {}", "مهارات عبر الحدود: {}"),
    ("Young people plan for {}", "الشباب يخططون من أجل {}"),
    ("Harvest and return in {}", "حصاد وعودة في {}"),
)
_NUMBERS = range(1, 41)
ALONE = (39, 40)
"""Two initiatives none of whose participants takes part in another."""


def _country(number: int) -> str:
    return tuple(OTHER_END)[(number - 1) % 4]


def _initiative(number: int) -> Initiative:
    draw = stream(f"initiative {number}")
    here = _country(number)
    there = OTHER_END[here] if chance(draw, 0.7) else draw.choice(list(OTHER_END.values()))
    town = TOWNS[here][number % 4]
    language = "ar" if "ar" in name_of(town) else "en"
    title = _TITLES[number % 5][language == "ar"].format(name_of(town)[language])
    places: tuple[Place, ...] = (Place(town),)
    if number % 3 == 0:
        abroad = TOWNS[there][number % 4]
        places = (Place(town, share=Decimal("0.75")), Place(abroad, share=Decimal("0.25")))
    begun = 2013 + number % 4
    when = f"{begun}-{1 + number % 12:02}/{begun + 1 + number % 2}-{1 + number % 9:02}"
    vague = {7: "2014?/2016", 15: "2015~/2017-06", 23: "2014-21/2016-23", 31: "2016/.."}
    cost = Money(Decimal(draw.randrange(40, 180)) * 1000, "EUR")
    if number == 5:
        cost = Money(Decimal(DISPUTED[0]), "EUR")
    if number in (9, 30):
        cost = Money(reason="to_be_determined", words="to be agreed")
    return Initiative(
        id=f"initiative/{number:02}",
        names={language: title},
        status=code("initiative-status", "closed" if begun < 2016 else "implementation"),
        scope=code("governance-level", "local" if number % 4 else "first_admin"),
        programme=PROGRAMME,
        phase=f"phase/sample-{1 if begun < 2015 else 2}",
        places=places,
        period=Period(vague.get(number, when)),
        budget=(cost,),
        themes=tuple(f"theme/{t}" for t in draw.sample(_THEMES, 1 + number % 2)),
        goals=codes("gcm-objective", *sorted(draw.sample(["15", "16", "18", "19", "20", "21"], 2))),
        participants_complete=_COMPLETE.get(number % 8, True),
        sources=SOURCES,
        extra={"destination": there},
    )


DISPUTED = (90_000, 96_000)
"""What two sources say that the fifth initiative costs; its record says what the first does."""

_COMPLETE = {3: False, 6: None}
"""By the number's remainder over eight: a list that is cut off, one of which nothing is said."""

INITIATIVES: dict[str, Initiative] = {i.id: i for i in map(_initiative, _NUMBERS)}


def _parts_of(initiative: Initiative) -> Iterator[Participates]:
    """Three to six actors, most with a local government on each side."""
    number = int(initiative.id[-2:])
    draw = stream(f"parts {number}")
    sides = {"origin": _country(number), "destination": str(initiative.extra["destination"])}
    if number in ALONE:
        # The double name takes part here only, so that nobody else joins these two.
        sides = {"origin": "XA", "destination": "XE"} if number == ALONE[0] else {"origin": "XC"}
    chosen: dict[str, tuple[str, str]] = {}
    for side, country in sides.items():
        others = [i for i in IN_COUNTRY[country] if i not in (*LOCAL[country], *_KEPT)]
        local = [i for i in LOCAL[country] if i not in _KEPT]
        if number in ALONE:
            others = local = [i for i in _KEPT if ACTORS[i].country == country]
        if chance(draw, 0.8):
            own = f"actor/{country.lower()}-town-{1 + number % 4}"
            mayor = own if own in local and chance(draw, 0.6) else draw.choice(local)
            chosen[mayor] = (side, "implementing" if chance(draw, 0.6) else "advisor")
        for actor in draw.sample(others, min(len(others), draw.randrange(1, 3))):
            chosen.setdefault(actor, (side, draw.choice(["implementing", "extending"])))
    if number not in ALONE:
        leader = next(iter(chosen))
        chosen[leader] = (chosen[leader][0], "accountable")
        chosen["actor/xf-ministry"] = ("destination", "funding")
        listener = draw.choice(LISTENERS)
        chosen.setdefault(listener, ("both", "target_audience"))
    for actor, (side, role) in chosen.items():
        unsaid = number % 8 == 6 and role == "extending"
        yield Participates(
            id=f"participates/{actor[6:]}--{number:02}",
            source=actor,
            target=initiative.id,
            role=code("organisation-role", role),
            side=code("side", "unknown" if unsaid else side),
            period=initiative.period,
            sources=SOURCES,
        )


_KEPT = (
    *(TWICE[1], "actor/xa-other-8", "actor/xa-town-4"),
    *("actor/xc-other-8", "actor/xc-other-7"),
)
"""Actors that take part in the two initiatives that stand alone, and in no other."""

LISTENERS = tuple(f"actor/x{letter}-other-{k}" for letter in "bdfh" for k in (4, 7))
"""Actors that initiatives are for."""

PARTS = [part for initiative in INITIATIVES.values() for part in _parts_of(initiative)]


def work() -> Iterator[Record]:
    """The programme with phases, initiatives, parts, gifts, figures and a contradiction."""
    yield from _programme()
    yield from INITIATIVES.values()
    yield from PARTS
    yield from _relations()
    yield from _gifts()
    yield from _figures()
    for number, (amount, day) in enumerate(zip(DISPUTED, (5, 19), strict=True), start=1):
        yield Claim(
            id=f"claim/sample-{number}",
            about="initiative/05",
            field="/budget/0/amount",
            value=f'"{amount}"',
            date=datetime.date(2015, 3, day),
            sources=SOURCES,
        )


def _programme() -> Iterator[Record]:
    yield Programme(
        id=PROGRAMME,
        names={"en": f"Two Shores programme ({TITLE})", "ar": "برنامج الضفتين (مختلق)"},
        description={"en": "Nothing of this happened: countries, actors and figures are invented."},
        objective={"en": "Towns on both sides of a corridor work together with their migrants."},
        outputs=({"en": "Initiatives that grow"}, {"en": "Knowledge that travels"}),
        period=Period("2013/2017"),
        participants_complete=False,
        sources=SOURCES,
    )
    for number, when in ((1, "2013/2014"), (2, "2015/2017")):
        yield Phase(
            id=f"phase/sample-{number}",
            names={"en": f"Phase {number} (invented)"},
            programme=PROGRAMME,
            period=Period(when),
            places=tuple(Place(f"territory/{country.lower()}") for country in COUNTRIES),
            sources=SOURCES,
        )


def _relations() -> Iterator[Record]:
    """What replicates, scales up or belongs to what."""
    for later, kind, earlier in (
        *((8, "replicates", 4), (12, "replicates", 8), (14, "replicates", 4)),
        *((27, "replicates", 12), (20, "scales_up", 2), (33, "sibling", 32)),
    ):
        yield Relates(
            id=f"relates/{later:02}--{earlier:02}",
            source=f"initiative/{later:02}",
            target=f"initiative/{earlier:02}",
            type=code("initiative-relation", kind),
            sources=SOURCES,
        )


LEADS = code("organisation-role", "accountable")


def _gifts() -> Iterator[Record]:
    """Money and things that participants give, some of which nobody put a figure on."""
    for initiative in INITIATIVES.values():
        number = int(initiative.id[-2:])
        draw = stream(f"gifts {number}")
        givers = [p.source for p in PARTS if p.target == initiative.id]
        leaders = [p.source for p in PARTS if p.target == initiative.id and p.role == LEADS]
        for giver in sorted({*draw.sample(givers, min(2, len(givers))), *leaders}):
            thing = chance(draw, 0.3)
            most = 90 if giver in leaders else 30
            money = Money(Decimal(draw.randrange(2, most)) * 1000, "EUR")
            if thing and chance(draw, 0.5):
                money = Money(reason="in_kind", words="rooms and two members of staff")
            yield Contributes(
                id=f"contributes/{giver[6:]}--{number:02}",
                source=giver,
                target=initiative.id,
                type=code("contribution-kind", "in_kind" if thing else "money"),
                amount=money,
                what={"en": "rooms and staff"} if thing else {},
                period=initiative.period,
                sources=SOURCES,
            )


def _figures() -> Iterator[Record]:
    """People that initiatives wanted to reach and did, women and men."""
    yield Indicator(
        id="indicator/people",
        names={"en": "People who used what the initiative offers"},
        unit="people",
        polarity=code("polarity", "higher"),
        sources=SOURCES,
    )
    for number in range(1, 31, 2):
        draw = stream(f"figures {number}")
        target = draw.randrange(60, 200)
        for role, year in (("target", 2013), ("actual", 2016)):
            for group in ("sex: women", "sex: men"):
                share = draw.uniform(0.3, 0.55) if role == "actual" else 0.5
                missing = number == 17 and role == "actual"
                yield Observation(
                    id=f"observation/{number:02}-{role}-{group[5:]}",
                    indicator="indicator/people",
                    of=f"initiative/{number:02}",
                    role=code("observation-role", role),
                    value=None if missing else Decimal(round(target * share)),
                    reason="not_stated" if missing else None,
                    group={"en": group},
                    period=Period(str(year)),
                    sources=SOURCES,
                )
