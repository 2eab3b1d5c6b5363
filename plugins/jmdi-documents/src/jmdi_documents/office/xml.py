"""XML of unknown origin: no document types, no entities, no network, bounded size and depth."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from lxml import etree  # type: ignore[import-untyped]

from jmdi_documents.reading import Reading

__all__ = [
    "Element",
    "attribute",
    "by_name",
    "child",
    "children",
    "local",
    "parse_xml",
    "small",
    "stream_xml",
]


class Element(Protocol):
    """What is used of an element of lxml, which has no types of its own."""

    @property
    def tag(self) -> object:
        """Its name with its namespace; no text for comments and the like."""

    @property
    def text(self) -> str | None:
        """The text before its first child."""

    @property
    def tail(self) -> str | None:
        """The text behind it, up to the next element."""

    def __iter__(self) -> Iterator[Element]:
        """Its children."""
        ...

    def __len__(self) -> int:
        """How many children it has."""
        ...

    def iter(self, *names: str) -> Iterator[Element]:
        """It and all that is in it, in the order of the document."""
        ...

    def itertext(self) -> Iterator[str]:
        """All text in it, in order."""
        ...

    def items(self) -> Iterable[tuple[str, str]]:
        """Its attributes."""
        ...

    def get(self, name: str, default: str = ..., /) -> str | None:
        """An attribute by its full name."""
        ...


NODES = 2_000_000
"""Tags and attributes of one part that is held as a tree."""

DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})[\"']")
PLAIN = re.compile(rb"(?i)utf-?8|utf-?16(le|be)?|us-ascii|iso-8859-\d{1,2}|windows-125\d")
STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")
OPTIONS = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


def _check(data: bytes, name: str, reading: Reading) -> None:
    """Refuses what could expand or lead elsewhere, before any parser sees it."""
    if any(doctype in data for doctype in DOCTYPES):
        reading.fail("D107", f"the part {name!a} declares a document type")
    declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    odd = declared is not None and not PLAIN.fullmatch(declared[1])
    if odd or not data.lstrip(b" \t\r\n").startswith(STARTS):
        reading.fail("D107", f"the part {name!a} has an unusual encoding")


def parse_xml(data: bytes, name: str, reading: Reading) -> Element:
    """The root element of a part of a document.

    Raises:
        FormatError: If it is not well-formed, declares a document type, or is too large.
    """
    _check(data, name, reading)
    if data.count(b"<") + data.count(b"=") > NODES:
        reading.fail("D105", f"the part {name!a} has more than {NODES:,} tags")
    try:
        root: Element = etree.fromstring(data, etree.XMLParser(remove_comments=True, **OPTIONS))
        return root
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reading.fail("D106", f"the part {name!a} is damaged: {error}")


def stream_xml(
    data: bytes, name: str, tags: tuple[str, ...], reading: Reading
) -> Iterator[Element]:
    """Elements with one of these local names, as they end; each is emptied after its turn.

    Raises:
        FormatError: If the part is not well-formed or declares a document type.
    """
    _check(data, name, reading)
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    try:
        events = etree.iterparse(io.BytesIO(data), tag=wanted, remove_comments=True, **OPTIONS)
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reading.fail("D106", f"the part {name!a} is damaged: {error}")


def local(element: Element) -> str:
    """Name of an element without its namespace; empty for comments and the like.

    Namespaces are not compared: the strict and the common form of Office files differ only there.
    """
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children that have this local name."""
    if element is not None:
        yield from (item for item in element if local(item) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with this local name, then its first child with the next, and so on."""
    for name in path:
        element = next(children(element, name), None)
    return element


def by_name(element: Element | None) -> dict[str, Element]:
    """The children by local name, the first of each."""
    found: dict[str, Element] = {}
    for item in () if element is None else element:
        found.setdefault(local(item), item)
    return found


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    for key, value in element.items():
        if key[key.rfind("}") + 1 :] == name:
            return str(value)
    return None


def small(text: str | None, default: int = -1) -> int:
    """A whole number from 0 to 9,999,999 of an attribute, or the default."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else default
