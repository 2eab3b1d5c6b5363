"""jmdi's own file format: JSON Lines (canonical) and one JSON document.

The first line is the header; every other line is a record. Reading holds one line at a
time; writing is in canonical order, so that a file written again is the same, byte by byte.
"""

from __future__ import annotations

import collections
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import attrs

from jmdi.classes import define
from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.files.codec import Codec, codec_of
from jmdi.files.header import FORMAT, Header, Order, make_header, read_header
from jmdi.files.migrations import migrate, migrate_facets
from jmdi.files.paths import unreadable
from jmdi.files.strict_json import BadJson, first_members, parse_json
from jmdi.model.declare import NAME, spec_of
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Record, Relation, evolve
from jmdi.plugins.catalog import Catalog, ancestors_of
from jmdi.plugins.context import ImportContext
from jmdi.plugins.specs import Migration

if TYPE_CHECKING:
    from jmdi.files.fast import Make
    from jmdi.files.lines import Lines
    from jmdi.graph.dataset import Dataset

__all__ = [
    "RecordReader",
    "canonical_order",
    "line_reader",
    "lines_of",
    "order_key",
    "read_json",
    "read_jsonl",
    "sniff_json",
    "sniff_jsonl",
    "write_json",
    "write_jsonl",
]

EMPTY_FILE = f'is empty, and a header is required: {{"jmdi":"{FORMAT}"}} alone will do'


SMALL = 2000
"""At which line msgspec is loaded, which takes as long as to read some thousand without it."""


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def sniff_jsonl(head: bytes) -> bool | str:
    """Whether a file is JSON Lines with a jmdi header."""
    first = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    if not first.startswith(b"{") or b'"jmdi"' not in first:
        return "its first line is not a jmdi header"
    try:
        header = parse_json(first)
    except BadJson:
        if b"\n" not in head and b"records" not in first_members(first) >= {b"jmdi"}:
            return True  # a header that is longer than what is known of the file
        return "its first line is not a whole JSON object"
    if not isinstance(header, dict) or "jmdi" not in header:
        return "its first line is not a jmdi header"
    return "it is one JSON document" if "records" in header else True


def sniff_json(head: bytes) -> bool | str:
    """Whether a file is one JSON document with a jmdi header."""
    if b"jmdi" not in first_members(head):
        return "it has no jmdi header"
    return True if sniff_jsonl(head) is not True else "it is JSON Lines"


@define
class RecordReader:
    """Turns raw objects into records, with the plan for each kind made once."""

    header: Header
    catalog: Catalog
    codec: Codec
    context: ImportContext
    plans: dict[tuple[str, bool], tuple[type[Record], tuple[Migration, ...]]] = attrs.field(
        factory=dict
    )
    facets: dict[str, tuple[Migration, ...]] = attrs.field(factory=dict)
    absent: collections.Counter[tuple[str, str]] = attrs.field(factory=collections.Counter)

    @classmethod
    def of(cls, raw_header: Any, context: ImportContext) -> RecordReader:
        """The reader for a file with this header, which the context gets."""
        header = read_header(raw_header, context.name)
        if context.catalog is None:
            raise TypeError("context.catalog is missing: read with jmdi.read or Model.read")
        context.header.update(header.raw)
        codec = codec_of(context.catalog, header.raw_facets(context.catalog))
        reader = cls(header, context.catalog, codec, context)
        reader.facets = header.facet_steps(context.catalog)
        for name, steps in reader.facets.items():
            reader._report_losses(name, steps)
        return reader

    def _plan(self, kind: str, relation: bool) -> tuple[type[Record], tuple[Migration, ...]]:
        key = (kind, relation)
        if key not in self.plans:
            cls = self.header.resolve(kind, self.catalog, relation=relation)
            steps = self.header.steps(cls, self.catalog)
            self.plans[key] = (cls, steps)
            self._report_losses(kind, steps)
        return self.plans[key]

    def _report_losses(self, name: str, steps: tuple[Migration, ...]) -> None:
        if not all(step.lossless for step in steps):
            message = f"bringing {name!r} up to version {steps[-1].to_v} loses something"
            self.context.problem("J207", message, where=Where(file=self.context.name), value=name)

    def record(self, raw: Any, line: int) -> Record | None:
        """The record of a raw object; ``None`` after a problem was reported."""
        kind: Any = raw.get("kind") if raw.__class__ is dict else None
        # A kind that was met before needs no look at its letters.
        met = kind.__class__ is str and self.plans.get((kind, "source" in raw and "target" in raw))
        if not met and (kind.__class__ is not str or not NAME.fullmatch(kind)):
            self._report(
                Problem("J201", Severity.ERROR, "this is not a record: it has no kind"), line
            )
            return None
        cls, steps = met or self._plan(kind, "source" in raw and "target" in raw)
        try:
            record = self._structured(raw, cls, steps, line)
        except DataError as error:
            for problem in error.problems:
                self._report(problem, line)
            return None
        if cls.standin:
            self.absent["kind", kind] += 1
        if record.extra and (self.catalog.facets or self.header.facets):
            self.absent.update(("facet", n) for n in self.codec.raw_facets if n in record.extra)
            for problem in self.codec.facet_problems(record):
                self._report(problem, line)
        return record

    def _structured(
        self, raw: dict[str, Any], cls: type[Record], steps: tuple[Migration, ...], line: int
    ) -> Record:
        """The record of a raw object, after the migrations that it needs."""
        if (
            not steps and not self.facets
        ):  # nearly all files: nothing to copy or to bring up to date
            return self.codec.structure(raw, cls)
        try:
            raw = migrate(raw, steps)
        except Exception as error:
            message = f"{cls.kind!r} cannot be brought up to date: {_named(error)}"
            raise DataError([Problem("J210", Severity.ERROR, message)]) from error
        raw, failed = migrate_facets(raw, self.facets)
        record = self.codec.structure(raw, cls)
        if not failed:
            return record
        for name, (_, cause) in failed.items():
            message = f"facet {name!r} is kept as it is; bringing it up to date: {_named(cause)}"
            where = Where(record=record.id, kind=record.kind)
            self._report(Problem("J206", Severity.WARNING, message, where, f"/{name}"), line)
        kept = {name: block for name, (block, _) in failed.items()}
        return evolve(record, extra={**record.extra, **kept})

    def fast(self) -> Callable[[bytes], Record | None]:
        """What reads the lines that msgspec can read alone, and gives ``None`` for others."""
        from jmdi.files.fast import fast_lines

        lines = fast_lines(self.codec)
        if lines is None:
            return _unread
        split, makers = lines.split, cast("dict[type, Make]", {})

        def maker(part: type) -> Make:
            cls = lines.classes[part]
            known = self.header.resolve(cls.kind, self.catalog, relation=issubclass(cls, Relation))
            as_it_is = known is cls and not self.header.steps(cls, self.catalog)
            return makers.setdefault(part, lines.maker(part) if as_it_is else _unread)

        def read(line: bytes) -> Record | None:
            try:
                parts = split(line)
                return (makers.get(parts.__class__) or maker(parts.__class__))(parts, line)
            except Exception:  # the plain reader says what is wrong
                return None

        return read

    def finish(self) -> None:
        """Says which kinds and facets of the file are handled as something else."""
        for (what, name), count in sorted(self.absent.items()):
            self.context.report(self._absence(what, name, count))

    def _absence(self, what: str, name: str, count: int) -> Problem:
        """The problem of a kind or facet that no installed plugin can read."""
        where = Where(file=self.context.name, kind=name if what == "kind" else None)
        table = self.header.kinds if what == "kind" else self.header.facets
        version = table.get(name, EMPTY).get("v", 1)
        known: Any = (self.catalog.kinds if what == "kind" else self.catalog.facets).get(name)
        installed = None if known is None else spec_of(known).version
        newer = installed is not None and installed < version
        said = f"v{version}, newer than the installed v{installed}" if newer else f"v{version}"
        records = f"{count:,} record{'s' if count != 1 else ''}"
        if what == "kind":
            standins = [cls for (kind, _), (cls, _) in self.plans.items() if kind == name]
            bases = " or ".join(sorted(ancestors_of(cls)[0] for cls in standins))
            message = f"{records} of kind {name!r} ({said}) handled as {bases}"
        else:
            message = f"facet {name!r} ({said}) kept unread on {records}"
        origin = str(table.get(name, EMPTY).get("from") or "")
        distribution, _, release = origin.partition(" ")
        if not distribution:
            plugin = name.partition(":")[0] if ":" in name else ""
            distribution = f"the plugin {plugin!r}" if plugin else "a newer jmdi"
        cure = (
            f"install {distribution}{f' {release} or newer' if release else ''} for their own type"
        )
        return Problem("J107", Severity.INFO, message, where, value=name, cure=cure)

    def _report(self, problem: Problem, line: int) -> None:
        where = attrs.evolve(problem.where, file=self.context.name, line=line)
        self.context.report(attrs.evolve(problem, where=where))


def _unread(*_: object) -> None:
    """Leaves a line to the plain reader."""


def line_reader(header: Mapping[str, Any], catalog: Catalog) -> Callable[[bytes], Record]:
    """A function that reads back single lines that `encoded_record` wrote.

    Args:
        header: The header of the file that they are meant for.
        catalog: The installed kinds and facets.
    """
    reader = RecordReader.of(header, ImportContext(catalog=catalog))

    def read(line: bytes) -> Record:
        record = reader.record(parse_json(line), 0)
        if record is None:
            raise ValueError(f"a line of this run is no record: {line!r:.80}")
        return record

    return read


def read_jsonl(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads JSON Lines, one line at a time.

    Args:
        stream: The bytes.
        context: Where problems go; its ``header`` gets the file's.

    Yields:
        The records in the order of the file.

    Raises:
        FormatError: If there is no header, or a line is longer than ``limits.line``.
    """
    limit = context.limits.line
    # One byte beyond the limit tells a line that is too long from one that just fits.
    first = stream.readline(limit + 1)
    if len(first) > limit:
        raise unreadable(context.name, f"line 1 is longer than {limit:,} bytes", code="J103")
    if first.startswith(b"\xef\xbb\xbf"):  # some editors write a byte order mark
        first = first[3:]
    if not first.strip() and not stream.read(1):
        raise unreadable(context.name, EMPTY_FILE, code="J102")
    try:
        reader = RecordReader.of(parse_json(first), context)
    except BadJson as error:
        raise unreadable(context.name, f"no jmdi header: {error}", code="J102") from None
    number = 1
    fast: Callable[[bytes], Record | None]
    fast = reader.fast() if "msgspec" in sys.modules else _unread
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit:
            raise unreadable(
                context.name, f"line {number} is longer than {limit:,} bytes", code="J103"
            )
        if number == SMALL and fast is _unread:
            fast = reader.fast()
        record = fast(line)
        if record is None:
            if line.isspace():
                continue
            try:
                raw = parse_json(line)
            except BadJson as error:
                where = Where(file=context.name, line=number)
                context.report(Problem("J105", Severity.ERROR, str(error), where))
                continue
            record = reader.record(raw, number)
        if record is not None:
            yield record
    reader.finish()


def read_json(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads one JSON document with the header's members and ``records``.

    Raises:
        FormatError: If it is not such a document, or larger than ``limits.size``.
    """
    data = stream.read(context.limits.size + 1)
    if len(data) > context.limits.size:
        raise unreadable(context.name, f"has more than {context.limits.size:,} bytes", code="J103")
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise unreadable(context.name, EMPTY_FILE, code="J102")
    try:
        document = parse_json(data[3:] if data.startswith(b"\xef\xbb\xbf") else data)
    except BadJson as error:
        raise unreadable(context.name, str(error), code="J105") from None
    records = document.pop("records", None) if isinstance(document, dict) else None
    reader = RecordReader.of(document, context)
    if not isinstance(records, list):
        raise unreadable(context.name, "it has no array 'records'", code="J102")
    for number, raw in enumerate(records):
        record = reader.record(raw, number + 1)
        if record is not None:
            yield record
    reader.finish()


def order_key(record: Record) -> tuple[str, ...]:
    """Sorts entities by kind and id, then relations by kind, source, target and id."""
    if isinstance(record, Relation):
        return ("1", record.kind, record.source, record.target, record.id)
    return ("0", record.kind, record.id)


def canonical_order(records: Iterable[Record]) -> list[Record]:
    """Entities by kind and id, then relations by kind, source, target and id."""
    return sorted(records, key=order_key)


def lines_of(dataset: Dataset) -> Lines:
    """A dataset as what exporters of lines are given."""
    from jmdi.files.lines import Lines, encoded_record

    header = make_header(dataset.records, dataset.model.catalog, dataset.header)

    def lines(order: Order) -> Iterator[bytes]:
        if order not in ("canonical", "input"):
            raise ValueError(f"order is 'canonical' or 'input', not {order!r}")
        records = dataset.records if order == "input" else canonical_order(dataset.records)
        return map(encoded_record, records)

    return Lines(header, dataset.model.catalog, lines)


def write_jsonl(data: Lines, stream: BinaryIO, *, order: Order = "canonical") -> None:
    """Writes JSON Lines.

    Args:
        data: The records.
        stream: Where the bytes go.
        order: ``canonical``, or ``input`` to keep the order and so make small differences.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    from jmdi.files.lines import encoded

    stream.write(encoded(data.header, "header") + b"\n")
    for line in data.lines(order):
        stream.write(line)
        stream.write(b"\n")


def write_json(data: Lines, stream: BinaryIO, *, order: Order = "canonical") -> None:
    """Writes one JSON document: the header's members, then ``records``, one on each line.

    Args:
        data: The records.
        stream: Where the bytes go.
        order: ``canonical``, or ``input`` to keep the order that they were read in.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    from jmdi.files.lines import encoded

    stream.write(encoded(data.header, "header")[:-1] + b',"records":[')
    separator = b"\n"
    for line in data.lines(order):
        stream.write(separator + line)
        separator = b",\n"
    stream.write(b"\n]}\n")
