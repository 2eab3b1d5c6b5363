"""What monitoring says of an action: status, baseline, target and what was reached.

Values stand beside the indicator of their row. A value is a number where the cell holds one number
and the words it counts; the words are kept, and a value that is not given says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import attrs

from jmdi import Period
from jmdi.words.folding import Folded
from jmdi.words.placeholders import whole
from jmdi_workplan.plan.cells.money import amounts, unit_under
from jmdi_workplan.plan.cells.time import dated
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.plan.marks import NO_SIGNS
from jmdi_workplan.words.listed import items
from jmdi_workplan.words.numerals import AMBIGUOUS, NUMBER, read_number

__all__ = ["SPENT", "Measure", "indicators", "measures"]

ROLES = {"baseline": "baseline", "target": "target", "actual": "actual", "status": "actual"}
"""What the values of a column are."""

SPENT = "actual-finance"
"""A column of what was spent."""

QUALIFIERS = {"~": "approximate", "≈": "approximate", "≥": "at_least", "≤": "at_most"}
YEAR = re.compile(r"(?:19|20)\d\d")
REASONS = {
    "to_be_determined": "to_be_determined",
    "to_be_confirmed": "to_be_determined",
    "not_applicable": "not_applicable",
}


@attrs.frozen(slots=True)
class Measure:
    """One value of an indicator of an action, or what is said of the action as a whole.

    Attributes:
        role: ``baseline``, ``target`` or ``actual``.
        words: As typed.
        indicator: The indicator's name; empty if none is named.
        unit: The unit of the indicator.
        value: The number, if there is one.
        qualifier: ``approximate``, ``at_least`` or ``at_most``.
        reason: Why the value is missing.
        period: The time that it holds for, or in which the action took place.
    """

    role: str
    words: str | None
    indicator: str = ""
    unit: str | None = None
    value: Decimal | None = None
    qualifier: str | None = None
    reason: str | None = None
    period: Period | None = None


def indicators(under: Under) -> list[str]:
    """The indicators of an action, each once, in the order of its rows."""
    return list(dict.fromkeys(i for _, _, words in under.cells("indicator") for i in items(words)))


def measures(under: Under, done: Period | None) -> Iterator[Measure]:
    """Every value in the columns of monitoring.

    A status in figures, such as "60 %", has the head of its column as indicator; in words, it is
    said of the action.

    Args:
        under: The cells of an action.
        done: When it took place.
    """
    yield from _spent(under)
    if done is None and ROLES.keys().isdisjoint(under.meant):
        return
    stated = False
    for meaning, role in ROLES.items():
        for column, cell, words in under.cells(meaning):
            if not words.translate(NO_SIGNS):
                continue
            named = dated(column, under.context)
            when = Period(named, column.header) if named else None
            if meaning == "status" or not under.places("indicator"):
                names, said = [""], [words.strip()]
            else:
                names, said = _paired(under, cell.row, words)
            for name, text in zip(names, said, strict=True):
                found = _measure(role, text, name)
                if meaning == "status" and found.value is not None:
                    found = attrs.evolve(found, indicator=column.header)
                own = meaning in ("status", "actual") and found.value is None
                own = own and not found.indicator
                stated = stated or (own and done is not None)
                yield attrs.evolve(found, period=when or (done if own else None))
    if done is not None and not stated:
        yield Measure("actual", None, period=done)


def _spent(under: Under) -> Iterator[Measure]:
    """What was spent: the head of its column is the indicator, and the currency its unit."""
    for column, _, words in under.cells(SPENT):
        when = Period(column.period, column.header) if column.period else None
        unit = unit_under(column.header, under.context)
        for money in amounts(words, under.context.country, unit):
            known = money.amount is not None
            yield Measure(
                "actual",
                money.words,
                column.header,
                money.currency,
                money.amount,
                money.qualifier,
                None if known else money.reason,
                when,
            )


def _paired(under: Under, row: int, words: str) -> tuple[list[str], list[str]]:
    """The values of a cell with their indicators: one by one, or all with the only indicator.

    Where it is not known which value belongs to which indicator, they stay together without one.
    """
    above = [(cell.row, text) for _, cell, text in under.cells("indicator") if cell.row <= row]
    names = list(items(max(above, default=(0, ""))[1]))
    said = list(items(words))
    if len(names) == len(said):
        return names, said
    return (names if len(names) == 1 else [""]), [words.strip()]


def _measure(role: str, words: str, name: str) -> Measure:
    """A value as typed and as read."""
    missing = whole(words)
    if missing is not None:
        return Measure(role, words, name, reason=REASONS.get(missing, "not_stated"))
    low = Folded.of(words).low.strip()
    qualifier = QUALIFIERS.get(low[:1])
    low = low[1:].strip() if qualifier else low
    numbers = list(NUMBER.finditer(low))
    if len(numbers) != 1 or numbers[0].start():
        return Measure(role, words, name)
    number, rest = numbers[0], low[numbers[0].end() :].strip()
    value = read_number(number[0], 2)
    if value == AMBIGUOUS or (YEAR.fullmatch(number[0]) and not rest):
        return Measure(role, words, name, reason="ambiguous")
    if not isinstance(value, Decimal):
        return Measure(role, words, name)
    unit = "%" if rest.startswith("%") else None
    return Measure(role, words, name, unit, value, qualifier)
