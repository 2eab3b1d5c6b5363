"""What a plugin's function raises is that plugin's failure, even what would end the process."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from jmdi.errors import PluginError
from jmdi.plugins.catalog import CORE, Catalog
from jmdi.plugins.finding import GIVEN

__all__ = ["blamed", "blamed_steps", "owner", "plugin_of"]

T = TypeVar("T")


@contextlib.contextmanager
def blamed(
    catalog: Catalog, what: str, name: str, *but: type[Exception], did: str = "failed"
) -> Iterator[None]:
    """Makes whatever is raised a PluginError that names the plugin and what it did.

    ``sys.exit`` in a metric must not end the host as if all had gone well, so this holds for
    every exception but an interrupt and the end of memory, which are nobody's in particular.

    Args:
        catalog: Where the function is registered.
        what: What it is, such as ``metric``.
        name: Its name.
        *but: Errors that it may raise, such as those that say what is wrong with the data.
        did: What it did, for the message.
    """
    passing = _passing(but)
    try:
        yield
    except passing:
        raise
    except BaseException as error:
        raise _failure(catalog, what, name, did, error) from error


def blamed_steps(
    begin: Callable[[], Iterable[T]],
    catalog: Catalog,
    what: str,
    name: str,
    *but: type[Exception],
    did: str = "failed",
) -> Iterator[T]:
    """The same for a generator: its steps are the plugin's, what is done between them is not.

    Whoever reads it may close it, which Python says by an exception at the ``yield``.
    """

    def steps() -> Iterator[T]:
        yield from begin()

    items, passing = steps(), _passing(but)
    while True:
        try:
            item = next(items)
        except StopIteration:
            return
        except passing:
            raise
        except BaseException as error:
            raise _failure(catalog, what, name, did, error) from error
        yield item


def _passing(but: tuple[type[Exception], ...]) -> tuple[type[BaseException], ...]:
    return (KeyboardInterrupt, MemoryError, *but)


def _failure(catalog: Catalog, what: str, name: str, did: str, error: BaseException) -> PluginError:
    whose = owner(catalog, what, name)
    return PluginError(f"{what} {name!r}{whose} {did}: {type(error).__name__}: {error}")


def plugin_of(catalog: Catalog, what: str, name: str) -> str | None:
    """The plugin that it comes from; ``None`` for what is the core's."""
    origin = catalog.origin(what, name)
    return None if origin is None or origin.plugin == CORE else origin.plugin


def owner(catalog: Catalog, what: str, name: str) -> str:
    """Whose it is, as messages say it; nothing for what is the core's."""
    origin = catalog.origin(what, name)
    if origin is None or origin.plugin == CORE:
        return ""
    package = "" if origin.distribution == GIVEN else f" from {origin}"
    return f" of plugin {origin.plugin!r}{package}"
