"""The page on how jmdi is called from the command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import click

from jmdi.cli.options import _Global
from jmdi.cli.root import COMMANDS, cli
from reference.text import block, coded, codes, page, prose, sentence, table

EXIT_CODES = (
    ("0", "fine"),
    ("1", "findings: errors in the data, a value under `--fail-under`, a difference"),
    ("2", "wrong usage"),
    ("3", "a file cannot be read or written, or its format is not known"),
    ("4", "a plugin failed"),
    ("5", "a file is of a newer format"),
    ("130", "interrupted"),
)


def cli_page() -> str:
    """cli.md: every command with its options."""
    parts: list[str] = []
    context = click.Context(cli, info_name="jmdi")
    shared = _options([p for p in cli.params if p.name != "help"])
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += list(_command(command, context, name))
    return page(
        "Command line",
        "`python -m jmdi` is the same as `jmdi`. Results go to standard output; progress, "
        "warnings and errors go to standard error. `-` as a file is standard input or output.",
        "## Exit codes",
        table(("Code", "Meaning"), EXIT_CODES),
        "## Options of all commands",
        "They stand before or after the name of the command.",
        shared,
        "## Settings",
        "An option is looked for on the command line, then in the environment (`JMDI_ON_ERROR` "
        "for `--on-error`), then in the nearest `jmdi.toml` or `[tool.jmdi]` of "
        "`pyproject.toml`, here or in a folder above; `jmdi config` shows each with its value "
        "and where that is from. `JMDI_PLUGINS=off` loads no plugin, `JMDI_PLUGINS=a,b` only "
        "these. `NO_COLOR` switches colour off.",
        *parts,
    )


def _command(command: click.Command, context: click.Context, name: str) -> Iterator[str]:
    inner = click.Context(command, info_name=name, parent=context)
    usage = re.sub(r"\s+", " ", command.get_usage(inner)).removeprefix("Usage: ")
    yield f"## {name}"
    yield block(usage, "text")
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    yield "\n\n".join(map(prose, paragraphs))
    yield _options([p for p in command.params if not isinstance(p, _Global) and p.name != "help"])
    if isinstance(command, click.Group):
        for sub in command.list_commands(inner):
            found = command.get_command(inner, sub)
            assert found is not None
            for part in _command(found, inner, sub):
                yield part.replace(f"## {sub}", f"### {name} {sub}", 1)
    elif command.epilog:
        examples = [line.strip() for line in command.epilog.splitlines() if "jmdi " in line]
        yield "\n".join(f"- `{line}`" for line in examples)


def _options(parameters: list[Any]) -> str:
    rows = []
    for option in parameters:
        if not isinstance(option, click.Option) or option.hidden:
            continue
        names = codes([*option.opts, *option.secondary_opts])
        variable = getattr(option, "variable", None)
        default = option.default if option.show_default else None
        takes = "" if option.is_flag or option.count else _takes(option)
        rows.append(
            (names, takes, sentence(option.help or ""), coded(default or ""), coded(variable or ""))
        )
    return table(("Option", "Takes", "Meaning", "Default", "Environment"), rows)


def _takes(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return codes(option.type.choices)
    return coded(option.metavar or option.type.name.upper())
