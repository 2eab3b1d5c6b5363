"""Whether a file looks like a survey or a who-does-what-where table, from its first bytes."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from jmdi.files.encodings import byte_order_mark
from jmdi.words.folding import fold

__all__ = ["table"]

ZIP = b"PK\x03\x04"
SIZE = 30
"""Bytes of the header of a member of an archive before its name."""

MOST = 1_000_000
"""Bytes of a member that are looked at."""

MEMBERS = 40
EXPORT = (
    (b"_submission_time", b"_uuid"),
    (b"_parent_index", b"_index"),
    (b"PARENT_KEY", b"KEY"),
    (b"SubmissionDate", b"KEY"),
    (b"meta-instanceID", b"KEY"),
    (b"__system", b"__id"),
)
_TAG = re.compile(
    rb"#\s?(?:org|sector|subsector|adm[0-5]|country|activity|loc|date|beneficiary|reached)"
    rb"(?:\s*\+\s*[a-z]\w*)*\s*(?=[,;\t\r\n\"<|]|$)",
    re.IGNORECASE,
)
_MARK = re.compile(rb"[,;\t|]")
_TEXT = re.compile(rb"<(?:t|text:p)\b[^>]{0,99}>([^<]{2,60})</")
"""A cell of a workbook."""

WHO_WHAT_WHERE = (
    ("Donor", "Implementing partner"),
    ("Sector",),
    ("Adm1 code", "Adm1", "Adm2 code", "Adm2"),
)
PARTNERS = (("Respondent",), ("Partner",), ("Strength", "Kind", "Trust", "Value"))
LINES = 25


def table(head: bytes) -> bool | str:
    """Whether the first bytes are those of an export of answers, or have a row of hashtags.

    So is a table whose headers say who does what where without tags.
    """
    reason = "say what its columns mean, with the option mapping; 'jmdi mapping' proposes it"
    survey = "it looks like a survey of partners"
    if head.startswith(ZIP):
        members = _members(head)
        asks = any(_says_partners(_TEXT.findall(member)) for member in members)
        return any(map(_known, members)) or (survey if asks else reason)
    mark = byte_order_mark(head)
    if mark is not None and mark[0] != "utf-8":
        head = head.decode(mark[0], "replace").encode()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        quoted = all(b'"%s"' % word in text for word in EXPORT[0])
        return quoted or (b'"__system"' in text and b'"__id"' in text) or reason
    first, *rest = text.splitlines()[:LINES] or [b""]
    cells = [[cell.strip(b' "') for cell in _MARK.split(line)] for line in (first, *rest)]
    if any(set(marks) <= set(cells[0]) for marks in EXPORT):
        return True
    tagged = any(len(_TAG.findall(line)) > 1 for line in (first, *rest))
    found = survey if _says_partners(cells[0]) else reason
    return tagged or any(map(_says_who_what_where, cells)) or found


def _says_who_what_where(cells: Iterable[bytes]) -> bool:
    """Whether headers name who gives or implements, a sector, and a place by its level."""
    words = {fold(cell.decode("utf-8", "replace")) for cell in cells}
    return all(words & one for one in _headers("3w", WHO_WHAT_WHERE))


def _says_partners(cells: Iterable[bytes]) -> bool:
    """Whether headers name who answers and a partner, and one thing that is asked of the two."""
    words = {fold(cell.decode("utf-8", "replace")) for cell in cells}
    return all(words & one for one in _headers("survey", PARTNERS))


@cache
def _headers(preset: str, wanted: tuple[tuple[str, ...], ...]) -> tuple[frozenset[str], ...]:
    """The folded headers of some columns of a preset, which other tables do not have all."""
    text = resources.files("jmdi_surveys").joinpath("presets", f"{preset}.toml").read_text("utf-8")
    columns = tomllib.loads(text)["columns"]
    return tuple(
        frozenset(fold(word) for name in names for word in (name, *columns[name]["also"]))
        for names in wanted
    )


def _known(content: bytes) -> bool:
    """Whether a part of an archive has the headers of an export, or hashtags."""
    if any(all(word in content for word in marks) for marks in EXPORT[:2] + EXPORT[3:]):
        return True
    tags = {tag.lower() for tag in _TAG.findall(content)}
    return len(tags) > 1 or _says_who_what_where(_TEXT.findall(content))


def _members(head: bytes) -> list[bytes]:
    """The first bytes of the tables in the part of an archive that is there."""
    found, at = [], head.find(ZIP)
    for _ in range(MEMBERS):
        if at < 0:
            break
        lengths = [int.from_bytes(head[at + i : at + i + 2], "little") for i in (26, 28)]
        name = head[at + SIZE : at + SIZE + lengths[0]].lower()
        packed = head[at + SIZE + sum(lengths) :]
        if name.endswith((b"sharedstrings.xml", b".csv", b"content.xml")) or b"sheet" in name:
            found.append(_content(head[at + 8 : at + 10], packed))
        at = head.find(ZIP, at + 4)
    return found


def _content(method: bytes, packed: bytes) -> bytes:
    """The first bytes of a member; its sizes are not trusted, and may not be there."""
    if int.from_bytes(method, "little") == 0:
        return packed[:MOST]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST)
    except zlib.error:
        return b""
