"""The one place where numba is imported, and only where there is enough to compute."""

from __future__ import annotations

import functools
import importlib
import types
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

__all__ = ["kernel", "reading_kernel"]

F = TypeVar("F", bound=Callable[..., Any])

BUDGET = 3_500_000
"""What a process computes in plain Python before it compiles the rest, in squares of input sizes.

To import numba and load some compiled kernels takes half a second of processor time. Plain Python
takes as long for betweenness, constraint, brokerage and communities of 120 actors with 1,000 ties
(`benchmarks/bench_first_number.py`).
"""

_left = [BUDGET]


def kernel(function: F) -> F:
    """A loop that numba compiles on its first call, and keeps on disk, once for each machine."""
    return cast("F", _Kernel(function))


def reading_kernel(function: F) -> F:
    """A kernel that changes nothing of its input, and runs as plain Python where that is small.

    Both forms give the same to the last bit: `tests/test_kernels.py` compares them.
    """
    return cast("F", _ReadingKernel(function))


class _Kernel:
    """A function with a plain and a compiled form; kernels that it calls have the same form."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        functools.update_wrapper(self, function)

    def __reduce__(self) -> str:
        """Pickles by name, as a function does."""
        return str(self._function.__qualname__)

    def __call__(self, *args: Any) -> Any:
        return self.compiled(*args)

    @functools.cached_property
    def plain(self) -> Callable[..., Any]:
        """The function as Python runs it."""
        return self._with_kernels("plain")

    @functools.cached_property
    def compiled(self) -> Callable[..., Any]:
        """The function as numba compiles it on its first call."""
        numba: Any = importlib.import_module("numba")
        function = self._with_kernels("compiled")
        return cast("Callable[..., Any]", numba.njit(cache=True, nogil=True)(function))

    def _with_kernels(self, form: str) -> Callable[..., Any]:
        """The function, with the kernels that it calls in one form."""
        function: Any = self._function
        names = {
            name: getattr(value, form) if isinstance(value, _Kernel) else value
            for name, value in function.__globals__.items()
            if name in function.__code__.co_names or name.startswith("__")
        }
        made = types.FunctionType(
            function.__code__, names, function.__name__, function.__defaults__, function.__closure__
        )
        made.__module__, made.__qualname__ = function.__module__, function.__qualname__
        return made


class _ReadingKernel(_Kernel):
    def __call__(self, *args: Any) -> Any:
        if "compiled" in vars(self) or not _affordable(args):
            return self.compiled(*args)
        return self.in_python(*args)

    def in_python(self, *args: Any) -> Any:
        """What plain Python gives, with whole numbers as wide as numba makes them."""
        return self.plain(*(_wide(arg) for arg in args))


def _wide(arg: Any) -> Any:
    narrow = isinstance(arg, np.ndarray) and arg.dtype == np.int32
    return arg.astype(np.int64) if narrow else arg


def _affordable(args: tuple[Any, ...]) -> bool:
    """Whether plain Python is fast enough; what it may take is then taken off the budget.

    A kernel may look at each pair of what it is given, so the square of that is what it may take.
    """
    size = 0
    for arg in args:
        size += arg.size if isinstance(arg, np.ndarray) else abs(arg) if type(arg) is int else 0
    if size * size > _left[0]:
        return False
    _left[0] -= size * size
    return True
