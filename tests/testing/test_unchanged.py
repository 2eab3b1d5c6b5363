"""At a save only what changed since it passed is tried again."""

from __future__ import annotations

import importlib.metadata

import pytest

pytest_plugins = ("pytester",)

PLUGIN = """
import jmdi
JMDI_API = 1

@jmdi.hookimpl
def jmdi_metrics():
    shared = {"title": "Size", "citation": "us", "doc": "n.", "value_is": "count"}
    return [
        jmdi.Metric("acme:size", "acme.sizes:size", **shared),
        jmdi.Metric("acme:other", "acme.others:other", **shared),
    ]
"""
METRIC = """
import jmdi
from {inside} import {name}

def {metric}(network: jmdi.Network) -> jmdi.Result:
    return jmdi.Result(value={call}(network))
"""
COUNT = """
def count(network):
    return len(network.nodes)
"""
TESTS = """
from jmdi.testing import MetricSuite

class TestAcme(MetricSuite):
    plugin = __import__("acme")
"""


@pytest.fixture
def acme(pytester):
    """A plugin of two metrics: one uses a module that the other does not."""
    folder = pytester.mkpydir("acme")
    write = {
        "__init__": PLUGIN,
        "sizes": METRIC.format(inside="acme", name="helping", metric="size", call="helping.count"),
        "others": METRIC.format(inside="acme.plain", name="count", metric="other", call="count"),
        "helping": COUNT,
        "plain": COUNT,
    }
    for name, text in write.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    pytester.makepyfile(test_acme=TESTS)
    return folder


def run(pytester, *arguments):
    installed = any(e.name == "jmdi" for e in importlib.metadata.entry_points(group="pytest11"))
    loaded = () if installed else ("-p", "jmdi.testing.pytest_plugin")
    return pytester.runpytest_subprocess(*loaded, "-rsf", "--jmdi-quick", *arguments)


RULE = "test_acme.py::TestAcme::test_isolates_are_nodes"


def test_what_passed_is_not_tried_until_a_file_of_it_changes(pytester, acme):
    run(pytester, RULE).assert_outcomes(passed=1)
    run(pytester, RULE).assert_outcomes(skipped=1)
    (acme / "helping.py").write_text(COUNT.replace("len(network.nodes)", "3"), encoding="utf-8")
    for _ in range(2):  # what failed is tried again
        wrong = run(pytester, RULE)
        wrong.assert_outcomes(failed=1)
        wrong.stdout.fnmatch_lines(["*acme:size*does not see an actor without a tie*"])
    (acme / "helping.py").write_text(COUNT, encoding="utf-8")
    run(pytester, RULE).assert_outcomes(skipped=1)


@pytest.mark.parametrize("file", ["plain.py", "words.csv", "../conftest.py"])
def test_files_that_are_named_and_those_beside_count(pytester, acme, file):
    run(pytester, RULE).assert_outcomes(passed=1)
    (acme / file).write_text(f"{COUNT}\n", encoding="utf-8")
    run(pytester, RULE).assert_outcomes(passed=1)


def test_a_check_that_was_not_run_is_not_taken_for_one_that_passed(pytester, acme):
    run(pytester, RULE).assert_outcomes(passed=1)
    everything = run(pytester).parseoutcomes()
    assert everything["passed"] > 5
    assert run(pytester).parseoutcomes() == {"skipped": sum(everything.values())}


def test_all_is_tried_where_nothing_is_kept(pytester, acme):
    for _ in range(2):
        run(pytester, "-p", "no:cacheprovider", RULE).assert_outcomes(passed=1)
    assert not (pytester.path / ".pytest_cache").exists()
