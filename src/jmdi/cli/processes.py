"""Reading inputs in several processes, each with the plugins of this one."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from jmdi.app import Model
from jmdi.cli.session import Session
from jmdi.errors import PluginError

__all__ = ["interrupts_wait", "model_of", "processes"]


@contextlib.contextmanager
def processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end at once when an error or an interrupt ends the block.

    Args:
        workers: How many.

    Raises:
        PluginError: If a process ended before its work was done.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_ignore_interrupts)
    try:
        yield pool
    except BaseException as error:
        for process in multiprocessing.active_children():
            process.terminate()
        if isinstance(error, BrokenProcessPool):
            message = "a process ended before its work was done, perhaps for lack of memory"
            raise PluginError(f"{message}; fewer --workers need less") from None
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def interrupts_wait() -> Iterator[None]:
    """An interrupt comes after the block; a process that is started in it never gets one.

    It is for the process that started the others, which ends them; one that is still being
    imported would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore_interrupts() -> None:
    """For systems where a process cannot be started so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@functools.cache
def model_of(plugin: tuple[str, ...], strict: bool) -> Model:
    """The model of a process, loaded once, with the plugins of the run.

    Args:
        plugin: What ``--plugin`` named.
        strict: Whether a plugin that fails is an error.
    """
    session = Session()
    session.plugin, session.strict_plugins = list(plugin), strict
    session.load(tolerant=not strict)
    return session.model
