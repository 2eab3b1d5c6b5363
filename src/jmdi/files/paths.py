"""Opening inputs that may be hostile, and replacing outputs in one step."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from jmdi.errors import FormatError, Problem, Severity, Where

__all__ = ["atomic_write", "escaped", "open_input", "unreadable"]


def unreadable(name: str, message: str, cure: str | None = None, code: str = "J101") -> FormatError:
    """The error for an input that cannot be read at all."""
    problem = Problem(code, Severity.ERROR, message, Where(file=name), cure=cure)
    return FormatError([problem])


def escaped(name: str) -> str:
    """The name of a file as a record can hold it: bytes that are no UTF-8 are escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def open_input(path: Path, *, limit: int) -> BinaryIO:
    """Opens a regular file for reading; never waits on a pipe.

    Args:
        path: The file.
        limit: Most bytes that it may have.

    Raises:
        FormatError: If it is missing, not a regular file, too large or not allowed.
    """
    name = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        raise unreadable(name, "there is no such file") from None
    except (OSError, ValueError) as error:
        raise unreadable(name, f"cannot be opened: {getattr(error, 'strerror', error)}") from None
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        os.close(descriptor)
        what = "a folder" if stat.S_ISDIR(state.st_mode) else "not a regular file"
        cure = "give the name of a file in it" if stat.S_ISDIR(state.st_mode) else None
        raise unreadable(name, f"is {what}", cure)
    if state.st_size > limit:
        os.close(descriptor)
        raise unreadable(
            name,
            f"has {state.st_size:,} bytes; at most {limit:,} are read",
            "split it, or raise limits.size",
            "J103",
        )
    return os.fdopen(descriptor, "rb")


_BINARY = getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def atomic_write(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Opens a stream whose content becomes the file only when all of it was written.

    A link is followed, the mode of an existing file is kept, and after an error, an interrupt
    included, the old file is as it was and nothing is left beside it. What a killed writer left
    is deleted by the next one. The file lasts through a loss of power.

    Raises:
        FormatError: If the path is a folder, a device or a pipe, or cannot be written.
    """
    from jmdi.files.leftovers import sync_folder

    name = os.fspath(path)
    target, temporary, descriptor = _beside(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
        sync_folder(target.parent)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(temporary)):
            raise unreadable(name, f"cannot be written: {error.strerror or error}") from error
        raise


def _beside(name: str) -> tuple[Path, Path, int]:
    """The file that a path means, and a new file beside it, open for writing."""
    from jmdi.files.leftovers import sweep, temporary_name

    try:
        target = Path(os.path.realpath(name))
        if target.exists() and not target.is_file():
            raise unreadable(name, "is not a regular file and cannot be replaced")
        sweep(target)
        temporary = target.with_name(temporary_name(target))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        return target, temporary, os.open(temporary, flags, 0o666)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise unreadable(name, f"cannot be written: {reason}") from None
