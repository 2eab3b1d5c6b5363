"""One writer at a time in a folder, among all threads and processes."""

from __future__ import annotations

import contextlib
import importlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jmdi.files.paths import unreadable

__all__ = ["only_writer"]

PATIENCE = 30.0
"""Seconds to wait for another writer, which needs far less to put its files in place."""

PAUSE = 0.02
"""Seconds between two looks whether it is done."""


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Waits until nobody else writes in a folder, and keeps others waiting.

    The lock is the system's on the folder itself: it leaves no file and ends with its process.
    Windows and some network file systems have no such lock; there nobody waits.

    Raises:
        FormatError: If another writer still holds the folder after `PATIENCE` seconds.
        OSError: If the folder cannot be opened.
    """
    try:
        locks: Any = importlib.import_module("fcntl")
    except ModuleNotFoundError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        until = time.monotonic() + PATIENCE
        while not _taken(locks, descriptor):
            if time.monotonic() > until:
                raise unreadable(
                    str(folder),
                    "another writer is replacing its files",
                    "wait until it is done, or give each writer a folder of its own",
                )
            time.sleep(PAUSE)
        yield
    finally:
        # Closing alone leaves the lock to children that were forked meanwhile.
        with contextlib.suppress(OSError):
            locks.flock(descriptor, locks.LOCK_UN)
        os.close(descriptor)


def _taken(locks: Any, descriptor: int) -> bool:
    """Takes the lock of a folder; whether nobody else has it."""
    try:
        locks.flock(descriptor, locks.LOCK_EX | locks.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # this file system has none
        return True
    return True
