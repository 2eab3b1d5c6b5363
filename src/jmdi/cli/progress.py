"""Progress on stderr: a bar on a terminal, a line at start and end elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from jmdi.cli.session import Session

__all__ = ["animated", "progress"]

PATIENCE = 0.5
"""Seconds that pass before anything is shown."""


def animated(session: Session) -> bool:
    """Whether a moving bar may be shown; colour settings do not matter."""
    return (
        not session.quiet
        and sys.stderr.isatty()
        and not os.environ.get("CI")
        and os.environ.get("TERM") != "dumb"
    )


@contextlib.contextmanager
def progress(session: Session, what: str, total: int | None = None) -> Iterator[Any]:
    """Shows how far something is, once it takes longer than half a second.

    Args:
        session: The run.
        what: What is done, such as ``reading plan.jsonl``.
        total: How many bytes there are, if that is known.

    Yields:
        A function to call with the number of bytes done, of all bytes if known, and the input.
    """
    shown = _Bar(session, what, total) if animated(session) else _Lines(session, what)
    try:
        yield shown
    except BaseException:
        shown.end(done=False)
        raise
    shown.end()


class _Lines:
    """One line when it begins to take long, one at the end."""

    def __init__(self, session: Session, what: str) -> None:
        self._session = session
        self._what = what
        self._began = time.monotonic()
        self._said = False

    def __call__(self, done: int, total: int | None = None, input: str = "") -> None:
        if not self._said and time.monotonic() - self._began > PATIENCE:
            self._said = True
            self._session.say(f"{self._what} …")

    def end(self, *, done: bool = True) -> None:
        """Says that it is done, if it was said that it began."""
        if self._said and done:
            self._session.say(f"{self._what}: done")


class _Bar:
    """A bar that appears late and leaves nothing behind."""

    def __init__(self, session: Session, what: str, total: int | None) -> None:
        self._session = session
        self._what = what
        self._total = total
        self._began = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, done: int, total: int | None = None, input: str = "") -> None:
        total = total or self._total
        if self._bar is None and time.monotonic() - self._began > PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(file=sys.stderr), transient=True)
            self._task = self._bar.add_task(click.unstyle(self._what), total=total)
            self._bar.start()
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    def end(self, *, done: bool = True) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()
