"""Finds plugins: those that are installed, by name, and modules and objects that are given."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType

import attrs

from jmdi.classes import frozen
from jmdi.errors import NotFound
from jmdi.plugins.catalog import CORE
from jmdi.plugins.distributions import NOT_INSTALLED, entries_of
from jmdi.plugins.hookspecs import HOOKS
from jmdi.words.type_names import brief

__all__ = [
    "ABSENT",
    "GIVEN",
    "GROUP",
    "Candidate",
    "absent",
    "candidates_of",
    "installed",
    "listed",
]

GROUP = "jmdi.plugins"
"""The group of entry points in which installed plugins stand."""

GIVEN = "(given)"
"""The distribution of a plugin that was given as a module or an object."""

ABSENT = NOT_INSTALLED
"""The distribution of a plugin that is not there."""


@frozen
class Candidate:
    """A plugin that may be loaded.

    Attributes:
        name: Its name.
        distribution: The distribution that it comes with.
        version: Version of that distribution.
        module: The module that it is.
        load: Imports it.
    """

    name: str
    distribution: str
    version: str
    module: str
    load: Callable[[], object] = attrs.field(eq=False)


def installed() -> list[Candidate]:
    """The installed plugins, each once, in an order that depends on nothing but their names."""
    found = {}
    for entry in entries_of(GROUP):
        found[(entry.name, entry.distribution, entry.value)] = Candidate(
            entry.name, entry.distribution, entry.version, entry.value, entry.load
        )
    return [found[key] for key in sorted(found)]


def listed(plugins: object) -> list[object]:
    """The plugins that one argument stands for: a name, a module, an object, or several of them.

    Raises:
        TypeError: If one of them can be no plugin.
    """
    alone = isinstance(plugins, (str, bytes, ModuleType)) or _has_hooks(plugins)
    many: list[object] = [plugins] if alone or not isinstance(plugins, Iterable) else [*plugins]
    for one in many:
        sort = one if isinstance(one, type) else type(one)
        if sort.__module__ == "builtins" and not isinstance(one, (str, ModuleType)):
            raise TypeError(
                f"{brief(one)} is no plugin: give names of installed plugins, modules, or objects "
                "with hooks, such as Model.build(['workplan', my_module])"
            )
    return many


def _has_hooks(plugin: object) -> bool:
    """Whether it has a hook of its own; nothing of it is run, and none is made up when asked."""
    return any(inspect.getattr_static(plugin, hook, None) is not None for hook in HOOKS)


def candidates_of(plugin: object, known: Sequence[Candidate]) -> list[Candidate]:
    """The plugin of a name, module or object; two if two distributions have one of this name.

    Args:
        plugin: What was given.
        known: The installed plugins.

    Raises:
        NotFound: If no plugin of this name is installed; it names the near ones.
    """
    if not isinstance(plugin, str):
        here = [c for c in known if _holds(c, plugin)]
        load = lambda: plugin  # noqa: E731
        if here:
            return [attrs.evolve(here[0], load=load)]
        return [Candidate(_name_of(plugin), GIVEN, "", _module_of(plugin), load)]
    found = [candidate for candidate in known if candidate.name == plugin]
    if not found and plugin != CORE:
        names = sorted({candidate.name for candidate in known})
        raise NotFound("installed plugin", plugin, names, cure="install it, or give its module")
    return found


def _holds(candidate: Candidate, plugin: object) -> bool:
    """Whether an installed plugin is this module or object."""
    module, _, attribute = candidate.module.partition(":")
    home = sys.modules.get(module)
    return home is not None and plugin is (getattr(home, attribute, None) if attribute else home)


def absent(name: str, error: NotFound) -> Candidate:
    """A plugin that is not installed, for a list that says so."""

    def load() -> object:
        raise error

    return Candidate(name, ABSENT, "", name, load)


def _name_of(plugin: object) -> str:
    """The name of a plugin that is not installed: that of its module or object.

    A module that is only called ``plugin`` is named after its package, or its folder if it has
    none, as it is when it is installed: ``jmdi_acme.plugin`` is ``acme``.
    """
    package, _, name = _module_of(plugin).rpartition(".")
    if name != "plugin":
        return name
    file = vars(plugin).get("__file__") if isinstance(plugin, ModuleType) else None
    home = package.rpartition(".")[2] or (Path(file).resolve().parent.name if file else name)
    return home.removeprefix("jmdi_")


def _module_of(plugin: object) -> str:
    if isinstance(plugin, (ModuleType, type)):
        return plugin.__name__
    name = inspect.getattr_static(plugin, "__name__", None)
    return name if isinstance(name, str) and name else type(plugin).__name__
