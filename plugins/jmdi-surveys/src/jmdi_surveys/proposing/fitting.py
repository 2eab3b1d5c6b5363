"""A preset as a mapping of one table: its headers, and only what the table has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import attrs

from jmdi.files.mapping import CellRule, ColumnRule, RecordRule, TableMapping, TableRule
from jmdi.files.mapping.guessing import is_contact, rule_for
from jmdi.model.records import Record, Relation
from jmdi.plugins.catalog import Catalog
from jmdi.words.folding import fold
from jmdi.words.tables import words_of
from jmdi_surveys.answers.joining import UP
from jmdi_surveys.proposing.candidates import Candidate, ColumnSeen
from jmdi_surveys.proposing.matching import Match
from jmdi_surveys.proposing.presets import actor_types

__all__ = ["Fitted", "fitted"]

ANSWERS = ("yes", "no", "unknown", "not_asked", "blank")
ASKED = ("strength", "state", "score")
"""Fields of which a cell may say yes, no, not known or not asked; a name may be *Si* or *NA*."""

SEPARATORS = ("|", ";", ",", "/", "\n")
_SCALE = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})\s*\)?\s*$")


@attrs.frozen
class Fitted:
    """A mapping of a table by a preset.

    Attributes:
        mapping: The mapping.
        notes: Why a column is taken for what it is, by its header.
    """

    mapping: TableMapping
    notes: Mapping[str, str]


def fitted(
    preset: TableMapping,
    found: Match,
    table: Candidate,
    catalog: Catalog,
    *,
    export: bool,
    labels: Mapping[str, str] | None = None,
) -> Fitted:
    """The mapping that a preset gives for a table.

    Args:
        preset: The preset.
        found: Which of its columns the table has.
        table: The table.
        catalog: The kinds and vocabularies that are known.
        export: Whether the table is of an export of Kobo or ODK.
        labels: What the form asks, by the name of the question.
    """
    return _Fitter(preset, found, table, catalog, export, labels or {}).fitted()


@attrs.define
class _Fitter:
    preset: TableMapping
    found: Match
    table: Candidate
    catalog: Catalog
    export: bool
    labels: Mapping[str, str] = attrs.field(factory=dict)
    notes: dict[str, str] = attrs.field(factory=dict)

    def fitted(self) -> Fitted:
        """The mapping and its notes."""
        records = self.records()
        columns: dict[str, ColumnRule] = {}
        repeats: dict[str, ColumnRule] = {}
        for name, seen in self.found.columns.items():
            to = self.targets(name, records)
            if not to:
                continue
            if "{" in name:
                part = name.strip("{}")
                columns[name] = self.rule(name, to, seen[0])
                only = tuple(column.header for column in seen)
                repeats[part] = attrs.evolve(self.preset.repeats[part], only=only)
            else:
                columns[seen[0].header] = self.rule(name, to, seen[0])
        for name, roster in self.found.rosters.items():
            cells = [cell for column in roster.columns for cell in column.cells]
            whole = attrs.evolve(roster.columns[0], header=roster.pattern, cells=cells)
            columns[roster.pattern] = self.rule(name, self.targets(name, records), whole)
        if self.found.rosters:
            rule = self.preset.repeats["partner"]
            partners = [p for roster in self.found.rosters.values() for p in roster.partners]
            to = tuple(path for path in rule.to if path.partition(".")[0] in records)
            repeats["partner"] = attrs.evolve(rule, to=to, only=tuple(dict.fromkeys(partners)))
        self.rest(columns)
        order = list(self.table.columns)
        columns = dict(
            sorted(columns.items(), key=lambda one: order.index(one[0]) if one[0] in order else -1)
        )
        place = TableRule(
            sheet=self.table.sheet or None,
            header_row=self.table.header_row,
            first_row=self.table.first_row,
        )
        mapping = TableMapping(
            columns=columns,
            records=records,
            repeats=repeats,
            cells=self.cells(),
            table=place,
            title=self.preset.title,
        )
        return Fitted(mapping, self.notes)

    def has(self, name: str) -> bool:
        """Whether the table has a column of the preset."""
        return name in self.found.columns or name in self.found.rosters

    def records(self) -> dict[str, RecordRule]:
        """The records for which the table has something of their own, or both ends."""
        own: set[str] = set()
        for name, rule in self.preset.columns.items():
            if self.has(name):
                own.add(rule.to[0].partition(".")[0])
        kept = {name for name in own if name in self.preset.records}
        while True:
            more = {
                name
                for name, rule in self.preset.records.items()
                if name not in kept and self.linked(name, rule, kept)
            }
            if not more:
                break
            kept |= more
        kept -= {name for name in kept if not self.ends(name, kept)}
        return {
            name: self.record(name, rule, kept)
            for name, rule in self.preset.records.items()
            if name in kept
        }

    def cls(self, name: str) -> type[Record]:
        """The class of a record of the preset."""
        return self.catalog.kinds[self.preset.records[name].kind]

    def linked(self, name: str, rule: RecordRule, kept: set[str]) -> bool:
        """Whether a record is made of links alone: of both its ends, or to a place."""
        survive = [field for field, others in rule.link.items() if kept & set(others)]
        if issubclass(self.cls(name), Relation):
            return {"source", "target"} <= set(survive)
        return bool(survive) and rule.each is None and "within" not in survive

    def ends(self, name: str, kept: set[str]) -> bool:
        """Whether a relation has both its ends."""
        rule = self.preset.records[name]
        if not issubclass(self.cls(name), Relation):
            return True
        given = {
            path
            for column, one in self.preset.columns.items()
            if self.has(column)
            for path in one.to
        }
        given |= {path for one in self.preset.repeats.values() for path in one.to}
        linked = {field for field, others in rule.link.items() if kept & set(others)}
        return all(end in linked or f"{name}.{end}" in given for end in ("source", "target"))

    def record(self, name: str, rule: RecordRule, kept: set[str]) -> RecordRule:
        """The rule of a record with the headers of the table."""
        key = (self.header(words) for words in rule.key)
        link = {
            field: tuple(other for other in others if other in kept)
            for field, others in rule.link.items()
            if kept & set(others)
        }
        silence = rule.silence
        filled = {path for column in self.found.columns for path in self.preset.columns[column].to}
        constants = {k: v for k, v in rule.set.items() if f"{name}.{k}" not in filled}
        if silence is not None:
            silence = self.silence(rule)
        if rule.kind == "rates":
            scale = self.scale(name)
            constants = {k: v for k, v in constants.items() if k not in scale}
            constants |= {k: v for k, v in scale.items() if v is not None}
        return attrs.evolve(
            rule,
            key=tuple(dict.fromkeys(filter(None, key))),
            link=link,
            when=self.when(rule),
            set=constants,
            silence=silence,
        )

    def header(self, words: str) -> str | None:
        """The header of the first of some columns of the preset that the table has."""
        for name in words.split("|"):
            if name in self.found.columns:
                return self.found.columns[name][0].header
        return None

    def when(self, rule: RecordRule) -> dict[str, tuple[str, ...]]:
        """When a record is made: where somebody answered."""
        found: dict[str, tuple[str, ...]] = {}
        for name, words in rule.when.items():
            if name not in self.found.columns:
                continue
            seen = self.found.columns[name][0]
            typed = ("*",) if "*" in words else self.typed_of(words, seen.cells)
            if typed:
                found[seen.header] = typed
        respondent = self.found.columns.get("Respondent")
        if rule.silence is not None and self.export and not found and respondent:
            found[respondent[0].header] = ("*",)
        return found

    def silence(self, rule: RecordRule) -> Literal["absent", "unobserved"]:
        """What it means that a pair is not mentioned: "no", unless answers say "no" themselves."""
        strength = self.found.columns.get("Strength", ())
        partner = self.found.columns.get("Partner")
        if partner is None:
            return rule.silence or "absent"
        noes = {"0", *self.words("no")}
        explicit = any(fold(cell) in noes for column in strength for cell in column.cells)
        asked = explicit and not self.export
        means = "nobody asked" if asked else "there is none"
        self.notes[partner[0].header] = f"silence: where nobody mentions a partner, {means}"
        return "unobserved" if asked else "absent"

    def explicit(self, record: str, path: str) -> bool:
        """Whether an empty cell of a long table was not asked, as other cells say "no"."""
        rule = self.preset.records[record]
        named = path == "strength" and "Partner" in self.found.columns
        return named and self.silence(rule) == "unobserved"

    def scale(self, name: str) -> dict[str, int | None]:
        """The lowest and highest answer: as the header says, *Trust (1-4)*, else as the preset.

        That of the preset is not kept where an answer is beyond it.
        """
        rule = self.preset.records[name]
        seen = [
            (one.header, one.cells)
            for column, columns in self.found.columns.items()
            for one in columns
            if self.preset.columns[column].to[0] == f"{name}.score"
        ]
        seen += [
            (one.pattern, [cell for column in one.columns for cell in column.cells])
            for column, one in self.found.rosters.items()
            if self.preset.columns[column].to[0] == f"{name}.score"
        ]
        for header, _ in seen:
            if match := _SCALE.search(self.labels.get(header, header)):
                return {"low": int(match[1]), "high": int(match[2])}
        ends = range(int(rule.set.get("low", 0)), int(rule.set.get("high", -1)) + 1)
        numbers = [int(c) for _, cells in seen for c in cells if c.isdecimal() and len(c) < 7]
        return {} if all(number in ends for number in numbers) else {"low": None, "high": None}

    def targets(self, name: str, records: Mapping[str, RecordRule]) -> tuple[str, ...]:
        """Where a column goes, of the records that are made."""
        to = self.preset.columns[name].to
        made = self.preset.records.keys() - records.keys()
        return tuple(path for path in to if path.partition(".")[0] not in made)

    def rule(self, name: str, to: tuple[str, ...], seen: ColumnSeen) -> ColumnRule:
        """The rule of a column, with how its cells are read as far as they show it."""
        rule = self.preset.columns[name]
        if to[0].partition(".")[0] not in self.preset.records:
            self.notes[seen.header] = f"taken for {name!r}"
            return attrs.evolve(rule, to=to, also=(), optional=False)
        record, _, path = to[0].partition(".")
        silent = self.words(*(ANSWERS if path in ASKED else ("blank",)))
        silent |= {"0"} if path == "strength" else set()
        cells = [cell for cell in dict.fromkeys(seen.cells) if fold(cell) not in silent]
        values = {cell: code for cell in cells if (code := _value(cell, rule.values)) is not None}
        if path == "type" and record in ("org", "implementer"):
            values |= {c: code for c in cells if (code := actor_types().get(fold(c))) is not None}
        rest = [cell for cell in cells if cell not in values]
        read, note = ColumnRule(to=to), ""
        if rest and path not in ("names", "identifiers", "places.words") and not rule.scheme:
            read, note = rule_for(seen.header, to[0], rest, self.cls(record), path, self.catalog)
        values = {**(read.values or {}), **values}
        answers = {}
        if path in ASKED:
            answers = {name: self.typed(name, seen.cells) for name in ("yes", "no", "unknown")}
            answers["not_asked"] = self.typed("not_asked", seen.cells)
            if name in self.found.rosters or self.explicit(record, path):
                answers["not_asked"] = ("", *answers["not_asked"])
            if path == "strength" and "0" in seen.cells:
                answers["no"] = (*answers["no"], "0")
        about = "a question for each partner" if "{partner}" in name else f"taken for {name!r}"
        about = "numbers" if name == "{measure}" else about
        self.notes.setdefault(seen.header, "; ".join(filter(None, (about, note))))
        return attrs.evolve(
            rule,
            to=to,
            also=(),
            optional=False,
            values=values or None,
            scheme=rule.scheme or read.scheme,
            date=rule.date or read.date,
            decimal=rule.decimal or read.decimal,
            split=self.split(seen, path, rule),
            blank=self.typed_of(rule.blank, seen.cells) or None,
            yes=answers.get("yes") or rule.yes,
            no=answers.get("no") or rule.no,
            unknown=answers.get("unknown") or rule.unknown,
            not_asked=answers.get("not_asked") or rule.not_asked,
        )

    def split(self, seen: ColumnSeen, path: str, rule: ColumnRule) -> tuple[str, ...] | None:
        """What stands between several values of a cell: a mark whose parts are cells elsewhere."""
        if path not in ("source", "target", "sectors"):
            return rule.split
        respondents = self.found.columns.get("Respondent", ())
        whole = {fold(cell) for column in (seen, *respondents) for cell in column.cells}
        marks = []
        for mark in SEPARATORS:
            several = [cell.split(mark) for cell in set(seen.cells) if mark in cell]
            known = [
                sum(fold(part) in whole for part in parts) >= len(parts) / 2 for parts in several
            ]
            if several and (all(known) or mark in (rule.split or ())):
                marks.append(mark)
        return tuple(marks) or None if rule.split is None else rule.split

    def words(self, *answers: str) -> set[str]:
        """The folded words of the preset, and of languages, for some answers."""
        own = {fold(w) for name in answers for w in getattr(self.preset.cells, name) or ()}
        if answers == ("blank",):
            return own
        return own | {fold(w.word) for w in words_of("answer") if w.meaning in answers}

    def typed(self, answer: str, cells: Sequence[str]) -> tuple[str, ...]:
        """The words for an answer, as cells have them."""
        return self.typed_of(self.words(answer), cells)

    def typed_of(self, words: Iterable[str] | None, cells: Sequence[str]) -> tuple[str, ...]:
        """Those of some words that cells have, as they were typed there."""
        wanted = {fold(word) for word in words or () if word}
        return tuple(dict.fromkeys(cell for cell in cells if fold(cell) in wanted))

    def cells(self) -> CellRule:
        """The words that say nothing, as far as mapped cells have them."""
        cells = [cell for seen in self.found.columns.values() for one in seen for cell in one.cells]
        return CellRule(blank=self.typed("blank", cells) or None)

    def rest(self, columns: dict[str, ColumnRule]) -> None:
        """Columns that no field holds: contacts are dropped, others are kept."""
        used = {column.header for seen in self.found.columns.values() for column in seen}
        used |= {c.header for roster in self.found.rosters.values() for c in roster.columns}
        contacts = {fold(w.word) for w in words_of("header") if w.meaning == "contact"}
        for header, seen in self.table.columns.items():
            if header in used or header.startswith(UP):
                continue
            if not seen.cells:
                columns[header] = ColumnRule(to=("extra",))
                self.notes[header] = "empty"
                continue
            named = seen.words in contacts or any(head in contacts for head in seen.heads)
            tagged = seen.tag is not None and seen.tag.name in ("contact", "email", "phone")
            if named or tagged or all(map(is_contact, seen.cells)):
                columns[header] = ColumnRule(to=("drop",))
                self.notes[header] = "contacts are not kept"
            else:
                columns[header] = ColumnRule(to=("extra",))
                self.notes[header] = self.why_extra(seen)

    def why_extra(self, seen: ColumnSeen) -> str:
        """Why a column is only kept: it may be one of those for which another was found."""
        for name, found in self.found.columns.items():
            words = {fold(other) for other in (name, *self.preset.columns[name].also)}
            if seen.words in words and "{" not in name:
                return f"kept as it is: it may be {name!r}, for which {found[0].header!r} is taken"
        return "no field found: kept as it is"


def _value(cell: str, values: Mapping[str, str] | None) -> str | None:
    words = fold(cell)
    return next((code for word, code in (values or {}).items() if fold(word) == words), None)
