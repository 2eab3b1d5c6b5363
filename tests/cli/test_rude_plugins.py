"""A plugin that exits, prints or wanders off while a command runs: it is named, or undone."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

RECORDS = """{"jmdi":"1.0","kinds":{"actor":{"v":1},"tie":{"v":1}}}
{"kind":"actor","id":"actor/1","names":{"en":"N"}}
{"kind":"tie","id":"tie/1","source":"actor/1","target":"actor/none"}
"""
ENDS = {
    "exits with 0": "import sys; sys.exit(0)",
    "exits with 3": "raise SystemExit(3)",
    "skips": "import pytest; pytest.importorskip('no_such_module')",
    "closes": "raise GeneratorExit('gone')",
    "raises": "raise ZeroDivisionError('by zero')",
}
PLUGIN = """
import jmdi

def end():
    {end}

@jmdi.hookimpl
def jmdi_checks():
    return [jmdi.Check("rude:C1", jmdi.Actor, lambda actor, dataset: end(), doc="Ends.")]

@jmdi.hookimpl
def jmdi_metrics():
    return [jmdi.Metric("rude:metric", lambda dataset: end(), on="dataset")]

@jmdi.hookimpl
def jmdi_projections():
    return [jmdi.Projection("rude:projection", lambda dataset: end(), "Ends.")]

def write(dataset, stream):
    stream.write(b"half")
    end()

@jmdi.hookimpl
def jmdi_exporters():
    return [jmdi.Exporter("rude:exporter", (".rude",), write)]

def read(stream, context):
    yield jmdi.Actor(id="a")
    end()

@jmdi.hookimpl
def jmdi_importers():
    return [jmdi.Importer("rude:importer", (".rude",), read)]
"""
COMMANDS = {
    "check rude:C1": ("validate", "a.jsonl"),
    "metric 'rude:metric'": ("metrics", "a.jsonl", "rude:metric"),
    "projection 'rude:projection'": (
        "metrics",
        "a.jsonl",
        "density",
        "--projection",
        "rude:projection",
    ),
    "exporter 'rude:exporter'": ("convert", "a.jsonl", "-o", "out.rude"),
    "importer 'rude:importer'": ("convert", "a.jsonl", "--from", "rude:importer", "-o", "b.jsonl"),
}


@pytest.fixture(autouse=True)
def data(place):
    Path("a.jsonl").write_text(RECORDS, encoding="utf-8")
    return place


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("what", COMMANDS)
def test_whatever_a_plugin_raises_is_its_failure(jmdi, what, end):
    Path("rude.py").write_text(PLUGIN.format(end=ENDS[end]), encoding="utf-8")
    done = jmdi("--plugin", "rude.py", *COMMANDS[what])
    assert done.exit_code == 4
    assert f"{what} of plugin 'rude' failed" in done.output
    left = {path.name for path in Path.cwd().iterdir()}
    assert left - {"__pycache__"} == {"a.jsonl", "rude.py"}  # Python keeps what it compiled


@pytest.mark.parametrize("end", ENDS)
def test_so_is_whatever_its_module_raises(jmdi, end):
    Path("rude.py").write_text(ENDS[end], encoding="utf-8")
    done = jmdi("--plugin", "rude.py", "validate", "a.jsonl")
    assert (done.exit_code, done.stdout) == (4, "")
    assert "plugin 'rude' from (given): " in done.stderr


PRINTS = """
import os, subprocess, sys
import jmdi

def pollute():
    print("POLLUTION")
    sys.stdout.write("POLLUTION\\n")
    os.write(1, b"POLLUTION\\n")
    subprocess.run([sys.executable, "-c", "print('POLLUTION')"])
    os.chdir("/")

pollute()

def read(stream, context):
    pollute()
    yield jmdi.Actor(id="a")
    pollute()

def metric(dataset):
    pollute()
    return len(dataset)

def check(actor, dataset):
    pollute()
    return []

@jmdi.hookimpl
def jmdi_importers():
    pollute()
    return [jmdi.Importer("rude:importer", (".rude",), read)]

@jmdi.hookimpl
def jmdi_metrics():
    return [jmdi.Metric("rude:metric", metric, on="dataset")]

@jmdi.hookimpl
def jmdi_checks():
    return [jmdi.Check("rude:C1", jmdi.Actor, check, doc="Prints.")]
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("info", "a.rude", "--json"),
        ("metrics", "a.rude", "rude:metric", "--json"),
        ("validate", "a.rude", "--format", "json"),
        ("convert", "a.rude", "-o", "-", "--to", "json"),
        ("plugins", "--json"),
    ],
)
def test_what_plugins_print_goes_to_stderr(start, arguments):
    Path("rude.py").write_text(PRINTS, encoding="utf-8")
    Path("a.rude").write_text("x", encoding="utf-8")
    process = start("--plugin", "./rude.py", *arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    json.loads(out)
    assert err.count(b"POLLUTION") >= 4


def test_a_plugin_that_changes_the_folder_does_not_move_the_output(jmdi):
    Path("rude.py").write_text(PRINTS, encoding="utf-8")
    Path("a.rude").write_text("x", encoding="utf-8")
    here = Path.cwd()
    for name in ("out.jsonl", "out.json"):
        assert jmdi("--plugin", "rude.py", "convert", "a.rude", "-o", name).exit_code == 0
        assert Path.cwd() == here and Path(name).is_file()


SLEEPS = """
import pathlib, time
pathlib.Path("started").touch()
try:
    time.sleep(60)
except {caught}:
    pass
"""


@pytest.mark.parametrize("caught", ["ZeroDivisionError", "Exception", "SystemExit"])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals")
def test_a_command_that_is_terminated_while_a_plugin_is_imported_ends(start, caught):
    Path("slow.py").write_text(SLEEPS.format(caught=caught), encoding="utf-8")
    process = start("--plugin", "./slow.py", "convert", "a.jsonl", "-o", "b.jsonl")
    while not Path("started").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (143, b"")
    assert not Path("b.jsonl").exists()


NEEDY = """
from typing import Literal
import jmdi

@jmdi.metric("rude:needy", "Needs a choice", on="dataset")
def needy(dataset, *, way: Literal["in", "out"]) -> int:
    '''How many.

    Args:
        way: The way to count.
    '''
    return len(dataset)

@jmdi.hookimpl
def jmdi_metrics():
    return jmdi.metrics_of(__name__)
"""


def test_a_metric_that_needs_a_parameter_does_not_stop_the_others(jmdi):
    Path("rude.py").write_text(NEEDY, encoding="utf-8")
    asked = ("--plugin", "rude.py", "metrics", "a.jsonl", "rude:needy")
    done = jmdi(*asked, "isolates", "--json")
    assert done.exit_code == 0, done.output
    needy, isolates = json.loads(done.stdout)["results"]
    assert (needy["value"], needy["undefined"]) == (None, "needs_choice")
    assert "needs a value for way. The way to count. Choose from 'in', 'out'." in needy["why"]
    assert isolates["value"] is not None
    assert jmdi(*asked).exit_code == 2
    assert jmdi(*asked, "isolates", "--param", "way=up").exit_code == 2
    assert jmdi(*asked, "isolates", "--param", "way=in").exit_code == 0


OFFERS = """
from typing import Annotated

import attrs
import jmdi

JMDI_API = 1

@attrs.frozen
class Broken:
    def offered(self, target):
        raise RuntimeError("no offers today")

@jmdi.metric("rude:asking", "Asks", on="dataset")
def asking(dataset: jmdi.Dataset, *, one: Annotated[str, Broken()]) -> float:
    return 1.0

@jmdi.metric("rude:choosy", "Chooses", on="dataset")
def choosy(dataset: jmdi.Dataset) -> float:
    raise jmdi.metrics.NeedsChoice("one", [1, "a\\nb"], "things")

@jmdi.hookimpl
def jmdi_metrics():
    return jmdi.metrics_of(__name__)
"""


def test_what_a_plugin_offers_cannot_stop_the_others(jmdi):
    Path("rude.py").write_text(OFFERS, encoding="utf-8")
    done = jmdi("--plugin", "rude.py", "metrics", "a.jsonl")
    assert done.exit_code == 4, done.output
    shown = " ".join(done.stdout.split())
    assert "no offers today" in shown
    assert "needs a choice: one = 1 | a b" in shown
    assert "isolates" in shown
