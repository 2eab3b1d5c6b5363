"""The words by which headers of lists of ties name their columns, in every language."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from jmdi.words.folding import fold
from jmdi.words.tables import Tables, words_of

__all__ = ["column_of", "ends_of", "names_of"]

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


def names_of(header: Sequence[str], *, without: int) -> list[str]:
    """The columns of a list of nodes, of which the first that is of names is called ``label``.

    Args:
        header: What the columns are called; one without a name gets its number.
        without: The column that is the id of the nodes.
    """
    words = {fold(word.word) for word in words_of("header") if word.meaning == "name"}
    names = [name or f"column {at}" for at, name in enumerate(header, start=1)]
    own = (at for at, name in enumerate(names) if at != without and fold(name) in words)
    if "label" not in map(str.casefold, names) and (at := next(own, None)) is not None:
        names[at] = "label"
    return names


def column_of(header: str) -> str:
    """What another column of a list of ties is: ``weight``, ``type`` or its own name."""
    return _columns().get(fold(header), header)
