"""What something does to the process that it runs in: it should do nothing.

Only an interpreter of its own is watched (see `jmdi.testing.apart`), so nothing is put back.
"""

from __future__ import annotations

import atexit
import builtins
import contextlib
import csv
import decimal
import faulthandler
import gc
import locale
import logging
import os
import pickle
import random
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["watching"]

SHOWN = 60
"""How many characters of what is printed are quoted."""

SIGNALS = [
    number
    for name in ("INT", "TERM", "HUP", "PIPE", "ALRM", "CHLD", "USR1", "USR2", "ABRT", "SEGV")
    if (number := getattr(signal, f"SIG{name}", None)) is not None
]
"""The signals that programs handle."""

GRACE = 0.2
"""Seconds that a thread has to end that was told to: an executor does not wait for its threads."""


@contextlib.contextmanager
def watching(notices: list[str]) -> Iterator[None]:
    """Runs something, and adds a sentence without subject for each trace that it leaves.

    Standard output is watched below Python too, where libraries in C write.
    """
    _draw()
    before = {name: _seen(look) for name, look in _states().items()}
    running = set(threading.enumerate())
    heard: list[str] = []
    with _listening(heard), _registering(notices):
        yield
    for name, look in _states().items():
        if name in before and _seen(look) != before[name]:
            notices.append(f"changed {name} of the whole program")
    for thread in set(threading.enumerate()) - running:
        thread.join(GRACE)
        if thread.is_alive():
            notices.append(f"left the thread {thread.name!r} running")
    if text := " ".join("".join(heard).split()):
        notices.append(f"printed {f'{text[:SHOWN]}…' if len(text) > SHOWN else text!r}")


def _draw() -> None:
    """Draws a number of each generator, so that seeding it with the same seed again shows."""
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


@contextlib.contextmanager
def _registering(notices: list[str]) -> Iterator[None]:
    """Sees what is registered to run at exit; the standard library does so where it is needed."""
    register = atexit.register

    def registered(function: Callable[..., Any], /, *args: Any, **more: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if caller.partition(".")[0] not in sys.stdlib_module_names:
            notices.append(f"registered {getattr(function, '__qualname__', function)} for the exit")
        return register(function, *args, **more)

    atexit.register = registered
    try:
        yield
    finally:
        atexit.register = register


def _states() -> Mapping[str, Callable[[], Any]]:
    """What the whole program shares, each with how to look at it.

    What belongs to numpy is only watched once something else has loaded numpy.
    """
    states: dict[str, Callable[[], Any]] = {
        "the state of the random module": random.getstate,
        "the decimal context": lambda: [
            repr(context).partition(", flags")[0]
            for context in (decimal.getcontext(), decimal.DefaultContext)
        ],
        "the locale": lambda: locale.setlocale(locale.LC_ALL),
        "the working directory": os.getcwd,
        "the warnings filters": lambda: list(warnings.filters),
        "the function that shows warnings": lambda: warnings.showwarning,
        "the handlers of the logging module": lambda: list(map(id, logging.root.handlers)),
        "the levels of the logging module": lambda: [
            logging.root.level,
            logging.root.manager.disable,
        ],
        "the class of loggers": logging.getLoggerClass,
        "the recursion limit": sys.getrecursionlimit,
        "sys.path": lambda: list(sys.path),
        "sys.meta_path": lambda: list(sys.meta_path),
        "the environment": lambda: dict(os.environ),
        "the mask of new files": _mask,
        "the signal handlers": lambda: [signal.getsignal(number) for number in SIGNALS],
        "faulthandler": faulthandler.is_enabled,
        "the garbage collector": lambda: [
            gc.isenabled(),
            gc.get_threshold(),
            gc.get_debug(),
            gc.get_freeze_count(),
            list(gc.callbacks),
        ],
        "sys.excepthook": lambda: sys.excepthook,
        "sys.unraisablehook": lambda: sys.unraisablehook,
        "threading.excepthook": lambda: threading.excepthook,
        "sys.displayhook": lambda: sys.displayhook,
        "the standard streams": lambda: [sys.stdin, sys.stdout, sys.stderr],
        "the trace function": lambda: [sys.gettrace(), sys.getprofile(), threading.gettrace()],
        "the switch interval": sys.getswitchinterval,
        "the longest number in digits": sys.get_int_max_str_digits,
        "the longest field of csv": csv.field_size_limit,
        "the builtins": lambda: {name: id(value) for name, value in vars(builtins).items()},
    }
    if (numbers := sys.modules.get("numpy.random")) is not None:
        numpy = sys.modules["numpy"]
        states["the state of numpy.random"] = lambda: pickle.dumps(numbers.get_state(legacy=False))
        states["what numpy does about errors"] = numpy.geterr
        states["how numpy prints"] = lambda: repr(numpy.get_printoptions())
    return states


def _mask() -> int:
    """The permissions that new files do not get; reading it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _seen(look: Callable[[], Any]) -> Any:
    """A state; ``None`` where there is none, as of a working directory that was deleted."""
    try:
        return look()
    except (OSError, locale.Error):
        return None
