"""Whether a government is a local one, as its name or its identifier says."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from jmdi.words.folding import fold
from jmdi.words.tables import words_of

__all__ = ["REGISTERS", "is_local_name"]

REGISTERS = frozenset({"GB-LAE", "GB-LANI", "GB-LAS", "GB-PLA"})
"""Registered lists of local authorities."""

LINKS = frozenset({"of", "for", "and", "the"})
"""Before what stands after a name: the Ministry of Municipality is none."""


@functools.lru_cache(maxsize=4096)
def is_local_name(name: str) -> bool:
    """Whether a name is that of a local government: Municipality of A, Alcaldía de B, C Council.

    The words of all languages are rows of the topic ``local_government`` of the tables of words.
    """
    folded = f"{fold(name)} "
    if folded.startswith(_words("before")):
        return True
    after = next((words for words in _words("after") if folded.endswith(words)), None)
    if after is None:
        return False
    *_, last = folded.removesuffix(after).split() or [""]
    return last != "" and last not in LINKS


@functools.cache
def _words(place: str) -> tuple[str, ...]:
    """The words that stand before or after the name of a place, folded."""
    lead = " " if place == "after" else ""
    rows: Iterable[str] = (w.word for w in words_of("local_government") if w.meaning == place)
    return tuple(f"{lead}{fold(row)} " for row in rows)
