"""Elements of XML as lxml gives them: their types, safe parsers, and how new ones are made."""

# ruff: noqa: D102 (the methods are those of lxml, whose documentation says what they do)

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Protocol, overload

from lxml import etree  # type: ignore[import-untyped]

from jmdi.files.safe_xml import legal

__all__ = ["SAFE", "XML_LANG", "Element", "Tree", "narrated", "new", "sub", "truth", "without"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SAFE: Mapping[str, bool] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""What every parser of lxml is given: no entity is expanded, no other file is fetched."""

TRUTH = {"1": True, "true": True, "0": False, "false": False}
"""The words of XML for yes and no."""


def truth(written: str | None) -> bool | None:
    """What a boolean of XML says; ``None`` where it says nothing."""
    return TRUTH.get(written.strip().lower()) if written else None


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
    def keys(self) -> list[str]: ...
    def items(self) -> list[tuple[str, str]]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __getitem__(self, index: int) -> Element: ...
    def __setitem__(self, index: slice, children: Iterable[Element]) -> None: ...
    def __delitem__(self, index: slice) -> None: ...
    def find(self, path: str) -> Element | None: ...
    def findall(self, path: str) -> list[Element]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterchildren(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def append(self, child: Element) -> None: ...
    def extend(self, children: Iterable[Element]) -> None: ...
    def insert(self, index: int, child: Element) -> None: ...
    def remove(self, child: Element) -> None: ...
    def clear(self) -> None: ...
    def addnext(self, sibling: Element) -> None: ...
    def addprevious(self, sibling: Element) -> None: ...
    def getparent(self) -> Element | None: ...
    def getprevious(self) -> Element | None: ...
    def getroottree(self) -> Tree: ...


class DocInfo(Protocol):
    """What lxml knows of a document's prolog."""

    internalDTD: object | None


class Tree(Protocol):
    """A document of lxml."""

    docinfo: DocInfo

    def getroot(self) -> Element: ...


def new(tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element.

    Raises:
        UnicodeEncodeError: If XML cannot hold a text.
    """
    legal_ones = {name: legal(value) for name, value in attributes.items()}
    made: Element = etree.Element(tag, legal_ones)
    made.text = None if text is None else legal(text)
    return made


def sub(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new element, put last in its parent."""
    made = new(tag, text, **attributes)
    parent.append(made)
    return made


def narrated(tag: str, texts: Mapping[str, str], **attributes: str) -> Element:
    """A new element with one narrative for each language of a text."""
    made = new(tag, **attributes)
    for language, words in texts.items():
        narrative = sub(made, "narrative", words)
        if language != "und":
            narrative.set(XML_LANG, legal(language))
    return made


def without(xml: str, tag: str, count: int) -> str | None:
    """The text of an element without so many of its children, and the space behind them.

    Args:
        xml: An element without comments, CDATA and processing instructions.
        tag: The name of the children.
        count: How many it has; ``None`` is returned if there are more, further within.
    """
    child, parts, place = _child(tag), [], 0
    for _ in range(count):
        begin = xml.find(f"<{tag}", place)
        found = child.match(xml, max(begin, 0))
        if found is None:
            return None
        parts.append(xml[place:begin])
        place = found.end()
    parts.append(xml[place:])
    return None if f"<{tag}" in parts[-1] else "".join(parts)


@functools.cache
def _child(tag: str) -> re.Pattern[str]:
    """An element of a name that holds no other of that name, with the space behind it."""
    # No possessive groups, only classes: those of Python 3.11.2 match wrongly (cpython#106052).
    start = rf"""<{tag}(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*"""
    inside = rf"""[^<]*+(?:<(?!/?{tag}[\s/>])[^<]*+)*"""
    return re.compile(rf"""{start}(?:(?<=/)>|>{inside}</{tag}\s*>)\s*""")
