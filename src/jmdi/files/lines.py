"""Records as lines of canonical JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jmdi.classes import frozen
from jmdi.errors import DataError, Where
from jmdi.files.header import Order
from jmdi.files.line_code import line_of
from jmdi.files.unwritable import unwritable_texts
from jmdi.model.records import Record
from jmdi.model.writing import dumps, unstructure
from jmdi.plugins.catalog import Catalog

__all__ = ["Lines", "Order", "encoded", "encoded_record"]


@frozen
class Lines:
    """Records as lines of canonical JSON, however many: what an exporter of lines is given.

    Attributes:
        header: The header of a file of these records.
        catalog: The kinds and facets that are known.
        lines: ``lines(order)`` gives the line of each record, without its end. In canonical order
            entities come by kind and id, then relations by kind, source, target and id.
    """

    header: Mapping[str, Any]
    catalog: Catalog
    lines: Callable[[Order], Iterable[bytes]]


def encoded_record(record: Record) -> bytes:
    """A record as a line of canonical JSON, without its end.

    Raises:
        DataError: If a field holds something else than it is declared to, or half a character.
    """
    return line_of(record) or encoded(unstructure(record), record.id)


def encoded(value: Any, what: str) -> bytes:
    """A JSON value as canonical JSON.

    Args:
        value: The value.
        what: What it is the value of, for errors.

    Raises:
        DataError: If a text holds half a character.
    """
    try:
        return dumps(value).encode()
    except UnicodeEncodeError as error:
        raise DataError(unwritable_texts(value, error.encoding, Where(record=what))) from None
