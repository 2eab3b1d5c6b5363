"""The words of a plan by language: those of the core's tables and of the tables in this folder.

A row is ``topic,word,meaning``: what the word is about, the word as people type it, and what it
means there; `README.md <README.md>`_ beside the tables lists the topics. Case and accents do not
count. One more word is one more row: nothing else lists them. The tables are read on first use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jmdi.words import tables
from jmdi.words.folding import Folded, fold

__all__ = ["group", "indefinite", "lexicon", "phrases", "spoken", "words_of"]

PLANS = tables.Tables(Path(__file__).parent)
_SHORT = 4
_TOKEN = re.compile(r"[^\W\d_]+'?|\d+|\S")


def words_of(topic: str) -> tuple[tables.Word, ...]:
    """The words of a topic in all languages, in the order of the languages and of the tables."""
    return tables.words_of(topic, PLANS)


@cache
def lexicon(topic: str) -> Mapping[str, str]:
    """What each word of a topic means; words are folded by `fold`."""
    found: dict[str, str] = {}
    for word in words_of(topic):
        found.setdefault(fold(word.word), word.meaning)
    return MappingProxyType(found)


@cache
def group(topic: str, meaning: str) -> frozenset[str]:
    """The words of a topic that have one meaning, folded by `fold`."""
    return frozenset(fold(word.word) for word in words_of(topic) if word.meaning == meaning)


def indefinite(phrase: str) -> str:
    """A phrase without the Arabic article before each word: "الجدول الزمني" as "جدول زمني".

    A header may have it or not; a phrase of another language stays as it is.
    """
    words = phrase.split()
    bare = [word.removeprefix("ال") if len(word) > _SHORT else word for word in words]
    return " ".join(bare)


def spoken(text: str) -> str:
    """Folded words and marks with one blank between them; an apostrophe ends its word.

    >>> spoken("D’ici à la fin")
    "d' ici a la fin"
    """
    return " ".join(_TOKEN.findall(Folded.of(text).low))


@cache
def phrases(topic: str) -> Mapping[str, str]:
    """What each word or phrase of a topic means, by its `spoken` form."""
    found: dict[str, str] = {}
    for word in words_of(topic):
        found.setdefault(spoken(word.word), word.meaning)
    return MappingProxyType(found)
