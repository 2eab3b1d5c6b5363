"""Reads files, folders and streams with the importers of a model."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from jmdi.errors import DataError, NotFound, PluginError
from jmdi.files.paths import open_input
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.model.records import Record
from jmdi.plugins.specs import ImportContext, Importer, Limits, Progress
from jmdi.running.blame import blamed_steps
from jmdi.running.collector import paused
from jmdi.running.importers import importer_of_file, importer_of_folder
from jmdi.running.inputs import HEAD, Input, Source, inputs_of, name_of, peeked
from jmdi.running.options import check_options

__all__ = ["read", "stream"]

AT_ONCE = 100_000
"""How many records are made in one pause of the garbage collector."""


def read(
    model: Doer,
    source: Source,
    format: str | None,
    *,
    limits: Limits,
    progress: Progress | None,
    options: Mapping[str, object],
) -> Dataset:
    """What could be read of a source; its ``problems`` say what could not.

    Raises:
        FormatError: If an input cannot be read at all.
        NotFound: If there is no importer or option of this name.
        PluginError: If an importer fails.
    """
    parts = []
    for one in inputs_of(source):
        context = ImportContext(
            name=name_of(one), options=options, limits=limits, progress=progress
        )
        records = _collected(stream(model, one, format, context))
        parts.append(
            Dataset(records, model=model, header=context.header, problems=sorted(context.problems))
        )
    return functools.reduce(Dataset.merge, parts)


def _collected(records: Iterator[Record]) -> list[Record]:
    """All records; the pauses of the collector are bounded, so that the process gets its turns."""
    held: list[Record] = []
    while True:
        with paused():
            part = list(itertools.islice(records, AT_ONCE))
        held += part
        if len(part) < AT_ONCE:
            return held


def stream(
    model: Doer, source: Input, format: str | None, context: ImportContext
) -> Iterator[Record]:
    """The records of one input one by one; problems go to the context.

    Raises:
        FormatError: If the input cannot be read at all.
        NotFound: If there is no importer or option of this name.
        PluginError: If the importer fails.
    """
    context.catalog = model.catalog
    if isinstance(source, (str, os.PathLike)):
        context.path = os.fspath(source)
    with _opened(source, format, context) as (importer, opened):
        yield from _guarded(importer, opened, context)


@contextlib.contextmanager
def _opened(
    source: Input, format: str | None, context: ImportContext
) -> Iterator[tuple[Importer, IO[bytes]]]:
    """The importer for an input and the stream that it reads; for a folder no stream."""
    catalog: Any = context.catalog
    with contextlib.ExitStack() as stack:
        if not isinstance(source, (str, os.PathLike)):
            opened, head = peeked(source)
        elif os.path.isdir(source):  # noqa: PTH112
            importer = importer_of_folder(catalog, source, format)
            check_options(importer, context.options)
            yield importer, None  # type: ignore[misc]
            return
        else:
            opened = stack.enter_context(open_input(Path(source), limit=context.limits.size))
            head = opened.read(HEAD)
            opened.seek(0)
        importer = importer_of_file(catalog, context.name, head, format)
        check_options(importer, context.options)
        yield importer, opened


def _guarded(importer: Importer, opened: IO[bytes], context: ImportContext) -> Iterator[Record]:
    """The records of an importer; an unexpected error is reported as the plugin's."""
    catalog: Any = context.catalog
    return blamed_steps(
        lambda: importer.read(opened, context),  # type: ignore[arg-type]
        catalog,
        "importer",
        importer.name,
        *(DataError, PluginError, NotFound, OSError),
        did=f"failed on {context.name}",
    )
