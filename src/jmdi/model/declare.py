"""Decorators that declare kinds, facets and value classes, and check the declaration."""

from __future__ import annotations

import functools
import inspect
import re
import sys
import typing
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, TypeAlias, TypeVar, dataclass_transform

import attrs

from jmdi.classes import frozen, of_class, shell
from jmdi.errors import BadValue, ModelError
from jmdi.model.constructors import add_methods
from jmdi.model.fields import FieldInfo, Slot, own_fields, slots_of
from jmdi.model.frozen import EMPTY, FrozenMap, freeze, owned

__all__ = [
    "KindSpec",
    "blocks_of",
    "define",
    "facet",
    "fields_of",
    "spec_of",
    "summary_of",
    "value",
]

T = TypeVar("T")
End: TypeAlias = type[Any] | tuple[type[Any], ...]
"""The class that an end of a relation must have, or several of which it must have one."""

NAME = re.compile(r"[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?")
HIDDEN = frozenset({"facets", "extra"})
_JSON = "a mapping from names to JSON values"


@frozen
class KindSpec:
    """What ``define`` or ``facet`` recorded about a class.

    Attributes:
        name: The kind's or facet's name, as files say it.
        version: Version of its fields.
        fields: The fields that the class itself declares.
        ends: For a relation, the kinds that ``source`` and ``target`` point at.
        directed: Whether a relation has a direction.
        label: How a relation reads between its ends.
        id_from: Fields that the id is made from.
        on: For a facet, the kind it extends.
        abstract: Whether it is a base that no record has as its kind.
    """

    name: str
    version: int = 1
    fields: tuple[FieldInfo, ...] = ()
    ends: tuple[End, End] | None = None
    directed: bool = True
    label: str = ""
    id_from: tuple[str, ...] = ()
    on: Any = None
    abstract: bool = False


def _beside(_: type, attributes: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Makes what stands beside the data fields keyword-only and leaves it out of the repr."""
    return [a.evolve(kw_only=True, repr=False) if a.name in HIDDEN else a for a in attributes]


def _build(cls: type[T], name: str, *, kw_only: bool) -> tuple[type[T], tuple[FieldInfo, ...]]:
    """An immutable attrs class whose constructor checks its fields and makes them immutable too.

    Args:
        cls: The class as it is declared.
        name: The name of its kind, facet or value class.
        kw_only: Whether its data fields are given by name.

    Returns:
        The class, and the data fields that it declares itself.
    """
    where = f"{cls.__module__}.{cls.__qualname__}"
    if not (cls.__doc__ or "").strip():
        raise ModelError(f"{where}: a docstring is missing; say in one line what it is")
    own = inspect.get_annotations(cls)
    if shadowed := sorted(_inherited(cls).keys() & own):
        raise ModelError(f"{where}: {', '.join(shadowed)} would hide an inherited field; rename it")
    try:
        cls.__annotations__ = _resolved(cls, own)
        cls.__repr__ = _short_repr  # type: ignore[method-assign]
        slots = _own_slots(cls, kw_only=kw_only)
        make = functools.partial(
            attrs.frozen,
            cls,
            init=False,
            eq=False,
            kw_only=kw_only,
            slots=True,
            weakref_slot=False,
            repr=False,
            field_transformer=_beside,
        )
        if slots is None:
            built: Any = make()
            slots = tuple(a for a in attrs.fields(built) if not a.inherited)
        else:
            built = shell(cls, make, _LATE)
        built.__jmdi_slots__ = (*_inherited(cls).values(), *slots)
    except ModelError as error:
        raise ModelError(f"{where}: {error}") from None
    except NameError as error:
        raise ModelError(
            f'{where}: {error}; declare field types at module level, or write Ref["Name"] '
            "for a kind that comes later"
        ) from error
    add_methods(built, _members)
    return built, own_fields(built, slots, name, HIDDEN)


_FIELD: type = type(attrs.field())

_LATE = ("__attrs_init__", "__getstate__", "__setstate__", "__match_args__")
"""What attrs adds to a class that has its constructor and comparison from here."""


def _inherited(cls: type) -> dict[str, Slot]:
    """The fields of its bases, by name, the most general first."""
    bases = (base for base in reversed(cls.__mro__[1:]) if "__attrs_attrs__" in vars(base))
    return {slot.name: slot for base in bases for slot in slots_of(base)}


def _own_slots(cls: type, *, kw_only: bool) -> tuple[Slot, ...] | None:
    """The fields that a class declares itself; ``None`` where it takes attrs to know them.

    Nearly all classes say a name, a type and perhaps a default of each field, and have no method
    that knows its class, as one that calls ``super()`` does.
    """
    body = vars(cls)
    slots, optional = [], False
    for name, hint in cls.__annotations__.items():
        if of_class(hint):
            continue
        default = body.get(name, attrs.NOTHING)
        by_name = kw_only or name in HIDDEN
        optional = optional or default is not attrs.NOTHING
        if name.startswith("_") or (optional and not by_name and default is attrs.NOTHING):
            return None
        slots.append(Slot(name, hint, default, by_name, name))
    for value in body.values():
        function = getattr(value, "fget", None) or getattr(value, "__func__", value)
        if type(value) is _FIELD or getattr(function, "__closure__", None):
            return None
    return tuple(slots)


@functools.cache
def _code(annotation: str) -> CodeType:
    """A type as it is annotated, compiled: many fields have the same."""
    return compile(annotation, "<annotation>", "eval")


def _resolved(cls: type, own: Mapping[str, Any]) -> dict[str, Any]:
    """The own annotations of a class, as `typing.get_type_hints` gives them.

    Those of its bases were resolved when these were made. Where none names a class as text within
    another type, they are only evaluated.

    Raises:
        NameError: If a name is not known.
    """
    home = getattr(sys.modules.get(cls.__module__), "__dict__", {})  # none of what is only run
    names = dict(vars(cls))
    if all(
        isinstance(said, str) and not _QUOTE.search(_KNOWN.sub("", said)) for said in own.values()
    ):
        return {name: eval(_code(said), home, names) for name, said in own.items()}
    alone = type(cls.__name__, (), {"__annotations__": dict(own)})
    return typing.get_type_hints(alone, names, home, include_extras=True)


_KNOWN = re.compile(r"""Ref\[(["'])\w+\1\]|Annotated\[(Code|str), (["'])[\w:-]*\3\]""")
"""Texts within types that name a kind or a vocabulary; Python writes them with single quotes."""
_QUOTE = re.compile("""["']""")


def _short_repr(self: Any) -> str:
    """Class and fields that hold anything; what is empty or not known is left out."""
    parts = (
        f"{a.name}={part!r}"
        for a in slots_of(type(self))
        if (part := getattr(self, a.name)) is not None and part != () and part != {}
    )
    name = type(self).__name__
    if getattr(self, "standin", False):
        name += f"[{self.kind}]"
    return f"{name}({', '.join(parts)})"


def _check_name(cls: type, name: str) -> None:
    if not NAME.fullmatch(name):
        raise ModelError(
            f"{cls.__module__}.{cls.__qualname__}: {name!r} is not a name; write small letters, "
            "digits and hyphens, after 'plugin:' for a plugin's own"
        )


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(attrs.field,))
def define(
    name: str,
    *,
    v: int = 1,
    ends: tuple[End, End] | None = None,
    directed: bool = True,
    label: str = "",
    id_from: tuple[str, ...] = (),
    abstract: bool = False,
) -> Callable[[type[T]], type[T]]:
    """Declares a kind of record.

    Args:
        name: The kind's name; a plugin's own is ``plugin:kind``.
        v: Version of its fields: raise it when a field is renamed, removed or changes meaning.
        ends: For a relation, the classes that its source and target must have.
        directed: For a relation, whether it has a direction.
        label: For a relation, how it reads: "contributes to".
        id_from: Fields from which ``make_id`` makes the id.
        abstract: Whether it is only a base for other kinds.

    Returns:
        A decorator that makes the class an immutable attrs class with keyword-only fields.

    Raises:
        ModelError: If the name, a field's type or the docstring is not as it must be.
    """

    def decorate(cls: type[T]) -> type[T]:
        _check_name(cls, name)
        if not any(hasattr(base, "__jmdi__") for base in cls.__mro__) and not abstract:
            raise ModelError(
                f"{cls.__module__}.{cls.__qualname__}: derive it from Entity or Relation"
            )
        built, fields = _build(cls, name, kw_only=True)
        known = {f.name for base in built.__mro__ for f in _own(base)} | {f.name for f in fields}
        if missing := sorted(set(id_from) - known):
            raise ModelError(f"{cls.__qualname__}: id_from names no field: {', '.join(missing)}")
        inherited = next((b.__jmdi__ for b in built.__mro__[1:] if hasattr(b, "__jmdi__")), None)
        spec = KindSpec(
            name=name,
            version=v,
            fields=fields,
            ends=ends or (inherited.ends if inherited else None),
            directed=directed,
            label=label or name.rpartition(":")[2],
            id_from=id_from,
            abstract=abstract,
        )
        built.kind = name  # type: ignore[attr-defined]
        built.__jmdi__ = spec  # type: ignore[attr-defined]
        return built

    return decorate


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(attrs.field,))
def facet(name: str, *, on: type[Any], v: int = 1) -> Callable[[type[T]], type[T]]:
    """Declares a typed block that a plugin adds to existing kinds.

    Args:
        name: ``plugin:facet``, the member of the record that holds it.
        on: The class of the kind that it extends, subkinds included.
        v: Version of its fields.

    Raises:
        ModelError: If the name, a field's type or the docstring is not as it must be.
    """

    def decorate(cls: type[T]) -> type[T]:
        _check_name(cls, name)
        if ":" not in name:
            raise ModelError(
                f"{cls.__qualname__}: a facet's name needs its plugin: 'plugin:{name}'"
            )
        built, fields = _build(cls, name, kw_only=True)
        built.name = name  # type: ignore[attr-defined]
        built.__jmdi__ = KindSpec(  # type: ignore[attr-defined]
            name=name, version=v, fields=fields, on=on
        )
        return built

    return decorate


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def value(cls: type[T]) -> type[T]:
    """Declares a value class: an immutable part of a record, with an ``extra`` of its own.

    Raises:
        ModelError: If a field's type is outside the closed set or the docstring is missing.
    """
    if "extra" not in inspect.get_annotations(cls):
        raise ModelError(
            f"{cls.__qualname__}: declare 'extra: Mapping[str, Any] = EMPTY' as its last field"
        )
    built, fields = _build(cls, cls.__name__, kw_only=False)
    built.__jmdi_value__ = fields  # type: ignore[attr-defined]
    return built


def _own(cls: type) -> tuple[FieldInfo, ...]:
    spec = cls.__dict__.get("__jmdi__")
    return spec.fields if isinstance(spec, KindSpec) else ()


@functools.cache
def blocks_of(cls: Any) -> Mapping[str, frozenset[str]]:
    """The fields of a kind that are in blocks, by the name of the kind that declares them."""
    blocks: dict[str, set[str]] = {}
    for field in fields_of(cls):
        if ":" in field.owner:
            blocks.setdefault(field.owner, set()).add(field.name)
    return {name: frozenset(names) for name, names in blocks.items()}


def _members(cls: type[Any], facets: Any, extra: Any) -> tuple[Any, Any]:
    """Facets and members beside the declared ones, immutable.

    Raises:
        BadValue: If a facet is declared for other kinds, or a member would hide a declared one.
    """
    if facets is not EMPTY:
        if not isinstance(facets, (dict, Mapping)):
            raise BadValue(facets, wanted="facets by name", owner=cls.__name__, field="facets")
        held = dict(facets)
        for name, block in held.items():
            spec = block.__class__.__dict__.get("__jmdi__")
            if not (spec.__class__ is KindSpec and spec.name == name and _is_on(spec.on, cls)):
                _check_facet(cls, name, block)
        facets = owned(held)
    if extra is not EMPTY:
        try:
            extra = freeze(extra)
        except (TypeError, ValueError) as error:
            raise _bad_member(
                cls, extra, "a mapping from names to JSON values", str(error)
            ) from None
        _check_extra(cls, extra, facets)
    return facets, extra


def _is_on(kind: type[Any] | None, cls: type[Any]) -> bool:
    """Whether a facet that is declared on a kind may be on records of a class."""
    return kind is cls or (kind is not None and issubclass(cls, kind))


def _check_facet(cls: type[Any], name: str, block: Any) -> None:
    spec = type(block).__dict__.get("__jmdi__")
    place = f"facets[{name!r}]"
    if not isinstance(spec, KindSpec) or spec.on is None:
        raise BadValue(
            block, "declare it with @jmdi.facet", wanted="a facet", owner=cls.__name__, field=place
        )
    if spec.name != name:
        cure = "add it with .with_facet(…)"
        wanted = f"the facet {name!r}"
        raise BadValue(block, cure, wanted=wanted, owner=cls.__name__, field=place)
    if not issubclass(cls, spec.on):
        wanted = f"a facet of {cls.__name__}"
        cure = f"{type(block).__name__} is declared on={spec.on.__name__}"
        raise BadValue(block, cure, wanted=wanted, owner=cls.__name__, field=place)


def _check_extra(cls: Any, extra: Any, facets: Mapping[str, Any]) -> None:
    if not isinstance(extra, FrozenMap):
        raise _bad_member(cls, extra, _JSON, "")
    declared = _names(cls)
    hidden: set[str] = set()
    if hasattr(cls, "kind"):
        blocks = blocks_of(cls)
        declared = declared.difference(*blocks.values()) | {"kind", *facets}
        for block in blocks.keys() & extra.keys():
            if not isinstance(extra[block], Mapping):
                raise _bad_member(cls, extra, f"a mapping under {block!r}", "")
            hidden |= blocks[block] & extra[block].keys()
    hidden |= declared & extra.keys()
    if hidden:
        names = ", ".join(map(repr, sorted(hidden)))
        raise _bad_member(cls, extra, "members that are not declared", f"declared: {names}")


@functools.cache
def _names(cls: type[Any]) -> frozenset[str]:
    return frozenset(field.name for field in fields_of(cls))


def _bad_member(cls: type[Any], extra: Any, wanted: str, cure: str) -> BadValue:
    return BadValue(extra, cure, wanted=wanted, owner=cls.__name__, field="extra")


def spec_of(cls: type) -> KindSpec:
    """What was declared for a kind or facet.

    Raises:
        ModelError: If the class was not declared with ``define`` or ``facet``.
    """
    spec = cls.__dict__.get("__jmdi__")
    if not isinstance(spec, KindSpec):
        raise ModelError(f"{cls.__qualname__} is not declared with @jmdi.define or @jmdi.facet")
    return spec


def summary_of(cls: type) -> str:
    """The first paragraph of a class's docstring, on one line."""
    return " ".join((cls.__doc__ or "").strip().partition("\n\n")[0].split())


def fields_of(cls: type) -> tuple[FieldInfo, ...]:
    """All data fields of a kind, facet or value class, the most general class's first.

    ``sources`` comes last, as it does in files: first what is said, then who says so.
    """
    if "__jmdi_value__" in cls.__dict__:
        return typing.cast("tuple[FieldInfo, ...]", cls.__dict__["__jmdi_value__"])
    fields = [f for base in reversed(cls.__mro__) for f in _own(base)]
    return tuple(sorted(fields, key=lambda f: f.name == "sources"))
