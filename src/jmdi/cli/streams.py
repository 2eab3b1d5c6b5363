"""Standard streams: binary access, colours, and readers that stop reading."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

import click

from jmdi.cli.own_process import output

__all__ = [
    "STDIO",
    "close_quietly",
    "color_wanted",
    "spooled_stdout",
    "stdin",
    "write_json",
    "write_line",
]

STDIO = "-"
IN_MEMORY = 16 << 20


def color_wanted() -> bool | None:
    """Whether to colour; ``None`` leaves it to whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def stdin() -> BinaryIO:
    """Standard input as bytes."""
    return sys.stdin.buffer


@contextlib.contextmanager
def spooled_stdout() -> Iterator[BinaryIO]:
    """A stream whose content goes to standard output once all of it was written.

    What fails half way so prints nothing, and formats that rewind can be written too.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        yield spool  # type: ignore[misc]
        spool.seek(0)
        out = output().buffer
        shutil.copyfileobj(spool, out)
        out.flush()


def write_json(value: object) -> None:
    """Writes one JSON object to standard output, escaped where its encoding is too small."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str)
    try:
        text.encode(output().encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2, allow_nan=False, default=str)
    write_line(text)


def write_line(text: str = "") -> None:
    """Writes a line to standard output, wherever ``print`` goes."""
    click.echo(text, file=output())


def close_quietly(stream: IO[Any]) -> None:
    """Makes the interpreter's last flush of a stream that nobody reads any more harmless."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    sys.stderr.flush()
