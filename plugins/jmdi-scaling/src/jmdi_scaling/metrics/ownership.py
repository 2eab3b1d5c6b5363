"""Who brings the resources and who is accountable: local ownership."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

import jmdi
from jmdi.classes import frozen
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import any_of, missing
from jmdi.metrics.types import Day, Ids, Share, Window
from jmdi.model.kinds import Action, Initiative, Partnership, Territory, WorkPlan
from jmdi.model.relations import Contributes
from jmdi_scaling.facts.codes import PROJECT, code_of
from jmdi_scaling.facts.lists import complete_among
from jmdi_scaling.facts.parameters import chosen
from jmdi_scaling.facts.places import Places, initiatives_of
from jmdi_scaling.facts.relations import Part, parts_of
from jmdi_scaling.facts.timing import When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Owned", "owned_in", "ownership"]


@frozen
class Owned:
    """Ownership of the initiatives of one territory.

    Attributes:
        share: Share of the contributions that its own actors make; ``None`` when undefined.
        lower: Lowest share that the unknown amounts and givers allow.
        upper: Highest share that they allow.
        reason: Reason code when the share is undefined.
        steward: Whether one of its actors is accountable for one of the initiatives.
        unvalued: How many contributions have no figure, or no giver whose place is known.
        aside: How many go to initiatives of which not all participants are recorded.
        certain: Whether a contribution with a figure holds for certain.
        missing: The facts that leave the share open, by record and member.
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
    aside: int
    certain: bool
    in_kind: int
    used: int
    records: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]

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


@jmdi.metric(
    "scaling:ownership",
    "Local ownership",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of contributions",
    citation=f"{PROJECT}, after the Paris Declaration and RE-AIM",
    convention="currencies never added; contributions without a figure make the bounds; over "
    "initiatives whose participants are all recorded",
    count="jmdi_scaling.facts.picks:of_named",
)
def ownership(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    theta: Share = 0.5,
    closed_world: bool = False,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the contributions to initiatives that come from actors of their territories.

    The value pools all territories (those given, else the places of the initiatives): each
    contribution counts once, as local when its giver lies in a place of its initiative.
    ``values`` gives each territory's share, stewardship (an actor of the territory is
    accountable) and whether it is owned: share of at least ``theta`` and local stewardship.
    Amounts in several currencies are never added. Where some initiatives name a place, one
    that names none may be anywhere: what is given to it makes the bounds. Where not all
    participants of an initiative are recorded, somebody else may give any amount.
    ``notes["missing"]`` has the facts that leave it open.

    Args:
        dataset: The records.
        initiative: Only these initiatives.
        territory: The territories whose share it is; the places of the initiatives if not
            given.
        theta: The share from which on a territory owns it.
        closed_world: Whether lists of participants are read as complete.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    names = initiatives_of(dataset, initiative)
    areas = chosen(dataset, territory, Territory)
    where = _places(dataset, names)
    units = areas or tuple(dict.fromkeys(t for found in where.values() for t in found))
    world: dict[str, Any] = {"closed_world": closed_world}
    each = {t: owned_in(dataset, (t,), names, at, **world) for t in units}
    pooled = (
        each[units[0]]
        if len(units) == 1
        else owned_in(dataset, units, names, at, own_places=not areas, **world)
    )
    owned = {t: o.owned(theta) for t, o in each.items()}
    values = {
        t: {
            "share": o.share,
            "lower": o.lower,
            "upper": o.upper,
            "stewardship": o.steward,
            "owned": owned[t],
        }
        for t, o in each.items()
    }
    known = [state for state in owned.values() if state is not None]
    basis: dict[str, Any] = {
        "values": values or None,
        "contributing": pooled.records,
        "n_used": pooled.used,
        "n_eligible": pooled.used + pooled.unvalued + pooled.aside,
        "of": "contributions",
        "lower": pooled.lower,
        "upper": pooled.upper,
        "notes": {
            "without_value": pooled.unvalued,
            "without_complete_list": pooled.aside,
            "in_kind_without_value": pooled.in_kind,
            "stewardship": pooled.steward,
            "territories_owned": sum(known),
            "territories_known": len(known),
            "missing": missing(pooled.missing),
        },
        **at.members(),
    }
    if not units:
        return undefined("missing_input", "no initiative names a place: give territory", **basis)
    if pooled.share is None and pooled.reason is None:
        nothing = None if pooled.certain else "missing_input"
        why = "no list of participants is complete"
        return Result(why=why, or_undefined=nothing, **basis)
    if pooled.share is None:
        reason = pooled.reason or "missing_input"
        return undefined(reason, _WHY.get(reason, ""), **basis)
    return Result(value=pooled.share, **basis)


_WHY = {
    "scaling:mixed_currencies": "the contributions are in several currencies",
    "missing_input": "no contribution has a figure in a known currency",
    "scaling:negative_amounts": "more was given back than was given",
    "zero_denominator": "the contributions add up to 0",
}


def _places(dataset: Dataset, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(p.territory for p in dataset.get(name, Initiative).places if p.territory)
        for name in names
    }


def _carried(dataset: Dataset, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The initiatives that each possible target of a contribution belongs to."""
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
    closed_world: bool = False,
) -> Owned:
    """Ownership by the actors of some territories, over the initiatives placed there.

    Args:
        dataset: The records.
        units: The territories.
        names: The initiatives.
        at: The day or window.
        own_places: Whether only those actors are local to an initiative that lie in one of its
            own places, where it names some.
        closed_world: Whether lists of participants are read as complete.
    """
    places = Places(dataset)
    home = _homes(dataset, places, units, names, own_places)
    parts: dict[str, list[Part]] = {name: [] for name in home}
    for part in parts_of(dataset, home, at):
        parts[part.initiative].append(part)
    complete = complete_among(dataset, parts, closed_world)
    steward, stewards = _steward(places, home, parts, complete)
    carried = _carried(dataset, names)
    gifts = _Gifts(
        unknown=[len(home) - len(complete)] * 2,
        missing=[(n, "participants_complete") for n in home if n not in complete]
        + [(n, "places") for n in home if not dataset.get(n, Initiative).places],
    )
    for gift in dataset.of(Contributes):
        to = [name for name in carried.get(gift.target, ()) if name in home]
        held = at.holds(gift.period) if to else False
        if held is False:
            continue
        local = _is_local(places, gift.source, [home[name] for name in to])
        gifts.missing += [(gift.source, "territory")] * (local is None)
        gifts.missing += [(gift.id, "period")] * (held is None)
        # One of which nobody knows whether it holds is no more than possible on either side.
        gifts.add(gift, local if held else None, complete.issuperset(to), held is True)
    share, reason, lower, upper = gifts.share()
    return Owned(
        share,
        lower,
        upper,
        reason,
        steward,
        gifts.unvalued,
        gifts.aside,
        gifts.certain,
        gifts.in_kind,
        gifts.used,
        tuple(dict.fromkeys([*gifts.records, *stewards])),
        tuple(gifts.missing),
    )


def _homes(
    dataset: Dataset,
    places: Places,
    units: tuple[str, ...],
    names: tuple[str, ...],
    own_places: bool,
) -> dict[str, tuple[str, ...]]:
    """The initiatives that are or may be in the territories, and where an actor is local to each.

    Nowhere is said of one that names no place while others do. Where none names one, all are
    taken to be where the question is.
    """
    where = _places(dataset, names)
    otherwise = () if any(where.values()) else units
    return {
        name: (found if own_places else units) if found else otherwise
        for name, found in where.items()
        if not found
        or any(places.inside(t, units) or places.inside(u, (t,)) for t in found for u in units)
    }


def _is_local(places: Places, actor: str, homes: list[tuple[str, ...]]) -> bool | None:
    """Whether an actor is of one of the places; unknown where one has none to compare with."""
    return any_of(places.has_home_in(actor, home) if home else None for home in homes)


@attrs.define(slots=True)
class _Gifts:
    """Contributions added up.

    Attributes:
        sums: What local givers gave, what others gave, and how much more the upper ends of
            amounts would be, by currency.
        unplaced: What was given by those of which it is not known whether they are local, or at
            a time that is not known, by currency.
        unknown: How many without a figure may be local, and how many may not be; a list that
            may be incomplete counts as one of either.
        unvalued: How many have no figure, or no giver whose place is known.
        aside: How many go to initiatives of which not all participants are recorded.
        certain: Whether one with a figure holds for certain.
        missing: The facts that leave the share open, by record and member.
        in_kind: How many without a figure are in kind.
        used: How many are in ``sums``.
        records: All of them.
    """

    sums: dict[str, list[Decimal]] = attrs.field(factory=dict)
    unplaced: dict[str, Decimal] = attrs.field(factory=dict)
    unknown: list[int] = attrs.field(factory=lambda: [0, 0])
    unvalued: int = 0
    aside: int = 0
    certain: bool = False
    missing: list[tuple[str, str]] = attrs.field(factory=list)
    in_kind: int = 0
    used: int = 0
    records: list[str] = attrs.field(factory=list)

    def add(self, gift: Contributes, local: bool | None, complete: bool, held: bool) -> None:
        """Counts a contribution of somebody who is local, or not, or perhaps.

        Args:
            gift: The contribution.
            local: Whether its giver is local.
            complete: Whether all are recorded that take part in what it was given to.
            held: Whether it holds for certain.
        """
        self.records.append(gift.id)
        money = gift.amount
        if money is None or not money.known or money.amount is None or money.currency is None:
            self.missing.append((gift.id, "amount"))
            self.unvalued += 1
            self.in_kind += "in_kind" in (code_of(gift.type), money and money.reason)
            self.unknown[0] += local is not False
            self.unknown[1] += local is not True
            return
        self.certain |= held
        sums = self.sums.setdefault(money.currency, [Decimal(0)] * 3)
        if not complete:
            self.aside += 1
        elif local is None:
            self.unvalued += 1
            before = self.unplaced.get(money.currency, Decimal(0))
            self.unplaced[money.currency] = before + money.amount
        else:
            self.used += 1
            sums[0 if local else 1] += money.amount
            sums[2] += (money.amount if money.upper is None else money.upper) - money.amount

    def share(self) -> tuple[float | None, str | None, float, float]:
        """The share of local givers or the reason why it is undefined, and its bounds.

        It has neither where only contributions to lists that may be incomplete have a figure.
        """
        if len(self.sums) > 1:
            return None, "scaling:mixed_currencies", 0.0, 1.0
        if not self.used:
            return None, None if self.aside else "missing_input", 0.0, 1.0
        ((currency, (own, others, slack)),) = self.sums.items()
        free = self.unplaced.get(currency, Decimal(0)) + slack
        total = own + others
        if own < 0 or others < 0 or free < 0:
            return None, "scaling:negative_amounts", 0.0, 1.0
        if not total:
            return None, "zero_denominator", 0.0, 1.0
        lower = 0.0 if self.unknown[1] else float(own / (total + free))
        upper = 1.0 if self.unknown[0] else float((own + free) / (total + free))
        return float(own / total), None, lower, upper


def _steward(
    places: Places,
    home: Mapping[str, tuple[str, ...]],
    parts: Mapping[str, list[Part]],
    complete: set[str],
) -> tuple[bool | None, list[str]]:
    """Whether an accountable actor is of the initiative's territories, and what says so."""
    if not home:
        return None, []
    # Whoever is missing from a list that may be incomplete may be the one.
    states: list[bool | None] = [None for name in parts if name not in complete]
    records = []
    for part in itertools.chain(*parts.values()):
        if part.role is not None and part.role != "accountable":
            continue
        local = _is_local(places, part.actor, [home[part.initiative]])
        local = None if local and not part.sure else local
        if local and part.role == "accountable":
            records.append(part.record)
        states.append(local if (part.role and part.sure) or local is False else None)
    return any_of(states), records
