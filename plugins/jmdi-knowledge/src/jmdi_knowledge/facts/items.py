"""Which items count: pieces of material, and not what only holds them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jmdi.model.kinds import KnowledgeItem

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["pieces"]


def pieces(dataset: Dataset) -> list[KnowledgeItem]:
    """The items, without wholes that have no text of their own: threads, chats, projects.

    Args:
        dataset: The records.
    """
    items = dataset.of(KnowledgeItem)
    wholes = {item.part_of for item in items}
    return [item for item in items if item.text is not None or item.id not in wholes]
