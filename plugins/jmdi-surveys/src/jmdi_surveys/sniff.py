"""Whether a file looks like a survey or a who-does-what-where table, from its first bytes."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from html import unescape
from importlib import resources
from itertools import pairwise

from jmdi.files.encodings import byte_order_mark, decoded
from jmdi.words.folding import fold

__all__ = ["FORM", "table", "what_it_is"]

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
    rb"(?<!\w)#\s?(?:org|sector|subsector|adm[0-5]|country|activity|loc|date|beneficiary|reached)"
    rb"(?:\s*\+\s*[a-z]\w*)*\s*(?=[,;\t\r\n\"<|]|$)",
    re.IGNORECASE,
)
_MARK = re.compile(rb"[,;\t|]")
_TEXT = re.compile(rb"<(?:t|text:p)\b[^>]{0,99}>([^<]{2,60})</")
"""A cell of a workbook."""

_NUMBER = re.compile(r"\s?\d{1,2}$")
_ASKS = re.compile(r"(?:select[ _](?:one|multiple)|select all that|(?:begin|end)[ _])|list[ _]name")
"""What only the questions of a form say."""

WHAT = {
    "a who-does-what-where table": (
        "3w",
        (
            (
                ("Donor", "Implementing partner"),
                ("Sector",),
                ("Adm1 code", "Adm1", "Adm2 code", "Adm2"),
            ),
            # Codes of places are in no other table, so that any organisation beside them will do.
            (("Organisation", "Acronym"), ("Sector",), ("Adm1 code", "Adm2 code", "Adm3 code")),
        ),
    ),
    "a survey of partners": (
        "survey",
        ((("Respondent",), ("Partner",), ("Strength", "Kind", "Trust", "Value")),),
    ),
}
"""By what a table is: its preset, and which columns of this it has, one of each row of a way."""

WHERE, PARTNERS = WHAT
FORM = "a form of Kobo or ODK, which has no answers; read these, and give it as the option form"
ROSTER = "a survey of partners, one column for each"
QUESTION = 10
"""Characters that the questions of a roster begin with, at least."""

LINES = 25


def table(head: bytes) -> bool | str:
    """Whether the first bytes are those of an export of answers, or have a row of hashtags.

    So is a table whose headers say who does what where without tags.
    """
    reason = "say what its columns mean, with the option mapping; 'jmdi mapping' proposes it"
    if head.startswith(ZIP):
        members = _members(head)
        rows = [list(map(_text, _TEXT.findall(member))) for member in members]
        return any(map(_known, members)) or _verdict(rows, reason)
    mark = byte_order_mark(head)
    if mark is not None and mark[0] != "utf-8":
        head = head.decode(mark[0], "replace").encode()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        quoted = all(b'"%s"' % word in text for word in EXPORT[0])
        found = quoted or (b'"__system"' in text and b'"__id"' in text)
        asks = b'"survey"' in text and b'"type"' in text and b'"choices"' in text
        return found or (f"it looks like {FORM}" if asks else reason)
    lines = text.splitlines()[:LINES] or [b""]
    rows = [[_text(cell.strip(b' "')) for cell in _MARK.split(line)] for line in lines]
    exported = any({word.decode() for word in marks} <= set(rows[0]) for marks in EXPORT)
    tagged = any(len(_TAG.findall(line)) > 1 for line in lines)
    return exported or tagged or _verdict(rows, reason)


def _verdict(rows: Iterable[Sequence[str]], reason: str) -> bool | str:
    """Yes where rows say who does what where; what they look like else, or the reason for no.

    A table that says what each activity is, when it begins and when it ends can be read as a work
    plan, which needs no mapping, so that this only says what it looks like.
    """
    rows = [*rows]
    found = what_it_is(rows)
    sure = found == WHERE and not any(map(_has_schedule, rows))
    return sure or (f"it looks like {found}" if found else reason)


def _has_schedule(cells: Sequence[str]) -> bool:
    """Whether a row has the headers of activities, of when they begin and of when they end."""
    words = set(map(fold, cells))
    return all(words & one for one in _headers("3w", (("Activity",), ("Start",), ("End",))))


def what_it_is(rows: Iterable[Sequence[str]]) -> str:
    """What some rows are of which one may be the header; empty if they do not show it.

    Args:
        rows: The cells of each row, or those of a whole sheet in order.
    """
    rows = [*rows]
    every = {cell for cells in rows for cell in cells}
    if {"type", "name"} <= every and any(map(_ASKS.match, every)):
        return FORM
    for cells in rows:
        words = {fold(_NUMBER.sub("", cell)) for cell in cells}  # Partner 1, Partner 2
        for found, (preset, ways) in WHAT.items():
            if any(all(words & one for one in _headers(preset, way)) for way in ways):
                return found
        if _is_roster(cells):
            return ROSTER
    return ""


def _is_roster(cells: Sequence[str]) -> bool:
    """Whether a respondent stands before questions that begin with the same words."""
    (who,) = _headers("roster", (("Respondent",),))
    (others,) = _headers("3w", (("Organisation",),))
    at = next((n for n, cell in enumerate(cells) if fold(cell) in who - others), None)
    asked = () if at is None else cells[at + 1 :]
    return any(
        len(one) > QUESTION and one[:QUESTION] == other[:QUESTION] for one, other in pairwise(asked)
    )


def _text(cell: bytes) -> str:
    """A cell, in which some programs write letters as numbers, ``&#233;``."""
    return unescape(decoded(cell)[0])


@cache
def _headers(preset: str, wanted: tuple[tuple[str, ...], ...]) -> tuple[frozenset[str], ...]:
    """The folded headers of some columns of a preset, which other tables do not have all."""
    text = resources.files("jmdi_surveys").joinpath("presets", f"{preset}.toml").read_text("utf-8")
    columns = tomllib.loads(text)["columns"]
    return tuple(
        frozenset(fold(word) for name in names for word in (name, *columns[name].get("also", ())))
        for names in wanted
    )


def _known(content: bytes) -> bool:
    """Whether a part of an archive has the headers of an export, or hashtags."""
    if any(all(word in content for word in marks) for marks in EXPORT[:2] + EXPORT[3:]):
        return True
    return len({tag.lower() for tag in _TAG.findall(content)}) > 1


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
