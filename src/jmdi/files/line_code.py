"""Code that writes records as lines of canonical JSON: a function for each class, made once.

A function writes what `unstructure` and `dumps` give together, without the objects between them.
What is not as it is declared to be it leaves to these two, which alone say what is wrong. Values
that many records share, such as codes and sources, are written once: they are known by identity.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from json.encoder import encode_basestring
from typing import Any, TypeAlias

from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.records import Record
from jmdi.model.values import Code, Period, Place, Share, Source
from jmdi.model.writing import block_of, dumps, sorted_json, writer

__all__ = ["line_of"]

Write: TypeAlias = Callable[[Any], str]
"""Writes a value as JSON, or raises any exception if it is not as most are."""

SHARED = (Code, Period)
SHARED_TUPLES = (Code, Share, Place, Source)
"""Values that many records share, alone and in tuples."""

HELD = 1024
"""Most values of a class that are known by identity; they are kept, so that it stays theirs."""


class _Unusual(Exception):
    """A value that is to be looked at by the plain writer."""


def line_of(record: Record) -> bytes | None:
    """The line of a record; ``None`` where the plain writer has to look at it."""
    try:
        cls: Any = type(record)
        return _of_record(cls)(record).encode()
    except Exception:  # the plain writer says what is wrong
        return None


@functools.cache
def _of_record(cls: Any) -> Write:
    """Writes records of a class: fields in order, then blocks, facets and unknown members."""
    start = f'{{"kind":{encode_basestring(cls.kind)}'
    nested = block_of(cls)
    blocks = {name: _of_block(cls, frozenset(names)) for name, names in blocks_of(cls).items()}
    code = _Code(ordered=False)
    some = "True" if blocks else "value.facets is not EMPTY or value.extra is not EMPTY"
    lines = [
        f"out = {start!r}",
        *code.fields([field for field in fields_of(cls) if field.name not in nested]),
        f"if {some}: out += beside(value, {code.name(blocks)})",
        'return out + "}"',
    ]
    return code.compiled(cls, lines)


def _of_block(cls: Any, names: Set[str]) -> Write:
    """Writes one block of the records of a class; nothing if it is empty."""
    code = _Code(ordered=True)
    fields = [field for field in fields_of(cls) if field.name in names]
    lines = [
        'out = ""',
        *code.fields(sorted(fields, key=lambda f: f.name)),
        'return "{" + out[1:] + "}" if out else ""',
    ]
    return code.compiled(cls, lines)


@functools.cache
def _of_value(cls: Any, *, ordered: bool) -> Write:
    """Writes values of a class: fields in order, or in order of their names, as facets have them.

    Unknown members come last; a value in a facet that has any is left to the plain writer.
    """
    code = _Code(ordered=ordered)
    fields = fields_of(cls)
    lines = [
        f"if value.__class__ is not {code.name(cls)}: raise Unusual",
        'out = ""',
        *code.fields(sorted(fields, key=lambda f: f.name) if ordered else fields),
        "if value.extra is not EMPTY and value.extra: "
        + ("raise Unusual" if ordered else "out += unknown(value)"),
        'return "{" + out[1:] + "}"',
    ]
    return code.compiled(cls, lines)


class _Code:
    """The code of a function, and the names that it uses.

    Args:
        ordered: Whether the members of values are in order of their names.
    """

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._names: dict[str, Any] = {
            "EMPTY": EMPTY,
            "Unusual": _Unusual,
            "beside": _beside,
            "date": datetime.date,
            "quoted": encode_basestring,
            "text": _text,
            "unknown": _unknown,
        }

    def name(self, value: object) -> str:
        """A name of its own for a value."""
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name

    def compiled(self, cls: type, lines: list[str]) -> Write:
        """The function of these lines."""
        source = "def write(value):\n  " + "\n  ".join(lines) + "\n"
        exec(compile(source, f"<line of {cls.__qualname__}>", "exec"), self._names)
        return self._names["write"]  # type: ignore[no-any-return]

    def fields(self, fields: Iterable[FieldInfo]) -> Iterator[str]:
        """Adds each field that holds anything; `unstructure` leaves out the same."""
        for field in fields:
            kind = field.type
            yield f"part = value.{field.name}"
            if kind.optional:
                yield "if part is not None:"
            elif kind.is_container and not field.required:
                yield "if part is not EMPTY and part:"
            else:
                yield "if True:"
            yield from (f"  {line}" for line in self._member(field.name, kind))

    def _member(self, name: str, kind: FieldType) -> Iterator[str]:
        member = f',"{name}":'
        if kind.form in ("id", "ref"):
            yield "if not part: raise Unusual"
            yield f"out += {member!r} + quoted(part)"
        elif kind.form == "str":
            yield f"out += {member!r} + quoted(part)"
        elif kind.form == "text" or _holds_strings(kind):
            yield f"out += {member!r} + text(part)"
        elif kind.form == "decimal":
            yield f"out += {member + chr(34)!r} + {self.name(writer(kind))}(part) + '\"'"
        elif kind.form == "int":
            yield "if part.__class__ is not int: raise Unusual"
            yield f"out += {member!r} + str(part)"
        elif kind.form == "date":
            yield "if part.__class__ is not date: raise Unusual"
            yield f"out += {member + chr(34)!r} + part.isoformat() + '\"'"
        elif kind.form == "bool":
            yield "if part.__class__ is not bool: raise Unusual"
            yield f"out += {f'{member}true'!r} if part else {f'{member}false'!r}"
        else:
            yield f"out += {member!r} + {self.name(self._write(kind))}(part)"

    def _write(self, kind: FieldType) -> Write:
        """What writes the other forms."""
        if kind.form == "value":
            write = _of_value(kind.cls, ordered=self._ordered)
            return _known(write) if kind.cls in SHARED else write
        item = kind.item
        if kind.form == "tuple" and item is not None and item.form == "value":
            each = _of_value(item.cls, ordered=self._ordered)
            every: Write = lambda part: f"[{','.join(map(each, part))}]"  # noqa: E731
            return _known(every) if item.cls in SHARED_TUPLES else every
        if kind.form == "tuple" and item is not None and item.form in ("str", "text"):
            inner: Write = encode_basestring if item.form == "str" else _text
            return lambda part: f"[{','.join(map(inner, part))}]"
        plain = writer(kind)
        if self._ordered:
            return lambda part: dumps(sorted_json(plain(part)))
        return lambda part: dumps(plain(part))


def _holds_strings(kind: FieldType) -> bool:
    """Whether a field maps names to strings, and so is written as a text is."""
    return kind.form == "mapping" and kind.item is not None and kind.item.form == "str"


def _known(write: Write) -> Write:
    """Writes each object once, as long as it is known."""
    known: dict[int, tuple[object, str]] = {}

    def written(part: Any) -> str:
        found = known.get(id(part))
        if found is None:
            if len(known) >= HELD:
                known.clear()
            found = known[id(part)] = part, write(part)
        return found[1]

    return written


def _text(text: Any) -> str:
    """A text by language."""
    if text.__class__ is not FrozenMap:
        raise _Unusual
    quoted = encode_basestring
    items = [f"{quoted(key)}:{quoted(words)}" for key, words in sorted(text.items())]
    return f"{{{','.join(items)}}}"


def _unknown(value: Any) -> str:
    """The unknown members of a value, each after a comma."""
    extra: Mapping[str, Any] = value.extra
    return "".join(
        f",{encode_basestring(name)}:{dumps(sorted_json(extra[name]))}" for name in sorted(extra)
    )


def _beside(record: Record, blocks: Mapping[str, Write]) -> str:
    """Blocks, facets and unknown members of a record by name, each after a comma."""
    rest = {name: write(record) for name, write in blocks.items()}
    for name, part in record.extra.items():
        if rest.get(name):  # unknown members of a block
            raise _Unusual
        rest[name] = dumps(sorted_json(part))
    for name, facet in record.facets.items():
        cls: Any = type(facet)
        rest[name] = _of_value(cls, ordered=True)(facet)
    return "".join(f",{encode_basestring(n)}:{rest[n]}" for n in sorted(rest) if rest[n])
