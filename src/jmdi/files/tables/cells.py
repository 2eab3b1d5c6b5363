"""JSON values as the cells of a table and back, by field type.

A value that its columns cannot hold exactly is written as JSON in the main one, so that
reading what was written always gives the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from jmdi.files.strict_json import parse_json
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.values import Code, Period
from jmdi.model.writing import dumps

__all__ = ["Cells", "Form", "form_of", "join", "json_or_text", "split"]

Cells = dict[str, str]
"""Cells of one row by column name; the empty ones are left out."""

SIMPLE = frozenset(
    {"str", "id", "ref", "literal", "enum", "int", "float", "bool", "decimal", "date", "datetime"}
)
MAIN = {"Period": "edtf"}
"""The member of a value class that is in the column named like the field."""

_TOKEN = re.compile(r"\\.?|\||[^\\|]+", re.DOTALL)
_JSON = re.compile(r'\s*(\{\s*["}]|\[)')
# Digits are bounded: Python refuses to read integers of more than 4,300.
_INT = re.compile(r"-?\d{1,4000}")
_FLOAT = re.compile(r"-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,3})?")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]+")
_BOOL = {"true": True, "false": False}
# A year has four digits, so that a shorter number is no date; a column with gaps may say 2.0.
_WAVE = re.compile(r"\s*(?:wave\s*)?(\d{1,3})(?:\.0)?\s*", re.IGNORECASE)


@attrs.frozen(slots=True)
class Form:
    """How one field is written in a table.

    Attributes:
        names: Its columns in a template, the main one first.
        write: Makes cells of the field's JSON value.
        read: Makes the JSON value of the field's cells, which are not empty.
        languages: Whether there is a column for each language, ``names.en``.
    """

    names: tuple[str, ...]
    write: Callable[[Any], Cells]
    read: Callable[[Cells], Any]
    languages: bool = False

    def takes(self, column: str) -> bool:
        """Whether a column is one of the field's."""
        if column in self.names:
            return True
        head, dot, language = column.partition(".")
        return bool(self.languages and dot and head == self.names[0] and language)


def join(items: list[str]) -> str:
    """Items as one cell, ``a | b``; bars, backslashes, outer blanks and empty items escaped."""
    return " | ".join(map(_escape, items))


def _escape(item: str) -> str:
    if not item:
        return "\\e"
    text = item.replace("\\", "\\\\").replace("|", "\\|")
    if item[0].isspace() or item[0] in "[{":
        text = "\\" + text
    if len(item) > 1 and item[-1].isspace():
        text = f"{text[:-1]}\\{text[-1]}"
    return text


def split(cell: str) -> list[str]:
    """The items of a cell; the reverse of `join`.

    Blanks around bars do not matter, and a backslash before anything that `join` does not
    escape is a backslash.
    """
    if "\\" not in cell:  # nearly all cells
        return [part.strip() for part in cell.split("|") if part.strip()]
    items: list[str] = []
    text, kept, start = "", 0, 0

    def end(stop: int) -> None:
        item = text[:kept] + text[kept:].rstrip()
        if item:
            items.append("" if cell[start:stop].strip() == "\\e" else item)

    for match in _TOKEN.finditer(cell):
        token = match[0]
        if token == "|":
            end(match.start())
            text, kept, start = "", 0, match.end()
        elif token[0] != "\\":
            text += token if text else token.lstrip()
        else:
            known = len(token) == 2 and (token[1] in "\\|[{" or token[1].isspace())
            text += token[1] if known else token
            kept = len(text)
    end(len(cell))
    return items


def json_or_text(cell: str) -> Any:
    """A cell as JSON; the cell itself if it is not strict JSON after all."""
    try:
        return parse_json(cell.encode())
    except ValueError:
        return cell


def _is_json(cell: str) -> bool:
    return _JSON.match(cell) is not None


def form_of(field: FieldInfo) -> Form:
    """How a field of a kind is written in a table."""
    form = _form(field.name, field.type)
    return attrs.evolve(form, write=_exactly(form))


def _exactly(form: Form) -> Callable[[Any], Cells]:
    """Writes cells if they read back as the same value, else JSON in the main column."""

    def write(value: Any) -> Cells:
        try:
            cells = form.write(value)
        except (AttributeError, KeyError, TypeError):
            cells = {}
        # Trying is simpler than knowing every value that a plain form would change, such as a
        # code with a colon or an item with blanks around it.
        if cells and form.read(cells) == value:
            return cells
        return {form.names[0]: dumps(value)}

    return write


def _form(name: str, kind: FieldType) -> Form:
    if kind.form == "text":
        return Form((name, f"{name}.en"), _text_writer(name), _text_reader(name), languages=True)
    if kind.form == "value" and kind.cls is Code:
        return _code_form(name, kind.scheme)
    if kind.form == "value":
        return _value_form(name, kind.cls)
    if kind.form == "tuple" and kind.item is not None:
        return _tuple_form(name, kind.item)
    if kind.form in SIMPLE:
        return Form((name,), lambda v: {name: _simple(v)}, lambda c: _scalar(kind, c[name]))
    return Form((name,), lambda v: {name: dumps(v)}, lambda c: json_or_text(c[name]))


def _simple(value: Any) -> str:
    return value if isinstance(value, str) else dumps(value)


def _scalar(kind: FieldType, cell: str) -> Any:
    """The JSON value of a cell; left as text where it is not what the type asks for."""
    text = cell.strip()
    if kind.form == "int" and _INT.fullmatch(text):
        return int(text)
    if kind.form == "float" and _FLOAT.fullmatch(text):
        return float(text)
    if kind.form == "bool":
        return _BOOL.get(text.casefold(), cell)
    if kind.form in ("decimal", "date", "datetime"):
        return text
    if kind.form == "enum" and _INT.fullmatch(text) and text not in _enum_values(kind.cls):
        return int(text)
    return cell


def _enum_values(cls: Any) -> set[Any]:
    return {member.value for member in cls}


def _text_writer(name: str) -> Callable[[Any], Cells]:
    def write(value: Mapping[str, str]) -> Cells:
        return {f"{name}.{lang}": value[lang] for lang in value if _LANGUAGE.fullmatch(lang)}

    return write


def _text_reader(name: str) -> Callable[[Cells], Any]:
    def read(cells: Cells) -> Any:
        plain = cells.get(name)
        if plain is not None and _is_json(plain) and isinstance(value := json_or_text(plain), dict):
            return value
        text = {c.partition(".")[2]: words for c, words in cells.items() if c != name}
        return text if plain is None else {"und": plain, **text}

    return read


def _code_form(name: str, scheme: str | None) -> Form:
    words = f"{name}.words"

    def write(value: dict[str, str]) -> Cells:
        cells = {name: f"{value['scheme']}:{value['code']}"}
        return {**cells, words: value["words"]} if "words" in value else cells

    def read(cells: Cells) -> Any:
        if name not in cells:
            return {"words": cells[words]}
        value = _code(cells[name], scheme)
        return (
            {**value, "words": cells[words]}
            if words in cells and isinstance(value, dict)
            else value
        )

    return Form((name, words), write, read)


def _code(cell: str, scheme: str | None) -> Any:
    """``scheme:code``, a bare code of the field's own vocabulary, or JSON."""
    if _is_json(cell):
        return json_or_text(cell)
    if scheme and cell.startswith(f"{scheme}:"):  # a plugin's scheme holds a colon itself
        return {"scheme": scheme, "code": cell.removeprefix(f"{scheme}:").strip()}
    head, colon, code = cell.partition(":")
    if colon:
        return {"scheme": head.strip(), "code": code.strip()}
    return {"scheme": scheme, "code": cell.strip()} if scheme else cell


def _value_form(name: str, cls: type) -> Form:
    """A column for each simple member of a value class: ``amount.currency``."""
    main = MAIN.get(cls.__name__)
    parts = {
        (name if field.name == main else f"{name}.{field.name}"): (field.name, form)
        for field in fields_of(cls)
        if (form := _member_form(field)) is not None
    }
    names = tuple(dict.fromkeys([name, *parts]))

    def write(value: dict[str, Any]) -> Cells:
        cells = {}
        for column, (member, form) in parts.items():
            if member in value:
                cells[column] = form.write(value[member])[""]
        return cells

    def read(cells: Cells) -> Any:
        if name in cells and _is_json(cells[name]):
            return json_or_text(cells[name])
        wave = _WAVE.fullmatch(cells.get(name, "")) if cls is Period else None
        if wave and f"{name}.wave" not in cells:
            cells = {column: cell for column, cell in cells.items() if column != name}
            cells[f"{name}.wave"] = wave[1]
        plain = {"words": cells[name]} if main is None and name in cells else {}
        return plain | {
            member: form.read({"": cells[column]})
            for column, (member, form) in parts.items()
            if column in cells
        }

    return Form(names, write, read)


def _member_form(field: FieldInfo) -> Form | None:
    """The form of a member of a value class, under the empty name; ``None`` if not simple."""
    kind = field.type
    item = kind.item if kind.form == "tuple" and kind.item else kind
    if item.form in SIMPLE or (kind.form == "value" and kind.cls is Code):
        return _form("", kind)
    return None


def _tuple_form(name: str, item: FieldType) -> Form:
    """Items joined by bars where each has a plain form, else a JSON array."""
    to_text, of_text = _item(item)

    def write(value: list[Any]) -> Cells:
        return {name: join([to_text(part) for part in value])}

    def read(cells: Cells) -> Any:
        if _is_json(cells[name]):
            return json_or_text(cells[name])
        return [of_text(part) for part in split(cells[name])]

    return Form((name,), write, read)


def _item(item: FieldType) -> tuple[Callable[[Any], str], Callable[[str], Any]]:
    """The plain form of an item: a code, the words of a value, a text without language."""
    if item.form in SIMPLE:
        return _simple, lambda part: _scalar(item, part)
    if item.form == "text":
        return lambda value: str(value["und"]), lambda part: {"und": part}
    if item.form == "value" and item.cls is Code:
        return lambda v: f"{v['scheme']}:{v['code']}", lambda part: _code(part, item.scheme)
    members = {field.name for field in fields_of(item.cls)} if item.form == "value" else set()
    if "words" in members:
        return lambda value: str(value["words"]), lambda part: {"words": part}
    if "who" in members:
        return lambda value: str(value["who"]["und"]), lambda part: {"who": {"und": part}}
    return _no_plain_form, lambda part: part


def _no_plain_form(value: Any) -> str:
    raise TypeError("only JSON can hold this")
