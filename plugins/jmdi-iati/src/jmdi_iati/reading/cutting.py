"""A document cut at its activities, each of which is parsed alone, as far as it is well-formed.

All is read strictly. Between activities only space and comments are passed over, and a piece is
taken only if it is XML by itself: an end of an activity that stands in a comment or in CDATA ends
none. Where anything else comes, such as a fault, cutting ends and the rest is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import CHUNK, utf8_mark
from jmdi_iati.reading.document import Bytes, Piece, Root
from jmdi_iati.standard.xml import SAFE, Element

__all__ = ["Cutter"]

SPACE = rb"[ \t\r\n]"
COMMENT = rb"<!--(?>.*?-->)"
GAP = rb"(?:%b++|<!--[^-]*+(?:-[^-]++)*+-->)*+" % SPACE
TAG = rb"""(?:[^<>"']|"[^<"]*"|'[^<']*')*+>"""
START = re.compile(
    rb"(?:%b++|<\?(?>.*?\?>)|%b)*+(<(iati-activities|iati-organisations)(?=%b|>)%b)"
    % (SPACE, COMMENT, SPACE, TAG),
    re.DOTALL,
)
BEGIN = re.compile(rb"<(iati-activity|iati-organisation)(?=%b|>)" % SPACE)
SHORT = 64
"""Bytes within which it shows what follows after a gap."""

LONGEST_GAP = 1 << 20
LONGEST_PIECE = 1 << 24
"""Bytes of a piece; the tolerant parser does not have to hold those of a longer one."""

PARSER = etree.XMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, **SAFE
)


@attrs.define(slots=True)
class Cutter:
    """Cuts a document.

    Attributes:
        source: The document; what is left of it is put back.
        finished: Whether it was read to its end.
        lines_before: Lines before what was put back, which begins with the root's tag again.
    """

    source: Bytes
    root: Root
    report: Report
    limits: Limits
    finished: bool = False
    lines_before: int = 0
    _tag: bytes = b""
    _prefixes: tuple[bytes, ...] = ()
    _data: bytes = b""
    _at: int = 0
    _line: int = 1

    def pieces(self) -> Iterator[Piece]:
        """The activities and organisations, as far as all is well-formed."""
        if self._has_begun():
            yield from self._cut()
        if not self.finished:
            self.lines_before = self._line - 1 - self._tag.count(b"\n")
            self.source.put_back(self._tag + self._data[self._at :])

    def _has_begun(self) -> bool:
        """Whether the root is one of IATI, so that it can be cut."""
        while len(self._data) < CHUNK and self._more():  # a pipe gives little at a time
            pass
        data = self._data
        mark = utf8_mark(data)
        found = None if mark is None else START.match(data, mark)
        if found is None or found[1].endswith(b"/>"):
            return False
        try:
            parser = etree.XMLParser(encoding="utf-8", **SAFE)
            top = etree.fromstring(data[mark : found.end()] + b"</%b>" % found[2], parser)
        except etree.XMLSyntaxError:
            return False
        if len(parser.error_log) or None in top.nsmap:
            return False
        self.root.see(top, self.report)
        self._tag = found[1]
        self._prefixes = tuple(b"%b:" % prefix.encode() for prefix in top.nsmap)
        self._pass(found.end())
        return True

    def _pass(self, place: int) -> None:
        """All before a place is done."""
        self._line += self._data.count(b"\n", self._at, place)
        self._at = place

    def _more(self) -> bool:
        """Reads on, as much as is held already; whether there was anything."""
        # As much again: a long piece is then copied a few times only.
        chunk = self.source.read(max(CHUNK, len(self._data) - self._at))
        self._data = self._data[self._at :] + chunk
        self._at = 0
        return chunk != b""

    def _cut(self) -> Iterator[Piece]:
        last = re.compile(rb"%b</%b%b*>%b" % (GAP, self.root.tag.encode(), SPACE, GAP))
        gap = re.compile(GAP)
        while True:
            between = gap.match(self._data, self._at)
            place = between.end() if between else self._at
            if begin := BEGIN.match(self._data, place):
                self._pass(place)
                length, piece = 0, None
                while piece is None:
                    if not (length := self._length(begin[1], length)):
                        return
                    data = self._data[self._at : self._at + length]
                    piece = self._parsed(data)
                    if piece is None and not _is_open(data):
                        return
                self.report.activity += 1
                self.report.line = self._line
                yield piece
                self._pass(self._at + length)
                continue
            left = len(self._data) - place
            unfinished = left < SHORT or self._data.startswith((b"<!--", b"</"), place)
            if not unfinished or left > LONGEST_GAP:
                return
            if not self._more():
                self.finished = last.fullmatch(self._data, self._at) is not None
                return

    def _length(self, name: bytes, least: int) -> int:
        """Bytes up to the first end of such an element after so many; 0 if there is none."""
        longest = min(self.limits.line, LONGEST_PIECE)
        close = re.compile(rb"</%b%b*>" % (name, SPACE))
        while (found := close.search(self._data, self._at + least)) is None:
            held = len(self._data) - self._at
            least = max(least, held - SHORT)
            if held > longest or not self._more():
                return 0
        length = found.end() - self._at
        return length if length <= longest else 0

    def _parsed(self, data: bytes) -> Piece | None:
        """The piece, by itself or, if it uses namespaces of the root, within it."""
        inside = any(prefix in data for prefix in self._prefixes)
        try:
            if inside:
                whole = b"%b%b</%b>" % (self._tag, data, self.root.tag.encode())
                top: Element = etree.fromstring(whole, PARSER)
                return Piece(top[0])
            element: Element = etree.fromstring(data, PARSER)
            plain = b"<!" not in data and b"<?" not in data
            return Piece(element, data.decode() if plain else None)
        except (etree.XMLSyntaxError, UnicodeDecodeError):
            return None


def _is_open(data: bytes) -> bool:
    """Whether a comment, CDATA or processing instruction has not ended."""
    pairs = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
    return any(data.rfind(begin) > data.rfind(end) for begin, end in pairs)
