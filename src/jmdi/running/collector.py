"""A bounded pause of the garbage collector, shared by all that read at the same time."""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from collections.abc import Iterator

__all__ = ["paused"]

_lock = threading.Lock()
_users = 0
_was_enabled = False


def _in_a_child() -> None:
    """After a fork the other threads, and with them their pauses, are gone."""
    global _lock, _users
    _lock = threading.Lock()
    if _users and _was_enabled:
        gc.enable()
    _users = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_child)


@contextlib.contextmanager
def paused() -> Iterator[None]:
    """Pauses the garbage collector: walking millions of new records is most of loading.

    The collector belongs to the whole process. The first user pauses it and the last one puts
    it back, so that reads in several threads, whatever their order, never leave it off.
    """
    global _users, _was_enabled
    with _lock:
        if _users == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users = max(0, _users - 1)  # a fork sets it to 0
            if _users == 0 and _was_enabled:
                gc.enable()
