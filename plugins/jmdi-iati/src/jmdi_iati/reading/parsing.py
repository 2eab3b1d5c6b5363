"""The activities and organisations of one document, one element at a time, within bounds.

`decoding` cleans the bytes before libxml2 sees them. libxml2 has bounds of its own: at most 256
levels, no network, no entities. Here documents with a document type are refused, the bytes of one
activity are bounded, and what libxml2 repaired is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi import Limits
from jmdi.model.frozen import FrozenMap
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.decoding import utf8_chunks
from jmdi_iati.standard.xml import Element

__all__ = ["ACTIVITY", "MOST_FOREIGN", "ORGANISATION", "Root", "elements"]

ACTIVITY, ORGANISATION = "iati-activity", "iati-organisation"
MOST_FOREIGN = 20
"""How many elements between activities are kept, each up to `FOREIGN` characters."""

FOREIGN = 10_000
WANTED = (ACTIVITY, ORGANISATION)
ENVELOPES = ("iati-activities", "iati-organisations")
TAGS = (*WANTED, *(f"{{*}}{tag}" for tag in WANTED))
PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
PROLOG_SIZE = 1 << 20
BORDER = re.compile(rb"<(/?)(?:[\w.-]+:)?iati-(?:activity|organisation)(?=[\s>/])")
TAIL = 1 << 15
LAST_LINE = 65535
"""libxml2 counts lines no further."""

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


class Stopped(Exception):
    """Reading of the document cannot go on; it is reported already."""


@attrs.define(slots=True)
class Root:
    """What is known of a document's root.

    Attributes:
        tag: Its name; empty before it is known.
        version: The version it states.
        rest: Its other attributes.
        foreign: Elements of other namespaces beside the activities, as XML.
        tail: The last bytes that were read.
        nested: Whether an activity was met inside another.
        cut: Whether the document ends within an activity.
    """

    tag: str = ""
    version: str | None = None
    rest: Mapping[str, str] = attrs.field(factory=dict)
    foreign: list[str] = attrs.field(factory=list)
    tail: bytes = b""
    nested: bool = False
    cut: bool = False


def elements(
    stream: BinaryIO, root: Root, report: Report, limits: Limits, progress: Callable[[int], None]
) -> Iterator[Element]:
    """The activities and organisations of a document; each is emptied after its turn.

    Args:
        stream: The document.
        root: Filled with what its root says.
        report: Where problems go.
        limits: ``limits.line`` bounds the bytes of one activity, ``limits.size`` all bytes.
        progress: Called with the number of new bytes.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=TAGS,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _fed(parser, utf8_chunks(stream, report), root, report, limits, progress)
        yield from _closed(parser, root, report)
    except Stopped:
        pass
    _report_repairs(parser, root, report)


def _fed(
    parser: Any,
    chunks: Iterator[tuple[bytes, int]],
    root: Root,
    report: Report,
    limits: Limits,
    progress: Callable[[int], None],
) -> Iterator[Element]:
    prolog: bytes | None = b""
    size = since = 0
    for chunk, raw in chunks:
        progress(raw)
        size += raw
        since += raw
        if size > limits.size:
            report.add("I108", f"the document has more than {limits.size:,} bytes")
            raise Stopped
        if prolog is not None:
            prolog += chunk
            if not _past_prolog(prolog, report):
                continue
            chunk, prolog = prolog, None
        root.tail = chunk if len(chunk) > TAIL else (root.tail + chunk)[-TAIL:]
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            return
        for _, element in parser.read_events():
            since = 0
            yield from _delivered(element, root, report)
        if since > limits.line:
            report.add("I108", f"one activity has more than {limits.line:,} bytes")
            raise Stopped
    if prolog is not None:
        if not size:
            report.add("I101")
            raise Stopped
        parser.feed(prolog)


def _past_prolog(data: bytes, report: Report) -> bool:
    """Whether the root begins in these first bytes; refuses a document type."""
    found = PROLOG.match(data)
    rest = data[found.end() :] if found else data
    if rest.startswith(b"<!DOCTYPE") or b"<!ENTITY" in rest[:9]:
        report.add("I103", line=1 + data[: len(data) - len(rest)].count(b"\n"))
        raise Stopped
    if len(rest) < 9 or rest.startswith((b"<!--", b"<?")):
        if len(data) > PROLOG_SIZE:
            report.add("I108", f"its first {PROLOG_SIZE:,} bytes hold no element")
            raise Stopped
        return False
    return True


def _delivered(element: Element, root: Root, report: Report) -> Iterator[Element]:
    """One element, mended where it stands in the wrong place; emptied afterwards."""
    parent = element.getparent()
    if not root.tag:
        _see_root(element, root, report)
    report.activity += 1
    line = element.sourceline
    report.line = line if line and line < LAST_LINE else None
    if parent is not None and parent.tag in WANTED:
        report.add("I112")
        root.nested = True
    elif root.nested:
        # Only now: the parser may still have held on to what stands beside a nested one.
        for shell in [part for part in element if part.tag in WANTED]:
            element.remove(shell)
    if element.tag[0] == "{":
        _without_namespace(element)
    yield element
    element.clear()
    if parent is not None and parent.tag not in WANTED:
        while (sibling := element.getprevious()) is not None:
            _keep_foreign(sibling, root, report)
            parent.remove(sibling)


def _see_root(element: Element, root: Root, report: Report) -> None:
    tree = element.getroottree()
    if tree.docinfo.internalDTD is not None:
        report.add("I103")
        raise Stopped
    top = tree.getroot()
    parent = element.getparent()
    holder = top if parent is None else parent
    root.tag = str(holder.tag)
    if holder is not element:
        attributes = dict(holder.items())
        root.version = attributes.pop("version", None)
        root.rest = FrozenMap(attributes)


def _keep_foreign(sibling: Element, root: Root, report: Report) -> None:
    """An element between activities: kept in the header, unless it is an activity's shell."""
    tag = sibling.tag
    if not isinstance(tag, str) or tag in WANTED or tag.endswith(tuple("}" + t for t in WANTED)):
        return
    report.add("I113", tag.rpartition("}")[2])
    if len(root.foreign) < MOST_FOREIGN:
        for name in [name for name in sibling.attrib if "contact" in name or "email" in name]:
            del sibling.attrib[name]
        root.foreign.append(etree.tostring(sibling, encoding="unicode", with_tail=False)[:FOREIGN])


def _without_namespace(element: Element) -> None:
    """Removes the element's own namespace from it and from all elements within that share it."""
    space = element.tag[: element.tag.index("}") + 1]
    for part in element.iter(f"{space}*"):
        part.tag = part.tag[len(space) :]


def _closed(parser: Any, root: Root, report: Report) -> Iterator[Element]:
    """What libxml2 had held back; an activity that was cut off is not delivered."""
    try:
        top = parser.close()
    except etree.XMLSyntaxError:
        top = None
    events = [element for _, element in parser.read_events()]
    if len(parser.feed_error_log) and _is_cut_off(root.tail):
        root.cut = True
        events = events[:-1]
    for element in events:
        yield from _delivered(element, root, report)
    if not root.tag:
        _check_root(top, root, report)


def _is_cut_off(tail: bytes) -> bool:
    """Whether a document ends within an activity, by its last bytes."""
    borders = BORDER.findall(tail)
    return not borders or not borders[-1]


def _check_root(top: Element | None, root: Root, report: Report) -> None:
    """A document without activities may be an empty one of IATI, or something else."""
    report.activity, report.line = 0, None
    if top is None or not isinstance(top.tag, str):
        report.add("I102", "it is not XML")
    elif top.tag.rpartition("}")[2] in ENVELOPES:
        root.tag = str(top.tag)
    else:
        report.add("I102", f"its root is {top.tag:.60}")


def _report_repairs(parser: Any, root: Root, report: Report) -> None:
    """Says what libxml2 repaired, and once what stopped it."""
    report.activity, report.line = 0, None
    stops = [entry for entry in parser.feed_error_log if entry.type_name in BREAKS]
    if root.cut or stops:
        name = "ERR_TAG_NOT_FINISHED" if root.cut else stops[0].type_name
        report.add("I104", BREAKS[name], line=stops[0].line or None if stops else None)
    for entry in parser.feed_error_log:
        if entry.type_name == "NS_ERR_UNDEFINED_NAMESPACE":
            report.add("I105", "a namespace prefix is not declared", line=entry.line or None)
        elif entry.type_name not in BREAKS:
            report.add("I105", _words(entry), line=entry.line or None)


def _words(entry: Any) -> str:
    """A fault of libxml2 in a few words, without what varies between places."""
    message = re.sub(r"['\"].*?['\"]|\b\d+\b|line \d+", "…", entry.message.strip())
    return str(entry.type_name).removeprefix("ERR_").replace("_", " ").lower() + f" ({message:.80})"
