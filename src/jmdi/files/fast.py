"""Lines of the own format read by msgspec, where it is installed: the same, sooner.

msgspec checks a line and splits it, in C, into objects whose fields have the types of ours; code
that is generated for each kind makes the record of them. A line that msgspec refuses, or that may
say more than it handed over, is left to the plain reader, which alone says what is wrong. So what
is read does not depend on whether msgspec is installed.
"""

from __future__ import annotations

import datetime
import functools
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, Union

import attrs

from jmdi.files.codec import Codec
from jmdi.files.strict_json import parse_json
from jmdi.model.checking import exact
from jmdi.model.constructors import opened
from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.fields import FieldType
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.records import Record
from jmdi.model.values import Code, Period
from jmdi.model.writing import Hook

__all__ = ["FastLines", "Make", "fast_lines"]

Make: TypeAlias = Callable[[Any, bytes], Record | None]
"""Makes the record of what a line was split into; ``None`` if the line may say more."""

SHARED = (Code, Period)
"""Values that a data set uses over and over: they are known by their bytes."""

HELD = 4096
"""Most values that are known by their bytes."""

LONG = 200
"""Most bytes by which a value is known."""

AS_IS: dict[str, Any] = {
    "str": str,
    "id": str,
    "ref": str,
    "int": int,
    "bool": bool,
    "date": datetime.date,
}
"""Forms that msgspec reads as the plain reader does, but for an empty id."""


@functools.lru_cache(maxsize=16)
def fast_lines(codec: Codec) -> FastLines | None:
    """What reads lines into the kinds of a codec; ``None`` where msgspec is not installed."""
    try:
        return FastLines(codec)
    except ImportError:
        return None


def _is_plain(cls: Any) -> bool:
    """Whether objects of a class are nothing but their fields, and these are not in blocks."""
    return not (
        hasattr(cls, "__attrs_post_init__")
        or (issubclass(cls, Record) and blocks_of(cls))
        or any(a.validator or a.converter not in (None, exact) for a in attrs.fields(cls))
    )


class FastLines:
    """Splits lines and makes records of them.

    Attributes:
        split: Splits a line; raises any exception if it is not as it must be.
        classes: The classes of the records, by the classes of what lines are split into.
    """

    def __init__(self, codec: Codec) -> None:
        import msgspec

        self._codec = codec
        self._raw = msgspec.Raw
        self._define: Any = functools.partial(
            msgspec.defstruct, kw_only=True, gc=False, forbid_unknown_fields=True
        )
        self._structs: dict[type, Any] = {}
        self._makers: dict[type, Make] = {}
        kinds = [cls for cls in codec.catalog.kinds.values() if _is_plain(cls)]
        self.classes = {self._struct(cls, tag_field="kind", tag=cls.kind): cls for cls in kinds}
        split_types: Any = Union[tuple(self.classes)]  # noqa: UP007
        self.split: Callable[[bytes], Any] = msgspec.json.Decoder(split_types).decode

    def maker(self, split: type) -> Make:
        """What makes records of the objects of a class that lines are split into."""
        if split not in self._makers:
            self._makers[split] = _Generated(self).maker(self.classes[split])
        return self._makers[split]

    def is_split(self, kind: FieldType) -> bool:
        """Whether it is a value class that msgspec splits into its fields."""
        return kind.form == "value" and kind.cls not in SHARED and _is_plain(kind.cls)

    def hook(self, kind: FieldType) -> Hook:
        """The plain reader of a type."""
        return self._codec.value_reader(kind.bare)

    def _struct(self, cls: Any, **tag: str) -> Any:
        """A class with the fields of one of ours; a field that a line lacks is ``None``."""
        if cls not in self._structs:
            fields = [
                (f.name, self._hint(f.type), *(() if f.required else (None,)))
                for f in fields_of(cls)
            ]
            self._structs[cls] = self._define(cls.__name__, fields, **tag)
        return self._structs[cls]

    def _hint(self, kind: FieldType) -> Any:
        """The type that msgspec checks; only the bytes of what the plain reader is to read."""
        if kind.form == "tuple" and kind.item is not None:
            return tuple[self._hint(kind.item), ...]  # type: ignore[misc]
        if kind.form == "text":
            return dict[str, str]
        if kind.form == "decimal":
            return str
        if self.is_split(kind):
            return self._struct(kind.cls)
        return AS_IS.get(kind.form, self._raw)


class _Known(dict[bytes, tuple[Any, int]]):
    """Values by their bytes, as the plain reader reads them, with the number of their members."""

    def __init__(self, hook: Hook) -> None:
        self._hook = hook

    def __missing__(self, data: bytes) -> tuple[Any, int]:
        raw = parse_json(data)
        found = self._hook(raw), _members(raw)
        if len(data) <= LONG:
            if len(self) >= HELD:
                self.clear()
            self[data] = found
        return found


def _members(raw: Any) -> int:
    """How many members a JSON value has in all its objects."""
    if isinstance(raw, dict):
        return len(raw) + sum(map(_members, raw.values()))
    return sum(map(_members, raw)) if isinstance(raw, list) else 0


class _Generated:
    """The code that makes records of one kind, and the names that it uses."""

    def __init__(self, lines: FastLines) -> None:
        self._lines = lines
        self._names: dict[str, Any] = {
            "EMPTY": EMPTY,
            "FrozenMap": FrozenMap,
            "OpenMap": opened(FrozenMap),
            "intern": sys.intern,
            "new": object.__new__,
            "spaced": re.compile(rb'"\s+:').search,
        }

    def maker(self, cls: Any) -> Make:
        """Compiles it.

        A member that is there twice shows in the number of colons: each member has one, so that
        there are as many as members were counted only if all were. Colons in texts are passed
        over where none of the members has a space before its own.
        """
        body = [
            "members = 1",
            *self._object(cls, "split", "made"),
            'if members == line.count(b":"): return made',
            "if members == line.count(b'\":') and not spaced(line): return made",
        ]
        source = "def make(split, line):\n " + "\n ".join(body)
        exec(compile(source, f"<fast reader of {cls.__qualname__}>", "exec"), self._names)
        return self._names["make"]  # type: ignore[no-any-return]

    def _name(self, value: object) -> str:
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name

    def _object(self, cls: Any, given: str, made: str) -> Iterator[str]:
        """Makes an object of a class from a split one."""
        yield f"{made} = new({self._name(opened(cls))})"
        fields = fields_of(cls)
        yield f"members += {sum(f.required for f in fields)}"
        for field in fields:
            part, target = f"{given}.{field.name}", f"{made}.{field.name}"
            if field.required:
                yield from self._part(field.type, part, target)
                continue
            default = getattr(attrs.fields(cls), field.name).default
            yield f"part = {part}"
            yield f"if part is None: {target} = {self._default(default)}"
            yield "else:"
            yield " members += 1"
            yield from (f" {line}" for line in self._part(field.type, "part", target))
        for name in ("facets", "extra"):
            if hasattr(cls, name):
                yield f"{made}.{name} = EMPTY"
        yield f"{made}.__class__ = {self._name(cls)}"

    def _default(self, value: object) -> str:
        return repr(value) if value in (None, ()) else self._name(value)

    def _part(self, kind: FieldType, given: str, target: str) -> Iterator[str]:
        """Makes the value of a field from a split one."""
        deeper = self._name(None)  # a name that nothing else has
        if kind.form in ("id", "ref"):
            yield f"if not {given}: return None"
            yield f"{target} = {given}" if kind.form == "id" else f"{target} = intern({given})"
        elif kind.form in AS_IS:
            yield f"{target} = {given}"
        elif kind.form == "decimal":
            yield f"{target} = {self._name(self._lines.hook(kind))}({given})"
        elif kind.form == "text":
            yield f"members += len({given})"
            yield f"{deeper} = new(OpenMap)"
            yield f"{deeper}._items = {given}"
            yield f"{deeper}.__class__ = FrozenMap"
            yield f"{target} = {deeper}"
        elif kind.form == "tuple" and kind.item is not None:
            yield f"{deeper} = []"
            yield f"for item in {given}:"
            yield from (f" {line}" for line in self._part(kind.item, "item", f"{deeper}_item"))
            yield f" {deeper}.append({deeper}_item)"
            yield f"{target} = tuple({deeper})"
        elif self._lines.is_split(kind):
            yield f"{deeper}_given = {given}"
            yield from self._object(kind.cls, f"{deeper}_given", deeper)
            yield f"{target} = {deeper}"
        else:
            known = self._name(_Known(self._lines.hook(kind)))
            yield f"{target}, {deeper} = {known}[bytes({given})]"
            yield f"members += {deeper}"
