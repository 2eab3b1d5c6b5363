"""A work plan laid out as text: title block, then one table per level, ready for any format.

A plan that was read from a document keeps the columns and words of that document, so that
reading the result gives the same plan. A plan made by hand gets the six usual columns, in its own
language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import attrs

from jmdi import Action, Audience, Dataset, Money, Period, PlanTable, Record, WorkPlan, pick
from jmdi.words.folding import as_typed, fold
from jmdi_workplan.export.events import place_words
from jmdi_workplan.export.labels import (
    date_words,
    is_right_to_left,
    label,
    language_of,
    level_words,
    reason_words,
)

__all__ = [
    "PlanSheet",
    "Row",
    "TableSheet",
    "lay_out",
    "money_words",
    "timeline_words",
    "usual_cells",
]

COLUMNS = ("action", "objective", "audience", "activity", "timeline", "finance")
"""The columns of the programme's work plans."""


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
    """One plan as it is to be written.

    Attributes:
        title: Its title.
        lines: The lines under it.
        tables: Its tables.
        actions: The actions of the tables, in order.
        language: The language of words that are added.
        right_to_left: Whether it is written from right to left.
    """

    title: str
    lines: tuple[str, ...]
    tables: tuple[TableSheet, ...]
    actions: tuple[Action, ...]
    language: str
    right_to_left: bool


def lay_out(dataset: Dataset) -> Iterator[PlanSheet]:
    """Every work plan of a Dataset with its actions, then the actions whose plan is not in it."""
    by_plan: dict[str | None, list[Action]] = {}
    for action in dataset.of(Action):
        by_plan.setdefault(action.workplan, []).append(action)
    for plan in dataset.of(WorkPlan):
        actions = by_plan.pop(plan.id, [])
        actions.sort(key=lambda a: (a.position is None, a.position or 0, a.id))
        heads = [pick(plan.names), *(head for table in plan.tables for head in table.columns)]
        language = language_of([*plan.names, *_languages(actions)], heads)
        yield _sheet(
            pick(plan.names),
            _lines(plan, dataset, language),
            tuple(_tables(plan, actions, dataset, language)),
            actions,
            language,
        )
    if loose := list(chain.from_iterable(by_plan.values())):
        language = language_of(_languages(loose), ())
        title = label("actions", language)
        yield _sheet(title, (), tuple(_usual_tables(loose, dataset, language)), loose, language)


def _sheet(
    title: str,
    lines: tuple[str, ...],
    tables: tuple[TableSheet, ...],
    actions: list[Action],
    language: str,
) -> PlanSheet:
    words = [title, *lines, *(head for table in tables for head in table.columns)]
    turned = is_right_to_left("".join(words))
    return PlanSheet(title, lines, tables, tuple(actions), language, turned)


def _languages(actions: list[Action]) -> Iterator[str]:
    return (language for action in actions for language in action.names)


def _lines(plan: WorkPlan, dataset: Dataset, language: str) -> tuple[str, ...]:
    """The lines of the title block: as typed, or made from what is known."""
    title = pick(plan.names)
    if plan.notes:
        at = plan.notes.index(title) if title in plan.notes else len(plan.notes)
        return plan.notes[:at] + plan.notes[at + 1 :]
    lines = []
    places = [_label(dataset, t) for t in plan.territories]
    country = plan.country or ""
    if places:
        words = f"{country} ({', '.join(places)})".strip()
        lines.append(f"{label('country-territory', language)}: {words}")
    elif country:
        lines.append(f"{label('country', language)}: {country}")
    lines += [f"{label('author', language)}: {_label(dataset, who)}" for who in plan.authors]
    return tuple(lines)


def _tables(
    plan: WorkPlan, actions: list[Action], dataset: Dataset, language: str
) -> Iterator[TableSheet]:
    if not plan.tables:
        yield from _usual_tables(actions, dataset, language)
        return
    for number, table in enumerate(plan.tables, start=1):
        own = [a for a in actions if a.table == number]
        yield _typed_table(table, own, dataset, language)
    rest = [a for a in actions if a.table is None or a.table > len(plan.tables)]
    if rest:
        yield from _usual_tables(rest, dataset, language)


def _typed_table(
    table: PlanTable, actions: list[Action], dataset: Dataset, language: str
) -> TableSheet:
    """A table with the columns and words that its document had.

    What an action that was added says besides is in columns of its own, to their right.
    """
    added = {
        action.id: _usual_here(table, usual_cells(action, dataset, language))
        for action in actions
        if len(action.cells) != len(table.columns)
    }
    more = [one for one in COLUMNS if any(one in cells for _, cells in added.values())]
    rows: list[Row] = []
    section = ""
    beside: dict[int, str] = {}
    for action in actions:
        heading = _heading(action, table, beside)
        if heading and heading != section:
            rows.append(Row((heading,)))
        section = heading
        if action.id in added:
            typed, left = added[action.id]
            rows.append(Row((*typed, *(left.get(one, "") for one in more))))
        else:
            rows.append(Row((*action.cells, *[""] * len(more)), _planned(table, action)))
    rows += [_note(note, table) for note in table.notes]
    heads = (*table.columns, *(label(f"column-{one}", language) for one in more))
    return TableSheet(pick(table.title), heads, tuple(rows))


def _heading(action: Action, table: PlanTable, beside: dict[int, str]) -> str:
    """The heading rows above an action, without what columns say that it belongs to.

    Args:
        action: The action.
        table: Its table.
        beside: What these columns last said, which holds where they are blank.
    """
    typed = zip(table.meanings, action.cells, strict=False)
    beside |= {
        n: as_typed(text) for n, (one, text) in enumerate(typed) if one == "section" and text
    }
    above, own = action.section or "", " / ".join(beside[n] for n in sorted(beside))
    return above.removesuffix(own).removesuffix(" / ") if own else above


def _note(note: str, table: PlanTable) -> Row:
    """A row such as a total: its first words in the first column, the others in the last ones.

    One figure alone is of the money, where one column has money.
    """
    width = len(table.columns)
    first, *others = note.split(" | ")
    if not others or len(others) >= width:
        return Row((note,))
    money = [at for at, what in enumerate(table.meanings) if what == "finance" and at]
    start = money[0] if len(others) == len(money) == 1 else width - len(others)
    return Row((first, *[""] * (start - 1), *others, *[""] * (width - start - len(others))))


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


def _usual_here(
    table: PlanTable, cells: Mapping[str, str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The usual cells under the columns that mean the same, and those for which there is none.

    Each stands under the first that does; places without a column go with the activity.
    """
    left = {meaning: words for meaning, words in cells.items() if words}
    row = []
    for meaning in table.meanings:
        words = [left.pop(part, "") for part in meaning.split("+")]
        row.append("\n".join(filter(None, words)))
    if place := left.pop("place", ""):
        left["activity"] = "\n".join(filter(None, (left.get("activity", ""), place)))
    return tuple(row), left


def _usual_tables(actions: list[Action], dataset: Dataset, language: str) -> Iterator[TableSheet]:
    """Actions made by hand under the six usual columns, one table per level."""
    levels: dict[str, list[Action]] = {}
    for action in actions:
        levels.setdefault(action.level.code if action.level else "", []).append(action)
    heads = tuple(label(f"column-{column}", language) for column in COLUMNS)
    for level, own in levels.items():
        rows = []
        for action in own:
            cells = usual_cells(action, dataset, language)
            cells["activity"] = "\n".join(filter(None, (cells["activity"], cells["place"])))
            rows.append(Row(tuple(cells[column] for column in COLUMNS)))
        yield TableSheet(level_words(level, language), heads, tuple(rows))


def usual_cells(action: Action, dataset: Dataset, language: str = "en") -> dict[str, str]:
    """The words for each meaning of a column, from what the action says."""
    return {
        "action": pick(action.names),
        "objective": _bullets(pick(objective) for objective in action.objectives),
        "audience": _bullets(map(_audience, action.audience)),
        "activity": pick(action.activity),
        "place": "; ".join(place_words(action.places, dataset)),
        "timeline": timeline_words(action.timeline, language),
        "finance": "\n".join(money_words(money, language) for money in action.finance),
    }


def _bullets(items: Iterable[str]) -> str:
    texts = [item for item in items if item]
    return texts[0] if len(texts) == 1 else "\n".join(f"• {text}" for text in texts)


def _audience(audience: Audience) -> str:
    size, who = audience.size, pick(audience.who)
    if size is not None and size.words:
        typed, named = (set(fold(words).split()) for words in (size.words, who))
        if named <= typed:
            return size.words
        return who if typed <= named else f"{size.words} {who}"
    if size is None or size.value is None:
        return who
    per = f" per {size.per}" if size.per and size.per != "total" else ""
    return f"{size.value:f} {who or size.unit or ''}{per}".strip()


def timeline_words(period: Period | None, language: str) -> str:
    """A timeline as typed, else its date in words, else why there is none."""
    if period is None:
        return ""
    if period.words:
        return period.words
    if period.edtf is not None:
        return date_words(period.edtf, language)
    return reason_words(period.reason, language)


def money_words(money: Money, language: str) -> str:
    """An amount as typed, else its figure, else why there is none."""
    if money.words:
        return money.words
    if money.amount is None:
        return reason_words(money.reason, language)
    figure = f"{money.amount:,f}" + (f" – {money.upper:,f}" if money.upper is not None else "")
    per = f" per {money.per}" if money.per and money.per != "total" else ""
    return f"{money.currency or ''} {figure}{per}".strip()


def _label(dataset: Dataset, identity: str) -> str:
    record = dataset.find(identity, Record)
    return record.label() if record is not None else identity
