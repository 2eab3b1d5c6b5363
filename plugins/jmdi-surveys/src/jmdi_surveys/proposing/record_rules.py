"""The records of a preset that a table has something of, with the headers of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from jmdi.files.mapping import RecordRule
from jmdi.model.records import Relation
from jmdi.words.folding import fold
from jmdi_surveys.proposing.given import Given, typed

__all__ = ["records", "silence"]

_SCALE = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\s*\)?\s*$")
ENDS = ("source", "target")


def records(given: Given) -> dict[str, RecordRule]:
    """The records for which the table has something of their own, or both ends."""
    preset = given.preset
    own = {rule.to[0].partition(".")[0] for name, rule in preset.columns.items() if given.has(name)}
    kept = {name for name in own if name in preset.records}
    while more := {n for n in preset.records if n not in kept and _is_linked(given, n, kept)}:
        kept |= more
    kept -= {name for name in kept if not _has_ends(given, name, kept)}
    return {name: _record(given, name, kept) for name in preset.records if name in kept}


def _is_linked(given: Given, name: str, kept: set[str]) -> bool:
    """Whether a record is made of links alone: of both its ends, or to a place."""
    rule = given.preset.records[name]
    survive = [field for field, others in rule.link.items() if kept & set(others)]
    if issubclass(given.cls(name), Relation):
        return {*ENDS} <= set(survive)
    return bool(survive) and rule.each is None and "within" not in survive


def _has_ends(given: Given, name: str, kept: set[str]) -> bool:
    """Whether a relation has both its ends."""
    preset = given.preset
    if not issubclass(given.cls(name), Relation):
        return True
    filled = {
        path for column, one in preset.columns.items() if given.has(column) for path in one.to
    }
    filled |= {path for one in preset.repeats.values() for path in one.to}
    links = preset.records[name].link.items()
    linked = {field for field, others in links if kept & set(others)}
    return all(end in linked or f"{name}.{end}" in filled for end in ENDS)


def _record(given: Given, name: str, kept: set[str]) -> RecordRule:
    """The rule of a record with the headers of the table."""
    rule = given.preset.records[name]
    key = (_header(given, words) for words in rule.key)
    link = {
        field: tuple(other for other in others if other in kept)
        for field, others in rule.link.items()
        if kept & set(others)
    }
    return attrs.evolve(
        rule,
        key=tuple(dict.fromkeys(filter(None, key))),
        link=link,
        when=_when(given, rule),
        set=_constants(given, name),
        silence=None if rule.silence is None else silence(given, rule),
    )


def _header(given: Given, words: str) -> str | None:
    """The header of the first of some columns of the preset that the table has."""
    columns = given.found.columns
    return next((columns[name][0].header for name in words.split("|") if name in columns), None)


def _when(given: Given, rule: RecordRule) -> dict[str, tuple[str, ...]]:
    """When a record is made: where somebody answered."""
    columns = given.found.columns
    found: dict[str, tuple[str, ...]] = {}
    for name, words in rule.when.items():
        if name in columns:
            seen = columns[name][0]
            if said := ("*",) if "*" in words else typed(words, seen.cells):
                found[seen.header] = said
    respondent = columns.get("Respondent")
    if rule.silence is not None and given.export and not found and respondent:
        found[respondent[0].header] = ("*",)
    return found


def silence(given: Given, rule: RecordRule) -> Literal["absent", "unobserved"]:
    """What it means that a pair is not mentioned: "no", unless answers say "no" themselves."""
    if "Partner" not in given.found.columns:
        return rule.silence or "absent"
    noes = {"0", *given.words("no")}
    strength = given.found.columns.get("Strength", ())
    explicit = any(fold(cell) in noes for column in strength for cell in column.cells)
    return "unobserved" if explicit and not given.export else "absent"


def _constants(given: Given, name: str) -> dict[str, str | bool | int | float]:
    """What is the same in each record, unless a column says it."""
    preset, rule = given.preset, given.preset.records[name]
    filled = {path for column in given.found.columns for path in preset.columns[column].to}
    same = {key: value for key, value in rule.set.items() if f"{name}.{key}" not in filled}
    if rule.kind == "rates":
        scale = _scale(given, name)
        same = {key: value for key, value in same.items() if key not in scale}
        same |= {key: value for key, value in scale.items() if value is not None}
    if rule.kind == "actor" and (given.lists or "Answered" in given.found.columns):
        same["extra.asked"] = True
    return same


def _scale(given: Given, name: str) -> dict[str, int | None]:
    """The lowest and highest answer: as the header says, *Trust (1-4)*, else as the preset.

    That of the preset is not kept where an answer is beyond it.
    """
    seen = [*_scores(given, name)]
    for header, _ in seen:
        if match := _SCALE.search(given.labels.get(header, header)):
            return {"low": int(match[1]), "high": int(match[2])}
    same = given.preset.records[name].set
    ends = range(int(same.get("low", 0)), int(same.get("high", -1)) + 1)
    numbers = [int(c) for _, cells in seen for c in cells if c.isdecimal() and len(c) < 7]
    return {} if all(number in ends for number in numbers) else {"low": None, "high": None}


def _scores(given: Given, name: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The headers and cells of the columns that fill the score of a record."""
    to = f"{name}.score"
    for column, columns in given.found.columns.items():
        if given.preset.columns[column].to[0] == to:
            yield from ((one.header, one.cells) for one in columns)
    for column, roster in given.found.rosters.items():
        if given.preset.columns[column].to[0] == to:
            yield roster.pattern, [cell for one in roster.columns for cell in one.cells]
