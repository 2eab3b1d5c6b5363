"""The command line owns its process: it undoes what plugins do to it, which the library may not.

Standard output is for what commands write. What anything else prints, from Python or below it,
goes to stderr, so that the output of ``--json`` is JSON whatever plugins are installed.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any, NoReturn, TextIO

__all__ = [
    "Terminated",
    "ends_by_signal",
    "in_this_folder",
    "keep_stdout",
    "open_closed",
    "output",
    "prints_to_stderr",
]

STDOUT, STDERR = 1, 2


class Terminated(KeyboardInterrupt):
    """The process was told to end; no plugin's failure, as an interrupt is none."""


def ends_by_signal() -> None:
    """Makes SIGTERM an exception, so that half-written files are cleaned up."""

    def terminate(*_: Any) -> NoReturn:
        raise Terminated

    signal.signal(signal.SIGTERM, terminate)


def open_closed() -> None:
    """Opens the null device as each standard stream that is closed.

    Else the first file that is opened gets its number, and with it what is meant for the stream.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def keep_stdout() -> None:
    """Gives ``sys.stdout`` a descriptor of its own; the usual one leads to stderr from now on.

    Does nothing where one of them is closed, or is no file.
    """
    old = sys.stdout
    if not isinstance(old, io.TextIOWrapper):
        return
    old.reconfigure(errors="backslashreplace")
    with contextlib.suppress(OSError, ValueError):
        old.flush()
        kept = os.dup(old.fileno())
        sys.stdout = open(  # noqa: SIM115, PTH123
            kept,
            "w",
            encoding=old.encoding,
            errors=old.errors,
            buffering=1 if old.line_buffering else -1,
        )
        os.dup2(STDERR, STDOUT)


_output: TextIO | None = None


def output() -> TextIO:
    """Where commands write: standard output, also while all others print to stderr."""
    return sys.stdout if _output is None else _output


@contextlib.contextmanager
def prints_to_stderr() -> Iterator[None]:
    """What is printed meanwhile goes to stderr, except what is written to `output`."""
    global _output
    before, _output = _output, output()
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        _output = before


@contextlib.contextmanager
def in_this_folder() -> Iterator[None]:
    """Comes back to the working folder, wherever a plugin went."""
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:  # it was deleted
        here = None
    try:
        yield
    finally:
        if here is not None:
            os.chdir(here)
