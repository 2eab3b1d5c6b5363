"""Activities that a run meets more than once: of different versions the newest is kept.

A quick search of the bytes finds beforehand which identifiers occur more than once. Their
activities wait, as XML on disk, until all documents were read.
"""

from __future__ import annotations

import datetime
import html
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import attrs

from jmdi_iati.reading.archives import Document, Unsafe
from jmdi_iati.reading.decoding import raw_chunks
from jmdi_iati.reading.seen import Seen

__all__ = ["Version", "Waiting", "repeated"]

NAME = b"iati-identifier"
LONGEST = 1 << 16
"""Bytes of an identifier that are looked at."""

IN_MEMORY = 8 << 20
"""Bytes of waiting activities that are kept in memory before they go to disk."""


def repeated(documents: Iterable[Document]) -> frozenset[int]:
    """Hashes of the identifiers that occur in the documents more than once."""
    seen, twice = Seen(), set()
    for document in documents:
        try:
            for identifier in _identifiers(document.stream):
                number = hash(identifier)
                if not seen.add(number):
                    twice.add(number)
        except Unsafe:  # reported when it is read
            continue
    return frozenset(twice)


def _identifiers(stream: BinaryIO) -> Iterator[str]:
    """The words of elements ``iati-identifier``, found by a search of the bytes."""
    rest = b""
    for chunk in raw_chunks(stream):
        data, at = rest + chunk, 0
        while (start := data.find(NAME, at)) >= 0:
            end = data.find(b">", start)
            stop = data.find(b"<", end) if end >= 0 else -1
            if stop < 0:
                break
            if data[start - 1 : start] in (b"<", b":"):
                text = data[end + 1 : stop].decode("utf-8", "replace")
                if text := (html.unescape(text) if "&" in text else text).strip():
                    yield text
            at = start + len(NAME)
        rest = data[-len(NAME) :] if start < 0 else data[max(0, start - 1) :][:LONGEST]


@attrs.frozen(slots=True)
class Version:
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


class Waiting:
    """The newest version of each activity that occurs more than once.

    Args:
        twice: Hashes of the identifiers of those activities.
    """

    def __init__(self, twice: frozenset[int]) -> None:
        self._twice = twice
        self._kept: dict[str, tuple[Version, int, int, int]] = {}
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
        content = hash(version.xml)
        before = self._kept.get(identifier)
        if before is not None and before[3] == content:
            return True
        if before is not None and _moment(version.updated) <= _moment(before[0].updated):
            return before[0], version
        start = self._store.seek(0, 2)
        size = self._store.write(version.xml.encode("utf-8", "surrogatepass"))
        bare = attrs.evolve(version, xml="")
        self._kept[identifier] = (bare, start, size, content)
        return False if before is None else (bare, before[0])

    def __iter__(self) -> Iterator[Version]:
        """The versions that were kept, in the order in which their activities were first met."""
        for version, start, size, _ in self._kept.values():
            self._store.seek(start)
            xml = self._store.read(size).decode("utf-8", "surrogatepass")
            yield attrs.evolve(version, xml=xml)

    def close(self) -> None:
        """Deletes what is on disk."""
        self._store.close()


def _moment(updated: str | None) -> datetime.datetime:
    """When a version was made; one that does not say when is older than any other."""
    try:
        moment = datetime.datetime.fromisoformat((updated or "").strip())
    except ValueError:
        moment = datetime.datetime.min
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
