"""How the cells of a column are read that a preset knows, as far as they show it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from jmdi.files.mapping import ColumnRule
from jmdi.files.mapping.guessing import rule_for
from jmdi.words.folding import fold
from jmdi.words.tables import is_summary
from jmdi_surveys.proposing.candidates import ColumnSeen
from jmdi_surveys.proposing.given import Given, typed
from jmdi_surveys.proposing.presets import actor_types
from jmdi_surveys.proposing.record_rules import silence

__all__ = ["column_rule"]

ANSWERS = ("yes", "no", "unknown", "not_asked")
ASKED = ("strength", "state", "score")
"""Fields of which a cell may say yes, no, not known or not asked; a name may be *Si* or *NA*."""

SHOWN = 5
"""How many words a note names."""

NAMES = ("names", "source", "target")
"""Fields that say which organisation it is."""

SEPARATORS = ("|", ";", ",", "/", "\n")


def column_rule(
    given: Given, name: str, to: tuple[str, ...], seen: ColumnSeen
) -> tuple[ColumnRule, str]:
    """The rule of a column, and why it is taken for what it is.

    Args:
        given: The preset and the table.
        name: The name of the column in the preset.
        to: The fields that it goes to.
        seen: The column.
    """
    rule = attrs.evolve(given.preset.columns[name], to=to, also=(), optional=False)
    record, _, path = to[0].partition(".")
    if record not in given.preset.records:
        return rule, f"taken for {name!r}"
    read, values, note = _read(given, rule, seen)
    answers = _answers(given, name, seen) if path in ASKED else {}
    about = "a question for each partner" if "{partner}" in name else f"taken for {name!r}"
    about = "numbers" if name == "{measure}" else about
    found = attrs.evolve(
        rule,
        values=values or None,
        scheme=rule.scheme or read.scheme,
        date=rule.date or read.date,
        decimal=rule.decimal or read.decimal,
        split=_split(given, rule, seen),
        blank=(*typed(rule.blank, seen.cells), *_summaries(path, seen)) or None,
        yes=answers.get("yes") or rule.yes,
        no=answers.get("no") or rule.no,
        unknown=answers.get("unknown") or rule.unknown,
        not_asked=answers.get("not_asked") or rule.not_asked,
    )
    return found, "; ".join(filter(None, (about, note, _countries(path, found, seen))))


def _read(
    given: Given, rule: ColumnRule, seen: ColumnSeen
) -> tuple[ColumnRule, dict[str, str], str]:
    """How cells are read that are no answers, what their words mean, and why."""
    record, _, path = rule.to[0].partition(".")
    silent = given.words(*ANSWERS, "blank") if path in ASKED else given.words("blank")
    silent |= {"0"} if path == "strength" else set()
    cells = [cell for cell in dict.fromkeys(seen.cells) if fold(cell) not in silent]
    values = {cell: code for cell in cells if (code := _value(cell, rule.values)) is not None}
    if path == "type" and record in ("org", "implementer"):
        values |= {c: code for c in cells if (code := actor_types().get(fold(c))) is not None}
    rest = [cell for cell in cells if cell not in values]
    if not rest or path in ("names", "identifiers", "places.words") or rule.scheme:
        return ColumnRule(to=rule.to), values, ""
    cls = given.cls(record)
    read, note = rule_for(seen.header, rule.to[0], rest, cls, path, given.catalog)
    return read, {**(read.values or {}), **values}, note


def _answers(given: Given, name: str, seen: ColumnSeen) -> dict[str, tuple[str, ...]]:
    """The words for yes, no, not known and not asked that cells of a column have."""
    record, _, path = given.preset.columns[name].to[0].partition(".")
    found = {answer: typed(given.words(answer), seen.cells) for answer in ANSWERS}
    # An empty cell of a long table was not asked, if other cells say "no".
    rule, named = given.preset.records[record], "Partner" in given.found.columns
    explicit = path == "strength" and named and silence(given, rule) == "unobserved"
    if name in given.found.rosters or explicit:
        found["not_asked"] = ("", *found["not_asked"])
    if path == "strength" and "0" in seen.cells:
        found["no"] = (*found["no"], "0")
    return found


def _countries(path: str, rule: ColumnRule, seen: ColumnSeen) -> str:
    """Which cells are no codes of countries, so that the user says what they mean."""
    if path != "country":
        return ""
    names = dict.fromkeys(c for c in seen.cells if len(c) != 2 and c not in (rule.values or {}))
    shown = ", ".join(map(repr, [*names][:SHOWN]))
    return f"say which codes of two letters these are: {shown}" if names else ""


def _summaries(path: str, seen: ColumnSeen) -> tuple[str, ...]:
    """What stands in place of the name of an organisation before a row of sums."""
    if path not in NAMES:
        return ()
    return tuple(dict.fromkeys(cell for cell in seen.cells if is_summary(cell)))


def _split(given: Given, rule: ColumnRule, seen: ColumnSeen) -> tuple[str, ...] | None:
    """What stands between several values of a cell: a mark whose parts are cells elsewhere."""
    if rule.split is not None or rule.to[0].rpartition(".")[2] not in (
        "source",
        "target",
        "sectors",
    ):
        return rule.split
    respondents = given.found.columns.get("Respondent", ())
    whole = {fold(cell) for column in (seen, *respondents) for cell in column.cells}
    marks = []
    for mark in SEPARATORS:
        several = [cell.split(mark) for cell in set(seen.cells) if mark in cell]
        known = (sum(fold(part) in whole for part in parts) >= len(parts) / 2 for parts in several)
        if several and all(known):
            marks.append(mark)
    return tuple(marks) or None


def _value(cell: str, values: Mapping[str, str] | None) -> str | None:
    words = fold(cell)
    return next((code for word, code in (values or {}).items() if fold(word) == words), None)
