"""Which sheets and columns a workbook has, and what each column holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from jmdi.files.tables.cells import form_of
from jmdi.files.tables.plan import EXTRA, plan_of
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.values import Code, Money, Period, Quantity
from jmdi.plugins.catalog import Catalog

__all__ = [
    "ANSWER",
    "EXTRA",
    "LETTERS",
    "OWNER",
    "Column",
    "Sheet",
    "column_of",
    "columns_of",
    "parts_of",
    "refers_to",
    "sheets_of",
]

Sort: TypeAlias = Literal[
    "code", "name", "yes or no", "record", "choice", "date", "number", "amount", "letters", "plain"
]
"""What a cell holds: a code with its scheme, the name of a code, a truth value, the id of a
record, one of a few words, a date, a number, one of money, a code of a few letters, or anything."""

LETTERS: Mapping[str, tuple[int, str]] = {"country": (2, "SN"), "currency": (3, "EUR")}
"""Fields that hold a code of so many letters, with an example: of ISO 3166-1 and ISO 4217."""

OWNER = "record"
"""The column that says to which record the parts on a sheet of parts belong."""

ANSWER = "answer"
"""The column that says whether somebody takes part, on the sheet of who may be absent."""

NEVER = frozenset({"id", "source", "target", "names", "sources"})
"""Fields that have their place in each sheet, or none in any."""

TEMPLATE: Mapping[Any, tuple[str, ...]] = {
    Code: ("",),
    Period: ("",),
    Money: (".amount", ".currency"),
    Quantity: (".value", ".unit"),
}
"""The columns of a value that are there although nothing fills them, after its name."""

UNASKED = {"initiative": ("level",), "practice": ("type", "side")}
"""What nobody asks of those who may be missing in the lists of a kind."""

MAIN = {Period: "edtf"}


@attrs.frozen(slots=True)
class Column:
    """One column.

    Attributes:
        name: Its name in the table of its kind, such as ``period.words``.
        field: The field that it belongs to.
        sort: What its cells hold.
        many: Whether a cell holds several, between bars.
        scheme: The vocabulary of its codes.
        choices: The words that there are, for a choice.
        kinds: The kinds of records that it names.
    """

    name: str
    field: str
    sort: Sort = "plain"
    many: bool = False
    scheme: str = ""
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def list_name(self) -> str:
        """The list that its cells choose from; empty if there is none."""
        if self.sort == "yes or no":
            return self.sort
        if self.sort == "choice":
            return "/".join(self.choices)
        return self.scheme or ",".join(self.kinds)


@attrs.frozen(slots=True)
class Sheet:
    """One sheet: the records of a kind, or the parts that one field of them has.

    Attributes:
        table: Its name: ``initiative``, or ``initiative/places`` for parts.
        cls: The class of the records.
        part: The field whose parts it lists; ``None`` if it lists records.
        columns: Its columns, in order.
        hidden: Whether it is only there because others name its records.
    """

    table: str
    cls: type[Record]
    part: FieldInfo | None
    columns: tuple[Column, ...]
    hidden: bool = False

    def key(self, column: Column) -> str:
        """What names a column in any workbook: ``initiative#status``."""
        return f"{self.table}#{column.name}"


def parts_of(cls: type[Record]) -> Mapping[str, FieldInfo]:
    """The fields of a kind that hold several values with parts, which have their own sheet."""
    found = {}
    for field in fields_of(cls):
        item = field.type.item
        several = field.type.form == "tuple" and item is not None and item.form == "value"
        if several and field.name not in NEVER and item is not None and item.cls is not Code:
            found[field.name] = field
    return found


def refers_to(ref: object, catalog: Catalog) -> tuple[str, ...]:
    """The kinds of the records that a reference may name: those declared, and their subkinds."""
    several = ref if isinstance(ref, tuple) else (ref,)
    names = {getattr(one, "kind", one) for one in several}
    bases = tuple(c for c in catalog.kinds.values() if {c.kind, c.__name__} & names)
    return tuple(
        name
        for name, cls in catalog.kinds.items()
        if issubclass(cls, bases) and not spec_of(cls).abstract
    )


def column_of(name: str, field: FieldInfo, catalog: Catalog, cls: type | None = None) -> Column:
    """What a column of a field holds.

    Args:
        name: The column.
        field: The field.
        catalog: Where kinds are found.
        cls: The class of the records, whose ends a relation's columns name.
    """
    kind = _type_of(name, field)
    if kind is None:
        return Column(name, field.name)
    many, one = (True, kind.item) if kind.form == "tuple" and kind.item else (False, kind)
    if one.form == "value" and one.cls is Code:
        return Column(name, field.name, "code", many, one.scheme or "")
    if one.form == "str" and one.scheme:
        return Column(name, field.name, "name", many, one.scheme)
    if one.form == "bool":
        return Column(name, field.name, "yes or no", many)
    if one.form == "ref" and one.ref is not None:
        ends = spec_of(cls).ends if cls is not None and issubclass(cls, Relation) else ()
        if ends and name in ("source", "target"):
            target: object = ends[name == "target"]
        else:
            target = one.ref.target
        return Column(name, field.name, "record", many, kinds=refers_to(target, catalog))
    if one.form in ("literal", "enum"):
        choices = one.choices or tuple(str(member.value) for member in one.cls)
        return Column(name, field.name, "choice", many, choices=choices)
    return Column(name, field.name, "plain" if many else _plain_sort(name, field, one))


def _plain_sort(name: str, field: FieldInfo, kind: FieldType) -> Sort:
    """What a cell holds that has no list."""
    cls = field.type.cls if field.type.form == "value" else None
    if cls is Period and name == field.name:
        return "date"
    if kind.form in ("int", "float", "decimal"):
        return "amount" if cls is Money else "number"
    letters = kind.form == "str" and name.rpartition(".")[2] in LETTERS
    return "letters" if letters else "plain"


def _type_of(name: str, field: FieldInfo) -> FieldType | None:
    """The type of what a column holds; ``None`` for words beside the value."""
    kind = field.type
    if kind.form != "value":
        return kind
    member = name.partition(".")[2]
    if kind.cls is Code:
        return None if member else kind
    member = member or MAIN.get(kind.cls, "")
    return next((f.type for f in fields_of(kind.cls) if f.name == member), None)


def columns_of(field: FieldInfo, used: Iterable[str], language: str) -> list[str]:
    """The columns of a field: those that are always there, and those that something fills."""
    form = form_of(field)
    name = field.name
    if form.languages:
        template: Sequence[str] = (f"{name}.{language}",)
    elif field.type.form == "value":
        ends = TEMPLATE.get(field.type.cls)
        template = form.names if ends is None else [f"{name}{end}" for end in ends]
    else:
        template = form.names[:1]
    filled = {column for column in used if form.takes(column)}
    known = [c for c in form.names if c in filled or c in template]
    return [*known, *sorted({*filled, *template} - set(known))]


def sheets_of(
    needed: Mapping[type[Record], Iterable[str]],
    filled: Mapping[str, Collection[str]],
    catalog: Catalog,
    language: str,
) -> Iterator[Sheet]:
    """The sheets of a workbook: entities before relations, each before its parts.

    Args:
        needed: The fields that are needed, by the class of the records.
        filled: The columns that records fill, by table.
        catalog: Where kinds are found.
        language: The language of texts that are still to be written.
    """
    for cls in sorted(needed, key=lambda c: (issubclass(c, Relation), c.kind)):
        wanted = {*needed[cls], "id", "source", "target"}
        wanted |= {"names"} if issubclass(cls, Entity) else set()
        parts = parts_of(cls)
        columns = []
        for field, _ in plan_of(cls).fields:
            if field.name in wanted and field.name not in parts and field.name != "sources":
                names = columns_of(field, filled.get(cls.kind, ()), language)
                columns += [column_of(name, field, catalog, cls) for name in names]
        yield Sheet(cls.kind, cls, None, tuple(columns))
        for name, field in parts.items():
            if name in wanted:
                table = f"{cls.kind}/{name}"
                unwanted = UNASKED.get(cls.kind, ()) if name == "absences" else ()
                more = _columns_of_parts(field, filled.get(table, ()), unwanted, catalog, language)
                owner = Column(OWNER, OWNER, "record", kinds=(cls.kind,))
                yield Sheet(table, cls, field, (owner, *more))


def _columns_of_parts(
    field: FieldInfo,
    used: Collection[str],
    unwanted: Collection[str],
    catalog: Catalog,
    language: str,
) -> Iterator[Column]:
    item: Any = field.type.item
    for part in fields_of(item.cls):
        if part.name not in unwanted or part.name in used:
            for name in columns_of(part, used, language):
                yield column_of(name, part, catalog)
    if field.name == "absences":
        yield Column(ANSWER, ANSWER, "yes or no")
    if EXTRA in used:
        yield Column(EXTRA, EXTRA)
