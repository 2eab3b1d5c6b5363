"""The documents of an input, one after the other: a file, an archive or a folder."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from jmdi import FormatError, ImportContext
from jmdi.files.paths import open_input
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.archives import HEAD, Document, documents_of, rank
from jmdi_iati.reading.progress import Progress

__all__ = ["documents", "seekable"]

ENDINGS = (".xml", ".gz", ".tgz", ".xz", ".zip", ".tar")
DEPTH = 16
"""How many folders deep files are looked for."""


@contextlib.contextmanager
def seekable(stream: BinaryIO | None, most: int) -> Iterator[BinaryIO | None]:
    """The stream, or a copy of it on disk where it cannot be sought in.

    Args:
        stream: A stream, or ``None``.
        most: How many bytes are copied, and one more, so that it is seen that there are more.
    """
    if stream is None or stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while copy.tell() <= most and (chunk := stream.read(min(1 << 20, most + 1 - copy.tell()))):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def documents(
    stream: BinaryIO | None, context: ImportContext, report: Report, progress: Progress
) -> Iterator[Document]:
    """The documents of an input.

    Args:
        stream: A file that can be sought in; ``None`` for the folder ``context.path``.
        context: Name, path and limits.
        report: Where problems go.
        progress: Learns which file is read.
    """
    if stream is None:
        yield from _of_folder(Path(context.path or "."), context, report, progress)
    else:
        progress.begin(stream)
        yield from documents_of(stream, context.name, context.limits, report)


def _of_folder(
    folder: Path, context: ImportContext, report: Report, progress: Progress
) -> Iterator[Document]:
    """The documents of the files of a folder, the files that were generated last first."""
    limits = context.limits
    found: list[Path] = []
    for path in _walk(folder, report, DEPTH):
        if len(found) >= limits.members:
            report.add("I108", f"the folder has more than {limits.members:,} files")
            break
        found.append(path)
    ranked = [(_rank_of(path), path) for path in found]
    ranked.sort(key=lambda pair: str(pair[1].relative_to(folder)))
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    sizes = {path: path.stat().st_size for path in found}
    progress.total = sum(sizes.values())
    for _, path in ranked:
        name = path.relative_to(folder).as_posix()
        try:
            with open_input(path, limit=limits.size) as stream:
                progress.begin(stream)
                yield from documents_of(stream, name, limits, report)
                progress.end(sizes[path])
        except FormatError as error:
            report.add("I109", f"{name} ({error.problems[0].message})")


def _walk(folder: Path, report: Report, depth: int) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            if depth > 0:
                yield from _walk(Path(entry.path), report, depth - 1)
        elif not entry.name.lower().endswith(ENDINGS):
            if stat.S_ISREG(mode):
                report.add("I114", value=entry.name)
        elif stat.S_ISREG(mode):
            yield Path(entry.path)
        else:
            report.add("I110", entry.name)


def _rank_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return rank(stream.read(HEAD))
    except OSError:  # reported when the file is read
        return ""
