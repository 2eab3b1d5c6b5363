"""GEXF 1.3, Gephi's own format, with spells for what is dated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs

from jmdi.builtin.formats.graph_xml import (
    GraphHandler,
    Item,
    element,
    outgoing,
    parse_graph,
    records,
    values_of,
)
from jmdi.errors import Severity
from jmdi.files.graphs.columns import Column, Report, xml_text
from jmdi.files.graphs.records import GraphReader, typed
from jmdi.files.safe_xml import first_element
from jmdi.model.records import Record
from jmdi.model.values import Period
from jmdi.plugins.context import ImportContext

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = ["read_gexf", "sniff_gexf", "write_gexf"]

NAMESPACE = "http://gexf.net/1.3"
DIRECTIONS = {"directed": True, "undirected": False, "mutual": False}
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OWN = {"node": ("label",), "edge": ("label", "weight", "kind", "type")}
"""What elements say outside declared attributes; networkx writes a type that is no direction."""
TIMES = ("start", "startopen", "end", "endopen", "timestamp", "timestamps", "intervals")
"""What says when something holds, in any version of the format."""
WEIGHT = "1.0"
"""What an edge weighs that does not say it, by the primer of GEXF 1.3, *Declaring an Edge*."""

UNKNOWN = "weight.unknown"
"""The attribute of an edge that has no weight because nobody knows it; else it would weigh 1."""

VISUAL = frozenset({"color", "position", "size", "shape", "thickness"})


def write_gexf(network: Network, stream: BinaryIO, *, report: Report | None = None) -> None:
    """Writes GEXF 1.3.

    Attributes follow the rules of `jmdi.files.graphs.columns`; ``label`` becomes the label
    of a node. An edge whose weight is not known says so in ``weight.unknown``, as one without a
    weight weighs 1 in this format. Where the attribute ``period`` of some node or edge has a first
    or last day that is known, the graph is dynamic and these have a spell.

    Args:
        network: The network.
        stream: Where the bytes go.
        report: Called with a Problem for what could not be written as it is; by default such
            problems are Python warnings.

    Raises:
        DataError: If an attribute has a value that no rule covers.
    """
    out = outgoing(network, stream, report)
    network, nodes, edges, write = out.network, out.nodes, out.edges, out.write
    spells = (_spells(network.node_attributes), _spells(network.edge_attributes))
    dynamic = any(spell for part in spells for spell in part.values())
    labels = next((c for c in nodes if c.name == "label" and c.type == "string"), None)
    weights = next((c for c in edges if c.name == "weight" and c.type == "double"), None)
    nodes = [c for c in nodes if c is not labels]
    edges = [c for c in edges if c is not weights]
    if weights is not None and None in weights.values:
        unknown = [weight is None or None for weight in weights.values]
        edges.append(Column(UNKNOWN, "boolean", unknown))
    direction = "directed" if network.directed else "undirected"
    mode = 'mode="dynamic" timeformat="date"' if dynamic else 'mode="static"'
    write(f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{NAMESPACE}" version="1.3">\n')
    write(f'<graph defaultedgetype="{direction}" {mode}>\n')
    write(_declarations("node", nodes) + _declarations("edge", edges))
    write("<nodes>\n")
    for index, name in enumerate(out.names):
        label = labels.text(index) if labels else None
        head = f'node id="{name}" label="{xml_text(out.ids[index] if label is None else label)}"'
        write(element(head, "node", _values(nodes, index) + spells[0].get(index, "")))
    write("</nodes>\n<edges>\n")
    for index, (i, j) in enumerate(zip(network.source, network.target, strict=True)):
        weight = weights.text(index) if weights else None
        head = f'edge id="e{index}" source="{out.names[i]}" target="{out.names[j]}"'
        head += f' weight="{weight}"' if weight is not None else ""
        write(element(head, "edge", _values(edges, index) + spells[1].get(index, "")))
    write("</edges>\n</graph>\n</gexf>\n")


def _spells(attributes: Any) -> dict[int, str]:
    """The spell of each node or edge whose ``period`` has a day that is known."""
    spells = {}
    values: Sequence[Any] = attributes.get("period", ()) if attributes else ()
    for index, period in enumerate(values):
        if not isinstance(period, Period):
            continue
        days = (("start", period.start), ("end", period.end))
        known = " ".join(f'{name}="{day.isoformat()}"' for name, day in days if day is not None)
        if known:
            spells[index] = f"<spells><spell {known}/></spells>"
    return spells


def _declarations(what: str, columns: Sequence[Column]) -> str:
    if not columns:
        return ""
    rows = [
        f'<attribute id="{number}" type="{column.type}" title="{xml_text(column.name)}"/>\n'
        for number, column in enumerate(columns)
    ]
    return f'<attributes class="{what}" mode="static">\n{"".join(rows)}</attributes>\n'


def _values(columns: Sequence[Column], index: int) -> str:
    parts = []
    for number, column in enumerate(columns):
        text = column.text(index)
        if text is not None:
            parts.append(f'<attvalue for="{number}" value="{xml_text(text)}"/>')
    return f"<attvalues>{''.join(parts)}</attvalues>" if parts else ""


@attrs.define(slots=True)
class _Handler(GraphHandler):
    """Collects declarations too, for nodes and for edges."""

    root = "gexf"
    texts = ("default",)
    declared: dict[str, dict[str, dict[str, str]]] = attrs.field(factory=dict)
    defaults: dict[tuple[str, str], str] = attrs.field(factory=dict)
    visual: int = 0
    directed: bool | None = None
    _what: str = "node"
    _at: str = ""

    def begun(self, name: str, attributes: dict[str, str]) -> None:
        """A graph, a declaration, a value or a spell begins, or what is not read."""
        if name == "graph":
            self.directed = DIRECTIONS.get(attributes.get("defaultedgetype", "undirected"))
        elif name == "attributes":
            self._what = attributes.get("class", "node")
        elif name == "attribute":
            self._at = attributes.get("id", "")
            self.declared.setdefault(self._what, {})[self._at] = attributes
        elif name == "attvalue" and self.open:
            key, value = attributes.get("for", attributes.get("id", "")), attributes.get("value")
            if times := _times(attributes):
                self.open[-1].changes.append((key, {"value": value or "", **times}))
            else:
                self.open[-1].data.append((key, value or ""))
        elif name in ("spell", "slice") and self.open:
            self.open[-1].spells.append(_times(attributes))
        elif name in VISUAL:
            self.visual += 1

    def ended(self, name: str, text: str) -> None:
        """A default ends."""
        self.defaults[self._what, self._at] = text


def read_gexf(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads GEXF 1.1 to 1.3: nodes as actors and edges as ties, unless ``kind`` differs.

    Attributes named like fields fill these, all others are kept in ``extra``. A single spell
    of dates becomes the period; other spells are kept in ``extra``. A value that changes, such as
    a weight for each year, is no value of the tie: all of them are kept, as ``weight.spells``.
    A node within another has the attribute ``group``. As the format says, edges have no direction
    unless the graph or they say one, and an edge without a weight weighs 1 where others have one.

    Raises:
        FormatError: If the file is not GEXF, or is unsafe or too large.
    """
    handler = _Handler()
    parse_graph(stream, context, handler, "GEXF")
    reader = GraphReader(context, directed=handler.directed)
    if handler.visual:
        reader.skipped(f"{handler.visual} visual settings, which were not read")
    weighted = any("weight" in edge.attributes for edge in handler.edges)
    without: list[Item] = []

    def values(item: Item, what: str) -> dict[str, Any]:
        found = _attributes(item, what, handler, reader)
        unknown = found.pop(UNKNOWN, False) if what == "edge" else True
        if weighted and not unknown and not {"weight", "weight.spells"} & found.keys():
            found["weight"] = WEIGHT
            without.append(item)
        return found

    def directed(item: Item) -> bool | None:
        return DIRECTIONS.get(item.attributes.get("type", ""))

    yield from records(handler, reader, values, directed)
    if without:
        reader.rows.report(
            "J514",
            f"{len(without):,} edges have no weight where others have one; it is 1 by the format",
            reader.where(without[0].line),
            Severity.INFO,
        )


def _attributes(item: Item, what: str, handler: _Handler, reader: GraphReader) -> dict[str, Any]:
    """The attributes of a node or edge, with defaults, in their declared types."""
    values: dict[str, Any] = {n: item.attributes[n] for n in OWN[what] if n in item.attributes}
    if values.get("type") in DIRECTIONS:
        del values["type"]
    if "kind" in values and values["kind"] not in reader.rows.catalog.kinds:
        # In GEXF it tells parallel edges apart, as the type of a tie does.
        values.setdefault("type", values.pop("kind"))
    if "weight" in values and not PLAIN.fullmatch(values["weight"]):  # Gephi writes 1.0E-4
        values["weight"] = typed(values["weight"], "double", "weight", reader, item.line)
    if values.get("label") == item.attributes.get("id"):
        values.pop("label", None)
    given = dict(item.data)
    for (where, key), default in handler.defaults.items():
        if where == what:
            given.setdefault(key, default)
    declared = handler.declared.get(what, {})
    values |= values_of(given, declared, ("type", "title"), reader, item.line)
    for key, change in item.changes:
        title = declared.get(key, {}).get("title", key)
        title = "weight" if title.casefold() == "weight" else title
        values.setdefault(f"{title}.spells", []).append(change)
    if group := item.attributes.get("pid") or (what == "node" and item.within):
        values.setdefault("group", group)
    spells = [spell for spell in item.spells or [_times(item.attributes)] if spell]
    if len(spells) == 1 and "period" not in values and _is_of_days(spells[0]):
        values["period"] = _interval(spells[0].get("start"), spells[0].get("end"))
    elif spells and "period" not in values:
        values["spells"] = spells
    return values


def _times(attributes: dict[str, str]) -> dict[str, str]:
    """What an element says of when it holds."""
    return {name: attributes[name] for name in TIMES if name in attributes}


def _is_of_days(spell: dict[str, str]) -> bool:
    """Whether a spell has a first or last day and says no more."""
    return spell.keys() <= {"start", "end"} and all(map(DAY.fullmatch, spell.values()))


def _interval(start: str | None, end: str | None) -> str:
    """A spell in EDTF; an end that is not given is unknown, not open."""
    return start if start is not None and start == end else f"{start or ''}/{end or ''}"


def sniff_gexf(head: bytes) -> bool | str:
    """Whether a file is GEXF."""
    return first_element(head) == "gexf" or "it has no element gexf"
