"""Cells of panels as plain text in a language."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from jmdi import Money, Period, default_model, panels
from jmdi_report.localised import Localised, bounded
from jmdi_report.privacy import masked
from jmdi_report.words import texts_of

__all__ = ["drawn", "said", "wrapped"]


def drawn(text: str) -> str:
    """A text as a figure shows it: no addresses or phones, and a dollar is no formula."""
    plain = masked(text).encode("utf-8", "replace").decode("utf-8")
    return plain.replace("$", r"\$")


def said(cell: Any, language: str) -> str:
    """What a cell says, to be drawn; several amounts are separated by ``+``."""
    return drawn(_said(cell, language))


def _said(cell: Any, language: str) -> str:
    local = Localised(language)
    if cell is None:
        return ""
    if isinstance(cell, panels.Unknown):
        return panels.in_language(cell.reason, language)
    if isinstance(cell, panels.Link):
        return panels.in_language(cell.label, language)
    if isinstance(cell, Money):
        return local.money(cell) if cell.amount is not None else _reason(cell, language)
    if isinstance(cell, Period):
        return local.dates(cell.edtf) if cell.edtf else cell.words or _reason(cell, language)
    if isinstance(cell, datetime.date):
        return local.day(cell)
    if isinstance(cell, (int, float, Decimal)):
        return local.number(cell)
    if isinstance(cell, panels.Range):
        return bounded(cell, local.number) or texts_of(language)["unknown"]
    if isinstance(cell, (tuple, list)):
        return " + ".join(_said(part, language) for part in cell)
    return panels.in_language(cell, language)


def _reason(value: Money | Period, language: str) -> str:
    """Why there is no figure, in the words of the vocabulary; else what was typed."""
    vocabulary = default_model().catalog.vocabularies.get("unknown-reason")
    concept = vocabulary.get(value.reason) if vocabulary and value.reason else None
    if concept is not None:
        return panels.in_language(concept.labels, language)
    return value.words or texts_of(language)["unknown"]


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """A text on a few lines; what does not fit is cut with an ellipsis."""
    import textwrap

    found = textwrap.wrap(text, width, max_lines=lines, placeholder="…")
    return "\n".join(found)
