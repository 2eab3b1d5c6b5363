"""The plugin that a suite looks at: how it is found, and what it adds."""

from __future__ import annotations

import importlib
import importlib.metadata
import shlex
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs

from jmdi.app import Model
from jmdi.model.declare import spec_of
from jmdi.model.records import Facet, Record
from jmdi.plugins.catalog import CORE, Catalog
from jmdi.plugins.finding import GROUP, Candidate, candidates_of, installed
from jmdi.plugins.hookspecs import HOOKS
from jmdi.plugins.references import reference_to

__all__ = ["CORE", "Subject", "subject_of"]


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
        """The plugin as `Model.build` takes it."""
        return self.name if self.name == CORE or self.entry else self.module

    @property
    def options(self) -> str:
        """The options that give it and what it extends to the command line."""
        return command_options([p for p in (*self.extends, self.given) if not isinstance(p, str)])

    def without(self) -> list[Model]:
        """Models with fewer plugins: the core, more and more of what it extends, it alone."""
        fewer = [Model.build(self.extends[:n]) for n in range(len(self.extends) + 1)]
        if self.extends:
            fewer.append(Model.build([self.given]))
        return fewer


def subject_of(plugin: object, extends: Sequence[object] = ()) -> Subject:
    """A plugin and what it adds.

    Raises:
        NotFound: If no plugin of this name is installed.
        PluginError: If it fails, or one that it extends.
    """
    name, module, entry = _found(plugin)
    added = call_hooks(module)
    return Subject(name, module, tuple(extends), Model.build([*extends, plugin]), entry, added)


def _found(plugin: object) -> tuple[str, Any, importlib.metadata.EntryPoint | None]:
    """The name of a plugin as the loader says it, what holds its hooks, and its entry point."""
    if plugin == CORE:
        return CORE, importlib.import_module("jmdi.builtin.plugin"), None
    (found,) = candidates_of(plugin, installed())
    return found.name, found.load(), _entry_of(found)


def _entry_of(plugin: Candidate) -> importlib.metadata.EntryPoint | None:
    """The entry point of a plugin that is installed; ``None`` for one that is not."""
    entries = importlib.metadata.entry_points(group=GROUP, name=plugin.name)
    return next((e for e in entries if e.value == plugin.module), None)


def command_options(plugins: Sequence[object]) -> str:
    """The options that give plugins to the command line; nothing for those that it finds itself."""
    modules = [plugin for plugin in plugins if isinstance(plugin, ModuleType)]
    names = [from_here(module.__file__ or module.__name__) for module in modules]
    return "".join(f" --plugin {shlex.quote(name)}" for name in names)


def from_here(path: Path | str) -> str:
    """A path as it is typed in the working directory."""
    path = Path(path)
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


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
    if plugin == CORE:
        return {"name": CORE}
    (found,) = candidates_of(plugin, installed())
    if _entry_of(found) is not None:
        return {"name": found.name}
    return attrs.asdict(reference_to(plugin))


def described(item: Any) -> str:
    """What a plugin adds, as a failure names it: ``kind 'acme:bank' (jmdi_acme.plugin.Bank)``."""
    if isinstance(item, type):
        sort = "facet" if issubclass(item, Facet) else "kind"
        return f"{sort} {spec_of(item).name!r} ({item.__module__}.{item.__qualname__})"
    name = getattr(item, "name", None) or getattr(item, "code", None) or getattr(item, "scheme", "")
    if hasattr(item, "of"):
        name = f"{item.of} {item.from_v} -> {item.to_v}"
    return f"{type(item).__name__.lower()} {name!r}"
