"""``jmdi trace``, ``jmdi impact`` and ``jmdi gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jmdi.cli.options import new_command
from jmdi.cli.session import Session
from jmdi_knowledge.commands.blocks import lines_of
from jmdi_knowledge.commands.output import Form, of_dataset, write_table
from jmdi_knowledge.trails.trail import Trail

if TYPE_CHECKING:
    from jmdi import Dataset

__all__ = ["gaps", "impact", "trace"]

TRACE = {
    "practice": "practice",
    "theme_label": "theme",
    "item": "item",
    "territory_label": "territory",
    "date": "date",
    "coders": "coders",
    "agreement": "agreement",
    "file": "file",
    "locator": "place",
    "text": "text",
    "quote": "quote",
}
"""Columns that Markdown shows, with their headings."""

IMPACT = {
    "practice": "practice",
    "product": "product",
    "product_type": "type",
    "published": "published",
    "channel": "channel",
    "date": "date",
    "reach": "people",
    "use": "use",
    "recipient_label": "recipient",
}


@new_command(
    "trace",
    "jmdi trace programme.jsonl product/guide",
    "jmdi trace programme.jsonl product/guide --csv > trail.csv",
)
@click.argument("file", metavar="FILE")
@click.argument("product", metavar="PRODUCT")
@of_dataset
def trace(session: Session, dataset: Dataset, *, file: str, form: Form, product: str) -> None:
    """Show on which evidence a product stands.

    PRODUCT is the id of a product of FILE. There is a row for each passage of each item that it
    was made from, with who coded it to which theme, where it stands, and whether its text is still
    the one that was coded. A broken one is shown as broken.
    """
    from jmdi_knowledge.trails.trace import trace as trace_

    _write(trace_(dataset, product), file, TRACE, form)


@new_command(
    "impact",
    "jmdi impact programme.jsonl item/1",
    "jmdi impact programme.jsonl practice/desk --json",
)
@click.argument("file", metavar="FILE")
@click.argument("item", metavar="ITEM")
@of_dataset
def impact(session: Session, dataset: Dataset, *, file: str, form: Form, item: str) -> None:
    """Show which products an item went into.

    ITEM is the id of an item, practice, product or initiative of FILE. There is a row for each
    time that one of the products was sent to somebody.
    """
    from jmdi_knowledge.trails.impact import impact as impact_

    _write(impact_(dataset, item), file, IMPACT, form)


@new_command(
    "gaps",
    "jmdi gaps programme.jsonl",
    "jmdi gaps programme.jsonl --codebook jmdi-clusters --markdown",
)
@click.argument("file", metavar="FILE")
@click.option("--codebook", metavar="NAME", help="Only themes of this codebook.")
@of_dataset
def gaps(
    session: Session, dataset: Dataset, *, file: str, form: Form, codebook: str | None
) -> None:
    """Show where the trail of knowledge has gaps.

    These are themes without a quote, territories with items and no product, claims in the text of
    a product that its trail does not bear out, and passages whose text is no longer the one that
    was coded: what is not on record in FILE.
    """
    from jmdi.cli.streams import write_json
    from jmdi_knowledge.trails.gaps import gaps as gaps_

    found = gaps_(dataset, codebook=codebook)
    if form == "json":
        write_json({"file": file, "gaps": found.to_dicts()})
    else:
        shown = {"gap": "gap", "id": "id", "product": "product", "why": "why"}
        write_table(found, shown, form=form)
    if not found.rows:
        session.say("no gap was found")


def _write(trail: Trail, file: str, shown: dict[str, str], form: Form) -> None:
    from jmdi.cli.streams import write_json, write_line

    if form == "json":
        write_json({"file": file, **trail.to_dict()})
    elif form in ("csv", "markdown"):
        above = [f"{trail.record.label()} ({trail.record.id})"]
        write_table(trail.table, shown, form=form, above=above)
    else:
        for line in lines_of(trail):
            write_line(line)
