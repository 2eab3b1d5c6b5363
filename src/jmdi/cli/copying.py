"""Copying JSON Lines record by record, so that memory does not grow with the file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from jmdi.cli.progress import progress
from jmdi.cli.reading import size_of, sources
from jmdi.cli.session import Session
from jmdi.cli.streams import STDIO, spooled_stdout

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.model.records import Record

__all__ = ["can_stream", "stream_copy"]

NATIVE = "jsonl"


def can_stream(session: Session, inputs: Sequence[str], format: str | None) -> bool:
    """Whether the input is one source of JSON Lines."""
    if len(inputs) != 1 or (format is not None and format != NATIVE):
        return False
    name = inputs[0]
    if format == NATIVE:
        return name == STDIO or Path(name).is_file()
    return name.lower().endswith(".jsonl") and Path(name).is_file()


def stream_copy(session: Session, name: str, output: str, on_error: str) -> tuple[Problem, ...]:
    """Copies JSON Lines in the order of the input.

    The header names the kinds of all records, which are known only at the end: records go to
    a temporary file first, and then after the header to the output.

    Args:
        session: The run.
        name: The input.
        output: The output.
        on_error: ``stop`` to write nothing if there are errors.

    Returns:
        What was wrong with the data.

    Raises:
        DataError: If there are errors and they are to stop it.
        FormatError: If the input cannot be read at all, or the output not written.
    """
    from jmdi.errors import DataError
    from jmdi.files.codec import canonical_json
    from jmdi.files.header import make_header
    from jmdi.files.paths import atomic_write
    from jmdi.plugins.specs import ImportContext

    (source,) = sources([name])
    with progress(session, f"copying {name}", size_of(name)) as advance:
        context = ImportContext(name="<stdin>" if name == STDIO else name, progress=advance)
        seen = _Kinds()
        with tempfile.TemporaryFile() as body:
            for record in seen.watch(session.model.stream(source, format=NATIVE, context=context)):
                body.write(canonical_json(record).encode("utf-8") + b"\n")
            problems = tuple(sorted(context.problems))
            if on_error == "stop" and (errors := [p for p in problems if p.is_error]):
                raise DataError(errors)
            header = make_header(seen.examples(), session.catalog, context.header)
            body.seek(0)
            target: Any = spooled_stdout() if output == STDIO else atomic_write(output)
            with target as stream:
                _put(stream, header, body)
    return problems


def _put(stream: BinaryIO, header: dict[str, Any], body: Any) -> None:
    from jmdi.files.codec import dumps

    stream.write(dumps(header).encode("utf-8") + b"\n")
    shutil.copyfileobj(body, stream, 1 << 20)


class _Kinds:
    """One record of each class with each set of facets, which is all that a header needs."""

    def __init__(self) -> None:
        self._examples: dict[Any, Record] = {}

    def watch(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records, each seen as it passes."""
        for record in records:
            key = (type(record), *record.facets)
            if key not in self._examples:
                self._examples[key] = record
            yield record

    def examples(self) -> list[Record]:
        """The records that were seen first of their sort."""
        return list(self._examples.values())
