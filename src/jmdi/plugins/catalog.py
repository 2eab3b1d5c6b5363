"""Everything that a model knows, collected from the plugins and then frozen."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar

import attrs

from jmdi.classes import frozen
from jmdi.errors import NotFound, Problem
from jmdi.model.declare import KindSpec, spec_of
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Facet, Record
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.known import install_for
from jmdi.plugins.specs import (
    Accessor,
    Check,
    Command,
    Engine,
    Exporter,
    Importer,
    Kernel,
    Metric,
    Migration,
    Panel,
    ProblemCode,
    Projection,
)

__all__ = ["CORE", "Catalog", "Origin", "PluginStatus", "standin"]

CORE = "jmdi"
"""Name under which the core registers what it adds, as a plugin does."""

S = TypeVar("S")

Many: TypeAlias = tuple[S, ...] | Callable[[], tuple[S, ...]]
"""Several, or what finds them."""


def _made(many: Many[S]) -> tuple[S, ...]:
    return many() if callable(many) else many


@frozen
class Origin:
    """Who registered something.

    Attributes:
        plugin: Name of the plugin.
        distribution: The distribution that it came with.
        version: Version of that distribution.
    """

    plugin: str
    distribution: str
    version: str

    def __str__(self) -> str:
        return f"{self.distribution} {self.version}".rstrip()


@frozen
class PluginStatus:
    """How loading a plugin went.

    Attributes:
        name: Name of the plugin.
        distribution: The distribution that it came with.
        version: Version of that distribution.
        state: ``active``, ``failed`` or ``incompatible``.
        hooks: The hooks that it implements.
        error: What went wrong.
        cure: What to do about it.
        seconds: How long importing it took.
        module: The module or file that it is.
        notices: What is unusual about it, such as that importing it took long.
        plugin: The module or object itself, if it could be imported.
    """

    name: str
    distribution: str
    version: str
    state: Literal["active", "failed", "incompatible"] = "active"
    hooks: tuple[str, ...] = ()
    error: str | None = None
    cure: str | None = None
    seconds: float = attrs.field(default=0.0, eq=False)
    module: str = ""
    notices: tuple[str, ...] = ()
    plugin: object = attrs.field(default=None, eq=False, repr=False)


@frozen(eq=False)
class Catalog:
    """The kinds, vocabularies, importers, exporters, checks, projections and metrics of a model.

    A plugin is asked for its metrics, say, when somebody looks for one of them.

    Attributes:
        kinds: Classes of the kinds, by kind name.
        facets: Classes of the facets, by facet name.
        vocabularies: Vocabularies, by scheme.
        migrations: Migrations, by kind or facet and the version that they start from.
        importers: Importers, by name.
        exporters: Exporters, by name.
        projections: Projections, by name.
        metrics: Metrics, by name.
        codes: Explanations of problem codes, by code.
        kernels: Faster ways to count for metrics, by the names of these.
        accessors: Functions called as methods, by place and name, such as ``network.null``.
        commands: Commands of the command line, by name.
        panels: Parts of a report, by name.
        engines: What computes on more than memory holds, by name.
        origins: Who registered what: ``("metric", "density")`` to its origin.
    """

    kinds: Mapping[str, type[Record]] = EMPTY
    facets: Mapping[str, type[Facet]] = EMPTY
    vocabularies: Mapping[str, Vocabulary] = EMPTY
    migrations: Mapping[tuple[str, int], Migration] = attrs.field(factory=dict)
    importers: Mapping[str, Importer] = EMPTY
    exporters: Mapping[str, Exporter] = EMPTY
    _checks: Many[Check] = attrs.field(default=(), alias="checks")
    projections: Mapping[str, Projection] = EMPTY
    metrics: Mapping[str, Metric] = EMPTY
    codes: Mapping[str, ProblemCode] = EMPTY
    kernels: Mapping[str, Kernel] = EMPTY
    accessors: Mapping[str, Accessor] = EMPTY
    commands: Mapping[str, Command] = EMPTY
    panels: Mapping[str, Panel] = EMPTY
    engines: Mapping[str, Engine] = EMPTY
    origins: Mapping[tuple[str, str], Origin] = attrs.field(factory=dict)
    _plugins: Many[PluginStatus] = attrs.field(default=(), alias="plugins")
    _problems: Many[Problem] = attrs.field(default=(), alias="problems")

    @property
    def checks(self) -> tuple[Check, ...]:
        """Checks, in order of code."""
        return _made(self._checks)

    @property
    def plugins(self) -> tuple[PluginStatus, ...]:
        """How loading each plugin went, after each was asked for all that it adds."""
        return _made(self._plugins)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with what plugins add together, such as two that claim one name."""
        return _made(self._problems)

    def __repr__(self) -> str:
        return f"Catalog({len(self.kinds)} kinds from {len(self.plugins)} plugins)"

    def importer(self, name: str) -> Importer:
        """The importer of a format.

        Raises:
            NotFound: If there is none of this name; it names what is near.
        """
        return _find("importer", name, self.importers)

    def exporter(self, name: str) -> Exporter:
        """The exporter of a format.

        Raises:
            NotFound: If there is none of this name; it names what is near.
        """
        return _find("exporter", name, self.exporters)

    def projection(self, name: str) -> Projection:
        """The projection of this name.

        Raises:
            NotFound: If there is none; it names what is near.
        """
        return _find("projection", name, self.projections)

    def metric(self, name: str) -> Metric:
        """The metric of this name.

        A bare name is that of the core, else of the only plugin that has one: ``transitivity``
        is ``network:transitivity``. A hyphen may be written instead of the colon.

        Raises:
            NotFound: If there is none; it names what is near.
        """
        return _find("metric", name, self.metrics)

    def engine(self, name: str) -> Engine:
        """The engine of this name, with or without that of its plugin.

        Raises:
            NotFound: If there is none; it names what is near.
        """
        return _find("engine", name, self.engines)

    def origin(self, what: str, name: str) -> Origin | None:
        """Who registered something, such as ``("metric", "density")``."""
        return self.origins.get((what, name))

    def facets_on(self, cls: type[Record]) -> Mapping[str, type[Facet]]:
        """The facets that records of a class may carry."""
        return {n: f for n, f in self.facets.items() if issubclass(cls, spec_of(f).on)}


def _find(what: str, name: str, known: Mapping[str, S]) -> S:
    """What has a name: in full, without that of its plugin, or with a hyphen for the colon."""
    if not isinstance(name, str):
        raise TypeError(f"the name of a {what} is a text, not {name!r:.60}")
    if name in known:
        return known[name]
    meant = [
        full
        for full in known
        if (full.endswith(name) and name == full.rpartition(":")[2])
        or (len(full) == len(name) and name == full.replace(":", "-"))
    ]
    if len(meant) == 1:
        return known[meant[0]]
    cure = None
    if meant:
        cure = f"several plugins have one: write {' or '.join(meant)}"
    elif _is_foreign(name, known):
        cure = install_for("prefix", name.partition(":")[0])
    near = known if meant or cure is None else ()
    raise NotFound(what, name, near, cure=cure)


def _is_foreign(name: str, known: Iterable[str]) -> bool:
    """Whether a name has the prefix of a plugin from which nothing is known."""
    prefix, colon, _ = name.partition(":")
    return bool(colon) and not any(full.startswith(f"{prefix}:") for full in known)


@functools.cache
def standin(base: Any, kind: str, version: int) -> type[Record]:
    """The class that stands in for a kind that no installed plugin declares."""
    spec = spec_of(base)
    body: dict[str, Any] = {
        "__slots__": (),
        "__doc__": f"Stands in for the kind {kind!r}, handled as {spec.name!r}.",
        "__reduce__": _reduce_standin,
        "kind": kind,
        "standin": True,
        "__jmdi__": KindSpec(
            name=kind, version=version, ends=spec.ends, directed=spec.directed, label=spec.label
        ),
    }
    return type("Standin", (base,), body)


def _reduce_standin(record: Record) -> tuple[Any, ...]:
    cls = type(record)
    state = {a.name: getattr(record, a.name) for a in attrs.fields(cls)}
    return (_restore_standin, (cls.__bases__[0], cls.kind, spec_of(cls).version, state))


def _restore_standin(base: Any, kind: str, version: int, state: dict[str, Any]) -> Record:
    cls: Any = standin(base, kind, version)
    return cls(**state)  # type: ignore[no-any-return]


def ancestors_of(cls: type[Record]) -> tuple[str, ...]:
    """The kinds that a class derives from, nearest first, up to ``entity`` or ``relation``."""
    names = [
        spec_of(base).name
        for base in cls.__mro__[1:]
        if "__jmdi__" in base.__dict__ and base is not Record
    ]
    return tuple(names)


def sorted_by_name(items: Iterable[tuple[str, S]]) -> dict[str, S]:
    """Items as a dict in order of name, so that no listing depends on load order."""
    return dict(sorted(items, key=lambda item: item[0]))
