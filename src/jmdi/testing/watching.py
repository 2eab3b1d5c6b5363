"""What something does to the process that it runs in: it should do nothing.

Only an interpreter of its own is watched (see `jmdi.testing.apart`), so nothing is put back.
"""

from __future__ import annotations

import contextlib
import decimal
import locale
import logging
import os
import pickle
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["watching"]

SHOWN = 60
"""How many characters of what is printed are quoted."""


@contextlib.contextmanager
def watching(notices: list[str]) -> Iterator[None]:
    """Runs something, and adds a sentence without subject for each trace that it leaves.

    Standard output is watched below Python too, where libraries in C write.
    """
    _draw()
    before = {name: _seen(look) for name, look in _states().items()}
    heard: list[str] = []
    with _listening(heard):
        yield
    for name, look in _states().items():
        if name in before and _seen(look) != before[name]:
            notices.append(f"changed {name} of the whole program")
    if text := " ".join("".join(heard).split()):
        notices.append(f"printed {f'{text[:SHOWN]}…' if len(text) > SHOWN else text!r}")


def _draw() -> None:
    """Draws a number of each generator, so that seeding it with the same seed again shows."""
    import random

    random.random()
    if (numbers := sys.modules.get("numpy.random")) is not None:
        numbers.random()


@contextlib.contextmanager
def _listening(heard: list[str]) -> Iterator[None]:
    sys.stdout.flush()
    kept = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        try:
            yield
        finally:
            sys.stdout.flush()
            os.dup2(kept, 1)
            os.close(kept)
        file.seek(0)
        heard.append(file.read().decode("utf-8", "replace"))


def _states() -> Mapping[str, Callable[[], Any]]:
    """What the whole program shares, each with how to look at it.

    The random numbers of numpy are only watched once something else has loaded numpy.
    """
    import random

    states: dict[str, Callable[[], Any]] = {
        "the state of the random module": random.getstate,
        "the decimal context": lambda: repr(decimal.getcontext()).partition(", flags")[0],
        "the locale": lambda: locale.setlocale(locale.LC_ALL),
        "the working directory": os.getcwd,
        "the warnings filters": lambda: list(warnings.filters),
        "the handlers of the logging module": lambda: [
            logging.root.level,
            *map(id, logging.root.handlers),
        ],
        "the recursion limit": sys.getrecursionlimit,
        "sys.path": lambda: list(sys.path),
        "the environment": lambda: dict(os.environ),
    }
    if (numbers := sys.modules.get("numpy.random")) is not None:
        states["the state of numpy.random"] = lambda: pickle.dumps(numbers.get_state(legacy=False))
    return states


def _seen(look: Callable[[], Any]) -> Any:
    """A state; ``None`` where there is none, as of a working directory that was deleted."""
    try:
        return look()
    except (OSError, locale.Error):
        return None
