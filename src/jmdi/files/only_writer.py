"""One writer at a time in a folder, among all threads and processes."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from jmdi.files.paths import unreadable

__all__ = ["only_writer"]

PATIENCE = 30.0
"""Seconds to wait for another writer, which needs far less to put its files in place."""

PAUSE = 0.02
"""Seconds between two looks whether it is done."""

Lock: TypeAlias = tuple[int, Callable[[int], bool], Callable[[int], None]]
"""What is locked, how to take the lock (whether nobody else has it), and how to let it go."""


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Waits until nobody else writes in a folder, and keeps others waiting.

    The lock is the system's, and ends with its process. It is on the folder itself, or on Windows,
    which opens no folders, on an empty file among the temporary ones of the user. Some network
    file systems have no locks; there nobody waits.

    Raises:
        FormatError: If another writer still holds the folder after `PATIENCE` seconds.
        OSError: If the folder cannot be opened.
    """
    lock = _of_posix(folder) or _of_windows(folder)
    if lock is None:
        yield
        return
    descriptor, take, let_go = lock
    taken = False
    try:
        until = time.monotonic() + PATIENCE
        while not (taken := take(descriptor)):
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
            if taken:
                let_go(descriptor)
        os.close(descriptor)


def _of_posix(folder: Path) -> Lock | None:
    """The lock of a folder; ``None`` where the system has none."""
    try:
        locks: Any = importlib.import_module("fcntl")
    except ModuleNotFoundError:
        return None

    def take(descriptor: int) -> bool:
        try:
            locks.flock(descriptor, locks.LOCK_EX | locks.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # this file system has none
            return True
        return True

    def let_go(descriptor: int) -> None:
        locks.flock(descriptor, locks.LOCK_UN)

    return os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)), take, let_go


def _of_windows(folder: Path) -> Lock | None:
    """The lock of a file that stands for a folder; ``None`` where the system has none."""
    try:
        locks: Any = importlib.import_module("msvcrt")
    except ModuleNotFoundError:
        return None

    def take(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            locks.locking(descriptor, locks.LK_NBLCK, 1)
        except OSError:  # Windows says no more than that: another writer has it
            return False
        return True

    def let_go(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        locks.locking(descriptor, locks.LK_UNLCK, 1)

    # One folder has one name: links are followed, and Windows does not tell capitals apart.
    name = os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogatepass")
    path = Path(tempfile.gettempdir()) / f"jmdi-{hashlib.sha256(name).hexdigest()[:32]}.lock"
    return os.open(path, os.O_RDWR | os.O_CREAT), take, let_go
