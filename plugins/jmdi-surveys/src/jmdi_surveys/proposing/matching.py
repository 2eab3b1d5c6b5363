"""Which column of a table each column of a preset is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from jmdi.files.mapping import ColumnRule, TableMapping
from jmdi.words.folding import fold
from jmdi_surveys.proposing.candidates import Candidate, ColumnSeen
from jmdi_surveys.proposing.roster import Roster

__all__ = ["Match", "match"]

_PART = re.compile(r"\{[^{}]+\}")
_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*")


@attrs.frozen
class Match:
    """How a preset fits a table.

    Attributes:
        columns: By the name of a column in the preset, the columns of the table that it is.
        rosters: By the name of a repeated column in the preset, the roster that it is.
        lacking: The columns that the preset needs and the table lacks.
    """

    columns: Mapping[str, tuple[ColumnSeen, ...]]
    rosters: Mapping[str, Roster]
    lacking: tuple[str, ...]

    @property
    def score(self) -> int:
        """How many columns are understood."""
        return len(self.columns) + sum(len(roster.columns) for roster in self.rosters.values())


def match(preset: TableMapping, table: Candidate, rosters: Sequence[Roster]) -> Match:
    """Finds the columns of a preset in a table, each by its words or its hashtag.

    Args:
        preset: The preset; what stands first in it is found first.
        table: The table.
        rosters: The rosters of the table.
    """
    in_roster = {column.header for roster in rosters for column in roster.columns}
    free = {
        name: seen for name, seen in table.columns.items() if name not in in_roster and seen.cells
    }
    found: dict[str, tuple[ColumnSeen, ...]] = {}
    placed: dict[str, Roster] = {}
    plain = [name for name in preset.columns if not _PART.search(name)]
    for name in plain:
        seen = next(_ways(name, preset.columns[name], free), None)
        if seen is not None and not (name == plain[0] and seen.depth):
            found[name] = (seen,)
            del free[seen.header]
    for name, rule in preset.columns.items():
        if not _PART.search(name):
            continue
        if "partner" in preset.repeats:
            _place(name, rule, rosters, placed)
        else:
            measured = tuple(_measures(rule, free))
            if measured:
                found[name] = measured
                free = {k: v for k, v in free.items() if v not in measured}
    if "partner" in preset.repeats:
        for generic in (name for name in preset.columns if _PART.fullmatch(name)):
            rest = [roster for roster in rosters if roster not in placed.values()]
            if rest:
                placed.setdefault(generic, rest[0])
    lacking = tuple(
        name
        for name, rule in preset.columns.items()
        if not rule.optional and name not in found and name not in placed
    )
    if "partner" in preset.repeats and not placed:
        lacking = (*lacking, "a column for each partner")
    return Match(found, placed, lacking)


def _ways(name: str, rule: ColumnRule, free: Mapping[str, ColumnSeen]) -> Iterator[ColumnSeen]:
    """Columns that a preset's column can be, the surest first: nearer tables before others."""
    patterns = [words for words in rule.also if words.startswith("#")]
    # A preset that lists the name of a column among its other words says where it comes in order.
    names = rule.also if name.lower() in rule.also else (name, *rule.also)
    words = [fold(other) for other in names if not other.startswith("#")]
    for depth in sorted({seen.depth for seen in free.values()}):
        columns = [seen for seen in free.values() if seen.depth == depth]
        for wanted in words:
            yield from (c for c in columns if c.words == wanted and _allowed(c, patterns))
        for pattern in patterns:
            yield from (c for c in columns if c.tag is not None and c.tag.fits(pattern))
        for wanted in words:
            yield from (c for c in columns if wanted in c.heads and _allowed(c, patterns))


def _allowed(column: ColumnSeen, patterns: Sequence[str]) -> bool:
    """Whether the tag of a column speaks of something else than the preset's column."""
    if column.tag is None or not patterns:
        return True
    return column.tag.name in {re.split(r"[+-]", pattern[1:])[0] for pattern in patterns}


def _place(
    name: str, rule: ColumnRule, rosters: Sequence[Roster], placed: dict[str, Roster]
) -> None:
    """Finds the roster whose question is that of a preset's repeated column."""
    asked = fold(_PART.sub(" ", name))
    words = {asked, *map(fold, rule.also)} - {""}
    for roster in rosters:
        question = re.sub(r"[\d\s]+$", "", roster.question)
        if roster not in placed.values() and question in words:
            placed[name] = roster
            return


def _measures(rule: ColumnRule, free: Mapping[str, ColumnSeen]) -> Iterator[ColumnSeen]:
    """Columns of numbers, by the words that their headers begin with or their hashtags."""
    patterns = [words for words in rule.also if words.startswith("#")]
    words = [fold(other) for other in rule.also if not other.startswith("#")]
    for column in free.values():
        tagged = column.tag is not None and any(column.tag.fits(one) for one in patterns)
        named = any(column.words == w or column.words.startswith(f"{w} ") for w in words)
        if (tagged or named) and not column.depth and all(map(_NUMBER.fullmatch, column.cells)):
            yield column
