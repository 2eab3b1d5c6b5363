"""Suites name a plugin, opt out with a reason only, and share what pytest is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

import jmdi
from jmdi.testing import (
    ExporterSuite,
    ImporterSuite,
    KindSuite,
    MetricSuite,
    PluginConformance,
    assert_round_trip,
    jmdi_xfail,
    loopback,
    records,
)

pytest_plugins = ("pytester",)


def test_the_suites_can_be_used_alone():
    class TestKinds(KindSuite):
        plugin = loopback

    class TestMetrics(MetricSuite):
        plugin = loopback

    TestKinds().test_kinds_are_well_declared()
    TestMetrics().test_order_does_not_matter()
    for suite in (ImporterSuite, ExporterSuite, KindSuite, MetricSuite):
        assert issubclass(PluginConformance, suite)


def test_a_check_cannot_be_dropped_in_silence():
    with pytest.raises(TypeError, match=r"TestAcme\.test_schemas_agree would replace"):
        type("TestAcme", (PluginConformance,), {"test_schemas_agree": None})
    with pytest.raises(TypeError, match="jmdi_xfail"):
        type("TestAcme", (KindSuite,), {"test_nothing_is_lost": lambda self: None})

    class TestAcme(KindSuite):
        @jmdi_xfail("not yet")
        def test_nothing_is_lost(self):
            raise AssertionError


@pytest.mark.parametrize("reason", ["", "  "])
def test_opting_out_needs_a_reason(reason):
    with pytest.raises(ValueError, match="needs a reason"):
        jmdi_xfail(reason, "test_schemas_agree")


def test_opting_out_names_a_check():
    with pytest.raises(AttributeError, match="did you mean test_schemas_agree"):
        jmdi_xfail("not yet", "test_schema_agrees")(type("TestAcme", (KindSuite,), {}))


def test_opting_out_marks_no_other_class():
    class One(KindSuite):
        plugin = loopback

    jmdi_xfail("not yet", "test_schemas_agree")(One)
    assert [m.args for m in One.test_schemas_agree.pytestmark] == [("not yet",)]
    assert not hasattr(KindSuite.test_schemas_agree, "pytestmark")


def test_a_model_for_tests_has_only_what_is_named(chain):
    import alpha
    import beta

    core, both = jmdi.Model.build([]).catalog, jmdi.Model.build([alpha, beta]).catalog
    assert [(status.name, status.state) for status in core.plugins] == [("jmdi", "active")]
    assert jmdi.Model.build("jmdi").catalog.kinds.keys() == core.kinds.keys()
    assert both.kinds.keys() == chain["both"].catalog.kinds.keys()
    with pytest.raises(jmdi.NotFound, match="install it, or give its module"):
        jmdi.Model.build("no-such-plugin")


def test_a_round_trip_passes_through_smaller_models(chain):
    import alpha

    bank = alpha.Bank(id="b", licence="7").with_facet(alpha.Risk(score=1))
    dataset = chain["both"].dataset([bank])
    assert_round_trip(dataset, chain["both"], chain["alpha"], chain["none"])


PLUGIN = """
import jmdi
JMDI_API = 1

@jmdi.define("acme:bank")
class Bank(jmdi.Actor):
    '''A bank.'''

@jmdi.hookimpl
def jmdi_kinds():
    return [Bank]
"""
TESTS = """
import acme, jmdi, os, pytest
from jmdi.testing import KindSuite, jmdi_xfail

@jmdi_xfail("schemas come with version 2", "test_schemas_agree")
class TestAcme(KindSuite):
    plugin = acme
    examples = 2

    def test_of_our_own(self, plugin_model, core_model, tmp_dataset):
        assert "acme:bank" in plugin_model.catalog.kinds
        assert "acme:bank" not in core_model.catalog.kinds
        path = tmp_dataset(acme.Bank(id="b"), model=plugin_model)
        assert len(plugin_model.read(path)) == 1
        assert tmp_dataset() != tmp_dataset()
        assert len(core_model.read(tmp_dataset())) > 10

@jmdi_xfail("it is not wrong at all", "test_kinds_are_well_declared")
class TestAgain(KindSuite):
    plugin = acme
    examples = 2

def test_all_installed(plugin_model):
    assert plugin_model.catalog.plugins
"""


def run(pytester, *arguments, **settings):
    pytester.makepyfile(acme=PLUGIN, test_acme=TESTS)
    pytester.makeini("[pytest]\n" + "".join(f"{k} = {v}\n" for k, v in settings.items()))
    loaded = ("-p", "jmdi.testing.pytest_plugin") if not _installed() else ()
    return pytester.runpytest_inprocess(*loaded, "-q", "-rA", *arguments)


def _installed():
    import importlib.metadata

    return any(e.name == "jmdi" for e in importlib.metadata.entry_points(group="pytest11"))


def test_pytest_runs_a_conformance_class(pytester):
    result = run(pytester, "--strict-markers")
    result.stdout.fnmatch_lines(["*XFAIL*TestAcme::test_schemas_agree*version 2*"])
    result.stdout.fnmatch_lines(["*FAILED*TestAgain::test_kinds_are_well_declared*"])
    result.stdout.fnmatch_lines(["*not committed*", "*jmdi schema acme:bank --jsonschema*"])
    outcomes = result.parseoutcomes()
    assert outcomes["xfailed"] == 1
    failed = result.stdout.str().split("short test summary info")[1]
    assert failed.count("FAILED") == 2  # TestAgain: not wrong at all, and no schema
    result.stdout.fnmatch_lines(["PASSED*test_of_our_own"])


def test_the_marker_needs_a_reason(pytester):
    pytester.makepyfile("import pytest\n@pytest.mark.jmdi_xfail\ndef test_it(): pass\n")
    loaded = ("-p", "jmdi.testing.pytest_plugin") if not _installed() else ()
    result = pytester.runpytest_inprocess(*loaded)
    assert "jmdi_xfail needs a reason" in result.stdout.str() + result.stderr.str()


HEAVY = {"hypothesis", "attr", "networkx", "numpy", "jmdi.model", "jmdi.plugins"}


def test_the_plugin_of_pytest_loads_nothing_heavy():
    code = (
        "import sys, pytest; before = set(sys.modules)\nimport jmdi.testing.pytest_plugin\n"
        "import jmdi.testing.hypothesis_entry as h; h.register()\n"
        f"print(sorted({HEAVY!r} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_hypothesis_draws_records_by_type():
    from hypothesis import find, settings
    from hypothesis import strategies as st

    from jmdi.testing.hypothesis_entry import register

    register()
    steady = settings(database=None, derandomize=True, max_examples=1000)
    found = find(st.from_type(jmdi.Actor), lambda actor: bool(actor.names), settings=steady)
    assert isinstance(found, jmdi.Actor)
    assert find(st.from_type(jmdi.Money), lambda m: m.amount is not None, settings=steady).amount
    assert find(records(jmdi.Tie), lambda tie: True, settings=steady).id
