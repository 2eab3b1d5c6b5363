"""Pillar 2: what was collected, from where, on what, and by which kind of source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.metrics.types import Ids
from jmdi.model.kinds import KnowledgeItem, Territory
from jmdi.model.relations import Coded
from jmdi_knowledge.facts.applies import has_items
from jmdi_knowledge.facts.evenness import evenness, evenness_if_each_of_one
from jmdi_knowledge.facts.items import pieces
from jmdi_knowledge.metrics.connecting import GUIDE
from jmdi_knowledge.trails.gaps import themes_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["codification", "gap_matrix", "source_evenness"]

NOT_STATED = "not stated"
SOURCES = "item-source"

_Cell: TypeAlias = tuple[str, str, str | None]
"""A territory, a theme, and a kind of source if cells are by kind too."""


@jmdi.metric(
    "knowledge:codification",
    "Codification coverage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of items",
    citation=GUIDE,
    convention="over items with a text; an item is coded when it has a coding in these data",
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def codification(dataset: Dataset, *, codebook: str | None = None) -> Result:
    """Items that are coded over items with a text: pillar 2.

    Coding is done in the data themselves, so that an item without a coding is one that is not
    coded. Items without a text are counted apart: some may have one that is not here, which makes
    the bounds. A thread or project without a text of its own is no item here, its parts are.

    Args:
        dataset: The records.
        codebook: Only codings to themes of this codebook.
    """
    themes = themes_of(dataset, codebook)
    coded = {
        relation.source
        for relation in dataset.of(Coded)
        if codebook is None or relation.target in themes
    }
    items = pieces(dataset)
    texts = [item.id for item in items if item.text is not None]
    bare = [item.id for item in items if item.text is None]
    yes = [id for id in texts if id in coded]
    without = sum(id in coded for id in bare)
    basis: dict[str, Any] = {
        "n_used": len(texts),
        "n_eligible": len(items),
        "of": "items",
        "contributing": tuple(sorted(yes)),
        "notes": {"items_without_text": len(bare), "of_these_coded": without},
    }
    if not texts:
        reason = "missing_input" if bare else "zero_denominator"
        return undefined(reason, "no item has a text", **basis)
    return Result(
        value=len(yes) / len(texts),
        lower=len(yes) / (len(texts) + len(bare) - without),
        upper=(len(yes) + without) / (len(texts) + without),
        **basis,
    )


@jmdi.metric(
    "knowledge:source-evenness",
    "Evenness of sources",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="Pielou's evenness",
    citation=f"Pielou 1966, Journal of Theoretical Biology 13:131; {GUIDE}",
    convention="over all kinds of source of the vocabulary, those without an item included",
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def source_evenness(dataset: Dataset) -> Result:
    """H / ln S of the items by kind of source: pillar 2. 0 when all are of one kind.

    S counts the kinds that the vocabulary has, and others that items name. Items that do not say
    what they come from make the bounds.

    Args:
        dataset: The records.
    """
    vocabulary = dataset.model.catalog.vocabularies.get(SOURCES)
    kinds: Counter[str] = Counter(dict.fromkeys(vocabulary.codes() if vocabulary else (), 0))
    unsaid = []
    for item in pieces(dataset):
        if item.source_type is None:
            unsaid.append(item.id)
        else:
            kinds[item.source_type.code] += 1
    known = sum(kinds.values())
    basis: dict[str, Any] = {
        "n_used": known,
        "n_eligible": known + len(unsaid),
        "of": "items",
        "notes": {"missing": missing((id, "source_type") for id in sorted(unsaid))},
    }
    if not known:
        reason = "missing_input" if unsaid else "zero_denominator"
        return undefined(reason, "no item says what it comes from", **basis)
    counts = [kinds[kind] for kind in sorted(kinds)]
    lower, upper = evenness_if_each_of_one(counts, len(unsaid))
    values = dict(sorted(kinds.items()))
    return Result(value=evenness(counts), values=values, lower=lower, upper=upper, **basis)


def _convention(by: str) -> str:
    cells = "territory × theme" if by == "theme" else "territory × theme × kind of source"
    return (
        f"cells by {by}: {cells}, of all territories on record and all themes that may be coded "
        "to; items that do not say where they come from are a row of their own"
    )


@jmdi.metric(
    "knowledge:gap-matrix",
    "Gap matrix",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of cells with an item",
    citation=GUIDE,
    convention=_convention,
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def gap_matrix(
    dataset: Dataset,
    *,
    by: Literal["theme", "theme-and-source"] = "theme",
    territory: Ids | None = None,
    codebook: str | None = None,
    closed_world: bool = False,
) -> Result:
    """Cells with an item over all cells of territories, themes and kinds of source: pillar 2.

    ``values`` counts the items of each cell. Nothing says whether all items were collected, so an
    empty cell may have some: without ``closed_world`` there is an interval only.

    Args:
        dataset: The records.
        by: Whether cells are by territory and theme, or by kind of source too.
        territory: The territories; all on record if not given.
        codebook: Only themes of this codebook.
        closed_world: Whether the items on record are read as all that there are.
    """
    lands, themes = _lands(dataset, territory), themes_of(dataset, codebook)
    vocabulary = dataset.model.catalog.vocabularies.get(SOURCES)
    kinds = list(vocabulary.codes()) if vocabulary and by == "theme-and-source" else [None]
    cells: dict[_Cell, int] = {
        (land, theme, kind): 0 for land in lands for theme in themes for kind in kinds
    }
    aside: Counter[_Cell] = Counter()
    unsaid: set[tuple[str, str]] = set()
    for item, theme in _coded_pieces(dataset, {None, *lands}, themes):
        kind = None if by == "theme" or item.source_type is None else item.source_type.code
        if item.territory is None:
            unsaid.add((item.id, "territory"))
        if by != "theme" and kind is None:
            unsaid.add((item.id, "source_type"))
        key = (item.territory or NOT_STATED, theme, kind)
        if key in cells:
            cells[key] += 1
        else:
            aside[(item.territory or NOT_STATED, theme, kind or NOT_STATED)] += 1
    loose: Counter[str] = Counter()
    for (_, theme, _), number in aside.items():
        loose[theme] += number
    basis: dict[str, Any] = {
        "n_used": len(cells),
        "n_eligible": len(cells),
        "of": "cells",
        "notes": {
            "territories": len(lands),
            "themes": len(themes),
            "codings_not_placed": sum(loose.values()),
            "missing": missing(sorted(unsaid)),
        },
    }
    if not cells:
        what = "territory" if not lands else "theme"
        return undefined("zero_denominator", f"there is no {what} on record", **basis)
    filled = sum(number > 0 for number in cells.values())
    empty = Counter(theme for (_, theme, _), number in cells.items() if not number)
    more = sum(min(empty[theme], number) for theme, number in loose.items())
    known = closed_world or filled == len(cells)
    return Result(
        value=filled / len(cells) if known else None,
        why="" if known else "nothing says that all items are on record",
        values={_key(key, by): number for key, number in (cells | aside).items()},
        lower=filled / len(cells),
        upper=(filled + more) / len(cells) if closed_world else 1.0,
        **basis,
    )


def _coded_pieces(
    dataset: Dataset, lands: Container[str | None], themes: Container[str]
) -> Iterator[tuple[KnowledgeItem, str]]:
    """Each item of these territories with each of these themes that it is coded to."""
    for id, theme in sorted({(coding.source, coding.target) for coding in dataset.of(Coded)}):
        item = dataset.find(id, KnowledgeItem)
        if item is not None and theme in themes and item.territory in lands:
            yield item, theme


def _key(cell: _Cell, by: str) -> str:
    return " – ".join(part or NOT_STATED for part in (cell if by != "theme" else cell[:2]))


def _lands(dataset: Dataset, territory: Ids | None) -> list[str]:
    """The territories that were given, else all on record or named by an item."""
    if territory is not None:
        names = [territory] if isinstance(territory, str) else list(territory)
        return [dataset.get(name, Territory).id for name in dict.fromkeys(names)]
    named = {item.territory for item in dataset.of(KnowledgeItem) if item.territory is not None}
    return sorted({*dataset.of(Territory).ids(), *named})
