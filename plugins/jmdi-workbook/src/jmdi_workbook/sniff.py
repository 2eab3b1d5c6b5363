"""Whether a file is a workbook of this plugin, from its first bytes."""

from __future__ import annotations

import zlib

__all__ = ["MARK", "PART", "is_ours"]

MARK = "jmdi_workbook"
"""A defined name, which spreadsheet programs keep when they save the file."""

PART = "xl/workbook.xml"
"""The part of the archive that has it; most programs write it before all sheets that are large."""

SHEETS = "xl/worksheets/"
"""Where sheets are. The guide has the name too: some programs write all sheets first."""

OPEN_DOCUMENT = "content.xml"
"""The part of an OpenDocument file that has all sheets; what the guide has of the name is first."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How a file of Excel before 2007 begins, which is not compressed."""

HEADER = b"PK\x03\x04"
SIZE = 30
"""Bytes of the header of a member before its name."""

MOST = 1_000_000
"""Bytes of the part that are looked at; it has a line for each sheet and each name."""


def is_ours(head: bytes) -> bool | str:
    """Whether it has the name that this plugin gives its workbooks, whichever program saved it."""
    if head.startswith(OLD_OFFICE) and MARK.encode() in head:
        return True
    at = head.find(HEADER)
    while at >= 0:
        name = head[at + SIZE : at + SIZE + len(PART)].decode("latin-1")
        known = name.startswith((PART, SHEETS, OPEN_DOCUMENT))
        if known and MARK.encode() in _content(head[at:]):
            return True
        at = head.find(HEADER, at + 1)
    return "it is not a workbook that 'jmdi workbook' wrote"


def _content(member: bytes) -> bytes:
    """The first bytes of a member; its sizes are not trusted, and may not be there."""
    lengths = (int.from_bytes(member[i : i + 2], "little") for i in (26, 28))
    packed = member[SIZE + sum(lengths) :]
    if int.from_bytes(member[8:10], "little") == 0:
        return packed[:MOST]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST)
    except zlib.error:
        return b""
