"""Codebooks as CSV: a row per code, with its parents, meaning, colour, and names by language."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Literal

import attrs

from jmdi import Dataset, ImportContext, Record, Theme, make_id
from jmdi.files.delimited import delimiter_of, guard, read_rows, unguard, write_row
from jmdi_knowledge.codebooks.messages import MESSAGES
from jmdi_knowledge.codebooks.themes import chosen, named_after, within_each_other
from jmdi_knowledge.origins import origin_of
from jmdi_knowledge.qda.drafts import folded
from jmdi_knowledge.reporting import Report

__all__ = ["read", "sniff", "write"]

COLUMNS: Mapping[str, str] = {
    "id": "id",
    "codebook": "codebook",
    "code": "code",
    "notation": "code",
    "parent": "parent",
    "broader": "parent",
    "also within": "also within",
    "name": "name",
    "tag": "name",
    "path": "name",
    "label": "name",
    "definition": "definition",
    "description": "definition",
    "codable": "codable",
    "iscodable": "codable",
    "colour": "colour",
    "color": "colour",
    "guid": "guid",
}
"""The columns that are known, by what they are called."""

TELLING = {"tag", "codable", "iscodable", "definition", "guid"}
"""What hardly any other table has."""

TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
SEPARATOR = " | "
"""Between several parents."""


def sniff(head: bytes) -> bool | str:
    """Whether every column of the first line is one of a codebook."""
    line = head.partition(b"\n")[0].decode("utf-8-sig", "replace").strip()
    names = [_plain(cell) for cell in line.split(delimiter_of(line))]
    if "name" not in {COLUMNS.get(name) for name in names}:
        return "no column for names of codes"
    if strange := [name for name in names if name not in COLUMNS]:
        return f"the column {strange[0]!r:.40} is none of a codebook"
    return not TELLING.isdisjoint(names) or "nothing says that these are codes"


def _plain(cell: str) -> str:
    """A column without quotes and without its language."""
    return cell.strip().strip('"').partition(":")[0].strip().lower()


@attrs.define(slots=True)
class _Row:
    """A code as its row has it.

    Attributes:
        id: The id of its theme.
        line: The line that it stands on, from 1.
        cells: What is typed in the columns that are known, by field.
        names: Its names by language.
        definition: Its meaning by language.
        rest: What no field holds, by header.
        parents: The ids of its parents, once they are found.
    """

    id: str
    line: int
    cells: Mapping[str, str]
    names: Mapping[str, str]
    definition: Mapping[str, str]
    rest: Mapping[str, str] = attrs.field(factory=dict)
    parents: list[str] = attrs.field(factory=list)


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads the codes of a table as themes.

    Args:
        stream: The table; also the codebook that Taguette exports.
        context: Options ``codebook`` and ``separator``; where problems go.

    Yields:
        The themes, in the order of the rows.

    Raises:
        FormatError: If it is no such table.
    """
    report = Report(context, MESSAGES)
    rows = list(_rows(stream, context, report))
    _find_parents(rows, report)
    circle = within_each_other({row.id: row.parents for row in rows})
    if circle:
        names = [row.cells.get("name") or row.id for row in rows if row.id in circle]
        report.add("B104", ", ".join(names[:3]))
    for row in rows:
        if row.id in circle:
            row.parents = [one for one in row.parents if one not in circle]
        yield Theme(
            id=row.id,
            names=row.names,
            definition=row.definition,
            codebook=row.cells.get("codebook") or None,
            code=row.cells.get("code") or None,
            parent=row.parents[0] if row.parents else None,
            also_within=tuple(row.parents[1:]),
            guid=row.cells.get("guid") or None,
            codable=TRUTH.get(row.cells.get("codable", "").lower()),
            colour=row.cells.get("colour") or None,
            sources=(origin_of(context, f"line {row.line}"),),
            extra={"columns": row.rest} if row.rest else {},
        )
    report.close()


def _rows(stream: BinaryIO, context: ImportContext, report: Report) -> Iterator[_Row]:
    limits = context.limits
    table = read_rows(
        stream,
        context.name,
        size=limits.size,
        cells=limits.cells,
        rows=limits.rows,
        columns=limits.columns,
    )
    header = next(table, None)
    heads = [] if header is None else [unguard(cell).strip() for cell in header.cells]
    columns = [(_field(head), _language(head)) for head in heads]
    if not any(field == "name" for field, _ in columns):
        raise report.fatal("B101", "it has no column for the names of codes")
    wanted, separator = context.options.get("codebook"), context.options.get("separator")
    folders: dict[tuple[str, ...], str] = {}
    seen: set[str] = set()
    for row in table:
        said = list(zip(columns, map(unguard, row.cells), strict=False))
        cells = {field: cell for (field, _), cell in said if field and cell}
        texts = {
            name: {language: cell for (field, language), cell in said if field == name and cell}
            for name in ("name", "definition")
        }
        if not texts["name"] and "code" not in cells and "id" not in cells:
            report.add("B108", f"line {row.line}")
            continue
        cells["codebook"] = (
            wanted if isinstance(wanted, str) else cells.get("codebook") or named_after(context)
        )
        if isinstance(separator, str) and separator and "und" in texts["name"]:
            *above, last = [part.strip() for part in texts["name"]["und"].split(separator)]
            yield from _folders(above, cells["codebook"], row.line, folders)
            texts["name"]["und"] = last
            if above:
                cells["parent"] = folders[tuple(above)]
            folders.setdefault((*above, last), _id(cells, texts["name"]))
        id = _id(cells, texts["name"])
        if id in seen:
            report.add("B109", cells.get("name") or id, place=f"line {row.line}")
            continue
        seen.add(id)
        rest = _rest(heads, [unguard(cell) for cell in row.cells])
        yield _Row(id, row.line, cells, texts["name"], texts["definition"], rest)


def _rest(heads: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """What no field holds: columns that are not known, and a word that is neither yes nor no."""
    found = {}
    for at, cell in enumerate(cells):
        head = heads[at] if at < len(heads) else ""
        field = _field(head)
        if cell and (field is None or (field == "codable" and cell.lower() not in TRUTH)):
            found[head or f"column {at + 1}"] = cell
    return found


def _folders(
    names: Sequence[str], codebook: str, line: int, found: dict[tuple[str, ...], str]
) -> Iterator[_Row]:
    """The folders that a name with levels lies in, made where they are not there."""
    for depth in range(1, len(names) + 1):
        path = tuple(names[:depth])
        if path not in found:
            found[path] = make_id("theme", "codebook", codebook, *path)
            cells = {"name": path[-1], "codebook": codebook, "codable": "no"}
            if depth > 1:
                cells["parent"] = found[path[:-1]]
            yield _Row(found[path], line, cells, {"und": path[-1]}, {})


def _id(cells: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The id of a theme: the one written, else of its GUID, its code or its name."""
    if cells.get("id", "").startswith("theme/"):
        return cells["id"]
    if guid := cells.get("guid"):
        return make_id("theme", "qda", folded(guid))
    own = cells.get("id") or cells.get("code") or next(iter(names.values()), "")
    return make_id("theme", "codebook", cells["codebook"], cells.get("parent"), own)


def _field(cell: str) -> str | None:
    return COLUMNS.get(_plain(cell))


def _language(cell: str) -> str:
    return cell.strip().partition(":")[2].strip() or "und"


def _find_parents(rows: Sequence[_Row], report: Report) -> None:
    """Finds the parents that rows name, by id, code or name."""
    by: dict[str, set[str]] = {}
    for row in rows:
        known = (row.id, row.cells.get("id"), row.cells.get("code"), *row.names.values())
        for word in filter(None, known):
            by.setdefault(word, set()).add(row.id)
    ids = {row.id for row in rows}
    for row in rows:
        named = [row.cells.get("parent", "")]
        named += row.cells.get("also within", "").split(SEPARATOR)
        for word in filter(None, named):
            found = {word} if word in ids else by.get(word, set())
            if len(found) == 1:
                row.parents += [one for one in found if one not in row.parents]
            else:
                why = "several have this name" if found else "nobody has it"
                report.add("B103", f"{word!r:.60}: {why}", place=f"line {row.line}")


def write(
    dataset: Dataset,
    stream: BinaryIO,
    *,
    codebook: str | None = None,
    delimiter: Literal[",", ";", "\t"] = ",",
) -> None:
    """Writes themes as a table, in UTF-8 with a byte-order mark so that Excel reads it.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.

    Args:
        dataset: The records.
        stream: Where the bytes go.
        codebook: Name of the codebook; all if not given, ``jmdi-clusters`` for the seven
            clusters of the programme.
        delimiter: What separates the cells.

    Raises:
        DataError: If there is no theme.
    """
    themes = chosen(dataset, codebook)
    languages = {
        name: sorted({one for theme in themes for one in getattr(theme, field)} | {"und"})
        for name, field in (("name", "names"), ("definition", "definition"))
    }
    headers = [f"name:{one}".removesuffix(":und") for one in languages["name"]]
    headers += [f"definition:{one}".removesuffix(":und") for one in languages["definition"]]
    rows = [["id", "codebook", "code", "parent", "also within", *headers]]
    rows[0] += ["codable", "colour", "guid"]
    for theme in themes:
        cells = [theme.id, theme.codebook, theme.code, theme.parent]
        cells.append(SEPARATOR.join(theme.also_within))
        cells += [theme.names.get(one) for one in languages["name"]]
        cells += [theme.definition.get(one) for one in languages["definition"]]
        cells.append({True: "yes", False: "no"}.get(theme.codable))  # type: ignore[arg-type]
        cells += [theme.colour, theme.guid]
        rows.append([guard(cell) if cell else "" for cell in cells])
    text = io.StringIO()
    for row in rows:
        text.write(write_row(row, delimiter))
    stream.write(b"\xef\xbb\xbf" + text.getvalue().encode())
