"""Finds plugins, loads each one, and collects what they add; one that fails is left out."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any, Literal

import attrs
import pluggy

from jmdi.errors import PluginError, suggest
from jmdi.plugins.assemble import assemble
from jmdi.plugins.catalog import CORE, Catalog, Origin, PluginStatus
from jmdi.plugins.hookspecs import API, HOOKS, JmdiSpec

__all__ = ["GIVEN", "GROUP", "build_catalog", "name_of"]

GROUP = "jmdi.plugins"
"""The group of entry points in which installed plugins stand."""

SLOW = 1.0
"""Seconds that importing a plugin may take before it is reported."""

GIVEN = "(given)"
"""The distribution of a plugin that was given as a module or an object."""

log = logging.getLogger("jmdi")


@attrs.frozen(slots=True)
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
    load: Callable[[], Any]


def build_catalog(
    plugins: Sequence[Any] = (),
    *,
    discover: bool = True,
    only: Iterable[str] | None = None,
    off: Iterable[str] = (),
    strict: bool | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Catalog:
    """Loads plugins and collects what they add.

    Args:
        plugins: Modules or objects to load beside those that are installed.
        discover: Whether to load installed plugins.
        only: Names of the installed plugins to load; ``None`` for all.
        off: Names of installed plugins not to load.
        strict: Whether a plugin that fails raises; ``None`` takes ``JMDI_STRICT``.
        environ: Where ``JMDI_PLUGINS`` (``off`` or names) and ``JMDI_STRICT`` are read.

    Raises:
        PluginError: In strict mode, if a plugin fails.
    """
    if strict is None:
        strict = environ.get("JMDI_STRICT", "") not in ("", "0")
    chosen = _chosen(only, environ)
    loader = _Loader(strict=strict)
    builtin = Candidate(CORE, CORE, _own_version(), "jmdi.builtin.plugin", _load_builtin)
    loader.add(builtin)
    for candidate in [*(_installed() if discover else ()), *map(_given, plugins)]:
        given = candidate.distribution == GIVEN
        chosen_here = chosen is None or candidate.name in chosen
        wanted = given or (chosen_here and candidate.name not in off)
        if wanted:
            loader.add(candidate)
        else:
            loader.skip(candidate)
    parts = assemble(loader.collect(), loader.fail)
    if strict and parts.problems:
        raise PluginError("; ".join(problem.message for problem in parts.problems))
    return attrs.evolve(parts, plugins=tuple(loader.statuses.values()))


def _chosen(only: Iterable[str] | None, environ: Mapping[str, str]) -> frozenset[str] | None:
    """Names of the installed plugins to load; ``None`` for all."""
    setting = environ.get("JMDI_PLUGINS", "").strip()
    if only is not None:
        return frozenset(only)
    if not setting:
        return None
    if setting == "off":
        return frozenset()
    return frozenset(name.strip() for name in setting.split(",") if name.strip())


def _own_version() -> str:
    try:
        return importlib.metadata.version("jmdi")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _load_builtin() -> Any:
    return importlib.import_module("jmdi.builtin.plugin")


def _installed() -> list[Candidate]:
    """The installed plugins, each once, in an order that depends on nothing but their names."""
    found = {}
    for entry in importlib.metadata.entry_points(group=GROUP):
        distribution, version = _name_and_version(entry.dist)
        candidate = Candidate(entry.name, distribution, version, entry.value, entry.load)
        found[(entry.name, distribution, entry.value)] = candidate
    return [found[key] for key in sorted(found)]


def _name_and_version(dist: importlib.metadata.Distribution | None) -> tuple[str, str]:
    """Name and version of a distribution, without parsing all that its metadata say."""
    if dist is None:
        return "(unknown)", "(unknown)"
    head = (dist.read_text("METADATA") or "").partition("\n\n")[0]
    found = dict(re.findall(r"^(Name|Version):[ \t]*(\S+)", head, re.MULTILINE))
    if len(found) < 2:
        about = dist.metadata
        found = {"Name": about["Name"], "Version": about["Version"]}
    return found["Name"] or "(unknown)", found["Version"] or "(unknown)"


def name_of(plugin: object) -> str:
    """The name of a plugin that is given: that of its module or object.

    A module that is only called ``plugin`` is named after its package, as it is when it is
    installed: ``jmdi_acme.plugin`` is ``acme``.
    """
    package, _, name = _module_of(plugin).rpartition(".")
    if name == "plugin" and package:
        return package.rpartition(".")[2].removeprefix("jmdi_")
    return name


def _module_of(plugin: object) -> str:
    return getattr(plugin, "__name__", None) or type(plugin).__name__


def _given(plugin: object) -> Candidate:
    return Candidate(
        name=name_of(plugin),
        distribution=GIVEN,
        version="",
        module=_module_of(plugin),
        load=lambda: plugin,
    )


class _Loader:
    """Registers plugins with pluggy one by one; one that fails is taken out again and reported."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.manager = pluggy.PluginManager("jmdi")
        self.manager.add_hookspecs(JmdiSpec)
        self.statuses: dict[str, PluginStatus] = {}

    def add(self, candidate: Candidate) -> None:
        """Imports and registers a plugin, or notes why it cannot be."""
        state: Literal["active", "failed", "incompatible"] = "active"
        error, cure = None, None
        hooks: tuple[str, ...] = ()
        if candidate.name in self.statuses:
            if not self._is_here(candidate):
                self._clash(candidate)
            return
        began = perf_counter()
        seconds = 0.0
        try:
            plugin = candidate.load()
            seconds = perf_counter() - began
            wanted = getattr(plugin, "JMDI_API", API)
            if wanted != API:
                state = "incompatible"
                error = f"needs plugin interface {wanted}, this jmdi speaks {API}"
                older = isinstance(wanted, int) and wanted < API
                cure = f"upgrade {candidate.distribution if older else 'jmdi'}"
            else:
                _check_hooks(plugin)
                self.manager.register(plugin, candidate.name)
                hooks = tuple(h for h in HOOKS if hasattr(plugin, h) and _implements(plugin, h))
        except MemoryError:
            raise
        except (Exception, SystemExit) as problem:
            self._roll_back(candidate.name)
            if self.strict or candidate.name == CORE:
                raise PluginError(f"{_who(candidate)}: {problem}") from problem
            state, error = "failed", f"{type(problem).__name__}: {problem}"
            cure = _cure(candidate, problem)
        if state == "incompatible" and self.strict:
            raise PluginError(f"{_who(candidate)}: {error}")
        notices = (f"took {seconds:.1f} s to import",) if seconds > SLOW else ()
        self.statuses[candidate.name] = PluginStatus(
            name=candidate.name,
            distribution=candidate.distribution,
            version=candidate.version,
            state=state,
            hooks=hooks,
            error=error,
            cure=cure,
            seconds=seconds,
            notices=notices,
            module=candidate.module,
        )
        if error:
            log.warning("%s is %s: %s", _who(candidate), state, error)
        for notice in notices:
            log.warning("%s %s", _who(candidate), notice)

    def skip(self, candidate: Candidate) -> None:
        """Notes an installed plugin that is switched off."""
        self.statuses.setdefault(
            candidate.name,
            PluginStatus(
                name=candidate.name,
                distribution=candidate.distribution,
                version=candidate.version,
                state="off",
                module=candidate.module,
                cure="name it in JMDI_PLUGINS, or unset JMDI_PLUGINS",
            ),
        )

    def collect(self) -> Iterator[tuple[str, Origin, list[Any]]]:
        """What each plugin adds to each hook: all of its contribution or none."""
        registered = (name for name, _ in self.manager.list_name_plugin())
        for name in sorted(registered, key=lambda name: (name != CORE, name)):
            status = self.statuses[name]
            origin = Origin(name, status.distribution, status.version)
            for hook, items in self._added(name):
                yield hook, origin, items

    def _added(self, name: str) -> Iterator[tuple[str, list[Any]]]:
        """What one plugin adds to each hook that does not fail."""
        for hook in HOOKS:
            if hook == "jmdi_strategies":
                continue
            for impl in getattr(self.manager.hook, hook).get_hookimpls():
                if impl.plugin_name != name:
                    continue
                try:
                    items = list(impl.function() or ())
                except MemoryError:
                    raise
                except (Exception, SystemExit) as problem:
                    self.fail(name, hook, problem)
                else:
                    yield hook, items

    def fail(self, name: str, hook: str, problem: BaseException) -> None:
        """Notes that a hook of a plugin failed."""
        status = self.statuses[name]
        text = f"{hook}: {type(problem).__name__}: {problem}"
        if self.strict or name == CORE:
            who = f"plugin {name!r} from {status.distribution} {status.version}"
            raise PluginError(f"{who}: {text}") from problem
        self.statuses[name] = attrs.evolve(
            status,
            state="failed",
            error=text,
            cure=f"report it to the authors of {status.distribution}",
        )
        log.warning("plugin %r from %s failed in %s", name, status.distribution, text)

    def _is_here(self, candidate: Candidate) -> bool:
        """Whether a plugin that is given is one that is installed, and loaded already."""
        loaded = self.manager.get_plugin(candidate.name)
        return candidate.distribution == GIVEN and candidate.load() is loaded

    def _clash(self, candidate: Candidate) -> None:
        other = self.statuses[candidate.name]
        error = (
            f"two plugins are called {candidate.name!r}: one from {other.distribution}, "
            f"one from {candidate.distribution}"
        )
        if self.strict:
            raise PluginError(error)
        key = f"{candidate.name} ({candidate.distribution})"
        self.statuses[key] = PluginStatus(
            name=candidate.name,
            distribution=candidate.distribution,
            version=candidate.version,
            state="failed",
            error=error,
            cure=f"uninstall {other.distribution} or {candidate.distribution}",
            module=candidate.module,
        )
        log.warning("%s", error)

    def _roll_back(self, name: str) -> None:
        if self.manager.has_plugin(name):
            self.manager.unregister(name=name)


def _implements(plugin: object, hook: str) -> bool:
    return getattr(getattr(plugin, hook), "jmdi_impl", None) is not None


def _check_hooks(plugin: object) -> None:
    """Refuses hooks that do not exist, take arguments or wrap others.

    pluggy itself would accept a misspelt hook in silence.
    """
    for name in dir(plugin):
        member = getattr(plugin, name, None)
        if name.startswith("__") or not inspect.isroutine(member):
            continue
        marks = getattr(member, "jmdi_impl", None)
        if marks is None:
            inherited = getattr(member, "__func__", None) is vars(JmdiSpec).get(name)
            if name in HOOKS and not inherited:
                raise PluginError(f"{name} is not marked with @jmdi.hookimpl")
        elif name not in HOOKS and marks.get("specname") not in HOOKS:
            near = suggest(name, HOOKS, most=1)
            raise PluginError(
                f"{name} is not a hook" + (f": did you mean {near[0]}?" if near else "")
            )
        elif marks.get("wrapper") or marks.get("hookwrapper"):
            raise PluginError(f"{name} may not be a wrapper: hooks only register")


def _who(candidate: Candidate) -> str:
    return f"plugin {candidate.name!r} from {candidate.distribution} {candidate.version}".rstrip()


def _cure(candidate: Candidate, problem: BaseException) -> str:
    if isinstance(problem, ModuleNotFoundError) and problem.name:
        if problem.name.partition(".")[0] == candidate.module.partition(".")[0]:
            again = f"pip install --force-reinstall {candidate.distribution}"
            return f"reinstall {candidate.distribution}: {again}"
        return f"install what it needs: pip install {problem.name.partition('.')[0]}"
    if isinstance(problem, PluginError):
        return f"upgrade {candidate.distribution} and jmdi to versions that fit each other"
    if candidate.distribution == GIVEN:
        return (
            f"correct {candidate.module}; python {'.'.join(map(str, sys.version_info[:2]))} runs it"
        )
    return f"report it to the authors of {candidate.distribution}, or uninstall it"
