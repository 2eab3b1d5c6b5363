"""Which columns the table of a kind has, derived from the declarations of its fields."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from jmdi.errors import fold
from jmdi.files.tables.cells import Cells, Form, form_of, json_or_text
from jmdi.model.declare import fields_of
from jmdi.model.fields import FieldInfo
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Record
from jmdi.model.writing import dumps

__all__ = ["PARTIES", "Plan", "has_parties", "kind_of_table", "plan_of", "table_name"]

PARTIES = "parties"
"""The table, and the field of partnerships, that holds one row for each party."""

EXTRA = "extra"
KIND = "kind"

_PLURALS = {
    "adopts": "adoptions",
    "coded": "codings",
    "considers": "considerations",
    "contributes": "contributions",
    "derives": "derivations",
    "disseminated": "disseminations",
    "evidence": "evidence",
    "participates": "participations",
    "rates": "ratings",
    "relates": "relations",
}
_ALIASES = {
    "name": "names",
    "label": "names",
    "title": "names",
    "from": "source",
    "to": "target",
    "weight": "strength",
}


def table_name(kind: str) -> str:
    """The name of the table of a kind: ``actors``; ``acme.banks`` for ``acme:bank``."""
    plugin, colon, name = kind.rpartition(":")
    if name in _PLURALS and not colon:
        return _PLURALS[name]
    plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return f"{plugin}.{plural}" if colon else plural


def kind_of_table(name: str, kinds: Iterable[str]) -> str | None:
    """The kind whose table, or whose own name, this is; case does not matter."""
    wanted = fold(name)
    for kind in kinds:
        if wanted in (fold(table_name(kind)), fold(kind), fold(kind.replace(":", "."))):
            return kind
    return None


LONGEST = 500
"""Characters of the longest name of a column; a text that is longer is no name."""


def _key(column: str) -> str:
    """A column name without case, accents, blanks, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "", fold(column))


@attrs.frozen(slots=True, eq=False)
class Plan:
    """The table of a kind.

    Attributes:
        cls: The class of its records.
        fields: The fields with their columns, in order.
        columns: All columns of a template.
    """

    cls: type[Record]
    fields: tuple[tuple[FieldInfo, Form], ...]
    columns: tuple[str, ...]
    _folded: Mapping[str, str]

    def column(self, header: str) -> str | None:
        """The declared column that a header means; ``None`` when it is none.

        Case, blanks and underscores do not matter, and a few other words are understood:
        ``name`` for ``names``, ``weight`` for ``strength``.
        """
        return _column(self, header) if len(header) <= LONGEST else None

    def _meant(self, header: str) -> str | None:
        """As `column`, found anew."""
        if header in (EXTRA, KIND) or self._owner(header) is not None:
            return header
        key = _key(header)
        found = self._folded.get(key) or self._folded.get(_key(_ALIASES.get(key, "")))
        if found is None and "." in header:
            head, _, language = header.partition(".")
            base = self._folded.get(_key(_ALIASES.get(_key(head), head)), "")
            column = f"{base}.{language.strip()}"
            found = column if self._owner(column) is not None else None
        return found

    def declares(self, name: str) -> bool:
        """Whether a name is that of a column, letter by letter."""
        return self._owner(name) is not None

    def _owner(self, column: str) -> tuple[FieldInfo, Form] | None:
        return _owner(self, column)

    def write(self, raw: Mapping[str, Any], own: Mapping[str, str] = EMPTY) -> Cells:
        """The cells of a record's JSON object.

        Args:
            raw: The object.
            own: Cells of members that are columns although no field declares them.
        """
        rest = {k: v for k, v in raw.items() if k != KIND and k not in own}
        cells: Cells = {}
        for field, form in self.fields:
            block = rest.get(field.owner) if ":" in field.owner else rest
            if not isinstance(block, dict) or field.name not in block:
                continue
            cells.update(form.write(block[field.name]))
            if block is rest:
                del rest[field.name]
            elif len(block) == 1:
                del rest[field.owner]
            else:
                rest[field.owner] = {k: v for k, v in block.items() if k != field.name}
        cells.update(own)
        if rest:
            cells[EXTRA] = dumps(rest)
        return cells

    def is_free(self, name: str) -> bool:
        """Whether a column of this name would be read as a member of this very name."""
        return bool(name) and name == name.strip() and name.isprintable() and not self.column(name)

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """The JSON object of cells under declared and other columns, its kind not included."""
        raw: dict[str, Any] = {}
        declared, others = _columns_of(self, tuple(cells))
        for field, form, columns in declared:
            members = raw.setdefault(field.owner, {}) if ":" in field.owner else raw
            members[field.name] = form.read({column: cells[column] for column in columns})
        for column in others:
            cell = cells[column]
            if column != EXTRA:
                raw[column] = cell
                continue
            more = json_or_text(cell)
            if isinstance(more, dict):
                _merge(raw, more)
            else:
                raw[f"{EXTRA}.words"] = cell
        return raw

    def pointer(self, column: str) -> str:
        """The JSON pointer of the member that a column holds, without a member's inner parts."""
        pair = self._owner(column)
        if pair is None:
            return f"/{column}"
        field = pair[0]
        return f"/{field.owner}/{field.name}" if ":" in field.owner else f"/{field.name}"


# Rows and edges have the same columns many times over; what these are is found once.


@functools.lru_cache(maxsize=4096)
def _owner(plan: Plan, column: str) -> tuple[FieldInfo, Form] | None:
    """The field that a column belongs to."""
    return next((pair for pair in plan.fields if pair[1].takes(column)), None)


@functools.lru_cache(maxsize=4096)
def _column(plan: Plan, header: str) -> str | None:
    """The declared column that a header means."""
    return plan._meant(header)


@functools.lru_cache(maxsize=1024)
def _columns_of(
    plan: Plan, columns: tuple[str, ...]
) -> tuple[Sequence[tuple[FieldInfo, Form, Sequence[str]]], Sequence[str]]:
    """The fields that have columns, with these, and the columns of none; the kind is left out."""
    declared = []
    taken: set[str] = set()
    for field, form in plan.fields:
        if own := _own_columns(form, columns):
            declared.append((field, form, own))
            taken.update(own)
    return declared, [c for c in columns if c == EXTRA or (c not in taken and c != KIND)]


def _own_columns(form: Form, columns: Sequence[str]) -> Sequence[str]:
    if form.languages:
        return [c for c in columns if form.takes(c)]
    return [c for c in form.names if c in columns]


def _merge(raw: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds members that are not there yet; blocks of a plugin are joined."""
    for name, value in more.items():
        if name not in raw:
            raw[name] = value
        elif isinstance(raw[name], dict) and isinstance(value, dict):
            raw[name] = {**value, **raw[name]}


def has_parties(cls: type[Record]) -> bool:
    """Whether records of a class have parties that are in the table of parties."""
    key: Any = cls
    return _has_parties(key)


@functools.cache
def _has_parties(cls: Any) -> bool:
    return any(f.name == PARTIES and f.owner == "partnership" for f in fields_of(cls))


def plan_of(cls: type[Record]) -> Plan:
    """The table of a class, whose parties (if it has any) are in a table of their own."""
    key: Any = cls
    return _plan(key)


@functools.cache
def _plan(cls: Any) -> Plan:
    split = PARTIES if has_parties(cls) else None
    fields = tuple((f, form_of(f)) for f in fields_of(cls) if f.name != split)
    columns = tuple(name for _, form in fields for name in form.names)
    folded: dict[str, str] = {}
    for column in columns:
        folded.setdefault(_key(column), column)
    return Plan(cls, fields, columns, folded)
