"""Zip archives of unknown origin, read in memory and never unpacked to disk."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from jmdi.files.archives import leads_out, overlapping
from jmdi_documents.reading import Reading

__all__ = ["Archive"]

ENTRY = b"PK\x01\x02"
FLOOR = 1_000_000
"""Members up to this size may have any ratio: tables repeat themselves and pack well."""

CHUNK = 1 << 16

DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
)
"""What the zipfile module raises for damaged archives, as found by fuzzing."""


class Archive:
    """The members of a zip archive, inflated on request within limits.

    Raises:
        FormatError: If the archive is damaged or unsafe.
    """

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._reading = reading
        self._packed = len(data)
        self._left = self._most = min(reading.limits.size, reading.limits.expanded)
        if data.count(ENTRY) > reading.limits.members:
            self._unsafe(f"more than {reading.limits.members:,} members")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except DAMAGE as error:
            reading.fail("D103", f"the archive cannot be opened: {error}")
        self._members = self._checked(members)

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if shared := overlapping(members):
            self._unsafe(f"the member {shared[:80]!a} shares bytes with another")
        checked: dict[str, zipfile.ZipInfo] = {}
        folded: set[str] = set()
        for member in members:
            name = member.orig_filename
            shown = ascii(name[:80])
            if leads_out(name):
                self._unsafe(f"the member {shown} leads out of the archive")
            if name.casefold() in folded:
                self._unsafe(f"two members are named {shown}")
            if member.flag_bits & 0x41:
                self._unsafe(f"the member {shown} is encrypted")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                self._unsafe(f"the member {shown} is packed in an unusual way")
            folded.add(name.casefold())
            checked[name] = member
        return checked

    def _unsafe(self, message: str) -> None:
        self._reading.fail("D104", message)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members in the order of the archive."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member; its declared size is not trusted.

        Raises:
            FormatError: If it is not there, is damaged, or is too large.
        """
        reading = self._reading
        if name not in self._members:
            reading.fail("D111", f"the archive has no part {name!a}")
        member = self._members[name]
        most = max(FLOOR, reading.limits.ratio * min(member.compress_size, self._packed))
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > self._left or size > most:
                        break
                    pieces.append(piece)
        except DAMAGE as error:
            reading.fail("D103", f"the part {name!a} cannot be unpacked: {error}")
        if size > self._left:
            reading.fail("D105", f"unpacks to more than {self._most:,} bytes")
        if size > most:
            ratio = reading.limits.ratio
            reading.fail("D105", f"the part {name!a} unpacks to over {ratio} times its size")
        self._left -= size
        return b"".join(pieces)
