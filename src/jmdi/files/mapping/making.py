"""A record while the cells of its row are put into it."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from jmdi.errors import Problem, Severity
from jmdi.files.mapping.figures import day_of
from jmdi.files.mapping.rules import EXTRA, ColumnRule
from jmdi.files.mapping.targets import EDGES, MadeRecord, Target
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.model.records import Record
from jmdi.model.relations import Rates, Tie
from jmdi.model.values import Code, Period
from jmdi.model.writing import Refused
from jmdi.words.folding import as_typed

__all__ = ["ENDS", "Draft"]

PRESENCE = "presence"
ENDS = ("source", "target")
NUMBERS = ("int", "float", "decimal")


@attrs.define(slots=True, eq=False)
class Draft:
    """What a row says of one record.

    Attributes:
        made: What is made.
        group: The group of repeated columns that it is made for; empty for none.
        raw: The JSON values of its fields so far.
        extra: What is kept beside its fields, by header or member.
        said: Whether a cell of its own says something.
        answered: Whether a cell says no, unknown or not asked of a field that holds no such answer.
        identified: Whether it has an id, key or name, so that other rows can be about it too.
        typed: The cells that were put into it, by header.
        named: The records that are made for names, by id.
        ends: The ends of a relation that a cell lists; it is made once for each.
    """

    made: MadeRecord
    group: str
    raw: dict[str, Any] = attrs.field(factory=dict)
    extra: dict[str, Any] = attrs.field(factory=dict)
    said: bool = False
    answered: bool = False
    identified: bool = False
    typed: dict[str, str] = attrs.field(factory=dict)
    named: dict[str, tuple[type[Record], str]] = attrs.field(factory=dict)
    ends: dict[str, list[str]] = attrs.field(factory=dict)

    def put(self, target: Target, text: str, header: str, *, own: bool) -> list[Problem]:
        """Puts a cell into a field, and gives what is wrong with it.

        Args:
            target: The field.
            text: The words of the cell; empty if nothing was typed.
            header: The header of its column.
            own: Whether the cell is about this record alone, so that it makes the record.
        """
        return list(self._put(target, text, header, own))

    def _put(self, target: Target, text: str, header: str, own: bool) -> Iterator[Problem]:
        if target.blank and target.blank.get(text) is not None:
            return
        if text:
            self.typed[header] = text
        answer = target.answers.get(text) if target.answers else None
        if answer is not None:
            if self._answer(target, answer, text, header):
                self.said |= own
            elif text:
                self.answered = True
            return
        if not text:
            return
        if target.field is None:
            yield from self._own(target, text, header)
            return
        for part in _parts(text, target.rule):
            try:
                value = target.read(part)
            except Refused as refused:
                yield _unread(refused, part)
                self.said |= own
                if not self._keep_words(target, part):
                    self.keep(f"{target.field.name}.words", part)
                continue
            self.said |= own
            if target.refers is not None:
                self._name(target, value, part)
            if _has_time(target, part):
                self.keep(f"{target.field.name}.words", part)
            yield from self._store(target, value, part)

    def _own(self, target: Target, text: str, header: str) -> Iterator[Problem]:
        """Keeps the cell of a column that no field holds."""
        name = target.name or header
        try:
            self.keep(name, target.read(text))
        except Refused as refused:
            yield _unread(refused, text)
            self.keep(name, text)

    def _store(self, target: Target, value: Any, text: str) -> Iterator[Problem]:
        """Puts a value where it belongs: into a list, a member, a language, or the field itself."""
        field, member = target.field, target.member
        assert field is not None
        several = field.type.form == "tuple"
        inner = field.type.item if several and field.type.item is not None else field.type
        if several:
            items = self.raw.setdefault(field.name, [])
            if member and inner.form == "value":
                if not items or member in items[-1]:
                    items.append({})
                items[-1][member] = value
            elif value not in items:
                items.append(value)
            return
        if inner.form == "text":
            said = self.raw.setdefault(field.name, {})
            mark = " " if field.name == "names" else "\n"
            for language, words in value.items():
                said[language] = f"{said[language]}{mark}{words}" if language in said else words
            return
        if inner.form == "str" and not inner.scheme and not inner.edtf and not member:
            known = self.raw.get(field.name)
            self.raw[field.name] = value if known is None else f"{known}\n{value}"
            return
        if field.name in ENDS and self.made.is_relation and target.rule.split:
            self.raw.setdefault(field.name, value)
            ends = self.ends.setdefault(field.name, [])
            ends += [] if value in ends else [value]
            return
        holder, name = self.raw, field.name
        if member and inner.form == "value":
            holder, name = self.raw.setdefault(field.name, {}), member
        if holder.get(name, value) != value:
            yield Problem(
                "J545",
                Severity.WARNING,
                f"two columns say different things of {field.name}; the first is taken",
                value=text,
                cure="map one of them to extra",
            )
            self.keep(f"{field.name}.words", text)
            return
        holder[name] = value

    def _name(self, target: Target, value: Any, text: str) -> None:
        """Notes the record that a name stands for."""
        assert target.refers is not None
        identity = value if isinstance(value, str) else next(iter(value.values()))
        self.named[identity] = (target.refers, target.meanings.get(text) or text)

    def _keep_words(self, target: Target, text: str) -> bool:
        """Keeps words that are not understood in the value itself, if that has a place for them."""
        field = target.field
        assert field is not None
        kind = field.type.item if field.type.form == "tuple" else field.type
        if target.member or kind is None or kind.form != "value":
            return False
        members = {f.name for f in fields_of(kind.cls)}
        if not {"words", "reason"} <= members:
            return False
        reason = "not_dated" if kind.cls is Period else "unreadable"
        value = {"words": text, "reason": reason}
        if field.type.form == "tuple":
            self.raw.setdefault(field.name, []).append(value)
        elif field.name in self.raw:
            return False
        else:
            self.raw[field.name] = value
        return True

    def _answer(self, target: Target, answer: str, text: str, header: str) -> bool:
        """Puts an answer where the record has a place for it; whether it has one."""
        field = target.field
        if field is None:
            truth = {"yes": True, "no": False}
            self.keep(target.name or header, truth.get(answer, answer))
            return False
        kind = field.type.item if field.type.form == "tuple" and field.type.item else field.type
        inner = target.form or field.type
        if inner.form == "bool" and answer in ("yes", "no"):
            self._set(field, target.member, answer == "yes")
            return True
        if kind.form == "value" and kind.cls is Code and kind.scheme == PRESENCE:
            self.raw[field.name] = self._state(answer)
            if answer in ("unknown", "not_asked"):
                self.keep(f"{field.name}.answer", answer)
            return True
        state = self.made.fields.get("state")
        if (
            state is not None
            and state.type.scheme == PRESENCE
            and field.name not in ("source", "target")
        ):
            self.raw.setdefault("state", self._state(answer))
            if answer in ("unknown", "not_asked"):
                self.keep(f"{field.name}.answer", answer)
            return True
        if answer == "no" and inner.form in NUMBERS:
            self._set(field, target.member, "0" if inner.form == "decimal" else 0)
            return True
        if answer in ("unknown", "not_asked"):
            if kind.form == "value" and any(f.name == "reason" for f in fields_of(kind.cls)):
                value = {"reason": answer, **({"words": text} if text else {})}
                if field.type.form == "tuple":
                    self.raw.setdefault(field.name, []).append(value)
                else:
                    self.raw.setdefault(field.name, value)
                return True
            if "reason" in self.made.fields and field.name not in ("source", "target", "names"):
                self.raw.setdefault("reason", answer)
                return True
        self.keep(f"{field.name}.answer", answer)
        return False

    def _state(self, answer: str) -> dict[str, str]:
        """A presence; a tie knows only of one that it was not observed."""
        not_known = "unobserved" if self.made.cls is Tie or answer == "not_asked" else "unknown"
        code = {"yes": "present", "no": "absent"}.get(answer, not_known)
        return {"scheme": PRESENCE, "code": code}

    def _set(self, field: FieldInfo, member: str, value: Any) -> None:
        if member:
            self.raw.setdefault(field.name, {})[member] = value
        else:
            self.raw[field.name] = value

    def keep(self, name: str, value: Any) -> None:
        """Keeps something beside the fields; what is there already is not overwritten."""
        again, number = name, 1
        while self.extra.get(again, value) != value:
            number += 1
            again = f"{name} ({number})"
        self.extra[again] = value

    def link(self, field: str, identity: str) -> None:
        """Refers to another record of the row, from a field or from a member of its value."""
        name, _, member = field.partition(".")
        several = self.made.fields[name].type.form == "tuple"
        if several and member:
            items = self.raw.setdefault(name, [])
            if not items or member in items[-1]:
                items.append({})
            items[-1][member] = identity
        elif several:
            self.raw.setdefault(name, []).append(identity)
        elif member:
            self.raw.setdefault(name, {}).setdefault(member, identity)
        else:
            self.raw.setdefault(name, identity)

    def is_own_unasked(self) -> bool:
        """Whether nobody asked for what one says of itself: the diagonal of a roster."""
        if self.made.cls is Tie:
            unasked = self.raw.get("state") == self._state("not_asked")
        else:
            unasked = self.made.cls is Rates and self.raw.get("reason") == "not_asked"
        return unasked and self.raw["source"] == self.raw["target"]

    def missing(self) -> list[str]:
        """The fields that it needs and does not have; constants count as had."""
        stated = {name.partition(".")[0] for name in self.made.constants}
        return [
            name
            for name, field in self.made.fields.items()
            if field.required and name != "id" and name not in self.raw and name not in stated
        ]

    def constants(self) -> None:
        """Puts in what is always the same, where no cell says otherwise."""
        for path, value in self.made.constants.items():
            name, _, member = path.partition(".")
            if name == EXTRA:
                self.extra.setdefault(member, value)
                continue
            kind = self.made.fields[name].type
            if kind.form == "tuple":
                if name not in self.raw:
                    items = value if not member else [{member: part} for part in _listed(value)]
                    self.raw[name] = items
                elif member:
                    for item in self.raw[name]:
                        item.setdefault(member, value)
            elif member and kind.form == "value":
                self.raw.setdefault(name, {}).setdefault(member, value)
            else:
                self.raw.setdefault(name, value)

    def each(self) -> Iterator[Draft]:
        """The relations that a cell with several ends stands for; else the record itself."""
        if not self.ends:
            yield self
            return
        pairs = itertools.product(*self.ends.values())
        for number, ends in enumerate(pairs):
            again = dict(zip(self.ends, ends, strict=True))
            raw = {**copy.deepcopy(self.raw), **again}
            named = self.named if not number else {}
            yield attrs.evolve(self, raw=raw, extra=dict(self.extra), named=named)

    def json(self) -> dict[str, Any]:
        """The JSON object of the record, the fields of plugins in their blocks."""
        found: dict[str, Any] = {"kind": self.made.cls.kind}
        for name, value in self.raw.items():
            field = self.made.fields[name]
            if field.type.form == "value" and field.type.cls is Period:
                value = _joined(value)
            holder = found.setdefault(field.owner, {}) if ":" in field.owner else found
            holder[name] = value
        for name, value in self.extra.items():
            again = name
            while again in found or again in self.made.fields or again in ("facets", "extra"):
                again = f"{again} (cell)"
            found[again] = value
        return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _parts(text: str, rule: ColumnRule) -> list[str]:
    """The values of a cell."""
    parts = [text]
    for mark in rule.split or ():
        parts = [piece for part in parts for piece in part.split(mark)]
    return [part.strip() for part in parts if part.strip()]


def _unread(refused: Refused, text: str) -> Problem:
    return Problem(
        "J545",
        Severity.WARNING,
        f"{refused}; its words are kept",
        value=as_typed(text)[:200],
        cure=refused.cure,
    )


def _has_time(target: Target, text: str) -> bool:
    """Whether a day is followed by a time, which the field does not hold."""
    if target.form is None or target.form.form != "date" or len(text) <= 10:
        return False
    try:
        return day_of(text, target.rule.date)[1]
    except Refused:
        return False


def _joined(value: dict[str, Any]) -> dict[str, Any]:
    """A period whose first and last day come from two columns as one interval."""
    if not any(edge in value for edge in EDGES):
        return value
    rest = {name: part for name, part in value.items() if name not in EDGES}
    edges = [value.get(edge, "") for edge in EDGES]
    if "edtf" not in rest:
        rest["edtf"] = edges[0] if edges[0] == edges[1] else "/".join(edges)
    return rest
