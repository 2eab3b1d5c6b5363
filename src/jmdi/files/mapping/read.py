"""Reads a mapping from a TOML file, or from the same as a dict, and says what is wrong with it."""

from __future__ import annotations

import functools
import os
import tomllib
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from jmdi.errors import FormatError, Problem, Severity, Where, suggest
from jmdi.files.mapping.rules import (
    VERSION,
    CellRule,
    ColumnRule,
    RecordRule,
    TableMapping,
    TableRule,
)
from jmdi.files.paths import open_input, unreadable
from jmdi.model.json_pointer import escape
from jmdi.plugins.argument_types import wanted

__all__ = ["mapping_of", "read_mapping"]

T = TypeVar("T")

LARGEST = 10_000_000
"""Most bytes of a mapping file; it is written by people."""

PART = ("kind", "table", "cells", "records", "columns", "repeats")
"""The keys of a mapping of one table."""

TOP = ("mapping", "title", *PART, "tables")


WRITTEN = (
    "a mapping is a file in TOML with a line for each column below [columns], such as "
    '"Title" = "names"; or the same as a dict, on the command line {"Title": "names"}'
)
"""What a mapping looks like."""


def read_mapping(source: str | os.PathLike[str] | Mapping[str, Any] | TableMapping) -> TableMapping:
    """The mapping in a TOML file, or in a dict of the same form; a mapping is returned as it is.

    Raises:
        FormatError: With a problem for each key that cannot be understood.
        OSError: If the file cannot be opened.
    """
    if isinstance(source, TableMapping):
        return source
    if isinstance(source, Mapping):
        return mapping_of(source, None)
    name = os.fspath(source)
    if not Path(name).exists():
        raise unreadable(name, "there is no such file", WRITTEN)
    with open_input(Path(name), limit=LARGEST) as stream:
        data = stream.read(LARGEST + 1)
    try:
        raw = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise unreadable(name, f"is not a mapping in TOML: {error}", WRITTEN, "J540") from None
    return mapping_of(raw, name)


def mapping_of(raw: Mapping[str, Any], file: str | None) -> TableMapping:
    """The mapping of a dict.

    Args:
        raw: The dict.
        file: The file that it was read from, for problems.

    Raises:
        FormatError: With a problem for each key that cannot be understood.
    """
    reader = _Reader(file)
    found = reader.mapping(raw)
    if reader.problems:
        raise FormatError(reader.problems)
    return found


@attrs.define(slots=True)
class _Reader:
    """Collects what is wrong, so that all of it is reported at once."""

    file: str | None
    problems: list[Problem] = attrs.field(factory=list)

    def wrong(self, path: Sequence[str], message: str, cure: str | None = None) -> None:
        pointer = "".join(f"/{escape(part)}" for part in path)
        where = Where(file=self.file, member=pointer)
        said = f"mapping, {' > '.join(path)}: {message}" if path else f"mapping: {message}"
        self.problems.append(Problem("J540", Severity.ERROR, said, where, cure=cure))

    def mapping(self, raw: Mapping[str, Any]) -> TableMapping:
        self.unknown_keys((), raw, TOP)
        version = raw.get("mapping", VERSION)
        if version != VERSION or isinstance(version, bool):
            cure = "use a newer jmdi" if isinstance(version, int) and version > VERSION else None
            self.wrong(("mapping",), f"the version is {VERSION}, not {version!r:.40}", cure)
        title = raw.get("title", "")
        if not isinstance(title, str):
            self.wrong(("title",), f"a title is a text, not {title!r:.40}")
        title = title if isinstance(title, str) else ""
        if "tables" not in raw:
            return attrs.evolve(self.part((), raw), title=title)
        for key in raw:
            if key in PART and key != "cells":
                self.wrong((key,), "there are several tables", "say it of one of the tables")
        return TableMapping(
            tables=self.rules(("tables",), raw["tables"], self.table),
            cells=self.built(("cells",), raw.get("cells", {}), CellRule) or CellRule(),
            title=title,
            file=self.file,
        )

    def table(self, path: tuple[str, ...], raw: Any) -> TableMapping | None:
        """The mapping of one of several tables."""
        if not isinstance(raw, Mapping):
            self.wrong(path, f"is a section, not {raw!r:.40}")
            return None
        self.unknown_keys(path, raw, PART)
        return self.part(path, raw)

    def part(self, path: tuple[str, ...], raw: Mapping[str, Any]) -> TableMapping:
        """What a mapping says of one table."""
        columns = self.rules((*path, "columns"), raw.get("columns", {}), self.column)
        if not columns and not self.problems:
            self.wrong((*path, "columns"), "no column is mapped", 'such as "Title" = "names"')
        records = self.rules((*path, "records"), raw.get("records", {}), self.record)
        if "kind" in raw:
            if records:
                self.wrong((*path, "kind"), "there are records too", "say the kind of each record")
            elif isinstance(raw["kind"], str):
                records = {raw["kind"]: RecordRule(kind=raw["kind"])}
            else:
                self.wrong((*path, "kind"), f"a kind is a text, not {raw['kind']!r:.40}")
        table = self.built((*path, "table"), raw.get("table", {}), TableRule)
        return TableMapping(
            columns=columns,
            records=records,
            repeats=self.rules((*path, "repeats"), raw.get("repeats", {}), self.column),
            cells=self.built((*path, "cells"), raw.get("cells", {}), CellRule) or CellRule(),
            table=table or TableRule(),
            file=self.file,
        )

    def rules(self, path: tuple[str, ...], raw: Any, read: Any) -> dict[str, Any]:
        """The rules of a section by name."""
        if not isinstance(raw, Mapping):
            self.wrong(path, f"is a section of names, not {raw!r:.40}")
            return {}
        found = {}
        for name, part in raw.items():
            if not isinstance(name, str):
                self.wrong(path, f"{name!r:.40} is not a text")
            elif (rule := read((*path, name), part)) is not None:
                found[name] = rule
        return found

    def column(self, path: tuple[str, ...], raw: Any) -> ColumnRule | None:
        """A column's rule; a text or a list alone is where it goes."""
        if isinstance(raw, (str, list, tuple)):
            raw = {"to": raw}
        return self.built(path, raw, ColumnRule)

    def record(self, path: tuple[str, ...], raw: Any) -> RecordRule | None:
        """A record's rule; a text alone is its kind."""
        return self.built(path, {"kind": raw} if isinstance(raw, str) else raw, RecordRule)

    def built(self, path: tuple[str, ...], raw: Any, cls: type[T]) -> T | None:
        """An object of a class of rules; ``None`` after a problem was noted."""
        if not isinstance(raw, Mapping):
            self.wrong(path, f"is a text or a section, not {raw!r:.40}")
            return None
        hints = _hints(cls)
        before = len(self.problems)
        self.unknown_keys(path, raw, list(hints))
        members = {}
        for key, hint in hints.items():
            if key in raw:
                members[key] = self.value((*path, key), _plain(raw[key], hint), hint)
        for attribute in attrs.fields(cls):  # type: ignore[arg-type]
            if attribute.default is attrs.NOTHING and attribute.name not in raw:
                self.wrong(path, f"needs {attribute.name}", _NEEDS.get(attribute.name))
        return cls(**members) if len(self.problems) == before else None

    def value(self, path: tuple[str, ...], value: Any, hint: Any) -> Any:
        kind = _wanted(hint)
        if not kind.takes(value):
            self.wrong(path, f"is {kind.words}, not {value!r:.40}")
        return value

    def unknown_keys(
        self, path: tuple[str, ...], raw: Mapping[str, Any], known: Sequence[str]
    ) -> None:
        for key in raw:
            if key not in known:
                near = suggest(str(key), known)
                cure = (
                    f"did you mean {' or '.join(near)}?"
                    if near
                    else f"it may have {', '.join(known)}"
                )
                self.wrong((*path, str(key)), "there is no such key", cure)


_wanted = functools.cache(wanted)
_hints: Callable[[type], Mapping[str, Any]] = functools.cache(
    functools.partial(typing.get_type_hints, include_extras=True)
)
"""The members of a class of rules; to find them out takes longer than to read a rule."""

_NEEDS = {
    "to": 'such as to = "names", to = "drop" or to = "extra"',
    "kind": 'such as kind = "item"',
}


def _plain(value: Any, hint: Any) -> Any:
    """A value with tuples where a rule has them: one text counts as a list of one."""
    text = str(hint)
    if text.startswith("tuple["):
        return _listed(value)
    if "Mapping[str, tuple[" in text and isinstance(value, Mapping):
        return {key: _listed(part) for key, part in value.items()}
    return value


def _listed(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value
