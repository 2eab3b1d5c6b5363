"""A module imports only downwards, and what is heavy only where it is needed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SOURCE / "jmdi").rglob("*.py"))
}

LEVELS = {
    "jmdi": 0,
    "jmdi.context": 0,
    "jmdi.errors": 1,
    "jmdi.model": 2,
    "jmdi.plugins": 3,
    "jmdi.plugins.specs": 3,
    "jmdi.plugins.hookspecs": 4,
    "jmdi.plugins.catalog": 4,
    "jmdi.files": 5,
    "jmdi.graph": 5,
    "jmdi.metrics": 5,
    "jmdi.running": 5,
    "jmdi.plugins.assemble": 6,
    "jmdi.plugins.loader": 6,
    "jmdi.app": 7,
    "jmdi.shortcuts": 8,
    "jmdi.builtin": 9,
    "jmdi.datasets": 9,
    "jmdi.testing": 9,
    "jmdi.cli": 10,
    "jmdi.__main__": 11,
}
"""How high each module stands; a package stands for what it holds."""

DOORS = {
    "jmdi.context": {"jmdi.app"},
    "jmdi.graph.writing": {"jmdi.app"},
    "jmdi.plugins.loader": {"jmdi.builtin.plugin"},
}
"""Imports upwards that are meant, all of them inside functions."""

HEAVY = {
    "networkx": {"jmdi.graph"},
    "cattrs": {"jmdi.files.codec"},
    "pluggy": {"jmdi.plugins.hookspecs", "jmdi.plugins.loader"},
    "click": {"jmdi.cli"},
    "rich": {"jmdi.cli"},
    "hypothesis": {"jmdi.testing"},
    "pytest": {"jmdi.testing"},
    "numpy": set(),
    "pandas": {"jmdi.graph.table"},
    "polars": {"jmdi.graph.table"},
    "pyarrow": {"jmdi.graph.table"},
}
"""Where each package that is slow to import, or not always there, may be imported."""


TOO_LONG = {
    "plugins/jmdi-scaling/src/jmdi_scaling/cascades.py",
    "plugins/jmdi-scaling/src/jmdi_scaling/simulation.py",
    "src/jmdi/builtin/vocabularies.py",
}
"""Modules that became too long when the formatter took them, still to be divided."""


def home(module: str, among) -> str:
    """The longest of some names that a module is, or lies in."""
    return max((n for n in among if module == n or module.startswith(f"{n}.")), key=len, default="")


def imports(path: Path) -> list[tuple[str, bool]]:
    """The modules that a file imports when it runs, and whether inside a function."""
    found = []

    def visit(node: ast.AST, inside: bool) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for child in node.orelse:
                visit(child, inside)
            return
        if isinstance(node, ast.Import):
            found.extend((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names if node.level == 0 else ():
                full = f"{node.module}.{alias.name}"
                found.append((full if full in MODULES else str(node.module), inside))
        elif isinstance(node, ast.Call) and "import_module" in ast.dump(node.func):
            found.extend((a.value, inside) for a in node.args if isinstance(a, ast.Constant))
        deeper = inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for child in ast.iter_child_nodes(node):
            visit(child, deeper)

    visit(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_downwards(module):
    own = home(module, LEVELS)
    for name, inside in imports(MODULES[module]):
        if name.partition(".")[0] != "jmdi" or (inside and name in DOORS.get(module, ())):
            continue
        other = home(name, LEVELS)
        assert name != "jmdi" or LEVELS[own] >= LEVELS["jmdi.builtin"], f"{module} imports jmdi"
        if own == "jmdi.builtin":
            assert other not in ("jmdi.app", "jmdi.shortcuts", "jmdi.cli", "jmdi.testing"), name
            continue
        assert LEVELS[other] <= LEVELS[own], f"{module} imports {name}, which stands above it"


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
    assert set(long) <= TOO_LONG, long


def test_plugins_import_only_public_modules_of_the_core():
    for path in (SOURCE.parent / "plugins").glob("*/src/**/*.py"):
        for name, _ in imports(path):
            parts = name.split(".")
            if parts[0] == "jmdi":
                assert not any(part.startswith("_") for part in parts), f"{path}: {name}"
                assert parts[1:2] != ["builtin"], f"{path}: {name}"
