"""Writes a mapping as a TOML file that people read and correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from jmdi.files.mapping.rules import VERSION, ColumnRule, RecordRule, TableMapping
from jmdi.model.frozen import EMPTY

__all__ = ["key_of", "write_mapping"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_mapping(mapping: TableMapping, notes: Mapping[str, str] = EMPTY) -> str:
    """A mapping as TOML; reading it again gives the same mapping.

    Args:
        mapping: The mapping.
        notes: What is to be said of a column, by its header; it stands behind its line. Of
            several tables the header has ``tables.NAME.`` before it.
    """
    return "\n".join(_lines(mapping, notes)) + "\n"


def _lines(mapping: TableMapping, notes: Mapping[str, str]) -> Iterator[str]:
    yield f"mapping = {VERSION}"
    if mapping.title:
        yield f"title = {_text(mapping.title)}"
    if not mapping.tables:
        yield from _part(mapping, "", notes)
        return
    lines = list(_said("", mapping.cells))
    yield from ("", "[cells]", *lines) if lines else ()
    for name, part in mapping.tables.items():
        before = f"tables.{key_of(name)}."
        yield from ("", f"[{before[:-1]}]")
        yield from _part(part, before, notes)


def _part(mapping: TableMapping, before: str, notes: Mapping[str, str]) -> Iterator[str]:
    """What a mapping says of one table, whose sections begin with the same words."""
    records = dict(mapping.records)
    alone = next(iter(records.values()), None)
    if alone is not None and records == {alone.kind: RecordRule(kind=alone.kind)}:
        yield f"kind = {_text(alone.kind)}"
        records = {}
    for name, part in (("table", mapping.table), ("cells", mapping.cells)):
        lines = list(_said("", part))
        if lines:
            yield from ("", f"[{before}{name}]", *lines)
    for name, rule in records.items():
        yield from ("", f"[{before}records.{key_of(name)}]", *_said("", rule))
    for name, rules in (("columns", mapping.columns), ("repeats", mapping.repeats)):
        if rules:
            yield from ("", f"[{before}{name}]")
        for header, column in rules.items():
            note = notes.get(f"{before}{header}", "") if name == "columns" else ""
            yield from _column(header, column, note)


def _column(header: str, rule: ColumnRule, note: str) -> Iterator[str]:
    """A column on one line, or on one for each thing that is said of it."""
    plain = "".join(mark if mark.isprintable() else " " for mark in note)
    behind = f"  # {' '.join(plain.split())}" if note else ""
    rest = list(_said(f"{_text(header)}.", attrs.evolve(rule, to=())))
    to = _value(rule.to[0] if len(rule.to) == 1 else rule.to)
    yield f"{_text(header)}{'.to' if rest else ''} = {to}{behind}"
    yield from rest


def _said(before: str, rule: Any) -> Iterator[str]:
    """What a rule says, without what it says nothing about; a table has a line for each key."""
    for attribute in attrs.fields(type(rule)):
        value = getattr(rule, attribute.name)
        if value == attribute.default or attribute.name == "to":
            continue
        if isinstance(value, Mapping):
            for key, part in value.items():
                if attribute.name == "link" and len(part) == 1:
                    part = part[0]
                yield f"{before}{attribute.name}.{key_of(key)} = {_value(part)}"
            if not value:
                yield f"{before}{attribute.name} = {{}}"
        else:
            yield f"{before}{attribute.name} = {_value(value)}"


def key_of(name: str) -> str:
    """A key of TOML, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)


def _text(text: str) -> str:
    # A basic string of TOML is one of JSON, but that it holds no DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
