"""Sharing jobs out among processes that load the same plugins as this one."""

from __future__ import annotations

import functools
import multiprocessing
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from jmdi.app import Model
from jmdi.cli.session import Session
from jmdi.errors import PluginError

__all__ = ["Advance", "Processes", "Work", "further"]

J = TypeVar("J")
T = TypeVar("T")
Advance = Callable[[int, int | None], None]
Work = Callable[[Model, J, Advance], T]

PATIENCE = 0.2
"""Seconds between two looks at whether a job is still wanted."""


class _Unwanted(Exception):
    """Another job failed, or the run was interrupted."""


class Processes:
    """Processes that do jobs, to be used in a ``with``; one of them is this one and no other.

    Args:
        session: The run; each process loads its plugins.
        workers: How many processes.
    """

    def __init__(self, session: Session, workers: int) -> None:
        self._session = session
        self._plugins = (tuple(session.plugin), session.strict_plugins)
        self._folder = tempfile.TemporaryDirectory(prefix="jmdi-")
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1:
            way = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(workers, way, _ignore_interrupts)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        with self._folder:
            if self._pool is not None:
                self._pool.shutdown()

    def do(self, work: Work[J, T], jobs: Sequence[J], advance: Advance) -> list[T]:
        """What ``work(model, job, advance)`` gives for each job, in order.

        Args:
            work: A function of a module; it tells ``advance`` how far its job is.
            jobs: The jobs.
            advance: Told how far all jobs are together.

        Raises:
            PluginError: If a process ended before its job was done.
        """
        if self._pool is None:
            return _here(self._session.model, work, jobs, advance)
        end = Path(self._folder.name, "end")
        futures = [self._pool.submit(_elsewhere, work, self._plugins, job, end) for job in jobs]
        try:
            _watch(futures, advance)
            return [future.result()[0] for future in futures]
        except BaseException as error:
            end.touch()
            for future in futures:
                future.cancel()
            if isinstance(error, BrokenProcessPool):
                message = "a process ended before its work was done, perhaps for lack of memory"
                raise PluginError(f"{message}; fewer --workers need less") from None
            raise


def _here(model: Model, work: Work[J, T], jobs: Sequence[J], advance: Advance) -> list[T]:
    found, before = [], 0
    for job in jobs:
        told = _Told(further(advance, before))
        found.append(work(model, job, told))
        before += told.done
    return found


def further(advance: Advance, before: int) -> Advance:
    """What tells ``advance`` how far a part is that comes after so much."""

    def tell(done: int, total: int | None = None) -> None:
        advance(before + done, None)

    return tell


def _watch(futures: Sequence[Future[tuple[Any, int]]], advance: Advance) -> None:
    """Waits for all jobs, or until one has failed."""
    done = 0
    for future in as_completed(futures):
        if future.exception() is not None:
            return
        done += future.result()[1]
        advance(done, None)


def _ignore_interrupts() -> None:
    """An interrupt is for the process that shares out the jobs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _elsewhere(
    work: Work[Any, T], plugins: tuple[tuple[str, ...], bool], job: Any, end: Path
) -> tuple[T, int]:
    """Does a job in another process; gives how far it came, too."""

    def look(done: int, total: int | None = None) -> None:
        if end.exists():
            raise _Unwanted

    told = _Told(look, PATIENCE)
    return work(_model(*plugins), job, told), told.done


@functools.cache
def _model(plugin: tuple[str, ...], strict: bool) -> Model:
    """The model of a process, with the plugins of the one that shares out the jobs."""
    session = Session()
    session.plugin, session.strict_plugins = list(plugin), strict
    session.load(tolerant=not strict)
    return session.model


class _Told:
    """How far a job is.

    Args:
        tell: Called with it.
        patience: Seconds that pass at least between two calls.
    """

    def __init__(self, tell: Advance, patience: float = 0.0) -> None:
        self.done = 0
        self._tell = tell
        self._patience = patience
        self._last = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        self.done = done
        now = time.monotonic()
        if now - self._last >= self._patience:
            self._last = now
            self._tell(done, None)
