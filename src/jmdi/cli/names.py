"""Names for shell completion, kept in a file so that completing loads no plugin."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click

    from jmdi.plugins.catalog import Catalog

__all__ = ["complete", "remember"]

LARGEST = 1 << 20


def _file() -> Path:
    """The file in the user's cache directory."""
    base = os.environ.get("XDG_CACHE_HOME")
    if not base and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "jmdi" / "names.json"


def remember(catalog: Catalog) -> None:
    """Keeps the names of a catalog; does nothing when the file cannot be written."""
    names = {
        "codes": sorted(catalog.codes),
        "exporters": sorted(catalog.exporters),
        "importers": sorted(catalog.importers),
        "kinds": sorted(catalog.kinds),
        "metrics": sorted(catalog.metrics),
        "projections": sorted(catalog.projections),
    }
    text = json.dumps(names, indent=1) + "\n"
    with contextlib.suppress(OSError, RuntimeError):
        path = _file()
        if _text(path) != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                temporary.write_text(text, encoding="utf-8")
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)


def _text(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > LARGEST:
        return ""
    return path.read_text(encoding="utf-8", errors="replace")


def recall(what: str) -> list[str]:
    """The names of a sort that were kept; none if there are none."""
    with contextlib.suppress(OSError, RuntimeError, ValueError, RecursionError):
        names = json.loads(_text(_file()))
        found = names.get(what, []) if isinstance(names, dict) else []
        return [n for n in found if isinstance(n, str)] if isinstance(found, list) else []
    return []


def complete(what: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """A completion of an option or argument by kept names.

    Args:
        what: ``codes``, ``exporters``, ``importers``, ``kinds``, ``metrics`` or
            ``projections``.
    """

    def names(_: click.Context, __: click.Parameter, incomplete: str) -> list[Any]:
        return [name for name in recall(what) if name.startswith(incomplete)]

    return names
