"""What is in a folder of tables: its list, which is written last, and the names in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from jmdi import FormatError, Problem, Severity, Where
from jmdi.files.header import Header, read_header
from jmdi.files.strict_json import BadJson, parse_json

__all__ = ["HEADER", "LIST", "Folder", "Part", "Table", "digest_of", "folder_name", "opened"]

HEADER, LIST = "header.json", "tables.json"
LAYOUT = 1
"""Version of the layout; a reader refuses a newer one."""

MOST = 64_000_000
"""Bytes that the header and the list may have."""

SORTS = ("entities", "relations")

_KIND = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?")
_PART = re.compile(r"part-[0-9]{5,9}\.parquet")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@attrs.frozen(slots=True)
class Part:
    """One file of a table.

    Attributes:
        path: Where it is.
        rows: How many rows it has.
        size: How many bytes.
        digest: Their SHA-256.
    """

    path: Path
    rows: int
    size: int
    digest: str


@attrs.frozen(slots=True)
class Table:
    """The records of a kind.

    Attributes:
        kind: The kind.
        relation: Whether they have a source and a target.
        parts: Its files, in order.
        outside: By member, how many figures no column can hold.
    """

    kind: str
    relation: bool
    parts: tuple[Part, ...]
    outside: Mapping[str, int]

    @property
    def rows(self) -> int:
        """How many records it has."""
        return sum(part.rows for part in self.parts)


@attrs.frozen(slots=True)
class Folder:
    """A folder that is whole.

    Attributes:
        path: Where it is.
        header: The header of a file of its records.
        tables: Its tables, in canonical order.
    """

    path: Path
    header: Header
    tables: tuple[Table, ...]


def folder_name(kind: str) -> str:
    """The name of a kind's folder: a colon is no character for one on every system."""
    return kind.replace(":", ".")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refusal(path: Path, code: str, message: str, cure: str) -> FormatError:
    """The error for a folder that cannot be read."""
    where = Where(file=str(path))
    return FormatError([Problem(f"tables:{code}", Severity.ERROR, message, where, cure=cure)])


MAKE = "make tables of a file: jmdi convert FILE -o NAME.parquet/"
AGAIN = "write the folder again, or copy it again whole"


def opened(path: Path, *, digests: bool = True) -> Folder:
    """A folder, after its list was compared with what is there.

    Args:
        path: The folder.
        digests: Whether each part is read and compared, too; without it, only its size is.

    Raises:
        FormatError: If it was not finished, if a part is missing or is another one, or if it was
            written by a newer version.
    """
    listed, header = _json(path, LIST), _json(path, HEADER)
    version = listed.get("layout")
    if version.__class__ is not int or version != LAYOUT:
        message = f"the layout of the tables is {version!r:.40}; this version reads {LAYOUT}"
        raise refusal(path, "T103", message, "upgrade jmdi-tables")
    if listed.get("header") != digest_of(path / HEADER):
        raise refusal(path / HEADER, "T102", "is not the file that was written", AGAIN)
    tables = tuple(_tables(path, listed))
    for table in tables:
        for part in table.parts:
            _compare(part, digests)
    _refuse_unlisted(path, tables)
    return Folder(path, read_header(header, str(path / HEADER)), tables)


def _json(path: Path, name: str) -> dict[str, Any]:
    """The object in one of the two files beside the tables."""
    file = path / name
    try:
        if file.stat().st_size > MOST:
            raise refusal(file, "T104", f"has more than {MOST:,} bytes", AGAIN)
        found = parse_json(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        if not path.is_dir():
            message = "is no folder" if path.exists() else "there is no such folder"
            raise refusal(path, "T104", message, MAKE) from None
        message = f"the folder was not finished: it has no {name}, which is written last"
        raise refusal(path, "T101", message, "write it again") from None
    except (BadJson, OSError) as error:
        raise refusal(file, "T104", f"cannot be read: {error}", AGAIN) from None
    if not isinstance(found, dict):
        raise refusal(file, "T104", "is not a JSON object", AGAIN)
    return found


def _tables(path: Path, listed: Mapping[str, Any]) -> Iterator[Table]:
    """The tables of a list, in canonical order; names that lead elsewhere are refused."""
    for sort in SORTS:
        held = listed.get(sort, {})
        if not isinstance(held, dict):
            raise refusal(path / LIST, "T104", f"{sort!r} is not an object", AGAIN)
        found = [_table(path, sort, name, entry) for name, entry in held.items()]
        yield from sorted(found, key=lambda table: table.kind)


def _table(path: Path, sort: str, name: str, entry: Any) -> Table:
    try:
        if not _KIND.fullmatch(name):
            raise ValueError(f"{name!r} is no kind")
        parts = tuple(_part(path / sort / name, one) for one in entry["parts"])
        if [part.path.name for part in parts] != sorted({part.path.name for part in parts}):
            raise ValueError("parts are not in order, or twice there")
        outside = {member: _whole(count) for member, count in entry["outside"].items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"says of {sort}/{name:.60} what no list says: {error!r:.100}"
        raise refusal(path / LIST, "T104", message, AGAIN) from None
    return Table(name.replace(".", ":"), sort == "relations", parts, outside)


def _part(folder: Path, one: Any) -> Part:
    name, digest = one["name"], one["sha256"]
    if not _PART.fullmatch(name) or not _DIGEST.fullmatch(digest):
        raise ValueError(f"{name!r} is no part")
    return Part(folder / name, _whole(one["rows"]), _whole(one["bytes"]), digest)


def _whole(value: Any) -> int:
    if value.__class__ is not int or value < 0:
        raise ValueError(f"{value!r:.40} is no number of anything")
    return int(value)


def _compare(part: Part, digests: bool) -> None:
    """Refuses a part that is not what the list says."""
    try:
        same = part.path.stat().st_size == part.size
        same = same and (not digests or digest_of(part.path) == part.digest)
    except OSError as error:
        message = f"a part of the table is missing: {error.strerror}"
        raise refusal(part.path, "T102", message, AGAIN) from None
    if not same:
        raise refusal(part.path, "T102", "is not the file that was written", AGAIN)


def _refuse_unlisted(path: Path, tables: Iterable[Table]) -> None:
    """Refuses a folder with parts that the list does not name: engines read whole folders.

    Files whose names begin with a point or ``_`` no engine reads; file systems leave them.
    """
    listed = {part.path for table in tables for part in table.parts}
    there = {file for sort in SORTS for file in (path / sort).glob("*/*")}
    for file in sorted(there - listed):
        if file.name.startswith((".", "_")):
            continue
        raise refusal(file, "T102", "is not in the list of the tables", "take it away")


def list_of(header: str, tables: Mapping[tuple[str, str], Mapping[str, Any]]) -> bytes:
    """The list of a folder, as bytes.

    Args:
        header: The digest of the header.
        tables: What is said of each table, by sort and kind.
    """
    said: dict[str, Any] = {"layout": LAYOUT, "header": header}
    for sort in SORTS:
        of_sort = {k: v for (s, k), v in sorted(tables.items()) if s == sort}
        said[sort] = {folder_name(kind): entry for kind, entry in of_sort.items()}
    return json.dumps(said, indent=1).encode() + b"\n"
