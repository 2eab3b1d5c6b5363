"""``jmdi datasets``: the data that comes with jmdi, and what to know before it is used."""

from __future__ import annotations

from pathlib import Path

import click

from jmdi.cli.layout import columns
from jmdi.cli.options import Command, example, global_options, json_option, split_help
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

__all__ = ["command"]


class _Datasets(click.Group):
    """A group that lists when no command is named."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, then the commands."""
        split_help(self, ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(
    "datasets",
    cls=_Datasets,
    invoke_without_command=True,
    params=global_options(),
    epilog=example("jmdi datasets", "jmdi datasets notes jmdi", "jmdi datasets copy jmdi ."),
)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List, explain or copy the data that comes with jmdi."""
    if ctx.invoked_subcommand is not None:
        return
    from jmdi import datasets

    about = [(name, datasets.describe(name)) for name in datasets.names()]
    if as_json:
        write_json({"datasets": [{"name": name, "about": text} for name, text in about]})
        return
    for line in columns(("NAME", "ABOUT"), about):
        write_line(line)


@command.command("notes", cls=Command, epilog=example("jmdi datasets notes jmdi"))
@click.argument("name")
def notes(name: str) -> None:
    """Print what to know before a data set is used: sources, licence, attribution, limits."""
    from jmdi import datasets

    for line in datasets.notes(name).splitlines():
        write_line(line)


@command.command("copy", cls=Command, epilog=example("jmdi datasets copy jmdi ."))
@click.argument("name")
@click.argument("destination", metavar="[DEST]", default=".", type=click.Path(path_type=Path))
@pass_session
def copy(session: Session, name: str, destination: Path) -> None:
    """Copy a data set with its notes, or a template, to DEST, by default the current folder.

    Files that are there already are never replaced.
    """
    from jmdi import datasets

    written = datasets.copy(name, destination)
    for path in written:
        write_line(str(path))
    session.say(f"copied {name!r} to {destination}", level=1)
