"""Tables become records again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as pq

from jmdi import DataError, ImportContext, Record
from jmdi.files.native import RecordReader
from jmdi.model.frozen import thaw
from jmdi.plugins.catalog import Catalog
from jmdi_tables.folder import Folder, Part, Table, opened, refusal
from jmdi_tables.layout import FLAGGED, REST, objects_of

__all__ = ["ids_among", "read", "records_in", "sniff"]

BATCH = 10_000
"""Rows that are held as objects of Python."""


def sniff(head: bytes) -> bool | str:
    """Whether a file is one of a folder of tables."""
    if head.startswith(b"PAR1"):
        return True
    return head.startswith(b'{\n "layout": ') or "it is not the list of a folder of tables"


def read(stream: BinaryIO | None, context: ImportContext) -> Iterator[Record]:
    """Reads a folder of Parquet tables.

    Args:
        stream: Nothing; the folder is ``context.path``.
        context: Where problems go; its ``header`` gets that of the tables.

    Yields:
        The records, in canonical order.

    Raises:
        FormatError: If the folder is not whole, or larger than the limits.
    """
    folder = opened(Path(context.path or context.name))
    reader = RecordReader.of(thaw(folder.header.raw), context)
    number = 0
    total, done = sum(part.size for table in folder.tables for part in table.parts), 0
    for table in folder.tables:
        for part in table.parts:
            for one in _objects(table.kind, part, context):
                number += 1
                if number > context.limits.rows:
                    raise context.beyond(f"has more than {context.limits.rows:,} records", "rows")
                record = reader.record(one, number)
                if record is not None:
                    yield record
            done += part.size
            context.advance(done, total)
    reader.finish()


def records_in(
    folder: Folder,
    tables: Iterable[Table],
    catalog: Catalog,
    ids: Collection[str] | None = None,
    members: Collection[str] | None = None,
) -> Iterator[Record]:
    """The records of some tables, or those of them that have one of these ids.

    Args:
        folder: The folder.
        tables: Tables of it.
        catalog: The installed kinds and facets.
        ids: The ids; all if not given.
        members: Only these members, beside those that columns do not give back, and whether an
            actor is marked as a placeholder.

    Raises:
        DataError: If a record is not as its kind wants it.
        FormatError: If a table cannot be read.
    """
    context = ImportContext(name=str(folder.path), catalog=catalog)
    reader = RecordReader.of(thaw(folder.header.raw), context)
    for number, one in enumerate(_chosen(tables, context, ids, members)):
        record = reader.record(one, number)
        if record is None:
            raise DataError(context.problems)
        yield record


def ids_among(table: Table, ids: Iterable[str]) -> list[str]:
    """Which of some ids records of a table have."""
    among = compute.SetLookupOptions(pa.array(sorted(ids), pa.string()))
    found = []
    for part in table.parts:
        with part.path.open("rb") as stream, pq.ParquetFile(stream) as file:
            for batch in file.iter_batches(BATCH, columns=["id"]):
                held = batch.filter(compute.call_function("is_in", [batch.column(0)], among))
                found += held.column(0).to_pylist()
    return found


def _chosen(
    tables: Iterable[Table],
    context: ImportContext,
    ids: Collection[str] | None,
    members: Collection[str] | None,
) -> Iterator[dict[str, Any]]:
    for table in tables:
        for part in table.parts:
            yield from _objects(table.kind, part, context, ids, members)


def _objects(
    kind: str,
    part: Part,
    context: ImportContext,
    ids: Collection[str] | None = None,
    members: Collection[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """The JSON objects of a part, or those of them that have one of these ids."""
    among = None if ids is None else compute.SetLookupOptions(pa.array(sorted(ids), pa.string()))
    try:
        # pyarrow opens no file whose name is not UTF-8.
        with part.path.open("rb") as stream, pq.ParquetFile(stream) as file:
            _refuse_large(file.metadata, part, context)
            groups = [n for n in range(file.num_row_groups) if _has_any(file, n, among)]
            if not groups:
                return
            columns = _columns(file.schema_arrow.names, members)
            for batch in file.iter_batches(BATCH, row_groups=groups, columns=columns):
                context.keep_going()
                if among is not None:
                    batch = batch.filter(
                        compute.call_function("is_in", [batch.column("id")], among)
                    )
                yield from objects_of(kind, batch, marked=members is not None)
    except (OSError, pa.ArrowException, KeyError, IndexError, TypeError, ValueError) as error:
        message = f"is not as this version writes it: {error!s:.200}"
        raise refusal(part.path, "T104", message, "write the folder again") from None


def _columns(names: Sequence[str], members: Collection[str] | None) -> list[str]:
    """The columns of some members, in order, with those that say which record it is."""
    if members is None:
        return list(names)
    wanted = {"id", "source", "target", REST, FLAGGED, *members}
    return [name for name in names if name in wanted or name.removesuffix("_digits") in wanted]


def _has_any(file: Any, group: int, among: Any) -> bool:
    """Whether a row group has one of the ids, by that column alone; others are not read."""
    if among is None:
        return True
    (ids,) = file.read_row_group(group, columns=["id"]).columns
    found: bool = compute.call_function("is_in", [ids], among).to_pylist().count(True) > 0
    return found


def _refuse_large(metadata: Any, part: Part, context: ImportContext) -> None:
    """Refuses what would not be what the list says, or larger than the limits allow."""
    if metadata.num_rows != part.rows:
        message = f"has {metadata.num_rows:,} rows, and the list says {part.rows:,}"
        raise refusal(part.path, "T102", message, "write the folder again")
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    size = sum(group.total_byte_size for group in groups)
    if size > context.limits.expanded:
        raise context.beyond(f"has more than {context.limits.expanded:,} bytes", "expanded")
