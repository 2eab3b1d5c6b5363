"""Work that is shared out among processes; the outcome is the same for any number of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from jmdi.errors import BadParameter

__all__ = ["shared_out"]

A = TypeVar("A")
T = TypeVar("T")


def shared_out(
    task: Callable[[A, Sequence[int]], list[T]], about: A, numbers: Iterable[int], workers: int
) -> list[T]:
    """What a task gives for each number, in order, from one process or several.

    Args:
        task: ``task(about, numbers)`` gives one outcome for each number.
        about: What the task works on.
        numbers: The numbers.
        workers: How many processes.

    Raises:
        BadParameter: If what the task works on cannot be sent to another process.
    """
    every = list(numbers)
    if workers <= 1 or len(every) < 2:
        return task(about, every)
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
        for outcomes in pool.map(task, [about] * len(parts), parts):
            first += outcomes
    return first
