"""Options: those that every command takes, and those that settings can set too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from jmdi.cli.names import complete
from jmdi.cli.own_process import in_this_folder, prints_to_stderr
from jmdi.cli.session import Session

__all__ = [
    "Command",
    "Setting",
    "example",
    "global_options",
    "from_option",
    "importer_option",
    "json_option",
    "language_option",
    "measuring_options",
    "new_command",
    "options_and_mapping",
    "setting",
    "split_help",
]

F = TypeVar("F", bound=Callable[..., Any])
GLOBAL = "Global options"
MAPPING = "jmdi.mapping"


class Setting(click.Option):
    """An option that the environment and a configuration file can set too.

    Args:
        param_decls: Its names; the long one without dashes is its key in files.
        environment: Whether the variable ``JMDI_<KEY>`` sets it.
        file: Whether a configuration file may set it.
        **attributes: Those of ``click.Option``.
    """

    def __init__(
        self,
        param_decls: Iterable[str],
        *,
        environment: bool = True,
        file: bool = True,
        **attributes: Any,
    ) -> None:
        super().__init__(list(param_decls), **attributes)
        long = next(name for name in self.opts if name.startswith("--"))
        self.key = long.removeprefix("--")
        self.in_file = file
        self.variable = f"JMDI_{self.key.upper().replace('-', '_')}" if environment else None
        if environment:
            self.envvar = self.variable


def setting(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Adds a `Setting` to a command."""
    return click.option(*names, cls=Setting, **attributes)


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keeps the value of a global option for the session; after the command it comes last."""
    name = str(parameter.name)
    given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    if ctx.parent is None or given:
        session = ctx.ensure_object(Session)
        if name == "plugin":
            value = [*session.plugin, *value]
        setattr(session, name, value)


def global_options(*, root: bool = False) -> list[click.Option]:
    """The options of ``jmdi`` that may also come after a command.

    Args:
        root: Whether they are those of ``jmdi`` itself, which settings can set.
    """

    def option(*names: str, **attributes: Any) -> click.Option:
        attributes |= {"callback": _keep, "expose_value": False}
        if root:
            return Setting(names, **attributes)
        attributes.pop("file", None)
        return _Global(list(names), **attributes)

    return [
        option(
            "--plugin",
            multiple=True,
            metavar="FILE.py|MODULE|NAME",
            file=False,
            help="Use this plugin too; may be given several times.",
        ),
        option("--strict-plugins", is_flag=True, help="Stop if an installed plugin fails."),
        option("-q", "--quiet", is_flag=True, help="Say only what is wrong, and show no progress."),
        option("-v", "--verbose", count=True, help="Say more; -vv says most."),
        option("--debug", is_flag=True, help="Show the traceback of an error."),
    ]


class _Global(click.Option):
    """A global option as it is given after a command."""


class Command(click.Command):
    """A command that takes the global options too; what plugins print in it goes to stderr."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.params.extend(global_options())

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a plugin neither writes to its output nor ends it in silence."""
        try:
            with prints_to_stderr(), in_this_folder():
                return super().invoke(ctx)
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as error:
            from jmdi.errors import PluginError

            said = f"{type(error).__name__}: {error}"
            raise PluginError(f"a plugin ended the command with {said}") from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the command's own options, then the global ones."""
        split_help(self, ctx, formatter)


def split_help(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Writes the options of a command in two sections: its own, and the global ones."""
    own: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and isinstance(parameter, click.Option):
            (shared if isinstance(parameter, _Global) else own).append(record)
    for title, records in (("Options", own), (GLOBAL, shared)):
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


def example(*lines: str) -> str:
    """The epilog of a command: commands to try, one on each line."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def new_command(name: str, *examples: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Makes a function a command with the global options and an example in its help."""
    return click.command(name, cls=Command, epilog=example(*examples))


def from_option(function: F) -> F:
    """Adds ``--from``: the name of the importer."""
    return click.option(
        "--from",
        "format_",
        metavar="FORMAT",
        shell_complete=complete("importers"),
        help="Name of the importer; found by content and ending if not given.",
    )(function)


def importer_option(function: F) -> F:
    """Adds ``--option``: options of the importer, for `jmdi.cli.reading.importer_options`.

    ``--mapping`` is the one that people give most, and comes with them.
    """
    return options_and_mapping("An option of the importer, such as country=PH")(function)


def options_and_mapping(help: str) -> Callable[[F], F]:
    """Adds ``--option``, and ``--mapping FILE`` for ``--option mapping=FILE``."""

    def keep(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        ctx.meta[MAPPING] = value

    def joined(
        ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]
    ) -> tuple[str, ...]:
        mapping = ctx.meta.get(MAPPING)
        return value if mapping is None else (*value, f"mapping={mapping}")

    option = click.option(
        "--option",
        "options",
        multiple=True,
        metavar="NAME=VALUE",
        callback=joined,
        help=f"{help}; may be given several times.",
    )
    mapping = click.option(
        "--mapping",
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=keep,
        help="What the columns of a table mean, as 'jmdi mapping' proposes it.",
    )
    return lambda function: mapping(option(function))


def json_option(function: F) -> F:
    """Adds ``--json``: the result as one JSON object."""
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")(function)


def language_option(help: str) -> Callable[[F], F]:
    """Adds ``--language``, English by default."""
    from jmdi.words.tables import LANGUAGES  # most commands have no use for tables of words

    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help=help,
    )


def measuring_options(function: F) -> F:
    """Adds the options of `jmdi.cli.measuring.parameters_of`: projection, parameters and day."""
    projection = setting(
        "--projection",
        default="actors",
        show_default=True,
        metavar="NAME",
        shell_complete=complete("projections"),
        help="The network on which metrics of networks are computed.",
    )
    params = click.option(
        "--param",
        "params",
        multiple=True,
        metavar="NAME=VALUE",
        help="A parameter of the metrics that have it, else of the projection; projection.NAME is "
        "the projection's in any case. A list has commas, a mapping is JSON. May be given several "
        "times.",
    )
    day = setting(
        "--as-of", metavar="DATE", help="The day that metrics of time, and networks, hold for."
    )
    return projection(params(day(function)))
