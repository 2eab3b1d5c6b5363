"""What stands in the bodies of panels: texts, numbers, records, and what is not known."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from jmdi.errors import ModelError
from jmdi.model.frozen import EMPTY, FrozenMap
from jmdi.model.records import Record
from jmdi.model.values import Code, Money, Period

__all__ = [
    "Cell",
    "Country",
    "Link",
    "Range",
    "Unknown",
    "Words",
    "as_cell",
    "as_cell_or_none",
    "as_number",
    "as_texts",
    "as_tuple",
    "as_words",
    "each",
    "link_to",
]

Words: TypeAlias = str | Mapping[str, str]
"""A plain string is data, such as a name, and is never translated; a mapping gives a text by
language."""


class Country(FrozenMap[str]):
    """The names of a country by language, with its code, so that a page can name it in others.

    Attributes:
        code: ISO 3166-1 alpha-2 code.
    """

    __slots__ = ("code",)
    code: str

    def __init__(self, code: str, names: Mapping[str, str] = EMPTY) -> None:
        super().__init__(names or {"und": code})
        object.__setattr__(self, "code", code)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Country, (self.code, dict(self)))


def as_words(given: object) -> Any:
    """A text, or texts by language that cannot change.

    Raises:
        ModelError: If it is neither.
    """
    if isinstance(given, (str, Country)):
        return given
    if isinstance(given, Mapping) and all(
        isinstance(part, str) for pair in given.items() for part in pair
    ):
        return FrozenMap(given)
    raise ModelError(f"a text is a string, or texts by language, not {given!r:.80}")


def as_number(given: object) -> Any:
    """A number as it is.

    Raises:
        ModelError: If it is none, or neither finite; what is not known is ``None`` there.
    """
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float, Decimal)):
        raise ModelError(f"a number, or None where it is not known, not {given!r:.80}")
    if not math.isfinite(given):
        raise ModelError(f"{given!r} is no number to show: what is not known is None")
    return given


def as_tuple(items: Iterable[object]) -> tuple[Any, ...]:
    """The items as a tuple; `each` says what they are."""
    return tuple(items)


def each(cls: type[object]) -> Callable[[Any, attrs.Attribute[Any], tuple[object, ...]], None]:
    """A validator of several instances of a class."""

    def check(body: object, attribute: attrs.Attribute[Any], items: tuple[object, ...]) -> None:
        for item in items:
            if not isinstance(item, cls):
                raise ModelError(
                    f"{attribute.name} of {type(body).__name__} holds {cls.__name__}, "
                    f"not {item!r:.80}"
                )

    return check


def as_texts(given: Iterable[object]) -> tuple[Any, ...]:
    """Several texts.

    Raises:
        ModelError: If one is none, or only one is given.
    """
    if isinstance(given, str):
        raise ModelError(f"several texts are wanted, not the one text {given!r:.80}")
    return tuple(map(as_words, given))


@attrs.frozen(slots=True)
class Unknown:
    """What is not known.

    Attributes:
        reason: Why: not asked, to be determined, embedded elsewhere.
    """

    reason: Words = attrs.field(converter=as_words)


@attrs.frozen(slots=True)
class Link:
    """A record that is named.

    Attributes:
        id: Id of the record.
        label: What it is called.
    """

    id: str
    label: Words = attrs.field(converter=as_words)


@attrs.frozen(slots=True)
class Range:
    """A number with what is not known about it.

    Attributes:
        value: The number; ``None`` where there are only bounds.
        low: The lowest that it can be.
        high: The highest that it can be.
    """

    value: float | Decimal | None = attrs.field(converter=as_number)
    low: float | Decimal | None = attrs.field(default=None, converter=as_number)
    high: float | Decimal | None = attrs.field(default=None, converter=as_number)


PERSON: Words = FrozenMap(
    {
        "en": "a person, not named",
        "fr": "une personne, non nommée",
        "es": "una persona, sin nombrar",
        "pt": "uma pessoa, não nomeada",
        "ar": "شخص لم يُذكر اسمه",
    }
)
"""What stands for the name of a person, because pages travel."""


def link_to(record: Record) -> Link | Words:
    """A record by its names; an actor that is a person is not named."""
    kind = getattr(record, "type", None)
    if isinstance(kind, Code) and (kind.scheme, kind.code) == ("actor-type", "individuals"):
        return PERSON
    return Link(record.id, getattr(record, "names", None) or record.label())


Single: TypeAlias = (
    Words | int | float | Decimal | datetime.date | Period | Money | Link | Range | Unknown
)
Cell: TypeAlias = Single | tuple[Single, ...]
"""What stands in a cell of a table: a text, a number, a date, money, a record, what is not known,
or several of these."""

_SINGLE = (int, float, Decimal, datetime.date, Period, Money, Link, Range, Unknown)


def as_cell(given: object) -> Any:
    """What a cell holds.

    Raises:
        ModelError: If a cell cannot hold it, such as ``None``.
    """
    if isinstance(given, (list, tuple)):
        return tuple(map(as_cell, given))
    if isinstance(given, (str, Mapping)):
        return as_words(given)
    if isinstance(given, bool) or not isinstance(given, _SINGLE):
        raise ModelError(
            f"a cell holds no {given!r:.80}: write what is not known as jmdi.panels.Unknown(reason)"
        )
    return as_number(given) if isinstance(given, (int, float, Decimal)) else given


def as_cell_or_none(given: object) -> Any:
    """A cell, or ``None``."""
    return None if given is None else as_cell(given)
