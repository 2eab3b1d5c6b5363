"""Whose lists are complete, so that what is not in them is known not to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.model.kinds import KnowledgeProduct, Practice
from jmdi_knowledge.trails.walks import below, uses_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "Fact",
    "incomplete_below",
    "incomplete_origins",
    "incomplete_products",
    "open_for_items",
]

Fact: TypeAlias = tuple[str, str]
"""A record and the member that would say it."""

Listed: TypeAlias = Literal["origins_complete", "recipients_complete"]


def incomplete_products(
    dataset: Dataset, member: Listed, products: Iterable[str] | None = None
) -> list[Fact]:
    """The products that do not say that a list of theirs is complete.

    Args:
        dataset: The records.
        member: Which list.
        products: Only these products; all if not given.
    """
    chosen = dataset.of(KnowledgeProduct)
    wanted = set(chosen.ids() if products is None else products)
    return [(p.id, member) for p in chosen if p.id in wanted and getattr(p, member) is not True]


def open_for_items(dataset: Dataset) -> list[Fact]:
    """The lists of origins that may lack an item: of products, and of practices used in one."""
    found = incomplete_products(dataset, "origins_complete")
    for practice in dataset.of(Practice):
        if practice.origins_complete is not True and (found or uses_of(dataset, practice.id)):
            found.append((practice.id, "origins_complete"))
    return found


def incomplete_below(dataset: Dataset, id: str) -> list[Fact]:
    """The lists of origins below a product or practice that may lack something.

    Args:
        dataset: The records.
        id: The product or practice.
    """
    return sorted(incomplete_origins(dataset, (id, *below(dataset, id))))


def incomplete_origins(dataset: Dataset, ids: Iterable[str]) -> list[Fact]:
    """Those of some records that do not say that their list of origins is complete.

    Args:
        dataset: The records.
        ids: Ids of the records; only products and practices have such a list.
    """
    found = (dataset.find(id, KnowledgeProduct) or dataset.find(id, Practice) for id in ids)
    return [
        (record.id, "origins_complete")
        for record in found
        if record is not None and record.origins_complete is not True
    ]
