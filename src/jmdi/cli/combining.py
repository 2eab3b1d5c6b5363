"""Converting several inputs to JSON Lines in bounded memory, by as many processes as wanted.

Inputs are read, each by itself, to lines that are sorted by what they are about: a record by its
id, a claim by the id of its record. So all that the inputs say of one record comes together, is
merged as Datasets are, and sorted once more in canonical order. Only claims about claims are not
looked at together with what they are about.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from jmdi.app import Model
from jmdi.cli import sorting
from jmdi.cli.copying import Kinds, context_of, rare_collections, stop_at_errors, write_lines
from jmdi.cli.processes import Advance, Processes, further
from jmdi.cli.progress import progress
from jmdi.cli.reading import size_of, sources
from jmdi.cli.session import Session
from jmdi.cli.sorting import Pair, Sorter, key_of, merged, read_pairs, write_pairs
from jmdi.cli.streams import STDIO
from jmdi.errors import Problem
from jmdi.files.header import make_header
from jmdi.files.native import encoded_line, line_reader, order_key
from jmdi.files.paths import unreadable
from jmdi.graph.dataset import Dataset
from jmdi.graph.merging import merged_header
from jmdi.model.kinds import Claim
from jmdi.model.records import Record
from jmdi.plugins.specs import Limits

__all__ = ["combine"]

SHARES = 4
"""How many shares each process gets to read, so that none waits long for the others."""

LENGTH = 4
"""Bytes of a number within keys and lines."""


@attrs.frozen(slots=True)
class _Input:
    """One input: its place among them, its name in messages, where it lies, how large it is."""

    number: int
    name: str
    path: str
    size: int | None


@attrs.frozen(slots=True)
class _Share:
    """Inputs that one process reads, and into how many parts it sorts what they hold."""

    number: int
    inputs: tuple[_Input, ...]
    parts: int
    folder: str
    format: str | None
    options: Mapping[str, Any]


@attrs.frozen(slots=True)
class _Told:
    """What is known of an input once it was read."""

    number: int
    header: Mapping[str, Any]
    problems: tuple[Problem, ...]
    examples: tuple[Record, ...]


@attrs.frozen(slots=True)
class _Part:
    """The part of all lines that one process merges, from the runs of all shares."""

    number: int
    shares: int
    folder: str
    header: Mapping[str, Any]


@attrs.frozen(slots=True)
class _Merged:
    """What is known of a part once it was merged.

    Attributes:
        count: How many lines it has.
        left: Numbers of inputs and sorts of their records that stayed as they were.
        examples: One of each sort of those that were merged.
    """

    count: int
    left: frozenset[bytes]
    examples: tuple[Record, ...]


def combine(
    session: Session,
    names: Sequence[str],
    output: str,
    on_error: str,
    *,
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
    workers: int = 1,
) -> tuple[int, tuple[Problem, ...]]:
    """Writes what several inputs hold as one JSON Lines file in canonical order.

    Args:
        session: The run.
        names: Files and folders; ``-`` is standard input.
        output: The output.
        on_error: ``stop`` to write nothing if there are errors.
        format: Name of the importer; ``None`` finds it for each input.
        options: Options of the importers.
        workers: How many processes; what is written is the same for any number.

    Returns:
        How many records were written, and what was wrong with the data.

    Raises:
        DataError: If there are errors and they are to stop it.
        FormatError: If an input cannot be read at all, or the output not written.
        click.UsageError: If ``-`` stands there twice.
    """
    sources(names)
    workers = min(workers, len(names))
    with (
        tempfile.TemporaryDirectory(prefix="jmdi-") as folder,
        Processes(session, workers) as processes,
        rare_collections(),
    ):
        inputs = [_input(number, name, folder) for number, name in enumerate(names)]
        shares = [
            _Share(number, share, workers, folder, format, options or {})
            for number, share in enumerate(_shared_out(inputs, workers))
        ]
        with progress(session, f"reading {len(names)} inputs", _total(inputs)) as advance:
            told = processes.do(_read_share, shares, advance)
        known = sorted(itertools.chain.from_iterable(told), key=lambda one: one.number)
        problems = tuple(dict.fromkeys(p for one in known for p in one.problems))
        stop_at_errors(problems, on_error)
        old = functools.reduce(merged_header, (one.header for one in known))
        read = make_header([r for one in known for r in one.examples], session.catalog, old)
        parts = [_Part(number, len(shares), folder, read) for number in range(workers)]
        with progress(session, f"merging {len(names)} inputs") as advance:
            done = processes.do(_merge_part, parts, advance)
        header = make_header(_examples(known, done), session.catalog, old)
        with contextlib.ExitStack() as stack:
            runs = [_run(stack, folder, "merged", part.number) for part in parts]
            write_lines(output, header, (line for _, line in merged(runs)))
    return sum(one.count for one in done), problems


def _input(number: int, name: str, folder: str) -> _Input:
    """An input; standard input is kept in the folder, where any process can read it.

    Raises:
        FormatError: If standard input is larger than what is read of it.
    """
    if name != STDIO:
        return _Input(number, name, name, size_of(name))
    (stream,) = sources([name])
    limit, path = Limits().size, Path(folder, "stdin")
    with path.open("wb") as copy:
        while chunk := stream.read(1 << 20):
            copy.write(chunk)
            if copy.tell() > limit:
                raise unreadable("<stdin>", f"has more than {limit:,} bytes", code="J103")
    return _Input(number, "<stdin>", str(path), None)


def _total(inputs: Sequence[_Input]) -> int | None:
    sizes = [one.size for one in inputs]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _shared_out(inputs: Sequence[_Input], workers: int) -> list[tuple[_Input, ...]]:
    """Inputs in shares of about the same number of bytes, each in their order."""
    shares: list[list[_Input]] = [[] for _ in range(min(len(inputs), workers * SHARES))]
    if workers == 1:
        return [tuple(inputs)]
    loads = [0] * len(shares)
    for one in sorted(inputs, key=lambda one: -(one.size or 0)):
        least = loads.index(min(loads))
        shares[least].append(one)
        loads[least] += (one.size or 0) + 1
    return [tuple(sorted(share, key=lambda one: one.number)) for share in shares]


def _examples(known: Sequence[_Told], done: Sequence[_Merged]) -> list[Record]:
    """A record of each sort that there is after merging."""
    left = set().union(*(one.left for one in done))
    kept = [
        record
        for one in known
        for number, record in enumerate(one.examples)
        if _number(one.number) + _number(number) in left
    ]
    return [*kept, *(record for one in done for record in one.examples)]


def _read_share(model: Model, share: _Share, advance: Advance) -> list[_Told]:
    """Reads inputs and leaves a sorted run for each part in the folder."""
    held = sorting.IN_MEMORY // share.parts
    with contextlib.ExitStack() as stack:
        sorters = [
            stack.enter_context(contextlib.closing(Sorter(held))) for _ in range(share.parts)
        ]
        told, before = [], 0
        for one in share.inputs:
            told.append(_read(model, one, share, sorters, further(advance, before)))
            before += one.size or 0
            advance(before, None)
        for number, sorter in enumerate(sorters):
            with Path(share.folder, f"{share.number}-{number}").open("wb") as run:
                write_pairs(sorter.pairs(), run)
    return told


def _read(
    model: Model, one: _Input, share: _Share, sorters: Sequence[Sorter], advance: Advance
) -> _Told:
    """Reads one input into sorters, by what its records are about."""
    context = context_of(one.name, one.size, share.options, advance)
    seen = Kinds(context.header)
    number = _number(one.number)
    with _source(one) as source:
        for record in model.stream(source, format=share.format, context=context):
            own = _key(record)
            about = key_of((record.about if isinstance(record, Claim) else record.id, ""))
            line = _number(seen.see(record)) + _number(len(own)) + own + encoded_line(record)
            sorters[zlib.crc32(about) % len(sorters)].put(about + number, line)
    problems = tuple(sorted(context.problems))
    return _Told(one.number, dict(context.header), problems, tuple(seen.examples))


@contextlib.contextmanager
def _source(one: _Input) -> Iterator[Any]:
    """What a model reads: the path of an input, or the stream that was kept of standard input."""
    if one.path == one.name:
        yield one.path
        return
    with Path(one.path).open("rb") as stream:
        yield stream


def _merge_part(model: Model, part: _Part, advance: Advance) -> _Merged:
    """Merges the runs of a part and leaves one in canonical order."""
    merger = _Merger(line_reader(part.header, model.catalog), Kinds(part.header))
    count = 0
    with contextlib.ExitStack() as stack:
        sorter = stack.enter_context(contextlib.closing(Sorter()))
        runs = [_run(stack, part.folder, n, part.number) for n in range(part.shares)]
        for _, group in itertools.groupby(merged(runs), key=lambda pair: pair[0][:-LENGTH]):
            for key, line in merger.settled(list(group)):
                sorter.put(key, line)
                count += 1
                if not count % 10_000:
                    advance(count, None)
        with Path(part.folder, f"merged-{part.number}").open("wb") as run:
            write_pairs(sorter.pairs(), run)
    return _Merged(count, frozenset(merger.left), tuple(merger.seen.examples))


def _run(stack: contextlib.ExitStack, folder: str, first: object, second: int) -> Iterator[Pair]:
    """The pairs of a run in the folder."""
    return read_pairs(stack.enter_context(Path(folder, f"{first}-{second}").open("rb")))


@attrs.define(slots=True)
class _Merger:
    """Merges the lines about one record after the other.

    Attributes:
        read: Reads a line back.
        seen: The sorts of what was merged.
        left: Numbers of inputs and sorts of their records that stayed as they were.
    """

    read: Callable[[bytes], Record]
    seen: Kinds
    left: set[bytes] = attrs.field(factory=set)

    def settled(self, group: Sequence[Pair]) -> Iterator[Pair]:
        """What the lines about one record become, with their canonical keys."""
        numbers = {key[-LENGTH:] for key, _ in group}
        if len(numbers) == 1:
            yield from map(self._as_it_is, group)
        elif len(numbers) == len(group) and len({_split(line) for _, line in group}) == 1:
            yield self._as_it_is(group[0])
        else:
            parts = [
                Dataset(self.read(_split(line)[1]) for _, line in pairs)
                for _, pairs in itertools.groupby(group, key=lambda pair: pair[0][-LENGTH:])
            ]
            for record in functools.reduce(Dataset.merge, parts):
                self.seen.see(record)
                yield _key(record), encoded_line(record)

    def _as_it_is(self, pair: Pair) -> Pair:
        key, line = pair
        self.left.add(key[-LENGTH:] + line[:LENGTH])
        return _split(line)


def _split(line: bytes) -> Pair:
    """The canonical key of a record, and its line."""
    start = 2 * LENGTH
    stop = start + int.from_bytes(line[LENGTH:start], "big")
    return line[start:stop], line[stop:]


def _number(number: int) -> bytes:
    return number.to_bytes(LENGTH, "big")


def _key(record: Record) -> bytes:
    """Where a record stands in canonical order; claims of one id by what they are about."""
    parts = order_key(record)
    return key_of((*parts, record.about) if isinstance(record, Claim) else parts)
