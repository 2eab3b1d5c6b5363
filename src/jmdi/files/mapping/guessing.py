"""Proposes a mapping for a table: by the words of its header, and by what stands in its cells.

A proposal is printed for people to correct. Nothing ever applies it unasked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where, suggest
from jmdi.files.mapping.apply import TableRow
from jmdi.files.mapping.figures import day_of, number_of
from jmdi.files.mapping.header import unique_headers
from jmdi.files.mapping.rules import (
    DROP,
    EXTRA,
    ColumnRule,
    RecordRule,
    TableMapping,
)
from jmdi.files.mapping.values import Words, member_of
from jmdi.files.tables.plan import plan_of
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldType
from jmdi.model.records import Record
from jmdi.model.values import Code, Period
from jmdi.model.writing import Refused
from jmdi.plugins.catalog import Catalog
from jmdi.words.folding import fold
from jmdi.words.tables import words_of

__all__ = ["Proposal", "guess", "is_contact", "rule_for"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("names",),
    "description": ("description",),
    "date": ("date", "published", "period"),
    "start": ("period.start",),
    "end": ("period.end",),
    "text": ("text", "description"),
    "author": ("author",),
    "language": ("language", "languages"),
    "place": ("territory", "places", "within"),
    "country": ("country",),
    "type": ("source_type", "type"),
    "level": ("level", "scope"),
    "theme": ("themes", "clusters"),
    "channel": ("channel",),
    "use": ("use",),
    "reach": ("reach", "value"),
    "value": ("value", "score"),
    "indicator": ("indicator",),
    "strength": ("strength",),
    "url": ("url", "location"),
    "organisation": ("authors",),
    "sector": ("sectors",),
}
"""The fields that a column of a meaning can be for, the first that a kind has."""

ENDS: Mapping[str, tuple[str, str]] = {
    "tie": ("organisation", "partner"),
    "disseminated": ("product", "organisation"),
    "coded": ("text", "theme"),
}
"""What the columns for the two ends of a relation are about."""

OWN_NAME: Mapping[str, str] = {
    "actor": "organisation",
    "product": "product",
    "territory": "place",
    "theme": "theme",
    "indicator": "indicator",
    "initiative": "activity",
}
"""The meaning that is the name of a record of a kind."""

CONTACT = re.compile(r"\S+@\S+\.\w+|\+?[\d\s()./-]{8,20}")
_NUMBERED = re.compile(r"(.*?)\d{1,2}((?:\D.*)?)")
PART = "{n}"
SPLITS = (";", "|", "\n")
MOST_VALUES = 40
"""With more different words, a column is no list of codes."""


@attrs.frozen
class Proposal:
    """A mapping that was guessed.

    Attributes:
        mapping: The mapping.
        notes: Why a column was taken for what it is, by its header.
    """

    mapping: TableMapping
    notes: Mapping[str, str]


def guess(
    header: TableRow, rows: Sequence[TableRow], catalog: Catalog, kind: str | None = None
) -> Proposal:
    """Proposes what the columns of a table mean.

    Args:
        header: Its header.
        rows: Some of its rows.
        catalog: The kinds that are known.
        kind: The kind of its records, if it is known.

    Raises:
        FormatError: If there is no such kind, or the header says nothing of it.
    """
    headers = unique_headers(header.cells)
    columns = {
        name: [
            text for row in rows if number < len(row.cells) and (text := row.cells[number].strip())
        ]
        for number, name in enumerate(headers)
    }
    columns = _repeated(columns)
    meanings = {name: found for name in columns if (found := _meaning(name)) is not None}
    return _Guesser(columns, meanings, catalog, header.where).proposal(kind)


def rule_for(
    name: str, to: str, cells: Sequence[str], cls: type[Record], path: str, catalog: Catalog
) -> tuple[ColumnRule, str]:
    """How the cells of a column are read for a field, as far as they show it, and what is open.

    Args:
        name: Its header.
        to: Where it goes, as the mapping says it.
        cells: What stands in it.
        cls: The class of the record.
        path: The field, with a member.
        catalog: The vocabularies that are known.
    """
    guesser = _Guesser({}, {}, catalog, Where(), {name: ""})
    rule = guesser.read(name, to, cells, _type_of(cls, path))
    return rule, guesser.notes[name].removeprefix("; ")


def _repeated(columns: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Columns that differ only by a number, *Partner 1*, *Partner 2*, as one: *Partner {n}*."""
    patterns: dict[str, list[str]] = {}
    for name in columns:
        if match := _NUMBERED.fullmatch(name):
            patterns.setdefault(f"{match[1]}{PART}{match[2]}", []).append(name)
    of = {n: pattern for pattern, names in patterns.items() if len(names) > 1 for n in names}
    found: dict[str, list[str]] = {}
    for name, cells in columns.items():
        found.setdefault(of.get(name, name), []).extend(cells)
    return found


@cache
def _header_words() -> Words:
    return Words({word.word: word.meaning for word in reversed(words_of("header"))})


def _meaning(header: str) -> str | None:
    """What a header is about, by the whole of it, else by its words before a bracket or colon."""
    header = header.replace(PART, "")
    head = re.split(r"[(\[:/]", header, maxsplit=1)[0]
    return _header_words().get(header) or _header_words().get(head)


@attrs.define
class _Guesser:
    columns: Mapping[str, Sequence[str]]
    meanings: dict[str, str]
    catalog: Catalog
    where: Where
    notes: dict[str, str] = attrs.field(factory=dict)

    def proposal(self, kind: str | None) -> Proposal:
        kind = kind or self.kind()
        if kind == "coded" and "item" in self.catalog.kinds:
            records = {
                "item": RecordRule(kind="item"),
                "coded": RecordRule(kind="coded", link={"source": ("item",)}),
            }
        else:
            records = {kind: RecordRule(kind=kind)}
        if any(PART in name for name in self.columns) and kind in ENDS:
            records[kind] = attrs.evolve(records[kind], each="n")
        cls = self.cls(kind)
        columns = {}
        for name, cells in self.columns.items():
            columns[name] = self.column(name, cells, cls, several=len(records) > 1)
        return Proposal(TableMapping(columns=columns, records=records), self.notes)

    def cls(self, kind: str) -> type[Record]:
        kinds = {k: c for k, c in self.catalog.kinds.items() if not spec_of(c).abstract}
        if kind in kinds:
            return kinds[kind]
        near = suggest(kind, kinds)
        cure = f"did you mean {' or '.join(near)}?" if near else "see jmdi schema"
        message = f"there is no kind {kind!r}"
        raise FormatError([Problem("J541", Severity.ERROR, message, self.where, cure=cure)])

    def kind(self) -> str:
        """The kind that the header speaks of.

        Raises:
            FormatError: If it speaks of none.
        """
        about = set(self.meanings.values())
        if "partner" in about and "organisation" not in about:  # who answers is the one end
            names = [name for name, meaning in self.meanings.items() if meaning == "author"]
            self.meanings |= dict.fromkeys(names, "organisation")
            about = set(self.meanings.values())
        for kind, ends in ENDS.items():
            if about >= set(ends):
                return kind
        if "text" in about:
            return "item"
        if about >= {"indicator", "value"}:
            return "observation"
        for meaning, kind in (
            ("activity", "initiative"),
            ("product", "product"),
            ("organisation", "actor"),
        ):
            if meaning in about:
                return kind
        if "name" in about:
            return "initiative" if about & {"start", "end", "date"} else "actor"
        if about & {"place", "theme"}:
            return "territory" if "place" in about else "theme"
        message = "the header does not say what its rows are about"
        cure = "say it: jmdi mapping FILE --kind item; 'jmdi schema' lists the kinds"
        raise FormatError([Problem("J549", Severity.ERROR, message, self.where, cure=cure)])

    def column(
        self, name: str, cells: Sequence[str], cls: type[Record], *, several: bool
    ) -> ColumnRule:
        """What a column is for, with how its cells are read."""
        meaning = self.meanings.get(name)
        if meaning == "contact" or (cells and all(map(is_contact, cells))):
            self.notes[name] = "contacts are not kept"
            return ColumnRule(to=(DROP,))
        path = self.path(name, meaning, cls)
        if path is None:
            return self.kept(name, cells)
        if several and path in ("source", "target"):
            to, kind = f"coded.{path}", self.catalog.kinds["coded"]
        else:
            to = f"item.{path}" if several else path
            kind = self.catalog.kinds["item"] if several else cls
        self.notes[name] = f"{len(cells)} cells" if meaning is None else f"about: {meaning}"
        return self.read(name, to, cells, _type_of(kind, path))

    def path(self, name: str, meaning: str | None, cls: type[Record]) -> str | None:
        """The field that a column is for, as a path."""
        ends = ENDS.get(cls.kind)
        if ends is not None and meaning in ends:
            if cls.kind == "coded" and meaning == "text":
                return "text"
            return ("source", "target")[ends.index(meaning)]
        if OWN_NAME.get(cls.kind) == meaning and meaning is not None:
            return "names"
        known = {field.name for field in fields_of(cls)}
        if cls.kind == "coded":
            known = {field.name for field in fields_of(self.catalog.kinds["item"])}
        for path in FIELDS.get(meaning or "", ()):
            if path.partition(".")[0] in known:
                return path
        own = plan_of(cls).column(name) if cls.kind != "coded" else None
        return own if own not in ("extra", "kind", "id", None) else None

    def kept(self, name: str, cells: Sequence[str]) -> ColumnRule:
        """A column that no field holds, with the type that its cells have."""
        self.notes[name] = "no field found: kept as it is"
        if cells and all(number is not None for number in map(_number, cells)):
            return ColumnRule(to=(EXTRA,), type="number")
        return ColumnRule(to=(EXTRA,))

    def read(self, name: str, to: str, cells: Sequence[str], kind: FieldType) -> ColumnRule:
        """A rule with what the cells show of how they are read."""
        item = kind.item if kind.form == "tuple" and kind.item is not None else kind
        members: dict[str, Any] = {}
        marks = [mark for mark in SPLITS if any(mark in cell for cell in cells)]
        if marks and (kind.form == "tuple" or to.endswith(("source", "target"))):
            members["split"] = (marks[0],)
            self.notes[name] += f"; several values in a cell, with {marks[0]!r} between them"
            cells = [
                part.strip() for cell in cells for part in cell.split(marks[0]) if part.strip()
            ]
        answers = self.answers(cells, item)
        members |= {answer: tuple(words) for answer, words in answers.items()}
        rest = [cell for cell in cells if not any(cell in words for words in answers.values())]
        if item.form == "date" or (item.form == "value" and item.cls is Period) or item.edtf:
            members |= self.days(name, rest)
        elif item.form in ("int", "float", "decimal"):
            members |= self.numbers(name, rest)
        elif item.scheme in self.catalog.vocabularies:
            members |= self.codes(name, str(item.scheme), rest)
        elif item.form == "value" and item.cls is Code:
            members["scheme"] = fold(name).replace(" ", "-") or "own"
            self.notes[name] += "; name the vocabulary in scheme"
        return ColumnRule(to=(to,), **members)

    def answers(self, cells: Sequence[str], item: FieldType) -> dict[str, list[str]]:
        """The words of cells that say yes, no, unknown or not asked."""
        if item.form == "text" or (item.form == "str" and not item.scheme):
            return {}  # a text may well be "no"
        words = Words({word.word: word.meaning for word in reversed(words_of("answer"))})
        found: dict[str, list[str]] = {}
        for cell in dict.fromkeys(cells):
            answer = words.get(cell)
            if answer is not None and (answer != "yes" or item.form == "bool"):
                found.setdefault(answer, []).append(cell)
        return found

    def days(self, name: str, cells: Sequence[str]) -> dict[str, Any]:
        """The order of day and month, if the column proves it."""
        fitting = [
            order
            for order in ("day-first", "month-first")
            if all(_is_day(cell, order) for cell in cells if _is_numeric(cell))
        ]
        if not any(_is_numeric(cell) for cell in cells) or all(_is_day(c, None) for c in cells):
            return {}
        if len(fitting) == 1:
            self.notes[name] += "; the order of day and month is seen in its cells"
            return {"date": fitting[0]}
        example = next(cell for cell in cells if not _is_day(cell, None))
        self.notes[name] += f'; say date = "day-first" or "month-first" for {example!r}'
        return {}

    def numbers(self, name: str, cells: Sequence[str]) -> dict[str, Any]:
        """The decimal mark, if the column proves it."""
        if all(_number(cell) is not None for cell in cells):
            return {}
        fitting = [mark for mark in (",", ".") if all(_number(c, mark) is not None for c in cells)]
        if len(fitting) == 1:
            self.notes[name] += "; its decimal mark is seen in its cells"
            return {"decimal": fitting[0]}
        example = next(cell for cell in cells if _number(cell) is None)
        self.notes[name] += f"; say how {example!r:.40} is read"
        return {}

    def codes(self, name: str, scheme: str, cells: Sequence[str]) -> dict[str, Any]:
        """What the words of a column mean in a vocabulary, by its labels in all languages."""
        vocabulary = self.catalog.vocabularies[scheme]
        labels = {
            label: concept.code
            for concept in reversed(vocabulary.concepts)
            for label in (*concept.labels.values(), concept.code)
        }
        words, found, unknown = Words(labels), {}, []
        for cell in list(dict.fromkeys(cells))[:MOST_VALUES]:
            code = words.get(cell)
            if code is None:
                unknown.append(cell)
            elif code != cell:
                found[cell] = code
        if unknown:
            shown = ", ".join(repr(word) for word in unknown[:3])
            self.notes[name] += f"; say what these mean in {scheme}: {shown}"
        return {"values": found} if found else {}


def _type_of(cls: type[Record], path: str) -> FieldType:
    """The type of a field, or of a member of it."""
    name, _, member = path.partition(".")
    field = next(f for f in fields_of(cls) if f.name == name)
    if not member:
        return field.type
    if field.type.form == "value" and field.type.cls is Period and member in ("start", "end"):
        return FieldType("str", edtf=True)
    inner = member_of(field.type.cls, member) if field.type.form == "value" else None
    return inner.type if inner is not None else field.type


def is_contact(text: str) -> bool:
    """Whether a cell is an address of mail or a phone number."""
    return (
        CONTACT.fullmatch(text) is not None
        and not _is_day(text, "day-first")
        and ("@" in text or sum(map(str.isdigit, text)) > 7)
    )


def _number(text: str, decimal: str | None = None) -> str | None:
    try:
        return number_of(text, decimal)
    except Refused:
        return None


def _is_day(text: str, order: str | None) -> bool:
    try:
        day_of(text, order)
    except Refused:
        return False
    return True


def _is_numeric(text: str) -> bool:
    return text[:1].isdigit() and not any(map(str.isalpha, text.split(" ")[0]))
