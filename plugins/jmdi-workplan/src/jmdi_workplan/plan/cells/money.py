"""How an action is paid for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jmdi import Money, evolve
from jmdi.words.folding import fold
from jmdi_documents import Cell
from jmdi_workplan.finance import Unit, read_finance, unit_of, without_unit
from jmdi_workplan.finance.currencies import Sign
from jmdi_workplan.plan.cells.time import dated
from jmdi_workplan.plan.cells.under import Under
from jmdi_workplan.plan.columns import Column, held
from jmdi_workplan.plan.context import Context
from jmdi_workplan.words.lexicon import group

__all__ = ["amounts", "finance", "is_total", "source_of", "units_under"]


def finance(under: Under) -> Iterator[tuple[Money, Cell | None]]:
    """The money, or the reasons why there is none, and the cells that say so.

    An amount that is merged over several actions is that of the first of them. The others say that
    it is ``shared``, so that a sum counts it once. Source and line of a budget that stand beside
    an amount are its note. Under the years of a budget an amount is for its year, under the
    names of those who pay it is theirs, and that under "Total" is their sum.
    """
    found = False
    places = under.places("finance")
    sources = () if places else under.places("funding-source")
    heads = [under.columns[index] for index in places]
    units = units_under([*heads, *map(under.columns.__getitem__, sources)], under.context)
    currency = unit_of(under.words("currency"), under.context.country).sign
    summed = any(head.period or head.yearly or source_of(head) for head in heads)
    beside = [*under.places("funding-source"), *under.places("budget-line")] if places else []
    for index in places or sources:
        shared = index in under.entry.shared
        for column, cell, words in under.column(index):
            found = True
            if shared and cell.row + 1 < under.entry.first:
                yield Money(words=words, reason="shared"), cell
                continue
            unit = units[column.index]
            if currency:
                unit = evolve(unit, sign=currency, source="the column of currencies")
            when = dated(column, under.context)
            extra: dict[str, object] = {"period": when} if when else {}
            if source := source_of(column):
                extra["source"] = source
            if shared and cell.row + cell.row_span > under.entry.last:
                extra["shared"] = True
            total, each = summed and is_total(column), is_unit_cost(column)
            said = amounts(words, under.context.country, unit)
            for number, money in enumerate(said):
                if sources and money.reason == "unreadable":  # who pays, and not how much
                    money = evolve(money, reason="not_stated")
                note = _beside(cell, beside, under, number, len(said)) or source_of(column)
                yield _noted(money, note, extra, "total" if total else each), cell
    if not found and (places or sources):
        yield Money(reason="not_stated"), None


@lru_cache(maxsize=4096)
def amounts(words: str, country: str | None, unit: Unit) -> tuple[Money, ...]:
    """The amounts that words say; many cells of a long table say the same."""
    return tuple(read_finance(words, country=country, unit=unit))


def _beside(cell: Cell, columns: Sequence[int], under: Under, number: int, count: int) -> str:
    """What stands in these columns beside an amount: who pays, and the line of the budget.

    A cell of as many lines as the other has amounts says of each amount one.

    Args:
        cell: The cell of the amount.
        columns: The columns beside it.
        under: The action.
        number: Which of the amounts of the cell it is, from 0.
        count: How many the cell has.
    """
    rows = range(cell.row, cell.row + cell.row_span)
    found = (
        _line_of(words, number, count)
        for index in columns
        for _, other, words in under.column(index)
        if other.row < rows.stop and rows.start < other.row + other.row_span
    )
    return "; ".join(dict.fromkeys(found))


def _line_of(words: str, number: int, count: int) -> str:
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    return lines[number] if len(lines) == count else words.strip()


def _noted(money: Money, note: str, extra: Mapping[str, object], per: str | None) -> Money:
    """An amount with what its column and the cells beside it say."""
    if note:
        money = evolve(money, note="; ".join(filter(None, (money.note, note))))
    if per and money.per is None and money.amount is not None:
        money = evolve(money, per=per)
    return evolve(money, extra=extra) if extra else money


def source_of(column: Column) -> str:
    """Who pays the amounts of a column, where the lower of two heads says so: "Budget / State"."""
    if column.payer:
        return column.payer
    above, _, own = column.header.rpartition(" / ")
    timed = column.period or column.yearly
    if not above or timed or is_total(column) or held(own):
        return ""
    return without_unit(own)


def is_total(column: Column) -> bool:
    """Whether a column has the sum of the amounts of its neighbours: "Budget / Total"."""
    words = fold(column.header.rpartition(" / ")[2]).split()
    named = any(word in group("row", "total") for word in words)
    return column.period is None and (named or column.total)


def is_unit_cost(column: Column) -> str | None:
    """What the amounts of a column are for each of: "unit" under "Unit cost"."""
    words = f" {fold(column.header)} "
    return "unit" if any(f" {one} " in words for one in group("amount", "unit cost")) else None


def units_under(columns: Sequence[Column], known: Context) -> Mapping[int, Unit]:
    """What bare figures of some columns are in; where one head alone names a currency, in that.

    What somebody pays is in thousands, too, where the sum is.
    """
    units = {column.index: unit_under(column.header, known) for column in columns}
    stated = {(unit.sign, unit.power): unit for unit in units.values() if unit.sign}
    if len({sign for sign, _ in stated}) != 1:
        return units
    (whole, *others), source = stated.values(), "another head of the table"
    for column in columns:
        unit = units[column.index]
        if not unit.sign:
            part = source_of(column) and not others and unit.power == 0
            power = whole.power if part else unit.power
            units[column.index] = evolve(unit, sign=whole.sign, power=power, source=source)
    return units


def unit_under(header: str, known: Context) -> Unit:
    """What bare figures of a column are in: its head says so, else the plan or other cells."""
    unit, above = unit_of(header, known.country), known.unit
    if unit.sign is None and above.sign:
        unit = evolve(unit, sign=above.sign, source=above.source)
    elif unit.sign is None and known.table_currency:
        unit = evolve(unit, sign=Sign(known.table_currency), source="another cell of the table")
    if unit.power == 0 and above.power != 0:
        source = above.source if unit.sign == above.sign else f"{unit.source} and {above.source}"
        unit = evolve(unit, power=above.power, source=source)
    return evolve(unit, mark=known.decimal_mark) if known.decimal_mark else unit
