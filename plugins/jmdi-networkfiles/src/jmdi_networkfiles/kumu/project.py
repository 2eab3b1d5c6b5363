"""Reads Kumu's JSON: a whole project, or a blueprint to be taken in by Kumu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from jmdi import ImportContext, Record, Severity, Where
from jmdi.files.strict_json import BadJson, first_members, parse_json
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.kumu.content import Connection, Content, Element

__all__ = ["read", "sniff"]

VIEWS = ("maps", "perspectives", "loops")
OF_ELEMENT = frozenset({"_id", "id", "label", "type", "element type", "attributes"})
OF_CONNECTION = frozenset(
    {"_id", "id", "from", "to", "direction", "reversed", "delayed", "type", "connection type"}
) | {"attributes"}


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads elements as actors and connections as ties; maps and views are not read.

    Raises:
        FormatError: If it is not Kumu's JSON, or is too large.
    """
    try:
        raw = parse_json(context.whole(stream).removeprefix(b"\xef\xbb\xbf"))
    except BadJson as error:
        raise refused("N101", str(error), Where(file=context.name)) from None
    project: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    elements, connections = (_objects(project.get(name)) for name in ("elements", "connections"))
    if elements is None or connections is None:
        message = "it has no lists 'elements' and 'connections'"
        raise refused("N101", message, Where(file=context.name))
    if not elements and not connections:
        context.problem(
            "networkfiles:N114",
            "the project has no element and no connection, only maps and settings",
            where=Where(file=context.name),
            cure="export its elements and connections as CSV or XLSX, and read these",
        )
    content = Content(
        [_element(item, number) for number, item in enumerate(elements, 1)],
        [_connection(item, number) for number, item in enumerate(connections, 1)],
    )
    yield from content.records(context)
    views = sum(len(_objects(project.get(name)) or ()) for name in VIEWS)
    if views:
        context.problem(
            "networkfiles:N109",
            f"not read: {views:,} {', '.join(VIEWS[:-1])} and {VIEWS[-1]}",
            severity=Severity.INFO,
            where=Where(file=context.name),
        )


def _objects(value: Any) -> Sequence[Mapping[str, Any]] | None:
    """The objects of a list; ``None`` if it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else None


def _element(item: Mapping[str, Any], number: int) -> Element:
    said = _said(item)
    key = _text(item.get("_id")) or _text(item.get("id"))
    values = {name: value for name, value in said.items() if name not in OF_ELEMENT}
    kind = _text(said.get("element type")) or _text(said.get("type"))
    return Element(key, _text(said.get("label")) or key, kind, values, number)


def _connection(item: Mapping[str, Any], number: int) -> Connection:
    said = _said(item)
    ends = [_ends(item.get("from")), _ends(item.get("to"))]
    if item.get("reversed") is True:
        ends.reverse()
    values = {name: value for name, value in said.items() if name not in OF_CONNECTION}
    kind = _text(said.get("connection type")) or _text(said.get("type"))
    direction = _text(item.get("direction")).casefold()
    return Connection(ends[0], ends[1], direction, kind, values, number)


def _said(item: Mapping[str, Any]) -> dict[str, Any]:
    """The members of an object and those of its ``attributes``, without empty ones."""
    more = item.get("attributes")
    merged = {**item, **(more if isinstance(more, dict) else {})}
    return {name: value for name, value in merged.items() if value not in (None, "", [])}


def _ends(value: Any) -> list[str]:
    """The names of one end, which may be several with a bar between them."""
    given = value if isinstance(value, list) else _text(value).split("|")
    return [_text(name).strip() for name in given] or [""]


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def sniff(head: bytes) -> bool | str:
    """Whether it is a project or a blueprint of Kumu."""
    members = first_members(head)
    if {b"elements", b"connections"} <= members:
        return True
    whole = {b"attributeRelevance", b"defaultMap", b"proxyImages"} & members
    first = b"elements" in members and (b'"element type"' in head or b'"attributes"' in head)
    return bool(whole or first) or "it has no members 'elements' and 'connections'"
