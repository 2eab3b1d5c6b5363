"""Builds the documentation site, and opens it: it works from its folder, without a server.

    python tools/build_site.py --open            # this version
    python tools/build_site.py 26.1              # under this name, beside the other versions
    python tools/build_site.py --to public 26.1

The site is ``build/site``: a folder for each version, ``versions.js`` with what their pages
offer to switch to, ``versions.json`` with the same for other programs, and an ``index.html``
that leads to the latest. Nothing that a page shows comes from anywhere else.

What it needs: ``pip install -e '.[docs]'`` and all plugins; ``nox -s docs`` installs both.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shutil
import sys
import tomllib
import webbrowser
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEAD = """<!doctype html>
<meta charset="utf-8">
<title>jmdi</title>
<meta http-equiv="refresh" content="0; url={0}">
<a href="{0}">jmdi {1}</a>
"""


def build(site: Path, version: str) -> int:
    """Builds the pages of a version, with every warning an error.

    Returns:
        The status of Sphinx: 0 if nothing on any page is wrong.

    Raises:
        SystemExit: If Sphinx is not installed.
    """
    if importlib.util.find_spec("sphinx") is None:
        raise SystemExit("Sphinx is not installed: pip install -e '.[docs]', or nox -s docs")
    from sphinx.cmd.build import build_main

    kept = ROOT / "build" / "doctrees"
    arguments = ["-q", "-n", "-W", "--keep-going", "-b", "html", "-d", str(kept)]
    arguments += ["-D", f"release={version}", "-D", f"version={version}"]
    status = build_main([*arguments, str(ROOT / "docs"), str(site / version)])
    if status:  # a page that is read already would not be warned of again
        shutil.rmtree(kept, ignore_errors=True)
    return status


def list_versions(site: Path) -> None:
    """Writes which versions there are, the latest first."""
    names = sorted((p.parent.name for p in site.glob("*/index.html")), key=_order, reverse=True)
    text = json.dumps([{"name": name, "url": f"{name}/index.html"} for name in names])
    (site / "versions.json").write_text(f"{text}\n", encoding="utf-8")
    (site / "versions.js").write_text(f"window.jmdiVersions = {text};\n", encoding="utf-8")
    (site / "index.html").write_text(LEAD.format(f"{names[0]}/index.html", names[0]), "utf-8")


def _order(name: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", name)], name


def main() -> int:
    """Builds one version, and lists all that are there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("version", nargs="?", default=project["version"], help="its name")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "site", help="the folder")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    given = parser.parse_args()
    status = build(given.to, given.version)
    first = given.to / given.version / "index.html"
    if not first.is_file():  # Sphinx has said why
        return status
    list_versions(given.to)
    print(first)
    if given.open:
        webbrowser.open(first.resolve().as_uri())
    return status


if __name__ == "__main__":
    sys.exit(main())
