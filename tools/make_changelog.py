"""Writes the news fragments of changelog.d into CHANGELOG.md.

    python tools/make_changelog.py          # the section of what is not released yet
    python tools/make_changelog.py 26.1     # a release: its section, and the fragments are deleted

Sections of releases are never written again.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "CHANGELOG.md"
SECTIONS = ("added", "changed", "fixed", "removed")
TITLE = "# Changelog\n"
UNRELEASED = "Unreleased"


def fragments() -> dict[str, list[Path]]:
    """The fragments of each section, by name.

    Raises:
        SystemExit: If a fragment is of no section.
    """
    found: dict[str, list[Path]] = {section: [] for section in SECTIONS}
    for path in sorted((ROOT / "changelog.d").glob("*.md")):
        if path.name == "README.md":
            continue
        section = path.stem.rpartition(".")[2]
        if section not in found:
            raise SystemExit(f"{path.name}: end its name in .{'.md, .'.join(SECTIONS)}.md")
        found[section].append(path)
    return found


def changelog(old: str, heading: str) -> str:
    """The changelog with one section for all fragments, above those of the releases.

    Args:
        old: The changelog as it is.
        heading: The heading of the section: a version, or ``Unreleased``.
    """
    lines = [TITLE, f"\n## {heading}\n"]
    for section, paths in fragments().items():
        if paths:
            lines.append(f"\n### {section.capitalize()}\n\n")
            lines += [f"- {' '.join(p.read_text(encoding='utf-8').split())}\n" for p in paths]
    _, *releases = old.split("\n## ")
    kept = [text for text in releases if not text.startswith(UNRELEASED)]
    return "".join([*lines, *(f"\n## {text}" for text in kept)])


def main(version: str | None = None) -> None:
    """Writes the changelog; with a version it becomes that of the release."""
    old = TARGET.read_text(encoding="utf-8") if TARGET.exists() else TITLE
    TARGET.write_text(changelog(old, version or UNRELEASED), encoding="utf-8", newline="\n")
    if version is not None:
        for path in (path for paths in fragments().values() for path in paths):
            path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:2])
