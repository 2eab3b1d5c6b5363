"""What the words of a cell are as the value of a field, by the type of the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import attrs

from jmdi.errors import suggest
from jmdi.files.mapping.figures import day_of, number_of
from jmdi.files.mapping.rules import Answer, ColumnRule
from jmdi.model.declare import fields_of
from jmdi.model.edtf import parse_or_none
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.ids import make_id
from jmdi.model.values import Code, Money, Period, Quantity
from jmdi.model.vocabularies import Vocabulary
from jmdi.model.writing import Refused
from jmdi.words.folding import as_typed, fold

__all__ = [
    "Read",
    "Unmappable",
    "Words",
    "answers_of",
    "constant_of",
    "main_member",
    "member_of",
    "reader_of",
]

Read: TypeAlias = Callable[[str], Any]
"""Makes the JSON value of the words of a cell, or raises `Refused`."""

MAIN: Mapping[str, str] = {
    "Audience": "who",
    "Identifier": "value",
    "Party": "actor",
    "Place": "words",
    "Source": "title",
}
"""The member of a value class that a column without a member is for."""

_CURRENCY = re.compile(r"(?:^|(?<=[\d\s]))([A-Z]{3})(?=$|[\d\s])")
_NUMBER = re.compile(r"[+-]?\d(?:[\d.,'\s]*\d)?")


HELD = 1000
"""Of how many cells it is remembered what they mean; most columns repeat a few."""


class Unmappable(ValueError):
    """A field cannot be read from a cell, or not by this rule."""


class Words:
    """The words of a rule by what they mean; case and accents do not matter.

    Args:
        meanings: The words of each meaning.
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._exact = {as_typed(word): meaning for word, meaning in meanings.items()}
        self._folded: dict[str, str] = {}
        for word, meaning in self._exact.items():
            self._folded.setdefault(fold(word) or word, meaning)
        self._known: dict[str, str | None] = {}

    def __bool__(self) -> bool:
        return bool(self._exact)

    def get(self, text: str) -> str | None:
        """What a text means; ``None`` if it is none of the words."""
        if text not in self._known:
            if len(self._known) >= HELD:
                self._known.clear()
            words = as_typed(text)
            found = self._exact.get(words)
            folded = self._folded.get(fold(words) or words)
            self._known[text] = folded if found is None else found
        return self._known[text]


def answers_of(rule: ColumnRule) -> Words:
    """The words that say yes, no, unknown or not asked."""
    names: tuple[Answer, ...] = ("yes", "no", "unknown", "not_asked")
    return Words({word: name for name in names for word in getattr(rule, name) or ()})


def main_member(cls: Any) -> str | None:
    """The member of a value class that a column without a member is for."""
    return MAIN.get(cls.__name__)


def reader_of(
    kind: FieldType, rule: ColumnRule, vocabularies: Mapping[str, Vocabulary], refers: str = ""
) -> Read:
    """How the cells of a column are read for a field; for a tuple, how one item is.

    Args:
        kind: The type of the field, or of its items.
        rule: How the cells are read.
        vocabularies: The vocabularies that are known, by scheme.
        refers: For a reference, the kind of what it refers to.

    Raises:
        Unmappable: If there is no way to read it.
    """
    bare = kind.item if kind.form == "tuple" and kind.item is not None else kind
    read = _plain_reader(bare, rule, vocabularies, refers)
    meanings = Words(rule.values or {})
    if not meanings or bare.form == "value":  # whose main member has read them already
        return read

    def with_meanings(text: str) -> Any:
        meaning = meanings.get(text)
        return read(text if meaning is None else meaning)

    return with_meanings


def _plain_reader(
    kind: FieldType, rule: ColumnRule, vocabularies: Mapping[str, Vocabulary], refers: str
) -> Read:
    if kind.form == "value":
        return _value_reader(kind, rule, vocabularies)
    if kind.form == "ref":
        by_id = rule.by == "id"
        return lambda text: text.strip() if by_id else make_id(refers, as_typed(text))
    if kind.form == "text":
        return lambda text: {rule.language or "und": text.strip()}
    if kind.form in ("int", "float", "decimal"):
        return lambda text: _number(kind.form, text, rule)
    if kind.form == "date":
        return lambda text: _whole_day(text, rule)
    if kind.form == "str" and kind.edtf:
        return lambda text: _edtf(text, rule)
    if kind.form in ("literal", "enum"):
        choices = kind.choices or tuple(str(member.value) for member in kind.cls)
        return lambda text: _choice(text, choices)
    if kind.form == "str" and kind.scheme in vocabularies:
        codes = vocabularies[str(kind.scheme)]
        return lambda text: _known(text, codes)
    if kind.form in ("str", "id", "datetime"):
        return lambda text: text.strip()
    if kind.form == "bool":
        return lambda text: _truth(text)
    raise Unmappable(f"a cell cannot hold {kind.words}")


def _number(form: str, text: str, rule: ColumnRule) -> Any:
    plain = number_of(text, rule.decimal, rule.unit or ())
    if form == "decimal":
        return plain
    if form == "float":
        return float(plain)
    if "." in plain and plain.partition(".")[2].strip("0"):
        raise Refused(f"{text!r:.40} is not a whole number", text)
    return int(plain.partition(".")[0])


def _whole_day(text: str, rule: ColumnRule) -> str:
    day, _ = day_of(text, rule.date)
    if len(day) < 10:
        raise Refused(f"{text!r:.40} is a month, not a day", text)
    return day


def _edtf(text: str, rule: ColumnRule) -> str:
    words = text.strip()
    if parse_or_none(words) is not None:
        return words
    return day_of(text, rule.date)[0]


def _truth(text: str) -> bool:
    low = text.strip().casefold()
    if low in ("true", "false"):
        return low == "true"
    raise Refused(
        f"{text!r:.40} is neither yes nor no",
        text,
        "list it in the mapping: yes = [...], no = [...]",
    )


def _choice(text: str, choices: tuple[str, ...]) -> str:
    found = next((choice for choice in choices if fold(choice) == fold(text)), None)
    if found is None:
        near = suggest(text, choices)
        raise Refused(f"{text!r:.40} is none of {', '.join(choices)}", text, _meant(text, near))
    return found


def _known(text: str, vocabulary: Vocabulary) -> str:
    words = as_typed(text)
    if vocabulary.get(words) is not None:
        return words
    near = suggest(words, vocabulary.codes()) or vocabulary.codes()[:3]
    message = f"{words!r:.60} is no code of {vocabulary.scheme}"
    raise Refused(message, text, _meant(words, near))


def _meant(words: str, near: tuple[str, ...]) -> str:
    code = near[0] if near else "…"
    return f'say what it means in the mapping: values = {{ "{words}" = "{code}" }}'


def _value_reader(
    kind: FieldType, rule: ColumnRule, vocabularies: Mapping[str, Vocabulary]
) -> Read:
    if kind.cls is Code:
        return _code_reader(kind.scheme or rule.scheme, rule, vocabularies)
    meanings = Words(rule.values or {})
    if kind.cls is Period:
        return lambda text: _period(meanings.get(text) or text, text, rule)
    if kind.cls in (Money, Quantity):
        return lambda text: _amount(kind.cls, meanings.get(text) or text, text, rule)
    member = main_member(kind.cls)
    if member is None:
        names = ", ".join(field.name for field in fields_of(kind.cls))
        raise Unmappable(f"say which member of {kind.cls.__name__} it is: {names}")
    field = member_of(kind.cls, member)
    assert field is not None
    refers = field.type.ref.name if field.type.ref else ""
    read = reader_of(field.type, rule, vocabularies, refers)
    if member == "value":
        if not rule.scheme:
            raise Unmappable('say the register of the identifiers: scheme = "…"')
        return lambda text: {"scheme": rule.scheme, "value": read(text)}
    return lambda text: {member: read(text)}


def member_of(cls: Any, name: str) -> FieldInfo | None:
    """The field of a value class of a name."""
    return next((field for field in fields_of(cls) if field.name == name), None)


def _code_reader(
    scheme: str | None, rule: ColumnRule, vocabularies: Mapping[str, Vocabulary]
) -> Read:
    if not scheme:
        raise Unmappable('say the vocabulary of the codes: scheme = "…"')
    vocabulary = vocabularies.get(scheme)
    meanings = Words(rule.values or {})

    def read(text: str) -> dict[str, str]:
        words = as_typed(text)
        meant = meanings.get(words)
        if meant is not None:
            more = {} if meant == words else {"words": words}
            return {"scheme": scheme, "code": meant, **more}
        code = words if vocabulary is None else _known(words, vocabulary)
        return {"scheme": scheme, "code": code}

    return read


def _period(meant: str, text: str, rule: ColumnRule) -> dict[str, str]:
    words = meant.strip()
    if parse_or_none(words) is not None:
        return {"edtf": words}
    day, _ = day_of(meant, rule.date)
    return {"edtf": day, "words": text.strip()}


def _amount(cls: type, meant: str, text: str, rule: ColumnRule) -> dict[str, str]:
    """Money or a quantity of words such as *1 200 EUR* or *25 people*."""
    words = meant
    for unit in rule.unit or ():
        words = re.sub(re.escape(unit), " ", words, flags=re.IGNORECASE)
    found = _NUMBER.findall(words)
    if len(found) != 1:
        raise Refused(f"{text!r:.40} is not one number with its unit", text)
    number = number_of(found[0], rule.decimal)
    rest = as_typed(words.replace(found[0], " ", 1))
    figure = "amount" if cls is Money else "value"
    value = {figure: number, "words": text.strip()}
    if not rest:
        return value
    if cls is Money and not _CURRENCY.fullmatch(rest):
        raise Refused(f"{rest!r:.40} beside the amount is no currency", text)
    return {**value, "currency" if cls is Money else "unit": rest}


def constant_of(kind: FieldType, value: object, rule: ColumnRule, vocabularies: Any) -> Any:
    """The JSON value of a field that the mapping itself states; a reference is stated as an id.

    Raises:
        Refused: If the field cannot have this value.
        Unmappable: If there is no way to state it.
    """
    if isinstance(value, bool):
        if kind.form != "bool":
            raise Refused(f"{value} is not {kind.words}", value)
        return value
    text = str(value)
    read = reader_of(kind, attrs.evolve(rule, by="id", decimal="."), vocabularies)
    return [read(text)] if kind.form == "tuple" else read(text)
