"""The conformance of a plugin: eleven checks that it must pass to be trusted."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import attrs
import pytest

from jmdi.app import Model
from jmdi.errors import JmdiError, suggest
from jmdi.graph.dataset import Dataset
from jmdi.graph.report import FAILED
from jmdi.plugins.hookspecs import API, HOOKS
from jmdi.plugins.lazy import LazyRef
from jmdi.plugins.specs import Check, Migration, Projection
from jmdi.running.checking import check
from jmdi.testing.format_suites import ExporterSuite, ImporterSuite
from jmdi.testing.kind_suite import KindSuite
from jmdi.testing.metric_suite import MetricSuite
from jmdi.testing.outputs import projected
from jmdi.testing.panel_suite import PanelSuite
from jmdi.testing.reshaping import ISOLATE, with_twin
from jmdi.testing.sampled import HASH_SEEDS
from jmdi.testing.samples import for_each_dataset
from jmdi.testing.subject import CORE, Subject, call_hooks, described
from jmdi.testing.suite import fault, slow
from jmdi.testing.table_suite import TableSuite

__all__ = ["PluginConformance"]

_PARTS = (
    "read",
    "sniff",
    "write",
    "build",
    "run",
    "accepts",
    "step",
    "make",
    "count",
    "finish",
    "open",
)
"""The members of specifications that are called."""


class PluginConformance(
    KindSuite, ImporterSuite, ExporterSuite, MetricSuite, PanelSuite, TableSuite
):
    """All that jmdi asks of a plugin; derive from it and name the plugin.

    >>> from jmdi.testing import PluginConformance
    >>> class TestAcme(PluginConformance):
    ...     plugin = "acme"

    The eleven checks: 1 imports, 2 names, 3 hooks, 4 kinds, 5 round trips, 6 schemas,
    7 migrations, 8 checks, 9 importers and exporters, 10 projections, metrics and panels, 11 other
    plugins beside it. Some have several tests.

    Attributes:
        module_budget: How many modules importing the plugin may load.
        ties_only: Projections that show only actors with ties, each with the reason.
    """

    module_budget: ClassVar[int] = 60
    ties_only: ClassVar[Mapping[str, str]] = {}

    @slow
    def test_imports_cleanly(self) -> None:
        """1: a fresh interpreter imports it without heavy packages, silently."""
        subject, found = self.subject, self._apart(HASH_SEEDS[0])
        if found["heavy"]:
            raise fault(
                f"importing {_plugin(subject)} loads {', '.join(found['heavy'])}",
                why="every start of jmdi waits for it, even for --help",
                cure='import it inside the function that needs it, and name that function as "'
                f'{subject.module.__name__}.module:function" in the specification',
            )
        if found["notices"]:
            raise fault(
                f"{_plugin(subject)} {found['notices'][0]}",
                why="whoever imports jmdi has this happen to a program that did not ask for it",
                cure="let the module of the plugin only define; do the rest when it is called",
            )
        if len(found["modules"]) > self.module_budget:
            raise fault(
                f"importing {_plugin(subject)} loads {len(found['modules'])} modules, and "
                f"{self.module_budget} is the budget: {', '.join(found['modules'][:8])} …",
                why="every start of jmdi waits for them",
                cure="import them where they are used, or raise module_budget with a reason",
            )

    def test_names_and_bounds_agree(self) -> None:
        """2: interface, prefixes, entry point and the bounds of the distribution agree."""
        subject = self.subject
        api = getattr(subject.module, "JMDI_API", None)
        if api != API or isinstance(api, bool):
            raise fault(
                f"{_plugin(subject)} states JMDI_API = {api!r}",
                why="jmdi cannot tell whether it fits once the interface changes",
                cure=f"write JMDI_API = {API} in {subject.module.__name__}",
            )
        for item, name in _named_items(subject):
            if not name.startswith(subject.prefix) or (subject.name == CORE and ":" in name):
                raise fault(
                    f"{described(item)} of {_plugin(subject)} has a name without the prefix "
                    f"{subject.prefix!r}",
                    why="two plugins that use one name both lose it",
                    cure=f"call it {subject.prefix}{name.rpartition(':')[2]}, or install the "
                    f"plugin under the name {name.partition(':')[0]!r}",
                )
        if subject.entry is not None:
            _check_distribution(subject, subject.entry)

    def test_hooks_are_right_and_pure(self) -> None:
        """3: each hook exists, takes nothing, and gives the same answer twice."""
        subject = self.subject
        for name in vars(subject.module) if hasattr(subject.module, "__dict__") else ():
            if (
                name.startswith("jmdi_")
                and name not in HOOKS
                and callable(getattr(subject.module, name))
            ):
                near = suggest(name, HOOKS, most=1)
                mark = ", with @jmdi.hookimpl in the line above it"
                raise fault(
                    f"{name} of {_plugin(subject)} is named like a hook and is none",
                    why="jmdi never calls it, and nobody is told",
                    cure=f"call it {near[0]}{mark}" if near else f"hooks are {', '.join(HOOKS)}",
                )
        for hook in subject.contributions:
            if getattr(subject.module, hook)() is None:
                raise fault(
                    f"{hook} of {_plugin(subject)} returns nothing",
                    why="what it was meant to add is not there, and nobody is told",
                    cure="write return before the list; without anything to add, take the hook out",
                )
        again = call_hooks(subject.module)
        for hook, items in subject.contributions.items():
            if list(map(_essence, items)) != list(map(_essence, again[hook])):
                raise fault(
                    f"{hook} of {_plugin(subject)} gives another answer the second time",
                    why="each model calls the hooks once; records of one would not be records of "
                    "another",
                    cure="declare classes and specifications at the top of a module and return "
                    "them; keep no state between calls, and return no generator that is used up",
                )

    def test_callables_can_be_loaded(self) -> None:
        """3: everything that is named as 'module:function' is there."""
        subject = self.subject
        every = (i for items in subject.contributions.values() for i in items)
        for item in self._wanted(i for i in every if any(hasattr(i, part) for part in _PARTS)):
            for part in _PARTS:
                target = getattr(item, part, None)
                if not isinstance(target, LazyRef):
                    continue
                try:
                    target.load()
                except JmdiError as error:
                    raise fault(
                        f"{part} of {described(item)} is not there: {error}",
                        why="users find out when they need it",
                        cure="write the module and the name of the function as they are",
                    ) from error

    def test_checks_only_yield_their_codes(self) -> None:
        """8: checks never raise on valid or stand-in records, and yield only own codes."""
        subject = self.subject
        checks: list[Check] = subject.added("jmdi_checks")
        if not checks:
            pytest.skip(f"the plugin {subject.name!r} adds no checks")
        documented = {code.code for code in subject.added("jmdi_problem_codes")}
        checks = self._wanted(checks)
        for one in checks:
            if one.code not in documented:
                raise fault(
                    f"{described(one)} has a code that nobody explains",
                    why=f"'jmdi explain {one.code}' has no answer for users",
                    cure=f"let jmdi_problem_codes return jmdi.ProblemCode({one.code!r}, 'what is "
                    "wrong', 'why it matters', 'what to do') in its list",
                )
        for dataset in self._datasets():
            _check_checks(subject, checks, documented, dataset)
        for_each_dataset(
            self,
            lambda dataset: _check_checks(subject, checks, documented, dataset),
            examples=self.examples,
        )

    def test_projections_are_deterministic(self) -> None:
        """10: any Dataset becomes a Network, the same each time; empty ones and stand-ins too."""
        subject = self.subject
        projections: list[Projection] = subject.added("jmdi_projections")
        if not projections:
            pytest.skip(f"the plugin {subject.name!r} adds no projections")
        for projection in self._wanted(projections):
            more = self.options.get(projection.name, {})
            for dataset in self._datasets():
                try:
                    self._once(projected, projection.name, dataset, more)
                except (JmdiError, ValueError) as error:
                    raise fault(
                        f"{described(projection)} fails on {dataset!r}: {error}",
                        why="users cannot look at part of their data, nor at that of a plugin "
                        "they have not installed",
                        cure="give an empty Network of an empty Dataset, and pass over records "
                        "that it does not know; say in its notes what was left out",
                    ) from error
        self._check_hash_seeds("projection")

    def test_projections_keep_isolates(self) -> None:
        """10: an actor without a tie is a node where one with ties, and all else alike, is."""
        projections: list[Projection] = self.subject.added("jmdi_projections")
        if not projections:
            pytest.skip(f"the plugin {self.subject.name!r} adds no projections")
        for projection in self._wanted(projections):
            more = self.options.get(projection.name, {})
            for dataset in self._datasets() if projection.name not in self.ties_only else ():
                nodes = self._once(projected, projection.name, dataset, more).nodes
                alone = with_twin(dataset, nodes)
                if alone is not None and ISOLATE not in alone.project(projection.name, **more):
                    raise fault(
                        f"{described(projection)} loses actors without a tie, as of {dataset!r}",
                        why="isolates are nodes: without one of sixteen families a density of "
                        "0.167 becomes 0.190",
                        cure="make nodes of dataset.of(jmdi.Actor), not of the ends of ties; if "
                        "only those with ties are meant, say why in the body of "
                        f"{type(self).__name__}: ties_only = {{{projection.name!r}: 'why'}}",
                    )

    @slow
    def test_nothing_changes_beside_another_plugin(self) -> None:
        """11: what it does is the same when another plugin is installed beside it."""
        subject, both = self.subject, Model.build(self._all_plugins, missing="skip")
        if both.catalog.problems:
            raise fault(
                f"{_plugin(subject)} is in the way of another plugin: "
                f"{both.catalog.problems[0].message}",
                why="users who install both lose what both claim",
                cure=f"begin every name with {subject.prefix!r}",
            )
        alone, there = self._outputs_here(), self._apart(HASH_SEEDS[0])["outputs"]
        if alone == there:
            return
        there = self._outputs_again()
        changed = [name for name in alone if alone[name] != there[name]]
        if changed:
            raise fault(
                f"{changed[0]} of {_plugin(subject)} gives something else when another plugin is "
                "installed beside it",
                why="a finding would depend on what else a person has installed",
                cure="ask for the kinds that you need by class; do not count or list what the "
                "catalog holds, and look nothing up in sys.modules",
            )


def _plugin(subject: Subject) -> str:
    return f"the plugin {subject.name!r}"


_WITHOUT_PREFIX = (
    "jmdi_accessors",
    "jmdi_commands",
    "jmdi_kernels",
    "jmdi_strategies",
    "jmdi_vocabularies",
)


def _named_items(subject: Subject) -> Iterator[tuple[Any, str]]:
    """What a plugin adds, with the name that has its prefix.

    Codes for vocabularies of others have no name, accessors and commands no prefix.
    """
    for hook, items in subject.contributions.items():
        for item in items:
            if hook in _WITHOUT_PREFIX:
                continue
            if hook in ("jmdi_kinds", "jmdi_facets"):
                yield item, item.__jmdi__.name
            elif isinstance(item, Migration):
                yield item, item.of
            else:
                yield item, getattr(item, "name", None) or item.code


def _essence(item: object) -> object:
    """What of an item must be the same each time; functions made anew count by their name."""
    if isinstance(item, tuple):
        return item[0]
    cls = type(item)
    if isinstance(item, type) or not attrs.has(cls):
        return item
    members = {a.name: getattr(item, a.name) for a in attrs.fields(cls)}
    return [cls, {n: _function(v) for n, v in members.items()}]


def _function(value: object) -> object:
    if isinstance(value, Mapping) or not callable(value) or isinstance(value, (LazyRef, type)):
        return value
    return (getattr(value, "__module__", ""), getattr(value, "__qualname__", repr(type(value))))


def _check_distribution(subject: Subject, entry: importlib.metadata.EntryPoint) -> None:
    """Whether the name of a plugin can be a prefix, and its distribution asks for a fitting jmdi.

    Raises:
        AssertionError: If not.
    """
    from packaging.requirements import Requirement

    if not re.fullmatch(r"[a-z][a-z0-9-]*", entry.name):
        raise fault(
            f"the entry point {entry.name!r} cannot be the prefix of a name",
            why="nothing that the plugin adds could be named after it",
            cure="use small letters, digits and hyphens, beginning with a letter",
        )
    dist = entry.dist
    required = [Requirement(text) for text in (dist.requires if dist else None) or ()]
    bounds = [r for r in required if r.name == "jmdi" and (not r.marker or r.marker.evaluate())]
    who = dist.metadata["Name"] if dist else "the distribution"
    cure = 'write dependencies = ["jmdi>=26.1,<27"], with the version that you test with'
    if not any(spec.operator in (">=", "~=", ">", "==") for r in bounds for spec in r.specifier):
        raise fault(
            f"{who} does not say which jmdi it needs",
            why="it is installed beside a jmdi that is too old, and fails there",
            cure=cure,
        )
    running = importlib.metadata.version("jmdi")
    if not all(r.specifier.contains(running, prereleases=True) for r in bounds):
        raise fault(
            f"{who} asks for jmdi{bounds[0].specifier}, and is tested with {running}",
            why="the tests do not show that it works where it can be installed",
            cure=cure,
        )


def _check_checks(
    subject: Subject, checks: list[Check], documented: set[str], dataset: Dataset
) -> None:
    first, second = (list(check(dataset, subject.catalog, checks)) for _ in range(2))
    for problem in first:
        if problem.code == FAILED:
            raise fault(
                f"{problem.message}; the data was {dataset!r}",
                why="a check runs over the data of people who never heard of the plugin",
                cure="expect every field to be unknown, every reference to point nowhere, and "
                "records of subkinds and stand-ins",
            )
        if problem.code not in documented:
            raise fault(
                f"a check of {_plugin(subject)} yields the code {problem.code!r}, which is not "
                "among its own",
                why="users cannot have it explained or switched off",
                cure="yield the code of the check, or document the code in jmdi_problem_codes",
            )
    if first != second:
        raise fault(
            f"the checks of {_plugin(subject)} find something else the second time",
            why="a report would change although the data did not",
            cure="keep no state between calls, and sort what comes out of a set",
        )
