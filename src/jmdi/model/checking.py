"""What a field takes, by its type: a value that fits, made immutable and exact, or `BadValue`."""

from __future__ import annotations

import datetime
import enum
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from jmdi.errors import BadValue
from jmdi.model.edtf import EdtfError, parse
from jmdi.model.fields import FieldType
from jmdi.model.frozen import BEYOND, INT_DIGITS, FrozenMap, freeze
from jmdi.words.type_names import FLOAT, INT

__all__ = ["DIGITS", "Taker", "exact", "taker", "to_text"]

Taker: TypeAlias = Callable[[Any], Any]
"""Takes what a caller gave and returns what the field holds, or raises `BadValue`."""

DIGITS = 1000
"""Most digits of a decimal number: written in full, 1E+1000000000 would fill the memory."""


def taker(kind: FieldType) -> Taker:
    """What takes the values of a field type; ``None`` is taken where the type allows it."""
    take = _taker(kind)
    return (lambda value: None if value is None else take(value)) if kind.optional else take


def _taker(kind: FieldType) -> Taker:
    if kind.form == "tuple" and kind.item is not None:
        return _tuple(kind.item)
    if kind.form == "mapping" and kind.item is not None:
        return _mapping(kind.item)
    if kind.form == "literal":
        return _literal(kind.choices)
    if kind.form in ("value", "enum"):
        return _instance(kind.cls, kind.scheme)
    if kind.edtf:
        return _edtf
    return _TAKERS[kind.form]


def _str(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    raise BadValue(value, f'write "{value}"' if isinstance(value, (int, Decimal)) else "")


def _id(value: Any) -> str:
    if isinstance(value, str) and value:
        return str.__str__(value)
    if value == "":
        raise BadValue(value, "make one with jmdi.make_id(…)", wanted="an id, which is never empty")
    identity = getattr(value, "id", None)
    raise BadValue(value, f"give its id, {identity!r}" if isinstance(identity, str) else "")


_EDTF = "a date in EDTF, such as 2015-10-19, 2013/2015 or 2015-1X"


def _edtf(value: Any) -> str:
    if type(value) is int:
        cure = f"a year is text, as in '2015'; the wave of a study is Period(wave={value})"
        raise BadValue(value, cure, wanted=_EDTF)
    text = _str(value)
    try:
        parse(text)
    except EdtfError as error:
        raise BadValue(
            value,
            f"{error.reason}; keep what was typed in words= and say why in reason=",
            wanted=_EDTF,
        ) from None
    return text


def _int(value: Any) -> int:
    if not isinstance(value, bool) and hasattr(value, "__index__"):
        if -BEYOND < (whole := operator.index(value)) < BEYOND:
            return whole
        raise BadValue(value, wanted=f"a {INT} of at most {INT_DIGITS} digits")
    whole = isinstance(value, (float, Decimal)) and value == value and value % 1 == 0
    raise BadValue(value, f"write {int(value)}" if whole else "")


def _bool(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise BadValue(value, f"write {bool(value)}" if value in (0, 1) else "")


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (float, int)):
        raise BadValue(value)
    if not math.isfinite(value):
        raise BadValue(value, wanted=f"a finite {FLOAT}")
    return float(value)


def exact(value: Decimal | int | str | None) -> Decimal | None:
    """A number given as Decimal, int or text, exactly; a float is refused, it is not exact.

    Raises:
        BadValue: If it is neither, or not a finite number of at most `DIGITS` digits.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        cure = ""
        if isinstance(value, float):
            finite = math.isfinite(value)
            cure = f'write "{value}", which is exact' if finite else "leave out what is not known"
        raise BadValue(value, cure)
    try:
        number = value if isinstance(value, Decimal) else Decimal(value)
    except InvalidOperation:
        raise BadValue(value, "write it with a point and without spaces: 1234.50") from None
    if not number.is_finite():
        raise BadValue(value, "leave out what is not known", wanted="a finite number")
    text = str(number)
    if len(text) < DIGITS // 2 and "E" not in text:  # nearly all
        return number
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(number.adjusted()) + abs(exponent) > DIGITS:
        raise BadValue(value, wanted=f"a number of at most {DIGITS} digits")
    return number


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        raise BadValue(value, "take its .date()")
    if isinstance(value, datetime.date):
        return value
    cure = f"write datetime.date.fromisoformat({value!r})" if isinstance(value, str) else ""
    raise BadValue(value, cure)


def _datetime(value: Any) -> datetime.datetime:
    if isinstance(value, datetime.datetime) and value.utcoffset() is not None:
        return value
    raise BadValue(value, "give it a zone, such as datetime.UTC", wanted="a time with its zone")


def to_text(value: Any) -> FrozenMap[str]:
    """A mapping from language to words as an immutable one; a string counts as undetermined.

    Raises:
        BadValue: If it is neither, or a part is not a string.
    """
    if isinstance(value, str):
        return FrozenMap({"und": str.__str__(value)})
    if not isinstance(value, (dict, Mapping)):  # dict first: to ask an abstract class is slow
        raise BadValue(value, 'write {"en": "…"}', wanted="a text by language")
    for language, words in value.items():
        if language.__class__ is not str or words.__class__ is not str:
            given = language if not isinstance(language, str) else words
            raise BadValue(given, 'write {"en": "…"}', wanted="words by language")
    return value if isinstance(value, FrozenMap) else FrozenMap(value)


def _json(value: Any) -> FrozenMap[Any]:
    if not isinstance(value, Mapping):
        raise BadValue(value, wanted="a mapping from names to JSON values")
    try:
        frozen: FrozenMap[Any] = freeze(value)
    except (TypeError, ValueError) as error:
        raise BadValue(value, str(error), wanted="a mapping from names to JSON values") from None
    return frozen


def _literal(choices: tuple[str, ...]) -> Taker:
    def take(value: Any) -> str:
        if isinstance(value, str) and value in choices:
            return str.__str__(value)
        raise BadValue(value)

    return take


def _instance(cls: Any, scheme: str | None) -> Taker:
    """Takes objects of exactly this class: those of a subclass would be written without a part."""

    def take(value: Any) -> Any:
        if value.__class__ is cls:
            return value
        if scheme and isinstance(value, str):
            raise BadValue(value, f"write jmdi.code({scheme!r}, {value!r})")
        if issubclass(cls, enum.Enum):
            raise BadValue(value, f"write {' or '.join(map(str, cls))}")
        raise BadValue(
            value, f"make one with {cls.__name__}({'**' if isinstance(value, Mapping) else ''}…)"
        )

    return take


def _tuple(item: FieldType) -> Taker:
    take = taker(item)
    cls = item.cls if item.form == "value" else _AS_IS.get(item.form)
    is_id = item.form in ("id", "ref")

    def take_all(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not tuple:
            value = _sequence(value)
        for part in value:
            if part.__class__ is not cls or (is_id and not part):
                return _each(item, take, value)
        return value  # type: ignore[no-any-return]

    return take_all


def _sequence(value: Any) -> tuple[Any, ...]:
    if isinstance(value, (set, frozenset)):
        raise BadValue(value, "a set has another order in each run: give sorted(…)")
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise BadValue(value, "put it in a tuple: (…,)")
    return tuple(value)


def _each(item: FieldType, take: Taker, value: tuple[Any, ...]) -> tuple[Any, ...]:
    taken: list[Any] = []
    try:
        taken.extend(map(take, value))
    except BadValue as error:
        raise _part(error, f"[{len(taken)}]", item) from None
    return tuple(taken)


def _part(error: BadValue, place: str, item: FieldType) -> BadValue:
    """The error of a part of a value, with its place in it."""
    error.field = f"{place}{error.field}"
    error.wanted = error.wanted or item.words
    return error


def _mapping(item: FieldType) -> Taker:
    take = taker(item)

    def take_all(value: Any) -> FrozenMap[Any]:
        if not isinstance(value, Mapping):
            raise BadValue(value)
        taken = {}
        for key, part in value.items():
            try:
                taken[_str(key)] = take(part)
            except BadValue as error:
                raise _part(error, f"[{key!r}]", item) from None
        return FrozenMap(taken)

    return take_all


_AS_IS: Mapping[str, type] = {
    "str": str,
    "id": str,
    "ref": str,
    "int": int,
    "bool": bool,
    "date": datetime.date,
}
"""Forms whose values of exactly this class fit as they are; but an id is not empty."""

_TAKERS: Mapping[str, Taker] = {
    "str": _str,
    "id": _id,
    "ref": _id,
    "int": _int,
    "bool": _bool,
    "float": _float,
    "decimal": exact,
    "date": _date,
    "datetime": _datetime,
    "text": to_text,
    "json": _json,
}
