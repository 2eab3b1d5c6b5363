"""The words of every language: ``en.csv``, ``fr.csv``, ``es.csv``, ``pt.csv``, ``ar.csv``.

A row is ``topic,word,meaning``: what the word is about, the word as people type it, and what it
means there; `README.md <README.md>`_ beside the tables lists the topics. One more word is one more
row: nothing else lists them. A plugin's own topics are in `Tables` of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from jmdi.words.folding import fold

__all__ = ["LANGUAGES", "SHARED", "Tables", "Word", "is_summary", "words_of"]

LANGUAGES = ("en", "fr", "es", "pt", "ar")
"""The languages that are read; where two give one word a meaning, the first holds."""


@frozen
class Word:
    """One row of a table.

    Attributes:
        word: The word or phrase as the table has it.
        meaning: What it means within its topic.
        language: The language of the table.
    """

    word: str
    meaning: str
    language: str


class Tables:
    """The tables of a folder, one per language, read on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def topics(self) -> Mapping[str, tuple[Word, ...]]:
        """The words of each topic, in the order of the languages and of the tables."""
        topics: dict[str, list[Word]] = {}
        for language in LANGUAGES:
            lines = (self._folder / f"{language}.csv").read_text(encoding="utf-8")
            for row in csv.DictReader(lines.splitlines()):
                word = Word(row["word"], row["meaning"], language)
                topics.setdefault(row["topic"], []).append(word)
        return MappingProxyType({topic: tuple(words) for topic, words in topics.items()})


SHARED = Tables(Path(__file__).parent)
"""The tables beside this module."""


def words_of(topic: str, *more: Tables) -> tuple[Word, ...]:
    """The words of a topic in all languages, in the order of the languages and of the tables.

    Args:
        topic: The topic.
        more: Tables of a plugin, whose words come after the shared ones.

    Raises:
        KeyError: If no table has the topic.
    """
    found = [word for tables in (SHARED, *more) for word in tables.topics.get(topic, ())]
    if not found:
        raise KeyError(topic)
    return tuple(found)


def is_summary(name: str) -> bool:
    """Whether a row or column of this name sums up the others: *Total*, *promedio*."""
    return fold(name) in _summaries()


@cache
def _summaries() -> frozenset[str]:
    return frozenset(fold(word.word) for word in words_of("summary"))
