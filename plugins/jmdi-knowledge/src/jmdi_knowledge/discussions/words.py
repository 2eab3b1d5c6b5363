"""The words that programs and people put around messages, by topic, from ``words.csv``."""

from __future__ import annotations

import csv
import functools
from importlib import resources

from jmdi.words.folding import fold

__all__ = ["said", "words"]


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    file = resources.files("jmdi_knowledge.discussions") / "words.csv"
    topics: dict[str, set[str]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        topics.setdefault(row["topic"], set()).add(fold(row["word"]))
    return {topic: frozenset(found) for topic, found in topics.items()}


def words(topic: str) -> frozenset[str]:
    """The folded words of a topic, in all languages."""
    return _table()[topic]


def said(topic: str, text: str) -> bool:
    """Whether a text has one of the words of a topic, as whole words."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded for word in words(topic))
