"""What the linked data of products and of their trail does not keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from jmdi import Dataset, Losses, Problem

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
    return _beyond(dataset, PRODUCTS)


def of_trail(dataset: Dataset, **_: object) -> tuple[Problem, ...]:
    """What PROV-O does not hold."""
    return _beyond(dataset, TRAIL)


def _beyond(dataset: Dataset, kept: Mapping[str, Collection[str]]) -> tuple[Problem, ...]:
    found = Losses()
    found.beyond(dataset, kept)
    return found.problems()
