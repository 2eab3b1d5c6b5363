"""What an importer is given: the limits of its work, and where it reports problems and progress."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import attrs

from jmdi.classes import define, frozen
from jmdi.errors import Cancelled, FormatError, Problem, Severity, Where
from jmdi.model.frozen import EMPTY

if TYPE_CHECKING:
    from jmdi.plugins.catalog import Catalog

__all__ = ["FirstFew", "Cancel", "ImportContext", "Limits", "Progress"]


class Progress(Protocol):
    """A function that is called while an input is read."""

    def __call__(self, done: int, total: int | None, input: str, /) -> object:
        """Takes the bytes read of an input, its bytes if they are known, and its name."""
        ...


class Cancel(Protocol):
    """A token that says when to stop; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether the work is no longer wanted."""
        ...


@frozen
class Limits:
    """Bounds on the work that one input may make; beyond them it is refused.

    Attributes:
        size: Bytes of one file, after decompression.
        expanded: Bytes of all members of an archive together, after decompression.
        ratio: How many times larger a compressed member may become.
        members: Files in one archive or folder.
        depth: Levels of nesting.
        line: Bytes of one line.
        rows: Rows of one table, or records of one input.
        columns: Columns of one table.
        cells: Cells of one table.
        problems: Problems that are listed one by one; the rest are counted.
        alike: Problems of one code that an importer lists one by one before it sums them up;
            ``None`` for as many as it finds useful.
        seconds: Seconds that reading it may take.
    """

    size: int = 2_000_000_000
    expanded: int = 2_000_000_000
    ratio: int = 200
    members: int = 10_000
    depth: int = 64
    line: int = 64_000_000
    rows: int = 100_000_000
    columns: int = 1_000_000
    cells: int = 5_000_000
    problems: int = 10_000
    alike: int | None = None
    seconds: float = math.inf

    def __attrs_post_init__(self) -> None:
        for name in Limits.__annotations__:
            value = getattr(self, name)
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not (number and value >= 0) and not (name == "alike" and value is None):  # NaN too
                raise ValueError(f"limits.{name} is a number from 0 up, not {value!r}")


_ALL = "'jmdi validate FILE --all' lists all; in Python limits=jmdi.Limits(problems=10**9)"


@define
class ImportContext:
    """What an importer is given beside the bytes, and where it reports problems.

    Attributes:
        name: Name of the input, as the user gave it.
        options: Options by name, as the importer declares them.
        limits: Bounds on what may be read.
        path: Where the input lies, when it is a file or folder.
        size: Bytes of the input, when they are known.
        progress: Called with the bytes read, the bytes of the input if known, and its name.
        cancel: Says when to stop.
        catalog: The kinds and vocabularies that the model knows.
        survey: What the importer's ``survey`` found out of all inputs that are read together;
            ``None`` if there is no other.
        plugin: The plugin that the importer comes from, which its problems name; ``None`` for
            the core.
        problems: What was reported so far.
        unlisted: How many problems were reported beyond those that are listed.
        header: What an importer of jmdi's own format read in the file's header.
        stopped: What the progress function or the stream raised: it is not the importer's fault.
    """

    name: str = "input"
    options: Mapping[str, Any] = EMPTY
    limits: Limits = Limits()
    path: str | None = None
    size: int | None = None
    progress: Progress | None = None
    cancel: Cancel | None = None
    catalog: Catalog | None = None
    survey: object = None
    plugin: str | None = None
    problems: list[Problem] = attrs.field(factory=list)
    unlisted: int = 0
    header: dict[str, Any] = attrs.field(factory=dict)
    stopped: BaseException | None = attrs.field(default=None, init=False)
    _done: int = attrs.field(default=-1, init=False)
    _reports: bool = attrs.field(default=False, init=False)
    _began: float = attrs.field(factory=time.monotonic, init=False)

    def problem(
        self, code: str, message: str, *, severity: Severity = Severity.WARNING, **more: Any
    ) -> None:
        """Reports a problem; ``more`` are the other fields of `Problem`."""
        self.report(Problem(code=code, severity=severity, message=message, **more))

    def report(self, problem: Problem) -> None:
        """Reports a problem; those beyond ``limits.problems`` are only counted."""
        problem = self.named(problem)
        listed = self.limits.problems
        if len(self.problems) < listed:
            self.problems.append(problem)
            return
        self.unlisted += 1
        worst = min([problem, *self.problems[listed:]], key=lambda one: one.severity.rank)
        message = f"{self.unlisted:,} more problems; only the first {listed:,} are listed"
        more = Problem("J104", worst.severity, message, Where(file=self.name), cure=_ALL)
        self.problems[listed:] = [more]

    def named(self, problem: Problem) -> Problem:
        """The problem with the plugin that reports it, as those of checks have it."""
        known = not self.plugin or problem.plugin == self.plugin
        return problem if known else attrs.evolve(problem, plugin=self.plugin)

    def advance(self, done: int, total: int | None = None) -> None:
        """Reports how many bytes of the input were read, and stops where that is wanted.

        Bytes of a stream are counted as they are read. An importer of folders, or one that
        goes over its input twice, calls this instead: then its own reports alone count.

        Raises:
            Cancelled: If reading was cancelled.
            FormatError: If it takes longer than ``limits.seconds``.
        """
        self._reports = True
        self._report(done, total)

    def counted(self, done: int) -> None:
        """Reports how many bytes came out of the stream, unless the importer reports itself.

        Raises:
            Cancelled: If reading was cancelled.
            FormatError: If it takes longer than ``limits.seconds``.
        """
        self._report(0 if self._reports else done, None)

    def _report(self, done: int, total: int | None) -> None:
        self.keep_going()
        if total is not None:
            self.size = total
        if self.progress is not None and done > self._done:
            self._done = done
            try:
                self.progress(self._done, self.size, self.name)
            except BaseException as error:
                self.stopped = error
                raise

    def keep_going(self) -> None:
        """Stops where that is wanted; for work that takes long without reading more bytes.

        Raises:
            Cancelled: If reading was cancelled.
            FormatError: If it takes longer than ``limits.seconds``.
        """
        if self.cancel is not None and self.cancel.is_set():
            self.stopped = Cancelled(f"reading {self.name} was cancelled")
            raise self.stopped
        if time.monotonic() - self._began > self.limits.seconds:
            message = f"takes longer than {self.limits.seconds:g} seconds"
            self.stopped = self.beyond(message, "seconds")
            raise self.stopped

    def whole(self, stream: BinaryIO) -> bytes:
        """All bytes that a stream still has.

        Raises:
            FormatError: If there are more than ``limits.size``.
        """
        data = stream.read(self.limits.size + 1)
        if len(data) > self.limits.size:
            raise self.beyond(f"has more than {self.limits.size:,} bytes", "size")
        return data

    def beyond(self, message: str, limit: str, line: int | None = None) -> FormatError:
        """The error for an input that goes beyond a limit.

        Args:
            message: What it does, such as ``has more than 3 rows``.
            limit: The member of `Limits`.
            line: The line of the file where that was noticed.
        """
        where = Where(file=self.name, line=line)
        cure = f"split it, or raise limits.{limit}"
        return FormatError([Problem("J103", Severity.ERROR, message, where, cure=cure)])


class FirstFew:
    """Tells the first few of each sort from the rest.

    Args:
        limits: The limits of the input, whose ``alike`` goes before ``usual``.
        usual: How many of a sort are listed one by one where the limits do not say.
    """

    def __init__(self, limits: Limits, usual: int) -> None:
        self.most = usual if limits.alike is None else limits.alike
        self._counts: Counter[str] = Counter()

    def takes(self, sort: str) -> bool:
        """Counts one more of a sort; whether it is among the first few."""
        self._counts[sort] += 1
        return self._counts[sort] <= self.most

    def rest(self) -> dict[str, int]:
        """How many of each sort came after the first few, in the order in which they were met."""
        return {sort: n - self.most for sort, n in self._counts.items() if n > self.most}
