"""The texts of the page in each language: one row per text, one column per language.

A further language is a file of its own beside the table, named after its code.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from importlib import resources

from jmdi import NotFound

__all__ = ["RIGHT_TO_LEFT", "languages", "texts_of"]

RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages that are written from right to left."""


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__name__).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@functools.cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    """The texts by language and key."""
    rows = _rows("texts.csv")
    codes = [name for name in rows[0] if name != "key"]
    found = {code: {row["key"]: row[code] for row in rows} for code in codes}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda file: file.name):
        code = file.name.removesuffix(".csv")
        if file.name.endswith(".csv") and file.name != "texts.csv":
            own = {row["key"]: row["text"] for row in _rows(file.name)}
            found[code] = {**found["en"], **own}
    return found


def languages() -> dict[str, str]:
    """The languages that the page can be in: code and own name."""
    return {code: texts["language.name"] for code, texts in _catalogue().items()}


def texts_of(language: str) -> Mapping[str, str]:
    """The texts of a language by key.

    Raises:
        NotFound: If there is no such language.
    """
    if language not in _catalogue():
        raise NotFound("language", language, _catalogue())
    return _catalogue()[language]
