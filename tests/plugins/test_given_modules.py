"""Which plugin a module is: its name, its distribution, and two of one name."""

from __future__ import annotations

import importlib.util
import pickle
import subprocess
import sys
import types

import pytest

import jmdi
from jmdi.plugins import finding, loader
from jmdi.plugins.loader import build_catalog


@jmdi.hookimpl
def jmdi_checks():
    return []


def module_of(name):
    """A module with a hook, and nothing more."""
    module = types.ModuleType(name)
    module.jmdi_checks = jmdi_checks
    return module


def test_a_given_module_called_plugin_is_named_after_its_package():
    names = ("jmdi_one.plugin", "jmdi_two.plugin", "three.plugin", "plugin", "four.more")
    modules = [module_of(name) for name in names]
    catalog = build_catalog(modules)
    assert [s.name for s in catalog.plugins] == ["jmdi", "one", "two", "three", "plugin", "more"]


def test_a_given_module_that_is_installed_too_is_loaded_once(monkeypatch):
    module = module_of("jmdi_one.plugin")
    here = finding.Candidate("one", "jmdi-one", "1.0", "jmdi_one.plugin", lambda: module)
    monkeypatch.setattr(loader, "installed", lambda: [here])
    monkeypatch.setitem(sys.modules, "jmdi_one.plugin", module)
    catalog = build_catalog([module, "one"])
    assert [(s.name, s.distribution) for s in catalog.plugins[1:]] == [("one", "jmdi-one")]
    other = module_of("jmdi_one.plugin")
    with pytest.raises(jmdi.PluginError, match="two plugins are called 'one'"):
        build_catalog([other, "one"])


def test_two_modules_called_plugin_are_two_plugins(tmp_path):
    text = """
import jmdi
@jmdi.hookimpl
def jmdi_metrics(): return [jmdi.Metric("{name}:one", lambda dataset: 1, on="dataset")]
"""
    modules = []
    for name in ("first", "second"):
        file = tmp_path / name / "plugin.py"
        file.parent.mkdir()
        file.write_text(text.format(name=name))
        spec = importlib.util.spec_from_file_location("plugin", file)
        modules.append(importlib.util.module_from_spec(spec))
        spec.loader.exec_module(modules[-1])
    model = jmdi.Model.build(modules)
    assert [s.name for s in model.catalog.plugins] == ["jmdi", "first", "second"]
    code = """
import pickle, sys
dataset = pickle.load(sys.stdin.buffer)
print(dataset.metric("first:one").value, dataset.metric("second:one").value)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(model.dataset()),
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"1 1\n", done.stderr
