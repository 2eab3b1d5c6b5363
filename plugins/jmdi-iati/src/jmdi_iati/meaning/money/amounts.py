"""What every element with money has: an amount, a day or period, and two sides."""

from __future__ import annotations

import functools
from typing import NamedTuple

from jmdi import Money, Period, make_id
from jmdi.model.constructors import unchecked
from jmdi.model.ids import id_maker
from jmdi_iati.meaning.actors import actor_of
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.dates import day, interval
from jmdi_iati.standard.numbers import amount, currency_of
from jmdi_iati.standard.words import has_words, identifier, words_of
from jmdi_iati.standard.xml import Element

__all__ = ["UNNAMED", "Side", "id_of", "money_of", "period_of", "side_of", "when"]

make_money = unchecked(Money)
NO_AMOUNT = Money(reason="not_stated")
NOT_DATED = Period(reason="not_stated")


def money_of(value: Element | None, draft: Draft) -> Money:
    """An amount as stated, with its currency and the day of its rate; unknown with the reason."""
    if value is None:
        draft.run.report.add("I305", "missing")
        return NO_AMOUNT
    text, stated, rate = value.text, value.get("currency", ""), value.get("value-date")
    figure, corrected = amount(text)
    if figure is None:
        missing = not (text or "").strip()
        draft.run.report.add("I305", "missing" if missing else "not a number", value=text)
    elif corrected:
        draft.run.report.add("I306", value=text)
    currency = currency_of(stated) or _default_currency(stated.strip(), draft)
    date = day(rate).date if rate else None
    if date is None and rate and rate.strip():
        draft.run.report.add("I301", "value-date", value=rate)
    if figure is not None and currency is not None:
        return make_money(amount=figure, currency=currency, date=date)
    unreadable = ((text or "") if figure is None else stated).strip()
    return Money(
        figure,
        currency,
        words=f"{stated} {text or ''}".strip() or None,
        reason="unreadable" if unreadable else "not_stated",
        date=date,
    )


def _default_currency(written: str, draft: Draft) -> str | None:
    """The currency of the activity where none is stated; none where what is stated is no code."""
    found = None if written else draft.currency
    if found is None:
        draft.run.report.add("I307", "not a code" if written else "missing", value=written or None)
    return found


def when(element: Element | None, draft: Draft) -> Period:
    """The day that an element states, as an attribute or in words; unknown with the reason."""
    if element is None:
        return NOT_DATED
    text = element.get("iso-date", "")
    if text and (known := _known_day(text)) is not None:
        return known
    text = text.strip()
    spoken = "" if text and day(text).edtf else words_of(element)
    if spoken and (not text or day(spoken).edtf):
        text = spoken
    if not text:
        return NOT_DATED
    found = _when(text)
    if found.edtf is not None and text is spoken:
        draft.run.report.add("I302", element.tag, value=text)
    if found.edtf is None:
        draft.run.report.add("I301", element.tag, value=text)
    elif day(text).odd:
        draft.run.report.add("I303", element.tag, value=text)
    return found


@functools.lru_cache(maxsize=8192)
def _known_day(text: str) -> Period | None:
    """The day that an attribute states, unless something is to be said of it."""
    read = day(text)
    return None if read.edtf is None or read.odd else _when(text)


@functools.lru_cache(maxsize=8192)
def _when(text: str) -> Period:
    read = day(text)
    return Period(read.edtf, read.words, None if read.edtf else "unreadable")


def period_of(start: Element | None, end: Element | None, draft: Draft) -> Period:
    """From one day to another; unknown with the reason."""
    first, last = when(start, draft), when(end, draft)
    if first.edtf and last.edtf and first.edtf > last.edtf:
        turned = f"{first.edtf} to {last.edtf}"
        draft.run.report.add("I301", "period of a budget", value=turned)
        return Period(None, turned, "ambiguous")
    words = "; ".join(p.words for p in (first, last) if p.words) or None
    edtf = interval(first.edtf, last.edtf)
    if edtf is None:
        return Period(None, words, "unreadable") if words else NOT_DATED
    return Period(edtf, words)


class Side(NamedTuple):
    """One end of a movement of money.

    Attributes:
        actor: Who gives or receives it; ``None`` if the file does not say.
        reason: Why that is not known.
        activity: The activity at that end.
    """

    actor: str | None = None
    reason: str | None = None
    activity: str | None = None


UNNAMED = Side(reason="not_stated")


def side_of(org: Element | None, draft: Draft) -> Side:
    """Who stands at an end; money is never taken to be somebody's who is not named."""
    if org is None:
        return UNNAMED
    provides = org.tag == "provider-org"
    actor = reason = activity = None
    if draft.mentions[org].id or org.get("ref", "").strip() or has_words(org):
        actor = actor_of(org, draft)
    else:
        reason = "not_stated"
        draft.run.report.add("I405")
    link = org.get("provider-activity-id" if provides else "receiver-activity-id")
    if link and (ref := identifier(link)):
        (draft.joined.upstream if provides else draft.joined.downstream)[ref] = None
        activity = make_id("initiative", "iati", ref)
    return Side(actor, reason, activity)


def id_of(kind: str, content: tuple[str | None, ...], draft: Draft) -> str:
    """The id of a transaction or budget: of its content, and how many came before.

    Content stays where a publisher sorts a file anew, and a position does not.
    """
    count = draft.alike.get(content, 0)
    draft.alike[content] = count + 1
    make = draft.id_of.get(kind)
    if make is None:
        make = draft.id_of[kind] = id_maker(kind, draft.id)
    return make(*content, count or None)
