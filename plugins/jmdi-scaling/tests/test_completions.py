"""Whatever the unknown is, the value lies within the bounds: unknowns filled at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

import jmdi
from jmdi import Money, Period, code, evolve
from jmdi.running import asking
from jmdi_scaling.metrics.institutions import CRITERIA

TYPES = ("local_authority", "migrant_association", "national_ngo", "academia")
ROLES = ("funding", "accountable", "implementing", "target_audience")
SIDES = ("origin", "destination", "both", "third")
LEVELS = ("single_location", "first_admin", "national", "global")
DATES = ("2009", "2012-03", "2013/..", "2014/2016", "2016")
DAY = "2014-06-30"
METRICS: list[tuple[str, dict[str, Any]]] = [
    ("scaling:anchorage", {}),
    ("scaling:anchorage", {"strong": True}),
    ("scaling:isolation", {}),
    ("scaling:isolation", {"exclude_roles": ""}),
    ("scaling:up", {}),
    ("scaling:out", {}),
    ("scaling:functional", {}),
    ("scaling:institutionalization", {}),
    ("scaling:institutionalization", {"theta": 0.2, "weights": {"plan": 1, "unit": 2}}),
    ("scaling:ownership", {}),
    ("scaling:tipping-joint", {}),
    ("scaling:strategic-partnerships", {"criteria": 1}),
    ("scaling:strategic-partnerships", {"criteria": 3}),
    ("scaling:cross-sector-density", {}),
    ("scaling:goal-consensus", {"draws": 0}),
    ("scaling:outreach", {}),
    ("scaling:trust", {}),
    ("scaling:adoption-curve", {"practice": "practice/p"}),
    ("scaling:crossing", {"practice": "practice/p"}),
    ("scaling:up", {"initiative": "i0"}),
    ("scaling:up", {"territory": "t0"}),
    ("scaling:out", {"initiative": "i0"}),
    ("scaling:isolation", {"exclude": "a0"}),
    ("scaling:outreach", {"initiative": "i0"}),
    ("scaling:ownership", {"territory": "t0"}),
    ("scaling:trust", {"initiative": "i0"}),
    (
        "scaling:goal-consensus",
        {"variant": "ratings", "dimension": "reliability", "initiative": "i0"},
    ),
    ("scaling:cross-sector-density", {"initiative": "i0"}),
    ("scaling:adoption-curve", {"practice": "practice/p", "territory": "t0"}),
    ("scaling:crossing", {"practice": "practice/p", "hold": 2}),
    ("network:corridor-concentration", {}),
    ("network:corridor-effective-number", {"count": "fractional"}),
]
OF_ACTORS = {
    "scaling:adoption-curve",
    "scaling:crossing",
    "scaling:cross-sector-density",
}
"""Shares of the actors on record, or of their pairs."""
NAMES_OF_A_SMALL_ONE = {"initiative", "territory", "exclude"}
"""Parameters that name records which the small programmes have."""


def some(draw: random.Random, scheme: str, codes: tuple[str, ...]) -> jmdi.Code:
    return code(scheme, draw.choice(codes))


def unsaid(value: jmdi.Code | None) -> bool:
    return value is None or value.code in ("unknown", "unobserved")


def filled(record: Any, draw: random.Random, lands: list[str], themes: list[str]) -> Any:
    """The record with everything that it does not say said, as the draw has it."""
    new: dict[str, Any] = {}
    if hasattr(record, "period") and (record.period is None or record.period.edtf is None):
        new["period"] = Period(draw.choice(DATES))
    if isinstance(record, jmdi.Actor):
        new |= {} if record.type else {"type": some(draw, "actor-type", TYPES)}
        new |= {} if record.level else {"level": some(draw, "governance-level", LEVELS)}
        new |= {} if record.country else {"country": draw.choice(["SN", "IT"])}
        new |= {} if record.territory or not lands else {"territory": draw.choice(lands)}
    elif isinstance(record, jmdi.Participates):
        new |= {} if record.role else {"role": some(draw, "organisation-role", ROLES)}
        new |= {"side": some(draw, "side", SIDES)} if unsaid(record.side) else {}
    elif isinstance(record, jmdi.Initiative):
        new["participants_complete"] = True
        new |= {} if record.themes else {"themes": (draw.choice(themes),)}
        new |= {} if record.goals else {"goals": (code("sdg-target", draw.choice(["1", "2"])),)}
    elif isinstance(record, jmdi.Practice):
        new["adopters_complete"] = True
    elif isinstance(record, jmdi.Tie):
        seen = "presence", ("present", "absent")
        new |= {"state": some(draw, *seen)} if record.state and unsaid(record.state) else {}
        new |= {} if record.type else {"type": some(draw, "tie-kind", ("funding", "advocacy"))}
        new |= {} if record.intensity is not None else {"intensity": draw.randint(1, 5)}
        new |= {} if record.formality else {"formality": some(draw, "tie-formality", ("mou",))}
    elif isinstance(record, jmdi.Adopts):
        placed = record.level is None and record.source in lands
        new |= {"level": some(draw, "governance-level", LEVELS)} if placed else {}
    elif isinstance(record, jmdi.Evidence):
        seen = "presence", ("present", "absent")
        new |= {"state": some(draw, *seen)} if unsaid(record.state) else {}
    elif isinstance(record, jmdi.Contributes) and record.amount is None:
        new["amount"] = Money(draw.randint(1, 90), "EUR")
    elif isinstance(record, jmdi.Rates) and record.score is None:
        new |= {"score": Decimal(draw.randint(1, 4)), "low": Decimal(1), "high": Decimal(4)}
    return evolve(record, **new) if new else record


def completed(dataset: jmdi.Dataset, seed: int, name: str) -> jmdi.Dataset:
    """One of the worlds that the records allow: all fields filled, all lists completed.

    Somebody else may take part, but the actors on record are all that a share of actors is of.
    """
    draw = random.Random(seed)
    lands = list(dataset.of(jmdi.Territory).ids())
    actors = list(dataset.of(jmdi.Actor).ids())
    newcomers = [] if name in OF_ACTORS else [jmdi.Actor(id="nobody-knew")]
    actors += [actor.id for actor in newcomers]
    themes = ["theme/data", "theme/partnerships", "theme/social-inclusion"]
    found: list[Any] = [*newcomers, *dataset]
    many = draw.random()
    for record in dataset:
        if draw.random() > many:
            continue
        if isinstance(record, jmdi.Initiative) and not record.participants_complete:
            joining, number = draw.choice(actors), len(found)
            part = jmdi.Participates(id=f"more/{number}", source=joining, target=record.id)
            gift = jmdi.Contributes(id=f"gift/{number}", source=joining, target=record.id)
            found += [part, gift] if draw.random() < 0.7 else [part]
        elif isinstance(record, jmdi.Practice) and not record.adopters_complete:
            if name == "scaling:outreach":  # a share of those on record as reached
                continue
            for adopter in draw.sample([*actors, *lands], 2):
                number = len(found)
                found.append(jmdi.Adopts(id=f"more/{number}", source=adopter, target=record.id))
    told = {(e.of, e.criterion.code) for e in dataset.of(jmdi.Evidence) if e.criterion}
    found += [
        jmdi.Evidence(
            id=f"evidence/{land}/{criterion}",
            of=land,
            criterion=code("institutionalisation", criterion),
        )
        for land in lands
        for criterion in CRITERIA
        if (land, criterion) not in told
    ]
    return jmdi.dataset([filled(record, draw, lands, themes) for record in found])


def drawn(seed: int) -> jmdi.Dataset:
    """A small programme with holes."""
    draw = random.Random(seed)

    def hole(make: Any) -> Any:
        return None if draw.random() < 0.4 else make()

    def date() -> Any:
        return hole(lambda: Period(draw.choice(DATES)))

    names = [f"a{k}" for k in range(5)]
    lands = ["t0", "t1", "t2"]
    records: list[Any] = [jmdi.Territory(id=land) for land in lands]
    records += [
        jmdi.Actor(
            id=name,
            type=hole(lambda: some(draw, "actor-type", TYPES)),
            level=hole(lambda: some(draw, "governance-level", LEVELS)),
            country=hole(lambda: draw.choice(["SN", "IT"])),
            territory=hole(lambda: draw.choice(lands)),
        )
        for name in names
    ]
    whole = [True, False, None] if draw.random() < 0.7 else [True]
    records += [
        jmdi.Initiative(
            id=f"i{k}",
            participants_complete=draw.choice(whole),
            themes=("theme/data",) * draw.randint(0, 1),
            goals=(code("sdg-target", draw.choice(["1", "2"])),) * draw.randint(0, 1),
            places=(jmdi.Place(draw.choice(lands)),),
            period=Period("2009/.."),
        )
        for k in range(3)
    ]
    records.append(jmdi.Practice(id="practice/p", adopters_complete=draw.choice([True, None])))
    for k in range(draw.randint(1, 7)):
        records.append(
            jmdi.Participates(
                id=f"p{k}",
                source=draw.choice(names),
                target=f"i{draw.randint(0, 2)}",
                period=date(),
                side=hole(lambda: some(draw, "side", SIDES)),
                role=hole(lambda: some(draw, "organisation-role", ROLES)),
            )
        )
    for k in range(draw.randint(0, 5)):
        source, target = draw.sample(names, 2)
        records += [
            jmdi.Tie(
                id=f"t{k}",
                source=source,
                target=target,
                period=date(),
                intensity=hole(lambda: draw.randint(1, 5)),
                type=hole(lambda: some(draw, "tie-kind", ("funding", "advocacy"))),
                state=hole(lambda: some(draw, "presence", ("present", "unobserved"))),
            ),
            jmdi.Rates(
                id=f"r{k}",
                source=source,
                target=target,
                dimension=code("rating-dimension", "reliability"),
                score=hole(lambda: Decimal(draw.randint(1, 4))),
                low=Decimal(1),
                high=Decimal(4),
            ),
        ]
    for k, name in enumerate(draw.sample([*names, *lands], draw.randint(1, 3))):
        level = hole(lambda: some(draw, "governance-level", LEVELS))
        records.append(
            jmdi.Adopts(id=f"ad{k}", source=name, target="practice/p", period=date(), level=level)
        )
    for k in range(draw.randint(0, 4)):
        state = some(draw, "presence", ("present", "absent", "unknown"))
        criterion = some(draw, "institutionalisation", ("plan", "unit", "budget_line"))
        of = draw.choice(lands)
        records.append(
            jmdi.Evidence(id=f"e{k}", of=of, criterion=criterion, state=state, period=date())
        )
    for k in range(draw.randint(0, 3)):
        amount = hole(lambda: Money(draw.randint(1, 9), "EUR"))
        records.append(
            jmdi.Contributes(
                id=f"g{k}",
                source=draw.choice(names),
                target=f"i{draw.randint(0, 2)}",
                amount=amount,
                period=date(),
            )
        )
    return jmdi.dataset(records)


def numbers_within(values: Any, bounds: Any) -> Iterator[tuple[Any, float, float]]:
    """The numbers of ``values`` that have bounds, with these; what has no upper one is infinite."""
    for key, ends in bounds.items():
        value = values.get(key)
        if isinstance(ends, Mapping):
            yield from numbers_within(value or {}, ends)
        elif value is not None:
            yield value, *(float("inf") if end is None else end for end in ends)


def check(dataset: jmdi.Dataset, name: str, given: dict[str, Any], seeds: range) -> None:
    open_ = dataset.metric(name, **given)
    for seed in seeds:
        found = completed(dataset, seed, name).metric(name, **given)
        if open_.no_bounds or open_.undefined:
            continue
        for value, low, high in numbers_within(found.values or {}, open_.bounds):
            assert low - 1e-9 <= value <= high + 1e-9, (seed, open_, open_.bounds, found.values)
        if found.undefined:
            assert open_.or_undefined == found.undefined, (seed, open_, found)
        if found.value is None:
            continue
        low, high = open_.lower, open_.upper
        if low is None:  # nothing is open
            low = high = open_.value
        high = float("inf") if high is None else high
        assert low - 1e-9 <= found.value <= high + 1e-9, (seed, open_, found)


@pytest.mark.parametrize(("name", "given"), METRICS)
@pytest.mark.parametrize("day", [None, DAY])
def test_a_small_programme_filled_at_random(
    name: str, given: dict[str, Any], day: str | None
) -> None:
    if name.startswith("network:"):
        day = None
    for world in range(25):
        check(drawn(world), name, {**given, **({"as_of": day} if day else {})}, range(3))


@pytest.mark.parametrize(
    ("name", "given"), [m for m in METRICS if NAMES_OF_A_SMALL_ONE.isdisjoint(m[1])]
)
def test_the_programme_filled_at_random(name: str, given: dict[str, Any]) -> None:
    dataset = jmdi.datasets.load("jmdi")
    more = {"practice": "practice/one-stop-migrant-centre"} if "practice" in given else {}
    check(dataset, name, {**given, **more}, range(4))


@pytest.mark.parametrize(("name", "given"), [m for m in METRICS if m[0].startswith("scaling:")])
def test_whatever_narrows_the_bounds_is_listed_as_missing(
    name: str, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what a Result lists is asked about, so that nothing may be left out there."""
    monkeypatch.setattr(asking, "_open", lambda dataset, found: range(len(dataset)))
    for world, day in product((1, 4, 5, 7), (None, DAY)):
        dataset, parameters = drawn(world), {**given, **({"as_of": day} if day else {})}
        listed = dataset.metric(name, **parameters).notes.get("missing", ())
        asked = dataset.ask(name, parameters=parameters, top=None) if listed else ()
        for question in asked:
            of_adopter = (name, question.kind, question.field) == ("scaling:up", "adopts", "/level")
            if question.certain is not None and not of_adopter:
                assert question.record in {fact["about"] for fact in listed}, (world, question)
