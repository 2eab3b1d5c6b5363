"""Whether the first bytes of a file are those of IATI, or why not."""

from __future__ import annotations

import lzma
import re
import zlib

from jmdi.files.safe_xml import first_element

__all__ = ["archive", "either", "xml"]

ELEMENT = re.compile(r"<(?:[\w.-]+:)?iati-(?:activit(?:y|ies)|organisations?)[\s>/]")
MEMBER = re.compile(rb"PK\x03\x04.{22}..(.{1,300}?\.xml)", re.DOTALL)


def xml(head: bytes) -> bool | str:
    """Whether it is an IATI document."""
    if not head.strip():
        return "it is empty"
    # It must begin as a document: a text may speak of <iati-activities>. What is within an
    # element may be IATI all the same, because services put elements of their own around it.
    if first_element(head) not in ("", "html"):
        for encoding in ("utf-8", "utf-16"):
            if ELEMENT.search(head.decode(encoding, "replace")):
                return True
    return "it has no iati-activities and no iati-organisations"


def archive(head: bytes) -> bool | str:
    """Whether it is an archive that begins with an XML file, or a compressed IATI file."""
    if head.startswith(b"PK\x03\x04"):
        if head[30:].startswith((b"[Content_Types].xml", b"mimetype", b"_rels/")):
            return "it is an office document"
        if b"word/document.xml" in head or b"xl/workbook.xml" in head:
            return "it is an office document"
        return True if MEMBER.search(head) else "no XML file is seen in the archive"
    start = _inflated(head)
    if start[257:262] == b"ustar":
        return True
    return xml(start) if start.strip() else "it is not compressed IATI"


def either(head: bytes) -> bool | str:
    """Whether it is an IATI document or an archive of them."""
    return True if xml(head) is True else archive(head)


def _inflated(head: bytes) -> bytes:
    """The first bytes of a compressed file, or as they are."""
    try:
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 1 << 16)
        if head.startswith(b"\xfd7zXZ"):
            return lzma.LZMADecompressor(memlimit=1 << 27).decompress(head, 1 << 16)
    except (zlib.error, lzma.LZMAError):
        return b""
    return head
