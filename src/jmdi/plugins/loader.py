"""Finds plugins, loads each one, and collects what they add; one that fails is left out."""

from __future__ import annotations

import functools
import importlib
import inspect
import logging
from time import perf_counter
from typing import Any, Literal

import attrs
import pluggy

from jmdi.errors import JmdiError, NotFound, PluginError, suggest
from jmdi.plugins.assemble import assemble
from jmdi.plugins.catalog import CORE, Catalog, Origin, PluginStatus
from jmdi.plugins.cures import cure_of, cure_of_interface
from jmdi.plugins.distributions import version_of
from jmdi.plugins.finding import GIVEN, Candidate, absent, candidates_of, installed, listed
from jmdi.plugins.hookspecs import API, HOOKS, JmdiSpec
from jmdi.words.type_names import brief

__all__ = ["build_catalog"]

MARK_A_HOOK = "mark one of its functions with @jmdi.hookimpl, such as jmdi_metrics, or leave it out"

SLOW = 1.0
"""Seconds that importing a plugin may take before it is reported."""

log = logging.getLogger("jmdi")


def build_catalog(
    plugins: object = None, *, missing: Literal["raise", "skip"] = "raise"
) -> Catalog:
    """Loads plugins and collects what they add.

    Args:
        plugins: The plugins beside the core: a name, module or object, or several of them;
            ``None`` for all that are installed. Nothing else is imported.
        missing: Whether a plugin that is not there, or fails, raises, or is left out and
            reported in ``Catalog.plugins``.

    Raises:
        NotFound: If no plugin of a name is installed; it names the near ones.
        PluginError: If a plugin fails.
        TypeError: If what is given can be no plugin.
        ValueError: If ``missing`` is neither of both.
    """
    if missing not in ("raise", "skip"):
        raise ValueError(f"missing is 'raise' or 'skip', not {missing!r}")
    strict = missing == "raise"
    candidates = _candidates(plugins, strict=strict)
    loader = _Loader(strict=strict)
    for candidate in (_core(), *candidates):
        loader.add(candidate)
    catalog = assemble(
        loader.origins(), loader.added, loader.fail, lambda: tuple(loader.statuses.values())
    )
    if strict and catalog.problems:
        raise PluginError("; ".join(problem.message for problem in catalog.problems))
    return catalog


def _candidates(plugins: object, *, strict: bool) -> list[Candidate]:
    """The plugins to load; all are found before the first is imported."""
    if plugins is None:
        return installed()
    chosen = listed(plugins)
    known = installed() if chosen else []
    found: list[Candidate] = []
    for one in chosen:
        try:
            found += candidates_of(one, known)
        except NotFound as error:
            if strict:
                raise
            found.append(absent(error.name, error))
    return found


def _core() -> Candidate:
    module = "jmdi.builtin.plugin"
    load = functools.partial(importlib.import_module, module)
    return Candidate(CORE, CORE, version_of("jmdi"), module, load)


class _Loader:
    """Registers plugins with pluggy one by one; one that fails is taken out again and reported."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.manager = pluggy.PluginManager("jmdi")
        self.manager.add_hookspecs(JmdiSpec)
        self.statuses: dict[str, PluginStatus] = {}
        self._seen: dict[str, Candidate] = {}

    def add(self, candidate: Candidate) -> None:
        """Imports and registers a plugin, or notes why it cannot be."""
        state: Literal["active", "failed", "incompatible"] = "active"
        error, cure = None, None
        hooks: tuple[str, ...] = ()
        plugin: object = None
        notices: list[str] = []
        if candidate.name in self._seen:
            if not self._is_here(candidate):
                self._clash(candidate)
            return
        self._seen[candidate.name] = candidate
        began = perf_counter()
        seconds = 0.0
        try:
            plugin = candidate.load()
            seconds = perf_counter() - began
            wanted = getattr(plugin, "JMDI_API", API)
            if wanted != API:
                state = "incompatible"
                error = f"needs plugin interface {brief(wanted)}, this jmdi speaks {API}"
                cure = cure_of_interface(candidate, wanted)
            else:
                _check_hooks(plugin)
                self.manager.register(plugin, candidate.name)
                hooks = tuple(h for h in HOOKS if hasattr(plugin, h) and _implements(plugin, h))
                if not hooks and candidate.distribution == GIVEN:
                    _refuse_package(candidate)
                    notices.append("has no hooks, so that nothing of it is used")
                    cure = MARK_A_HOOK
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as problem:
            self._roll_back(candidate.name)
            if self.strict or candidate.name == CORE:
                raise PluginError(f"{_who(candidate)}: {_said(problem)}") from problem
            state, error = "failed", f"{type(problem).__name__}: {problem}"
            cure = cure_of(candidate, problem)
        if state == "incompatible" and self.strict:
            raise PluginError(f"{_who(candidate)}: {error}")
        if seconds > SLOW:
            notices.append(f"took {seconds:.1f} s to import")
        self.statuses[candidate.name] = PluginStatus(
            name=candidate.name,
            distribution=candidate.distribution,
            version=candidate.version,
            state=state,
            hooks=hooks,
            error=error,
            cure=cure,
            seconds=seconds,
            notices=tuple(notices),
            module=candidate.module,
            plugin=plugin,
        )
        if error:
            log.warning("%s is %s: %s", _who(candidate), state, error)
        for notice in notices:
            told = f"{notice}; {cure}" if cure and state == "active" else notice
            log.warning("%s %s", _who(candidate), told)

    def origins(self) -> list[Origin]:
        """The plugins that were registered, the core first."""
        names = sorted(name for name, _ in self.manager.list_name_plugin())
        return [
            Origin(name, self.statuses[name].distribution, self.statuses[name].version)
            for name in sorted(names, key=lambda name: name != CORE)
        ]

    def added(self, name: str, hook: str) -> list[Any]:
        """What one plugin adds to a hook; nothing if it fails."""
        for impl in getattr(self.manager.hook, hook).get_hookimpls():
            if impl.plugin_name == name:
                try:
                    return list(impl.function() or ())
                except (KeyboardInterrupt, MemoryError):
                    raise
                except BaseException as problem:
                    self.fail(name, hook, problem)
        return []

    def fail(self, name: str, hook: str, problem: BaseException) -> None:
        """Notes that a hook of a plugin failed."""
        status = self.statuses[name]
        text = f"{hook}: {type(problem).__name__}: {problem}"
        if self.strict or name == CORE:
            raise PluginError(f"{_who(self._seen[name])}: {text}") from problem
        self.statuses[name] = attrs.evolve(
            status,
            state="failed",
            error=text,
            cure=cure_of(self._seen[name], problem),
        )
        log.warning("plugin %r from %s failed in %s", name, status.distribution, text)

    def _is_here(self, candidate: Candidate) -> bool:
        """Whether a plugin is loaded already: given twice, or by its name and as a module."""
        if candidate.distribution == GIVEN:
            return candidate.load() is self.manager.get_plugin(candidate.name)
        return candidate == self._seen[candidate.name]

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
            cure=(
                "give one of them another name"
                if GIVEN in (other.distribution, candidate.distribution)
                else f"uninstall {other.distribution} or {candidate.distribution}"
            ),
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


def _refuse_package(candidate: Candidate) -> None:
    """Refuses a module without hooks of a package whose plugin is another one of its modules."""
    module = candidate.module
    for plugin in installed():
        if plugin.module != module and plugin.module.split(".")[0] == module.split(".")[0]:
            raise PluginError(f"it has no hooks; give {plugin.name!r} or {plugin.module}")


def _said(problem: BaseException) -> str:
    """What an error says; one that is not of jmdi says little without the name of its class."""
    return f"{'' if isinstance(problem, JmdiError) else f'{type(problem).__name__}: '}{problem}"


def _who(candidate: Candidate) -> str:
    return f"plugin {candidate.name!r} from {candidate.distribution} {candidate.version}".rstrip()
