"""Immutable attrs classes of which only the shell is made until somebody uses them.

attrs compiles the methods of a class where it is declared, which takes half a millisecond. A
process imports a hundred such classes for the twenty that it uses.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["frozen", "shell"]

if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(cls=None, *, eq=True, kw_only=False):
        """What ``attrs.frozen(slots=True)`` does, but methods are compiled when first asked for.

        It is for classes without ``functools.cached_property`` and without ``super()``.

        Args:
            cls: The class.
            eq: Whether objects with the same values are equal.
            kw_only: Whether all fields are given by name.
        """
        if cls is None:
            return functools.partial(frozen, eq=eq, kw_only=kw_only)
        return _frozen(cls, eq, kw_only)


_ALWAYS = ("__init__", "__repr__", "__getstate__", "__setstate__", "__match_args__")
_EQUAL = ("__eq__", "__ne__", "__hash__")
_DECLARED = ("__attrs_attrs__", "__attrs_props__")

_MAKING = threading.RLock()
"""Held while a class is made, so that its objects have one hash in all threads."""


def _frozen(cls: Any, eq: bool, kw_only: bool) -> Any:
    watched = any(hasattr(base, "__weakref__") for base in cls.__bases__)
    own = vars(cls)
    methods = _ALWAYS + (_EQUAL if eq and "__eq__" not in own else ())
    late = [name for name in methods if name not in own]
    made = functools.partial(attrs.frozen, cls, slots=True, eq=bool({*_EQUAL} & {*late}))
    return shell(cls, lambda: made(kw_only=kw_only), late, () if watched else ("__weakref__",))


def shell(
    cls: Any, make: Callable[[], type], late: Iterable[str], slots: tuple[str, ...] = ()
) -> Any:
    """The class with a slot for each field, and with what makes its members in their place.

    Args:
        cls: The class.
        make: Makes the whole class.
        late: Names of the members that the shell then takes from it, if it has them.
        slots: Other slots than those of fields.
    """
    fields = [name for name, said in cls.__annotations__.items() if "ClassVar" not in str(said)]
    left_out = {"__dict__", "__weakref__", *fields}
    body = {name: value for name, value in vars(cls).items() if name not in left_out}
    body["__slots__"] = (*fields, *slots)
    body["__setattr__"] = body["__delattr__"] = _refused
    whole = _Whole(make, [*late, *_DECLARED])
    made = type(cls)(
        cls.__name__, cls.__bases__, {**body, **{n: _Late(whole, n) for n in whole.late}}
    )
    whole.shell = made
    return made


def _refused(self: object, *_: object) -> None:
    raise attrs.exceptions.FrozenInstanceError


class _Whole:
    """The class as attrs makes it, from which its shell takes the methods."""

    def __init__(self, make: Callable[[], type], late: list[str]) -> None:
        self._make, self.late = make, late
        self.shell: Any = None

    def fill(self) -> None:
        """Puts the methods into the shell."""
        with _MAKING:
            if isinstance(vars(self.shell)["__attrs_attrs__"], _Late):
                made = self._make()
                for name in self.late:
                    setattr(self.shell, name, vars(made)[name])


class _Late:
    """A member that is made, with all others of its class, when it is first asked for."""

    def __init__(self, whole: _Whole, name: str) -> None:
        self._whole, self._name = whole, name

    def __get__(self, instance: object, owner: type) -> Any:
        self._whole.fill()
        return getattr(owner if instance is None else instance, self._name)
