"""What one run of the command line knows: global options, the catalog, what to say on stderr."""

from __future__ import annotations

import contextlib
import logging
import os
import traceback
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.own_process import in_this_folder, prints_to_stderr

if TYPE_CHECKING:
    from pathlib import Path

    from jmdi.app import Model
    from jmdi.errors import Problem
    from jmdi.plugins.catalog import Catalog

__all__ = ["Session", "pass_session"]

NOWHERE = logging.NullHandler()


class Session:
    """The state of one run.

    Attributes:
        plugin: Plugins to use beside the installed ones: names, files or modules.
        strict_plugins: Whether an installed plugin that fails stops the run.
        quiet: Whether to say only what is wrong.
        verbose: How much more to say.
        debug: Whether to show tracebacks.
        settings_file: The configuration file that was applied.
        outcome: The exit code if the reader of the output stops reading.
    """

    def __init__(self) -> None:
        self.plugin: list[str] = []
        self.strict_plugins = False
        self.quiet = False
        self.verbose = 0
        self.debug = False
        self.settings_file: Path | None = None
        self.outcome = 0
        self._model: Model | None = None
        self._handler: _ToStderr | None = None

    @property
    def catalog(self) -> Catalog:
        """What the core and the plugins offer; loaded on first use.

        Raises:
            PluginError: If a plugin fails that must not.
        """
        return self.model.catalog

    @property
    def model(self) -> Model:
        """The model of this run; its plugins are loaded on first use.

        Raises:
            PluginError: If a plugin fails that must not.
        """
        if self._model is None:
            self.load()
        assert self._model is not None
        return self._model

    def load(self, *, tolerant: bool = False) -> Catalog:
        """Loads the plugins.

        Args:
            tolerant: Whether one that fails is neither an error nor a warning.

        Raises:
            PluginError: If a plugin fails that was named with ``--plugin``, or any if the plugins
                are strict.
        """
        from jmdi.app import Model
        from jmdi.cli.given import chosen, refuse_broken

        self._log(logging.CRITICAL if tolerant else logging.WARNING)
        with prints_to_stderr(), in_this_folder(), self._warnings_held():
            plugins = chosen(os.environ.get("JMDI_PLUGINS", ""), self.plugin)
            strict = self.strict_plugins and not tolerant
            model = Model.build(plugins, missing="raise" if strict else "skip")
            if not tolerant:
                refuse_broken(model.catalog, self.plugin)
        if not tolerant:
            for problem in model.catalog.problems:
                self.warn(f"{problem.message}: {problem.cure}")
        self._model = model
        return model.catalog

    def say(self, message: str, *, level: int = 0) -> None:
        """Says something on stderr, unless the run is quiet or not verbose enough."""
        if not self.quiet and self.verbose >= level:
            click.echo(_clean(message), err=True)

    def warn(self, message: str) -> None:
        """Warns on stderr, even when the run is quiet."""
        click.echo(f"{click.style('warning', fg='yellow')}: {_clean(message)}", err=True)

    def found(self, problems: Iterable[Problem]) -> None:
        """Says that there were problems while reading; errors are said even when quiet."""
        from jmdi.cli.problems import summary

        problems = tuple(problems)
        text = f"{summary(problems)} while reading; 'jmdi validate' of the same input shows them"
        if any(problem.is_error for problem in problems):
            self.warn(f"{text}; what could not be read is left out")
        elif problems:
            self.say(text)

    def _log(self, quietest: int) -> None:
        """Sends the library's log to stderr, as much of it as is asked for.

        What other libraries log goes nowhere, but for ``--debug``: without any handler Python
        would print it.
        """
        if self._handler is None:
            self._handler = _ToStderr()
            logging.getLogger("jmdi").addHandler(self._handler)
            if not self.debug:
                logging.root.addHandler(NOWHERE)
        level = {0: quietest, 1: logging.INFO}.get(self.verbose, logging.DEBUG)
        level = logging.DEBUG if self.debug else level
        self._handler.setLevel(min(quietest, level))
        logging.getLogger("jmdi").setLevel(self._handler.level)

    @contextlib.contextmanager
    def _warnings_held(self) -> Iterator[None]:
        """What the library warns of is said afterwards; not when the run ends with an error."""
        handler = self._handler
        if handler is None or self.verbose or self.debug:
            yield
            return
        handler.held = []
        try:
            yield
            held = handler.held
        finally:
            handler.held = None
        for record in held:
            handler.emit(record)

    def close(self) -> None:
        """Leaves the logs as they were."""
        logging.root.removeHandler(NOWHERE)
        if self._handler is not None:
            logger = logging.getLogger("jmdi")
            logger.removeHandler(self._handler)
            logger.setLevel(logging.NOTSET)
            self._handler = None


class _ToStderr(logging.Handler):
    """Writes log records as plain lines.

    Attributes:
        held: The records that are held back; ``None`` when they are written at once.
    """

    held: list[logging.LogRecord] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self.held is not None:
            self.held.append(record)
            return
        click.echo(f"{record.levelname.lower()}: {_clean(record.getMessage())}", err=True)
        if record.exc_info and record.exc_info[1]:
            click.echo(_clean("".join(traceback.format_exception(record.exc_info[1]))), err=True)


def _clean(text: str) -> str:
    from jmdi.cli.layout import clean

    return clean(text)


def pass_session(function: Any) -> Any:
    """Gives a command the session as its first argument."""
    return click.make_pass_decorator(Session, ensure=True)(function)
