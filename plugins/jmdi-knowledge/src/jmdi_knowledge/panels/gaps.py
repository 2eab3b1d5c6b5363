"""Where the trail ends: themes without a quote, places that no product uses, unborne claims."""

from __future__ import annotations

from jmdi import Dataset, KnowledgeItem, KnowledgeProduct
from jmdi.panels import Cell, Column, Grid
from jmdi_knowledge.panels import MOST, say
from jmdi_knowledge.panels.naming import named
from jmdi_knowledge.trails.gaps import gaps as found_gaps

__all__ = ["gaps"]

WORDS = {
    "theme": "gap_theme",
    "territory": "gap_territory",
    "claim": "gap_claim",
    "passage": "gap_passage",
}


def gaps(dataset: Dataset) -> Grid | None:
    """The gaps that are found, those of products first.

    Args:
        dataset: The records.
    """
    if not dataset.of(KnowledgeItem) and not dataset.of(KnowledgeProduct):
        return None
    rows = sorted(found_gaps(dataset).to_dicts(), key=lambda row: row["product"] is None)
    if not rows:
        return None
    shown = [_row(dataset, row["gap"], row["id"], row["product"]) for row in rows[:MOST]]
    columns = [Column(say(key)) for key in ("what", "which", "in_product")]
    return Grid(columns, shown, note=say("gaps_note"), left_out=max(len(rows) - MOST, 0))


def _row(dataset: Dataset, gap: str, id: str, product: str | None) -> list[Cell]:
    """A passage is named by what it is in: the item that was coded."""
    coding = dataset.find(id)
    about = getattr(coding, "source", id) if gap == "passage" else id
    which: Cell = named(dataset, about)
    if gap == "claim" and coding is None:
        which = f"[claim: {id}]"
    return [say(WORDS[gap]), which, named(dataset, product) if product else say("any_product")]
