"""Lines become tables: a folder of Parquet files that appears whole or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from jmdi.files.header import read_header
from jmdi.files.leftovers import sweep, sync_folder, temporary_name
from jmdi.files.lines import Lines, encoded
from jmdi.files.only_writer import only_writer
from jmdi.files.paths import unreadable
from jmdi.files.strict_json import parse_json, parse_written
from jmdi_tables.folder import HEADER, LIST, SORTS, digest_of, folder_name, list_of
from jmdi_tables.layout import Layout, layout_of

__all__ = ["write"]

BATCH = 10_000
"""Most rows that are held as objects of Python."""

BATCH_BYTES = 4_000_000
"""Bytes of lines after which no more are taken along: records may be long."""

GROUP = 100_000
"""Rows after which a row group ends."""

GROUP_BYTES = 64_000_000
"""Bytes in memory after which it ends before."""

PART = 256_000_000
"""Bytes after which a table goes on in another file."""

Object: TypeAlias = dict[str, Any]


def write(data: Lines, folder: Path) -> None:
    """Writes a folder of Parquet tables, one for each kind of record; a link is followed.

    Args:
        data: The records.
        folder: The folder: a new one, an empty one, or one that was written so before.

    Raises:
        DataError: If a field holds something else than it is declared to.
        FormatError: If the folder holds something else, or cannot be written.
    """
    target = Path(os.path.realpath(folder))
    _refuse_others(target)
    temporary = target.with_name(temporary_name(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        _fill(data, temporary)
        with only_writer(target.parent):
            _refuse_others(target)
            _put_in_place(temporary, target)
            sweep(target)  # only now: what a killed writer left may be the last that is whole
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise unreadable(str(folder), message) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _refuse_others(target: Path) -> None:
    """Refuses to replace a folder that no export wrote."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        held = {entry.name for entry in os.scandir(target)}
        if held - {HEADER, LIST, *SORTS} or (held and not held & {HEADER, LIST}):
            raise unreadable(
                str(target), "is a folder of something else", "give the name of a new one"
            )
    if target.exists() and not target.is_dir():
        raise unreadable(str(target), "is no folder", "give the name of a new one")


def _put_in_place(temporary: Path, target: Path) -> None:
    """Makes a folder the new one; what was there before goes when the new one is in its place."""
    old = target.with_name(temporary_name(target))
    if not (target.exists() and _exchanged(temporary, target)):
        if target.exists():
            target.rename(old)
        try:
            temporary.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Gives two folders each other's names in one step, so that a kill leaves one in its place.

    Linux can, on most file systems; elsewhere nothing is done.
    """
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):  # other systems
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""


def _fill(data: Lines, folder: Path) -> None:
    header = folder / HEADER
    _put(header, encoded(data.header, "header") + b"\n")
    raw_header = read_header(parse_json(encoded(data.header, "header")), str(header))
    tables: dict[tuple[str, str], Mapping[str, Any]] = {}
    for (relation, kind), runs in itertools.groupby(_runs(data), key=itemgetter(0)):
        sort = SORTS[relation]
        place = folder / sort / folder_name(kind)
        place.mkdir(parents=True)
        layout = layout_of(kind, relation, raw_header, data.catalog)
        tables[sort, kind] = _Writer(place, layout).write(objects for _, objects in runs)
        sync_folder(place)
    for sort in SORTS:
        sync_folder(folder / sort)
    _put(folder / LIST, list_of(digest_of(header), tables))
    sync_folder(folder)


def _runs(data: Lines) -> Iterator[tuple[tuple[bool, str], list[Object]]]:
    """Records of one table that follow each other, as many as are held at a time."""
    for lines in _batched(data.lines("canonical")):
        for table, objects in itertools.groupby(parse_written(lines), key=_table_of):
            yield table, list(objects)


def _batched(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    size = 0
    for line in lines:
        some.append(line)
        size += len(line)
        if len(some) >= BATCH or size >= BATCH_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _table_of(one: Object) -> tuple[bool, str]:
    return "source" in one and "target" in one, one["kind"]


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@attrs.define(slots=True)
class _Writer:
    """Writes the parts of one table."""

    place: Path
    layout: Layout
    outside: Counter[str] = attrs.field(factory=Counter)

    def write(self, runs: Iterable[Sequence[Object]]) -> dict[str, Any]:
        """Writes all rows; returns what the list says of the table."""
        groups = self._groups(runs)
        parts = [self._part(number, first, groups) for number, first in enumerate(groups)]
        return {"parts": parts, "outside": dict(sorted(self.outside.items()))}

    def _groups(self, runs: Iterable[Sequence[Object]]) -> Iterator[pa.Table]:
        """The row groups."""
        batches: list[pa.RecordBatch] = []
        rows = size = 0
        for objects in runs:
            batch, outside = self.layout.batch(objects)
            self.outside.update(outside)
            batches.append(batch)
            rows += len(objects)
            size += batch.nbytes
            if rows >= GROUP or size >= GROUP_BYTES:
                yield pa.Table.from_batches(batches)
                batches, rows, size = [], 0, 0
        if batches:
            yield pa.Table.from_batches(batches)

    def _part(self, number: int, first: pa.Table, more: Iterator[pa.Table]) -> dict[str, Any]:
        """Writes a file, until it is large enough; returns what the list says of it."""
        path = self.place / f"part-{number:05}.parquet"
        rows = 0
        with path.open("wb") as stream:
            with pq.ParquetWriter(
                stream, self.layout.schema, compression="zstd", compression_level=3
            ) as writer:
                for group in itertools.chain([first], more):
                    writer.write_table(group, row_group_size=len(group))
                    rows += len(group)
                    if stream.tell() >= PART:
                        break
            stream.flush()
            os.fsync(stream.fileno())
        size = path.stat().st_size
        return {"name": path.name, "rows": rows, "bytes": size, "sha256": digest_of(path)}
