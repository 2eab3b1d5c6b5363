"""The activities and organisations of a document that may be faulty, repaired where it must be.

`decoding` cleans the bytes before libxml2 sees them. libxml2 has bounds of its own: at most 256
levels, no network, no entities. Here documents with a document type are refused, the bytes of one
activity are bounded, and what libxml2 repaired is reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Limits
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import utf8_chunks
from jmdi_iati.reading.document import ENVELOPES, WANTED, Bytes, Piece, Root, Stopped
from jmdi_iati.standard.xml import SAFE, Element

__all__ = ["repaired"]

TAGS = (*WANTED, *(f"{{*}}{tag}" for tag in WANTED))
# Before the root: space, processing instructions, comments.
PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
ROOT = re.compile(r"<(?:[\w.-]+:)?(\w[\w.-]*)[\s/>]")
LONGEST = 300
"""Bytes in which the name of the root ends."""

PROLOG_SIZE = 1 << 20
"""Bytes before the root; a document that has more is hardly one."""

# Begin or end (with a slash) of an activity.
BORDER = re.compile(rb"<(/?)(?:[\w.-]+:)?iati-(?:activity|organisation)(?=[\s>/])")
# End of the root.
CLOSED = re.compile(rb"</(?:[\w.-]+:)?iati-(?:activities|organisations)\s*>")
# What is neither a reference to a character nor one of the five entities of XML.
ENTITY = re.compile(rb"&(?!#|(?:amp|lt|gt|quot|apos);)")
TAIL = 1 << 15
"""Last bytes that are looked at to see whether the document was cut off."""

HELD = 1 << 20
"""Bytes without an activity after which the elements there are forgotten: in memory they take
forty times as much."""

KEPT = 100
"""How many parts of an element outside of activities are remembered then."""

LAST_LINE = 65535
"""libxml2 keeps lines of elements in 16 bits; elements further on have no line."""

BREAKS = {
    "ERR_TAG_NOT_FINISHED": "it ends before its last element is closed",
    "ERR_DOCUMENT_END": "something follows after the end of the document",
    "ERR_DOCUMENT_EMPTY": "it is not XML",
    "ERR_NO_MEMORY": "the parser ran out of memory",
    "ERR_INTERNAL_ERROR": "elements are nested too deeply, or the parser gave up",
    "ERR_RESOURCE_LIMIT": "elements are nested too deeply, or a text is too long",
    "ERR_NAME_TOO_LONG": "a name is too long",
    "ERR_GT_REQUIRED": "a tag is not closed",
}
"""What stops libxml2, in our words; all other faults are repaired."""


def repaired(
    source: Bytes, root: Root, report: Report, limits: Limits, lines_before: int
) -> Iterator[Piece]:
    """The activities and organisations of a document; each is emptied after its turn.

    Args:
        source: The document, or what is left of it behind the tag of its root.
        root: Filled with what its root says, if it is not known yet.
        report: Where problems go.
        limits: ``limits.line`` bounds the bytes of one activity.
        lines_before: Lines of the document before those of the source.

    Raises:
        Stopped: If it cannot go on.
    """
    reader = _Reader(root, report, limits, lines_before)
    try:
        yield from map(Piece, reader.fed(utf8_chunks(source, report, lines_before + 1)))
        yield from map(Piece, reader.closed())
        reader.report_repairs()
    finally:
        reader.forget_all()


def _parser(root: str) -> etree.XMLPullParser:
    """A parser that gives the activities, and the root of this name when it begins."""
    return etree.XMLPullParser(
        events=("start", "end"),
        tag=(*TAGS, root, f"{{*}}{root}"),
        recover=True,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        **SAFE,
    )


@attrs.define(slots=True)
class _Reader:
    """Feeds libxml2 and delivers what it finds.

    Attributes:
        top: The root element, once it has begun.
        tail: The last bytes that were read.
        nested: Whether an activity was met inside another.
        entities: Whether there may be entities that nobody declared.
        cut: Whether the document ends within an activity.
    """

    root: Root
    report: Report
    limits: Limits
    lines_before: int
    parser: etree.XMLPullParser = attrs.field(factory=lambda: _parser(ENVELOPES[0]))
    top: Element | None = None
    tail: bytes = b""
    nested: bool = False
    entities: bool = False
    cut: bool = False

    def fed(self, chunks: Iterable[tuple[bytes, int]]) -> Iterator[Element]:
        """Delivers elements as soon as their last byte was fed."""
        prolog: bytes | None = b""
        since = held = 0
        for chunk, raw in chunks:
            since += raw
            held += raw
            if prolog is not None:
                prolog += chunk
                if not self._is_past_prolog(prolog):
                    continue
                chunk, prolog = prolog, None
            self.entities = self.entities or ENTITY.search(chunk) is not None
            self.tail = chunk if len(chunk) > TAIL else (self.tail + chunk)[-TAIL:]
            try:
                self.parser.feed(chunk)
            except etree.XMLSyntaxError:
                return
            for element in self._ended():
                since = held = 0
                yield from self._delivered(element)
            if since > self.limits.line:
                raise self._stopped(
                    "I108", f"one activity has more than {self.limits.line:,} bytes"
                )
            if held > HELD:
                self._forget()
                held = 0
        if prolog is not None:
            if not since:
                raise self._stopped("I101")
            self.parser.feed(prolog)

    def _ended(self) -> Iterator[Element]:
        """The activities that have ended since."""
        for event, element in self.parser.read_events():
            if event == "start":
                self.top = self.top if self.top is not None else element
            elif element.tag.rpartition("}")[2] in WANTED:
                yield element

    def _forget(self) -> None:
        """Drops what is complete outside of activities; little of that is kept."""
        top = node = self.top
        while node is not None and len(node) and node.tag.rpartition("}")[2] not in WANTED:
            last = node[len(node) - 1]  # the only one that may not be complete yet
            if node is top:
                for child in list(node)[:-1]:
                    self.root.keep_foreign(child, self.report)
            del node[0 if node is top else KEPT : -1]
            node = last if isinstance(last.tag, str) else None

    def forget_all(self) -> None:
        """Drops the document, which libxml2 and lxml would hold until the collector runs."""
        if self.top is not None:
            self.top.clear()

    def _line(self, line: int) -> int | None:
        """A line of what is read here as one of the document."""
        return line + self.lines_before if line else None

    def _stopped(self, code: str, what: str = "", line: int | None = None) -> Stopped:
        self.report.add(code, what, line=line)
        return Stopped()

    def _is_past_prolog(self, data: bytes) -> bool:
        """Whether the root begins in these first bytes; refuses a document type."""
        found = PROLOG.match(data)
        rest = data[found.end() :] if found else data
        if rest.startswith(b"<!DOCTYPE") or b"<!ENTITY" in rest[:9]:
            raise self._stopped("I103", line=1 + data[: len(data) - len(rest)].count(b"\n"))
        name = ROOT.match(rest[:LONGEST].decode("utf-8", "replace"))
        short = name is None and len(rest) < LONGEST
        if short or rest.startswith((b"<!--", b"<?")):  # too short to tell, or unfinished
            if len(data) > PROLOG_SIZE:
                raise self._stopped("I108", f"its first {PROLOG_SIZE:,} bytes hold no element")
            return False
        if name is not None:
            self.parser = _parser(name[1])
        return True

    def _delivered(self, element: Element) -> Iterator[Element]:
        """One element, corrected where it is in the wrong place; emptied afterwards."""
        report = self.report
        parent = element.getparent()
        if not self.root.tag:
            self._see_root(element)
        report.activity += 1
        line = element.sourceline
        report.line = self._line(line) if line and line < LAST_LINE else None
        if parent is not None and parent.tag in WANTED:
            report.add("I112")
            self.nested = True
        elif self.nested:
            # Only now: the parser may still have held on to what is beside a nested one.
            for shell in [part for part in element if part.tag in WANTED]:
                element.remove(shell)
        if element.tag[0] == "{":
            _without_namespace(element)
        if self.entities:
            _without_entities(element)
        yield element
        element.clear()
        if parent is not None and parent.tag not in WANTED:
            # What lxml keeps of the elements before would fill the memory of a long document.
            while (sibling := element.getprevious()) is not None:
                self.root.keep_foreign(sibling, self.report)
                parent.remove(sibling)

    def _see_root(self, element: Element) -> None:
        tree = element.getroottree()
        if tree.docinfo.internalDTD is not None:
            raise self._stopped("I103")
        parent = element.getparent()
        holder = tree.getroot() if parent is None else parent
        self.root.tag = holder.tag
        if holder is not element:
            self.root.see(holder, self.report)

    def closed(self) -> Iterator[Element]:
        """Delivers what libxml2 had held back, but no activity that was cut off."""
        parser = self.parser
        try:
            top = parser.close()
        except etree.XMLSyntaxError:
            top = None
        events = list(self._ended())
        if len(parser.feed_error_log) and _is_cut_off(self.tail):
            # libxml2 closes what is open at the end, as if the activity were complete.
            self.cut = True
            events = events[:-1]
        for element in events:
            yield from self._delivered(element)
        if not self.root.tag:
            self._check_root(top)

    def _check_root(self, top: Element | None) -> None:
        """A document without activities may be an empty one of IATI, or something else."""
        self.report.activity, self.report.line = 0, None
        if top is None or not isinstance(top.tag, str):
            self.report.add("I102", "it is not XML")
        elif top.tag.rpartition("}")[2] in ENVELOPES:
            self.root.tag = top.tag
        else:
            self.report.add("I102", f"its root is {top.tag:.60}")

    def report_repairs(self) -> None:
        """Says what libxml2 repaired, and once what stopped it."""
        report = self.report
        report.activity, report.line = 0, None
        log = list(self.parser.feed_error_log)
        stops = [entry for entry in log if entry.type_name in BREAKS]
        if self.cut or stops:
            name = "ERR_TAG_NOT_FINISHED" if self.cut else stops[0].type_name
            report.add("I104", BREAKS[name], line=self._line(stops[0].line) if stops else None)
        for entry in log:
            line = self._line(entry.line)
            if entry.type_name == "NS_ERR_UNDEFINED_NAMESPACE":
                report.add("I105", "a namespace prefix is not declared", line=line)
            elif entry.type_name not in BREAKS:
                # Without what varies between places, so that repairs of one kind are counted.
                fault = re.sub(r"['\"].*?['\"]|\b\d+\b|line \d+", "…", entry.message.strip())
                name = entry.type_name.removeprefix("ERR_").replace("_", " ").lower()
                report.add("I105", f"{name} ({fault:.80})", line=line)


def _without_namespace(element: Element) -> None:
    """Removes the element's own namespace from it and from all elements within that share it."""
    space = element.tag[: element.tag.index("}") + 1]
    for part in element.iter(f"{space}*"):
        part.tag = part.tag[len(space) :]


def _without_entities(element: Element) -> None:
    """Puts the text of entities in their place: the character of those of HTML, else as written."""
    for entity in list(element.iter(etree.Entity)):
        parent, before = entity.getparent(), entity.getprevious()
        text = html.unescape(entity.text or "") + (entity.tail or "")
        if before is not None:
            before.tail = (before.tail or "") + text
        elif parent is not None:
            parent.text = (parent.text or "") + text
        if parent is not None:
            entity.tail = None
            parent.remove(entity)


def _is_cut_off(tail: bytes) -> bool:
    """Whether a document ends within an activity, by its last bytes."""
    borders = BORDER.findall(tail)
    return not borders[-1] if borders else CLOSED.search(tail) is None
