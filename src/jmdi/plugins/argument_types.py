"""What an argument of a declared type may be: which values it takes, and how text is read as one.

The types are those of ordinary annotations: ``bool``, ``int``, ``float``, ``str``, ``None``,
``Literal``, unions, days, collections, mappings, functions and classes, and ``Annotated`` with
a `Bound`. A type that is not among them takes every value.
"""

from __future__ import annotations

import datetime
import json
import math
import numbers
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, runtime_checkable

import attrs

from jmdi.classes import frozen
from jmdi.errors import ModelError
from jmdi.words.type_names import FLOAT, INT, LIST, MAPPING, STR

__all__ = ["Above", "AtLeast", "AtMost", "Below", "Bound", "Offers", "Wanted", "Within", "wanted"]


@runtime_checkable
class Bound(Protocol):
    """What ``Annotated`` adds to a type: which of its values are meant."""

    def holds(self, value: Any, /) -> bool:
        """Whether a value of the type is meant."""
        ...

    def describe(self, words: str, /) -> str:
        """The words for the type with those of the bound."""
        ...


@runtime_checkable
class Offers(Protocol):
    """What ``Annotated`` adds to a type whose values are found in the data, such as its groups."""

    def offered(self, target: Any, /) -> Sequence[str]:
        """What can be named of a Dataset or Network."""
        ...


@frozen
class AtLeast:
    """A lowest value: ``Annotated[int, AtLeast(1)]``."""

    low: float

    def holds(self, value: Any, /) -> bool:
        """Whether a number is not lower."""
        return bool(value >= self.low)

    def describe(self, words: str, /) -> str:
        """Such as *a whole number, at least 1*."""
        return f"{words}, at least {self.low}"


@frozen
class AtMost:
    """A highest value: ``Annotated[float, Above(0), AtMost(1)]``."""

    high: float

    def holds(self, value: Any, /) -> bool:
        """Whether a number is not higher."""
        return bool(value <= self.high)

    def describe(self, words: str, /) -> str:
        """Such as *a number, above 0, at most 1*."""
        return f"{words}, at most {self.high}"


@frozen
class Above:
    """A value that numbers must exceed: ``Annotated[float, Above(0)]``."""

    low: float

    def holds(self, value: Any, /) -> bool:
        """Whether a number is higher."""
        return bool(value > self.low)

    def describe(self, words: str, /) -> str:
        """Such as *a number, above 0*."""
        return f"{words}, above {self.low}"


@frozen
class Below:
    """A value that numbers must not reach: ``Annotated[float, AtLeast(0), Below(1)]``."""

    high: float

    def holds(self, value: Any, /) -> bool:
        """Whether a number is lower."""
        return bool(value < self.high)

    def describe(self, words: str, /) -> str:
        """Such as *a number, at least 0, below 1*."""
        return f"{words}, below {self.high}"


@frozen
class Within:
    """A lowest and a highest value: ``Annotated[float, Within(0, 1)]``."""

    low: float
    high: float

    def holds(self, value: Any, /) -> bool:
        """Whether a number lies between the two, or is one of them."""
        return bool(self.low <= value <= self.high)

    def describe(self, words: str, /) -> str:
        """Such as *a number from 0 to 1*."""
        return f"{words} from {self.low} to {self.high}"


@frozen
class Wanted:
    """What an argument of some type may be.

    Attributes:
        words: It in words, such as *a whole number or None*.
        takes: Whether a value is one.
        read: The value that a text means; it raises ``ValueError`` if there is none.
        choices: All values that it may be, where they are few.
        rank: In which order the members of a union read a text: the strictest first.
    """

    words: str
    takes: Callable[[Any], bool]
    read: Callable[[str], Any]
    choices: tuple[Any, ...] = ()
    rank: int = 9


def wanted(annotation: Any) -> Wanted:
    """What an argument with an annotation may be.

    Raises:
        ModelError: If a bound of numbers stands at a type that is none.

    >>> wanted(int | None).words
    'a whole number or None'
    >>> wanted(Annotated[float, Within(0, 1)]).takes(1.5)
    False
    >>> wanted(str | Iterable[str]).read("ghana,senegal")
    ['ghana', 'senegal']
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        bounds = [bound for bound in arguments[1:] if isinstance(bound, Bound)]
        for bound in bounds:
            if isinstance(bound, _OF_NUMBERS) and not _is_number(arguments[0]):
                words = wanted(arguments[0]).words
                cure = f"it stands at the number, as in Iterable[Annotated[int, {bound}]]"
                raise ModelError(f"{bound} bounds numbers, not {words}: {cure}")
        return _bounded(wanted(arguments[0]), bounds)
    if origin is Literal:
        return _literal(arguments)
    if origin in (typing.Union, types.UnionType):
        return _union([wanted(argument) for argument in arguments])
    simple = _SIMPLE.get(annotation) if isinstance(annotation, type | None) else None
    if simple is not None:
        return simple
    base = origin or annotation
    if base is Callable:
        return Wanted("a function", callable, _no_text)
    if not isinstance(base, type) or base in (Any, object) or getattr(base, "_is_protocol", False):
        return _ANYTHING
    if issubclass(base, Mapping):
        return _mapping(arguments)
    if issubclass(base, Iterable) and issubclass(base, _COLLECTIONS):
        return _collection(base, arguments)
    name = "a class" if base is type else f"a {base.__name__}"
    return Wanted(name, lambda value: isinstance(value, base), _no_text)


def _is_number(annotation: Any) -> bool:
    """Whether a type has numbers only, or None."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _is_number(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return all(argument is types.NoneType or _is_number(argument) for argument in arguments)
    if origin is Literal:
        return all(isinstance(choice, numbers.Number) for choice in arguments)
    return isinstance(annotation, type) and issubclass(annotation, numbers.Number)


def _bounded(inner: Wanted, bounds: Sequence[Bound]) -> Wanted:
    words = inner.words
    for bound in bounds:
        words = bound.describe(words)

    def takes(value: Any) -> bool:
        return inner.takes(value) and all(value is None or b.holds(value) for b in bounds)

    return attrs.evolve(inner, words=words, takes=takes)


def _literal(choices: tuple[Any, ...]) -> Wanted:
    def takes(value: Any) -> bool:
        return any(
            isinstance(value, type(choice))
            and isinstance(value, bool) == isinstance(choice, bool)
            and value == choice
            for choice in choices
        )

    def read(text: str) -> Any:
        for choice in choices:
            if text == str(choice) or (isinstance(choice, bool) and text == str(choice).lower()):
                return choice
        raise ValueError(text)

    return Wanted(_either([repr(choice) for choice in choices]), takes, read, choices, rank=0)


def _union(members: Sequence[Wanted]) -> Wanted:
    closed = all(member.choices for member in members)
    text_too = any(member.rank == _TEXT.rank for member in members)
    by_rank = sorted(members, key=lambda member: member.rank)

    def takes(value: Any) -> bool:
        return any(member.takes(value) for member in members)

    def read(text: str) -> Any:
        for member in by_rank:
            try:
                value = member.read(text)
            except ValueError:
                continue
            one_item = isinstance(value, list) and len(value) == 1 and not text.startswith("[")
            if member.takes(value) and not (one_item and text_too):
                return value
        raise ValueError(text)

    return Wanted(
        _either([member.words for member in members]),
        takes,
        read,
        tuple(choice for member in members for choice in member.choices) if closed else (),
        by_rank[0].rank,
    )


def _collection(base: type, arguments: tuple[Any, ...]) -> Wanted:
    """A list or the like, whose items are of one type; a text is no list of its letters."""
    if issubclass(base, tuple) and arguments and arguments[-1] is not Ellipsis:
        return _tuple([wanted(argument) for argument in arguments])
    item = wanted(arguments[0]) if arguments else _ANYTHING
    ordered = issubclass(base, Sequence)

    def takes(value: Any) -> bool:
        return (
            isinstance(value, Collection)
            and not isinstance(value, str | bytes | Mapping)
            and (not ordered or hasattr(value, "__getitem__"))
            and all(item.takes(one) for one in value)
        )

    def read(text: str) -> list[Any]:
        if text.startswith("["):
            found = json.loads(text)
            return found if isinstance(found, list) else [found]
        if text.startswith('"'):
            raise ValueError(text)
        return [item.read(part.strip()) for part in text.split(",")]

    words = f"a {LIST}" if item is _ANYTHING else f"a {LIST}, each item {item.words}"
    return Wanted(words, takes, read, rank=5)


def _tuple(items: Sequence[Wanted]) -> Wanted:
    """A list of so many items, each of its own type."""
    any_list = _collection(list, ())

    def takes(value: Any) -> bool:
        return (
            any_list.takes(value)
            and len(value) == len(items)
            and all(item.takes(one) for item, one in zip(items, value, strict=True))
        )

    def read(text: str) -> list[Any]:
        if text.startswith("["):
            return list(any_list.read(text))
        parts = [part.strip() for part in text.split(",")]
        return [item.read(part) for item, part in zip(items, parts, strict=True)]

    return Wanted(f"a list of {', '.join(item.words for item in items)}", takes, read, rank=5)


def _mapping(arguments: tuple[Any, ...]) -> Wanted:
    """A mapping whose values are of one type."""
    item = wanted(arguments[1]) if arguments else _ANYTHING

    def takes(value: Any) -> bool:
        return isinstance(value, Mapping) and all(item.takes(one) for one in value.values())

    words = f"a {MAPPING}" if item is _ANYTHING else f"a {MAPPING}, each value {item.words}"
    return Wanted(words, takes, _read_mapping, rank=5)


def _either(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _whole(value: Any) -> bool:
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def _real(value: Any) -> bool:
    if not isinstance(value, numbers.Real) or isinstance(value, bool):
        return False
    try:
        return not math.isnan(float(value))
    except OverflowError:  # a whole number that no float can hold
        return False


def _no_text(text: str) -> Any:
    raise ValueError(text)


def _read_text(text: str) -> str:
    """A text as it is; in quotes, what would otherwise be read as a number or a list."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return str(json.loads(text))
    return text


def _read_none(text: str) -> None:
    if text.lower() != "none":
        raise ValueError(text)


def _read_mapping(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def _read_anything(text: str) -> Any:
    """A number, ``true``, ``false``, list or mapping as JSON writes it, else the text itself."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return text if found is None else found


_TEXT = Wanted(f"a {STR}", lambda value: isinstance(value, str), _read_text, rank=6)
_ANYTHING = Wanted("a value", lambda value: True, _read_anything, rank=7)
_BOOLEAN = attrs.evolve(_literal((True, False)), takes=lambda value: isinstance(value, bool))
_NONE = Wanted("None", lambda value: value is None, _read_none, (None,), rank=1)
_SIMPLE: Mapping[type | None, Wanted] = {
    bool: _BOOLEAN,
    int: Wanted(f"a {INT}", _whole, int, rank=2),
    float: Wanted(f"a {FLOAT}", _real, float, rank=3),
    str: _TEXT,
    None: _NONE,
    types.NoneType: _NONE,
    datetime.date: Wanted(
        "a date",
        lambda value: isinstance(value, datetime.date),
        datetime.date.fromisoformat,
        rank=4,
    ),
    Path: Wanted("a path", lambda value: isinstance(value, Path), Path, rank=9),
}
_OF_NUMBERS = (Above, AtLeast, AtMost, Below, Within)
_COLLECTIONS = (list, tuple, set, frozenset, Collection, Iterator, Iterable)
