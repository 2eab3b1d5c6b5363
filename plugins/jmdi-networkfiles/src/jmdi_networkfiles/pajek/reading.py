"""Reads networks and projects of Pajek: vertices, relations, partitions and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import attrs

from jmdi import Record, Severity, Where
from jmdi.files.graphs.choosing import chosen_graph
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.decimals import is_zero, number_of
from jmdi_networkfiles.drafts import Draft, Layer, checked_size
from jmdi_networkfiles.notes import Notes
from jmdi_networkfiles.pajek.lines import (
    TieLine,
    tie_line,
    times_of,
    unescaped,
    vertex_line,
    words_of,
)
from jmdi_networkfiles.pajek.sections import Network, Section, Table, is_keyword, project_of
from jmdi_networkfiles.records import records_of
from jmdi_networkfiles.text import first_lines, shown, text_of

__all__ = ["read", "sniff"]

_RELATION = re.compile(r':\s*(\d+)\s*(?:"([^"\\]*+(?:\\.[^"\\]*+)*)"?|(.*))')
_CLASS = re.compile(r"^%[ \t]*([0-9]{1,9})[ \t]*=[ \t]*(\S.*)$", re.MULTILINE)
_ENDING = re.compile(r"\.(?:clu|vec|per)$", re.IGNORECASE)
UNKNOWN = frozenset({"999999998", "9999998"})
"""What Pajek writes for a value that is not known."""
ALONE = "it is a partition, vector or permutation of Pajek without its network"
PROJECT = "give the file with the network; partitions go with it in a project (.paj)"
TITLES = 5
"""How many lines of a title may stand before the first section."""


def sniff(head: bytes) -> bool | str:
    """Whether a file begins as one of Pajek: after comments and a title, with a section of it."""
    for line in [line for line in first_lines(head) if not line.startswith("%")][: TITLES + 1]:
        if line.startswith("*"):
            return is_keyword(line) or "its first section is none of Pajek"
    return "it has no section of Pajek, such as *Vertices"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads one network of a Pajek file.

    Relations are kinds of tie; partitions and vectors as long as the network are attributes of
    its vertices, under their own name. Of a file with several networks the option ``graph``
    names one.

    Raises:
        FormatError: If it is not of Pajek, too large, or has several networks of which none is
            chosen.
    """
    if _ENDING.search(context.name):
        raise refused("N101", ALONE, Where(file=context.name), PROJECT)
    text = text_of(stream, context)
    networks, tables, strange = project_of(text)
    if not networks:
        raise refused(
            "N101",
            "it has no section *Vertices, so it is no network of Pajek",
            Where(file=context.name),
            PROJECT,
        )
    network = networks[chosen_graph([network.name for network in networks], context)]
    notes = Notes(context)
    for section in strange:
        notes.bad(f"the section *{section.keyword:.30} cannot stand here", section.line)
    reader = _Reader(context, notes, len(text))
    draft = reader.draft(network)
    if tables and sum(_size(other) == _size(network) for other in networks) > 1:
        context.problem(
            "networkfiles:P104",
            "several networks have as many vertices: its tables may be those of another",
            where=Where(file=context.name, line=tables[0].head.line),
            cure="make a project of the network and its own partitions",
        )
    for table in tables:
        reader.table(table, draft)
    notes.finish()
    yield from records_of(draft, context)


@attrs.frozen(slots=True)
class _Reader:
    """Makes a draft of the sections of a network.

    Attributes:
        context: Limits, and where problems go.
        notes: Where lines go that cannot be read.
        characters: How long the file is.
    """

    context: ImportContext
    notes: Notes
    characters: int

    def draft(self, network: Network) -> Draft:
        """The network as its sections say it."""
        draft = Draft()
        if network.vertices is None:
            line = network.ties[0].line if network.ties else 1
            message = "the network has no section *Vertices"
            raise refused("N101", message, Where(file=self.context.name, line=line))
        self._vertices(network.vertices, draft)
        layers: dict[tuple[str, bool | None], Layer] = {}
        relations = dict(_relation(section.rest) for section in network.ties)
        for section in network.ties:
            self._ties(section, draft, layers, relations)
        draft.layers = list(layers.values())
        return draft

    def _vertices(self, section: Section, draft: Draft) -> None:
        size, *modes = section.rest.partition("%")[0].split() or [""]
        draft.size = checked_size(size, self.characters, self.context, section.line)
        if modes:
            first = checked_size(modes[0], self.characters, self.context, section.line)
            draft.first = first if 0 < first < draft.size else None
            if first > draft.size:
                message = f"the first mode has {first:,} of {draft.size:,} vertices"
                self.notes.bad(message, section.line, "correct the second number of *Vertices")
        seen = bytearray(draft.size)
        for line, text in section.rows(self.context):
            said = vertex_line(text)
            vertex = self._vertex(said.number, draft.size, line)
            if vertex is None:
                continue
            if seen[vertex]:
                self.notes.bad(f"vertex {vertex + 1} is duplicated", line, "keep one of the lines")
                continue
            seen[vertex] = 1
            draft.lines[vertex] = line
            if said.label:
                draft.labels[vertex] = said.label
            if said.open:
                self.context.problem(
                    "networkfiles:P103",
                    "the label has no quote at its end; it is the rest of the line",
                    where=Where(file=self.context.name, line=line),
                    cure="close the quote",
                )
            if said.drawing:
                self.notes.skip("how a vertex is drawn")
            for name, value in _times(said.times).items():
                draft.columns.setdefault(name, {})[vertex] = value

    def _vertex(self, number: str, size: int, line: int) -> int | None:
        """The place of a vertex, from 0; ``None`` after it was reported that there is none."""
        if number.isascii() and number.isdecimal() and 1 <= int(number[:18]) <= size:
            return int(number) - 1
        message = f"{shown(number)} is no number of a vertex; they go from 1 to {size}"
        self.notes.bad(message, line, "correct the number, or that of *Vertices")
        return None

    def _ties(
        self,
        section: Section,
        draft: Draft,
        layers: dict[tuple[str, bool | None], Layer],
        relations: Mapping[str, str],
    ) -> None:
        _, name = _relation(section.rest)
        directed = {"arcs": True, "arcslist": True, "matrix": None}.get(section.keyword, False)

        def layer(relation: str) -> Layer:
            return layers.setdefault((relation, directed), Layer(relation, directed))

        rows = section.rows(self.context)
        if section.keyword == "matrix":
            self._matrix(rows, draft, layer(name), section.line)
        elif section.keyword in ("arcslist", "edgeslist"):
            for line, text in rows:
                self._list(words_of(text), draft, layer(name), line)
        else:
            layer(name)
            for line, text in rows:
                said = tie_line(text)
                number = said.relation
                relation = relations.get(number, f"relation {number}") if number else name
                self._tie(said, draft, layer(relation), line)

    def _tie(self, said: TieLine, draft: Draft, layer: Layer, line: int) -> None:
        if len(said.ends) < 2:
            self.notes.bad("the line names one vertex, not two", line, "add the other end")
            return
        ends = [self._vertex(end, draft.size, line) for end in said.ends]
        if ends[0] is None or ends[1] is None:
            return
        value = None if said.value is None else number_of(said.value) or said.value
        more = _times(said.times)
        if said.label is not None:
            more["label"] = said.label
        if said.drawing:
            self.notes.skip("how a tie is drawn")
        layer.add(ends[0], ends[1], value, line, more)

    def _list(self, words: Sequence[str], draft: Draft, layer: Layer, line: int) -> None:
        first, *others = [self._vertex(word, draft.size, line) for word in words]
        for other in others:
            if first is not None and other is not None:
                layer.add(first, other, None, line)

    def _matrix(
        self, rows: Iterator[tuple[int, str]], draft: Draft, layer: Layer, start: int
    ) -> None:
        height = draft.size if draft.first is None else draft.first
        width = draft.size - (draft.first or 0)
        beyond = draft.first or 0
        row, cells, line = 0, [], start
        for line, text in rows:
            cells += text.split()
            if len(cells) < width:
                continue
            if row >= height:
                self.notes.bad(f"the matrix has more than {height:,} rows", line)
                return
            if len(cells) > width:
                self.notes.skip("a cell beyond the last column of the matrix", len(cells) - width)
            for column in range(width):
                if cells[column] != "0":  # as most are
                    self._cell(cells[column], row, column + beyond, layer, line)
            row, cells = row + 1, []
        if row < height:
            self.notes.bad(f"the matrix ends after {row:,} of {height:,} rows", line)

    def _cell(self, cell: str, row: int, column: int, layer: Layer, line: int) -> None:
        value = number_of(cell)
        if value is None:
            self.notes.bad(f"{shown(cell)} in column {column + 1} is no number", line)
        elif not is_zero(value):
            layer.add(row, column, value, line)

    def table(self, table: Table, draft: Draft) -> None:
        """Adds a partition or vector to the vertices, if it is one of them."""
        what, head = table.head.keyword, table.head
        name = _ENDING.sub("", head.rest.strip('"').strip()) or what
        if what not in ("partition", "vector"):
            self.notes.skip(f"a table of the sort {what}")
            return
        lines = iter(()) if table.body is None else table.body.rows(self.context)
        rows = [(line, word) for line, text in lines for word in text.split()]
        if len(rows) != draft.size:
            self.context.problem(
                "networkfiles:P101",
                f"the {what} {name!r:.60} has {len(rows):,} values, the network {draft.size:,} "
                "vertices; it was not read",
                where=Where(file=self.context.name, line=head.line),
                severity=Severity.WARNING,
                cure="choose the network that it belongs to with --option graph=…",
            )
            return
        while name in draft.columns:
            name += "_"
        column = dict(self._values(rows, name, what))
        legend = {} if table.body is None else _legend(table.body.text)
        if column and set(column.values()) <= set(legend):
            column = {vertex: legend[number] for vertex, number in column.items()}
            self.context.problem(
                "networkfiles:P102",
                f"comments name the classes of the partition {name!r:.60}",
                where=Where(file=self.context.name, line=head.line),
                severity=Severity.INFO,
            )
        draft.columns[name] = column

    def _values(
        self, rows: Iterable[tuple[int, str]], name: str, what: str
    ) -> Iterator[tuple[int, Any]]:
        for vertex, (line, text) in enumerate(rows):
            number = number_of(text)
            if number is None:
                self.notes.bad(f"{shown(text)} is no value of the {what} {name!r:.60}", line)
            elif number.partition(".")[0] in UNKNOWN:
                self.notes.skip(f"a value of {name!r:.60} that Pajek writes for unknown")
            elif what == "partition" and "." not in number:
                yield vertex, int(number)
            else:
                yield vertex, float(number)


def _size(network: Network) -> list[str]:
    """How many vertices a network has, as the file says it."""
    return [] if network.vertices is None else network.vertices.rest.split()[:1]


def _relation(rest: str) -> tuple[str, str]:
    """The number and name of a relation such as ``:2 "Mother"``; empty if a section is of none."""
    found = _RELATION.search(rest)
    if found is None:
        return "", ""
    name = unescaped(found[2] or found[3] or "").strip()
    return found[1], name or f"relation {found[1]}"


def _legend(text: str) -> dict[int, str]:
    """The names of classes that comments such as ``% 2 = public`` give."""
    return {int(match[1]): match[2].strip() for match in _CLASS.finditer(text)}


def _times(text: str) -> dict[str, Any]:
    """When a vertex or tie is there: the wave of a single point of time, else its spells."""
    times = times_of(text)
    if len(times) == 1 and times[0][0] == times[0][1] and times[0][0].isdecimal():
        return {"period.wave": int(times[0][0][:9])}
    spells = [{"start": first or None, "end": last or None} for first, last in times]
    return {"spells": spells} if spells else {}
