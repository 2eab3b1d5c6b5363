"""``dataset.impact(item)``: which products an item went into, and whom they reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jmdi.graph.dataset import WrongKind
from jmdi.graph.table import Table
from jmdi.model.kinds import Actor, Initiative, KnowledgeItem, KnowledgeProduct, Practice
from jmdi.model.records import pick
from jmdi.model.relations import Coded, Disseminated
from jmdi_knowledge.trails.trace import recipients
from jmdi_knowledge.trails.trail import Trail
from jmdi_knowledge.trails.walks import Use, uses_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["impact"]

COLUMNS = (
    "item",
    "practice",
    "product",
    "product_label",
    "product_type",
    "published",
    "recipient",
    "recipient_label",
    "recipient_type",
    "channel",
    "date",
    "reach",
    "use",
)


def impact(dataset: Dataset, item: str) -> Trail:
    """Which products an item went into and whom they reached: one row for each dissemination.

    A product that is not on record as sent to anybody has a row without a recipient. Without any
    row nothing is on record, which is not to say that the item was of no use.

    Args:
        dataset: The records.
        item: Id of the item, or of a practice, product or initiative.

    Raises:
        NotFound: If there is no such record; it names near ones.
        WrongKind: If nothing can be made from a record of its kind.
    """
    record = dataset.get(item)
    if not isinstance(record, (KnowledgeItem, Practice, KnowledgeProduct, Initiative)):
        raise WrongKind(
            f"{item!r} is of kind {record.kind!r}; an impact is that of an item, practice, "
            "product or initiative"
        )
    uses = sorted(uses_of(dataset, item), key=lambda use: (use.practice or "", use.product.id))
    if isinstance(record, KnowledgeProduct):
        uses.insert(0, Use(None, record))
    rows = [row for use in uses for row in _rows(dataset, item, use)]
    products = sorted({use.product.id for use in uses})
    totals = {
        "practices": len({use.practice for use in uses} - {None}),
        "products": len(products),
        "themes": len({coding.target for coding in dataset.out(item, Coded)}),
        **recipients(dataset, products),
    }
    return Trail(record, Table(COLUMNS, rows), totals)


def _rows(dataset: Dataset, item: str, use: Use) -> Iterator[tuple[Any, ...]]:
    product = use.product
    sent = sorted(dataset.out(product.id, Disseminated), key=lambda one: one.id)
    begin = (
        item,
        use.practice,
        product.id,
        product.label(),
        None if product.type is None else product.type.code,
        None if product.published is None else product.published.edtf or product.published.words,
    )
    if not sent:
        yield (*begin, *[None] * (len(COLUMNS) - len(begin)))
    for relation in sent:
        who = dataset.find(relation.target)
        kind = who.type.code if isinstance(who, Actor) and who.type is not None else None
        yield (
            *begin,
            relation.target,
            None if who is None else who.label(),
            kind,
            relation.channel,
            None if relation.date is None else relation.date.isoformat(),
            relation.reach,
            pick(relation.use) or None,
        )
