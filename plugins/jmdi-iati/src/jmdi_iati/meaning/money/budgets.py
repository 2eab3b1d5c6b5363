"""Budgets, planned disbursements and items of country budgets: each becomes a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from jmdi import Budget, Code, Identifier, Money, Period, Place, code, evolve
from jmdi.model.constructors import unchecked
from jmdi_iati.meaning import places
from jmdi_iati.meaning.actors import actor_of
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.money.amounts import (
    UNNAMED,
    Side,
    id_of,
    money_of,
    period_of,
    side_of,
)
from jmdi_iati.standard.numbers import HUNDRED, percentage
from jmdi_iati.standard.upgrade_tables import BUDGET_TYPES
from jmdi_iati.standard.xml import Element

__all__ = ["ORGANISATION", "budget", "items", "of_organisation", "planned"]

make_budget = unchecked(Budget)
BUDGET = code("budget-type", "budget")
PLANNED = code("budget-type", "planned_disbursement")
ITEM = code("budget-type", "country_budget_item")
ORGANISATION: Mapping[str, Code] = {
    "total-budget": code("budget-type", "total_budget"),
    "recipient-org-budget": code("budget-type", "recipient_organisation_budget"),
    "recipient-country-budget": code("budget-type", "recipient_country_budget"),
    "recipient-region-budget": code("budget-type", "recipient_region_budget"),
    "total-expenditure": code("budget-type", "total_expenditure"),
}
"""What an organisation says of its own money, by element."""

LINES = ("budget-line", "expense-line")
ONCE = ("period-start", "period-end", "value")
NOWHERE = Side()


@attrs.frozen(slots=True)
class _Row:
    """What an element says of its budget, but for whose it is."""

    type: Code
    version: Code | None
    status: Code | None
    period: Period
    value: Money


def budget(child: Element, draft: Draft) -> None:
    """A budget of an activity, for a period."""
    if draft.run.money:
        _add(_row(child, BUDGET, draft), draft)


def planned(child: Element, draft: Draft) -> None:
    """A planned disbursement."""
    if draft.run.money:
        provider = side_of(child.find("provider-org"), draft)
        receiver = side_of(child.find("receiver-org"), draft)
        _add(_row(child, PLANNED, draft), draft, provider, receiver)


def items(child: Element, draft: Draft) -> None:
    """How an activity falls on the chapters of the recipient country's own budget."""
    if not draft.run.money:
        return
    vocabulary = child.get("vocabulary", "").strip() or "none"
    for part in child.iterchildren("budget-item"):
        written = part.get("code", "").strip()
        share = percentage(part.get("percentage", "").strip())
        words = part.find("description")
        found = coded(f"iati-budget-identifier-{vocabulary}", written) if written else None
        content = (ITEM.code, vocabulary, written, str(share))
        draft.after.append(
            Budget(
                id=id_of("budget", content, draft),
                description={} if words is None else draft.text(words),
                initiative=draft.id,
                type=ITEM,
                share=None if share is None else share / HUNDRED,
                reported_by=draft.reporter,
                codes=() if found is None else (found,),
                sources=draft.sources,
            )
        )


def of_organisation(child: Element, draft: Draft) -> None:
    """A budget or the expenditure of an organisation, and the lines that it consists of."""
    if not draft.run.money:
        return
    receiver, where = NOWHERE, []
    for part in child:
        if part.tag == "recipient-org":
            receiver = Side(actor_of(part, draft))
        elif part.tag in ("recipient-country", "recipient-region"):
            where.append(places.recipient(part, draft))
    placed = tuple(map(places.placed, where, places.shares_of(where, draft)))
    row = _row(child, ORGANISATION[child.tag], draft)
    if child.tag == "recipient-org-budget" and receiver is NOWHERE:
        receiver = UNNAMED
    whole = _add(row, draft, NOWHERE, receiver, owner=draft.id, where=placed)
    for part in child.iterchildren(*LINES):
        line = attrs.evolve(row, value=money_of(part.find("value"), draft))
        made = _add(line, draft, NOWHERE, receiver, owner=draft.id, where=placed, part_of=whole.id)
        ref = part.get("ref", "").strip()
        draft.after[-1] = evolve(
            made,
            description=draft.text(part),
            identifiers=(Identifier("iati-budget-line", ref),) if ref else (),
        )


def _row(child: Element, kind: Code, draft: Draft) -> _Row:
    written, status = child.get("type", "").strip(), child.get("status", "").strip()
    number = BUDGET_TYPES.get(written.lower(), written)
    parts: dict[str, Element] = {}
    for part in child:
        if parts.setdefault(part.tag, part) is not part and part.tag in ONCE:
            draft.run.report.add("I507", f"another {part.tag} of {child.tag}")
    return _Row(
        kind,
        draft.code_of("iati-budget-type", number, written, child.tag),
        draft.code_of("iati-budget-status", status, status, child.tag),
        period_of(parts.get("period-start"), parts.get("period-end"), draft),
        money_of(parts.get("value"), draft),
    )


def _add(
    row: _Row,
    draft: Draft,
    provider: Side = NOWHERE,
    receiver: Side = NOWHERE,
    *,
    owner: str | None = None,
    where: Sequence[Place] = (),
    part_of: str | None = None,
) -> Budget:
    content = (
        row.type.code,
        None if row.version is None else row.version.code,
        row.period.edtf,
        row.value.currency,
        str(row.value.amount),
        receiver.actor,
        part_of,
    )
    made: Budget = make_budget(
        id=id_of("budget", content, draft),
        initiative=None if owner else draft.id,
        owner=owner,
        type=row.type,
        version=row.version,
        status=row.status,
        period=row.period,
        value=row.value,
        provider=provider.actor,
        provider_reason=provider.reason,
        provider_activity=provider.activity,
        receiver=receiver.actor,
        receiver_reason=receiver.reason,
        receiver_activity=receiver.activity,
        reported_by=draft.reporter,
        places=tuple(where),
        part_of=part_of,
        sources=draft.sources,
    )
    draft.after.append(made)
    return made
