"""Work that is shared out among processes; the outcome is the same for any number of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from jmdi.classes import frozen
from jmdi.errors import BadParameter, Cancelled
from jmdi.plugins.context import Cancel, Progress

__all__ = ["ALONE", "Watch", "shared_out"]

A = TypeVar("A")
T = TypeVar("T")


@frozen
class Watch:
    """Who looks on while work is done, and may stop it.

    Attributes:
        what: What is done, such as ``random networks``.
        progress: Called as ``progress(done, total, what)``.
        cancel: A token with a method ``is_set`` that says when to stop.
    """

    what: str
    progress: Progress | None = None
    cancel: Cancel | None = None

    def __bool__(self) -> bool:
        return self.progress is not None or self.cancel is not None

    def at(self, done: int, total: int | None) -> None:
        """Says how much is done, of how much if that is known.

        Raises:
            Cancelled: If the work is no longer wanted.
        """
        if self.cancel is not None and self.cancel.is_set():
            of = "" if total is None else f"of {total:,} "
            raise Cancelled(f"cancelled after {done:,} {of}{self.what}")
        if self.progress is not None:
            self.progress(done, total, self.what)

    def over(self, things: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The things one by one, each told when it is asked for."""
        for done, thing in enumerate(things):
            self.at(done, total)
            yield thing


ALONE = Watch("")
"""Nobody looks on."""


def shared_out(
    task: Callable[[A, Sequence[int]], list[T]],
    about: A,
    numbers: Iterable[int],
    workers: int,
    watch: Watch = ALONE,
) -> list[T]:
    """What a task gives for each number, in order, from one process or several.

    Args:
        task: ``task(about, numbers)`` gives one outcome for each number.
        about: What the task works on.
        numbers: The numbers.
        workers: How many processes.
        watch: Who looks on.

    Raises:
        Cancelled: If who looks on stops it.
        BadParameter: If what the task works on cannot be sent to another process.
    """
    every = list(numbers)
    watch.at(0, len(every))
    if workers <= 1 or len(every) < 2:
        return _one_by_one(task, about, every, watch)
    import multiprocessing
    import pickle
    import sys
    from concurrent.futures import ProcessPoolExecutor

    try:
        pickle.dumps(about)
    except Exception as error:
        raise BadParameter(
            f"workers={workers}, but this metric or network cannot be sent to "
            f"another process: {error}"
        ) from error
    first = task(about, every[:1])  # compiles kernels before there are several processes
    rest = every[1:]
    step = max(1, -(-len(rest) // (workers * 4)))
    parts = [rest[i : i + step] for i in range(0, len(rest), step)]
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(workers, mp_context=way) as pool:
        try:
            for outcomes in pool.map(task, [about] * len(parts), parts):
                first += outcomes
                watch.at(len(first), len(every))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return first


STEPS = 50
"""How often who looks on is told; each time the task prepares its work anew."""


def _one_by_one(
    task: Callable[[A, Sequence[int]], list[T]], about: A, every: list[int], watch: Watch
) -> list[T]:
    if not watch:
        return task(about, every)
    step = max(1, -(-len(every) // STEPS))
    found: list[T] = []
    for begin in range(0, len(every), step):
        found += task(about, every[begin : begin + step])
        watch.at(len(found), len(every))
    return found
