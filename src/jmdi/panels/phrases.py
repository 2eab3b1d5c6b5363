"""Texts of panels in every language: a table beside the code, a row per text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cached_property
from importlib.resources.abc import Traversable

from jmdi.errors import ModelError
from jmdi.model.values import Code
from jmdi.model.vocabularies import Vocabulary
from jmdi.panels.cells import Unknown, Words, in_language

__all__ = ["Phrases", "label_of", "unknown_for"]


class Phrases:
    """Texts of panels, read on first use from a CSV file: ``key``, and a column per language.

    Args:
        file: The file, such as ``files("jmdi_acme") / "panels" / "words.csv"``.
    """

    def __init__(self, file: Traversable) -> None:
        self._file = file

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """The texts by key and language."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        rows = csv.DictReader(lines)
        return {row.pop("key"): {lang: text for lang, text in row.items() if text} for row in rows}

    def __call__(self, key: str, **values: Words | int) -> Words:
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


def _said(value: Words | int, language: str) -> str:
    return str(value) if isinstance(value, int) else in_language(value, language)


def label_of(code: Code, vocabularies: Mapping[str, Vocabulary]) -> Words:
    """What a code means, by language; a code that no vocabulary has, as it was typed."""
    vocabulary = vocabularies.get(code.scheme)
    concept = vocabulary.get(code.code) if vocabulary else None
    return concept.labels if concept and concept.labels else code.words or code.code


def unknown_for(reason: str | None, vocabularies: Mapping[str, Vocabulary]) -> Unknown:
    """What is not known, for a reason of ``unknown-reason``; *not stated* without one."""
    return Unknown(label_of(Code("unknown-reason", reason or "not_stated"), vocabularies))
