"""The header of a file: format, writer, and the kinds and facets that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from jmdi.classes import frozen
from jmdi.errors import DataError, FormatError, FormatTooNew, Problem, Severity, Where
from jmdi.files.migrations import path_of
from jmdi.model.declare import NAME, spec_of
from jmdi.model.frozen import EMPTY, freeze
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.writing import sorted_json
from jmdi.plugins.catalog import Catalog, ancestors_of, standin
from jmdi.plugins.distributions import version_of
from jmdi.plugins.specs import Migration

__all__ = ["FORMAT", "Header", "Order", "make_header", "read_header"]

FORMAT = "1.0"
MAJOR = 1

Order: TypeAlias = Literal["canonical", "input"]
"""The order of records in a file: canonical, or as they were read."""


@frozen
class Header:
    """A header that was read, and how the kinds in its file are to be handled.

    Attributes:
        raw: All of it, as it was.
        kinds: Its entries of kinds, by name.
        facets: Its entries of facets, by name.
    """

    raw: Mapping[str, Any]
    kinds: Mapping[str, Mapping[str, Any]]
    facets: Mapping[str, Mapping[str, Any]] = EMPTY

    def resolve(self, kind: str, catalog: Catalog, *, relation: bool) -> type[Record]:
        """The class for records of a kind in this file.

        A kind that is not installed, or only in a version that cannot read this one, gets a
        stand-in of its nearest ancestor that is.
        """
        known = catalog.kinds.get(kind)
        if known is not None and self._readable(known, catalog):
            return known
        ancestors = self.kinds.get(kind, {}).get("is") or (known and ancestors_of(known)) or ()
        named: list[Any] = [catalog.kinds[name] for name in ancestors if name in catalog.kinds]
        base: Any = next((cls for cls in named if self._readable(cls, catalog)), None)
        if base is None or issubclass(base, Relation) != relation:
            base = Relation if relation else Entity
        return standin(base, kind, self._said(kind) or 1)

    def _paths(self, cls: type[Record], catalog: Catalog) -> list[tuple[Migration, ...] | None]:
        """The migrations that each declaring class of a kind needs, of its ancestors first."""
        lineage = reversed(_lineage(cls))
        return [path_of(catalog, c, self._said(c.kind) or spec_of(c).version) for c in lineage]

    def _said(self, kind: str) -> int | None:
        version = self.kinds.get(kind, EMPTY).get("v")
        return version if version is None else int(version)

    def _readable(self, cls: type[Record], catalog: Catalog) -> bool:
        """Whether the installed version of a kind, and of those above it, can read the file's."""
        return None not in self._paths(cls, catalog)

    def steps(self, cls: type[Record], catalog: Catalog) -> tuple[Migration, ...]:
        """The migrations that records of a class in this file need, of its ancestors first."""
        return tuple(step for path in self._paths(cls, catalog) for step in path or ())

    def facet_steps(self, catalog: Catalog) -> dict[str, tuple[Migration, ...]]:
        """The migrations that facets in this file need, by facet."""
        paths = {name: self._facet_path(name, catalog) for name in self.facets}
        return {name: steps for name, steps in paths.items() if steps}

    def raw_facets(self, catalog: Catalog) -> frozenset[str]:
        """The facets of this file that cannot be read here and stay as they are."""
        return frozenset(n for n in self.facets if self._facet_path(n, catalog) is None)

    def _facet_path(self, name: str, catalog: Catalog) -> tuple[Migration, ...] | None:
        cls = catalog.facets.get(name)
        return path_of(catalog, cls, self.facets[name].get("v", 1)) if cls else None


def _lineage(cls: type[Record]) -> list[Any]:
    """The classes whose fields a class has, itself first; a stand-in declares none."""
    return [
        base
        for base in cls.__mro__
        if "__jmdi__" in base.__dict__ and base is not Record and not getattr(base, "standin", 0)
    ]


def read_header(raw: object, name: str) -> Header:
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
    if isinstance(version, int) and version > MAJOR and not isinstance(version, bool):
        version = f"{version}.0"  # what a newer version may write is not known
    if (
        not isinstance(raw, Mapping)
        or not isinstance(version, str)
        or not re.fullmatch(r"[0-9]{1,20}\.[0-9]{1,20}", version)
    ):
        message = "the file does not begin with a jmdi header"
        cure = f'its first line must be {{"jmdi":"{FORMAT}", …}}'
        raise FormatError([Problem("J102", Severity.ERROR, message, where, cure=cure)])
    if int(version.partition(".")[0]) > MAJOR:
        message = (
            f"written by {raw.get('by', 'a newer jmdi')!s:.60} in format {version}; "
            f"this is jmdi {version_of('jmdi')} and reads format {MAJOR}"
        )
        problem = Problem("J110", Severity.ERROR, message, where, cure="upgrade jmdi")
        raise FormatTooNew([problem])
    for what in ("kinds", "facets"):
        table = raw.get(what, {})
        if not isinstance(table, Mapping) or not all(map(_sound, table.items())):
            message = f"the header's {what!r} is not a table of names with version and ancestors"
            raise FormatError([Problem("J102", Severity.ERROR, message, where, f"/{what}")])
    try:
        frozen = freeze(raw)
    except ValueError as error:
        raise FormatError([Problem("J102", Severity.ERROR, f"header: {error}", where)]) from None
    return Header(frozen, frozen.get("kinds", EMPTY), frozen.get("facets", EMPTY))


def _sound(item: tuple[str, Any]) -> bool:
    name, entry = item
    if not NAME.fullmatch(name) or not isinstance(entry, Mapping):
        return False
    version, ancestors = entry.get("v", 1), entry.get("is", [])
    return (
        isinstance(version, int)
        and not isinstance(version, bool)
        and version >= 1
        and isinstance(ancestors, (list, tuple))
        and all(isinstance(a, str) for a in ancestors)
    )


def make_header(
    records: Sequence[Record], catalog: Catalog, old: Mapping[str, Any]
) -> dict[str, Any]:
    """The header for records, with what an older header said that still holds.

    Args:
        records: The records of the file.
        catalog: The installed kinds and facets.
        old: The header of the file that the records were read from; may be empty.

    Raises:
        DataError: If records of one kind, or facets of one name, are of different versions.
    """
    classes = {type(record): None for record in records}
    typed = {name for record in records if record.facets for name in record.facets}
    raw = {name for record in records if record.extra for name in record.extra}
    old_kinds, old_facets = old.get("kinds", {}), old.get("facets", {})
    kinds = {n: e for n, e in old_kinds.items() if n not in catalog.kinds}
    for cls in classes:
        kinds |= _unread_ancestors(cls, old_kinds, catalog) if cls.standin else {}
        for base in _lineage(cls):
            if ":" in base.kind and (base.kind in catalog.kinds or base.kind not in kinds):
                kinds[base.kind] = _kind_entry(base, catalog)
    for cls in classes:
        entry = _standin_entry(cls, old_kinds) if cls.standin else _kind_entry(cls, catalog)
        _refuse_two_versions("kind", cls.kind, kinds.get(cls.kind), entry)
        kinds[cls.kind] = entry
    blocks = {n: e for n, e in old_facets.items() if n not in catalog.facets or n in raw}
    for name in sorted(typed):
        entry = _entry(name, "facet", catalog)
        if blocks.get(name, entry).get("v", 1) > entry["v"]:
            _refuse_two_versions("facet", name, blocks[name], entry)
        blocks[name] = entry
    header: dict[str, Any] = {"jmdi": FORMAT, "by": f"jmdi {version_of('jmdi')}"}
    header["kinds"] = {name: sorted_json(kinds[name]) for name in sorted(kinds)}
    if blocks:
        header["facets"] = {name: sorted_json(blocks[name]) for name in sorted(blocks)}
    for name in sorted(set(old) - set(header) - {"facets", "records"}):
        header[name] = sorted_json(old[name])
    return header


def _kind_entry(cls: type[Record], catalog: Catalog) -> Mapping[str, Any]:
    entry = _entry(cls.kind, "kind", catalog)
    entry["v"] = spec_of(cls).version
    if ":" in cls.kind:
        entry["is"] = list(ancestors_of(cls))
    return entry


def _standin_entry(cls: type[Record], old: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the file that a stand-in was read from said of its kind."""
    return old.get(cls.kind) or {"v": spec_of(cls).version, "is": list(ancestors_of(cls))}


def _unread_ancestors(
    cls: type[Record], old: Mapping[str, Any], catalog: Catalog
) -> dict[str, Mapping[str, Any]]:
    """What the file said of the ancestors of a stand-in whose version cannot be read here.

    Without it, whoever reads the file again would take their fields for those of its own version.
    """
    named = [n for n in _standin_entry(cls, old).get("is", ()) if n in old and n in catalog.kinds]
    return {n: old[n] for n in named if path_of(catalog, catalog.kinds[n], _v(old[n])) is None}


def _v(entry: Mapping[str, Any]) -> int:
    return int(entry.get("v", 1))


def _refuse_two_versions(
    what: str, name: str, one: Mapping[str, Any] | None, other: Mapping[str, Any]
) -> None:
    """A header can say only one version of a kind, so a file can hold only one."""
    if one is not None and one.get("v", 1) != other.get("v", 1):
        message = (
            f"{what} {name!r} is here in versions {one.get('v', 1)} and {other.get('v', 1)}, "
            "and one file can hold only one of them"
        )
        cure = "upgrade the plugin that declares it and read the files again"
        raise DataError([Problem("J209", Severity.ERROR, message, cure=cure)])


def _entry(name: str, what: str, catalog: Catalog) -> dict[str, Any]:
    facet = catalog.facets.get(name)
    entry: dict[str, Any] = {"v": spec_of(facet).version if facet else 1}
    origin = catalog.origin(what, name)
    if origin is not None and ":" in name and not origin.distribution.startswith("("):
        entry["from"] = str(origin).strip()
    return entry
