"""A work plan laid out as text: title block, then one table per level, ready for any format.

A plan that was read from a document keeps the columns and words of that document, so that
reading the result gives the same plan. A plan made by hand gets the six usual columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from jmdi import Action, Audience, Dataset, Money, Period, Place, PlanTable, WorkPlan, pick

__all__ = ["COLUMNS", "PlanSheet", "Row", "TableSheet", "lay_out", "usual_cells"]

COLUMNS = (
    "Action / space",
    "Objective",
    "Target audience",
    "Type of activity and precise location",
    "Timeline / duration",
    "Financial resources",
)
"""The columns of the programme's work plans."""

GROUP = re.compile(r"(?P<year>\d{4})-(?P<group>3[3-6]|4[01])")
"""Quarters and semesters in EDTF, which people would read as 2015–35."""

REASONS = {
    "in_kind": "In kind",
    "embedded": "Embedded in another budget",
    "to_be_determined": "To be determined",
    "not_applicable": "None required",
}


@attrs.frozen(slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: Its words, one per column; a single one spans all columns.
        planned: For each column, whether a colour says that something happens then.
    """

    cells: tuple[str, ...]
    planned: tuple[bool, ...] = ()


@attrs.frozen(slots=True)
class TableSheet:
    """One table as it is to be written."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@attrs.frozen(slots=True)
class PlanSheet:
    """One plan as it is to be written: a title, lines under it, tables, lines after them."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[TableSheet, ...]


def lay_out(dataset: Dataset) -> Iterator[PlanSheet]:
    """Every work plan of a Dataset, with the actions that belong to it."""
    for plan in dataset.of(WorkPlan):
        actions = [a for a in dataset.of(Action) if a.workplan == plan.id]
        actions.sort(key=lambda a: (a.position is None, a.position or 0, a.id))
        yield PlanSheet(
            title=pick(plan.names),
            lines=_lines(plan, dataset),
            tables=tuple(_tables(plan, actions, dataset)),
        )
    loose = [a for a in dataset.of(Action) if a.workplan is None]
    if loose:
        yield PlanSheet("Actions", (), tuple(_usual_tables(loose, dataset)))


def _lines(plan: WorkPlan, dataset: Dataset) -> tuple[str, ...]:
    """The lines of the title block: as typed, or made from what is known."""
    title = pick(plan.names)
    if plan.notes:
        return tuple(note for note in plan.notes if note != title)
    lines = []
    places = [_label(dataset, t) for t in plan.territories]
    if plan.country or places:
        country = plan.country or ""
        lines.append(
            f"Country and territory: {country} ({', '.join(places)})"
            if places
            else f"Country: {country}"
        )
    lines += [f"Author: {_label(dataset, author)}" for author in plan.authors]
    return tuple(lines)


def _tables(plan: WorkPlan, actions: list[Action], dataset: Dataset) -> Iterator[TableSheet]:
    if not plan.tables:
        yield from _usual_tables(actions, dataset)
        return
    for number, table in enumerate(plan.tables, start=1):
        own = [a for a in actions if a.table == number]
        yield _typed_table(table, own, dataset)
    rest = [a for a in actions if a.table is None or a.table > len(plan.tables)]
    if rest:
        yield from _usual_tables(rest, dataset)


def _typed_table(table: PlanTable, actions: list[Action], dataset: Dataset) -> TableSheet:
    """A table with the columns and words that its document had."""
    rows: list[Row] = []
    section = None
    for action in actions:
        if action.section is not None and action.section != section:
            rows.append(Row((action.section,)))
        section = action.section
        if len(action.cells) == len(table.columns):
            rows.append(Row(action.cells, _planned(table, action)))
        else:
            rows.append(Row(_under(table, usual_cells(action, dataset))))
    rows += [_note(note, len(table.columns)) for note in table.notes]
    return TableSheet(pick(table.title), table.columns, tuple(rows))


def _note(note: str, width: int) -> Row:
    """A row such as a total: its first words in the first column, the others in the last ones."""
    first, *others = note.split(" | ")
    if not others or len(others) >= width:
        return Row((note,))
    return Row((first, *[""] * (width - 1 - len(others)), *others))


def _planned(table: PlanTable, action: Action) -> tuple[bool, ...]:
    """The time columns without words that the action's timeline names."""
    if action.timeline is None or not action.timeline.words:
        return ()
    named = set(action.timeline.words.split(", "))
    marks = tuple(
        column in named and not cell
        for column, cell in zip(table.columns, action.cells, strict=True)
    )
    return marks if any(marks) else ()


def _under(table: PlanTable, cells: Mapping[str, str]) -> tuple[str, ...]:
    """The usual cells under the columns that mean the same; each under the first that does."""
    left = dict(cells)
    row = []
    for meaning in table.meanings:
        words = [left.pop(part, "") for part in meaning.split("+")]
        row.append("\n".join(filter(None, words)))
    return tuple(row)


def _usual_tables(actions: list[Action], dataset: Dataset) -> Iterator[TableSheet]:
    """Actions made by hand under the six usual columns, one table per level."""
    levels: dict[str, list[Action]] = {}
    for action in actions:
        levels.setdefault(action.level.code if action.level else "", []).append(action)
    for level, own in levels.items():
        rows = []
        for action in own:
            cells = usual_cells(action, dataset)
            activity = "\n".join(filter(None, (cells["activity"], cells["place"])))
            rows.append(
                Row(
                    (
                        cells["action"],
                        cells["objective"],
                        cells["audience"],
                        activity,
                        cells["timeline"],
                        cells["finance"],
                    )
                )
            )
        title = f"{level.replace('_', ' ').capitalize()} level" if level else ""
        yield TableSheet(title, COLUMNS, tuple(rows))


def usual_cells(action: Action, dataset: Dataset) -> dict[str, str]:
    """The words for each meaning of a column, from what the action says."""
    return {
        "action": pick(action.names),
        "objective": _bullets(pick(objective) for objective in action.objectives),
        "audience": _bullets(map(_audience, action.audience)),
        "activity": pick(action.activity),
        "place": "; ".join(_place(place, dataset) for place in action.places),
        "timeline": _timeline(action.timeline),
        "finance": "\n".join(map(_money, action.finance)),
    }


def _bullets(items: Iterable[str]) -> str:
    texts = [item for item in items if item]
    return texts[0] if len(texts) == 1 else "\n".join(f"• {text}" for text in texts)


def _audience(audience: Audience) -> str:
    size = audience.size
    if size is not None and size.words:
        return (
            size.words
            if size.words in pick(audience.who)
            else (f"{size.words} {pick(audience.who)}".strip())
        )
    who = pick(audience.who)
    if size is None or size.value is None:
        return who
    per = f" per {size.per}" if size.per and size.per != "total" else ""
    return f"{size.value:f} {who or size.unit or ''}{per}".strip()


def _place(place: Place, dataset: Dataset) -> str:
    return place.words or (_label(dataset, place.territory) if place.territory else "")


def _timeline(period: Period | None) -> str:
    if period is None:
        return ""
    if period.words:
        return period.words
    if period.edtf is None:
        return REASONS.get(period.reason or "", "")
    group = GROUP.fullmatch(period.edtf)
    if group is None:
        return period.edtf
    number = int(group["group"])
    return f"{'Q' if number < 37 else 'S'}{number - (32 if number < 37 else 39)} {group['year']}"


def _money(money: Money) -> str:
    if money.words:
        return money.words
    if money.amount is None:
        return REASONS.get(money.reason or "", "")
    figure = f"{money.amount:,f}" + (f" – {money.upper:,f}" if money.upper is not None else "")
    per = f" per {money.per}" if money.per and money.per != "total" else ""
    return f"{money.currency or ''} {figure}{per}".strip()


def _label(dataset: Dataset, identity: str) -> str:
    from jmdi import Record

    record = dataset.find(identity, Record)
    return record.label() if record is not None else identity
