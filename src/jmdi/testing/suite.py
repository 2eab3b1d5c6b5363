"""What all suites share: the plugin they look at, how they fail, and how one opts out."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest

from jmdi.errors import suggest
from jmdi.testing.subject import Subject, command_options, described, subject_of
from jmdi.testing.unchanged import Memory, digest_of

__all__ = ["Suite", "fault", "jmdi_xfail", "kept", "quick", "slow"]

QUICK = "JMDI_TESTING_QUICK"
"""The variable of the environment that ``pytest --jmdi-quick`` sets."""

T = TypeVar("T")

memory: Memory | None = None
"""What passed when only what is fast was tried; ``None`` where all is tried."""


def quick() -> bool:
    """Whether only what is fast is tried, as at each save: ``pytest --jmdi-quick``."""
    return QUICK in os.environ


def slow(check: Callable[[Any], None]) -> Callable[[Any], None]:
    """Leaves out a check when only what is fast is tried."""

    @functools.wraps(check)
    def run(self: Any) -> None:
        if quick():
            pytest.skip("takes longer than --jmdi-quick allows")
        check(self)

    return run


_KEPT: dict[Any, dict[Any, Any]] = {}
"""What the checks of a suite share, by its class, until the last of them has run."""


def kept(function: Callable[..., T]) -> Callable[..., T]:
    """Does once for a suite what its checks share; its class is the first argument."""

    @functools.wraps(function)
    def once(suite: Any, *more: Any) -> T:
        held, key = _KEPT.setdefault(suite, {}), (function, *more)
        if key not in held:
            held[key] = function(suite, *more)
        found: T = held[key]
        return found

    return once


def fault(what: str, *, why: str, cure: str) -> AssertionError:
    """The failure of a check: what is wrong, why it matters, and what to do about it."""
    return AssertionError(f"{what}\n  why it matters: {why}\n  cure: {cure}")


def jmdi_xfail(reason: str, *checks: str) -> Callable[[T], T]:
    """Marks checks that a plugin is known to fail; they run, and must fail.

    >>> from jmdi.testing import PluginConformance, jmdi_xfail
    >>> @jmdi_xfail("schemas come with version 2", "test_schemas_agree")
    ... class TestAcme(PluginConformance):
    ...     plugin = "acme"

    Args:
        reason: Why it fails; it is shown in the report of the tests.
        *checks: Names of the checks, when a class is marked; a function is marked itself.

    Raises:
        ValueError: If there is no reason.
        AttributeError: If the class has no such check.
    """
    if not reason.strip():
        raise ValueError("jmdi_xfail needs a reason: say why the check fails, and until when")
    mark = pytest.mark.jmdi_xfail(reason)

    def decorate(target: Any) -> Any:
        if not isinstance(target, type):
            return mark(target)
        for name in checks:
            setattr(target, name, mark(_copy(target, name)))
        return target

    return decorate


def _copy(cls: Any, name: str) -> Any:
    """A check of a class as a function of its own, so that marking it marks no other class."""
    known = [check for check in dir(cls) if check.startswith("test_")]
    if name not in known:
        near = suggest(name, known)
        meant = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise AttributeError(f"{cls.__name__} has no check {name!r}: {meant}")
    check = getattr(cls, name)

    @functools.wraps(check)
    def run(self: Any) -> None:
        check(self)

    return run


class Suite:
    """Base of the suites.

    Attributes:
        plugin: The plugin to look at: the name of an installed one, a module, or an object.
        extends: Plugins that it extends, those that need no other first.
        examples: How many examples each check draws.
    """

    plugin: ClassVar[Any] = None
    extends: ClassVar[Sequence[Any]] = ()
    examples: ClassVar[int] = 20

    def __init_subclass__(cls, **more: Any) -> None:
        """Refuses to drop a check in silence.

        Raises:
            TypeError: If a check is replaced without a reason.
        """
        super().__init_subclass__(**more)
        for name, member in vars(cls).items():
            checked = any(name in vars(base) for base in cls.__mro__[1:])
            marks = {mark.name for mark in getattr(member, "pytestmark", ())}
            if name.startswith("test_") and checked and "jmdi_xfail" not in marks:
                raise TypeError(
                    f"{cls.__name__}.{name} would replace a check of jmdi.testing; to opt out of "
                    f'it, mark the class with @jmdi_xfail("why", "{name}")'
                )

    @classmethod
    def teardown_class(cls) -> None:
        """Lets go of what the checks shared; pytest calls it after the last of them."""
        _KEPT.pop(cls, None)

    def _wanted(self, items: Iterable[T]) -> list[T]:
        """Those that are tried: all; at a save, what changed since the running check passed on it.

        Skips the check if there were some and none is tried.
        """
        every = list(items)
        if memory is None or not every:
            return every
        wanted = []
        for item in every:
            digest = _digest(type(self), item)
            if digest is None or not memory.is_known(described(item), digest):
                wanted.append(item)
        if not wanted:
            pytest.skip("none of its files changed since it passed")
        return wanted

    @property
    def subject(self) -> Subject:
        """The plugin that is looked at.

        Raises:
            AssertionError: If the class names none, or it cannot be loaded.
        """
        name = type(self).__name__
        if self.plugin is None:
            raise fault(
                f"{name} names no plugin",
                why="the suite does not know what to look at",
                cure=f'write plugin = "acme", or plugin = module, in the body of {name}',
            )
        try:
            return _subject(type(self))
        except (Exception, SystemExit) as error:
            command = f"jmdi plugins --check{command_options([self.plugin])}"
            raise fault(
                f"the plugin {self.plugin!r} cannot be loaded: {error}",
                why="users of jmdi get a warning and nothing of what the plugin adds",
                cure=f"type '{command}' for what to do; "
                "install the plugin and what it needs, or correct its name",
            ) from error

    def project_folder(self) -> Path | None:
        """The folder of the project that the test class belongs to, which has a pyproject.toml."""
        folders = Path(inspect.getfile(type(self))).resolve().parents
        return next((f for f in folders if (f / "pyproject.toml").is_file()), None)


@kept
def _subject(suite: Any) -> Subject:
    return subject_of(suite.plugin, tuple(suite.extends))


def _digest(suite: Any, item: object) -> str | None:
    key = (suite, id(item))
    held = _KEPT.setdefault(suite, {})
    if key not in held:
        held[key] = digest_of(item, suite)
    found: str | None = held[key]
    return found
