"""Pillar 3: what became of what was collected, and on what products stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing, share
from jmdi.model.kinds import KnowledgeItem, KnowledgeProduct
from jmdi_knowledge.facts.applies import has_items, has_products
from jmdi_knowledge.facts.items import pieces
from jmdi_knowledge.facts.lists import Fact, incomplete_below, open_for_items
from jmdi_knowledge.metrics.connecting import GUIDE
from jmdi_knowledge.trails.quotes import passages_of
from jmdi_knowledge.trails.walks import ends_of, uses_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.model.values import Period

__all__ = ["consolidation", "consolidation_lag", "traceability"]


@jmdi.metric(
    "knowledge:consolidation",
    "Consolidation",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of items",
    citation=GUIDE,
    convention="directly or through practices and other products; products on record",
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def consolidation(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Items that went into at least one product over all items: pillar 3.

    An item that is not on record as used may have been, unless all products, and all practices
    that are used in one, say that their origins are complete.

    Args:
        dataset: The records.
        closed_world: Whether lists of origins are read as complete.
    """
    if not dataset.of(KnowledgeProduct):
        return undefined("missing_input", "no product is on record", of="items")
    open_ = [] if closed_world else open_for_items(dataset)
    states = {
        item.id: True if uses_of(dataset, item.id) else (None if open_ else False)
        for item in pieces(dataset)
    }
    return share(
        states,
        "items",
        open_="not all lists of origins are complete",
        empty=("zero_denominator", "there is no item"),
        complete=() if open_ else None,
        contributing=tuple(sorted(id for id, state in states.items() if state)),
        notes={"missing": missing(sorted(open_))},
    )


@jmdi.metric(
    "knowledge:traceability",
    "Traceability",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of products",
    citation=GUIDE,
    convention="a product is traceable when a way down from it ends in a coded passage whose text "
    "has the hash that was kept",
    accepts=has_products,
)
def traceability(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Products that stand on at least one quote that is still the same, over all: pillar 3.

    A passage without a hash, or without its text, may be the same or not.

    Args:
        dataset: The records.
        closed_world: Whether lists of origins are read as complete.
    """
    states: dict[str, bool | None] = {}
    whole: set[str] = set()
    facts: list[Fact] = []
    for product in dataset.of(KnowledgeProduct):
        lists = [] if closed_world else incomplete_below(dataset, product.id)
        texts = _texts(dataset, product.id)
        states[product.id] = "matches" in texts
        if "matches" not in texts and (lists or texts - {"broken"}):
            states[product.id] = None
            facts += lists
        if not lists:
            whole.add(product.id)
    return share(
        states,
        "products",
        open_="not all lists of origins are complete",
        empty=("zero_denominator", "there is no product"),
        complete=whole,
        contributing=tuple(sorted(id for id, state in states.items() if state)),
        notes={"missing": missing(sorted(facts))},
    )


def _texts(dataset: Dataset, product: str) -> set[str]:
    """What is known of the texts of all passages below a product."""
    items = {
        end.id: end.record
        for end in ends_of(dataset, product)
        if isinstance(end.record, KnowledgeItem)
    }
    return {one.text for item in items.values() for one in passages_of(dataset, item)}


@jmdi.metric(
    "knowledge:consolidation-lag",
    "Consolidation lag",
    on="dataset",
    unit="days",
    range=(None, None),
    polarity="lower",
    value_is="median number of days",
    citation=GUIDE,
    convention="from the date of each item to the publication of each product that it went into; "
    "vague dates count as their middle, their ends make the bounds",
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def consolidation_lag(dataset: Dataset) -> Result:
    """The median time from an item to the publication of a product that it went into: pillar 3.

    Args:
        dataset: The records.
    """
    spans: list[tuple[float, float, float]] = []
    undated: list[Fact] = []
    pairs = [
        (item, product)
        for item in pieces(dataset)
        for product in {use.product.id: use.product for use in uses_of(dataset, item.id)}.values()
    ]
    for item, product in pairs:
        said, out = _days(item.date), _days(product.published)
        if said is None or out is None:
            undated += [(item.id, "date")] if said is None else []
            undated += [(product.id, "published")] if out is None else []
            continue
        (first, last), (begin, end) = said, out
        spans.append(((begin + end - first - last) / 2, begin - last, end - first))
    basis: dict[str, Any] = {
        "n_used": len(spans),
        "n_eligible": len(pairs),
        "of": "items in products",
        "notes": {"missing": missing(sorted(undated))},
    }
    if not pairs:
        return undefined("zero_denominator", "no item is on record as used in a product", **basis)
    if not spans:
        return undefined("missing_input", "no item and its product are both dated", **basis)
    import statistics

    middle, lowest, highest = (statistics.median(column) for column in zip(*spans, strict=True))
    if undated or open_for_items(dataset):
        why = "what is not dated" if undated else "what is not on record"
        return Result(value=middle, no_bounds=f"{why} may have taken any time", **basis)
    return Result(value=middle, lower=lowest, upper=highest, **basis)


def _days(period: Period | None) -> Sequence[int] | None:
    """The first and the last day of a date, as numbers; ``None`` if one is not known."""
    if period is None or period.start is None or period.end is None:
        return None
    return period.start.toordinal(), period.end.toordinal()
