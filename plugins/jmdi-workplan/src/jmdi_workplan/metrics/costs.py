"""Cost per targeted participant: an interval over the bases that the words allow.

"USD 1,500" for an action in three regions may be meant per region or in total. Neither
reading is chosen; the result is the interval between the lowest and the highest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from jmdi import Action, Dataset, Money, Quantity, Result, WorkPlan, metric, undefined
from jmdi.classes import frozen
from jmdi.metrics.types import Day, Ids
from jmdi.words.folding import fold
from jmdi_workplan.metrics.selection import AREAS, CITATION, actions_of, has_actions, places_of
from jmdi_workplan.words.lexicon import group

__all__ = ["cost_per_participant", "is_organisation", "without_parts"]


@frozen
class _Span:
    """Lowest and highest value that a stated amount can mean."""

    low: Fraction
    high: Fraction

    def __add__(self, other: _Span) -> _Span:
        return _Span(self.low + other.low, self.high + other.high)


@frozen
class _Case:
    """One action in one currency: its costs as a whole, and what it costs per participant."""

    people: _Span
    total: _Span
    each: _Span


_NOTES = (
    "costs_unknown",
    "actions_without_audience_size",
    "costs_with_other_basis",
    "qualified_figures",
)
_ZERO = _Span(Fraction(0), Fraction(0))


def _factors(per: str | None, places: int) -> tuple[int, ...] | None:
    """By what a figure is multiplied to be a total; ``None`` when that cannot be said."""
    if per is not None and fold(per) == "total":
        return (1,)
    if per is not None and fold(per) not in AREAS:
        return None
    if per is None:
        return (1, places) if places else (1,)
    return (places,) if places else None


def _span(low: Decimal, high: Decimal | None, factors: tuple[int, ...]) -> _Span:
    return _Span(
        Fraction(low) * min(factors), Fraction(low if high is None else high) * max(factors)
    )


def _people(sizes: Sequence[Quantity], places: int) -> _Span | None:
    """How many participants are targeted, from the stated sizes; ``None`` if none is usable.

    Numbers of municipalities, associations and the like are no numbers of people.
    """
    spans = []
    for size in sizes:
        factors = None if is_organisation(size.unit) else _factors(size.per, places)
        if size.value is not None and factors is not None:
            spans.append(_span(size.value, size.upper, factors))
    return sum(spans[1:], spans[0]) if spans else None


def is_organisation(unit: str | None) -> bool:
    """Whether a unit is a place or organisation: its last word in English, else its first."""
    words = fold(unit or "").split()
    places = group("counted", "place") - {"local"}  # 40 local stakeholders are people
    no_people = places | group("counted", "organisation")
    return any(_singular(word) & no_people for word in {*words[:1], *words[-1:]})


def _singular(word: str) -> set[str]:
    """The forms that a plural can be of: municipalities, provinces, alcaldes."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return forms | {word.removesuffix("ies") + "y"} if word.endswith("ies") else forms


def without_parts(amounts: Sequence[Money]) -> list[Money]:
    """Amounts without those that a stated total in the same currency already contains."""
    totals = {money.currency for money in amounts if money.per == "total"}
    return [m for m in amounts if m.per == "total" or m.currency not in totals]


def _is_per_person(money: Money) -> bool:
    return money.per is not None and fold(money.per).rstrip("s") in group("counted", "person")


def _cases(action: Action, places: int, notes: dict[str, int]) -> dict[str, _Case]:
    """What an action costs, by currency; empty when cost or audience is not known."""
    sizes = [part.size for part in action.audience if part.size is not None]
    people = _people(sizes, places)
    stated = [money for money in action.finance if money.known]
    notes["costs_unknown"] += len(action.finance) - len(stated)
    known = without_parts(stated)
    if known and (people is None or people.low <= 0):
        notes["actions_without_audience_size"] += 1
    if people is None or people.low <= 0:
        return {}
    qualifiers = [money.qualifier for money in known] + [size.qualifier for size in sizes]
    notes["qualified_figures"] += sum(1 for qualifier in qualifiers if qualifier)
    cases: dict[str, _Case] = {}
    for money in known:
        each = _is_per_person(money)
        factors = (1,) if each else _factors(money.per, places)
        if money.amount is None or money.currency is None or factors is None:
            notes["costs_with_other_basis"] += 1
            continue
        span = _span(money.amount, money.upper, factors)
        case = cases.get(money.currency, _Case(people, _ZERO, _ZERO))
        if each:
            case = attrs.evolve(case, each=case.each + span)
        else:
            case = attrs.evolve(case, total=case.total + span)
        cases[money.currency] = case
    return cases


def _extreme(cases: Sequence[_Case], pick: Callable[[_Span], Fraction], sign: int) -> Fraction:
    """Lowest (sign 1) or highest (sign -1) ratio of all costs to all participants.

    The ratio ``Σ(each·people + total) / Σ people`` is linear-fractional in the participants
    of each action, so its extreme lies at ends of their spans; Dinkelbach's iteration finds
    it exactly.
    """
    ratio = None
    while True:
        cost = count = Fraction(0)
        for case in cases:
            each, total = pick(case.each), pick(case.total)
            gain = sign * (each - (ratio if ratio is not None else each + 1))
            people = case.people.low if gain > 0 else case.people.high
            cost += each * people + total
            count += people
        found = cost / count
        if found == ratio:
            return found
        ratio = found


def _interval(cases: Sequence[_Case]) -> tuple[Decimal, Decimal]:
    low = _extreme(cases, lambda span: span.low, 1)
    high = _extreme(cases, lambda span: span.high, -1)
    return _rounded(low), _rounded(high)


def _rounded(number: Fraction) -> Decimal:
    """A fraction as a decimal with two to six places."""
    digits = f"{abs(round(number * 10**6)):07d}"
    places = digits[-6:].rstrip("0").ljust(2, "0")
    return Decimal(f"{'-' if number < 0 else ''}{digits[:-6]}.{places}")


@metric(
    "workplan:cost-per-participant",
    "Cost per targeted participant",
    on="dataset",
    range=(0, None),
    polarity="lower",
    value_is="cost per person",
    citation=CITATION,
    convention="what is stated per region or the like is multiplied by the number of places of the "
    "action, or of territories of its plan where it names none; per village or school it is not "
    "known how many there are, and it is left out; without a stated basis both readings are "
    "admitted; currencies are never mixed; numbers of organisations and places are no "
    "participants; a stated total is not added to its parts; rounded to six decimals; actions "
    "whose time is not known are kept",
    accepts=has_actions,
    count="jmdi_workplan.picks:of_plans",
)
def cost_per_participant(
    dataset: Dataset,
    *,
    workplan: Ids | None = None,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    as_of: Day | None = None,
) -> Result:
    """Sum of known costs over sum of stated audience sizes.

    It is an interval over the bases (in total, or per place) that the words allow. ``values``
    maps currency to ``lower``, ``upper`` and the number of ``actions``; ``notes["actions"]`` has
    the interval of each action. With one currency, ``lower`` and ``upper`` are the plan's
    interval in that unit, and ``value`` is set if both are equal.

    Args:
        dataset: The dataset.
        workplan: Id of the work plan, or several; all plans of the dataset if not given.
        initiative: Id of the initiative whose plans are wanted, or several.
        territory: Id of the territory that an action takes place in, or several.
        as_of: Actions that begin after this day are left out.
    """
    actions = actions_of(dataset, workplan, initiative=initiative, territory=territory, as_of=as_of)
    notes: dict[str, int] = dict.fromkeys(_NOTES, 0)
    by_currency: dict[str, dict[str, _Case]] = {}
    plans = {plan.id: plan for plan in dataset.of(WorkPlan)}
    for action in actions:
        places = places_of(action, plans.get(action.workplan or ""))
        for currency, case in _cases(action, places, notes).items():
            by_currency.setdefault(currency, {})[action.id] = case
    used = tuple(dict.fromkeys(name for cases in by_currency.values() for name in cases))
    if not used:
        return undefined(
            "missing_input",
            "no action has both a known cost and a stated number of participants",
            n_used=0,
            n_eligible=len(actions),
            of="actions",
            notes=notes,
        )
    spans = {name: _interval(list(by_currency[name].values())) for name in sorted(by_currency)}
    details = {
        currency: {name: _interval([case]) for name, case in by_currency[currency].items()}
        for currency in spans
    }
    result = Result(
        values={
            currency: {"lower": lower, "upper": upper, "actions": len(by_currency[currency])}
            for currency, (lower, upper) in spans.items()
        },
        n_used=len(used),
        n_eligible=len(actions),
        of="actions",
        contributing=used,
        notes={**notes, "actions": details},
    )
    if len(spans) > 1:
        return result
    ((currency, (lower, upper)),) = spans.items()
    single = lower if lower == upper else None
    return attrs.evolve(result, value=single, lower=lower, upper=upper, unit=currency)
