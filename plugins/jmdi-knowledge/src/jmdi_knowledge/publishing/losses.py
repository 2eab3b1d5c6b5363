"""What the linked data of products and of their trail does not keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from jmdi import Dataset, Losses, Problem, Source

__all__ = ["of_products", "of_trail"]

PRODUCTS: Mapping[str, Collection[str]] = {
    "product": ("names", "description", "type", "published", "languages", "url", "identifiers"),
    "coded": ("source", "target"),
    "derives": ("source", "target"),
    "disseminated": ("source", "target"),
}
"""The members that are written with products."""

TRAIL: Mapping[str, Collection[str]] = {
    "product": ("names", "published", "sources"),
    "practice": ("names", "sources"),
    "item": ("names", "date", "sources"),
    "initiative": ("names", "sources"),
    "derives": ("source", "target"),
    "coded": ("source", "target", "coder", "date", "start", "stop"),
}
"""The members that are written with the trail."""


def of_products(dataset: Dataset, **_: object) -> tuple[Problem, ...]:
    """What JSON-LD of products does not hold, nor the links of what is no product."""
    found = Losses()
    found.beyond(dataset, PRODUCTS)
    return found.problems()


def of_trail(dataset: Dataset, **_: object) -> tuple[Problem, ...]:
    """What PROV-O does not hold."""
    found = Losses()
    found.beyond(dataset, TRAIL)
    for record in dataset:
        if "sources" in TRAIL.get(record.kind, ()) and any(map(_says_more, record.sources)):
            found.member(record, "/sources", "but for titles, addresses and places")
    return found.problems()


def _says_more(source: Source) -> bool:
    written = Source(title=source.title, url=source.url, locator=source.locator)
    return source != written or not (source.title or source.url)
