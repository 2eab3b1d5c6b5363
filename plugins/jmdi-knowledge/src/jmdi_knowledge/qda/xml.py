"""Elements of XML as lxml gives them: their types, and safe ways to read and keep them."""

# ruff: noqa: D102 (the methods are those of lxml, whose documentation says what they do)

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Protocol, overload

from lxml import etree  # type: ignore[import-untyped]

from jmdi.files.encodings import byte_order_mark

__all__ = [
    "SAFE",
    "Element",
    "Make",
    "Tree",
    "besides",
    "children_kept",
    "ended",
    "fragment",
    "kept",
    "local",
    "named",
    "put_back",
]

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
    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def set(self, key: str, value: str) -> None: ...
    def items(self) -> list[tuple[str, str]]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, part: slice) -> list[Element]: ...
    def __iter__(self) -> Iterator[Element]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def append(self, child: Element) -> None: ...
    def insert(self, index: int, child: Element) -> None: ...
    def remove(self, child: Element) -> None: ...
    def clear(self) -> None: ...
    def getparent(self) -> Element | None: ...
    def getroottree(self) -> Tree: ...


class Make(Protocol):
    """Makes an element of the project's namespace."""

    def __call__(self, tag: str, text: str | None = None, /, **attributes: str) -> Element:
        """The element."""
        ...


class DocInfo(Protocol):
    """What lxml knows of a document's prolog."""

    internalDTD: object | None


class Tree(Protocol):
    """A document of lxml."""

    docinfo: DocInfo

    def getroot(self) -> Element: ...


def local(element: Element) -> str:
    """The name of an element without its namespace: tools write three for one thing.

    A reference to an entity that nobody declared is no element and has no name.
    """
    return _local(element.tag)


@functools.lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


def ended(stream: Readable, tags: tuple[str, ...]) -> Any:
    """The events of a document: ends of elements with these local names."""
    names = tuple(f"{{*}}{name}" for name in tags)
    whole = Utf8(stream)
    return etree.iterparse(whole, events=("end",), tag=names, recover=True, **SAFE)


DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8)", re.IGNORECASE)


class Utf8:
    """A document whose bytes that are no UTF-8 are replaced, which libxml2 would hand on.

    Documents of another encoding, by their mark or declaration, are left as they are.
    """

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False
        self._rest = b""

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        if not self._begun:
            self._begun = True
            mark = byte_order_mark(data)
            plain = not data.startswith((b"\0", b"<\0")) and DECLARED.match(data) is None
            if plain if mark is None else mark[0] == "utf-8":
                self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        if self._decoder is None:
            return data
        while True:
            clean = self._rest + self._valid(data, self._decoder)
            self._rest = b""
            if data and (open_one := UNFINISHED.search(clean, max(0, len(clean) - 80))):
                clean, self._rest = clean[: open_one.start()], open_one[0]
            if clean or not data:
                return REFERENCE.sub(_character, clean) if b"&#" in clean else clean
            data = self._stream.read(size)

    @staticmethod
    def _valid(data: bytes, decoder: codecs.IncrementalDecoder) -> bytes:
        if data.isascii() and not decoder.getstate()[0]:  # most parts of most projects
            return data
        return decoder.decode(data, not data).encode()


REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,64})|([0-9]{1,64}));")
UNFINISHED = re.compile(rb"&(?:#[xX]?[0-9a-fA-F]{0,64})?\Z")


def _character(found: re.Match[bytes]) -> bytes:
    """A reference to a character; half of a pair, at which lxml fails, becomes U+FFFD."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return "\ufffd".encode() if 0xD800 <= number <= 0xDFFF else found[0]


def kept(element: Element) -> str:
    """An element as text, to be kept as it is."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return text


def besides(element: Element, name: str) -> list[Element]:
    """The children of other names than this one, of which there may be thousands."""
    found: list[Element] = OTHERS(element, name=name)
    return found


def named(element: Element, name: str) -> list[Element]:
    """The children of a name."""
    found: list[Element] = NAMED(element, name=name)
    return found


OTHERS = etree.XPath("*[local-name() != $name]")
NAMED = etree.XPath("*[local-name() = $name]")


def children_kept(element: Element, known: Collection[str]) -> list[list[int | str]]:
    """The children of other names than these, each with its place among all, as text.

    A description or content does not count: it becomes a field, and is written only if it says
    something.
    """
    counted = [child for child in element if local(child) not in UNCOUNTED]
    left_out = {"", *known}
    return [[i, kept(child)] for i, child in enumerate(counted) if local(child) not in left_out]


UNCOUNTED = ("Description", "PlainTextContent")
LAST = ("NoteRef", "VariableValue")


def put_back(element: Element, rows: Iterable[Sequence[int | str]]) -> None:
    """Puts children that were kept where they were, references and values behind the codings.

    Raises:
        ValueError: If one of them is no XML.
    """
    first = sum(local(child) in UNCOUNTED for child in element)
    least = len(element)
    for index, text in rows:
        child, at = fragment(str(text)), first + int(index)
        if local(child) in LAST:
            at = max(at, least)
        least += at < least
        element.insert(at, child)


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
