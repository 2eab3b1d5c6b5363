"""Data frames of other libraries, in and out, by what they have in common.

None of these libraries is imported before it is asked for, and none must be installed.
"""

from __future__ import annotations

import datetime
import importlib
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, TypeGuard, runtime_checkable

import attrs

from jmdi.graph.columns import plain

__all__ = [
    "Frame",
    "columns_of_frame",
    "is_column",
    "is_frame",
    "known",
    "listed",
    "package",
    "typed_columns",
]


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever gives its data by the Arrow PyCapsule protocol.

    Frames of pandas, Polars, pyarrow, DuckDB, Ibis and narwhals do.
    """

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A capsule with a stream of batches of rows."""
        ...


Frame: TypeAlias = ArrowStream | Mapping[str, Sequence[Any]] | Iterable[Mapping[str, Any]]
"""A data frame: of any library that speaks Arrow, columns by name, or rows as mappings."""

INT64 = 2**63


def package(name: str) -> Any:
    """A package that is not always there.

    Raises:
        ImportError: If it is not installed; the message says how to install it.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        top = name.partition(".")[0]
        raise ImportError(f"{top} is not installed: pip install {top}") from error


def is_frame(data: object) -> TypeGuard[Frame]:
    """Whether something is a data frame, or columns by name, and no sequence of rows."""
    if _is_lazy(data) or isinstance(data, (ArrowStream, Mapping)):
        return True
    if _is_relation(data):
        return hasattr(data, "columns") or not isinstance(data, Iterable)
    return hasattr(data, "columns") and hasattr(data, "shape")


def is_column(data: object) -> bool:
    """Whether something is one column: an array of numpy, or a series of any library."""
    return any(hasattr(data, method) for method in _LISTING) and not hasattr(data, "columns")


def columns_of_frame(data: Frame) -> dict[str, list[Any]]:
    """The columns of a data frame as lists of Python's own values, by name.

    Null, NaN, NaT and NA are ``None``: not known. A list becomes a tuple, a scalar of numpy or a
    timestamp of pandas the same value of Python's own types.

    Args:
        data: A frame of any library, columns by name, or rows.

    Raises:
        TypeError: If it is none of these, or a name is not text.
        ValueError: If a name is given twice, or columns differ in length.
        ImportError: If it speaks Arrow alone, and nothing that reads it is installed.
    """
    names, columns = _raw(data)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"names of columns are text, not {name!r}: rename the column")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"a column name is given twice: {', '.join(twice)}")
    lengths = {name: len(column) for name, column in zip(names, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"the columns differ in length: {said}")
    return {
        name: list(column) if set(map(type, column)) <= _AS_IS else [*map(known, column)]
        for name, column in zip(names, columns, strict=True)
    }


def _raw(data: Any) -> tuple[list[Any], list[Sequence[Any]]]:
    """Names and columns of a frame, as it gives them."""
    if _is_lazy(data):
        raise TypeError("a lazy frame has no rows yet: collect() it first")
    if isinstance(data, Mapping):
        return list(data), [listed(column) for column in data.values()]
    is_table = isinstance(getattr(data, "rows", None), tuple)  # one of ours
    if is_table or _is_relation(data):
        names = list(data.columns) if hasattr(data, "columns") else [d[0] for d in data.description]
        rows = data.rows if is_table else data.fetchall()
        return names, list(zip(*rows, strict=True)) if rows else [()] * len(names)
    if hasattr(data, "columns") and hasattr(data, "shape") and not hasattr(data, "column_names"):
        names = list(data.columns)  # pandas and Polars, which need no pyarrow for it
        if len(set(names)) < len(names):
            return names, [()] * len(names)
        return names, [data[name].to_list() for name in names]
    if isinstance(data, ArrowStream):
        return _by_arrow(data)
    return _of_rows(data)


def listed(column: Any) -> Sequence[Any]:
    """A column as a sequence; arrays of numpy and columns of frames have methods for that."""
    for method in _LISTING:
        if hasattr(column, method):
            found: Sequence[Any] = getattr(column, method)()
            return found
    if isinstance(column, (str, bytes)):
        raise TypeError(f"a column is a sequence of values, not the text {column!r:.40}")
    return list(column)


_LISTING = ("tolist", "to_list", "to_pylist")
"""What gives the values of a column: methods of numpy, of pandas and Polars, and of pyarrow."""


def _is_lazy(data: object) -> bool:
    return type(data).__name__ == "LazyFrame"  # asking it for columns would do its work


def _is_relation(data: Any) -> bool:
    """Whether it is a relation of DuckDB or a cursor, which give their rows by themselves."""
    named = hasattr(data, "columns") or getattr(data, "description", None)
    return bool(named) and callable(getattr(data, "fetchall", None))


def _by_arrow(data: ArrowStream) -> tuple[list[Any], list[Sequence[Any]]]:
    for name, read in _READERS.items():
        try:
            library = importlib.import_module(name)
        except ImportError:
            continue
        names, columns = read(library, data)
        return names, columns
    raise ImportError(
        f"to read {type(data).__name__}, pyarrow or polars must be installed: pip install pyarrow"
    )


def _pyarrow(pyarrow: Any, data: ArrowStream) -> tuple[list[Any], list[Sequence[Any]]]:
    table = pyarrow.RecordBatchReader.from_stream(data).read_all()
    return table.column_names, [column.to_pylist() for column in table.columns]


def _polars(polars: Any, data: ArrowStream) -> tuple[list[Any], list[Sequence[Any]]]:
    frame = polars.DataFrame(data)
    return frame.columns, [column.to_list() for column in frame.get_columns()]


_READERS: Mapping[str, Callable[[Any, ArrowStream], tuple[list[Any], list[Sequence[Any]]]]] = {
    "pyarrow": _pyarrow,
    "polars": _polars,
}


def _of_rows(data: Any) -> tuple[list[Any], list[Sequence[Any]]]:
    if isinstance(data, (str, bytes)) or not isinstance(data, Iterable):
        raise TypeError(
            f"{type(data).__name__} is not a data frame: give a frame of pandas, Polars, pyarrow "
            "or DuckDB, columns by name, or rows as mappings"
        )
    rows = list(data)
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} is not a mapping by column: {row!r:.60}")
    names = list(dict.fromkeys(name for row in rows for name in row))
    return names, [[row.get(name) for row in rows] for name in names]


_AS_IS = frozenset({str, int, bool, type(None)})


def known(value: Any) -> Any:
    """A value of a frame as one of Python's own; ``None`` for null, NaN, NaT and NA."""
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind is float:
        return None if math.isnan(value) else value
    if kind.__name__ in ("NAType", "NaTType"):  # those of pandas; they are equal to nothing
        return None
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    for method in ("to_pydatetime", "to_pytimedelta"):  # those of pandas
        if hasattr(value, method):
            return getattr(value, method)()
    if hasattr(value, "tolist"):  # a scalar or an array of numpy
        return known(value.tolist())
    if isinstance(value, (list, tuple)):
        return tuple(map(known, value))
    return value


def typed_columns(
    names: Sequence[str], rows: Sequence[Sequence[Any]], text: Callable[[Any], str]
) -> dict[str, list[Any]]:
    """Columns in which all values are of one type that every data frame has.

    What is not known is ``None``. A column with values of several types, with numbers beyond 64
    bits or with values that have parts is text.

    Args:
        names: Names of the columns.
        rows: The rows.
        text: What writes a value as text.
    """
    return {name: _typed([row[i] for row in rows], text) for i, name in enumerate(names)}


def _typed(column: Sequence[Any], text: Callable[[Any], str]) -> list[Any]:
    if set(map(type, column)) <= {str, type(None)}:
        return list(column)
    values = [known(plain(value)) for value in column]
    families = {_family(value) for value in values if value is not None}
    if families == {"whole", "number"}:
        return [None if value is None else float(value) for value in values]
    if families == {"whole", "decimal"}:
        return [None if value is None else Decimal(value) for value in values]
    if len(families) > 1 or families & {"parts", "mixed"}:
        return [None if value is None else _as_text(value, text) for value in values]
    return [list(value) if isinstance(value, tuple) else value for value in values]


def _as_text(value: Any, text: Callable[[Any], str]) -> str:
    """A value as text; several of them as JSON, so that they can be told apart again."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return text(value)


def _family(value: Any) -> str:
    """What a value is to a data frame."""
    if isinstance(value, tuple):
        inner = {_family(part) for part in value if part is not None}
        if len(inner) > 1 or any(one.startswith(("list", "parts", "mixed")) for one in inner):
            return "mixed"
        return f"list of {next(iter(inner), 'text')}"
    if isinstance(value, int) and not isinstance(value, bool):
        return "whole" if -INT64 <= value < INT64 else "mixed"
    for family, types in _FAMILIES.items():
        if isinstance(value, types):
            return family
    return "parts" if attrs.has(type(value)) or isinstance(value, Mapping) else "mixed"


_FAMILIES: Mapping[str, tuple[type, ...]] = {
    "truth": (bool,),
    "text": (str,),
    "number": (float,),
    "decimal": (Decimal,),
    "moment": (datetime.datetime,),
    "day": (datetime.date,),
}
