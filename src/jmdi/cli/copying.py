"""Converting inputs to formats of lines in bounded memory, by as many processes as wanted.

Every input is read by itself into a file of lines. What one input says, or what all say in the
same words, is written as it is; only records on which inputs contradict each other are read back
and merged, as Datasets are. Claims about claims are not compared with what they are about.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import attrs

from jmdi.app import Model
from jmdi.cli.failures import error_of
from jmdi.cli.own_process import in_this_folder
from jmdi.cli.processes import interrupts_wait, model_of, processes
from jmdi.cli.progress import progress
from jmdi.cli.reading import size_of, sources
from jmdi.cli.session import Session
from jmdi.cli.streams import STDIO, spooled_stdout
from jmdi.errors import Problem
from jmdi.files.header import make_header
from jmdi.files.line_store import LineStore
from jmdi.files.lines import Lines
from jmdi.files.native import line_reader
from jmdi.graph.dataset import Dataset
from jmdi.graph.merging import merged_header
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Record
from jmdi.plugins.context import Limits, Progress
from jmdi.plugins.specs import Exporter
from jmdi.running.reading import OnError, Reading, raise_errors
from jmdi.running.writing import export

__all__ = ["convert_lines"]


@attrs.frozen(slots=True)
class _Input:
    """One input: its place among all, its name, how it is read, and what is known of all."""

    number: int
    name: str
    format: str | None
    on_error: OnError
    options: Mapping[str, Any]
    surveys: Mapping[str, object] | None


@attrs.frozen(slots=True)
class _Found:
    """What an input is known to hold once it was read."""

    header: Mapping[str, Any]
    problems: tuple[Problem, ...]
    unread: Mapping[str, Problem]
    examples: tuple[Record, ...]


def convert_lines(
    session: Session,
    names: Sequence[str],
    output: str,
    exporter: Exporter,
    on_error: OnError,
    *,
    format: str | None,
    options: Mapping[str, Any],
    writing: Mapping[str, Any],
    workers: int,
) -> tuple[int, tuple[Problem, ...], Mapping[str, Problem]]:
    """Writes what inputs hold with an exporter that takes lines.

    Args:
        session: The run.
        names: Files and folders; ``-`` is standard input.
        output: The output.
        exporter: The exporter.
        on_error: ``raise`` to write nothing if there are errors.
        format: Name of the importer; ``None`` finds it for each input.
        options: Options of the importers.
        writing: Options of the exporter.
        workers: How many processes read; what is written is the same for any number.

    Returns:
        How many records were written, what was wrong with the data, and which inputs could
        not be read.

    Raises:
        DataError: With ``raise``, if the data has errors.
        FormatError: With ``raise``, if an input cannot be read; or if the output cannot be
            written.
        OSError: If the temporary folder is full.
        click.UsageError: If ``-`` is given twice.
    """
    sources(names)
    paths = [name for name in names if name != STDIO]
    limits = attrs.evolve(Limits(), size=max([Limits().size, *(size_of(p) or 0 for p in paths)]))
    reading = Reading(
        model=session.model,
        format=format,
        on_error="keep",
        limits=limits,
        progress=None,
        cancel=None,
        options=options,
    )
    surveys = reading.surveyed(paths).surveys
    inputs = [
        _Input(number, name, format, on_error, options, surveys)
        for number, name in enumerate(names)
    ]
    with tempfile.TemporaryDirectory(prefix="jmdi-") as folder, _rare_collections():
        try:
            with contextlib.closing(LineStore(Path(folder, "lines"))) as store:
                found = _read_all(session, inputs, store, Path(folder), workers)
                problems = tuple(dict.fromkeys(p for one in found for p in one.problems))
                unread = {name: p for one in found for name, p in one.unread.items()}
                if on_error == "raise":
                    raise_errors(problems)
                lines = Lines(_settled(session, found, store), session.catalog, store.lines)
                with spooled_stdout() if output == STDIO else nullcontext(output) as target:
                    export(session.model, exporter, lines, target, writing)
                return len(store), problems, unread
        except sqlite3.OperationalError as error:
            raise OSError(f"{folder}: {error}") from error


def _read_all(
    session: Session, inputs: Sequence[_Input], store: LineStore, folder: Path, workers: int
) -> list[_Found]:
    """Reads all inputs into a store; standard input is read by this process."""
    sizes = [size_of(one.name) for one in inputs]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    title = f"reading {inputs[0].name}" if len(inputs) == 1 else f"reading {len(inputs)} inputs"
    elsewhere = [one for one in inputs if one.name != STDIO and workers > 1]
    jobs: dict[int, Future[_Found]] = {}
    found, done = [], 0
    with (
        progress(session, title, total) as advance,
        in_this_folder(),
        contextlib.ExitStack() as stack,
    ):
        if elsewhere:
            pool = stack.enter_context(processes(min(workers, len(elsewhere))))
            plugins = (tuple(session.plugin), session.strict_plugins)
            with interrupts_wait():
                for one in elsewhere:
                    path = folder / str(one.number)
                    jobs[one.number] = pool.submit(_read_elsewhere, plugins, one, path)
        for one, size in zip(inputs, sizes, strict=True):
            if one.number in jobs:
                found.append(jobs[one.number].result())
                store.take(folder / str(one.number))
            else:
                found.append(_read(session.model, one, store, _further(advance, done)))
            done += size or 0
            advance(done, None, one.name)
    return found


def _further(advance: Progress, before: int) -> Progress:
    """Reports how far one input is, after so many bytes of others."""

    def report(done: int, total: int | None, input: str) -> None:
        advance(before + done, None, input)

    return report


def _read_elsewhere(plugins: tuple[tuple[str, ...], bool], one: _Input, path: Path) -> _Found:
    """Reads an input into a store of its own, in another process."""
    with contextlib.closing(LineStore(path)) as store, _rare_collections():
        return _read(model_of(*plugins), one, store, None)


def _read(model: Model, one: _Input, store: LineStore, advance: Progress | None) -> _Found:
    """Reads an input into a store."""
    (source,) = sources([one.name])
    limits, size = Limits(), size_of(one.name)
    if size is not None and size > limits.size:  # a file on disk is read whatever its size
        limits = attrs.evolve(limits, size=size)
    reading = Reading(
        model=model,
        format=one.format,
        on_error="keep",
        limits=limits,
        progress=advance,
        cancel=None,
        options=one.options,
        surveys=one.surveys,
    )
    records = reading.stream(source)
    seen = _Shapes(records.header)
    store.put(one.number, ((seen.see(record), record) for record in records))
    for problem in records.unread.values():
        if one.on_error == "raise":
            raise error_of(problem)
        store.drop(one.number)
        seen.examples.clear()
    problems = tuple(sorted(records.problems))
    return _Found(dict(records.header), problems, records.unread, tuple(seen.examples))


def _settled(session: Session, found: Sequence[_Found], store: LineStore) -> dict[str, Any]:
    """Merges the lines on which inputs contradict each other; returns the header of all lines."""
    old = functools.reduce(merged_header, (one.header for one in found))
    examples = [record for one in found for record in one.examples]
    if len(found) == 1:
        return make_header(examples, session.catalog, old)
    store.compare()
    seen = _Shapes(old)
    read = line_reader(make_header(examples, session.catalog, old), session.catalog)
    with progress(session, f"merging {len(found)} inputs") as advance:
        store.put_merged(_merged(store, read, seen, advance))
    left = store.shapes()
    kept = [
        record
        for number, one in enumerate(found)
        for shape, record in enumerate(one.examples)
        if (number, shape) in left
    ]
    return make_header([*kept, *seen.examples], session.catalog, old)


def _merged(
    store: LineStore, read: Callable[[bytes], Record], seen: _Shapes, advance: Progress
) -> Iterator[Record]:
    """What the lines on which inputs contradict each other become."""
    for number, group in enumerate(store.contradictions()):
        advance(number, None, "")
        first, *others = (Dataset(map(read, part)) for part in group)
        for record in first.merge(*others):
            seen.see(record)
            yield record


@contextlib.contextmanager
def _rare_collections() -> Iterator[None]:
    """Lets the garbage collector run rarely: records hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Shapes:
    """One record of each class with each set of facets, which is all that a header needs.

    Args:
        header: What the importer reads in the header of its file.

    Attributes:
        examples: The records that were seen first of their shape.
    """

    def __init__(self, header: Mapping[str, Any]) -> None:
        self._header = header
        self._numbers: dict[Any, int] = {}
        self.examples: list[Record] = []

    def see(self, record: Record) -> int:
        """Looks at a record; returns the number of their shape, in order of appearance."""
        key: Any = type(record)
        if record.facets is not EMPTY or record.extra is not EMPTY:
            raw = [n for n in record.extra if n in self._header.get("facets", ())]
            key = (type(record), *record.facets, *raw)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.examples)
            self.examples.append(record)
        return number
