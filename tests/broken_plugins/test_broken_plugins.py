"""Whatever is wrong with a plugin, jmdi works, and says which distribution it is."""

from __future__ import annotations

import decimal
import importlib
import json
import logging
import random
import sys
import time
import warnings
from pathlib import Path

import pytest

import jmdi
from jmdi.plugins import loader
from jmdi.plugins.loader import build_catalog
from jmdi.testing.outputs import run_apart

HERE = Path(__file__).parent / "plugins"
NAMES = sorted(path.stem for path in HERE.glob("*.py"))
FAILING = {
    "missing": "ModuleNotFoundError: No module named 'package_that_is_not_there'",
    "exits": "SystemExit: 3",
    "misspelt": "did you mean jmdi_metrics?",
    "signature": "catalog",
    "items": "jmdi_metrics: ModelError: jmdi_metrics must return Metric objects",
    "panels": "jmdi_panels: ModelError: jmdi_panels must return Panel objects",
    "half": "jmdi_exporters: RuntimeError: the second is out of order",
    "ancient": "needs plugin interface 0, this jmdi speaks 1",
}
RUDE = {
    "prints": ["printed 'Welcome to prints! collecting metrics ...'"],
    "seeds": ["changed the state of the random module"],
    "filters": ["changed the warnings filters"],
    "wanders": ["changed the decimal context", "changed the working directory"],
    "slow": [],
}
QUARRELSOME = {
    "taken": "code 'actor-type:local_authority' is claimed by plugin 'jmdi'",
    "first": "metric 'shared:size' is claimed by plugin 'first' from jmdi-first 1.0",
    "second": "and plugin 'second' from jmdi-second 1.0; neither is used",
}


class Clock:
    """A clock that only runs while somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture(autouse=True)
def own_decimals():
    """What a plugin does to the decimal context ends with the test."""
    with decimal.localcontext():
        yield


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs the broken plugins, each as a distribution; gives their names."""
    site = tmp_path / "site"
    for name in NAMES:
        info = site / f"jmdi_{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: jmdi-{name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[jmdi.plugins]\n{name} = broken_{name}\n")
        (site / f"broken_{name}.py").write_text((HERE / f"{name}.py").read_text(encoding="utf-8"))
    clock = Clock()
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(time, "sleep", clock.sleep)
    monkeypatch.setattr(loader, "perf_counter", clock)
    importlib.invalidate_caches()
    yield NAMES
    for name in NAMES:
        sys.modules.pop(f"broken_{name}", None)


@pytest.fixture
def load(installed, caplog):
    """Builds a catalog with some of them; gives it and what was logged."""

    def build(*names, strict=False):
        with caplog.at_level(logging.WARNING, logger="jmdi"):
            catalog = build_catalog(names, missing="raise" if strict else "skip")
            assert catalog.plugins  # each was asked for all that it adds
        return catalog, [record.getMessage() for record in caplog.records]

    return build


def status_of(catalog, name):
    return next(status for status in catalog.plugins if status.name == name)


def test_every_broken_plugin_is_tested():
    assert sorted([*FAILING, *RUDE, *QUARRELSOME, "good"]) == NAMES


@pytest.mark.parametrize("name", FAILING)
def test_one_that_fails_adds_nothing_and_is_named(load, name):
    catalog, logged = load("good", name)
    status = status_of(catalog, name)
    assert status.state == ("incompatible" if name == "ancient" else "failed")
    assert FAILING[name] in status.error
    assert status.cure
    assert (status.distribution, status.version) == (f"jmdi-{name}", "1.0")
    (message,) = logged
    assert f"jmdi-{name}" in message
    assert "good:thing" in catalog.kinds
    core, _ = load()
    for what in ("metrics", "exporters", "importers", "projections", "vocabularies", "panels"):
        assert getattr(catalog, what).keys() == getattr(core, what).keys()
    with pytest.raises(jmdi.PluginError, match=f"'{name}' from jmdi-{name} 1.0"):
        load(name, strict=True)


@pytest.mark.parametrize("name", [name for name in RUDE if name != "slow"])
def test_one_that_meddles_is_named_by_the_conformance_kit(name):
    found = run_apart([{"module": f"broken_{name}", "file": str(HERE / f"{name}.py")}])
    for notice, words in zip(found["notices"], RUDE[name], strict=True):
        assert words in notice


def test_one_that_meddles_is_used_and_the_library_changes_nothing_of_its_host(load, capsys):
    before = (sys.stdout, list(warnings.filters), random.getstate())
    catalog, logged = load("good", "prints")
    assert (sys.stdout, list(warnings.filters), random.getstate()) == before
    assert "Welcome to prints!" in capsys.readouterr().out
    assert logged == [] and status_of(catalog, "prints").state == "active"


def test_the_seconds_of_each_plugin_are_known_and_a_slow_one_is_named(load):
    catalog, logged = load("good", "slow")
    assert logged == ["plugin 'slow' from jmdi-slow 1.0 took 10.0 s to import"]
    assert status_of(catalog, "slow").notices == ("took 10.0 s to import",)
    assert status_of(catalog, "good").notices == ()
    assert {s.name: s.seconds for s in catalog.plugins if s.state == "active"} == {
        "jmdi": 0,
        "good": 0,
        "slow": 10,
    }


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("taken",), QUARRELSOME["taken"]),
        (("first", "second"), QUARRELSOME["first"]),
        (("first", "second"), QUARRELSOME["second"]),
    ],
)
def test_those_that_disagree_are_both_named(load, names, words):
    catalog, _ = load("good", *names)
    (problem,) = catalog.problems
    assert words in problem.message
    assert "shared:size" not in catalog.metrics
    labels = catalog.vocabularies["actor-type"].get("local_authority").labels
    assert labels["en"] == "Local authority"
    with pytest.raises(jmdi.PluginError, match="is claimed by"):
        load(*names, strict=True)


COMMANDS = {
    "info": ["info", "a.jsonl"],
    "validate": ["validate", "a.jsonl"],
    "convert": ["convert", "a.jsonl", "-o", "-", "--to", "json"],
    "mapping": ["mapping", "a.csv"],
    "metrics": ["metrics", "a.jsonl", "density", "--json"],
    "ask": ["ask", "a.jsonl", "density"],
    "schema": ["schema", "actor"],
    "plugins": ["plugins", "--json"],
    "explain": ["explain", "J401"],
    "datasets": ["datasets"],
    "diff": ["diff", "a.jsonl", "a.jsonl"],
    "completion": ["completion", "bash"],
    "config": ["config"],
}
RECORDS = [
    {"jmdi": "1.0"},
    {"kind": "actor", "id": "a", "names": {"en": "Municipality A"}},
    {"kind": "actor", "id": "b", "names": {"en": "Municipality B"}},
    {"kind": "tie", "id": "t", "source": "a", "target": "b"},
]


@pytest.fixture
def command(installed, tmp_path, monkeypatch):
    """Runs a command where some of the broken plugins are installed."""
    pytest.importorskip("click")
    from click.testing import CliRunner

    from jmdi.cli.root import cli

    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("name,country\nMunicipality A,SN\n", encoding="utf-8")
    Path("a.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in RECORDS), encoding="utf-8")

    def run(name, *plugins):
        monkeypatch.setenv("JMDI_PLUGINS", ",".join(plugins) or "off")
        return CliRunner().invoke(cli, COMMANDS[name])

    return run


def test_every_command_is_tried():
    from jmdi.cli.root import COMMANDS as known

    assert set(COMMANDS) == set(known)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_works_when_everything_is_broken(command, name):
    alone, beside = command(name), command(name, *NAMES)
    assert beside.exit_code == alone.exit_code == 0, beside.output
    if name != "plugins":
        assert beside.stdout == alone.stdout
    if "warning" in beside.stderr:
        for broken in FAILING:
            assert f"jmdi-{broken}" in beside.stderr


@pytest.mark.parametrize("broken", [*FAILING, *QUARRELSOME])
def test_a_command_says_which_distribution_is_broken(command, broken):
    together = ("first", "second") if broken in ("first", "second") else (broken,)
    result = command("info", *together)
    assert result.exit_code == 0
    assert f"jmdi-{broken}" in result.stderr


def test_what_a_plugin_prints_while_it_is_loaded_goes_to_stderr(command):
    result = command("info", "prints")
    assert "Welcome" not in result.stdout and "Welcome to prints!" in result.stderr


def test_a_plugin_does_not_move_the_command_to_another_folder(command):
    here = Path.cwd()
    assert command("info", "wanders").exit_code == 0
    assert Path.cwd() == here


def test_the_list_of_plugins_names_all_that_fail(command):
    rows = json.loads(command("plugins", *NAMES).stdout)["plugins"]
    broken = {row["name"]: row for row in rows if row["kind"] == "plugin" and row["cure"]}
    assert set(FAILING) <= set(broken)
    for name, words in FAILING.items():
        assert words in broken[name]["status"]
        assert broken[name]["dist"] == f"jmdi-{name}"
