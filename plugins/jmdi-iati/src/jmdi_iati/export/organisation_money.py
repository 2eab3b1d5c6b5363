"""Budgets and expenditure of an organisation, each changed in its element, and so their lines."""

from __future__ import annotations

from collections.abc import Iterator

from jmdi import Budget
from jmdi.model.vocabularies import match
from jmdi_iati.export import elements
from jmdi_iati.export.money import add_period, add_value
from jmdi_iati.export.parts import change_parts
from jmdi_iati.export.trees import place
from jmdi_iati.export.work import Patch
from jmdi_iati.meaning.money.budgets import LINES, ORGANISATION
from jmdi_iati.standard.schema import put_in_order
from jmdi_iati.standard.xml import Element, narrated, new

__all__ = ["change_organisation_money"]

TAGS = {kind.code: tag for tag, kind in ORGANISATION.items()}
EXPENDITURE = "total-expenditure"


def change_organisation_money(work: Patch) -> None:
    """Changes, adds and removes budgets, expenditure and their lines."""
    parts = list(_parts(work.element))
    behind = {one.id: part for one, part in work.reading.behind(Budget, parts)}
    lines: list[tuple[Budget, Element]] = []

    def add(one: Budget, made: Element) -> None:
        if one.part_of is not None:
            lines.append((one, made))
            return
        behind[one.id] = made
        place(work.element, made, work.rule)

    change_parts(work, Budget, parts, lambda one: _made(one, work), add)
    for line, made in lines:  # which go into what they are lines of, whatever comes first
        if (whole := behind.get(line.part_of or "")) is not None:
            place(whole, made, work.rule_for(whole))


def _parts(element: Element) -> Iterator[Element]:
    """The elements of budgets and their lines, in their order."""
    for child in element.iterchildren(*ORGANISATION):
        yield child
        yield from child.iterchildren(*LINES)


def _made(one: Budget, work: Patch) -> Element | None:
    tag = None if one.type is None else TAGS.get(one.type.code)
    if tag is None:
        return None
    return _whole(one, tag, work) if one.part_of is None else _line(one, tag)


def _whole(one: Budget, tag: str, work: Patch) -> Element:
    made = new(tag)
    status = match(work.vocabularies, one.status, "iati-budget-status")
    if status is not None and tag != EXPENDITURE:
        made.set("status", status)
    if (actor := work.actor(one.receiver)) is not None:
        org = elements.organisation("recipient-org", actor, vocabularies=work.vocabularies)
        org.attrib.pop("type", None)  # 2.03 has none there
        made.append(org)
    for where in one.places:
        element = elements.recipient(where, work.territory(where.territory))
        if element is not None:
            element.attrib.pop("percentage", None)
            made.append(element)
    add_period(made, one.period)
    add_value(made, one.value)
    put_in_order(made, work.rule.children[tag])
    return made


def _line(one: Budget, tag: str) -> Element:
    made = new("expense-line" if tag == EXPENDITURE else "budget-line")
    if ref := next((known.value for known in one.identifiers), None):
        made.set("ref", ref)
    add_value(made, one.value)
    made.extend(narrated("line", one.description))
    return made
