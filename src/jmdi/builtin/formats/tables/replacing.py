"""Replaces the files of a folder of tables, so that a reader knows where that was interrupted.

Files can be replaced only one by one. Before the first, a commit record with the digests of the
old files and the new ones is put into the folder, and after the last it is taken away. Writers
wait for each other, so that the folder is that of the last one, whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from jmdi.files.leftovers import sweep, sync_folder, temporary_name
from jmdi.files.only_writer import only_writer
from jmdi.files.paths import unreadable
from jmdi.model.writing import dumps

__all__ = ["COMMIT", "HEADER", "README", "half_replaced", "replace_tables", "versions_of"]

HEADER = "jmdi.json"
"""The file that says which kinds, of which plugins, the tables hold."""

README = "README.md"
COMMIT = "jmdi.commit.json"
"""The file that is there only while others are replaced: their digests, old and new."""


def replace_tables(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into a folder and takes away tables that are no longer there.

    Raises:
        FormatError: If the folder holds files that no export wrote, cannot be written, or
            another writer holds it for too long.
    """
    _stale(folder)  # refuses what is not ours before anything is written
    target = folder.absolute()
    temporary = target.with_name(temporary_name(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target)
        temporary.mkdir()
        for name, content in files.items():
            _put(temporary / name, content)
        if target.exists() or not _renamed(temporary, target):
            with only_writer(target):
                _replace(target, temporary, files)
    except OSError as error:
        raise unreadable(str(folder), f"cannot be written: {error.strerror}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _renamed(temporary: Path, target: Path) -> bool:
    """Makes a folder the new one as a whole, unless another writer made one meanwhile."""
    sync_folder(temporary)
    try:
        temporary.rename(target)
    except OSError:
        if target.exists():
            return False
        raise
    sync_folder(target.parent)
    return True


def _replace(target: Path, temporary: Path, files: Mapping[str, bytes]) -> None:
    """Puts new files, which are there already, in the place of those of a folder."""
    stale = _stale(target) - set(files)
    old = {name: _digest_of(target / name) for name in sorted({*files, *stale})}
    record = {
        "old": {name: digest for name, digest in old.items() if digest},
        "new": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    _put(target / COMMIT, dumps(record).encode())
    sync_folder(target)
    for name in files:
        (temporary / name).replace(target / name)
    for name in sorted(stale):
        (target / name).unlink()
    sync_folder(target)
    (target / COMMIT).unlink()
    sync_folder(target)


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def half_replaced(folder: Path) -> tuple[list[str], list[str]] | None:
    """The files of the new export and those of the one before, where a folder holds both.

    Returns:
        Their names; ``None`` if nobody replaces it, or none or all of its files are replaced.
    """
    record = _record(folder)
    if record is None:
        return None
    old, new = _named(record, "old"), _named(record, "new")
    digests = {name: _digest_of(folder / name) for name in {*old, *new}}
    here = {name: digest for name, digest in digests.items() if digest}
    if here in (old, new) or not new:
        return None
    replaced = [name for name in sorted(here) if here[name] == new.get(name) != old.get(name)]
    return replaced, [name for name in sorted(here) if here[name] != new.get(name)]


def _record(folder: Path) -> Any:
    """What the commit record says; ``None`` if there is none."""
    try:
        return json.loads((folder / COMMIT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return {}


def _named(record: Any, member: str) -> dict[str, str]:
    """The names of files that a record has under a member, with their digests."""
    found = record.get(member) if isinstance(record, dict) else None
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: str(digest) for name, digest in pairs if Path(name).name == name}


def _digest_of(path: Path) -> str:
    """The digest of a file; nothing if it is not there."""
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def versions_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What changes when a file of a folder is replaced: node, time and size of each."""
    versions = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            state = entry.stat()
            versions[entry.name] = (state.st_ino, state.st_mtime_ns, state.st_size)
    return versions


def _stale(folder: Path) -> set[str]:
    """The tables that an earlier export left in a folder.

    Raises:
        FormatError: If the path is no folder, or holds files that no export wrote.
    """
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise unreadable(str(folder), "is a file, not a folder")
    present = {path.name for path in folder.iterdir()}
    known: Any = []
    if HEADER in present:
        try:
            known = json.loads((folder / HEADER).read_bytes()).get("tables", [])
        except (OSError, ValueError, AttributeError, RecursionError):
            known = []
    ours = {name for name in known if isinstance(name, str)} if isinstance(known, list) else set()
    if record := _record(folder):
        ours |= {*_named(record, "old"), *_named(record, "new")} - {HEADER, README}
    if others := sorted(present - ours - {HEADER, README, COMMIT}):
        raise unreadable(
            str(folder),
            f"holds files that were not exported: {', '.join(others[:3])}",
            "give a new folder",
        )
    return ours & present
