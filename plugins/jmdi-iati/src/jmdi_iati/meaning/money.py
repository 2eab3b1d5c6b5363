"""Budgets, planned disbursements and transactions: amounts, and ties of funding."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jmdi import Money, Tie, code, make_id
from jmdi_iati.meaning.actors import mentioned
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.upgrade_tables import TRANSACTIONS
from jmdi_iati.standard.words import EXACT, amount, day

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


@functools.lru_cache(maxsize=512)
def currency_of(written: str) -> str | None:
    """A currency code of three letters; ``None`` for anything else."""
    mended = written.strip().upper()
    return mended if len(mended) == 3 and mended.isascii() and mended.isalpha() else None


def _currency(value: Any, draft: Draft) -> str | None:
    written = value.get("currency")
    if not written:
        return draft.currency
    found = currency_of(written)
    if found is None:
        draft.run.report.add("I307", value=written)
    return found


def _figure(value: Any, draft: Draft) -> Decimal | None:
    """The figure of a ``value``; ``None`` is reported."""
    text = value.text
    figure, mended = amount(text)
    if figure is None:
        draft.run.report.add(
            "I305", "missing" if not (text or "").strip() else "not a number", value=text
        )
    elif mended:
        draft.run.report.add("I306", value=text)
    return figure


def _date(text: str | None, what: str, draft: Draft) -> datetime.date | None:
    if not text:
        return None
    read = day(text)
    if read.date is None and text.strip():
        draft.run.report.add("I301", what, value=text)
    return read.date


def money_of(value: Any, note: str | None, draft: Draft) -> Money:
    """An amount as stated, with its currency and day; unknown with the reason why."""
    figure = _figure(value, draft)
    currency = _currency(value, draft)
    words = (
        None
        if figure is not None and currency
        else f"{value.get('currency') or ''} {value.text or ''}".strip()
    )
    reason = None
    if figure is None:
        reason = "unreadable" if (value.text or "").strip() else "not_stated"
    elif currency is None:
        reason = "not_stated"
    date = _date(value.get("value-date"), "value-date", draft)
    return Money(figure, currency, words=words or None, reason=reason, date=date, note=note)


def budget(child: Any, draft: Draft) -> None:
    """A budget, with its type and period in the note."""
    if not draft.run.money:
        return
    value = None
    start = end = ""
    for part in child:
        tag = part.tag
        if tag == "value":
            value = part if value is None else value
        elif tag == "period-start":
            start = (part.get("iso-date") or "").strip()[:10]
        elif tag == "period-end":
            end = (part.get("iso-date") or "").strip()[:10]
    if value is not None:
        revised = (child.get("type") or "").lower() in ("2", "revised")
        sort = "revised budget" if revised else "budget"
        note = f"{sort} {start}/{end}" if start or end else sort
        draft.budgets.append(money_of(value, note, draft))


def transaction(child: Any, draft: Draft) -> None:
    """A transaction: who gave whom how much when.

    A side that is not named is the reporting organisation, as the standard says.
    """
    if not draft.run.money:
        return
    parts = {part.tag: part for part in child}
    typed = parts.get("transaction-type")
    kind = "" if typed is None else typed.get("code") or ""
    if kind not in KINDS:
        kind = _kind(kind, draft)
    provider, receiver = parts.get("provider-org"), parts.get("receiver-org")
    if "value" in parts:
        _flow(kind, parts, provider, receiver, draft)
    if provider is not None and (link := provider.get("provider-activity-id")):
        draft.links.setdefault(link.strip(), "provider-activity-id")
    if receiver is not None and (link := receiver.get("receiver-activity-id")):
        draft.links.setdefault(link.strip(), "receiver-activity-id")
    if not INHERITED.isdisjoint(parts):
        draft.late.append(child)


def _kind(written: str, draft: Draft) -> str:
    """The code of a transaction type that is written as a word or an old code."""
    known = TRANSACTIONS.get(written.strip().lower())
    if known is None:
        draft.run.report.add("I309", "transaction-type", value=written)
    return known or written


def _flow(kind: str, parts: Mapping[str, Any], provider: Any, receiver: Any, draft: Draft) -> None:
    giver = taker = draft.reporter
    if provider is not None:
        giver, _ = mentioned(provider, draft)
    elif kind in INCOMING:
        giver = ""
    if receiver is not None:
        taker, _ = mentioned(receiver, draft)
    elif kind not in INCOMING:
        taker = ""
    value = parts["value"]
    figure = _figure(value, draft)
    if not giver or not taker:
        draft.run.report.add("I502")
    elif giver == taker:
        draft.run.report.add("I501")
    elif figure is not None:
        dated = parts.get("transaction-date")
        when = value.get("value-date") or (None if dated is None else dated.get("iso-date"))
        date = _date(when, "transaction-date", draft)
        add(giver, taker, (KINDS.get(kind, kind), _currency(value, draft), date), figure, draft)


def planned(child: Any, draft: Draft) -> None:
    """A planned disbursement; a tie where both sides are named."""
    if not draft.run.money:
        return
    value, provider, receiver = (child.find(t) for t in ("value", "provider-org", "receiver-org"))
    if value is None:
        return
    giver = draft.reporter if provider is None else mentioned(provider, draft)[0]
    taker = "" if receiver is None else mentioned(receiver, draft)[0]
    if not taker:
        draft.run.report.add("I502")
    elif giver == taker:
        draft.run.report.add("I501")
    elif (figure := _figure(value, draft)) is not None:
        date = _date(value.get("value-date"), "value-date", draft)
        add(giver, taker, ("planned disbursement", _currency(value, draft), date), figure, draft)


def add(giver: str, taker: str, what: Any, figure: Decimal, draft: Draft) -> None:
    """Adds an amount to those of the same sort, currency and day between two actors."""
    amounts = draft.flows.get((giver, taker))
    if amounts is None:
        amounts = draft.flows[giver, taker] = {}
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
