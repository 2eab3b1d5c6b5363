"""Vocabularies kept as tables: a folder with a CSV file for each, read when first needed.

``index.csv`` has a row for each vocabulary: its scheme, title and source, and ``yes`` under
``complete`` where a code outside it is a mistake. ``<scheme>.csv``, with a dot for a colon, has a
row for each code. Its columns are ``code``; ``broader`` and ``note``; a column for each language
of the labels, named by its code of two or three letters; and a column for each vocabulary that
the codes match, named by its scheme.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from jmdi.files.delimited import read_rows
from jmdi.model.vocabularies import Concept, Vocabulary

__all__ = ["vocabularies_in"]

OWN = frozenset({"code", "broader", "note"})
LIMIT = 50_000_000
"""Most characters, and cells, of one table: far above any list of codes that people keep."""


def vocabularies_in(folder: str | Path) -> tuple[Vocabulary, ...]:
    """The vocabularies of a folder, in the order of its ``index.csv``.

    Args:
        folder: The folder; a plugin gives ``Path(__file__).parent / "vocabularies"``.
    """
    return tuple(
        Vocabulary(
            row["scheme"],
            functools.partial(_concepts, Path(folder) / f"{row['scheme'].replace(':', '.')}.csv"),
            title=row.get("title", ""),
            source=row.get("source", ""),
            complete=row.get("complete") == "yes",
        )
        for row in _rows(Path(folder) / "index.csv")
    )


def _concepts(path: Path) -> tuple[Concept, ...]:
    return tuple(map(_concept, _rows(path)))


def _concept(row: Mapping[str, str]) -> Concept:
    others = {name: cell for name, cell in row.items() if name not in OWN}
    languages = {name for name in others if len(name) <= 3 and name.isalpha()}
    return Concept(
        row["code"],
        {name: others[name] for name in others if name in languages},
        broader=row.get("broader"),
        matches={name: others[name] for name in others if name not in languages},
        note=row.get("note", ""),
    )


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of a table, each by the names of its columns, without the empty cells."""
    with path.open("rb") as stream:
        rows = read_rows(stream, path.name, size=LIMIT, cells=LIMIT, delimiter=",")
        columns = next(rows).cells
        for row in rows:
            yield {name: cell for name, cell in zip(columns, row.cells, strict=False) if cell}
