"""attrs classes of which only the shell is made until somebody uses them.

attrs compiles the methods of a class where it is declared, which takes a millisecond. A process
imports a hundred such classes for the twenty that it uses, and of most of these it only makes
objects: a constructor alone is compiled in a tenth of the time.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, get_origin

import attrs

__all__ = [
    "Field",
    "define",
    "equality",
    "evolve",
    "frozen",
    "generated",
    "hashing",
    "of_class",
    "shell",
]

T = TypeVar("T")

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
        return _declared(cls, made, eq, kw_only, mutable=False)

    def define(cls=None, *, eq=True):
        """The same as ``attrs.define(slots=True)``, for fields that nothing converts or checks.

        Args:
            cls: The class.
            eq: Whether objects with the same values are equal.
        """
        if cls is None:
            return functools.partial(define, eq=eq)
        return _declared(cls, functools.partial(attrs.define, slots=True), eq, False, mutable=True)


def evolve(instance: T, **changes: Any) -> T:
    """What ``attrs.evolve`` does, without the methods that it needs not."""
    cls: Any = type(instance)
    given = vars(cls).get(_GIVEN) or [(a.name, a.alias) for a in attrs.fields(cls) if a.init]
    for name, alias in given:
        if alias not in changes:
            changes[alias] = getattr(instance, name)
    return cast("T", cls(**changes))


_ALWAYS = ("__init__", "__repr__", "__getstate__", "__setstate__", "__match_args__")
_DECLARED = ("__attrs_attrs__", "__attrs_props__")
_GIVEN = "__jmdi_given__"
"""Where a class holds its fields and the names by which they are given."""

_FIELD: Any = type(attrs.field())
_FACTORY: Any = attrs.Factory

_MAKING = threading.RLock()
"""Held while a class is made, so that its objects have one hash in all threads."""


def _declared(cls: Any, make: Callable[..., type], eq: bool, kw_only: bool, mutable: bool) -> Any:
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
        alone=functools.partial(_alone, cls, kw_only, mutable),
    )


_SET = ("__setattr__", "__delattr__")


def shell(
    cls: Any,
    make: Callable[[], type],
    late: Iterable[str],
    *,
    slots: tuple[str, ...] = (),
    members: Mapping[str, Any] | None = None,
    alone: Callable[[Any, str], Callable[..., Any] | None] | None = None,
) -> Any:
    """The class with a slot for each field, and with what makes its members in their place.

    Args:
        cls: The class.
        make: Makes the whole class.
        late: Names of the members that the shell then takes from it, if it has them.
        slots: Other slots than those of fields.
        members: Other members; by default those that refuse to change an object.
        alone: Makes a member of the shell alone, or gives ``None`` if that takes the whole.
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
    whole = _Whole(make, [*late, *_DECLARED], alone)
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


class Field:
    """A field of a class, as the class declares it.

    Attributes:
        name: Its name.
        alias: The name by which it is given.
        default: What it has if it is not given; ``attrs.NOTHING`` if it must be.
        factory: What makes that; ``None`` if nothing does.
        convert: What it is converted by; ``None`` if nothing.
        by_name: Whether it is given by name alone.
        given: Whether it is given at all.
        compared: Whether objects are equal only if it is.
        plain: Whether nothing else is to be known of it.
        hint: What its type is said to be; that of the parameter of what converts it.
    """

    def __init__(self, name: str, hint: Any, said: Any, kw_only: bool) -> None:
        self.name, self.alias, self.default = name, name.lstrip("_"), said
        self.factory: Any = None
        self.convert: Any = None
        self.by_name, self.given, self.compared, self.plain = kw_only, True, True, True
        self.hint = hint
        if type(said) is _FIELD:
            self.alias, self.given = said.alias or self.alias, said.init
            self.default, self.convert = said._default, said.converter
            self.by_name, self.compared = kw_only or bool(said.kw_only), bool(said.eq)
            by_key = said.eq_key or said.hash is not None
            self.plain = not (
                said._validator or by_key or isinstance(self.convert, attrs.Converter)
            )
        if type(self.default) is _FACTORY:
            self.plain = self.plain and not self.default.takes_self
            self.factory, self.default = self.default.factory, attrs.NOTHING
        if self.convert is not None:
            self.hint = _first_hint(self.convert)

    @property
    def optional(self) -> bool:
        """Whether it need not be given."""
        return self.factory is not None or self.default is not attrs.NOTHING

    @property
    def parameter(self) -> str:
        """How a constructor takes it."""
        return f"{self.alias}=_default_{self.name}" if self.optional else self.alias

    @property
    def value(self) -> str:
        """What a constructor puts into it."""
        name, value = self.name, self.alias if self.given else f"_default_{self.name}"
        if self.factory is not None and self.given:
            value = f"(_make_{name}() if {value} is _NOTHING else {value})"
        elif self.factory is not None:
            value = f"_make_{name}()"
        return value if self.convert is None else f"_convert_{name}({value})"


def _alone(
    cls: Any, kw_only: bool, mutable: bool, made: Any, member: str
) -> Callable[..., Any] | None:
    """What attrs would make; ``None`` where it takes attrs to know it.

    Args:
        cls: The class as it is declared.
        kw_only: Whether all fields are given by name.
        mutable: Whether its objects can change.
        made: Its shell.
        member: The name of a method.
    """
    if any("__attrs_attrs__" in vars(base) for base in cls.__mro__[1:]):
        return None
    fields = [
        Field(name, hint, vars(cls).get(name, attrs.NOTHING), kw_only)
        for name, hint in cls.__annotations__.items()
        if not of_class(hint)
    ]
    if not all(field.plain for field in fields):
        return None
    if member == "__init__":
        return _constructor(cls, made, fields, mutable)
    compared = [field.name for field in fields if field.compared]
    if member == "__eq__":
        return equality(cls, compared)
    return hashing(cls, cls, compared) if member == "__hash__" else None


def _constructor(
    cls: Any, made: Any, fields: Sequence[Field], mutable: bool
) -> Callable[..., None] | None:
    given = [field for field in fields if field.given]
    by_place = [field for field in given if not field.by_name]
    by_name = [field for field in given if field.by_name]
    optional = [field.optional for field in by_place]
    if optional != sorted(optional) or (mutable and any(field.convert for field in fields)):
        return None
    known: dict[str, Any] = {"_NOTHING": attrs.NOTHING}
    for field in fields:
        known[f"_default_{field.name}"] = field.default
        known[f"_make_{field.name}"] = field.factory
        known[f"_convert_{field.name}"] = field.convert
        known[f"_put_{field.name}"] = getattr(made, field.name).__set__
    put = "self.{0} = {1}" if mutable else "_put_{0}(self, {1})"
    lines = [put.format(f.name, f.value) for f in fields if f.given or f.optional]
    lines += ["self.__attrs_post_init__()"] if hasattr(cls, "__attrs_post_init__") else []
    star = ["*"] if by_name else []
    parameters = ["self", *(f.parameter for f in by_place), *star, *(f.parameter for f in by_name)]
    init = generated(cls, "__init__", ", ".join(parameters), lines or ["pass"], known)
    hints = {field.alias: field.hint for field in given if field.hint is not None}
    init.__annotations__ = {**hints, "return": None}
    setattr(made, _GIVEN, tuple((field.name, field.alias) for field in given))
    return init


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


def _first_hint(function: Any) -> Any:
    """What a function says of its first parameter; ``None`` if nothing."""
    code = getattr(function, "__code__", None)
    first = code.co_varnames[:1] if code is not None else ()
    return function.__annotations__.get(*first) if first else None


def _refused(self: object, *_: object) -> None:
    raise attrs.exceptions.FrozenInstanceError


class _Whole:
    """The class as attrs makes it, from which its shell takes the methods."""

    def __init__(
        self,
        make: Callable[[], type],
        late: list[str],
        alone: Callable[[Any, str], Callable[..., Any] | None] | None,
    ) -> None:
        self._make, self.late, self._alone = make, late, alone
        self.shell: Any = None

    def fill(self, name: str) -> None:
        """Puts a method into the shell: that alone if it can be, else all."""
        with _MAKING:
            own = vars(self.shell)
            if not isinstance(own[name], _Late):
                return  # another thread was here
            if self._alone is not None and (method := self._alone(self.shell, name)):
                setattr(self.shell, name, method)
                return
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
