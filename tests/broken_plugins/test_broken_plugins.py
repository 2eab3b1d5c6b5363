"""Whatever is wrong with a plugin, jmdi works, and says which distribution it is."""

from __future__ import annotations

import decimal
import importlib
import io
import json
import logging
import random
import sys
import time
import warnings
from pathlib import Path

import pytest

import jmdi
from jmdi.plugins import guard
from jmdi.plugins.loader import build_catalog

HERE = Path(__file__).parent / "plugins"
NAMES = sorted(path.stem for path in HERE.glob("*.py"))
FAILING = {
    "missing": "ModuleNotFoundError: No module named 'package_that_is_not_there'",
    "exits": "SystemExit: 3",
    "misspelt": "did you mean jmdi_metrics?",
    "signature": "catalog",
    "items": "jmdi_metrics: ModelError: jmdi_metrics must return Metric objects",
    "half": "jmdi_exporters: RuntimeError: the second is out of order",
    "ancient": "needs plugin interface 0, this jmdi speaks 1",
}
RUDE = {
    "prints": ["printed 'Welcome to prints!'", "printed 'collecting metrics ...'"],
    "seeds": ["changed the state of the random module"],
    "filters": ["changed the warnings filters"],
    "wanders": ["changed the decimal context", "changed the working directory"],
    "slow": ["took 10.0 s to import"],
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
    monkeypatch.setattr(guard, "perf_counter", clock)
    monkeypatch.delenv("JMDI_STRICT", raising=False)
    importlib.invalidate_caches()
    yield NAMES
    for name in NAMES:
        sys.modules.pop(f"broken_{name}", None)


@pytest.fixture
def load(installed, caplog):
    """Builds a catalog with some of them; gives it and what was logged."""

    def build(*names, **options):
        with caplog.at_level(logging.WARNING, logger="jmdi"):
            catalog = build_catalog(only=names, environ={}, **options)
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
    for what in ("metrics", "exporters", "importers", "projections", "vocabularies"):
        assert getattr(catalog, what).keys() == getattr(core, what).keys()
    with pytest.raises(jmdi.PluginError, match=f"'{name}' from jmdi-{name} 1.0"):
        load(name, strict=True)


def shared_state():
    """What a plugin must leave alone."""
    return (random.getstate(), list(warnings.filters), decimal.getcontext().prec, Path.cwd())


@pytest.mark.parametrize("name", RUDE)
def test_one_that_meddles_is_used_and_undone_and_named(load, name, capsys):
    before = shared_state()
    catalog, logged = load("good", name)
    assert shared_state() == before
    assert capsys.readouterr().out == ""
    status = status_of(catalog, name)
    assert status.state == "active"
    assert len(status.notices) == len(logged) == len(RUDE[name])
    for notice, message, words in zip(status.notices, logged, RUDE[name], strict=True):
        assert words in notice
        assert f"'{name}' from jmdi-{name} {words}" in message
    assert status_of(catalog, "good").notices == ()


def test_the_seconds_of_each_plugin_are_told(load):
    catalog, _ = load("good", "slow")
    assert {s.name: s.seconds for s in catalog.plugins if s.state == "active"} == {
        "jmdi": 0,
        "good": 0,
        "slow": 10,
    }


def test_meddling_is_undone_when_the_plugin_fails_too():
    watch = guard.Watch()
    before = shared_state()
    with pytest.raises(SystemExit), guard.watching(watch):
        random.seed(1)
        raise SystemExit
    assert shared_state() == before
    assert len(watch.notices) == 1


def test_numpy_is_watched_once_it_is_loaded():
    numpy = pytest.importorskip("numpy")
    before = repr(numpy.random.get_state())
    watch = guard.Watch()
    with guard.watching(watch):
        numpy.random.seed(1)
    assert repr(numpy.random.get_state()) == before
    assert "numpy.random" in watch.notices[0]
    with guard.watching(quiet := guard.Watch()):
        numpy.random.default_rng(1).random()
    assert quiet.notices == []


def test_a_stream_that_a_plugin_keeps_goes_on_to_work(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    with guard.watching(guard.Watch()):
        kept = sys.stdout
        print("kept from the output")
        kept.flush()
    print("later", file=kept)
    kept.writelines(["and ", "last\n"])
    kept.close()
    assert out.getvalue() == "later\nand last\n"
    assert sys.stdout is out


def test_a_program_may_have_no_output(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    watch = guard.Watch()
    with guard.watching(watch):
        kept = sys.stdout
        print("nobody hears it " * 20)
    print("nobody hears this either", file=kept)
    assert "…" in watch.notices[0]


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
    "metrics": ["metrics", "a.jsonl", "density", "--json"],
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
        for broken in (*FAILING, *RUDE):
            assert f"jmdi-{broken}" in beside.stderr


@pytest.mark.parametrize("broken", [*FAILING, *RUDE, *QUARRELSOME])
def test_a_command_says_which_distribution_is_broken(command, broken):
    together = ("first", "second") if broken in ("first", "second") else (broken,)
    result = command("info", *together)
    assert result.exit_code == 0
    assert "Welcome" not in result.stdout
    assert f"jmdi-{broken}" in result.stderr


def test_the_list_of_plugins_names_all_that_fail(command):
    rows = json.loads(command("plugins", *NAMES).stdout)["plugins"]
    broken = {row["name"]: row for row in rows if row["kind"] == "plugin" and row["cure"]}
    assert set(FAILING) <= set(broken)
    for name, words in FAILING.items():
        assert words in broken[name]["status"]
        assert broken[name]["dist"] == f"jmdi-{name}"
