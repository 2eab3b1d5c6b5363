"""What a draft can say: the items and practices below a product, or all that are recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from jmdi.model.kinds import KnowledgeItem, KnowledgeProduct, Practice
from jmdi_knowledge.trails.gaps import themes_of
from jmdi_knowledge.trails.quotes import Passage, passages_of
from jmdi_knowledge.trails.walks import below

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.model.records import Record

__all__ = ["Evidence"]


class Evidence:
    """The items, practices and passages of a draft, each source with its number.

    Args:
        dataset: The records.
        product: The product; ``None`` for all that is recorded.
        language: Language of labels, where they have it.
    """

    def __init__(
        self, dataset: Dataset, product: KnowledgeProduct | None, language: str = "en"
    ) -> None:
        self.dataset, self.product, self.language = dataset, product, language
        records: list[Record]
        if product is None:
            records = [*dataset.of(Practice), *dataset.of(KnowledgeItem)]
        else:
            ids = below(dataset, product.id)
            records = [record for id in ids if (record := dataset.find(id)) is not None]
        self.practices = sorted(
            (one for one in records if isinstance(one, Practice)), key=lambda one: one.id
        )
        self.items = sorted(
            (one for one in records if isinstance(one, KnowledgeItem)), key=lambda one: one.id
        )
        self._numbers: dict[str, int] = {}

    @cached_property
    def passages(self) -> dict[str, list[Passage]]:
        """The coded passages of each item, by its id."""
        return {item.id: passages_of(self.dataset, item) for item in self.items}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of the themes that passages are coded to, by id.

        Themes of equal labels, as codes of separate projects may have, say what tells them apart:
        their codebooks, else their codes, else their ids.
        """
        known = themes_of(self.dataset)
        used = sorted({one.theme for found in self.passages.values() for one in found})
        themes = {id: known.get(id) or self.dataset.find(id) for id in used}
        labels = {
            id: id if theme is None else theme.label(self.language) for id, theme in themes.items()
        }
        for member in ("codebook", "code", "id"):
            alike: dict[str, dict[str, str | None]] = defaultdict(dict)
            for id, label in labels.items():
                alike[label][id] = getattr(themes[id], member, None)
            for label, said in alike.items():
                if len(set(said.values())) > 1:
                    labels |= {id: f"{label} ({words})" for id, words in said.items() if words}
        return labels

    def number(self, item: str) -> int:
        """The number of a source, given at its first use."""
        return self._numbers.setdefault(item, len(self._numbers) + 1)

    @property
    def cited(self) -> list[KnowledgeItem]:
        """The items that have a number, in its order."""
        by_id = {item.id: item for item in self.items}
        return [by_id[id] for id in self._numbers]

    def quotes(self, items: Iterable[str], theme: str | None = None) -> list[tuple[str, Passage]]:
        """Passages whose words can be quoted: not those whose text is no longer the coded one.

        Those come first that more coders chose, then one of each item in turn, so that the first
        few are of different items.

        Args:
            items: Ids of the items.
            theme: Only passages coded to this theme.
        """
        found: list[tuple[int, int, str, Passage]] = []
        for item in items:
            chosen = [
                one
                for one in self.passages.get(item, ())
                if one.quote and one.text != "broken" and theme in (None, one.theme)
            ]
            once = {(one.start, one.stop): one for one in reversed(chosen)}.values()
            ranked = sorted(once, key=lambda one: (-_coders(one), one.start or 0, one.theme))
            found += [(turn, -_coders(one), item, one) for turn, one in enumerate(ranked)]
        found.sort(key=lambda row: row[:3])
        return [(item, one) for _, _, item, one in found]

    def broken(self) -> list[tuple[str, Passage]]:
        """The passages whose text is no longer the one that was coded."""
        return [
            (item, one)
            for item, passages in self.passages.items()
            for one in passages
            if one.text == "broken"
        ]

    def items_of(self, practice: str) -> list[str]:
        """The items that a practice was made from, directly or by other practices."""
        ids = below(self.dataset, practice)
        return sorted(id for id in ids if isinstance(self.dataset.find(id), KnowledgeItem))


def _coders(passage: Passage) -> int:
    return len(passage.coders) + len(passage.others)
