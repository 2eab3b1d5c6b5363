"""Who brings the resources and who is accountable: local ownership."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.metrics.result import Result, undefined
from jmdi.model.kinds import Action, Initiative, Partnership, Territory, WorkPlan
from jmdi.model.relations import Contributes
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.parameters import chosen, fraction
from jmdi_scaling.facts.places import Places, initiatives_of
from jmdi_scaling.facts.relations import Part, parts_of
from jmdi_scaling.facts.shares import any_of
from jmdi_scaling.facts.timing import Day, When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Owned", "owned_in", "ownership"]


@attrs.frozen(slots=True)
class Owned:
    """Ownership of the initiatives of one territory.

    Attributes:
        share: Share of the contributions that its own actors make; ``None`` when undefined.
        lower: Lowest share that the unknown amounts and givers allow.
        upper: Highest share that they allow.
        reason: Reason code when the share is undefined.
        steward: Whether one of its actors is accountable for one of the initiatives.
        unvalued: How many contributions have no figure, or no giver whose place is known.
        in_kind: How many of them are in kind, without a value.
        used: How many contributions the share was computed from.
        records: The contributions and the accountable parts.
    """

    share: float | None
    lower: float
    upper: float
    reason: str | None
    steward: bool | None
    unvalued: int
    in_kind: int
    used: int
    records: tuple[str, ...]

    def owned(self, theta: float) -> bool | None:
        """Whether the share reaches theta and the stewardship is local."""
        reached = None if self.share is None else self.share >= theta
        if reached is False or self.steward is False:
            return False
        return None if reached is None or self.steward is None else True

    def could_be(self, theta: float) -> tuple[bool, bool]:
        """Whether it is owned whatever the unknown is, and whether it is for some of it."""
        certain = self.lower >= theta and self.steward is True
        return certain, self.upper >= theta and self.steward is not False


def ownership(
    dataset: Dataset,
    *,
    initiative: Any = None,
    territory: Any = None,
    as_of: Day = None,
    window: Any = None,
    theta: float = 0.5,
) -> Result:
    """Share of the contributions to initiatives that come from actors of their territories.

    The value pools all territories (those given, else the places of the initiatives): each
    contribution counts once, as local when its giver lies in a place of its initiative.
    ``values`` gives each territory's share, stewardship (an actor of the territory is
    accountable) and whether it is owned: share of at least ``theta`` and local stewardship.
    Amounts in several currencies are never added.
    """
    fraction(theta, "theta")
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative)
    areas = chosen(dataset, territory, Territory)
    where = _places(dataset, names)
    units = areas or tuple(dict.fromkeys(t for found in where.values() for t in found))
    each = {t: owned_in(dataset, (t,), names, at) for t in units}
    pooled = (
        each[units[0]]
        if len(units) == 1
        else owned_in(dataset, units, names, at, own_places=not areas)
    )
    values = {
        t: {
            "share": o.share,
            "lower": o.lower,
            "upper": o.upper,
            "stewardship": o.steward,
            "owned": o.owned(theta),
        }
        for t, o in each.items()
    }
    states = [o.owned(theta) for o in each.values()]
    known = [state for state in states if state is not None]
    basis: dict[str, Any] = {
        "values": values or None,
        "contributing": pooled.records,
        "n_used": pooled.used,
        "n_eligible": pooled.used + pooled.unvalued,
        "of": "contributions",
        "lower": pooled.lower,
        "upper": pooled.upper,
        "notes": {
            "without_value": pooled.unvalued,
            "in_kind_without_value": pooled.in_kind,
            "stewardship": pooled.steward,
            "territories_owned": sum(known),
            "territories_known": len(known),
        },
        **at.members(),
    }
    if not units:
        return undefined("missing_input", "no initiative names a place: give territory", **basis)
    if pooled.share is None:
        why = {
            "scaling:mixed_currencies": "the contributions are in several currencies",
            "missing_input": "no contribution has a figure in a known currency",
            "scaling:negative_amounts": "more was given back than was given",
            "zero_denominator": "the contributions add up to 0",
        }.get(pooled.reason or "", "")
        return undefined(pooled.reason or "missing_input", why, **basis)
    return Result(value=pooled.share, **basis)


def _places(dataset: Dataset, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(p.territory for p in dataset.get(name, Initiative).places if p.territory)
        for name in names
    }


def _carried(dataset: Dataset, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The initiatives that each thing to contribute to belongs to."""
    wanted = set(names)
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    for partnership in dataset.of(Partnership):
        found[partnership.id] = tuple(i for i in partnership.initiatives if i in wanted)
    plans = {p.id: tuple(i for i in p.initiatives if i in wanted) for p in dataset.of(WorkPlan)}
    for action in dataset.of(Action):
        found[action.id] = plans.get(action.workplan or "", ())
    return found


def owned_in(
    dataset: Dataset,
    units: tuple[str, ...],
    names: tuple[str, ...],
    at: When,
    *,
    own_places: bool = False,
) -> Owned:
    """Ownership by the actors of some territories, over the initiatives placed there.

    Args:
        dataset: The records.
        units: The territories.
        names: The initiatives.
        at: The time that is looked at.
        own_places: Whether only those actors are local to an initiative that lie in one of its
            own places, where it names some.
    """
    places = Places(dataset)
    where = _places(dataset, names)
    here = {
        name
        for name, found in where.items()
        if not found
        or any(places.inside(t, units) or places.inside(u, (t,)) for t in found for u in units)
    }
    home = {name: (where[name] or units) if own_places else units for name in here}
    steward, parts = _steward(dataset, places, home, at)
    carried = _carried(dataset, names)
    sums: dict[str, list[Decimal]] = {}
    unknown_local = unknown_other = unvalued = in_kind = used = 0
    records: list[str] = []
    unplaced: dict[str, Decimal] = {}
    for gift in dataset.of(Contributes):
        to = [name for name in carried.get(gift.target, ()) if name in here]
        if not to or at.holds(gift.period) is False:
            continue
        records.append(gift.id)
        local = places.has_home_in(gift.source, [t for name in to for t in home[name]])
        money = gift.amount
        if money is None or not money.known or money.amount is None or money.currency is None:
            unvalued += 1
            in_kind += code_of(gift.type) == "in_kind" or (
                money is not None and money.reason == "in_kind"
            )
            unknown_local += local is not False
            unknown_other += local is not True
            continue
        if local is None:
            unplaced[money.currency] = unplaced.get(money.currency, Decimal(0)) + money.amount
            unvalued += 1
            continue
        used += 1
        own, low, high = sums.setdefault(money.currency, [Decimal(0), Decimal(0), Decimal(0)])
        top = money.upper if money.upper is not None else money.amount
        sums[money.currency] = [
            own + (money.amount if local else 0),
            low + (0 if local else money.amount),
            high + (top - money.amount),
        ]
    share, reason, lower, upper = _share(sums, unplaced, unknown_local, unknown_other)
    return Owned(
        share,
        lower,
        upper,
        reason,
        steward,
        unvalued,
        in_kind,
        used,
        tuple(dict.fromkeys([*records, *parts])),
    )


def _share(
    sums: dict[str, list[Decimal]], unplaced: dict[str, Decimal], local: int, other: int
) -> tuple[float | None, str | None, float, float]:
    """The share with its reason and bounds."""
    if len(set(sums) | set(unplaced)) > 1:
        return None, "scaling:mixed_currencies", 0.0, 1.0
    if not sums:
        return None, "missing_input", 0.0, 1.0
    ((currency, (own, others, slack)),) = sums.items()
    free = unplaced.get(currency, Decimal(0)) + slack
    total = own + others
    if own < 0 or others < 0 or free < 0:
        return None, "scaling:negative_amounts", 0.0, 1.0
    if not total:
        return None, "zero_denominator", 0.0, 1.0
    lower = 0.0 if other else float(own / (total + free))
    upper = 1.0 if local else float((own + free) / (total + free))
    return float(own / total), None, lower, upper


def _steward(
    dataset: Dataset, places: Places, home: Mapping[str, Iterable[str]], at: When
) -> tuple[bool | None, list[str]]:
    """Whether an accountable actor is of the initiative's territories, and what says so."""
    states: list[bool | None] = []
    records = []
    parts: list[Part] = list(parts_of(dataset, home, at))
    if not parts:
        return None, []
    for part in parts:
        if part.role is not None and part.role != "accountable":
            states.append(False)
            continue
        local = places.has_home_in(part.actor, home[part.initiative])
        if local and part.role == "accountable":
            records.append(part.record)
        states.append(local if part.role is not None or local is False else None)
    return any_of(states), records
