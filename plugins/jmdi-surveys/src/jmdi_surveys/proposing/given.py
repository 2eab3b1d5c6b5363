"""A preset beside a table: what a mapping is made from."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from jmdi.files.mapping import TableMapping
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Record
from jmdi.plugins.catalog import Catalog
from jmdi.words.folding import fold
from jmdi.words.tables import words_of
from jmdi_surveys.proposing.candidates import Candidate
from jmdi_surveys.proposing.matching import Match

__all__ = ["Given", "typed"]


@attrs.frozen
class Given:
    """A preset, and what a table has of it.

    Attributes:
        preset: The preset.
        found: Which of its columns the table has.
        table: The table.
        catalog: The kinds and vocabularies that are known.
        export: Whether the table is of an export of Kobo or ODK.
        lists: Whether it lists the organisations that were asked.
        labels: What the form asks, by the name of the question.
    """

    preset: TableMapping
    found: Match
    table: Candidate
    catalog: Catalog
    export: bool = False
    lists: bool = False
    labels: Mapping[str, str] = EMPTY

    def has(self, name: str) -> bool:
        """Whether the table has a column of the preset."""
        return name in self.found.columns or name in self.found.rosters

    def cls(self, record: str) -> type[Record]:
        """The class of a record of the preset."""
        return self.catalog.kinds[self.preset.records[record].kind]

    @functools.cached_property
    def own(self) -> frozenset[str]:
        """Headers of columns that say the same in all rows of a respondent, as of what it is."""
        seen = self.found.columns.get("Respondent")
        if seen is None:
            return frozenset()
        headers = list(self.table.columns)
        place = headers.index(seen[0].header)
        said: dict[str, dict[str, set[str]]] = {header: {} for header in headers}
        for row in self.table.rows:
            cells = [cell.strip() for cell in row.cells]
            who = fold(cells[place]) if place < len(cells) else ""
            for header, cell in zip(headers, cells, strict=False):
                if who and cell:
                    said[header].setdefault(who, set()).add(cell)
        return frozenset(h for h, by in said.items() if all(len(one) == 1 for one in by.values()))

    def words(self, *answers: str) -> set[str]:
        """The folded words of the preset, and of languages, for some answers."""
        own = {fold(w) for name in answers for w in getattr(self.preset.cells, name) or ()}
        if answers == ("blank",):
            return own
        return own | {fold(w.word) for w in words_of("answer") if w.meaning in answers}


def typed(words: Iterable[str] | None, cells: Sequence[str]) -> tuple[str, ...]:
    """Those of some words that cells have, as they were typed there."""
    wanted = {fold(word) for word in words or () if word}
    return tuple(dict.fromkeys(cell for cell in cells if fold(cell) in wanted))
