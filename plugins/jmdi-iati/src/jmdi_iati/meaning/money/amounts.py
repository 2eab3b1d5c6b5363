"""What every element with money has: an amount, a day or period, and two sides."""

from __future__ import annotations

import functools
from typing import NamedTuple

from jmdi import Money, Period, make_id
from jmdi_iati.meaning.actors import mentioned
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.standard.dates import day, interval
from jmdi_iati.standard.numbers import amount, currency_of
from jmdi_iati.standard.words import identifier, words_of
from jmdi_iati.standard.xml import Element

__all__ = ["UNNAMED", "Side", "id_of", "money_of", "period_of", "side_of", "when"]

NO_AMOUNT = Money(reason="not_stated")
NOT_DATED = Period(reason="not_stated")


def money_of(value: Element | None, draft: Draft) -> Money:
    """An amount as stated, with its currency and the day of its rate; unknown with the reason."""
    if value is None:
        draft.run.report.add("I305", "missing")
        return NO_AMOUNT
    text = value.text
    typed = (text or "").strip()
    figure, corrected = amount(typed)
    if figure is None:
        draft.run.report.add("I305", "not a number" if typed else "missing", value=text)
    elif corrected:
        draft.run.report.add("I306", value=text)
    currency = _currency(value, draft)
    words = reason = None
    if figure is None or currency is None:
        stated = value.get("currency", "")
        words = f"{stated} {text or ''}".strip() or None
        unreadable = typed if figure is None else stated.strip()
        reason = "unreadable" if unreadable else "not_stated"
    rate = value.get("value-date")
    date = day(rate).date if rate else None
    if date is None and rate and rate.strip():
        draft.run.report.add("I301", "value-date", value=rate)
    return Money(figure, currency, words=words, reason=reason, date=date)


def _currency(value: Element, draft: Draft) -> str | None:
    written = value.get("currency", "").strip()
    found = currency_of(written) if written else draft.currency
    if found is None:
        draft.run.report.add("I307", "not a code" if written else "missing", value=written or None)
    return found


def when(element: Element | None, draft: Draft) -> Period:
    """The day that an element states, as an attribute or in words; unknown with the reason."""
    text = "" if element is None else element.get("iso-date", "").strip()
    spoken = "" if element is None or (text and day(text).edtf) else words_of(element)
    if spoken and (not text or day(spoken).edtf):
        text = spoken
    if element is None or not text:
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
    actor = _named(org, draft)
    reason = None if actor else "not_stated"
    link = "provider-activity-id" if org.tag == "provider-org" else "receiver-activity-id"
    ref = identifier(org.get(link, ""))
    if not ref:
        return Side(actor, reason)
    streams = draft.joined.upstream if org.tag == "provider-org" else draft.joined.downstream
    streams[ref] = None
    return Side(actor, reason, make_id("initiative", "iati", ref))


def _named(org: Element, draft: Draft) -> str | None:
    """The actor that an element names; ``None`` if it has neither a reference nor words."""
    if not org.get("ref", "").strip() and not any(part.strip() for part in org.itertext()):
        draft.run.report.add("I405")
        return None
    return mentioned(org, draft)[0]


def id_of(kind: str, content: tuple[str | None, ...], draft: Draft) -> str:
    """The id of a transaction or budget: of its content, and how many came before.

    Content stays where a publisher sorts a file anew, and a position does not.
    """
    count = draft.alike.get(content, 0)
    draft.alike[content] = count + 1
    return make_id(kind, draft.id, *content, count or None)
