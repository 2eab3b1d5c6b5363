"""A document cut at its activities, each of which is parsed alone, as far as it is well-formed.

All is read strictly. Between activities only space and comments are passed over, and a piece is
taken only if it is XML by itself: an end of an activity that stands in a comment or in CDATA ends
none. Where anything else comes, such as a fault, cutting ends and the rest is put back.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import CHUNK, utf8_mark
from jmdi_iati.reading.document import WANTED, Bytes, Piece, Root
from jmdi_iati.standard.xml import SAFE, Element

__all__ = ["Cutter"]

# No possessive groups, only classes: those of Python 3.11.2 match wrongly (cpython#106052).
SPACE = rb"[ \t\r\n]"
COMMENT = rb"<!--(?:[^-]++|-(?!->))*-->"
GAP = rb"(?:%b++|<!--[^-]*+(?:-[^-]++)*-->)*" % SPACE
TAG = rb"""(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*>"""
START = re.compile(
    rb"(?:%b++|<\?(?:[^?]++|\?(?!>))*\?>|%b)*(<(iati-activities|iati-organisations)(?=%b|>)%b)"
    % (SPACE, COMMENT, SPACE, TAG),
    re.DOTALL,
)
BEGIN = re.compile(rb"<([\w.-]+(?::[\w.-]+)?)(?=%b|/|>)" % SPACE)
EMPTY_TAG = re.compile(rb"<%b(?<=/>)" % TAG)
OURS = (b"iati-activity", b"iati-organisation")
SPACES = re.compile(rb"""%b++xmlns:([\w.-]+)%b*=%b*(?:"[^"]*"|'[^']*')""" % ((SPACE,) * 3))
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
    _spaces: Mapping[bytes, bytes] = attrs.field(factory=dict)
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
        self._spaces = {space[1] + b":": space[0] for space in SPACES.finditer(found[1])}
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
                if not (found := self._piece(begin[1])):
                    return
                piece, length = found
                element = piece.element
                inside = self._at + len(begin[0]), self._at + length - len(begin[0]) - 1
                # To find one of two words is four times as fast as to search for a pattern.
                may_hold = any(self._data.find(name, *inside) >= 0 for name in OURS)
                if may_hold and _holds_activities(element):
                    return
                self.report.line = self._line
                if element.tag in WANTED:
                    self.report.activity += 1
                    yield piece
                elif element.tag.rpartition("}")[2] in WANTED:
                    return
                else:
                    self.root.keep_foreign(element, self.report)
                self._pass(self._at + length)
                continue
            left = len(self._data) - place
            unfinished = left < SHORT or self._data.startswith((b"<!--", b"</"), place)
            if not unfinished or left > LONGEST_GAP:
                return
            if not self._more():
                self.finished = last.fullmatch(self._data, self._at) is not None
                return

    def _piece(self, name: bytes) -> tuple[Piece, int] | None:
        """The element of this name that begins here, and its length in bytes."""
        length = 0
        while length := self._length(name, length):
            data = self._data[self._at : self._at + length]
            if piece := self._parsed(data, len(name) + 1):
                return piece, length
            if not _is_open(data):
                break
        return None

    def _length(self, name: bytes, least: int) -> int:
        """Bytes up to the first end of such an element after so many; 0 if there is none."""
        longest = min(self.limits.line, LONGEST_PIECE)
        close = _closing(name)
        while True:
            if empty := EMPTY_TAG.match(self._data, self._at):
                return empty.end() - self._at
            start = self._at + least
            while (start := self._data.find(b"</" + name, start)) >= 0:
                if found := close.match(self._data, start):
                    length = found.end() - self._at
                    return length if length <= longest else 0
                start += 1
            held = len(self._data) - self._at
            least = max(least, held - len(name) - SHORT)
            if held > longest or not self._more():
                return 0

    def _parsed(self, data: bytes, name: int) -> Piece | None:
        """The piece, with the namespaces of the root that it uses.

        Args:
            data: Its bytes.
            name: Where its name ends.
        """
        spaces = [
            space
            for prefix, space in self._spaces.items()
            if prefix in data and b"xmlns:" + prefix[:-1] not in data
        ]
        if spaces:
            data = b"".join((data[:name], *spaces, data[name:]))
        try:
            element: Element = etree.fromstring(data, PARSER)
            return Piece(element, None if _has_more(data) else data.decode())
        except (etree.XMLSyntaxError, UnicodeDecodeError):
            return None


@functools.lru_cache
def _closing(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</%b%b*>" % (re.escape(name), SPACE))


def _holds_activities(element: Element) -> bool:
    """Whether there are activities or organisations within an element."""
    return any(
        part is not element and part.tag.rpartition("}")[2] in WANTED
        for part in element.iter("{*}*")
    )


def _has_more(data: bytes) -> bool:
    """Whether there may be more than elements and words: comments, CDATA, instructions."""
    # To look for the rare one of two bytes first takes a tenth of the time.
    return (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)


def _is_open(data: bytes) -> bool:
    """Whether a comment, CDATA or processing instruction has not ended."""
    pairs = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
    return any(data.rfind(begin) > data.rfind(end) for begin, end in pairs)
