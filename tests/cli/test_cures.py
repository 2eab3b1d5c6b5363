"""What cures and messages name exists: commands, options, parameters, functions, distributions.

Texts are the strings of all modules, docstrings apart; a command in quotes is parsed, and run
where it needs no file. A name that nothing has makes a test fail.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import itertools
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import jmdi
from jmdi.cli.root import cli
from jmdi.cli.session import Session

ROOT = Path(__file__).parents[2]
PLUGINS = (
    "jmdi_iati",
    "jmdi_knowledge",
    "jmdi_network",
    "jmdi_networkfiles",
    "jmdi_report",
    "jmdi_scaling",
    "jmdi_surveys",
    "jmdi_tables",
    "jmdi_workbook",
    "jmdi_workplan",
)
QUOTED_COMMAND = re.compile(r"'(jmdi [a-z][^']*)'")
COMMAND = re.compile(r"(?:^|: )(jmdi [a-z]+(?: \S+)*)$")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
ASSIGNED = re.compile(r"(?<![\w:.&?-])([a-z_]+)=(?![=(])")
"""A parameter with its value, and not a part of the query of a URI."""
NAMED = re.compile(r"(?<![/\w])jmdi(?:_[a-z]+)?(?:\.\w+)+")
INSTALLED = re.compile(r"pip install (?:-\S+ )*'?([a-z][\w-]*)(?:\[(\w+)\])?")
NO_MESSAGE = ('="', "<!--", "var(--", ",pad=")
"""What stands in XML, in style sheets and in the names of styles, none of which is a message."""

STAND_INS = {"KIND": "actor", "CODE": "J203", "{}": "J203"}
FREE = {"config", "explain", "plugins", "schema", "datasets"}
"""Commands that need no file, so that a cure which names them is run."""


def texts_of(path):
    """The strings of a module that are no docstrings; what is filled in is ``{}``."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        text = None
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
            parts = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in skipped:
            text = node.value
        if isinstance(text, str) and not any(sign in text for sign in NO_MESSAGE):
            yield text


@functools.cache
def texts():
    """All texts, each with its module."""
    sources = [ROOT / "src", *ROOT.glob("plugins/jmdi-*/src")]
    paths = [path for source in sources for path in sorted(source.rglob("*.py"))]
    return [(path.relative_to(ROOT).as_posix(), t) for path in paths for t in texts_of(path)]


def found(pattern, *, among=None):
    """What a pattern finds in all texts, with the text."""
    rows = [(place, text) for place, text in among or texts() if "copier" not in text]
    return sorted({(m, f"{p}: {t:.150}") for p, t in rows for m in pattern.findall(t)})


@pytest.fixture(scope="module", autouse=True)
def plugins():
    for name in PLUGINS:
        pytest.importorskip(name)


@pytest.fixture(scope="module")
def catalog():
    return jmdi.Model.build().catalog


@pytest.fixture(autouse=True)
def with_plugins(place, monkeypatch):
    monkeypatch.delenv("JMDI_PLUGINS")


@pytest.fixture
def root():
    """The context of the whole command line, whose session leaves the library's log as it was."""
    session = Session()
    yield cli.make_context("jmdi", [], resilient_parsing=True, obj=session)
    session.close()


def commands(group, ctx):
    yield group
    names = group.list_commands(ctx) if isinstance(group, click.Group) else ()
    own = jmdi.default_model().catalog.commands if names and group is cli else ()
    for name in (*names, *own):
        yield from commands(group.get_command(ctx, name), ctx)


def test_commands_in_quotes_can_be_run(root):
    own = [(place, text) for place, text in texts() if place.startswith("src/jmdi/cli/")]
    lines = [*found(QUOTED_COMMAND), *found(COMMAND, among=own)]
    assert len(lines) > 20
    for line, place in lines:
        for part in line.split(" | "):
            words = [STAND_INS.get(word, word) for word in shlex.split(part)]
            name, *arguments = itertools.takewhile(lambda word: ">" not in word, words[1:])
            command = cli.get_command(root, name)
            assert command is not None, f"no command {name!r}: {place}"
            try:
                command.make_context(name, list(arguments), parent=root)
            except click.MissingParameter:  # it is named without its file
                assert not arguments, place
            if name in FREE and "plugin" not in "".join(arguments) and ".py" not in part:
                done = CliRunner().invoke(cli, [name, *arguments])
                assert done.exit_code == 0, f"{done.output}: {place}"


def test_options_exist(root):
    options = {
        name
        for command in commands(cli, root)
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts, "--help")
    }
    options.add("--jmdi-quick")  # pytest's, which jmdi.testing.pytest_plugin adds
    foreign = ("pip install", "soffice ", "gv2gml ")  # programs with options of their own
    named = [(o, place) for o, place in found(OPTION) if not any(f in place for f in foreign)]
    assert len(named) > 30
    assert [(o, place) for o, place in named if o not in options] == []


def parameters_of(thing):
    return set(inspect.signature(thing).parameters)


def declared(catalog):
    """The names of all parameters and options that metrics, projections and formats have."""
    registered = [*catalog.metrics.values(), *catalog.projections.values()]
    formats = [*catalog.importers.values(), *catalog.exporters.values()]
    known = {parameter.name for one in registered for parameter in one.parameters}
    return known | {option.name for one in formats for option in one.options}


def public(module):
    return [getattr(module, name) for name in getattr(module, "__all__", ())]


def test_parameters_in_cures_exist(catalog):
    """Cures of codes name parameters that a user can give, not those of some inner function."""
    known = declared(catalog) | parameters_of(jmdi.Dataset.merge) | parameters_of(jmdi.Model.read)
    known |= parameters_of(jmdi.Limits)
    cures = [(code.code, code.cure) for code in catalog.codes.values()]
    named = found(ASSIGNED, among=cures)
    assert named
    assert [(name, place) for name, place in named if name not in known] == []


def test_parameters_in_messages_exist(catalog):
    things = [
        thing for name in (*PLUGINS, "jmdi", "jmdi.testing") for thing in public(import_(name))
    ]
    things += [method for _, method in inspect.getmembers(jmdi.Network, inspect.isfunction)]
    things += [method for _, method in inspect.getmembers(jmdi.Dataset, inspect.isfunction)]
    known = declared(catalog).union(*map(parameters_of, filter(has_signature, things)))
    # A pattern of an option, a member of GitHub's messages, and a place in a text (RFC 5147).
    known |= {"name", "title", "char"}
    assert [(name, place) for name, place in found(ASSIGNED) if name not in known] == []


def import_(name):
    return importlib.import_module(name)


def has_signature(thing):
    try:
        return callable(thing) and bool(inspect.signature(thing))
    except ValueError:
        return False


def test_functions_that_are_named_exist():
    sentences = [(place, text) for place, text in texts() if " " in text]
    for dotted, place in found(NAMED, among=sentences):
        module, *names = dotted.split(".")
        thing = import_(module)
        for number, name in enumerate(names):
            inner = f"{module}.{'.'.join(names[: number + 1])}"
            assert hasattr(thing, name) or importable(inner), f"no {dotted}: {place}"
            thing = getattr(thing, name, None) or import_(inner)


def importable(name):
    try:
        import_(name)
    except ImportError:
        return False
    return True


def test_python_in_cures_runs(catalog):
    """A call between backticks is executed on a data set."""
    named = {"jmdi": jmdi, "ds": jmdi.datasets.load("jmdi")}
    calls = re.compile(r"`((?:ds|jmdi)\.[^`]+\))`")
    expressions = {call for _, text in texts() for call in calls.findall(text)}
    assert "ds.project('actors', directed=False)" in expressions
    for expression in sorted(expressions):
        assert eval(expression, dict(named)) is not None


def test_distributions_that_are_to_be_installed_exist():
    projects = [
        tomllib.loads(path.read_text("utf-8"))["project"]
        for path in (ROOT / "pyproject.toml", *ROOT.glob("plugins/jmdi-*/pyproject.toml"))
    ]
    extras = {p["name"]: {"", *p.get("optional-dependencies", {})} for p in projects}
    lines = [d for p in projects for d in p["dependencies"]]
    lines += [d for p in projects for group in p["optional-dependencies"].values() for d in group]
    extras |= {re.match(r"[\w-]+", line)[0]: {""} for line in lines if not line.startswith("jmdi")}
    for (name, extra), place in found(INSTALLED):
        assert extra in extras.get(name, ()), place
