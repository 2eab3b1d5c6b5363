"""attrs classes of which only the shell is made until somebody uses them.

attrs compiles the methods of a class where it is declared, which takes a millisecond. A process
imports a hundred such classes for the twenty that it uses.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast, get_origin

import attrs

__all__ = [
    "define",
    "equality",
    "frozen",
    "generated",
    "hashing",
    "of_class",
    "shell",
]

if TYPE_CHECKING:
    from attrs import define as define
    from attrs import frozen as frozen
else:

    def frozen(cls=None, *, eq=True, kw_only=False):
        """What ``attrs.frozen(slots=True)`` does, but methods are compiled when first asked for.

        It is for classes without ``super()``.

        Args:
            cls: The class.
            eq: Whether objects with the same values are equal.
            kw_only: Whether all fields are given by name.
        """
        if cls is None:
            return functools.partial(frozen, eq=eq, kw_only=kw_only)
        made = functools.partial(attrs.frozen, slots=True, kw_only=kw_only)
        return _declared(cls, made, eq, mutable=False)

    def define(cls=None, *, eq=True):
        """The same as ``attrs.define(slots=True)``, for fields that nothing converts or checks.

        Args:
            cls: The class.
            eq: Whether objects with the same values are equal.
        """
        if cls is None:
            return functools.partial(define, eq=eq)
        return _declared(cls, functools.partial(attrs.define, slots=True), eq, mutable=True)


_ALWAYS = ("__init__", "__repr__", "__getstate__", "__setstate__", "__match_args__")
_DECLARED = ("__attrs_attrs__", "__attrs_props__")

_MAKING = threading.RLock()
"""Held while a class is made, so that its objects have one hash in all threads."""


def _declared(cls: Any, make: Callable[..., type], eq: bool, mutable: bool) -> Any:
    watched = any(hasattr(base, "__weakref__") for base in cls.__bases__)
    own = vars(cls)
    compared = eq and "__eq__" not in own
    late = [name for name in _ALWAYS if name not in own]
    members: dict[str, Any] = {} if mutable else dict.fromkeys(_SET, _refused)
    if compared:
        late.append("__eq__")
        if mutable:
            members["__hash__"] = None
        else:
            late.append("__hash__")
    return shell(
        cls,
        lambda: make(cls, eq=compared),
        late,
        slots=() if watched else ("__weakref__",),
        members=members,
    )


_SET = ("__setattr__", "__delattr__")


def shell(
    cls: Any,
    make: Callable[[], type],
    late: Iterable[str],
    *,
    slots: tuple[str, ...] = (),
    members: Mapping[str, Any] | None = None,
) -> Any:
    """The class with a slot for each field, and with what makes its members in their place.

    Args:
        cls: The class.
        make: Makes the whole class.
        late: Names of the members that the shell then takes from it, if it has them.
        slots: Other slots than those of fields.
        members: Other members; by default those that refuse to change an object.
    """
    fields = [name for name, hint in cls.__annotations__.items() if not of_class(hint)]
    cached = {
        name: value.func
        for name, value in vars(cls).items()
        if type(value) is functools.cached_property
    }
    left_out = {"__dict__", "__weakref__", *fields, *cached}
    body = {name: value for name, value in vars(cls).items() if name not in left_out}
    body["__slots__"] = (*fields, *cached, *slots)
    body |= dict.fromkeys(_SET, _refused) if members is None else members
    if cached:
        lacking = getattr(cls, "__getattr__", object.__getattribute__)
        body["__getattr__"] = _computed(cached, lacking)
    whole = _Whole(make, [*late, *_DECLARED])
    made = type(cls)(
        cls.__name__, cls.__bases__, {**body, **{n: _Late(whole, n) for n in whole.late}}
    )
    whole.shell = made
    return made


def of_class(hint: object) -> bool:
    """Whether an annotation is of an attribute of the class, and not of a field."""
    return "ClassVar" in hint if isinstance(hint, str) else get_origin(hint) is _OF_CLASS


_OF_CLASS: Any = ClassVar


def _computed(
    cached: Mapping[str, Callable[[Any], Any]], lacking: Callable[[Any, str], Any]
) -> Callable[[Any, str], Any]:
    """What is asked for an attribute that an object lacks: it computes those that are kept.

    Args:
        cached: What computes them.
        lacking: What is asked for others.
    """

    def get(self: Any, name: str) -> Any:
        if name not in cached:
            return lacking(self, name)
        value = cached[name](self)
        object.__setattr__(self, name, value)
        return value

    return get


def equality(cls: Any, fields: Iterable[str]) -> Callable[..., Any]:
    """An ``__eq__`` for objects of a class, which are equal if these fields are."""
    same = " and ".join(f"self.{name} == other.{name}" for name in fields)
    lines = ["if other.__class__ is not self.__class__: return NotImplemented"]
    return generated(cls, "__eq__", "self, other", [*lines, f"return {same or True}"], {})


def hashing(cls: Any, salt: object, fields: Iterable[str]) -> Callable[..., Any]:
    """A ``__hash__`` that goes with it; the salt tells objects of other classes apart."""
    values = ", ".join(["_salt", *(f"self.{name}" for name in fields)])
    return generated(cls, "__hash__", "self", [f"return hash(({values},))"], {"_salt": salt})


def generated(
    cls: Any, name: str, given: str, lines: Iterable[str], known: dict[str, Any]
) -> Callable[..., Any]:
    """A method of a class, of its parameters and lines, which know these names."""
    body = "\n    ".join(lines)
    source = f"def {name}({given}):\n    {body}\n"
    exec(compile(source, f"<{name} of {cls.__qualname__}>", "exec"), known)
    method = cast("Callable[..., Any]", known[name])
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    method.__module__ = cls.__module__
    return method


def _refused(self: object, *_: object) -> None:
    raise attrs.exceptions.FrozenInstanceError


class _Whole:
    """The class as attrs makes it, from which its shell takes the methods."""

    def __init__(self, make: Callable[[], type], late: list[str]) -> None:
        self._make, self.late = make, late
        self.shell: Any = None

    def fill(self, name: str) -> None:
        """Puts the methods into the shell, when one of them is first asked for."""
        with _MAKING:
            own = vars(self.shell)
            if not isinstance(own[name], _Late):
                return  # another thread was here
            made = vars(self._make())
            for member in self.late:
                if isinstance(own[member], _Late):
                    setattr(self.shell, member, made[member])


class _Late:
    """A member that is made, with all others of its class, when it is first asked for."""

    def __init__(self, whole: _Whole, name: str) -> None:
        self._whole, self._name = whole, name

    def __get__(self, instance: object, owner: type) -> Any:
        self._whole.fill(self._name)
        return getattr(owner if instance is None else instance, self._name)
