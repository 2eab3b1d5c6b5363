"""The command line: one file per command, each loading what it needs and nothing more."""

from __future__ import annotations

import io
import signal
import sys
from typing import Any, NoReturn

__all__ = ["main"]

EXIT_USAGE, EXIT_INTERRUPTED, EXIT_TERMINATED = 2, 130, 143


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and ends the process with its exit code.

    Args:
        arguments: The words after ``jmdi``; by default those of the process.
    """
    try:
        import click  # noqa: F401
    except ImportError:
        sys.stderr.write("the command line needs: pip install 'jmdi[cli]'\n")
        sys.exit(EXIT_USAGE)
    try:
        signal.signal(signal.SIGTERM, _terminate)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        from jmdi.cli.root import cli

        cli.main(arguments, prog_name="jmdi")
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    raise AssertionError("the command line always exits")


def _terminate(*_: Any) -> NoReturn:
    """Ends the process by an exception, so that half-written files are cleaned up."""
    sys.exit(EXIT_TERMINATED)
