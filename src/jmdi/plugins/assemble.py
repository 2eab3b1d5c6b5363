"""Checks what plugins add and puts it together; two that claim one name both lose it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from jmdi.errors import ModelError, Problem, Severity, suggest
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.model.declare import KindSpec, spec_of
from jmdi.model.records import Entity, Facet, Record, Relation
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.catalog import CORE, Catalog, Origin, sorted_by_name
from jmdi.plugins.finding import GIVEN
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


def assemble(
    contributions: Iterable[tuple[str, Origin, list[Any]]],
    fail: Callable[[str, str, BaseException], None],
) -> Catalog:
    """A catalog of what plugins add.

    Args:
        contributions: Hook, origin and items of each implementation of a hook.
        fail: Called with plugin, hook and exception when items are not what they must be;
            that plugin's contribution to the hook is then left out as a whole.
    """
    gathered: dict[str, list[tuple[str, Any, Origin]]] = {}
    for hook, origin, items in contributions:
        try:
            named = [(_name(hook, item, origin), item, origin) for item in items]
        except Exception as error:
            fail(origin.plugin, hook, error)
            continue
        gathered.setdefault(hook, []).extend(named)
    _refuse_lost_metrics(gathered, fail)
    problems: list[Problem] = []
    origins: dict[tuple[str, str], Origin] = {}

    def unique(hook: str, what: str) -> dict[str, Any]:
        entries = _without_conflicts(what, gathered.get(hook, []), problems)
        origins.update({(what, name): origin for name, (_, origin) in entries.items()})
        return sorted_by_name((name, item) for name, (item, _) in entries.items())

    migrations = unique("jmdi_migrations", "migration")
    checks = unique("jmdi_checks", "check")
    return Catalog(
        kinds=unique("jmdi_kinds", "kind"),
        facets=unique("jmdi_facets", "facet"),
        vocabularies=_vocabularies(gathered.get("jmdi_vocabularies", []), problems, fail),
        migrations={(m.of, m.from_v): m for m in migrations.values()},
        importers=unique("jmdi_importers", "importer"),
        exporters=unique("jmdi_exporters", "exporter"),
        checks=tuple(checks.values()),
        projections=unique("jmdi_projections", "projection"),
        metrics=unique("jmdi_metrics", "metric"),
        codes=unique("jmdi_problem_codes", "problem code"),
        kernels=unique("jmdi_kernels", "kernel"),
        accessors=unique("jmdi_accessors", "accessor"),
        commands=unique("jmdi_commands", "command"),
        panels=unique("jmdi_panels", "panel"),
        engines=unique("jmdi_engines", "engine"),
        origins=origins,
        problems=tuple(problems),
    )


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
) -> dict[str, tuple[Any, Origin]]:
    """Entries by name; a name claimed twice is left out, except that the core keeps its own."""
    by_name: dict[str, list[tuple[Any, Origin]]] = {}
    for name, item, origin in entries:
        by_name.setdefault(name, []).append((item, origin))
    kept: dict[str, tuple[Any, Origin]] = {}
    for name, claims in sorted(by_name.items()):
        core = [claim for claim in claims if claim[1].plugin == CORE]
        if len(claims) == 1 or core:
            kept[name] = (core or claims)[0]
        if len(claims) > 1:
            outcome = "the core keeps it" if core else "neither is used"
            problems.append(_conflict(what, name, [origin for _, origin in claims], outcome))
    return kept


def _refuse_lost_metrics(
    gathered: dict[str, list[tuple[str, Any, Origin]]],
    fail: Callable[[str, str, BaseException], None],
) -> None:
    """Leaves out the metrics of a plugin that names a projection which cannot be there.

    One of another plugin may be: that plugin is only not installed.
    """
    known = ["dataset", "network", *(name for name, *_ in gathered.get("jmdi_projections", ()))]
    lost: dict[str, ModelError] = {}
    for name, item, origin in gathered.get("jmdi_metrics", ()):
        owner, colon, _ = item.on.partition(":")
        if item.on not in known and (not colon or owner == origin.plugin):
            near = " or ".join(map(repr, suggest(item.on, known)))
            cure = f"did you mean {near}?" if near else f"there are {', '.join(known)}"
            lost[origin.plugin] = ModelError(
                f"metric {name!r}: no projection is called on={item.on!r}; {cure}"
            )
    for plugin, error in lost.items():
        fail(plugin, "jmdi_metrics", error)
        kept = [entry for entry in gathered["jmdi_metrics"] if entry[2].plugin != plugin]
        gathered["jmdi_metrics"] = kept


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
    fail: Callable[[str, str, BaseException], None],
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
    fail: Callable[[str, str, BaseException], None],
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
