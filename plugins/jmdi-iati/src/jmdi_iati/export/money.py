"""Transactions and budgets of an activity, each changed in its element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jmdi import Budget, Code, Initiative, Money, Period, Transaction
from jmdi.model.vocabularies import match
from jmdi_iati.export import elements
from jmdi_iati.export.fields import Work
from jmdi_iati.export.parts import change_parts
from jmdi_iati.export.trees import place
from jmdi_iati.meaning.money.transactions import AID_TYPES, CODED
from jmdi_iati.standard.schema import put_in_order
from jmdi_iati.standard.xml import Element, narrated, new, sub

__all__ = ["add_period", "add_value", "change_money"]

BUDGETS: Mapping[str, str] = {
    "budget": "budget",
    "planned_disbursement": "planned-disbursement",
    "country_budget_item": "budget-item",
}
"""The element of each type of budget of an activity."""

ITEMS = "country-budget-items"
ITEM_SCHEME = "iati-budget-identifier-"
CODES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **{scheme: (tag, {}) for tag, scheme in CODED.items()},
    **{
        scheme: ("aid-type", {} if number == "1" else {"vocabulary": number})
        for number, scheme in AID_TYPES.items()
    },
}
"""The element of each code of a transaction, and its vocabulary."""


def change_money(work: Work) -> None:
    """Changes, adds and removes transactions and budgets."""
    change_parts(
        work,
        Transaction,
        work.of("transaction"),
        lambda one: _transaction(one, work),
        lambda one, made: place(work.element, made, work.rule),
    )
    change_parts(
        work,
        Budget,
        _budgets(work.element),
        lambda one: _budget(one, work),
        lambda one, made: _add(one, made, work),
    )


def _budgets(element: Element) -> Iterator[Element]:
    """The elements of budgets, in their order."""
    for child in element.iterchildren("budget", "planned-disbursement", ITEMS):
        if child.tag == ITEMS:
            yield from child.iterchildren("budget-item")
        else:
            yield child


def _add(budget: Budget, made: Element, work: Work) -> None:
    """Puts a new budget in its place; an item goes to those of its vocabulary."""
    if made.tag != "budget-item":
        place(work.element, made, work.rule)
        return
    scheme = budget.codes[0].scheme if budget.codes else ""
    number = scheme.removeprefix(ITEM_SCHEME)
    holder = next((one for one in work.of(ITEMS) if one.get("vocabulary") == number), None)
    if holder is None:
        place(work.element, holder := new(ITEMS, vocabulary=number), work.rule)
    place(holder, made, work.rule.children[ITEMS])


def _transaction(one: Transaction, work: Work) -> Element:
    ref = next((known.value for known in one.identifiers), None)
    made = new("transaction", **({} if ref is None else {"ref": ref}))
    if one.humanitarian is not None:
        made.set("humanitarian", str(int(one.humanitarian)))
    if (number := match(work.vocabularies, one.type, "iati-transaction-type")) is not None:
        sub(made, "transaction-type", code=number)
    if one.date is not None and one.date.start is not None:
        sub(made, "transaction-date", **{"iso-date": one.date.start.isoformat()})
    add_value(made, one.value)
    if one.description:
        made.append(narrated("description", one.description))
    _sides(made, one, work)
    shares = {share.code: share.share for share in one.sector_shares}
    extra = [elements.sector(code, shares.get(code)) for code in one.sectors]
    places = (elements.recipient(where, work.territory(where.territory)) for where in one.places)
    extra += [element for element in places if element is not None]
    for element in extra:
        element.attrib.pop("percentage", None)  # 2.03 has none in a transaction
        made.append(element)
    for scheme, (tag, said) in CODES.items():
        for code in one.codes:
            if code.scheme == scheme:
                sub(made, tag, code=code.code, **said)
    put_in_order(made, work.rule.children["transaction"])
    return made


def _budget(one: Budget, work: Work) -> Element | None:
    tag = BUDGETS.get(one.type.code) if one.type is not None else None
    if tag is None:
        return None
    made = new(tag)
    if tag == "budget-item":
        if one.codes:
            made.set("code", one.codes[0].code)
        if one.share is not None:
            made.set("percentage", elements.percent(one.share))
        if one.description:
            made.append(narrated("description", one.description))
        return made
    _number(made, "type", one.version, "iati-budget-type", work)
    if tag == "budget":
        _number(made, "status", one.status, "iati-budget-status", work)
    add_period(made, one.period)
    add_value(made, one.value)
    if tag == "planned-disbursement":
        _sides(made, one, work)
    return made


def _number(made: Element, name: str, code: Code | None, scheme: str, work: Work) -> None:
    if (number := match(work.vocabularies, code, scheme)) is not None:
        made.set(name, number)


def add_period(made: Element, period: Period | None) -> Element:
    """Adds the days of a period to an element."""
    bounds = {} if period is None else {"start": period.start, "end": period.end}
    for name, day in bounds.items():
        if day is not None:
            sub(made, f"period-{name}", **{"iso-date": day.isoformat()})
    return made


def add_value(made: Element, money: Money | None) -> None:
    """Adds an amount, its currency and the day of its rate to an element."""
    if money is None:
        return
    said = {"currency": money.currency} if money.currency else {}
    if money.date is not None:
        said["value-date"] = money.date.isoformat()
    sub(made, "value", None if money.amount is None else format(money.amount, "f"), **said)


def _sides(made: Element, one: Transaction | Budget, work: Work) -> None:
    """Who gives and who receives, each with its own activity."""
    sides = (
        ("provider", one.provider, one.provider_activity),
        ("receiver", one.receiver, one.receiver_activity),
    )
    for side, id, activity in sides:
        actor = work.actor(id)
        if actor is None:
            continue
        org = elements.organisation(f"{side}-org", actor, vocabularies=work.vocabularies)
        other = work.dataset.find(activity, Initiative) if activity else None
        if other is not None and (ref := elements.identifier_of(other)) is not None:
            org.set(f"{side}-activity-id", ref)
        made.append(org)
