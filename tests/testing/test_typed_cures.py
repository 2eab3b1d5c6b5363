"""The cures that the kit and the command line print are typed as they stand, and they work."""

from __future__ import annotations

import importlib.util
import itertools
import os
import re
import subprocess
import sys

import pytest

from jmdi.testing import PluginConformance

NUMBERS = itertools.count()

METRIC = '''
import jmdi
from jmdi import Network
JMDI_API = 1

@jmdi.hookimpl
def jmdi_metrics():
    return [METRIC]

def measured(network: Network{given}) -> {gives}:
    """Ties.

    Args:
        network: The network.{about}
    """
    {body}

METRIC = jmdi.Metric(
    "{name}:value", measured, title="Ties", doc="a / b", citation="An author 1999"{more}
)
'''
KIND = '''
import jmdi
JMDI_API = 1

@jmdi.define("{name}:thing", v={version})
class Thing(jmdi.Entity):
    """A thing.

    Attributes:
        size: How large.
    """

    size: int = 0

def step(raw):
    return raw

@jmdi.hookimpl
def jmdi_kinds():
    return [Thing]

@jmdi.hookimpl
def jmdi_migrations():
    return []
'''
CHECK = """
import jmdi
JMDI_API = 1

@jmdi.hookimpl
def jmdi_checks():
    return [jmdi.Check("{name}:C1", jmdi.Actor, lambda actor, dataset: ())]

@jmdi.hookimpl
def jmdi_problem_codes():
    return []
"""
PROJECTION = '''
import jmdi
JMDI_API = 1

def tied(dataset: jmdi.Dataset) -> jmdi.Network:
    """Actors with ties."""
    ends = {end for tie in dataset.of(jmdi.Tie) for end in (tie.source, tie.target)}
    return jmdi.Network("net", sorted(ends))

@jmdi.hookimpl
def jmdi_projections():
    return [jmdi.Projection("{name}:net", tied)]
'''


def metric(body="return 1", *, given="", about="", gives="int", more=', value_is="count"'):
    """The source of a plugin with one metric."""
    return METRIC.format(body=body, given=given, about=about, gives=gives, more=more, name="{name}")


def into(place):
    """Types what was found in place of a text of the plugin."""
    return lambda source, typed: source.replace(place, typed)


def in_list(hook):
    """Types what was found into the list that a hook returns."""
    head = f"def {hook}():\n    return ["
    return lambda source, typed: source.replace(head, head + typed)


def above(source, typed):
    return f"{typed}\n{source}"


SEEDED = "import random\n    value = random.Random(seed).random()\n    return value"
TWO = {
    "given": ', direction: Literal["sent", "received"] = "sent"',
    "about": "\n        direction: x.",
}
SIDED = "return len(set(network.source if direction == 'sent' else network.target))"
TYPED = {
    "interface": (
        metric().replace("JMDI_API = 1", ""),
        "names_and_bounds_agree",
        r"write (JMDI_API = \d+) in",
        above,
    ),
    "prefix": (
        metric().replace("{name}:value", "other:value"),
        "names_and_bounds_agree",
        r"call it (\S+),",
        into("other:value"),
    ),
    "hook": (
        metric().replace("@jmdi.hookimpl\ndef jmdi_metrics", "def jmdi_metric"),
        "hooks_are_right_and_pure",
        r"call it (?P<name>\w+), with (?P<mark>@[\w.]+) in the line above",
        lambda source, typed: source.replace("def jmdi_metric(", "{1}\ndef {0}(".format(*typed)),
    ),
    "code": (
        CHECK,
        "checks_only_yield_their_codes",
        r"return (jmdi\.ProblemCode\(.*?\)) in its list",
        in_list("jmdi_problem_codes"),
    ),
    "migration": (
        KIND.replace("{version}", "2"),
        "older_versions_are_readable",
        r"return (jmdi\.Migration\(.*?\)) in its list",
        in_list("jmdi_migrations"),
    ),
    "isolates": (PROJECTION, "projections_keep_isolates", r"(ties_only = \{.*?\})", None),
    "options": (
        metric("return levels", given=", levels: int", about="\n        levels: x."),
        "values_lie_in_the_range",
        r"write (options = \{.*?\}\})",
        None,
    ),
    "value": (
        metric(more=""),
        "values_say_what_they_are",
        r"write (value_is='share')",
        lambda source, typed: source.replace('1999"', f'1999", {typed}'),
    ),
    "default": (
        metric("return levels or 1", given=", levels: int = None", about="\n        levels: x."),
        "parameters_are_declared",
        r"such as '(\| None)'",
        lambda source, typed: source.replace("levels: int", f"levels: int {typed}"),
    ),
    "undescribed": (
        metric(given=", levels: int = 1"),
        "parameters_are_declared",
        r"entry '(levels: .*?)'",
        into("network: The network."),
    ),
    "untyped": (
        metric().replace("network: Network)", "network)"),
        "parameters_are_declared",
        r"annotate it: (network: Network)",
        lambda source, typed: source.replace("measured(network)", f"measured({typed})"),
    ),
    "loose": (
        metric(given=", levels='in'", about="\n        levels: x."),
        "parameters_are_declared",
        r"as in (levels: .*? = 'in')",
        lambda source, typed: above(source.replace("levels='in'", typed), LITERAL),
    ),
    "seed": (
        metric(SEEDED, given=", seed: int = 0", about="\n        seed: x.", gives="jmdi.Result"),
        "results_can_be_repeated",
        r"cure: (return jmdi\.Result\(.*\))",
        into("return value"),
    ),
    "nothing": (
        metric("return network.n_edges / max(network.n_nodes, 1)", gives="float"),
        "small_inputs_are_undefined",
        r"(return jmdi\.undefined\('\w+'\))",
        lambda source, typed: source.replace(
            "    return network", f"    if not network.n_nodes: {typed}\n    return network"
        ),
    ),
    "sentence": (
        "from typing import Literal\n" + metric(SIDED, **TWO),
        "conventions_agree_with_parameters",
        r"(convention=lambda .*)",
        lambda source, typed: source.replace('1999"', f'1999", {typed}'),
    ),
    "citation": (
        metric().replace(', citation="An author 1999"', ""),
        "metrics_are_described",
        r"(citation='.*?')",
        lambda source, typed: source.replace('doc="a / b"', f'doc="a / b", {typed}'),
    ),
}
LITERAL = "from typing import Literal"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of somebody who writes a plugin of one file, and stands in its folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JMDI_PLUGINS", raising=False)
    (tmp_path / "pyproject.toml").write_text("")
    command = tmp_path / "bin" / "jmdi"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jmdi "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def module_of(project, source):
    """The plugin of a source, as a file of its own in the project."""
    name = f"typed{next(NUMBERS)}"
    path = project / f"{name}.py"
    path.write_text(source.replace("{name}", name), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def tried(module, check, **members):
    """Runs a check on a plugin; what it says if it fails."""
    case = type("TestTyped", (PluginConformance,), {"plugin": module, "examples": 3, **members})()
    try:
        getattr(case, f"test_{check}")()
    except AssertionError as error:
        return str(error)
    return None


def typed(command):
    """Types a command into a shell."""
    done = subprocess.run(command, shell=True, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


@pytest.mark.parametrize("name", TYPED)
def test_code_in_a_cure_works_where_it_is_typed(name, project):
    source, check, pattern, edit = TYPED[name]
    module = module_of(project, source)
    said = tried(module, check)
    assert said is not None
    assert module.__name__ in said
    found = re.search(pattern, said.partition("cure: ")[2] if "cure" not in pattern else said)
    assert found, said
    if edit is None:
        members = {}
        exec(found[1], members)
        del members["__builtins__"]
        assert tried(module, check, **members) is None
        return
    new = source.replace("{name}", module.__name__)
    new = edit(new, found[1] if len(found.groups()) == 1 else found.groups())
    (project / f"{module.__name__}.py").write_text(new, encoding="utf-8")
    again = importlib.util.module_from_spec(module.__spec__)
    sys.modules[module.__name__] = again
    exec(compile(new, module.__file__, "exec"), vars(again))
    assert (tried(again, check) or "").count("is kept") == (name == "migration")


posix = pytest.mark.skipif(os.name != "posix", reason="commands are typed into a POSIX shell")


@posix
@pytest.mark.parametrize("wrong", [None, "{}"])
def test_the_command_in_a_cure_writes_the_schema(wrong, project):
    module = module_of(project, KIND.replace("{version}", "1"))
    if wrong is not None:
        path = project / "schemas" / f"{module.__name__}.thing.schema.json"
        path.parent.mkdir()
        path.write_text(wrong)
    members = {"project_folder": lambda self: project}
    said = tried(module, "schemas_agree", **members)
    typed(re.search(r"cure: type '(.*?)', and commit", said)[1])
    assert tried(module, "schemas_agree", **members) is None


@posix
def test_the_command_for_a_plugin_that_cannot_be_loaded_says_what_is_wrong(project):
    source = KIND.replace("{version}", "1").replace("    return [Thing]", "    return [Nothing]")
    module = module_of(project, source)
    said = tried(module, "kinds_are_well_declared")
    shown = typed(re.search(r"cure: type '(jmdi plugins .*?)' for", said)[1])
    assert "broken: jmdi_kinds: NameError: name 'Nothing' is not defined" in shown
    assert f"correct {module.__name__}.py, line 20" in shown


BROKEN = {
    "JMDI_API = 0\n": (r"write (JMDI_API = \d) in (\S+\.py),", "JMDI_API = 0"),
    "import jmdi\n@jmdi.hookimpl\ndef jmdi_metric():\n    return []\n": (
        r"did you mean (jmdi_metrics)\? - correct (\S+\.py)",
        "jmdi_metric",
    ),
    "x = 1\ny = x +\n": (r"invalid syntax.* - correct (\S+\.py), line (2)", "y = x +"),
    "1 / 0\n": (r"correct (\S+\.py), line (1)", "1 / 0"),
}


@posix
@pytest.mark.parametrize("source", BROKEN)
def test_what_the_list_of_plugins_says_of_a_file_can_be_typed(source, project):
    pattern, wrong = BROKEN[source]
    path = project / "mine.py"
    path.write_text(source)
    shown = typed("jmdi plugins --check --plugin mine.py")
    found = re.search(pattern, shown)
    assert found, shown
    assert "mine.py" in found.groups()
    right = next((part for part in found.groups() if part.startswith("jmdi_")), "")
    right = found[1] if found[1].startswith("JMDI") else right
    path.write_text(source.replace(wrong, right))
    assert "broken" not in typed("jmdi plugins --check --strict --plugin mine.py")


@posix
def test_a_function_that_is_not_there_is_named_with_its_plugin(project):
    (project / "mine.py").write_text(
        "import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n"
        "    return [jmdi.Metric('mine:m', 'json:no_such', title='A', citation='B')]\n"
    )
    shown = typed("jmdi plugins --check --plugin ./mine.py")
    assert "correct the module and the function in 'json:no_such' of plugin 'mine'" in shown
