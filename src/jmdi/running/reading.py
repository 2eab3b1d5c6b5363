"""Reads files, folders and streams with the importers of a model."""

from __future__ import annotations

import contextlib
import functools
import glob
import itertools
import logging
import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias

import attrs

from jmdi.classes import frozen
from jmdi.errors import DataError, FormatError, NotFound, PluginError, Problem, Severity, Where
from jmdi.files.packed import start_of, unpacked
from jmdi.files.paths import open_input, unreadable
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.model.records import Record
from jmdi.plugins.blame import blamed, blamed_steps, owner, plugin_of
from jmdi.plugins.context import Cancel, ImportContext, Limits, Progress
from jmdi.plugins.specs import Importer
from jmdi.running.collector import paused
from jmdi.running.importers import importer_of_file, importer_of_folder, looks_like, reads_packed
from jmdi.running.inputs import HEAD, Input, Source, counted, inputs_of, name_of, peeked
from jmdi.running.options import checked_options

__all__ = ["OnError", "Reading", "RecordStream"]

log = logging.getLogger("jmdi")

OnError: TypeAlias = Literal["raise", "keep"]

AT_ONCE = 100_000
"""How many records are made in one pause of the garbage collector."""

BEYOND = ("J103", "J522")
"""Codes of an input that goes beyond a limit, whatever its format."""

UNREAD = (DataError, OSError, PluginError)
"""What says that an input cannot be read; that there is no such importer is the caller's fault."""

BETWEEN = 256
"""After how many records it is asked again whether reading is to stop."""


@frozen
class Reading:
    """How inputs are read: all that `jmdi.Model.read` and ``stream`` take beside the source.

    ``surveys`` is what was found out of all inputs, by the name of the importer, if that is known.
    """

    model: Doer
    format: str | None
    on_error: OnError
    limits: Limits
    progress: Progress | None
    cancel: Cancel | None
    options: Mapping[str, object]
    surveys: Mapping[str, object] | None = None

    def __attrs_post_init__(self) -> None:
        if self.on_error not in ("raise", "keep"):
            raise ValueError(f"on_error is 'raise' or 'keep', not {self.on_error!r}")
        if not isinstance(self.format, str | None):
            raise TypeError(f"format is the name of an importer, not {self.format!r:.60}")
        if not isinstance(self.limits, Limits):
            raise TypeError(f"limits is a jmdi.Limits, not {self.limits!r:.60}")
        if self.progress is not None and not callable(self.progress):
            raise TypeError(f"progress is a function, not {self.progress!r:.60}")
        if self.cancel is not None and not callable(getattr(self.cancel, "is_set", None)):
            what = f"{self.cancel!r:.60} has none"
            raise TypeError(f"cancel has a method is_set, as threading.Event has; {what}")

    def dataset(self, source: Source) -> Dataset:
        """What could be read of a source, as one Dataset; it knows what could not.

        Raises:
            DataError: If the data has errors and these are to be raised.
            FormatError: If an input cannot be read at all, and that is to be raised.
        """
        parts = []
        inputs = inputs_of(source)
        reading = self.surveyed(inputs)
        for one in inputs:
            context = self.context(one)
            unread: dict[str, Problem] = {}
            records: list[Record] = []
            try:
                records = _collected(reading.records(one, context))
            except UNREAD as error:
                unread[context.name] = self.kept(error, context)
            parts.append(
                Dataset(
                    records,
                    model=self.model,
                    header=context.header,
                    problems=sorted(context.problems),
                    unread=unread,
                    inputs=[context.name],
                )
            )
        dataset = parts[0].merge(*parts[1:]) if parts[1:] else parts[0]
        if self.on_error == "raise":
            raise_errors(dataset.problems)
        return dataset

    def stream(self, source: Source) -> RecordStream:
        """The records of a source one by one, in bounded memory."""
        inputs = inputs_of(source)
        return RecordStream(self.surveyed(inputs), inputs)

    def surveyed(self, inputs: Sequence[Input]) -> Reading:
        """The same, with what importers find out of all files and folders that are read together.

        Raises:
            PluginError: If an importer fails at that.
        """
        paths = [os.fspath(one) for one in inputs if isinstance(one, (str, os.PathLike))]
        if self.surveys is not None or len(paths) < 2:
            return self
        catalog: Any = self.model.catalog
        alike: dict[Callable[..., object], list[Importer]] = {}
        for importer in catalog.importers.values():
            if importer.survey is not None and self.format in (None, importer.name):
                alike.setdefault(importer.survey, []).append(importer)
        found: dict[str, object] = {}
        for survey, importers in alike.items():
            theirs = [p for p in paths if self.format or any(_may_read(i, p) for i in importers)]
            if len(theirs) > 1:
                context = ImportContext(
                    options=self.options,
                    limits=self.limits,
                    cancel=self.cancel,
                    catalog=catalog,
                )
                name = importers[0].name
                with blamed(catalog, "importer", name, DataError, did="failed to survey inputs"):
                    found |= dict.fromkeys((i.name for i in importers), survey(theirs, context))
        return attrs.evolve(self, surveys=found)

    def context(self, one: Input) -> ImportContext:
        """What the importer of an input is given."""
        return ImportContext(
            name=name_of(one),
            options=self.options,
            limits=self.limits,
            progress=self.progress,
            cancel=self.cancel,
            catalog=self.model.catalog,
        )

    def kept(self, error: Exception, context: ImportContext) -> Problem:
        """The problem of an input that cannot be read; raises the error if that is wanted."""
        of_caller = error is context.stopped and isinstance(error, OSError)
        if self.on_error == "raise" or of_caller:  # such as a progress bar on a closed pipe
            raise error
        log.debug("%s cannot be read", context.name, exc_info=error)
        problems = _problems_of(error, context)
        context.problems += problems
        return problems[0]

    def records(self, source: Input, context: ImportContext) -> Iterator[Record]:
        """The records of one input one by one; problems go to its context.

        Raises:
            FormatError: If the input cannot be read at all.
            NotFound: If there is no importer or option of this name.
            BadParameter: If an option has a value that it cannot have.
            PluginError: If the importer fails.
        """
        try:
            with _opened(source, self.format, context) as opened:
                context.survey = (self.surveys or {}).get(opened.importer.name)
                context.counted(0)
                try:
                    records = _guarded(opened.importer, opened.stream, context)
                    first = next(records, None)
                    if first is None:
                        context.problems[:] = opened.named(context.problems, sure=True)
                    else:
                        yield first
                        yield from records
                except FormatError as error:
                    raise type(error)(opened.named(error.problems)) from None
                context.counted(context.size or 0)
        except OSError as error:
            if error is context.stopped or context.path is None:
                raise  # the caller's own, or that of a stream
            reason = error.strerror or error
            raise unreadable(context.name, f"cannot be read: {reason}") from error


class RecordStream(Iterator[Record]):
    """Records one by one, with what is known so far about the inputs that they come from.

    Attributes:
        unread: The inputs that could not be read, each with its problem.
        header: The header of the file that is being read.
    """

    def __init__(self, reading: Reading, inputs: list[Input]) -> None:
        self._before: list[Problem] = []
        self._now: list[Problem] = []
        self.unread: dict[str, Problem] = {}
        self.header: dict[str, Any] = {}
        self._records = self._all(reading, inputs)

    def __iter__(self) -> Iterator[Record]:
        return self._records

    def __next__(self) -> Record:
        return next(self._records)

    @property
    def problems(self) -> list[Problem]:
        """What was wrong with what was read so far."""
        return self._before + self._now

    def close(self) -> None:
        """Stops reading and closes the file."""
        self._records.close()

    def _all(self, reading: Reading, inputs: list[Input]) -> Generator[Record, None, None]:
        for one in inputs:
            context = reading.context(one)
            self.header.clear()
            context.header, self._now = self.header, context.problems
            records = reading.records(one, context)
            try:
                yield from self._strict(records) if reading.on_error == "raise" else records
            except UNREAD as error:
                self.unread[context.name] = reading.kept(error, context)
            self._before, self._now = self.problems, []

    def _strict(self, records: Iterator[Record]) -> Iterator[Record]:
        """The records up to the first error."""
        seen = 0
        for record in itertools.chain(records, (None,)):
            if len(self._now) > seen:
                raise_errors(self._now)
                seen = len(self._now)
            if record is not None:
                yield record


def _may_read(importer: Importer, path: str) -> bool:
    """Whether the name of an input is one that an importer reads."""
    return os.path.isdir(path) if importer.folder else path.lower().endswith(importer.extensions)  # noqa: PTH112


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raises a DataError of the errors among problems, if there are any."""
    if errors := [problem for problem in problems if problem.is_error]:
        raise DataError(errors)


def _problems_of(error: Exception, context: ImportContext) -> tuple[Problem, ...]:
    """What is wrong with an input that cannot be read."""
    if isinstance(error, DataError):
        return error.problems
    where = Where(file=context.name)
    if isinstance(error, OSError):
        message = f"cannot be read: {error.strerror or error}"
        return (Problem("J101", Severity.ERROR, message, where),)
    return (context.named(Problem("J108", Severity.ERROR, str(error), where)),)


def _collected(records: Iterator[Record]) -> list[Record]:
    """All records; the pauses of the collector are bounded, so that the process gets its turns."""
    held: list[Record] = []
    while True:
        with paused():
            part = list(itertools.islice(records, AT_ONCE))
        held += part
        if len(part) < AT_ONCE:
            return held


@frozen
class _Opened:
    """An input that is being read.

    Attributes:
        importer: What reads it.
        stream: What it is read from; ``None`` for a folder.
        looks: What other importers take it for.
    """

    importer: Importer
    stream: IO[bytes] | None = None
    looks: Callable[[bool], str] = lambda _: ""

    def named(self, problems: Iterable[Problem], *, sure: bool = False) -> list[Problem]:
        """The problems of an input that was not read: the gravest says what else it may be.

        Args:
            problems: The problems.
            sure: Whether those are asked too who know it by its content: the importer said yes,
                and found nothing.
        """
        named = [*problems]
        worst = min(named, key=lambda p: p.severity.rank, default=None)
        known = worst is None or worst.severity is Severity.INFO or worst.code in BEYOND
        if worst is not None and not known and (looks := self.looks(sure)):
            cure = f"{looks}; {worst.cure}" if worst.cure else looks
            named[named.index(worst)] = attrs.evolve(worst, cure=cure)
        return named


@contextlib.contextmanager
def _opened(source: Input, format: str | None, context: ImportContext) -> Iterator[_Opened]:
    """The importer for an input and the stream that it reads; for a folder no stream."""
    catalog: Any = context.catalog
    with contextlib.ExitStack() as stack:
        if not isinstance(source, (str, os.PathLike)):
            stream, head, context.size = peeked(source)
        else:
            context.path = os.fspath(source)
            if os.path.isdir(source):  # noqa: PTH112
                importer = importer_of_folder(catalog, source, format)
                context.options = checked_options(importer, context.options)
                yield _Opened(importer)
                return
            if not context.path:
                raise unreadable("", "the path is empty")
            if glob.has_magic(context.path) and not os.path.lexists(source):
                raise unreadable(context.path, "no file fits this pattern")
            stream = stack.enter_context(open_input(Path(source), limit=context.limits.size))
            stream, head, context.size = peeked(stream)
        name = context.name
        if (start := start_of(head, HEAD)) and not reads_packed(catalog, head, format):
            stream, head, context.size = unpacked(stream, context), start, None
            name = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
        importer = importer_of_file(catalog, name, head, format, context.options)
        guessed = format is None and not context.options  # else the caller said what it is
        context.options = checked_options(importer, context.options)
        asked = (catalog, importer, name, head)
        opened = _Opened(importer, counted(stream, context))
        if guessed:
            opened = attrs.evolve(opened, looks=functools.partial(looks_like, *asked))
        yield opened


def _guarded(
    importer: Importer, opened: IO[bytes] | None, context: ImportContext
) -> Iterator[Record]:
    """The records of an importer; an unexpected error is reported as the plugin's.

    What the progress function, ``cancel`` or the stream raised is passed on as it is, also
    where the importer caught it or made another error of it.
    """
    catalog: Any = context.catalog
    context.plugin = plugin_of(catalog, "importer", importer.name)
    rows = context.limits.rows
    records = blamed_steps(
        lambda: _named(importer, opened, context),
        catalog,
        "importer",
        importer.name,
        *(DataError, PluginError, NotFound, OSError),
        did=f"failed on {context.name}",
    )
    try:
        for number, record in enumerate(records):
            if number % BETWEEN == 0:
                context.keep_going()
            if number >= rows:
                raise context.beyond(f"has more than {rows:,} records", "rows")
            if not isinstance(record, Record):
                whose = f"importer {importer.name!r}{owner(catalog, 'importer', importer.name)}"
                raise PluginError(f"{whose} gave {record!r:.60}, which is no record")
            yield record
    except Exception:
        if context.stopped is None:
            raise
    if context.stopped is not None:
        raise context.stopped


def _named(
    importer: Importer, opened: IO[bytes] | None, context: ImportContext
) -> Iterator[Record]:
    """The records of an importer; an error that says what is wrong names its plugin."""
    try:
        yield from importer.read(opened, context)  # type: ignore[arg-type]
    except DataError as error:
        if error is not context.stopped:  # a limit is the core's
            error.problems = tuple(map(context.named, error.problems))
        raise
