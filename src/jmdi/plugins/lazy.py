"""Callables that are named as text and imported when they are first called."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias

from jmdi.classes import frozen
from jmdi.errors import ModelError, PluginError

__all__ = ["Lazy", "LazyRef", "callable_of", "callable_or_none", "loaded"]


@frozen
class LazyRef:
    """A callable named as ``package.module:name`` that is imported on its first call.

    Raises:
        ModelError: If the text is not of this form.
    """

    target: str

    def __attrs_post_init__(self) -> None:
        module, colon, name = self.target.partition(":")
        parts = [*module.split("."), *name.split(".")]
        if not colon or not all(part.isidentifier() for part in parts):
            raise ModelError(f"{self.target!r} is not of the form 'package.module:name'")

    def load(self) -> Callable[..., Any]:
        """The callable itself.

        Raises:
            PluginError: If the module or the name is not there.
        """
        module, _, name = self.target.partition(":")
        try:
            found: Any = importlib.import_module(module)
            for part in name.split("."):
                found = getattr(found, part)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:
            said = error if isinstance(error, (ImportError, AttributeError)) else repr(error)
            raise PluginError(f"{self.target!r} cannot be loaded: {said}") from error
        return found  # type: ignore[no-any-return]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Calls the callable, importing it if need be."""
        return self.load()(*args, **kwargs)


def callable_of(target: Lazy) -> Callable[..., Any]:
    """A callable as it is, a string as a `LazyRef`."""
    if isinstance(target, str):
        return LazyRef(target)
    if not callable(target):
        raise ModelError(f"{target!r} is neither a function nor 'package.module:name'")
    return target


def callable_or_none(target: Lazy | None) -> Callable[..., Any] | None:
    """As `callable_of`, where there may be none."""
    return None if target is None else callable_of(target)


def loaded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function that a `LazyRef` names; any other as it is."""
    return function.load() if isinstance(function, LazyRef) else function


Lazy: TypeAlias = Callable[..., Any] | str
"""A callable, or where it is to be imported from."""
