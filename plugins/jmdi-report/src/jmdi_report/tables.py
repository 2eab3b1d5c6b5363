"""The tables of a page, by column: actors, ties, actions and knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from jmdi import (
    Action,
    Actor,
    KnowledgeItem,
    KnowledgeProduct,
    Money,
    Place,
    Practice,
    Record,
)
from jmdi_report.facts import Facts
from jmdi_report.network_map import DISPUTED, PRESENT, UNOBSERVED, NetworkMap

__all__ = ["Column", "TableData", "tables_of"]

Kind: TypeAlias = Literal["text", "number", "date", "link"]
EXCERPT = 160
"""Most characters of a text that stands for a name."""


@attrs.frozen
class Column:
    """A column of a table.

    Attributes:
        key: Key of its title among the texts of the page, after ``column.``.
        kind: How its values are sorted and set; ``link`` is the name of the record of the row.
        values: Its values; ``None`` is not known.
        of: The column of the map that has the same values, or the indices of them in `codes`;
            where the map shows actors, they are not written twice.
        codes: The column of the map in which `of` are indices.
    """

    key: str
    kind: Kind
    values: Sequence[Any]
    of: str = ""
    codes: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return all(value is None or value == "" for value in self.values)


@attrs.frozen
class TableData:
    """A table.

    Attributes:
        name: ``actors``, ``ties``, ``actions`` or ``knowledge``.
        columns: Its columns, those without any value left out.
        ids: The id of the record of each row; of a tie that of its first end.
        order: The rows in the order in which they are shown first.
    """

    name: str
    columns: tuple[Column, ...]
    ids: Sequence[str]
    order: Sequence[int]

    def __len__(self) -> int:
        return len(self.ids)


def tables_of(facts: Facts, map_: NetworkMap) -> list[TableData]:
    """The tables that have rows."""
    made = (_actors(facts, map_), _ties(facts, map_), _actions(facts), _knowledge(facts))
    return [table for table in made if len(table)]


def _table(
    name: str, columns: Iterable[Column], ids: Sequence[str], order: Sequence[int] | None = None
) -> TableData:
    kept = tuple(column for column in columns if column.kind == "link" or not column.empty)
    return TableData(name, kept, ids, range(len(ids)) if order is None else order)


def _actors(facts: Facts, map_: NetworkMap) -> TableData:
    def of(read: Callable[[Actor], object]) -> list[Any]:
        return [read(a) or None if isinstance(a, Actor) else None for a in map_.actors]

    degrees = map_.degrees.tolist()
    columns = [
        Column("name", "link", map_.labels, "label"),
        Column("type", "text", of(lambda a: facts.concept(a.type))),
        Column("country", "text", of(lambda a: facts.country(a.country))),
        Column("territory", "text", of(lambda a: facts.named(a.territory))),
        Column("level", "text", of(lambda a: facts.concept(a.level))),
        Column("partners", "number", degrees, "degree"),
    ]
    order = sorted(range(len(degrees)), key=lambda i: (-degrees[i], i))
    return _table("actors", columns, map_.ids, order)


def _ties(facts: Facts, map_: NetworkMap) -> TableData:
    ties, labels = map_.ties, map_.labels
    plain = ties.state.tolist()
    states = {
        PRESENT: facts.text("state.present"),
        DISPUTED: facts.text("map.disputed"),
        UNOBSERVED: facts.text("map.unobserved"),
    }
    one, both = facts.text("direction.one"), facts.text("direction.both")
    source = ties.source.tolist()
    directed = ties.directed.tolist()
    columns = [
        Column("from", "link", [labels[i] for i in source], "ties.s", "label"),
        Column("to", "text", [labels[j] for j in ties.target.tolist()], "ties.t", "label"),
        Column(
            "kind", "text", [ties.layers[k] for k in ties.layer.tolist()], "ties.layer", "layers"
        ),
        Column(
            "direction", "text", [one if d else both for d in directed] if any(directed) else ()
        ),
        Column("state", "text", [states[s] for s in plain] if any(plain) else ()),
        Column("weight", "number", ties.weight, "ties.weight"),
    ]
    ids = map_.ids
    return _table("ties", columns, [ids[i] for i in source])


def _actions(facts: Facts) -> TableData:
    actions = facts.dataset.of(Action)
    columns = [
        Column("action", "link", [facts.label(action) for action in actions]),
        Column("level", "text", [facts.concept(a.level) or None for a in actions]),
        Column("dates", "date", [_edtf(a.timeline) for a in actions]),
        Column("money", "text", [_money(facts, a.finance) for a in actions]),
        Column("place", "text", [_places(facts, a.places) for a in actions]),
        Column(
            "audience", "text", [_several(facts.plain(x.who) for x in a.audience) for a in actions]
        ),
        Column("workplan", "text", [facts.named(a.workplan) or None for a in actions]),
    ]
    return _table("actions", columns, [a.id for a in actions])


def _knowledge(facts: Facts) -> TableData:
    records: list[Record] = [
        *facts.dataset.of(KnowledgeProduct),
        *facts.dataset.of(Practice),
        *facts.dataset.of(KnowledgeItem),
    ]
    columns = [
        Column("name", "link", [_excerpt(facts, record) for record in records]),
        Column("kind", "text", [_kind(facts, record) for record in records]),
        Column("date", "date", [_edtf(_dated(record)) for record in records]),
        Column(
            "pillars",
            "text",
            [_several(map(facts.named, getattr(r, "pillars", ()))) for r in records],
        ),
        Column(
            "territory",
            "text",
            [facts.named(getattr(r, "territory", None)) or None for r in records],
        ),
    ]
    return _table("knowledge", columns, [record.id for record in records])


def _several(texts: Iterable[str]) -> str | None:
    return "; ".join(text for text in texts if text) or None


def _edtf(period: Any) -> str | None:
    return None if period is None else period.edtf or period.words


def _money(facts: Facts, finance: Iterable[Money]) -> str | None:
    def said(money: Money) -> str:
        reason = facts.reason(money.reason) if money.reason else ""
        return facts.local.money(money) or reason or money.words or ""

    return _several(map(said, finance))


def _places(facts: Facts, places: Iterable[Place]) -> str | None:
    return _several(facts.named(p.territory) if p.territory else p.words or "" for p in places)


def _excerpt(facts: Facts, record: Record) -> str:
    text: str | None = getattr(record, "text", None)
    label = facts.label(record)
    if label != record.id or not text:
        return label
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _kind(facts: Facts, record: Record) -> str:
    code = getattr(record, "type", None) or getattr(record, "source_type", None)
    return facts.concept(code) or facts.text(f"one.{record.kind}")


def _dated(record: Record) -> Any:
    return (
        getattr(record, "published", None)
        or getattr(record, "date", None)
        or getattr(record, "period", None)
    )
