"""``jmdi completion``: the script that teaches a shell to complete jmdi."""

from __future__ import annotations

import click

from jmdi.cli.options import new_command
from jmdi.cli.streams import write_line

SHELLS = ("bash", "zsh", "fish", "powershell")


@new_command(
    "completion",
    "jmdi completion bash >> ~/.bashrc",
    "jmdi completion fish > ~/.config/fish/completions/jmdi.fish",
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    It completes commands and options, and the names of metrics, formats, kinds and codes.
    """
    from click.shell_completion import ShellComplete, get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"completion for {shell} needs: pip install 'click>=8.5'")
    completion = found(ctx.find_root().command, {}, "jmdi", "_JMDI_COMPLETE")
    write_line(ShellComplete.source(completion))
