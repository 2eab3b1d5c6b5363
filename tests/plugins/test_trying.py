"""A plugin is tried without packaging it: by its file, before or after a command, or in a call."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import jmdi

FILE = """
import jmdi
JMDI_API = 1

@jmdi.hookimpl
def jmdi_metrics():
    return [jmdi.Metric("mine:size", lambda network: network.n_nodes, title="Size", doc="Nodes.")]
"""
RECORDS = '{"jmdi":"1.0"}\n{"kind":"actor","id":"a"}\n{"kind":"actor","id":"b"}\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JMDI_PLUGINS", "off")
    Path("mine.py").write_text(FILE, encoding="utf-8")
    Path("a.jsonl").write_text(RECORDS, encoding="utf-8")
    return tmp_path


def invoke(*arguments):
    pytest.importorskip("click")
    from click.testing import CliRunner

    from jmdi.cli.root import cli

    return CliRunner().invoke(cli, [str(part) for part in arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ("--plugin", "./mine.py", "metrics", "a.jsonl", "mine:size", "--json"),
        ("metrics", "--plugin", "./mine.py", "a.jsonl", "mine:size", "--json"),
        ("metrics", "a.jsonl", "mine:size", "--json", "--plugin", "mine.py"),
    ],
)
def test_a_file_is_a_plugin_wherever_it_is_named(folder, arguments):
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    assert '"mine:size"' in result.stdout
    assert '"value": 2' in result.stdout or '"value":2' in result.stdout


def test_a_module_is_a_plugin(folder):
    spec = importlib.util.spec_from_file_location("mine", folder / "mine.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = jmdi.Model.build([module])
    assert model.read("a.jsonl").metric("mine:size", projection="actors").value == 2


def test_whoever_asks_for_a_new_plugin_is_told_how_to_make_one(folder):
    result = invoke("plugins", "new", "acme")
    assert result.exit_code == 2
    for words in ("copier copy plugins/_template", "--check --plugin ./my_plugin.py"):
        assert words in result.stderr
