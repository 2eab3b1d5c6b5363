"""A preset as a mapping of one table: its headers, and only what the table has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from jmdi.files.mapping import CellRule, ColumnRule, RecordRule, TableMapping, TableRule
from jmdi.files.mapping.guessing import is_contact
from jmdi.words.folding import fold
from jmdi.words.tables import words_of
from jmdi_surveys.answers.joining import UP
from jmdi_surveys.proposing.candidates import ColumnSeen
from jmdi_surveys.proposing.column_rules import column_rule
from jmdi_surveys.proposing.given import Given, typed
from jmdi_surveys.proposing.record_rules import records

__all__ = ["Fitted", "fitted"]

OF_RESPONDENT = ("org.type", "org.country")
"""Fields of who answers, which all rows of a respondent fill alike."""


@attrs.frozen
class Fitted:
    """A mapping of a table by a preset.

    Attributes:
        mapping: The mapping.
        notes: Why a column is taken for what it is, by its header.
    """

    mapping: TableMapping
    notes: Mapping[str, str]


def fitted(given: Given) -> Fitted:
    """The mapping that a preset gives for a table."""
    given = _of_respondents(given)
    made = records(given)
    columns: dict[str, ColumnRule] = {}
    notes: dict[str, str] = {}
    for header, name, seen in _columns(given):
        if to := _targets(given, name, made):
            columns[header], notes[seen.header] = column_rule(given, name, to, seen)
    partner = given.found.columns.get("Partner")
    meant = [rule.silence for rule in made.values() if rule.silence is not None]
    if partner is not None and meant:
        means = "nobody asked" if meant[0] == "unobserved" else "there is none"
        notes[partner[0].header] = f"silence: where nobody mentions a partner, {means}"
    for header, rule, note in _rest(given, made):
        columns[header], notes[header] = rule, note
    order = list(given.table.columns)
    columns = dict(
        sorted(columns.items(), key=lambda one: order.index(one[0]) if one[0] in order else -1)
    )
    table = given.table
    place = TableRule(
        sheet=table.sheet or None, header_row=table.header_row, first_row=table.first_row
    )
    cells = [cell for seen in given.found.columns.values() for one in seen for cell in one.cells]
    mapping = TableMapping(
        columns=columns,
        records=made,
        repeats=_repeats(given, made, columns),
        cells=CellRule(blank=typed(given.words("blank"), cells) or None),
        table=place,
        title=given.preset.title,
    )
    return Fitted(mapping, notes)


def _columns(given: Given) -> Iterator[tuple[str, str, ColumnSeen]]:
    """The columns that the preset knows: as the mapping names each, as the preset does, itself."""
    for name, seen in given.found.columns.items():
        yield name if "{" in name else seen[0].header, name, seen[0]
    for name, roster in given.found.rosters.items():
        cells = [cell for column in roster.columns for cell in column.cells]
        yield (
            roster.pattern,
            name,
            attrs.evolve(roster.columns[0], header=roster.pattern, cells=cells),
        )


def _targets(given: Given, name: str, made: Mapping[str, RecordRule]) -> tuple[str, ...]:
    """Where a column goes, of the records that are made."""
    unmade = given.preset.records.keys() - made.keys()
    return tuple(p for p in given.preset.columns[name].to if p.partition(".")[0] not in unmade)


def _repeats(
    given: Given, made: Mapping[str, RecordRule], columns: Mapping[str, ColumnRule]
) -> dict[str, ColumnRule]:
    """What the part of headers that repeats becomes, and which names it is of."""
    preset, found = given.preset, given.found
    repeats = {
        (part := name.strip("{}")): attrs.evolve(
            preset.repeats[part], only=tuple(column.header for column in seen)
        )
        for name, seen in found.columns.items()
        if "{" in name and name in columns
    }
    if found.rosters:
        rule = preset.repeats["partner"]
        partners = dict.fromkeys(p for roster in found.rosters.values() for p in roster.partners)
        to = tuple(path for path in rule.to if path.partition(".")[0] in made)
        repeats["partner"] = attrs.evolve(rule, to=to, only=tuple(partners))
    return repeats


def _rest(given: Given, made: Mapping[str, RecordRule]) -> Iterator[tuple[str, ColumnRule, str]]:
    """Columns that no field holds: contacts are dropped, others are kept."""
    used = {column.header for seen in given.found.columns.values() for column in seen}
    used |= {c.header for roster in given.found.rosters.values() for c in roster.columns}
    contacts = {fold(w.word) for w in words_of("header") if w.meaning == "contact"}
    for header, seen in given.table.columns.items():
        if header in used or header.startswith(UP):
            continue
        named = seen.words in contacts or any(head in contacts for head in seen.heads)
        tagged = seen.tag is not None and seen.tag.name in ("contact", "email", "phone")
        if not seen.cells:
            yield header, ColumnRule(to=("extra",)), "empty"
        elif named or tagged or all(map(is_contact, seen.cells)):
            yield header, ColumnRule(to=("drop",)), "contacts are not kept"
        else:
            yield header, ColumnRule(to=(_beside(given, header, made),)), _why_extra(given, seen)


def _of_respondents(given: Given) -> Given:
    """Without the columns that tell of a respondent, in whose rows they differ: not of it then."""
    to = {name: given.preset.columns[name].to[0] for name in given.found.columns}
    kept = {
        name: seen
        for name, seen in given.found.columns.items()
        if to[name] not in OF_RESPONDENT or seen[0].header in given.own
    }
    return attrs.evolve(given, found=attrs.evolve(given.found, columns=kept))


def _beside(given: Given, header: str, made: Mapping[str, RecordRule]) -> str:
    """Where a column is kept that no field holds: with the respondent, or the tie of its row."""
    if len(made) < 2 or "Respondent" not in given.found.columns:
        return "extra"
    if "org" in made and header in given.own:
        return "org.extra"
    return "tie.extra" if "tie" in made and made["tie"].each is None else "extra"


def _why_extra(given: Given, seen: ColumnSeen) -> str:
    """Why a column is only kept: it may be one of those for which another was found."""
    for name, found in given.found.columns.items():
        words = {fold(other) for other in (name, *given.preset.columns[name].also)}
        if not words.isdisjoint((seen.words, *seen.heads)) and "{" not in name:
            return f"kept as it is: it may be {name!r}, for which {found[0].header!r} is taken"
    return "no field found: kept as it is"
