"""Columns whose amounts sum up, row by row, to those of another: what each payer gives.

"Budget | IGF | DACF" with 60,000, 20,000 and 40,000 says who pays the budget, even where nobody
knows what IGF is. It must be so row by row, since two figures may sum up by chance. Where no column
has the sum, heads that name a currency say it too: "Yvelines (€) | Senegal (€)".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from jmdi_workplan.finance import unit_of, without_unit
from jmdi_workplan.plan.columns import Column
from jmdi_workplan.plan.figures_shown import ROWS, SIGNS, adds_up, value_of

__all__ = ["with_payers"]

SCORE = 0.5
"""How sure the meaning of a column is whose head does not say it."""

FEWEST = 2
"""Parts of a sum."""


def with_payers(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns of a table, with those who pay where amounts show that they are parts of another.

    Args:
        columns: The columns as their heads and cells say.
        rows: The texts of the rows below.
    """
    found = tuple(columns)
    for whole in columns:
        if whole.meaning == "finance" and whole.period is None:
            parts = next((run for run in _runs(columns, whole) if _adds_up(rows, whole, run)), ())
            found = tuple(_marked(one, whole, parts) for one in found) if parts else found
    signed = [one for run in _signed(found, rows) for one in run]
    return tuple(_paying(one) if one in signed else one for one in found)


def _signed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[Sequence[Column]]:
    """Amounts side by side each of whose heads names a currency, and one who pays or nobody knows.

    That is no word for money, and no other column has the amounts.
    """
    run: list[Column] = []
    for column in (*columns, None):
        if column is not None and _is_signed(column) and _has_amounts(rows, column):
            run.append(column)
            continue
        if len(run) >= FEWEST:
            yield run
        run = []


def _is_signed(column: Column) -> bool:
    own = column.header.rpartition(" / ")[2]
    named = bool(without_unit(own)) and unit_of(own).sign is not None
    unknown = column.meaning is None or (column.meaning == "finance" and column.supposed)
    return named and unknown and not column.payer and column.period is None


def _has_amounts(rows: Sequence[Sequence[str]], column: Column) -> bool:
    texts = [row[column.index].strip() for row in rows[:ROWS] if column.index < len(row)]
    filled = list(filter(None, texts))
    return bool(filled) and all(any(value_of(one, mark) for mark in SIGNS) for one in filled)


def _marked(column: Column, whole: Column, parts: Sequence[Column]) -> Column:
    if column.index == whole.index:
        return attrs.evolve(column, total=True)
    if column not in parts:
        return column
    return _paying(column)


def _paying(column: Column) -> Column:
    """A column of amounts that are paid by whom its lowest head names."""
    supposed = column.supposed or column.meaning is None
    payer = without_unit(column.header.rpartition(" / ")[2])
    score = column.score or SCORE
    return attrs.evolve(column, meaning="finance", score=score, payer=payer, supposed=supposed)


def _runs(columns: Sequence[Column], whole: Column) -> Iterator[Sequence[Column]]:
    """The columns right behind an amount, or right before it, that can be parts of it."""
    behind, before = columns[whole.index + 1 :], columns[: whole.index][::-1]
    for side in (behind, before):
        run = []
        for column in side:
            can_pay = column.meaning in (None, "finance", "funding-source", "partner")
            if not (can_pay and column.period is None and column.header):
                break
            run.append(column)
        yield from (run[:length] for length in range(len(run), FEWEST - 1, -1))


def _adds_up(rows: Sequence[Sequence[str]], whole: Column, parts: Sequence[Column]) -> bool:
    return adds_up(rows, whole.index, [part.index for part in parts])
