"""Words compared without case, accents and punctuation, and the small tables of this plugin."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["as_typed", "fold", "table", "without_footnote", "word_group"]

_NOT_WORD = re.compile(r"[\W_]+")
_BLANK = re.compile(r"\s+")
_FOOTNOTE = re.compile(r"(?:\s?(?:[*†‡§¹²³⁴-⁹]|\[\d{1,2}\]|\(\d{1,2}\)))+$")
_MARKS_AT_MOST = 40


def fold(text: str) -> str:
    """Return words in lower case, without accents and punctuation, one blank between them.

    >>> fold("Région  d’Île-de-France")
    'region d ile de france'
    """
    spread = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    plain = "".join(mark for mark in spread if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", plain).strip()


def as_typed(text: str) -> str:
    """Return the text on one line: white space folded, nothing else changed."""
    return _BLANK.sub(" ", text).strip()


def without_footnote(text: str) -> str:
    """Return the text without trailing footnote marks: ``Budget*``, ``Lieu (1)``, ``Plazo²``."""
    text = text.rstrip()
    head, tail = text[:-_MARKS_AT_MOST], text[-_MARKS_AT_MOST:]
    return head + _FOOTNOTE.sub("", tail)


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one CSV file of the package's ``data`` folder."""
    lines: Iterable[str] = (
        files("jmdi_workplan").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    )
    return tuple(MappingProxyType(dict(row)) for row in csv.DictReader(lines))


@cache
def word_group(name: str) -> frozenset[str]:
    """Return the folded words of one group of ``word_groups.csv``."""
    return frozenset(
        word
        for row in table("word_groups.csv")
        if row["group"] == name
        for word in row["words"].split(";")
    )
