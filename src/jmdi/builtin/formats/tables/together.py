"""What tables that are read together, each a file of its own, know of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from jmdi.builtin.formats.tables.read import (
    SUFFIXES,
    Elsewhere,
    has_ends,
    header_of,
    opened_alone,
    sniff_table,
)
from jmdi.errors import DataError
from jmdi.files.paths import open_input
from jmdi.files.tables.edges import Ends
from jmdi.files.tables.rows import RowReader
from jmdi.graph.doer import default_doer
from jmdi.model.records import Relation
from jmdi.plugins.context import ImportContext

__all__ = ["survey"]

HEAD = 4096
"""How many first bytes of a file show its header."""


def survey(paths: Sequence[str], context: ImportContext) -> Elsewhere | None:
    """The ids and names in tables of entities, for the ties in other tables.

    What cannot be read is passed over here: it is reported when its input is read.

    Args:
        paths: Files.
        context: Options and limits.
    """
    if context.options.get("mapping") is not None:
        return None
    catalog = context.catalog or default_doer().catalog
    heads = [(Path(path), _head(path, context)) for path in dict.fromkeys(paths)]
    tables = [(path, head) for path, head in heads if sniff_table(head) is True]
    of_entities = [path for path, head in tables if not has_ends(header_of(head))]
    if not of_entities or len(of_entities) == len(tables):
        return None
    found = Elsewhere()
    for path in of_entities:
        own = attrs.evolve(context, name=str(path), path=str(path), problems=[])
        reader = RowReader(own, catalog, folder=False)
        try:
            for _ in _records(path, reader):
                pass
        except (DataError, OSError):
            continue
        found.places.update(reader.seen)
        found.classes.update(reader.classes)
        for name, ids in reader.named.items():
            found.named.setdefault(name, []).extend(ids)
    return found


def _head(path: str, context: ImportContext) -> bytes:
    """The first bytes of a table; nothing of what cannot be one."""
    if Path(path).suffix.lower() not in SUFFIXES:
        return b""
    try:
        with open_input(Path(path), limit=context.limits.size) as stream:
            return stream.read(HEAD)
    except (DataError, OSError):
        return b""


def _records(path: Path, reader: RowReader) -> Iterator[object]:
    with open_input(path, limit=reader.context.limits.size) as stream:
        table = opened_alone(stream, reader)
        if table is not None and not issubclass(table.cls, Relation):
            yield from table.records(reader, Ends(reader))
