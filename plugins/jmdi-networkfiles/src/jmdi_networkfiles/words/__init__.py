"""The words by which headers of lists of ties name their columns, in every language."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from jmdi.words.folding import fold
from jmdi.words.tables import Tables, words_of

__all__ = ["column_of", "ends_of"]

TABLES = Tables(Path(__file__).parent)


@functools.cache
def _ends() -> tuple[tuple[str, str], ...]:
    return tuple((fold(w.word), fold(w.meaning)) for w in words_of("ends", TABLES))


@functools.cache
def _columns() -> Mapping[str, str]:
    return {fold(word.word): word.meaning for word in reversed(words_of("column", TABLES))}


def ends_of(header: Sequence[str]) -> tuple[int, int] | None:
    """The columns of the two ends of ties; ``None`` if a header does not name them."""
    names = [fold(cell) for cell in header]
    pairs = (pair for pair in _ends() if {*pair} <= {*names})
    return next(((names.index(one), names.index(two)) for one, two in pairs), None)


def column_of(header: str) -> str:
    """What another column of a list of ties is: ``weight``, ``type`` or its own name."""
    return _columns().get(fold(header), header)
