"""``jmdi explain``: what a problem code means, without network."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from jmdi.cli.layout import columns
from jmdi.cli.names import complete
from jmdi.cli.options import json_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.plugins.specs import ProblemCode

WIDTH = 80


@new_command("explain", "jmdi explain J203")
@click.argument("code", required=False, metavar="[CODE]", shell_complete=complete("codes"))
@json_option
@pass_session
def command(session: Session, code: str | None, as_json: bool) -> None:
    """Explain a problem code.

    Says what it means, why it matters and what its cure is. Without a code, lists all codes.
    """
    from jmdi.errors import NotFound

    codes = session.catalog.codes
    if code is None:
        if as_json:
            write_json({"codes": [_members(page) for page in codes.values()]})
        else:
            for line in columns(("CODE", "TITLE"), ((p.code, p.title) for p in codes.values())):
                write_line(line)
        return
    page = codes.get(code) or codes.get(code.upper())
    if page is None:
        cure = "'jmdi explain' lists them"
        if code in session.catalog.metrics:
            cure = "it is a metric: 'jmdi metrics --list' has its parameters"
        raise NotFound("problem code", code, codes, cure=cure)
    if as_json:
        write_json(_members(page))
        return
    write_line(f"{page.code}: {page.title}\n")
    for words in (page.why, page.cure):
        write_line(textwrap.fill(words, WIDTH) + "\n")


def _members(page: ProblemCode) -> dict[str, str]:
    return {"code": page.code, "title": page.title, "why": page.why, "cure": page.cure}
