"""Files beside their target while they are written: their names, and what killed writers left."""

from __future__ import annotations

import contextlib
import itertools
import os
import platform
import re
import shutil
import time
import zlib
from pathlib import Path

__all__ = ["sweep", "sync_folder", "temporary_name"]

DAY = 86_400
LOOKED_AT = 10_000
"""How many entries of a folder are looked at, so that many files take no quadratic time."""


def temporary_name(target: Path) -> str:
    """A new name for what will become the target; it says which process writes it."""
    return f"{_prefix(target)}{_host()}-{os.getpid()}-{os.urandom(6).hex()}"


def _prefix(target: Path) -> str:
    """How such names begin: short enough for any file system, and no other target's."""
    return f".{target.name[:20]}.{zlib.crc32(os.fsencode(target.name)):08x}."


def _host() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def sweep(target: Path) -> None:
    """Deletes what writers of the same target left that were killed.

    That is what belongs to a process of this machine that is no longer there, or to another
    machine and is over a day old. What is being written is never touched.
    """
    pattern = re.compile(re.escape(_prefix(target)) + r"([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{12}")
    with contextlib.suppress(OSError), os.scandir(target.parent) as entries:
        for entry in itertools.islice(entries, LOOKED_AT):
            found = pattern.fullmatch(entry.name)
            if found is None or not _abandoned(found[1], int(found[2]), entry):
                continue
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()


def _abandoned(host: str, process: int, entry: os.DirEntry[str]) -> bool:
    if host == _host() and os.name == "posix":
        return not _is_alive(process)
    # Nothing is known of its process. Windows refuses to delete a file that is open.
    with contextlib.suppress(OSError):
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > DAY
    return False


def _is_alive(process: int) -> bool:
    """Whether a process is there; on Windows ``os.kill`` would end it, so only for POSIX."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is there and somebody else's
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last through a loss of power, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
