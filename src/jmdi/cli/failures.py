"""What an error means for the user: a message without traceback, and an exit code."""

from __future__ import annotations

import errno
import sys
import traceback

import click

from jmdi.cli.layout import clean
from jmdi.cli.session import Session
from jmdi.cli.streams import close_quietly, color_wanted
from jmdi.errors import (
    DataError,
    FormatError,
    FormatTooNew,
    JmdiError,
    ModelError,
    NotFound,
    PluginError,
    Problem,
)

__all__ = [
    "FINDINGS",
    "PLUGIN",
    "TOO_NEW",
    "UNREADABLE",
    "USAGE",
    "error_of",
    "exit_code",
    "report",
]

FINDINGS, USAGE, UNREADABLE, PLUGIN, TOO_NEW = 1, 2, 3, 4, 5
FORMATS = ("importer", "exporter")
NO_ARGUMENTS: type[click.UsageError] | tuple[()] = getattr(
    click.exceptions, "NoArgsIsHelpError", ()
)
"""What a group of commands raises that is called alone, since click 8.2; it holds the help."""


def exit_code(error: BaseException) -> int:
    """The exit code that an error ends the run with."""
    if isinstance(error, click.ClickException):
        return USAGE
    if isinstance(error, FormatTooNew):
        return TOO_NEW
    if isinstance(error, FormatError):
        return UNREADABLE
    if isinstance(error, DataError):
        return FINDINGS
    if isinstance(error, (PluginError, ModelError)):  # what plugins declare
        return PLUGIN
    if isinstance(error, NotFound):
        return UNREADABLE if error.what.startswith(FORMATS) else USAGE
    if isinstance(error, JmdiError):
        return USAGE
    return UNREADABLE


def error_of(*problems: Problem) -> JmdiError:
    """The error that says that inputs cannot be read, for the problems that say why."""
    first = problems[0]
    if first.code == "J108":
        return PluginError(first.message)
    return FormatTooNew(problems) if first.code == "J110" else FormatError(problems)


def report(error: Exception, session: Session) -> int:
    """Says on stderr what went wrong and gives the exit code."""
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        close_quietly(sys.stdout)
        return session.outcome
    if session.debug:
        click.echo(clean("".join(traceback.format_exception(error))), err=True, nl=False)
    if isinstance(error, NO_ARGUMENTS):
        click.echo(error.format_message(), err=True)
        return USAGE
    head = click.style("error", fg="red")
    click.echo(f"{head}: {clean(_message(error))}", err=True, color=color_wanted())
    return exit_code(error)


def _message(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "jmdi"
        return f"{error.format_message()}\n  {path} --help shows how it is used"
    if isinstance(error, FormatError):
        return "\n  ".join(str(problem) for problem in error.problems) or str(error)
    if isinstance(error, JmdiError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}"
    if isinstance(error, MemoryError):
        return "there is not enough memory for this"
    kind = type(error).__name__
    return (
        f"this is a fault of jmdi, not of your data: {kind}: {error}\n"
        "  --debug shows where; please report it"
    )
