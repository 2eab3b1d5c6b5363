"""Type checkers accept what users write, and refuse what is wrong, line by line."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = ("api.py", "wrong.py")
MARK = re.compile(r"# E: (?P<mypy>[\w,-]+) (?P<pyright>[\w,]+)")

pytestmark = pytest.mark.slow


def expected(checker):
    """The rules that a checker must find broken, by file and line."""
    found = {}
    for name in FILES:
        for number, line in enumerate((HERE / name).read_text("utf-8").splitlines(), start=1):
            if match := MARK.search(line):
                found[name, number] = sorted(match[checker].split(","))
    assert len(found) > 40
    return found


def needs(module):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")


def run(*command, cwd):
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def by_line(rows):
    found = {}
    for name, number, rule in rows:
        if Path(name).name in FILES:
            found.setdefault((Path(name).name, number), set()).add(rule)
    return {place: sorted(rules) for place, rules in found.items()}


def test_what_is_marked_is_wrong_code_only():
    assert {name for name, _ in expected("mypy")} == {"wrong.py"}


def test_mypy_refuses_what_is_wrong_and_nothing_else():
    needs("mypy")
    files = [HERE / name for name in FILES]
    done = run("mypy", "--strict", "--no-error-summary", "--hide-error-context", *files, cwd=ROOT)
    rows = re.findall(r"^(\S+?):(\d+): error: .*?  ?\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    assert rows, done.stdout + done.stderr
    assert len(rows) == done.stdout.count(": error: "), done.stdout
    assert by_line((name, int(n), rule) for name, n, rule in rows) == expected("mypy")


def test_pyright_refuses_what_is_wrong_and_nothing_else(tmp_path):
    needs("pyright")
    for name in FILES:  # elsewhere, because pyproject.toml excludes what is wrong
        shutil.copy(HERE / name, tmp_path)
    settings = {"extraPaths": [str(ROOT / "src")], "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = run("pyright", "--outputjson", "--pythonpath", sys.executable, cwd=tmp_path)
    if not done.stdout.lstrip().startswith("{"):
        pytest.skip(f"pyright does not run here: {done.stderr[:200]}")
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(FILES)
    found = [d for d in report["generalDiagnostics"] if d["severity"] == "error"]
    rows = [(d["file"], d["range"]["start"]["line"] + 1, d["rule"]) for d in found]
    assert by_line(rows) == expected("pyright")
