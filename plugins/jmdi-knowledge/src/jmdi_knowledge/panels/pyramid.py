"""The pyramid of knowledge: what was collected, and what was made of it, by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jmdi import Code, Dataset, Derives, KnowledgeProduct, Practice, Record
from jmdi.panels import Level, Levels, Unknown, Words, label_of, link_to
from jmdi_knowledge.facts.items import pieces
from jmdi_knowledge.panels import say

__all__ = ["pyramid"]

EXAMPLES = 3


def pyramid(dataset: Dataset) -> Levels | None:
    """The levels from the top: layers that products name, other products, practices, items.

    Args:
        dataset: The records.
    """
    products, practices, items = dataset.of(KnowledgeProduct), dataset.of(Practice), pieces(dataset)
    if not (products or practices or items):
        return None
    layers: dict[str, list[KnowledgeProduct]] = {}
    for product in products:
        layers.setdefault(_key(product.layer), []).append(product)
    unlayered = layers.pop("", [])
    vocabularies = dataset.model.catalog.vocabularies
    levels = [
        _level(label_of(layers[key][0].layer or Code("", key), vocabularies), layers[key])
        for key in _from_top(dataset, layers)
    ]
    if unlayered or not layers:
        levels.append(_level(say("products"), unlayered))
    levels += [_level(say("practices"), practices), _level(say("items"), items)]
    return Levels(levels, note=say("pyramid_note"))


def _key(layer: Code | None) -> str:
    return "" if layer is None else str(layer)


def _from_top(dataset: Dataset, layers: dict[str, list[KnowledgeProduct]]) -> list[str]:
    """The layers in order: one is above another if its products were made from that one's."""
    layer_of = {product.id: key for key, products in layers.items() for product in products}
    height: Counter[str] = Counter()
    for one in dataset.of(Derives):
        ends = layer_of.get(one.source), layer_of.get(one.target)
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            height[ends[0]] += 1
            height[ends[1]] -= 1
    return sorted(layers, key=lambda key: (-height[key], len(layers[key]), key))


def _level(label: Words, records: Sequence[Record]) -> Level:
    named = [record for record in records if getattr(record, "names", None)]
    examples = tuple(link_to(record) for record in named[:EXAMPLES])
    return Level(label, len(records) or Unknown(say("none_recorded")), examples=examples)
