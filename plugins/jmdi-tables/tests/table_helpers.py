"""Records of unknown times, and the metrics of networks that engines count."""

from __future__ import annotations

import datetime
import random

import attrs

import jmdi
from jmdi import Actor, Initiative, Participates, Period, code
from jmdi.model.values import Party

PERIODS = (
    *(None, Period("2014/2016"), Period("2014/2016", wave=1), Period("2015")),
    *(Period("2014/"), Period("2014/.."), Period("/2013"), Period("2016/..", wave=2)),
    *(Period(wave=1), Period(wave=2), Period("2015-06", wave=1)),
)
COUNTRIES = ("MA", "FR", "PH", None)


def records(seed, actors, initiatives, periods=PERIODS):
    """Actors that take part in initiatives and partnerships at times of all sorts."""
    dice = random.Random(seed)
    names = [f"a{n}" for n in range(actors)]
    for n, name in enumerate(names):
        yield Actor(id=name, country=COUNTRIES[n % 4])
    for n in range(initiatives):
        yield Initiative(id=f"i{n}", participants_complete=dice.choice([None, True, False]))
        for m, name in enumerate(dice.sample(names, dice.randint(1, min(4, actors)))):
            period = dice.choice(periods)
            yield Participates(id=f"p{n}-{m}", source=name, target=f"i{n}", period=period)
            if dice.random() < 0.2:
                period = dice.choice(periods)
                yield Participates(id=f"q{n}-{m}", source=name, target=f"i{n}", period=period)
    for n in range(2):
        parties = [Party(name) for name in dice.sample(names, min(3, actors))]
        yield jmdi.Partnership(id=f"s{n}", parties=parties, period=dice.choice(periods))


KINDS = (None, "funding", "information", "training")
DATED = tuple(
    p for p in PERIODS if p and p.wave and p.covers(datetime.date(2015, 6, 15)) is not None
)


def with_ties(seed, actors, ties, *, directed=False, periods=DATED, kinds=KINDS, shared=4):
    """Actors with ties of several kinds, parallel ones and loops among them, and initiatives."""
    dice = random.Random(seed)
    yield from records(seed, actors, shared, periods)
    names = [f"a{n}" for n in range(actors)]
    for n in range(ties):
        source = dice.choice(names)
        kind = dice.choice(kinds)
        yield jmdi.Tie(
            id=f"t{n}",
            source=source,
            target=source if dice.random() < 0.1 else dice.choice([*names, "nobody"]),
            type=kind and code("tie-kind", kind),
            directed=dice.choice([None, False, True] if directed else [None, False]),
            period=dice.choice(periods),
        )


AMOUNTS = (None, "0", "12.50", "-3", "1000000.000001", "7.0", "-0.25", "999999999999.99")
TYPES = (None, "disbursement", "expenditure", "outgoing_commitment")
CURRENCIES = (None, "EUR", "USD")


def transactions(seed, number, *, whole=False):
    """Transactions, of which some lack a type, an amount or a currency unless all is known."""
    dice = random.Random(seed)
    yield from (Initiative(id=f"i{n}") for n in range(3))
    for n in range(number):
        amount = dice.choice(AMOUNTS[1:] if whole else AMOUNTS)
        kind, currency = dice.choice(TYPES[1:] if whole else TYPES), dice.choice(CURRENCIES[whole:])
        yield jmdi.Transaction(
            id=f"t{n}",
            initiative=dice.choice(["i0", "i1", None]),
            type=kind and code("transaction-type", kind),
            value=None if dice.random() < 0.05 and not whole else jmdi.Money(amount, currency),
        )


SIDES = ("all", "out", "in")
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
OF_TWO = [
    *(
        ("network:change", {"measure": measure, "actors": actors, "days": days})
        for measure in ("stability", "formation", "dissolution", "turnover")
        for actors, days in (("both", ("2012-01-01", "2015-06-15")), ("all", (1, 2)))
    ),
    *(
        ("network:entries-exits", {"ties": ties, "days": days})
        for ties in (True, False)
        for days in (("2013-06-01", "2015-06-15"), (2, 1))
    ),
    ("network:change", {"days": ("2015-06-15", "2016-01-01"), "project_as": "co-participation"}),
    ("network:change", {"days": (1, 2), "options": {"kinds": "partnership"}}),
]

OF_TIES = [
    *((f"network:{name}", {"direction": d}) for name in ("degree", "strength") for d in SIDES),
    *(("network:degree-centralization", {"direction": d}) for d in SIDES),
    *(
        (
            "network:ei-index",
            {**GROUPS, "level": level, "ties": ties, "count": count, "weighted": w},
        )
        for level in ("group", "node")
        for ties in SIDES
        for count in ("once", "rows")
        for w in (True, False)
    ),
    *(("network:heterogeneity", {**GROUPS, "ties": ties}) for ties in SIDES),
    ("network:assortativity", {**GROUPS, "symmetric": True}),
    ("network:multiplexity", {}),
    *(("network:survival", {"as_of": "2015-01-01", "unit": unit}) for unit in ("days", "years")),
    ("network:response-rate", {"respondents": ["a0", "a1"]}),
]
"""What goes with ties, or with their direction."""


def outcome(measure, name, given):
    """The Result of a metric, whatever it was computed on, or the words of its error."""
    try:
        return attrs.evolve(measure(name, **given), subject="")
    except jmdi.JmdiError as error:
        return str(error)


def has_waves(dataset, days):
    """Whether something is of each wave among these days; what nothing is of is refused."""
    known = {record.period.wave for record in dataset if getattr(record, "period", None)}
    return all(isinstance(day, str) or day in known for day in days)
