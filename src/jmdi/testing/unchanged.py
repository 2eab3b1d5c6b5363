"""What need not be tried again at the next save: it passed, and its files are as they were.

Only ``pytest --jmdi-quick`` looks here. The files of what a plugin adds are that of its function,
and all of the same package that are named in one of them. Of jmdi, of other plugins that are named
there, of what in the package is no Python, and of Python beside the tests, any file counts. Other
libraries are not looked at: the full run tries all. The samples of the suite count, too.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import inspect
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from jmdi.plugins.lazy import LazyRef

__all__ = ["Memory", "digest_of"]

_NAMES = re.compile(r"\bfrom\s+(\.*[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)|\b(\w+(?:\.\w+)+)")
"""What names a module: an import from it, or a name with dots, as ``package.module:function``."""


@attrs.define(slots=True)
class Memory:
    """What each check passed on.

    Attributes:
        held: Digests by the name of what was tried, by the address of the check.
        check: The check that runs now.
        tried: What it tries.
    """

    held: dict[str, dict[str, str]]
    check: str = ""
    tried: dict[str, str] = attrs.field(factory=dict)

    def begin(self, check: str) -> None:
        """Says which check runs now."""
        self.check, self.tried = check, {}

    def is_known(self, name: str, digest: str) -> bool:
        """Whether the check that runs now passed on this; if not, it is tried now."""
        if self.held.get(self.check, {}).get(name) == digest:
            return True
        self.tried[name] = digest
        return False

    def passed(self) -> None:
        """Says that the check that runs now found nothing."""
        self.held.setdefault(self.check, {}).update(self.tried)


def digest_of(item: object, suite: type) -> str | None:
    """A digest of the files that decide whether what a plugin adds passes.

    Args:
        item: What it adds: a specification, or the class of a kind or facet.
        suite: The class of the tests.

    Returns:
        The digest; ``None`` if a file is not known, so that it is always tried.
    """
    modules = set(_modules(item))
    packages = {name.partition(".")[0] for name in modules} - {"jmdi"}
    try:
        tests = Path(inspect.getfile(suite)).parent
        homes = {name: _home(name) for name in {*packages, "jmdi"}}
    except (OSError, TypeError, ValueError, ImportError, AttributeError):
        return None
    files: dict[Path, str] = {}
    others: set[str] = set()
    for name in modules:
        _gather(name, homes[name.partition(".")[0]], files, others)
    stamps = [_stamp(tests, code=True), _stamp(homes["jmdi"] / "jmdi", deep=True)]
    stamps += [_stamp(homes[name] / name, deep=True, code=False) for name in sorted(packages)]
    stamps += [
        _stamp(_home(name) / name, deep=True)
        for name in sorted(others - packages)
        if _is_there(name)
    ]
    stamps += [_stamp(path, deep=True) for path in _samples(suite)]
    parts = [*stamps, *(f"{path}\0{files[path]}" for path in sorted(files))]
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _modules(item: object) -> Iterator[str]:
    """The modules of what is added: those of its class, or of its functions."""
    if isinstance(item, type):
        yield item.__module__
    elif attrs.has(cls := type(item)):
        for attribute in attrs.fields(cls):
            part = getattr(item, attribute.name)
            if isinstance(part, LazyRef):
                yield part.target.partition(":")[0]
            elif callable(part):
                yield getattr(part, "__module__", "")


def _samples(suite: Any) -> Iterator[Path]:
    """The files and folders that importers are tried on."""
    given = getattr(suite, "samples", ())
    by_name = given.values() if isinstance(given, Mapping) else [given]
    yield from (Path(file) for files in by_name for file in files if not isinstance(file, tuple))


@functools.cache
def _home(package: str) -> Path:
    """The folder that holds a package, or a module that is none.

    Raises:
        ValueError: If it has no file.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None or not spec.has_location:
        raise ValueError(f"{package} has no file")
    path = Path(spec.origin)
    return path.parents[1] if path.name == "__init__.py" else path.parent


def _is_there(package: str) -> bool:
    try:
        return _home(package).is_dir()
    except (ImportError, ValueError):
        return False


def _gather(name: str, home: Path, files: dict[Path, str], others: set[str]) -> None:
    """Adds the digest of a module and of all of the same package that it names, and other packages.

    Args:
        name: Name of the module, or of what is in one.
        home: The folder that holds its package.
        files: Digests by file, which are added to.
        others: Names of other packages of jmdi, which are added to.
    """
    package = name.partition(".")[0]
    for path, dotted in _holding(name, home):
        if path not in files:
            files[path], named = _read(path, dotted)
            for other in named:
                if other.startswith(f"{package}."):
                    _gather(other, home, files, others)
                else:
                    others.add(other.partition(".")[0])


@functools.cache
def _holding(name: str, home: Path) -> list[tuple[Path, str]]:
    """The files of a module and of the packages around it; of a name in a module, the module's."""
    found, parts = [], name.split(".")
    for depth in range(1, len(parts) + 1):
        path = _path(home.joinpath(*parts[:depth]))
        if path is None:
            break
        found.append((path, ".".join(parts[:depth])))
    return found


@functools.cache
def _read(path: Path, name: str) -> tuple[str, frozenset[str]]:
    """The digest of the file of a module, and what it names of jmdi and of its own package."""
    data = path.read_bytes()
    inside = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    named = frozenset(_named(data.decode("utf-8", "replace"), inside, name.partition(".")[0]))
    return hashlib.blake2b(data, digest_size=16).hexdigest(), named


@functools.cache
def _path(stem: Path) -> Path | None:
    found = (stem.with_name(f"{stem.name}.py"), stem / "__init__.py")
    return next((path for path in found if path.is_file()), None)


def _named(text: str, inside: list[str], package: str) -> Iterator[str]:
    """What a module names of its package, and of others of jmdi.

    Args:
        text: Its text.
        inside: The parts of the name of the package that holds it.
        package: The first of them.
    """
    for start, names, dotted in _NAMES.findall(text):
        if start.startswith("."):
            up = len(start) - len(start.lstrip("."))
            start = ".".join([*inside[: len(inside) - up + 1], *filter(None, [start.lstrip(".")])])
        for name in [dotted] if dotted else [f"{start}.{n}" for n in re.findall(r"\w+", names)]:
            if name.startswith((f"{package}.", "jmdi_")):
                yield name


@functools.cache
def _stamp(folder: Path, *, deep: bool = False, code: bool | None = None) -> str:
    """Names, sizes and times of the files in a folder.

    Args:
        folder: The folder, or a file.
        deep: Whether those of folders within count.
        code: Whether only those of Python count, or only the others; ``None`` for all.
    """
    found = [f"{folder} {folder.stat().st_mtime_ns}"] if folder.is_file() else []
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if deep and f != "__pycache__")
        for name in sorted(names):
            if code is None or code == name.endswith((".py", ".pyc")):
                state = Path(home, name).stat()
                found.append(f"{home}/{name} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(found)
