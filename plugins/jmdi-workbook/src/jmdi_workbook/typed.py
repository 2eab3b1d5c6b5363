"""Cells whose type says how they are written: dates, numbers, and codes of a few letters.

Nothing is guessed: 01/03/2015 is a day in January or in March, and 12,000 is twelve or more.
"""

from __future__ import annotations

import re
import unicodedata

from jmdi.model import edtf
from jmdi_workbook.layout import LETTERS, Column
from jmdi_workbook.troubles import Trouble

__all__ = ["TYPED", "typed"]

TYPED = frozenset({"date", "number", "amount", "letters"})
"""The sorts of column that `typed` reads."""

WAVE = re.compile(r"(wave\s*)?\d{1,3}(\.0)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
"""What is a thousand and more in many languages, and has three decimals here."""


def typed(column: Column, text: str) -> tuple[str, Trouble | None]:
    """The cell of the table that a text means, and what could not be understood of it."""
    if column.sort == "letters":
        return _letters(column, text)
    plain = "".join(map(_digit, text))
    if column.sort == "date":
        known = edtf.parse_or_none(plain) is not None or WAVE.fullmatch(plain)
        advice = "write 2015, 2015-03, 2015-03-21 or 2015-03/2016-12"
        return (plain, None) if known else _refused("workbook:W12", "no date", text, advice)
    if not NUMBER.fullmatch(plain):
        advice = "write digits alone, with a dot before decimals: 12000 or 1.5"
        return _refused("workbook:W13", "no number", text, advice)
    if column.sort == "amount" and THOUSANDS.fullmatch(plain):
        message = f"{text!r:.80} is read with three decimals"
        advice = f"write {plain.replace('.', '')} if a thousand and more is meant"
        return plain, Trouble("workbook:W13", message, advice=advice)
    return plain, None


def _digit(character: str) -> str:
    """Digits of any script as 0 to 9, and the decimal sign that is Arabic alone as a dot."""
    if character == "\N{ARABIC DECIMAL SEPARATOR}":
        return "."
    return str(unicodedata.decimal(character, character))


def _letters(column: Column, text: str) -> tuple[str, Trouble | None]:
    name = column.name.rpartition(".")[2]
    number, example = LETTERS[name]
    if len(text) == number and text.isascii() and text.isalpha():
        return text.upper(), None
    advice = f"write its {number} letters, such as {example}"
    return _refused("workbook:W14", f"no code of a {name}", text, advice)


def _refused(code: str, what: str, text: str, advice: str) -> tuple[str, Trouble]:
    return "", Trouble(code, f"{text!r:.80} is {what}", words=text, advice=advice)
