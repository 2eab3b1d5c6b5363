"""The command ``jmdi``: finds its commands, applies settings, and turns errors into exit codes."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import Exit

from jmdi.cli.options import global_options, split_help
from jmdi.cli.own_process import Terminated
from jmdi.cli.session import Session
from jmdi.cli.streams import close_quietly, color_wanted

if TYPE_CHECKING:
    from jmdi.plugins.catalog import Origin
    from jmdi.plugins.specs import Command

__all__ = ["COMMANDS", "cli"]

COMMANDS = (
    "info",
    "validate",
    "convert",
    "mapping",
    "metrics",
    "ask",
    "schema",
    "plugins",
    "explain",
    "datasets",
    "diff",
    "completion",
    "config",
)
"""The commands, in the order in which the help lists them; each is a module of this package."""

_MEANT: Mapping[str, str] = {"import": "convert", "export": "convert", "check": "validate"}
_NEW_PLUGIN = (
    "'jmdi plugins' lists plugins and makes none. A whole one, with tests and documentation, is "
    "made of the template in the repository of jmdi: 'copier copy plugins/_template my-plugin'. "
    "One file is a plugin too: 'jmdi plugins --check --plugin ./my_plugin.py' tries it"
)

OK, INTERRUPTED, TERMINATED = 0, 130, 143


class Root(click.Group):
    """The group of all commands; each is imported when it is needed.

    Plugins are loaded only for a command that the core does not have, so help lists the core's.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the core's commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name in COMMANDS:
            command: click.Command = importlib.import_module(f"jmdi.cli.{cmd_name}").command
            return command
        catalog = ctx.ensure_object(Session).catalog
        added = catalog.commands.get(cmd_name)
        return None if added is None else _command_of(added, catalog.origin("command", cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; an unknown one names what is near."""
        name = args[0]
        if args[:2] == ["plugins", "new"]:
            raise click.UsageError(_NEW_PLUGIN, ctx)
        if name.startswith("-") or ctx.resilient_parsing or self.get_command(ctx, name):
            return super().resolve_command(ctx, args)
        from jmdi.errors import suggest

        known = [*COMMANDS, *ctx.ensure_object(Session).catalog.commands]
        near = (_MEANT[name],) if name in _MEANT else suggest(name, known)
        meant = " or ".join(f"'jmdi {n}'" for n in near)
        cure = f"did you mean {meant}?" if near else "there are " + ", ".join(known)
        raise click.UsageError(f"no command {name!r}: {cure}", ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Applies the configuration file before the options are read."""
        ctx.color = color_wanted()
        asks_only = bool({"-h", "--help", "--version"}.intersection(args)) or not args
        if not asks_only and not ctx.resilient_parsing:
            from jmdi.cli.settings import apply_settings

            apply_settings(self, ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; when nobody reads its output any more, that is no error.

        What a plugin's command raises, ``sys.exit`` included, is that plugin's failure.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            close_quietly(sys.stdout)
            return ctx.ensure_object(Session).outcome
        except BaseException:
            name = ctx.invoked_subcommand
            if name is None or name in COMMANDS:
                raise
            from jmdi.errors import JmdiError
            from jmdi.plugins.blame import blamed

            own = (click.ClickException, Exit, click.Abort, JmdiError, OSError)
            with blamed(ctx.ensure_object(Session).catalog, "command", name, *own):
                raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, then the commands."""
        split_help(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and gives its exit code; exits with it in standalone mode."""
        session = Session()
        extra.setdefault("obj", session)
        try:
            done = super().main(args, "jmdi", "_JMDI_COMPLETE", standalone_mode=False, **extra)
            code = done if isinstance(done, int) else OK
            sys.stdout.flush()
        except (click.Abort, KeyboardInterrupt) as error:
            ended = isinstance(error, Terminated) or isinstance(error.__cause__, Terminated)
            code = TERMINATED if ended else INTERRUPTED
            if not ended:
                click.echo("interrupted", err=True)
        except Exception as error:
            from jmdi.cli.failures import report

            code = report(error, session)
        finally:
            session.close()
        if standalone_mode:
            sys.exit(code)
        return code


def _command_of(added: Command, origin: Origin | None) -> click.Command:
    """The command that a plugin adds, imported now.

    Raises:
        PluginError: If it cannot be imported, or is no command of click.
    """
    from jmdi.errors import PluginError

    whose = f"command {added.name!r}" + (f" of plugin {origin.plugin!r}" if origin else "")
    try:
        command = added.function()
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        raise PluginError(f"{whose} cannot be loaded: {error}") from error
    if not isinstance(command, click.Command):
        raise PluginError(f"{whose} is {command!r:.80}, which is not a command of click")
    return command


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import importlib.metadata  # the whole of what this does: nothing of plugins is loaded

        try:
            version = importlib.metadata.version("jmdi")
        except importlib.metadata.PackageNotFoundError:
            version = "(not installed)"
        click.echo(f"jmdi {version}")
        ctx.exit()


@click.group(
    cls=Root,
    params=[
        *global_options(root=True),
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_version,
            help="Show the version and exit.",
        ),
    ],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  jmdi info examples/workplan/workplan.docx\n\n"
    "Exit codes: 0 fine, 1 findings, 2 usage, 3 cannot read or write, 4 a plugin failed, "
    "5 newer file format, 130 interrupted.\n\n"
    "Plugins may add commands: 'jmdi plugins --kind command' lists them.",
)
def cli() -> None:
    """Typed graphs of who works with whom, on what, by when.

    Reads work plans, partner lists and network files, checks them, computes metrics and
    writes them in other formats. '-' as a file is standard input or output.
    """
