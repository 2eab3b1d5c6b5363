"""What a run meets more than once: of different versions one is kept, by one rule.

It is the same for activities and for organisations' own files.

It is the one that its publisher changed last; of those of one moment that of the document that was
made last; then the longer one, and at last the one whose digest is larger. So it does not depend
on the order in which documents are read.

A quick search of the bytes finds beforehand which identifiers occur more than once. Their
activities wait, as XML on disk, until all documents were read.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import html
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from jmdi_iati.problems.report import Report
from jmdi_iati.reading.archives import Document, Unsafe
from jmdi_iati.reading.decoding import raw_chunks
from jmdi_iati.reading.document import ACTIVITY, Piece, Root
from jmdi_iati.reading.seen import Seen
from jmdi_iati.standard.words import identifier
from jmdi_iati.standard.xml import Element, without

__all__ = [
    "OF_ORGANISATION",
    "Rank",
    "Version",
    "Waiting",
    "identifier_of",
    "identifiers",
    "published",
    "rank_of",
    "repeated",
]

NAMES: tuple[bytes, ...] = (b"iati-identifier",)
NAMES_OF_ORGANISATIONS = (b"organisation-identifier", *NAMES)
"""Elements of identifiers, the last for organisations of 1.x."""

OF_ORGANISATION = "organisation "
LONGEST, LONGEST_PREFIX = 1 << 16, 64
"""Bytes of an identifier, and of the prefix of its element's name, that are looked at."""

# No possessive groups, only classes: those of Python 3.11.2 match wrongly (cpython#106052).
ROOT = re.compile(rb"<(?:[\w.-]+:)?iati-(activit|organisation)")
PREFIX = re.compile(rb"<(?:[\w.-]+:)?\Z")
TAG = re.compile(rb"""(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*>""")
WORDS = re.compile(
    rb"((?:[^<]++|<!--(?:[^-]++|-(?!->))*-->|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*\]\]>"
    rb"|<\?(?:[^?]++|\?(?!>))*\?>)*)<[^!?]",
    re.DOTALL,
)
"""What an element says up to its first child, or its end: a parser looks no further either."""
CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)

IN_MEMORY = 8 << 20
"""Bytes of waiting activities that are kept in memory before they go to disk."""


def repeated(documents: Iterable[Document]) -> frozenset[int]:
    """Hashes of the identifiers that occur in the documents more than once."""
    seen, twice = Seen(), set()
    for found in identifiers(documents):
        number = hash(found)
        if not seen.add(number):
            twice.add(number)
    return frozenset(twice)


def identifiers(documents: Iterable[Document]) -> Iterator[str]:
    """The identifiers of what documents hold, found by a search of the bytes."""
    for document in documents:
        try:
            yield from _identifiers(document.stream)
        except Unsafe:  # reported when it is read
            continue


def _identifiers(stream: BinaryIO) -> Iterator[str]:
    rest, names, prefix = b"", NAMES, ""
    for number, chunk in enumerate(raw_chunks(stream)):
        if not number and (found_root := ROOT.search(chunk)) and found_root[1] == b"organisation":
            names, prefix = NAMES_OF_ORGANISATIONS, OF_ORGANISATION
        data, at = rest + chunk, 0
        while (start := min((s for n in names if (s := data.find(n, at)) >= 0), default=-1)) >= 0:
            end = data.index(b"-identifier", start) + len(b"-identifier")
            found = _element(data, start, end)
            if found is None and len(data) - start < LONGEST:
                break
            at, text = found or (end, "")
            if text:
                yield prefix + text
        keep = start if start >= 0 else len(data) - len(names[0])
        rest = data[max(at, keep - LONGEST_PREFIX) :]


def _element(data: bytes, start: int, end: int) -> tuple[int, str] | None:
    """Where an element ends whose name is from here to there, and its words.

    ``None`` if it goes on.

    Where it is no element, no words are given; nor are those of a child.
    """
    if (
        not PREFIX.search(data, max(0, start - LONGEST_PREFIX), start)
        or data[end : end + 1].isalnum()
    ):
        return end, ""
    tag = TAG.match(data, end)
    if tag is not None and tag[0].endswith(b"/>"):
        return tag.end(), ""
    words = WORDS.match(data, tag.end(), start + LONGEST) if tag else None
    if words is None and tag and len(data) - start >= LONGEST:
        return start + LONGEST, ""  # all of this is one text or comment, without an element
    return None if words is None else (words.end(), _words(words[1]))


def _words(data: bytes) -> str:
    """The identifier that the bytes of an element say, as a parser reads them."""
    parts = []
    for number, part in enumerate(CDATA.split(data)):
        if number % 2:
            parts.append(part.decode("utf-8", "replace"))
            continue
        text = COMMENT.sub(b"", part).decode("utf-8", "replace")
        parts.append(html.unescape(text) if "&" in text else text)
    return identifier("".join(parts))


class Version(NamedTuple):
    """One version of an activity, and where it is.

    Attributes:
        xml: The element as published.
        updated: When its publisher last changed it, as written.
        standard: The version of the standard that its document states.
        root: Other attributes of its document's root.
        file: What its document is called in messages.
        title: What its document is called in sources.
        activity: Its number in the document.
        line: Its line, where that is known.
    """

    xml: str
    updated: str | None
    standard: str | None
    root: Mapping[str, str]
    file: str
    title: str
    activity: int
    line: int | None


def published(
    piece: Piece,
    own: str | None,
    root: Root,
    document: Document,
    report: Report,
    *,
    contacts: bool,
) -> Version:
    """The version that an activity or organisation is.

    Args:
        piece: The activity, from which contact persons are taken out unless they are kept.
        own: Its identifier.
        root: What its document's root says.
        document: Its document.
        report: Where problems go; knows its number and line.
        contacts: Whether contact persons are kept.
    """
    element, xml = piece
    if not contacts and (persons := list(element.iterchildren("contact-info"))):
        report.add("I205", times=len(persons))
        for person in persons:
            element.remove(person)
        xml = without(xml, "contact-info", len(persons)) if xml else None
    if xml is None:
        xml = etree.tostring(element, encoding="unicode", with_tail=False)
    if len(list(element.iterchildren("iati-identifier"))) > 1:
        report.add("I204")
    if own is None and element.tag == ACTIVITY:
        report.add("I201")
    return Version(
        xml,
        element.get("last-updated-datetime"),
        root.version,
        root.rest,
        document.name,
        document.title,
        report.activity,
        report.line,
    )


def identifier_of(element: Element) -> str | None:
    """The first identifier; ``None`` if it is missing or empty.

    That of an organisation has a prefix: it is none of an activity.
    """
    if element.tag != ACTIVITY:
        named = element.iterchildren("organisation-identifier", "iati-identifier")
        found = identifier(next((one.text or "" for one in named), ""))
        return OF_ORGANISATION + found if found else None
    first = next(element.iterchildren("iati-identifier"), None)  # twice as fast as find()
    return None if first is None else identifier(first.text or "") or None


class Waiting:
    """The version that is kept of each activity that occurs more than once.

    Args:
        twice: Hashes of the identifiers of those activities.
    """

    def __init__(self, twice: frozenset[int]) -> None:
        self._twice = twice
        self._kept: dict[str, tuple[Version, int, int, Rank]] = {}
        self._store = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115

    def wants(self, identifier: str) -> bool:
        """Whether the activity of an identifier has to wait."""
        return hash(identifier) in self._twice

    def put(self, identifier: str, version: Version) -> tuple[Version, Version] | bool:
        """Takes a version.

        Returns:
            ``False`` for the first, ``True`` for the same content again; else the version that
            is kept, without its XML, and the one that is not.
        """
        rank = rank_of(version)
        before = self._kept.get(identifier)
        if before is not None and before[3] == rank:
            return True
        if before is not None and rank < before[3]:
            return before[0], version
        start = self._store.seek(0, 2)
        size = self._store.write(version.xml.encode("utf-8", "surrogatepass"))
        bare = version._replace(xml="")
        self._kept[identifier] = (bare, start, size, rank)
        return False if before is None else (bare, before[0])

    def __iter__(self) -> Iterator[Version]:
        """The versions that were kept, in the order in which their activities were first met."""
        for version, start, size, _ in self._kept.values():
            self._store.seek(start)
            xml = self._store.read(size).decode("utf-8", "surrogatepass")
            yield version._replace(xml=xml)

    def close(self) -> None:
        """Deletes what is on disk."""
        self._store.close()


Rank: TypeAlias = tuple[datetime.datetime, datetime.datetime, int, bytes]
"""When its publisher changed it, when its document was made, its length, and its digest."""


def rank_of(version: Version) -> Rank:
    """What decides which version is kept: the highest."""
    xml = version.xml.encode("utf-8", "surrogatepass")
    made = version.root.get("generated-datetime")
    digest = hashlib.blake2b(xml, digest_size=16).digest()
    return _moment(version.updated), _moment(made), len(xml), digest


def _moment(text: str | None) -> datetime.datetime:
    """A moment, or the beginning of a day; what does not say when is before any other."""
    typed = (text or "").strip()
    for part in (typed, typed[:19], typed[:10]):
        with contextlib.suppress(ValueError):
            moment = datetime.datetime.fromisoformat(part)
            return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return datetime.datetime.min.replace(tzinfo=datetime.UTC)
