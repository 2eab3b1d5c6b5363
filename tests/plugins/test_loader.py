"""Whatever a plugin does while it is loaded, the core works and says who did it."""

from __future__ import annotations

import importlib.util
import itertools
import logging
import sys
import types

import pytest

import jmdi
from jmdi.plugins import finding
from jmdi.plugins.distributions import entries_of
from jmdi.plugins.loader import build_catalog

GOOD = """
    import jmdi
    JMDI_API = 1
    @jmdi.define("{name}:thing")
    class Thing(jmdi.Entity):
        '''A thing.'''
    @jmdi.hookimpl
    def jmdi_kinds():
        return [Thing]
"""
BROKEN = {
    "missing-module": (
        "import no_such_module_at_all",
        "ModuleNotFoundError",
        "no_such_module_at_all",
    ),
    "own-module": ("import broken_here.part", "ModuleNotFoundError", "broken_here"),
    "raises": ("raise ValueError('out of order')", "ValueError: out of order", "report it"),
    "exits": ("import sys\nsys.exit(3)", "SystemExit: 3", "report it"),
    "syntax": ("def jmdi_kinds(: pass", "SyntaxError", "report it"),
    "old-api": ("JMDI_API = 0", "needs plugin interface 0", "upgrade"),
    "new-api": ("JMDI_API = 2", "needs plugin interface 2", "upgrade jmdi"),
    "odd-api": ("JMDI_API = '1'", "needs plugin interface '1'", "upgrade jmdi"),
    "misspelt": (
        "@jmdi.hookimpl\ndef jmdi_kind(): return []",
        "did you mean jmdi_kinds",
        "upgrade",
    ),
    "unmarked": ("def jmdi_kinds(): return []", "not marked with @jmdi.hookimpl", "upgrade"),
    "arguments": ("@jmdi.hookimpl\ndef jmdi_kinds(catalog): return []", "catalog", "report it"),
    "wrapper": (
        "@jmdi.hookimpl(wrapper=True)\ndef jmdi_kinds(): return (yield)",
        "wrapper",
        "upgrade",
    ),
    "old-wrapper": (
        "@jmdi.hookimpl(hookwrapper=True)\ndef jmdi_kinds(): yield",
        "wrapper",
        "upgrade",
    ),
    "hook-raises": (
        "@jmdi.hookimpl\ndef jmdi_kinds(): raise ValueError('no')",
        "jmdi_kinds: ValueError: no",
        "report it",
    ),
    "hook-exits": (
        "@jmdi.hookimpl\ndef jmdi_kinds(): raise SystemExit",
        "jmdi_kinds: SystemExit",
        "report",
    ),
    "half-way": (
        "@jmdi.hookimpl\ndef jmdi_vocabularies():\n    yield jmdi.Vocabulary('x:half', ())\n"
        "    raise ValueError('half')",
        "jmdi_vocabularies: ValueError: half",
        "report it",
    ),
    "wrong-item": (
        "@jmdi.hookimpl\ndef jmdi_kinds(): return [int]",
        "Entity or Relation",
        "report it",
    ),
    "wrong-spec": (
        "@jmdi.hookimpl\ndef jmdi_metrics(): return [len]",
        "Metric objects",
        "report it",
    ),
    "no-list": ("@jmdi.hookimpl\ndef jmdi_kinds(): return 7", "TypeError", "report it"),
    "no-prefix": (
        "@jmdi.hookimpl\ndef jmdi_metrics(): return [jmdi.Metric('density', len)]",
        "colon",
        "report it",
    ),
    "undeclared": (
        "class A(jmdi.Actor): pass\n@jmdi.hookimpl\ndef jmdi_kinds(): return [A]",
        "not declared",
        "report it",
    ),
    "bad-declaration": (
        "@jmdi.define('x:a')\nclass A(jmdi.Actor):\n    a: set[str]",
        "docstring",
        "report it",
    ),
}


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Makes a distribution with an entry point, as pip would, in a folder on the path."""
    counter = itertools.count()
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name, source, *, distribution=None, version="1.0"):
        module = f"broken_{name.replace('-', '_')}_{next(counter)}"
        text = "\n".join(
            line[4:] if line.startswith("    ") and "{name}" in source else line
            for line in source.splitlines()
        )
        text = text.replace("{name}", name)
        prefix = "" if "import jmdi" in text else "import jmdi\n"
        (tmp_path / f"{module}.py").write_text(prefix + text + "\n")
        distribution = distribution or f"jmdi-{name}"
        info = tmp_path / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        (info / "entry_points.txt").write_text(f"[jmdi.plugins]\n{name} = {module}\n")
        importlib.invalidate_caches()
        return module

    yield install
    for module in [m for m in sys.modules if m.startswith("broken_")]:
        del sys.modules[module]


def status_of(catalog, name):
    return next(status for status in catalog.plugins if status.name == name)


def only(*names):
    """Loads these of the installed plugins, so that others in the environment do not matter."""
    return build_catalog(names, missing="skip")


def names_of(catalog):
    return {
        what: sorted(getattr(catalog, what))
        for what in (
            "kinds",
            "facets",
            "vocabularies",
            "importers",
            "exporters",
            "projections",
            "metrics",
            "codes",
        )
    }


@pytest.fixture(scope="module")
def bare():
    return names_of(build_catalog([]))


def test_a_good_plugin_is_active(installed):
    installed("fine", GOOD)
    status = status_of(only("fine"), "fine")
    assert (status.state, status.hooks, status.error) == ("active", ("jmdi_kinds",), None)
    assert (status.distribution, status.version) == ("jmdi-fine", "1.0")
    catalog = only("fine")
    assert str(catalog.origin("kind", "fine:thing")) == "jmdi-fine 1.0"
    assert "fine:thing" in catalog.kinds


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_is_left_out_as_a_whole(installed, bare, caplog, case):
    source, error, cure = BROKEN[case]
    installed("fine", GOOD)
    installed(case, source)
    with caplog.at_level(logging.WARNING, logger="jmdi"):
        catalog = only("fine", case)
    status = status_of(catalog, case)
    assert status.state == ("incompatible" if case.endswith("-api") else "failed")
    assert error in status.error
    assert cure in status.cure
    assert status_of(catalog, "jmdi").state == status_of(catalog, "fine").state == "active"
    got = names_of(catalog)
    assert got == {**bare, "kinds": sorted([*bare["kinds"], "fine:thing"])}
    (message,) = [r.getMessage() for r in caplog.records]
    assert f"'{case}'" in message
    assert f"jmdi-{case}" in message


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_raises_unless_it_may_be_skipped(installed, case):
    installed(case, BROKEN[case][0])
    with pytest.raises(jmdi.PluginError, match=f"'{case}' from jmdi-{case} 1.0"):
        build_catalog([case])


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "MemoryError"])
@pytest.mark.parametrize("place", ["{}", "@jmdi.hookimpl\ndef jmdi_kinds(): {}"])
def test_an_interrupt_passes(installed, error, place):
    installed("stops", place.format(f"raise {error}"))
    with pytest.raises((KeyboardInterrupt, MemoryError)):
        _ = only("stops").plugins


def test_one_argument_chooses_the_plugins(installed):
    one, two = (importlib.import_module(installed(name, GOOD)) for name in ("one", "two"))

    def names(*plugins):
        return [s.name for s in build_catalog(*plugins, missing="skip").plugins[1:]]

    assert {"one", "two"} <= set(names())
    assert names([]) == names("jmdi") == []
    assert names("two") == names(["two"]) == names(two) == names(("two", two)) == ["two"]
    assert names([one, "two"]) == names(iter(["one", two])) == ["one", "two"]
    (status,) = build_catalog(one).plugins[1:]
    assert (status.distribution, status.version, status.plugin) == ("jmdi-one", "1.0", one)


def test_a_name_that_is_not_installed_is_refused_with_near_ones(installed):
    module = installed("early", "raise ValueError('imported')")
    installed("workplane", GOOD)
    with pytest.raises(jmdi.NotFound, match="'worplane' not found: did you mean 'workplane'"):
        build_catalog(["early", "worplane"])
    assert module not in sys.modules
    status = build_catalog("worplane", missing="skip").plugins[1]
    assert (status.name, status.state) == ("worplane", "failed")
    assert "did you mean 'workplane'" in status.error
    for wrong in (3, b"one", [None], [len], int, [["one"]]):
        with pytest.raises(TypeError, match="is no plugin: give names"):
            build_catalog(wrong)
    with pytest.raises(TypeError, match=r"one.* is no plugin"):
        build_catalog(b"one")
    with pytest.raises(ValueError, match="'raise' or 'skip', not 'no'"):
        build_catalog([], missing="no")
    assert [s.name for s in build_catalog([]).plugins] == ["jmdi"]


def test_a_plugin_that_is_not_named_is_not_imported(installed):
    module = installed("quiet", "raise ValueError('imported')")
    installed("other", GOOD)
    build_catalog([])
    build_catalog(["other"])
    assert module not in sys.modules


def test_loading_does_not_depend_on_the_order_of_entry_points(installed, monkeypatch):
    for name in ("one", "two", "three"):
        installed(name, GOOD)
    entries = entries_of("jmdi.plugins")
    results = []
    for order in (entries, entries[::-1], entries + entries):
        monkeypatch.setattr(finding, "entries_of", lambda group, order=order: order)
        catalog = only("one", "two", "three")
        results.append(([s.name for s in catalog.plugins], list(catalog.kinds), catalog.origins))
    assert results[0] == results[1] == results[2]


def test_two_plugins_of_one_name_are_told_apart(installed):
    installed("twin", GOOD, distribution="jmdi-abel")
    installed("twin", GOOD, distribution="jmdi-cain")
    catalog = only("twin")
    first, second = (status for status in catalog.plugins if status.name == "twin")
    assert (first.distribution, first.state) == ("jmdi-abel", "active")
    assert (second.distribution, second.state) == ("jmdi-cain", "failed")
    assert "jmdi-abel" in second.error
    assert "uninstall" in second.cure
    with pytest.raises(jmdi.PluginError, match="two plugins are called 'twin'"):
        build_catalog(["twin"])


METRIC = "@jmdi.hookimpl\ndef jmdi_metrics(): return [jmdi.Metric('shared:size', len)]"


def test_a_name_that_two_plugins_claim_is_refused_to_both(installed):
    installed("one", METRIC)
    installed("two", METRIC)
    catalog = only("one", "two")
    assert "shared:size" not in catalog.metrics
    (problem,) = catalog.problems
    assert problem.code == "J401"
    for word in ("'one'", "jmdi-one 1.0", "'two'", "jmdi-two 1.0", "neither is used"):
        assert word in problem.message
    with pytest.raises(jmdi.PluginError, match="shared:size"):
        build_catalog(["one", "two"])
    assert "shared:size" in only("one").metrics


def test_the_core_never_loses_a_name(installed, bare):
    installed(
        "greedy",
        """
import jmdi
import jmdi.model.kinds as kinds
@jmdi.hookimpl
def jmdi_kinds(): return [kinds.Actor]
@jmdi.hookimpl
def jmdi_importers(): return [jmdi.Importer('jsonl', ('.jsonl',), len)]
@jmdi.hookimpl
def jmdi_vocabularies(): return [jmdi.Vocabulary('actor-type', [jmdi.Concept('local_authority')])]
""",
    )
    catalog = only("greedy")
    assert names_of(catalog) == bare
    labels = catalog.vocabularies["actor-type"].get("local_authority").labels
    assert labels["en"] == "Local authority"
    assert catalog.importers["jsonl"].extensions == (".jsonl",)
    assert catalog.problems


def test_a_plugin_adds_codes_to_a_vocabulary(installed):
    installed(
        "codes",
        """
@jmdi.hookimpl
def jmdi_vocabularies():
    return [jmdi.Vocabulary('actor-type', [jmdi.Concept('bank', {'en': 'Bank'})]),
            jmdi.Vocabulary('codes:colour', [jmdi.Concept('red')])]
""",
    )
    catalog = only("codes")
    core = build_catalog([]).vocabularies["actor-type"]
    extended = catalog.vocabularies["actor-type"]
    assert extended.codes() == (*core.codes(), "bank")
    assert extended.title == core.title
    assert catalog.vocabularies["codes:colour"].codes() == ("red",)


def test_plugins_can_be_given_as_modules_and_objects():
    import alpha

    class Given(jmdi.Plugin):
        @jmdi.hookimpl
        def jmdi_kinds(self):
            return [alpha.Bank]

    for plugin in (alpha, Given()):
        catalog = build_catalog([plugin])
        assert "alpha:bank" in catalog.kinds
        assert catalog.plugins[1].distribution == "(given)"


def test_the_core_alone_loads_without_a_problem():
    catalog = build_catalog([])
    assert catalog.problems == ()
    assert [s.state for s in catalog.plugins] == ["active"]
    for what in ("kinds", "importers", "exporters", "projections", "metrics", "codes"):
        assert list(getattr(catalog, what)) == sorted(getattr(catalog, what))
    codes = [check.code for check in catalog.checks]
    assert codes == sorted(codes)


def test_names_that_are_not_there_are_answered_with_near_ones():
    catalog = build_catalog([])
    with pytest.raises(jmdi.NotFound, match="did you mean 'jsonl'"):
        catalog.importer("jsnl")
    for ask in (catalog.exporter, catalog.projection, catalog.metric):
        with pytest.raises(jmdi.NotFound):
            ask("no such thing at all")
    assert catalog.importer("json").name == "json"


def test_a_given_module_without_hooks_is_refused_with_the_name_that_was_meant(installed):
    name = installed("acme", GOOD)
    package = types.ModuleType(f"{name}.part")
    with pytest.raises(jmdi.PluginError, match=f"it has no hooks; give 'acme' or {name}"):
        build_catalog(package)


def test_what_is_given_without_any_hook_is_named_with_a_cure(caplog):
    catalog = build_catalog(types.ModuleType("acme_helpers"))
    status = catalog.plugins[-1]
    assert status.notices == ("has no hooks, so that nothing of it is used",)
    assert "@jmdi.hookimpl" in status.cure
    (message,) = [record.getMessage() for record in caplog.records]
    assert "'acme_helpers' from (given) has no hooks" in message
    assert "@jmdi.hookimpl" in message


def test_the_cure_of_a_plugin_that_is_not_there_is_not_to_report_it():
    status = build_catalog(["no-such"], missing="skip").plugins[-1]
    assert status.cure == "install it, correct its name, or leave it out"


class Property:
    @property
    def colour(self):
        raise RuntimeError("no colour")

    @jmdi.hookimpl
    def jmdi_metrics(self):
        return []


class Exits(Property):
    @property
    def colour(self):
        raise SystemExit(0)


class Nameless(Property):
    colour = None

    @property
    def __name__(self):
        raise RuntimeError("no name")


class Answers:
    def __getattr__(self, name):
        return 3


class Refuses:
    def __getattr__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError("no repr")


@pytest.mark.parametrize("cls", [Property, Exits, Nameless, Answers, Refuses])
def test_an_object_that_answers_anything_or_nothing_fails_as_a_plugin(cls):
    with pytest.raises(jmdi.PluginError, match=f"plugin '{cls.__name__}' from"):
        jmdi.Model.build(cls())
    status = jmdi.Model.build([cls()], missing="skip").catalog.plugins[-1]
    assert (status.name, status.error is None) == (cls.__name__, False)


def _adds(name, *concepts):
    @jmdi.hookimpl
    def jmdi_vocabularies():
        return [jmdi.Vocabulary("acme:colour", lambda: [c() for c in concepts])]

    return types.SimpleNamespace(__name__=name, jmdi_vocabularies=jmdi_vocabularies)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: jmdi.Concept("b", broader="a"), "'a < b < a'"),
        (lambda: jmdi.Concept(3), "a code as text"),
        (lambda: sys.exit(0), "SystemExit"),
    ],
)
def test_codes_that_do_not_fit_those_of_another_plugin_are_left_out(wrong, said):
    first = _adds("first", lambda: jmdi.Concept("a", broader="b"))
    catalog = build_catalog([first, _adds("second", wrong)], missing="skip")
    assert catalog.vocabularies["acme:colour"].codes() == ("a",)
    assert said in str(catalog.plugins[-1].error)
    with pytest.raises(jmdi.PluginError, match="plugin 'second'"):
        build_catalog([first, _adds("second", wrong)])


def test_a_plugin_is_asked_for_what_is_looked_for(installed):
    hook = "@jmdi.hookimpl\ndef jmdi_{}(): ASKED.append('{}'); return [{}]\n"
    parts = {"metrics": "jmdi.Metric('{}:size', len)", "kinds": ""}
    for name in ("one", "two"):
        text = "".join(hook.format(what, what, made.format(name)) for what, made in parts.items())
        installed(name, f"ASKED = []\n{text}")
    catalog = only("one", "two")
    first, second = (sys.modules[status.module].ASKED for status in catalog._plugins()[1:])
    assert catalog.metrics["one:size"].name == "one:size"
    assert catalog.origin("metric", "one:size").plugin == "one"
    for asked in (first, second):
        asked.clear()
    catalog = only("one", "two")
    assert catalog.metric("one:size").run is len
    assert (first, second) == (["metrics"], [])
    assert {"one:size", "two:size"} < set(catalog.metrics)
    assert (first, second) == (["metrics"], ["metrics"])
    assert [status.state for status in catalog.plugins] == ["active"] * 3
    assert (first, second) == (["metrics", "kinds"], ["metrics", "kinds"])


def test_a_plugin_keeps_the_names_that_begin_with_its_own(installed):
    installed("shared", METRIC)
    installed("two", METRIC)
    for asked_first in (True, False):
        catalog = only("shared", "two")
        if asked_first:
            assert catalog.metrics["shared:size"].run is len
        (problem,) = catalog.problems
        assert problem.code == "J401"
        assert "plugin 'shared' keeps it" in problem.message
        assert catalog.origin("metric", "shared:size").plugin == "shared"
        assert catalog.metrics["shared:size"].run is len
