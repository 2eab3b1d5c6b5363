"""Converting one input to JSON Lines record by record: memory does not grow with the input."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    from jmdi.plugins.specs import ImportContext

__all__ = [
    "Kinds",
    "context_of",
    "rare_collections",
    "stop_at_errors",
    "stream_copy",
    "write_lines",
]


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
    from jmdi.files.header import make_header

    (source,) = sources([name])
    size = size_of(name)
    with progress(session, f"reading {name}", size) as advance, contextlib.ExitStack() as stack:
        context = context_of("<stdin>" if name == STDIO else name, size, options, advance)
        stack.enter_context(rare_collections())
        sorter = stack.enter_context(contextlib.closing(Sorter()))
        seen = Kinds(context.header)
        records = session.model.stream(source, format=format, context=context)
        count = _sorted_in(records, seen, sorter, order)
        problems = tuple(sorted(context.problems))
        stop_at_errors(problems, on_error)
        header = make_header(seen.examples, session.catalog, context.header)
        write_lines(output, header, sorter.lines())
    return count, problems


def context_of(
    name: str,
    size: int | None,
    options: Mapping[str, Any] | None,
    advance: Callable[[int, int | None], None] | None,
) -> ImportContext:
    """The context of an input; one that lies there whole is read whatever its size.

    Args:
        name: What it is called in messages.
        size: Its bytes, if it is a regular file.
        options: Options of the importer.
        advance: Called with the bytes that were read.
    """
    from jmdi.plugins.specs import ImportContext, Limits

    limits = Limits()
    if size is not None and size > limits.size:  # only expansion is bounded
        limits = attrs.evolve(limits, size=size)
    return ImportContext(name=name, progress=advance, limits=limits, options=options or {})


def stop_at_errors(problems: Iterable[Problem], on_error: str) -> None:
    """Ends the run where there are errors and they are to stop it.

    Raises:
        DataError: With the errors.
    """
    from jmdi.errors import DataError

    errors = [problem for problem in problems if problem.is_error]
    if errors and on_error == "stop":
        raise DataError(errors)


def write_lines(output: str, header: Mapping[str, Any], lines: Iterable[bytes]) -> None:
    """Writes a header and lines; a file appears whole or not at all.

    Raises:
        FormatError: If the output cannot be written.
    """
    from jmdi.files.codec import dumps
    from jmdi.files.paths import atomic_write

    target: contextlib.AbstractContextManager[BinaryIO]
    target = spooled_stdout() if output == STDIO else atomic_write(Path(output))
    with target as stream:
        stream.write(dumps(header).encode("utf-8") + b"\n")
        for line in lines:
            stream.write(line + b"\n")


def _sorted_in(records: Iterator[Record], seen: Kinds, sorter: Sorter, order: str) -> int:
    """Gives the lines of records to a sorter; returns how many there are."""
    from jmdi.files.native import encoded_line, order_key

    count = 0
    for record in records:
        seen.see(record)
        key = key_of(order_key(record)) if order == "canonical" else b""
        sorter.put(key, encoded_line(record))
        count += 1
    return count


@contextlib.contextmanager
def rare_collections() -> Iterator[None]:
    """Lets the garbage collector run rarely: records hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Kinds:
    """One record of each class with each set of facets, which is all that a header needs.

    Args:
        header: What the importer reads in the header of its file.

    Attributes:
        examples: The records that were seen first of their sort.
    """

    def __init__(self, header: Mapping[str, Any]) -> None:
        self._header = header
        self._numbers: dict[Any, int] = {}
        self.examples: list[Record] = []

    def see(self, record: Record) -> int:
        """Looks at a record; returns the number of its sort, in order of appearance."""
        raw = [n for n in record.extra if n in self._header.get("facets", ())]
        key = (type(record), *record.facets, *raw)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.examples)
            self.examples.append(record)
        return number
