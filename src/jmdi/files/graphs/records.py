"""Nodes and edges of any graph file as records."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from jmdi.errors import Severity, Where
from jmdi.files.tables.plan import plan_of
from jmdi.files.tables.rows import RowReader
from jmdi.graph.doer import default_doer
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.ids import make_id
from jmdi.model.kinds import Actor
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.relations import Tie
from jmdi.model.writing import dumps
from jmdi.plugins.context import FirstFew, ImportContext

__all__ = ["GraphReader", "typed"]

LISTED = 20
"""How many nodes that are not in a file are reported one by one."""
RESERVED = frozenset({"id", "source", "target", "kind", "extra"})
_INT = re.compile(r"[+-]?\d{1,4000}")
_DIGIT = re.compile("[1-9]")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


@attrs.define(slots=True, eq=False)
class GraphReader:
    """Makes records of nodes and edges.

    A node is an actor and an edge a tie, unless an attribute ``kind`` names another kind
    that can be made of it. An attribute named like a field fills it (``label`` and ``name``
    are names, ``weight`` is the strength of a tie); all others are kept in ``extra``.

    Attributes:
        context: Where problems go.
        directed: Whether the file says that edges go from source to target, or both ways.
    """

    context: ImportContext
    directed: bool | None = None
    rows: RowReader = attrs.field(init=False)
    _keys: dict[str, int] = attrs.field(factory=dict)
    _pairs: dict[tuple[str, str], int] = attrs.field(factory=dict)
    _dangling: dict[str, tuple[int, bool]] = attrs.field(factory=dict)
    _directions: set[bool | None] = attrs.field(factory=set)
    _halves: Counter[tuple[str, str, str]] = attrs.field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        catalog = self.context.catalog or default_doer().catalog
        self.rows = RowReader(self.context, catalog, folder=False, lenient=True)

    def where(self, line: int | None = None) -> Where:
        """A place in the file."""
        return Where(file=self.context.name, line=line)

    def skipped(self, what: str) -> None:
        """Reports a part of the file that has no place among records."""
        self.rows.report("J509", f"the file has {what}", self.where(), Severity.INFO)

    def undeclared(self, key: str) -> None:
        """Notes data under a key that the file does not declare."""
        self._keys[key] = self._keys.get(key, 0) + 1

    def node(
        self, identity: str | None, values: Mapping[str, Any], line: int | None
    ) -> Iterator[Record]:
        """The record of a node; none after an error was reported."""
        if not identity or identity in self.rows.seen:
            message = f"node {identity!r} is duplicated" if identity else "a node has no id"
            self.rows.report(
                "J505",
                f"{message}; it was not read",
                self.where(line),
                Severity.ERROR,
                "give every node an id of its own",
            )
            return
        if values.get("label") == identity:
            values = {name: value for name, value in values.items() if name != "label"}
        record = self._record({"id": identity}, values, Actor, Entity, self.where(line))
        if record is not None:
            yield record

    def edge(
        self,
        source: str | None,
        target: str | None,
        identity: str | None,
        values: Mapping[str, Any],
        line: int | None,
        directed: bool | None = None,
    ) -> Iterator[Record]:
        """The record of an edge; none after an error was reported.

        Args:
            source: Id of the node that it goes from.
            target: Id of the node that it goes to.
            identity: Its own id, if it has one.
            values: Its attributes.
            line: The line that it is on.
            directed: What the edge itself says of its direction.
        """
        if not source or not target:
            self.rows.report(
                "J505",
                "an edge lacks an end; it was not read",
                self.where(line),
                Severity.ERROR,
                "give every edge source and target",
            )
            return
        if self._is_second_half(source, target, values):
            return
        pair = (source, target)
        self._pairs[pair] = self._pairs.get(pair, 0) + 1
        if not identity or identity in self.rows.seen:
            identity = make_id("tie", source, target, self._pairs[pair])
        ends = {"id": identity, "source": source, "target": target}
        directed = self.directed if directed is None else directed
        if _same_number(values.get("weight"), values.get("strength")):
            values = {name: value for name, value in values.items() if name != "weight"}
        record = self._record(ends, values, Tie, Relation, self.where(line), directed)
        if record is not None:
            if isinstance(record, Tie):
                self._directions.add(record.directed)
            for end in (source, target):
                if end not in self.rows.seen:
                    self._dangling.setdefault(end, (line or 0, isinstance(record, Tie)))
            yield record

    def _is_second_half(self, source: str, target: str, values: Mapping[str, Any]) -> bool:
        """Whether an edge is the way back of a tie both ways, whose way there was read.

        So a directed network is written that has such ties: the attribute ``directed`` of both
        edges is false, and all others are the same.
        """
        if values.get("directed") is not False or not self.directed or source == target:
            return False
        same = dumps(dict(values))
        if self._halves[source, target, same]:
            self._halves[source, target, same] -= 1
            return True
        self._halves[target, source, same] += 1
        return False

    def finish(self) -> Iterator[Record]:
        """Reports what was noted on the way; gives the actors that only ties name."""
        for key, count in self._keys.items():
            self.rows.report(
                "J506",
                f"{count} values have the key {key!r}, which is not "
                "declared; they are kept as text",
                self.where(),
            )
        yield from self._not_listed()
        if len(self._directions) > 1 and True in self._directions:
            self.rows.report(
                "J508",
                "some edges are directed, others are not; those go both ways in a directed network",
                self.where(),
                Severity.INFO,
                "`ds.project('actors', directed=False)` makes a network without direction",
            )

    def _not_listed(self) -> Iterator[Record]:
        """Reports the ends that no node lists, the first few one by one; gives actors of ties."""
        few = FirstFew(self.context.limits, LISTED)
        for end, (line, made) in self._dangling.items():
            if end in self.rows.seen:
                continue
            what = "an actor was made of it" if made else "the edge is kept as it is"
            message = f"an edge names the node {end!r}, which is not in the file; {what}"
            if few.takes("J504"):
                self.rows.report("J504", message, self.where(line or None))
            if made:
                yield from self.node(end, {}, line or None)
        for more in few.rest().values():
            message = f"edges name {more:,} more nodes that are not in the file"
            self.rows.report("J504", message, self.where())

    def _record(
        self,
        own: dict[str, str],
        values: Mapping[str, Any],
        usual: type[Record],
        base: type[Record],
        where: Where,
        directed: bool | None = None,
    ) -> Record | None:
        cls = self._class(values, usual, base, where)
        plan = plan_of(cls)
        cells: dict[str, str] = dict(own)
        members: dict[str, Any] = {}
        key: Any = cls
        fields = _fields(key)
        for name, value in sorted(values.items(), key=lambda item: not plan.declares(item[0])):
            column = None if name in RESERVED else plan.column(name)
            if value is None or value == "" or (name == "kind" and value == cls.kind):
                continue
            if name in RESERVED or not name:
                members[f"{name}.attribute"] = value
            elif (
                column is None
                or (column != name and _is_filled(column, cells, members))
                or (isinstance(value, (dict, list)) and name in fields)
            ):
                members[name] = value
            else:
                cells[column] = _cell(value)
        if directed is not None and issubclass(cls, Tie):
            cells.setdefault("directed", dumps(directed))
        return self.rows.record(cls, cells, where, (), members)

    def _class(
        self, values: Mapping[str, Any], usual: type[Record], base: type[Record], where: Where
    ) -> type[Record]:
        kind = values.get("kind")
        if kind is None or kind == usual.kind:
            return usual
        known = self.rows.catalog.kinds.get(kind) if isinstance(kind, str) else None
        given = {"id", "source", "target"}
        if (
            known is not None
            and issubclass(known, base)
            and not spec_of(known).abstract
            and all(f.name in given or not f.required or f.name in values for f in fields_of(known))
        ):
            return known
        self.rows.report(
            "J507",
            f"kind {kind!r} cannot be made of this; it is read as {usual.kind!r}",
            where,
            value=str(kind),
        )
        return usual


@functools.cache
def _fields(cls: Any) -> frozenset[str]:
    """The names of the fields of a class."""
    return frozenset(field.name for field in fields_of(cls))


def _cell(value: Any) -> str:
    """A value as a cell of a table has it; a number is written out, 0.00001 and not 1e-05."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return format(Decimal(repr(value)), "f")
    return dumps(value)


def _same_number(first: Any, second: Any) -> bool:
    """Whether two values are one number, so that the second need not be kept."""
    try:
        return float(first) == float(second)
    except (TypeError, ValueError, OverflowError):
        return False


def _is_filled(column: str, cells: Mapping[str, str], members: Mapping[str, Any]) -> bool:
    """Whether a field was given under its own name, so that ``label`` is not needed for it."""
    field = column.partition(".")[0]
    return field in members or any(cell.partition(".")[0] == field for cell in cells)


def typed(text: str, kind: str, name: str, reader: GraphReader, line: int | None) -> Any:
    """The value of an attribute in its declared type; text where it is not of that type."""
    bare = text.strip()
    if kind in ("int", "long", "integer", "short", "byte") and _INT.fullmatch(bare):
        return int(bare)
    if kind in ("float", "double"):
        try:
            number = float(bare)
        except ValueError:
            number = math.nan
        # 1e-400 is no 0, which would say that there is no tie.
        if math.isfinite(number) and (number or not _DIGIT.search(bare.lower().split("e")[0])):
            return number
    if kind == "boolean" and bare.casefold() in _TRUTH:
        return _TRUTH[bare.casefold()]
    if kind in ("int", "long", "integer", "short", "byte", "float", "double", "boolean"):
        reader.rows.report(
            "J506",
            f"attribute {name!r} should be {kind}; it is kept as text",
            reader.where(line),
            value=text[:200],
        )
    return text
