"""Texts that are shown in every language: a table beside the code, a row per text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from jmdi.errors import ModelError

__all__ = ["Phrases", "in_language"]


def in_language(words: str | Mapping[str, str], language: str) -> str:
    """A text in a language; where there is none, in English, else in the first that there is."""
    if isinstance(words, str):
        return words
    found = words.get(language) or words.get("en")
    return found if found is not None else next(iter(words.values()), "")


class Phrases:
    """Texts by key and language, read on first use from a CSV file: ``key``, then languages.

    Args:
        file: The file, such as ``Path(__file__).parent / "words.csv"``.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """The texts by key and language."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        rows = csv.DictReader(lines)
        return {row.pop("key"): {lang: text for lang, text in row.items() if text} for row in rows}

    def __call__(self, key: str, **values: str | Mapping[str, str] | int) -> Mapping[str, str]:
        """A text, in which ``{name}`` stands for a value of this name.

        Raises:
            ModelError: If no row has this key.
        """
        if key not in self.texts:
            raise ModelError(f"no text {key!r} in {self._file}")
        return {
            language: text.format(**{name: _said(v, language) for name, v in values.items()})
            for language, text in self.texts[key].items()
        }


def _said(value: str | Mapping[str, str] | int, language: str) -> str:
    return str(value) if isinstance(value, int) else in_language(value, language)
