"""Makes again all that is derived, so that a change of the code has nothing else to keep in step.

    python tools/make.py                       # all of it
    python tools/make.py schemas changelog     # some of it
    python tools/make.py docs                  # what the code blocks of pages print (minutes)

Look at the differences before you commit them: what a page prints otherwise may be a mistake of
the code. tests/archive is not touched: its files are frozen, and only tools/make_archive.py adds
a release.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("examples", "discussions", "surveys", "datasets", "sample", "schemas", "changelog")
"""In an order in which each part finds what it is made from."""

LONG = ("docs",)
"""Parts that take minutes, and are made only when asked for."""


def make(part: str) -> None:
    """Makes one part again, in a process of its own."""
    print(part, flush=True)
    command = [f"tools/make_{part}.py"]
    if part == "docs":
        command = ["tools/run_docs.py", "--update"]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)


def main(parts: list[str]) -> None:
    """Makes the named parts, or all but the long ones.

    Raises:
        SystemExit: If there is no such part.
    """
    if unknown := sorted(set(parts) - {*PARTS, *LONG}):
        raise SystemExit(f"no part is named {unknown[0]!r}; there are {', '.join(PARTS + LONG)}")
    for part in parts or PARTS:
        make(part)


if __name__ == "__main__":
    main(sys.argv[1:])
