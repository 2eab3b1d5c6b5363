"""What takes long to make is kept in build/kept, until a line of the code changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "kept"
SOURCES = ("src", "plugins/*/src", "tests/support", "docs/_ext", "docs/gallery", "examples")


def kept(name: str, make: Callable[[Path], None], target: Path = KEPT) -> Path:
    """The folder that was made under a name by this code, or is made now.

    Args:
        name: What it is.
        make: Fills an empty folder.
        target: Where folders are kept.
    """
    folder = target / f"{name}-{_digest()}"
    if not folder.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as new:
            made = Path(new) / name
            made.mkdir()
            make(made)
            made.rename(folder)
    return folder


def _digest() -> str:
    """What the code says, all of it: metrics, layouts and examples stand in many files."""
    digest = hashlib.blake2b(digest_size=8)
    for pattern in SOURCES:
        for folder in sorted(ROOT.glob(pattern)):
            for path in sorted(folder.rglob("*.*")):
                if path.is_file() and path.suffix not in (".pyc", ".md"):
                    digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
