"""The command line: one file per command, each loading what it needs and nothing more."""

from __future__ import annotations

import sys
from typing import NoReturn

from jmdi.cli.own_process import Terminated, ends_by_signal, keep_stdout, open_closed

__all__ = ["main"]

EXIT_USAGE, EXIT_INTERRUPTED, EXIT_TERMINATED = 2, 130, 143


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and ends the process with its exit code.

    Args:
        arguments: The words after ``jmdi``; by default those of the process.
    """
    open_closed()
    try:
        import click  # noqa: F401
    except ImportError:
        sys.stderr.write("the command line needs: pip install 'jmdi[cli]'\n")
        sys.exit(EXIT_USAGE)
    try:
        ends_by_signal()
        keep_stdout()
        from jmdi.cli.root import cli

        cli.main(arguments, prog_name="jmdi")
    except Terminated:
        sys.exit(EXIT_TERMINATED)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    raise AssertionError("the command line always exits")
