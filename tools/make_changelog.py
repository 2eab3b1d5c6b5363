"""Gathers the news fragments of changelog.d into CHANGELOG.md for a release.

python tools/make_changelog.py 26.1
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECTIONS = ("added", "changed", "fixed", "removed")
TITLE = "# Changelog\n"


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


def main(version: str) -> None:
    """Writes the release's section and removes its fragments."""
    lines = [f"\n## {version}\n"]
    gathered = fragments()
    for section, paths in gathered.items():
        if paths:
            lines.append(f"\n### {section.capitalize()}\n\n")
            lines += [f"- {' '.join(p.read_text(encoding='utf-8').split())}\n" for p in paths]
    target = ROOT / "CHANGELOG.md"
    old = target.read_text(encoding="utf-8").removeprefix(TITLE) if target.exists() else ""
    target.write_text(TITLE + "".join(lines) + old, encoding="utf-8")
    for path in (p for paths in gathered.values() for p in paths):
        path.unlink()


if __name__ == "__main__":
    main(sys.argv[1])
