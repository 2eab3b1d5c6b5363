"""The header of a file: format, writer, and the kinds and facets that it uses."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from jmdi.errors import FormatError, FormatTooNew, Problem, Severity, Where
from jmdi.files.migrations import path_of
from jmdi.files.scalars import sorted_json
from jmdi.model.declare import NAME, spec_of
from jmdi.model.frozen import freeze
from jmdi.model.records import Record
from jmdi.plugins.catalog import Catalog, ancestors_of
from jmdi.plugins.specs import Migration

__all__ = ["FORMAT", "Header", "make_header", "read_header"]

FORMAT = "1.0"
MAJOR = 1


@attrs.frozen(slots=True)
class Header:
    """A header that was read, and how the kinds in its file are to be handled.

    Attributes:
        raw: All of it, as it was.
        kinds: Its entries of kinds, by name.
    """

    raw: Mapping[str, Any]
    kinds: Mapping[str, Mapping[str, Any]]

    def version(self, kind: str, catalog: Catalog) -> int:
        """The version of a kind in the file; the installed one if the file does not say."""
        entry = self.kinds.get(kind)
        if entry is not None and isinstance(entry.get("v"), int):
            return int(entry["v"])
        known = catalog.kinds.get(kind)
        return spec_of(known).version if known else 1

    def resolve(self, kind: str, catalog: Catalog, *, relation: bool) -> type[Record]:
        """The class for records of a kind in this file."""
        version = self.version(kind, catalog)
        if path_of(catalog, kind, version) is None:
            version = spec_of(catalog.kinds[kind]).version + 1
        ancestors = self.kinds.get(kind, {}).get("is", ())
        return catalog.resolve(kind, version, tuple(ancestors), relation=relation)

    def steps(self, kind: str, catalog: Catalog) -> tuple[Migration, ...]:
        """The migrations that records of a kind in this file need."""
        return path_of(catalog, kind, self.version(kind, catalog)) or ()

    def facet_steps(self, catalog: Catalog) -> dict[str, tuple[Migration, ...]]:
        """The migrations that facets in this file need, by facet."""
        facets = self.raw.get("facets", {})
        versions = {n: e.get("v", 1) for n, e in facets.items() if isinstance(e, Mapping)}
        paths = {n: path_of(catalog, n, v) for n, v in versions.items() if isinstance(v, int)}
        return {name: steps for name, steps in paths.items() if steps}


def read_header(raw: Any, name: str) -> Header:
    """The header of a file.

    Args:
        raw: The first JSON object of the file.
        name: Name of the file.

    Raises:
        FormatError: If it is not the header of a jmdi file.
        FormatTooNew: If its major version is newer than this jmdi reads.
    """
    where = Where(file=name, line=1)
    version = raw.get("jmdi") if isinstance(raw, Mapping) else None
    if not isinstance(version, str) or not re.fullmatch(r"\d{1,6}\.\d{1,6}", version):
        message = "the file does not begin with a jmdi header"
        hint = f'its first line must be {{"jmdi":"{FORMAT}", …}}'
        raise FormatError([Problem("J102", Severity.ERROR, message, where, hint=hint)])
    if int(version.partition(".")[0]) > MAJOR:
        message = (
            f"written by {raw.get('by', 'a newer jmdi')} in format {version}; "
            f"this is jmdi {_version()} and reads format {MAJOR}"
        )
        problem = Problem("J110", Severity.ERROR, message, where, hint="upgrade jmdi")
        raise FormatTooNew([problem])
    kinds = raw.get("kinds", {})
    if not isinstance(kinds, Mapping) or not all(map(_sound, kinds.items())):
        message = "the header's 'kinds' is not a table of kinds with version and ancestors"
        raise FormatError([Problem("J102", Severity.ERROR, message, where, "/kinds")])
    return Header(raw=freeze(raw), kinds=kinds)


def _sound(item: tuple[str, Any]) -> bool:
    name, entry = item
    if not NAME.fullmatch(name) or not isinstance(entry, Mapping):
        return False
    version, ancestors = entry.get("v", 1), entry.get("is", [])
    return (
        isinstance(version, int)
        and not isinstance(version, bool)
        and isinstance(ancestors, (list, tuple))
        and all(isinstance(a, str) for a in ancestors)
    )


def make_header(
    records: Iterable[Record], catalog: Catalog, old: Mapping[str, Any]
) -> dict[str, Any]:
    """The header for records, with what an older header said that still holds.

    Args:
        records: The records of the file.
        catalog: The installed kinds and facets.
        old: The header of the file that the records were read from; may be empty.
    """
    classes = {type(record): None for record in records}
    facets = sorted({name for record in records if record.facets for name in record.facets})
    old_kinds, old_facets = old.get("kinds", {}), old.get("facets", {})
    kinds = {n: e for n, e in old_kinds.items() if n not in catalog.kinds}
    kinds.update((cls.kind, _kind_entry(cls, catalog, old_kinds)) for cls in classes)
    blocks = {n: e for n, e in old_facets.items() if n not in catalog.facets}
    blocks.update((name, _entry(name, "facet", catalog)) for name in facets)
    header: dict[str, Any] = {"jmdi": FORMAT, "by": f"jmdi {_version()}"}
    header["kinds"] = {name: sorted_json(kinds[name]) for name in sorted(kinds)}
    if blocks:
        header["facets"] = {name: sorted_json(blocks[name]) for name in sorted(blocks)}
    for name in sorted(set(old) - set(header) - {"facets", "records"}):
        header[name] = sorted_json(old[name])
    return header


def _kind_entry(cls: type[Record], catalog: Catalog, old: Mapping[str, Any]) -> Mapping[str, Any]:
    if cls.standin:
        return old.get(cls.kind) or {"v": spec_of(cls).version, "is": list(ancestors_of(cls))}
    entry = _entry(cls.kind, "kind", catalog)
    entry["v"] = spec_of(cls).version
    if ":" in cls.kind:
        entry["is"] = list(ancestors_of(cls))
    return entry


def _entry(name: str, what: str, catalog: Catalog) -> dict[str, Any]:
    facet = catalog.facets.get(name)
    entry: dict[str, Any] = {"v": spec_of(facet).version if facet else 1}
    origin = catalog.origin(what, name)
    if origin is not None and ":" in name:
        entry["from"] = str(origin).strip()
    return entry


def _version() -> str:
    try:
        return importlib.metadata.version("jmdi")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"
