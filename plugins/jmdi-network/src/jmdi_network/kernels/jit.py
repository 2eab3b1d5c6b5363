"""The one place where numba is imported, and only where there is enough to compute."""

from __future__ import annotations

import functools
import importlib
import time
import types
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

from jmdi_network.kernels.lists import Lists

__all__ = ["kernel", "reading_kernel", "reading_kernel_with"]

F = TypeVar("F", bound=Callable[..., Any])

SECONDS = 0.5
"""How long a process computes in plain Python before it compiles the rest.

To import numba and load some compiled kernels takes as long.
"""

MOST = 4_000
"""How many numbers a kernel is given at most when it runs as plain Python.

Betweenness of a sparse network, which looks at each pair of nodes, then takes half a second.
"""

HELD = 4
"""How many answers of plain Python are kept, each of some thousand numbers."""

_left = [SECONDS]


def kernel(function: F) -> F:
    """A loop that numba compiles on its first call, and keeps on disk, once for each machine."""
    return cast("F", _Kernel(function))


def reading_kernel(function: F) -> F:
    """A kernel that changes nothing of its input, and runs as plain Python where that is small.

    Both forms give the same to the last bit: `tests/test_kernels.py` compares them.
    """
    return cast("F", _ReadingKernel(function, None))


def reading_kernel_with(small: F) -> Callable[[F], F]:
    """The same, where operations on whole arrays stand for plain Python.

    Args:
        small: These operations, which give the same.
    """
    return lambda function: cast("F", _ReadingKernel(function, small))


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

    def plain(self, lists: Lists) -> Callable[..., Any]:
        """The function as Python runs it, with lists for arrays."""
        return self._with_names({"np": lists}, lambda kernel: kernel.plain(lists))

    @functools.cached_property
    def compiled(self) -> Callable[..., Any]:
        """The function as numba compiles it on its first call."""
        numba: Any = importlib.import_module("numba")
        function = self._with_names({}, lambda kernel: kernel.compiled)
        return cast("Callable[..., Any]", numba.njit(cache=True, nogil=True)(function))

    def _with_names(
        self, others: dict[str, Any], form: Callable[[_Kernel], Any]
    ) -> Callable[..., Any]:
        """The function, with other things behind some names, and a form of kernels it calls."""
        function: Any = self._function
        names = {
            name: form(value) if isinstance(value, _Kernel) else others.get(name, value)
            for name, value in function.__globals__.items()
            if name in function.__code__.co_names or name.startswith("__")
        }
        made = types.FunctionType(
            function.__code__, names, function.__name__, function.__defaults__, function.__closure__
        )
        made.__module__, made.__qualname__ = function.__module__, function.__qualname__
        return made


class _ReadingKernel(_Kernel):
    def __init__(self, function: Callable[..., Any], small: Callable[..., Any] | None) -> None:
        super().__init__(function)
        self._small = small or self._in_lists
        self._found: dict[tuple[Any, ...], Any] = {}

    def __call__(self, *args: Any) -> Any:
        if "compiled" in vars(self) or _left[0] <= 0 or _size(args) > MOST:
            return self.compiled(*args)
        began = time.thread_time()
        try:
            return self.in_python(*args)
        finally:
            _left[0] -= time.thread_time() - began

    def in_python(self, *args: Any) -> Any:
        """What plain Python gives, in arrays as numba makes them.

        Networks that open pairs allow often differ in what a kernel does not read, such as weights:
        what it gave last is kept.
        """
        given = tuple(map(_content, args))
        if given not in self._found:
            if len(self._found) >= HELD:
                self._found.clear()
            self._found[given] = self._small(*args)
        return _copied(self._found[given])

    def _in_lists(self, *args: Any) -> Any:
        lists = Lists()
        found = self.plain(lists)(*map(lists.of, args))
        return tuple(map(lists.array, found)) if type(found) is tuple else lists.array(found)


def _copied(found: Any) -> Any:
    """What a kernel gave, for one who may change it."""
    if type(found) is tuple:
        return tuple(map(_copied, found))
    return found.copy() if isinstance(found, np.ndarray) else found


def _content(arg: Any) -> Any:
    """What an argument holds, to be compared."""
    return (arg.dtype.char, arg.tobytes()) if isinstance(arg, np.ndarray) else (type(arg), arg)


def _size(args: tuple[Any, ...]) -> int:
    """How many numbers a kernel is given; a whole number counts as so many."""
    return sum(
        arg.size if isinstance(arg, np.ndarray) else abs(arg) if type(arg) is int else 0
        for arg in args
    )
