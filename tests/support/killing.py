"""Writers that are killed, to see what they leave."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["killed_after"]

STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")
"""What a writer does to files, as Python's audit events name it."""


def killed_after(steps: int, write: Callable[[], object]) -> bool:
    """Writes in a process that is killed before so-many-th step; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = itertools.count(steps, -1)

        def step(event: str, _: tuple[Any, ...]) -> None:
            if event in STEPS and next(left) == 0:
                os._exit(9)

        sys.addaudithook(step)
        write()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
