"""Budgets, planned disbursements and transactions: amounts, and ties of funding."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from jmdi import Money, Tie, code, make_id
from jmdi_iati.meaning.actors import mentioned
from jmdi_iati.meaning.draft import Draft, Flow
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.numbers import EXACT, amount, currency_of
from jmdi_iati.standard.upgrade_tables import TRANSACTIONS
from jmdi_iati.standard.xml import Element

__all__ = ["add", "budget", "money_of", "planned", "ties", "transaction"]

FUNDING = code("tie-kind", "funding")
KINDS: Mapping[str, str] = {
    "1": "incoming funds",
    "2": "commitment",
    "3": "disbursement",
    "4": "expenditure",
    "5": "interest payment",
    "6": "loan repayment",
    "7": "reimbursement",
    "8": "purchase of equity",
    "9": "sale of equity",
    "10": "credit guarantee",
    "11": "incoming commitment",
    "12": "outgoing pledge",
    "13": "incoming pledge",
}
INCOMING = frozenset({"1", "11", "13"})
INHERITED = frozenset({"sector", "recipient-country", "recipient-region"})
"""What an activity takes from its transactions where it says nothing itself."""


def _currency(value: Element, draft: Draft) -> str | None:
    written = value.get("currency")
    if not written:
        return draft.currency
    found = currency_of(written)
    if found is None:
        draft.run.report.add("I307", value=written)
    return found


def _figure(value: Element, draft: Draft) -> Decimal | None:
    """The figure of a ``value``; where there is none, it is reported."""
    text = value.text
    figure, corrected = amount(text)
    if figure is None:
        what = "not a number" if (text or "").strip() else "missing"
        draft.run.report.add("I305", what, value=text)
    elif corrected:
        draft.run.report.add("I306", value=text)
    return figure


def _date(text: str | None, what: str, draft: Draft) -> datetime.date | None:
    if not text:
        return None
    read = day(text)
    if read.date is None and text.strip():
        draft.run.report.add("I301", what, value=text)
    return read.date


def money_of(value: Element, note: str | None, draft: Draft) -> Money:
    """An amount as stated, with its currency and day; unknown with the reason why."""
    figure, currency = _figure(value, draft), _currency(value, draft)
    typed = (value.text or "").strip()
    words = reason = None
    if figure is None or currency is None:
        words = f"{value.get('currency', '')} {value.text or ''}".strip() or None
        reason = "unreadable" if figure is None and typed else "not_stated"
    date = _date(value.get("value-date"), "value-date", draft)
    return Money(figure, currency, words=words, reason=reason, date=date, note=note)


def budget(child: Element, draft: Draft) -> None:
    """A budget, with its type and period in the note."""
    if not draft.run.money:
        return
    value = None
    start = end = ""
    for part in child:
        if part.tag == "value":
            value = part if value is None else value
        elif part.tag == "period-start":
            start = part.get("iso-date", "").strip()[:10]
        elif part.tag == "period-end":
            end = part.get("iso-date", "").strip()[:10]
    if value is not None:
        revised = child.get("type", "").lower() in ("2", "revised")
        sort = "revised budget" if revised else "budget"
        note = f"{sort} {start}/{end}" if start or end else sort
        draft.budgets.append(money_of(value, note, draft))


def transaction(child: Element, draft: Draft) -> None:
    """A transaction: who gave whom how much when."""
    if not draft.run.money:
        return
    parts = {part.tag: part for part in child}
    typed = parts.get("transaction-type")
    kind = "" if typed is None else typed.get("code", "")
    if kind not in KINDS:
        kind = _kind(kind, draft)
    provider, receiver = parts.get("provider-org"), parts.get("receiver-org")
    if (value := parts.get("value")) is not None:
        giver, taker = _sides(provider, receiver, draft, incoming=kind in INCOMING)
        dated = parts.get("transaction-date")
        when = value.get("value-date") or (None if dated is None else dated.get("iso-date"))
        _flow(giver, taker, KINDS.get(kind, kind), value, when, "transaction-date", draft)
    for side, org in (("provider", provider), ("receiver", receiver)):
        link = f"{side}-activity-id"
        if org is not None and (ref := org.get(link)):
            draft.links.setdefault(ref.strip(), link)
    if not INHERITED.isdisjoint(parts):
        draft.late.append(child)


def _kind(written: str, draft: Draft) -> str:
    """The code of a transaction type that is written as a word or an old code."""
    known = TRANSACTIONS.get(written.strip().lower())
    if known is None:
        draft.run.report.add("I309", "transaction-type", value=written)
    return known or written


def planned(child: Element, draft: Draft) -> None:
    """A planned disbursement; a tie where both sides are known."""
    if not draft.run.money:
        return
    value, provider, receiver = (child.find(t) for t in ("value", "provider-org", "receiver-org"))
    if value is None:
        return
    giver, taker = _sides(provider, receiver, draft, incoming=False)
    when = value.get("value-date")
    _flow(giver, taker, "planned disbursement", value, when, "value-date", draft)


def _sides(
    provider: Element | None, receiver: Element | None, draft: Draft, *, incoming: bool
) -> tuple[str, str]:
    """Ids of giver and taker; empty where it is not known who.

    The standard says that the reporting organisation gives what goes out and takes what comes in
    where nobody else is named. It does not say who the other side is.
    """
    giver, taker = ("", draft.reporter) if incoming else (draft.reporter, "")
    if provider is not None:
        giver, _ = mentioned(provider, draft)
    if receiver is not None:
        taker, _ = mentioned(receiver, draft)
    return giver, taker


def _flow(
    giver: str, taker: str, sort: str, value: Element, when: str | None, dated: str, draft: Draft
) -> None:
    """Adds an amount between two actors, if both are known and are not the same."""
    figure = _figure(value, draft)
    if not giver or not taker:
        draft.run.report.add("I502")
    elif giver == taker:
        draft.run.report.add("I501")
    elif figure is not None:
        date = _date(when, dated, draft)
        add(giver, taker, (sort, _currency(value, draft), date), figure, draft)


def add(giver: str, taker: str, what: Flow, figure: Decimal, draft: Draft) -> None:
    """Adds an amount to those of the same sort, currency and day between two actors."""
    amounts = draft.flows.setdefault((giver, taker), {})
    before = amounts.get(what)
    amounts[what] = figure if before is None else EXACT.add(before, figure)


def ties(draft: Draft) -> Iterator[Tie]:
    """A tie of funding for each pair, its amounts by sort, currency and day."""
    for (giver, taker), amounts in draft.flows.items():
        yield Tie(
            id=make_id("tie", "funding", giver, taker, draft.id),
            source=giver,
            target=taker,
            type=FUNDING,
            sources=draft.sources,
            amounts=tuple(
                Money(
                    figure,
                    currency,
                    reason=None if currency else "not_stated",
                    date=date,
                    note=note,
                )
                for (note, currency, date), figure in amounts.items()
            ),
        )
