"""What reading a document yields and remembers: its bytes, its root, its pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, NamedTuple

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi.model.frozen import FrozenMap
from jmdi_iati.problems.report import Report
from jmdi_iati.standard.upgrade import is_newer
from jmdi_iati.standard.xml import Element

__all__ = [
    "ACTIVITY",
    "ENVELOPES",
    "MOST_FOREIGN",
    "ORGANISATION",
    "WANTED",
    "Bytes",
    "Piece",
    "Root",
    "Stopped",
]

ACTIVITY, ORGANISATION = "iati-activity", "iati-organisation"
WANTED = (ACTIVITY, ORGANISATION)
ENVELOPES = ("iati-activities", "iati-organisations")
MOST_FOREIGN = 20
"""How many elements between activities are kept, each up to `FOREIGN` characters."""

FOREIGN = 10_000


class Stopped(Exception):
    """Reading of the document cannot go on; it is reported already."""


class Piece(NamedTuple):
    """One activity or organisation of a document.

    Attributes:
        element: The element.
        xml: Its text as published; ``None`` where that is no XML by itself, or holds more than
            elements and words: comments, instructions, CDATA.
    """

    element: Element
    xml: str | None = None


@attrs.define(slots=True)
class Root:
    """What is known of a document's root.

    Attributes:
        tag: Its name; empty before it is known.
        version: The version it states.
        rest: Its other attributes.
        foreign: Other elements between the activities, as XML.
    """

    tag: str = ""
    version: str | None = None
    rest: Mapping[str, str] = attrs.field(factory=dict)
    foreign: list[str] = attrs.field(factory=list)

    def see(self, element: Element, report: Report) -> None:
        """Takes name and attributes of the root element."""
        self.tag = element.tag
        attributes = dict(element.items())
        self.version = attributes.pop("version", None)
        self.rest = FrozenMap(attributes)
        if is_newer(self.version):
            report.add("I115", f"{self.version:.20}".strip())

    def keep_foreign(self, element: Element, report: Report) -> None:
        """Keeps an element that stands between activities, unless it is an activity's shell."""
        tag = element.tag
        if not isinstance(tag, str) or tag.rpartition("}")[2] in WANTED:
            return
        report.add("I113", tag.rpartition("}")[2])
        if len(self.foreign) < MOST_FOREIGN:
            for name in [name for name in element.attrib if "contact" in name or "email" in name]:
                del element.attrib[name]
            xml = etree.tostring(element, encoding="unicode", with_tail=False)
            self.foreign.append(xml[:FOREIGN])


@attrs.define(slots=True)
class Bytes:
    """The bytes of a document, counted as they are read; what was read can be put back."""

    stream: BinaryIO
    report: Report
    limit: int
    progress: Callable[[int], None]
    _size: int = 0
    _back: bytes = b""

    def read(self, size: int) -> bytes:
        """The next bytes, first those that were put back, all of them; nothing at the end.

        Raises:
            Stopped: If there are more than the limit.
        """
        if self._back:
            data, self._back = self._back, b""
            return data
        data = self.stream.read(size)
        self._size += len(data)
        if data:
            self.progress(len(data))
        if self._size > self.limit:
            self.report.add("I108", f"the document has more than {self.limit:,} bytes")
            raise Stopped
        return data

    def put_back(self, data: bytes) -> None:
        """Bytes that the next call of `read` gives."""
        self._back = data
