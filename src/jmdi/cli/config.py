"""``jmdi config``: every setting, its value, and where that is from."""

from __future__ import annotations

from typing import Any

import click

from jmdi.cli.layout import columns
from jmdi.cli.options import json_option, new_command
from jmdi.cli.streams import write_json, write_line


@new_command("config", "jmdi config", "JMDI_ON_ERROR=collect jmdi config")
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show every setting with its value and where that is from.

    A setting is looked for on the command line, then in the environment (JMDI_ON_ERROR for
    --on-error), then in the nearest jmdi.toml or [tool.jmdi] of pyproject.toml, here or in
    a folder above.
    """
    from jmdi.cli.settings import sources

    root = ctx.find_root()
    assert isinstance(root.command, click.Group)
    settings = list(sources(root.command, root))
    if as_json:
        write_json(
            {"settings": [{"name": n, "value": v, "from": source} for n, v, source in settings]}
        )
        return
    rows = ((name, _shown(value), source) for name, value, source in settings)
    for line in columns(("SETTING", "VALUE", "FROM"), rows):
        write_line(line)


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
