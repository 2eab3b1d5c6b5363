"""The plugin that a suite looks at: how it is found, and what it adds."""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
from collections.abc import Sequence
from typing import Any

import attrs

from jmdi.app import Model
from jmdi.errors import NotFound
from jmdi.model.declare import spec_of
from jmdi.model.records import Facet, Record
from jmdi.plugins.catalog import CORE, Catalog
from jmdi.plugins.hookspecs import HOOKS
from jmdi.plugins.loader import GROUP, name_of
from jmdi.plugins.references import reference_to

__all__ = ["CORE", "Subject", "build_model", "subject_of"]


@attrs.frozen(slots=True, eq=False)
class Subject:
    """A plugin together with models that have it and that have it not.

    Attributes:
        name: Name of the plugin.
        module: The module or object that holds its hooks.
        extends: The plugins that it extends.
        model: The core, what it extends, and the plugin.
        entry: Its entry point, when it is installed.
        contributions: What each of its hooks returns.
    """

    name: str
    module: Any
    extends: tuple[Any, ...]
    model: Model
    entry: importlib.metadata.EntryPoint | None
    contributions: dict[str, list[Any]]

    @property
    def catalog(self) -> Catalog:
        """Everything that the model with the plugin knows."""
        return self.model.catalog

    @property
    def prefix(self) -> str:
        """What the names of all that it adds begin with; the core's names have no prefix."""
        return "" if self.name == CORE else f"{self.name}:"

    def added(self, hook: str) -> list[Any]:
        """What one of its hooks returns."""
        return self.contributions.get(hook, [])

    @property
    def kinds(self) -> list[type[Record]]:
        """The kinds that it adds, without those that are only bases for others."""
        return [cls for cls in self.added("jmdi_kinds") if not spec_of(cls).abstract]

    @property
    def facets(self) -> list[type[Facet]]:
        """The facets that it adds."""
        return self.added("jmdi_facets")

    @property
    def given(self) -> Any:
        """The plugin as `build_model` takes it."""
        return self.name if self.name == CORE or self.entry else self.module

    def without(self) -> list[Model]:
        """Models with fewer plugins: the core, more and more of what it extends, it alone."""
        fewer = [build_model(*self.extends[:n]) for n in range(len(self.extends) + 1)]
        if self.extends:
            fewer.append(build_model(self.given))
        return fewer


def build_model(*plugins: object, discover: bool = False, strict: bool = True) -> Model:
    """A model for tests: the core and the plugins named, and no other.

    Args:
        *plugins: Names of installed plugins, modules, or objects with hooks.
        discover: Whether to use all other installed plugins too.
        strict: Whether a plugin that fails raises.

    Raises:
        NotFound: If no plugin of a name is installed.
        PluginError: If a plugin fails, unless it is not strict.
    """
    named = [name for name in map(_entry_name, plugins) if name is not None]
    given = [plugin for plugin in plugins if _entry_name(plugin) is None]
    names = [name for name in named if name != CORE]
    only = None if discover else names
    return Model.build(given, discover=discover or bool(names), only=only, strict=strict)


def _entry_name(plugin: object) -> str | None:
    """The name under which a plugin is installed; ``None`` for what is not.

    Raises:
        NotFound: If it is a name, and no plugin of this name is installed.
    """
    entries = {entry.name: entry for entry in importlib.metadata.entry_points(group=GROUP)}
    if isinstance(plugin, str):
        if plugin != CORE and plugin not in entries:
            cure = "install it: pip install -e ."
            raise NotFound("installed plugin", plugin, [CORE, *entries], cure=cure)
        return plugin
    module = getattr(plugin, "__name__", None)
    return next((name for name, entry in entries.items() if entry.value == module), None)


def subject_of(plugin: object, extends: Sequence[object] = ()) -> Subject:
    """A plugin and what it adds.

    Raises:
        NotFound: If no plugin of this name is installed.
        PluginError: If it fails, or one that it extends.
    """
    return _subject(plugin, tuple(extends))


@functools.cache
def _subject(plugin: object, extends: tuple[object, ...]) -> Subject:
    name, module, entry = _found(plugin)
    added = call_hooks(module)
    return Subject(name, module, extends, build_model(*extends, plugin), entry, added)


def _found(plugin: object) -> tuple[str, Any, importlib.metadata.EntryPoint | None]:
    """The name of a plugin as the loader says it, what holds its hooks, and its entry point."""
    name = _entry_name(plugin)
    if name == CORE:
        return CORE, importlib.import_module("jmdi.builtin.plugin"), None
    if name is not None:
        (entry,) = importlib.metadata.entry_points(group=GROUP, name=name)
        return name, entry.load(), entry
    return name_of(plugin), plugin, None


def call_hooks(module: object) -> dict[str, list[Any]]:
    """What each hook of a plugin returns, by hook; strategies come as pairs."""
    added = {}
    for hook in HOOKS:
        function = getattr(module, hook, None)
        if function is not None and getattr(function, "jmdi_impl", None) is not None:
            found = function()
            added[hook] = list(found.items() if hook == "jmdi_strategies" else found or ())
    return added


def reference(plugin: object) -> dict[str, str]:
    """How another process finds a plugin: by name, or by module, file and attribute.

    Raises:
        PluginError: If it is an object that its module does not hold.
    """
    name = _entry_name(plugin)
    return {"name": name} if name is not None else attrs.asdict(reference_to(plugin))


def described(item: Any) -> str:
    """What a plugin adds, as a failure names it: ``kind 'acme:bank' (jmdi_acme.plugin.Bank)``."""
    if isinstance(item, type):
        sort = "facet" if issubclass(item, Facet) else "kind"
        return f"{sort} {spec_of(item).name!r} ({item.__module__}.{item.__qualname__})"
    name = getattr(item, "name", None) or getattr(item, "code", None) or getattr(item, "scheme", "")
    if hasattr(item, "of"):
        name = f"{item.of} {item.from_v} -> {item.to_v}"
    return f"{type(item).__name__.lower()} {name!r}"
