"""What an import costs: each heavy package is loaded on first use, and the public names agree."""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import jmdi

ROOT = Path(__file__).parents[1]
HEAVY = {"networkx", "numpy", "click", "rich", "pluggy", "attr", "scipy", "pandas"}
HEAVY |= {"msgspec"}


def loaded(code, *arguments):
    """Which heavy packages are in memory after some code has run in a fresh interpreter."""
    script = f"import sys\n{code}\nprint(*sorted({HEAVY!r} & set(sys.modules)))"
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={"PYTHONPATH": path, "JMDI_PLUGINS": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_jmdi_loads_nothing():
    assert loaded("import jmdi") == set()
    assert loaded("import jmdi; dir(jmdi); jmdi.__all__") == set()


def test_declaring_a_plugin_loads_no_converter_and_no_graph():
    assert loaded("import jmdi; jmdi.define, jmdi.Actor, jmdi.Importer") <= {"attr"}


def test_reading_a_thousand_records_loads_no_networkx(tmp_path):
    file = tmp_path / "thousand.jsonl"
    records = (f'{{"kind":"actor","id":"a/{n}"}}\n' for n in range(1000))
    file.write_text('{"jmdi":"1.0"}\n' + "".join(records))
    code = "import jmdi; ds = jmdi.read(sys.argv[1]); assert len(ds) == 1000; ds.summary()"
    assert loaded(code, file) <= {"attr", "pluggy"}


def test_asking_for_help_loads_no_graph():
    pytest.importorskip("click")
    code = (
        "import runpy\nsys.argv = ['jmdi', '--help']\n"
        "try:\n    runpy.run_module('jmdi', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code"
    )
    assert loaded(code) <= {"click", "rich", "attr"}


def listed_for_type_checkers():
    tree = ast.parse((ROOT / "src/jmdi/__init__.py").read_text(encoding="utf-8"))
    block = next(n for n in tree.body if isinstance(n, ast.If))
    return {
        alias.asname or alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_the_three_lists_of_public_names_agree():
    listed = listed_for_type_checkers()
    assert listed == {**jmdi._HOME_OF, **dict.fromkeys(jmdi._MODULES, "jmdi")}
    assert sorted(jmdi.__all__) == sorted(listed)
    assert len(set(jmdi.__all__)) == len(jmdi.__all__)


@pytest.mark.parametrize("name", jmdi.__all__)
def test_every_public_name_is_there(name):
    assert getattr(jmdi, name) is not None
    module = jmdi._HOME_OF.get(name)
    if module:
        assert name in importlib.import_module(module).__all__


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="no_such_name"):
        jmdi.no_such_name  # noqa: B018
    assert jmdi.__version__
    assert dir(jmdi) == sorted(jmdi.__all__)
