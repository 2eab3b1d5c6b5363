"""A plugin in one file is tried without packaging it, at the command line and in Python."""

from __future__ import annotations

import importlib.util
import json
import sys

import pytest

import jmdi as library

PLUGIN = '''
import jmdi

JMDI_API = 1


def run(net):
    """Share of ties that join two countries."""
    country = net.node_attributes["country"]
    ends = zip(net.source, net.target)
    return sum(country[i] != country[j] for i, j in ends) / len(net.edges)


@jmdi.hookimpl
def jmdi_metrics():
    yield jmdi.Metric("sna:cross-country", run, unit="share", range=(0, 1))
'''


@pytest.fixture
def plugin(place):
    path = place / "plugin.py"
    path.write_text(PLUGIN, encoding="utf-8")
    return path


@pytest.fixture
def module(plugin, monkeypatch):
    spec = importlib.util.spec_from_file_location("plugin", plugin)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "plugin", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def ties(place):
    (place / "ties").mkdir()
    (place / "ties" / "actors.csv").write_text("name,country\nA,PH\nB,IT\nC,IT\n")
    (place / "ties" / "ties.csv").write_text("source,target\nA,B\nB,C\n")
    return place / "ties"


@pytest.mark.parametrize("given", ["./plugin.py", "plugin.py"])
def test_it_is_listed_at_once(jmdi, plugin, given):
    result = jmdi("plugins", "--plugin", given, "--check", "--strict", "--json")
    assert result.exit_code == 0
    (row,) = [r for r in json.loads(result.stdout)["plugins"] if r["name"] == "sna:cross-country"]
    assert (row["kind"], row["dist"], row["status"]) == ("metric", "(given)", "ok")


def test_it_may_stand_before_the_command(jmdi, plugin):
    before = jmdi("--plugin", "./plugin.py", "plugins", "--json")
    assert before.stdout == jmdi("plugins", "--plugin", "./plugin.py", "--json").stdout


def test_it_is_measured_at_the_command_line(jmdi, plugin, ties):
    result = jmdi("--plugin", plugin, "metrics", ties, "sna:cross-country", "--json")
    assert result.exit_code == 0, result.stderr
    (measured,) = json.loads(result.stdout)["results"]
    assert (measured["value"], measured["unit"]) == (0.5, "share")


def test_a_file_that_is_not_there_is_told(jmdi, ties):
    result = jmdi("--plugin", "./nowhere.py", "info", ties)
    assert "nowhere" in result.stderr
    assert jmdi("--strict-plugins", "--plugin", "./nowhere.py", "info", ties).exit_code == 4


def test_a_model_is_built_with_the_module(module, ties):
    model = library.Model.build([module])
    result = model.read(ties).project("actors").metric("sna:cross-country")
    assert (float(result), result.unit) == (0.5, "share")
    assert "sna:cross-country" not in library.Model.build([]).catalog.metrics


def test_a_metric_that_fails_says_so_and_no_more(module, jmdi, plugin, place):
    (place / "a.csv").write_text("name\nA\n")
    model = library.Model.build([module])
    net = library.Dataset([library.Actor(id="a")], model=model).project("actors")
    with pytest.raises(library.PluginError, match=r"sna:cross-country.*ZeroDivisionError"):
        net.metric("sna:cross-country")
