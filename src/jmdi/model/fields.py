"""The closed set of field types, from which everything else is derived.

The codec, the JSON Schema, the strategies of `jmdi.testing`, tables and the reference
are all made from the :class:`FieldInfo` of a class, so a field is declared once.
"""

from __future__ import annotations

import datetime
import enum
import functools
import re
import types
import typing
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, cast

import attrs

from jmdi.classes import frozen
from jmdi.errors import ModelError
from jmdi.words.type_names import BOOL, DECIMAL, FLOAT, INT, LIST, MAPPING, STR

__all__ = [
    "EdtfText",
    "NOTHING_SAID",
    "Exact",
    "FieldInfo",
    "FieldType",
    "Id",
    "Ref",
    "RefTo",
    "Text",
    "Slot",
    "field_type",
    "own_fields",
    "slots_of",
]

K = TypeVar("K")


@frozen
class RefTo:
    """What a reference may point at: a kind's class, its class name or its kind name."""

    target: Any

    @property
    def name(self) -> str:
        """The target's kind name if its class is known, else the name as declared."""
        return str(getattr(self.target, "kind", self.target))


class _Mark(enum.Enum):
    ID = "id"
    TEXT = "text"
    EDTF = "edtf"


if TYPE_CHECKING:
    from typing_extensions import TypeAliasType

    EdtfText: TypeAlias = str
    Id: TypeAlias = str
    Text: TypeAlias = Mapping[str, str]
    Ref = TypeAliasType("Ref", str, type_params=(K,))

    class Exact:
        """As type checkers see it: a field that takes more than it gives."""

        def __get__(self, record: object, owner: object = None) -> Decimal | None: ...
        def __set__(self, record: object, number: Decimal | int | str | None) -> None: ...

else:
    EdtfText = Annotated[str, _Mark.EDTF]
    Id = Annotated[str, _Mark.ID]
    Text = Annotated[Mapping[str, str], _Mark.TEXT]
    Exact = Decimal | None

    class Ref:
        """The id of another record: ``Ref[Actor]``, or ``Ref["Actor"]`` before it is defined."""

        def __class_getitem__(cls, target):
            return Annotated[str, RefTo(target)]


NOTHING_SAID: Any = None
"""The default of an `Exact` field: type checkers see more in that than ``None`` or a number."""

Form = Literal[
    "str",
    "int",
    "float",
    "bool",
    "decimal",
    "date",
    "datetime",
    "enum",
    "literal",
    "id",
    "ref",
    "text",
    "json",
    "value",
    "tuple",
    "mapping",
]

_PLAIN: Mapping[Any, Form] = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    Decimal: "decimal",
    datetime.date: "date",
    datetime.datetime: "datetime",
}

_ALLOWED = (
    "str, int, float, bool, Decimal, date, datetime, an Enum, a Literal of strings, Id, "
    'Ref[Kind], Text, a value class, Annotated[Code, "vocabulary"], T | None, tuple[T, ...] '
    "and Mapping[str, T]"
)


_WORDS: Mapping[Form, str] = {
    "str": STR,
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "decimal": DECIMAL,
    "date": "date",
    "datetime": "time with its zone",
    "id": "id",
    "text": "text by language",
    "json": MAPPING,
}


@frozen
class FieldType:
    """One type of the closed set.

    Attributes:
        form: Which of the closed set it is.
        optional: Whether ``None`` is allowed too.
        item: The type of the items of a tuple or a mapping.
        cls: The Enum or the value class.
        choices: The strings of a Literal.
        ref: What a reference points at.
        scheme: The vocabulary that a code, or a string that is one, is taken from.
        edtf: Whether a string is a date in EDTF.
    """

    form: Form
    optional: bool = False
    item: FieldType | None = None
    cls: Any = None
    choices: tuple[str, ...] = ()
    ref: RefTo | None = None
    scheme: str | None = None
    edtf: bool = False

    def _with(self, *, optional: bool) -> FieldType:
        """What ``attrs.evolve`` makes, in a tenth of the time: each optional field has two."""
        return FieldType(
            self.form,
            optional,
            self.item,
            self.cls,
            self.choices,
            self.ref,
            self.scheme,
            self.edtf,
        )

    @property
    def bare(self) -> FieldType:
        """The type without ``None``."""
        return self._with(optional=False) if self.optional else self

    @property
    def is_container(self) -> bool:
        """Whether its values can be empty: a tuple, a mapping, a text or a JSON object."""
        return self.form in ("tuple", "mapping", "text", "json")

    @property
    def words(self) -> str:
        """What it takes, as errors say it."""
        if self.form in ("value", "enum"):
            text = f"{self.cls.__name__} of {self.scheme}" if self.scheme else self.cls.__name__
        elif self.form == "literal":
            text = " or ".join(map(repr, self.choices))
        elif self.form in ("tuple", "mapping") and self.item is not None:
            several, each = (LIST, "item") if self.form == "tuple" else (MAPPING, "value")
            text = f"{several}, each {each} {self.item.words}"
        elif self.form == "ref" and self.ref is not None:
            text = f"id of {self.ref.name}"
        else:
            text = _WORDS[self.form]
        return f"{text} or None" if self.optional else text

    def __str__(self) -> str:
        text = {
            "ref": f"Ref[{self.ref.name if self.ref else ''}]",
            "value": getattr(self.cls, "__name__", ""),
            "enum": getattr(self.cls, "__name__", ""),
            "literal": " | ".join(map(repr, self.choices)),
            "tuple": f"tuple[{self.item}, ...]",
            "mapping": f"Mapping[str, {self.item}]",
            "decimal": "Decimal",
            "text": "Text",
            "id": "Id",
        }.get(self.form, self.form)
        if self.scheme:
            text = f"{text}[{self.scheme}]"
        return f"{text} | None" if self.optional else text


@frozen
class FieldInfo:
    """One declared field of a record, facet or value class.

    Attributes:
        name: Its name, in Python and in files.
        type: Its type.
        required: Whether it has no default.
        owner: Name of the kind, facet or value class that declares it.
        doc: Its description, from the ``Attributes`` section of the class.
    """

    name: str
    type: FieldType
    required: bool
    owner: str
    doc: str = ""


def field_type(hint: Any) -> FieldType:
    """The field type that an annotation means.

    Raises:
        ModelError: If the annotation is outside the closed set.
    """
    try:
        return _field_type(hint)
    except TypeError:  # it has no hash, and is looked up nowhere
        return _field_type.__wrapped__(hint)


@functools.lru_cache(maxsize=4096)
def _field_type(hint: Any) -> FieldType:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(hint)
    if origin is Annotated:
        return _annotated(hint)
    if origin is Literal:
        choices = typing.get_args(hint)
        if all(isinstance(c, str) for c in choices):
            return FieldType("literal", choices=choices)
    if origin is tuple:
        args = typing.get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return FieldType("tuple", item=_item(args[0]))
    if origin is Mapping:
        key, value = typing.get_args(hint)
        if key is str:
            return FieldType("json") if value is Any else FieldType("mapping", item=_item(value))
    if hint in _PLAIN:
        return FieldType(_PLAIN[hint])
    if isinstance(hint, type):
        if issubclass(hint, enum.Enum):
            return FieldType("enum", cls=hint)
        if "__jmdi_value__" in hint.__dict__:
            return FieldType("value", cls=hint)
    raise ModelError(f"{hint!r} is not a field type; allowed are {_ALLOWED}")


def _item(hint: Any) -> FieldType:
    item = field_type(hint)
    if item.optional or item.form == "json":
        raise ModelError(f"items of a tuple or mapping cannot be {hint!r}")
    return item


def _optional(hint: Any) -> FieldType:
    args = [a for a in typing.get_args(hint) if a is not types.NoneType]
    if len(args) != 1 or len(args) == len(typing.get_args(hint)):
        raise ModelError(f"{hint!r} is a union without a tag; allowed are {_ALLOWED}")
    return field_type(args[0])._with(optional=True)


def _annotated(hint: Any) -> FieldType:
    plain, mark = typing.get_args(hint)[:2]
    if mark is _Mark.ID:
        return FieldType("id")
    if mark is _Mark.TEXT:
        return FieldType("text")
    if mark is _Mark.EDTF:
        return FieldType("str", edtf=True)
    if isinstance(mark, RefTo):
        return FieldType("ref", ref=mark)
    if isinstance(mark, str) and _is_coded(kind := field_type(plain)):
        return attrs.evolve(kind, scheme=mark)
    raise ModelError(f"{hint!r} is not a field type; allowed are {_ALLOWED}")


def _is_coded(kind: FieldType) -> bool:
    """Whether values of a type are codes: strings, or a value class of scheme and code."""
    if kind.form == "value":
        return {"scheme", "code"} <= {field.name for field in kind.cls.__jmdi_value__}
    return kind.form == "str"


@frozen
class Slot:
    """What a constructor has to know of a field, as attrs says it too.

    Attributes:
        name: Its name.
        type: Its type, as annotated.
        default: Its default, or ``attrs.NOTHING``.
        kw_only: Whether it is given by name.
        alias: The name by which it is given.
        converter: None: a field with one is known from attrs alone.
        validator: The same.
        init: Whether it is given at all.
    """

    name: str
    type: Any
    default: Any
    kw_only: bool
    alias: str
    converter: Any = None
    validator: Any = None
    init: bool = True


def slots_of(cls: Any) -> tuple[Slot, ...]:
    """The fields of a kind, facet or value class, those of its bases first; ask attrs of others."""
    found: Any = getattr(cls, "__jmdi_slots__", None)
    return cast("tuple[Slot, ...]", attrs.fields(cls) if found is None else found)


def own_fields(
    cls: type, own: Iterable[Slot], owner: str, hidden: frozenset[str]
) -> tuple[FieldInfo, ...]:
    """The fields that a class itself declares, in order.

    Args:
        cls: The class.
        own: Its own slots.
        owner: The name of its kind, facet or value class.
        hidden: Fields that are not data, such as ``extra``.

    Raises:
        ModelError: If a type is outside the closed set.
    """
    docs = attribute_docs(cls.__doc__ or "")
    fields = []
    for slot in own:
        if slot.name in hidden:
            continue
        try:
            kind = field_type(slot.type)
            _check_default(kind, slot.default)
        except ModelError as error:
            raise ModelError(f"{cls.__qualname__}.{slot.name}: {error}") from None
        required = slot.default is attrs.NOTHING
        fields.append(FieldInfo(slot.name, kind, required, owner, docs.get(slot.name, "")))
    return tuple(fields)


def _check_default(kind: FieldType, default: Any) -> None:
    """Refuses a default that a file could not tell from what it leaves out.

    Raises:
        ModelError: If an optional field has another default than ``None``, a container
            another than an empty one, or any other field ``None``.
    """
    if default is attrs.NOTHING:
        return
    if type(default).__name__ == "Factory":
        raise ModelError("a default must be a value, not a factory")
    if default is None:
        if not kind.optional:
            raise ModelError(f"the default cannot be None: declare it as {kind} | None")
    elif kind.optional:
        raise ModelError(f"the default of {kind} must be None, not {default!r}")
    elif kind.is_container and len(default):
        raise ModelError(f"the default of {kind} must be empty, not {default!r}")


def attribute_docs(docstring: str) -> dict[str, str]:
    """The entries of a docstring's ``Attributes`` section, each on one line."""
    _, _, section = docstring.partition("Attributes:\n")
    entries: dict[str, str] = {}
    name = ""
    for line in section.splitlines():
        if match := re.fullmatch(r"\s{4,8}(\w+):\s+(.*)", line):
            name = match[1]
            entries[name] = match[2].strip()
        elif name and line.strip():
            entries[name] += f" {line.strip()}"
        elif not line.strip():
            name = ""
    return entries
