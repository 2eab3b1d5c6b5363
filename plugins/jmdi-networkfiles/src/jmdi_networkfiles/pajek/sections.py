"""The sections of a Pajek file, each a line that begins with a star and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.text import numbered

__all__ = ["Network", "Section", "Table", "is_keyword", "project_of"]

_STAR = re.compile(r"^[ \t]*\*[ \t]*([A-Za-z]+)[ \t]*(.*)$", re.MULTILINE)
LINES = frozenset({"arcs", "edges", "arcslist", "edgeslist", "matrix"})
TABLES = frozenset({"partition", "vector", "permutation", "cluster", "hierarchy"})
KEYWORDS = LINES | TABLES | {"network", "vertices"}


@attrs.frozen(slots=True)
class Section:
    """One section.

    Attributes:
        keyword: Its name in small letters, without the star.
        rest: What follows the name on its line.
        line: The number of that line.
        text: What follows that line.
    """

    keyword: str
    rest: str
    line: int
    text: str

    def rows(self, context: ImportContext) -> Iterator[tuple[int, str]]:
        """Its lines with their numbers, without empty ones and comments."""
        for number, line in numbered(self.text, context, self.line + 1):
            if not line.startswith("%"):
                yield number, line


@attrs.define(slots=True)
class Network:
    """The sections of one network.

    Attributes:
        name: Its name, empty if it has none.
        vertices: The section of its vertices.
        ties: The sections of its ties.
    """

    name: str
    vertices: Section | None = None
    ties: list[Section] = attrs.field(factory=list)


@attrs.frozen(slots=True)
class Table:
    """A partition, a vector or another table with one line for each vertex.

    Attributes:
        head: Its first section, with its name.
        body: The section with its lines; ``None`` if it has none.
    """

    head: Section
    body: Section | None


def is_keyword(line: str) -> bool:
    """Whether a line begins a section."""
    found = _STAR.match(line)
    return found is not None and found[1].casefold() in KEYWORDS


def project_of(text: str) -> tuple[list[Network], list[Table], list[Section]]:
    """The networks and tables of a project, and the sections that Pajek does not know.

    Args:
        text: The whole file; lines end with a line feed.
    """
    networks: list[Network] = []
    tables: list[Table] = []
    strange: list[Section] = []
    in_table = False
    for section in _sections(text):
        word = section.keyword
        if word == "network":
            networks.append(Network(_name(section.rest)))
            in_table = False
        elif word in TABLES:
            body = section if section.text.strip() else None
            tables.append(Table(section, body))
            in_table = True
        elif word == "vertices" and in_table:
            tables[-1] = Table(tables[-1].head, section)
            in_table = False
        elif word == "vertices":
            if not networks or networks[-1].vertices is not None:
                networks.append(Network(""))
            networks[-1].vertices = section
        elif word in LINES and networks and not in_table:
            networks[-1].ties.append(section)
        else:
            strange.append(section)
    return [n for n in networks if n.vertices or n.ties or len(networks) == 1], tables, strange


def _sections(text: str) -> Iterator[Section]:
    found: Sequence[re.Match[str]] = [
        match for match in _STAR.finditer(text) if not match[0].lstrip().startswith("%")
    ]
    line, at = 1, 0
    for place, match in enumerate(found):
        line += text.count("\n", at, match.start())
        at = match.start()
        stop = found[place + 1].start() if place + 1 < len(found) else len(text)
        yield Section(match[1].casefold(), match[2].strip(), line, text[match.end() + 1 : stop])


def _name(rest: str) -> str:
    """The name of a network or table, without quotes around it."""
    return rest[1:-1] if len(rest) > 1 and rest[0] == rest[-1] == '"' else rest
