"""Marks what will go, warns its callers for a year, and finds what should be gone by now.

>>> from jmdi.deprecations import deprecated
>>> @deprecated(since="26.2", remove_in="27.2", instead="jmdi.read")
... def load(path):
...     return path

Nothing here looks at a clock: only versions are compared, so a test that passes for a release
passes for ever.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import inspect
import pkgutil
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import attrs

__all__ = ["Deprecation", "deprecated", "deprecations", "overdue"]

C = TypeVar("C", bound=Callable[..., Any])

_MARK = "__jmdi_deprecation__"


def _calver(version: str) -> tuple[int, int]:
    """Year and number of a version ``YY.N``; what comes after them does not count."""
    match = re.match(r"(\d+)\.(\d+)(?![\d])", version)
    if match is None:
        raise ValueError(f"{version!r} is not a version of the form YY.N")
    return int(match[1]), int(match[2])


@attrs.frozen(slots=True)
class Deprecation:
    """Something that still works and will go.

    Hold one in a module where there is no function to mark: for an argument, or for a name
    that the module's ``__getattr__`` still knows.

    Attributes:
        what: Its full name.
        since: The version that warned of it first.
        remove_in: The version in which it goes, a year later or more.
        instead: What to use.

    Raises:
        ValueError: If a version is not of the form YY.N, or less than a year is given.
    """

    what: str
    since: str
    remove_in: str
    instead: str

    def __attrs_post_init__(self) -> None:
        year, number = _calver(self.since)
        if _calver(self.remove_in) < (year + 1, number):
            raise ValueError(
                f"{self.what} is deprecated since {self.since} and may not go before "
                f"{year + 1}.{number}: {self.remove_in} gives its users less than a year"
            )

    def __str__(self) -> str:
        return (
            f"{self.what} is deprecated since {self.since} and goes in {self.remove_in}: "
            f"use {self.instead}"
        )

    def warn(self, *, stacklevel: int = 1) -> None:
        """Emits a DeprecationWarning.

        Args:
            stacklevel: Whose line is shown: 1 for the caller of the function that calls this.
        """
        warnings.warn(str(self), DeprecationWarning, stacklevel=stacklevel + 2)

    def is_overdue(self, version: str) -> bool:
        """Whether it should be gone in a version."""
        return _calver(version) >= _calver(self.remove_in)


def deprecated(since: str, remove_in: str, instead: str) -> Callable[[C], C]:
    """Marks a function, method or class: each call warns and works as before.

    Args:
        since: The version that warns of it first, ``YY.N``.
        remove_in: The version in which it goes, a year later or more.
        instead: What to use, for the message.

    Returns:
        A decorator. A marked class warns when an instance of it is made, not of a subclass.

    Raises:
        ValueError: If a version is not of the form YY.N, or less than a year is given.
    """

    def decorate(target: C) -> C:
        name = f"{target.__module__}.{target.__qualname__}"
        mark = Deprecation(name, since, remove_in, instead)
        if isinstance(target, type):
            _warn_when_made(target, mark)
            return cast("C", target)

        @functools.wraps(target)
        def call(*args: Any, **kwargs: Any) -> Any:
            mark.warn()
            return target(*args, **kwargs)

        setattr(call, _MARK, mark)
        return cast("C", call)

    return decorate


def _warn_when_made(cls: Any, mark: Deprecation) -> None:
    make = cls.__init__

    @functools.wraps(make)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        if type(self) is cls:
            mark.warn()
        make(self, *args, **kwargs)

    cls.__init__ = init
    setattr(cls, _MARK, mark)


def deprecations(package: str) -> tuple[Deprecation, ...]:
    """Everything in a package that is marked, in order of name.

    Args:
        package: The package; its modules are imported, except ``__main__``.

    Raises:
        ImportError: If a module cannot be imported.
    """
    found = {mark for module in _modules(package) for mark in _marks(module)}
    return tuple(sorted(found, key=lambda mark: (mark.what, mark.since)))


def overdue(package: str, version: str | None = None) -> tuple[Deprecation, ...]:
    """What should be gone from a package by now; a test asserts that it is empty.

    Args:
        package: The package.
        version: The version that it is in; ``None`` for that of the distribution of its name.

    Raises:
        ImportError: If a module cannot be imported, or no distribution has this name.
        ValueError: If the version is not of the form YY.N.
    """
    if version is None:
        version = importlib.metadata.version(package.replace("_", "-"))
    return tuple(mark for mark in deprecations(package) if mark.is_overdue(version))


def _modules(package: str) -> Iterator[Any]:
    root = importlib.import_module(package)
    yield root
    for info in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
        if not info.name.endswith(".__main__"):
            yield importlib.import_module(info.name)


def _marks(module: Any) -> Iterator[Deprecation]:
    """The marks of what a module defines, and of the methods of its classes."""
    for thing in vars(module).values():
        if isinstance(thing, Deprecation):
            yield thing
        elif getattr(thing, "__module__", None) == module.__name__:
            yield from _marks_on(thing)
            if inspect.isclass(thing):
                for member in vars(thing).values():
                    yield from _marks_on(getattr(member, "fget", member))


def _marks_on(thing: Any) -> Iterator[Deprecation]:
    plain = getattr(thing, "__func__", thing)
    mark = getattr(plain, "__dict__", {}).get(_MARK)
    if isinstance(mark, Deprecation):
        yield mark
