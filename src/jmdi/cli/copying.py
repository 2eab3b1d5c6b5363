"""Converting one input to JSON Lines record by record: memory does not grow with the input."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs

from jmdi.cli.progress import progress
from jmdi.cli.reading import size_of, sources
from jmdi.cli.session import Session
from jmdi.cli.sorting import Sorter, key_of
from jmdi.cli.streams import STDIO, spooled_stdout

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.model.records import Record

__all__ = ["can_stream", "stream_copy"]


def can_stream(inputs: tuple[str, ...]) -> bool:
    """Whether the inputs are one source: a file, a folder or standard input.

    Several inputs must be held in memory, since each can contradict the others.
    """
    return len(inputs) == 1 and (inputs[0] == STDIO or Path(inputs[0]).exists())


def stream_copy(
    session: Session,
    name: str,
    output: str,
    on_error: str,
    *,
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
    order: str = "canonical",
) -> tuple[int, tuple[Problem, ...]]:
    """Writes what one importer reads as JSON Lines.

    The header names the kinds of all records, which are known only at the end, and canonical
    order needs them all: records go to temporary files first, and then after the header to
    the output.

    Args:
        session: The run.
        name: The input.
        output: The output.
        on_error: ``stop`` to write nothing if there are errors.
        format: Name of the importer; ``None`` finds it.
        options: Options of the importer.
        order: ``canonical``, or ``input``.

    Returns:
        How many records were written, and what was wrong with the data.

    Raises:
        DataError: If there are errors and they are to stop it.
        FormatError: If the input cannot be read at all, or the output not written.
    """
    from jmdi.errors import DataError
    from jmdi.files.codec import dumps
    from jmdi.files.header import make_header
    from jmdi.files.paths import atomic_write
    from jmdi.plugins.specs import ImportContext, Limits

    (source,) = sources([name])
    size = size_of(name)
    limits = Limits()
    if size is not None and size > limits.size:  # it lies there whole: only expansion is bounded
        limits = attrs.evolve(limits, size=size)
    with progress(session, f"reading {name}", size) as advance, contextlib.ExitStack() as stack:
        context = ImportContext(
            name="<stdin>" if name == STDIO else name, progress=advance, limits=limits,
            options=options or {},
        )  # fmt: skip
        stack.enter_context(_rare_collections())
        sorter = stack.enter_context(contextlib.closing(Sorter()))
        seen = _Kinds(context.header)
        records = session.model.stream(source, format=format, context=context)
        count = _sorted_in(seen.watch(records), sorter, order)
        problems = tuple(sorted(context.problems))
        if on_error == "stop" and (errors := [p for p in problems if p.is_error]):
            raise DataError(errors)
        header = make_header(seen.examples(), session.catalog, context.header)
        target: Any = spooled_stdout() if output == STDIO else atomic_write(output)
        with target as stream:
            stream.write(dumps(header).encode("utf-8") + b"\n")
            _put(stream, sorter.lines())
    return count, problems


def _sorted_in(records: Iterator[Record], sorter: Sorter, order: str) -> int:
    """Gives the lines of records to a sorter; returns how many there are."""
    from jmdi.files.native import encoded_line, order_key

    count = 0
    for record in records:
        key = key_of(order_key(record)) if order == "canonical" else b""
        sorter.put(key, encoded_line(record))
        count += 1
    return count


def _put(stream: BinaryIO, lines: Iterator[bytes]) -> None:
    for line in lines:
        stream.write(line + b"\n")


@contextlib.contextmanager
def _rare_collections() -> Iterator[None]:
    """Lets the garbage collector run rarely: records hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Kinds:
    """One record of each class with each set of facets, which is all that a header needs."""

    def __init__(self, header: Mapping[str, Any]) -> None:
        self._header = header
        self._examples: dict[Any, Record] = {}

    def watch(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records, each seen as it passes."""
        for record in records:
            raw = [n for n in record.extra if n in self._header.get("facets", ())]
            key = (type(record), *record.facets, *raw)
            if key not in self._examples:
                self._examples[key] = record
            yield record

    def examples(self) -> list[Record]:
        """The records that were seen first of their sort."""
        return list(self._examples.values())
