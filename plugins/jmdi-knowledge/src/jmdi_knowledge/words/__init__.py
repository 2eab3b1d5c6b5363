"""The words that programs and people put around messages, by topic and language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from jmdi.words.folding import fold
from jmdi.words.tables import Tables, words_of

__all__ = ["meanings", "phrase", "said", "words"]

TABLES = Tables(Path(__file__).parent)


@functools.cache
def meanings(topic: str) -> Mapping[str, str]:
    """What the folded words of a topic mean, in all languages."""
    return {fold(word.word): word.meaning for word in reversed(words_of(topic, TABLES))}


@functools.cache
def words(topic: str) -> frozenset[str]:
    """The folded words of a topic, in all languages."""
    return frozenset(meanings(topic))


def said(topic: str, text: str) -> bool:
    """Whether a text has one of the words of a topic, as whole words."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded for word in words(topic))


@functools.cache
def _phrases(language: str) -> Mapping[str, str]:
    found = words_of("draft", TABLES)
    return {word.meaning: word.word for word in found if word.language == language}


def phrase(key: str, language: str) -> str:
    """What a draft says for a key, in a language; in English where that has no word for it."""
    return _phrases(language).get(key) or _phrases("en")[key]
