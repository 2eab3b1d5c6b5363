"""Makes the seeds of the fuzz small, so that most of the time goes where changes matter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jmdi.testing.damage.markup import Element, parts_of
from jmdi.testing.outputs import Sample

__all__ = ["leaner", "smaller", "zipped"]

ZIP = b"PK\x03\x04"
LINES = 8
"""Lines of what is kept of a text: a title, a header and some rows."""
SIBLINGS = 5
"""Elements of one name beside each other that are kept, and those that something refers to."""
LARGE = 3_000
"""Bytes of a member of an archive that is made smaller."""
USELESS = re.compile(r"theme|Effects|docProps|webSettings|fontTable|customXml|thumbnail")
NAME = re.compile(rb"<[\w:.-]+")
NAMED = re.compile(rb"""="([^"]{2,80})"|>([^<>]{2,80})<""")


def smaller(sample: Sample) -> Iterator[Sample]:
    """The same with fewer lines or elements, where it has many; other records are read of it."""
    content = sample.files.get("", b"")
    if content.startswith(ZIP):
        members = _members(sample)
        few = {name: _fewer(text, b"") for name, text in members.items() if _is_xml(text)}
        if few and {**members, **few} != members:
            yield Sample(sample.name, {"": zipped({**members, **few})})
    elif _is_xml(content):
        few_of_it = _fewer(content, b"")
        if few_of_it != content:
            yield Sample(sample.name, {"": few_of_it})
    elif b"\x00" not in content and content[:1] not in (b"{", b"["):
        lines = content.split(b"\n")
        if len(lines) > LINES + 2:
            yield Sample(sample.name, {"": b"\n".join(lines[:LINES]) + b"\n"})


def leaner(sample: Sample, reading: Callable[[Sample], Any]) -> Sample:
    """An archive without what does not tell, so that the same is read of it.

    Args:
        sample: The sample; any other than an archive is returned as it is.
        reading: What is read of a sample.
    """
    if not sample.files.get("", b"").startswith(ZIP):
        return sample
    members, first, lean = _members(sample), reading(sample), sample
    useful = {name: text for name, text in members.items() if not USELESS.search(name)}
    ways = [useful] if useful != members else []
    for name, text in useful.items():
        if len(text) > LARGE and _is_xml(text):
            others = b"".join(other for one, other in useful.items() if one != name)
            ways.append({name: _fewer(text, others)})
    for number, way in enumerate(ways):
        some = way if number == 0 and way is useful else {**members, **way}
        tried = Sample(sample.name, {"": zipped(some)})
        if reading(tried) == first:
            members, lean = some, tried
    return lean


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive that is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _members(sample: Sample) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sample.content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _is_xml(text: bytes) -> bool:
    return text.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<"


def _fewer(content: bytes, others: bytes) -> bytes:
    """Markup without most of many elements of one name beside each other, such as styles.

    Those are kept that the others, or elements which are kept, name by one of their attributes.
    """
    named = {one or other for one, other in NAMED.findall(others)}
    gone = []
    for siblings in _siblings(content):
        for one in siblings[SIBLINGS:]:
            members = {value for value, _ in NAMED.findall(content[one.start : one.inner])}
            if any(value in named and not value.isdigit() for value in members):
                named |= {value for value, _ in NAMED.findall(content[one.start : one.end])}
            else:
                gone.append(one)
    kept, at = [], 0
    for one in sorted(gone, key=lambda e: e.start):
        if one.start >= at:
            kept.append(content[at : one.start])
            at = one.end
    return b"".join((*kept, content[at:]))


def _siblings(content: bytes) -> Iterator[list[Element]]:
    """Elements of one name within the same element, where there are many."""
    found: dict[tuple[int, bytes], list[Element]] = {}
    above: list[Element] = []
    for one in sorted(parts_of(content)[1], key=lambda e: (e.start, -e.end)):
        while above and above[-1].end <= one.start:
            above.pop()
        name = NAME.match(content, one.start)
        key = (above[-1].start if above else -1, name[0] if name else b"")
        found.setdefault(key, []).append(one)
        above.append(one)
    yield from (some for some in found.values() if len(some) > 2 * SIBLINGS)
