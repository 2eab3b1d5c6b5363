"""The archive of a REFI-QDA project: its members are never trusted, never put on disk."""

from __future__ import annotations

import contextlib
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from jmdi import Limits
from jmdi.files.archives import leads_out, overlapping
from jmdi_knowledge.reporting import Report

__all__ = ["ZIP", "Package", "seekable"]

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""What an archive begins with; the second is an empty one."""

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
)
"""What the standard library raises for damaged archives."""

FLOOR = 10_000_000
"""What expands to no more bytes than this may have any ratio: short files of blanks do."""


@contextlib.contextmanager
def seekable(stream: BinaryIO, limits: Limits) -> Iterator[BinaryIO]:
    """The stream itself, or a copy that can be sought in."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        most = limits.size
        while copy.tell() <= most and (part := stream.read(min(1 << 20, most + 1 - copy.tell()))):
            copy.write(part)
        copy.seek(0)
        yield copy


class Package:
    """The members of an archive that can be read, found whatever their case.

    Args:
        stream: The archive.
        limits: Bounds on members, size and ratio.
        report: Where problems go.

    Raises:
        FormatError: If it is no archive, or a hostile one.
    """

    def __init__(self, stream: BinaryIO, limits: Limits, report: Report) -> None:
        self._limits = limits
        self._report = report
        self._left = limits.expanded
        self._members: dict[str, zipfile.ZipInfo] = {}
        try:
            self._archive = zipfile.ZipFile(stream)
            members = self._archive.infolist()
        except BROKEN as error:
            raise report.fatal("Q101", f"the archive is damaged: {error}") from None
        if len(members) > limits.members:
            raise report.fatal("Q101", f"the archive has more than {limits.members:,} members")
        if shared := overlapping(members):
            raise report.fatal("Q101", f"the member {shared:.80} shares bytes with another")
        for member in members:
            self._add(member)

    def _add(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        if name.endswith("/"):
            return
        if leads_out(name) or member.flag_bits & 1:  # bit 0: encrypted
            why = "leads out of it" if leads_out(name) else "is encrypted"
            self._report.add("Q102", f"{name!r:.80} {why}")
        elif name.lower() in self._members:
            self._report.add("Q102", f"{name!r:.80} is there twice, and the first was taken")
        else:
            self._members[name.lower()] = member

    def project(self) -> str:
        """The name of the member that holds the project.

        Raises:
            FormatError: If there is none.
        """
        found = sorted(name for name in self._members if name.endswith(".qde"))
        if not found:
            raise self._report.fatal("Q101", "the archive has no .qde")
        found.sort(key=lambda name: ("/" in name, name != "project.qde"))
        if len(found) > 1:
            self._report.add("Q102", f"it has {len(found)} projects, and {found[0]} was taken")
        return self._members[found[0]].filename

    def source(self, path: str) -> str | None:
        """The name of the member that a path of REFI-QDA means; ``None`` if there is none.

        Args:
            path: Such as ``internal://4711.txt``, or a bare name.
        """
        scheme, colon, rest = path.partition("://")
        if colon and scheme.lower() != "internal":
            return None
        name = (rest if colon else path).replace("\\", "/").lstrip("/").lower()
        for wanted in (f"sources/{name}", name):
            for one in (wanted, unquote(wanted)):
                if one in self._members:
                    return self._members[one].filename
        return None

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A member as a stream of no more bytes than the limits allow.

        Raises:
            FormatError: Where it is read, if it is damaged or expands too much.
        """
        member = self._members[name.lower()]
        most = min(
            self._left,
            self._limits.size,
            max(FLOOR, member.compress_size * self._limits.ratio),
        )
        self._left -= min(self._left, member.file_size)
        try:
            opened = self._archive.open(member)
        except BROKEN as error:
            raise self._report.fatal("Q101", f"{name!r:.80} is damaged: {error}") from None
        with opened:
            yield _Bounded(opened, most, name, self._report)  # type: ignore[misc]


class _Bounded:
    """A stream that raises a `FormatError` where it is damaged or expands too much."""

    def __init__(self, stream: object, most: int, name: str, report: Report) -> None:
        self._stream: BinaryIO = stream  # type: ignore[assignment]
        self._left = most
        self._name = name
        self._report = report

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        wanted = self._left + 1 if size < 0 else min(size, self._left + 1)
        try:
            data = self._stream.read(wanted)
        except (*BROKEN, OSError) as error:
            raise self._report.fatal("Q101", f"{self._name!r:.80} is damaged: {error}") from None
        self._left -= len(data)
        if self._left < 0:
            raise self._report.fatal("Q101", f"{self._name!r:.80} expands too much")
        return data


def beside(folder: str, path: str) -> Path | None:
    """The file that a path outside the archive means, if it lies in a folder that was named.

    Args:
        folder: The folder from which files may be read.
        path: Such as ``relative:///texts/1.txt``.
    """
    home = Path(folder).resolve()
    rest = path.partition("://")[2] or path
    names = unquote(rest).replace("\\", "/").split("/")
    for first in range(len(names)):  # the folder may be any of those that the path names
        file = home.joinpath(*(name for name in names[first:] if name))
        try:
            file = file.resolve()
            if file.is_relative_to(home) and file.is_file():
                return file
        except (OSError, ValueError):
            continue
    return None
