"""``jmdi code suggest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jmdi.cli.options import Command, example
from jmdi.cli.session import Session
from jmdi_knowledge.commands.output import Form, of_dataset, write_table

if TYPE_CHECKING:
    from jmdi import Dataset

__all__ = ["code"]

SHOWN = {
    "item": "item",
    "theme_label": "theme",
    "score": "score",
    "words": "words in both",
    "sentence": "sentence",
    "passage": "passage",
    "quote": "which says",
}


@click.group(epilog=example("jmdi code suggest programme.jsonl"))
def code() -> None:
    """Help to code what was collected."""


@code.command(
    "suggest",
    cls=Command,
    epilog=example(
        "jmdi code suggest programme.jsonl",
        "jmdi code suggest programme.jsonl --item item/10 --per-item 1 --json",
    ),
)
@click.argument("file", metavar="FILE")
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="ID",
    help="Only this item; may be given several times.",
)
@click.option(
    "--per-item",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="At most how many themes for each item.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.1,
    show_default=True,
    metavar="SCORE",
    help="The lowest score.",
)
@click.option("--codebook", metavar="NAME", help="Only themes of this codebook.")
@of_dataset
def suggest(
    session: Session,
    dataset: Dataset,
    *,
    file: str,
    form: Form,
    items: tuple[str, ...],
    per_item: int,
    least: float,
    codebook: str | None,
) -> None:
    """Suggest themes for items that nobody has coded.

    Each suggestion names the sentence, the coded passage that is most like it and the words that
    both have. Nothing is coded, and FILE stays as it is.
    """
    from jmdi.cli.streams import write_json, write_line
    from jmdi_knowledge.suggesting.nearest import suggest_codes

    found = suggest_codes(
        dataset, items=items or None, per_item=per_item, least=least, codebook=codebook
    )
    if form == "json":
        write_json({"file": file, "suggestions": found.to_dicts()})
    elif form in ("csv", "markdown"):
        write_table(found, SHOWN, form=form)
    else:
        from jmdi_knowledge.commands.blocks import suggestions

        for line in suggestions(found):
            write_line(line)
    if not found.rows:
        session.say("nothing is suggested: no coded passage has the words of an item without codes")
