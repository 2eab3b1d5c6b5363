"""Variables of a coded project: their values are own attributes of what has them."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from jmdi import Actor, Coded, KnowledgeItem, fields_of
from jmdi_knowledge.qda.drafts import EXTRA, folded
from jmdi_knowledge.qda.xml import Element, Make, local, named
from jmdi_knowledge.reporting import Report

__all__ = [
    "OwnNames",
    "Value",
    "Variables",
    "agreed",
    "form_of",
    "free",
    "own_values",
    "typed_number",
]

Value: TypeAlias = str | int | float | bool

TRUTH: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}

TAKEN = frozenset(
    ("kind", EXTRA, *(f.name for cls in (KnowledgeItem, Actor, Coded) for f in fields_of(cls)))
)
"""What an own attribute cannot be called: a variable of such a name gets an underscore."""


def free(name: str) -> str:
    """A name that no field has."""
    return f"{name}_" if name in TAKEN else name


@attrs.define(slots=True)
class OwnNames:
    """The names of own attributes, each given once."""

    _given: set[str] = attrs.field(factory=set)
    _times: Counter[str] = attrs.field(factory=Counter)

    def new(self, name: str) -> str:
        """The name of the own attribute of a variable; of several of one name, with a number."""
        own = free(name or "variable")
        self._times[own] += 1
        if self._times[own] > 1:
            own = f"{own}_{self._times[own]}"
        while own in self._given:
            own += "_"
        self._given.add(own)
        return own


@attrs.define(slots=True)
class Variables:
    """The variables of a project.

    Attributes:
        names: The name of the own attribute of each variable, by its GUID.
        guids: The GUID of each variable as written, by the name of its own attribute.
    """

    names: dict[str, str] = attrs.field(factory=dict)
    guids: dict[str, str] = attrs.field(factory=dict)
    _forms: dict[str, str] = attrs.field(factory=dict)
    _own: OwnNames = attrs.field(factory=OwnNames)

    def declare(self, guid: str, name: str, form: str | None = None) -> str:
        """Takes up a variable.

        Returns:
            The name of its own attribute.
        """
        if folded(guid) in self.names:
            return self.names[folded(guid)]
        own = self._own.new(name or folded(guid))
        self.names[folded(guid)], self.guids[own] = own, guid
        if form is not None:
            self._forms[own] = form
        return own

    def of(self, children: Iterable[Element], report: Report) -> dict[str, Value]:
        """What values of variables say, typed; those that say nothing are left out."""
        found: dict[str, Value] = {}
        for child in children:
            name, value = self._read(child, report)
            if value is not None:
                found[name] = value
        return found

    def _read(self, element: Element, report: Report | None) -> tuple[str, Value | None]:
        guid, form, text = "", "", ""
        for part in element:
            if local(part) == "VariableRef":
                guid = part.get("targetGUID", "")
            else:
                form, text = local(part), (part.text or "")
        name = self.declare(guid, "")
        if not text.strip():
            return name, None
        value = _typed(form, text)
        if value is None and report is not None:
            report.add("Q112", f"{name!r:.60} is {text!r:.60}")
        return name, text if value is None else value

    def put(
        self, holder: Element, own: Mapping[str, Value], known: Mapping[str, Value], make: Make
    ) -> None:
        """Makes the values of a source what its own attributes are, and leaves equal ones alone.

        Args:
            holder: The element of the source, with the values that it was read with.
            own: The own attributes.
            known: What its cases say of it, which is written with them.
            make: Makes an element.
        """
        there: set[str] = set()
        for child in named(holder, "VariableValue"):
            name, value = self._read(child, None)
            there.add(name)
            if value is not None and name not in own:
                holder.remove(child)
            elif name in own and not _same(own[name], value):
                holder.insert(_place(holder, child), self._made(name, own[name], make))
                holder.remove(child)
        for name, value in own.items():
            if name not in there and not _same(known.get(name), value):
                holder.append(self._made(name, value, make))

    def _made(self, name: str, value: Value, make: Make) -> Element:
        made = make("VariableValue")
        made.append(make("VariableRef", None, targetGUID=self.guids.get(name, "")))
        form = self._forms.get(name, "Text")
        if not _same(_typed(f"{form}Value", _text(value)), value):
            form = form_of([value])
        made.append(make(f"{form}Value", _text(value)))
        return made


def agreed(cases: Iterable[Mapping[str, Value]]) -> tuple[dict[str, Value], list[str]]:
    """What all cases of a source say of it, and the names of what they say differently."""
    found: dict[str, Value] = {}
    differ: dict[str, None] = {}
    for case in cases:
        for name, value in case.items():
            if not _same(found.setdefault(name, value), value):
                differ[name] = None
    return {name: value for name, value in found.items() if name not in differ}, list(differ)


def own_values(extra: Mapping[str, Any]) -> dict[str, Value]:
    """The own attributes among what a record has beside its fields."""
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in extra.items()
        if isinstance(value, (str, int, float, Decimal)) and value != ""
    }


def form_of(values: Iterable[Value]) -> str:
    """The type of REFI-QDA that holds these values."""
    forms = {_form(value) for value in values}
    if forms == {"Integer", "Float"}:
        return "Float"
    return forms.pop() if len(forms) == 1 else "Text"


def _form(value: Value) -> str:
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, int):
        return "Integer"
    return "Float" if isinstance(value, float) else "Text"


def _typed(form: str, text: str) -> Value | None:
    """A value as its element says it; ``None`` if it is none of that type."""
    bare = text.strip()
    try:
        if form == "BooleanValue":
            return TRUTH.get(bare)
        if form == "IntegerValue":
            return int(bare)
        if form == "FloatValue":
            return float(bare) if math.isfinite(float(bare)) else None
        if form in ("DateValue", "DateTimeValue"):
            datetime.date.fromisoformat(bare[:10])
            return bare
    except ValueError:
        return None
    return text


def typed_number(text: str) -> int | float | None:
    """A number; ``None`` if it is none."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def _same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are one; 1 is not yes."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _place(holder: Element, child: Element) -> int:
    return next(number for number, one in enumerate(holder) if one is child)
