"""Checks what plugins add and puts it together; two that claim one name both lose it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, TypeAlias

import attrs

from jmdi.errors import ModelError, Problem, Severity, suggest
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.declare import KindSpec, spec_of
from jmdi.model.records import Entity, Facet, Record, Relation
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.catalog import CORE, Catalog, Origin, PluginStatus, sorted_by_name
from jmdi.plugins.finding import GIVEN
from jmdi.plugins.late import Late
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

__all__ = ["assemble"]

_OWNERS: dict[str, type[Dataset | Network | Result]] = {
    "dataset": Dataset,
    "network": Network,
    "result": Result,
}
"""What an accessor may stand on."""

_ITEMS: dict[str, tuple[str, type[Any]]] = {
    "jmdi_vocabularies": ("vocabulary", Vocabulary),
    "jmdi_migrations": ("migration", Migration),
    "jmdi_importers": ("importer", Importer),
    "jmdi_exporters": ("exporter", Exporter),
    "jmdi_checks": ("check", Check),
    "jmdi_projections": ("projection", Projection),
    "jmdi_metrics": ("metric", Metric),
    "jmdi_problem_codes": ("problem code", ProblemCode),
    "jmdi_kernels": ("kernel", Kernel),
    "jmdi_accessors": ("accessor", Accessor),
    "jmdi_commands": ("command", Command),
    "jmdi_panels": ("panel", Panel),
    "jmdi_engines": ("engine", Engine),
}


_HOOKS = {
    "kind": "jmdi_kinds",
    "facet": "jmdi_facets",
    **{what: hook for hook, (what, _) in _ITEMS.items() if what != "vocabulary"},
}
"""The hook to which plugins add what is called so, of whose names each has one owner."""

Ask: TypeAlias = Callable[[str, str], list[Any]]
"""Gives what a plugin adds to a hook; nothing if it fails."""

Fail: TypeAlias = Callable[[str, str, BaseException], None]
"""Called with plugin, hook and exception when items are not what they must be; that plugin's
contribution to the hook is then left out as a whole."""

Entry: TypeAlias = tuple[Any, Origin]


def assemble(
    origins: Sequence[Origin],
    ask: Ask,
    fail: Fail,
    statuses: Callable[[], tuple[PluginStatus, ...]],
) -> Catalog:
    """A catalog of what plugins add; each is asked when its items are first looked for.

    Args:
        origins: The plugins.
        ask: Gives what one of them adds.
        fail: Notes that it cannot be used.
        statuses: How loading each went, as far as they were asked.
    """
    parts = _Parts(origins, ask, fail)

    def plugins() -> tuple[PluginStatus, ...]:
        parts.problems()  # only who was asked can have failed
        return statuses()

    return Catalog(
        kinds=parts.late("kind"),
        facets=parts.late("facet"),
        vocabularies=Late(parts.vocabularies, lambda scheme: None),
        migrations=Late(
            lambda: {(m.of, m.from_v): m for m, _ in parts.entries("migration").values()},
            lambda key: None,
        ),
        importers=parts.late("importer"),
        exporters=parts.late("exporter"),
        checks=lambda: tuple(check for check, _ in parts.entries("check").values()),
        projections=parts.late("projection"),
        metrics=parts.late("metric"),
        codes=parts.late("problem code"),
        kernels=parts.late("kernel"),
        accessors=parts.late("accessor"),
        commands=parts.late("command"),
        panels=parts.late("panel"),
        engines=parts.late("engine"),
        origins=Late(parts.origins, lambda key: parts.origin(*key)),
        plugins=plugins,
        problems=parts.problems,
    )


class _Parts:
    """What plugins add, asked for and checked once, hook by hook.

    Threads that ask at the same time may ask twice, and get the same.
    """

    def __init__(self, origins: Sequence[Origin], ask: Ask, fail: Fail) -> None:
        self._origins, self._ask, self._fail = origins, ask, fail
        self._own: dict[tuple[str, str], list[tuple[str, Any]]] = {}
        self._entries: dict[str, dict[str, Entry]] = {}
        self._problems: dict[str, list[Problem]] = {}

    def late(self, what: str) -> Late[str, Any]:
        """What is called so, by name."""

        def one(name: str) -> Any:
            found = self._kept(what, name)
            return None if found is None else found[0]

        return Late(lambda: {n: item for n, (item, _) in self.entries(what).items()}, one)

    def origin(self, what: str, name: str) -> Origin | None:
        """Who has an item, if nobody else has to be asked."""
        found = self._kept(what, name)
        return None if found is None else found[1]

    def origins(self) -> dict[tuple[str, str], Origin]:
        """Who has each item of all."""
        return {
            (what, name): origin
            for what in _HOOKS
            for name, (_, origin) in self.entries(what).items()
        }

    def _kept(self, what: str, name: str) -> Entry | None:
        """An item that its plugin keeps, whoever else has one of its name."""
        for origin in self._origins if what in _HOOKS else ():
            if _is_owner(origin, name):
                items = [item for n, item in self._of(origin, _HOOKS[what]) if n == name]
                return (items[0], origin) if len(items) == 1 else None
        return None

    def entries(self, what: str) -> dict[str, Entry]:
        """All that is called so, by name, and who has it."""
        if what not in self._entries:
            problems: list[Problem] = []
            found = _without_conflicts(what, self._claims(_HOOKS[what]), problems)
            self._problems.setdefault(what, problems)
            self._entries.setdefault(what, sorted_by_name(found.items()))
        return self._entries[what]

    def vocabularies(self) -> dict[str, Vocabulary]:
        """The vocabularies, by scheme."""
        problems: list[Problem] = []
        found = _vocabularies(self._claims("jmdi_vocabularies"), problems, self._fail)
        self._problems.setdefault("vocabulary", problems)
        return found

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with names, after all were asked for all."""
        for what in _HOOKS:
            self.entries(what)
        if "vocabulary" not in self._problems:
            self.vocabularies()
        return tuple(chain.from_iterable(map(self._problems.__getitem__, sorted(self._problems))))

    def _claims(self, hook: str) -> list[tuple[str, Any, Origin]]:
        return [(*one, origin) for origin in self._origins for one in self._of(origin, hook)]

    def _of(self, origin: Origin, hook: str) -> list[tuple[str, Any]]:
        """What one plugin adds to a hook, with its names; nothing if a part of it is wrong."""
        key = (origin.plugin, hook)
        if key not in self._own:
            items = self._ask(*key)
            named: list[tuple[str, Any]] = []
            try:
                named = [(_name(hook, item, origin), item) for item in items]
                if hook == "jmdi_metrics":
                    self._refuse_lost_metrics(origin, items)
            except Exception as error:
                named = []
                self._fail(*key, error)
            self._own.setdefault(key, named)
        return self._own[key]

    def _refuse_lost_metrics(self, origin: Origin, metrics: Iterable[Metric]) -> None:
        """Refuses the metrics of a plugin that names a projection which cannot be there.

        One of another plugin may be: that plugin is only not installed.

        Raises:
            ModelError: If there is one.
        """
        for metric in metrics:
            owner, colon, _ = metric.on.partition(":")
            if metric.on in ("dataset", "network") or (colon and owner != origin.plugin):
                continue
            known = ["dataset", "network", *self.entries("projection")]
            if metric.on not in known:
                near = " or ".join(map(repr, suggest(metric.on, known)))
                cure = f"did you mean {near}?" if near else f"there are {', '.join(known)}"
                raise ModelError(
                    f"metric {metric.name!r}: no projection is called on={metric.on!r}; {cure}"
                )


def _is_owner(origin: Origin, name: str) -> bool:
    """Whether a name is a plugin's own: it begins with that of the plugin, or is the core's."""
    prefix, colon, _ = name.partition(":")
    return origin.plugin == (prefix if colon else CORE)


def _name(hook: str, item: Any, origin: Origin) -> str:
    """The name under which an item is registered, after checks that the item is right.

    Raises:
        ModelError: If the item is not what the hook must return, or its name lacks a prefix.
    """
    if hook in ("jmdi_kinds", "jmdi_facets"):
        name = _declared(hook, item).name
    else:
        what, cls = _ITEMS[hook]
        spec: Any = item
        if not isinstance(spec, cls):
            raise ModelError(f"{hook} must return {cls.__name__} objects, not {item!r}")
        if hook == "jmdi_migrations":
            return f"{item.of}@{item.from_v}"
        if hook == "jmdi_vocabularies":
            return str(item.scheme)
        if hook == "jmdi_kernels":
            return str(item.metric)
        if hook in ("jmdi_accessors", "jmdi_commands"):
            return _free_name(item)
        name = item.code if hook in ("jmdi_checks", "jmdi_problem_codes") else item.name
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9:._-]+", name):
            raise ModelError(f"{name!r} is not a name for a {what}")
    if (origin.plugin == CORE) == (":" in name):
        reason = (
            "core names have no colon"
            if origin.plugin == CORE
            else ("a plugin's names start with its own name and a colon")
        )
        raise ModelError(f"{hook}: {name!r} cannot be registered: {reason}")
    return name


def _free_name(item: Accessor | Command) -> str:
    """The name of an accessor or command, which has no prefix.

    Raises:
        ModelError: If a user cannot type it, or it would hide a member that the class has.
    """
    if isinstance(item, Command):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", item.name):
            raise ModelError(f"{item.name!r} is not a name for a command: write it as 'my-report'")
        return item.name
    owner = _OWNERS.get(item.on)
    if owner is None:
        raise ModelError(f"accessor {item.name!r}: 'on' is one of {', '.join(_OWNERS)}")
    usable = item.name.isidentifier() and not keyword.iskeyword(item.name)
    if not usable or item.name.startswith("_"):
        raise ModelError(f"{item.name!r} is not a name for an accessor: write it as 'my_method'")
    if hasattr(owner, item.name):
        raise ModelError(
            f"accessor {item.full_name!r} would hide {owner.__name__}.{item.name}: rename it"
        )
    return item.full_name


def _declared(hook: str, item: Any) -> KindSpec:
    bases = (Entity, Relation) if hook == "jmdi_kinds" else (Facet,)
    if not isinstance(item, type) or not issubclass(item, bases):
        wanted = "subclasses of Entity or Relation" if hook == "jmdi_kinds" else "Facet classes"
        raise ModelError(f"{hook} must return {wanted}, not {item!r}")
    spec = spec_of(item)
    if hook == "jmdi_facets" and not (isinstance(spec.on, type) and issubclass(spec.on, Record)):
        raise ModelError(f"facet {spec.name!r}: 'on' must be the class of a kind")
    return spec


def _without_conflicts(
    what: str, entries: list[tuple[str, Any, Origin]], problems: list[Problem]
) -> dict[str, Entry]:
    """Entries by name; of a name claimed twice, only whose own it is keeps it."""
    by_name: dict[str, list[Entry]] = {}
    for name, item, origin in entries:
        by_name.setdefault(name, []).append((item, origin))
    kept: dict[str, Entry] = {}
    for name, claims in sorted(by_name.items()):
        own = [claim for claim in claims if _is_owner(claim[1], name)]
        if len(claims) == 1 or len(own) == 1:
            kept[name] = (own or claims)[0]
        if len(claims) > 1:
            who = "the core" if ":" not in name else f"plugin {name.partition(':')[0]!r}"
            outcome = f"{who} keeps it" if len(own) == 1 else "neither is used"
            problems.append(_conflict(what, name, [origin for _, origin in claims], outcome))
    return kept


def _conflict(what: str, name: str, origins: list[Origin], outcome: str) -> Problem:
    who = " and ".join(f"plugin {o.plugin!r} from {o}" for o in origins)
    given = any(origin.distribution == GIVEN for origin in origins)
    off = "leave out the one that was given" if given else "switch one off with JMDI_PLUGINS"
    return Problem(
        code="J401",
        severity=Severity.ERROR,
        message=f"{what} {name!r} is claimed by {who}; {outcome}",
        value=name,
        cure=f"rename one of them, or {off}",
    )


def _vocabularies(
    entries: list[tuple[str, Vocabulary, Origin]],
    problems: list[Problem],
    fail: Fail,
) -> dict[str, Vocabulary]:
    """Vocabularies by scheme; several plugins may add codes to one, the core's come first.

    The codes of a vocabulary that one plugin alone knows are not read here.
    """
    by_scheme: dict[str, list[tuple[Vocabulary, Origin]]] = {}
    for scheme, vocabulary, origin in entries:
        by_scheme.setdefault(scheme, []).append((vocabulary, origin))
    return sorted_by_name(
        (scheme, claims[0][0] if len(claims) == 1 else _merged(scheme, claims, problems, fail))
        for scheme, claims in by_scheme.items()
    )


def _merged(
    scheme: str,
    claims: list[tuple[Vocabulary, Origin]],
    problems: list[Problem],
    fail: Fail,
) -> Vocabulary:
    """One vocabulary of several; the codes of a plugin that do not fit the others are left out."""
    owners: dict[str, Origin] = {}
    merged = attrs.evolve(claims[0][0], concepts=())
    for vocabulary, origin in claims:
        try:
            added = [c for c in vocabulary.concepts if c.code not in owners]
            merged = merged.extended(added)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:
            fail(origin.plugin, "jmdi_vocabularies", error)
            continue
        for concept in vocabulary.concepts:
            owner = owners.setdefault(concept.code, origin)
            if owner is not origin:
                name = f"{scheme}:{concept.code}"
                problems.append(_conflict("code", name, [owner, origin], "the first keeps it"))
    return merged
