"""Makes all derived text again, in an order in which each finds what it is made from.

    python tools/make.py

tests/archive is not touched: its files are frozen, and only tools/make_archive.py adds a release.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parent
STEPS = ("make_datasets", "make_schemas", "make_examples", "make_reference", "make_changelog")


def main() -> None:
    """Runs every step, each in a process of its own."""
    for step in STEPS:
        print(step, flush=True)
        subprocess.run([sys.executable, str(TOOLS / f"{step}.py")], cwd=TOOLS.parent, check=True)


if __name__ == "__main__":
    main()
