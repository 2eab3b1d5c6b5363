"""Finds the importer of a file or folder: by name, else by content and ending."""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from jmdi.errors import PluginError
from jmdi.files.paths import unreadable
from jmdi.plugins.blame import blamed
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.known import convert_for, install_for
from jmdi.plugins.specs import Importer
from jmdi.running.inputs import HEAD, PathName

__all__ = ["importer_of_file", "importer_of_folder", "looks_like", "reads_packed"]

PEEKED_FILES = 200
"""How many files of a folder are looked at to find out what it is."""

LOOKS = "it looks like"
"""How an importer that is not sure begins to say what it takes a file for."""


def importer_of_folder(catalog: Catalog, source: PathName, format: str | None) -> Importer:
    """The importer for a folder: by name, else by its files, else the one for any folder.

    Raises:
        FormatError: If there is none, or several fit.
        NotFound: If there is no importer of this name.
        PluginError: If a ``sniff`` fails.
    """
    if format is not None:
        return catalog.importer(format)
    folders = [i for i in catalog.importers.values() if i.folder]
    fitting = _fitting(catalog, Path(source), [i for i in folders if i.sniff is not None])
    if not fitting:
        fitting = [i for i in folders if i.sniff is None]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(i.name for i in fitting or folders)
    raise unreadable(os.fspath(source), "is a folder", f"name the format: {names}")


def importer_of_file(
    catalog: Catalog, name: str, head: bytes, format: str | None, options: Collection[str] = ()
) -> Importer:
    """The importer for a file: by name, else by content, its ending first and the core first.

    Of plugins those are asked first whose own mark is in their files: a sheet that somebody fills
    in may look like much else.

    Only importers that have the options which are given are asked, if there are any for its
    ending: a table that nobody recognises is one when the caller says what its columns mean, and
    of several that read it by a mapping the one with the fewest other options does no more.

    What is installed does not change what reads a file that the core alone would read: where
    nobody recognises the content, the only importer of the core for its ending reads it, or the
    only one that there is.

    Raises:
        FormatError: If none knows the file.
        NotFound: If there is no importer of this name.
        PluginError: If the ``sniff`` of one that is asked fails.
    """
    if format is not None:
        return catalog.importer(format)
    lower = name.lower()
    importers = sorted(
        (i for i in catalog.importers.values() if not i.folder),
        key=lambda i: (":" in i.name, not i.marked),
    )
    ending = [i for i in importers if lower.endswith(i.extensions)]
    if not ending and not head.strip():
        raise unreadable(
            name, "is empty", "name its format if an empty file is what you mean", code="J106"
        )
    able = [i for i in importers if set(options) <= {option.name for option in i.options}]
    asked = [i for i in ending if i in able]
    if options and len(asked) == 1:
        return _recognised(catalog, asked[0], ending, head, name)
    if asked:
        importers, ending = able, asked
    reasons = []
    for importer in [*ending, *(i for i in importers if i not in ending and i.sniff)]:
        verdict = _sniff(catalog, importer, head, name)
        if verdict is True:
            return importer
        if importer in ending:
            reasons.append(f"{importer.name}: {verdict or 'it is something else'}")
    own = [i for i in ending if ":" not in i.name]
    for alone in (own, ending):
        if len(alone) == 1:
            return alone[0]  # it says better than we can what is wrong with the file
    if asked and "mapping" in options:
        return min(asked, key=lambda i: len(i.options))
    cure = _who_reads(catalog, name, reasons, importers)
    raise unreadable(name, "no importer knows this format", cure, code="J106")


def _recognised(
    catalog: Catalog, able: Importer, ending: Sequence[Importer], head: bytes, name: str
) -> Importer:
    """The only importer with the options that are given, or a sibling whose file it surely is.

    A chat is no report because reports have a date: that its importer has no such option is what
    is wrong then.
    """
    plugin, colon, _ = able.name.partition(":")
    siblings = [i for i in ending if colon and i.name.startswith(f"{plugin}:") and i.sniff]
    for one in siblings if able in siblings else ():
        if _sniff(catalog, one, head, name) is True:
            return one
    return able


def reads_packed(catalog: Catalog, head: bytes, format: str | None) -> bool:
    """Whether an importer takes a compressed file as it is, so that it is not to be unpacked.

    Args:
        catalog: The importers.
        head: The first bytes of the compressed file.
        format: The importer that is asked for; any if not given.
    """
    asked = catalog.importers.values() if format is None else [catalog.importer(format)]
    able = [i for i in asked if i.sniff is not None and not i.folder]
    return any(_sniff(catalog, i, head, "a compressed file") is True for i in able)


def looks_like(catalog: Catalog, asked: Importer, name: str, head: bytes, sure: bool) -> str:
    """What other importers take a file for of which the one that was found made nothing.

    An importer that is not sure says so: its ``sniff`` answers "it looks like a survey".

    Args:
        catalog: The importers.
        asked: The importer that could not read it.
        name: Name of the file.
        head: Its first bytes.
        sure: Whether those are named too who would have read it if it had been their turn.
    """
    others = [i for i in catalog.importers.values() if i is not asked and not i.folder and i.sniff]
    fitting = [i for i in others if name.lower().endswith(i.extensions)]
    found = []
    for importer in fitting:
        verdict: bool | str = False
        with contextlib.suppress(PluginError):  # what is wrong with the file says more
            verdict = _sniff(catalog, importer, head, name)
        if sure and verdict is True:
            verdict = f"{LOOKS} {importer.doc.rstrip('.')}"
        if isinstance(verdict, str) and verdict.startswith(LOOKS):
            found.append(f"{verdict} (--from {importer.name})")
    return "; or ".join(found)


def _sniff(catalog: Catalog, importer: Importer, head: bytes, name: str) -> bool | str:
    """Whether an importer knows a file by its first bytes, or why it does not.

    Raises:
        PluginError: If it fails: nobody else is asked, as it may be the one that the file is for.
    """
    if importer.sniff is None:
        return True
    with blamed(catalog, "importer", importer.name, did=f"failed to say whether it reads {name}"):
        return importer.sniff(head)


def _fitting(catalog: Catalog, folder: Path, importers: Sequence[Importer]) -> list[Importer]:
    """The importers of folders that know one of the first files that have their endings."""
    fitting: list[Importer] = []
    rest = list(importers)
    for path in itertools.islice(_regular_files(folder), PEEKED_FILES) if rest else ():
        asked = [i for i in rest if path.name.lower().endswith(i.extensions)]
        if asked:
            try:
                with path.open("rb") as stream:
                    head = stream.read(HEAD)
            except OSError:
                continue
            fitting += [i for i in asked if _sniff(catalog, i, head, path.name) is True]
            rest = [i for i in rest if i not in fitting]
    return fitting


def _regular_files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below, by name; links are not followed."""
    for place, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = Path(place, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _who_reads(
    catalog: Catalog, name: str, reasons: Sequence[str], importers: Sequence[Importer]
) -> str:
    if reasons:
        return "; ".join(reasons)
    known = {extension for importer in importers for extension in importer.extensions}
    ending = Path(name).suffix.lower()
    for importer in catalog.importers.values():
        if importer.folder and ending in importer.extensions and ending not in known:
            return f"{importer.name} reads folders of such files: give the name of the folder"
    cure = None if ending in known else install_for("ending", ending) or convert_for(name)
    return cure or f"known endings are {', '.join(sorted(known))}; or name the format"
