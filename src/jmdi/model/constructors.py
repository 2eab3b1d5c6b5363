"""Methods of kinds, facets and value classes: constructors that refuse what a field cannot hold.

They are generated, as attrs does: a value that fits costs one comparison in line, and only
another one is looked at. Whoever has checked the values already, as a reader of files has, makes
the object with `unchecked`.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from jmdi.classes import equality, generated, hashing
from jmdi.errors import BadValue
from jmdi.model.checking import Taker, taker
from jmdi.model.fields import FieldType, field_type, slots_of
from jmdi.model.frozen import BEYOND, EMPTY

__all__ = ["Members", "add_methods", "assembled", "opened", "unchecked"]

T = TypeVar("T")

Members = Callable[[type[Any], Any, Any], tuple[Any, Any]]
"""Takes a class and the facets and members beside the declared ones, and returns them checked."""

_FITS = {
    "str": "{0}.__class__ is str",
    "id": "{0}.__class__ is str and {0}",
    "ref": "{0}.__class__ is str and {0}",
    "int": "{0}.__class__ is int and -_BEYOND < {0} < _BEYOND",
    "bool": "{0}.__class__ is bool",
    "date": "{0}.__class__ is _date",
    "value": "{0}.__class__ is _cls_{0}",
    "enum": "{0}.__class__ is _cls_{0}",
    "tuple": "{0}.__class__ is tuple and not {0}",
    "text": "{0} is _EMPTY",
    "json": "{0} is _EMPTY",
    "mapping": "{0} is _EMPTY",
}
"""By the form of a field, a comparison that holds only for values that fit as they are."""

_ONE = "{0}.__class__ is tuple and (not {0} or (len({0}) == 1 and {0}[0].__class__ is _item_{0}))"
"""The same for a tuple of values: nearly every record has one source."""

_BESIDE = frozenset({"facets", "extra"})
"""Fields that are checked together, by the declared members of the whole class."""


def add_methods(cls: Any, members: Members) -> None:
    """Gives an attrs class an ``__init__`` that checks, and ``__eq__`` and ``__hash__``.

    Each is compiled when it is first asked for: most kinds are read from files and compared with
    nothing.

    Args:
        cls: The class, made by attrs without these methods.
        members: Checks facets and the members beside the declared ones.
    """
    cls.__init__ = _Later(cls, "__init__", lambda: _constructor(cls, members))
    if "__eq__" not in vars(cls):
        names = [slot.name for slot in slots_of(cls)]
        cls.__eq__ = _Later(cls, "__eq__", lambda: equality(cls, names))
        cls.__hash__ = _Later(cls, "__hash__", lambda: hashing(cls, cls, names))


class _Later:
    """A method that is made when it is first asked for, and then takes this one's place."""

    def __init__(self, cls: Any, name: str, make: Callable[[], Any]) -> None:
        self._cls, self._name, self._make = cls, name, make

    def __get__(self, instance: object, owner: Any = None) -> Any:
        method = self._make()
        setattr(self._cls, self._name, method)
        return method if instance is None else method.__get__(instance, owner)


def _constructor(cls: Any, members: Members) -> Any:
    init = _compiled(cls, "__init__", "self", list(_checks(cls)), members)
    init.__annotations__ = {a.alias: a.type for a in slots_of(cls)} | {"return": None}
    return init


def unchecked(cls: type[T]) -> Callable[..., T]:
    """What makes objects of a class of values that are known to fit, immutable ones.

    To go round the ``__setattr__`` of a frozen class takes five times as long as to fill an
    object of a subclass that has the usual one, and then to make it one of the class itself.
    """
    key: Any = cls  # which type checkers take for something that cannot be hashed
    make: Callable[..., T] = _unchecked(key)
    return make


@functools.cache
def _unchecked(cls: Any) -> Callable[..., Any]:
    make: Callable[..., Any] = _compiled(cls, "make", "", ["self = _new(_open)"], None)
    return make


@functools.cache
def assembled(cls: Any) -> Callable[[Mapping[str, Any]], Any] | None:
    """What makes an object of a mapping of such values, without a function that is compiled.

    ``None`` for a class whose fields are converted or checked.
    """
    slots = slots_of(cls)
    if any(slot.converter or slot.validator or slot.alias != slot.name for slot in slots):
        return None
    new, open_, defaults = cls.__new__, opened(cls), [(slot.name, slot.default) for slot in slots]
    finish = getattr(cls, "__attrs_post_init__", None)

    def make(given: Mapping[str, Any]) -> Any:
        self = new(open_)
        for name, default in defaults:
            setattr(self, name, given.get(name, default))
        self.__class__ = cls
        if finish is not None:
            finish(self)
        return self

    return make


@functools.cache
def opened(cls: Any) -> Any:
    """A subclass of the same layout whose objects take attributes."""
    usual = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(cls)(cls.__name__, (cls,), {"__slots__": (), **usual})


def _checks(cls: Any) -> Iterator[str]:
    """The lines that check what is given, one for each field and one for other members."""
    names = {a.name for a in slots_of(cls)}
    for attribute in slots_of(cls):
        if attribute.name in _BESIDE:
            continue
        name, kind = attribute.alias, field_type(attribute.type)
        fits = [f"{name} is None"] if kind.optional else []
        if kind.form in _FITS and not kind.edtf:
            fits.append(_FITS[kind.form].format(name))
        if kind.form == "tuple" and kind.item is not None and kind.item.form == "value":
            fits[-1] = _ONE.format(name)
        yield f"if not ({' or '.join(fits) or None}): {name} = _take_{name}({name})"
    if "facets" in names:
        yield "if not (facets is _EMPTY and extra is _EMPTY):"
        yield "    facets, extra = _members(self.__class__, facets, extra)"
    else:
        yield "if extra is not _EMPTY: extra = _members(self.__class__, _EMPTY, extra)[1]"


def _compiled(cls: Any, name: str, first: str, before: list[str], members: Members | None) -> Any:
    """A function with a parameter for each field, which puts them into an object."""
    known: dict[str, Any] = {
        "_EMPTY": EMPTY,
        "_BEYOND": BEYOND,
        "_date": datetime.date,
        "_members": members,
    }
    if not first:
        known |= {"_class": cls, "_new": cls.__new__, "_open": opened(cls)}
    given = [first] if first else []
    convert: list[str] = []
    put: list[str] = []
    validate: list[str] = []
    for attribute in sorted(slots_of(cls), key=lambda a: a.kw_only):
        field, name_given = attribute.name, attribute.alias
        if attribute.kw_only and "*" not in given:
            given.append("*")
        required = attribute.default is attrs.NOTHING
        given.append(name_given if required else f"{name_given}=_default_{name_given}")
        known[f"_default_{name_given}"] = attribute.default
        if first:
            put.append(f"_put_{name_given}(self, {name_given})")
            known[f"_put_{name_given}"] = getattr(cls, field).__set__
        else:
            put.append(f"self.{field} = {name_given}")
        if attribute.converter is not None:
            convert.append(f"{name_given} = _convert_{name_given}({name_given})")
            known[f"_convert_{name_given}"] = attribute.converter
        if attribute.validator is not None:
            validate.append(f"_validate_{name_given}(self, _field_{name_given}, {name_given})")
            known[f"_validate_{name_given}"] = attribute.validator
            known[f"_field_{name_given}"] = attribute
        if first and field not in _BESIDE:  # what is unchecked is taken as it is
            kind = field_type(attribute.type)
            known[f"_take_{name_given}"] = _within(cls, field, kind)
            known[f"_cls_{name_given}"] = kind.cls
            known[f"_item_{name_given}"] = kind.item and kind.item.cls
    put += [] if first else ["self.__class__ = _class"]
    end = ["self.__attrs_post_init__()"] if hasattr(cls, "__attrs_post_init__") else []
    end += [] if first else ["return self"]
    lines = [*convert, *before, *put, *validate, *end]
    return generated(cls, name, ", ".join(given), lines, known)


def _within(cls: Any, field: str, kind: FieldType) -> Taker:
    """What takes the values of one field, and names it when it refuses one."""
    take = taker(kind)

    def take_here(value: Any) -> Any:
        try:
            return take(value)
        except BadValue as error:
            raise BadValue(
                error.given,
                error.cure,
                wanted=error.wanted or kind.words,
                owner=cls.__name__,
                field=f"{field}{error.field}",
            ) from None

    return take_here
