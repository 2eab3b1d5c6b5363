"""The one place where numba is imported."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

__all__ = ["kernel"]

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compiles a function on its first call, once for each machine: the cache is on disk."""
    numba: Any = importlib.import_module("numba")
    return cast("F", numba.njit(cache=True, nogil=True)(function))
