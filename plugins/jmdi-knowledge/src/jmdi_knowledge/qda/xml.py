"""Elements of XML as lxml gives them: their types, and safe ways to read and keep them."""

# ruff: noqa: D102 (the methods are those of lxml, whose documentation says what they do)

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, MutableMapping
from typing import Any, BinaryIO, Protocol, overload

from lxml import etree  # type: ignore[import-untyped]

__all__ = ["SAFE", "Element", "children_kept", "fragment", "kept", "local", "started"]

SAFE: Mapping[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": True,  # a text of more than 10 MB is no attack; sizes are bounded outside
}
"""What every parser of lxml is given: no entity is expanded, no other file is fetched."""


class Element(Protocol):
    """What is used here of lxml's elements, which have no types of their own."""

    tag: str
    text: str | None
    tail: str | None

    @property
    def attrib(self) -> MutableMapping[str, str]: ...
    @property
    def sourceline(self) -> int | None: ...
    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def set(self, key: str, value: str) -> None: ...
    def items(self) -> list[tuple[str, str]]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def append(self, child: Element) -> None: ...
    def insert(self, index: int, child: Element) -> None: ...
    def remove(self, child: Element) -> None: ...
    def clear(self) -> None: ...
    def getparent(self) -> Element | None: ...
    def getroottree(self) -> Any: ...


def local(element: Element) -> str:
    """The name of an element without its namespace: tools write three for one thing."""
    return element.tag.rpartition("}")[2]


def started(stream: BinaryIO, tags: tuple[str, ...]) -> Any:
    """The events of a document: beginnings and ends of elements with these local names."""
    names = tuple(f"{{*}}{name}" for name in tags)
    return etree.iterparse(stream, events=("start", "end"), tag=names, recover=True, **SAFE)


def kept(element: Element) -> str:
    """An element as text, to be kept as it is."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text


def children_kept(element: Element, known: Collection[str]) -> list[list[int | str]]:
    """The children of other names than these, each with its place among all, as text."""
    return [[i, kept(child)] for i, child in enumerate(element) if local(child) not in known]


def fragment(text: str) -> Element:
    """The element that a kept text is.

    Raises:
        ValueError: If it is none.
    """
    try:
        found: Element = etree.fromstring(text.encode(), etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    return found
