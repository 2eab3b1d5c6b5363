"""Holds a mapping against the kinds of a model: which field each column is for, and how it is read.

What the mapping names and the model lacks is a problem with the names that are near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where, suggest
from jmdi.files.mapping.rules import DROP, EXTRA, ColumnRule, RecordRule, TableMapping
from jmdi.files.mapping.values import (
    Read,
    Unmappable,
    Words,
    answers_of,
    constant_of,
    main_member,
    member_of,
    reader_of,
)
from jmdi.files.strict_json import parse_json
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.json_pointer import escape
from jmdi.model.kinds import Initiative
from jmdi.model.records import Record, Relation
from jmdi.model.relations import Tie
from jmdi.model.values import Period
from jmdi.model.writing import Refused
from jmdi.plugins.catalog import Catalog

__all__ = ["MadeRecord", "Plan", "Target", "plan_of_mapping"]

EDGES = ("start", "end")
"""Members of a period that are joined to an interval."""


@attrs.frozen(slots=True, eq=False)
class Target:
    """One field that a column is for.

    Attributes:
        record: The record, by its name in the mapping; empty for the one that the row is about.
        rule: How cells are read.
        read: Makes the value of a cell, or of one item of it.
        answers: The words that say yes, no, unknown or not asked.
        meanings: The words that stand for others.
        blank: The words that say nothing.
        field: The field; ``None`` for ``extra``.
        member: The member of the field's value, or a language.
        name: The member of ``extra``; empty for the column's own header.
        form: The type of what is read; ``None`` for ``extra``.
        refers: The class of a record that a name is made to; ``None`` if none is made.
    """

    record: str
    rule: ColumnRule
    read: Read
    answers: Words
    meanings: Words
    blank: Words
    field: FieldInfo | None = None
    member: str = ""
    name: str = ""
    form: FieldType | None = None
    refers: type[Record] | None = None


@attrs.frozen(slots=True, eq=False)
class MadeRecord:
    """A record that is made from a row.

    Attributes:
        name: Its name in the mapping.
        rule: The rule for it.
        cls: The class of its kind.
        fields: The fields of its kind, by name.
        constants: The JSON values of fields that are always the same.
    """

    name: str
    rule: RecordRule
    cls: type[Record]
    fields: Mapping[str, FieldInfo]
    constants: Mapping[str, Any]

    @property
    def is_relation(self) -> bool:
        """Whether it has two ends."""
        return issubclass(self.cls, Relation)


@attrs.frozen(slots=True, eq=False)
class Plan:
    """A mapping that fits a model.

    Attributes:
        mapping: The mapping.
        records: The records of a row, those that others link to first.
        columns: The fields that a column is for, by its header in the mapping.
        repeats: The fields that the repeated part of a header is for, by its name.
    """

    mapping: TableMapping
    records: Mapping[str, MadeRecord]
    columns: Mapping[str, tuple[Target, ...]]
    repeats: Mapping[str, tuple[Target, ...]]


def plan_of_mapping(mapping: TableMapping, catalog: Catalog) -> Plan:
    """A mapping held against the kinds of a model.

    Raises:
        FormatError: With a problem for each kind, field or link that there is not.
    """
    planner = _Planner(mapping, catalog)
    plan = planner.plan()
    if planner.problems:
        raise FormatError(planner.problems)
    return plan


@attrs.define(slots=True)
class _Planner:
    mapping: TableMapping
    catalog: Catalog
    problems: list[Problem] = attrs.field(factory=list)
    made: dict[str, MadeRecord] = attrs.field(factory=dict)

    def wrong(self, path: Sequence[str], message: str, cure: str | None = None) -> None:
        pointer = "".join(f"/{escape(part)}" for part in path)
        where = Where(file=self.mapping.file, member=pointer)
        said = f"mapping, {' > '.join(path)}: {message}"
        self.problems.append(Problem("J541", Severity.ERROR, said, where, cure=cure))

    def no_such(self, path: Sequence[str], what: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        near = suggest(name, names)
        shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
        cure = f"did you mean {' or '.join(near)}?" if near else f"there are {shown}"
        self.wrong(path, f"there is no {what} {name!r}", cure if names else None)

    def plan(self) -> Plan:
        for name, rule in self.mapping.records.items():
            if (made := self.record(name, rule)) is not None:
                self.made[name] = made
        if not self.mapping.records:
            self.wrong(("records",), "no kind of record is named", 'such as kind = "item"')
            return Plan(self.mapping, {}, {}, {})
        columns = dict(self.targets("columns", self.mapping.columns))
        repeats = dict(self.targets("repeats", self.mapping.repeats))
        ordered = self.ordered()
        return Plan(self.mapping, ordered, columns, repeats)

    def record(self, name: str, rule: RecordRule) -> MadeRecord | None:
        path = ("records", name)
        kinds = {k: c for k, c in self.catalog.kinds.items() if not spec_of(c).abstract}
        cls = kinds.get(rule.kind)
        if cls is None:
            self.no_such((*path, "kind"), "kind", rule.kind, kinds)
            return None
        fields = {field.name: field for field in fields_of(cls)}
        for field, others in rule.link.items():
            self.link((*path, "link", field), fields, rule, field)
            for other in others:
                if other not in self.mapping.records:
                    self.no_such((*path, "link", field), "record", other, self.mapping.records)
                elif self.mapping.records[other].each not in (None, rule.each):
                    self.wrong(
                        (*path, "link", field), f"there are several of {other!r} for one {name!r}"
                    )
        if rule.silence is not None and cls is not Tie:
            self.wrong((*path, "silence"), f"a {rule.kind} is not reported; a tie is")
        constants = {}
        for key, value in rule.set.items():
            found = self.constant((*path, "set", key), fields, rule.kind, key, value)
            if found is not None:
                constants[key] = found
        return MadeRecord(name, rule, cls, fields, constants)

    def link(
        self, path: Sequence[str], fields: Mapping[str, FieldInfo], rule: RecordRule, field: str
    ) -> None:
        """Reports a link from what can refer to no record; a member of a value can."""
        name, _, member = field.partition(".")
        if name not in fields:
            self.no_such(path[:-1], f"field of {rule.kind}", name, fields)
            return
        kind = _item(fields[name].type)
        if member:
            found = member_of(kind.cls, member) if kind.form == "value" else None
            if found is None:
                self.wrong(path, f"{name} has no member {member!r}")
                return
            kind = found.type
        if kind.form != "ref":
            self.wrong(path, f"it refers to no record: it is {kind.words}")

    def constant(
        self, path: Sequence[str], fields: Mapping[str, FieldInfo], kind: str, key: str, value: Any
    ) -> Any:
        name, _, member = key.partition(".")
        if name == EXTRA and member:
            return value
        if name not in fields:
            self.no_such(path, f"field of {kind}", name, [EXTRA, *fields])
            return None
        try:
            found, rule = self.typed(fields[name], member, ColumnRule(to=(key,)))
            return constant_of(found, value, rule, self.catalog.vocabularies)
        except (Refused, Unmappable) as error:
            self.wrong(path, str(error), error.cure if isinstance(error, Refused) else None)
            return None

    def ordered(self) -> dict[str, MadeRecord]:
        """The records, those that others link to first."""
        links = {
            name: [o for others in made.rule.link.values() for o in others if o in self.made]
            for name, made in self.made.items()
        }
        try:
            order = list(TopologicalSorter(links).static_order())
        except CycleError as error:
            self.wrong(("records",), f"records link in a circle: {' > '.join(error.args[1])}")
            return {}
        rank = {name: number for number, name in enumerate(order)}
        return {name: self.made[name] for name in sorted(self.made, key=rank.__getitem__)}

    def targets(
        self, section: str, rules: Mapping[str, ColumnRule]
    ) -> Iterator[tuple[str, tuple[Target, ...]]]:
        for header, rule in rules.items():
            full = self.mapping.rule(rule)
            path = (section, header)
            found = [self.target((*path, to), to, full) for to in rule.to if to != DROP]
            yield header, tuple(target for target in found if target is not None)

    def target(self, path: Sequence[str], to: str, rule: ColumnRule) -> Target | None:
        first, _, rest = to.partition(".")
        if first in self.mapping.records:
            name, field_path = first, rest
        elif first == EXTRA:
            return _beside("", rule, rest)
        elif len(self.mapping.records) == 1:
            name, field_path = next(iter(self.mapping.records)), to
        else:
            self.no_such(path, "record", first, [DROP, EXTRA, *self.mapping.records])
            return None
        made = self.made.get(name)
        if made is None:
            return None  # its kind is reported already
        field_name, _, member = field_path.partition(".")
        if field_name == EXTRA:
            return _beside(name, rule, member)
        if field_name not in made.fields:
            known = [EXTRA, *made.fields]
            self.no_such(path, f"field of {made.cls.kind}", field_name or to, known)
            return None
        field = made.fields[field_name]
        try:
            kind, rule = self.typed(field, member, rule)
            refers = self.referred(made, field, kind, rule)
            words = refers.kind if refers is not None else ""
            read = reader_of(kind, rule, self.catalog.vocabularies, words)
        except Unmappable as error:
            self.wrong(path, str(error))
            return None
        return Target(
            name,
            rule,
            read,
            answers_of(rule),
            Words(rule.values or {}),
            _blanks(rule),
            field,
            member,
            form=kind,
            refers=refers if rule.by in (None, "name") else None,
        )

    def typed(
        self, field: FieldInfo, member: str, rule: ColumnRule
    ) -> tuple[FieldType, ColumnRule]:
        """The type of what a column is for, and the rule with the language of its path."""
        kind = field.type
        item = _item(kind)
        if not member:
            return kind, rule
        if item.form == "text":
            return kind, attrs.evolve(rule, language=member)
        if item.form == "value" and item.cls is Period and member in EDGES:
            return FieldType("str", edtf=True), rule
        found = member_of(item.cls, member) if item.form == "value" else None
        if found is not None:
            return found.type, rule
        known = [f.name for f in fields_of(item.cls)] if item.form == "value" else []
        near = suggest(member, known) or known
        cure = f"; it has {', '.join(near)}" if near else ""
        raise Unmappable(f"{field.name} has no member {member!r}{cure}")

    def referred(
        self, made: MadeRecord, field: FieldInfo, kind: FieldType, rule: ColumnRule
    ) -> type[Record] | None:
        """The class that the words of a reference stand for; ``None`` if they are ids."""
        inner = _item(kind)
        if inner.form == "value" and rule.by != "id":
            member = member_of(inner.cls, main_member(inner.cls) or "")
            inner = member.type if member is not None else inner
        if inner.form != "ref" or inner.ref is None or rule.by == "id":
            return None
        # A kind that refers to its own is named by its class, which was not there yet.
        classes_by_name = {one.__name__: one for one in self.catalog.kinds.values()}
        cls = self.catalog.kinds.get(inner.ref.name) or classes_by_name.get(inner.ref.name)
        ends = spec_of(made.cls).ends if made.is_relation else None
        if ends is not None and field.name in ("source", "target"):
            end: Any = ends[field.name == "target"]
            classes = end if isinstance(end, tuple) else (end,)
            cls = Initiative if Initiative in classes else classes[0]
        if cls is None or spec_of(cls).abstract:
            raise Unmappable(
                f'{field.name} can be a record of many kinds: give ids (by = "id"), '
                "or link another record of the row"
            )
        needed = [f.name for f in fields_of(cls) if f.required and f.name != "id"]
        if needed and rule.by != "key":
            raise Unmappable(
                f"a {cls.kind} cannot be made of its name alone, it needs {', '.join(needed)}: "
                'give ids (by = "id"), or link another record of the row'
            )
        return cls


def _item(kind: FieldType) -> FieldType:
    return kind.item if kind.form == "tuple" and kind.item is not None else kind


def _beside(record: str, rule: ColumnRule, name: str) -> Target:
    """What is kept beside the fields of a record."""
    meanings = Words(rule.values or {})
    blank = _blanks(rule)
    return Target(record, rule, _own_reader(rule), answers_of(rule), meanings, blank, name=name)


def _blanks(rule: ColumnRule) -> Words:
    return Words(dict.fromkeys(rule.blank or (), ""))


def _own_reader(rule: ColumnRule) -> Read:
    """How the cells of a column are read that no field holds."""
    if rule.type == "number":
        number = reader_of(FieldType("decimal"), rule, {})
        return lambda text: parse_json(number(text).encode())
    return reader_of(FieldType("bool" if rule.type == "yes-no" else "str"), rule, {})
