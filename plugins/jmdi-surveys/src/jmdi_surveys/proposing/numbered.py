"""Columns that are counted: *Partner 1*, *Strength 1*, *Partner 2*, *Strength 2*."""

from __future__ import annotations

import re

import attrs

from jmdi_surveys.proposing.candidates import Candidate, ColumnSeen
from jmdi_surveys.proposing.fitting import Fitted
from jmdi_surveys.proposing.matching import Match

__all__ = ["gathered", "numbered"]

_COUNTED = re.compile(r"([^\d{}]+)(\d{1,2})([^\d{}]*)")
UNREAD = frozenset({"extra", "drop"})
"""Where columns go that no field holds."""


def gathered(found: Match, table: Candidate) -> Match:
    """How a preset fits, with the cells of all columns that are counted like those it found.

    Args:
        found: How it fits; of counted columns it finds one.
        table: The table.
    """

    def whole(seen: ColumnSeen) -> ColumnSeen:
        alike = [
            cell
            for header, other in table.columns.items()
            if (pattern := _pattern(header)) and pattern == _pattern(seen.header)
            for cell in other.cells
        ]
        return attrs.evolve(seen, cells=alike) if alike else seen

    columns = {name: tuple(map(whole, seen)) for name, seen in found.columns.items()}
    return attrs.evolve(found, columns=columns)


def _pattern(header: str) -> str:
    """A header with ``{n}`` for its number; empty if it has none."""
    match = _COUNTED.fullmatch(header)
    return f"{match[1]}{{n}}{match[3]}" if match else ""


def numbered(fit: Fitted) -> Fitted:
    """A mapping whose counted columns of partners are one column each, with ``{n}`` for the number.

    A preset finds the first of them alone; ties to the partners of the others would be lost.

    Args:
        fit: What a preset gives for a table.
    """
    columns = fit.mapping.columns
    alike: dict[str, list[str]] = {}
    for header in columns:
        if pattern := _pattern(header):
            alike.setdefault(pattern, []).append(header)
    # Of each pattern the column that a preset has found.
    found = {
        pattern: next((h for h in headers if columns[h].to[0] not in UNREAD), "")
        for pattern, headers in alike.items()
        if len(headers) > 1
    }
    found = {pattern: header for pattern, header in found.items() if header}
    partners = [p for p, h in found.items() if any(to.endswith(".target") for to in columns[h].to)]
    if not partners:
        return fit
    counted = {h: pattern for pattern in found for h in alike[pattern]}
    of = {to.partition(".")[0] for header in found.values() for to in columns[header].to}
    records = {
        name: attrs.evolve(
            rule,
            each="n",
            when={header: words for header, words in rule.when.items() if header not in counted},
        )
        if name in of and rule.kind in ("tie", "rates")
        else rule
        for name, rule in fit.mapping.records.items()
    }
    notes = {header: note for header, note in fit.notes.items() if header not in counted}
    rules = {}
    for header, rule in columns.items():
        pattern = counted.get(header, header)
        if pattern == header:
            rules[header] = rule
        elif header == found[pattern]:
            rules[pattern] = rule
            notes[pattern] = f"{fit.notes.get(header, '')}; {{n}} is 1, 2 and so on".lstrip("; ")
    mapping = attrs.evolve(fit.mapping, records=records, columns=rules)
    return Fitted(mapping, notes)
