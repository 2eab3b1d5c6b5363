"""What is installed, as the metadata folders beside packages say.

`importlib.metadata` reads the same. To import it, and ``email`` and ``zipfile`` with it, takes ten
times as long as all of this, in every process; so it is asked only where distributions may be
elsewhere than in folders of ``sys.path``.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any, TypeAlias

from jmdi.classes import frozen

__all__ = ["NOT_INSTALLED", "Entry", "entries_of", "version_of"]

NOT_INSTALLED = "(not installed)"
UNKNOWN = "(unknown)"

Reader: TypeAlias = Callable[[str], str | None]
"""Gives the text of a file of a distribution's metadata; ``None`` if it is not there."""


@frozen
class Entry:
    """An entry point.

    Attributes:
        name: Its name.
        value: The module, and after a colon the object, that it stands for.
        distribution: Name of the distribution that declares it.
        version: Version of that distribution.
    """

    name: str
    value: str
    distribution: str
    version: str

    def load(self) -> object:
        """Imports what it stands for."""
        module, _, attribute = self.value.partition("[")[0].strip().partition(":")
        found: object = importlib.import_module(module.strip())
        for part in filter(None, attribute.strip().split(".")):
            found = getattr(found, part)
        return found


def entries_of(group: str) -> list[Entry]:
    """The entry points of a group, those of the first distribution of each name."""
    found: dict[str, list[Entry]] = {}
    for read in _distributions():
        if group in (text := read("entry_points.txt") or ""):
            name, version = name_and_version(read)
            entries = [Entry(*pair, name, version) for pair in _pairs(text, group)]
            found.setdefault(_normal(name), entries)
    return [entry for entries in found.values() for entry in entries]


@functools.cache
def version_of(name: str) -> str:
    """The version of an installed distribution, or that it is not installed."""
    for read in _distributions(name):
        known, version = name_and_version(read)
        if _normal(known) == _normal(name):
            return version
    return NOT_INSTALLED


def name_and_version(read: Reader) -> tuple[str, str]:
    """Name and version of a distribution, without parsing all that its metadata say."""
    head = (read("METADATA") or read("PKG-INFO") or "").partition("\n\n")[0]
    found = dict(re.findall(r"^(Name|Version):[ \t]*(\S+)", head, re.MULTILINE))
    return found.get("Name", UNKNOWN), found.get("Version", UNKNOWN)


def _pairs(text: str, group: str) -> Iterator[tuple[str, str]]:
    """Name and value of each entry point of a group."""
    section = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] \t")
        elif section == group and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()


def _distributions(name: str = "") -> Iterator[Reader]:
    """The distributions, or those of a name, in the order of ``sys.path``."""
    finders = [f for f in sys.meta_path if hasattr(f, "find_distributions")]
    places = [Path(place) for place in sys.path]
    inner = {place: _names(place) for place in places if place.is_dir()}
    eggs = any(name.endswith(".egg") for names in inner.values() for name in names)
    if eggs or finders != [PathFinder] or any(place.is_file() for place in places):
        import importlib.metadata

        more: dict[str, Any] = {"name": name} if name else {}
        yield from (dist.read_text for dist in importlib.metadata.distributions(**more))
        return
    wanted = _normal(name)
    for place, names in inner.items():
        for folder in names:
            if folder.endswith((".dist-info", ".egg-info")) and (
                not name or _normal(folder.partition("-")[0]) == wanted
            ):
                yield functools.partial(_text, place / folder)


def _names(place: Path) -> list[str]:
    try:
        with os.scandir(place) as inner:
            return sorted(entry.name for entry in inner)
    except PermissionError:
        return []


def _text(folder: Path, name: str) -> str | None:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None


def _normal(name: str) -> str:
    """A name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
