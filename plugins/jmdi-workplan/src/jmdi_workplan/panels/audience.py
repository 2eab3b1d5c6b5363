"""Whom the actions of each level address."""

from __future__ import annotations

from jmdi import Action, Dataset
from jmdi.panels import Matrix, Words, label_of
from jmdi_workplan.panels import say
from jmdi_workplan.panels.levels import level_order, level_words

__all__ = ["audience"]

UNKNOWN, NOBODY = "type_unknown", "nobody"


def audience(dataset: Dataset) -> Matrix | None:
    """Numbers of actions by their level and by the kind of those that they address.

    Args:
        dataset: The records.
    """
    vocabularies = dataset.model.catalog.vocabularies
    actions = sorted(dataset.of(Action), key=lambda action: level_order(action, dataset))
    counts: dict[str, dict[str, int]] = {}
    levels: dict[str, Words] = {}
    kinds: dict[str, Words] = {UNKNOWN: say("type_unknown"), NOBODY: say("nobody")}
    for action in actions:
        level = action.level.code if action.level else ""
        levels[level] = level_words(action, dataset)
        row = counts.setdefault(level, {})
        types = {_kind(who.type.code if who.type else None) for who in action.audience} or {NOBODY}
        for kind in types:
            row[kind] = row.get(kind, 0) + 1
        kinds |= {
            who.type.code: label_of(who.type, vocabularies) for who in action.audience if who.type
        }
    if not any(action.audience for action in actions):
        return None
    order = (*vocabularies["actor-type"].codes(), *sorted(kinds), UNKNOWN, NOBODY)
    there = {kind for row in counts.values() for kind in row}
    last = [kind for kind in order if kind not in (UNKNOWN, NOBODY)] + [UNKNOWN, NOBODY]
    columns = [kind for kind in dict.fromkeys(last) if kind in there]
    return Matrix(
        rows=list(levels.values()),
        columns=[kinds[kind] for kind in columns],
        values=[[counts[level].get(kind, 0) for kind in columns] for level in levels],
        unit=say("unit_actions"),
        row_title=say("level"),
        column_title=say("target"),
        note=say("audience_note"),
    )


def _kind(code: str | None) -> str:
    return UNKNOWN if code is None else code
