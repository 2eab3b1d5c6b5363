"""What each kind of source speaks of: codings by source and theme."""

from __future__ import annotations

from collections import Counter

from jmdi import Coded, Dataset, KnowledgeItem, Theme
from jmdi.panels import Matrix, Words, label_of
from jmdi_knowledge.facts.items import pieces
from jmdi_knowledge.panels import say
from jmdi_knowledge.panels.naming import label
from jmdi_knowledge.trails.gaps import themes_of

__all__ = ["codification"]

SOURCES, THEMES = 20, 20
"""Most rows and columns."""

NOT_CODED, NO_TEXT, OTHER = "not_coded", "no_text", "other_themes"


def codification(dataset: Dataset) -> Matrix | None:
    """Numbers of items by kind of source and broadest theme.

    Args:
        dataset: The records.
    """
    items = pieces(dataset)
    if not items:
        return None
    themes = themes_of(dataset)
    known = {theme.id: theme for theme in (*themes.values(), *dataset.of(Theme))}
    coded: dict[str, set[str]] = {}
    for one in dataset.of(Coded):
        coded.setdefault(one.source, set()).add(_broadest(one.target, known))
    counts: dict[str, Counter[str]] = {}
    for item in items:
        source = item.source_type.code if item.source_type else ""
        none = NOT_CODED if item.text is not None else NO_TEXT
        counts.setdefault(source, Counter()).update(coded.get(item.id) or {none})
    total = sum(counts.values(), Counter())
    every = dict.fromkeys([*(_broadest(id, known) for id in themes), *sorted(total)])
    roots = [id for id in every if id not in (NOT_CODED, NO_TEXT)]
    kept = set(sorted(roots, key=lambda id: (-total[id], id))[:THEMES])
    columns = [id for id in roots if id in kept]
    for row in counts.values():
        row[OTHER] = sum(row[id] for id in roots if id not in kept)
    columns += [key for key in (OTHER, NOT_CODED, NO_TEXT) if any(r[key] for r in counts.values())]
    rows = sorted(counts, key=lambda key: (key == "", -counts[key].total(), key))
    return Matrix(
        rows=[_source(key, items, dataset) for key in rows[:SOURCES]],
        columns=[label(known[id]) if id in known else _other(id) for id in columns],
        values=[[counts[key][id] for id in columns] for key in rows[:SOURCES]],
        unit=say("unit_items"),
        row_title=say("source"),
        column_title=say("theme"),
        note=say("codification_note"),
        left_out=max(len(rows) - SOURCES, 0),
    )


def _other(id: str) -> Words:
    return say(id) if id in (OTHER, NOT_CODED, NO_TEXT) else id


def _broadest(id: str, known: dict[str, Theme]) -> str:
    """The theme at the top above a theme."""
    seen = {id}
    while (theme := known.get(id)) is not None and theme.parent and theme.parent not in seen:
        id = theme.parent
        seen.add(id)
    return id


def _source(key: str, items: list[KnowledgeItem], dataset: Dataset) -> Words:
    for item in items:
        if item.source_type and item.source_type.code == key:
            return label_of(item.source_type, dataset.model.catalog.vocabularies)
    return say("source_unknown")
