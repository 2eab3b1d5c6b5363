"""What each product rests on: practices, quotes, and where they were said."""

from __future__ import annotations

from typing import Any

import attrs

from jmdi import Dataset, Derives, KnowledgeItem, KnowledgeProduct
from jmdi.panels import Step, Trail, Words
from jmdi_knowledge.panels import MOST, say
from jmdi_knowledge.panels.naming import described, label
from jmdi_knowledge.trails.trace import trace

__all__ = ["trails"]

TRACED = 20
"""Most products that are looked at: those that were made from most come first."""

LONG = 160
"""Characters after which a quote is cut."""


@attrs.define
class _Drawn:
    """The steps and links so far, each once."""

    steps: list[Step] = attrs.field(factory=list)
    links: dict[tuple[int, int], None] = attrs.field(factory=dict)
    places: dict[Any, int] = attrs.field(factory=dict)

    def add(self, key: object, step: Step, below: int | None) -> int:
        if key not in self.places:
            self.places[key] = len(self.steps)
            self.steps.append(step)
        if below is not None:
            self.links[below, self.places[key]] = None
        return self.places[key]


def trails(dataset: Dataset) -> Trail | None:
    """The trails of the products that were made from most, as far as there is room.

    Args:
        dataset: The records.
    """
    products = dataset.of(KnowledgeProduct)
    order = sorted(products, key=lambda one: (-len(dataset.out(one.id, Derives)), one.id))
    drawn, shown = _Drawn(), 0
    for product in order[:TRACED]:
        more = attrs.evolve(
            drawn, steps=[*drawn.steps], links={**drawn.links}, places={**drawn.places}
        )
        _draw(more, dataset, product)
        if len(more.steps) > MOST and shown:
            break
        drawn, shown = more, shown + 1
    if not drawn.steps:
        return None
    return _sorted(drawn, len(products) - shown)


def _draw(drawn: _Drawn, dataset: Dataset, product: KnowledgeProduct) -> None:
    rows = trace(dataset, product.id).table.to_dicts()[:MOST]
    note: Words = "" if rows else say("no_trail")
    first = drawn.add(
        product.id, Step(label(product), say("product"), 0, note=note, id=product.id), None
    )
    for row in rows:
        at = first
        if practice := row["practice"]:
            record = dataset.find(practice)
            words = practice if record is None else label(record)
            at = drawn.add(practice, Step(words, say("practice"), 1, id=practice), at)
        if row["quote"] and not _within(row, rows):
            key = (row["item"], row["start"], row["stop"])
            at = drawn.add(key, _quote(row), at)
        elif row["quote"]:
            continue
        drawn.add(row["item"], _end(row, dataset), at)


def _within(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Whether a quote is part of a longer one of the same item that is shown too."""
    return row["text"] != "broken" and any(
        other["quote"]
        and other["item"] == row["item"]
        and other["practice"] == row["practice"]
        and len(row["quote"]) < len(other["quote"])
        and row["quote"] in other["quote"]
        for other in rows
    )


def _quote(row: dict[str, Any]) -> Step:
    text = row["quote"]
    said = f"“{text}”" if len(text) <= LONG else f"“{text[:LONG]}…”"
    return Step(said, say("quote"), 2, "broken" if row["text"] == "broken" else "sound")


def _end(row: dict[str, Any], dataset: Dataset) -> Step:
    id, record = row["item"], dataset.find(row["item"])
    if record is None:
        return Step(id, say("missing"), 3, "broken", id=id)
    kind: Words = say("source_of" if isinstance(record, KnowledgeItem) else "other_end")
    return Step(described(record, dataset), kind, 3, id=id)


def _sorted(drawn: _Drawn, left_out: int) -> Trail:
    """The steps by rank, as they were met, and the links between their new places."""
    order = sorted(range(len(drawn.steps)), key=lambda at: drawn.steps[at].rank)
    place = {old: new for new, old in enumerate(order)}
    links = sorted((place[one], place[other]) for one, other in drawn.links)
    steps = [drawn.steps[at] for at in order]
    return Trail(steps, links, note=say("trails_note"), left_out=left_out)
