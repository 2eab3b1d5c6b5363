"""``dataset.trace(product)``: on which evidence a product stands, down to the quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jmdi.graph.table import Table
from jmdi.model.kinds import Actor, KnowledgeItem, KnowledgeProduct, Observation
from jmdi.model.relations import Disseminated
from jmdi_knowledge.trails.quotes import Passage, passages_of
from jmdi_knowledge.trails.trail import Trail
from jmdi_knowledge.trails.walks import End, ends_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.model.records import Record

__all__ = ["recipients", "totals_of", "trace"]

COLUMNS = (
    "product",
    "practice",
    "theme",
    "theme_label",
    "quote",
    "start",
    "stop",
    "item",
    "kind",
    "source_type",
    "territory",
    "territory_label",
    "date",
    "coders",
    "agreement",
    "file",
    "locator",
    "text",
)


def trace(dataset: Dataset, product: str) -> Trail:
    """On which evidence a product stands: one row for each passage of each item below it.

    An item without a coded passage has a row without a quote, and so has anything else where the
    recorded trail ends: an initiative, a practice of which nothing says what it was made from,
    or an id that no record has (``kind`` is then ``missing``). A passage whose text is no longer
    the one that was coded is shown as ``broken``.

    Args:
        dataset: The records.
        product: Id of the product.

    Raises:
        NotFound: If there is no such product; it names near ones.
        WrongKind: If the record is no product.
    """
    record = dataset.get(product, KnowledgeProduct)
    ends = sorted(ends_of(dataset, product), key=lambda end: (end.practice or "", end.id))
    items = {end.id: end.record for end in ends if isinstance(end.record, KnowledgeItem)}
    passages = {id: passages_of(dataset, item) for id, item in items.items()}
    rows = [row for end in ends for row in _rows(dataset, product, end, passages.get(end.id, ()))]
    others = {end.id: end.kind for end in ends if end.id not in items}
    totals = {
        **totals_of(items.values(), passages),
        "other_ends": dict(sorted(Counter(others.values()).items())),
        **recipients(dataset, [product]),
    }
    return Trail(record, Table(COLUMNS, rows), totals)


def _rows(
    dataset: Dataset, product: str, end: End, passages: Sequence[Passage]
) -> Iterator[tuple[Any, ...]]:
    item = end.record if isinstance(end.record, KnowledgeItem) else None
    land = None if item is None else item.territory
    place = None if land is None else dataset.find(land)
    source = None if item is None or item.source_type is None else item.source_type.code
    date = None if item is None or item.date is None else item.date.edtf or item.date.words
    for one in passages or (None,):
        theme = None if one is None else dataset.find(one.theme)
        codings = () if one is None else one.codings
        yield (
            product,
            end.practice,
            None if one is None else one.theme,
            None if theme is None else theme.label(),
            None if one is None else one.quote,
            None if one is None else one.start,
            None if one is None else one.stop,
            end.id,
            end.kind,
            source,
            land,
            None if place is None else place.label(),
            date,
            () if one is None else (*one.coders, *one.others),
            None if one is None else one.agreement,
            *_place(end.record, codings),
            None if one is None else one.text,
        )


def _place(record: Record | None, codings: Iterable[Record]) -> tuple[str | None, str | None]:
    """The file and the place in it, as the item says, else as its codings do."""
    for one in (*(() if record is None else (record,)), *codings):
        for source in one.sources:
            if source.title or source.url or source.locator:
                return source.title or source.url, source.locator
    return None, None


def totals_of(
    items: Collection[KnowledgeItem], passages: Mapping[str, Sequence[Passage]]
) -> dict[str, Any]:
    """What some items and their coded passages amount to; what is not known is ``None``.

    Args:
        items: The items, each once.
        passages: The passages of each, by its id.
    """
    all_ = [one for found in passages.values() for one in found]
    states = Counter(one.text for one in all_)
    agreed = Counter(one.agreement for one in all_)
    sure = len(all_) - agreed["not known"]
    checked = states["matches"] + states["broken"]
    dates = [item.date for item in items if item.date is not None]
    starts = [date.start.isoformat() for date in dates if date.start is not None]
    ends = [date.end.isoformat() for date in dates if date.end is not None]
    return {
        "items": len(items),
        "items_without_quote": sum(not passages[item.id] for item in items),
        "source_types": _counted(i.source_type.code if i.source_type else None for i in items),
        "territories": len({i.territory for i in items if i.territory is not None}),
        "items_without_territory": sum(i.territory is None for i in items),
        "oldest": min(starts, default=None),
        "newest": max(ends, default=None),
        "items_without_date": len(items) - len(dates),
        "quotes": len(all_),
        "coded_by_two": agreed["agree"] / sure if sure else None,
        "text_matches": states["matches"] / checked if checked else None,
        "text_broken": states["broken"],
        "text_not_checked": states["not stated"] + states["no text"],
    }


def _counted(codes: Iterable[str | None]) -> dict[str, int]:
    """How many there are of each; those of which it is not said come as ``not stated``."""
    return dict(sorted(Counter(code or "not stated" for code in codes).items()))


def recipients(dataset: Dataset, products: Iterable[str]) -> dict[str, Any]:
    """Who has some products and what is known of their use, as totals of a trail.

    Args:
        dataset: The records.
        products: Their ids.
    """
    ids = list(dict.fromkeys(products))
    sent = [relation for id in ids for relation in dataset.out(id, Disseminated)]
    reached = dict.fromkeys(relation.target for relation in sent)
    actors = [record for id in reached if isinstance(record := dataset.find(id), Actor)]
    known = [one.reach for one in sent if one.reach is not None and one.reach >= 0]
    wanted = set(ids)
    return {
        "recipients": len(reached),
        "recipients_by_type": _counted(a.type.code if a.type else None for a in actors),
        "uses": sum(bool(relation.use) for relation in sent),
        "people_reached": sum(known) if known else None,
        "people_not_known": len(sent) - len(known),
        "observations": sum(one.of in wanted for one in dataset.of(Observation)),
    }
