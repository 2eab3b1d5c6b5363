"""A module imports only downwards, and what is heavy only where it is needed."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SOURCE / "jmdi").rglob("*.py"))
}

ROOMS = (
    {"jmdi.errors", "jmdi.words", "jmdi.classes"},
    {"jmdi.model"},
    # What plugins register, the bodies of panels, and the catalog of all.
    {"jmdi.plugins", "jmdi.panels"},
    # Values: what is read from files, Dataset, Network, Result.
    {"jmdi.display", "jmdi.files", "jmdi.graph", "jmdi.metrics"},
    # What is done with values, each one job.
    {"jmdi.running", "jmdi.plugins.assemble", "jmdi.plugins.loader"},
    # The one that does it: Model, and its methods on the default model.
    {"jmdi.app", "jmdi.shortcuts"},
    # What the core ships as a plugin does, and what looks at plugins.
    {"jmdi.builtin", "jmdi.datasets", "jmdi.testing"},
    {"jmdi.cli"},
    {"jmdi.__main__"},
)
"""The rooms from the lowest up; a package includes what it holds."""

LEVELS = {name: level for level, room in enumerate(ROOMS) for name in room}

DOORS = {
    "jmdi.graph.doer": {"jmdi.app"},
    "jmdi.plugins.loader": {"jmdi.builtin.plugin"},
}
"""Imports upwards that are meant, all of them inside functions: a value made without a model
finds the default one, and the loader loads the core's own plugin. Never more than three."""

HEAVY = {
    "networkx": {"jmdi.graph"},
    "msgspec": {"jmdi.files.fast"},
    "pluggy": {"jmdi.plugins.hookspecs", "jmdi.plugins.loader"},
    "click": {"jmdi.cli"},
    "rich": {"jmdi.cli"},
    "hypothesis": {"jmdi.testing"},
    "pytest": {"jmdi.testing"},
    "numpy": set(),
    "igraph": {"jmdi.graph.igraph_bridge"},
    "pandas": {"jmdi.graph.table"},
    "polars": {"jmdi.graph.table", "jmdi.graph.frames"},
    "pyarrow": {"jmdi.graph.table", "jmdi.graph.frames"},
    "scipy": {"jmdi.graph.network_matrices"},
}
"""Where each package that is slow to import, or not always there, may be imported."""


def home(module: str, among) -> str:
    """The longest of some names that a module is, or lies in."""
    return max((n for n in among if module == n or module.startswith(f"{n}.")), key=len, default="")


class Import(NamedTuple):
    name: str
    inside: bool  # a function
    for_types: bool  # alone, so that it never runs


def all_imports(path: Path) -> list[Import]:
    """The modules that a file imports."""
    found = []

    def visit(node: ast.AST, inside: bool, types: bool) -> None:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for child in node.body:
                visit(child, inside, True)
            for child in node.orelse:
                visit(child, inside, types)
            return
        if isinstance(node, ast.Import):
            found.extend(Import(alias.name, inside, types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names if node.level == 0 else ():
                full = f"{node.module}.{alias.name}"
                name = full if full in MODULES else str(node.module)
                found.append(Import(name, inside, types))
        elif isinstance(node, ast.Call) and "import_module" in ast.dump(node.func):
            texts = (a.value for a in node.args if isinstance(a, ast.Constant))
            found.extend(Import(text, inside, types) for text in texts)
        deeper = inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for child in ast.iter_child_nodes(node):
            visit(child, deeper, types)

    visit(ast.parse(path.read_text(encoding="utf-8")), False, False)
    return found


def imports(path: Path) -> list[tuple[str, bool]]:
    """The modules that a file imports when it runs, and whether inside a function."""
    return [(one.name, one.inside) for one in all_imports(path) if not one.for_types]


def level(module: str) -> int:
    return LEVELS[home(module, LEVELS)]


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"jmdi"}))
def test_a_module_imports_only_downwards(module):
    found = imports(MODULES[module])
    for name, inside in found:
        if name.startswith("jmdi.") and not (inside and name in DOORS.get(module, ())):
            assert level(name) <= level(module), f"{module} imports {name}, which is above it"
    if "jmdi" in {name for name, _ in found}:  # the public names, loaded from every room
        assert level(module) >= LEVELS["jmdi.builtin"], f"{module} imports jmdi"
    if home(module, LEVELS) == "jmdi.builtin":  # the core's own plugin does as others do
        forbidden = ("jmdi.app", "jmdi.shortcuts", "jmdi.testing", "jmdi.datasets")
        assert not [name for name, _ in found if home(name, LEVELS) in forbidden]


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"jmdi"}))
def test_types_come_from_one_room_above_at_most(module):
    for one in all_imports(MODULES[module]):
        if one.for_types and one.name.startswith("jmdi."):
            assert level(one.name) <= level(module) + 1, f"{module} takes types of {one.name}"


def test_there_are_at_most_three_doors():
    assert sum(map(len, DOORS.values())) <= 3


def test_no_modules_import_each_other_in_a_circle():
    """Imports inside functions count too; those of the doors and for types alone do not."""
    below = {
        module: {name for name, _ in imports(path) if name in MODULES and name != module}
        - DOORS.get(module, set())
        for module, path in MODULES.items()
    }
    assert tuple(TopologicalSorter(below).static_order())  # raises CycleError with the circle


@pytest.mark.parametrize("module", MODULES)
def test_heavy_packages_are_imported_in_one_place(module):
    for name, inside in imports(MODULES[module]):
        allowed = HEAVY.get(name.partition(".")[0])
        if allowed is not None:
            assert home(module, allowed), f"{module} imports {name}"
            if name.startswith("networkx"):
                assert inside or module == "jmdi.graph.networkx_bridge"


def test_no_module_is_longer_than_five_hundred_lines():
    plugins = (SOURCE.parent / "plugins").glob("*/src/**/*.py")
    long = {
        str(path.relative_to(SOURCE.parent)): lines
        for path in [*MODULES.values(), *plugins]
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert long == {}


def test_plugins_import_only_public_modules_of_the_core():
    for path in (SOURCE.parent / "plugins").glob("*/src/**/*.py"):
        for name, _ in imports(path):
            parts = name.split(".")
            if parts[0] == "jmdi":
                assert not any(part.startswith("_") for part in parts), f"{path}: {name}"
                assert parts[1:2] != ["builtin"], f"{path}: {name}"
