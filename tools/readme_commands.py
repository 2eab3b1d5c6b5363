"""Prints one of the README's commands, so that CI runs what the README says and nothing else.

The command is the first shell block after the HTML comment ``<!-- command: NAME -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def command(name: str) -> str:
    """The command of this name.

    Raises:
        SystemExit: If the README has none.
    """
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- command: {re.escape(name)} -->\s*```sh\n(.*?)```", readme, re.DOTALL)
    if found is None:
        raise SystemExit(f"the README has no command {name!r}")
    return found[1]


if __name__ == "__main__":
    sys.stdout.write(command(sys.argv[1]))
