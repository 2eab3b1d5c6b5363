"""``jmdi diff``: what changed between two files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.layout import clean, count
from jmdi.cli.options import json_option, new_command
from jmdi.cli.session import Session, pass_session
from jmdi.cli.streams import write_json, write_line

if TYPE_CHECKING:
    from jmdi.graph.difference import Difference

LONGEST = 60


@new_command("diff", "jmdi diff round1.jsonl round2.jsonl", "jmdi diff old.docx new.docx --json")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--sources",
    "with_sources",
    is_flag=True,
    help="Count also where records come from: their sources, and places in documents.",
)
@json_option
@pass_session
def command(session: Session, first: str, second: str, with_sources: bool, as_json: bool) -> int:
    """Show what changed between two files.

    These are the records that B has and A has not (+), the other way round (-), and those
    that differ (~). The order of records, the format of the files, and where records come
    from do not count: the same plan as .docx and .xlsx is no difference. Exits with 1 if
    there is any difference.
    """
    from jmdi.cli.reading import read_whole, sources

    sources([first, second])
    before, after = read_whole(session, first), read_whole(session, second)
    session.found([*before.problems, *after.problems])
    difference = before.diff(after, sources=with_sources)
    session.outcome = int(bool(difference))
    if as_json:
        write_json({"different": bool(difference), **difference.to_dict()})
    else:
        for line in _lines(difference):
            write_line(clean(line))
    if not difference:
        session.say("no difference")
        return session.outcome
    session.say(
        f"{len(difference.added):,} added, {len(difference.removed):,} removed, "
        f"{count(len({c.id for c in difference.changed}), 'record')} changed"
    )
    return session.outcome


def _lines(difference: Difference) -> Iterator[str]:
    for sign, records in (("+", difference.added), ("-", difference.removed)):
        for record in records:
            label = record.label()
            name = f"  {label}" if label != record.id else ""
            yield f"{sign} {record.kind} {record.id}{name}"
    for change in difference.changed:
        before, after = _short(change.before), _short(change.after)
        yield f"~ {change.id} {change.pointer}: {before} -> {after}"


def _short(value: Any) -> str:
    from jmdi.model.frozen import thaw

    if value is None:
        return "nothing"
    text = json.dumps(thaw(value), ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
